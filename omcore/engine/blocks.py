"""Long sweeps in blocks, so that the work stays in the cache and memory stays bounded."""

import itertools

import numpy as np

from . import PARTS

BLOCK = 2048  # points worked on at once


def by_blocks(function, size, block=None):
    """Join what ``function`` gives for one block of points after another.

    Parameters
    ----------
    function : slice -> tuple of arrays whose first axis runs over the points of the slice
    size : number of points
    block : points at once; None for ``BLOCK``

    Returns
    -------
    tuple of arrays whose first axis has length ``size``

    Examples
    --------
    >>> squares, halves = by_blocks(lambda part: (np.arange(7)[part] ** 2, np.arange(7)[part] / 2), 7, 3)
    >>> squares
    array([ 0,  1,  4,  9, 16, 25, 36])
    """
    block = block or BLOCK if "blocks" in PARTS else max(size, 1)
    first = function(slice(0, min(block, size)))
    if size <= block:
        return first
    whole = [np.empty((size, *part.shape[1:]), part.dtype) for part in first]
    for start in range(0, size, block):
        part = slice(start, min(start + block, size))
        for total, values in zip(whole, function(part) if start else first, strict=True):
            total[part] = values
    return tuple(whole)


def points(shape, part: slice):
    """The index that picks the points numbered by ``part``, in C order, from arrays of a shape.

    >>> points((2, 3), slice(2, 4))
    (array([0, 1]), array([2, 0]))
    """
    return np.unravel_index(np.arange(*part.indices(int(np.prod(shape)))), shape)


def at(array, index):
    """``array[index]``, or an IndexError that says what an index is.

    >>> at(np.arange(3), "x")
    Traceback (most recent call last):
    IndexError: index = 'x' does not pick points of a sweep of shape (3,): ...
    """
    try:
        return array[index]
    except (IndexError, ValueError, TypeError) as error:
        raise IndexError(
            f"index = {index!r:.60} does not pick points of a sweep of shape {array.shape}: {error}; "
            "give an index of NumPy, such as a number, a slice or an array of booleans"
        ) from None


def picked(array, shape, index):
    """Points of a batch by any index of NumPy; the array's own axes, behind the batch, stay whole.

    Parameters
    ----------
    array : array whose first axes broadcast to ``shape``, with axes of its own behind them, or without
    shape : of the batch
    index : of NumPy, or what ``points`` gives

    Examples
    --------
    >>> picked(np.arange(12).reshape(2, 2, 3), (2, 2), (..., 1))
    array([[ 3,  4,  5],
           [ 9, 10, 11]])
    """
    if not isinstance(index, tuple) or not all(isinstance(i, np.ndarray) for i in index):
        number = at(np.arange(int(np.prod(shape))).reshape(shape), index)
        index = np.unravel_index(number, shape) if shape else (np.zeros(np.shape(number), int),)
        array = array if shape else array[None]
    return array[index]


def chunks(shape, least) -> tuple[int, ...]:
    """The sides of equal blocks that tile a batch, each of ``least`` points or more.

    The last axes are kept whole as long as they fit; the blocks at an end may be smaller. The same
    shape is always cut in the same way.

    >>> chunks((50, 40, 30), 1000), chunks((50, 40, 30), 10**6)
    ((1, 40, 30), (50, 40, 30))
    """
    sides, points = [], 1
    for size in reversed(shape):
        parts = max(1, size // -(-least // points))  # as many as have enough points
        sides.append(-(-size // parts))
        points *= sides[-1]
    return tuple(reversed(sides))


def tiles(shape, sides) -> list[tuple[slice, ...]]:
    """The regions of a batch, in C order, that blocks with these sides cover.

    >>> tiles((3,), (2,))
    [(slice(0, 2, None),), (slice(2, 3, None),)]
    """
    edges = [range(0, size, side) for size, side in zip(shape, sides, strict=True)]
    return [
        tuple(
            slice(at, min(at + side, size))
            for at, side, size in zip(corner, sides, shape, strict=True)
        )
        for corner in itertools.product(*edges)
    ]
