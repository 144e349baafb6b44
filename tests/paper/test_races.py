"""The races: knobs and slopes against differences, and what a recorded optimum has to be."""

import dataclasses

import numpy as np
import pytest

import omcore as om
from omcore.paper.knobs import position, scaled, slopes, turned
from omcore.paper.races import (
    BOUNDS,
    CONTESTANTS,
    MARGIN,
    ROUNDS,
    decay_rates,
    elasticities,
    found,
    optimum,
    piece_slopes,
    pieces,
)
from omcore.steady_state import MEAN_FIELDS

each_measure = pytest.mark.parametrize("measure", ["E_am", "R"])
each_reading = pytest.mark.parametrize("reading", MEAN_FIELDS)


@pytest.mark.parametrize("name", CONTESTANTS)
def test_turning_the_knobs_back_gives_the_same_parameters(name):
    p, knobs = CONTESTANTS[name], ROUNDS[3]
    q = turned(p, knobs, position(p, knobs))
    numbers = [field.name for field in dataclasses.fields(p) if field.name != "drive"]
    assert [getattr(q, n) for n in numbers] == pytest.approx(
        [getattr(p, n) for n in numbers], rel=1e-12
    )


@each_measure
@each_reading
@pytest.mark.parametrize("name", ["CW", "CCW", "both sides, at rest"])
def test_slopes_of_the_pieces_are_those_of_differences(name, reading, measure):
    p, knobs = CONTESTANTS[name], ROUNDS[3]
    x, steps = position(p, knobs), np.array([1e-4] * 6 + [3.0])
    exact = slopes(p, knobs, piece_slopes(p, measure, reading))
    for k, step in enumerate(steps):
        moved = x[:, None] + step * np.eye(len(x))[k][:, None] * np.array([1, -1])
        up, down = np.moveaxis(pieces(om.solve(turned(p, knobs, moved), reading), measure), -1, 0)
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
        box = np.array([[scaled(knob, edge) for edge in BOUNDS[knob]] for knob in best.knobs])
        x = position(best.parameters, best.knobs)
        assert (box[:, 0] - 1e-9 <= x).all() and (x <= box[:, 1] + 1e-9).all()
        assert decay_rates(om.solve(best.parameters, reading)).min() >= MARGIN - 1e-6

        steps = rng.normal(size=(len(x), 900)) * np.repeat([1e-2, 1e-3, 1e-4], 300)
        near = np.clip(x[:, None] + np.ptp(box, axis=1)[:, None] * steps, box[:, :1], box[:, 1:])
        s = om.solve(turned(best.parameters, best.knobs, near), reading)
        counts = decay_rates(s).min(axis=0) >= MARGIN
        assert counts.sum() > 50
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
        again = optimum(CONTESTANTS["CCW"], "E_am", recorded.knobs, seeds=(101,))
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
        p, knobs = best[name][number].parameters, (*ROUNDS[number], "angular_velocity")
        assert (
            optimum(p, "E_am", knobs, seeds=(1,)).value < best["both sides, at rest"][number].value
        )
    assert best[name][3].value < best["both sides, at rest"][2].value
