"""Fig. 3: the maps are the right way round, empty where unstable, and spinning wins."""

import numpy as np
import pytest

import omcore as om
from drawings.fig3 import fig3
from drawings.kit.operating import FIG3_CAPTION, at_rates, points

w = om.PAPER.omega_m


def test_maps_have_kappa_along_x_and_gamma_a_along_y():
    d = fig3.data(resolution=7)
    kappa, gamma_a = d.rates[2], d.rates[5]
    q = points(om.PAPER)["ccw"].replace(kappa=kappa * w, gamma_a=gamma_a * w)
    assert q.Delta_a == -w and q.Delta_c == 2.5 * w
    assert d.E_am["ccw"][5, 2] == pytest.approx(om.solve(q).log_negativity("a", "m"), abs=1e-12)
    assert d.paper == pytest.approx((38 / 63, 38 / 63))


def test_maps_are_empty_exactly_where_the_drift_matrix_is_unstable():
    d = fig3.data(resolution=25)
    assert 0 < np.isnan(d.E_am["cw"]).sum() < 60
    for case, q in points(om.PAPER).items():
        s = at_rates(q, d.rates, d.rates[:, None])
        assert np.array_equal(om.is_stable(s.A), np.isfinite(d.E_am[case]))


def test_fig3_spinning_wins_on_nearly_all_of_the_map(reading):
    d = fig3.data(resolution=41, reading=reading)
    assert d.larger_than_stationary["stationary"] == 0
    assert min(d.larger_than_stationary[case] for case in ("cw", "ccw")) > 0.9


def test_the_detunings_printed_in_the_caption_leave_one_drive_unstable_and_one_idle(reading):
    d = fig3.data(resolution=9, reading=reading, cavity=FIG3_CAPTION)
    assert np.isnan(d.E_am["ccw"]).all() and np.isnan(d.larger_than_stationary["ccw"])
    assert np.nanmax(d.E_am["cw"]) < 0.05
