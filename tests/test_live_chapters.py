"""The live figures of the pages of the book: each draws, follows its controls, and says its Python."""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest
from live_page import write
from test_live_figures import SHOWN, Visit

from omcore.figures.kit.live import Live

ROOT = Path(__file__).parents[1]
STATES = 3  # of "copy as Python", for each figure


def figures(path) -> list[Live]:
    """The live figures of a notebook, by its imports and their own lines; without the author's pictures."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    trees = [ast.parse("".join(c["source"])) for c in cells if c["cell_type"] == "code"]
    made, names = [], {}
    for node in (node for tree in trees for node in tree.body):
        if isinstance(node, (ast.Import, ast.ImportFrom)) or is_plain(node):
            exec(compile(ast.Module([node], []), str(path), "exec"), names)
        elif isinstance(node, ast.Expr) and re.match(r"live\(", ast.unparse(node)):
            node.value.keywords = [k for k in node.value.keywords if k.arg != "static"]
            made.append(eval(compile(ast.Expression(node.value), str(path), "eval"), names))
    return made


def is_plain(node):
    """Whether a statement gives a name to plain data."""
    try:
        named = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        return named and ast.literal_eval(node.value) is not None
    except ValueError:
        return False


PAGES = {
    path: found for path in sorted((ROOT / "book").glob("*.ipynb")) if (found := figures(path))
}
NAMED = [(path.stem, figure.name) for path, found in PAGES.items() for figure in found]


@pytest.fixture(scope="module")
def pages(browser, tmp_path_factory):
    """name of a notebook -> a visit to a page with its live figures."""
    folder, visits = tmp_path_factory.mktemp("chapters"), {}
    for path, found in PAGES.items():
        address = write(folder / f"{path.stem}.html", *found)
        visits[path.stem] = Visit(browser, address).__enter__()
    yield visits
    for visit in visits.values():
        visit.__exit__()


@pytest.fixture
def figure(pages, request):
    """A figure of a page, filled, as (visit, name)."""
    page, name = request.param
    pages[page].figure(name).scroll_into_view_if_needed()
    filled(pages[page], name)
    yield pages[page], name
    assert not pages[page].errors


def filled(visit, name):
    """Wait until a map has all its rows."""
    visit.tab.wait_for_function(
        """name => {
            const { shown } = omcore.figures.all.find((f) => f.spec.name === name);
            return shown.length && shown.every((map) => !map.filled || !map.filled.includes(-1));
        }""",
        arg=name,
        timeout=60_000,
    )


each_figure = pytest.mark.parametrize("figure", NAMED, indirect=True, ids=":".join)


@each_figure
def test_a_figure_draws_every_line_and_its_sentence(figure):
    visit, name = figure
    spec = visit.ask(name, "f.spec")
    lines = visit.ask(name, "f.shown.map(l => [l.case, Array.from(l.y ?? l.values)])")
    assert {case for case, _ in lines} == set(spec["cases"])
    assert all(np.isfinite(np.array(values, float)).any() for _, values in lines)
    drawn = visit.figure(name).locator(".live-panel .line, .live-panel image")
    assert drawn.count() == len(lines)
    visit.tab.wait_for_timeout(700)
    words = visit.figure(name).locator(".live-words").inner_text()
    assert words.endswith(".") and not re.search(r"\. [A-Z]", words), "one sentence"


@each_figure
def test_every_control_moves_the_drawing_by_key(figure):
    visit, name = figure
    here = visit.figure(name)
    for slider in here.locator("input[type=range]").all():
        before, field = visit.drawn(name), slider.get_attribute("name")
        slider.press("ArrowLeft" if slider.evaluate("r => r.value >= r.max") else "ArrowRight")
        filled(visit, name)
        assert visit.drawn(name) != before, f"{field}: dead key"
        here.get_by_role("button", name="Reset").click()
        filled(visit, name)
    for select in here.locator("select").all():
        before = visit.drawn(name)
        if select.evaluate("s => s.selectedIndex === s.length - 1"):
            select.press("ArrowUp")
        else:
            select.press("ArrowDown")
        filled(visit, name)
        assert visit.drawn(name) != before
        here.get_by_role("button", name="Reset").click()
        filled(visit, name)
    for box in here.locator("[type=checkbox]").all():
        before = visit.drawn(name)
        box.press("Space")
        filled(visit, name)
        assert visit.drawn(name) != before
        here.get_by_role("button", name="Reset").click()
        filled(visit, name)


@each_figure
def test_python_gives_what_a_chapter_shows(figure):
    visit, name = figure
    here, rng = visit.figure(name), np.random.default_rng(20251126)
    sliders = here.locator("input[type=range]").all()
    presets = here.locator(".live-presets button").all()
    for k in range(STATES):
        for slider in rng.choice(len(sliders), size=min(k, len(sliders)), replace=False):
            sliders[slider].press(str(rng.choice(["PageUp", "PageDown"])))
        if presets and k == STATES - 1:
            presets[-1].click()
        visit.drawn(name)
        filled(visit, name)
        code, lines = visit.ask(name, SHOWN)
        names = {}
        exec(code, names)
        assert len(names["found"]) == len(lines)
        for case, reading, output, values, _status, is_map in lines:
            there = np.array(values, float)
            expected = np.asarray(names["found"][case, reading, output], float)
            expected = np.broadcast_to(expected, (61, 61) if is_map else (241,)).ravel()
            np.testing.assert_allclose(there, expected, rtol=1e-9, atol=1e-9, err_msg=code)
    here.get_by_role("button", name="Reset").click()
