"""Maxima and crossings: off the grid, at edges, and next to what does not exist."""

import numpy as np
import pytest

from omcore.paper.search import climb, crossing, highest, maximum, maximum_2d


def test_a_maximum_between_grid_points():
    assert maximum(lambda x: -((x - 1 / 3) ** 2), 0, 1, points=11) == pytest.approx(
        (1 / 3, 0), abs=1e-8
    )


def hills(x, seed, count=60):
    """A batch of curves, each of three narrow hills of nearly the same height."""
    at, width, height = np.random.default_rng(seed).uniform(
        [[[0.1]], [[0.03]], [[0.98]]], [[[0.9]], [[0.06]], [[1.02]]], (3, 3, count)
    )
    return (height * np.exp(-(((x[..., None, :] - at) / width) ** 2))).max(-2)


def test_of_hills_that_a_sweep_cannot_tell_apart_the_highest():
    fine = np.linspace(0, 1, 20 * 100 + 1)[:, None] + np.zeros(60)
    x, value = maximum(lambda x: hills(x, 0), 0, 1, points=101, shape=(60,))
    assert (value >= hills(fine, 0).max(0)).all()
    assert hills(x, 0) == pytest.approx(value, abs=1e-12)
    one = [
        maximum(lambda x, k=k: hills(x[..., None], 0)[..., k], 0, 1, points=101)[1]
        for k in range(60)
    ]
    assert one == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("edge", [0.5004, 0.5021, 0.50499])
@pytest.mark.parametrize("depth", [1e-2, 1e-3, 1e-4])
def test_a_narrow_hill_at_an_edge_of_nan(edge, depth):
    """Far narrower than the sweep, whose highest samples are elsewhere."""
    curve = lambda x: np.exp(-x) + 2 * np.exp(-(((edge - x) / depth - 1) ** 2))
    x, value = maximum(lambda x: np.where(x > edge, np.nan, curve(x)), 0, 1)
    assert x == pytest.approx(edge - depth, abs=depth / 20)
    assert value == pytest.approx(curve(edge - depth), abs=1e-6 + depth**2)


@pytest.mark.parametrize("function, expected", [(lambda x: x, 1.0), (lambda x: -x, 0.0)])
def test_a_maximum_at_an_end(function, expected):
    assert maximum(function, 0, 1)[0] == pytest.approx(expected, abs=1e-6)


def test_a_maximum_at_an_edge_of_nan_stays_on_the_finite_side():
    x, value = maximum(lambda x: np.where(x < 0.5, np.nan, 1 - x), 0, 1)
    assert 0.5 <= x < 0.5 + 1e-9 and value == pytest.approx(0.5, abs=1e-9)


def test_where_there_is_nothing_there_is_no_maximum():
    assert np.isnan(maximum(lambda x: np.full(np.shape(x), np.nan), 0, 1)).all()


def test_a_maximum_of_two_variables_on_a_ridge_and_at_a_corner():
    x, y, value = maximum_2d(lambda x, y: 2 - abs(x - 0.37) - 3 * abs(x - y), (0, 1), (0, 1))
    assert (x, y, value) == pytest.approx((0.37, 0.37, 2), abs=1e-5)
    assert maximum_2d(lambda x, y: x + y, (0, 1), (0, 2)) == pytest.approx((1, 2, 3))


def test_a_maximum_of_two_variables_is_the_highest_of_several_hills():
    """The highest is the narrowest, and its neighbours on the grid are lower than those of the others."""
    places = [(0.21, 0.33, 0.2, 0.98), (0.764, 0.21, 0.04, 1.0), (0.5, 0.8, 0.3, 0.97)]
    hill = lambda x, y, a, b, r, h: h * np.exp(-((x - a) ** 2 + (y - b) ** 2) / r**2)
    curve = lambda x, y: np.max([hill(x, y, *place) for place in places], axis=0)
    x, y, value = maximum_2d(curve, (0, 1), (0, 1), points=21)
    assert (x, y, value) == pytest.approx((0.764, 0.21, 1.0), abs=1e-4)


def test_a_crossing_is_a_root_not_a_grid_point():
    assert crossing(lambda x: 1 - x**3, 0.3, 0, 2, points=5) == pytest.approx(
        0.7 ** (1 / 3), rel=1e-10
    )


@pytest.mark.parametrize("function", [lambda x: -1 - x, lambda x: 1 + x])
def test_no_crossing_is_nan(function):
    assert np.isnan(crossing(function, 0.0, 0, 1))


def ridge(x, y):
    return (
        np.minimum(2 - (x - 0.31) ** 2, 2 + 3 * (y - 0.77))
        - (y - 0.77) ** 2
        - 2 * np.maximum(y - 0.77, 0)
    )


def test_maximum_2d_on_a_kink_at_an_edge_and_at_an_edge_of_nan():
    assert maximum_2d(ridge, (0, 1), (0, 1)) == pytest.approx((0.31, 0.77, 2.0), abs=1e-4)
    assert maximum_2d(ridge, (0, 0.2), (0, 1))[0] == 0.2
    cut = lambda x, y: np.where(x + 0 * y > 0.25, np.nan, ridge(x, y))
    x, y, value = maximum_2d(cut, (0, 1), (0, 1))
    assert x <= 0.25 and (x, y) == pytest.approx((0.25, 0.77), abs=1e-3)
    assert value == pytest.approx(float(ridge(0.25, 0.77)), abs=1e-3)
    assert np.isnan(maximum_2d(lambda x, y: x * y * np.nan, (0, 1), (0, 1))).all()


def two_hills(x):
    return np.exp(-((x - 2) ** 2).sum(0)) + 0.8 * np.exp(-2 * ((x + 2) ** 2).sum(0))


def test_a_global_search_ends_near_the_higher_of_two_hills_and_repeats_itself():
    box = [(-4, 4)] * 3
    x, value, asked = highest(two_hills, box, seed=3)
    assert value == pytest.approx(1, abs=1e-3) and x == pytest.approx([2, 2, 2], abs=0.05)
    again = highest(two_hills, box, seed=3)
    assert (again[0] == x).all() and again[1:] == (value, asked)


def test_a_global_search_passes_over_what_does_not_count():
    hole = lambda x: np.where(x[0] > 1, np.nan, two_hills(x))
    x, value, _ = highest(hole, [(-4, 4)] * 2, seed=0)
    assert x[0] <= 1 and value == pytest.approx(0.8, abs=1e-3)  # the higher hill is in the hole


def test_a_climb_ends_on_a_ridge_at_a_bound_and_at_a_limit():
    """max of min(x + y, 2 - x - y, ...) and the like, known by hand."""
    ridge = (
        lambda x: np.array([x[0], 1 - x[0]]) - x[1] ** 2,
        lambda x: np.array([[1, -2 * x[1]], [-1, -2 * x[1]]]),
    )
    free = lambda x: np.ones(1)
    x, value = climb(*ridge, free, np.array([0.9, 0.8]), [(-1, 1)] * 2)
    assert x == pytest.approx([0.5, 0], abs=1e-4) and value == pytest.approx(0.5, abs=1e-8)
    x, value = climb(*ridge, free, np.array([0.9, 0.8]), [(-1, 1), (0.3, 1)])
    assert x == pytest.approx([0.5, 0.3], abs=1e-6) and value == pytest.approx(0.41, abs=1e-8)
    disc = lambda x: np.array([0.04 - (x[0] - 0.8) ** 2 - (x[1] - 0.5) ** 2])
    x, value = climb(*ridge, disc, np.array([0.8, 0.5]), [(-1, 1)] * 2)
    assert disc(x)[0] == pytest.approx(0, abs=1e-6)
    angles = np.linspace(0, 2 * np.pi, 20001)
    rim = np.array([0.8 + 0.2 * np.cos(angles), 0.5 + 0.2 * np.sin(angles)])
    assert value == pytest.approx(ridge[0](rim).min(0).max(), abs=1e-6)


def test_a_climb_never_ends_below_its_start():
    start = np.array([0.2])
    x, value = climb(
        lambda x: -(x**2), lambda x: np.array([[5.0]]), lambda x: np.ones(1), start, [(-1, 1)]
    )
    assert value >= -0.04 and abs(x[0]) <= 0.2  # though the slope it was told is wrong
