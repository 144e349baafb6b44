"""Bright and dark modes against closed forms, and what a cut, a scaled or a turned link may change."""

import numpy as np
import pytest

import omcore as om
from omcore.paper.mechanisms import (
    at_equal_couplings,
    bright_fraction,
    combinations,
    relinked,
    with_couplings,
)
from omcore.paper.observables import E_am_peak

rest, w = om.CASES["stationary"], om.PAPER.omega_m
each_case = pytest.mark.parametrize("p", om.CASES.values(), ids=om.CASES)


@each_case
def test_the_combinations_are_another_basis_of_the_same_system(p):
    p = p.replace(backscattering=0.2 * w, backscattering_phase=0.7, counter_drive=0.1)
    noisy = om.system(p.replace(laser_linewidth=1e-3)).replace(
        n=[0.1, 0.1, 0.3], m=0.1 * np.array([[1, 0.5j, 0.3], [0.5j, 0.2, 0], [0.3, 0, 1j]]),
        squeezing=0.05 * w * np.array([[1, 0.5j, 0], [0.5j, -1, 0.2], [0, 0.2, 1j]]),
    )  # fmt: skip
    for given in (p, om.system(p).about(om.mean_field(p)), noisy):
        one, other = om.solve(given), om.solve(combinations(given))
        same = om.solve(relinked(om.system(given) if given is p else given, "undriven"))
        assert same.V == pytest.approx(one.V, abs=1e-9)
        E = one.log_negativity("a", "m")
        assert other.log_negativity("a", "m") == pytest.approx(E, abs=1e-9)
        assert other.quanta("m") == pytest.approx(one.quanta("m"), abs=1e-9)


def test_rotation_couples_bright_and_dark_by_the_sagnac_shift():
    H = combinations(om.PAPER).H
    assert abs(H[0, 1]) == pytest.approx(om.sagnac_shift(om.PAPER))
    H = combinations(rest).H
    assert max(abs(H[0, 1]), abs(H[1, 2])) < 1e-12 * abs(H).max()


@pytest.mark.parametrize("f, phase", [(0, 0), (0.5, 0), (0.3, 1.1), (0.9, 3.0)])
def test_the_bright_mode_gets_the_fraction_of_the_closed_form(f, phase):
    p = rest.replace(counter_drive=f, counter_drive_phase=phase)
    bright, dark, _ = abs(combinations(p).drive) ** 2
    assert bright / (bright + dark) == pytest.approx(bright_fraction(p), abs=1e-12)


def test_two_sides_in_phase_are_one_mode_with_root_two_of_the_coupling():
    both = rest.replace(counter_drive=0.5, Delta_c=0.53 * w)
    one = rest.replace(G_a=np.sqrt(2) * rest.G_a, Delta_c=0.53 * w)
    alone = om.solve(om.system(one).without("undriven"))
    assert om.solve(both).log_negativity("a", "m") == pytest.approx(
        alone.log_negativity("a", "m"), abs=1e-9
    )


@each_case
def test_a_mode_cut_off_both_is_as_good_as_absent(p):
    given = om.system(p).about(om.mean_field(p))
    cut, absent = relinked(given, "undriven", atoms=0, mirror=0), given.without("undriven")
    E = [om.solve(s).log_negativity("a", "m") for s in (cut, absent)]
    assert E[0] == pytest.approx(E[1], abs=1e-9)


@each_case
def test_turning_both_links_alike_changes_nothing(p):
    """atoms multiplies H[mode, a], whose phase is that of the mode; mirror multiplies its amplitude."""
    given, z = om.system(p).about(om.mean_field(p)), np.exp(0.8j)
    turned = om.solve(relinked(given, "undriven", atoms=z, mirror=z))
    assert turned.log_negativity("a", "m") == pytest.approx(
        om.solve(given).log_negativity("a", "m"), abs=1e-9
    )


def test_a_half_turn_at_rest_exchanges_the_amplitudes_of_bright_and_dark():
    given = om.system(rest).about(om.mean_field(rest))
    one, other = combinations(given), combinations(relinked(given, "undriven", mirror=-1))
    assert np.allclose(one.coupling[[1, 0]], other.coupling[:2]) and abs(one.coupling[0]) > 0.1 * w


@each_case
def test_the_peak_of_an_unchanged_system_is_that_of_its_parameters(p):
    for keep in (True, False):
        same = E_am_peak(p, change=lambda s: s, keep=keep)
        assert same == pytest.approx(E_am_peak(p), abs=1e-6)


@pytest.mark.parametrize("factor", [0.5, 1.3])
def test_scaled_couplings_are_those_columns_and_rows_of_A(factor):
    s = om.solve(om.PAPER)
    A, scaled = s.A.copy(), with_couplings(s, factor)
    A[:6, 6] *= factor
    A[7, :6] *= factor
    np.testing.assert_allclose(scaled.A, A, rtol=1e-12, atol=1e-9 * w)
    assert abs(scaled.coupling("undriven") / s.coupling("undriven")) == pytest.approx(factor)


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_where_the_couplings_are_equal(reading):
    power, height = at_equal_couplings(rest, reading)
    p = rest.replace(power=power)
    x, highest = E_am_peak(p, reading)
    assert height == pytest.approx(highest, abs=1e-8)
    G = abs(om.solve(p.replace(Delta_c=x * w), reading).coupling("driven"))
    assert G == pytest.approx(rest.G_a, rel=3e-4) and rest.power / 4 < power < 2 * rest.power


@pytest.mark.parametrize("changes, words", [
    (dict(n=[0.1, 0.2, 0.0]), "n is .* give both the same"),
    (dict(kerr=[1.0, 1.0, 0.0]), "kerr is .*rad/s.* give no Kerr shift"),
    (dict(decay=[1e7, 2e7, 1e7]), "decay is .*rad/s.* give both the same"),
])  # fmt: skip
def test_modes_that_differ_have_no_combinations(changes, words):
    with pytest.raises(om.ParameterError, match=words):
        combinations(om.system(rest).replace(**changes))
