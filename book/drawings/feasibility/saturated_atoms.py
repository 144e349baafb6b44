"""Atoms that saturate, beside the oscillator that the model has in their place."""

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.atoms import Saturation, saturation

from ..kit.operating import CONDENSATE
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GUIDE, WINE, style

ATOMS = (1e5, 1e12)


def data(p=om.PAPER, number=801, reading="self-consistent") -> dict[str, Saturation]:
    """Saturation at each operating point."""
    return {case: saturation(q, number, reading) for case, q in om.operating_points(p).items()}


@style()
def draw(d):
    """Left: excited fraction, with that of the oscillator thin. Right: light that the atoms scatter."""
    figure, (excited, light) = plt.subplots(1, 2, figsize=(9, 4.0))
    for case, look in CASE_STYLES.items():
        one = d[case]
        excited.loglog(one.atoms, one.excited, **look)
        faint = look | {"label": None, "linewidth": 1.0}
        excited.loglog(one.atoms, one.linear / one.atoms, **faint)
        light.loglog(one.atoms, one.scattered, **look)
    excited.axhline(1, **GUIDE)
    excited.set(ylim=(1e-4, 1e4), ylabel="excited over all atoms")
    light.axhline(om.PAPER.power, **GUIDE)
    light.annotate("power of the laser", (2e5, om.PAPER.power), (0, 4), textcoords="offset points")
    light.set(ylim=(1e-7, 0.1), ylabel="light that the atoms scatter (W)")
    for axis in (excited, light):
        axis.axvline(CONDENSATE, color=WINE, lw=1.2)
        axis.set(xlim=ATOMS, xlabel="number of atoms $N_a$")
    note = {"textcoords": "offset points", "color": WINE, "fontsize": 9, "rotation": 90}
    light.annotate("condensate of Sec. IV", (CONDENSATE, 3e-5), (4, 0), **note)
    legend_below(figure, excited)
    return figure


def table_rows(d, p=om.PAPER, atoms=(1e5, 1e6, 1e9, 1e11, 1e12)):
    """Number, excited fraction, left of the coupling G_a, and scattered light, of one case."""
    one = d[p.drive if p.angular_velocity else "stationary"]
    rows = []
    for number in atoms:
        excited, response, scattered = one.at(number)
        size = f"$10^{{{np.log10(number):.0f}}}$"
        rows.append([size, f"{one.linear / number:.2g}", f"{excited:.2g}",
                     f"{np.sqrt(response):.3f}", f"{scattered * 1e3:.2g} mW"])  # fmt: skip
    return rows
