"""Chapter 17: what the drawings show, against the library and against limits."""

import numpy as np
import pytest

import omcore as om
from drawings.feasibility import heavier_disc, laser_line, overlap, saturated_atoms
from drawings.kit.operating import SCAN, with_both_sides
from omcore.assumptions.atoms import overlap_of_cloud
from omcore.assumptions.laser import linewidth_left


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


def test_no_line_leaves_more_than_a_laser_without_noise_or_less_than_at_one_detuning():
    d = laser_line.data(resolution=9)
    for case, q in with_both_sides(om.PAPER).items():
        s = om.solve(laser_line.best(q))
        half = linewidth_left(s) / laser_line.MILLIHERTZ
        left = np.interp(half, d.millihertz, d.E_am[case])
        assert (np.diff(d.E_am[case]) <= 0).all() and d.E_am[case][-1] == 0
        assert d.E_am[case][0] < s.log_negativity("a", "m")
        assert left > 0.49 * s.log_negativity("a", "m")


@pytest.mark.parametrize("reading, there", [("self-consistent", 0.33), ("bare-detuning", 0.30)])
def test_the_curves_cross_where_both_cases_have_the_same(reading, there):
    """The crossing again, from V with the noise in it at a dense set of detunings."""
    d = laser_line.data(reading=reading)
    width = laser_line.crossing(d, "ccw", "both")
    assert width == pytest.approx(there, abs=0.01)
    assert np.isnan(laser_line.crossing(d, "cw", "both")) and laser_line.end(
        d, "cw"
    ) < laser_line.end(d, "both") < laser_line.end(d, "ccw")
    largest = []
    for case in ("ccw", "both"):
        q = with_both_sides(om.PAPER)[case]
        s = om.solve(q.replace(Delta_c=q.omega_m * np.linspace(-1, 4, 2001)), reading)
        s = s[s.stable]
        z = s.mean_field.amplitudes
        w = np.sqrt(2) * np.stack([-z.imag, z.real], -1).reshape(-1, 6)
        w = np.pad(w, ((0, 0), (0, 2)))
        D = s.D + width * laser_line.MILLIHERTZ * w[:, :, None] * w[:, None, :]
        largest.append(om.log_negativity(om.lyapunov(s.A, D), 2, 3).max())
    assert largest[0] == pytest.approx(largest[1], rel=0.02)


def test_the_table_has_a_width_for_each_case_and_reading():
    header, rows = laser_line.table()
    assert len(rows) == 4 and {len(row) for row in rows} == {len(header)} == {7}
    for row in rows:
        assert all(2.0 < float(row[k + 1]) / float(row[k]) < 2.4 for k in (2, 5))
