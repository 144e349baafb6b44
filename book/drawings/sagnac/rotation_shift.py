"""How far rotation splits the two modes of a ring, and what dispersion adds to it."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.glass import derived_shift, silica

from ..kit.knobs import axis_label
from ..kit.style import BLACK, CASE_STYLES, GUIDE, style


def data(p=om.PAPER):
    """Shifts up to twice the angular velocity of ``p``, and dispersion from 0.5 to 2 µm.

    angular_velocity, shift, dispersive : arrays, rad/s; Eq. 1 without and with silica's dispersion
    wavelength : array, m
    printed, derived : arrays, what dispersion adds to the shift, relative, by Eq. 1 and as derived
    """
    fastest = 2 * abs(p.angular_velocity) or 2 * om.PAPER.angular_velocity
    spun = p.replace(angular_velocity=np.linspace(0, fastest, 101))
    _, slope = silica(p.wavelength)
    wavelength = np.linspace(0.5e-6, 2e-6, 151)
    n, slopes = silica(wavelength)
    ring = p.replace(
        wavelength=wavelength, refractive_index=n, dispersion=slopes, angular_velocity=1e3
    )
    plain = om.sagnac_shift(ring.replace(dispersion=0.0))
    return SimpleNamespace(
        parameters=p, angular_velocity=spun.angular_velocity, shift=om.sagnac_shift(spun),
        dispersive=om.sagnac_shift(spun.replace(dispersion=slope)), wavelength=wavelength,
        printed=om.sagnac_shift(ring) / plain - 1, derived=derived_shift(ring) / plain - 1,
    )  # fmt: skip


@style()
def draw(d):
    """Left: the two modes against angular velocity, with their linewidth. Right: dispersion."""
    p = d.parameters
    dispersive = {"color": BLACK, "linestyle": ":", "linewidth": 1.2}
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
    modes.set(xlabel=axis_label("angular_velocity"))
    modes.set(ylabel=r"$(\omega - \omega_c)/\omega_m$", xlim=(0, None))
    correction.plot(d.wavelength * 1e6, 100 * d.printed, "--", label="Eq. 1")
    correction.plot(d.wavelength * 1e6, 100 * d.derived, "-", label="as derived")
    correction.axvline(p.wavelength * 1e6, **GUIDE)
    correction.set(xlabel=r"$\lambda$ (µm)", ylabel="added by dispersion (%)", ylim=(0, None))
    modes.legend(loc="upper left", fontsize=9)
    correction.legend()
    return figure
