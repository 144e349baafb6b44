"""The Lyapunov solver against SciPy, against 50 digits, and against itself."""

import numpy as np
import pytest
from oracle.fifty_digits import covariance_in_floats
from points import needs_engine, random_parameters
from scipy.linalg import solve_continuous_lyapunov

import omcore as om


@pytest.fixture(scope="module")
def stable_systems():
    """Drift and diffusion, in units of omega_m, at random stable points of the model."""
    s = om.solve(random_parameters(400))
    w = om.PAPER.omega_m
    assert 100 < s.stable.sum() < 400
    return s.A[s.stable] / w, s.D[s.stable] / w


def test_against_fifty_digits(stable_systems):
    A, D = (M[:8] for M in stable_systems)
    V = om.lyapunov(A, D)
    exact = np.array([covariance_in_floats(a, d) for a, d in zip(A, D, strict=True)])
    scale = np.abs(exact).max((-1, -2), keepdims=True)
    assert (np.abs(V - exact) / scale).max() < 1e-10
    for pair in (("a", "m"), ("cw", "m"), ("ccw", "a")):
        assert om.log_negativity(V, *pair, names=om.MODES) == pytest.approx(
            om.log_negativity(exact, *pair, names=om.MODES), abs=1e-11
        )


def test_no_points_give_no_matrices():
    assert om.lyapunov(np.zeros((0, 8, 8)), np.eye(8)).shape == (0, 8, 8)


@pytest.mark.parametrize("A", [
    np.eye(2), np.zeros((2, 2)), [[0.0, 1.0], [-1.0, 0.0]], [[-1.0, 0.0], [0.0, 1e-9]],
    [[-1.0, 0.0], [0.0, 0.0]], [[np.nan, 0.0], [0.0, -1.0]],
])  # fmt: skip
def test_no_covariance_without_a_steady_state(A):
    assert np.isnan(om.lyapunov(A, np.eye(2))).all()
    assert not om.is_stable(A)


def test_slow_decay_is_still_a_steady_state():
    V = om.lyapunov([[-1e-9, 1.0], [-1.0, -1e-9]], np.eye(2))
    assert V == pytest.approx(np.eye(2) / 2e-9, rel=1e-6, abs=1.0)


# ---- in any units


def test_a_strong_push_one_way_is_still_a_steady_state():
    """Both are stable, and both have V in closed form or in SciPy; |V||A|/|D| passes 1e9 in each."""
    exact = [[25000000.5, 2500], [2500, 0.5]]
    assert om.lyapunov([[-1, 1e4], [0, -1]], np.eye(2)) == pytest.approx(np.array(exact), rel=1e-14)
    chain = -np.eye(12) + 3 * np.eye(12, k=1)
    reference = solve_continuous_lyapunov(chain, -np.eye(12))
    assert om.lyapunov(chain, np.eye(12)) == pytest.approx(reference, rel=1e-9)
    fifty = covariance_in_floats(chain, np.eye(12))
    assert om.lyapunov(chain, np.eye(12)) == pytest.approx(fifty, rel=1e-12)


def test_a_mirror_in_metres_and_kilogram_metres_a_second():
    """Equipartition: m ω² <q²> = <p²>/m = k_B T."""
    m, omega, gamma, heat = 1e-11, 63e6, 5e3, 1.4e-25
    A, D = [[0, 1 / m], [-m * omega**2, -gamma]], np.diag([0, 2 * gamma * m * heat])
    V = om.lyapunov(A, D)
    assert om.is_stable(A)
    assert np.diag(V) == pytest.approx([heat / (m * omega**2), m * heat], rel=1e-12)
    assert abs(V[0, 1]) < 1e-12 * np.sqrt(V[0, 0] * V[1, 1])


def drifts(kind, rng, n=8, points=40):
    """Random stable drifts whose V is well known, some of them reducible."""
    A = rng.normal(size=(points, n, n))
    if kind == "few couplings":
        A *= rng.random(A.shape) < 0.3
    if kind == "one way":
        A = np.triu(A)
    if kind == "a chain":
        A = -np.eye(n) + rng.uniform(1, 3, A.shape) * np.eye(n, k=1)
    growth = np.linalg.eigvals(A).real.max(-1)
    decay = 1.0 if kind == "a chain" else rng.uniform(0.05, 2, points)
    return A - (growth + decay)[:, None, None] * np.eye(n)


@needs_engine
@pytest.mark.parametrize("kind", ["the resonator", "dense", "few couplings", "one way", "a chain"])
def test_units_of_the_variables_are_a_matter_of_taste(kind, stable_systems):
    """u -> T u, A -> T A T^-1, D -> T D T: V goes as D, and stable is stable."""
    rng = np.random.default_rng(3)
    A = drifts(kind, rng) if kind != "the resonator" else stable_systems[0]
    M = rng.normal(size=A.shape)
    D = stable_systems[1] if kind == "the resonator" else M @ np.swapaxes(M, -1, -2)
    D = (D + np.swapaxes(D, -1, -2)) / 2
    V = om.lyapunov(A, D)
    T = 10 ** rng.uniform(-8, 8, A.shape[:2])
    there, outer = A * T[:, :, None] / T[:, None, :], T[:, :, None] * T[:, None, :]
    assert om.is_stable(there).all() and not om.is_stable(-there).any()
    found = om.lyapunov(there, D * outer) / outer
    variances = np.einsum("kii,kjj->kij", V, V)
    assert (np.abs(found - V) < 1e-8 * np.sqrt(variances)).all()
    assert np.isnan(om.lyapunov(-there, D * outer)).all()
    for k in range(3):
        exact = covariance_in_floats(A[k], D[k])
        assert np.abs(V[k] - exact).max() < 1e-10 * np.abs(exact).max()


@pytest.mark.parametrize("Q", [1e6, 1e8, 1e10])
def test_the_finest_mirror_has_its_heat(Q):
    """Its bath at one quantum, beside a lossy cavity that it does not feel, in rad/s."""
    A = np.zeros((4, 4))
    A[:2, :2], A[2:, 2:] = -1e9 * np.eye(2), [[0, 1e6], [-1e6, -1e6 / Q]]
    V = om.lyapunov(A, np.diag([1e9, 1e9, 0, 3e6 / Q]))
    assert V == pytest.approx(np.diag([0.5, 0.5, 1.5, 1.5]), rel=1e-6, abs=1e-6)


@needs_engine
def test_where_rounding_leaves_no_digits_there_is_no_covariance():
    for decay in (1e-14, 1e-15, 1e-17):
        assert np.isnan(om.lyapunov([[-decay, 1.0], [-1.0, -decay]], np.eye(2))).all()


def test_a_mirror_that_nothing_damps_nor_heats_has_no_steady_state():
    """Its powers vanish by rounding alone, and D has nothing that would show it."""
    A = np.zeros((3, 4, 4))
    A[:, :2, :2], A[:, 2, 3], A[:, 3, 2] = -np.eye(2), 1, -1
    A[1, 3, 3], A[2, 3, 3] = -1e-9, 1e-9
    found = om.lyapunov(A, np.diag([1.0, 1, 0, 0]))
    assert np.isnan(found[[0, 2]]).all() and np.isfinite(found[1]).all()
