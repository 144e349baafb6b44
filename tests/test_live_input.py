"""What comes from outside, a number that is typed, a finger, an address, changes nothing without a word; and
paper shows what was set. In headless Chromium.
"""

import random
import re
from itertools import pairwise
from urllib.parse import quote

import pytest
from live_page import Visit, page_of, write
from test_live_noise import FURTHER

import omcore as om
from drawings.kit.live import FIELDS, PRESETS, live
from omcore.outputs import OUTPUTS

expect = pytest.importorskip("playwright.sync_api").expect

RNG_SEED = 20251130
ADDRESSES = 600  # that are read, of which
DRAWN = 16  # are drawn
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAIR = ["E_am", "E_driven_m"]
MINUS = "-−–—‒‐‑﹣－"
SPACES = "\u00a0\u2009\u202f\u2007 "


RATES = [(name, 0.05, 3, "log") for name in ("kappa", "gamma_a")]
LAB = {"axes": FIELDS, "outputs": OUTPUTS, "presets": PRESETS, "name": "lab"}
FIGURES = (  # the laboratory, curves, a map, and figures of other kinds
    live("Delta_c", "E_am", FIELDS, **LAB),
    live("Delta_c", "E_am", ["power", "Delta_c"], reading="both", name="curves"),
    live(RATES[0], "R", ["power"], over=RATES[1], name="map"),
    live("Delta_a", PAIR, ["power"], cases=False, name="one"),
    *FURTHER,
)
page = page_of(*FIGURES)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with all of them."""
    return write(tmp_path_factory.mktemp("input") / "page.html", *FIGURES)


# ---- numbers


READ = {
    "2,5": 2.5,
    "2.5": 2.5,
    ",5": 0.5,
    "5.": 5,
    "+3": 3,
    "0,125": 0.125,
    "1234,567": 1234.567,
    "1e-3": 1e-3,
    "1,5E+3": 1500,
    "1,5·10^3": 1500,
    "1.5 × 10⁻⁵": 1.5e-5,
    "−1.5×10^−5": -1.5e-5,
    "2*10**3": 2000,
    "10⁻⁵": 1e-5,
    "−10^3": -1000,
    "２．５": 2.5,
    "\u200e2\u200b": 2,
    "-0": 0,
}
READ |= {f"{minus}5": -5 for minus in MINUS} | {f"{minus} 0,5": -0.5 for minus in MINUS}
READ |= {f"1{space}234{space}567,5": 1234567.5 for space in SPACES}
READ |= {f"{space}2.5{space}": 2.5 for space in SPACES}
REFUSED = {
    "1,234": "1.234 or 1234",
    "-12,345": "12.345 or 12345",
    "1,234.5": "more than one point or comma",
    "1.234.567": "more than one point or comma",
    "1.234,5": "more than one point or comma",
    "1e400": "too large",
    "-1e400": "too large",
    "1e-400": "too small",
    "9" * 65: "more than 64 characters",
} | {
    text: "no number"
    for text in ("1/2", "½", "1 2", "12 34", "5-", "--5", "2²", "1.5×105", "20 mW", "5 %", "0x10", "NaN",
                 "Infinity", "1_000", "e5", "1e", "-", ".", "", "1'000", "sqrt 2", "(2)")
}  # fmt: skip


def test_numbers_are_read_as_people_type_them_and_what_is_ambiguous_is_refused(page):
    texts = [*READ, *REFUSED]
    found = page.tab.evaluate("texts => texts.map(omcore.numbers.read)", texts)
    for text, answer in zip(texts, found, strict=True):
        if text in READ:
            assert answer == {"value": READ[text]}, text
        else:
            assert list(answer) == ["why"] and REFUSED[text] in answer["why"], (text, answer)


def test_a_number_as_the_page_writes_it_is_read_again(page):
    rng = random.Random(RNG_SEED)
    values = [rng.choice((-1, 1)) * 10 ** rng.uniform(-30, 30) for _ in range(300)]
    found = page.tab.evaluate(
        "all => all.map(v => [omcore.labels.number(v, 6), String(v)].map(omcore.numbers.read))",
        values,
    )
    for value, (written, plain) in zip(values, found, strict=True):
        assert written["value"] == pytest.approx(value, rel=1e-5)
        assert float(plain["value"]) == value


@pytest.mark.filterwarnings("ignore::omcore.conventions.UnitWarning")
def test_what_omcore_refuses_a_field_refuses(page):
    values = [-2, -1e-9, 0, 0.5, 1, 1.5, 1e50, 1.1e50, -1.1e50]
    for name in FIELDS:
        refusals = "([name, all]) => all.map(value => omcore.refusal(name, value))"
        found = page.tab.evaluate(refusals, [name, values])
        for value, why in zip(values, found, strict=True):
            try:
                om.PAPER.replace(**{name: value})
            except om.ParameterError:
                assert why
            else:
                assert not why, (name, value)


def typed(visit, meaning, text):
    """What becomes of a text in a field of the laboratory: (its text, its state, what is said of it)."""
    field = visit.figure("lab").get_by_label(meaning)
    field.fill(text)
    field.press("Enter")
    said = visit.tab.locator("#" + field.get_attribute("aria-describedby"))
    assert said.get_attribute("role") == "status"
    return field, visit.ask("lab", "f.state.set"), said


POWER = "power of the driving laser, value in mW"
KAPPA = "cavity amplitude decay rate, value in omega m"
FRACTION = "fraction of the power that comes from the other side, value"


@pytest.mark.parametrize(
    "text, power", [("2,5", 2.5), ("250", 250), ("1,5·10^1", 15), ("0", 0), ("1 000", 1000)]
)
def test_a_field_takes_a_number_and_shows_it(page, text, power):
    field, state, said = typed(page, POWER, text)
    assert state == {"power": pytest.approx(power * 1e-3, rel=1e-14)}
    assert float(field.input_value()) == power and said.inner_text() == ""
    assert field.get_attribute("aria-invalid") is None
    page.reset("lab")


@pytest.mark.parametrize(
    "meaning, text, reason",
    [
        (POWER, "−5", "power of the driving laser must not be negative"),
        (POWER, "1/2", "no number"),
        (POWER, "1,234.5", "more than one point"),
        (POWER, "1e400", "too large"),
        (POWER, "1e60", "must not exceed 1e+50 in SI units"),
        (KAPPA, "-5", "cavity amplitude decay rate must be positive"),
        (KAPPA, "0", "must be positive"),
        (FRACTION, "1,5", "must lie between 0 and 1"),
    ],
)
def test_what_is_refused_stays_to_be_put_right_and_is_said(page, meaning, text, reason):
    before = page.drawn("lab")
    field, state, said = typed(page, meaning, text)
    assert state == {} and page.drawn("lab") == before
    assert said.is_visible() and said.inner_text().startswith(f"“{text}” is refused: ")
    assert reason in said.inner_text() and re.search(r" stays\.$", said.inner_text())
    assert field.get_attribute("aria-invalid") == "true" and field.input_value() == text
    page.figure("lab").locator("input[name=temperature]").press("ArrowRight")
    page.drawn("lab")
    assert field.input_value() == text, "another slider does not take the word back"
    field.press("Escape")
    assert said.inner_text() == "" and field.get_attribute("aria-invalid") is None
    typed(page, meaning, text)
    page.reset("lab")
    assert said.inner_text() == "" and field.input_value() != text


def test_an_empty_field_shows_its_value_again(page):
    field, state, said = typed(page, POWER, "")
    assert state == {} and said.inner_text() == "" and field.input_value() == "40"


def test_arrows_step_a_field_as_its_slider_and_the_wheel_changes_nothing(page):
    lab = page.figure("lab")
    field, slider = lab.get_by_label(POWER), lab.locator("input[name=power]")
    for key in ("ArrowUp", "ArrowDown", "Shift+ArrowUp", "PageUp", "PageDown"):
        values = []
        for control in (field, slider):
            control.press(key)
            values.append(page.ask("lab", "f.state.set.power"))
            page.reset("lab")
        assert values[0] == values[1] != om.PAPER.power
    field.fill("2,5")
    field.press("ArrowUp")  # from what was typed
    assert page.ask("lab", "f.state.set.power") == pytest.approx(3e-3)
    field.fill("1/2")
    field.press("ArrowUp")
    assert page.ask("lab", "f.state.set.power") == pytest.approx(3e-3)
    field.fill("250")  # beyond the slider
    field.press("ArrowUp")
    assert page.ask("lab", "f.state.set.power") == pytest.approx(0.25)
    before = page.ask("lab", "f.state.set")
    for control in (field, slider):
        control.focus()
        control.hover()
        for way in (120, -120):
            page.tab.mouse.wheel(0, way)
    page.tab.wait_for_timeout(100)
    assert page.ask("lab", "f.state.set") == before
    page.reset("lab")


def test_fields_are_text_with_a_decimal_keyboard(page):
    kinds = "all => all.map(i => [i.type, i.inputMode])"
    found = page.tab.eval_on_selector_all(".live-number input", kinds)
    assert len(found) >= len(FIELDS) and all(kind == ["text", "decimal"] for kind in found)


# ---- fingers


@pytest.fixture
def touch(browser, page):
    """A phone, and what moves a finger from a slider: (state, pixels that the page has scrolled)."""
    with Visit(browser, page.addresses["lab"], **PHONE) as visit:
        visit.tab.wait_for_function("() => document.querySelector('.live-words').textContent")
        slider = visit.figure("lab").locator("input[name=power]")
        slider.evaluate("c => c.scrollIntoView({ block: 'center', behavior: 'instant' })")
        finger = visit.context.new_cdp_session(visit.tab)

        def send(kind, *places):
            points = [{"x": x, "y": y} for x, y in places]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            visit.tab.wait_for_timeout(20)

        def swipe(*steps, ends="touchEnd"):
            box, before = slider.bounding_box(), visit.tab.evaluate("scrollY")
            x, y = box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"]
            send("touchStart", (x, y))
            for (a, b), (c, d) in pairwise([(0, 0), *steps]):
                for k in range(1, 9):
                    send("touchMove", (x + a + (c - a) * k / 8, y + b + (d - b) * k / 8))
            send(ends)
            visit.tab.wait_for_timeout(300)
            assert not visit.errors
            return visit.ask("lab", "f.state.set"), visit.tab.evaluate("scrollY") - before

        yield visit, swipe


@pytest.mark.parametrize("across", [0, 10, -30])
def test_a_swipe_that_begins_on_a_slider_scrolls_and_sets_nothing(touch, across):
    visit, swipe = touch
    before = visit.figure("lab").locator("input[name=power]").input_value()
    state, scrolled = swipe((across, -150))
    assert state == {} and scrolled > 50
    assert visit.figure("lab").locator("input[name=power]").input_value() == before


def test_a_finger_along_a_slider_sets_it_and_a_tap_too(touch):
    _, swipe = touch
    state, scrolled = swipe((-100, 5))
    assert 0.01 < state["power"] < 0.075 and scrolled == 0
    state, scrolled = swipe()
    assert state["power"] == pytest.approx(0.08, abs=3e-3) and scrolled == 0


def test_a_gesture_that_is_cancelled_brings_the_old_value_back(touch):
    visit, swipe = touch
    assert swipe((-100, 0), ends="touchCancel") == ({}, 0)
    visit.figure("lab").get_by_label(POWER).fill("30")
    visit.figure("lab").get_by_label(POWER).press("Enter")
    assert swipe((-100, 0), ends="touchCancel")[0] == {"power": 0.03}


# ---- addresses


NAMES = "curves map lab one noise fig-1b pair nobody __proto__".split()
NAMES.append("")
KEYS = "x y over reading cases drive set range pins kind r n_0 __proto__ constructor".split()
KEYS += ["", *FIELDS]
WORDS = [
    *OUTPUTS,
    *om.CASES,
    *om.MEAN_FIELDS,
    *FIELDS,
    "both",
    "given",
    "",
    ",",
    "toString",
    "\u202e",
]
WORDS += ["<img src=x onerror=alert(1)>", "%00", "a" * 500, "9" * 300]
WORDS += "1e400 NaN 1/2 -1 0 1e-320 1e50 -1e50 1,5 1e60".split()


def random_query(rng):
    said = lambda: ",".join(rng.choices(WORDS, k=rng.choice((1, 1, 1, 2, 3))))
    number = lambda: repr(rng.choice((-1, 1, 1)) * 10 ** rng.uniform(-12, 12))
    raw = lambda text: text if rng.random() < 0.2 else quote(text, safe=",")
    wrong = lambda: f"{rng.choice(KEYS)}={raw(rng.choice((said, number))())}"
    right = lambda: f"{rng.choice(FIELDS)}={10 ** rng.uniform(-12, 0)}"
    end = lambda: rng.choice((0, 1, 1e-3, rng.uniform(-10, 100), 10 ** rng.uniform(-12, 60)))
    some = lambda say: ",".join(say() for _ in range(rng.choice((1, 1, 2, 8))))
    reach = lambda: "range=" + some(lambda: f"{rng.choice([*FIELDS, 'r'])},{end()},{end()}")
    pins = lambda: "pins=" + some(lambda: quote(rng.choice((right, wrong))()))
    kinds = (wrong, wrong, right, right, reach, pins)
    return "&".join(rng.choice(kinds)() for _ in range(rng.choice((1, 2, 3, 8))))


def random_address(rng):
    """An address of which some parts are right and some are wrong; a few are noise."""
    if rng.random() < 0.1:
        return "#" + "".join(rng.choices("lab?;&=,%#x./1e\u00e9🙂", k=rng.randint(1, 400)))
    names = rng.choices(NAMES, k=rng.choice((1, 1, 1, 2, 5)))
    return "#" + ";".join(f"{name}?{random_query(rng)}" for name in names)


CHECKED = """hashes => {
    const { state, figures } = omcore, specs = figures.all.map(f => f.spec), names = specs.map(s => s.name);
    const some = (list, of) =>
        list.length && new Set(list).size === list.length && list.every(name => of.includes(name));
    const known = (spec, name) => Object.hasOwn(spec.quantities ?? omcore.metadata.paper, name);
    return hashes.map(hash => {
        const { queries, left } = state.parts(hash, names), wrong = [];
        for (const spec of specs) {
            const found = state.read(spec, queries.get(spec.name)), s = found.state;
            left.push(...found.left);
            const good = [
                [...spec.axes, spec.x[0]].includes(s.x),
                s.over === "" || s.over !== s.x,
                spec.y.length === 0 || some(s.y, spec.y) || s.y.length === 1 && spec.outputs.includes(s.y[0]),
                some(s.cases, spec.cases),
                String(Object.keys(s)) === String(Object.keys(omcore.lines.startOf(spec))),
                s.view === spec.kind || Object.hasOwn(spec.views ?? {}, s.view),
                Object.getPrototypeOf(s.set) === Object.prototype,
                s.pins.length <= 6,
                [s.set, ...s.pins].flatMap(Object.entries).every(([name, v]) => name === "drive"
                    ? ["cw", "ccw"].includes(v) : known(spec, name) && omcore.refusal(name, v) === ""),
                Object.entries(s.range).every(([name, [low, high]]) => low < high
                    && state.ranged(spec).includes(name)
                    && [low, high].every((v) => omcore.refusal(name, v * omcore.factor(name)) === "")),
            ];
            const again = state.read(spec, state.write(spec, s));
            const same = (key) => JSON.stringify(again.state[key]) === JSON.stringify(s[key]);
            good.push(again.left.length === 0 && ["y", "range", "pins"].every(same)
                && state.write(spec, again.state) === state.write(spec, s));
            if (good.includes(false) || good.includes(0)) wrong.push([spec.name, good, s]);
        }
        return { wrong, left, size: Math.max(0, ...left.map(text => text.length)) };
    });
}"""


@pytest.fixture(scope="module")
def addresses():
    rng = random.Random(RNG_SEED)
    many = ["#lab?y=" + ",".join(rng.choices(list(OUTPUTS), k=250)), "#" + "lab?power=1;" * 250,
            "#lab?" + "power=1&" * 900, "#lab?power=" + "1" * 100_000]  # fmt: skip
    return many + [random_address(rng) for _ in range(ADDRESSES)]


def test_every_address_gives_a_state_that_the_controls_could_give(browser, address, addresses):
    with Visit(browser, address) as visit:
        found = visit.tab.evaluate(CHECKED, addresses)
    assert [answer["wrong"] for answer in found if answer["wrong"]] == []
    said = [answer["left"] for answer in found]
    assert sum(map(bool, said)) > ADDRESSES / 2, "most have something wrong"
    assert sum(not left for left in said) > 10, "and some have not"
    assert max(answer["size"] for answer in found) < 400


SAID = """() => omcore.figures.all.filter(f => f.state.over === "").every(({ host }) => {
    const [failure, words] = ["failure", "words"].map(n => host.querySelector(`.live-${n}`).textContent);
    return Boolean(failure) !== Boolean(words) && host.querySelectorAll(".live-panel").length < 10;
})"""


def test_whatever_an_address_says_a_figure_draws_or_says_why_not(browser, address, addresses):
    with Visit(browser, address) as visit:
        for hash in addresses[:DRAWN]:
            visit.go(hash)
            visit.drawn("lab")
            visit.tab.wait_for_function(SAID)
            assert not visit.errors, hash


@pytest.mark.parametrize(
    "query, why",
    [
        ("y=E_am,R", "the figure draws one of them at a time"),
        ("y=" + ",".join(["R"] * 250), "the figure draws one of them at a time"),
        ("y=E_xx", "does not draw “E_xx”"),
        ("power=-1", "must not be negative"),
        ("power=1&power=2", "given twice"),
        ("kappa=0", "must be positive"),
        ("speed=3", "does not know it"),
        ("x=nonsense", "does not offer it"),
        ("x=power&over=power", "along the axis already"),
        ("range=power,50,10", "its first end must lie below the last"),
        ("range=power,-1,10", "must not be negative"),
        ("range=kappa,0,1", "must be positive"),
        ("range=r,0,1", "is no axis that has a range"),
        ("range=power,1", "no number"),
        ("pins=kappa%3D0", "holds more than values"),
        ("pins=x%3Dkappa", "holds more than values"),
        ("pins=,,,,,,", "6 are kept"),
    ],
)
def test_what_is_wrong_in_an_address_is_left_out_with_a_word(page, query, why):
    page.go(f"#lab?{query}")
    note = page.figure("lab").locator(".live-note")
    expect(note).to_contain_text(why)
    assert note.is_visible() and note.get_attribute("role") == "status"
    said = note.inner_text()
    assert said.startswith("Left out of the address: ") and len(said) < 250
    assert page.drawn("lab") and page.figure("lab").locator(".live-panel .line").count() == 3
    page.figure("lab").locator("input[name=temperature]").press("ArrowRight")
    expect(note).to_be_empty()  # it has been read
    page.go("#lab?")


def test_a_figure_that_nobody_knows_is_named_once(browser, address):
    with Visit(browser, address, "#labratory?power=0.1;lab?power=0.01") as visit:
        notes = visit.tab.locator(".live-note").all_inner_texts()
        assert "no figure of this page is called “labratory”" in notes[0] and not any(notes[1:])
        assert visit.ask("lab", "f.state.set") == {"power": 0.01}
        visit.figure("lab").locator("input[name=power]").press("PageUp")
        visit.tab.wait_for_function("() => location.hash === '#lab?power=0.015'")


def test_a_figure_that_has_failed_says_so_and_nothing_else(browser, page):
    with Visit(browser, page.addresses["lab"], "#lab?") as visit:
        lab = visit.figure("lab")
        words, failure = lab.locator(".live-words"), lab.locator(".live-failure")
        expect(words).not_to_be_empty()
        visit.go("#lab?omega_m=1e50")
        expect(failure).to_contain_text("No numbers here: ")
        expect(words).to_be_empty()
        assert not lab.locator(".live-panel").first.is_visible()
        lab.get_by_role("button", name="CSV").click()
        assert "nothing to save" in lab.locator(".live-said").inner_text()
        lab.get_by_role("button", name="Reset").click()
        expect(failure).to_be_empty()
        expect(words).not_to_be_empty()
        assert not visit.errors


# ---- paper


def test_paper_shows_what_was_set_and_where_nothing_was_the_authors_picture(browser, address):
    with Visit(browser, address, "#lab?power=0.03;map?power=0.01") as visit:
        typed(visit, POWER, "3,5")
        visit.tab.evaluate("dispatchEvent(new Event('beforeprint'))")  # the map was not seen yet
        visit.tab.emulate_media(media="print")
        for name, is_moved in (("curves", False), ("lab", True), ("map", True)):
            figure = visit.figure(name)
            assert figure.locator("img.live-static").is_visible() != is_moved
            assert figure.locator(".live-panel").first.is_visible() == is_moved
            unused = figure.locator("[type=range], button, details:not(.live-group details)").all()
            assert not any(control.is_visible() for control in unused)
        assert visit.figure("lab").get_by_label(POWER).is_visible()
        assert visit.figure("lab").get_by_label(POWER).input_value() == "3.5"
        assert "nowhere" not in visit.figure("map").locator(".live-numbers").inner_text()
        assert visit.figure("map").locator(".live-numbers").is_visible()
        filled = visit.ask("map", "f.shown.map(map => map.filled.includes(-1))")
        assert filled == [False] * 3
        assert not visit.errors


def test_a_figure_that_is_folded_away_is_drawn_for_paper(browser, tmp_path):
    address = write(tmp_path / "page.html", live(knobs=["power"], name="curves"))
    file = tmp_path / "page.html"
    fold = {"<body>": "<body><div hidden>", "</body>": "</div></body>"}
    text = re.sub("</?body>", lambda tag: fold[tag[0]], file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    with Visit(browser, address, "#curves?power=0.03") as visit:
        assert not visit.figure("curves").is_visible()
        assert visit.tab.locator(".live-panel .line").count() == 3
        assert not visit.errors
