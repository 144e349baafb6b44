"""What a number is: its symbol, unit and meaning, the values that it may take, and how it is shown."""

from dataclasses import dataclass

import numpy as np

from .errors import ParameterError
from .typography import plain_repr

LARGEST = 1e50  # beyond it the powers that a result takes would overflow

_RANGES = {  # sign of a Quantity: (what is outside, what it must be, what to give)
    "positive": (lambda x: x <= 0, "must be positive", "a value > 0"),
    "nonnegative": (lambda x: x < 0, "must not be negative", "a value >= 0"),
    "fraction": (
        lambda x: (x < 0) | (x > 1),
        "must lie between 0 and 1",
        "a value from 0 to 1",
    ),
}


UNITS = {  # in which numbers are shown: the size of each in SI units, radians and rad/s
    "1": 1.0,
    "mm": 1e-3,
    "nm": 1e-9,
    "1/µm": 1e6,
    "ng": 1e-12,
    "µs": 1e-6,
    "mK": 1e-3,
    "mW": 1e-3,
    "krad/s": 1e3,
    "Mrad/s": 1e6,
    "°": np.pi / 180,
}


@dataclass(frozen=True)
class Shown:
    """How readers meet a number: in which unit, and on which slider.

    unit : a key of ``UNITS``, or "omega_m" for a rate in units of the mechanical frequency
    lowest, highest : ends of a slider, in that unit
    step : of the slider, in that unit; on a logarithmic one in decades
    logarithmic : whether equal steps are equal ratios
    """

    unit: str
    lowest: float
    highest: float
    step: float
    logarithmic: bool = False
    __repr__ = plain_repr

    def factor(self, omega_m: float) -> float:
        """The size of the unit in SI units.

        >>> Shown("mK", 0.05, 5e3, 0.05).factor(63e6), Shown("omega_m", 0, 1, 0.01).factor(63e6)
        (0.001, 63000000.0)
        """
        return omega_m if self.unit == "omega_m" else UNITS[self.unit]

    @property
    def steps(self) -> float:
        """How many steps lead from one end to the other.

        >>> print(round(Shown("mK", 0.05, 5e3, 0.05, logarithmic=True).steps))
        100
        """
        if self.logarithmic:
            return float(np.log10(self.highest / self.lowest)) / self.step
        return (self.highest - self.lowest) / self.step


@dataclass(frozen=True)
class Quantity:
    """A number's LaTeX symbol, unit and meaning, the values it may take, and how it is shown."""

    symbol: str
    unit: str
    meaning: str
    sign: str = "any"  # or "positive", "nonnegative", "fraction"
    shown: Shown | None = None
    __repr__ = plain_repr


def carried_units(value) -> set[str]:
    """The units that a value brings along, in words: of astropy, of pint, in the ``attrs`` of a DataArray.

    >>> import types
    >>> carried_units([2.0, types.SimpleNamespace(unit="mW")]), carried_units(2.0)
    ({'mW'}, set())
    """
    if isinstance(value, (list, tuple)):
        return set().union(*map(carried_units, value))
    attrs = getattr(value, "attrs", None)  # of a DataArray, whose attributes may be coordinates
    if attrs is None:
        units = [getattr(value, name, None) for name in ("unit", "units")]
        return {str(unit) for unit in units if unit is not None}
    units = {str(attrs[name]) for name in ("unit", "units") if name in attrs}
    return units | carried_units(getattr(value, "data", None))


def foreign_unit(value, wanted) -> str:
    """What is wrong with the unit that a value brings along, and the remedy; "" if nothing is.

    Nothing is converted: libraries of units differ by 2 pi in what a hertz is in rad/s.

    >>> import types
    >>> foreign_unit(types.SimpleNamespace(unit="mW"), "W")
    'brings the unit mW, where W is wanted; convert it to W, and give the numbers alone'
    >>> foreign_unit(types.SimpleNamespace(unit="W"), "W")
    ''
    """
    pure = wanted in ("1", "omega_m", "dimensionless")
    known = ("", "1", "dimensionless", wanted) if pure else (wanted,)
    found = sorted(unit for unit in carried_units(value) if unit.replace(" ", "") not in known)
    if not found:
        return ""
    to = "a ratio to omega_m" if wanted == "omega_m" else "no unit" if pure else wanted
    hertz = " (1 Hz is 2 pi rad/s)" if wanted == "rad/s" else ""
    remedy = "give" if pure else f"convert it to {wanted}{hertz}, and give"
    return f"brings the unit {', '.join(found)}, where {to} is wanted; {remedy} the numbers alone"


def checked(name, value, quantity: Quantity, kind=float) -> np.ndarray:
    """A read-only copy of a value as an array of numbers within their range, or a ParameterError.

    >>> checked("kappa", [1, 2], Quantity("k", "rad/s", "decay rate", "positive"))
    array([1., 2.])
    """
    pure = quantity.unit == "1"
    unit, in_unit = ("(no unit)", "") if pure else (quantity.unit, f" in {quantity.unit}")

    def refuse(value, problem, remedy):
        raise ParameterError(
            f"{name} = {value!r} {unit}: the {quantity.meaning} {problem}; {remedy}"
        )

    if problem := foreign_unit(value, quantity.unit):
        short = " ".join(str(value).split())[:60]
        raise ParameterError(f"{name} = {short}: the {quantity.meaning} {problem}")
    if isinstance(value, np.ma.MaskedArray):
        refuse(value, "is a masked array", "give the other points alone, as in value.compressed()")
    try:
        array = np.asarray(value)
    except ValueError:
        refuse(value, "must be a number or an array of one shape", "give rows of equal length")
    if array.dtype.kind not in ("iufc" if kind is complex else "iuf"):
        what = "number" if kind is complex else "real number"
        refuse(
            value, f"must be a {what}", f"give a {what}, or an array of them,{in_unit}".rstrip(",")
        )
    with np.errstate(all="ignore"):  # a long double beyond all floats becomes infinite
        array = np.array(array, dtype=kind)  # a copy: nobody can change it from outside
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)][0]
        refuse(bad.item(), "must be finite", f"give a finite value{in_unit}")
    if (np.abs(array) > LARGEST).any():
        refuse(
            array[np.abs(array) > LARGEST][0].item(), f"exceeds {LARGEST:g}", "give a smaller value"
        )
    if quantity.sign in _RANGES:
        outside, problem, remedy = _RANGES[quantity.sign]
        if outside(array).any():
            refuse(array[outside(array)][0].item(), problem, f"give {remedy}{in_unit}")
    array.flags.writeable = False
    return array


def common_shape(shapes: dict[str, tuple]) -> tuple[int, ...]:
    """The shape that several named ones broadcast to, or a ParameterError that names those that do not.

    >>> common_shape({"kappa": (2, 1), "gamma_a": (3,)})
    (2, 3)
    """
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        arrays = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ParameterError(
            f"shapes that do not broadcast: {arrays} (each in its own unit); "
            "give equal lengths, or put sweeps on separate axes, as in kappa[:, None]"
        ) from None
