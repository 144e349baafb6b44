"""Atom-mirror entanglement if the mass is one that can exist."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions import disc

from ..kit.operating import SCAN
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GUIDE, SIENNA, style

MASSES = (1e-11, 3e-5)  # kg, from 10 ng to more than the sphere


def half_wave_mass(p=om.PAPER):
    """Mass of a disc of silica that is half a wavelength in glass thick, in kg.

    >>> print(f"{half_wave_mass() * 1e9:.1f} µg")
    4.4 µg
    """
    return np.pi * p.radius**2 * p.wavelength / (2 * p.refractive_index) * disc.DENSITY


def sphere_mass(p=om.PAPER):
    """Mass of a sphere of silica, in kg.

    >>> print(f"{sphere_mass() * 1e6:.0f} mg")
    12 mg
    """
    return 4 / 3 * np.pi * p.radius**3 * disc.DENSITY


def data(p=om.PAPER, resolution=27, scan=321, reading="self-consistent"):
    """Largest E_am over Delta_c at each mass, at a fixed power.

    mass : array (n,), kg
    E_am : case -> array (n,)
    """
    mass = np.geomspace(*MASSES, resolution)
    Delta = p.omega_m * np.linspace(*SCAN, scan)
    E = {
        case: om.solve(q.replace(mass=mass[:, None], Delta_c=Delta), reading).log_negativity(
            "a", "m"
        )
        for case, q in om.operating_points(p).items()
    }
    return SimpleNamespace(
        mass=mass, E_am={case: np.fmax.reduce(values, axis=1) for case, values in E.items()}
    )


@style()
def draw(d, p=om.PAPER):
    """E_am over the mass; lines mark pieces of glass of the radius of the paper."""
    figure, axis = plt.subplots(figsize=(6.5, 4.2))
    for case, look in CASE_STYLES.items():
        axis.loglog(d.mass, np.where(d.E_am[case] > 0, d.E_am[case], np.nan), **look)
    note = {"textcoords": "offset points", "color": SIENNA, "fontsize": 9, "rotation": 90}
    axis.annotate("disc, half a wavelength thick", (half_wave_mass(p), 2e-8), (4, 0), **note)
    axis.annotate("sphere", (sphere_mass(p), 1e-2), (4, 0), **note)
    for mass in (half_wave_mass(p), sphere_mass(p)):
        axis.axvline(mass, color=SIENNA, lw=1.2)
    axis.axvline(p.mass, **GUIDE)
    axis.set(xlim=(0.8 * d.mass[0], d.mass[-1]), ylim=(1e-8, 0.3))
    axis.set(xlabel="$m$ (kg)", ylabel=r"largest $E_{a-m}$ over $\Delta_c$")
    legend_below(figure, axis)
    return figure
