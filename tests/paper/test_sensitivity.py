"""Global sensitivities: closed forms, another seed, slopes, and an estimate from sorted draws."""

import json

import numpy as np
import pytest

import omcore as om
from omcore.paper.printed import OF_CASE, PRINTED
from omcore.paper.robustness import explained
from omcore.paper.sensitivity import (
    INPUTS,
    MEASURES,
    RANGES,
    RECORD,
    E_am,
    R,
    indices,
    intervals,
    locked,
    points,
    sobol,
    tuned,
)

K = {name: k for k, name in enumerate(INPUTS)}


def unit(case, p):
    """The inputs of points on scales from -1 to 1."""
    low, high = intervals(case, "digits").T
    x = {n: getattr(p, n) / (p.omega_m if n.startswith("Delta") else 1.0) for n in INPUTS}
    return {n: (2 * v - low[K[n]] - high[K[n]]) / (high - low)[K[n]] for n, v in x.items()}


def test_the_indices_of_a_known_function():
    """x + 2 y z on [-1, 1]: variances 1/3 and 4/9, of which y and z have nothing alone."""
    x = unit("ccw", points("ccw", n=2048))
    found = indices(x["radius"] + 2 * x["mass"] * x["kappa"])
    assert found.first[K["radius"]] == pytest.approx(3 / 7, abs=0.02)
    assert found.total[K["radius"]] == pytest.approx(3 / 7, abs=0.02)
    for name in ("mass", "kappa"):
        assert found.first[K[name]] == pytest.approx(0, abs=0.03)
        assert found.total[K[name]] == pytest.approx(4 / 7, abs=0.03)
    others = [K[n] for n in INPUTS if n not in ("radius", "mass", "kappa")]
    assert abs(found.first[others]).max() < 0.01 and found.total[others].max() < 0.01


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_another_seed_and_sorted_draws_have_the_same_indices(measure):
    one, other = (sobol(measure, "cw", reading="bare-detuning", seed=seed) for seed in (0, 7))
    assert np.abs(one.first - other.first).max() < 0.06
    assert np.abs(one.total - other.total).max() < 0.06
    p = points("cw", n=2048, seed=3)[0]
    inputs = {name: np.broadcast_to(getattr(p, name), p.shape) for name in INPUTS}
    inputs |= {name: inputs[name] / p.omega_m for name in ("Delta_a", "Delta_c")}
    sorted_draws = explained(measure(p, "bare-detuning"), inputs, bins=20)
    for name in INPUTS:
        assert sorted_draws[name] == pytest.approx(one.first[K[name]], abs=0.06), name


def test_where_it_is_linear_slopes_have_the_same_indices():
    q = om.CASES["stationary"]
    by = om.gradient(q, "a", "m", reading="bare-detuning")
    detunings = ("Delta_a", "Delta_c")
    follow = sum(getattr(q, name) / q.omega_m * by[name] for name in detunings)
    by = by | {"omega_m": by["omega_m"] + follow, "angular_velocity": 0.0}
    change = []
    for name in INPUTS:
        low, high = PRINTED[OF_CASE["stationary"] if name == "Delta_c" else name].interval()
        change.append(by[name] * (high - low) * (q.omega_m if name in detunings else 1.0))
    part = np.square(change) / np.sum(np.square(change))
    found = sobol(E_am, "stationary", reading="bare-detuning")
    assert found.first == pytest.approx(part, abs=0.03) and found.total == pytest.approx(
        part, abs=0.03
    )


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_a_laser_that_follows_makes_the_index_of_the_glass_harmless(reading):
    """The refutation: the index of the glass acts by the detuning of the driven mode, and hardly else."""
    for measure in (E_am, R):
        free, held = (
            sobol(measure, "ccw", "ten per cent", reading, n=256, follow=f) for f in (None, locked)
        )
        n = K["refractive_index"]
        assert free.total[n] > 0.6 and held.total[n] < 0.05
    p = points("ccw", "ten per cent", n=4)
    driven = om.cavity_detunings(locked(p, "ccw", "self-consistent"))["ccw"] / p.omega_m
    shift = om.sagnac_shift(om.PAPER) / om.PAPER.omega_m
    assert driven + shift == pytest.approx(p.Delta_c / p.omega_m, rel=1e-12)


def test_tuned_points_stand_on_their_peak():
    p = tuned(points("cw", n=2), "cw", "bare-detuning")
    E = [
        E_am(p.in_omega_m(Delta_c=p.Delta_c / p.omega_m + d), "bare-detuning")
        for d in (-0.02, 0, 0.02)
    ]
    assert (E[1] >= np.maximum(E[0], E[2])).all()


def test_the_record_holds_what_a_few_points_give():
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    assert len(record) == 2 * len(MEASURES) * len(RANGES) * len(om.CASES)
    few = sobol(E_am, "ccw", "digits", "bare-detuning", n=64, seed=5, follow=tuned)
    stored = record["bare-detuning, E_am, digits, ccw"]
    assert np.abs(few.total - stored["total"]).max() < 0.2
    assert few.unstable == stored["unstable"] == 0
