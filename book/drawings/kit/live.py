"""Live figures: one line in a chapter, for the built page, for JupyterLab and for a test alike.

The page computes with the model in ``book/_static/live``; with a kernel omcore itself does, behind the
sliders of ``kit.sliders``. Both follow one spec, plain data in which names stand for what the
metadata says of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

import omcore as om
from omcore.conventions import DRIVES
from omcore.outputs import OUTPUTS

from . import desk, device_svg
from .curves import Line, curves, maps, styles, written
from .embed import COARSE, RESOLUTION, Embedded, colours, looks, to_laboratory
from .kinds import branches, locus, matrix, script
from .knobs import KNOBS
from .style import CASE_TITLES

KINDS = {  # how the Lab draws each kind of figure, and whose looks the page needs
    "curves": (curves, ()),
    "branches": (branches, ("stable", "unstable")),
    "locus": (locus, ("here",)),
    "matrix": (matrix, ()),
    "noise": (None, ("vacuum",)),  # None: the room of the chapter does
    "winners": (None, ()),
    "resonances": (None, ("mode a", "mode ccw", "mode cw", "cavity", "laser", "sidebands")),
    "spectrum": (None, ()),
}
VIEWS = {  # of one point, in the laboratory
    "curves": "curves",
    "resonances": "resonances",
    "spectrum": "spectrum",
    "noise": "noise ellipses",
    "matrix": "covariance",
    "locus": "eigenvalues",
}
FIELDS = tuple(KNOBS)
PRESETS = {  # name: (fields that differ from PAPER, in SI units; cases; output; what it is)
    "the paper's three points": ({}, tuple(om.CASES), None, "The peaks of Fig. 1(c)."),
    "at rest": ({}, ("stationary",), None, "No rotation: both modes have one frequency."),
    "spinning, CW driven": ({}, ("cw",), None, "The mode that rotation shifts up is driven."),
    "spinning, CCW driven": ({}, ("ccw",), None, "The mode that rotation shifts down is driven."),
    "at rest, light from both sides": (
        {"counter_drive": 0.5},
        ("stationary",),
        None,
        "Half of the power comes from the other side.",
    ),
}


@dataclass(frozen=True)
class Axis:
    """A field along an axis, between two ends in the unit in which it is shown.

    >>> Axis.of("power"), Axis.of(("kappa", 0.05, 3, "log")).logarithmic
    (Axis(name='power', low=0.0, high=100.0, logarithmic=False), True)
    """

    name: str
    low: float
    high: float
    logarithmic: bool = False

    @classmethod
    def of(cls, given):
        """From a name, or (name, low, high), or (name, low, high, "log")."""
        name, *ends = (given,) if isinstance(given, str) else given
        shown = KNOBS[name].shown
        if not ends:
            return cls(name, shown.lowest, shown.highest, shown.logarithmic)
        return cls(name, *map(float, ends[:2]), ends[2:] == ["log"])

    def values(self, p: om.Parameters, points: int) -> np.ndarray:
        """Evenly spread values in SI units."""
        unit, spread = self.unit(p), np.geomspace if self.logarithmic else np.linspace
        return spread(self.low * unit, self.high * unit, points)

    def unit(self, p: om.Parameters) -> float:
        """The unit in which it is shown, in SI units."""
        return KNOBS[self.name].shown.factor(p.omega_m)

    @property
    def scale(self) -> str:
        """The name of its scale in matplotlib."""
        return "log" if self.logarithmic else "linear"


@dataclass(frozen=True)
class Live(Embedded):
    """A figure that follows its reader; make one with ``live``."""

    x: Axis
    rows: tuple[tuple[str, ...], ...]
    over: Axis | None
    knobs: tuple[str, ...]
    p: om.Parameters
    cases: tuple[str, ...]
    extra: dict[str, Line]
    reading: str
    axes: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    presets: dict = field(default_factory=dict)
    name: str = ""
    apart: bool = False
    kind: str = "curves"
    logs: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    drawing: Callable | None = field(default=None, compare=False)
    static: Callable | None = field(default=None, compare=False)
    device: str = ""

    @property
    def y(self) -> tuple[str, ...]:
        """All outputs that it draws."""
        return tuple(output for row in self.rows for output in row)

    @property
    def lines(self) -> dict[str, Line]:
        """The cases, and the lines beside them."""
        return {case: Line.of(case) for case in self.cases} | self.extra

    @cached_property
    def spec(self) -> dict:
        """What the page needs, as JSON can hold it."""
        axis = lambda a: a and [a.name, a.low, a.high, a.logarithmic]
        return {
            "name": self.name,
            "kind": self.kind,
            "x": axis(self.x),
            "y": list(self.y),
            "rows": [list(row) for row in self.rows],
            "over": axis(self.over),
            "knobs": list(self.knobs),
            "lists": self.lists,
            "sliders": self.sliders,
            "views": {kind: VIEWS[kind] for kind in self.views},
            "laboratory": self.laboratory,
            "scripts": {kind: script(kind, self.lines) for kind in (self.kind, *self.views)},
            "start": changed(self.p, om.PAPER),
            "drive": self.p.drive,
            "side": self.has_side,
            **written(self.lines),
            "reading": self.reading,
            "apart": self.apart,
            "logs": list(self.logs),
            "device": self.device,
            "axes": list(self.axes),
            "outputs": list(self.outputs),
            "presets": {
                name: dict(zip(("set", "cases", "y", "why"), preset, strict=True))
                for name, preset in self.presets.items()
            },
            "points": RESOLUTION,
            "looks": self.looks,
            "keys": self.keys,
            "colours": colours() if self.over or self.axes or self.kind != "curves" else None,
        }  # fmt: skip

    @property
    def marks(self) -> tuple[str, ...]:
        """What its kind, or those that its reader can choose, draw of their own."""
        return tuple(mark for kind in (self.kind, *self.views) for mark in KINDS[kind][1])

    @property
    def looks(self) -> dict[str, dict]:
        """Of each line, of each output that is drawn with others, and of what its kind draws of its own."""
        return looks(styles(self.lines, self.rows, self.marks))

    @property
    def keys(self) -> list[str]:
        """Of outputs that are drawn with others, one of each look."""
        look = lambda name: (self.looks[name]["light"], tuple(self.looks[name]["dashes"]))
        together = [name for row in self.rows if len(row) > 1 for name in row]
        return list({look(name): name for name in reversed(together)}.values())[::-1]

    @property
    def lists(self) -> str:
        """What its reader chooses from lists, as HTML."""
        axes = {name: desk.named(KNOBS[name], KNOBS[name].shown.unit) for name in self.axes}
        drawn = [n for n in OUTPUTS if n in self.outputs] + [
            n for n in self.y if n not in self.outputs
        ]
        named = {name: desk.named(OUTPUTS[name], OUTPUTS[name].unit) for name in drawn}
        bare = all(OUTPUTS[name].bare for name in (*self.y, *self.outputs))
        over = {"": "– (curves, no map)"} | axes if axes and self.kind == "curves" else {}
        readings = {} if bare else {name: name for name in (*om.MEAN_FIELDS, "both")}
        sides = {name: f"{name.upper()} mode" for name in DRIVES if self.has_side}
        all_ = (
            ("draw", "y", named if self.outputs else {}),
            ("against", "x", axes),
            ("as a map, with upwards", "over", over),
            ("mean field", "reading", readings),
            ("driven", "drive", sides),
        )
        return "".join(desk.choice(self.name, *one) for one in all_ if one[2])

    @property
    def sliders(self) -> str:
        """Its sliders, as HTML."""
        return desk.sliders(self.name, {name: KNOBS[name] for name in self.knobs}, self.open)

    @property
    def laboratory(self) -> dict | None:
        """How the laboratory takes its state: the view, the case that each line becomes, what is left out."""
        if self.views:
            return None
        held = {n: line.held.keys() - Line.of(line.case).held for n, line in self.lines.items()}
        own = self.lines if self.kind in VIEWS else {*om.CASES, "given"}  # others may hold more
        cases = {n: line.case for n, line in self.lines.items() if n in own and not held[n]}
        left = [f"“{self.lines[name].label}”" for name in held if name not in cases]
        left += ["all outputs but the first"] * (len(self.y) > 1) + ["the range of the axis"]
        view = self.kind if self.kind in VIEWS else "curves"
        left += [] if view == self.kind else [f"all {self.kind} but the one that holds"]
        return to_laboratory(view, cases, left)

    @property
    def has_side(self) -> bool:
        """Whether its reader chooses the driven mode: where no case does, and it matters."""
        seen = self.kind == "resonances" or not all(OUTPUTS[name].bare for name in self.y)
        moved = (*self.knobs, *self.axes, self.x.name)
        turns = (
            self.p.angular_velocity != 0 or "angular_velocity" in moved
        )  # else both sides are alike
        return "given" in self.cases and seen and turns

    def draw(
        self, p: om.Parameters, reading="self-consistent", x=None, y=None, drive=None, coarse=False
    ):
        """The figure by omcore and matplotlib, at what a reader has moved; if coarse, of fewer points."""
        p = p.replace(drive=drive) if drive else p
        if self.drawing:
            return self.drawing(p, reading)
        rows = ((y,),) if y and y != self.y[0] else self.rows
        here = replace(self, x=Axis.of(x) if x and x != self.x.name else self.x, rows=rows)
        points = (COARSE if coarse else RESOLUTION)["maps" if self.over else "curves"]
        return (maps if self.over else KINDS[self.kind][0])(here, p, reading, points)

    def picture(self):
        """The picture that stands where no script runs: the author's, or the figure at its start."""
        return self.static() if self.static else self.draw(self.p, self.readings[0])

    def beside(self):
        """The device, where its author asks for it, at the line that it opens with."""
        if not self.device:
            return ""
        labels = {name: look["title"] for name, look in looks(styles(self.lines, [])).items()}
        point = self.lines[self.device].at(self.p)
        return device_svg.html(self.name, labels, self.device, point, self.readings[0])

    @property
    def readings(self) -> tuple[str, ...]:
        """Of the mean field, those that it starts with."""
        return om.MEAN_FIELDS if self.reading == "both" else (self.reading,)

    @property
    def alt(self) -> str:
        """What the picture shows, in words; the caption and its own description say more."""
        drawn = " and ".join(OUTPUTS[name].meaning for name in self.y)
        along = " and ".join(om.QUANTITIES[a.name].meaning for a in (self.x, self.over) if a)
        return f"{drawn} against {along}".capitalize()

    def controls(self, explore):
        """Sliders for the knobs, and lists of what may stand on the axes and of the readings."""
        p, driven = self.p, [(f"{name.upper()} mode", name) for name in DRIVES if self.has_side]
        choices = {
            "x": (self.axes, self.x.name),
            "y": (self.outputs, self.y[0]),
            "drive": (driven, p.drive),
            "reading": (om.MEAN_FIELDS, om.MEAN_FIELDS[0]),
        }

        def draw(**chosen):
            moved = {name: chosen.pop(name) for name in FIELDS if name in chosen}
            return self.draw(p.replace(**moved), **chosen)

        knobs = {name: KNOBS[name] for name in self.knobs}
        start = {name: getattr(p, name) for name in self.knobs}
        choices = {name: choice for name, choice in choices.items() if choice[0]}
        presets = {
            n: changes | ({"y": y} if y else {}) for n, (changes, _, y, _) in self.presets.items()
        }
        return explore(draw, knobs, start, p.omega_m, choices, presets)


def live(
    x="Delta_c", y="E_am", knobs=(), *, over=None, p=om.PAPER, cases=True, extra=None,
    reading="self-consistent", axes=(), outputs=(), presets=(), name="", apart=False, kind="curves",
    logs=(), views=(), open=(), draw=None, static=None, device=None,
) -> Embedded:  # fmt: skip
    """A figure that recomputes while its reader moves a slider.

    Parameters
    ----------
    x : field of Parameters along the axis: its name, or (name, low, high), or (name, low, high, "log"),
        in the unit in which it is shown; or a figure that is made, such as a ``Model``
    y : one of ``omcore.outputs.OUTPUTS``; a list of them, drawn together; or a list of such lists, a row of
        panels each, with a vertical scale of its own
    knobs : fields to move; label, unit, ends and steps are those that Parameters says
    over : a second field, given as x is: then the figure is a map
    p : Parameters that the figure starts from
    cases : True for the three of ``operating_points``, a list of their names, or False for p alone
    extra : lines beside them: {label: (case, {field: value in SI units})}; a line keeps these values,
        whatever its reader moves
    reading : of the mean field, or "both"
    axes, outputs : fields and outputs that the reader may put on the axes
    presets : names from ``PRESETS``, or {name: Parameters}, or a part of ``PRESETS``
    name : of the figure in the address of the page; made from x and y if not given
    apart : whether each panel has a vertical scale of its own
    kind : "curves"; "branches", of every steady state; "locus", of the eigenvalues along x;
        "matrix", the covariance matrix as a grid, "noise", its ellipses of atoms and mirror, or
        "resonances", of cavity and atoms as seen from the laser: each at one point
    views : kinds among which the reader chooses, the first as it starts
    open : sliders that stand open; the others are folded, in groups by what they belong to
    logs : outputs that are drawn once more, on a logarithmic axis; each is alone in its row
    draw : function of (Parameters, reading) that draws it with a kernel, for kinds that ask for one
    static : function that draws the picture for pages without scripts, and for paper if nothing was moved
    device : True for the device itself above the figure, where its first line is set, or another line's name

    Examples
    --------
    >>> figure = live("Delta_c", "E_am", ["power", "Delta_a", "temperature"])
    >>> figure.spec["x"], figure.spec["cases"]
    (['Delta_c', -4.0, 6.0, False], ['stationary', 'cw', 'ccw'])
    """
    if isinstance(x, Embedded):
        return x
    y = [y] if isinstance(y, str) else y
    rows = (tuple(y),) if isinstance(y[0], str) else tuple(map(tuple, y))
    for unknown in {*(name for row in rows for name in row), *outputs} - OUTPUTS.keys():
        raise ValueError(f"y = {unknown!r} is no output; use one of {', '.join(OUTPUTS)}")
    for unknown in {*knobs, *axes} - set(FIELDS):
        raise ValueError(f"{unknown!r} is no field; use one of {', '.join(FIELDS)}")
    x, over = Axis.of(x), over and Axis.of(over)
    if isinstance(cases, bool):
        cases = om.CASES if cases else ("given",)
    lines = {  # an address lists the lines between commas
        label.replace(",", ""): Line.of(case, held, label)
        for label, (case, held) in (extra or {}).items()
    }
    known = (*cases, *lines)
    device = known[0] if device is True else device or ""
    if device and device not in known:
        raise ValueError(f"device = {device!r} is no line; use True or one of {', '.join(known)}")
    name = name or "-".join((*rows[0], x.name, *([over.name] if over else [])))
    given = presets if isinstance(presets, dict) else {n: PRESETS[n] for n in presets}
    buttons = {}
    for words, preset in given.items():
        if isinstance(preset, om.Parameters):
            preset = changed(preset, p, (*FIELDS, "drive")), (*cases, *lines), None, ""
        buttons[CASE_TITLES.get(words, words)] = preset
    return Live(
        x, rows, over, tuple(knobs), p, tuple(cases), lines, reading,
        tuple(axes), tuple(outputs), buttons, name, apart, kind, tuple(logs), tuple(views), tuple(open),
        draw, static, device,
    )  # fmt: skip


def changed(q, p, names=FIELDS) -> dict:
    """The fields in which q differs from p, with the values of q."""
    return {n: v for n in names if (v := getattr(q, n)) != getattr(p, n)}
