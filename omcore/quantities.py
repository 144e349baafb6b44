"""What a number is: its symbol, unit and meaning, and the values that it may take."""

from dataclasses import dataclass

import numpy as np

from .errors import ParameterError

LARGEST = 1e50  # beyond it the powers that a result takes would overflow

_RANGES = {  # sign of a Quantity: (what is outside, what it must be, what to give)
    "positive": (lambda x: x <= 0, "must be positive", "a value > 0"),
    "nonnegative": (lambda x: x < 0, "must not be negative", "a value >= 0"),
    "fraction": (
        lambda x: (x < 0) | (x > 1),
        "must lie between 0 and 1",
        "a value from 0 to 1, of unit",
    ),
}


@dataclass(frozen=True)
class Quantity:
    """A number's LaTeX symbol, unit and meaning, and the values it may take."""

    symbol: str
    unit: str
    meaning: str
    sign: str = "any"  # or "positive", "nonnegative", "fraction"


def checked(name, value, quantity: Quantity, kind=float) -> np.ndarray:
    """A read-only copy of a value as an array of numbers within their range, or a ParameterError.

    >>> checked("kappa", [1, 2], Quantity("k", "rad/s", "decay rate", "positive"))
    array([1., 2.])
    """
    unit = quantity.unit

    def refuse(value, problem, remedy):
        raise ParameterError(
            f"{name} = {value!r} {unit}: the {quantity.meaning} {problem}; {remedy}"
        )

    if isinstance(value, np.ma.MaskedArray):
        refuse(value, "is a masked array", "give the other points alone, as in value.compressed()")
    try:
        array = np.asarray(value)
    except ValueError:
        refuse(value, "must be a number or an array of one shape", "give rows of equal length")
    if array.dtype.kind not in ("iufc" if kind is complex else "iuf"):
        what = "number" if kind is complex else "real number"
        refuse(value, f"must be a {what}", f"give a {what}, or an array of them, in {unit}")
    array = np.array(array, dtype=kind)  # a copy: nobody can change it from outside
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)][0]
        refuse(bad.item(), "must be finite", f"give a finite value in {unit}")
    if (np.abs(array) > LARGEST).any():
        refuse(
            array[np.abs(array) > LARGEST][0].item(), f"exceeds {LARGEST:g}", "give a smaller value"
        )
    if quantity.sign in _RANGES:
        outside, problem, remedy = _RANGES[quantity.sign]
        if outside(array).any():
            refuse(array[outside(array)][0].item(), problem, f"give {remedy} {unit}")
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
