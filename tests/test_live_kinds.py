"""Live figures that are no curves: branches, eigenvalues, matrices, and others. In headless Chromium."""

import numpy as np
import pytest
from live_page import page_of, random_query
from test_live_noise import FURTHER

import omcore as om
from drawings.kit.live import live
from drawings.steady_state import branches
from omcore.outputs import OUTPUTS
from omcore.stability import eigenvalues

STATES = 20
W = om.PAPER.omega_m
WORDS = {
    "branches": "folds at",
    "locus": "leading eigenvalue",
    "matrix": "strongest correlation",
    "noise": "both together",
    "fig-1b": "half width",
    "pair": "smallest variance",
}
OF_LIGHT = ["branches", "locus", "matrix"]
ALL = [*OF_LIGHT, "noise", "fig-1b", "pair"]
PANELS = {"branches": 1, "fig-1b": 1, "pair": 2}  # the others have three
KNOBS = ["Delta_c", "kappa", "G_a", "power", "angular_velocity"]
AXES = ("power", "Delta_c")
OF_BRANCHES = ["pull", "photons", "detuning"]
FAMILIES = {"lone": branches.LONE, "five": branches.FIVE}


page = page_of(
    live(("power", 1, 500, "log"), "pull", KNOBS, kind="branches", p=branches.SPINNING, cases=False,
         axes=["power", "Delta_c"], outputs=OF_BRANCHES, presets=FAMILIES, name="branches"),
    live(("Delta_c", -2.5, 5), "growth", KNOBS, kind="locus", axes=["Delta_c", "power"], name="locus"),
    live("temperature", "phonons", KNOBS, kind="matrix", name="matrix"),
    *FURTHER,
)  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_control_moves_the_drawing_by_keyboard(page, name):
    figure = page.figure(name)
    assert figure.locator(".live-panel svg").count() == PANELS.get(name, 3)
    assert not figure.locator("img.live-static").is_visible()
    controls = figure.locator("input[type=range], .live-lists select, [type=checkbox]").all()
    controls += figure.locator(".live-presets button").all()
    assert len(controls) > len(figure.locator("input[type=range]").all()) or name == "pair"
    for control in controls:
        if control.inner_text() == "CCW driven":  # where it starts
            figure.get_by_role("button", name="CW driven", exact=True).click()
        before = page.drawn(name)
        kind = control.evaluate("c => c.type")
        keys = {"range": "ArrowRight", "select-one": "ArrowDown", "checkbox": "Space"}
        last = kind == "select-one" and control.evaluate("c => c.selectedIndex + 1 === c.length")
        control.press("ArrowUp" if last else keys.get(kind, "Enter"))
        assert page.drawn(name) != before, control.evaluate(
            "c => c.name + c.labels?.[0].textContent + c.value"
        )
        page.go(f"#{name}?")


def test_branches_are_those_of_the_library(page):
    several = compared = 0
    for k in range(STATES):
        y = OF_BRANCHES[k % 3]
        page.go(f"#branches?{random_query(k, x=AXES[k % 2], y=y)}")
        shown = page.ask(
            "branches", "f.shown.map(l => [l.reading, l.branch, Array.from(l.y), l.status])"
        )
        found = page.python("branches")["found"]
        drawn = {(reading, branch) for reading, branch, *_ in shown}
        for reading, branch, values, status in shown:
            here = found["given", reading, y, branch]
            np.testing.assert_allclose(np.array(values, float), here, rtol=1e-9, atol=1e-12)
            several += branch is not None and branch > 0
            compared += np.isfinite(here).sum()
            assert ("no such branch" in status) == np.isnan(here).any()
        for (_, reading, _, branch), values in found.items():
            assert (reading, branch) in drawn or np.isnan(values).all()
    assert several > 4 and compared > 4000


def test_stable_and_unstable_branches_are_those_of_mean_field_branches(page):
    page.go("#branches?")
    page.figure("branches").get_by_role("button", name="five", exact=True).click()
    status = np.array(page.ask("branches", "f.shown.map(l => l.status)"))
    p = branches.FIVE.replace(
        power=np.array(page.ask("branches", "Array.from(f.shown[0].axis.values)"))
    )
    found = om.mean_field_branches(p)
    assert len(status) == found.q.shape[1] == 5
    assert ((status == "stable").T == found.stable).all()
    assert ((status == "no such branch").T == np.isnan(found.q)).all()
    page.go("#branches?")


@pytest.mark.parametrize("name, p", FAMILIES.items())
def test_folds_lie_where_the_curve_of_chapter_4_turns(page, name, p):
    page.go("#branches?")
    page.figure("branches").get_by_role("button", name=name, exact=True).click()
    folds = np.sort(page.ask("branches", "f.shown[0].curve.folds.map(([x]) => x)"))
    np.testing.assert_allclose(folds, np.sort(1e3 * branches.data(p, 3.2).folds[0]), rtol=1e-3)
    page.go("#branches?")


def test_the_line_through_folds_has_no_gap(page):
    """Each branch is joined to the one that it meets: every line that ends inside ends on another."""
    for state in ("", "x=Delta_c&power=0.06"):
        page.go("#branches?" + state)
        lines, folds = page.ask(
            "branches", "[f.shown[0].curve.lines.map(l => l.points), f.shown[0].curve.folds]"
        )
        assert len(folds) == 2
        ends = [tuple(line[k][:2]) for line in lines for k in (0, -1)]
        x = page.ask("branches", "[f.shown[0].x[0], f.shown[0].x.at(-1)]")
        for line in lines:
            for end in (line[0], line[-1]):
                inside = min(x) < end[0] < max(x)
                assert (
                    not inside
                    or sum(np.allclose(end[:2], other) for other in ends) == 2
                    or any(
                        np.allclose(end[:2], point[:2])
                        for other in lines
                        if other is not line
                        for point in other
                    )
                )
    page.go("#branches?")


def test_eigenvalues_are_those_of_the_library(page):
    compared = 0
    for k in range(STATES):
        page.go(f"#locus?{random_query(k, x=AXES[k % 2])}")
        shown = page.ask("locus", "f.shown.map(l => [l.case, l.reading, l.roots, l.status])")
        found = page.python("locus")["found"]
        assert len(found) == len(shown)
        for case, reading, roots, status in shown:
            here, there = found[case, reading], np.array(roots) @ [1, 1j]
            distance = abs(here[..., None] - there[:, None, :])
            for axis in (1, 2):  # each has its partner, whatever the order among equals
                off = distance.min(axis)
                assert (
                    off < 1e-9
                ).mean() > 0.999 and off.max() < 1e-6  # where two merge, half the digits
            clear = abs(here[:, 0].real) > 1e-9
            assert ((here[:, 0].real < 0) == (np.array(status) == "stable"))[clear].all()
            compared += here.size
    assert compared > 1e5


def test_large_dots_are_the_eigenvalues_where_the_sliders_stand(page):
    page.go("#locus?power=0.02")
    here = page.ask("locus", "f.shown.map(l => l.here[0])")
    for case, (re, im) in zip(om.CASES, here, strict=True):
        lead = eigenvalues(om.CASES[case].replace(power=0.02))[0]
        assert abs(complex(re, abs(im)) - lead) < 1e-9
    assert page.figure("locus").locator(".big").count() >= 3 * 3
    page.go("#locus?")


def test_matrices_are_those_of_the_library(page):
    stable = 0
    for k in range(STATES):
        page.go(f"#matrix?{random_query(k)}")
        found = page.python("matrix")["found"]
        shown = page.ask("matrix", "f.shown.map(l => [l.case, l.reading, l.V])")
        assert len(found) == len(shown)
        for case, reading, there in shown:
            here, there = found[case, reading], np.array(there, float)
            assert np.isnan(here).all() == np.isnan(there).all()
            size = np.nanmax(abs(here)) if np.isfinite(here).all() else 1
            np.testing.assert_allclose(there, here, rtol=1e-9, atol=1e-9 * max(1, size))
            stable += np.isfinite(here).all()
    assert stable > 20
    page.go("#matrix?")


def test_an_unstable_case_is_hatched_and_has_no_squares(page):
    page.go("#matrix?Delta_c=0")
    matrix = page.figure("matrix")
    stable = page.ask("matrix", "f.shown.map(l => l.status[0] === 'stable')")
    assert not all(stable)
    for panel, squares in zip(matrix.locator(".live-panel").all(), stable, strict=True):
        assert panel.locator("rect.square").count() == 64 * squares
        assert panel.locator("rect.unstable").count() == (not squares)
    page.go("#matrix?")


@pytest.mark.parametrize(
    "name, columns",
    [
        ("branches", 1 + 2 * 3),
        ("locus", 1 + 3 * 16),
        ("matrix", 11),
        ("noise", 7),
        ("fig-1b", 5),
        ("pair", 5),
    ],
)
def test_sentence_table_and_file(page, name, columns):
    page.go(f"#{name}?")
    words = page.said(name)
    assert WORDS[name] in words
    _, *rows = page.ask(name, "f.csv").split("\r\n")
    assert len(rows[0].split(",")) == columns
    points = page.ask(name, "f.shown[0].x.length")
    assert len(rows) - 1 == {"matrix": 24, "noise": 9, "fig-1b": 3}.get(name, points)
    page.figure(name).locator(".live-data summary").click()
    page.figure(name).locator(".live-data tbody tr").first.wait_for()
    assert page.figure(name).locator(".live-data tbody tr").count() == len(rows) - 1


@pytest.mark.parametrize(
    "name, word",
    [("branches", "branch 1, stable"), ("locus", "λ = "), ("matrix", "V("), ("noise", "vacuum: 0.707"),
     ("fig-1b", "from the laser"), ("pair", "transmission 50%: 0.")],
)  # fmt: skip
def test_the_pointer_reads_values(page, name, word):
    panel = page.figure(name).locator(".live-panel").first
    panel.scroll_into_view_if_needed()
    box = panel.bounding_box()
    page.tab.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    assert word in panel.locator(".live-values").inner_text()


@pytest.mark.parametrize("kind", OF_LIGHT)
def test_the_lab_draws_every_kind(kind):
    y = {"branches": "pull"}.get(kind, "growth")
    figure = live(("power", 1, 100), y, ["Delta_c"], kind=kind, cases=["ccw"])
    before, after = (figure.draw(p) for p in (om.PAPER, om.PAPER.replace(kappa=0.1 * W)))
    assert before.axes and after.axes
    assert figure.widget() is not None and figure.spec["kind"] == kind


@pytest.mark.parametrize("name", OF_BRANCHES)
def test_a_branch_has_its_own_numbers(name):
    s = om.solve(branches.LONE, branch=1)
    assert s.status == "unstable" and np.isfinite(OUTPUTS[name].of(s))
