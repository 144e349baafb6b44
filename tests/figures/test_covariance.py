"""Chapter 7: the covariance matrix by its equation, by counting, by its spectrum, by a formula."""

import numpy as np
import pytest

import omcore as om
from drawings.covariance import noise_routes


def test_three_routes_meet():
    d = noise_routes.data(trajectories=4096)
    assert d.deviation * np.sqrt(d.number) == pytest.approx(np.ones(len(d.number)), abs=0.25)
    assert all(d.area[case] == pytest.approx(d.V_qq[case], rel=1e-12) for case in om.CASES)


def test_a_wrong_covariance_leaves_a_floor():
    """The count can tell: five per cent more V is seen with 4096 trajectories."""
    A, D, V = noise_routes.scaled(om.PAPER)
    u = noise_routes.at_rest(A, D, 4096)
    right, wrong = (noise_routes.deviations(u, f * V, 4096) for f in (1.0, 1.05))
    assert wrong > 1.3 * right
