"""What a reader does with a figure by hand, by pointer, by finger and by keyboard alone: drag, zoom, pin and
compare, undo, let it play. In headless Chromium.
"""

import csv
import io
import re
from itertools import pairwise
from urllib.parse import quote, urlencode

import numpy as np
import pytest
from live_page import Visit, page_of
from test_live_noise import OF_EACH_KIND

import omcore as om
from drawings.kit.live import FIELDS, live
from omcore.outputs import OUTPUTS

expect = pytest.importorskip("playwright.sync_api").expect
W = om.PAPER.omega_m
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
RATES = [(name, 0.05, 3, "log") for name in ("kappa", "gamma_a")]
FIGURES = (
    live(("power", 0, 100), "E_am", ["power", "temperature"], axes=FIELDS, outputs=OUTPUTS, name="power"),
    live(("Delta_c", -2.5, 5), "E_am", ["power", "Delta_c"], reading="both", name="curves"),
    live(RATES[0], "R", ["power"], over=RATES[1], name="map"),
    *OF_EACH_KIND,
)  # fmt: skip


page = page_of(*FIGURES, reduced_motion="no-preference")


def grip(page, name, k=0):
    found = page.figure(name).locator(".live-grip:visible").nth(k)
    found.scroll_into_view_if_needed()
    return found


def drag(page, thing, across, up=0, at=None):
    """The pointer takes the middle of a thing, or a place in it, and lets it go so many pixels away."""
    box, mouse = thing.bounding_box(), page.tab.mouse
    x, y = at or (box["width"] / 2, box["height"] / 2)
    mouse.move(box["x"] + x, box["y"] + y)
    mouse.down()
    mouse.move(box["x"] + x + across, box["y"] + y - up, steps=6)
    mouse.up()


def keep(page, name):
    """What stands folded, unfolded."""
    box = page.figure(name).locator(".live-keep")
    if not box.evaluate("d => d.open"):
        box.locator("summary").click()
    return box


def settled(page, part):
    """The address, once it says a thing."""
    page.tab.wait_for_function("part => location.hash.includes(part)", arg=part)
    return page.tab.evaluate("location.hash")


# ---- what is drawn, taken by hand


def test_the_dotted_line_is_dragged_and_sets_its_field(page):
    page.go("#power?")
    drag(page, grip(page, "power"), 60)
    power = page.ask("power", "f.state.set.power")
    pixels = page.ask("power", "[f.state.set.power, ...f.shown[0].axis.values.slice(-1)]")
    width = page.figure("power").locator(".axis").bounding_box()["width"]
    assert power == pytest.approx(om.PAPER.power + 60 / width * pixels[1], abs=1e-3)
    assert float(f"{power * 1e3:.4g}") == pytest.approx(power * 1e3), "four digits"
    line = page.figure("power").locator("g:first-child > .rule").bounding_box()
    box = grip(page, "power").bounding_box()
    assert line["x"] == pytest.approx(box["x"] + box["width"] / 2, abs=1)
    assert page.figure("power").get_by_label("value in mW").input_value() == f"{power * 1e3:.5g}"
    hash = settled(page, "power=")
    page.go("#power?")
    page.go(hash)
    assert page.ask("power", "f.state.set") == {"power": power}
    page.go("#power?")


@pytest.mark.parametrize(
    "key, value",
    [
        ("ArrowRight", 40.5),
        ("ArrowDown", 39.5),
        ("Shift+ArrowUp", 40.05),
        ("PageUp", 45),
        ("Home", 0),
        ("End", 100),
    ],
)
def test_the_line_is_a_slider_for_keys_and_screen_readers(page, key, value):
    page.go("#power?")
    line = grip(page, "power")
    line.press(key)
    assert page.ask("power", "f.state.set.power") == pytest.approx(value * 1e-3)
    assert page.tab.evaluate("document.activeElement.className") == "live-grip", "it stays in hand"
    assert line.get_attribute("aria-label") == om.QUANTITIES["power"].meaning
    assert line.get_attribute("aria-valuetext") == f"{value:g} mW"
    now, low, high = (float(line.get_attribute(f"aria-value{n}")) for n in ("now", "min", "max"))
    assert now == pytest.approx(value) and low <= now <= high
    page.go("#power?")


def test_the_dot_on_a_map_sets_two_fields_by_pointer_and_by_key(page):
    page.filled("map")
    drag(page, grip(page, "map", 1), 40, 30)
    moved = page.ask("map", "f.state.set")
    assert set(moved) == {"kappa", "gamma_a"}
    assert moved["kappa"] > om.PAPER.kappa and moved["gamma_a"] > om.PAPER.gamma_a
    page.go("#map?")
    dot = grip(page, "map")
    dot.press("ArrowUp")
    dot.press("ArrowLeft")
    after = page.ask("map", "f.state.set")
    assert after["gamma_a"] > om.PAPER.gamma_a and after["kappa"] < om.PAPER.kappa
    assert dot.get_attribute("aria-label") == (
        "cavity amplitude decay rate and atomic amplitude decay rate"
    )
    assert re.fullmatch("[\\d.]+ omega m and [\\d.]+ omega m", dot.get_attribute("aria-valuetext"))
    page.go("#map?")


def test_the_lines_of_fig_1b_set_the_detunings(page):
    name = "fig-1b"
    page.go(f"#{name}?")
    start = page.ask(name, "[f.state.set.Delta_c, f.state.set.Delta_a].map((v, k) => v ?? "
                     "omcore.metadata.paper[['Delta_c', 'Delta_a'][k]])")  # fmt: skip
    for k, field in enumerate(["Delta_c", "Delta_a", "Delta_c", "Delta_c"]):
        before = page.ask(name, "f.shown.map(l => l.place)")
        drag(page, grip(page, name, k), -37)
        moved = page.ask(name, "f.state.set")
        assert moved[field] < start[field == "Delta_a"] - 0.1 * W, k
        after = page.ask(name, "f.shown.map(l => l.place)")
        assert [a == b for a, b in zip(after, before, strict=True)] == [
            field == "Delta_c", field == "Delta_a", field == "Delta_a"]  # fmt: skip
        page.go(f"#{name}?")
    found = page.figure(name).locator(".live-grip").evaluate_all("all => all.map(g => g.tabIndex)")
    assert found == [0, 0, -1, -1], "Tab finds each field once"


def test_in_time_the_dotted_line_moves_the_ellipses_and_nothing_else(page):
    page.go("#evolution?")
    of = "f.shown.filter(l => {}l.C).map(l => Array.from(l.y))"
    curves, rings = page.ask("evolution", of.format("!")), page.ask("evolution", of.format(""))
    drag(page, grip(page, "evolution"), -60)
    time = page.ask("evolution", "f.state.set.time")
    assert 0 < time < 5e-7
    page.filled("evolution")
    assert page.ask("evolution", of.format("!")) == curves
    assert page.ask("evolution", of.format("")) != rings
    found = page.python("evolution")["found"]
    shown = page.ask("evolution", "f.shown.filter(l => l.C).map(l => [l.case, l.output, l.C])")
    for case, output, C in shown:
        np.testing.assert_allclose(C, found[case, output], rtol=1e-4, atol=1e-5)
    page.go("#evolution?")


@pytest.fixture
def finger(browser, page, request):
    """A phone, and a swipe that begins on a thing: ((pixels across, down), ...)."""
    with Visit(browser, page.addresses[request.param], **PHONE) as visit:
        touch = visit.context.new_cdp_session(visit.tab)

        def send(kind, *places):
            points = [{"x": x, "y": y} for x, y in places]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            visit.tab.wait_for_timeout(20)

        def swipe(thing, *steps):
            box, before = thing.bounding_box(), visit.tab.evaluate("scrollY")
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            send("touchStart", (x, y))
            for (a, b), (c, d) in pairwise([(0, 0), *steps]):
                for k in range(1, 9):
                    send("touchMove", (x + a + (c - a) * k / 8, y + b + (d - b) * k / 8))
            send("touchEnd")
            visit.tab.wait_for_timeout(300)
            return visit.tab.evaluate("scrollY") - before

        yield visit, swipe
        assert not visit.errors


@pytest.mark.parametrize("finger", ["curves"], indirect=True)
def test_a_finger_drags_the_line_and_a_swipe_that_begins_on_it_scrolls(finger):
    visit, swipe = finger
    line = grip(visit, "curves")
    line.evaluate("c => c.scrollIntoView({ block: 'center', behavior: 'instant' })")
    assert swipe(line, (60, 4)) == 0
    moved = visit.ask("curves", "f.state.set")
    assert moved["Delta_c"] > om.PAPER.Delta_c + 0.3 * W
    assert swipe(line, (5, -150)) > 50
    assert visit.ask("curves", "f.state.set") == moved


@pytest.mark.parametrize("finger", ["map"], indirect=True)
def test_a_finger_drags_the_dot_both_ways(finger):
    visit, swipe = finger
    visit.filled("map")
    dot = grip(visit, "map")
    dot.evaluate("c => c.scrollIntoView({ block: 'center', behavior: 'instant' })")
    assert swipe(dot, (30, 40)) == 0
    moved = visit.ask("map", "f.state.set")
    assert moved["kappa"] > om.PAPER.kappa and moved["gamma_a"] < om.PAPER.gamma_a


# ---- the range of an axis


def fields(page, name):
    return keep(page, name).locator(".live-range:not([hidden]) input")


def test_a_range_is_typed_and_is_in_the_address_the_data_the_drawing_and_the_code(page):
    page.go("#power?")
    low, high = fields(page, "power").all()
    for field, text in ((high, "60"), (low, "12,5")):
        field.fill(text)
        field.press("Enter")
    assert page.ask("power", "f.state.range") == {"power": [12.5, 60]}
    assert page.ask("power", "[f.shown[0].x[0], f.shown[0].x.at(-1)]") == [12.5, 60]
    assert settled(page, "12.5") == "#power?range=power,12.5,60"
    names = page.python("power")
    x, E = names["x"], names["found"]["cw", "self-consistent", "E_am"]
    assert (x[0], x[-1]) == pytest.approx((0.0125, 0.06))
    np.testing.assert_allclose(page.ask("power", "Array.from(f.shown[1].y)"), E, atol=1e-9)
    rows = list(csv.reader(io.StringIO(page.ask("power", "f.csv")[1:])))
    assert float(rows[1][0]) == 12.5 and float(rows[-1][0]) == 60
    keep(page, "power").get_by_role("button", name="Whole axis").press("Enter")
    assert page.ask("power", "f.state.range") == {} and high.input_value() == "100"
    page.go("#power?")


@pytest.mark.parametrize(
    "k, text, why",
    [
        (0, "150", "its first end must lie below the last"),
        (1, "1/2", "no number"),
        (0, "-3", "must not be negative"),
        (0, "99.999", "too near"),
    ],
)
def test_a_range_that_cannot_be_is_refused_with_a_reason(page, k, text, why):
    page.go("#power?")
    field = fields(page, "power").nth(k)
    field.fill(text)
    field.press("Enter")
    said = keep(page, "power").locator(".live-refused").first
    expect(said).to_contain_text(why)
    assert (
        said.inner_text().startswith(f"“{text}” is refused: ")
        and "0 to 100 stays" in said.inner_text()
    )
    assert (
        field.get_attribute("aria-invalid") == "true" and page.ask("power", "f.state.range") == {}
    )
    field.press("Escape")
    expect(said).to_be_empty()


def test_a_drag_along_the_numbers_is_the_axis_and_a_double_click_brings_all_back(page):
    page.go("#power?")
    panel = page.figure("power").locator(".live-panel").first
    panel.scroll_into_view_if_needed()
    box = panel.bounding_box()
    drag(page, panel, 100, at=(box["width"] / 2, box["height"] - 20))
    low, high = page.ask("power", "f.state.range.power")
    assert 40 < low < high < 65 and page.ask("power", "f.shown[0].x[0]") == low
    ticks = panel.locator("text").all_text_contents()
    assert len(set(ticks)) == len(ticks), "each number is told from the next"
    panel.dblclick(position={"x": box["width"] / 2, "y": 60})
    assert page.ask("power", "f.state.range") == {}
    page.go("#map?")
    page.filled("map")
    panel = page.figure("map").locator(".live-panel").first
    panel.evaluate("p => p.scrollIntoView({ block: 'center', behavior: 'instant' })")
    drag(page, panel, 0, 60, at=(20, 150))
    assert list(page.ask("map", "f.state.range")) == ["gamma_a"]
    assert fields(page, "map").nth(2).input_value() != "0.05"
    page.go("#map?")


# ---- pins


PINNED = {"temperature": 0.1, "power": 0.02}


def test_what_is_pinned_stays_thin_behind_what_is_set_and_says_how_it_differs(page):
    page.go("#power?" + urlencode(PINNED))
    before = page.ask("power", "f.shown.map(l => Array.from(l.y))")
    keep(page, "power").get_by_role("button", name="Pin what is drawn").press("Enter")
    page.figure("power").locator("input[name=temperature]").press("Home")
    after = page.ask("power", "f.shown.map(l => [l.pin, Array.from(l.y)])")
    assert [pin for pin, _ in after] == [""] * 3 + ["A"] * 3
    for (_, y), then in zip(after[3:], before, strict=True):
        assert abs(np.nanmax(np.array(y, float)) - np.nanmax(np.array(then, float))) < 1e-4
    drawn = page.figure("power").locator(".live-panel .pinned")
    assert drawn.count() == 3
    colours = "all => all.map((path) => path.getAttribute('stroke'))"
    own = page.figure("power").locator(".live-panel .line")
    assert drawn.evaluate_all(colours) == own.evaluate_all(colours)
    words = page.figure("power").locator(".live-pins").inner_text()
    assert re.match(r"A\s+T\s*=\s*100 mK, P\s*=\s*20 mW", words)
    hash = settled(page, "temperature=0.00005")
    state, drawing = page.ask("power", "f.state"), page.drawn("power")
    page.go("#power?")
    page.go(hash)
    assert page.ask("power", "f.state") == state and page.drawn("power") == drawing
    assert "A" not in page.said("power").split(), "the sentence is of what is set"
    page.figure("power").get_by_role("button", name="Remove A").press("Enter")
    assert page.ask("power", "f.state.pins") == []
    assert page.tab.evaluate("document.activeElement.tagName") == "SUMMARY", "the focus is not lost"
    page.go("#power?")


PINS = {
    "power": "power=0.03&range=power,5,70&y=R&reading=both",
    "curves": "range=Delta_c,-1,3",
    "map": "power=0.03",
    "locus": "power=0.03&range=Delta_c,-1,3",
    "branches": "range=power,2,300",
    "matrix": "power=0.03",
    "noise": "power=0.03",
    "evolution": "time=2e-7&duration=8e-7",
    "fig-1b": "",
    "pair": "range=r,0.5,2",
}
OWN = {
    "evolution": ["n_0=3", "ramp=1e-7&duration=3e-7"],
    "fig-1b": ["Delta_a=-1e7"],
    "pair": ["r=2&transmission=0.6"],
}
SHOWN = """f.shown.map(l => [l.pin, l.case, l.reading, l.output, Number.isInteger(l.branch) ? l.branch : null,
    (l.C ?? l.V ?? l.roots ?? Array.from(l.y ?? l.values)).flat(2), !!l.C])"""


@pytest.mark.parametrize("name", PINS)
def test_the_copied_code_gives_what_is_pinned_and_what_is_set(page, name):
    """Each line that is drawn, to be found in the code under the names that its kind has for it."""
    pins = OWN.get(name, ["power=0.02&omega_m=60000000", "Delta_c=70000000"])
    page.go(f"#{name}?{PINS[name]}" + "&pins=" + ",".join(map(quote, pins)))
    page.filled(name)
    assert page.figure(name).locator(".live-note").inner_text() == ""
    names, shown = page.python(name), page.ask(name, SHOWN)
    assert {pin for pin, *_ in shown} == {"", *"ABC"[: len(pins)]}
    compared = 0
    for pin, case, reading, output, branch, values, _ in shown:
        found = names[f"found_{pin}" if pin else "found"]
        key = case, reading, output, branch
        ways = [key, key[:3], key[:2], (case, output), output]
        here = np.array(values, float).ravel()
        if np.isnan(here).all():  # there is no steady state
            continue
        there = next(found[key] for key in ways if key in found)
        if np.iscomplexobj(there):  # of a pair of eigenvalues either may come first
            there = np.stack([there.real, abs(there.imag)], -1)
            here = np.where(np.arange(here.size) % 2, abs(here), here)
        np.testing.assert_allclose(here, np.ravel(there), rtol=1e-4, atol=1e-5)
        compared += np.isfinite(here).sum()
    assert compared > 3
    page.go(f"#{name}?")


def test_the_file_and_the_drawing_hold_what_is_pinned(page):
    page.go("#power?pins=" + quote("power=0.02"))
    header, *_ = csv.reader(io.StringIO(page.ask("power", "f.csv")[1:]))
    assert len(header) == 13 and sum(name.endswith(", A") for name in header) == 6
    with page.tab.expect_download() as download:
        page.figure("power").get_by_role("button", name="SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.count('class="pinned"') == 3 and "A, thin: P = 20 mW" in text
    page.go("#power?")


def test_the_picture_is_the_sheet_in_twice_as_many_pixels(page):
    page.go("#map?power=0.03")
    page.filled("map")
    with page.tab.expect_download() as download:
        page.figure("map").get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "map.png"
    data = download.value.path().read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    with page.tab.expect_download() as drawing:
        page.figure("map").get_by_role("button", name="SVG").click()
    size = re.search(
        r'width="(\d+)" height="([\d.]+)"', drawing.value.path().read_text(encoding="utf-8")
    )
    width, height = (int.from_bytes(data[k : k + 4], "big") for k in (16, 20))
    assert (width, height) == (2 * int(size[1]), pytest.approx(2 * float(size[2]), abs=2))
    page.go("#map?")


def test_paper_shows_pins_in_words_and_no_button(page):
    page.go("#power?pins=" + quote("power=0.02"))
    page.tab.emulate_media(media="print")
    figure = page.figure("power")
    assert figure.locator(".live-panel .pinned").first.is_visible()
    assert "20 mW" in figure.locator(".live-pins").inner_text()
    unused = figure.locator(".live-grip, button, .live-keep").all()
    assert unused and not any(thing.is_visible() for thing in unused)
    page.tab.emulate_media(media="screen")
    page.go("#power?")


# ---- back


def test_back_undoes_one_change_at_a_time_and_a_drag_is_one(browser, page):
    with Visit(browser, page.addresses["power"], reduced_motion="no-preference") as visit:
        undo = keep(visit, "power").get_by_role("button", name="Undo")
        assert undo.is_disabled()
        length = visit.tab.evaluate("history.length")
        drag(visit, grip(visit, "power"), 60)
        first = visit.ask("power", "f.state.set")
        temperature = visit.figure("power").locator("input[name=temperature]")
        temperature.press("ArrowRight")  # soon after: a change of its own all the same
        settled(visit, "temperature=")
        assert visit.tab.evaluate("history.length") == length + 2
        expect(undo).to_be_enabled()
        undo.press("Enter")
        visit.tab.wait_for_function("() => !location.hash.includes('temperature')")
        assert visit.ask("power", "f.state.set") == first
        visit.tab.go_back()
        assert visit.ask("power", "f.state.set") == {}
        expect(undo).to_be_disabled()
        visit.tab.go_forward()
        assert visit.ask("power", "f.state.set") == first
        assert not visit.errors


# ---- play


def test_a_slider_moves_by_itself_until_the_reader_touches_anything(page):
    page.go("#power?")
    page.figure("power").locator("input[name=temperature]").focus()
    box = keep(page, "power")
    play = box.get_by_role("button", name="Play T")
    play.press("Enter")
    pause = box.get_by_role("button", name="Pause T")
    expect(pause).to_be_visible()
    seen = "n => new Set([n, omcore.figures.all[0].state.set.temperature]).size === 2"
    for _ in range(3):
        page.tab.wait_for_function(seen, arg=page.ask("power", "f.state.set.temperature ?? null"))
    box.get_by_role("button", name="speed 1×").press("Enter")
    expect(pause).to_be_visible()
    expect(box.get_by_role("button", name="speed 2×")).to_be_visible()
    page.tab.keyboard.press("Tab")
    expect(play).to_be_visible()
    still = page.ask("power", "f.state.set.temperature")
    assert page.ask("power", "f.state.set.temperature") == still
    play.press("Enter")
    expect(pause).to_be_visible()
    page.tab.mouse.click(5, 5)
    expect(play).to_be_visible()
    page.go("#power?")


def test_where_less_motion_is_asked_for_it_asks_before_it_plays(browser, page):
    with Visit(browser, page.addresses["power"], reduced_motion="reduce") as visit:
        box = keep(visit, "power")
        box.get_by_role("button", name="Play P").press("Enter")
        expect(visit.figure("power").locator(".live-said")).to_contain_text("Less motion")
        assert visit.ask("power", "f.state.set") == {}
        box.get_by_role("button", name="Play P").press("Enter")
        expect(box.get_by_role("button", name="Pause P")).to_be_visible()
        visit.tab.keyboard.press("Escape")
        assert not visit.errors
