"""Maxima and thresholds of a curve, found by optimisation and root finding, never off a grid.

The functions take arrays, so that one coarse sweep brackets the answer; SciPy then refines it.
NaN marks points that do not count, such as unstable ones.
"""

import numpy as np
from scipy.optimize import brentq, differential_evolution, minimize, minimize_scalar


def maximum(function, lower, upper, points=201):
    """Position and value of the largest value of ``function`` on [lower, upper].

    A coarse sweep of ``points`` finds the highest neighbourhood; Brent's method on it finds the
    maximum. A maximum at an end of the interval, or at an edge of NaN, is returned as such. Both
    are NaN if the function is NaN throughout.

    Examples
    --------
    >>> x, value = maximum(lambda x: 1 - (x - 0.3) ** 2, 0.0, 1.0)
    >>> print(f"{x:.6f} {value:.6f}")
    0.300000 1.000000
    """
    x = np.linspace(lower, upper, points)
    y = np.asarray(function(x))
    if np.isnan(y).all():
        return np.nan, np.nan
    top = int(np.nanargmax(y))
    left, right = x[max(top - 1, 0)], x[min(top + 1, points - 1)]

    def negative(t):
        value = float(function(t))
        return -(np.nanmin(y) if np.isnan(value) else value)

    tolerance = {"xatol": 1e-5 * (right - left)}  # the value is flat there: good to 1e-10
    found = minimize_scalar(negative, bounds=(left, right), method="bounded", options=tolerance)
    if -found.fun > y[top]:
        return float(found.x), float(-found.fun)
    return float(x[top]), float(y[top])


def maximum_2d(function, x_range, y_range, points=31, restarts=8):
    """Position and value of the largest value of ``function(x, y)`` on a rectangle.

    A coarse grid of points x points finds the highest neighbourhood; the Nelder-Mead simplex finds
    the maximum, started afresh until it no longer climbs. It needs no slopes: R, a minimum of
    smooth functions, has its maxima on ridges. NaN marks points that do not count; if all are NaN,
    so is the answer.

    >>> x, y, value = maximum_2d(lambda x, y: 1 - abs(x - 0.3) - (y - 1) ** 2, (0, 1), (0, 1))
    >>> print(f"{x:.6f} {y:.6f} {value:.6f}")
    0.300000 1.000000 1.000000
    """
    x, y = np.linspace(*x_range, points), np.linspace(*y_range, points)
    values = np.asarray(function(x, y[:, None]))
    if np.isnan(values).all():
        return np.nan, np.nan, np.nan
    row, column = np.unravel_index(np.nanargmax(values), values.shape)
    top, highest = np.array([x[column], y[row]]), values[row, column]
    step = np.array([x[1] - x[0], y[1] - y[0]])
    bounds = [(x[0], x[-1]), (y[0], y[-1])]

    def negative(t):
        value = float(function(*t))
        return np.inf if np.isnan(value) else -value

    for _ in range(restarts):
        inwards = np.where(top + step / 2 <= (x[-1], y[-1]), step / 2, -step / 2)
        options = {
            "initial_simplex": [top, top + inwards * [1, 0], top + inwards * [0, 1]],
            "xatol": 1e-6 * step.max(),
            "fatol": 1e-9 * abs(highest),
        }
        found = minimize(negative, top, method="Nelder-Mead", bounds=bounds, options=options)
        if -found.fun <= highest + 1e-8 * abs(highest):
            break
        top, highest = found.x, -found.fun
    return float(top[0]), float(top[1]), float(highest)


def crossing(function, level, lower, upper, points=401):
    """The first x on [lower, upper] at which ``function`` falls through ``level``.

    Returns NaN if it starts below the level, or never falls below it.

    Examples
    --------
    >>> print(f"{crossing(lambda x: np.cos(x), 0.0, 0.0, 3.0):.9f}")
    1.570796327
    """
    x = np.linspace(lower, upper, points)
    above = np.asarray(function(x)) > level
    if not above[0] or above.all():
        return np.nan
    first = int(np.argmin(above))
    return float(
        brentq(lambda t: float(function(t)) - level, x[first - 1], x[first], xtol=1e-12 * upper)
    )


def highest(function, bounds, seed=0, size=16, generations=60):
    """Position and value of the largest value of ``function`` in a box, and how often it was asked.

    Differential evolution, with a seed, looks everywhere; what it finds is near a maximum, often near the
    highest. The function takes positions as an array (variables, candidates); NaN marks points that do
    not count.

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
    """From x to the nearest maximum in a box of the smallest of several smooth functions.

    Sequential quadratic programming raises t while no piece is below t, so that a ridge, where two
    pieces cross, stops it no earlier than it should. It is started afresh until it no longer climbs, and
    never ends below its start.

    Parameters
    ----------
    pieces : function of x (n,), returns array (k,); NaN where x does not count
    slopes : function of x, returns array (k, n), the exact derivatives of the pieces
    inside : function of x, returns array (c,) of which none may be negative; differences give its slopes
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
