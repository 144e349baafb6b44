"""What an even grid steps over: edges of stability, where a number becomes zero, and peaks.

To be read beside ``book/_static/live/page/grids.js``, which finds the same for the page one point after
the other; here finer and finer grids are cheaper.
"""

import numpy as np

PARTS = np.linspace(0, 1, 17)[:, None]  # of a cell
TURNS = 3
SMALL = 1e-4  # of the largest number on a curve: a peak that stands out by less is drawn as it is
SAME = 1e-9  # nearer than this, relative to their size, two places are one


def edges(x, kind):
    """Both sides of each place where neighbours are of two kinds.

    Parameters
    ----------
    x : array (n,), rising
    kind : function of an array of places that gives an array of the same shape

    Examples
    --------
    >>> edges(np.arange(4.0), lambda x: x > 1.7).round(3)
    array([1.7, 1.7])
    """
    kinds = kind(x)
    left = np.flatnonzero(kinds[1:] != kinds[:-1])
    low, high = x[left], x[left + 1]
    for _ in range(TURNS if left.size else 0):
        inside = low + (high - low) * PARTS
        first = (kind(inside) != kinds[left]).argmax(axis=0)  # of the other kind
        low, high = _picked(inside, first - 1), _picked(inside, first)
    return np.concatenate([low, high])


def peaks(x, y, height):
    """Where a number is largest between its neighbours on x.

    Parameters
    ----------
    x : array (n,), rising
    y : array (n,), the number there; NaN where there is none
    height : function of an array of places that gives such an array, of the same shape

    Examples
    --------
    >>> x, height = np.arange(4.0), lambda x: -np.abs(x - 1.7)
    >>> peaks(x, height(x), height).round(2)
    array([1.7])
    """
    around = np.concatenate([[np.nan], y, [np.nan]])
    falls = np.array([y - around[:-2], y - around[2:]])  # NaN where there is no neighbour
    stands_out = (falls > SMALL * np.nanmax(np.abs(y), initial=0.0)).any(axis=0)
    top = np.flatnonzero(stands_out & ~(falls < 0).any(axis=0))
    before, after = np.isfinite(falls[:, top])
    low, high, best = x[top - before], x[top + after], x[top]
    for _ in range(TURNS if top.size else 0):
        inside = low + (high - low) * PARTS
        k = np.nan_to_num(height(inside), nan=-np.inf).argmax(axis=0)
        low, high = _picked(inside, k - 1), _picked(inside, k + 1)
        best = _picked(inside, k)
    return best


def _picked(columns, k):
    """One number of each column, none beyond its ends."""
    return columns[np.clip(k, 0, len(columns) - 1), np.arange(columns.shape[1])]


def finer(x, places):
    """x with further places, those that it has already and those beyond its ends left out.

    >>> finer(np.array([1.0, 2.0, 3.0]), [1.5, 2.0, 7.0])
    array([1. , 1.5, 2. , 3. ])
    """
    places = np.unique(places)
    places = places[(places > x[0]) & (places < x[-1])]
    known = np.isclose(places[:, None], x, rtol=SAME, atol=0).any(axis=1)
    return np.union1d(x, places[~known])
