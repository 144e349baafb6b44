"""What the rooms share: looks that differ, labels that fit, cases, and sliders that move the physics."""

import numpy as np
import pytest
from matplotlib.figure import Figure

import omcore as om
from drawings.kit import sliders, style
from drawings.kit.knobs import KNOBS
from drawings.kit.live import Live, live
from drawings.kit.maps import colour_scale
from drawings.kit.operating import FIG3_CAPTION, points
from drawings.kit.panels import ellipse
from drawings.kit.svg import spread


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

START = (om.PAPER, "self-consistent", "Delta_c", "E_am")


@pytest.fixture
def explorer(monkeypatch):
    """What a live figure in the Lab has drawn, and its controls: three sliders, three lists, a button."""
    drawn = []

    def draw(self, p, reading, x, y):
        drawn.append((p, reading, x, y))
        return Figure()

    monkeypatch.setattr(Live, "draw", draw)
    axes, outputs = ["Delta_c", "power"], ["E_am", "R"]
    figure = live(knobs=["power", "Delta_a", "temperature"], axes=axes, outputs=outputs)
    return drawn, figure.widget().children[0].children


def test_sliders_start_at_the_paper_with_symbol_unit_and_ends_of_the_metadata(explorer):
    drawn, (power, Delta_a, temperature, *_) = explorer
    assert drawn == [START]
    assert power.value == om.PAPER.power * 1e3 and "(\\mathrm{mW})" in power.description
    symbol = om.QUANTITIES["Delta_a"].symbol
    assert Delta_a.value == pytest.approx(-1.1) and symbol in Delta_a.description
    shown = KNOBS["power"].shown
    assert (power.min, power.max, power.step) == (shown.lowest, shown.highest, shown.step)
    decades = np.log10([KNOBS["temperature"].shown.lowest, KNOBS["temperature"].shown.highest])
    assert [temperature.min, temperature.max] == pytest.approx(list(decades))
    assert temperature.value == pytest.approx(5.0)


def test_a_moved_slider_redraws_with_the_moved_parameter_only(explorer):
    drawn, (_, Delta_a, *_) = explorer
    Delta_a.value = -0.5
    assert drawn[-1] == (om.PAPER.replace(Delta_a=-0.5 * om.PAPER.omega_m), *START[1:])


def test_reading_and_axes_can_be_chosen_and_everything_put_back(explorer):
    drawn, (power, _, _, x, y, reading, back) = explorer
    power.value, x.value, y.value, reading.value = 20.0, "power", "R", "bare-detuning"
    assert drawn[-1] == (om.PAPER.replace(power=0.02), "bare-detuning", "power", "R")
    before = len(drawn)
    back.click()
    assert drawn[before:] == [START], "one redraw"


def test_only_a_figure_that_is_quick_follows_during_a_drag(explorer, monkeypatch):
    _, (power, *_) = explorer
    assert power.continuous_update
    monkeypatch.setattr(sliders, "DURING_A_DRAG", 0.0)
    power.value = 20.0
    assert not power.continuous_update


def test_every_number_of_parameters_has_a_slider():
    numbers = {name for name in om.Parameters.__dataclass_fields__ if name != "drive"}
    assert set(KNOBS) == numbers, "book/drawings/kit/knobs.py has them"
