"""The live figures of the built pages, as a reader meets them: by key and by pointer, large and small, in
the light and in the dark, from a file and from a server."""

import pytest
from built_page import CHAPTERS, DESKTOP, PAGES
from contents import NUMBERED, PROJECTS
from test_pages import soup
from trust.effort import LONG

LIVE = [page for page in CHAPTERS if soup(page).select_one("[data-live]")]
CENTRE = "c => c.scrollIntoView({ block: 'center', behavior: 'instant' })"
CONTROLS = (
    ".live-knob:not([hidden]) input[type=range], input[type=checkbox]:not(.predict *), select"
)
# What is drawn: the curves; of a map, which draws every eighth row first, the numbers of those rows.
DRAWN = """host => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("nothing drawn in 20 s")), 20_000);
    const figure = omcore.figures.all.find(f => f.host === host);
    const coarse = (map) => [...map.filled.keys()].filter(row => row % 8 === 0);
    const numbers = ({ values, filled }, row) => values.slice(row * filled.length, (row + 1) * filled.length);
    const rows = (map) => coarse(map).map(row => numbers(map, row));
    const svg = ".live-panels > div > svg > g:first-child";
    const curves = () => [...host.querySelectorAll(svg)].map(g => g.innerHTML.replace(/live-\\d+/g, ""));
    const look = () => {
        const { shown } = figure, maps = shown.filter(line => line.filled);
        if (!shown.length || maps.some(map => coarse(map).some(row => map.filled[row] < 0)))
            return setTimeout(look, 10);
        const drawn = () => maps.length ? maps.map(m => m.title + rows(m).join()) : curves();
        requestAnimationFrame(() => requestAnimationFrame(() => done(drawn().join())));
    };
    requestAnimationFrame(look);
})"""


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_every_chapter_has_a_figure_to_move(page):
    if page.stem in {*NUMBERED, *PROJECTS, "index", "laboratory"}:
        assert page in LIVE


def press(control):
    """A key: towards the middle, so that there is somewhere to go."""
    kind = control.evaluate("c => c.type")
    if kind == "checkbox":
        return control.press("Space")
    last = "c => c.type === 'range' ? +c.value >= +c.max : c.selectedIndex === c.length - 1"
    back, on = ("ArrowLeft", "ArrowRight") if kind == "range" else ("ArrowUp", "ArrowDown")
    control.press(back if control.evaluate(last) else on)


def drag(slider):
    """The pointer takes the slider where it stands, and moves it to the other half."""
    box = slider.bounding_box()
    share = slider.evaluate("c => (c.value - c.min) / (c.max - c.min)")
    middle = box["y"] + box["height"] / 2
    place = lambda part: (box["x"] + 8 + part * (box["width"] - 16), middle)
    mouse = slider.page.mouse
    mouse.move(*place(share))
    mouse.down()
    mouse.move(*place(0.75 if share < 0.5 else 0.25), steps=3)
    mouse.up()


def choose(select):
    """Another entry of a list: a browser draws the open list outside of the page."""
    values = select.evaluate("s => [...s.options].map(o => o.value)")
    select.select_option(next(v for v in values if v != select.input_value()))


IS_MAP = "host => omcore.figures.all.find(f => f.host === host).shown.some(line => line.filled)"
MOVE = {
    "keys": {"range": press, "checkbox": press, "select-one": press},
    "pointer": {"range": drag, "checkbox": lambda box: box.click(), "select-one": choose},
}


def test_every_control_moves_its_figure_on_a_desk(desk):
    move_controls(desk)


def test_every_control_moves_its_figure_on_a_phone(phone):
    move_controls(phone)


def move_controls(visit):
    """On a desk one half of the controls of a figure, on a phone the other: on one by keys, on the other by
    the pointer; where a map is drawn anew for each, half of the half. With ``make everything`` all by both.
    """
    number, on_phone = PAGES.index(visit.page), visit.size == "phone"
    hands = list(MOVE) if LONG else [list(MOVE)[(number // 4 + on_phone) % 2]]
    article = visit.tab.locator("article")
    figures = article.locator("[data-live]").all()
    inside = sum(figure.locator(CONTROLS).count() for figure in figures)
    assert article.locator(CONTROLS).count() == inside, "a control outside of a live figure"
    for figure in figures:
        figure.scroll_into_view_if_needed()
        figure.evaluate(
            "f => f.querySelectorAll('.live-group details').forEach(d => (d.open = true))"
        )
        start, controls = figure.evaluate(DRAWN), figure.locator(CONTROLS).all()
        step = 1 if LONG else 4 if figure.evaluate(IS_MAP) else 2
        for control in controls[(number + on_phone) % step :: step]:
            control.evaluate(CENTRE)  # not under the bar that stays at the top
            kind = control.evaluate("c => c.type")
            for hand in hands:
                MOVE[hand][kind](control)
                dead = f"dead: {control.evaluate('c => c.outerHTML')}"
                assert figure.evaluate(DRAWN) != start, dead
                figure.get_by_role("button", name="Reset").dispatch_event("click")
        assert figure.evaluate(DRAWN) == start, "not reset"
    assert not visit.went_out()
    assert not visit.errors


# The sliders that cannot be seen with all panels at once, when the figure stands at the top of the window.
OUT_OF_VIEW = """async (host) => {
    const rest = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const inWindow = ({ top, bottom }) => top >= 0 && bottom <= innerHeight + 1;
    const isSeen = (slider) => {
        const box = slider.getBoundingClientRect(), panels = [...host.querySelectorAll(".live-panel")];
        const shown = panels.map((panel) => panel.getBoundingClientRect()).filter((panel) => panel.height);
        const at = (part) => document.elementFromPoint(box.x + part * box.width, box.y + box.height / 2);
        const free = [0.1, 0.9].every((part) => at(part) === slider); // "back to top" may lie on its middle
        return shown.length && free && [box, ...shown].every(inWindow);
    };
    const lost = [];
    for (const slider of host.querySelectorAll("input[type=range]")) {
        if (!slider.checkVisibility({ contentVisibilityAuto: true })) continue; // folded, or of another state
        host.scrollIntoView({ behavior: "instant" });
        slider.scrollIntoView({ block: "nearest", behavior: "instant" });
        for (let n = 0; n < 60 && !isSeen(slider); n++) await rest(); // the list of contents gives way
        if (!isSeen(slider)) lost.push(slider.name);
    }
    return lost;
}"""


def assert_in_view(visit):
    for figure in visit.tab.locator(".live").all():
        figure.evaluate(CENTRE)  # now a map begins to grow
        figure.evaluate(DRAWN)
        assert figure.evaluate(OUT_OF_VIEW) == []


def test_the_panels_and_the_slider_in_hand_are_both_in_view(desk):
    desk.tab.set_viewport_size(DESKTOP | {"height": 800})
    assert_in_view(desk)
    desk.tab.set_viewport_size(DESKTOP)


def test_on_a_phone_they_are_too(phone):
    assert_in_view(phone)


# Where the panels, which stay, cover the numbers or what is folded, while the page is scrolled past a figure.
COVERED = """async (host) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const part = (name) => host.querySelector(`.live-${name}`);
    const place = (name) => part(name).getBoundingClientRect();
    const below = part("stay").contains(part("numbers")) ? ["data"] : ["numbers", "data"], covered = [];
    for (let y = host.getBoundingClientRect().top + scrollY, end = y + host.scrollHeight; y < end; y += 100) {
        scrollTo({ top: y, behavior: "instant" });
        await frame();
        covered.push(...below.filter((name) => place("stay").bottom > place(name).top + 1));
    }
    return covered;
}"""


def test_the_panels_that_stay_cover_nothing(desk):
    desk.tab.set_viewport_size(DESKTOP | {"height": 800})
    for figure in desk.tab.locator(".live").all():
        figure.evaluate(DRAWN)
        assert figure.evaluate(COVERED) == []
    desk.tab.set_viewport_size(DESKTOP)
