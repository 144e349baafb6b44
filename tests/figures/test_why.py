"""Chapter 16: the drawings show what the mechanism demands, and can be rendered."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

import omcore as om
from omcore.figures.why import backscattering, links, rotation, two_sides
from omcore.paper.mechanisms import peak


@pytest.mark.parametrize("make", [
    lambda: links.draw(links.data(resolution=3)),
    lambda: two_sides.draw(two_sides.data(resolution=(3, 3))),
    lambda: rotation.draw(rotation.data(angular_velocity=np.array([-3e4, 0.0, 3e4]))),
    lambda: backscattering.draw(backscattering.data(strength=np.array([0.1, 0.2]), phases=2)),
])  # fmt: skip
def test_each_drawing_can_be_rendered_and_is_left_closed(make):
    figure = make()
    assert isinstance(figure, Figure) and not plt.get_fignums()
    figure.canvas.draw()


def test_the_phase_of_the_dark_mode_does_not_matter_and_that_of_the_undriven_does():
    d = links.data(resolution=5)
    assert np.ptp(d.E_am["dark"], axis=1).max() < 1e-6
    assert np.ptp(d.E_am["undriven"], axis=1).min() > 0.05


def test_at_rest_only_the_bright_fraction_counts():
    d = two_sides.data(resolution=(5, 5))
    order = np.argsort(d.bright.ravel())
    b, E = d.bright.ravel()[order], d.E_am.ravel()[order]
    assert (np.diff(E) > -1e-6).all()
    same = np.diff(b) < 1e-9
    assert same.sum() > 5 and np.diff(E)[same].max() < 1e-6


def test_negative_rotation_is_the_other_drive_and_its_end_is_the_system_without_the_mode():
    d = rotation.data(angular_velocity=np.array([-1e5, -3e4, 3e4, 1e5]))
    assert d.E_am["whole"][1] == pytest.approx(peak(om.CASES["ccw"])[1], abs=1e-6)
    _, absent = peak(om.CASES["stationary"], lambda s: s.without("undriven"), keep=False)
    assert d.E_am["whole"][[0, 3]] == pytest.approx(absent, rel=0.011)


def test_rotation_protects_against_weak_backscattering():
    d = backscattering.data(strength=np.array([0.05]), phases=4)
    assert d.spread("stationary") > 6 * max(d.spread("cw"), d.spread("ccw"))
