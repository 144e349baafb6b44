"""Maxima and crossings: off the grid, at edges, and next to what does not exist."""

import numpy as np
import pytest

from omcore.numerics.search import crossing, maximum, maximum_2d


def test_a_maximum_between_grid_points():
    assert maximum(lambda x: -((x - 1 / 3) ** 2), 0, 1, points=11) == pytest.approx(
        (1 / 3, 0), abs=1e-8
    )


def test_the_highest_of_several_maxima():
    x, value = maximum(lambda x: np.sin(5 * x) + 0.1 * x, 0, 3.5)
    assert x == pytest.approx((np.pi / 2 + 4 * np.pi + np.arcsin(0.02)) / 5, abs=1e-6)
    assert value > 1.2


@pytest.mark.parametrize("function, expected", [(lambda x: x, 1.0), (lambda x: -x, 0.0)])
def test_a_maximum_at_an_end(function, expected):
    assert maximum(function, 0, 1)[0] == pytest.approx(expected, abs=1e-6)


def test_a_maximum_at_an_edge_of_nan_stays_on_the_finite_side():
    x, value = maximum(lambda x: np.where(x < 0.5, np.nan, 1 - x), 0, 1)
    assert 0.5 <= x < 0.5025 and value == pytest.approx(0.5, abs=2.5e-3)


def test_where_there_is_nothing_there_is_no_maximum():
    assert np.isnan(maximum(lambda x: np.full(np.shape(x), np.nan), 0, 1)).all()


def test_a_maximum_of_two_variables_on_a_ridge_and_at_a_corner():
    x, y, value = maximum_2d(lambda x, y: 2 - abs(x - 0.37) - 3 * abs(x - y), (0, 1), (0, 1))
    assert (x, y, value) == pytest.approx((0.37, 0.37, 2), abs=1e-5)
    assert maximum_2d(lambda x, y: x + y, (0, 1), (0, 2)) == pytest.approx((1, 2, 3))


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
