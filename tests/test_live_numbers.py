"""The table of numbers under each live figure, and the sentence for screen readers, in random states."""

import re
from urllib.parse import urlencode

import numpy as np
import pytest
from live_page import page_of
from test_live_chapters import NAMED
from test_live_figures import random_state
from trust.effort import LONG, effort, some

import omcore as om
from drawings.kit.live import FIELDS, live
from omcore.outputs import OUTPUTS

MOST = 40  # words
STATES = effort(3, 12)  # of each figure
LAB_STATES = effort(12, 60)

page = page_of(live("Delta_c", "E_am", FIELDS, axes=FIELDS, outputs=OUTPUTS, name="lab"))


def check(visit, name):
    """The sentence is short, and every curve that is drawn is in the table and in the sentence."""
    words, numbers = visit.said(name), visit.numbers(name)
    assert 3 < len(words.split()) <= MOST, words
    assert words.endswith(".") and not re.search(r"\. [A-Z]", words), "one sentence"
    kind, lines = visit.ask(
        name, "[f.spec.kind, f.shown.filter(l => !l.again).map(l => [l.output, l.case, l.reading])]"
    )
    if kind == "curves":
        assert len(numbers) == len({tuple(line) for line in lines}) == len(lines)
    said = re.search(r"(\d+) curves, ", words)
    if said:
        assert int(said[1]) == len(numbers)
    else:
        assert all(row.split(", ")[-1] in words for row in numbers), (words, numbers)
        assert all(cell in words for cells in numbers.values() for cell in (firsts(cells)))
    return words, numbers


def firsts(cells):
    """The number or the word that a cell begins with."""
    return [re.split(r" (?:at|of) | \d+ without", cell)[0] for cell in cells]


@pytest.mark.parametrize("chapter, name", some(NAMED, 3), ids=":".join)
def test_every_figure_says_all_of_its_curves_in_forty_words(each_page, chapter, name):
    visit, rng = each_page.of((chapter, name)), np.random.default_rng(20261130)
    figure = visit.figure(name)
    check(visit, name)
    sliders = figure.locator("input[type=range]").all()
    for _ in range(STATES if name != "experiment" else 1):
        for slider in rng.choice(len(sliders), size=min(2, len(sliders)), replace=False):
            if sliders[slider].is_visible():
                sliders[slider].press(str(rng.choice(["PageUp", "PageDown", "Home", "End"])))
        check(visit, name)
    figure.get_by_role("button", name="Reset").click()
    assert not visit.errors


def test_any_state_of_the_laboratory_does(page):
    rng, seen = np.random.default_rng(20261201), set()
    page.figure("lab").scroll_into_view_if_needed()
    for k in range(LAB_STATES):
        page.go("#lab?" + urlencode(random_state(rng, k + 1)))
        if page.figure("lab").locator(".live-failure").inner_text():
            continue
        _, numbers = check(page, "lab")
        seen |= {firsts(cells)[0] for cells in numbers.values()}
    assert len(seen) > LAB_STATES / 2
    page.go("#lab?")


def test_a_word_stands_where_there_is_no_number(page):
    page.go("#lab?Delta_c=0")
    numbers = page.numbers("lab")
    stable = {c: om.solve(p.replace(Delta_c=0.0)).stable for c, p in om.CASES.items()}
    titles = {"stationary": "stationary", "cw": "CW driven", "ccw": "CCW driven"}
    for case, title in titles.items():
        assert (numbers[title][0] == "unstable") == (not stable[case])
    page.go("#lab?x=power&power=1")  # beyond the axis
    assert {cells[0] for cells in page.numbers("lab").values()} == {"–"}
    page.go("#lab?y=coupling_atoms")
    assert {cells[1] for cells in page.numbers("lab").values()} == {"0.6 ωₘ"}, "flat: no place"
    page.go("#lab?")


WIDTHS = [(1280, 800), (390, 844), (320, 640)]
HEIGHTS = """name => new Promise(done => {
    const f = omcore.figures.all.find(f => f.spec.name === name), heights = new Set();
    const table = f.host.querySelector(".live-numbers");
    const sliders = [...f.host.querySelectorAll("input[type=range]")];
    const next = () => requestAnimationFrame(() => requestAnimationFrame(step));
    let k = 0;
    const top = (part) => part.getBoundingClientRect().top - f.host.getBoundingClientRect().top;
    function step() { // on a phone the table stands below the controls: there these must stay
        const knobs = Math.round(top(f.host.querySelector(".live-knobs")));
        heights.add(innerWidth > 700 ? table.offsetHeight : knobs);
        const slider = sliders[Math.floor(k / 3)];
        if (!slider) return done([...heights]);
        slider.value = Number(slider.min) + (k++ % 3) / 2 * (slider.max - slider.min);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        next();
    }
    step();
})"""


@pytest.mark.parametrize("chapter, name", some(NAMED, 3), ids=":".join)
def test_the_table_moves_no_slider_while_one_is_moved(each_page, chapter, name):
    visit = each_page.of((chapter, name))
    if name in ("laboratory", "experiment"):
        pytest.skip("the laboratory has the table of its curves; experiments take long")
    number = NAMED.index((chapter, name))
    for width, height in WIDTHS if LONG else [WIDTHS[number // 3 % 3]]:
        visit.tab.set_viewport_size({"width": width, "height": height})
        visit.figure(name).scroll_into_view_if_needed()
        heights = visit.tab.evaluate(HEIGHTS, name)
        assert len(heights) == 1 and heights[0] > 20, (width, heights)
        if width < 1200:  # the theme has room for a wider column
            assert visit.tab.evaluate("document.documentElement.scrollWidth") <= width
        visit.figure(name).get_by_role("button", name="Reset").click()
    visit.tab.set_viewport_size({"width": 1280, "height": 720})
    assert not visit.errors


def test_the_table_follows_a_slider_in_its_frame(page):
    page.go("#lab?")
    before = page.numbers("lab")
    page.figure("lab").locator("input[type=range][name=power]").press("PageUp")
    assert page.numbers("lab") != before
    page.reset("lab")
