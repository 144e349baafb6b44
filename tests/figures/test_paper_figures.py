"""Figs. 1(c) to 5: peaks and ends are found, not read off a grid, and lie where the text says."""

import numpy as np
import pytest

import omcore as om
from drawings.fig1 import fig1c
from drawings.fig2 import fig2
from drawings.fig3 import fig3
from drawings.fig4 import fig4
from drawings.fig5 import fig5
from drawings.kit.operating import RATES, at_rates, points

W = om.PAPER.omega_m
TRIPLE = ("driven", "a", "m")
SPINNING = ("cw", "ccw")


@pytest.mark.parametrize("figure, E_am", [
    (fig1c, lambda d, case: d.E_am[case]), (fig2, lambda d, case: d.E[case]["a", "m"]),
])  # fmt: skip
def test_the_peaks_lie_on_top_of_the_curves(figure, E_am, reading):
    d = figure.data(resolution=301, reading=reading)
    for case, (position, height) in d.peaks.items():
        top = np.nanmax(E_am(d, case))
        assert top <= height < 1.001 * top
        assert position == pytest.approx(d.detuning[np.nanargmax(E_am(d, case))], abs=0.03)


@pytest.mark.parametrize("data, number", [
    (lambda: fig3.data(resolution=7), lambda s: s.log_negativity("a", "m")),
    (lambda: fig4.data_maps(resolution=7), lambda s: s.residual_contangle(*TRIPLE)),
])  # fmt: skip
def test_maps_have_kappa_along_x_and_gamma_a_along_y(data, number):
    d = data()
    q = points(om.PAPER)["ccw"].in_omega_m(kappa=d.rates[2], gamma_a=d.rates[5])
    assert q.Delta_a == -W and q.Delta_c == 2.5 * W
    found = d.E_am["ccw"] if hasattr(d, "E_am") else d.R["ccw"]
    assert found[5, 2] == pytest.approx(number(om.solve(q)), abs=1e-12)
    assert d.paper == pytest.approx((38 / 63, 38 / 63))


# ---- Fig. 1(c)


def test_a_resonator_at_rest_peaks_alike_from_both_sides_and_far_apart_it_saturates():
    spun = fig1c.rotation(angular_velocity=np.array([1.0, 3e5]))
    for height in spun.E_am.values():
        assert height[0] == pytest.approx(spun.at_rest, rel=1e-3)
    assert spun.E_am["cw"][1] == pytest.approx(spun.E_am["ccw"][1], rel=1e-2)


# ---- Fig. 2


# ---- Fig. 3


def test_maps_are_empty_exactly_where_the_drift_matrix_is_unstable():
    d = fig3.data(resolution=25)
    assert 0 < np.isnan(d.E_am["cw"]).sum() < 60
    for case, q in points(om.PAPER).items():
        s = at_rates(q, d.rates, d.rates[:, None])
        assert np.array_equal(om.is_stable(s.A), np.isfinite(d.E_am[case]))


# ---- Fig. 4


def test_maxima_of_the_maps_are_not_read_off_the_grid(reading):
    coarse = fig4.data_maps(resolution=3, reading=reading)
    fine = fig4.data_maps(resolution=61, reading=reading)
    for case in om.CASES:
        assert coarse.peaks[case] == fine.peaks[case]
        assert np.nanmax(fine.R[case]) <= fine.peaks[case][2] < 1.02 * np.nanmax(fine.R[case])
        assert fine.peaks[case][1] == pytest.approx(RATES[0])  # the slower the atoms, the more


def test_maps_take_one_atomic_detuning_or_one_for_each_case():
    atoms = {"stationary": -1.5, "cw": -1.1, "ccw": -0.8}
    each = fig4.data_maps(resolution=3, atoms=atoms)
    same = fig4.data_maps(resolution=3, atoms=-1.1)
    assert np.array_equal(each.R["cw"], same.R["cw"], equal_nan=True)
    assert not np.array_equal(each.R["ccw"], same.R["ccw"], equal_nan=True)


# ---- Fig. 5


@pytest.fixture(scope="module")
def ends():
    return {reading: fig5.data(resolution=41, reading=reading) for reading in om.MEAN_FIELDS}


def test_below_its_end_there_is_entanglement_and_above_it_exactly_none(case, reading, ends):
    d, p = ends[reading], om.CASES[case]
    around = lambda T: om.solve(p.replace(temperature=T * np.array([1 - 1e-6, 1 + 1e-6])), reading)
    below, above = around(d.E_vanishes[case]).log_negativity("a", "m")
    assert below > 0 == above
    below, above = around(d.R_vanishes[case]).residual_contangle(*TRIPLE)
    assert below > 0 == above
    faint = om.solve(p.replace(temperature=d.R_invisible[case]), reading)
    assert faint.residual_contangle(*TRIPLE) == pytest.approx(1e-4, rel=1e-6)
    assert d.R_invisible[case] < d.R_vanishes[case]
    assert np.array_equal(d.R[case] > 0, d.temperature < d.R_vanishes[case])


def test_the_margin_is_the_logarithmic_negativity_before_clipping(reading):
    s = om.solve(om.CASES["cw"].replace(temperature=np.linspace(0.01, 4, 9)), reading)
    for others in (["m"], ["driven", "m"]):
        margin = s.separability_margin("a", others)
        assert s.log_negativity("a", others) == pytest.approx(np.maximum(margin, 0), abs=1e-12)


def test_without_light_there_is_no_end():
    d = fig5.data(om.PAPER.replace(power=0.0), resolution=3)
    assert np.isnan([*d.E_vanishes.values(), *d.R_vanishes.values(), *d.R_invisible.values()]).all()
    fig5.draw(d)
