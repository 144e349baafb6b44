"""A figure on the whole screen, and alone in a frame of another page."""

import html
import re

import pytest
from live_page import Visit, write

from drawings.kit.live import live

FIGURES = [live("Delta_c", "E_am", ["power", "Delta_c"], name=name) for name in ("first", "second")]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    return write(tmp_path_factory.mktemp("show") / "page.html", *FIGURES)


@pytest.fixture
def page(browser, address):
    with Visit(browser, address, viewport={"width": 1280, "height": 900}) as visit:
        yield visit
        assert not visit.errors


ON_SCREEN = "want => !!document.fullscreenElement === want"
LETTERS = (
    "s => s.getBoundingClientRect().width / s.viewBox.baseVal.width"  # how much they are enlarged
)


def test_a_figure_fills_the_screen_with_larger_letters_and_escape_leaves(page):
    svg = page.figure("first").locator(".live-panel svg").first
    assert svg.evaluate(LETTERS) == pytest.approx(1)
    page.button("first", "Full screen").press("Enter")
    page.tab.wait_for_function(ON_SCREEN, arg=True)
    page.tab.wait_for_function(
        f"() => ({LETTERS})(document.querySelector('.live-panel svg')) > 1.4"
    )
    assert page.figure("first").locator("input[type=range]").first.is_visible()
    at = svg.bounding_box()  # the hair stands under the pointer, though the drawing is enlarged
    x = at["x"] + 0.6 * at["width"]
    page.tab.mouse.move(x, at["y"] + 0.4 * at["height"])
    hair = page.figure("first").locator(".cross .rule").bounding_box()
    assert hair["x"] == pytest.approx(x, abs=8)  # a step of the grid
    page.tab.keyboard.press("Escape")
    page.tab.wait_for_function(ON_SCREEN, arg=False)
    page.tab.wait_for_function(
        f"() => ({LETTERS})(document.querySelector('.live-panel svg')) === 1"
    )


def test_the_embed_line_shows_one_figure_in_its_state_and_where_it_is_from(page, browser, address):
    page.go("#second?power=0.03")
    line = page.ask("second", "omcore.show.line(f, location.hash)")
    source = html.unescape(re.search('src="([^"]*)"', line)[1])
    assert source == f"{address}?embed=second#second?power=0.03"
    with Visit(browser, source, viewport={"width": 390, "height": 844}) as alone:
        assert not alone.figure("first").is_visible()
        assert alone.figure("second").locator(".live-panel svg").is_visible()
        assert alone.ask("second", "f.state.set.power") == 0.03
        assert alone.tab.locator(".live-source a").get_attribute("href") == address
        assert alone.tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert not alone.errors


@pytest.mark.parametrize("query", ["", "?embed=nothing"])
def test_a_page_without_that_figure_stays_whole(browser, address, query):
    with Visit(browser, address + query) as visit:
        assert all(visit.figure(one.name).is_visible() for one in FIGURES)
        assert not visit.tab.locator(".live-source").count()
