"""Can it be built: what the drawings show, against the library and against limits."""

import numpy as np
import pytest

import omcore as om
from drawings.feasibility import heavier_disc, overlap, saturated_atoms
from drawings.kit.operating import SCAN
from omcore.assumptions.atoms import overlap_of_cloud


def test_the_curves_at_the_mass_of_the_paper_are_the_peaks_of_fig_1():
    d = heavier_disc.data(resolution=2, scan=161)
    assert d.mass[0] == pytest.approx(om.PAPER.mass)
    Delta = om.PAPER.omega_m * np.linspace(*SCAN, 161)
    for case, q in om.CASES.items():
        E = om.solve(q.replace(Delta_c=Delta)).log_negativity("a", "m")
        assert d.E_am[case][0] == pytest.approx(np.nanmax(E), rel=1e-9)


def test_the_table_is_of_the_case_of_its_parameters():
    d = saturated_atoms.data(number=201)
    rows = saturated_atoms.table_rows(d, om.CASES["stationary"], atoms=(1e9,))
    assert rows[0][1] == f"{d['stationary'].linear / 1e9:.2g}"


def test_the_rows_of_the_clouds_are_the_curve_at_their_overlap():
    d = overlap.data(resolution=5, scan=201)
    (row,) = overlap.table_rows(d, spreads=(100e-9,))
    eta = overlap_of_cloud(om.PAPER, 100e-9)
    assert row[1:3] == [f"{eta:.2f}", f"{np.interp(eta, d.overlap, d.ratio['cw']):.2f}"]
