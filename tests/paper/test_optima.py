"""Optima: freedoms and slopes against differences, and what a recorded optimum has to be."""

import dataclasses
import json

import numpy as np
import pytest

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
    found,
    freedoms_of,
    optimum,
    piece_slopes,
    pieces,
    steady,
)
from omcore.steady_state import MEAN_FIELDS

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
        up, down = np.moveaxis(pieces(om.solve(moved(p, freedoms, beside), reading), measure), -1, 0)
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

        steps = rng.normal(size=(len(x), 900)) * np.repeat([1e-2, 1e-3, 1e-4], 300)
        near = np.clip(
            x[:, None] + np.ptp(edges, axis=1)[:, None] * steps, edges[:, :1], edges[:, 1:]
        )
        s = om.solve(moved(best.parameters, best.freedoms, near), reading)
        counts = steady(s)
        assert counts.sum() > 2  # an optimum in a narrow corner has few neighbours
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
    for recorded in best[:3]:
        again = optimum(CONTESTANTS["CCW"], "E_am", recorded.freedoms, seeds=(101,))
        assert again.value <= recorded.value * (1 + 1e-5)


def test_elasticities_are_percent_per_percent():
    p = CONTESTANTS["CW"]
    E = lambda q: om.solve(q).log_negativity("a", "m")
    found = elasticities(p, "E_am")
    for field in ("power", "kappa", "mass", "radius"):
        up, down = (E(p.replace(**{field: getattr(p, field) * f})) for f in (1.0001, 0.9999))
        assert found[field] == pytest.approx((up - down) / 2e-4 / E(p), rel=1e-4)
    assert "dispersion" not in found and "counter_drive" not in found


@pytest.mark.parametrize("name", ["at rest", "both sides, at rest"])
def test_elasticities_at_a_kink_are_those_of_the_optimum_that_follows(name):
    best = found("self-consistent", "R")[name][0]
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
    for number in (0, 1):
        p, freedoms = best[name][number].parameters, (*ROUNDS[number], "angular_velocity")
        assert (
            optimum(p, "E_am", freedoms, seeds=(1,)).value
            < best["both sides, at rest"][number].value
        )
    assert best[name][3].value < best["both sides, at rest"][2].value


class Serial:
    """A pool of processes that has none."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    map = staticmethod(map)


def test_the_record_is_what_the_race_writes(monkeypatch, tmp_path, capsys):
    """Every search replaced by its recorded end: who is asked, in which order, and from where."""
    recorded = optima.RECORD.read_text(encoding="utf-8")
    ends = {
        (reading, measure, edges, best.freedoms, name): best
        for reading in MEAN_FIELDS
        for measure in ("E_am", "R")
        for edges in EDGES
        for name, rounds in found(reading, measure, edges).items()
        for best in rounds
    }
    asked = []

    def known(p, measure, freedoms, reading, bounds, margin, seeds):
        edges = next(name for name, edge in EDGES.items() if edge == (bounds, margin))
        named = [
            (n, k) for n in CONTESTANTS for k in range(4) if freedoms_of(n, ROUNDS[k]) == freedoms
        ]
        starts = {}  # where this contestant stands before the round
        for name, number in named:
            before = ends.get(
                (reading, measure, "as stated", freedoms_of(name, ROUNDS[number - 1]), name)
            )
            starts[name] = CONTESTANTS[name] if number == 0 else before and before.parameters
            if edges != "as stated":  # after the third round, from its end
                starts[name] = ends[reading, measure, "as stated", freedoms, name].parameters
        name = next(n for n, start in starts.items() if start == p)
        few = edges != "as stated" or dict(named)[name] < 2 or name in FREE
        assert list(seeds) == list(range(4 if few else 16))
        asked.append((reading, measure, edges, freedoms, name))
        return ends[asked[-1]]

    monkeypatch.setattr(optima, "optimum", known)
    monkeypatch.setattr(optima, "ProcessPoolExecutor", Serial)
    monkeypatch.setattr(optima, "RECORD", tmp_path / "optima.json")
    optima.main()
    text = (tmp_path / "optima.json").read_text(encoding="utf-8")
    rows, before = json.loads(text), json.loads(recorded)
    assert text == json.dumps(rows, indent=1) + "\n"
    for row, known_row in zip(rows, before, strict=True):
        assert row.pop("at") == pytest.approx(known_row.pop("at"), rel=1e-12)
        assert row == known_row
    rounds = lambda keys: sorted(key[:-1] for key in keys)  # two contestants may stand at one place
    assert rounds(asked) == rounds(ends)
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(ends) == len(json.loads(recorded))
    first = ends["self-consistent", "E_am", "as stated", ROUNDS[0], next(iter(CONTESTANTS))]
    assert said[0].startswith("self-consistent E_am") and said[0].endswith(f" {first.value:.5f}")


def test_a_knob_stands_at_its_bound_where_it_is_equal_to_it():
    for measure in ("E_am", "R"):
        for rounds in found("self-consistent", measure).values():
            for best in rounds:
                at = []
                for name in best.freedoms:
                    edges = np.array(BOUNDS[name])  # rates in omega_m; Delta_c of the driven mode
                    value = getattr(best.parameters, name)
                    if name in ("G_a", "kappa", "gamma_a", "Delta_a", "backscattering"):
                        value /= best.parameters.omega_m
                    if name == "Delta_c":
                        detunings = om.cavity_detunings(best.parameters)
                        value = detunings[best.parameters.drive] / best.parameters.omega_m
                    if (abs(value - edges) < 3e-5 * abs(edges)).any():
                        at.append(name)
                assert best.at_bounds() == tuple(at)
    best = found("self-consistent", "E_am")["at rest"][1]
    wider = BOUNDS | {"power": (1e-3, 80e-3)}
    assert "power" in best.at_bounds() and "power" not in best.at_bounds(wider)
    G_a = best.parameters.G_a / best.parameters.omega_m
    there = BOUNDS | {"G_a": (G_a, 1.1 * G_a)}
    assert "G_a" in best.at_bounds(there)


@each_measure
@pytest.mark.parametrize("name", ["cw", "ccw"])
def test_elasticities_are_slopes_of_logarithms(name, measure):
    """Where R has no kink; a detuning is given by a hundredth of omega_m."""
    p = om.CASES[name]
    value = lambda q: pieces(om.solve(q), measure).min()
    found_here = elasticities(p, measure)
    for field in ("power", "kappa", "G_a", "gamma_a", "temperature", "Delta_c", "Delta_a"):
        unit = p.omega_m if field.startswith("Delta") else getattr(p, field)
        step = 1e-5 * unit
        up, down = (value(p.replace(**{field: getattr(p, field) + s})) for s in (step, -step))
        assert found_here[field] == pytest.approx(
            (up - down) / (2e-5 * value(p)), rel=1e-4, abs=1e-7
        )


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
