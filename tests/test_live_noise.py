"""Live ellipses of noise, a squeezed pair with knobs of its own, and the resonances of Fig. 1(b)."""

from urllib.parse import urlencode

import numpy as np
import pytest
from live_page import page_of, random_query

import omcore as om
from drawings.entanglement import joint_noise, squeezed_pair
from drawings.evolution import switched_on
from drawings.fig1 import fig1b
from drawings.kit.live import live
from drawings.kit.style import CASE_TITLES
from drawings.seen import experiment
from drawings.steady_state import branches
from omcore.gaussian.states import two_mode_squeezed, two_mode_squeezed_negativity

STATES = 20
W = om.PAPER.omega_m
FURTHER = (
    live("temperature", "E_am", ["Delta_c", "kappa", "G_a", "power", "angular_velocity", "temperature"],
         kind="noise", draw=lambda p, reading: joint_noise.draw(joint_noise.data(p, reading)), name="noise"),
    live(y="shift", knobs=["angular_velocity", "Delta_c", "Delta_a", "kappa"], cases=False,
         presets=om.CASES, kind="resonances", draw=lambda p, _: fig1b.draw(p), name="fig-1b"),
    live(squeezed_pair.PAIR),
)  # fmt: skip
OF_EACH_KIND = (
    live(("Delta_c", -2.5, 5), "growth", ["power"], kind="locus", name="locus"),
    live(("power", 1, 500, "log"), "pull", ["Delta_c"], kind="branches", p=branches.SPINNING, cases=False,
         name="branches"),
    live("temperature", "phonons", ["power"], kind="matrix", name="matrix"),
    live(switched_on.LIVE),
    live(experiment.LIVE),
    *FURTHER,
)  # fmt: skip


page = page_of(*FURTHER, live(name="curves"))


def test_ellipses_of_noise_are_those_of_the_library(page):
    stable = compared = 0
    for k in range(STATES):
        page.go(f"#noise?{random_query(k)}")
        found = page.python("noise")["found"]
        shown = page.ask("noise", "f.shown.map(l => [l.case, l.reading, l.output, l.C, l.least])")
        known = {(*key,) for *key, C, _ in shown if np.isfinite(C[0][0])}
        assert known == set(found), "no steady state, no ellipse"
        for case, reading, view, C, least in shown:
            compared += 1
            if (case, reading, view) in found:
                here = found[case, reading, view]
                np.testing.assert_allclose(
                    np.array(C, float), here, rtol=1e-8, atol=1e-9 * abs(here).max()
                )
                lowest = np.linalg.eigvalsh(here)[0]
                assert abs(least - lowest) < 1e-9 * abs(here).max(), "it lies in its plane"
                stable += 1
    assert stable > 60 and compared > stable
    page.go("#noise?")


def test_the_first_ellipses_are_those_of_the_chapter(page):
    page.go("#noise?")
    least = page.ask(
        "noise",
        "Object.fromEntries(f.shown.filter(l => l.output === 'both').map(l => [l.case, l.least]))",
    )
    for case, x in joint_noise.data().items():
        assert least[case] == pytest.approx(x.least, rel=1e-9)


def test_an_ellipse_is_drawn_with_one_scale_on_both_axes(page):
    for name in ("noise", "pair"):
        for area in page.figure(name).locator(".live-panel .area").all():
            box = area.bounding_box()
            assert box["width"] == pytest.approx(box["height"], abs=1.0), "the vacuum is a circle"


def test_resonances_lie_where_the_sagnac_effect_puts_them(page):
    for state in (
        {},
        {"drive": "cw", "angular_velocity": -1e4, "Delta_c": 1.3 * W, "kappa": 0.2 * W},
    ):
        page.go("#fig-1b?" + urlencode(state))
        p = om.PAPER.replace(**state)
        places = om.cavity_detunings(p) | {"a": p.Delta_a}
        shown = page.ask(
            "fig-1b", "f.shown.map(l => [l.output, l.place, l.width, l.driven, Array.from(l.y)])"
        )
        found = page.python("fig-1b")["found"]
        assert len(shown) == len(found) == 3
        for mode, place, width, driven, y in shown:
            assert place == pytest.approx(places[mode] / W, rel=1e-12)
            assert width == pytest.approx((p.gamma_a if mode == "a" else p.kappa) / W)
            assert driven == (mode == p.drive)
            np.testing.assert_allclose(y, found["given", "self-consistent", mode], rtol=1e-9)
        flags = page.figure("fig-1b").locator(".flag text:last-child").all_text_contents()
        numbers = [float(flag.replace("−", "-")) for flag in flags]
        assert numbers == pytest.approx(
            [*(place for _, place, *_ in shown), p.Delta_c / W], rel=5e-3
        )
    page.go("#fig-1b?")


def test_the_buttons_of_fig1b_are_the_three_operating_points(page):
    for case, p in om.CASES.items():
        page.figure("fig-1b").get_by_role("button", name=CASE_TITLES[case], exact=True).click()
        driven, shift = page.ask("fig-1b", "[f.shown.find(l => l.driven).place, f.shown[0].shift]")
        assert driven == pytest.approx(om.cavity_detunings(p)[p.drive] / W)
        assert shift == pytest.approx(om.sagnac_shift(p) / W)
    page.go("#fig-1b?")


@pytest.mark.parametrize("r, t", [(1.0, 0.9), (0.0, 0.5), (3.0, 1.0), (2.35, 0.37), (1.0, 0.0)])
def test_a_squeezed_pair_is_that_of_the_library(page, r, t):
    page.go(f"#pair?r={r}&transmission={t}")
    shown = {
        output: np.array(y)
        for output, y in page.ask("pair", "f.shown.map(l => [l.output, Array.from(l.y)])")
    }
    found, V = page.python("pair")["found"], two_mode_squeezed(r, t)
    assert shown.keys() == found.keys()
    for output, y in shown.items():
        np.testing.assert_allclose(y, np.ravel(found[output]), rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(
        shown["positions"].reshape(2, 2), V[np.ix_([0, 2], [0, 2])], atol=1e-12
    )
    np.testing.assert_allclose(
        shown["momenta"].reshape(2, 2), V[np.ix_([1, 3], [1, 3])], atol=1e-12
    )
    exact = two_mode_squeezed_negativity(np.linspace(0, 3, 241), t)
    np.testing.assert_allclose(shown["as set"], exact, atol=1e-9)
    page.go("#pair?")


def test_what_a_pair_is_set_to_comes_back_from_its_address_and_leaves_the_others_alone(page):
    page.go("#pair?")
    page.figure("pair").locator("input[name=transmission]").press("PageDown")
    page.tab.wait_for_function("() => location.hash === '#pair?transmission=0.65'")
    page.of("pair").go("#curves?r=2;pair?transmission=7&power=0.1&r=-1")
    assert page.ask("pair", "f.state.set") == {
        "r": 1,
        "transmission": 0.75,
    }  # no such values: left out
    assert page.ask("curves", "f.state.set") == {}
    page.figure("pair").get_by_role("button", name="Reset").click()
    assert page.ask("pair", "f.state.set") == squeezed_pair.START
    page.go("#pair?")


def test_knobs_of_a_pair_are_said_once(page):
    for name, quantity in squeezed_pair.KNOBS.items():
        slider = page.figure("pair").locator(f"input[name={name}]")
        ends = [float(slider.get_attribute(end)) for end in ("min", "max")]
        assert ends == [quantity.shown.lowest, quantity.shown.highest]
        assert slider.get_attribute("aria-label") == quantity.meaning
    assert not squeezed_pair.KNOBS.keys() & om.QUANTITIES.keys(), (
        "or fields would change their meaning"
    )
    r, transmission, _ = squeezed_pair.PAIR.widget().children[0].children
    assert (r.value, transmission.value) == (1.0, 0.75) and (r.max, transmission.max) == (3.0, 1.0)


def test_the_sliders_of_a_pair_move_its_drawing_in_the_lab(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        squeezed_pair, "draw", lambda d: drawn.append(d.here) or fig1b.draw(om.PAPER)
    )
    r, transmission, back = squeezed_pair.PAIR.widget().children[0].children
    r.value = 2.0
    transmission.value = 0.5
    back.click()
    assert drawn == [(1.0, 0.75), (2.0, 0.75), (2.0, 0.5), (1.0, 0.75)]


def test_the_driven_mode_of_fig1b_can_be_chosen_in_the_lab():
    drawn = []
    figure = live(y="shift", knobs=["Delta_c"], cases=False, kind="resonances",
                  draw=lambda p, _: drawn.append(p.drive) or fig1b.draw(p))  # fmt: skip
    _, drive, *_ = figure.widget().children[0].children
    drive.value = "cw"
    assert drawn == ["ccw", "cw"]
    assert 'src="data:image/svg+xml;base64,' in figure.html() and 'width="390"' in figure.html()
