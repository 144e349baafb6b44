"""A live figure with an output drawn once more, on a logarithmic axis, as in Fig. 5. In headless Chromium."""

import csv
import io

import numpy as np
import pytest
from live_page import page_of

import omcore as om
from drawings.kit.curves import DECADES
from drawings.kit.live import live

HEAT = live(
    ("temperature", 1, 4000), [["E_am"], ["R"]], ["power", "gamma_m", "Delta_c"], logs=["R"],
    reading="both", name="heat",
)  # fmt: skip
LINES = """f.shown.map(l => [l.panel, l.case, Array.from(l.y)])"""


page = page_of(HEAT)


def logarithmic(page):
    """The panels whose axis is logarithmic, as (panel, the paths of its curves)."""
    panels = page.figure("heat").locator(".live-panel").all()[4:]
    return [(panel, panel.locator(".line").all()) for panel in panels]


def test_there_are_three_rows_in_both_readings(page):
    panels = list(dict.fromkeys(panel for panel, *_ in page.ask("heat", LINES)))
    assert len(panels) == page.figure("heat").locator(".live-panel").count() == 6
    assert [name.endswith("logarithmic") for name in panels] == [False] * 4 + [True] * 2


def test_a_curve_ends_where_it_becomes_zero_and_runs_along_no_floor(page):
    page.go("#heat?")
    drawn = [values for panel, _, values in page.ask("heat", LINES) if "logarithmic" in panel]
    paths = [path for _, paths in logarithmic(page) for path in paths]
    assert len(paths) == len(drawn) == 6
    for path, values in zip(paths, np.array(drawn), strict=True):
        (piece,) = path.get_attribute("d").split("M")[1:]
        points = [list(map(float, p.replace("h0.01", "").split())) for p in piece.split("L")]
        assert len(points) == (values > 0).sum() < len(values), "one point for each positive number"
        heights = np.array(points)[:, 1]
        assert (np.diff(heights) > -0.11).all(), "it falls, and a floor would be flat"
        assert len(set(heights[-3:])) == 3


def test_the_axis_has_whole_decades_and_stays(page):
    page.go("#heat?")
    for panel, _ in logarithmic(page):
        words = panel.locator("svg text").all_text_contents()
        assert {"0.1", "0.01", "0.001", "10⁻⁴", "10⁻⁵", "10⁻⁶", "10⁻⁷"} <= set(words)
    assert DECADES == 6


def test_without_light_nothing_is_drawn_and_without_a_steady_state_it_is_hatched(page):
    page.go("#heat?power=0")
    for panel, paths in logarithmic(page):
        assert [path.get_attribute("d") for path in paths] == [""] * 3
        assert panel.locator("rect.unstable").count() == 0
    page.go("#heat?Delta_c=0")
    unstable = [not om.solve(p.replace(Delta_c=0.0)).stable for p in om.CASES.values()]
    assert any(unstable)
    panel, paths = logarithmic(page)[0]
    assert panel.locator("rect.unstable").count() == sum(unstable)
    assert [path.get_attribute("d") == "" for path in paths] == unstable
    page.go("#heat?")


def test_the_pointer_says_zero_and_puts_no_dot_there(page):
    tabs = page.figure("heat").locator(".live-tabs button")
    tabs.nth(4).click()  # six panels are seen one at a time
    panel, _ = logarithmic(page)[0]
    panel.scroll_into_view_if_needed()
    box = panel.bounding_box()
    page.tab.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    assert "stationary: 0\n" in panel.locator(".live-values").inner_text() + "\n"
    marks = panel.locator(".mark").all()
    assert len(marks) == 2, "the spinning ones are above zero"
    assert all(np.isfinite(float(mark.get_attribute("cy"))) for mark in marks)


def test_nothing_is_said_or_saved_twice(page):
    page.go("#heat?")
    assert len(page.numbers("heat")) == 12 and page.said("heat").count("12 curves") == 1
    header, *rows = csv.reader(io.StringIO(page.ask("heat", "f.csv")))
    assert len(header) == len(set(header)) == 1 + 12 + 6  # E and R of a case share its status
    assert len(rows) == page.ask("heat", "f.shown[0].x.length")


def test_the_lab_draws_the_same_and_leaves_zeros_out():
    drawing = HEAT.draw(om.PAPER)
    assert [axis.get_yscale() for axis in drawing.axes] == ["linear", "linear", "log"]
    above, below = drawing.axes[1:]
    assert below.get_ylim() == pytest.approx((1e-7, 0.1))
    for linear, logarithmic in zip(above.lines, below.lines, strict=True):
        zero = linear.get_ydata() == 0
        assert zero.any() and (np.isnan(logarithmic.get_ydata()) == zero).all()
    dark = HEAT.draw(om.PAPER.replace(power=0.0)).axes[2]
    assert all(np.isnan(line.get_ydata()).all() for line in dark.lines)
