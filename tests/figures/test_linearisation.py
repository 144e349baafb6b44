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


def test_a_common_phase_changes_no_entanglement():
    s = om.solve(om.PAPER)
    for angle in (0.3, 2.0):
        V = om.lyapunov(drift_structure.rephased(s.A, angle), s.D)
        for pair in (("a", "m"), ("ccw", "m"), ("cw", "a")):
            assert om.log_negativity(V, *pair, names=om.MODES) == pytest.approx(
                s.log_negativity(*pair), abs=1e-12
            )
