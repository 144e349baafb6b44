"""Who has the largest E_am, and who the largest R, over planes of two parameters."""

from functools import cache
from itertools import product
from types import SimpleNamespace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from scipy.ndimage import zoom

import omcore as om
from omcore.paper.freedoms import IN_OMEGA_M
from omcore.paper.winners import PLANES, heights

from ..kit.knobs import KNOBS, axis_label
from ..kit.maps import MARK
from ..kit.style import BLACK, PALE, PALE_BLUE, PALE_ORANGE, style
from ..kit.tables import Table

ONE_SIDE = {"at rest": PALE, "CW": PALE_ORANGE, "CCW": PALE_BLUE}
RESTING = ("both sides, at rest", "its bright mode")  # whichever light is counted
SPINNING = ("both sides, CW", "both sides, CCW")
NOTHING = {"E_am": 1e-4, "R": 1e-5}  # below this there is none
SHORT = {"E_am": "E_{a-m}", "R": "R"}
FINE = 61  # points of a picture along each axis, between those of the plane
TICKS = {  # in the units in which readers meet them
    "G_a": [0.5, 1.0, 1.5],
    "Delta_a": [-2, -1, 0, 1, 2],
    "power": [2, 5, 10, 20, 40, 80],
    "temperature": [5, 50, 500],
    "laser_linewidth": [0.01, 0.1, 1, 10],
    "kappa": [0.05, 0.2, 1, 3],
    "gamma_a": [0.05, 0.2, 1, 3],
}
stored = cache(heights)


def data(reading="self-consistent"):
    """The model solved at every recorded place: measure -> what is known of it over each plane, by its field.

    best : field -> contestant -> array (rows, columns), the largest E_am or R
    winner : number in ``ONE_SIDE`` of the highest that is lit from one side; NaN where all are zero
    two_beams : field -> two arrays: with both beams free, the largest at rest, and spinning
    """
    found = {}
    for measure, none in NOTHING.items():
        best = {field: stored(field, reading, measure) for field in PLANES}
        d = SimpleNamespace(best=best, winner={}, two_beams={})
        for field, of in best.items():
            one = np.array([of[name] for name in ONE_SIDE])
            d.winner[field] = highest(one, none)
            d.two_beams[field] = _best_of(RESTING, of), _best_of(SPINNING, of)
        found[measure] = d
    return found


THROUGH = {  # lines through the paper's place: parameter that moves: (plane, index of the other)
    "G_a": ("temperature", 0),
    "Delta_a": ("Delta_a", 5),
    "power": ("power", 5),
    "temperature": ("temperature", 5),
    "laser_linewidth": ("laser_linewidth", 0),
    "kappa": ("gamma_a", 0),  # where the atoms lose least
}


def where_rest_leads(d, measure):
    """Where light from both sides at rest has more than all that spin: parameter -> two lists of intervals.

    The first is against one beam spinning, the second against two. The ends of an interval are over omega_m
    or in SI units; one is NaN where the lead goes to the edge of the map, or as far as anything is left.
    """
    found = {}
    for name, (field, k) in THROUGH.items():
        column, columns, rows = PLANES[field]
        x, at = (columns, np.s_[k]) if name == column else (rows, np.s_[:, k])
        rest = _best_of(RESTING, d.best[field])[at]
        found[name] = []
        for runners in (("CW", "CCW"), SPINNING):
            spinning = _best_of(runners, d.best[field])[at]
            nothing = np.maximum(rest, spinning) <= NOTHING[measure]
            lead = np.where(nothing, 0.0, rest - spinning)
            found[name].append(_positive(x, lead, is_logarithmic(name)))
    return found


def _positive(x, y, logarithmic):
    """Where a line between points is positive, from and to; an end is NaN if nothing negative follows."""
    t = np.log(x) if logarithmic else x
    above = np.concatenate([[False], y > 0, [False]]).astype(int)
    first, last = np.flatnonzero(np.diff(above) == 1), np.flatnonzero(np.diff(above) == -1) - 1

    def end(k, beyond):
        if not 0 <= beyond < len(y) or y[beyond] == 0:
            return np.nan
        zero = t[k] + y[k] / (y[k] - y[beyond]) * (t[beyond] - t[k])
        return float(np.exp(zero) if logarithmic else zero)

    return [(end(i, i - 1), end(k, k + 1)) for i, k in zip(first, last, strict=True)]


def _best_of(runners, heights):
    return np.max([heights[name] for name in runners if name in heights], axis=0)


def table(d, bare):
    """``where_rest_leads`` in the units in which readers meet them, with the second reading in brackets."""
    both = [{m: where_rest_leads(of, m) for m, of in one.items()} for one in (d, bare)]
    rows = []
    for name in THROUGH:
        size = lambda v, name=name: f"{float(f'{shown(name, v):.2g}'):g}"
        cells = []
        for m, k in product(NOTHING, (0, 1)):
            own, other = (_in_words(one[m][name][k], size) for one in both)
            cells.append(f"{own} ({other})")
        rows.append([axis_label(name), size(_own(name)), *cells])
    heads = [f"${SHORT[m]}$, {beams}" for m in NOTHING for beams in ("one beam", "two beams")]
    return Table(["along", "the paper", *heads], rows)


def _in_words(intervals, size):
    words = []
    for low, high in intervals:
        start = "" if np.isnan(low) else f"from {size(low)}"
        end = "" if np.isnan(high) else f"up to {size(high)}"
        words.append(f"{start} {end}".strip() or "everywhere")
    return "; ".join(words) or "nowhere"


def _own(name):
    return getattr(om.PAPER, name) / (om.PAPER.omega_m if name in IN_OMEGA_M else 1.0)


def highest(values, none):
    """Which of several arrays is the highest at each point; NaN where none is above ``none``."""
    return np.where(values.max(0) > none, values.argmax(0), np.nan)


def fine(values):
    """A plane at ``FINE`` x ``FINE`` points, between its own linearly."""
    return zoom(values, [FINE / n for n in values.shape], order=1)


def shown(name, values):
    """Values of a field, given as in ``PLANES``, in the unit in which readers meet it."""
    si = values * (om.PAPER.omega_m if name in IN_OMEGA_M else 1.0)
    return si / KNOBS[name].shown.factor(om.PAPER.omega_m)


def is_logarithmic(name):
    """Whether the values of a field are spread by equal ratios."""
    return name not in ("G_a", "Delta_a")


@style()
def draw(d):
    """For each measure, above, one beam: who is highest. Below, both beams free: spinning over rest."""
    colours = mpl.colors.ListedColormap([*ONE_SIDE.values()])
    figure, axes = plt.subplots(4, len(PLANES), figsize=(10.4, 9.2), sharex="col", sharey="col")
    for rows, (measure, found) in zip(axes.reshape(2, 2, -1), d.items(), strict=True):
        for (above, below), field in zip(rows.T, PLANES, strict=True):
            one = np.array([fine(found.best[field][name]) for name in ONE_SIDE])
            rest, spinning = (fine(values) for values in found.two_beams[field])
            none = NOTHING[measure]
            x, y = (_with_the_paper(axis, field) for axis in (above, below))
            above.pcolormesh(*x, highest(one, none), cmap=colours, vmin=-0.5, vmax=2.5)
            lead = np.where(rest > none, rest - one.max(0), np.nan)
            counts = np.maximum(rest, spinning) > none
            ratio = np.log2(np.maximum(spinning, none) / np.maximum(rest, none))
            ratio = np.where(counts, ratio, np.nan)
            mesh = below.pcolormesh(*y, ratio, cmap="PuOr", vmin=-1.5, vmax=1.5)
            for axis, level in ((above, lead), (below, ratio)):
                axis.contour(*x, level, levels=[0], colors=[BLACK], linewidths=1.6)
        words = f"${SHORT[measure]}$, one beam: highest", f"${SHORT[measure]}$, both: spinning/rest"
        for row, said in zip(rows, words, strict=True):
            row[0].annotate(said, (-0.55, 0.5), xycoords="axes fraction", rotation=90, va="center")
    for axis, field in zip(axes[-1], PLANES, strict=True):
        axis.set_xlabel(axis_label(PLANES[field][0]))
    bar = figure.colorbar(mesh, ax=axes, ticks=[-1, 0, 1], extend="both", shrink=0.4, pad=0.01)
    bar.ax.set_yticklabels(["1/2", "1", "2"])
    patches = [mpl.patches.Patch(color=colour, label=name) for name, colour in ONE_SIDE.items()]
    words = "one beam: both sides at rest is as high; both: equal"
    line = plt.Line2D([], [], color=BLACK, linewidth=1.6, label=words)
    mark = plt.Line2D([], [], linestyle="", label="the paper", **MARK)
    figure.legend(handles=[*patches, line, mark], loc="outside lower center", ncols=5)
    return figure


def _with_the_paper(axis, field):
    places = places_on(axis, field)
    names = PLANES[field][0], field
    at = [getattr(om.PAPER, n) / KNOBS[n].shown.factor(om.PAPER.omega_m) for n in names]
    mark = [
        own or low[0] for own, low in zip(at, places, strict=True)
    ]  # no line width: the quiet end
    axis.plot(*mark, **MARK, clip_on=False)
    return places


def places_on(axis, field):
    """The places of a fine plane along both its axes; their scales, ticks and names are set."""
    places = []
    for letter, name, values in zip(
        "xy", (PLANES[field][0], field), PLANES[field][1:], strict=True
    ):
        logarithmic, ends = is_logarithmic(name), shown(name, values[[0, -1]])
        places.append((np.geomspace if logarithmic else np.linspace)(*ends, FINE))
        scale = {f"{letter}scale": "log" if logarithmic else "linear"}
        axis.set(**scale)
        along = getattr(axis, f"{letter}axis")
        along.set_ticks(TICKS[name], labels=[f"{t:g}" for t in TICKS[name]])
        along.set_minor_locator(mpl.ticker.NullLocator())
    axis.set_ylabel(axis_label(field), labelpad=1)
    axis.grid(False)
    return places
