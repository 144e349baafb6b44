"""Live figures that are no curves, by omcore and matplotlib: branches, eigenvalues, matrices."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.conventions import VACUUM_VARIANCE
from omcore.outputs import OUTPUTS
from omcore.stability import eigenvalues

from .curves import output_label
from .knobs import axis_label
from .panels import name_quadratures, row_of_panels
from .style import BLACK, BLUE, CASE_STYLES, CASE_TITLES, UNSTABLE, VERMILION, WHITE, style

MOST = 5  # steady states of the paper's resonator


@style()
def branches(figure, p, reading, points):
    """Every steady state along the axis of a live figure; dots, so that none is joined to a wrong one."""
    numbers = range(MOST) if reading == om.MEAN_FIELDS[0] else [None]
    values = figure.x.values(p, 4 * (points - 1) + 1)
    drawing, axis = plt.subplots(figsize=(6.4, 4.2))
    for line in figure.lines.values():
        swept = line.sweep(p, **{figure.x.name: values})
        for branch in numbers:
            s = om.solve(swept, reading, branch)
            y = OUTPUTS[figure.y[0]].of(s)
            for stable, color in ((True, BLUE), (False, VERMILION)):
                shown = np.where(s.stable == stable, y, np.nan)
                name = ("unstable", "stable")[stable] if not branch else None
                axis.plot(values / figure.x.unit(p), shown, ".", ms=3, color=color, label=name)
    axis.set(xlabel=axis_label(figure.x.name), ylabel=output_label(figure.y[0]))
    axis.set_xscale(figure.x.scale)
    axis.legend()
    return drawing


@style()
def locus(figure, p, reading, points):
    """Eigenvalues along the axis, coloured by it, and large dots where p stands; a panel for each case."""
    values = figure.x.values(p, points)
    drawing, axes = row_of_panels(len(figure.lines), figsize=(0.6 + 2.6 * len(figure.lines), 3.8))
    for axis, (case, line) in zip(axes, figure.lines.items(), strict=True):
        q = line.at(p)
        path = eigenvalues(line.sweep(p, **{figure.x.name: values}), reading)
        shade = np.repeat(values / figure.x.unit(p), path.shape[-1])
        dots = axis.scatter(path.real, path.imag, c=shade, s=7, cmap="viridis", linewidths=0)
        here = eigenvalues(q, reading)
        axis.plot(here.real, here.imag, "o", color=VERMILION, markersize=6, markeredgecolor=WHITE)
        axis.axvline(0, color=BLACK, linewidth=1)
        axis.axvspan(0, max(0.05, axis.get_xlim()[1]), zorder=0, **UNSTABLE)
        axis.set(xlabel=r"Re $\lambda / \omega_m$", title=_title(case))
    axes[0].set(ylabel=r"Im $\lambda / \omega_m$", ylim=(-0.1, None))
    drawing.colorbar(dots, ax=axes, label=axis_label(figure.x.name), fraction=0.03)
    return drawing


def matrix(figure, p, reading, points):
    """The covariance matrix of each case at p."""
    return draw_grids({c: om.solve(line.at(p), reading).V for c, line in figure.lines.items()})


@style()
def draw_grids(V):
    """A grid for each case of V, less the vacuum; red is positive, blue negative."""
    grids = {case: v - VACUUM_VARIANCE * np.eye(len(v)) for case, v in V.items()}
    entries = np.abs([grid for grid in grids.values() if np.isfinite(grid).any()])
    largest = np.nanmax(entries) if entries.size else 1.0
    norm = mpl.colors.SymLogNorm(0.05, vmin=-largest, vmax=largest)
    figure, axes = row_of_panels(len(V), figsize=(0.7 + 2.5 * len(V), 4.1))
    for axis, (case, grid) in zip(axes, grids.items(), strict=True):
        image = axis.imshow(grid, cmap="RdBu_r", norm=norm)
        axis.set_title(_title(case), color=CASE_STYLES.get(case, {}).get("color", BLACK))
        name_quadratures(axis)
        if not np.isfinite(grid).any():
            axis.text(3.5, 3.5, "unstable", ha="center")
    ticks = [t for t in (-0.5, -0.1, 0, 0.1, 0.5) if abs(t) <= largest]
    bar = figure.colorbar(image, ax=axes, ticks=ticks, location="bottom", aspect=40, shrink=0.6)
    bar.set_ticklabels([f"{t:g}" for t in ticks])
    bar.set_label(r"$V - \frac{1}{2}$")
    return figure


def _title(line):
    """A case in short, a line beside the cases by its name, and p alone without one."""
    return CASE_TITLES.get(line, line if line != "given" else "")
