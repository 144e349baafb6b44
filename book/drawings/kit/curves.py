"""Curves and maps of any output over any field, by omcore and matplotlib: what a live figure shows."""

from dataclasses import dataclass, field
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.outputs import OUTPUTS

from .embed import RESOLUTION
from .grids import edges, finer, peaks
from .knobs import axis_label, labelled
from .maps import MARK, colour_scale, draw_map, hatch_over
from .panels import hatch_unstable
from .style import (
    BLACK,
    CASE_STYLES,
    CASE_TITLES,
    COUPLING_STYLES,
    MIDDLE,
    MODE_STYLES,
    OTHER_STYLES,
    PAIR_STYLES,
    SWITCHED_OFF,
    THREE_LINES,
    style,
)

_PAIRS = {f"E_{i}_{j}": look for (i, j), look in PAIR_STYLES.items()}
_FOCUSES = {f"R_{m}": s | {"label": f"{s['label']} in focus"} for m, s in MODE_STYLES.items()}
_SHIFTS = {
    "shift": {"color": BLACK, "linestyle": "-", "label": "Sagnac shift, Eq. 1"},
    "shift_derived": {
        "color": BLACK,
        "linestyle": "--",
        "label": "Sagnac shift, derived with dispersion",
    },
}
OUTPUT_STYLES = _PAIRS | {"E_am": _PAIRS["E_a_m"]} | COUPLING_STYLES | _FOCUSES | _SHIFTS
DECADES = 6  # of a logarithmic axis, as in plot.js
MARKS = {  # what kinds of their own draw
    "stable": {"color": BLACK, "linestyle": "-", "label": "stable"},
    "unstable": {"color": MIDDLE, "linestyle": "--", "label": "unstable"},
    "here": {"color": BLACK, "linestyle": "-", "label": "where the sliders stand"},
    "vacuum": {"color": MIDDLE, "linestyle": "-", "label": "vacuum"},
    "mode a": {"color": PAIR_STYLES["a", "m"]["color"], "linestyle": "-", "label": "atoms"},
    "mode cw": CASE_STYLES["cw"] | {"label": "CW mode"},
    "mode ccw": CASE_STYLES["ccw"] | {"label": "CCW mode"},
    "cavity": {"color": BLACK, "linestyle": ":", "label": "cavity without the shift"},
    "laser": {"color": BLACK, "linestyle": "-", "label": "laser"},
    "sidebands": {"color": MIDDLE, "linestyle": "--", "label": "sidebands of the laser"},
}


@dataclass(frozen=True)
class Line:
    """A line of a live figure: a case with fields that no slider and no axis moves."""

    case: str
    held: dict = field(default_factory=dict)
    label: str = ""

    @classmethod
    def of(cls, case, held=None, label=""):
        """What is at rest stays at rest."""
        still = case in om.CASES and om.CASES[case].angular_velocity == 0
        return cls(case, ({"angular_velocity": 0.0} if still else {}) | (held or {}), label)

    def at(self, p: om.Parameters) -> om.Parameters:
        """The line at parameters that a reader has moved.

        It has the drive of its case, and its detuning of the cavity unless that of p is another than the
        paper's; "given" is p itself.

        >>> q = Line.of("cw", {"counter_drive": 0.5}).at(om.PAPER.in_omega_m(Delta_c=2))
        >>> q.drive, round(q.Delta_c / q.omega_m, 3), q.counter_drive
        ('cw', 2.0, 0.5)
        """
        q = (om.operating_points(p) | {"given": p})[self.case]
        moved = {} if p.Delta_c == om.PAPER.Delta_c else {"Delta_c": p.Delta_c}
        return q.replace(**moved | self.held)

    def sweep(self, p: om.Parameters, **fields) -> om.Parameters:
        """The line at p along some fields; what it holds stays.

        >>> Line.of("stationary").sweep(om.PAPER, angular_velocity=np.array([1.0, 2.0])).angular_velocity
        array([0., 0.])
        """
        held = {n: np.full_like(fields[n], v) for n, v in self.held.items() if n in fields}
        return self.at(p).replace(**fields | held)


CASE_LINES = {case: Line.of(case) for case in om.CASES}


def written(lines: dict[str, Line]) -> dict:
    """The lines of a figure, as the page reads them."""
    held = {name: {"case": line.case, "held": line.held} for name, line in lines.items()}
    return {"cases": [*lines], "lines": held}


def styles(lines: dict[str, Line], rows, marks=()) -> dict[str, dict]:
    """The look of each line, as matplotlib takes it, of each output that is drawn with others, and of marks.

    A line beside the cases has the look of its case where that is not drawn itself; else its own.
    """
    looks, taken, plain = {}, set(lines), cycle(THREE_LINES)
    known = CASE_STYLES | {"given": CASE_STYLES["stationary"] | {"label": "as set"}}
    for name, line in lines.items():
        own = name == line.case or line.case not in taken
        without = any(
            value == 0 for field, value in line.held.items() if field != "angular_velocity"
        )
        beside = SWITCHED_OFF if without else OTHER_STYLES.get(line.case)
        looks[name] = known[line.case] if own else beside
        taken.add(line.case)
        looks[name] = looks[name] | ({"label": line.label} if line.label else {})
    for output in (output for row in rows if len(row) > 1 for output in row):
        if output not in OUTPUT_STYLES:
            looks[output] = next(plain) | {"label": OUTPUTS[output].meaning}
        else:
            looks[output] = OUTPUT_STYLES[output]
    return looks | {mark: (MARKS | OUTPUT_STYLES)[mark] for mark in marks}


@style()
def curves(figure, p, reading, points):
    """Each output of a live figure on each of its lines, over its axis; panels as the page has them."""
    values = places(figure, p, reading, points)
    shown, looks = values / figure.x.unit(p), styles(figure.lines, figure.rows)
    along = {figure.x.name: values}
    solved = {n: om.solve(line.sweep(p, **along), reading) for n, line in figure.lines.items()}
    rows = [(row, False) for row in figure.rows]
    rows += [(row, True) for row in figure.rows if row[0] in figure.logs]
    panels = []  # several outputs in one row: a panel for each line
    for row, logarithmic in rows:
        together = [[name] for name in solved] if len(row) > 1 else [list(solved)]
        panels.append([(row, logarithmic, names) for names in together])
    if all(len(row) == 1 for row in panels):  # side by side
        panels = [[panel for row in panels for panel in row]]
    size = len(panels), max(map(len, panels))
    room = (2.2 + 4.2 * size[1], 1.0 + 3.2 * size[0]) if size != (1, 1) else (6.4, 4.2)
    drawing, axes = plt.subplots(*size, figsize=room, squeeze=False, sharex=True)
    for across, row in zip(axes, panels, strict=True):
        for axis in across[len(row) :]:
            axis.set_visible(False)
        for axis, (outputs, logarithmic, names) in zip(across, row, strict=False):
            _draw_panel(axis, shown, {name: solved[name] for name in names}, outputs, looks)
            if logarithmic:
                _spread_out(axis)
            axis.set(xlabel=axis_label(figure.x.name), xlim=(shown[0], shown[-1]))
            axis.set_xscale(figure.x.scale)
    named = {}
    for axis in axes.flat:
        named |= dict(zip(*axis.get_legend_handles_labels()[::-1], strict=True))
    drawing.legend(named.values(), named, loc="outside lower center", ncols=min(3, 2 * size[1]))
    return drawing


def places(figure, p, reading, points):
    """Where the curves of a live figure are computed: on a grid, and where a fine one misses something."""
    lines, name = figure.lines.values(), figure.x.name
    sweeps = [lambda x, line=line: om.solve(line.sweep(p, **{name: x}), reading) for line in lines]
    outputs = [OUTPUTS[name] for name in figure.y]

    def kind(s):
        """-1 where there is no steady state; elsewhere which outputs are zero, as a number."""
        zero = sum(2.0**k * (output.of(s) == 0) for k, output in enumerate(outputs))
        return np.where(s.status == "stable", zero, -1.0)

    x = finer(figure.x.values(p, points), [getattr(line.at(p), name) for line in lines])
    if points < RESOLUTION["curves"]:
        return x
    x = finer(x, np.concatenate([edges(x, lambda x, at=at: kind(at(x))) for at in sweeps]))
    tops = []
    for at in sweeps:
        s = at(x)
        for output in outputs:
            tops.append(peaks(x, output.of(s), lambda x, of=output.of, at=at: of(at(x))))
    return finer(x, np.concatenate(tops))


def _draw_panel(axis, shown, solved, outputs, looks):
    """One output on each line, or several of a single one."""
    highest = 0.0  # of numbers without bound, apart from those beside an edge of stability
    for name, s in solved.items():
        edge = np.convolve(s.status != "stable", [1, 1, 1], mode="same") > 0
        for output in outputs:
            y = OUTPUTS[output].of(s)
            axis.plot(shown, y, **looks[output if len(outputs) > 1 else name])
            if not OUTPUTS[output].bounded:
                highest = np.nanmax(np.where(edge, np.nan, y), initial=highest)
    if highest:
        axis.set_ylim(top=1.05 * highest)
    if len(solved) == 1 and not all(OUTPUTS[output].bare for output in outputs):
        hatch_unstable(axis, shown, np.where(s.stable, 0.0, np.nan))
    if len(outputs) > 1:
        axis.set_title(CASE_TITLES.get(name, looks[name]["label"]))
    axis.set_ylabel(output_label(outputs[0]) if len(outputs) == 1 else "")


def _spread_out(axis):
    """Whole decades below the largest number. A curve ends where it becomes zero: that has no place there."""
    heights = np.concatenate([line.get_ydata() for line in axis.lines])
    positive = heights[heights > 0]
    top = np.ceil(np.log10(positive.max())) if positive.size else 0.0
    for line in axis.lines:
        line.set_ydata(np.where(line.get_ydata() > 0, line.get_ydata(), np.nan))
    axis.set(ylim=(10.0 ** (top - DECADES), 10.0**top), yscale="log")


@style()
def maps(figure, p, reading, points):
    """The output of a live figure over both its fields, a map for each line; no steady state is hatched."""
    right, up = figure.x.values(p, points), figure.over.values(p, points)
    grid, looks = {figure.x.name: right, figure.over.name: up[:, None]}, styles(figure.lines, [])
    solved = {n: om.solve(line.sweep(p, **grid), reading) for n, line in figure.lines.items()}
    values = {name: OUTPUTS[figure.y[0]].of(s) for name, s in solved.items()}
    scale = colour_scale(values.values())
    x, y = right / figure.x.unit(p), up / figure.over.unit(p)
    drawing, axes = plt.subplots(
        1, len(values), figsize=(1.5 + 2.7 * len(values), 3.4), sharey=True, squeeze=False
    )
    for axis, (name, found) in zip(axes[0], values.items(), strict=True):
        logarithmic = figure.x.logarithmic, figure.over.logarithmic
        mesh = draw_map(axis, x, y, found, scale, (), logarithmic)
        hatch_over(axis, x, y, ~solved[name].stable & np.isfinite(found))
        q = figure.lines[name].at(p)  # each case has its own
        axis.plot(*(getattr(q, a.name) / a.unit(p) for a in (figure.x, figure.over)), **MARK)
        axis.set(xlabel=axis_label(figure.x.name), title=looks[name]["label"])
    axes[0, 0].set_ylabel(axis_label(figure.over.name))
    drawing.colorbar(mesh, ax=axes, label=output_label(figure.y[0]), fraction=0.025)
    return drawing


def output_label(name):
    """Symbol and unit of an output, for an axis."""
    return labelled(OUTPUTS[name].symbol, OUTPUTS[name].unit)
