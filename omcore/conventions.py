"""The conventions of the whole project, said once.

* Quadratures ``X = (b + b†)/√2`` and ``Y = (b - b†)/(i√2)``, so ``[X, Y] = i`` and
  the vacuum has variance 1/2.
* The vector of quadratures is ``u = (X_ccw, Y_ccw, X_cw, Y_cw, x, y, q, p)``, as below Eq. 7.
* Logarithms are natural.
* Every rate is an angular one, in rad/s; everything else is in SI units.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from .errors import ModeError

MODES = ("ccw", "cw", "a", "m")
"""The four modes of the paper in the order of the quadrature vector: two cavity modes, atoms, mirror."""

MIRROR = "m"

MODE_MEANINGS = {
    "ccw": "counter-clockwise cavity mode",
    "cw": "clockwise cavity mode",
    "a": "collective atomic mode",
    "m": "mechanical breathing mode",
}

QUADRATURES = (
    r"\delta X_\mathrm{ccw}",
    r"\delta Y_\mathrm{ccw}",
    r"\delta X_\mathrm{cw}",
    r"\delta Y_\mathrm{cw}",
    r"\delta x",
    r"\delta y",
    r"\delta q",
    r"\delta p",
)
"""LaTeX of the eight quadratures, in the order of the rows of every 8x8 matrix of the paper's system."""

VACUUM_VARIANCE = 0.5

DRIVES = ("cw", "ccw")


def opposite(drive: str) -> str:
    """The cavity mode that a drive leaves undriven.

    >>> opposite("ccw")
    'cw'
    """
    return "cw" if drive == "ccw" else "ccw"


def symplectic_form(n_modes: int) -> np.ndarray:
    """The symplectic form ``Ω_n = ⊕ [[0, 1], [-1, 0]]``, for which ``[u_k, u_l] = i Ω_kl``, Eq. 14.

    Parameters
    ----------
    n_modes : number of modes; the result is (2 n_modes, 2 n_modes)

    Examples
    --------
    >>> symplectic_form(1)
    array([[ 0.,  1.],
           [-1.,  0.]])
    """
    return np.kron(np.eye(number_of_modes(n_modes)), [[0.0, 1.0], [-1.0, 0.0]])


def is_integer(x) -> bool:
    """Whether x is an integer: True is none, nor is a span of time, which NumPy takes for one.

    >>> is_integer(2), is_integer(np.int8(2)), is_integer(True), is_integer(np.timedelta64(1, "s"))
    (True, True, False, False)
    """
    return isinstance(x, (int, np.integer)) and not isinstance(x, (bool, np.timedelta64))


def number_of_modes(n, least=1, most=1000) -> int:
    """A number of modes, or a ModeError.

    >>> number_of_modes(0)
    Traceback (most recent call last):
    omcore.errors.ModeError: 0 is no number of modes (no unit); give an integer from 1 to 1000
    """
    if is_integer(n) and least <= n <= most:
        return int(n)
    raise ModeError(
        f"{n!r:.60} is no number of modes (no unit); give an integer from {least} to {most}"
    )


def listed(modes) -> list:
    """A mode, or a sequence of modes, as a list.

    >>> listed("a"), listed(("cw", "m"))
    (['a'], ['cw', 'm'])
    """
    return (
        list(modes) if isinstance(modes, (list, tuple, range)) or np.ndim(modes) == 1 else [modes]
    )


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
    elif is_integer(mode) and 0 <= mode < n_modes:
        return int(mode)
    choice = "".join(f"{name!r}, " for name in (*known, *aliases))
    named = f"{choice}or " if choice else ""
    if not known and isinstance(mode, str):
        raise ModeError(
            f"mode = {mode!r:.60} is a name, and V alone has none; use a number from 0 to {n_modes - 1}, "
            f"or give names=(...), one for each of the {n_modes} modes in their order"
        )
    hint = ""
    if isinstance(mode, str) and mode in ("driven", "undriven"):
        hint = " ('driven' and 'undriven' need a Solution, which knows the drive)"
    raise ModeError(
        f"mode = {mode!r:.60} does not exist in a state of {n_modes} modes{hint}; "
        f"use {named}a number from 0 to {n_modes - 1}"
    )


def mode_indices(modes, names: Sequence[str] | int, aliases: Mapping[str, str] = {}) -> list[int]:
    """Positions of several modes, each of which may appear only once.

    >>> mode_indices(["driven", "m"], MODES, aliases={"driven": "ccw"})
    [0, 3]
    """
    indices = [mode_index(mode, names, aliases) for mode in modes]
    if len(set(indices)) < len(indices):
        raise ModeError(f"modes = {list(modes)} names a mode twice; name different modes")
    return indices
