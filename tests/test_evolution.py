"""In time: the exact propagator where A stands still, the steady state at late times, energy and symmetry."""

import dataclasses

import numpy as np
import pytest
from scipy.linalg import expm

import omcore as om
from omcore.evolution import FULL, UNRESOLVED, equilibrium

PERIOD = 2 * np.pi / om.PAPER.omega_m
GIVEN = om.System(  # about its mean field, so that A does not move
    modes=["c", "a"], H=[[1.1, 0.3 + 0.1j], [0.3 - 0.1j, 0.9]], decay=[0.4, 0.2], coupling=[0.25, 0.05j],
    omega_m=1.0, gamma_m=1e-3, n_m=4.0,
)  # fmt: skip


def propagated(A, D, V, t):
    """V(t) for a fixed A, by Van Loan's exponential of a block matrix."""
    n = len(A)
    whole = expm(np.block([[-A, D], [np.zeros((n, n)), A.T]]) * t)
    F = whole[n:, n:].T
    return F @ V @ F.T + F @ whole[:n, n:]


def test_for_a_fixed_A_it_is_the_exact_propagator():
    s = om.solve(GIVEN)
    t = np.array([0.0, 0.3, 2.0, 2.0, 11.0, 60.0])
    e = om.evolve(GIVEN, t)
    for k, time in enumerate(t):
        expected = propagated(s.A, s.D, equilibrium(GIVEN), time)
        np.testing.assert_allclose(e.V[k], expected, atol=1e-8)
    assert not e.u.any()
    np.testing.assert_allclose(e.A, np.broadcast_to(s.A, e.A.shape), atol=1e-12)


WILD = om.System(  # unstable
    modes=["c"], H=[[-1.0]], decay=[0.1], coupling=[0.5], omega_m=1.0, gamma_m=0.0, n_m=1.0
)


def test_an_unstable_A_still_moves_V_as_the_propagator_says():
    assert not om.solve(WILD).stable
    e = om.evolve(WILD, [5.0, 20.0, 200.0])
    A, D = om.drift_matrix(WILD, e.mean_field)[0], om.diffusion_matrix(WILD)
    expected = [propagated(A, D, equilibrium(WILD), t) for t in e.t]
    np.testing.assert_allclose(e.V[:2], expected[:2], rtol=1e-7, atol=1e-7)
    assert np.abs(expected[2]).max() > UNRESOLVED
    assert np.isnan(e.V[2]).all() and (e.growth > 0).all()
    assert np.isnan(e.log_negativity("c", "m")[2]) and e.log_negativity("c", "m")[0] > 0


def test_the_mean_is_followed_on_where_V_has_grown_beyond_all_bounds():
    u = np.array([1.0, -0.5, 0.2, 0.0])
    t = np.linspace(0, 2500, 21)  # V itself would overflow
    e = om.evolve(WILD, t, 60.0, u=u)
    lost = np.isnan(e.V).all((-1, -2))
    assert lost.any() and not lost[0] and (np.diff(lost.astype(int)) >= 0).all()
    assert 2 * e.growth[0] * t[-1] > np.log(np.finfo(float).max) > np.log(FULL)
    for k in range(21):
        np.testing.assert_allclose(e.u[k], expm(e.A[0] * t[k]) @ u, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("case, ramp", [("cw", 0.0), ("ccw", 12.3 * PERIOD), ("stationary", 0.0)])
def test_at_late_times_it_is_the_steady_state(case, ramp):
    p = om.CASES[case]
    s = om.solve(p)
    e = om.evolve(p, [70 * PERIOD, 90 * PERIOD], ramp)
    np.testing.assert_allclose(e.V, np.array([s.V, s.V]), atol=1e-8)
    np.testing.assert_allclose(e.u[1], s.mean_field.quadratures(), rtol=1e-8, atol=1e-3)
    for pair in (("a", "m"), ("driven", "m")):
        np.testing.assert_allclose(e.log_negativity(*pair), s.log_negativity(*pair), rtol=1e-6)
    assert e.growth[1] == pytest.approx(np.linalg.eigvals(s.A).real.max(), rel=1e-6)


def test_the_mean_moves_by_the_nonlinear_equations():
    """Its slope along the way, by differences, is Eq. 5 as mean_field_flow has it."""
    h = 1e-4 * PERIOD
    t = np.ravel([[x - h, x, x + h] for x in np.array([0.4, 1.3, 5.2]) * PERIOD])
    e = om.evolve(om.PAPER, t)
    slope = (e.u[2::3] - e.u[::3]) / (2 * h)
    flow = om.mean_field_flow(om.PAPER, e.u[1::3])
    np.testing.assert_allclose(slope, flow, atol=1e-6 * np.abs(flow).max())


def test_a_laser_that_rises_has_its_share_of_the_flow():
    ramp, h = 6 * PERIOD, 1e-4 * PERIOD
    t = np.array([1.5, 4.1]) * PERIOD
    e = om.evolve(om.PAPER, np.ravel([[x - h, x, x + h] for x in t]), ramp)
    share = np.sin(np.pi * t / (2 * ramp)) ** 2
    for k, s in enumerate(share):  # ε goes with the square root of the power
        weaker = om.PAPER.replace(power=om.PAPER.power * s**2)
        flow = om.mean_field_flow(weaker, e.u[3 * k + 1])
        slope = (e.u[3 * k + 2] - e.u[3 * k]) / (2 * h)
        np.testing.assert_allclose(slope, flow, atol=1e-6 * np.abs(flow).max())


def test_it_starts_in_equilibrium_and_without_light_stays_there():
    dark = om.PAPER.replace(power=0.0)
    e = om.evolve(dark, [0.0, 3 * PERIOD, 40 * PERIOD])
    expected = np.diag([0.5] * 6 + [om.PAPER.n_m + 0.5] * 2)
    assert e.V == pytest.approx(np.broadcast_to(expected, e.V.shape), abs=1e-8)
    assert not e.u.any() and not e.log_negativity("a", "m").any()


def test_V_is_a_quantum_state_all_the_way_and_rates_alone_set_the_clock():
    t = np.linspace(0, 15, 61)
    e = om.evolve(om.PAPER, t * PERIOD)
    assert om.is_physical(e.V).all()
    k = 1e-3
    s = om.system(om.PAPER)
    slow = om.System(
        modes=s.modes, H=s.H * k, decay=s.decay * k, photon_coupling=s.photon_coupling * k,
        drive=s.drive * k, omega_m=s.omega_m * k, gamma_m=s.gamma_m * k, n_m=s.n_m,
    )  # fmt: skip
    np.testing.assert_allclose(om.evolve(slow, t * PERIOD / k).V, e.V, atol=1e-7)


def test_a_V_too_large_to_resolve_the_vacuum_is_given_up_at_its_time_alone():
    dark = om.PAPER.replace(power=0.0)
    V = np.diag([2 * UNRESOLVED] * 2 + [0.5] * 6)
    lost = np.isnan(om.evolve(dark, [0.0, 20 * PERIOD], V=V).V)
    assert lost[0].all() and not lost[1].any()


def test_times_are_picked_as_from_an_array():
    e = om.evolve(GIVEN, [0.0, 1.0, 2.0], u=np.arange(6.0))
    for index in (slice(1, None), [0, 2], e.t > 0.5):
        some = e[index]
        assert some.parameters is GIVEN
        for name in ("t", "u", "V"):
            assert np.array_equal(getattr(some, name), getattr(e, name)[index])
    with pytest.raises(IndexError, match="does not pick points"):
        e["x"]


def test_it_says_what_it_is():
    assert "3 times to 2e-06 s; modes ccw, cw, a, m" in repr(om.evolve(om.PAPER, [0, 1e-6, 2e-6]))
    assert "2 times to 10; modes c, a, m" in repr(om.evolve(GIVEN, [0, 10.0]))  # in units of a rate


def test_a_time_at_which_there_is_no_state_hides_no_other():
    e = om.evolve(om.PAPER, [0.0, 1e-8])
    shrunk = dataclasses.replace(e, V=e.V / np.array([4.0, 1.0])[:, None, None])
    assert shrunk.physical.tolist() == [False, True]
    for name, modes in (("log_negativity", ("a", "m")), ("purity", ()), ("steering", ("m", "a"))):
        assert np.isnan(getattr(shrunk, name)(*modes)).tolist() == [True, False]
    with pytest.raises(om.MatrixError, match="not physical at 1 of 2 points"):
        om.purity(shrunk.V)


def test_times_are_picked_in_one_row():
    e = om.evolve(om.PAPER, [0.0, 1e-8, 2e-8])
    assert repr(e[e.t > 1]).startswith("Evolution(0 times;") and e[e.t > 1].status.shape == (0,)
    for index in (None, [[0, 1], [1, 2]]):
        with pytest.raises(IndexError, match="one row"):
            e[index]
