"""Mean fields: the equations hold, all branches are found, folds included."""

import numpy as np
import pytest
from points import digits, random_parameters, residual

import omcore as om


def one_cavity(y, detuning, kappa=0.1):
    """Parameters of a lone cavity whose mean field obeys y (kappa² + (detuning - y)²) = strength.

    Lengths in omega_m; the strength is returned so that a fold can be hit exactly.
    """
    p = om.PAPER.replace(G_a=0.0, angular_velocity=0.0)
    p = p.replace(kappa=kappa * p.omega_m, Delta_c=detuning * p.omega_m, power=1.0)
    strength_at_one_watt = (p.G_0 * p.drive_amplitude / p.omega_m**2) ** 2
    return p.replace(power=y * (kappa**2 + (detuning - y) ** 2) / strength_at_one_watt)


def test_bare_detuning_mean_field_obeys_a3_as_printed():
    p = random_parameters(50, drive="ccw")
    f = om.mean_field(p, "bare-detuning")
    detuning = om.cavity_detunings(p)
    assert f.alpha_cw == pytest.approx(-1j * p.G_a * f.c / (1j * detuning["cw"] + p.kappa))
    assert f.alpha_ccw == pytest.approx(
        (-1j * p.G_a * f.c + p.drive_amplitude) / (1j * detuning["ccw"] + p.kappa)
    )
    assert f.c == pytest.approx(
        -1j * p.G_a * (f.alpha_ccw + f.alpha_cw) / (1j * p.Delta_a + p.gamma_a)
    )
    assert f.q == pytest.approx(p.G_0 * (abs(f.alpha_cw) ** 2 + abs(f.alpha_ccw) ** 2) / p.omega_m)


def test_branches_are_sorted_steady_states():
    p = random_parameters(3000, kappa=om.PAPER.omega_m * 0.1, power=0.1)
    b = om.mean_field_branches(p)
    count = np.isfinite(b.q).sum(-1)
    assert set(count) >= {1, 3}
    assert (np.diff(b.q, axis=-1)[np.isfinite(b.q[:, 1:])] >= 0).all()
    assert np.nanmax(residual(p, b)) < digits(1e-11)
    assert not b.stable[np.isnan(b.q)].any()


def test_three_roots_need_a_detuning_beyond_sqrt3_kappa():
    """Fold points of a lone cavity: y = [2Δ ± sqrt(Δ² - 3κ²)]/3 exist only then."""
    kappa = 0.1
    for factor, expected in ((0.99, 1), (1.01, 3)):
        detuning = factor * np.sqrt(3) * kappa
        middle = 2 * detuning / 3
        assert len(om.mean_field_branches(one_cavity(middle, detuning, kappa)).q) == expected


@pytest.mark.parametrize("sign, order", [(-1, [1, 1, 0]), (1, [0, 1, 1])])
def test_a_fold_is_a_double_root_and_not_stable(sign, order):
    kappa, detuning = 0.1, 0.5
    y = (2 * detuning + sign * np.sqrt(detuning**2 - 3 * kappa**2)) / 3
    p = one_cavity(y, detuning, kappa)
    b = om.mean_field_branches(p)
    shift = p.G_0 * b.q / p.omega_m
    double = np.array(order, bool)
    assert len(b.q) == 3
    assert shift[double] == pytest.approx([y, y], rel=1e-6)
    assert shift[~double] == pytest.approx([2 * (detuning - y)], rel=1e-6)  # the roots add up to 2Δ
    assert not b.stable[double].any()


def test_at_a_fold_solve_takes_the_other_stable_branch():
    kappa, detuning = 0.1, 0.5
    y = (2 * detuning - np.sqrt(detuning**2 - 3 * kappa**2)) / 3
    s = om.solve(one_cavity(y, detuning, kappa).replace(gamma_m=3e7))
    assert s.stable
    assert om.PAPER.G_0 * s.mean_field.q / om.PAPER.omega_m == pytest.approx(
        2 * (detuning - y), rel=1e-6
    )


def test_five_branches_exist_and_are_found():
    """Two split cavity modes, both in reach: the paper's model has up to five steady states."""
    w = om.PAPER.omega_m
    p = om.PAPER.replace(kappa=0.15 * w, gamma_a=0.11 * w, Delta_a=1.36 * w, G_a=0.68 * w)
    p = p.replace(angular_velocity=5.7e3, Delta_c=2.42 * w, power=0.25)
    b = om.mean_field_branches(p)
    assert len(b.q) == 5
    assert residual(p, b).max() < digits(1e-12)


def test_no_power_no_amplitudes():
    f = om.mean_field(om.PAPER.replace(power=0.0))
    assert f.q == f.alpha_cw == f.alpha_ccw == f.c == 0
