"""The live figures of the built pages in a second browser: they draw from a file, and follow a key.

Every slider is moved in Chromium, see test_pages_live.py; here one of each figure, and all of them with
`make everything`.
"""

import os

import pytest
from firefox import ARROW_LEFT, ARROW_RIGHT, NO_FIREFOX, Firefox, firefox
from test_pages import soup
from test_pages_live import LIVE
from trust.effort import LONG

COUNT = "omcore.figures.all.length"
SETTLED = """new Promise(done => {
    const f = omcore.figures.all[%d];
    f.host.scrollIntoView();
    const look = () => {
        const maps = f.shown.filter(line => line.filled);
        if (f.shown.length && maps.every(map => !map.filled.includes(-1)))
            requestAnimationFrame(() => requestAnimationFrame(() => done(f.spec.name)));
        else setTimeout(look, 50);
    };
    look();
})"""
DRAWN = """[...omcore.figures.all[%d].host.querySelectorAll(".live-panels > div > svg > g:first-child")]
    .map(g => g.innerHTML).join("")"""
FOCUS = """(() => {
    const slider = omcore.figures.all[%d].host.querySelectorAll(".live-knob:not([hidden]) [type=range]")[%d];
    slider.closest("details")?.setAttribute("open", ""); // else Firefox gives it no key
    slider.focus();
    return slider.value >= slider.max;
})()"""
SLIDERS = (
    "omcore.figures.all[%d].host.querySelectorAll('.live-knob:not([hidden]) [type=range]').length"
)


@pytest.fixture(scope="module")
def window():
    """A Firefox. Without one the tests are skipped, or fail if OMCORE_REQUIRE_BROWSER=1."""
    path = firefox()
    if path is None:
        give_up = pytest.fail if os.environ.get("OMCORE_REQUIRE_BROWSER") == "1" else pytest.skip
        give_up(NO_FIREFOX)
    window = Firefox(path)
    yield window
    window.close()


@pytest.mark.parametrize("page", LIVE, ids=lambda page: page.stem)
def test_sliders_move_their_figures_in_firefox(window, page):
    window.errors.clear()
    window.go(page.as_uri())
    assert window.ask(COUNT) == len(soup(page).select("[data-live]"))
    for number in range(window.ask(COUNT)):
        name, sliders = window.ask(SETTLED % number), window.ask(SLIDERS % number)
        chosen = (LIVE.index(page) + number) % max(sliders, 1)
        for slider in range(sliders) if LONG else range(sliders)[chosen : chosen + 1]:
            before, picture = window.ask(DRAWN % number), window.picture()
            assert len(before) > 500, f"{name} drew nothing"
            at_its_end = window.ask(FOCUS % (number, slider))
            window.press(ARROW_LEFT if at_its_end else ARROW_RIGHT)
            window.ask(SETTLED % number)
            assert window.ask(DRAWN % number) != before, f"{name}: slider {slider} is dead"
            assert window.picture() != picture, f"{name}: two states, one picture"
    assert window.errors == []
    assert all(request.startswith(("file:", "data:")) for request in window.requests)
