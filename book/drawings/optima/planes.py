"""Who has the largest E_am, over planes of the coupling G_a and one more parameter."""

from types import SimpleNamespace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.winners import PLANES, heights

from ..kit.knobs import KNOBS, axis_label
from ..kit.maps import MARK
from ..kit.style import BLACK, PALE, PALE_BLUE, PALE_ORANGE, style

ONE_SIDE = {"at rest": PALE, "CW": PALE_ORANGE, "CCW": PALE_BLUE}
NOTHING = 1e-4  # an E_am below this counts as none
TICKS = {  # in omega_m, mW, and mK
    "Delta_a": [-2, -1, 0, 1, 2],
    "power": [2, 5, 10, 20, 40, 80],
    "temperature": [5, 20, 100, 500, 2000],
}


def data(reading="self-consistent"):
    """The model solved at every recorded place; each is field -> array (rows, columns) unless it says more.

    E_am : field -> runner -> array, the largest E_am over the plane
    winner : number in ``ONE_SIDE`` of the highest that is lit from one side; NaN where all are zero
    lead : how far light from both sides at rest is ahead of all three that are lit from one side
    border : field -> array (rows,), G_a over omega_m at which that lead first ends
    two_beams : field -> two arrays: with both beams free, the largest E_am at rest, and spinning
    """
    E_am = {field: heights(field, reading) for field in PLANES}
    winner, lead, border, two_beams = {}, {}, {}, {}
    for field, E in E_am.items():
        one_side, at_rest = np.array([E[name] for name in ONE_SIDE]), E["both sides, at rest"]
        winner[field] = np.where(one_side.max(0) > NOTHING, one_side.argmax(0), np.nan)
        lead[field] = at_rest - one_side.max(0)
        border[field] = _first_zero(PLANES[field][0], lead[field])
        two_beams[field] = at_rest, np.fmax(E["both sides, CW"], E["both sides, CCW"])
    return SimpleNamespace(E_am=E_am, winner=winner, lead=lead, border=border, two_beams=two_beams)


def _first_zero(columns, lead):
    """Where each row of an array first turns negative; NaN where it is so at the first column."""
    k = (lead < 0).argmax(1)[:, None]
    before, after = (np.take_along_axis(lead, n, 1)[:, 0] for n in (np.maximum(k - 1, 0), k))
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = columns[k[:, 0]] + after / (before - after) * np.diff(columns)[0]
    return np.where(k[:, 0] > 0, ends, np.nan)


@style()
def draw(d):
    """Above, light from one side: who is highest. Below, both beams free for both: spinning over at rest."""
    colours = mpl.colors.ListedColormap([*ONE_SIDE.values()])
    figure, axes = plt.subplots(2, 3, figsize=(9.6, 6.4), sharex=True, sharey="col")
    for (above, below), (field, (columns, rows)) in zip(axes.T, PLANES.items(), strict=True):
        unit = KNOBS[field].shown.factor(om.PAPER.omega_m)
        x, y = columns, rows if field == "Delta_a" else rows / unit
        above.pcolormesh(x, y, d.winner[field], cmap=colours, vmin=-0.5, vmax=2.5)
        rest, spinning = d.two_beams[field]
        lead = np.where(rest > NOTHING, d.lead[field], np.nan)
        above.contour(x, y, lead, levels=[0], colors=[BLACK], linewidths=1.6)
        counts = np.fmax(rest, spinning) > NOTHING
        ratio = np.log2(np.fmax(spinning, NOTHING) / np.fmax(rest, NOTHING))
        ratio = np.where(counts, ratio, np.nan)
        mesh = below.pcolormesh(x, y, ratio, cmap="PuOr", vmin=-1.5, vmax=1.5)
        below.contour(x, y, ratio, levels=[0], colors=[BLACK], linewidths=1.6)
        paper = getattr(om.PAPER, field) / unit
        for axis in (above, below):
            axis.plot(om.PAPER.G_a / om.PAPER.omega_m, paper, **MARK)
            axis.set(yscale="linear" if field == "Delta_a" else "log", ylabel=axis_label(field))
            axis.set_yticks(TICKS[field], TICKS[field])
            axis.yaxis.set_minor_locator(mpl.ticker.NullLocator())
            axis.grid(False)
        below.set_xlabel(axis_label("G_a"))
    axes[0, 1].set_title("light from one side: the highest")
    axes[1, 1].set_title("both beams free: spinning over at rest")
    bar = figure.colorbar(mesh, ax=axes[1], ticks=[-1, 0, 1], extend="both", pad=0.02)
    bar.ax.set_yticklabels(["1/2", "1", "2"])
    patches = [mpl.patches.Patch(color=colour, label=name) for name, colour in ONE_SIDE.items()]
    words = "above: light from both sides at rest is as high; below: equal"
    line = plt.Line2D([], [], color=BLACK, linewidth=1.6, label=words)
    mark = plt.Line2D([], [], linestyle="", label="the paper", **MARK)
    figure.legend(handles=[*patches, line, mark], loc="outside lower center", ncols=3)
    return figure
