"""Chapter 5: the drift matrix is the Jacobian of the flow, and phases do not matter."""

import pytest
from points import point, random_parameters

import omcore as om
from drawings.linearisation import drift_structure


def test_differences_of_the_flow_are_the_drift_matrix():
    sweep = random_parameters(30)
    for k in range(30):
        p = point(sweep, k)
        for reading in ("self-consistent", "bare-detuning"):
            field = om.mean_field(p, reading)
            A = om.drift_matrix(p, field)
            J = drift_structure.differences(p, field, step=1e3)
            assert J == pytest.approx(A, abs=1e-9 * abs(A).max())


def test_eigenvalues_add_up_to_the_damping():
    p = om.PAPER
    for rates in drift_structure.data().eigenvalues.values():
        damping = (4 * p.kappa + 2 * p.gamma_a + p.gamma_m) / p.omega_m
        assert rates.sum() == pytest.approx(-damping)


def test_a_common_phase_changes_no_entanglement():
    s = om.solve(om.PAPER)
    for angle in (0.3, 2.0):
        V = om.lyapunov(drift_structure.rephased(s.A, angle), s.D)
        for pair in (("a", "m"), ("ccw", "m"), ("cw", "a")):
            assert om.log_negativity(V, *pair, names=om.MODES) == pytest.approx(
                s.log_negativity(*pair), abs=1e-12
            )


def test_position_acts_on_light_and_light_on_momentum_only():
    for A in drift_structure.data().A.values():
        assert not A[6, :6].any() and not A[:6, 7].any() and not A[4:6, 6].any()
        assert A[7, [0, 1, 2, 3]] == pytest.approx([A[1, 6], -A[0, 6], A[3, 6], -A[2, 6]])
