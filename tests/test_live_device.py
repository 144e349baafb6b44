"""The device above a live figure: what it draws is what omcore computes where the figure is set. In headless
Chromium."""

import re

import numpy as np
import pytest
from live_page import Visit, near, page_of, point, strong, write
from trust.effort import effort

import omcore as om
from drawings.kit import device
from drawings.kit.live import FIELDS, live

STATES = effort(40, 200)
W = om.PAPER.omega_m
ONE = live("Delta_c", "E_am", FIELDS, cases=False, device=True, name="one")
BOTH = {"from both sides": ("stationary", {"counter_drive": 0.5})}
FOUR = live("Delta_c", "E_am", ["power"], extra=BOTH, reading="both", device="ccw", name="four")
UNSTABLE = f"Delta_c={-1.5 * W}"

page = page_of(ONE, FOUR, reduced_motion="no-preference")

# What stands in the drawing: its custom properties, its words, its description.
SHOWN = """(() => {
    const box = f.host.querySelector(".live-device"), all = [...box.querySelectorAll("[data-say]")];
    const number = (key) => [key.slice(2), Number(box.style.getPropertyValue(key))];
    const words = Object.fromEntries(all.map((e) => [e.dataset.say, e.textContent]));
    const sentence = box.querySelector("[role=img]").ariaLabel;
    return [Object.fromEntries([...box.style].map(number)), { ...words, sentence }];
})()"""

# What the eye sees, as the style sheet draws it.
SEEN = """(() => {
    const part = (name) => f.host.querySelector(`.live-device ${name}`);
    const look = (name) => getComputedStyle(part(name));
    const moved = (name) => new DOMMatrix(look(name).transform);
    const across = (name) => part(name).getCTM().e - part("svg.device-lines > path").getCTM().e;
    const width = (link) => [link.classList[1].slice(2), parseFloat(getComputedStyle(link).strokeWidth)];
    const links = [...f.host.querySelectorAll(".link")].map(width);
    const opacity = (name) => Number(look(name).opacity), fill = (name) => Number(look(name).fillOpacity);
    const each = (of) => Object.fromEntries(["ccw", "cw", "a"].map((mode) => [mode, of(mode)]));
    return {
        links: Object.fromEntries(links), rim: moved(".rim").a, arrow: moved(".sense").a,
        quanta: { ccw: opacity(".light.ccw"), cw: opacity(".light.cw"), a: fill(".cloud") },
        laser: { ccw: opacity(".laser.ccw"), cw: opacity(".laser.cw") },
        zero: across(".laser-line"), plus: across(".sideband.plus"), minus: across(".sideband.minus"),
        at: each((mode) => across(`.resonance.${mode} .lead`)),
        filled: each((mode) => fill(`.resonance.${mode} .curve path`) > 0),
    };
})()"""

MOTIONS = """[...f.host.querySelector(".live-device").getAnimations({ subtree: true })].map(motion =>
    [motion.effect.target.classList[0], motion.playbackRate, motion.playState, motion.currentTime])"""


def states():
    """Points of all fields, in both senses, with both drives, some beyond the sliders; readings in turn."""
    rng = np.random.default_rng(20261130)
    for k in range(STATES):
        drive = om.conventions.DRIVES[k % 2]
        far = point(strong(drive, 20), k % 20) if k % 4 == 3 else near(rng, (0.05, 0.3, 0.7)[k % 3])
        values = far | ({"angular_velocity": -far["angular_velocity"]} if k % 8 > 3 else {})
        yield values | {"drive": drive}, om.MEAN_FIELDS[k % 2]


def query(values, reading="self-consistent"):
    given = "&".join(
        f"{name}={value if name == 'drive' else repr(value)}" for name, value in values.items()
    )
    return f"#one?{given}&reading={reading}"


def test_the_drawing_follows_omcore_everywhere(page):
    stable, senses, sides = 0, set(), set()
    for values, reading in states():
        p = om.Parameters(**values)
        numbers, words = device.drawn(p, reading)
        page.go(query(values, reading))
        drawn, said = page.ask("one", SHOWN)
        assert {key: drawn[key] for key in numbers} == pytest.approx(numbers, rel=1e-5, abs=1e-6), (
            values
        )
        assert said == {key: words[key] for key in said}, values
        assert len(said["sentence"].split()) <= 40
        stable += om.solve(p, reading).stable
        senses.add(numbers["sense"])
        sides.add(p.drive)
    assert STATES / 5 < stable < STATES and senses >= {-1, 1} and len(sides) == 2


FURTHER = [{}, {"power": 0.01, "angular_velocity": -2e4}, {"counter_drive": 0.3}]


@pytest.mark.parametrize("given", FURTHER, ids=str)
@pytest.mark.parametrize("case", om.CASES)
def test_what_is_seen_can_be_read_back(page, case, given):
    """By the scales that the page states, and without the functions that draw it."""
    p = om.CASES[case].replace(**given)
    s = om.solve(p)
    assert s.stable or given
    names = ("Delta_c", "drive", "angular_velocity", "power", "counter_drive")
    page.go(query({name: getattr(p, name) for name in names}))
    seen, pull = page.ask("one", SEEN), 0
    if s.stable:
        pull = p.G_0 * s.mean_field.q
        for pair, width in seen["links"].items():
            E = s.log_negativity(*pair.split("-"))
            assert width == pytest.approx(max(60 * E, 0.6) if E else 0, rel=1e-3), pair
        for mode, bright in seen["quanta"].items():
            quanta = abs(s.mean_field.amplitude(mode)) ** 2
            assert 10 ** (6 + 5 * bright) == pytest.approx(max(quanta, 10**6.25), rel=1e-3)
        out = 2 * np.log10(1 + s.mean_field.q)
        breath = 1 + np.log10(2 * s.V[6, 6])
        assert abs(52 * (seen["rim"] - 1) - out) <= breath + 1e-3, "the rim leaves its range"
    unit = seen["plus"] - seen["zero"]
    assert unit == pytest.approx(seen["zero"] - seen["minus"], abs=0.01) and unit > 0
    where = {mode: Delta - pull for mode, Delta in om.cavity_detunings(p).items()} | {
        "a": p.Delta_a
    }
    for mode, rate in where.items():
        assert (seen["at"][mode] - seen["zero"]) / unit == pytest.approx(rate / W, abs=0.01)
    other = om.conventions.opposite(p.drive)
    assert seen["laser"] == {p.drive: 1, other: int(p.counter_drive > 0)}
    assert seen["filled"] == {p.drive: True, other: p.counter_drive > 0, "a": False}
    assert seen["arrow"] == np.sign(p.angular_velocity)


def test_where_there_is_no_steady_state_nothing_of_it_is_drawn(page):
    page.go(f"#one?{UNSTABLE}")
    seen, (_, words) = page.ask("one", SEEN), page.ask("one", SHOWN)
    assert {*seen["links"].values(), *seen["quanta"].values()} == {0} and seen["rim"] == 1
    assert words["rim"] == "unstable: no steady state" and words["none"] == "no steady state"
    assert words["ccw"] == "CCW" and not any(words[f"E-{pair}"] for pair in device.PAIRS)
    assert "No steady state (unstable)" in words["sentence"]
    assert seen["laser"]["ccw"] == 1, "the laser is there"


def test_without_light_there_is_a_steady_state_and_nothing_to_see_of_it(page):
    page.go("#one?power=0")
    seen, (_, words) = page.ask("one", SEEN), page.ask("one", SHOWN)
    assert {*seen["links"].values(), *seen["quanta"].values(), *seen["laser"].values()} == {0}
    assert words["none"] == "" and words["ccw"] == "CCW 0" and words["rim"] == "rim not pushed"
    assert "no laser" in words["sentence"] and "No links" in words["sentence"]


def test_the_ring_turns_with_its_sense_and_speed(page):
    for velocity, rate in ((3e4, 1), (-15e3, -0.5), (0, 0), (1e9, 12)):
        page.go(f"#one?angular_velocity={velocity}")
        rates = {name: rate for name, rate, *_ in page.ask("one", MOTIONS)}
        assert rates["turning"] == pytest.approx(rate) and rates["running"] == 1
        assert rates["rim"] == pytest.approx(W / 2e7)
    page.go("#one?angular_velocity=-3e4")
    places = [
        next(time for name, _, _, time in page.ask("one", MOTIONS) if name == "turning")
        for _ in range(2)
    ]
    assert places[1] < places[0], "backwards"


def test_what_is_not_seen_rests_and_so_does_what_is_held_still(page):
    page.go("#one?")
    playing = lambda: {state for _, _, state, _ in page.ask("one", MOTIONS)}
    awaited = lambda state: page.tab.wait_for_function(
        "state => omcore.figures.all[0].host.querySelector('.live-device').getAnimations({ subtree: true })"
        ".every(motion => motion.playState === state)", arg=state)  # fmt: skip
    button = page.button("one", "Hold still")
    button.scroll_into_view_if_needed()
    awaited("running")
    button.press("Enter")
    assert playing() == {"paused"} and button.get_attribute("aria-pressed") == "true"
    button.press("Space")
    assert playing() == {"running"}
    page.tab.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    awaited("paused")
    page.tab.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    awaited("running")


def test_the_reader_chooses_a_case_by_key_and_its_address_keeps_it(page):
    page.go("#four?")
    box = page.figure("four").locator(".live-device")
    assert page.ask("four", SHOWN)[1]["driven"] == "CCW"
    box.get_by_role("radio", name="CCW driven", exact=True).press("ArrowLeft")
    assert (
        page.ask("four", SHOWN)[1]["driven"] == "CW" and page.ask("four", "f.state.device") == "cw"
    )
    page.tab.wait_for_function("location.hash.includes('device=cw')")
    page.figure("four").get_by_role(
        "checkbox", name="CW driven"
    ).first.click()  # it is drawn no more
    assert page.ask("four", SHOWN)[1]["spin"] == "at rest"
    assert box.get_by_role("radio", name="CW driven", exact=True).is_hidden()
    page.go("#four?device=from both sides&power=0.03")
    words = page.ask("four", SHOWN)[1]
    assert (
        words["laser-ccw"] == words["laser-cw"] == "laser 15 mW"
        and words["role-undriven"] == "driven, too"
    )
    page.go("#four?device=nobody")
    assert "device = nobody" in page.figure("four").locator(".live-note").inner_text()


def test_the_tab_key_leads_through_and_out(page):
    page.go("#four?")
    page.figure("four").get_by_role("radio", name="CCW driven", exact=True).focus()
    inside, stops = "!!document.activeElement.closest('.live-device, .device-scales')", 0
    while page.tab.evaluate(inside):
        page.tab.keyboard.press("Tab")
        stops += 1
        assert stops < 5, "a trap, or too many stops"


def test_nobody_is_talked_to(page):
    """The description is there to be read, and is not spoken at each move."""
    box = page.figure("one").locator(".live-device")
    assert box.locator("[aria-live], [role=status], [role=alert]").count() == 0
    assert box.get_by_role("img").get_attribute("aria-label").startswith("Ring")
    assert box.locator("svg:not([aria-hidden=true])").count() == 0


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write(tmp_path_factory.mktemp("device") / "page.html", ONE, FOUR)


def test_under_reduced_motion_and_on_paper_it_stands_and_tells_the_sense(browser, file):
    with Visit(browser, file, "#one?angular_velocity=-2e4", reduced_motion="reduce") as visit:
        assert visit.ask("one", MOTIONS) == [] and visit.ask("one", SEEN)["arrow"] == -1
        assert visit.button("one", "Hold still").is_hidden()
    with Visit(
        browser, file, "#one?angular_velocity=-2e4", viewport={"width": 390, "height": 844}
    ) as visit:
        visit.tab.emulate_media(media="print")
        assert visit.ask("one", MOTIONS) == [] and visit.ask("one", SEEN)["arrow"] == -1
        assert all(
            view.is_visible() for view in visit.figure("one").locator(".device-views svg").all()
        )


def test_without_scripts_it_stands_as_the_figure_starts(browser, file):
    with Visit(browser, file, java_script_enabled=False) as visit:
        for k, case in enumerate(("given", "ccw")):
            box = visit.tab.locator(".live-device").nth(k)
            _, words = device.drawn(om.CASES["ccw"])
            assert box.get_by_role("img").get_attribute("aria-label") == words["sentence"], case
            for key in ("E-a-m", "ccw", "at-cw", "where"):
                assert box.locator(f"[data-say='{key}']").text_content() == words[key]
            assert box.get_by_role("button").is_hidden()
            assert box.locator(".device-case .live-tick:visible").count() <= 1, (
                "what cannot be chosen"
            )


LETTERS = """(() => {
    const all = [...f.host.querySelectorAll(".live-device svg text")].filter((e) => e.textContent);
    const seen = all.filter((e) => e.getClientRects().length), edge = (e) => e.getBoundingClientRect();
    const beyond = (a, b) =>
        Math.max(b.left - a.left, a.right - b.right, b.top - a.top, a.bottom - b.bottom) > 1;
    const size = (e) => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
    const out = seen.filter((e) => beyond(edge(e), edge(e.closest("svg")))).map((e) => e.textContent);
    return [Math.min(...seen.map(size)), out];
})()"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_its_letters_are_read_on_every_screen(browser, file, width):
    with Visit(browser, file, viewport={"width": width, "height": 800}) as visit:
        box = visit.figure("four").locator(".live-device")
        for query in ("", "Delta_c=0", "Delta_c=9e8", "Delta_c=-9e8"):
            visit.go(f"#four?{query}")
            for view in ("device", "links", "lines"):
                if width < 700:
                    box.get_by_role("radio", name=view, exact=True).check()
                    assert box.locator("svg:visible").count() == 1
                size, outside = visit.ask("four", LETTERS)
                assert size >= 9 and outside == []
        narrow = "document.documentElement.scrollWidth <= innerWidth"
        assert width > 700 or visit.tab.evaluate(narrow), "sideways"
        assert not visit.errors


def test_a_figure_asks_for_it_with_one_word_and_it_weighs_little():
    assert (
        live(device=True).spec["device"] == "stationary"
        and live().spec["device"] == ""
        and not live().beside()
    )
    assert len(live(device=True).beside()) < 20_000
    assert re.findall(r"#[0-9A-Fa-f]{6}", live(device=True).beside()), "colours of the book"
    with pytest.raises(ValueError, match="device = 'moon'"):
        live(device="moon")
