"""What an even grid steps over: edges and peaks in the page and in the Lab, and dots where each case is."""

import re

import numpy as np
import pytest
from live_page import page_of
from scipy.optimize import brentq

import omcore as om
from drawings.kit import grids
from drawings.kit.curves import Line
from drawings.kit.live import live
from drawings.optima.places import CONTESTANTS, presets
from drawings.steady_state import branches
from omcore.outputs import OUTPUTS
from omcore.paper.optima import found
from omcore.stability import eigenvalues

W, RACES = om.PAPER.omega_m, presets()
LAB = live("Delta_c", "E_am", ["power", "Delta_c"], outputs=OUTPUTS, axes=["Delta_c", "power"],
           presets=RACES, name="lab")  # fmt: skip
MAP = live(("Delta_c", -3, 4), "E_am", ["Delta_c"], over=("Delta_a", -3, 3), name="map")
page = page_of(
    LAB,
    MAP,
    live(("Delta_c", -2.5, 5), "growth", ["Delta_c"], kind="locus", name="locus"),
    live(("power", 1, 500, "log"), "pull", ["Delta_c"], kind="branches", p=branches.SPINNING, cases=False,
         name="branches"),
)  # fmt: skip


# ---- the optima of the races

UNFOLD = "all => all.forEach(one => (one.open = true))"


def stored(button):
    """The value that the record of the races leads to, and the Parameters that a preset leads to."""
    changes, (case,), measure, _why = RACES[button]
    (name,) = (n for n, (words, _) in CONTESTANTS.items() if button.endswith(f", {words}"))
    best = found("self-consistent", measure)[name][2].value
    return measure, best, Line.of(case).at(om.PAPER.replace(**changes))


def highest(p, measure):
    """The largest number along Delta_c, on a grid sixty times finer than that of a figure."""
    swept = om.solve(p.in_omega_m(Delta_c=np.linspace(-4, 6, 15_001)))
    return max(np.nanmax(OUTPUTS[measure].of(swept)), OUTPUTS[measure].of(om.solve(p)))


@pytest.mark.parametrize("button", RACES)
def test_a_button_of_the_laboratory_shows_the_optimum_that_it_promises(page, button):
    measure, best, p = stored(button)
    page.figure("lab").locator("details").evaluate_all(UNFOLD)
    page.figure("lab").get_by_role("button", name=button, exact=True).click()
    y, here = page.ask("lab", "[Array.from(f.shown[0].y), f.shown[0].here]")
    y = np.array(y, float)
    assert y[here] == pytest.approx(best, rel=1e-8), "the slider's own point is drawn"
    assert np.nanmax(y) >= best * (1 - 1e-8)
    assert np.nanmax(y) >= highest(p, measure) * (1 - 1e-3)
    place = f"{p.Delta_c / W:.3g}".replace("-", "−")
    [(set_, top)] = page.numbers("lab").values()
    assert set_ == f"{best:.3g} at {place} ωₘ" and top.startswith(f"{np.nanmax(y):.3g} at ")


@pytest.mark.parametrize("button", RACES)
def test_the_lab_draws_the_same_optimum(button):
    measure, best, p = stored(button)
    changes, (case,), *_ = RACES[button]
    (line,) = live("Delta_c", measure, cases=[case]).draw(om.PAPER.replace(**changes)).axes[0].lines
    assert np.nanmax(line.get_ydata()) >= max(best * (1 - 1e-8), highest(p, measure) * (1 - 1e-3))
    assert p.Delta_c / W == pytest.approx(
        line.get_xdata()[abs(line.get_xdata() - p.Delta_c / W).argmin()]
    )


# ---- edges


def test_gaps_end_where_fluctuations_begin_to_grow(page):
    page.go("#lab?")
    edges = {}
    for case, p in om.CASES.items():
        x = np.linspace(-4, 6, 2001)
        rate = lambda d, p=p: eigenvalues(p.in_omega_m(Delta_c=d))[..., 0].real
        signs = np.flatnonzero(np.diff(np.sign(rate(x))))
        edges[case] = [brentq(rate, x[k], x[k + 1]) for k in signs]
    shown = page.ask("lab", "f.shown.map(l => [l.case, Array.from(l.x), l.status])")
    shown += [
        [c, x, s]
        for c, x, s in page.ask("locus", "f.shown.map(l => [l.case, Array.from(l.x), l.status])")
    ]
    for case, x, status in shown:
        x, stable = np.array(x), np.array(status) == "stable"
        k = np.flatnonzero(stable[1:] != stable[:-1])
        expected = [edge for edge in edges[case] if x[0] < edge < x[-1]]
        assert np.diff(x)[k].max() < 1e-4, "both sides are drawn"
        np.testing.assert_allclose(x[k], expected, atol=1e-4)


def test_the_sentence_of_branches_names_the_edge_itself(page):
    page.go("#branches?")
    first = float(re.search(r"none is stable ([\d.]+) to 500 mW", page.said("branches"))[1])

    def stands(power):
        return om.mean_field_branches(branches.SPINNING.replace(power=1e-3 * power)).stable.any()

    low, high = 41.0, 500.0  # above the folds the branch is one
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if stands(middle) else (low, middle)
    assert first == float(f"{low:.3g}")


def test_what_grows_without_bound_is_not_called_largest(page):
    page.go("#lab?y=phonons&cases=ccw")
    [(_, top)], y = page.numbers("lab").values(), page.ask("lab", "Array.from(f.shown[0].y)")
    assert top == "unbounded at 2.19 ωₘ" and np.nanmax(np.array(y, float)) > 1e4
    assert "unbounded at 2.19 ωₘ" in page.said("lab")
    ticks = page.figure("lab").locator(".live-panel svg text").all_text_contents()
    assert not any("10⁴" in tick or "10⁵" in tick or tick.endswith("0000") for tick in ticks)
    axis = live("Delta_c", "phonons", cases=["ccw"]).draw(om.PAPER).axes[0]
    assert axis.get_ylim()[1] < 1e3 < np.nanmax(axis.lines[0].get_ydata())
    page.go("#lab?")


@pytest.mark.parametrize("place", [0.3141, 0.5, 1.2345, 2.9])
def test_peaks_and_edges_of_a_known_curve(page, place):
    """A kink, as the smallest of several pieces has, and a cliff: in Python and in the page."""
    x = np.linspace(0, 3, 31)
    kink = lambda x: 1 - np.abs(x - place)
    np.testing.assert_allclose(grids.peaks(x, kink(x), kink), place, atol=1e-3)
    np.testing.assert_allclose(grids.edges(x, lambda x: x > place), place, atol=1e-3)
    there = page.tab.evaluate(
        """([x, place]) => {
            const at = (all) => Array.from(all, (v) => ({ y: 1 - Math.abs(v - place), over: v > place }));
            return [omcore.grids.peaks(x, at, "y"), omcore.grids.edges(x, at, ({ over }) => over)];
        }""",
        [x.tolist(), place],
    )
    for found_there in there:
        np.testing.assert_allclose(found_there, place, atol=1e-3)


def test_rounding_is_no_peak(page):
    x = np.linspace(0, 1, 101)
    noise = lambda x: 1 + 1e-13 * np.sin(1e5 * x)
    assert grids.peaks(x, noise(x), noise).size == 0
    script = """x => omcore.grids.peaks(
        x, (all) => Array.from(all, (v) => ({ y: 1 + 1e-13 * Math.sin(1e5 * v) })), "y")"""
    assert page.tab.evaluate(script, x.tolist()) == []


# ---- dots on maps


def test_a_dot_stands_where_its_case_is_on_a_map_of_the_page(page):
    page.filled("map")
    for held in (False, True):  # each by itself, and then the slider of Delta_c for all
        if held:
            page.go("#map?Delta_c=1e8")
        panels = page.ask("map", """[...f.host.querySelectorAll(".live-panel > svg")].map((svg, k) => {
            const dot = svg.querySelector(".spot"), frame = svg.querySelector("clipPath rect");
            const read = (node, ...names) => names.map((name) => Number(node.getAttribute(name)));
            const { case: name, here } = f.shown[k];
            return [name, here, read(dot, "cx", "cy"), read(frame, "x", "y", "width", "height")];
        })""")  # fmt: skip
        assert len(panels) == 3
        for case, here, (cx, cy), (x, y, width, height) in panels:
            p = om.CASES[case].replace(**{"Delta_c": 1e8} if held else {})
            assert -3 + 7 * (cx - x) / width == pytest.approx(p.Delta_c / W, abs=0.01)
            assert 3 - 6 * (cy - y) / height == pytest.approx(p.Delta_a / W, abs=0.01)
            E = om.solve(p).log_negativity("a", "m")
            assert here == pytest.approx(E, rel=1e-9, nan_ok=True)
    page.go("#map?")
    [(dot, _)] = [cells for name, cells in page.numbers("map").items() if name == "CW driven"]
    assert dot == f"{om.solve(om.CASES['cw']).log_negativity('a', 'm'):.3g}"


def test_a_dot_stands_where_its_case_is_on_a_map_of_the_lab():
    *axes, _bar = MAP.draw(om.PAPER).axes
    for axis, p in zip(axes, om.CASES.values(), strict=True):
        (dot,) = axis.lines
        assert [*dot.get_xdata(), *dot.get_ydata()] == pytest.approx([p.Delta_c / W, p.Delta_a / W])
