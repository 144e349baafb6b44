"""The laboratory: groups and search of sliders, presets, views of a point, and every figure in it."""

import dataclasses
import re
from urllib.parse import urlencode

import numpy as np
import pytest
from live_page import Visit, near, page_of, write
from test_live_chapters import NAMED, PAGES
from trust.effort import some

import omcore as om
from drawings.kit.knobs import KNOBS
from drawings.kit.live import VIEWS
from drawings.kit.style import PAIR_STYLES

(LABORATORY,) = next(found for path, found in PAGES.items() if path.stem == "laboratory")
OPEN, NAME = LABORATORY.open, LABORATORY.name
CARRIED = "f.shown.map(l => [l.case, l.p])"
FIGURES = {(path.stem, figure.name): figure for path, found in PAGES.items() for figure in found}
BARE = {  # what some views do not feel: the light, the bath
    "resonances": ("angular_velocity", "Delta_c", "Delta_a"),
    "locus": ("angular_velocity", "power", "Delta_c", "Delta_a"),
}
page = page_of(LABORATORY)


def drawing(page):
    """What is drawn; panels that are made anew have hatchings of other names."""
    return re.sub(r"live-\d+", "", page.drawn(NAME))


def sliders(page):
    return page.figure(NAME).locator("input[type=range]")


# ---- sliders


def groups_of(figure):
    """title -> names of the sliders that stand open, and of those that are folded."""
    names = lambda html: re.findall(r'type="range" [^>]*name="(\w+)"', html)
    found = re.findall(r"<legend>(.*?)</legend>(.*?)<details(.*?)</details>", figure.sliders, re.S)
    return {title: (names(near), names(far)) for title, near, far in found}


def test_every_field_has_a_group_and_lands_in_it_by_itself():
    fields = [field.name for field in dataclasses.fields(om.Parameters) if field.name != "drive"]
    groups = groups_of(LABORATORY)
    assert len(groups) > 3 and sorted(
        n for pair in groups.values() for some in pair for n in some
    ) == sorted(fields)
    new = dataclasses.replace(KNOBS["mass"], meaning="new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(KNOBS, "new", new)
        groups = groups_of(dataclasses.replace(LABORATORY, knobs=(*LABORATORY.knobs, "new")))
    assert [title for title, (_, far) in groups.items() if "new" in far] == [new.group]


def test_five_sliders_stand_open_and_the_rest_is_folded(page):
    seen = [s.get_attribute("name") for s in sliders(page).all() if s.is_visible()]
    assert sorted(seen) == sorted(OPEN) and len(seen) == 5
    assert sliders(page).count() == len(KNOBS)


@pytest.mark.parametrize(
    "words, first", [("kappa", "kappa"), ("Γ", "gamma_m"), ("mechanical bath", "temperature")]
)
def test_a_parameter_is_found_by_name_symbol_and_meaning(page, words, first):
    entry = page.figure(NAME).get_by_role("searchbox")
    entry.fill(words)
    hits = [s.get_attribute("name") for s in sliders(page).all() if s.is_visible()]
    text = lambda n: (
        f"{n} {page.figure(NAME).locator(f'.live-knob:has([name={n}]) label').text_content()}"
    )
    assert hits and hits == [
        n
        for n in [s.get_attribute("name") for s in sliders(page).all()]
        if words.lower() in text(n).lower()
    ]
    assert (
        page.figure(NAME).locator(".live-search small").inner_text()
        == f"{len(hits)} of {len(KNOBS)}"
    )
    entry.press("Enter")
    assert page.tab.evaluate("document.activeElement.name") == hits[0]
    entry.press("Escape")
    assert entry.input_value() == "" and sum(s.is_visible() for s in sliders(page).all()) == 5


# ---- presets


def test_the_chosen_preset_is_marked_until_the_state_leaves_it(page):
    figure = page.figure(NAME)
    figure.locator(".live-fold summary", has_text="Presets").click()
    buttons = figure.locator(".live-presets button")
    assert (
        figure.locator(".live-presets small").count() == buttons.count() == len(LABORATORY.presets)
    )
    assert all(
        text.endswith(".") for text in figure.locator(".live-presets small").all_inner_texts()
    )
    pressed = lambda: page.ask(
        NAME,
        "[...f.host.querySelectorAll('.live-presets [aria-pressed=true]')].map(b => b.textContent)",
    )
    for name in LABORATORY.presets:
        page.button(NAME, name).click()
        assert pressed() == [name]
        page.figure(NAME).locator("input[name=power]").press("ArrowRight")
        assert pressed() == []
    page.reset(NAME)
    assert pressed() == ["the paper's three points"]
    figure.locator(".live-fold summary", has_text="Presets").click()


# ---- views of one point


def test_one_view_is_open_and_only_that_is_computed(page):
    for view, words in VIEWS.items():
        page.button(NAME, words).click()
        kinds = page.ask(NAME, "[...new Set(f.shown.map(l => l.kind ?? 'curves'))]")
        pressed = page.figure(NAME).locator(".live-views [aria-pressed=true]").all_inner_texts()
        assert kinds == [view] and pressed == [words]
        assert page.said(NAME).endswith(".")
    page.button(NAME, VIEWS["curves"]).click()


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_follows_every_open_slider_and_comes_back_from_the_address(page, view):
    page.go(f"#{NAME}?view={view}")
    for name in OPEN if view not in BARE else BARE[view]:
        before = drawing(page)
        page.figure(NAME).locator(f"input[name={name}]").press("PageUp")
        assert drawing(page) != before, f"{view}: {name} is dead"
    drawn = drawing(page)
    query = page.ask(NAME, "omcore.state.write(f.spec, f.state)")
    page.go(f"#{NAME}?")
    page.go(f"#{NAME}?{query}")
    assert drawing(page) == drawn
    page.go(f"#{NAME}?")


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "curves"])
def test_python_gives_what_a_view_shows(page, view):
    rng = np.random.default_rng(23)
    for given in ({}, near(rng, 0.1) | {"reading": "both"}):
        page.go(f"#{NAME}?{urlencode({'view': view} | given)}")
        found = page.python(NAME)["found"]
        shown = page.ask(
            NAME,
            "f.shown.map(l => [l.case, l.reading, l.output, Array.from(l.y), l.C ?? 0, l.status[0]])",
        )
        tried = 0
        for case, reading, output, y, C, status in shown:
            if status != "stable" and view != "locus":
                continue
            here = found.get((case, reading, output), found.get((case, reading)))
            expected = {
                "matrix": lambda V: (V - np.eye(8) / 2).ravel(),
                "locus": lambda r: r[..., 0].real,
            }.get(view, np.ravel)(here)
            values = np.ravel(C) if C else y
            np.testing.assert_allclose(
                np.array(values, float),
                expected,
                rtol=1e-7,
                atol=1e-6 if view == "locus" else 1e-10,
            )
            tried += 1
        assert tried >= 3 or given, page.figure(NAME).locator(".live-failure").inner_text()
    page.go(f"#{NAME}?")


def test_the_device_has_the_network_of_all_pairs_of_the_point_that_is_set(page):
    page.go(f"#{NAME}?view=noise&device=cw&power=0.03")
    s = om.solve(om.CASES["cw"].replace(power=0.03))
    links = page.ask(
        NAME,
        "[...f.host.querySelectorAll('.live-device [data-say^=E-]')]"
        ".map(e => [e.dataset.say, e.textContent])",
    )
    E = {f"E-{i}-{j}": float(s.log_negativity(i, j)) for i, j in PAIR_STYLES}
    said = {name: float(text.removeprefix("< ") or 0) for name, text in links}
    assert said == pytest.approx(E, abs=1e-3) and sum(value > 0.01 for value in E.values()) > 1
    page.go(f"#{NAME}?")


# ---- every figure of the book, opened in it


OTHERS = [name for name in NAMED if name[0] != "laboratory"]


@pytest.mark.parametrize("where", some(OTHERS, 3), ids=":".join)
def test_the_state_of_a_figure_opens_in_the_laboratory(browser, page, tmp_path, where):
    figure = FIGURES[where]
    spec = figure.spec
    with Visit(browser, write(tmp_path / "page.html", figure)) as visit:
        link = visit.figure(figure.name).locator(".live-elsewhere a")
        said = visit.figure(figure.name).locator(".live-elsewhere small").inner_text()
        if not spec["laboratory"]["view"]:
            assert link.count() == 0 and not set(spec["knobs"]) & KNOBS.keys()
            assert all(quantity["meaning"] in said for quantity in spec["quantities"].values())
            return
        slider = visit.figure(figure.name).locator("input[type=range]").first
        slider.press("ArrowLeft" if where[1] != "experiment" else "Home")
        target = visit.ask(
            figure.name, "f.host.querySelector('.live-elsewhere a').getAttribute('href')"
        )
        shown = visit.ask(
            figure.name,
            "f.shown.map(l => [l.case, l.p ?? omcore.lines.pointOf(f.spec, f.state, l.case)])",
        )
    assert target.startswith("laboratory.html#laboratory?")
    page.go(target[target.index("#") :])
    assert page.figure(NAME).locator(".live-note").inner_text() == ""
    state = page.ask(NAME, "f.state")
    assert state["view"] == (spec["kind"] if spec["kind"] in VIEWS else "curves")
    there = {case: p for case, p in page.ask(NAME, CARRIED)}
    carried = 0
    for name, p in shown:
        case = spec["laboratory"]["cases"].get(name)
        if case is None:
            assert name in said.replace(",", ""), f"{name} is neither carried nor said to be left"
            continue
        known = {key: value for key, value in p.items() if key in KNOBS or key == "drive"}
        if name not in om.CASES or "kind" not in spec:
            case = p["drive"] if case == "given" else case
        held = spec["x"][0], (spec["over"] or [""])[0]
        for key, value in known.items():
            if key not in held or key in state["set"]:
                assert (
                    there[case][key] == pytest.approx(value, rel=1e-12, abs=0)
                    if key != "drive"
                    else there[case][key] == value
                ), key
        carried += 1
    assert carried
    page.go(f"#{NAME}?")
