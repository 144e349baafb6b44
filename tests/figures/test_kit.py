"""What the rooms share: looks that differ, labels that fit, cases, and sliders that move the physics."""

import asyncio
import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

import omcore as om
from drawings.kit import sliders, style
from drawings.kit.canvas import Canvas, data
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

START = (om.PAPER, "self-consistent", "Delta_c", "E_am", False)


@pytest.fixture
def explorer(monkeypatch):
    """What a live figure in the Lab has drawn, and its controls: three sliders, three lists, a button."""
    drawn = []

    def draw(self, p, reading, x, y, coarse):
        drawn.append((p, reading, x, y, coarse))
        return Figure()

    monkeypatch.setattr(Live, "draw", draw)
    axes, outputs = ["Delta_c", "power"], ["E_am", "R"]
    figure = live(knobs=["power", "Delta_a", "temperature"], axes=axes, outputs=outputs)
    return drawn, figure.widget().children[0].children


class Pause:
    """What waits for a reader to pause; a test says when."""

    def __init__(self, call):
        self.call, self.waits = call, True

    def cancel(self):
        self.waits = False

    def ends(self):
        if self.waits:
            self.waits = False
            self.call()


@pytest.fixture
def pauses(monkeypatch):
    made = []
    monkeypatch.setattr(sliders, "at_rest", lambda call: made.append(Pause(call)) or made[-1])
    return made


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
    assert drawn[-1] == (om.PAPER.replace(power=0.02), "bare-detuning", "power", "R", False)
    before = len(drawn)
    back.click()
    assert drawn[before:] == [START], "one redraw"


def test_a_moving_slider_is_followed_coarsely_and_what_is_drawn_last_is_exact(explorer, pauses):
    drawn, (power, Delta_a, _, x, *_, back) = explorer
    rng = np.random.default_rng(23)
    for _ in range(60):
        chosen = rng.integers(6)
        if chosen == 0:
            x.value = "power" if x.value == "Delta_c" else "Delta_c"
        elif chosen == 1:
            back.click()
        elif chosen == 2:
            [pause.ends() for pause in pauses]
        else:
            slider = power if chosen == 3 else Delta_a
            before, slider.value = slider.value, rng.choice([-1.5, -0.5, 2.5])
            assert drawn[-1][-1] or slider.value == before, "coarse while it moves"
        assert sum(pause.waits for pause in pauses) == drawn[-1][-1], "one, and only after a move"
    [pause.ends() for pause in pauses]
    moved = {"power": power.value * 1e-3, "Delta_a": Delta_a.value * om.PAPER.omega_m}
    last, _, axis, _, coarse = drawn[-1]
    assert not coarse and axis == x.value
    for name, value in moved.items():
        assert getattr(last, name) == pytest.approx(value), name


def test_a_kernel_draws_exactly_once_its_reader_has_paused(explorer):
    drawn, (power, *_) = explorer

    async def moved():
        for value in (20.0, 30.0):
            power.value = value
        while drawn[-1][-1]:
            await asyncio.sleep(0.01)

    asyncio.run(moved())
    powers = [(p.power, coarse) for p, *_, coarse in drawn[1:]]
    assert powers == [(0.02, True), (0.03, True), (0.03, False)]


def test_a_preset_sets_sliders_and_lists_and_what_has_none_until_the_next(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        Live, "draw", lambda self, p, **chosen: drawn.append((p, chosen)) or Figure()
    )
    w = om.PAPER.omega_m
    presets = {"bright": ({"power": 0.08, "undriven_coupling": 0.0}, ("cw",), "R", ""),
               "lossy": ({"kappa": 2 * w}, ("cw",), None, "")}  # fmt: skip
    figure = live(knobs=["power", "kappa"], outputs=["E_am", "R"], presets=presets)
    hands, row, *_ = figure.widget().children
    *_, y, reading, back = hands.children
    bright, lossy = row.children
    reading.value = "bare-detuning"
    for button, output, changes in (
        (bright, "R", {"power": 0.08, "undriven_coupling": 0.0}),
        (lossy, "E_am", {"kappa": 2 * w}),
        (bright, "R", {"power": 0.08, "undriven_coupling": 0.0}),
        (back, "E_am", {}),
    ):
        before = len(drawn)
        button.click()
        ((p, chosen),) = drawn[before:]  # one redraw
        assert p == om.PAPER.replace(**changes) and not chosen["coarse"]
        assert (y.value, chosen["y"], chosen["reading"]) == (output, output, "self-consistent")


def test_what_cannot_be_drawn_is_said_below_the_figure():
    figure = live(("power", 1, 100), knobs=["kappa"], name="refused")
    widget = figure.widget()
    kappa, *_ = widget.children[0].children
    before = widget.children[1].value
    kappa.min, kappa.value = -1.0, -1.0
    said = widget.children[2].value
    assert "ParameterError" in said and "kappa" in said and widget.children[1].value == before
    kappa.value = 0.5
    assert widget.children[2].value == "" and widget.children[1].value != before


# ---- the canvas of the Lab


def drawing(y, **ends):
    figure = Figure(layout="constrained")
    axes = figure.subplots(1, 2)
    for axis in axes:
        axis.plot([0, 1, 2], y)
        axis.set(xlabel="$x$", **ends)
    return figure


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)), dtype=int)


def test_moving_data_stand_on_the_axes_of_the_last_whole_figure():
    canvas = Canvas()
    first = canvas.whole(drawing([0, 1, 2]))
    ends = canvas.held.axes[0].get_ylim()
    moved = canvas.moving(drawing([0.5, 0.25, 1.5]))
    alone = Canvas().whole(drawing([0.5, 0.25, 1.5], ylim=ends))
    assert (pixels(moved) != pixels(first)).any()
    np.testing.assert_array_equal(pixels(moved), pixels(alone))


def test_the_lines_of_the_start_stay_behind_faint_where_the_axes_are_the_same():
    canvas, start, moved = Canvas(), drawing([0, 1, 2]), drawing([0, 2, 5])
    canvas.whole(start)
    first, ground = canvas.whole(moved), canvas.ground
    faint = [line for line in moved.axes[1].lines if line.get_alpha()]
    assert len(faint) == 1 and list(faint[0].get_ydata()) == [0, 1, 2]
    assert not set(faint) & set(data(moved)), "it is a part of the ground, and not drawn anew"
    assert (pixels(first) != pixels(Canvas().whole(drawing([0, 2, 5])))).any() and ground
    canvas.moving(drawing([0, 1, 4]))
    assert len(canvas.held.axes[0].lines) == 2
    other = drawing([0, 1, 2])
    other.axes[0].set_xlabel("another quantity")
    canvas.whole(other)
    assert [len(axis.lines) for axis in other.axes] == [1, 2]


def test_axes_grow_where_moving_data_have_no_room_and_not_with_every_step():
    canvas = Canvas()
    canvas.whole(drawing([0, 1, 2]))
    canvas.moving(drawing([0, 1, 3]))
    grown = canvas.held
    low, high = grown.axes[0].get_ylim()
    assert high > 3 and low < 0
    canvas.moving(drawing([0, 1, 3.5]))
    assert canvas.held is grown
    canvas.whole(drawing([0, 1, 2]))
    assert canvas.held.axes[1].get_ylim()[1] < 2.2, "exact again"


def test_every_number_of_parameters_has_a_slider():
    numbers = {name for name in om.Parameters.__dataclass_fields__ if name != "drive"}
    assert set(KNOBS) == numbers, "book/drawings/kit/knobs.py has them"
