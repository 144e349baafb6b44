"""The Lyapunov solver against SciPy, against 50 digits, and against itself."""

import numpy as np
import pytest
from oracle.fifty_digits import covariance_in_floats
from points import random_parameters
from scipy.linalg import solve_continuous_lyapunov

import omcore as om


@pytest.fixture(scope="module")
def stable_systems():
    """Drift and diffusion, in units of omega_m, at random stable points of the model."""
    s = om.solve(random_parameters(400))
    w = om.PAPER.omega_m
    assert 100 < s.stable.sum() < 400
    return s.A[s.stable] / w, s.D[s.stable] / w


def test_backward_residual(stable_systems):
    A, D = stable_systems
    V = om.lyapunov(A, D)
    size = lambda M: np.linalg.norm(M, axis=(-1, -2))
    residual = size(A @ V + V @ np.swapaxes(A, -1, -2) + D) / (2 * size(A) * size(V))
    assert residual.max() < 1e-13


def test_against_scipy(stable_systems):
    A, D = stable_systems
    for a, d, v in zip(A, D, om.lyapunov(A, D), strict=True):
        reference = solve_continuous_lyapunov(a, -d)
        assert np.abs(v - reference).max() < 1e-9 * np.abs(reference).max()


def test_against_fifty_digits(stable_systems):
    A, D = (M[:8] for M in stable_systems)
    V = om.lyapunov(A, D)
    exact = np.array([covariance_in_floats(a, d) for a, d in zip(A, D, strict=True)])
    scale = np.abs(exact).max((-1, -2), keepdims=True)
    assert (np.abs(V - exact) / scale).max() < 1e-10
    for pair in (("a", "m"), ("cw", "m"), ("ccw", "a")):
        assert om.log_negativity(V, *pair) == pytest.approx(
            om.log_negativity(exact, *pair), abs=1e-11
        )


def test_a_batch_equals_the_loop_of_scalars(stable_systems):
    A, D = stable_systems
    V = om.lyapunov(A, D)
    loop = np.array([om.lyapunov(a, d) for a, d in zip(A, D, strict=True)])
    scale = np.abs(loop).max((-1, -2), keepdims=True)
    assert (np.abs(V - loop) <= 1e-11 * scale).all()  # a longer series for the whole chunk


def test_batch_axes_broadcast():
    A = -np.eye(4) * np.array([1.0, 2.0])[:, None, None]
    V = om.lyapunov(A, np.eye(4))
    assert V.shape == (2, 4, 4)
    assert V[1] == pytest.approx(np.eye(4) / 4)


def test_no_points_give_no_matrices():
    assert om.lyapunov(np.zeros((0, 8, 8)), np.eye(8)).shape == (0, 8, 8)


@pytest.mark.parametrize("A", [
    np.eye(2), np.zeros((2, 2)), [[0.0, 1.0], [-1.0, 0.0]], [[-1.0, 0.0], [0.0, 1e-9]],
    [[-1.0, 0.0], [0.0, 0.0]], [[np.nan, 0.0], [0.0, -1.0]],
])  # fmt: skip
def test_no_covariance_without_a_steady_state(A):
    assert np.isnan(om.lyapunov(A, np.eye(2))).all()
    assert not om.is_stable(A)


def test_unstable_neighbours_do_not_disturb_a_point():
    A = np.array([np.eye(2), -np.eye(2), np.full((2, 2), np.nan)])
    V = om.lyapunov(A, np.eye(2))
    assert V[1] == pytest.approx(np.eye(2) / 2) and np.isnan(V[[0, 2]]).all()


def test_slow_decay_is_still_a_steady_state():
    V = om.lyapunov([[-1e-9, 1.0], [-1.0, -1e-9]], np.eye(2))
    assert V == pytest.approx(np.eye(2) / 2e-9, rel=1e-6, abs=1.0)


@pytest.mark.parametrize("A, D, words", [
    (np.ones((2, 3)), np.eye(2), "A has shape"),
    (np.eye(2), np.ones(2), "D has shape"),
    (-np.eye(2), np.eye(4), "one size"),
    (-np.ones((3, 2, 2)), np.ones((4, 2, 2)), "broadcast"),
    (-np.eye(2), [[1.0, 2.0], [0.0, 1.0]], "not symmetric"),
    (-np.eye(2), np.diag([1.0, np.nan]), "finite"),
])  # fmt: skip
def test_wrong_matrices_are_refused(A, D, words):
    with pytest.raises(om.MatrixError, match=words):
        om.lyapunov(A, D)
