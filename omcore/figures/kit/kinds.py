"""Live figures that are no curves, by omcore and matplotlib: branches, and eigenvalues in their plane."""

import matplotlib.pyplot as plt
import numpy as np

from ...outputs import OUTPUTS
from ...parameters import QUANTITIES
from ...solution import solve
from ...stability import eigenvalues
from ...steady_state import MEAN_FIELDS
from .curves import along, label, output_label, points_of
from .panels import row_of_panels
from .style import BLACK, BLUE, CASE_TITLES, UNSTABLE, VERMILION, WHITE, style

MOST = 5  # steady states of the paper's resonator


def branches(figure, p, reading, points):
    """Every steady state along the axis of a live figure; dots, so that none is joined to a wrong one."""
    numbers = range(MOST) if reading == MEAN_FIELDS[0] else [None]
    values = figure.x.values(p, 4 * points)
    with style():
        drawing, axis = plt.subplots(figsize=(6.4, 4.2))
        for case, q in points_of(p, figure.cases).items():
            for branch in numbers:
                s = solve(q.replace(**along(case, **{figure.x.name: values})), reading, branch)
                y = OUTPUTS[figure.y[0]].of(s)
                for stable, color in ((True, BLUE), (False, VERMILION)):
                    shown = np.where(s.stable == stable, y, np.nan)
                    name = ("unstable", "stable")[stable] if not branch else None
                    axis.plot(
                        values / _unit(figure.x.name, p), shown, ".", ms=3, color=color, label=name
                    )
        axis.set(xlabel=label(figure.x.name), ylabel=output_label(figure.y[0]))
        axis.set_xscale("log" if figure.x.logarithmic else "linear")
        axis.legend()
        plt.close(drawing)
    return drawing


def locus(figure, p, reading, points):
    """Eigenvalues along the axis, coloured by it, and large dots where p stands; a panel for each case."""
    values = figure.x.values(p, points)
    with style():
        drawing, axes = row_of_panels(
            len(figure.cases), figsize=(0.6 + 2.6 * len(figure.cases), 3.8)
        )
        for axis, (case, q) in zip(axes, points_of(p, figure.cases).items(), strict=True):
            path = eigenvalues(q.replace(**along(case, **{figure.x.name: values})), reading)
            shade = np.repeat(values / _unit(figure.x.name, p), path.shape[-1])
            dots = axis.scatter(path.real, path.imag, c=shade, s=7, cmap="viridis", linewidths=0)
            here = eigenvalues(q, reading)
            axis.plot(
                here.real, here.imag, "o", color=VERMILION, markersize=6, markeredgecolor=WHITE
            )
            axis.axvline(0, color=BLACK, linewidth=1)
            axis.axvspan(0, max(0.05, axis.get_xlim()[1]), **UNSTABLE)
            axis.set(
                xlabel=r"Re $\lambda / \omega_m$",
                ylim=(-0.1, None),
                title=CASE_TITLES.get(case, ""),
            )
        axes[0].set_ylabel(r"Im $\lambda / \omega_m$")
        drawing.colorbar(dots, ax=axes, label=label(figure.x.name), fraction=0.03)
        plt.close(drawing)
    return drawing


def _unit(name, p):
    return QUANTITIES[name].shown.factor(p.omega_m)
