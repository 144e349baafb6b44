"""Maps over the decay rates of the cavity and of the atoms, as in Figs. 3 and 4."""

import matplotlib as mpl
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np

from .knobs import axis_label
from .panels import unstable_patch
from .style import BLACK, CASE_STYLES, INK, SIENNA, UNSTABLE, WHITE, style

ORDER = ("cw", "ccw", "stationary")  # of the panels in the paper
MARK = {"marker": "o", "markersize": 7, "color": WHITE, "markeredgecolor": BLACK}
OUTLINE = [effects.withStroke(linewidth=2.5, foreground=INK)]


@style()
def draw_rows(rows, label, levels, letters):
    """Rows of three maps on one colour scale; each row is (title, rates, maps, paper)."""
    scale = colour_scale([values for _, _, maps, _ in rows for values in maps.values()])
    figure, axes = plt.subplots(
        len(rows), 3, figsize=(9.6, 0.75 + 2.75 * len(rows)), layout="compressed",
        sharex=True, sharey=True, squeeze=False,
    )  # fmt: skip
    for row, (title, rates, maps, paper) in zip(axes, rows, strict=True):
        for axis, letter, case in zip(row, letters, ORDER, strict=True):
            mesh = draw_map(axis, rates, rates, maps[case], scale, levels)
            axis.plot(*paper, **MARK)
            axis.set_title(f"({letter}) {CASE_STYLES[case]['label']}", fontsize=10)
        row[0].set_ylabel(f"{title}\n{axis_label('gamma_a')}")
    for axis in axes[-1]:
        axis.set_xlabel(axis_label("kappa"))
    figure.colorbar(mesh, ax=axes, label=label, ticks=[0, *levels], fraction=0.025, pad=0.02)
    handles = [plt.Line2D([], [], linestyle="", label="decay rates of the paper", **MARK)]
    if any(np.isnan(values).any() for _, _, maps, _ in rows for values in maps.values()):
        handles.append(unstable_patch())
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


def colour_scale(arrays):
    """One scale for several maps, from 0 to the largest value; square roots, to see small ones too."""
    finite = [np.nanmax(a) for a in arrays if np.isfinite(a).any()]
    return mpl.colors.PowerNorm(0.5, 0.0, float(max(finite, default=1.0)) or 1.0)


def draw_map(axis, x, y, values, scale, levels, logarithmic=(True, True)):
    """A map, with labelled contours; NaN is hatched, negative is vermilion."""
    colours = mpl.colormaps["viridis"].with_extremes(under=SIENNA, bad=(0, 0, 0, 0))
    unstable = np.isnan(values)
    if unstable.any():
        axis.patch.set(**UNSTABLE)
    names = ["log" if log else "linear" for log in logarithmic]
    axis.set(xscale=names[0], yscale=names[1], box_aspect=1)
    axis.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
    mesh = axis.pcolormesh(
        x, y, values, norm=scale, cmap=colours, shading="nearest", rasterized=True
    )  # of its cells an SVG would make a path each
    lowest = np.min(values, initial=np.inf, where=~unstable)
    highest = np.max(values, initial=-np.inf, where=~unstable)
    if inside := [level for level in levels if lowest < level < highest]:
        _label(axis.contour(x, y, values, levels=inside, colors=WHITE, linewidths=0.9), axis)
    for direction, ends, log in zip((axis.xaxis, axis.yaxis), (x, y), logarithmic, strict=True):
        ticks = [t for t in (0.05, 0.1, 0.2, 0.5, 1, 2, 5) if ends[0] <= t <= ends[-1]]
        if log and len(ticks) > 1:
            direction.set_ticks(ticks, labels=[f"{t:g}" for t in ticks])
            direction.set_ticks([], minor=True)
    axis.grid(False)
    return mesh


def hatch_over(axis, x, y, where):
    """Hatch a part of a map that has numbers all the same."""
    if where.any():
        hatch = {"hatches": [UNSTABLE["hatch"]], "colors": "none"}
        axis.contourf(x, y, where.astype(float), levels=[0.5, 1.5], **hatch)


def _label(lines, axis):
    """One label on each contour: at its highest point that is inside the axes and still free."""
    to_axes = axis.transData + axis.transAxes.inverted()
    places, taken = [], []
    for segments in lines.allsegs:
        points = np.concatenate([np.empty((0, 2)), *segments])
        at = to_axes.transform(points) if len(points) else points
        inside = (at > [0.1, 0.05]).all(-1) & (at < [0.9, 0.92]).all(-1)
        for k in np.argsort(-at[:, 1]):
            if inside[k] and all((abs(at[k] - other) > [0.16, 0.06]).any() for other in taken):
                places.append(points[k])
                taken.append(at[k])
                break
    if places:
        for label in axis.clabel(lines, fmt="%g", fontsize=8, inline_spacing=2, manual=places):
            label.set(path_effects=OUTLINE, rotation=0)
