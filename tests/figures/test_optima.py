"""Chapter 18 and the first page: what the drawings show, against the model solved by another path."""

import numpy as np
import pytest

import omcore as om
from drawings.kit import front
from drawings.optima import elasticity, standings, winners
from omcore.paper.observables import E_am_peak


def test_the_first_page_has_the_peaks_of_chapters_10_and_16():
    d = front.data(resolution=2001)
    heights = [E_am_peak(p)[1] for p in om.CASES.values()]
    heights.append(E_am_peak(om.CASES["stationary"].replace(counter_drive=0.5))[1])
    assert [np.nanmax(E) for E in d.E_am.values()] == pytest.approx(heights, abs=1e-5)


def test_standings_compare_each_round_with_the_same_round_at_rest():
    times = standings.data().times("E_am")
    assert times["at rest"] == [1.0, 1.0, 1.0]
    best = standings.data().best["E_am"]
    assert times["CW"][3] == best["CW"][3] / best["at rest"][2]


def test_at_the_best_detunings_no_detuning_has_a_slope():
    for measure, percent in elasticity.data().percent.items():
        for name, fields in percent.items():
            if (
                measure == "E_am"
            ):  # R has a kink at its best, where one piece alone still has a slope
                assert abs(fields["Delta_c"]) < 1e-3 and abs(fields["Delta_a"]) < 1e-3, name


def test_power_and_mass_are_one_knob_apart_from_the_sign():
    """The model depends on them by G_0² P alone."""
    for percent in elasticity.data().percent.values():
        for fields in percent.values():
            assert fields["mass"] == pytest.approx(-fields["power"], rel=1e-8)


def test_the_winner_of_a_plane_is_the_highest_of_the_three():
    d = winners.data()
    for field in winners.PLANES:
        E = np.array([d.E_am[field][name] for name in winners.ONE_SIDE])
        won = d.winner(field)
        assert np.isnan(won[E.max(0) <= winners.NOTHING]).all()
        counts = ~np.isnan(won)
        assert (E[won[counts].astype(int), *np.nonzero(counts)] == E.max(0)[counts]).all()
        columns, ends = winners.PLANES[field][0], d.border(field)
        for row in np.flatnonzero((ends > columns[1]) & (ends < columns[-1])):
            inside = columns < ends[row] - 1e-9
            assert (d.lead(field)[row][inside] >= 0).all()
            assert d.lead(field)[row][np.argmin(inside)] < 0


def test_spinning_with_two_beams_is_the_higher_of_both_directions():
    d = winners.data()
    still, turning = d.two_beams("power")
    assert (turning >= d.E_am["power"]["both sides, CW"]).all()
    assert (turning >= d.E_am["power"]["both sides, CCW"]).all()
    assert (still == d.E_am["power"]["both sides, at rest"]).all()
