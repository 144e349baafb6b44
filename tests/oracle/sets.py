"""The parameter sets of the table: at random, and steered close to where numbers are hard to get.

omcore finds the edges here; what is true there is left to the oracle.
"""

from dataclasses import MISSING, fields

import numpy as np
from scipy.optimize import minimize

import omcore as om

SEED = 20240708
NUMBERS = [name for name in om.Parameters.__annotations__ if name != "drive"]
BEYOND = [  # the paper: what has a default that leaves it out
    field.name for field in fields(om.Parameters) if field.default is not MISSING
]
SIZES = {"random": 700, "threshold": 100, "fold": 100, "exceptional": 100}


def parameter_sets():
    """All sets, kinds mixed: a list of pairs (kind, dict of fields)."""
    streams = map(np.random.default_rng, np.random.SeedSequence(SEED).spawn(len(SIZES)))
    make = {"random": drawn, "threshold": thresholds, "fold": folds, "exceptional": exceptional}
    sets = [
        (kind, p)
        for (kind, size), rng in zip(SIZES.items(), streams, strict=True)
        for p in make[kind](rng, size)
    ]
    return [sets[k] for k in np.random.default_rng(SEED).permutation(len(sets))]


def drawn(rng, size, **ranges):
    """Sets at random, numbers of four digits; every second one has all that the paper leaves out."""
    return [_drawn(rng, k % 2 == 1, ranges) for k in range(size)]


def _drawn(rng, extended, ranges):
    w = 10 ** rng.uniform(7.5, 8.1)
    flat = {
        "refractive_index": (1.3, 2.5), "radius": (3e-4, 3e-3), "wavelength": (7e-7, 2e-6),
        "dispersion": (-3e4, 3e4), "angular_velocity": (-4e4, 4e4), "Delta_c": (-3, 6),
        "Delta_a": (-3, 2), "G_a": (0, 1.5), "kappa": (0.05, 2), "gamma_a": (0.05, 2),
        "backscattering": (0, 0.8), "backscattering_phase": (-3, 3), "counter_drive": (0, 1),
        "counter_drive_phase": (-3, 3), "undriven_coupling": (0, 2), "escape_efficiency": (0, 1),
    }  # fmt: skip
    by_size = {"mass": (-12, -10), "temperature": (-3, 0.5), "power": (-4, -0.5), "gamma_m": (2, 5)}
    by_size["laser_linewidth"] = (-6, -2)
    p = {name: rng.uniform(*ranges.get(name, limits)) for name, limits in flat.items()}
    p |= {name: 10 ** rng.uniform(*ranges.get(name, limits)) for name, limits in by_size.items()}
    p |= {name: w * p[name] for name in ("Delta_c", "Delta_a", "G_a", "kappa", "gamma_a")}
    p |= {"omega_m": w, "backscattering": w * p["backscattering"]}
    if not extended:
        p |= {name: getattr(om.PAPER, name) for name in BEYOND}
    p = {name: float(f"{p[name]:.4g}") for name in NUMBERS}
    return p | {"drive": str(rng.choice(["cw", "ccw"]))}


def thresholds(rng, size):
    """Where the lowest branch becomes unstable as the power rises, but for 1e-2 to 1e-8 of it."""

    def unstable(p):
        return ~om.mean_field_branches(p).stable[..., 0]

    return _edges(rng, size, unstable, {})


def folds(rng, size):
    """Where two branches appear as the power rises, but for 1e-2 to 1e-8 of it."""

    def several(p):
        return np.isfinite(om.mean_field_branches(p).q).sum(-1) > 1

    return _edges(rng, size, several, {"Delta_c": (1.5, 6), "kappa": (0.05, 0.6)})


def _edges(rng, size, beyond, ranges):
    candidates = drawn(rng, 20 * size, **{"power": (-2, 0)} | ranges)
    found = []
    for drive in om.conventions.DRIVES:
        group = [p for p in candidates if p["drive"] == drive]
        p = om.Parameters(drive=drive, **{n: np.array([x[n] for x in group]) for n in NUMBERS})
        high, low = p.power, p.power * 1e-4
        there = beyond(p) & ~beyond(p.replace(power=low))
        for _ in range(45):
            middle = np.sqrt(low * high)
            past = beyond(p.replace(power=middle))
            low, high = np.where(past, low, middle), np.where(past, middle, high)
        off = rng.choice([-1, 1], len(high)) * 10 ** rng.uniform(-8, -2, len(high))
        power = high * (1 + off)
        edges = [group[k] | {"power": float(power[k])} for k in np.flatnonzero(there)]
        found += edges[: size // 2]
    return found


def exceptional(rng, size):
    """Where two eigenvalues of the drift matrix coalesce, but for 1e-3 to 1e-8 of the coupling G_a."""
    found = []
    while len(found) < size:
        (p,) = drawn(rng, 1, G_a=(0.2, 1.0), power=(-3, -1))
        start = om.Parameters(**p)

        def moved(x, p=p, start=start):
            return p | {
                "G_a": float(start.G_a * np.exp(x[0])),
                "Delta_a": float(start.Delta_a + start.omega_m * x[1]),
            }

        best = minimize(
            lambda x, moved=moved: gap(moved(x)) ** 2, [0, 0], method="Nelder-Mead",
            options={"maxfev": 200, "xatol": 1e-10, "fatol": 1e-14},
        )  # fmt: skip
        p = moved(best.x)
        inside = 0.05 < p["G_a"] / start.omega_m < 2 and abs(p["Delta_a"] / start.omega_m) < 4
        if best.fun < 1e-6 and inside:  # at no coupling eigenvalues cross without coalescing
            found.append(p | {"G_a": p["G_a"] * (1 + 10 ** rng.uniform(-8, -3))})
    return found


def gap(p):
    """Smallest distance of two eigenvalues of the drift matrix, in units of omega_m."""
    p = om.Parameters(**p)
    values = np.linalg.eigvals(om.drift_matrix(p, om.mean_field(p, branch=0))) / p.omega_m
    return np.abs(values[:, None] - values + np.diag([np.inf] * 8)).min()
