"""Brownian noise with memory, which the white noise of Eq. 6 neglects."""

import numpy as np
from scipy.constants import Boltzmann, hbar

from ..conventions import ParameterError
from ..parameters import Parameters
from ..solution import Solution


def noise_colour(p: Parameters, frequency):
    r"""Spectrum of the Brownian noise at a frequency over the white noise of Eq. 6.

    .. math:: \frac{S(\omega)}{S(\omega_m)} = \frac{\omega\coth(\hbar\omega/2k_BT)}
                                             {\omega_m\coth(\hbar\omega_m/2k_BT)}

    This holds for a bath with Ohmic friction, Giovannetti and Vitali, PRA 63, 023812 (2001).

    >>> import omcore as om
    >>> print(f"{noise_colour(om.PAPER, 2 * om.PAPER.omega_m) - 1:.4f}")
    0.0023
    """
    w, w_m = np.abs(frequency), p.omega_m
    scale = 2 * Boltzmann * np.asarray(p.temperature) / hbar
    with np.errstate(divide="ignore", invalid="ignore"):
        x = lambda w: np.where(w > 1e-9 * scale, w / np.tanh(w / scale), scale)  # w coth(w/scale)
        return (x(w) / x(w_m))[()]


def covariance_with_memory(s: Solution, cutoff=100.0, points=20001):
    r"""Covariance matrix (8, 8) of one point with coloured noise of the mirror, by a Fourier integral.

    .. math:: V + \int_{-\omega_c}^{\omega_c}\frac{\mathrm{d}\omega}{2\pi}\,
        [S(\omega) - S(\omega_m)]\;\chi_p\chi_p^\dagger, \qquad
        \chi_p = (-i\omega - A)^{-1}e_p

    Parameters
    ----------
    s : Solution of one stable point of Parameters
    cutoff : ω_c over ω_m; the variance of p grows with its logarithm
    points : of the integral

    Raises
    ------
    ParameterError
        If s is a sweep.

    Examples
    --------
    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> change = om.log_negativity(covariance_with_memory(s), 2, 3) / s.log_negativity("a", "m") - 1
    >>> bool(abs(change) < 0.01)
    True
    """
    if np.shape(s.stable):
        raise ParameterError("s is a sweep (no unit); give the Solution of one point, such as s[0]")
    p, A = s.parameters, s.A / s.parameters.omega_m
    angle = np.linspace(-1, 1, points) * np.arcsinh(50 * cutoff)
    w, step = np.sinh(angle) / 50, np.cosh(angle) / 50 * (angle[1] - angle[0])
    chi = np.linalg.inv(-1j * w[:, None, None] * np.eye(len(A)) - A)[..., -1]
    white = p.gamma_m / p.omega_m * (2 * p.n_m + 1)
    weight = white * (noise_colour(p, w * p.omega_m) - 1) * step / (2 * np.pi)
    return s.V + np.einsum("k,ki,kj->ij", weight, chi, chi.conj()).real
