"""Fused silica, and the Sagnac shift with its dispersion: derived to first order, and exact."""

import numpy as np
from scipy.constants import c
from scipy.optimize import newton

from ..parameters import Parameters

STRENGTHS = np.array([0.6961663, 0.4079426, 0.8974794])
RESONANCES = np.array([0.0684043e-6, 0.1162414e-6, 9.896161e-6])  # wavelengths in m


def silica(wavelength):
    r"""Refractive index n of fused silica and its dispersion dn/dλ, by the formula of Sellmeier.

    .. math:: n^2 - 1 = \sum_k \frac{B_k\lambda^2}{\lambda^2 - \lambda_k^2}, \quad
              n\,\frac{\mathrm{d}n}{\mathrm{d}\lambda}
              = -\sum_k \frac{B_k\lambda\lambda_k^2}{(\lambda^2 - \lambda_k^2)^2}

    Malitson, J. Opt. Soc. Am. 55, 1205 (1965); measured from 0.21 to 3.71 µm at 20 °C. The vacuum
    wavelength in m, n, and dn/dλ in 1/m are arrays (...).

    >>> n, slope = silica(1550e-9)
    >>> print(f"{n:.4f} {slope * 1e-6:.5f} per micrometre")
    1.4440 -0.01198 per micrometre
    """
    square = np.square(wavelength)[..., None]
    gap = square - RESONANCES**2
    n = np.sqrt(1 + (STRENGTHS * square / gap).sum(-1))
    slope = -np.asarray(wavelength) / n * (STRENGTHS * RESONANCES**2 / gap**2).sum(-1)
    return n, slope


def group_index(n, slope, wavelength):
    r"""Group index :math:`n_g = n - \lambda\,\mathrm{d}n/\mathrm{d}\lambda`, c over the group velocity.

    n, the slope dn/dλ in 1/m and the wavelength in m are arrays that broadcast.

    >>> print(f"{group_index(*silica(1550e-9), 1550e-9):.4f}")
    1.4626
    """
    return n - wavelength * slope


def derived_shift(p: Parameters):
    r"""First-order shift of co-rotating light in a dispersive ring, seen from the laboratory.

    .. math:: \frac{nR\Omega\omega_0}{c}\left(1 - \frac{1}{n\,n_g}\right)

    Without dispersion this is Eq. 1; with it, Eq. 1 is larger by the factor n_g/n. An array of shape
    ``p.shape`` in rad/s, odd in the angular velocity.

    >>> import omcore as om
    >>> print(f"{derived_shift(om.PAPER) / om.sagnac_shift(om.PAPER) - 1:.0e}")
    0e+00
    """
    n_g = group_index(p.refractive_index, p.dispersion, p.wavelength)
    doppler = p.refractive_index * p.radius * p.angular_velocity * p.omega_0 / c
    return doppler * (1 - 1 / (p.refractive_index * n_g))


def exact_shift(p: Parameters, index):
    r"""Shift of co-rotating light, from the Lorentz transformation to the moving rim, in rad/s.

    The ring fixes the wave number :math:`k = n(\omega_0)\,\omega_0/c`. The frequency is the ω
    for which the wave obeys the dispersion relation of the medium in the frame of the rim,

    .. math:: k' = n(\omega')\,\omega'/c, \quad
              \omega' = \gamma(\omega - \beta ck), \quad k' = \gamma(k - \beta\omega/c)

    The index is a function of the wavelength in m, such as ``lambda x: silica(x)[0]``; that of ``p``, and its
    dispersion, are not used. ``p`` is one point, with an angular velocity other than 0. For an index that is
    not smooth, Newton's method may raise a RuntimeError.

    >>> import omcore as om
    >>> print(f"{exact_shift(om.PAPER, lambda wavelength: 1.48) / om.sagnac_shift(om.PAPER):.6f}")
    1.000000
    """
    beta = p.radius * p.angular_velocity / c
    n = index(p.wavelength)

    def mismatch(x):  # frequencies in units of ω_0, wave numbers in ω_0/c; ω = 1 + β x
        frequency, wave_number = 1 + beta * x - beta * n, n - beta * (1 + beta * x)
        seen = p.wavelength / (frequency / np.sqrt(1 - beta**2))
        return (wave_number - index(seen) * frequency) / beta

    return p.omega_0 * beta * newton(mismatch, n - 1 / n)
