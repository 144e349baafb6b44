"""Optima: freedoms and slopes against differences, and what a recorded optimum has to be."""

import dataclasses
import functools
import json

import numpy as np
import pytest
from trust.effort import effort

import omcore as om
from omcore.paper import optima
from omcore.paper.freedoms import moved, position, slopes
from omcore.paper.optima import (
    BOUNDS,
    CONTESTANTS,
    EDGES,
    FREE,
    MARGIN,
    ROUNDS,
    box,
    elasticities,
    freedoms_of,
    optimum,
    piece_slopes,
    pieces,
    steady,
)
from omcore.steady_state import MEAN_FIELDS

NEAR = effort(100, 300)  # places tried around an optimum, at each of three distances
found = functools.cache(optima.found)  # reads and rebuilds all of the record
each_measure = pytest.mark.parametrize("measure", ["E_am", "R"])
each_reading = pytest.mark.parametrize("reading", MEAN_FIELDS)


@pytest.mark.parametrize("name", CONTESTANTS)
def test_turning_the_knobs_back_gives_the_same_parameters(name):
    p, freedoms = CONTESTANTS[name], freedoms_of(name, ROUNDS[3])
    q = moved(p, freedoms, position(p, freedoms))
    numbers = [field.name for field in dataclasses.fields(p) if field.name != "drive"]
    assert [getattr(q, n) for n in numbers] == pytest.approx(
        [getattr(p, n) for n in numbers], rel=1e-12
    )


@each_measure
@each_reading
@pytest.mark.parametrize("name", ["CW", "CCW", "both sides, CW", "both sides and a scatterer"])
def test_slopes_of_the_pieces_are_those_of_differences(name, reading, measure):
    p, freedoms = CONTESTANTS[name], freedoms_of(name, ROUNDS[3])
    x = position(p, freedoms)
    exact = slopes(p, freedoms, piece_slopes(p, measure, reading))
    for k, freedom in enumerate(freedoms):
        step = 3.0 if freedom == "angular_velocity" else 1e-4
        beside = x[:, None] + step * np.eye(len(x))[k][:, None] * np.array([1, -1])
        up, down = np.moveaxis(
            pieces(om.solve(moved(p, freedoms, beside), reading), measure), -1, 0
        )
        assert exact[k] == pytest.approx((up - down) / (2 * step), rel=1e-4, abs=1e-10)


@each_measure
@each_reading
def test_no_larger_round_ends_below_a_smaller_one(measure, reading):
    for rounds in found(reading, measure).values():
        values = [best.value for best in rounds]
        assert all(later >= earlier * (1 - 1e-9) for earlier, later in zip(values, values[1:]))  # noqa: B905, RUF007


@each_measure
@each_reading
@pytest.mark.parametrize("name", CONTESTANTS)
def test_what_was_found_is_inside_and_nothing_near_it_is_higher(name, measure, reading):
    rng = np.random.default_rng(7)
    for best in found(reading, measure)[name]:
        edges, x = box(best.freedoms), position(best.parameters, best.freedoms)
        assert (edges[:, 0] - 1e-9 <= x).all() and (x <= edges[:, 1] + 1e-9).all()
        assert om.solve(best.parameters, reading).growth <= -(MARGIN - 1e-6) * om.PAPER.omega_m

        steps = rng.normal(size=(len(x), 3 * NEAR)) * np.repeat([1e-2, 1e-3, 1e-4], NEAR)
        near = np.clip(
            x[:, None] + np.ptp(edges, axis=1)[:, None] * steps, edges[:, :1], edges[:, 1:]
        )
        s = om.solve(moved(best.parameters, best.freedoms, near), reading)
        counts = steady(s)
        assert counts.sum() >= NEAR // 100  # an optimum in a narrow corner has few neighbours
        assert pieces(s, measure).min(axis=0)[counts].max() <= best.value * (1 + 2e-4)


@each_reading
def test_two_sides_are_the_bright_mode_alone(reading):
    """A second route to every optimum with light from both sides: another set of fields."""
    best = found(reading, "E_am")
    both, bright = best["both sides, at rest"], best["its bright mode"]
    for one, other in zip(both, bright, strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-4)
    p = both[2].parameters
    same = p.replace(counter_drive=0.0, undriven_coupling=0.0, G_a=np.sqrt(2) * p.G_a)
    assert om.solve(same, reading).log_negativity("a", "m") == pytest.approx(
        both[2].value, abs=1e-9
    )


def test_a_search_with_other_seeds_finds_nothing_higher():
    best = found("self-consistent", "E_am")["CCW"]
    for recorded in best[: effort(2, 3)]:
        again = optimum(CONTESTANTS["CCW"], "E_am", recorded.freedoms, seeds=(101,))
        assert again.value <= recorded.value * (1 + 1e-5)


def test_elasticities_at_a_kink_are_those_of_the_optimum_that_follows():
    best = found("self-consistent", "R")["both sides, at rest"][0]
    values = np.sort(pieces(om.solve(best.parameters), "R"))
    assert values[1] == pytest.approx(values[0], rel=1e-4)
    percent = elasticities(best.parameters, "R")
    for field in ("power", "kappa"):
        up, down = (
            optimum(
                best.parameters.replace(**{field: getattr(best.parameters, field) * factor}),
                "R",
                ROUNDS[0],
                seeds=(),
            ).value
            for factor in (1.003, 0.997)
        )
        assert percent[field] == pytest.approx((up - down) / 6e-3 / best.value, rel=0.01)


@pytest.mark.parametrize("name", ["CW", "CCW"])
def test_light_from_both_sides_gives_more_than_any_rotation_within_the_bounds(name):
    best = found("self-consistent", "E_am")
    for number in range(effort(1, 2)):
        p, freedoms = best[name][number].parameters, (*ROUNDS[number], "angular_velocity")
        assert (
            optimum(p, "E_am", freedoms, seeds=(1,)).value
            < best["both sides, at rest"][number].value
        )
    assert best[name][3].value < best["both sides, at rest"][2].value


class Serial:
    """A pool of processes that has none."""

    __enter__ = lambda self: self
    __exit__ = lambda *_: None
    map = staticmethod(map)


def test_the_record_is_what_the_searches_write(monkeypatch, tmp_path):
    """Every search is replaced by its recorded end: from where it starts, and what is stored of it."""
    before = json.loads(optima.RECORD.read_text(encoding="utf-8"))
    left = iter(before)

    def known(p, measure, freedoms, reading, bounds, margin, seeds):
        row = next(left)
        name, number, edges = row["contestant"], row["round"], row["edges"]
        assert (measure, reading) == (row["measure"], row["reading"])
        assert (bounds, margin) == EDGES[edges] and freedoms == freedoms_of(name, ROUNDS[number])
        ends = found(reading, measure)[name]
        start = ends[number] if edges != "as stated" else ends[number - 1] if number else None
        assert p == (start.parameters if start else CONTESTANTS[name])
        few = edges != "as stated" or number < 2 or name in FREE
        assert list(seeds) == list(range(4 if few else 16))
        own = found(reading, measure, edges)[name]
        return own[number if edges == "as stated" else 0]

    monkeypatch.setattr(optima, "optimum", known)
    monkeypatch.setattr(optima, "ProcessPoolExecutor", Serial)
    monkeypatch.setattr(optima, "RECORD", copy := tmp_path / "optima.json")
    copy.write_text(json.dumps(before), encoding="utf-8")
    optima.main()
    rows = json.loads(copy.read_text(encoding="utf-8"))
    assert next(left, None) is None
    for row, stored in zip(rows, before, strict=True):
        assert row.pop("at") == pytest.approx(stored.pop("at"), rel=1e-12)
        assert row == stored


def test_what_is_at_a_bound_is_said():
    best = found("self-consistent", "E_am")["at rest"][1]
    assert best.at_bounds() == ("power",) and best.parameters.power == pytest.approx(40e-3)
    assert best.at_bounds(BOUNDS | {"power": (1e-3, 80e-3)}) == ()
    G_a = best.parameters.G_a / best.parameters.omega_m
    assert best.at_bounds(BOUNDS | {"G_a": (G_a, 1.1 * G_a)}) == ("G_a", "power")
    lossy = found("self-consistent", "E_am")["at rest"][2]
    assert "gamma_a" in lossy.at_bounds() and lossy.parameters.in_omega_m(
        gamma_a=0.05
    ).gamma_a == pytest.approx(lossy.parameters.gamma_a)


@each_measure
@pytest.mark.parametrize("name", ["cw", "ccw"])
def test_elasticities_are_slopes_of_logarithms(name, measure):
    """Where R has no kink; a detuning is given by a hundredth of omega_m."""
    p = om.CASES[name]
    value = lambda q: pieces(om.solve(q), measure).min()
    found_here = elasticities(p, measure)
    rates = ("kappa", "G_a", "gamma_a", "Delta_c", "Delta_a")
    for field in ("power", "temperature", "mass", "radius", *rates):
        unit = p.omega_m if field.startswith("Delta") else getattr(p, field)
        step = 1e-5 * unit
        up, down = (value(p.replace(**{field: getattr(p, field) + s})) for s in (step, -step))
        assert found_here[field] == pytest.approx(
            (up - down) / (2e-5 * value(p)), rel=1e-4, abs=1e-7
        )
    assert "dispersion" not in found_here and "counter_drive" not in found_here


def test_an_optimum_says_how_often_it_asked_and_was_found(monkeypatch):
    counted = []
    search = optima.highest
    monkeypatch.setattr(
        optima, "highest", lambda f, *rest: counted.append(search(f, *rest)) or counted[-1]
    )
    best = optimum(om.CASES["ccw"], "E_am", ROUNDS[0], seeds=(0, 1, 2))
    assert best.asked == sum(points for *_, points in counted) > 0
    assert best.searches == 4 and best.agreeing == 4  # three and the start, on one hill


def test_a_place_has_as_many_numbers_as_there_are_knobs():
    with pytest.raises(ValueError, match="longer|shorter"):
        moved(om.PAPER, ("Delta_c", "power"), [0.5, -3.0, 1.0])
