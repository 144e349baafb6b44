"""Homodyne records: what they are drawn from, which settings determine V, and what is estimated from them."""

import re

import numpy as np
import pytest

import omcore as om
from omcore.conventions import MatrixError, ParameterError
from omcore.gaussian.homodyne import (
    SETTINGS,
    estimated_covariance,
    estimated_margin,
    fitted,
    homodyne_records,
    quadratures,
)
from omcore.gaussian.states import two_mode_squeezed

RNG_SEED = 20261130
FOUR = np.radians([[0, 0], [60, 120], [120, 60], [0, 60]])


def state(rng, modes):
    """V of a random mixed state."""
    S = rng.normal(size=(2 * modes, 2 * modes))
    return S @ S.T + modes * np.eye(2 * modes)


def seen(V, angles, efficiency):
    """Moments of each setting, from the definition of each quadrature, entry by entry."""
    k, n = angles.shape
    found = np.empty((k, n, n))
    for s, i, j in np.ndindex(found.shape):
        u, v = ([np.cos(angles[s, m]), np.sin(angles[s, m])] for m in (i, j))
        block = V[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        found[s, i, j] = efficiency * (u @ block @ v) + (1 - efficiency) / 2 * (i == j)
    return found


@pytest.mark.parametrize("modes", [1, 2, 3])
def test_moments_without_noise_give_back_the_state_before_its_losses(modes):
    rng = np.random.default_rng(RNG_SEED)
    for efficiency in (1.0, 0.3):
        angles, V = rng.uniform(0, np.pi, (4 * modes, modes)), state(rng, modes)
        np.testing.assert_allclose(
            fitted(seen(V, angles, efficiency), angles, efficiency), V, rtol=1e-8
        )
    if modes == 2:
        for angles in (SETTINGS, FOUR):
            np.testing.assert_allclose(fitted(seen(V, angles, 0.5), angles, 0.5), V, rtol=1e-10)


def test_four_settings_are_the_fewest_and_three_angles_a_mode_are_needed():
    rng = np.random.default_rng(RNG_SEED)
    for angles in (rng.uniform(0, np.pi, (3, 2)), SETTINGS[:4], SETTINGS[[0, 3, 4]]):
        with pytest.raises(ParameterError, match="three different angles"):
            fitted(np.broadcast_to(np.eye(2), (len(angles), 2, 2)), angles)


def test_records_have_the_covariances_of_what_is_seen():
    V, count = two_mode_squeezed(0.6, 0.8), 200_000
    records = homodyne_records(V, count, efficiency=0.4, seed=1)
    found = np.array([np.cov(r.T) for r in records])
    np.testing.assert_allclose(found, seen(V, SETTINGS, 0.4), atol=5 * np.sqrt(2 / count))
    assert np.abs(records.mean(1)).max() < 5 * np.sqrt(1 / count)
    np.testing.assert_array_equal(records, homodyne_records(V, count, efficiency=0.4, seed=1))
    np.testing.assert_allclose(
        quadratures(SETTINGS) @ V @ quadratures(SETTINGS).mT, seen(V, SETTINGS, 1.0)
    )


def test_an_estimate_is_unbiased_also_with_losses_and_a_mean():
    V, runs = two_mode_squeezed(0.4, 0.9), 3000
    records = homodyne_records(V, 6 * runs, efficiency=0.6, seed=2).reshape(5, runs, 6, 2)
    found = estimated_covariance(np.moveaxis(records, 1, 0) + np.array([3.0, -2.0]), efficiency=0.6)
    error = found.std(0) / np.sqrt(runs)
    assert (np.abs(found.mean(0) - V) < 5 * error).all()
    assert np.abs(found - V).max() > 0.5, "six records a setting scatter widely"


def test_the_margin_is_that_of_the_library_where_the_state_is_one_and_none_where_V_is_not_positive():
    rng = np.random.default_rng(RNG_SEED)
    V = np.array(
        [state(rng, 2) for _ in range(20)] + [two_mode_squeezed(r) for r in (0.0, 0.3, 1.0)]
    )
    np.testing.assert_allclose(estimated_margin(V), om.separability_margin(V, 0, 1), atol=1e-9)
    assert np.isnan(estimated_margin(np.diag([1.0, 1.0, 1.0, -0.1])))
    assert estimated_margin(0.3 * np.eye(4)) > 0, "no quantum state, but a number"


@pytest.mark.parametrize("call, message", [
    (lambda: homodyne_records(np.eye(4) / 4, 10), "uncertainty"),
    (lambda: homodyne_records(np.eye(4), 1), "count = 1"),
    (lambda: homodyne_records(np.eye(4), 2.5), "count = 2.5"),
    (lambda: homodyne_records(np.eye(4), 10, angles=[[0.0]]), "2 modes"),
    (lambda: homodyne_records(np.eye(4), 10, efficiency=0.0), "efficiency = 0.0"),
    (lambda: homodyne_records(np.eye(4), 10, efficiency=1.2), "efficiency = 1.2"),
    (lambda: estimated_covariance(np.zeros((4, 10, 2))), "5 settings"),
    (lambda: estimated_covariance(np.zeros((5, 1, 2))), "count of 2"),
    (lambda: estimated_covariance(np.zeros((10, 2))), "modes"),
    (lambda: estimated_covariance(np.full((5, 10, 2), np.nan)), "finite"),
    (lambda: estimated_margin(np.eye(6)), "4, 4"),
])  # fmt: skip
def test_what_cannot_be_measured_is_refused(call, message):
    with pytest.raises((ParameterError, MatrixError), match=re.escape(message)):
        call()
