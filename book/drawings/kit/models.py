"""Live figures without a resonator: knobs of their own, each said once, beside the drawing that they move."""

from collections.abc import Callable
from dataclasses import dataclass, field

import omcore as om

from . import desk
from .embed import RESOLUTION, Embedded, looks, to_laboratory
from .knobs import KNOBS, Knob
from .metadata import described
from .symbols import written


@dataclass(frozen=True)
class Model(Embedded):
    """A live figure of a few numbers; show it with ``live``.

    kind : of the scripts of the page: how it draws
    alt : what the figure shows, in words
    quantities : of its knobs, by name; the first is also along an axis
    start : their values, in SI units
    styles : of what is drawn, as matplotlib takes them
    drawing : function of the values, by name, that returns a Figure
    script : Python that fills ``found`` as the page draws, with $name for a value, $changes for those of
        Parameters as arguments, and $cases for a tuple of those that are drawn
    coarse : the same as drawing with fewer points, for a slider that moves, where ``drawing`` takes long
    extra : what else the page needs, or instead, as JSON can hold it

    Examples
    --------
    >>> from drawings.kit.knobs import Shown
    >>> r = Knob("r", "1", "squeezing", "nonnegative", Shown("1", 0.0, 3.0, 0.05))
    >>> Model("pair", "A pair", {"r": r}, {"r": 1.0}, {}, lambda r: f"drawn at {r}", "").draw(r=2.0)
    'drawn at 2.0'
    """

    kind: str
    alt: str
    quantities: dict[str, Knob]
    start: dict[str, float]
    styles: dict[str, dict]
    drawing: Callable
    script: str
    extra: dict = field(default_factory=dict)
    coarse: Callable | None = None

    @property
    def name(self) -> str:
        """Of the figure in the address of a page."""
        return self.kind

    @property
    def spec(self) -> dict:
        """What the page needs, under the names that ``Live.spec`` has."""
        axis, first = next(iter(self.quantities.items()))
        nothing = {
            "y": [],
            "rows": [],
            "axes": [],
            "outputs": [],
            "logs": [],
            "presets": {},
            "over": None,
        }
        return nothing | {
            "name": self.name,
            "kind": self.kind,
            "x": [axis, first.shown.lowest, first.shown.highest, first.shown.logarithmic],
            "knobs": list(self.quantities),
            "quantities": {name: described(quantity) for name, quantity in self.quantities.items()},
            "start": self.start,
            "drive": None,
            "side": False,
            "keys": [],
            "lists": "",
            "sliders": desk.sliders(self.name, self.quantities),
            "symbols": {q.symbol: written(q.symbol) for q in self.quantities.values()},
            "views": {},
            "laboratory": self.laboratory,
            "cases": ["given"],
            "lines": {"given": {"case": "given", "held": {}}},
            "reading": "",
            "apart": True,
            "points": RESOLUTION,
            "looks": looks(self.styles),
            "colours": None,
            "scripts": {self.kind: self.script},
        } | self.extra  # fmt: skip

    @property
    def laboratory(self) -> dict:
        """How the laboratory takes its state, as ``Live.laboratory``: its fields of Parameters, if any."""
        left = [q.meaning for name, q in self.quantities.items() if name not in KNOBS]
        if len(left) == len(self.quantities):
            return to_laboratory("", {}, left)
        cases = {name: name for name in self.extra["cases"]}
        return to_laboratory("curves", cases, ["what is drawn", *left])

    def draw(self, coarse=False, **moved):
        """The figure at values that a reader has moved."""
        drawing = self.coarse if coarse and self.coarse else self.drawing
        return drawing(**self.start | moved)

    def picture(self):
        """The figure at its start."""
        return self.draw()

    def controls(self, explore):
        presets = {name: preset["set"] for name, preset in self.spec["presets"].items()}
        return explore(self.draw, self.quantities, self.start, om.PAPER.omega_m, presets=presets)
