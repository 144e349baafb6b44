"""Chapter 18 and the first page: what the drawings show, against the model solved by another path."""

import numpy as np
import pytest

import omcore as om
from drawings.front import front
from drawings.optima import elasticity, planes
from omcore.paper.observables import E_am_peak


def test_the_first_page_has_the_peaks_of_chapters_10_and_16():
    d = front.data(resolution=2001)
    heights = [E_am_peak(p)[1] for p in om.CASES.values()]
    heights.append(E_am_peak(om.CASES["stationary"].replace(counter_drive=0.5))[1])
    assert [np.nanmax(E) for E in d.E_am.values()] == pytest.approx(heights, abs=1e-5)


def test_at_the_best_detunings_no_detuning_has_a_slope():
    for measure, percent in elasticity.data().items():
        for name, fields in percent.items():
            if measure == "E_am":  # R has a kink at its best, where one piece alone still slopes
                assert abs(fields["Delta_c"]) < 1e-3 and abs(fields["Delta_a"]) < 1e-3, name


def test_the_winner_of_a_plane_is_the_highest_of_the_three():
    d = planes.data()
    for field in planes.PLANES:
        E = np.array([d.E_am[field][name] for name in planes.ONE_SIDE])
        won = d.winner[field]
        assert np.isnan(won[E.max(0) <= planes.NOTHING]).all()
        counts = ~np.isnan(won)
        assert (E[won[counts].astype(int), *np.nonzero(counts)] == E.max(0)[counts]).all()
        columns, ends = planes.PLANES[field][0], d.border[field]
        for row in np.flatnonzero((ends > columns[1]) & (ends < columns[-1])):
            inside = columns < ends[row] - 1e-9
            assert (d.lead[field][row][inside] >= 0).all()
            assert d.lead[field][row][np.argmin(inside)] < 0
