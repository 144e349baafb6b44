"""How far rotation splits the two modes of a ring, and what dispersion adds to it."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.assumptions.glass import derived_shift, silica
from omcore.cases import PAPER
from omcore.parameters import Parameters
from omcore.resonator import sagnac_shift

from ..kit.style import BLACK, CASE_STYLES, GUIDE, quantity_label, style


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
    ring = p.replace(
        wavelength=wavelength, refractive_index=n, dispersion=slopes, angular_velocity=1e3
    )
    plain = sagnac_shift(ring.replace(dispersion=0.0))
    return Data(
        p, spun.angular_velocity, sagnac_shift(spun), sagnac_shift(spun.replace(dispersion=slope)),
        wavelength, sagnac_shift(ring) / plain - 1, derived_shift(ring) / plain - 1,
    )  # fmt: skip


def draw(d: Data):
    """Left: the two modes against angular velocity, with their linewidth. Right: dispersion."""
    p = d.parameters
    dispersive = {"color": BLACK, "linestyle": ":", "linewidth": 1.2}
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
            modes.plot(d.angular_velocity / 1e3, sign * d.dispersive / p.omega_m, **dispersive)
        modes.plot([], [], label="with dispersion, Eq. 1", **dispersive)
        modes.axvline(abs(p.angular_velocity) / 1e3, **GUIDE)
        modes.set(xlabel=quantity_label("angular_velocity").replace("rad", "krad"))
        modes.set(ylabel=r"$(\omega - \omega_c)/\omega_m$", xlim=(0, None))
        correction.plot(d.wavelength * 1e6, 100 * d.printed, "--", label="Eq. 1")
        correction.plot(d.wavelength * 1e6, 100 * d.derived, "-", label="as derived")
        correction.axvline(p.wavelength * 1e6, **GUIDE)
        correction.set(xlabel=r"$\lambda$ (µm)", ylabel="added by dispersion (%)", ylim=(0, None))
        modes.legend(loc="upper left", fontsize=9)
        correction.legend()
        plt.close(figure)
    return figure
