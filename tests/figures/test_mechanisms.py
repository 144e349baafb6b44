"""Chapter 13: the drawings show what the mechanism demands."""

import numpy as np
import pytest

import omcore as om
from drawings.mechanisms import backscattering, rotation
from omcore.paper.observables import E_am_peak


def test_negative_rotation_is_the_other_drive_and_its_end_is_the_system_without_the_mode():
    d = rotation.data(angular_velocity=np.array([-1e5, -3e4, 3e4, 1e5]))
    assert d.E_am["whole"][1] == pytest.approx(E_am_peak(om.CASES["ccw"])[1], abs=1e-6)
    _, absent = E_am_peak(
        om.CASES["stationary"], change=lambda s: s.without("undriven"), keep=False
    )
    assert d.E_am["whole"][[0, 3]] == pytest.approx(absent, rel=0.011)


def test_rotation_protects_against_weak_backscattering():
    """Four to six times against a scatterer at rest, eight to eleven relative to each case's own height."""
    d = backscattering.data(strength=np.array([0.1]))
    spread = {case: float(d.spread[case][0]) for case in om.CASES}
    share = {case: spread[case] / d.without[case] for case in om.CASES}
    for case in ("cw", "ccw"):
        assert 4 < spread["stationary"] / spread[case] < 6
        assert 7.5 < share["stationary"] / share[case] < 11


def test_a_rough_rim_moves_the_average_ten_times_less_than_a_scatterer_at_rest():
    d = backscattering.data(strength=np.array([0.1]))
    for case, (mean, low, high) in d.turning.items():
        moved = abs(d.E_am[case] - d.without[case]).max()
        assert 0 < d.without[case] - mean < moved / 10
        assert mean < high < mean + moved / 2 and mean - moved / 2 < low < mean


@pytest.mark.parametrize("case", ["cw", "ccw"])
def test_the_rough_rim_has_no_higher_peak_elsewhere(case):
    strength = np.array([0.1, 0.6])
    p = om.CASES[case].in_omega_m(backscattering=strength)
    mean = lambda q: backscattering.on_the_rim(q).mean(0)
    everywhere = mean(backscattering.highest(p, np.arange(-4, 6, 0.2), mean))
    near = backscattering.data(strength=strength, phases=1).turning[case][0]
    assert near == pytest.approx(everywhere, abs=1e-4) and (near > everywhere - 1e-6).all()


def test_the_scatterer_at_rest_has_the_peaks_that_are_searched_one_by_one():
    d = backscattering.data(strength=np.array([0.35]), phases=3)
    for case, E in d.E_am.items():
        for phase, height in zip(d.phase, E[:, 0], strict=True):
            p = om.CASES[case].in_omega_m(backscattering=0.35).replace(backscattering_phase=phase)
            assert height == pytest.approx(E_am_peak(p)[1], abs=1e-5)
