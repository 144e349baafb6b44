"""What a page asks of its reader: predictions, steps, tours and tasks, by hand and by key."""

import importlib.util
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
from bs4 import BeautifulSoup
from live_page import Visit, write
from test_live_chapters import PAGES
from trust.effort import LONG

import omcore as om
from drawings.kit.live import Axis
from omcore.outputs import OUTPUTS

ROOT = Path(__file__).parents[1]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LINK = re.compile(r"\[([^\]]*)\]\(#([^)?]*)\?([^)]*)\)")
FOUND = {path.stem: found for path, found in PAGES.items()}


def extension():
    spec = importlib.util.spec_from_file_location("predict", ROOT / "book" / "_ext" / "predict.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ASK = extension()


def markdown(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]


def forms(path):
    """Predictions and tasks of a notebook as a built page has them: one box each."""
    made = []
    for text in markdown(path):
        for before, div in re.findall(r"((?:- \[ \] .*\n)*)\n?(<div data-.*</div>)", text):
            items = "".join(f'<li><p><input type="checkbox" disabled> {i}</p></li>' for i in
                            re.findall(r"- \[ \] (.*)", before))  # fmt: skip
            body = BeautifulSoup(f"<section><ul>{items}</ul>{div}</section>", "html.parser")
            form = body.div
            name = next(name for name in ASK.FORMS if form.get(f"data-{name}"))
            ASK.ask(form, name, path)
            made.append((name, form["data-" + name], str(form), before))
    return made


FORMS = {path: forms(path) for path in PAGES}
PREDICTED = [
    (path.stem, k) for path, all in FORMS.items() for k, f in enumerate(all) if f[0] != "tasks"
]
CHAPTERS = [path for path in sorted((ROOT / "book").glob("[0-2]*.ipynb"))]
STEPS = [
    (path.stem, *link) for path in PAGES for text in markdown(path) for link in LINK.findall(text)
]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """name of a notebook -> the address of a page with its live figures and its forms."""
    folder = tmp_path_factory.mktemp("predictions")
    more = {path.stem: "".join(html for *_, html, _ in found) for path, found in FORMS.items()}
    return {
        path.stem: write(folder / f"{path.stem}.html", *found, more=more[path.stem])
        for path, found in PAGES.items()
    }


@pytest.fixture
def asking(tmp_path, request):
    """A prediction with the figures that it asks, and nothing else: (what is asked for, address)."""
    page, k = request.param
    name, data, form, _ = FORMS[ROOT / "book" / f"{page}.ipynb"][k]
    asked = [f for f in FOUND[page] if re.search(rf"(^|[;&/<>=] ){re.escape(f.name)}[?,]", data)]
    return name, write(tmp_path / "page.html", *asked, more=form)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chapter_asks_for_a_prediction(path):
    assert [name for name, *_ in FORMS.get(path, []) if name != "tasks"]


# ---- the answers, and omcore's


def asked(found, text):
    """A term as omcore has it; None where the figure is no curve of the paper's resonator."""
    address, *words, what = text.strip().split(", ")
    name, _, query = address.partition("?")
    figure = next(f for f in found if f.name == name)
    if getattr(figure, "kind", "") in ("evolution", "experiment", "winners") or not hasattr(
        figure, "p"
    ):
        return None
    said = dict(parse_qsl(query, keep_blank_values=True))
    axis = Axis.of(said["x"]) if said.get("x", figure.x.name) != figure.x.name else figure.x
    set_ = {k: float(v) for k, v in said.items() if k not in ("x", "y", "over", "reading", "cases")}
    p = figure.p.replace(**set_)
    reading = next((w for w in words if w in om.MEAN_FIELDS), figure.reading)
    output = next((w for w in words if w in OUTPUTS), figure.y[0])
    case = next((w for w in words if w in figure.lines), next(iter(figure.lines)))
    line = figure.lines[case]
    number = lambda q: OUTPUTS[output].of(om.solve(q, reading))
    if what == "here":
        return float(number(line.at(p)))
    x = axis.values(p, 20_001)
    y = np.asarray(number(line.sweep(p, **{axis.name: x})), float)
    if what == "zero":
        return float(x[np.flatnonzero(y)[-1] + 1] / axis.unit(p))
    top = np.nanargmax(y)
    return float({"peak": y[top], "place": x[top] / axis.unit(p)}[what])


def value(found, text):
    parts = [float(part) if re.fullmatch(r" ?-?[\d.e-]+ ?", part) else asked(found, part)
             for part in text.split(" / ")]  # fmt: skip
    if None in parts:
        return None
    return parts[0] / parts[1] if len(parts) == 2 else parts[0]


def terms(data):
    """All terms and ratios that an answer is made of."""
    return [text.strip() for text in re.split(r" ; | & | [<>=] | ± ", data)]


@pytest.mark.parametrize("page", FOUND)
def test_each_answer_is_that_of_omcore(browser, addresses, page):
    data = [
        d for name, d, *_ in FORMS[ROOT / "book" / f"{page}.ipynb"] if name in ("choose", "place")
    ]
    if not data:
        pytest.skip("nothing to choose or to place")
    with Visit(browser, addresses[page]) as visit:
        for text in {t for d in data for t in terms(d)}:
            here = value(FOUND[page], text)
            there = visit.tab.evaluate("text => omcore.terms.term(text)[0]", text)
            assert np.isfinite(there)
            if here is not None:
                assert there == pytest.approx(here, rel=2e-3, abs=1e-6), text
        for d in data:
            if re.search(r" [<>=] ", d):
                held = visit.tab.evaluate(
                    "all => all.map(t => omcore.terms.holds(t))", d.split(" ; ")
                )
                assert sum(held) == 1 or held.index(True) == 0, d  # "right, to 1 %" comes first
        assert not visit.errors


def test_a_curve_to_be_drawn_is_that_of_omcore(browser, addresses):
    path = ROOT / "book" / "02_hamiltonian.ipynb"
    (draw,) = [d for name, d, *_ in FORMS[path] if name == "draw"]
    (figure,) = FOUND["02_hamiltonian"]
    with Visit(browser, addresses["02_hamiltonian"]) as visit:
        x, y = visit.tab.evaluate(
            "d => { const { axis, y } = omcore.terms.lineOf(d.split(', '));"
            "return [Array.from(axis.values), Array.from(y)] }",
            draw,
        )
    line = figure.lines["stationary"]
    s = om.solve(line.sweep(figure.p.replace(G_a=75.6e6), Delta_c=np.array(x)))
    np.testing.assert_allclose(np.array(y, float), OUTPUTS["photons"].of(s), rtol=1e-9)


# ---- by hand and by key


def predict(visit, form, name, hand, tab):
    """The first choice, or the slider moved from its place; nothing else is touched."""
    first = form.locator("input").first
    first.scroll_into_view_if_needed()
    if hand == "key":
        first.focus()
        tab.keyboard.press("Space" if name == "choose" else "ArrowUp")
    elif name == "choose":
        label = form.locator("label").first
        label.tap() if hand == "touch" else label.click()
    else:
        box = first.bounding_box()
        place = (box["x"] + 0.5 * box["width"], box["y"] + 0.7 * box["height"])
        if name == "place":
            place = (box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"])
        tab.touchscreen.tap(*place) if hand == "touch" else tab.mouse.click(*place)


HANDS = ("key", "pointer", "touch")


@pytest.mark.parametrize("asking", PREDICTED, indirect=True, ids=lambda one: f"{one[0]}-{one[1]}")
def test_a_prediction_is_taken_down_kept_revealed_and_reset(browser, asking, request):
    name, address = asking
    number = len(request.node.name)
    for hand in HANDS if LONG or name == "draw" else HANDS[number % 3 : number % 3 + 1]:
        options = PHONE if hand == "touch" else {}
        with Visit(browser, address, **options) as visit:
            form = visit.tab.locator(".predict")
            tell, again = form.locator("button").all()
            state = lambda form=form: form.locator("input").evaluate_all(
                "all => all.map(i => [i.checked, i.value])"
            )
            start, said = state(), form.get_by_role("status")
            assert tell.is_disabled() and not again.is_visible()
            predict(visit, form, name, hand, visit.tab)
            mine = state()
            assert mine != start and tell.is_enabled() and said.inner_text() == ""
            tell.press("Enter") if hand == "key" else (
                tell.tap() if hand == "touch" else tell.click()
            )
            answer = said.inner_text()
            assert re.match(
                {
                    "choose": "(Yes|No): .* \\(",
                    "place": "[^;]* is .*; you are .* away",
                    "draw": "You are .* away",
                }[name],
                answer,
            )
            visit.tab.reload()
            visit.tab.wait_for_function(
                "() => document.querySelector('.predict [role=status]').textContent"
            )
            assert state() == mine and said.inner_text() == answer
            again.click()
            assert state() == start and said.inner_text() == "" and tell.is_disabled()
            visit.tab.reload()
            assert state() == start
            assert not visit.errors


def test_a_curve_is_drawn_with_one_stroke(browser, addresses):
    with Visit(browser, addresses["02_hamiltonian"]) as visit:
        form = visit.tab.locator(".predict-draw")
        form.scroll_into_view_if_needed()
        boxes = [i.bounding_box() for i in form.locator("input").all()]
        middle = lambda box: (box["x"] + box["width"] / 2, box["y"] + 0.25 * box["height"])
        visit.tab.mouse.move(*middle(boxes[0]))
        visit.tab.mouse.down()
        for box in boxes[1:]:
            visit.tab.mouse.move(*middle(box), steps=3)
        visit.tab.mouse.up()
        high = form.locator("input").evaluate_all("all => all.map(i => i.valueAsNumber / i.max)")
        assert high == pytest.approx([0.75] * len(boxes), abs=0.06)
        form.get_by_role("button", name="Show the answer").click()
        assert form.locator("label.told").count() == len(boxes)


@pytest.mark.parametrize(
    "store",
    [
        "throw new Error()",
        "return undefined",
        'return { getItem: () => \'{"values":["<b>"]}\', setItem() {} }',
    ],
)
def test_a_browser_that_keeps_nothing_or_nonsense_breaks_nothing(browser, addresses, store):
    with Visit(browser, "about:blank") as visit:
        visit.tab.add_init_script(
            f"Object.defineProperty(window, 'localStorage', {{ get() {{ {store} }} }})"
        )
        visit.tab.goto(addresses["measures"])
        form = visit.tab.locator(".predict").first
        form.locator("label").last.click()
        form.get_by_role("button", name="Show the answer").click()
        assert form.get_by_role("status").inner_text().startswith("Yes: ")
        assert not visit.errors


def test_a_wrong_choice_is_told_and_the_right_one_named(browser, addresses):
    with Visit(browser, addresses["measures"]) as visit:
        form = visit.tab.locator(".predict").first
        form.locator("label").first.click()
        form.get_by_role("button", name="Show the answer").click()
        assert form.get_by_role("status").inner_text() == "No: the mirror the atoms (0, 0.0217)."


# ---- steps and tours


@pytest.mark.parametrize("page", sorted({page for page, *_ in STEPS}))
def test_every_step_is_an_address_that_its_figure_takes(browser, addresses, page):
    with Visit(browser, addresses[page]) as visit:
        for _, words, name, query in (step for step in STEPS if step[0] == page):
            state, left, written = visit.tab.evaluate(
                """([name, query]) => {
                    const { spec } = omcore.figures.all.find((f) => f.spec.name === name);
                    const { state, left } = omcore.state.read(spec, query);
                    return [state, left, omcore.state.write(spec, state)];
                }""", [name, query])  # fmt: skip
            assert left == [] and written == query, f"{words}: written {written}"
            visit.go(f"#{name}?{query}")
            assert visit.figure(name).locator(".live-note").inner_text() == ""
            assert visit.ask(name, "f.state") == state
        assert not visit.errors


TOURS = [(page.stem, text) for page in PAGES for cell in markdown(page)
         for text in re.findall(r"^\d\. (\[.*)$", cell, re.M) if "{div} tour" in cell]  # fmt: skip


def test_three_pages_have_a_tour_of_five_steps():
    count = {page: sum(page == other for other, _ in TOURS) for page, _ in TOURS}
    assert count == {"10_figures_1_2": 5, "13_why": 5, "index": 5}


CURVES = """f.shown.map(l => { const top = l.y.reduce((b, v, k) => (v > (l.y[b] ?? -1) ? k : b), -1);
    return [l.reading, l.case, l.y[top] ?? 0, l.x[top] ?? 0]; })"""


@pytest.mark.parametrize("page, text", TOURS, ids=lambda v: v[:30])
def test_every_number_of_a_tour_is_what_its_step_shows(browser, addresses, page, text):
    link = LINK.match(text)
    words = text[link.end() :].replace("$", "")
    numbers = re.findall(r"-?\d+\.\d+", words)
    assert numbers or "no entanglement" in words
    with Visit(browser, addresses[page], f"#{link[2]}?{link[3]}") as visit:
        curves = visit.ask(link[2], CURVES)
        assert not visit.errors
    peaks = {(reading, case): (height, place) for reading, case, height, place in curves}
    shown = [n for peak in peaks.values() for n in peak]
    shown += [
        h / peaks[r, "stationary"][0]
        for (r, c), (h, _) in peaks.items()
        if (r, "stationary") in peaks
    ]
    for n in numbers:
        digits = len(n.split(".")[1])
        assert any(round(s, digits) == float(n) for s in shown), f"{n} is not among {shown}"
    if "no entanglement" in words:
        assert peaks["self-consistent", "at rest light as you set it"][0] == 0
    if "lowest of the four" in words:
        assert min(peaks, key=lambda c: peaks[c][0])[1] == "at rest light as you set it"
    if "now spinning leads" in words:
        assert max(peaks, key=lambda c: peaks[c][0])[1] == "ccw"


def test_a_tour_shows_one_step_and_leads_to_its_neighbours(browser, addresses, tmp_path):
    """Without scripts, too: what is seen follows from the address alone."""
    items = "".join(
        f"<li><p><a href='#front?{q}'>{q}</a>: look.</p></li>"
        for q in ("", "power=0.03", "power=0.02")
    )
    body = BeautifulSoup(f"<div class='tour'><ol>{items}</ol></div>", "html.parser")
    ASK.tour(body.div)
    address = write(tmp_path / "tour.html", *FOUND["index"], more=str(body))
    for scripts in (True, False):
        with Visit(browser, address, java_script_enabled=scripts) as visit:
            seen = lambda: [li.is_visible() for li in visit.tab.locator(".tour li").all()]
            assert seen() == [True, False, False]
            visit.tab.locator(".tour a:visible", has_text="next").focus()
            visit.tab.keyboard.press("Enter")
            assert seen() == [False, True, False]
            if scripts:
                assert visit.ask("front", "f.state.set") == {"power": 0.03}
                visit.figure("front").locator("input[name=power]").press("ArrowRight")
                visit.tab.wait_for_function("() => location.hash.includes('0.0305')")
                assert seen() == [False, True, False], "a slider does not end a tour"
            visit.tab.locator(".tour a:visible", has_text="next").click()
            assert seen() == [False, False, True]
            visit.tab.locator(".tour a:visible", has_text="back").click()
            assert seen() == [False, True, False]
            assert not visit.errors


# ---- tasks

SOLVED = {  # page: for each task addresses that meet it, and addresses that nearly do
    "10_figures_1_2": [
        (
            ["E_am-Delta_c?angular_velocity=6600"],
            ["E_am-Delta_c?angular_velocity=6000", "E_am-Delta_c?angular_velocity=0"],
        ),
        (["E_am-Delta_c?temperature=1.2"], ["E_am-Delta_c?temperature=1", "E_am-Delta_c?temperature=5"]),
        (["E_am-Delta_c?power=0.001"], ["E_am-Delta_c?power=0.008", "E_am-Delta_c?power=0"]),
    ],
    "index": [
        (["front?G_a=44100000"], ["front?G_a=41580000", "front?temperature=20"]),
        (["front?temperature=0.6"], ["front?temperature=0.3", "front?counter_drive=0.5"]),
    ],
    "laboratory": [
        (["laboratory?power=0.09"], ["laboratory?power=0.06"]),
        (["laboratory?temperature=0.43"], ["laboratory?temperature=0.3"]),
    ],
}  # fmt: skip


def ticked(visit):
    return visit.tab.locator(".predict-tasks input").evaluate_all("all => all.map(i => i.checked)")


def settled(visit, hash):
    """Go to an address, and wait until its figure has said that all is quiet."""
    visit.tab.evaluate(
        """hash => new Promise((done) => {
            document.addEventListener("settled", () => setTimeout(done), { once: true });
            history.replaceState(null, "", "#");
            location.hash = hash;
        })""", hash)  # fmt: skip


def test_every_page_with_tasks_is_tried():
    assert {p.stem for p, found in FORMS.items() if any(f[0] == "tasks" for f in found)} == set(
        SOLVED
    )


@pytest.mark.parametrize("page", SOLVED)
def test_tasks_tick_when_they_are_met_and_not_before(browser, addresses, page):
    count = len(SOLVED[page])
    for k, (met, missed) in enumerate(SOLVED[page]):
        with Visit(browser, addresses[page]) as visit:
            name = missed[0].split("?")[0]
            visit.figure(name).scroll_into_view_if_needed()
            for hash in missed:
                settled(visit, "#" + hash)
                assert ticked(visit) == [False] * count, hash
            for hash in met:
                settled(visit, "#" + hash)
                assert ticked(visit)[k] and sum(ticked(visit)) == 1, (hash, ticked(visit))
            settled(visit, f"#{name}?")
            assert ticked(visit)[k], "it stays"
            assert (
                visit.tab.locator(".predict-tasks [role=status]").inner_text()
                == f"1 of {count} found."
            )
            visit.tab.reload()
            assert ticked(visit)[k]
            visit.tab.get_by_role("button", name="Begin again").click()
            assert not any(ticked(visit)) and not visit.errors


@pytest.mark.parametrize("page", SOLVED)
def test_a_case_that_is_not_shown_meets_no_task(browser, addresses, page):
    with Visit(browser, addresses[page]) as visit:
        name = SOLVED[page][0][0][0].split("?")[0]
        settled(visit, f"#{name}?cases=cw&temperature=1.2")
        assert not any(ticked(visit)) and not visit.errors


def test_what_the_last_cell_does_not_assert_is_refused():
    with pytest.raises(ValueError, match="asserts no number of it"):
        ASK.asserted([{"source": ["assert fold > 1"]}], "hopf")
    with pytest.raises(ValueError, match="give one each"):
        body = BeautifulSoup(
            '<ul><li>one</li></ul><div data-choose="1 > 0 ; 1 < 0"></div>', "html.parser"
        )
        ASK.ask(body.div, "choose", None)
