"""What the model in the browser takes from the library: fields, cases, names and bounds."""

import dataclasses
import json

from scipy.constants import Boltzmann, c, hbar

import omcore as om
from omcore import linear
from omcore.conventions import DRIVES
from omcore.engine import response, roots
from omcore.gaussian import entanglement, symplectic
from omcore.outputs import OUTPUTS
from omcore.quantities import LARGEST

from . import device, symbols
from .knobs import KNOBS, QUADRATURES, UNITS, Knob

LIMITS = {  # the bounds at which the chain takes another way or has no number, under the browser's names
    "LARGEST": LARGEST,
    "FOLD": roots.ROUNDING,
    "DOUBT": response.DOUBT,
    "WIDE": response.WIDE,
    "UNRESOLVED": linear.UNRESOLVED,
    "PHYSICALITY": symplectic.PHYSICALITY,
    "RESOLUTION": entanglement.RESOLUTION,
    "APART": symplectic.APART,
}

DEVICE = (  # how the device is drawn
    "RING RIM FASTEST DARK DECADES FAINTEST RADIUS PER_DECADE PER_E THINNEST THICKEST SMALL "
    "LEFT RIGHT ROOM NAMES MODES PAIRS"
).split()
DRAWN = ("symbol", "unit", "meaning", "code", "page", "bare", "bounded")  # of an Output


def metadata() -> dict:
    """Fields of Parameters and what else is said once, in numbers and words that JSON can hold.

    Returns
    -------
    dict with the keys

    * fields: for each its symbol, unit, meaning, sign and, in ``shown``, the unit in which readers meet
      it, that unit's size in SI units (``None`` for omega_m, which a reader may change), and a slider
    * paper, cases: the values of PAPER and CASES, in SI units
    * outputs: what a figure can draw, with symbol, unit, meaning and the Python that gives it
    * symbols: each in HTML, SVG and plain letters, by its LaTeX
    * drives, modes, readings, statuses: names; quadratures: symbols
    * constants, limits: of nature, and of floating point; device: scales of its drawing

    Examples
    --------
    >>> fields = metadata()["fields"]
    >>> fields["power"]["shown"]["unit"], fields["power"]["shown"]["factor"]
    ('mW', 0.001)
    """
    names = [field.name for field in dataclasses.fields(om.Parameters)]
    values = lambda p: {name: getattr(p, name) for name in names}
    return {
        "fields": {name: described(KNOBS[name]) for name in names if name != "drive"},
        "paper": values(om.PAPER),
        "cases": {case: values(p) for case, p in om.CASES.items()},
        "outputs": {n: {key: getattr(o, key) for key in DRAWN} for n, o in OUTPUTS.items()},
        "drives": list(DRIVES),
        "modes": list(om.MODES),
        "symbols": {latex: list(ways) for latex, ways in symbols.known().items()},
        "quadratures": [symbol.replace(r"\delta", "").strip() for symbol in QUADRATURES],
        "readings": list(om.MEAN_FIELDS),
        "statuses": list(om.STATUS),
        "constants": {"c": c, "hbar": hbar, "Boltzmann": Boltzmann},
        "limits": LIMITS,
        "device": {name: getattr(device, name) for name in DEVICE},
    }


def script() -> str:
    """The metadata as a script that a page can load, from a file, too."""
    return f"var omcore = omcore || {{}};\nomcore.metadata = {json.dumps(metadata())};\n"


def described(quantity: Knob) -> dict:
    """A quantity, and how it is shown, as JSON can hold it."""
    found = dataclasses.asdict(quantity)
    found["shown"]["factor"] = UNITS.get(quantity.shown.unit)
    return found
