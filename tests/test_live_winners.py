"""The live map of Who wins: what is stored under it, and the race at its dot. In headless Chromium."""

import re
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from live_page import page_of

import omcore as om
from drawings.kit.live import live
from drawings.optima import planes, winners_map
from omcore.paper.freedoms import IN_OMEGA_M
from omcore.paper.winners import PLANES

STATES = 12
FIRST = "Delta_a"

page = page_of(live(winners_map.MAP))


def somewhere(rng, field):
    """Two fields of a plane, in SI units, between its stored places."""
    place = {}
    for name, values in zip((PLANES[field][0], field), PLANES[field][1:], strict=True):
        spread = np.geomspace if planes.is_logarithmic(name) else np.linspace
        value = spread(*values[[0, -1]], 1001)[rng.integers(1001)]
        place[name] = float(value * (om.PAPER.omega_m if name in IN_OMEGA_M else 1.0))
    return place


def curves(page):
    """(case, reading, output): values, of the curves at the dot; and their axis."""
    shown = page.ask(
        "winners",
        "f.shown.slice(f.state.reading === 'both' ? 2 : 1)"
        ".map(l => [l.case, l.reading, l.output, Array.from(l.y)])",
    )
    x = np.array(page.ask("winners", "Array.from(f.shown.at(-1).x)"))
    return x, {(*key,): np.array(y, float) for *key, y in shown}


def visible_sliders(page):
    sliders = "[...f.host.querySelectorAll('input[type=range]')].filter(s => s.checkVisibility())"
    return set(page.ask("winners", f"{sliders}.map(s => s.name)"))


def test_the_race_at_the_dot_is_that_of_the_library(page):
    rng, counted = np.random.default_rng(18), 0
    for k in range(STATES):
        field, reading = list(PLANES)[k % len(PLANES)], (*om.MEAN_FIELDS, "both")[k % 3]
        measure, place = ("E_am", "R")[k % 2], somewhere(rng, field)
        page.go(f"#winners?{urlencode({'x': field, 'y': measure, 'reading': reading} | place)}")
        x, found = curves(page)
        assert len(found) == 6 * (1 + (reading == "both"))
        p = om.PAPER.replace(**place)
        for (case, way, output), y in found.items():
            assert output == measure
            line, grid = winners_map.MAP.lines[case], np.linspace(*winners_map.SCAN)
            here = winners_map.at_point({case: line}, p, way, field, measure, grid)
            there = y[np.argmin(abs(x[:, None] - grid), axis=0)]
            same = np.isnan(there) == np.isnan(here[case])
            assert same.mean() > 0.98, (case, place)  # at the margin the last digits decide
            # the second beam of a place is stored with sixteen bits
            np.testing.assert_allclose(there[same], here[case][same], rtol=2e-3, atol=1e-6)
            counted += np.isfinite(there).sum()
    assert counted > 1000
    page.go("#winners?")


def test_the_map_is_that_of_the_stored_places(page):
    for field in PLANES:
        for measure, none in planes.NOTHING.items():
            page.go(f"#winners?{urlencode({'x': field, 'y': measure})}")
            winner = np.array(page.ask("winners", "Array.from(f.shown[0].y)"), float)
            best = planes.stored(field, "self-consistent", measure)
            heights = np.array([planes.fine(best[n]).ravel() for n in winners_map.RUNNERS.values()])
            top = heights.max(0)
            clear = abs(top - none) > 5e-5  # what is stored has sixteen bits
            assert (np.isnan(winner) == (top <= none))[clear].all()
            won = ~np.isnan(winner) & clear
            chosen = heights[winner[won].astype(int), np.flatnonzero(won)]
            assert won.any() and (chosen >= 0.998 * top[won] - 5e-5).all()
    page.go("#winners?")


def test_at_a_stored_place_the_page_finds_what_is_stored(page):
    rng, compared = np.random.default_rng(22), 0
    for field, (name, columns, rows) in PLANES.items():
        i, k = rng.integers(1, len(rows) - 1), rng.integers(1, len(columns) - 1)
        unit = lambda n: om.PAPER.omega_m if n in IN_OMEGA_M else 1.0
        place = {name: columns[k] * unit(name), field: rows[i] * unit(field)}
        page.go(f"#winners?{urlencode({'x': field} | place)}")
        best = planes.stored(field)
        for (case, *_), y in curves(page)[1].items():
            there = best[winners_map.RUNNERS[case]][i, k]
            assert np.nanmax(y, initial=0) == pytest.approx(there, rel=5e-3, abs=2e-4), (
                case,
                place,
            )
            compared += there > 0.01
    assert compared > 10
    page.go("#winners?")


def test_a_pointer_and_the_arrow_keys_move_the_dot(page):
    figure, before = page.figure("winners"), page.drawn("winners")
    box = figure.locator(".live-panel image").bounding_box()
    mouse = page.tab.mouse
    dot = figure.locator(".live-grip.dot").bounding_box()
    mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    mouse.down()
    first = page.ask("winners", "f.state.set")
    mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.7 * box["height"], steps=4)
    dragged = page.ask("winners", "f.state.set")
    mouse.up()
    assert dragged != first and set(dragged) == {"G_a", "Delta_a"}
    assert 0.4 < dragged["G_a"] / om.PAPER.omega_m < 0.9 and dragged["Delta_a"] < 0
    assert page.drawn("winners") != before
    spot = figure.locator("circle.spot").bounding_box()
    assert spot["x"] + spot["width"] / 2 == pytest.approx(box["x"] + 0.4 * box["width"], abs=3)
    mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])  # no button is down
    assert page.ask("winners", "f.state.set") == dragged
    figure.locator("input[name=G_a]").press("ArrowRight")
    moved = page.ask("winners", "f.state.set.G_a")
    assert (
        moved > dragged["G_a"] and page.ask("winners", "f.state.set.Delta_a") == dragged["Delta_a"]
    )
    page.go("#winners?")


def test_another_plane_has_its_own_two_sliders(page):
    figure = page.figure("winners")
    assert visible_sliders(page) == {"G_a", FIRST}
    for field, (name, *_) in PLANES.items():
        figure.locator("select").nth(1).select_option(field)
        assert visible_sliders(page) == {name, field}
        assert page.ask("winners", "f.state.set") == winners_map.START.get(field, {})
        assert figure.locator("circle.spot").count() == 1, "the dot is on the map"
    page.reset("winners")


def test_what_is_under_the_dot_is_in_the_table_and_said(page):
    page.go("#winners?")
    numbers, words = page.numbers("winners"), page.said("winners")
    assert words.startswith("Who is highest, largest, at the dot: stationary, 0.0718; ")
    heights = {name: float(cell) for name, [cell] in numbers.items()}
    assert all(f"{name}, {height:g}" in words for name, height in heights.items())
    assert max(heights, key=heights.get) == "both sides at rest"
    assert heights["both sides at rest"] == pytest.approx(0.160, abs=6e-4)
    assert page.figure("winners").locator(".live-words").get_attribute("aria-live") == "polite"


def test_who_does_not_run_does_not_win(page):
    page.go("#winners?cases=stationary,cw,ccw")
    winner = np.array(page.ask("winners", "Array.from(f.shown[0].y)"), float)
    best = planes.stored(FIRST)
    heights = np.array([planes.fine(best[name]).ravel() for name in planes.ONE_SIDE])
    won = ~np.isnan(winner)
    chosen = heights[winner[won].astype(int), np.flatnonzero(won)]
    assert (chosen >= 0.998 * heights.max(0)[won] - 5e-5).all() and len(set(winner[won])) == 3
    page.go("#winners?")


def test_the_sheet_says_how_much_light_comes_from_the_other_side(page):
    page.go("#winners?")
    with page.tab.expect_download() as saved:
        page.button("winners", "SVG").click()
    text = re.sub("<[^>]*>", " ", Path(saved.value.path()).read_text(encoding="utf-8"))
    shares = re.search(r"f = 0 \(stationary, .*?\)(.*?)θf", " ".join(text.split())).group(1)
    there = winners_map.stored_places(FIRST)["both sides, CW"][winners_map.nearest(om.PAPER, FIRST)]
    found = float(re.search(r"([\d.]+) \(both sides CW\)", shares).group(1))
    assert found == pytest.approx(there.counter_drive, abs=1e-4)
