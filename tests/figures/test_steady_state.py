"""Chapter 4: the branches of the steady state, and who settles where."""

import numpy as np
import pytest

import omcore as om
from drawings.steady_state import branches


@pytest.mark.parametrize("p", [branches.LONE, branches.SPINNING, branches.FIVE, *om.CASES.values()])
def test_the_curve_of_steady_states_holds_the_roots_of_the_quintic(p):
    """Both ways to every branch, and to its stability."""
    d = branches.data(p, 3.5)
    for k in range(20, len(d.shift), 331):
        found = om.mean_field_branches(p.replace(power=d.power[k]))
        y = p.G_0 * found.q / p.omega_m
        nearest = np.argmin(abs(y - d.shift[k]))
        assert y[nearest] == pytest.approx(d.shift[k], rel=1e-6)
        assert found.stable[nearest] == d.stable[k]


def test_between_folds_every_state_is_unstable():
    for p in (branches.LONE, branches.SPINNING, branches.FIVE):
        d = branches.data(p, 3.5)
        falling = np.diff(d.power) < 0
        inside = falling[1:] & falling[:-1]
        assert not d.stable[1:-1][inside].any()


def test_power_of_bistability_in_closed_form():
    """The folds of a lone cavity are born at Δ = √3 κ with P = 4κ²ω_m ħω_0/(3√3 G_0²)."""
    from scipy.constants import hbar

    p = om.PAPER
    power = 4 * p.kappa**2 * p.omega_m * hbar * p.omega_0 / (3 * np.sqrt(3) * p.G_0**2)
    assert power == pytest.approx(0.044, abs=5e-4)
    lone = branches.LONE.replace(kappa=p.kappa, Delta_c=1.002 * np.sqrt(3) * p.kappa)
    folds = branches.data(lone, 2.0).folds[0]
    assert folds == pytest.approx([power, power], rel=0.01)


@pytest.mark.parametrize("p", [branches.LONE, branches.SPINNING])
def test_the_nonlinear_equations_leave_the_middle_and_settle_on_the_outer_branches(p):
    run = branches.relaxation(p, offsets=(-0.05, 0.05), duration=150)
    assert run.stable.tolist() == [True, False, True]
    assert run.shifts[:, -1] == pytest.approx(run.branches[[0, 2]], abs=1e-3)


def test_beyond_its_limit_the_mirror_swings():
    p = om.PAPER.replace(power=0.065)
    assert not om.mean_field_branches(p).stable.any()
    _, u = branches.relax(p, np.zeros(8), 250 / p.omega_m, points=1001, accuracy=1e-6)
    assert np.ptp(p.G_0 * u[-250:, 6] / p.omega_m) > 0.5
