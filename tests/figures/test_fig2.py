"""Fig. 2: the peaks are right, and the couplings say which reading the paper used."""

import numpy as np
import pytest

import omcore as om
from drawings.fig2 import fig2


def test_fig2_peaks_lie_on_top_of_the_curves(reading):
    d = fig2.data(resolution=301, reading=reading)
    for case in om.CASES:
        position, height = d.peaks[case]
        curve = d.E[case]["a", "m"]
        assert curve.max() <= height <= curve.max() * 1.001
        assert position == pytest.approx(d.detuning[curve.argmax()], abs=0.02)


def test_fig2_entanglement_leaves_the_driven_mode_where_the_atoms_gain_it(reading):
    """Near Delta_a = -omega_m; spinning leaves next to nothing to the undriven mode."""
    d = fig2.data(resolution=401, reading=reading)
    near = abs(d.detuning + 1) < 0.4
    for case in om.CASES:
        assert d.E[case]["driven", "m"][near].min() < 0.7 * d.E[case]["driven", "m"].max()
        assert -1.3 < d.peaks[case][0] < -0.9
    lost = {case: d.E[case]["undriven", "m"][near].max() for case in om.CASES}
    assert max(lost["cw"], lost["ccw"]) < 0.2 * lost["stationary"]
    assert min(d.peaks["cw"][1], d.peaks["ccw"][1]) > 1.6 * d.peaks["stationary"][1]


def test_fig2_only_the_bare_reading_matches_the_couplings_better_when_spinning():
    """The paper's Fig. 2(d)-(f): |G_driven-m| near G_a when spinning, apart at rest."""
    apart = {}
    for reading in om.MEAN_FIELDS:
        balance = fig2.data(resolution=3, reading=reading).balance
        apart[reading] = {case: abs(ratio - 1) for case, ratio in balance.items()}
    bare, consistent = apart["bare-detuning"], apart["self-consistent"]
    assert max(bare["cw"], bare["ccw"]) < bare["stationary"]
    assert min(consistent["cw"], consistent["ccw"]) > consistent["stationary"]


def test_fig2_a_resonator_at_rest_does_not_know_the_direction(reading):
    rest, x = om.CASES["stationary"], np.linspace(-3, 1, 9)
    one = fig2.solution(rest, x, reading)
    other = fig2.solution(rest.replace(drive="cw"), x, reading)
    for pair in fig2.PAIRS:
        assert one.log_negativity(*pair) == pytest.approx(other.log_negativity(*pair), abs=1e-12)
