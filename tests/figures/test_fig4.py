"""Fig. 4: peaks and maxima are found, not read off a grid, and lie where the text says."""

import numpy as np
import pytest

import omcore as om
from omcore.figures.fig4 import fig4
from omcore.figures.kit.cases import FIG4_CAPTION, RATES, points
from omcore.paper.observables import R, R_peak

READINGS = ["self-consistent", "bare-detuning"]
w = om.PAPER.omega_m
each_reading = pytest.mark.parametrize("reading", READINGS)


@pytest.fixture
def no_search(monkeypatch):
    monkeypatch.setattr(fig4, "R_map_peak", lambda *_: (np.nan, np.nan, np.nan))


def test_maps_have_kappa_along_x_and_gamma_a_along_y(no_search):
    maps = fig4.data_maps(resolution=7)
    kappa, gamma_a = maps.rates[2], maps.rates[5]
    q = points(om.PAPER)["ccw"].replace(kappa=kappa * w, gamma_a=gamma_a * w)
    assert maps.R["ccw"][5, 2] == pytest.approx(R(q), abs=1e-12)


@each_reading
def test_the_detunings_printed_in_the_caption_leave_one_drive_unstable_and_one_idle(reading):
    a = fig4.data(resolution=21, reading=reading, cavity=FIG4_CAPTION)
    assert np.isnan(a.R["cw"]).all() and np.isnan(a.peaks["cw"]).all()
    assert np.nanmax(a.R["ccw"], initial=0) < 1e-5


@each_reading
def test_fig4_maxima_of_the_maps_are_not_read_off_the_grid(reading):
    peaks = fig4.data_maps(resolution=3, reading=reading).peaks
    rates = w * np.geomspace(*RATES, 61)
    for case, q in points(om.PAPER).items():
        highest = np.nanmax(R(q.replace(kappa=rates, gamma_a=rates[:, None]), reading))
        assert highest <= peaks[case][2] < 1.02 * highest
        assert peaks[case][1] == pytest.approx(RATES[0])  # the slower the atoms, the more


def test_fig4_maps_take_one_atomic_detuning_or_one_for_each_case(no_search):
    atoms = {"stationary": -1.5, "cw": -1.1, "ccw": -0.8}
    each = fig4.data_maps(resolution=3, atoms=atoms)
    same = fig4.data_maps(resolution=3, atoms=-1.1)
    assert np.array_equal(each.R["cw"], same.R["cw"], equal_nan=True)
    assert not np.array_equal(each.R["ccw"], same.R["ccw"], equal_nan=True)


def test_fig4_the_peak_is_near_minus_one_in_the_bare_reading_only():
    bare, consistent = (fig4.data(resolution=3, reading=r).peaks for r in READINGS[::-1])
    assert all(abs(bare[case][0] + 1) < 0.2 for case in ("cw", "ccw"))
    assert all(abs(consistent[case][0] + 1) > 0.7 for case in ("cw", "ccw"))


@each_reading
def test_fig4_at_rest_the_largest_R_is_at_a_positive_detuning(reading):
    d = fig4.data(resolution=3, reading=reading)
    x, anywhere = R_peak(om.CASES["stationary"], reading, fig4.RANGE)
    assert x > 1.5 and anywhere > 1.8 * d.peaks["stationary"][1]
    assert d.enhancement["cw"] > d.enhancement["ccw"] > d.enhancement["stationary"] == 1
