"""Who wins, and the first page: what the drawings show, against the model solved by another path."""

import base64

import numpy as np
import pytest

import omcore as om
from drawings.front import front
from drawings.optima import elasticity, planes, winners_map
from omcore.paper.observables import E_am_peak


def test_the_first_page_has_the_peaks_of_chapters_10_and_13():
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
    for measure, d in planes.data().items():
        for field in planes.PLANES:
            E = np.array([d.best[field][name] for name in planes.ONE_SIDE])
            won = d.winner[field]
            assert np.isnan(won[E.max(0) <= planes.NOTHING[measure]]).all()
            counts = ~np.isnan(won)
            assert (E[won[counts].astype(int), *np.nonzero(counts)] == E.max(0)[counts]).all()


def test_where_the_lead_changes_hands_the_two_are_level():
    """The points between the stored ones, solved anew, by another search: of one beam, and of two at rest."""
    both = om.CASES["stationary"].replace(
        counter_drive=0.5
    )  # their best share wherever this is looked at
    found = planes.where_rest_leads(planes.data()["E_am"], "E_am")
    levels = {name: found[name][0][0][1] for name in ("G_a", "Delta_a", "laser_linewidth")}
    levels["power"] = found["power"][0][0][0]
    for name, level in levels.items():
        unit = om.PAPER.omega_m if name in planes.IN_OMEGA_M else 1.0
        for step in (1.0, 1.1, 0.9):
            change = {name: step * level * unit}
            spinning = max(E_am_peak(om.CASES[case].replace(**change))[1] for case in ("cw", "ccw"))
            rest = E_am_peak(both.replace(**change))[1]
            if step == 1.0:
                assert rest == pytest.approx(spinning, rel=0.02), name
            else:  # and rest leads on the side that is said
                leads = (step > 1) == (name in ("power", "Delta_a"))  # Delta_a is negative here
                assert (rest > spinning) == leads, name


def test_the_intervals_of_a_lead_end_where_it_passes_through_zero():
    nan, x = np.nan, np.arange(1.0, 8.0)
    for y, ends in (
        ([2, 1, -1, -1, 3, 3, 3], [(nan, 2.5), (4.25, nan)]),
        ([-1, 1, 1, 1, 1, 0, 0], [(1.5, nan)]),  # nothing is left beyond
        ([0, 0, -1, -1, -1, -1, -1], []),
        ([1, 1, 1, 1, 1, 1, 1], [(nan, nan)]),
    ):
        found = planes._positive(x, np.array(y, float), False)
        assert np.allclose(np.reshape(found, (-1, 2)), np.reshape(ends, (-1, 2)), equal_nan=True)


def test_a_fine_plane_has_the_stored_points():
    values = np.arange(12.0).reshape(3, 4) ** 2
    fine = planes.fine(values)
    assert fine.shape == (planes.FINE, planes.FINE)
    assert fine[:: planes.FINE // 2, :: planes.FINE // 3] == pytest.approx(values, rel=1e-12)


def test_what_is_packed_for_the_page_is_what_was_stored():
    values = np.random.default_rng(5).uniform(0, 1, (3, 4))
    whole = np.frombuffer(base64.b64decode(winners_map.packed(values)), "<u2")
    assert whole.reshape(3, 4) / 65535 == pytest.approx(values, abs=1e-5)
