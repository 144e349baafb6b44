"""Chapter 7: the covariance matrix by its equation, by counting, by its spectrum, by a formula."""

import numpy as np
import pytest

import omcore as om
from drawings.covariance import covariance_grid, noise_routes, sideband_cooling


def test_covariance_solves_its_equation_to_rounding(reading):
    d = covariance_grid.data(reading=reading)
    assert max(d.residual.values()) < 1e-15
    assert all(om.is_physical(V) for V in d.V.values())
    assert all(abs(V[6, 7]) < 1e-13 for V in d.V.values())  # 2 omega_m V_qp = -D_qq = 0


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


def test_sideband_cooling_tends_to_the_formula_as_the_light_is_dimmed():
    errors = [
        abs(d.phonons / d.closed_form - 1).max()
        for d in (sideband_cooling.data(power=P, resolution=9) for P in (2e-6, 2e-5, 2e-4))
    ]
    assert errors[0] < errors[1] < errors[2] and errors[1] < 0.01
