"""Gaussian states as functions on phase space."""

import numpy as np

from ..conventions import ParameterError
from ..quantities import Quantity, checked, common_shape
from .symplectic import measured_states


def wigner(V, points, u=None) -> np.ndarray:
    r"""Wigner function of a Gaussian state at points of its phase space.

    .. math:: W(x) = \frac{e^{-\frac12(x - u)^T V^{-1}(x - u)}}{(2\pi)^n\sqrt{\det V}}

    Its integral is 1, and its peak the purity over :math:`\pi^n`. The state of some of the modes is that
    part of V, and its Wigner function the integral over the others.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    points : array (..., 2n), quadratures (X, Y) of each mode in turn; batch axes broadcast with those of V
    u : array (..., 2n), mean quadratures; None for zero

    Returns
    -------
    array of the batch's shape, >= 0, dimensionless; NaN where V is NaN

    Raises
    ------
    MatrixError
        If V is no covariance matrix, as in ``log_negativity``.
    ParameterError
        If points or u have another length, are not finite, or do not broadcast.

    Examples
    --------
    On a grid, the vacuum of one mode, whose peak is 1/pi:

    >>> import numpy as np
    >>> x = np.linspace(-4, 4, 81)
    >>> W = wigner(np.eye(2) / 2, np.stack(np.meshgrid(x, x), axis=-1))
    >>> print(W.shape, (W.max() * np.pi).round(12), (W.sum() * 0.1**2).round(6))
    (81, 81) 1.0 1.0
    """
    measured_states(V)
    V = np.asarray(V, float)
    n = V.shape[-1] // 2
    points, u = quadratures("points", points, V), checked_mean("u", u, V)
    common_shape({"points": points.shape[:-1], "u": u.shape[:-1], "V": V.shape[:-2]})
    return np.exp(log_gaussian(V, points - u) - n * np.log(2 * np.pi))


def log_gaussian(V, x) -> np.ndarray:
    r"""The exponent :math:`-\frac12 x^TV^{-1}x - \frac12\ln\det V`; NaN where V is NaN.

    >>> print(log_gaussian(np.eye(2), np.array([2.0, 0.0])))
    -2.0
    """
    with np.errstate(invalid="ignore"):
        squares = np.einsum("...i,...ij,...j->...", x, np.linalg.inv(V), x)
        return -(squares + np.linalg.slogdet(V)[1]) / 2


def checked_mean(name, u, V) -> np.ndarray:
    """Mean quadratures (..., 2n) of states V (..., 2n, 2n), zero for None.

    >>> checked_mean("u", None, np.eye(2))
    array([0., 0.])
    """
    return np.zeros(V.shape[-1]) if u is None else quadratures(name, u, V)


def quadratures(name, x, V) -> np.ndarray:
    """Points (..., 2n) of the phase space of states V (..., 2n, 2n), or a ParameterError.

    >>> quadratures("u", [1.0, 0.0, 0.0], np.eye(2))
    Traceback (most recent call last):
    omcore.conventions.ParameterError: u has shape (3,) (dimensionless); give quadratures (..., 2), ...
    """
    x = checked(name, x, Quantity("u", "1", "quadrature"))
    if x.shape[-1:] != V.shape[-1:]:
        raise ParameterError(
            f"{name} has shape {x.shape} (dimensionless); give quadratures (..., {V.shape[-1]}), two for "
            "each mode of V"
        )
    return x
