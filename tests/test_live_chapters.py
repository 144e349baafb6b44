"""The live figures of the pages of the book: each draws, follows its controls, and says its Python."""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest
from test_live_figures import SHOWN
from trust.effort import effort, some

import omcore as om
from drawings.kit import sliders
from drawings.kit.embed import COARSE, RESOLUTION, Embedded
from drawings.kit.live import live
from drawings.kit.style import MEANINGS, ON_DARK
from omcore.outputs import OUTPUTS

ROOT = Path(__file__).parents[1]
STATES = effort(2, 3)  # of "copy as Python", for each figure
MARKS = {  # what each kind of figure draws
    "curves": ".line, image",
    "branches": ".line",
    "locus": ".cloud",
    "matrix": ".square",
    "noise": ".line",
    "resonances": ".line",
    "pair": ".line",
    "evolution": ".line",
    "experiment": ".line",
    "winners": ".line, image",
}
PIECES = """[...new Set(f.shown.map(l => l.curve))].flatMap(curve => curve.lines).map(({ points }) =>
    points.filter((point, k) => k === 0 || point[2] !== points[k - 1][2]).length).reduce((a, b) => a + b)"""
OF_KIND = {  # what a kind draws, from what its Python gives
    "locus": lambda roots: roots[..., 0].real,
    "matrix": lambda V: (V - np.eye(8) / 2).ravel(),
    "noise": np.ravel,
    "pair": np.ravel,
    "evolution": np.ravel,
}


def figures(path) -> list[Embedded]:
    """The live figures of a notebook, each by what its own line needs; without the author's pictures."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    trees = [ast.parse("".join(c["source"])) for c in cells if c["cell_type"] == "code"]
    nodes, made = [node for tree in trees for node in tree.body], []
    for k, node in enumerate(nodes):
        if isinstance(node, ast.Expr) and re.match(r"live\(", ast.unparse(node)):
            node.value.keywords = [k for k in node.value.keywords if k.arg != "static"]
            names, before = {}, ast.Module(needed(node.value, nodes[:k]), [])
            exec(compile(ast.fix_missing_locations(before), str(path), "exec"), names)
            made.append(eval(compile(ast.Expression(node.value), str(path), "eval"), names))
    return made


def needed(node, before) -> list:
    """The imports of the statements before a node, and what gives it its names, in their order."""
    wanted, found = names_of(node), []
    for statement in reversed(before):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            found.append(statement)
        for target, value in reversed(assigned(statement)):
            if names_of(target) & wanted:
                wanted = wanted - names_of(target) | names_of(value)
                found.append(ast.Assign([target], value))
    return found[::-1]


def assigned(statement) -> list:
    """What a statement assigns, as (target, value); a, b = c, d assigns twice."""
    if not isinstance(statement, ast.Assign):
        return []
    target, value = statement.targets[0], statement.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def names_of(node) -> set:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


PAGES = {
    path: found for path in sorted((ROOT / "book").glob("*.ipynb")) if (found := figures(path))
}
NAMED = [(path.stem, figure.name) for path, found in PAGES.items() for figure in found]
REPEATED = [one for one in NAMED if one[1] != "experiment"]  # whose random numbers are its own


@pytest.fixture
def figure(each_page, request):
    """A figure of a chapter on a page of its own, filled, as (visit, name)."""
    visit, name = each_page.of(request.param), request.param[1]
    visit.filled(name)
    yield visit, name
    assert not visit.errors


each_figure = pytest.mark.parametrize("figure", NAMED, indirect=True, ids=":".join)


@each_figure
def test_a_figure_draws_every_line_and_its_sentence(figure):
    visit, name = figure
    spec = visit.ask(name, "f.spec")
    lines = visit.ask(name, "f.shown.map(l => [l.case, Array.from(l.y ?? l.values)])")
    assert {case for case, _ in lines} == set(spec["cases"])
    assert all(np.isfinite(np.array(values, float)).any() for _, values in lines)
    marks, count = MARKS[spec["kind"]], {
        "branches": lambda: visit.ask(name, PIECES),
        "locus": lambda: 32 * len(lines),
        "matrix": lambda: 64 * len(lines),
        "noise": lambda: len(lines) + 3,  # the vacuum in each panel
        "evolution": lambda: len(lines) + 3,  # the same
        "resonances": lambda: len(lines) + 6,  # laser, sidebands, cavity, and its shift to both sides
        "pair": lambda: len(lines) + 1,
        "experiment": lambda: 2 * len(lines),  # a true value beside each
    }.get(spec["kind"], lambda: len(lines))()  # fmt: skip
    assert visit.figure(name).locator(f".live-panel :is({marks})").count() == count
    words = visit.said(name)
    assert words.endswith(".") and not re.search(r"\. [A-Z]", words), "one sentence"


@pytest.mark.parametrize("figure", REPEATED, indirect=True, ids=":".join)
def test_python_gives_what_a_chapter_shows(figure):
    visit, name = figure
    here, rng = visit.figure(name), np.random.default_rng(20251126)
    sliders = here.locator("input[type=range]").all()
    presets = here.locator(".live-presets button").all()
    for k in range(STATES):
        for slider in rng.choice(len(sliders), size=min(k, len(sliders)), replace=False):
            sliders[slider].press(str(rng.choice(["PageUp", "PageDown"])))
        if presets and k == STATES - 1:
            here.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
            presets[-1].click()
        visit.drawn(name)
        visit.filled(name)
        kind = visit.ask(name, "f.spec.kind")
        branches = visit.ask(name, "f.shown.map(l => l.branch)")
        code, lines = visit.ask(name, SHOWN)
        names = visit.python(name)
        found = names["found"]
        drawn = set()
        for branch, (case, reading, output, values, _status, is_map) in zip(
            branches, lines, strict=True
        ):
            if kind == "winners" and output not in OUTPUTS:
                continue  # its map is stored
            there, key = np.array(values, float), (case, reading, output)
            known = {
                "branches": (*key, branch),
                "locus": key[:2],
                "matrix": key[:2],
                "pair": output,
                "evolution": (case, output),
            }
            key = known.get(kind, key)
            expected = OF_KIND.get(kind, np.asarray)(np.asarray(found[key]))
            points = (61, 61) if is_map else np.shape(names.get("x", there))
            shape = {"matrix": (64,), "noise": (4,)}.get(kind, points)
            shape = (
                expected.shape if kind in ("pair", "evolution") else shape
            )  # curves and ellipses
            expected = np.broadcast_to(expected, shape).ravel()
            # where two eigenvalues merge, half the digits; and an integrator's are its own
            rtol, atol = {"locus": (1e-9, 1e-6), "evolution": (1e-5, 1e-6)}.get(kind, (1e-9, 1e-9))
            if kind == "evolution":  # the page gives V up earlier
                expected = np.where(np.isnan(there), np.nan, expected)
            at_edge = np.isnan(np.roll(expected, 1)) | np.isnan(np.roll(expected, -1))
            for those, digits in (
                (~at_edge, rtol),
                (at_edge, max(rtol, 1e-6)),
            ):  # where V has no bound
                np.testing.assert_allclose(
                    there[those], expected[those], rtol=digits, atol=atol, err_msg=code
                )
            drawn.add(key)
        rest = [found[key] for key in found.keys() - drawn]  # branches that are nowhere
        assert not rest or (kind == "branches" and np.isnan(rest).all())
    here.get_by_role("button", name="Reset").click()


# ---- with a kernel


def drawings(figure, step) -> list:
    """A figure as the sliders of the Lab draw it, coarse and at rest, one of them moved by some steps."""
    made = []

    def explore(draw, quantities, start, omega_m, choices=None, presets=None):
        name, quantity = list(quantities.items())[step % len(quantities)]
        slider = sliders.slider(quantity, start[name] / quantity.shown.factor(omega_m))
        near = slider.value * 10 ** (step * slider.step) if quantity.shown.logarithmic else (
            slider.value + step * slider.step
        )  # fmt: skip
        slider.value = near if near < quantity.shown.highest else slider.value
        chosen = {name: first for name, (_, first) in (choices or {}).items()}
        chosen[name] = slider.value * quantity.shown.factor(omega_m)
        made.extend(draw(coarse=coarse, **chosen) for coarse in (True, False))

    figure.controls(explore)
    return made


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_moves_in_the_lab_is_a_part_of_what_rests(page):
    """So a coarse drawing is as right as the one that stays; and the lines are what omcore says."""
    for k, figure in enumerate(PAGES[page]):
        coarse, rested = drawings(figure, 2 + k)
        if isinstance(coarse, str):
            assert coarse == rested
            continue
        assert len(coarse.axes) == len(rested.axes)
        for few, many in zip(coarse.axes, rested.axes, strict=True):
            for mine, theirs in zip(few.lines, many.lines, strict=True):
                among(mine.get_xydata(), theirs.get_xydata())
            for mine, theirs in zip(few.collections, many.collections, strict=False):
                if mine.get_array() is None:
                    continue
                if hasattr(mine, "get_coordinates") and mine.get_array().shape[0] == COARSE["maps"]:
                    every = (RESOLUTION["maps"] - 1) // (COARSE["maps"] - 1)
                    same(mine.get_array(), theirs.get_array()[::every, ::every])
                else:
                    among(mine.get_offsets(), theirs.get_offsets())


def among(few, many):
    """Points that are all among others, which may be in another order."""
    for point in few[np.isfinite(few).all(axis=1)]:
        assert np.isclose(many, point, rtol=1e-9, atol=1e-12).all(axis=1).any(), point


def same(found, expected):
    np.testing.assert_allclose(
        np.ma.filled(found, np.nan), np.ma.filled(expected, np.nan), rtol=1e-9
    )


def test_a_coarse_curve_is_what_omcore_gives_point_by_point():
    figure = live("Delta_c", "E_am", ["power"])
    p = om.PAPER.replace(power=0.03)
    (axis,) = figure.draw(p, coarse=True).axes
    for drawn, line in zip(axis.lines, figure.lines.values(), strict=True):
        x, y = drawn.get_data()
        assert len(x) < 70
        for k in range(0, len(x), 7):
            s = om.solve(line.at(p).in_omega_m(Delta_c=x[k]))
            np.testing.assert_allclose(y[k], s.log_negativity("a", "m"), rtol=1e-9, atol=1e-12)


# ---- what a figure shows can be told apart

SEEN = 2  # pixels
NUMBERS = """[...f.host.querySelectorAll('.live-panels svg > g:first-child')].map(g =>
    [...g.querySelectorAll('path, rect, circle, image')].map(e => e.outerHTML).join(' '))"""
SAMPLES = """[...f.host.querySelectorAll('.live-legend path.line')].filter(e => e.checkVisibility())
    .map(e => [e.getAttribute('stroke'), e.getAttribute('stroke-dasharray') ?? ''])"""
DRAWN = """[...f.host.querySelectorAll('.live-panels :is(path.line, circle.big)')]
    .map(e => [e.classList.contains('big') ? e.getAttribute('fill') : e.getAttribute('stroke'),
        e.getAttribute('stroke-dasharray') ?? ''])"""
TITLES = "[...f.host.querySelectorAll('.live-panel')].map(e => e.querySelector('svg > g > text').textContent)"
NEUTRAL = "#8a8a8a"  # of what is no one line's, as in plot.js


def pixels(drawing):
    return [[float(n) for n in re.findall(r"-?\d+\.?\d*", panel)] for panel in drawing]


def moved_by(before, after) -> float:
    """By how many pixels a drawing differs from another; any number of them where it has other parts."""
    if before == after:
        return 0.0
    one, two = pixels(before), pixels(after)
    if [len(panel) for panel in one] != [len(panel) for panel in two]:
        return np.inf
    sizes = [abs(a - b) for x, y in zip(one, two, strict=True) for a, b in zip(x, y, strict=True)]
    return max(sizes, default=np.inf) or np.inf  # pictures and colours


@pytest.mark.parametrize(
    "figure", some([one for one in NAMED if one[0] != "laboratory"], 3), indirect=True, ids=":".join
)
def test_every_slider_shows_something(figure):
    visit, name = figure
    for slider in visit.figure(name).locator("input[type=range]").all():
        if not slider.is_visible():
            continue
        start = visit.ask(name, NUMBERS)
        for key in (
            "PageUp",
            "Home",
            "End",
        ):  # of a phase, or a place on the axis, one may say nothing
            slider.press(key)
            visit.filled(name)
            if moved_by(start, visit.ask(name, NUMBERS)) > SEEN:
                break
        else:
            pytest.fail(f"{slider.get_attribute('name')} shows nothing")
        visit.figure(name).get_by_role("button", name="Reset").click()


@each_figure
def test_the_legend_names_what_is_drawn_and_nothing_else(figure):
    visit, name = figure
    samples, drawn = visit.ask(name, SAMPLES), visit.ask(name, DRAWN)
    assert len(samples) == len({tuple(one) for one in samples}), "two keys with one look"
    assert len(samples) <= 9
    colours = {colour for colour, _ in drawn} - {NEUTRAL}
    assert {colour for colour, _ in samples} <= colours
    if samples or len(colours) > 1:
        assert colours <= {colour for colour, _ in samples}


@each_figure
def test_each_of_several_panels_has_a_title(figure):
    visit, name = figure
    titles = visit.ask(name, TITLES)
    assert len(titles) == 1 or all(titles)


@each_figure
def test_no_line_hides_another_as_a_figure_starts(figure):
    visit, name = figure
    lines = visit.ask(name, "f.shown.filter(l => l.y).map(l => [l.panel, Array.from(l.y)])")
    values = [(panel, np.array(y, float)) for panel, y in lines]
    known = [(panel, tuple(y)) for panel, y in values if np.nan_to_num(y).any() and len(y) > 1]
    assert len(known) == len(set(known))


LOOKS = {
    (path.stem, figure.name, look["label"]): look["light"]
    for path, found in PAGES.items()
    for figure in found
    for look in figure.spec["looks"].values()
}


def test_one_colour_has_one_meaning_in_the_whole_book():
    for (page, name, label), colour in LOOKS.items():
        meaning, words = MEANINGS[colour]
        assert words and re.search(words, label), (
            f"{page}, {name}: {label} in the colour of {meaning}"
        )
    for label in {label for *_, label in LOOKS}:
        fitting = [
            colour for colour, (_, words) in MEANINGS.items() if words and re.search(words, label)
        ]
        assert len(fitting) == 1, f"{label}: {fitting}"
    assert len(set(ON_DARK.values())) == len(ON_DARK), "nor do two look alike on a dark page"


def test_colours_of_a_direction_are_taken_from_the_cases_alone():
    files = [*(ROOT / "book" / "drawings").rglob("*.py")]
    named = [
        path.name
        for path in files
        if re.search(r"\b(BLUE|VERMILION|SKY)\b", path.read_text("utf-8"))
        and path.name != "style.py"
    ]
    assert len(files) > 50 and not named
