"""Drives and couplings that depend on time; periodic states against long runs and closed forms."""

import numpy as np
import pytest

import omcore as om

MIRROR = dict(omega_m=1.0, gamma_m=1e-2, n_m=1.0)


def test_a_pulse_moves_the_mean_as_its_integral_says():
    """An empty cavity: α(t) = ∫ e^{-(K + iΔ)(t - t')} ε(t') dt', here of ε = e^{-t}."""
    cavity = om.System(modes=["c"], H=[[2.0]], decay=[0.5], mirrors=())
    t = np.linspace(0, 3, 7)
    e = om.evolve(cavity, t, drive=lambda t: [np.exp(-t)])
    rate = 0.5 + 2j
    expected = (np.exp(-t) - np.exp(-rate * t)) / (rate - 1)
    np.testing.assert_allclose(e.mean_field.amplitudes[:, 0], expected, atol=1e-9)
    np.testing.assert_allclose(e.V, np.eye(2)[None] / 2 * np.ones((7, 1, 1)), atol=1e-9)


def test_a_pulse_after_a_long_rest_is_not_stepped_over():
    """The recoil of the mirror from a pulse of light, against an integration with short steps."""
    from scipy.integrate import solve_ivp

    cavity = om.System(
        modes=["c"], H=[[0.0]], decay=[0.5], photon_coupling=[1e-3], drive=[0.0], omega_m=1.0, gamma_m=1e-2,
        n_m=10,
    )  # fmt: skip
    pulse = lambda t: 100 * np.exp(-((t - 50) ** 2))

    def moved(t, y):
        z = (y[0] + 1j * y[1]) / np.sqrt(2)
        dz = (-0.5 + 1e-3j * y[2]) * z + pulse(t)
        dp = -y[2] - 1e-2 * y[3] + 1e-3 * abs(z) ** 2
        return [np.sqrt(2) * dz.real, np.sqrt(2) * dz.imag, y[3], dp]

    with_care = solve_ivp(moved, (0, 100), np.zeros(4), rtol=1e-10, atol=1e-10, max_step=0.05).y[
        :, -1
    ]
    for times in ([0, 100], np.linspace(0, 100, 2001)):
        e = om.evolve(cavity, times, drive=lambda t: [pulse(t)])
        np.testing.assert_allclose(e.u[-1], with_care, atol=1e-6)
        assert abs(with_care[2]) > 10
    swap = lambda t: [[0, np.pi / 2 * (50 < t < 51)], [np.pi / 2 * (50 < t < 51), 0]]
    two = om.System(modes=["a", "b"], H=np.zeros((2, 2)), decay=[0.01, 0.01], n=[5, 0], mirrors=())
    assert om.evolve(two, [0, 50.0, 51.0], H=swap).quanta("b")[-1] == pytest.approx(5, abs=0.2)


def test_what_is_said_at_each_time_is_of_the_drift_and_the_drive_of_that_time():
    cavity = om.System(modes=["c"], H=[[1.0]], decay=[0.2], coupling=[0.3], **MIRROR)
    e = om.evolve(cavity, [0.0, 1.0], H=lambda t: [[-1.0]])
    other = om.solve(cavity.replace(H=[[-1.0]]))
    assert (e.status == "unstable").all() and not e.stable.any()
    np.testing.assert_allclose(e.growth, other.growth)
    np.testing.assert_allclose(e.effective_detuning("c"), -1.0)
    held = om.solve(
        om.evolve(cavity, [0.0, 1.0], H=lambda t: [[1.0 + t]]).linear
    )  # A and D of each time
    np.testing.assert_allclose(held.V[1], om.solve(cavity.replace(H=[[2.0]])).V, atol=1e-9)
    state = om.periodic(cavity, np.pi, H=lambda t: [[1.0 + 0.5 * np.cos(2 * t)]], points=5)
    np.testing.assert_allclose(state.A[0, 1, 0], -1.5)
    assert isinstance(state[:3], om.PeriodicState) and state[:3].growth[0] == state.growth[0]


def test_a_drift_that_turns_is_one_that_stands_in_another_frame():
    """A scatterer J e^{iνt} between modes: in the frame of the second one it rests, detuned by ν."""
    J, nu = 0.4, 1.3
    fields = dict(modes=["a", "b"], decay=[0.3, 0.6], mirrors=(), squeezing=[[0.1, 0], [0, 0]])
    turning = lambda t: [[0.5, J * np.exp(1j * nu * t)], [J * np.exp(-1j * nu * t), -0.2]]
    e = om.evolve(om.System(H=np.zeros((2, 2)), **fields), [0, 30], H=turning)
    still = om.solve(om.System(H=[[0.5, J], [J, -0.2 - nu]], **fields))
    assert e.quanta("b")[-1] == pytest.approx(still.quanta("b"), rel=1e-6)
    assert e.purity()[-1] == pytest.approx(still.purity(), rel=1e-6)


def test_a_periodic_state_is_where_a_long_run_arrives():
    system = om.System(modes=["c"], H=[[1.2]], decay=[0.4], photon_coupling=[0.02], **MIRROR)
    drive, T = (lambda t: [6.0 + 4.0 * np.cos(2 * t)]), np.pi
    state = om.periodic(system, T, drive=drive, points=9)
    assert state.stable.all() and state.growth[0] < 0
    np.testing.assert_allclose(state.u[0], state.u[-1], atol=1e-7)
    np.testing.assert_allclose(state.V[0], state.V[-1], atol=1e-7)
    long = om.evolve(system, 500 * T + state.t, drive=drive)
    np.testing.assert_allclose(long.u, state.u, atol=1e-5)
    np.testing.assert_allclose(long.V, state.V, atol=1e-5)


def test_without_a_modulation_it_is_the_steady_state():
    s = om.solve(om.PAPER)
    state = om.periodic(
        om.PAPER, 2 * np.pi / om.PAPER.omega_m, u=s.mean_field.quadratures(), points=3
    )
    np.testing.assert_allclose(state.V, np.broadcast_to(s.V, (3, 8, 8)), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(state.growth, s.growth, rtol=1e-6)


def test_a_parametric_resonance_is_unstable_by_its_multipliers():
    """A mirror whose light spring is shaken at twice its frequency; Mathieu's first tongue."""
    shaken = lambda depth: om.periodic(
        om.System(modes=["c"], H=[[3.0]], decay=[0.2], coupling=[0.8], omega_m=1.0, gamma_m=1e-3, n_m=0),
        np.pi / 0.8, H=lambda t: [[3.0 + depth * np.cos(1.6 * t)]], points=3,
    )  # fmt: skip
    calm, wild = shaken(0.05), shaken(2.0)
    assert (calm.status == "stable").all() and abs(calm.multipliers[0]) < 1
    assert (wild.status == "unstable").all() and wild.growth[0] > 0 and np.isnan(wild.V).all()


def modulated_drive(system, share):
    """Mari and Eisert 2009: sidebands at twice the mirror's frequency on the drive."""
    strength = system.drive[0]
    return lambda t: [strength * (1 + share * (np.exp(-2j * t) + np.exp(2j * t)))]


def test_a_modulated_drive_entangles_more_than_a_steady_one():
    """Mari and Eisert, PRL 103, 213603 (2009): more entanglement when it is largest, with half the
    period of the mirror; at similar parameters in units of omega_m."""
    system = om.System(
        modes=["c"], H=[[1.0]], decay=[0.2], photon_coupling=[4e-6 * np.sqrt(2)], drive=[6e4], omega_m=1.0,
        gamma_m=1e-6, n_m=50.0,
    )  # fmt: skip
    steady = om.solve(system)
    assert steady.stable
    state = om.periodic(system, np.pi, drive=modulated_drive(system, 0.2), points=33)
    assert state.stable.all()
    assert state.log_negativity("c", "m").max() > steady.log_negativity("c", "m") > 0


@pytest.mark.parametrize(
    "change, error, words",
    [
        (dict(period=0.0), om.ParameterError, "period = 0.0 s"),
        (dict(period=3.0), om.ParameterError, "give the period of drive"),
        (dict(drive=lambda t: [1.0, 2.0]), om.ParameterError, "drive.t. has shape"),
    ],
)
def test_what_has_no_period_is_refused(change, error, words):
    system = om.System(modes=["c"], H=[[1.0]], decay=[0.5], photon_coupling=[0.01], **MIRROR)
    with pytest.raises(error, match=words):
        om.periodic(**dict(p=system, period=np.pi, drive=lambda t: [np.cos(2 * t)]) | change)
    with pytest.raises(om.ParameterError, match="Linear"):
        om.periodic(om.solve(system).linear, np.pi)
