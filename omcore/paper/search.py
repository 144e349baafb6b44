"""Maxima and thresholds of a curve, found by optimisation and root finding, not read off a grid.

The functions take arrays, so that a coarse sweep brackets the answer, which is then refined.
NaN marks points that do not count, such as unstable ones.
"""

import numpy as np
from scipy.ndimage import maximum_filter
from scipy.optimize import differential_evolution, minimize


def maximum(function, lower, upper, points=201, shape=(), rounds=8):
    """Position and value of the largest value of ``function`` on [lower, upper].

    A coarse sweep brackets every local maximum, with samples that are denser towards each edge of NaN. All
    are refined, and then the highest is taken, since a sweep cannot tell which of two is the higher. The
    maximum may lie at an end of the interval, or at an edge of NaN. If all is NaN, so are position and value.
    A maximum too narrow for ``points`` samples is not found.

    Parameters
    ----------
    function : of x, an array (n, ...) over a batch of that shape; returns an array of its shape
    lower, upper : ends of the interval
    points : of the coarse sweep
    shape : of a batch of functions, each with a maximum of its own
    rounds : how often a bracket is narrowed, by a factor of eight each time

    Returns
    -------
    position, value : two numbers, or two arrays of the shape of the batch

    Examples
    --------
    >>> x, value = maximum(lambda x: 1 - (x - 0.3) ** 2, 0.0, 1.0)
    >>> print(f"{x:.6f} {value:.6f}")
    0.300000 1.000000
    """

    def heights(x):
        y = np.asarray(function(x), float)
        return np.where(np.isnan(y), -np.inf, y)

    x = np.linspace(np.full(shape, lower), np.full(shape, upper), points)
    x, y = _denser_at_edges(heights, x, heights(x), rounds)
    low = np.full((1, *shape), -np.inf)
    before, after = np.concatenate([low, y[:-1]]), np.concatenate([y[1:], low])
    hills = (y >= before) & (y >= after) & ((y > before) | (y > after))
    np.put_along_axis(hills, np.argmax(y, axis=0)[None], True, axis=0)
    k = _marked(hills)
    left, right = _at(x, np.maximum(k - 1, 0)), _at(x, np.minimum(k + 1, len(x) - 1))
    last = _at(y, k)
    for _ in range(rounds):
        t = np.linspace(left, right, FINE)
        h = heights(t)
        top = np.argmax(h, axis=0)[None]
        left, right = _at(t, np.maximum(top - 1, 0))[0], _at(t, np.minimum(top + 1, FINE - 1))[0]
        t, h = _at(t, top)[0], _at(h, top)[0]
        x, y = np.concatenate([x, t]), np.concatenate([y, h])
        with np.errstate(invalid="ignore"):  # where there is nothing at all
            may_win = 2 * h - last >= np.max(y, axis=0)  # a hill gains less with each round
        k = _marked(may_win | (h == np.max(h, axis=0, initial=-np.inf)))
        left, right, last = _at(left, k), _at(right, k), _at(h, k)
    top = np.argmax(y, axis=0)[None]
    nothing = np.isinf(_at(y, top)[0])
    position, value = (np.where(nothing, np.nan, _at(array, top)[0]) for array in (x, y))
    return (position, value) if shape else (float(position), float(value))


FINE = 17  # samples in a bracket: the next one is two of their steps wide


def _denser_at_edges(heights, x, y, rounds):
    """The sweep and the samples of the search for each edge of NaN, sorted by x."""
    finite = np.isfinite(y)
    k = _marked(finite[1:] != finite[:-1])
    inside, outside = (_at(x, np.where(_at(finite, k) == side, k, k + 1)) for side in (True, False))
    every = [(x, y)]
    for _ in range(rounds if k.size else 0):
        t = np.linspace(inside, outside, FINE)
        h = heights(t)
        every.append((t.reshape(-1, *x.shape[1:]), h.reshape(-1, *x.shape[1:])))
        last = np.clip(np.argmin(np.isfinite(h), axis=0) - 1, 0, FINE - 2)[None]
        inside, outside = _at(t, last)[0], _at(t, last + 1)[0]
    x, y = (np.concatenate(each) for each in zip(*every, strict=True))
    order = np.argsort(x, axis=0, kind="stable")
    return _at(x, order), _at(y, order)


def _marked(marks):
    """Indices of the marks along the first axis, padded with others to the most marks of the batch."""
    return np.argsort(~marks, axis=0, kind="stable")[: np.max(marks.sum(axis=0))]


def _at(array, indices):
    return np.take_along_axis(array, indices, axis=0)


def maximum_2d(function, x_range, y_range, points=31, tries=24, rounds=300):
    """Position and value of the largest value of ``function(x, y)`` on a rectangle.

    Random steps lead upwards from every local maximum of a coarse grid, from all at once; they grow longer
    after a success and shorter after a failure. No derivatives are needed: R, a minimum of smooth functions,
    has its maxima on ridges. On a ridge oblique to both axes the result may be 1e-4 of the value too low.
    NaN marks points that do not count; if all are NaN, so is the answer.

    >>> x, y, value = maximum_2d(lambda x, y: 1 - abs(x - 0.3) - (y - 1) ** 2, (0, 1), (0, 1))
    >>> print(f"{x:.6f} {y:.6f} {value:.6f}")
    0.300000 1.000000 1.000000
    """

    def heights(x, y):
        values = np.asarray(function(x, y), float)
        return np.where(np.isnan(values), -np.inf, values)

    grid = np.array(np.meshgrid(*(np.linspace(*edges, points) for edges in (x_range, y_range))))
    values = heights(*grid)
    if np.isinf(values).all():
        return np.nan, np.nan, np.nan
    hills = np.isfinite(values) & (values == maximum_filter(values, 3))
    at, top = grid[:, hills], values[hills]
    low, high = np.transpose([x_range, y_range])[..., None, None]
    step, size, rng = (high - low) / (points - 1), np.ones(top.shape), np.random.default_rng(0)
    for _ in range(rounds):
        if size.max() < 1e-9:
            break
        lengths = rng.choice([1, 0.1, 0.01, 0], size=(2, tries, 1))
        moves = rng.normal(size=(2, tries, len(top))) * lengths * step * size
        near = np.clip(at[:, None] + moves, low, high)
        found = heights(*near)
        best = np.argmax(found, axis=0)[None]
        up = _at(found, best)[0] > top
        at = np.where(up, np.take_along_axis(near, best[None], axis=1)[:, 0], at)
        top = np.where(up, _at(found, best)[0], top)
        size = np.where(up, 2.0, 0.5) * size
        may_win = top >= top.max() - size * abs(top.max())
        at, top, size = at[:, may_win], top[may_win], size[may_win]
    highest = np.argmax(top)
    return float(at[0, highest]), float(at[1, highest]), float(top[highest])


def crossing(function, level, lower, upper, points=401, shape=(), rounds=10):
    """The first x on [lower, upper] at which ``function`` falls through ``level``.

    A coarse sweep brackets it, and each round narrows the bracket sixteenfold. NaN where the function starts
    below the level, or never falls below it. ``function`` and ``shape`` are those of ``maximum``.

    Examples
    --------
    >>> print(f"{crossing(lambda x: np.cos(x), 0.0, 0.0, 3.0):.9f}")
    1.570796327
    >>> crossing(lambda x: 1 - x * np.array([1.0, 2.0, 0.1]), 0.0, 0.0, 3.0, shape=(3,))
    array([1. , 0.5, nan])
    """

    def first(x, above):
        k = np.maximum(np.argmin(above, axis=0), 1)[None]
        return _at(x, k - 1)[0], _at(x, k)[0]

    x = np.linspace(np.full(shape, lower), np.full(shape, upper), points)
    above = np.asarray(function(x)) > level
    never = ~above[0] | above.all(axis=0)
    low, high = first(x, above)
    for _ in range(rounds):
        t = np.linspace(low, high, FINE)
        above = np.asarray(function(t)) > level
        above[0], above[-1] = True, False  # which they are, but for rounding
        low, high = first(t, above)
    return np.where(never, np.nan, (low + high) / 2)[()]


def highest(function, bounds, seed=0, size=16, generations=60):
    """Position and value of the largest value of ``function`` in a box, and the number of points computed.

    Differential evolution, with a seed, ends near a maximum, often near the highest. The function takes
    positions as an array (variables, candidates); NaN marks points that do not count.

    >>> x, value, asked = highest(lambda x: -((x[0] - 0.3) ** 2) - (x[1] - 1) ** 2, [(0, 1), (0, 2)])
    >>> print(x.round(2), asked > 100)
    [0.3 1. ] True
    """
    asked = 0

    def negative(x):
        nonlocal asked
        values = np.asarray(function(x))
        asked += values.size
        return np.where(np.isnan(values), np.inf, -values)

    found = differential_evolution(
        negative, bounds, seed=seed, init="sobol", recombination=0.9, popsize=size, tol=1e-6,
        maxiter=generations, polish=False, vectorized=True, updating="deferred",
    )  # fmt: skip
    return found.x, float(-found.fun), asked


def climb(pieces, slopes, inside, x, bounds, restarts=6):
    """The maximum next to x, in a box, of the smallest of several smooth functions.

    Sequential quadratic programming maximises t under the condition that no function is below t, so that
    the ridges, where two functions cross, do no harm. It is restarted until the value no longer grows, and
    never ends below its start.

    Parameters
    ----------
    pieces : function of x (n,), returns array (k,); NaN where x does not count
    slopes : function of x, returns array (k, n), the exact derivatives of the pieces
    inside : function of x, returns array (c,) of which none may be negative
    x : array (n,), inside
    bounds : n pairs

    Examples
    --------
    >>> x, value = climb(
    ...     lambda x: np.array([1 - x[0] + x[1], 1 + x[0] - x[1] ** 2]),
    ...     lambda x: np.array([[-1.0, 1.0], [1.0, -2 * x[1]]]),
    ...     lambda x: np.array([0.4 - x[1]]),
    ...     np.array([0.9, 0.1]),
    ...     [(0, 1), (0, 1)],
    ... )
    >>> print(x.round(4), round(value, 4))
    [0.28 0.4 ] 1.12
    """
    low, high = np.transpose(bounds)
    span = high - low
    best, top = x, np.min(pieces(x))
    place = lambda u: np.clip(low + span * u[:-1], low, high)

    def above(u):
        nonlocal best, top
        at = place(u)
        values = pieces(at)
        if np.min(values) > top and np.min(inside(at)) >= -1e-9:
            best, top = at, np.min(values)
        return np.where(np.isnan(values), -1.0, values) - u[-1]

    def rises(u):
        slope = slopes(place(u)) * span
        return np.column_stack([np.nan_to_num(slope), -np.ones(len(slope))])

    for _ in range(restarts):
        began = top
        minimize(
            lambda u: -u[-1],
            np.append((best - low) / span, top),
            jac=lambda u: np.append(np.zeros(len(x)), -1.0),
            method="SLSQP",
            bounds=[(0, 1)] * len(x) + [(None, None)],
            constraints=[
                {"type": "ineq", "fun": above, "jac": rises},
                {"type": "ineq", "fun": lambda u: inside(place(u))},
            ],
            options={"maxiter": 60, "ftol": 1e-10},
        )
        if top <= began + 1e-6 * abs(began):
            break
    return best, float(top)
