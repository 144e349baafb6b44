"""States whose entanglement is known in closed form, to test a measure on. Squeezing r is an array (...)."""

import numpy as np

from ..conventions import ParameterError
from ..quantities import Quantity, checked, common_shape

STRONGEST = 50.0  # squeezing beyond which a variance leaves the range of the library, 435 dB


def two_mode_squeezed(r, transmission=1.0):
    """Covariance matrix (..., 4, 4) of a two-mode squeezed vacuum after the same loss in both modes.

    The transmission is an array that broadcasts with r, from 0 to 1; 1 is no loss.

    >>> two_mode_squeezed(0.0)[0]
    array([0.5, 0. , 0. , 0. ])
    """
    r, t = _squeezing_and_transmission(r, transmission)
    V = np.zeros((*r.shape, 4, 4))
    for k, sign in ((0, 1), (1, -1)):
        V[..., k, k] = V[..., k + 2, k + 2] = t * np.cosh(2 * r) / 2 + (1 - t) / 2
        V[..., k, k + 2] = V[..., k + 2, k] = sign * t * np.sinh(2 * r) / 2
    return V


def two_mode_squeezed_negativity(r, transmission=1.0):
    r"""Logarithmic negativity of ``two_mode_squeezed``, :math:`E_N = -\ln(t e^{-2r} + 1 - t)`.

    Array (...) of natural logarithms, for r >= 0: 2r without loss, and never above -ln(1 - t).

    >>> E = two_mode_squeezed_negativity
    >>> print(f"{E(1.0):.6f} {E(20.0, 0.5):.6f}")
    2.000000 0.693147
    """
    r, t = _squeezing_and_transmission(r, transmission)
    return -np.log(t * np.exp(-2 * r) + (1 - t))


def three_mode_squeezed(r):
    """Covariance matrix (..., 6, 6) of the pure symmetric state that a tritter makes of squeezed light.

    One p-squeezed and two q-squeezed modes go in, each squeezed by r. The sum of the positions, over √3,
    has variance exp(2r)/2, their differences exp(-2r)/2, and the momenta the other way round.

    >>> bool(np.allclose(three_mode_squeezed(0.0), np.eye(6) / 2))
    True
    """
    r = _squeezing(r)[..., None, None]
    mean = np.full((3, 3), 1 / 3)
    V = np.zeros((*r.shape[:-2], 6, 6))
    for k, s in ((0, 2), (1, -2)):
        V[..., k::2, k::2] = np.exp(s * r) / 2 * mean + np.exp(-s * r) / 2 * (np.eye(3) - mean)
    return V


def three_mode_squeezed_residual(r):
    r"""Residual contangle, Eq. 16, of ``three_mode_squeezed``.

    .. math:: R = \mathrm{arcosh}^2 b - \tfrac12 \ln^2
              \tfrac12\left(3b^2 - 1 - \sqrt{9b^4 - 10b^2 + 1}\right), \quad
              b = \tfrac13\sqrt{4\cosh 4r + 5}

    Array (...), dimensionless; Adesso and Illuminati, New J. Phys. 8, 15 (2006).

    >>> print(f"{three_mode_squeezed_residual(1.0):.6f}")
    3.212009
    """
    more = 8 / 9 * np.sinh(2 * _squeezing(r)) ** 2  # b² - 1, so that large numbers do not cancel
    square, root = 1 + more, np.sqrt(more * (8 + 9 * more))
    return np.arcsinh(np.sqrt(more)) ** 2 - np.log(2 * square / (3 * square - 1 + root)) ** 2 / 2


def mixture_of_pairs(r):
    """Covariance matrix (..., 6, 6) of an equal mixture: two of three modes squeezed, the third in vacuum.

    The mixture is biseparable, and yet its covariance matrix is entangled across each cut. So a positive
    residual contangle, which it has, does not prove genuine tripartite entanglement.

    >>> float(mixture_of_pairs(0.0)[0, 0])
    0.5
    """
    squeezed = two_mode_squeezed(r)
    V = np.zeros((*squeezed.shape[:-2], 6, 6))
    for alone in range(3):
        rows = np.array([k for k in range(6) if k // 2 != alone])
        one = np.broadcast_to(np.eye(6) / 2, V.shape).copy()
        one[..., rows[:, None], rows] = squeezed
        V += one / 3
    return V


def _squeezing(r):
    r = checked("r", r, Quantity("r", "1", "squeezing"))
    if (strongest := np.abs(r).max(initial=0)) > STRONGEST:
        raise ParameterError(
            f"r = {strongest:g} (no unit) squeezes too much; give at most {STRONGEST:g}"
        )
    return r


def _squeezing_and_transmission(r, transmission):
    r = _squeezing(r)
    t = checked("transmission", transmission, Quantity("t", "1", "transmission", "fraction"))
    common_shape({"r": r.shape, "transmission": t.shape})
    return np.broadcast_arrays(r, t)
