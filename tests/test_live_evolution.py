"""The live figure in time: the browser's integrator against om.evolve. In headless Chromium."""

from urllib.parse import urlencode

import numpy as np
import pytest
from live_page import near, page_of

import omcore as om
from drawings.evolution import landing, switched_on
from drawings.kit.knobs import KNOBS
from drawings.kit.live import live

STATES = 12
RNG_SEED = 20261125
W = om.PAPER.omega_m


page = page_of(live(switched_on.LIVE), live(name="curves"))


def random_state(rng):
    """A query at which all settles, or goes on swinging: every field moved a little, and the knobs."""
    knobs = {
        "duration": rng.uniform(1e-7, 1e-6),
        "ramp": rng.choice([0.0, rng.uniform(0, 1e-6)]),
        "n_0": rng.choice([0.0, rng.uniform(0, 100)]),
    }
    return near(rng, 0.1) | knobs


def compared(page):
    """Every curve that is shown beside that of the library, where both have numbers."""
    found, shown = (
        page.python("evolution")["found"],
        page.ask("evolution", "f.shown.map(l => [l.case, l.output, Array.from(l.y)])"),
    )
    assert {(case, output) for case, output, _ in shown} == set(found)
    for case, output, y in shown:
        here, there = np.array(y, float), np.ravel(found[case, output])
        assert not (np.isnan(there) & ~np.isnan(here)).any(), "a number where the library has none"
        yield output, here, there


def test_curves_are_those_of_the_library(page):
    rng, numbers = np.random.default_rng(RNG_SEED), 0
    for _ in range(STATES):
        page.go("#evolution?" + urlencode(random_state(rng)))
        for _, here, there in compared(page):
            known = np.isfinite(here)
            np.testing.assert_allclose(here[known], there[known], rtol=1e-5, atol=1e-6)
            numbers += known.sum()
    assert numbers > 20000
    page.go("#evolution?")


def test_it_has_settled_where_the_chapters_before_it_begin(page):
    page.go("#evolution?duration=4e-6")
    last = page.ask("evolution", "f.shown.map(l => [l.case, l.output, l.y.at(-1)])")
    for case, output, value in last:
        if "-" in output:
            E = om.solve(om.CASES[case]).log_negativity(*output.split("-"))
            assert value == pytest.approx(E, abs=1e-6)
    page.go("#evolution?")


def test_a_sudden_laser_misses_the_stable_state_here_too(page):
    figure = page.figure("evolution")
    figure.get_by_role("button", name="70 mW, less loss").click()
    page.said("evolution")  # it rests, and has all of its points
    y = np.array(page.ask("evolution", "Array.from(f.shown[0].y)"), float)
    assert page.ask("evolution", "f.shown.map(l => l.case)") == ["stationary"] * 6
    assert np.isfinite(y[:60]).all() and np.isnan(y[-1]), "V has grown too large"
    assert [cells[1] for cells in page.numbers("evolution").values()][:2] == ["unbounded"] * 2
    figure.get_by_role("button", name="the same, slowly").click()
    E = page.ask("evolution", "f.shown[0].y.at(-1)")
    assert E == pytest.approx(om.solve(landing.AT).log_negativity("a", "m"), abs=1e-4)
    page.go("#evolution?")


def test_the_numbers_say_when_entanglement_is_there_for_good(page):
    page.go("#evolution?n_0=100")
    numbers = page.numbers("evolution")
    assert numbers["growth at this moment, stationary"][0] == "never"
    times = [
        numbers[f"atoms and mirror, {name} driven"][0].removesuffix(" µs") for name in ("CW", "CCW")
    ]
    step, runs = 1e-6 / 240, (switched_on.data(n_0=100).curves[case] for case in ("cw", "ccw"))
    for time, (E, *_) in zip(times, runs, strict=True):
        last = np.flatnonzero(E == 0)[-1] * 1e-6 / (switched_on.POINTS - 1)
        assert abs(float(time) * 1e-6 - last) < 2 * step  # two digits are said
    page.go("#evolution?n_0=0")
    assert page.numbers("evolution")["atoms and mirror, CCW driven"][0] == "0.0042 µs", "at once"
    page.go("#evolution?")


def test_its_knobs_are_in_its_address_and_leave_other_figures_alone(page):
    page.go("#evolution?")
    figure = page.figure("evolution")
    figure.locator("input[name=n_0]").press("Home")
    figure.locator("input[name=ramp]").press("PageUp")
    page.tab.wait_for_function("() => location.hash === '#evolution?n_0=0&ramp=5e-7' "
                               "|| location.hash === '#evolution?ramp=5e-7&n_0=0'")  # fmt: skip
    assert page.ask("curves", "f.state.set") == {}
    assert page.ask("evolution", "f.shown[0].x.at(-1)") == pytest.approx(1.0)
    figure.get_by_role("button", name="Reset").click()
    assert page.ask("evolution", "f.state.set") == switched_on.START
    for name, quantity in switched_on.KNOBS.items():
        assert name not in KNOBS or quantity is KNOBS[name]
        slider = figure.locator(f"input[name={name}]")
        assert slider.get_attribute("aria-label") == quantity.meaning
    page.go("#evolution?")


def test_a_case_can_be_taken_away(page):
    legend = page.figure("evolution").locator(".live-legend")
    assert legend.locator("svg").count() == 4, "each with a piece of its line, and the vacuum"
    boxes = legend.locator("input")
    boxes.nth(0).uncheck()
    assert set(page.ask("evolution", "f.shown.map(l => l.case)")) == {"cw", "ccw"}
    assert len(list(compared(page))) == 12
    page.go("#evolution?")
