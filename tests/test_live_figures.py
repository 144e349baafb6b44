"""A live figure keeps its promises: in headless Chromium, from a file, without a network."""

import csv
import io
import json
import re
from urllib.parse import urlencode

import numpy as np
import pytest
from live_page import Visit, page_of, write
from trust.effort import effort

import omcore as om
from drawings.kit.knobs import KNOBS
from drawings.kit.live import FIELDS, PRESETS, live
from drawings.kit.style import CASE_TITLES
from omcore.assumptions.glass import derived_shift
from omcore.outputs import OUTPUTS
from omcore.stability import eigenvalues

STATES = effort(20, 50)  # of "copy as Python", of which
MAPS = effort(3, 6)  # are maps
RNG_SEED = 20251125


RATES = [(name, 0.05, 3, "log") for name in ("kappa", "gamma_a")]
FIGURES = (  # curves in both readings, a map, a single case, and the laboratory
    live(("Delta_c", -2.5, 5), "E_am", ["power", "Delta_c"], reading="both", name="curves"),
    live(RATES[0], "R", ["power"], over=RATES[1], p=om.PAPER.in_omega_m(Delta_a=-1)),
    live("Delta_a", ["E_am", "E_driven_m"], ["power"], cases=False, name="one"),
    live("Delta_c", "E_am", FIELDS, axes=FIELDS, outputs=OUTPUTS, presets=PRESETS, name="lab"),
)
page = page_of(*FIGURES)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with all of them."""
    return write(tmp_path_factory.mktemp("live") / "page.html", *FIGURES)


@pytest.fixture(scope="module")
def whole(browser, address):
    with Visit(browser, address) as visit:
        yield visit
        assert not visit.errors


def test_every_figure_draws_its_curves_and_the_picture_gives_way(page):
    for name, panels, lines in (("curves", 2, 6), ("one", 1, 2), ("lab", 1, 3)):
        figure = page.figure(name)
        assert figure.locator(".live-panel svg").count() == panels
        paths = figure.locator(".live-panel .line")
        assert paths.count() == lines
        assert all(len(path.get_attribute("d")) > 500 for path in paths.all())
        assert not figure.locator("img.live-static").is_visible()


def test_without_scripts_the_picture_stands(browser, address):
    with Visit(browser, address, java_script_enabled=False) as visit:
        pictures = visit.tab.locator("img.live-static")
        assert pictures.count() == 4
        assert all(picture.is_visible() for picture in pictures.all())


# ---- controls


ACTIVE = {
    "counter_drive": 0.3,
    "backscattering": 0.2 * om.PAPER.omega_m,  # or their phases are idle
    "escape_efficiency": 0.8,  # or it is at its end
}


def test_every_control_of_the_laboratory_moves_the_drawing_by_keyboard_and_by_pointer(
    browser, page
):
    with Visit(browser, page.addresses["lab"], "#lab?" + urlencode(ACTIVE)) as visit:
        lab = visit.figure("lab")
        sliders = lab.locator("input[type=range]").all()
        assert len(sliders) == len(FIELDS)
        for slider in sliders:
            name, before = slider.get_attribute("name"), visit.drawn("lab")
            slider.press("ArrowRight")
            moved = visit.drawn("lab")
            assert moved != before, f"{name}: dead key"
            box = slider.bounding_box()
            left = slider.evaluate("r => (r.value - r.min) / (r.max - r.min) > 0.5")  # of the thumb
            there = (0.2 if left else 0.8) * box["width"]
            slider.click(position={"x": there, "y": box["height"] / 2})
            assert visit.drawn("lab") != moved, f"{name}: dead slider"
            lab.locator(".live-take button").first.click()
            visit.go("#lab?" + urlencode(ACTIVE))
        for select in lab.locator("select").all():
            before = visit.drawn("lab")
            select.press("ArrowDown")
            assert visit.drawn("lab") != before
        for box in lab.locator("[type=checkbox]").all():
            before = visit.drawn("lab")
            box.press("Space")
            assert visit.drawn("lab") != before
            box.press("Space")
        assert not visit.errors


def test_keys_move_by_a_step_a_tenth_and_ten_and_lead_to_the_ends(page):
    slider = page.figure("lab").locator("input[name=power]")
    shown = KNOBS["power"].shown
    value = lambda: page.ask("lab", "f.state.set.power * 1e3")
    for key, expected in (
        ("ArrowRight", 40.5),
        ("ArrowLeft", 40.0),
        ("Shift+ArrowUp", 40.05),
        ("PageUp", 45.05),
        ("PageDown", 40.05),
        ("Home", shown.lowest),
        ("End", shown.highest),
    ):
        slider.press(key)
        assert value() == pytest.approx(expected)
    assert slider.get_attribute("aria-valuetext") == "100 mW"
    assert slider.get_attribute("aria-label") == om.QUANTITIES["power"].meaning
    page.reset("lab")


def test_a_start_value_is_kept_to_the_last_digit_until_its_slider_moves(page):
    page.reset("lab")
    page.figure("lab").locator("input[name=power]").press("ArrowRight")
    assert page.ask("lab", "f.state.set") == {"power": 0.0405}, "nothing but the power has moved"
    page.reset("lab")


def test_presets_are_what_they_say(page):
    lab = page.figure("lab")
    lab.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    for name, (changes, cases, y, _why) in PRESETS.items():
        lab.get_by_role("button", name=name, exact=True).click()
        assert page.ask("lab", "[f.state.set, f.state.cases]") == [changes, list(cases)]
        assert y is None or page.ask("lab", "f.state.y") == [y]
    page.reset("lab")


# ---- what is drawn


def test_no_steady_state_is_hatched_and_never_a_number(page):
    for line in page.ask("curves", "f.shown.map(l => [l.status, Array.from(l.y)])"):
        status, y = line
        missing = np.array(status) != "stable"
        assert missing.any() and np.isnan(np.array(y, float)[missing]).all()
    hatched = page.figure("curves").locator(".live-panel rect.unstable")
    assert hatched.count() >= 6
    assert all(box.bounding_box()["width"] > 1 for box in hatched.all())


def test_the_start_stands_faintly_behind_on_an_axis_that_stays(page):
    curves = page.figure("curves")
    assert curves.locator(".faint").count() == 0
    ticks = curves.locator(".live-panel svg text").all_inner_texts()
    curves.locator("input[name=power]").press("PageDown")
    page.drawn("curves")
    assert curves.locator(".faint").count() == 6
    assert curves.locator(".live-panel svg text").all_inner_texts() == ticks
    page.reset("curves")


def test_what_is_at_rest_stays_at_rest(page):
    page.go("#lab?x=angular_velocity")
    rest, cw, _ = page.ask("lab", "f.shown.map(l => Array.from(l.y))")
    E = om.solve(om.CASES["stationary"]).log_negativity("a", "m")
    np.testing.assert_allclose(rest, E, atol=1e-9)
    assert np.ptp(np.array(cw, float)[180:]) > 0.01
    page.reset("lab")


def test_a_slider_of_the_axis_moves_a_mark(page):
    page.figure("curves").locator("input[name=Delta_c]").press("ArrowRight")
    page.drawn("curves")
    assert page.figure("curves").locator(".live-panel .rule").count() == 2
    page.reset("curves")


def test_a_single_case_is_driven_from_the_side_that_is_chosen(page):
    before = page.ask("one", "f.shown[0].p.drive")
    page.figure("one").get_by_label("driven", exact=True).select_option("cw")
    assert (before, page.ask("one", "f.shown[0].p.drive")) == ("ccw", "cw")
    here = page.python("one")["found"]["given", "self-consistent", "E_am"]
    np.testing.assert_allclose(
        np.array(page.ask("one", "Array.from(f.shown[0].y)"), float), here, atol=1e-9
    )
    page.reset("one")


def test_the_pointer_reads_values_and_reasons(page):
    panel = page.figure("curves").locator(".live-panel").first
    panel.scroll_into_view_if_needed()
    box = panel.bounding_box()
    page.tab.mouse.move(box["x"] + 0.35 * box["width"], box["y"] + 0.5 * box["height"])
    text = panel.locator(".live-values").inner_text()
    assert "CW driven: 0.0" in text and "fluctuations grow" in text


def test_a_finger_reads_values_and_hatching_gives_its_reason(browser, page):
    with Visit(
        browser, page.addresses["curves"], viewport={"width": 390, "height": 844}, has_touch=True
    ) as visit:
        panel = visit.figure("curves").locator(".live-panel").first
        panel.scroll_into_view_if_needed()
        lane = panel.locator("rect.unstable").last.bounding_box()
        visit.tab.touchscreen.tap(lane["x"] + lane["width"] / 2, lane["y"] + lane["height"] / 2)
        values = panel.locator(".live-values")
        assert values.is_visible() and "fluctuations grow" in values.inner_text()
        visit.figure("curves").locator("input[name=power]").press("ArrowRight")
        visit.drawn("curves")
        assert not values.is_visible()


def test_the_numbers_are_values_and_peaks_and_the_sentence_follows(page):
    words = page.figure("curves").locator(".live-words")
    before, numbers = page.said("curves"), page.numbers("curves")
    for reading in om.MEAN_FIELDS:
        for case, p in om.CASES.items():
            x = np.linspace(-2.5, 5, 40_001)
            E = om.solve(p.in_omega_m(Delta_c=x), reading).log_negativity("a", "m")
            own = om.solve(p, reading).log_negativity("a", "m")
            there = lambda v: f"at {v:.3g} ωₘ".replace("-", "−")
            set_, top = numbers[f"{reading}, {CASE_TITLES[case]}"]
            assert set_ == f"{own:.3g} {there(p.Delta_c / p.omega_m)}"
            height, place = re.fullmatch(r"(\S+) at (\S+) ωₘ", top).groups()
            assert float(height) == pytest.approx(np.nanmax(E), rel=6e-3)
            assert float(place.replace("−", "-")) == pytest.approx(x[np.nanargmax(E)], abs=6e-3)
            assert f"{reading}, {CASE_TITLES[case]}, {own:.3g}, {height}" in before
    slider = page.figure("curves").locator("input[name=power]")
    in_its_frame = slider.evaluate("""slider => new Promise((done) => {
        slider.value = slider.min;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        const words = slider.closest(".live").querySelector(".live-words");
        requestAnimationFrame(() => done(words.textContent));
    })""")  # fmt: skip
    assert in_its_frame == before, "it waits until the reader has done"
    assert page.said("curves") != before
    assert words.get_attribute("aria-live") == "polite"
    page.reset("curves")


def test_a_map_fills_without_freezing_the_page(page):
    figure = page.figure("R-kappa-gamma_a")
    figure.scroll_into_view_if_needed()
    # Counted in frames, not in milliseconds, which a busy machine stretches.
    growing = page.tab.evaluate(
        """() => new Promise(done => {
            const f = omcore.figures.all.find(one => one.spec.name === "R-kappa-gamma_a");
            const knob = f.host.querySelector("input[type=range][name=power]");
            let frames = 0, growing = 0;
            knob.value = Number(knob.value) - 1; // its step is "any"
            knob.dispatchEvent(new Event("input", { bubbles: true }));
            requestAnimationFrame(() => requestAnimationFrame(function tick() {
                growing += f.shown.some(map => map.filled.includes(-1));
                if (++frames < 600 && growing === frames) requestAnimationFrame(tick);
                else done([growing, frames]);
            }));
        })"""
    )
    assert 4 < growing[0] < growing[1]  # it grows over several frames, and is done
    maps = page.ask("R-kappa-gamma_a", "f.shown.map(m => [m.case, Array.from(m.values)])")
    w, rates = om.PAPER.omega_m, np.geomspace(0.05, 3, 61)
    power = page.ask("R-kappa-gamma_a", "f.state.set.power")
    assert power < om.PAPER.power
    for case, values in maps:
        p = om.CASES[case].replace(
            power=power, Delta_a=-w, kappa=rates * w, gamma_a=rates[:, None] * w
        )
        R = om.solve(p).residual_contangle("driven", "a", "m")
        np.testing.assert_allclose(np.array(values, float).reshape(61, 61), R, atol=1e-9)
    page.reset("R-kappa-gamma_a")


# ---- the address


def test_a_map_that_grows_ends_with_its_state(browser, page):
    """Its next frame would come before the one that draws the curves."""
    with Visit(browser, page.addresses["lab"], "#lab?over=kappa") as visit:
        lab = visit.figure("lab")
        lab.scroll_into_view_if_needed()
        growing = "f => f.shown.some(map => map.up?.name === 'gamma_a' && map.filled.includes(-1))"
        host = lab.element_handle()
        is_curve = visit.tab.evaluate(
            f"""host => new Promise(done => {{
                const f = omcore.figures.all.find(f => f.host === host), growing = {growing};
                let frames = 600;
                const wait = () => {{
                    if (!growing(f)) return frames-- ? requestAnimationFrame(wait) : done(false);
                    [...host.querySelectorAll("button")].find(b => b.innerText === "Reset").click();
                    requestAnimationFrame(() => requestAnimationFrame(() => done(!f.shown[0].filled)));
                }};
                location.hash = "#lab?over=gamma_a";
                requestAnimationFrame(wait);
            }})""",
            host,
        )
        assert is_curve and not visit.errors


def test_a_state_comes_back_from_its_address(browser, whole):
    page = whole
    page.figure("lab").locator("input[name=kappa]").press("PageUp")
    page.figure("lab").locator("select").first.select_option("R")
    page.figure("curves").locator("input[name=power]").press("ArrowLeft")
    both = "() => ['lab?', 'curves?'].every(part => location.hash.includes(part))"
    page.tab.wait_for_function(both)  # written when all is quiet, which a busy machine delays
    sent = page.tab.evaluate("location.href")
    with Visit(browser, sent) as visit:
        for name in ("lab", "curves"):
            assert visit.ask(name, "f.state") == page.ask(name, "f.state")
            assert visit.drawn(name) == page.drawn(name)
    page.reset("lab")
    page.reset("curves")
    page.tab.wait_for_function("() => location.hash === ''")


def test_a_link_to_a_section_leaves_the_figures_as_they_are(browser, page):
    address = page.addresses["curves"]
    with Visit(browser, address, "#curves?power=0.02") as visit:
        visit.tab.evaluate("() => { location.hash = 'section' }")
        assert visit.ask("curves", "f.state.set") == {"power": 0.02}
    with Visit(browser, address, "#section") as visit:
        visit.tab.wait_for_timeout(700)
        assert visit.tab.evaluate("location.hash") == "#section"


def test_a_link_and_the_code_are_copied(browser, page):
    with Visit(browser, page.addresses["curves"], "#curves?power=0.02") as visit:
        for name in ("Copy link", "Copy as Python"):
            visit.figure("curves").get_by_role("button", name=name).click()
            said = visit.figure("curves").locator(".live-said")
            said.filter(has_text="copied").wait_for()


@pytest.mark.parametrize(
    "given",
    [
        "%", "?", ";;;", "lab?", "lab?power=NaN", "lab?power=-1", "lab?kappa=0", "lab?counter_drive=7",
        "lab?x=nonsense&y=E_xx&over=%E0%A4%A", "lab?__proto__=1&constructor=2&toString=3",
        "lab?cases=none&reading=all", "lab?omega_m=1e999", "lab?Delta_c=-1e999", "lab?mass=1e-300",
        "lab?temperature=1e300", "lab?x=power&over=power", "lab?cases=cw,cw,<script>", "lab?power=",
        "lab?wavelength=1e-320", "lab?radius=1e50&kappa=1e50",
    ],
)  # fmt: skip
def test_a_broken_address_breaks_nothing(whole, given):
    whole.go("#" + given)
    assert whole.figure("curves").locator(".live-panel .line").count() == 6
    whole.figure("lab").get_by_role("button", name="Reset").click()
    assert "h0.01" in whole.drawn("lab")
    assert not whole.errors
    state = whole.ask("lab", "f.state")
    assert state["x"] in FIELDS and set(state["y"]) <= set(OUTPUTS)


def test_nor_does_it_break_a_page_that_opens_with_it(browser, address):
    with Visit(browser, address, "#lab?x=nonsense&y=E_xx&over=%E0%A4%A;one?kappa=0;;%") as visit:
        assert visit.figure("curves").locator(".live-panel .line").count() == 6
        assert "h0.01" in visit.drawn("lab") and not visit.errors


# ---- what is taken away


def random_state(rng, k):
    """A state of the laboratory as its address."""
    w, value = om.PAPER.omega_m, {}
    for name in rng.choice(FIELDS, rng.integers(0, 5), replace=False):
        shown = KNOBS[name].shown
        place = rng.uniform()
        number = (
            shown.lowest * (shown.highest / shown.lowest) ** place
            if shown.logarithmic
            else shown.lowest + place * (shown.highest - shown.lowest)
        )
        value[name] = float(number * shown.factor(w))
    value["x"], value["over"] = map(str, rng.choice(FIELDS, 2, replace=False))
    value["x"] = "angular_velocity" if k in (0, MAPS) else value["x"]
    if k >= MAPS or value["over"] == value["x"]:
        del value["over"]
    value["y"] = str(rng.choice(list(OUTPUTS)))
    value["reading"] = (
        str(rng.choice([*om.MEAN_FIELDS, "both"])) if k >= MAPS else "self-consistent"
    )
    value["cases"] = ",".join(rng.choice(list(om.CASES), rng.integers(1, 4), replace=False))
    if k % 7 == 0:
        value |= {
            "temperature": 0.0,
            "gamma_m": 5e6,
        }  # where the model may lead to no quantum state
    return value


SHOWN = """[f.python, f.shown.map(l =>
    [l.case, l.reading, l.output, Array.from(l.y ?? l.values), Array.from(l.status), !!l.values])]"""


def test_an_axis_that_is_chosen_upwards_gives_way_along_x(page):
    page.go("#lab?x=kappa")
    page.figure("lab").locator("select").nth(2).select_option("kappa")
    state = page.ask("lab", "f.state")
    assert state["over"] == "kappa" and state["x"] == FIELDS[0] != "kappa"
    page.figure("lab").locator("select").nth(2).select_option(FIELDS[0])
    state = page.ask("lab", "f.state")
    assert (state["x"], state["over"]) == ("kappa", FIELDS[0])
    page.reset("lab")


def test_python_gives_what_is_shown(page):
    rng = np.random.default_rng(RNG_SEED)
    seen, compared = set(), 0
    page.figure("lab").scroll_into_view_if_needed()
    for k in range(STATES):
        state = random_state(rng, k)
        page.go("#lab?" + urlencode(state))
        page.filled("lab")
        code, lines = page.ask("lab", SHOWN)
        names = page.python("lab")
        assert len(names["found"]) == len(lines)
        for case, reading, output, values, status, is_map in lines:
            here = np.asarray(names["found"][case, reading, output], float)
            here = np.broadcast_to(here, (61, 61) if is_map else names["x"].shape)
            there = np.array(values, float).reshape(here.shape)
            assert (np.isnan(here) == np.isnan(there)).all(), code
            size = (
                max(1, np.nanmax(abs(here), initial=0))
                if output in ("q", "phonons", "growth")
                else 1
            )
            # V grows as the inverse of the slowest decay, and loses digits as it grows
            atol = 1e-9 * size * max(1, 1e-5 * size)
            np.testing.assert_allclose(there, here, rtol=1e-9, atol=atol, err_msg=code)
            seen |= set(status)
            compared += np.isfinite(here).sum()
    assert {"stable", "unstable", "no quantum state"} <= seen and compared > 5000
    page.reset("lab")


def test_the_file_holds_the_data(page):
    text, lines = page.ask(
        "curves", "[f.csv, f.shown.map(l => [Array.from(l.x), Array.from(l.y), l.status])]"
    )
    header, *rows = csv.reader(io.StringIO(text))
    columns = list(zip(*rows, strict=True))
    assert header[0] == "\ufeffΔc/ωm" and len(columns) == 1 + 2 * len(lines)
    for k, (x, y, status) in enumerate(lines):
        assert [float(v) for v in columns[0]] == x
        assert [float(v) if v else None for v in columns[1 + 2 * k]] == [
            v if v == v else None for v in y
        ]
        assert list(columns[2 + 2 * k]) == status


def test_the_table_and_the_code_stand_open_on_demand(page):
    curves = page.figure("curves")
    for summary in curves.locator("summary").all():
        summary.click()
    curves.locator(".live-code pre").filter(has_text="om.").wait_for()
    assert curves.locator(".live-data tbody tr").count() == page.ask(
        "curves", "f.shown[0].x.length"
    )
    assert "om.operating_points" in curves.locator(".live-code pre").inner_text()


# ---- for everyone


def test_a_phone_need_not_scroll_sideways(browser, address):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    with Visit(browser, address, **phone) as visit:
        assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 390
        small = visit.tab.eval_on_selector_all(
            ".live svg text, .live svg tspan",
            "all => all.filter(t => parseFloat(getComputedStyle(t).fontSize) < 9).map(t => t.textContent)",
        )
        assert not small


def test_names_and_roles(whole):
    page = whole
    for panel in page.tab.locator(".live-panel").all():
        drawing = panel.locator("svg").first
        assert (
            drawing.get_attribute("role") == "img" and len(drawing.get_attribute("aria-label")) > 20
        )
    unnamed = page.tab.eval_on_selector_all(
        ".live input, .live select, .live button",
        "all => all.filter(n => !n.labels?.length && !n.ariaLabel && !n.textContent).length",
    )
    assert unnamed == 0


def test_every_symbol_is_written_without_commands(page):
    texts = page.tab.evaluate(
        """() => [...Object.values(omcore.metadata.fields), ...Object.values(omcore.metadata.outputs)]
            .map(f => omcore.labels.plain(f.symbol))"""
    )
    assert all(texts)
    assert not [text for text in texts if set(text) & set("\\{}_^")]


# ---- the Python side


def test_one_object_serves_the_page_and_the_lab():
    figure = live("Delta_c", "E_am", ["power"], axes=["Delta_c", "power"])
    bundle = figure._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert json.loads(json.dumps(figure.spec)) == figure.spec
    assert bundle["text/html"].startswith('<div class="live full-width" data-live="{')


def test_without_ipywidgets_the_picture_is_left(monkeypatch):
    figure = live()
    monkeypatch.setattr(type(figure), "widget", lambda self: None)
    assert set(figure._repr_mimebundle_()) == {"text/plain", "text/html"}


@pytest.mark.parametrize("given", [{"y": "E_xx"}, {"knobs": ["Power"]}, {"axes": ["drive"]}])
def test_names_that_do_not_exist_are_refused(given):
    with pytest.raises(ValueError, match="use one of"):
        live(**given)


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_of_a_sweep_is_that_of_its_points(name):
    sweep = om.PAPER.in_omega_m(Delta_c=np.linspace(1, 4, 7))
    s = om.solve(sweep)
    values = OUTPUTS[name].of(s)
    alone = [OUTPUTS[name].of(om.solve(sweep[k])) for k in range(7)]
    np.testing.assert_allclose(np.broadcast_to(values, (7,)), alone, rtol=1e-9)


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_a_reader_copies_gives_what_is_drawn(name):
    s, output = om.solve(om.PAPER), OUTPUTS[name]
    names = {"s": s, "sagnac_shift": om.sagnac_shift, "derived_shift": derived_shift}
    assert "def " not in output.code and eval(output.code, names) == output.of(s)


def test_the_growth_rate_is_that_of_the_fastest_eigenvalue():
    s = om.solve(om.PAPER)
    assert OUTPUTS["growth"].of(s) == pytest.approx(eigenvalues(om.PAPER).real.max(), rel=1e-12)


def test_the_lab_draws_maps_and_curves():
    assert len(live(over="gamma_a", x="kappa").draw(om.PAPER).axes) == 4
    assert len(live().draw(om.PAPER.replace(power=0.01), x="power", y="R").axes) == 1
