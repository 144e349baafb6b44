"""Live figures: one line in a chapter, for the built page, for JupyterLab and for a test alike.

The page computes with the model in ``book/_static/live``; with a kernel omcore itself does, behind the
sliders of ``kit.sliders``. Both follow one spec, plain data in which names stand for what the
metadata says of them.
"""

import base64
import io
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape

import matplotlib as mpl
import numpy as np

from ...outputs import OUTPUTS
from ...parameters import CASES, PAPER, QUANTITIES, Parameters
from ...steady_state import MEAN_FIELDS
from .curves import curves, maps
from .style import (
    CASE_STYLES,
    CASE_TITLES,
    DPI,
    INK,
    ON_DARK,
    PAIR_STYLES,
    UNSTABLE,
    VERMILION,
    dashes,
)

FIELDS = tuple(name for name, quantity in QUANTITIES.items() if quantity.shown)
RESOLUTION = {"curves": 241, "maps": 61}  # points along an axis
PRESETS = {  # name: (fields that differ from the start, in SI units; the cases that are drawn)
    "the paper's three points": ({}, tuple(CASES)),
    "at rest": ({}, ("stationary",)),
    "spinning, driven CW": ({}, ("cw",)),
    "spinning, driven CCW": ({}, ("ccw",)),
    "at rest, light from both sides": ({"counter_drive": 0.5}, ("stationary",)),
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
        shown = QUANTITIES[name].shown
        if not ends:
            return cls(name, shown.lowest, shown.highest, shown.logarithmic)
        return cls(name, *map(float, ends[:2]), ends[2:] == ["log"])

    def values(self, p: Parameters, points: int) -> np.ndarray:
        """Evenly spread values in SI units."""
        factor = QUANTITIES[self.name].shown.factor(p.omega_m)
        spread = np.geomspace if self.logarithmic else np.linspace
        return spread(self.low * factor, self.high * factor, points)


@dataclass(frozen=True)
class Live:
    """A figure that follows its reader; make one with ``live``."""

    x: Axis
    y: tuple[str, ...]
    over: Axis | None
    knobs: tuple[str, ...]
    p: Parameters
    cases: tuple[str, ...]
    reading: str
    axes: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    name: str = ""
    apart: bool = False
    static: object = field(default=None, compare=False)

    @cached_property
    def spec(self) -> dict:
        """What the page needs, as JSON can hold it."""
        axis = lambda a: a and [a.name, a.low, a.high, a.logarithmic]
        start = {n: v for n in FIELDS if (v := getattr(self.p, n)) != getattr(PAPER, n)}
        return {
            "name": self.name,
            "x": axis(self.x),
            "y": list(self.y),
            "over": axis(self.over),
            "knobs": list(self.knobs),
            "start": start,
            "drive": self.p.drive,
            "cases": list(self.cases),
            "reading": self.reading,
            "apart": self.apart,
            "axes": list(self.axes),
            "outputs": list(self.outputs),
            "presets": {n: dict(zip(("set", "cases"), PRESETS[n], strict=True)) for n in self.presets},
            "points": RESOLUTION,
            "looks": looks(self.cases, self.y),
            "colours": colours() if self.over or self.axes else None,
        }  # fmt: skip

    def draw(self, p: Parameters, reading="self-consistent", x=None, y=None):
        """The figure by omcore and matplotlib, at parameters that a reader has moved."""
        here = replace(self, x=Axis.of(x) if x else self.x, y=(y,) if y else self.y)
        points = RESOLUTION["maps" if self.over else "curves"]
        return (maps if self.over else curves)(here, p, reading, points)

    def picture(self):
        """The picture that stands where no script runs: the author's, or the figure at its start."""
        readings = MEAN_FIELDS[:1] if self.reading == "both" else (self.reading,)
        return self.static() if self.static else self.draw(self.p, readings[0])

    def html(self) -> str:
        """What the built page holds: the spec, and the picture."""
        buffer = io.BytesIO()
        picture = self.picture()
        width = round(picture.get_figwidth() * DPI)
        picture.savefig(buffer, format="png", dpi=2 * DPI)  # sharp on dense screens
        data = base64.b64encode(buffer.getvalue()).decode()
        image = (
            f'<img class="live-static" alt="{escape(self.alt)}" width="{width}" '
            f'src="data:image/png;base64,{data}">'
        )
        return f'<div class="live" data-live="{escape(json.dumps(self.spec))}">{image}</div>'

    @property
    def alt(self) -> str:
        """What the picture shows, in words; the caption and its own description say more."""
        drawn = " and ".join(OUTPUTS[name].meaning for name in self.y)
        along = " and ".join(QUANTITIES[a.name].meaning for a in (self.x, self.over) if a)
        return f"{drawn} against {along}".capitalize()

    def widget(self):
        """The sliders of a reader with a kernel, or None where ipywidgets is not installed."""
        try:
            from .sliders import explore
        except ImportError:
            return None
        choices = {"x": self.axes, "y": self.outputs}
        choices = {name: options for name, options in choices.items() if options}
        start = {"x": self.x.name, "y": self.y[0]}
        return explore(self.draw, self.p, self.knobs, choices=choices, start=start)

    def _repr_mimebundle_(self, include=None, exclude=None):
        widget = self.widget()
        views = widget._repr_mimebundle_() if widget else {}
        return views | {"text/html": self.html(), "text/plain": self.alt}


def live(
    x="Delta_c", y="E_am", knobs=(), *, over=None, p=PAPER, cases=True, reading="self-consistent",
    axes=(), outputs=(), presets=(), name="", apart=False, static=None,
) -> Live:  # fmt: skip
    """A figure that recomputes while its reader moves a slider.

    Parameters
    ----------
    x : field of Parameters along the axis: its name, or (name, low, high), or (name, low, high, "log"),
        in the unit in which it is shown
    y : one of ``omcore.outputs.OUTPUTS``, or a list of them
    knobs : fields to move; label, unit, ends and steps are those that Parameters says
    over : a second field, given as x is: then the figure is a map
    p : Parameters that the figure starts from
    cases : True for the three of ``operating_points``, a list of their names, or False for p alone
    reading : of the mean field, or "both"
    axes, outputs : fields and outputs that the reader may put on the axes
    presets : names from ``PRESETS``
    name : of the figure in the address of the page; made from x and y if not given
    apart : whether each panel has a vertical scale of its own
    static : function that draws the picture for print and for pages without scripts

    Examples
    --------
    >>> figure = live("Delta_c", "E_am", ["power", "Delta_a", "temperature"])
    >>> figure.spec["x"], figure.spec["cases"]
    (['Delta_c', -4.0, 6.0, False], ['stationary', 'cw', 'ccw'])
    """
    y = (y,) if isinstance(y, str) else tuple(y)
    for unknown in {*y, *outputs} - OUTPUTS.keys():
        raise ValueError(f"y = {unknown!r} is no output; use one of {', '.join(OUTPUTS)}")
    for unknown in {*knobs, *axes} - set(FIELDS):
        raise ValueError(f"{unknown!r} is no field; use one of {', '.join(FIELDS)}")
    x, over = Axis.of(x), over and Axis.of(over)
    cases = tuple(CASES) if cases is True else tuple(cases or ("given",))
    name = name or "-".join((*y, x.name, *([over.name] if over else [])))
    return Live(
        x, y, over, tuple(knobs), p, cases, reading,
        tuple(axes), tuple(outputs), tuple(presets), name, apart, static,
    )  # fmt: skip


def looks(cases, y) -> dict:
    """Colour on white and on black, dashes, label and short title of each line.

    >>> looks(["cw"], ["R"])["cw"]["label"]
    'spinning, CW driven'
    """
    outputs = {f"E_{i}_{j}": look for (i, j), look in PAIR_STYLES.items()}
    outputs["E_am"] = outputs.pop("E_a_m")
    known = CASE_STYLES | {"given": CASE_STYLES["stationary"] | {"label": "as set"}} | outputs
    three = list(PAIR_STYLES.values())
    for k, output in enumerate(y):
        known.setdefault(output, three[k] | {"label": OUTPUTS[output].meaning})
    wanted = [*cases, *(y if len(y) > 1 else ())]
    return {
        name: {
            "label": known[name]["label"],
            "title": CASE_TITLES.get(name, known[name]["label"]),
            "light": known[name]["color"],
            "dark": ON_DARK.get(known[name]["color"], known[name]["color"]),
            "dashes": dashes(known[name]["linestyle"]),
        }
        for name in wanted
    }


def colours() -> dict:
    """The colours of maps: a scale, and those for negative and for missing numbers."""
    scale = [mpl.colors.to_hex(c) for c in mpl.colormaps["viridis"](np.linspace(0, 1, 32))]
    return {"scale": scale, "negative": VERMILION, "missing": UNSTABLE["facecolor"], "ink": INK}
