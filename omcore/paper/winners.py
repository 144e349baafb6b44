"""Which contestant has the largest E_am at other parameters: over planes of two of them.

The searches take minutes; ``python -m omcore.paper.winners`` makes them all and stores their positions
in ``winners.json``. Values are not stored, but computed from the model at these positions.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np

from ..parameters import Parameters
from ..solution import solve
from ..steady_state import MEAN_FIELDS
from .freedoms import moved
from .observables import E_am
from .optima import CONTESTANTS, box, freedoms_of

RECORD = Path(__file__).with_suffix(".json")

COMPARED = ("at rest", "CW", "CCW", "both sides, at rest", "both sides, CW", "both sides, CCW")

_G_a = np.linspace(0.1, 1.5, 29)
PLANES = {  # field along the rows: values of G_a in the columns, of the field in the rows; rates in omega_m
    "Delta_a": (_G_a, np.linspace(-2.5, 2.5, 21)),
    "power": (_G_a, np.geomspace(2e-3, 80e-3, 15)),
    "temperature": (_G_a, np.geomspace(5e-3, 3.0, 15)),
}
DIGITS = 4  # of a stored position
_COARSE = {"Delta_c": 81, "counter_drive": 5, "counter_drive_phase": 12}


def plane(p: Parameters, field) -> Parameters:
    """The parameters over a plane: G_a along its columns, the other field along its rows.

    >>> plane(CONTESTANTS["CW"], "power").shape
    (15, 29)
    """
    columns, rows = PLANES[field]
    scale = p.omega_m if field == "Delta_a" else 1.0
    return p.replace(G_a=columns * p.omega_m, **{field: rows[:, None] * scale})


def heights(field, reading="self-consistent") -> dict[str, np.ndarray]:
    """The largest E_am of each contestant over a plane, from the model as it is now; arrays (rows, columns).

    It is zero also where there is no steady state at any detuning.

    >>> best = heights("Delta_a")
    >>> {name: float(best[name][6, 10].round(3)) for name in COMPARED[:4]}  # at Delta_a = -1, G_a = 0.6
    {'at rest': 0.072, 'CW': 0.122, 'CCW': 0.136, 'both sides, at rest': 0.154}
    """
    record = json.loads(RECORD.read_text(encoding="utf-8"))[reading][field]
    places = {name: np.moveaxis(np.array(at), -1, 0) for name, at in record.items()}
    tuned = {
        name: moved(plane(CONTESTANTS[name], field), freedoms_of(name), at)
        for name, at in places.items()
    }
    return {name: np.nan_to_num(E_am(p, reading)) for name, p in tuned.items()}


# ---- the search


def best(name, p: Parameters, reading="self-consistent") -> Parameters:
    """A sweep (m,) of Parameters with each point at its largest E_am over the freedoms of a contestant.

    These are Delta_c and, with light from both sides, the fraction and the phase of the second beam.
    ``name`` is one of ``COMPARED``, and ``p`` a sweep (m,).

    >>> p = CONTESTANTS["CCW"].in_omega_m(G_a=[0.3, 0.6])
    >>> E_am(best("CCW", p)).round(4)
    array([0.0568, 0.1362])
    """
    freedoms = freedoms_of(name)
    return moved(p, freedoms, _search(p, freedoms, reading).T)


def _search(p: Parameters, freedoms, reading) -> np.ndarray:
    """Positions of the largest E_am over the freedoms, for a sweep (m,): array (m, freedoms).

    A climb starts from the best point of each of several parts of a grid.
    """
    counts = [_COARSE[name] for name in freedoms]
    lines = [np.linspace(*edges, n) for edges, n in zip(box(freedoms), counts, strict=True)]
    grid = np.array(np.meshgrid(*lines, indexing="ij")).reshape(len(freedoms), -1)
    parts = np.array_split(np.arange(grid.shape[1]), 8)  # neighbours in the detuning
    first = [part[_margin(p, freedoms, reading, grid[:, part].T).argmax(1)] for part in parts]
    x, top = _climb(p, freedoms, reading, np.moveaxis(grid[:, np.array(first)], (0, 2), (2, 0)))
    return x[np.arange(len(x)), top.argmax(1)]


def _margin(p, freedoms, reading, x):
    """The separability margin, array (m, k), at x (m, k, freedoms), or at (k, freedoms) for all of p.

    It has a slope towards entanglement also where E_am is zero. Without a steady state it is -infinity.
    """
    s = solve(moved(p[:, None], freedoms, np.moveaxis(x, -1, 0)), reading)
    return np.nan_to_num(s.separability_margin("a", "m"), nan=-np.inf)


def _climb(p, freedoms, reading, x, steps=35):
    """Positions and heights after a climb from x (m, k, freedoms), whose random steps shrink after a failure.

    Positions are rounded as they are stored, since at the edge of stability another digit may matter.
    """
    low, high = box(freedoms).T
    tries, rng = 6 * len(freedoms), np.random.default_rng(0)
    unit = (high - low) / [_COARSE[name] for name in freedoms]
    x = np.round(x, DIGITS)
    top = _margin(p, freedoms, reading, x)
    size = np.ones(top.shape)
    for _ in range(steps):
        step = rng.normal(size=(*top.shape, tries, len(freedoms))) * unit
        near = np.clip(x[:, :, None] + size[..., None, None] * step, low, high).round(DIGITS)
        values = _margin(p, freedoms, reading, near.reshape(len(x), -1, len(freedoms)))
        values = values.reshape(*top.shape, tries)
        best = values.argmax(-1)
        there = np.take_along_axis(near, best[..., None, None], 2)[:, :, 0]
        higher = np.take_along_axis(values, best[..., None], 2)[..., 0]
        up = higher > top
        x, top = np.where(up[..., None], there, x), np.maximum(higher, top)
        size *= np.where(up, 1.0, 0.7)
    return x, top


def _shared(p: Parameters, freedoms, reading, at, rounds=4) -> np.ndarray:
    """Positions (rows, columns, freedoms) after climbs from the best one among those of the neighbours."""
    for _ in range(rounds):
        padded = np.pad(at, ((1, 1), (1, 1), (0, 0)), mode="edge")
        steps = ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))  # itself, up, down, left, right
        rows, columns = at.shape[:2]
        near = np.stack([padded[i : i + rows, j : j + columns] for i, j in steps], axis=2)
        for k in range(rows):
            best = _margin(p[k], freedoms, reading, near[k]).argmax(1)
            start = near[k][np.arange(columns), best][:, None]
            at[k] = _climb(p[k], freedoms, reading, start, steps=12)[0][:, 0]
    return at


def main():
    """Make all searches, and store their positions."""
    record = {reading: {field: {} for field in PLANES} for reading in MEAN_FIELDS}
    for reading, field, name in product(MEAN_FIELDS, PLANES, COMPARED):
        p, freedoms = plane(CONTESTANTS[name], field), freedoms_of(name)
        at = np.array([_search(p[k], freedoms, reading) for k in range(p.shape[0])])
        at = _shared(p, freedoms, reading, at)
        record[reading][field][name] = np.round(at, DIGITS).tolist()
        print(reading, field, name, flush=True)
        RECORD.write_text(json.dumps(record) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
