"""Which modes of a state stand on which side of a cut."""

import numpy as np

from ..conventions import MODES, listed, mode_indices
from ..errors import ModeError


def names(V):
    """The modes of a state go by number; those of four modes also by the paper's names."""
    n = V.shape[-1] // 2
    return MODES if n == len(MODES) else n


def parties(V, i, j) -> tuple[list[int], list[int]]:
    """Both sides of a cut as numbers of modes; each side is a mode, or a sequence of modes.

    >>> parties(np.eye(8), "a", ("ccw", "m"))
    ([2], [0, 3])
    >>> parties(np.eye(4), 0, ())
    Traceback (most recent call last):
    omcore.errors.ModeError: j = () names no mode (no unit); name one or more besides 0
    """
    one, other = listed(i), listed(j)
    for name, given, besides in (("i", i, j), ("j", j, i)):
        if not len(listed(given)):
            raise ModeError(
                f"{name} = {given!r:.60} names no mode (no unit); name one or more besides {besides!r:.60}"
            )
    found = mode_indices([*one, *other], names(V))
    return found[: len(one)], found[len(one) :]


def some_modes(V, modes) -> list[int]:
    """Numbers of the modes that are asked about, all of them for None.

    >>> some_modes(np.eye(8), None), some_modes(np.eye(8), "m")
    ([0, 1, 2, 3], [3])
    """
    if modes is None:
        return list(range(V.shape[-1] // 2))
    if not len(listed(modes)):
        raise ModeError(
            f"modes = {modes!r} names no mode (no unit); name one or more, or None for all"
        )
    return mode_indices(listed(modes), names(V))


def part(V, modes) -> np.ndarray:
    """Covariance matrices of some modes of a state, in their order.

    >>> part(np.diag([1.0, 2.0, 3.0, 4.0]), [1])
    array([[3., 0.],
           [0., 4.]])
    """
    rows = rows_of(modes)
    return V[..., rows[:, None], rows]


def rows_of(modes) -> np.ndarray:
    """The rows of some modes in V, two a mode.

    >>> rows_of([2, 0])
    array([4, 5, 0, 1])
    """
    return np.array([2 * m + x for m in modes for x in (0, 1)])
