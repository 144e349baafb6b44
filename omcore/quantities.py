"""What a number or a matrix may be: units, ranges, and the door at which all else is refused."""

from dataclasses import dataclass

import numpy as np

from .conventions import MatrixError, ParameterError

LARGEST = 1e50  # beyond it the powers that a result takes would overflow

_RANGES = {  # sign of a Quantity: (what is outside, what it must be, what to give)
    "positive": (lambda x: x <= 0, "must be positive", "a value > 0"),
    "nonnegative": (lambda x: x < 0, "must not be negative", "a value >= 0"),
    "fraction": (lambda x: (x < 0) | (x > 1), "must lie between 0 and 1", "a value from 0 to 1"),
}


@dataclass(frozen=True)
class Quantity:
    """A number's LaTeX symbol, unit and meaning, and the values that it may take."""

    symbol: str
    unit: str
    meaning: str
    sign: str = "any"  # or "positive", "nonnegative", "fraction"


def carried_units(value) -> set[str]:
    """The units that a value brings along, in words: of astropy, of pint, in the ``attrs`` of a DataArray."""
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
    unit = "(no unit)" if quantity.unit == "1" else quantity.unit
    in_unit = "" if quantity.unit == "1" else f" in {quantity.unit}"
    noun = "number" if kind is complex else "real number"

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
        remedy = f"give a {noun}, or an array of them,{in_unit}".rstrip(",")
        refuse(value, f"must be a {noun}", remedy)
    with np.errstate(all="ignore"):  # a long double beyond all floats becomes infinite
        array = np.array(array, dtype=kind)  # a copy: nobody can change it from outside
    outside, problem, remedy = _RANGES.get(quantity.sign, (None, "", ""))
    for wrong, why, what in (
        (~np.isfinite(array), "must be finite", f"a finite value{in_unit}"),
        (np.abs(array) > LARGEST, f"exceeds {LARGEST:g}", "a smaller value"),
        (outside(array) if outside else np.array(False), problem, f"{remedy}{in_unit}"),
    ):
        if wrong.any():
            refuse(array[wrong][0].item(), why, f"give {what}")
    array.flags.writeable = False
    return array


def common_shape(shapes: dict[str, tuple]) -> tuple[int, ...]:
    """The shape that several named ones broadcast to, or a ParameterError that names those that do not."""
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        arrays = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ParameterError(
            f"shapes that do not broadcast: {arrays} (each in its own unit); "
            "give equal lengths, or put sweeps on separate axes, as in kappa[:, None]"
        ) from None


def real_matrices(name, M, unit="dimensionless", shape="(..., n, n)") -> np.ndarray:
    """A stack of square matrices as an array of floats, or a MatrixError; NaN stays, it says "none"."""
    if problem := foreign_unit(M, unit.removeprefix("rates in ")):
        raise MatrixError(f"{name} {problem}")
    remedy = f"give square matrices {shape}"
    try:
        array = np.asarray(M)
    except (ValueError, TypeError, OverflowError):  # rows of unequal length, or worse
        array = np.asarray(None)
    if isinstance(M, np.ma.MaskedArray) or array.dtype.kind not in "iuf":
        kind = f"{array.dtype} array" if isinstance(M, np.ndarray) else type(M).__name__
        raise MatrixError(f"{name} is a {kind}, no array of real numbers ({unit}); {remedy}")
    if array.ndim < 2 or array.shape[-1] != array.shape[-2] or not array.shape[-1]:
        raise MatrixError(f"{name} has shape {array.shape} ({unit}); {remedy}")
    with np.errstate(all="ignore"):  # a long double beyond all floats becomes infinite
        array = array.astype(float, copy=False)
        largest = np.fmax.reduce(array, None, initial=0), -np.fmin.reduce(array, None, initial=0)
        if max(largest) > LARGEST:  # found without a copy of the batch
            raise MatrixError(
                f"{name} reaches {float(max(largest)):.3g} ({unit}), beyond {LARGEST:g}; "
                "give it in units in which it is smaller"
            )
    return array


def matrices_of_one_size(**given):
    """Stacks of square matrices A, D or V of one size whose batch axes broadcast, or a MatrixError."""
    matrices = {
        name: real_matrices(name, M, "dimensionless" if name == "V" else "rates in rad/s")
        for name, M in given.items()
    }
    shapes = ", ".join(f"{name} {M.shape}" for name, M in matrices.items())
    if len({M.shape[-1] for M in matrices.values()}) > 1:
        raise MatrixError(f"sizes differ: {shapes} (rates in rad/s); give matrices of one size")
    try:
        np.broadcast_shapes(*(M.shape[:-2] for M in matrices.values()))
    except ValueError:
        raise MatrixError(
            f"batch axes do not broadcast: {shapes} (rates in rad/s); give as many of each, or one"
        ) from None
    return matrices.values()
