"""How far rotation splits the two modes of a ring, and what dispersion adds to it."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import c
from scipy.optimize import newton

from ..parameters import PAPER, Parameters
from ..sagnac import sagnac_shift
from .style import CASE_STYLES, quantity_label, style

STRENGTHS = np.array([0.6961663, 0.4079426, 0.8974794])
RESONANCES = np.array([0.0684043e-6, 0.1162414e-6, 9.896161e-6])  # wavelengths in m


def silica(wavelength):
    r"""Refractive index n of fused silica and its dispersion dn/dλ, by Malitson's formula.

    .. math:: n^2 - 1 = \sum_k \frac{B_k\lambda^2}{\lambda^2 - \lambda_k^2}, \quad
              n\,\frac{\mathrm{d}n}{\mathrm{d}\lambda}
              = -\sum_k \frac{B_k\lambda\lambda_k^2}{(\lambda^2 - \lambda_k^2)^2}

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
    """n_g = n - λ dn/dλ, which turns a change of wave number into one of frequency.

    >>> print(f"{group_index(*silica(1550e-9), 1550e-9):.4f}")
    1.4626
    """
    return n - wavelength * slope


def derived_shift(p: Parameters):
    r"""First-order shift of co-rotating light in a dispersive ring, seen from the laboratory.

    .. math:: \frac{nR\Omega\omega_0}{c}\left(1 - \frac{1}{n\,n_g}\right)

    >>> print(f"{derived_shift(PAPER) / sagnac_shift(PAPER) - 1:.0e}")
    0e+00
    """
    n_g = group_index(p.refractive_index, p.dispersion, p.wavelength)
    doppler = p.refractive_index * p.radius * p.angular_velocity * p.omega_0 / c
    return doppler * (1 - 1 / (p.refractive_index * n_g))


def exact_shift(p: Parameters, index):
    """Shift of co-rotating light, from the Lorentz transformation to the moving rim, in rad/s.

    The wave number k = n(ω_0) ω_0/c is kept by the ring. The frequency is the ω for which the
    wave obeys the medium's own dispersion relation in the frame in which the rim is at rest.

    Parameters
    ----------
    p : Parameters, all scalar; its index and dispersion are not used
    index : function of the wavelength in m

    >>> print(f"{exact_shift(PAPER, lambda wavelength: 1.48) / sagnac_shift(PAPER):.6f}")
    1.000000
    """
    beta = p.radius * p.angular_velocity / c
    n = index(p.wavelength)

    def mismatch(x):  # with frequencies in units of ω_0 and wave numbers in ω_0/c; ω = 1 + β x
        frequency, wave_number = 1 + beta * x - beta * n, n - beta * (1 + beta * x)
        seen = p.wavelength / (frequency / np.sqrt(1 - beta**2))
        return (wave_number - index(seen) * frequency) / beta

    return p.omega_0 * beta * newton(mismatch, n - 1 / n)


@dataclass(frozen=True)
class Data:
    """The shifts, over angular velocity and over wavelength.

    angular_velocity, shift, dispersive : arrays, rad/s; Eq. 1 without and with silica's dispersion
    wavelength : array, m
    printed, derived : arrays, what dispersion adds to the shift, relative, by Eq. 1 and as derived
    """

    parameters: Parameters
    angular_velocity: np.ndarray
    shift: np.ndarray
    dispersive: np.ndarray
    wavelength: np.ndarray
    printed: np.ndarray
    derived: np.ndarray


def data(p: Parameters = PAPER) -> Data:
    """Shifts up to twice the angular velocity of ``p``, and dispersion from 0.5 to 2 µm.

    >>> d = data()
    >>> print(f"{d.dispersive[-1] / d.shift[-1] - 1:.3f}")
    0.023
    """
    fastest = 2 * abs(p.angular_velocity) or 2 * PAPER.angular_velocity
    spun = p.replace(angular_velocity=np.linspace(0, fastest, 101))
    _, slope = silica(p.wavelength)
    wavelength = np.linspace(0.5e-6, 2e-6, 151)
    n, slopes = silica(wavelength)
    ring = p.replace(wavelength=wavelength, refractive_index=n, dispersion=slopes, angular_velocity=1e3)
    plain = sagnac_shift(ring.replace(dispersion=0.0))
    return Data(
        p, spun.angular_velocity, sagnac_shift(spun), sagnac_shift(spun.replace(dispersion=slope)),
        wavelength, sagnac_shift(ring) / plain - 1, derived_shift(ring) / plain - 1,
    )  # fmt: skip


def draw(d: Data):
    """Left: the two modes against angular velocity, with their linewidth. Right: dispersion."""
    p = d.parameters
    with style():
        figure, (modes, correction) = plt.subplots(1, 2, figsize=(9, 3.8))
        for name, sign in (("co-rotating light", 1), ("counter-rotating light", -1)):
            look = CASE_STYLES["cw" if sign > 0 else "ccw"] | {"label": name}
            y = sign * d.shift / p.omega_m
            modes.plot(d.angular_velocity / 1e3, y, **look)
            half = p.kappa / p.omega_m
            modes.fill_between(
                d.angular_velocity / 1e3, y - half, y + half, color=look["color"], alpha=0.15, lw=0
            )
            modes.plot(d.angular_velocity / 1e3, sign * d.dispersive / p.omega_m, "k:", lw=1.2)
        modes.plot([], [], "k:", lw=1.2, label="with dispersion, Eq. 1")
        modes.axvline(abs(p.angular_velocity) / 1e3, color="#888888", lw=1, ls=":")
        modes.set(xlabel=quantity_label("angular_velocity").replace("rad", "krad"))
        modes.set(ylabel=r"$(\omega - \omega_c)/\omega_m$", xlim=(0, None))
        correction.plot(d.wavelength * 1e6, 100 * d.printed, "--", label="Eq. 1")
        correction.plot(d.wavelength * 1e6, 100 * d.derived, "-", label="as derived")
        correction.axvline(p.wavelength * 1e6, color="#888888", lw=1, ls=":")
        correction.set(xlabel=r"$\lambda$ (µm)", ylabel="added by dispersion (%)", ylim=(0, None))
        modes.legend(loc="upper left", fontsize=9)
        correction.legend()
        plt.close(figure)
    return figure
