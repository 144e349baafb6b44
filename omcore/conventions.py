"""The conventions of the whole project, said once.

* Quadratures ``X = (b + b†)/√2`` and ``Y = (b - b†)/(i√2)``: ``[X, Y] = i``, vacuum variance 1/2.
* The vector of quadratures is ``u = (X_ccw, Y_ccw, X_cw, Y_cw, x, y, q, p)``, as below Eq. 7.
* Logarithms are natural. Every rate is an angular one, in rad/s; all else is in SI units.
* An error names the value, its unit and the remedy. All are ValueErrors, which any code can catch.
"""

from collections.abc import Mapping, Sequence

import numpy as np


class ParameterError(ValueError):
    """A parameter is missing, unknown, not a real number, or outside its range."""


class ModeError(ValueError):
    """A mode does not exist, is named twice, or does not fit the matrix at hand."""


class MatrixError(ValueError):
    """A matrix has the wrong shape, is not symmetric, or is no quantum covariance matrix."""


class UnstableError(ValueError):
    """A number was demanded at a point where the system has no steady state."""


class UnitWarning(UserWarning):
    """A rate in rad/s has the size of a ratio of rates."""


MODES = ("ccw", "cw", "a", "m")
"""The modes of the paper in the order of the quadrature vector: two cavity modes, atoms, mirror."""

MIRROR = "m"
DRIVES = ("cw", "ccw")
VACUUM_VARIANCE = 0.5


def opposite(drive: str) -> str:
    """The cavity mode that a drive leaves undriven."""
    return "cw" if drive == "ccw" else "ccw"


def is_integer(x) -> bool:
    """Whether x is an integer: True is none, nor is a span of time, which NumPy takes for one."""
    return isinstance(x, (int, np.integer)) and not isinstance(x, (bool, np.timedelta64))


def mode_index(mode, names: Sequence[str] | int, aliases: Mapping[str, str] = {}) -> int:
    """Position of a mode, from its name, an alias of it, or its number.

    ``names`` may be the number of modes, where modes have no names.

    >>> mode_index("m", MODES), mode_index("driven", MODES, {"driven": "cw"}), mode_index(1, 2)
    (3, 1, 1)
    """
    known, n_modes = ((), names) if isinstance(names, int) else (tuple(names), len(names))
    if isinstance(mode, str):
        mode = aliases.get(mode, mode)
        if mode in known:
            return known.index(mode)
        if not known:
            raise ModeError(
                f"mode = {mode!r:.60} is a name, and V alone has none; use a number from 0 to "
                f"{n_modes - 1}, or give names=(...), one for each of the {n_modes} modes in their order"
            )
    elif is_integer(mode) and 0 <= mode < n_modes:
        return int(mode)
    choice = "".join(f"{name!r}, " for name in (*known, *aliases))
    of_a_drive = isinstance(mode, str) and mode in ("driven", "undriven")
    hint = " ('driven' and 'undriven' need a Solution, which knows the drive)" if of_a_drive else ""
    raise ModeError(
        f"mode = {mode!r:.60} does not exist in a state of {n_modes} modes{hint}; "
        f"use {f'{choice}or ' if choice else ''}a number from 0 to {n_modes - 1}"
    )
