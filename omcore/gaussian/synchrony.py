"""Quantum synchronisation: how well two modes keep step."""

import numpy as np

from ..quantities import common_shape
from .parties import one_each, part, rows_of
from .phase_space import checked_mean, quadratures
from .symplectic import measured_states


def synchronisation(V, i, j, u=None, names=None) -> np.ndarray:
    r"""Complete quantum synchronisation of two modes, from 0 to 1, the bound of Heisenberg's relation.

    .. math:: S_c = \frac{1}{\langle q_-^2 + p_-^2\rangle}, \quad
              q_- = \frac{q_i - q_j}{\sqrt2}, \quad p_- = \frac{p_i - p_j}{\sqrt2}

    The synchronisation error is its inverse (Mari, Farace, Didier, Giovannetti and Fazio, Phys. Rev.
    Lett. 111, 103605 (2013)). Without means the error is that of the fluctuations alone, as is usual about a
    limit cycle; with them it holds the distance of the two orbits, too. Two vacua have 1, the best there is:
    synchronisation is no entanglement.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    i, j : two modes by their numbers
    u : array (..., 2n), mean quadratures, whose batch axes broadcast with those of V; None for zero
    names : of all modes of V in their order, such as ("b1", "b2"), to use instead of numbers

    Returns
    -------
    array of the batch's shape, dimensionless; NaN where V is NaN

    Raises
    ------
    ModeError, MatrixError
        As ``log_negativity``, and for a side of several modes.
    ParameterError
        If u has another length, is not finite, or does not broadcast.

    Examples
    --------
    Two thermal modes with n = 1 each, and a pair whose positions agree and whose momenta are opposite:

    >>> import numpy as np
    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> print(synchronisation(1.5 * np.eye(4), 0, 1).round(6))
    0.333333
    >>> print(synchronisation(two_mode_squeezed(1.0), 0, 1).round(6), (1 / np.cosh(2)).round(6))
    0.265802 0.265802
    """
    V, modes = _pair(V, i, j, names)
    u = checked_mean("u", u, V)[..., rows_of(modes)]
    common_shape({"u": u.shape[:-1], "V": V.shape[:-2]})
    noise = sum(_variance(part(V, modes), weights) for weights in ([1, 0, -1, 0], [0, 1, 0, -1]))
    return 2 / (noise + ((u[..., :2] - u[..., 2:]) ** 2).sum(-1))


def phase_synchronisation(V, i, j, u, names=None) -> np.ndarray:
    r"""Quantum phase synchronisation of two modes about their mean amplitudes.

    .. math:: S_p = \frac{1}{\langle(p_i' - p_j')^2\rangle}, \quad
              p_k' = p_k\cos\varphi_k - q_k\sin\varphi_k

    The :math:`p_k'` is the fluctuation of mode k across its mean amplitude, whose phase is
    :math:`\varphi_k`. Without squeezing it is at most 1; more proves squeezing. The source is the same.
    Arguments and errors are those of ``synchronisation``, but u has to be given.

    Returns
    -------
    array of the batch's shape, dimensionless; NaN where V is NaN, or a mean amplitude is zero, without a
    phase

    Examples
    --------
    Two vacua, at any phases:

    >>> import numpy as np
    >>> print(phase_synchronisation(np.eye(4) / 2, 0, 1, [3.0, 0.0, 0.0, 2.0]).round(12))
    1.0
    """
    V, modes = _pair(V, i, j, names)
    q_i, p_i, q_j, p_j = np.moveaxis(quadratures("u", u, V)[..., rows_of(modes)], -1, 0)
    common_shape({"u": q_i.shape, "V": V.shape[:-2]})
    size_i, size_j = np.hypot(q_i, p_i), np.hypot(q_j, p_j)
    with np.errstate(invalid="ignore"):  # no amplitude, no phase
        across = np.stack([-p_i / size_i, q_i / size_i, p_j / size_j, -q_j / size_j], -1)
    return 1 / _variance(part(V, modes), across)


def _pair(V, i, j, names):
    """Covariance matrices of all modes, and the numbers of the two."""
    measured_states(V)
    V = np.asarray(V, float)
    return V, one_each(V, i, j, names)


def _variance(V, weights):
    """Of a joint quadrature of two modes with weights (..., 4)."""
    return np.einsum("...i,...ij,...j->...", weights, V, weights)
