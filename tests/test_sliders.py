"""The sliders of the chapters: labelled from the metadata, and they move the physics."""

import pytest
from matplotlib.figure import Figure

import omcore as om
from omcore.figures.sliders import explore


@pytest.fixture
def explorer():
    drawn, figure = [], Figure()

    def draw(p, reading):
        drawn.append((p, reading))
        return figure

    ranges = {"power": (0.01, 0.06), "Delta_a": (-2, 0), "temperature": (0.001, 1)}
    box = explore(draw, **ranges)
    return drawn, box.children[0].children


def test_sliders_start_at_the_paper_and_carry_symbol_and_unit(explorer):
    drawn, (power, Delta_a, *_) = explorer
    assert drawn == [(om.PAPER, "self-consistent")]
    assert power.value == om.PAPER.power and "(\\mathrm{W})" in power.description
    assert Delta_a.value == pytest.approx(-1.1) and om.QUANTITIES["Delta_a"].symbol in Delta_a.description


def test_a_moved_slider_redraws_with_the_moved_parameter_only(explorer):
    drawn, (_, Delta_a, *_) = explorer
    Delta_a.value = -0.5
    p, _ = drawn[-1]
    assert p == om.PAPER.replace(Delta_a=-0.5 * om.PAPER.omega_m)


def test_the_reading_can_be_chosen_and_everything_put_back(explorer):
    drawn, (power, _, _, reading, back) = explorer
    power.value, reading.value = 0.02, "bare-detuning"
    assert drawn[-1][1] == "bare-detuning" and drawn[-1][0].power == 0.02
    back.click()
    assert drawn[-1] == (om.PAPER, "self-consistent")
