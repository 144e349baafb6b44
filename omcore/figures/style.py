"""One look for all figures: colour-blind-safe colours, a line style for each case, opaque white."""

from contextlib import contextmanager

import matplotlib as mpl
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np

from ..parameters import QUANTITIES

# Colours of Okabe and Ito; each case has its own line style too, so that no colour is needed.
CASE_STYLES = {
    "stationary": {"color": "#000000", "linestyle": "-", "label": "stationary"},
    "cw": {"color": "#D55E00", "linestyle": "--", "label": "spinning, CW driven"},
    "ccw": {"color": "#0072B2", "linestyle": "-.", "label": "spinning, CCW driven"},
}

_DASH_DOT_DOT, _SPARSE = (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (1.5, 3))
# The six pairs of modes, in Tol's muted colours; green shades are those of the undriven mode.
PAIR_STYLES = {
    ("a", "m"): {"color": "#882255", "linestyle": "-", "linewidth": 2.6, "label": "atoms–mirror"},
    ("driven", "m"): {"color": "#332288", "linestyle": "--", "label": "driven–mirror"},
    ("driven", "a"): {"color": "#CC6677", "linestyle": "-.", "label": "driven–atoms"},
    ("undriven", "m"): {"color": "#117733", "linestyle": ":", "linewidth": 2.4, "label": "undriven–mirror"},
    ("undriven", "a"): {"color": "#44AA99", "linestyle": _DASH_DOT_DOT, "label": "undriven–atoms"},
    ("driven", "undriven"): {"color": "#8A8A2B", "linestyle": _SPARSE, "label": "driven–undriven"},
}  # fmt: skip

_RC = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": 110,
    "savefig.dpi": 110,
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e6e6e6",
    "lines.linewidth": 1.8,
    "legend.frameon": False,
    "mathtext.fontset": "dejavusans",
    "hatch.linewidth": 0.8,
    "hatch.color": "#9a9a9a",
    "axes.prop_cycle": mpl.cycler(
        color=["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
    ),
}
_UNSTABLE = {"facecolor": "#f2f2f2", "edgecolor": "#9a9a9a", "linewidth": 0.0, "hatch": "////"}
_OUTLINE = [effects.withStroke(linewidth=2.5, foreground="#222222")]


@contextmanager
def style():
    """The project's matplotlib settings, for the time of a drawing."""
    with mpl.rc_context(_RC):
        yield


def row_of_panels(count):
    """A figure and its axes, side by side on one vertical scale."""
    size = (1.0 + 4.0 * count, 3.8)
    figure, axes = plt.subplots(1, count, figsize=size, sharey=True, squeeze=False)
    return figure, axes[0]


def ratio_label(name, unit="omega_m"):
    """Axis label of a quantity in units of another, from their symbols.

    >>> ratio_label("Delta_c")
    '$\\\\Delta_c / \\\\omega_m$'
    """
    return f"${QUANTITIES[name].symbol} / {QUANTITIES[unit].symbol}$"


def quantity_label(name):
    """Axis label of a quantity in its own unit.

    >>> quantity_label("temperature")
    '$T$ (K)'
    """
    return f"${QUANTITIES[name].symbol}$ ({QUANTITIES[name].unit})"


def hatch_unstable(axis, x, values):
    """Hatch the stretches of a curve that are NaN, that is unstable."""
    axis.fill_between(
        x, 0, 1, where=np.isnan(values), transform=axis.get_xaxis_transform(), zorder=0, **_UNSTABLE
    )


def unstable_patch():
    """Legend entry for the hatched region.

    >>> unstable_patch().get_label()
    'unstable: no steady state'
    """
    return mpl.patches.Patch(label="unstable: no steady state", **_UNSTABLE)


def colour_scale(arrays):
    """One scale for several maps, from 0 to the largest value; square roots, to see small ones too.

    >>> scale = colour_scale([[0.1, float("nan")], [0.4, 0.2]])
    >>> scale.vmin, scale.vmax, float(scale(0.1))
    (0.0, 0.4, 0.5)
    """
    finite = [np.nanmax(a) for a in arrays if np.isfinite(a).any()]
    return mpl.colors.PowerNorm(0.5, 0.0, float(max(finite, default=1.0)) or 1.0)


def draw_map(axis, x, y, values, scale, levels):
    """A map on logarithmic axes, with labelled contours; NaN is hatched, negative is vermilion."""
    colours = mpl.colormaps["viridis"].with_extremes(under="#D55E00", bad=(0, 0, 0, 0))
    ticks = [t for t in (0.05, 0.1, 0.2, 0.5, 1, 2, 5) if x[0] <= t <= x[-1]]
    unstable = np.isnan(values)
    if unstable.any():
        axis.patch.set(hatch=_UNSTABLE["hatch"], edgecolor="#9a9a9a", facecolor="#f2f2f2")
    axis.set(xscale="log", yscale="log", xlim=(x[0], x[-1]), ylim=(y[0], y[-1]), box_aspect=1)
    mesh = axis.pcolormesh(x, y, values, norm=scale, cmap=colours, shading="nearest")
    lowest = np.min(values, initial=np.inf, where=~unstable)
    highest = np.max(values, initial=-np.inf, where=~unstable)
    if inside := [level for level in levels if lowest < level < highest]:
        _label(axis.contour(x, y, values, levels=inside, colors="white", linewidths=0.9), axis)
    for direction in (axis.xaxis, axis.yaxis):
        direction.set_ticks(ticks, labels=[f"{t:g}" for t in ticks])
        direction.set_ticks([], minor=True)
    axis.grid(False)
    return mesh


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
    for label in axis.clabel(lines, fmt="%g", fontsize=8, inline_spacing=2, manual=places) if places else ():
        label.set(path_effects=_OUTLINE, rotation=0)
