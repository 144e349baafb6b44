"""The state given a record: closed forms, purity, and a beam of small pulses that are measured in turn."""

import numpy as np
import pytest
from scipy.linalg import block_diag, expm

import omcore as om

K, S = 1.3, 0.7
WAYS = (0.0, 0.9, np.pi / 2, "heterodyne")


def amplifier(s=S, K=K):
    """A degenerate parametric amplifier, squeezed in X, in a vacuum."""
    return np.diag([-K - s, -K + s]), K * np.eye(2)


def watched(n, loss=0.0, strength=0.5, seed=5):
    """n modes with any quadratic Hamiltonian, of which the first decays by K, and all by a loss besides."""
    H = np.random.default_rng(seed).normal(size=(2 * n, 2 * n)) * strength
    decay = np.diag([K, K] + [0.0] * (2 * n - 2)) + loss * np.eye(2 * n)
    return om.symplectic_form(n) @ (H + H.T) - decay, decay


@pytest.mark.parametrize("eta", [0.05, 0.6, 1.0])
@pytest.mark.parametrize("external", [0.4, K])
def test_an_amplifier_that_is_homodyned(eta, external):
    """4 eta K_ext (V - 1/2)^2 = 2 a V + K of the measured quadrature, and the other one as ever."""
    A, D = amplifier()
    for k, angle in ((0, 0.0), (1, np.pi / 2)):
        V = om.conditioned(A, D, 0, angle, eta, external)
        c, a = 4 * eta * external, A[k, k]
        half = (c + 2 * a) / 2
        root = (half + np.sqrt(half**2 - c * (c / 4 - K))) / c
        other = -K / (2 * A[1 - k, 1 - k])
        np.testing.assert_allclose(
            V, np.diag([root, other] if k == 0 else [other, root]), rtol=1e-9, atol=1e-12
        )


def test_an_amplifier_all_of_whose_light_is_measured():
    A, D = amplifier()
    squeezed, loud = (K - S) / (2 * K), (K + S) / (2 * K)
    np.testing.assert_allclose(
        om.conditioned(A, D, 0), np.diag([squeezed, 1 / (4 * squeezed)]), atol=1e-12
    )
    both = np.sqrt(1 + (S / K) ** 2) + np.array([-S, S]) / K
    np.testing.assert_allclose(om.conditioned(A, D, 0, "heterodyne"), np.diag(both) / 2, atol=1e-12)
    V = om.conditioned(A, D, 0, np.pi / 2)
    np.testing.assert_allclose(V, np.diag([1 / (4 * loud), loud]), atol=1e-12)


def test_above_threshold_the_record_holds_what_has_no_steady_state_of_its_own():
    A, D = amplifier(1.5 * K)
    assert np.isnan(om.lyapunov(A, D)).all()
    np.testing.assert_allclose(om.conditioned(A, D, 0, np.pi / 2), np.diag([0.2, 1.25]), atol=1e-12)
    for nothing in (
        {"angle": 0.0},
        {"angle": np.pi / 2, "efficiency": 0.0},
    ):  # of the loud quadrature
        assert np.isnan(om.conditioned(A, D, 0, **nothing)).all()


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("angle", WAYS)
def test_it_is_pure_if_and_only_if_all_that_leaves_is_measured(n, angle):
    A, D = watched(n)
    assert om.purity(om.conditioned(A, D, 0, angle)) == pytest.approx(1, abs=1e-6)
    for less in ({"efficiency": 0.7}, {"external": 0.7 * K}):
        assert om.purity(om.conditioned(A, D, 0, angle, **less)) < 0.99
    lossy, noisy = A - 0.2 * np.eye(2 * n), D + 0.2 * np.eye(2 * n)
    assert om.purity(om.conditioned(lossy, noisy, 0, angle, external=K)) < 0.99


@pytest.mark.parametrize("angle", WAYS)
def test_the_more_is_detected_the_less_is_left(angle):
    A, D = watched(2, loss=0.5, strength=0.2)
    free = om.lyapunov(A, D)
    etas = np.linspace(0, 1, 6)
    V = np.array([om.conditioned(A, D, 0, angle, eta) for eta in etas])
    np.testing.assert_allclose(V[0], free, rtol=1e-8, atol=1e-10)
    assert om.is_physical(V).all()
    lowest = np.linalg.eigvalsh(V[:-1] - V[1:])[:, 0]
    assert (lowest > -1e-9).all() and (np.trace(V[:-1] - V[1:], axis1=1, axis2=2) > 1e-4).all()


@pytest.mark.parametrize("bath", [np.eye(2) * 2.5, np.diag([0.2, 1.25]), [[0.9, 0.3], [0.3, 0.6]]])
def test_what_comes_to_rest_with_its_bath_tells_nothing(bath):
    """The output of an empty cavity is the bath's noise, which says nothing of the cavity's."""
    bath = np.array(bath)
    for angle in WAYS:
        V = om.conditioned(-K * np.eye(2), 2 * K * bath, 0, angle, 0.8, bath=bath)
        np.testing.assert_allclose(V, bath, atol=1e-9)


def pulses(A, D, E, eta, external, sigma, dt):
    """The same by collisions: one after another, pulses of the bath meet the mode, and are measured.

    The mode passes a beam splitter with each; all other noise and motion goes on between.
    """
    n = len(A)
    own = np.zeros((n, n))
    own[:2, :2] = external * np.eye(2)
    step = expm((A + own) * dt)  # all but the decay into the output
    noise = D.copy()
    noise[:2, :2] -= 2 * external * sigma
    t = np.exp(-external * dt)
    r = np.sqrt(1 - t * t)
    meet = np.eye(n + 2)
    meet[:2, :2], meet[n:, n:] = t * np.eye(2), -t * np.eye(2)
    meet[:2, n:] = meet[n:, :2] = r * np.eye(2)
    V = np.eye(n) / 2
    for _ in range(int(25 / dt)):
        V = step @ V @ step.T + noise * dt
        W = meet @ block_diag(V, sigma) @ meet.T
        seen = eta * E @ W[n:, n:] @ E.T + (np.eye(len(E)) - eta * E @ E.T) / 2
        across = np.sqrt(eta) * W[:n, n:] @ E.T
        V = W[:n, :n] - across @ np.linalg.solve(seen, across.T)
    return V


@pytest.mark.parametrize("angle", [0.9, "heterodyne"])
def test_it_is_the_limit_of_many_short_pulses(angle):
    """Two modes, an inner loss, a warm bath squeezed at an angle, and half of the light lost."""
    A, D = watched(2, loss=0.6, strength=0.2)
    external, eta, sigma = 0.9, 0.5, np.array([[1.2, 0.4], [0.4, 0.7]])
    D[:2, :2] += 2 * external * (sigma - np.eye(2) / 2)
    E = np.eye(2) / np.sqrt(2)
    if angle != "heterodyne":
        E = np.array([[np.cos(angle), np.sin(angle)]])
    coarse, fine = (pulses(A, D, E, eta, external, sigma, dt) for dt in (0.02, 0.01))
    V, free = om.conditioned(A, D, 0, angle, eta, external, sigma), om.lyapunov(A, D)
    limit = 2 * fine - coarse  # the error falls as the pulses' length
    assert np.abs(limit - V).max() < 0.01 * np.abs(free - V).max()
    assert np.abs(free - V).max() > 0.02


def test_a_record_of_the_paper_s_resonator_shows_more_entanglement_in_any_unit_of_time():
    s = om.solve(om.PAPER)
    light = s.names.index(om.PAPER.drive)
    V = om.conditioned(s.A, s.D, light)
    assert om.log_negativity(V, 2, 3) > 1.2 * s.log_negativity("a", "m") and om.is_physical(V)
    w = om.PAPER.omega_m
    np.testing.assert_allclose(om.conditioned(s.A / w, s.D / w, light), V, rtol=1e-7, atol=1e-9)


def test_a_batch_is_its_loop_with_classical_variables_behind_the_modes_and_none_stays_none():
    A, D = (
        np.array(M) for M in zip(*(watched(2, 0.3, 0.2, seed) for seed in range(3)), strict=True)
    )
    whole = om.conditioned(A, D, 1, "heterodyne", 0.9, 0.3)
    for k in range(3):
        np.testing.assert_array_equal(
            whole[k], om.conditioned(A[k], D[k], 1, "heterodyne", 0.9, 0.3)
        )
    drifting = block_diag(A[0], -2.0)
    drifting[0, 4] = 0.5  # a noise with memory pushes the first mode
    noisy = block_diag(D[0], 4.0)
    V = om.conditioned(drifting, noisy, 0, external=K)
    np.testing.assert_array_equal(
        om.conditioned(drifting, noisy, "c", external=K, names=("c", "m")), V
    )
    assert V.shape == (5, 5) and V[4, 4] < om.lyapunov(drifting, noisy)[4, 4] - 1e-4
    unit = np.array([1, 1, 1, 1, 1e6])  # of the noise, which may be volts
    scaled = om.conditioned(
        drifting * unit[:, None] / unit, noisy * np.outer(unit, unit), 0, external=K
    )
    np.testing.assert_allclose(scaled / np.outer(unit, unit), V, atol=1e-9)
    A[1, 0, 0] = np.nan
    assert np.isnan(om.conditioned(A, D, 1, external=0.3)).any((1, 2)).tolist() == [
        False,
        True,
        False,
    ]
