"""The virtual experiment in the page: its estimator, and its button. In headless Chromium."""

import numpy as np
import pytest
from live_page import Visit, page_of, write

import omcore as om
from drawings.kit.live import live
from drawings.seen import experiment
from omcore.gaussian.homodyne import SETTINGS, estimated_margin, fitted, quadratures

NAME = "experiment"
RNG_SEED = 20261130
ALL = "l.case, l.output, l.estimates"

page = page_of(live(experiment.LIVE), reduced_motion="no-preference")


def entries(moments):
    """Moments (5, 2, 2) as the page has them."""
    return [[m[0, 0], m[0, 1], m[1, 1]] for m in moments.tolist() for m in [np.array(m)]]


def test_the_estimator_is_that_of_the_library(page):
    rng, Q = np.random.default_rng(RNG_SEED), quadratures(SETTINGS)
    known = 0
    for _ in range(40):
        S, efficiency = rng.normal(size=(4, 4)), rng.uniform(0.1, 1)
        V = S @ S.T * 0.3 + 0.3 * np.eye(4)
        seen = Q @ (efficiency * V + (1 - efficiency) / 2 * np.eye(4)) @ Q.mT
        here = page.tab.evaluate(
            "([V, eta]) => omcore.homodyne.seenOf(V, eta)", [V.tolist(), efficiency]
        )
        np.testing.assert_allclose(here, entries(seen), rtol=1e-12)
        noisy = seen * rng.uniform(0.7, 1.3, (5, 1, 1))  # which fits no V exactly
        rows, margin = page.tab.evaluate(
            """([m, eta]) => { const { fitted, margin } = omcore.homodyne, V = fitted(m, eta);
                             return [V, margin(V)]; }""",
            [entries(noisy), efficiency],
        )
        there = fitted(noisy, efficiency=efficiency)
        np.testing.assert_allclose(rows, there, rtol=1e-10, atol=1e-12)
        wanted = estimated_margin(there)
        if np.isnan(wanted):
            assert margin is None or np.isnan(margin)
        else:
            assert margin == pytest.approx(wanted, abs=1e-9)
            known += 1
    assert known > 10


@pytest.mark.parametrize("records, efficiency", [(10_000, 1.0), (2000, 0.8)])
def test_histograms_are_those_of_the_library(page, records, efficiency):
    """With other random numbers, so within the error of their means."""
    page.go(f"#{NAME}?records={records}&efficiency={efficiency}&seed=7")
    d = experiment.data(records=records, efficiency=efficiency)
    for case, output, values, truth in page.ask(NAME, f"f.shown.map(l => [{ALL}, l.truth])"):
        here, there = (np.array(v, float) for v in (values, getattr(d.found[case], output)))
        here, there = here[np.isfinite(here)], there[np.isfinite(there)]
        assert truth == pytest.approx(d.true[case], abs=1e-9)
        assert here.mean() == pytest.approx(there.mean(), abs=4.5 * there.std() / np.sqrt(200))
        assert here.std() == pytest.approx(there.std(), rel=0.25)
    page.go(f"#{NAME}?")


def test_random_numbers_have_the_moments_that_they_must_have(page):
    values = page.tab.evaluate(
        """() => { const { uniform, chiSquare } = omcore.homodyne, next = uniform(3), length = 20000;
                   return [1, 2, 5, 300].map((k) => Array.from({ length }, () => chiSquare(k, next))); }"""
    )
    for k, x in zip((1, 2, 5, 300), np.array(values), strict=True):
        assert x.mean() == pytest.approx(k, abs=5 * np.sqrt(2 * k / 20000))
        assert x.var() == pytest.approx(2 * k, rel=0.15)
        assert (x > 0).all()


def test_an_address_gives_the_same_histogram_again(page):
    y = "f.shown.map(l => Array.from(l.y))"
    page.go(f"#{NAME}?seed=5&runs=50")
    first = page.ask(NAME, y)
    page.go(f"#{NAME}?seed=6&runs=50")
    assert page.ask(NAME, y) != first
    page.go(f"#{NAME}?seed=5&runs=50")
    assert page.ask(NAME, y) == first
    assert all(sum(row) == 2 * 50 for row in first), "each bin has two ends"
    page.go(f"#{NAME}?")


def test_it_fills_by_itself_and_stops_at_a_key(browser, tmp_path):
    address = write(tmp_path / "page.html", live(experiment.LIVE))
    with Visit(browser, address, reduced_motion="no-preference") as visit:
        figure, runs = visit.figure(NAME), "f.state.set.runs"
        figure.locator(".live-keep summary").click()
        y = visit.ask(NAME, "f.shown.map(l => Array.from(l.estimates))")
        figure.get_by_role("button", name="Play n").press("Enter")
        visit.tab.wait_for_function("() => omcore.figures.all[0].state.set.runs < 100")
        visit.tab.wait_for_function("() => omcore.figures.all[0].state.set.runs > 120")
        visit.tab.keyboard.press("Escape")
        stopped = visit.ask(NAME, runs)
        assert 120 < stopped <= experiment.RUNS and visit.ask(NAME, runs) == stopped
        shown = visit.ask(NAME, "f.shown.map(l => Array.from(l.estimates))")
        for some, every in zip(shown, y, strict=True):
            assert some == every[: round(stopped)], "the same experiments, as many as there are"
        assert visit.said(NAME).startswith("Histograms of estimates")
        assert not visit.errors


def test_the_same_in_python(page):
    page.go(f"#{NAME}?records=2000&runs=60&efficiency=0.9&temperature=0.5")
    there, shown = page.python(NAME)["found"], page.ask(NAME, f"f.shown.map(l => [{ALL}])")
    assert {(case, output) for case, output, _ in shown} == set(there)
    for case, output, values in shown:
        here, y = np.array(values, float), there[case, output]
        error = 5 * np.nanstd(y) / np.sqrt(30)
        assert len(y) == 60 and np.nanmean(here) == pytest.approx(np.nanmean(y), abs=error)
    page.go(f"#{NAME}?")


def test_values_beyond_the_sliders_break_nothing(page):
    for query in (
        "efficiency=0",
        "records=1",
        "runs=1e9&seed=0.5",
        "records=1e40",
        "temperature=300",
    ):
        page.go(f"#{NAME}?{query}")
        assert page.ask(NAME, "f.shown.length") == 6
        assert "NaN" not in page.drawn(NAME)
    page.go(f"#{NAME}?")
    assert om.PAPER.temperature == experiment.START["temperature"]
