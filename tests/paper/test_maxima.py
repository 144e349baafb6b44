"""Every search for a maximum against a grid twenty times finer than its own sweep, at random parameters."""

import numpy as np
import pytest

import omcore as om
from omcore.paper.mechanisms import peak, relinked
from omcore.paper.observables import (
    MARGIN,
    E_am,
    E_am_peak,
    R,
    R_map_peak,
    R_peak,
    R_summit,
    decay_rates,
)
from omcore.paper.races import found
from omcore.paper.summits import heights

W = om.PAPER.omega_m
each_reading = pytest.mark.parametrize("reading", om.MEAN_FIELDS)


def drawn(rng):
    """A resonator far from the paper's: curves with several hills, gaps and edges of stability."""
    p = om.CASES[str(rng.choice(list(om.CASES)))]
    factors = {"kappa": (-2, 0.8), "gamma_a": (-2, 0.8), "G_a": (-1.5, 0.7), "power": (-2.5, 0.7)}
    change = {k: getattr(p, k) * np.exp(rng.uniform(*ends)) for k, ends in factors.items()}
    change |= {"angular_velocity": p.angular_velocity * rng.uniform(0, 2)}
    change |= {"Delta_a": W * rng.uniform(-2.5, 1.5), "counter_drive": rng.choice([0, 0.3])}
    change |= {
        "backscattering": W * rng.choice([0, 0.4]),
        "backscattering_phase": rng.uniform(0, 6),
    }
    return p.replace(**{k: float(v) for k, v in change.items()})


def searches(p, reading):
    """name -> (height that the search found, heights on the fine grid)."""
    x = np.linspace(-2.5, 5, 2001)
    yield "E_am_peak", E_am_peak(p, reading)[1], E_am(p.replace(Delta_c=x * W), reading)
    x = np.linspace(-2, 0, 2001)
    yield "R_peak", R_peak(p, reading)[1], R(p.replace(Delta_a=x * W), reading)
    shift = (om.cavity_detunings(p)[p.drive] - p.Delta_c) / W
    q = p.replace(Delta_c=(np.linspace(-2.5, 4, 1301) - shift) * W)
    about = om.system(q).about(om.mean_field(q, reading))
    for name, change in {"whole": {}, "off the mirror": {"mirror": 0}}.items():
        cut = lambda s, change=change: relinked(s, "undriven", **change)
        found = peak(p, cut, reading)[1]
        yield f"peak, {name}", found, om.solve(cut(about)).log_negativity("a", "m")


@each_reading
def test_no_search_ends_below_a_finer_grid(reading):
    rng = np.random.default_rng(1)
    for p in [drawn(rng) for _ in range(2)]:
        for name, height, grid in searches(p, reading):
            highest = np.nanmax(grid, initial=-1)
            assert np.isnan(height) if highest < 0 else height >= highest * (1 - 1e-9), (name, p)


@pytest.mark.parametrize("reading, velocity", [
    ("self-consistent", [3850, 3900, 3950]), ("bare-detuning", [5850]),
])  # fmt: skip
def test_of_two_hills_the_peak_is_the_higher_one(reading, velocity):
    """At 0.7 kappa the hill near 0.65 has just passed the one near 0.88, which the sweep sees higher."""
    p = om.PAPER.replace(
        drive="cw", kappa=0.7 * om.PAPER.kappa, angular_velocity=np.array(velocity)
    )
    x = np.linspace(0.3, 1.1, 3201)
    E = E_am(p.replace(Delta_c=x[:, None] * W), reading)
    highest, (_, height) = np.nanmax(E, axis=0), peak(p, reading=reading)
    assert (height >= highest).all() and height == pytest.approx(highest, abs=1e-7)


def test_a_batch_of_peaks_is_the_loop_of_its_points():
    velocity = np.array([[0.0, 3.7e3], [1.45e4, 3e4]])
    spun = om.PAPER.replace(drive="cw", angular_velocity=velocity)
    x, height = peak(spun)
    for k in np.ndindex(2, 2):
        one = peak(om.PAPER.replace(drive="cw", angular_velocity=float(velocity[k])))
        assert (x[k], height[k]) == pytest.approx(one, abs=1e-6)


@each_reading
@pytest.mark.parametrize("search, axes", [
    (R_summit, (np.linspace(-0.5, 2.5, 61), np.linspace(-2, 0, 61))),
    (R_map_peak, (np.geomspace(0.05, 3, 61), np.geomspace(0.05, 3, 61))),
])  # fmt: skip
def test_no_search_over_two_knobs_ends_below_a_finer_grid(search, axes, reading):
    p, (x, y) = drawn(np.random.default_rng(4)), axes
    if search is R_summit:
        shift = (om.cavity_detunings(p)[p.drive] - p.Delta_c) / W
        grid = p.replace(Delta_c=(x - shift) * W, Delta_a=y[:, None] * W)
    else:
        grid = p.replace(kappa=x * W, gamma_a=y[:, None] * W)
    highest = np.nanmax(R(grid, reading))
    assert 0 < highest * (1 - 1e-9) <= search(p, reading)[2]


@each_reading
def test_the_summit_is_that_of_the_first_round_of_the_races(reading):
    """One rule for how near to instability an optimum may lie, and one answer of two searches."""
    ends, highest = found(reading, "R"), heights(reading)
    for case, name in (("stationary", "at rest"), ("cw", "CW"), ("ccw", "CCW")):
        assert highest[case] == pytest.approx(ends[name][0].value, rel=3e-4)


@each_reading
def test_no_other_maximum_of_the_ledger_is_nearer_to_instability_than_the_margin(reading):
    q = om.CASES["cw"]  # of the three the nearest
    kappa, gamma_a, _ = R_map_peak(q.replace(Delta_a=-W), reading)
    best = [
        q.replace(Delta_c=E_am_peak(q, reading)[0] * W),
        q.replace(Delta_a=R_peak(q, reading)[0] * W),
        q.replace(Delta_a=-W, kappa=kappa * W, gamma_a=gamma_a * W),
    ]
    assert min(decay_rates(om.solve(p, reading)).min() for p in best) > MARGIN
