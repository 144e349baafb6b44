"""Chapter 17: what the drawings show, against the library and against limits."""

import numpy as np
import pytest

import omcore as om
from omcore.figures.built import heavier_disc, overlap, saturated_atoms


def test_the_curves_at_the_mass_of_the_paper_are_the_peaks_of_fig_1():
    d = heavier_disc.data(resolution=2, scan=161)
    assert d.mass[0] == pytest.approx(om.PAPER.mass)
    Delta = om.PAPER.omega_m * np.linspace(*heavier_disc.SCAN, 161)
    for case, q in om.CASES.items():
        E = om.solve(q.replace(Delta_c=Delta)).log_negativity("a", "m")
        assert d.E_am[case][0] == pytest.approx(np.nanmax(E), rel=1e-9)


def test_mass_and_power_count_only_by_their_ratio():
    d = heavier_disc.data(resolution=2, scan=41)
    brighter = heavier_disc.data(om.PAPER.replace(power=d.mass[1] / d.mass[0] * 0.04), 2, 41)
    for case in om.CASES:
        assert brighter.E_am[case][1] == pytest.approx(d.E_am[case][0], abs=1e-9)


def test_all_cases_meet_where_the_patterns_do_not_overlap():
    d = overlap.data(resolution=3)
    ends = [E[0] for E in d.E_am.values()]
    assert ends == pytest.approx([ends[0]] * 3, abs=1e-5)
    assert d.ratio("ccw")[0] == pytest.approx(1.0, abs=1e-4) and d.ratio("ccw")[-1] > 1.85


def test_the_table_is_of_the_case_of_its_parameters():
    d = saturated_atoms.data(number=201)
    rows = saturated_atoms.table_rows(d, om.CASES["stationary"], atoms=(1e9,))
    assert rows[0][1] == f"{d['stationary'].linear / 1e9:.2g}"
