"""Who wins over a plane of two fields, live: a map of what is stored, and the race at its dot run anew."""

import base64
from dataclasses import fields
from functools import cache, cached_property

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.outputs import OUTPUTS
from omcore.paper.freedoms import moved
from omcore.paper.optima import MARGIN
from omcore.paper.winners import PLANES, counts, places

from ..kit.curves import output_label, styles
from ..kit.knobs import KNOBS, axis_label
from ..kit.live import Live, live
from ..kit.maps import MARK
from ..kit.style import style
from . import planes

RUNNERS = {  # line of the figure: contestant
    "stationary": "at rest",
    "cw": "CW",
    "ccw": "CCW",
    "both sides at rest": "both sides, at rest",
    "both sides CW": "both sides, CW",
    "both sides CCW": "both sides, CCW",
}
_BESIDE = {"at rest": "stationary", "CW": "cw", "CCW": "ccw"}  # the case of a line beside the cases
SCAN = (-3.0, 4.0, 141)  # detunings of the driven mode over omega_m
HIGHEST = 2.0  # of what is stored
EQUAL = 0.999  # of the highest: as high
START = {"laser_linewidth": {"temperature": om.PAPER.temperature, "laser_linewidth": 1e-4}}
stored_places = cache(places)


class WinnersMap(Live):
    """A live figure whose map is stored, and whose curves are those of the point under its dot."""

    @cached_property
    def spec(self):
        """What ``Live`` says, and the planes with their heights and the second beam of each place."""
        scan = {"scan": SCAN[:2], "points": {"curves": SCAN[2], "maps": planes.FINE}}
        known = {"planes": {field: packed_plane(field) for field in PLANES}, "highest": HIGHEST}
        return super().spec | scan | known | {"margins": {"R": MARGIN}, "nothing": planes.NOTHING}

    def draw(self, p, reading="self-consistent", x=None, y=None, drive=None, coarse=False):
        """The map and the curves at p, by omcore and matplotlib; coarse, with fewer points."""
        low, high, points = SCAN
        x_scanned = np.linspace(low, high, points // 4 + 1 if coarse else points)
        return draw(self.lines, p, reading, x or self.x.name, y or self.y[0], x_scanned)


def packed_plane(field):
    """A plane as JSON can hold it: numbers between 0 and a top as text, two bytes each."""
    name, columns, rows = PLANES[field]
    axis = lambda n, values: [n, *planes.shown(n, values[[0, -1]]), planes.is_logarithmic(n)]
    both = [(reading, measure) for reading in om.MEAN_FIELDS for measure in planes.NOTHING]
    heights, beams = ({reading: {} for reading in om.MEAN_FIELDS} for _ in range(2))
    for reading, measure in both:
        top, at = planes.stored(field, reading, measure), stored_places(field, reading, measure)
        heights[reading][measure] = {line: packed(top[n] / HIGHEST) for line, n in RUNNERS.items()}
        beams[reading][measure] = {
            line: [
                packed(at[n].counter_drive),
                packed(at[n].counter_drive_phase / (2 * np.pi) + 0.5),
            ]
            for line, n in RUNNERS.items()
            if line not in om.CASES
        }
    ends = {"x": axis(name, columns), "y": axis(field, rows), "shape": [len(rows), len(columns)]}
    return ends | {"start": START.get(field, {}), "heights": heights, "beams": beams}


def packed(values):
    """Numbers between 0 and 1 as text: sixteen bits each, the lower byte first.

    >>> packed([0.0, 1.0])
    'AAD//w=='
    """
    whole = np.round(65535 * np.clip(values, 0, 1)).astype("<u2")
    return base64.b64encode(whole.tobytes()).decode()


def at_point(lines, p, reading, field, measure, x):
    """For each line E_am or R at detunings x of the driven mode over omega_m; NaN where none counts."""
    found = {}
    for line, runner in lines.items():
        q = runner.at(p)
        if line not in om.CASES:
            there = stored_places(field, reading, measure)[RUNNERS[line]]
            there = there[nearest(p, field)]
            beams = ("counter_drive", "counter_drive_phase")
            q = q.replace(**{name: getattr(there, name) for name in beams})
        s = om.solve(moved(q, ("Delta_c",), [x]), reading)
        found[line] = np.where(counts(s, measure), OUTPUTS[measure].of(s), np.nan)
    return found


def nearest(p, field):
    """Row and column of the place of a plane that is nearest to p."""
    index = []
    for name, values in zip((field, PLANES[field][0]), PLANES[field][:0:-1], strict=True):
        value = getattr(p, name) / (om.PAPER.omega_m if name in planes.IN_OMEGA_M else 1.0)
        if planes.is_logarithmic(name):
            value, values = np.log(max(value, values[0])), np.log(values)
        index.append(int(np.argmin(np.abs(values - value))))
    return tuple(index)


@style()
def draw(lines, p, reading, field, measure, detuning):
    """Left: who is highest over a plane. Right: each line over the detunings, at p."""
    looks, top = styles(lines, []), planes.stored(field, reading, measure)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.2))
    every = np.array([planes.fine(top[RUNNERS[line]]) for line in lines])
    colours = mpl.colors.ListedColormap([looks[line]["color"] for line in lines][::-1])
    x, y = planes.places_on(left, field)
    equal = every >= EQUAL * every.max(0)  # the last of these has more freedom
    winner = planes.highest(equal[::-1] * every.max(0), planes.NOTHING[measure])
    left.pcolormesh(x, y, winner, cmap=colours, vmin=-0.5, vmax=len(lines) - 0.5, alpha=0.6)
    at = [getattr(p, n) / KNOBS[n].shown.factor(p.omega_m) for n in (PLANES[field][0], field)]
    left.plot(*at, **MARK)
    for line, values in at_point(lines, p, reading, field, measure, detuning).items():
        right.plot(detuning, values, **looks[line])
    right.set(
        xlabel=r"driven mode, $\Delta/\omega_m$", ylabel=output_label(measure), ylim=(0, None)
    )
    right.set_title("at the dot")
    left.set(xlabel=axis_label(PLANES[field][0]), title="who is highest")
    figure.legend(*right.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


def _made():
    beside = {
        line: (_BESIDE[name.split(", ")[1]], {})
        for line, name in RUNNERS.items()
        if line not in om.CASES
    }
    knobs = list(dict.fromkeys(n for field, (name, *_) in PLANES.items() for n in (name, field)))
    figure = live(
        ("Delta_a", -2.5, 2.5), "E_am", knobs, extra=beside, axes=list(PLANES), outputs=["E_am", "R"],
        kind="winners", name="winners",
    )  # fmt: skip
    return WinnersMap(**{field.name: getattr(figure, field.name) for field in fields(figure)})


MAP = _made()
"""The figure with sliders, for ``live``."""
