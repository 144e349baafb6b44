"""What the rooms share: looks that differ, labels that fit, cases, and sliders that move the physics."""

import time

import numpy as np
import pytest
from matplotlib.figure import Figure

import omcore as om
from omcore.figures.kit import style
from omcore.figures.kit.cases import FIG3_CAPTION, points
from omcore.figures.kit.live import Live, live
from omcore.figures.kit.maps import colour_scale
from omcore.figures.kit.panels import ellipse
from omcore.figures.kit.sliders import explore
from omcore.figures.kit.svg import spread


def test_each_case_and_each_pair_has_a_colour_and_a_line_of_its_own():
    for styles in (style.CASE_STYLES, style.PAIR_STYLES, style.MODE_STYLES):
        for key in ("color", "linestyle", "label"):
            assert len({str(look[key]) for look in styles.values()}) == len(styles)


def test_the_colour_scale_spans_all_panels():
    scale = colour_scale([np.array([0.1, np.nan]), np.array([np.nan]), np.array([0.4, 0.2])])
    assert (scale.vmin, scale.vmax) == (0, 0.4)
    assert colour_scale([np.array([np.nan])]).vmax == 1


def test_labels_are_spread_without_leaving_the_drawing():
    for places in ([100, 100, 100, 100], [380, 385, 5, 8], [50, 200, 210, 300]):
        found = spread(places, 50)
        assert np.diff(np.sort(found)).min() >= 50 - 1e-9
        assert found.min() >= 25 and found.max() <= 365


def test_cases_at_other_detunings_differ_in_nothing_else():
    atoms = {"stationary": -1.5, "cw": -1.1, "ccw": -0.8}
    w = om.PAPER.omega_m
    for case, p in points(om.PAPER, atoms, FIG3_CAPTION).items():
        moved = om.CASES[case].replace(Delta_a=atoms[case] * w, Delta_c=FIG3_CAPTION[case] * w)
        assert p == moved


def test_an_ellipse_of_noise_has_the_variances_of_its_matrix():
    C = np.array([[2.0, 0.6], [0.6, 0.5]])
    curve = ellipse(C, 3601)
    assert (curve.max(0) ** 2) == pytest.approx(np.diag(C), rel=1e-5)


# ---- sliders


@pytest.fixture
def explorer():
    drawn, figure = [], Figure()

    def draw(p, reading):
        drawn.append((p, reading))
        return figure

    box = explore(draw, fields=["power", "Delta_a"], temperature=(1, 1000))
    return drawn, box.children[0].children


def test_sliders_start_at_the_paper_and_carry_symbol_and_unit(explorer):
    drawn, (power, Delta_a, *_) = explorer
    assert drawn == [(om.PAPER, "self-consistent")]
    assert power.value == om.PAPER.power * 1e3 and "(\\mathrm{mW})" in power.description
    assert (
        Delta_a.value == pytest.approx(-1.1)
        and om.QUANTITIES["Delta_a"].symbol in Delta_a.description
    )


def test_ends_and_steps_are_those_of_the_metadata_unless_a_chapter_wants_others(explorer):
    _, (power, _, temperature, *_) = explorer
    shown = om.QUANTITIES["power"].shown
    assert (power.min, power.max, power.step) == (shown.lowest, shown.highest, shown.step)
    assert (temperature.min, temperature.max) == (0, 3), "decades of a logarithmic slider"
    assert temperature.value == pytest.approx(5.0) and temperature.step == pytest.approx(3 / 200)


def test_a_moved_slider_redraws_with_the_moved_parameter_only(explorer):
    drawn, (_, Delta_a, *_) = explorer
    Delta_a.value = -0.5
    p, _ = drawn[-1]
    assert p == om.PAPER.replace(Delta_a=-0.5 * om.PAPER.omega_m)


def test_the_reading_can_be_chosen_and_everything_put_back(explorer):
    drawn, (power, _, _, reading, back) = explorer
    power.value, reading.value = 20.0, "bare-detuning"
    assert drawn[-1][1] == "bare-detuning" and drawn[-1][0].power == 0.02
    before = len(drawn)
    back.click()
    assert drawn[before:] == [(om.PAPER, "self-consistent")], "one redraw"


def test_only_a_figure_that_is_quick_follows_during_a_drag(explorer):
    _, (power, *_) = explorer
    assert power.continuous_update
    slow = explore(lambda p, reading: time.sleep(0.25) or Figure(), fields=["power"])
    assert not slow.children[0].children[0].continuous_update


def test_what_is_drawn_can_be_chosen_and_put_back():
    drawn = []

    def draw(p, reading, y):
        drawn.append(y)
        return Figure()

    box = explore(draw, fields=["power"], choices={"y": ["E_am", "R"]}, start={"y": "E_am"})
    _, y, _, back = box.children[0].children
    y.value = "R"
    back.click()
    assert drawn[0] == "E_am" and "R" in drawn and drawn[-1] == "E_am"


def test_a_live_figure_in_the_lab_follows_its_sliders(monkeypatch):
    drawn = []
    monkeypatch.setattr(Live, "draw", lambda self, p, reading, x: drawn.append((p, x)) or Figure())
    box = live("Delta_c", "E_am", ["power"], axes=["Delta_c", "power"]).widget()
    power, x, _reading, _back = box.children[0].children
    power.value = 20.0
    x.value = "power"
    assert drawn[0] == (om.PAPER, "Delta_c")
    assert drawn[-1] == (om.PAPER.replace(power=0.02), "power")
