"""Maxima and thresholds of a curve, found by optimisation and root finding, never off a grid.

The functions take arrays, so that one coarse sweep brackets the answer; SciPy then refines it.
NaN marks points that do not count, such as unstable ones.
"""

import numpy as np
from scipy.optimize import brentq, minimize_scalar


def maximum(function, lower, upper, points=401):
    """Position and value of the largest value of ``function`` on [lower, upper].

    A coarse sweep of ``points`` finds the highest neighbourhood; Brent's method on it finds the
    maximum. A maximum at an end of the interval, or at an edge of NaN, is returned as such.

    Raises
    ------
    ValueError
        If the function is NaN throughout.

    Examples
    --------
    >>> x, value = maximum(lambda x: 1 - (x - 0.3) ** 2, 0.0, 1.0)
    >>> print(f"{x:.6f} {value:.6f}")
    0.300000 1.000000
    """
    x = np.linspace(lower, upper, points)
    y = np.asarray(function(x))
    if np.isnan(y).all():
        raise ValueError(f"no finite value between {lower} and {upper}; widen the interval")
    top = int(np.nanargmax(y))
    left, right = x[max(top - 1, 0)], x[min(top + 1, points - 1)]

    def negative(t):
        value = float(function(t))
        return np.inf if np.isnan(value) else -value

    tolerance = {"xatol": 1e-9 * (right - left)}
    found = minimize_scalar(negative, bounds=(left, right), method="bounded", options=tolerance)
    if -found.fun > y[top]:
        return float(found.x), float(-found.fun)
    return float(x[top]), float(y[top])


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
    return float(brentq(lambda t: float(function(t)) - level, x[first - 1], x[first], xtol=1e-12 * upper))
