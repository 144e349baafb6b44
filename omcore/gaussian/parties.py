"""Which modes of a state stand on which side of a cut."""

from collections.abc import Mapping, Sequence

import numpy as np

from ..conventions import ModeError, mode_index


def listed(modes) -> list:
    """A mode, or a sequence of modes, as a list."""
    several = isinstance(modes, (list, tuple, range)) or np.ndim(modes) == 1
    return list(modes) if several else [modes]


def mode_indices(modes, names: Sequence[str] | int, aliases: Mapping[str, str] = {}) -> list[int]:
    """Positions of several modes, each of which may appear only once."""
    indices = [mode_index(mode, names, aliases) for mode in modes]
    if len(set(indices)) < len(indices):
        raise ModeError(f"modes = {list(modes)} names a mode twice; name different modes")
    return indices


def known(V, names=None):
    """The names of all modes of V; without names the number of modes.

    >>> known(np.eye(4)), known(np.eye(4), ["c", "m"])
    (2, ('c', 'm'))
    >>> known(np.eye(6), ("c", "m"))
    Traceback (most recent call last):
    omcore.conventions.ModeError: names = ('c', 'm') are no names of 3 modes (no unit); ...
    """
    n = V.shape[-1] // 2
    if names is None:
        return n
    found = tuple(listed(names))
    if not all(isinstance(name, str) for name in found) or not len(set(found)) == len(found) == n:
        raise ModeError(
            f"names = {names!r:.60} are no names of {n} modes (no unit); give as many different words, one "
            "for each mode in the order of V, mirrors included, or None to use numbers"
        )
    return found


def parties(V, i, j, names=None) -> tuple[list[int], list[int]]:
    """Both sides of a cut as numbers of modes; each side is a mode, or a sequence of modes.

    >>> parties(np.eye(8), 2, (0, 3)), parties(np.eye(4), "a", "m", names=("a", "m"))
    (([2], [0, 3]), ([0], [1]))
    >>> parties(np.eye(4), 0, ())
    Traceback (most recent call last):
    omcore.conventions.ModeError: j = () names no mode (no unit); name one or more besides 0
    """
    one, other = listed(i), listed(j)
    for name, given, besides in (("i", i, j), ("j", j, i)):
        if not len(listed(given)):
            raise ModeError(
                f"{name} = {given!r:.60} names no mode (no unit); name one or more besides {besides!r:.60}"
            )
    found = mode_indices([*one, *other], known(V, names))
    return found[: len(one)], found[len(one) :]


def one_each(V, i, j, names=None) -> list[int]:
    """The numbers of two modes, for a measure that knows no larger sides.

    >>> one_each(np.eye(6), "m", "c", names=("c", "a", "m"))
    [2, 0]
    >>> one_each(np.eye(6), 0, (1, 2))
    Traceback (most recent call last):
    omcore.conventions.ModeError: j = (1, 2) names several modes (no unit); give one mode a side
    """
    for name, given in (("i", i), ("j", j)):
        if len(listed(given)) > 1:
            raise ModeError(
                f"{name} = {given!r:.60} names several modes (no unit); give one mode a side"
            )
    one, other = parties(V, i, j, names)
    return one + other


def some_modes(V, modes, names=None) -> list[int]:
    """Numbers of the modes that are asked about, all of them for None.

    >>> some_modes(np.eye(8), None), some_modes(np.eye(4), "m", names=("a", "m"))
    ([0, 1, 2, 3], [1])
    """
    there = known(V, names)
    if modes is None:
        return list(range(V.shape[-1] // 2))
    if not len(listed(modes)):
        raise ModeError(
            f"modes = {modes!r} names no mode (no unit); name one or more, or None for all"
        )
    return mode_indices(listed(modes), there)


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
