"""Which contestant has the largest E_am, and which the largest R, over planes of two parameters.

The searches take some twenty minutes; ``python -m omcore.paper.winners`` makes them all and stores their
positions in ``winners.json``; with words, such as ``R CW``, those of a measure, a contestant, a plane or a
reading. What is stored stays where a search finds no more; each has random steps of its own. Values are not
stored, but computed from the model at these positions.
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

import numpy as np

from ..cases import PAPER
from ..parameters import Parameters
from ..solution import Solution, solve
from ..steady_state import MEAN_FIELDS
from .freedoms import IN_OMEGA_M, moved
from .observables import TRIPLE, E_am
from .optima import CONTESTANTS, MARGIN, box, freedoms_of, steady
from .search import maximum

RECORD = Path(__file__).with_suffix(".json")

_LIT = ("at rest", "CW", "CCW", "both sides, at rest", "both sides, CW", "both sides, CCW")
COMPARED = {"E_am": _LIT, "R": (*_LIT, "its bright mode")}

_G_a = np.linspace(0.1, 1.5, 15)
_T = np.geomspace(5e-3, 3.0, 15)
_losses = np.geomspace(0.05, 3.0, 17)
PLANES = {  # field of the rows: (field of the columns, values in the columns, in the rows); rates in omega_m
    "Delta_a": ("G_a", _G_a, np.linspace(-2.5, 2.5, 21)),
    "power": ("G_a", _G_a, np.geomspace(2e-3, 80e-3, 15)),
    "temperature": ("G_a", _G_a, _T),
    "laser_linewidth": ("temperature", _T, np.geomspace(1e-5, 2e-2, 15)),
    "gamma_a": ("kappa", _losses, _losses),
}
DIGITS = 4  # of a stored position
_COARSE = {1: (281,), 3: (71, 3, 8)}  # points of a grid over one freedom, or over three
_PARTS = 8  # of the grid: in each its best point
_STARTS = 3  # of climbs, from the best of these


def plane(p: Parameters, field) -> Parameters:
    """The parameters over a plane: one field along its columns, the other along its rows.

    A contestant whose G_a is that of the paper times a number keeps this number.

    >>> plane(CONTESTANTS["CW"], "power").shape
    (15, 15)
    """
    name, columns, rows = PLANES[field]
    values = {name: columns, field: rows[:, None]}
    values |= {n: x * PAPER.omega_m for n, x in values.items() if n in IN_OMEGA_M}
    if name == "G_a":
        values["G_a"] = values["G_a"] * (p.G_a / PAPER.G_a)
    return p.replace(**values)


def places(field, reading="self-consistent", measure="E_am") -> dict[str, Parameters]:
    """Each contestant over a plane, at each point where its search ended.

    >>> at = places("Delta_a")["both sides, at rest"][6, 5]  # at Delta_a = -1, G_a = 0.6
    >>> print(f"{at.counter_drive:.2f} {abs(at.counter_drive_phase):.1f}")
    0.50 0.0
    """
    tuned = {}
    for name, at in _record()[reading][measure][field].items():
        p, freedoms = plane(CONTESTANTS[name], field), freedoms_of(name)
        tuned[name] = moved(p, freedoms, np.reshape(at, (len(freedoms), *p.shape)))
    return tuned


def heights(field, reading="self-consistent", measure="E_am") -> dict[str, np.ndarray]:
    """The largest E_am or R of each contestant over a plane, from the model as it is now; (rows, columns).

    It is zero also where no detuning has a state that counts: a stable one, and for R one that is as steady
    as the race asks, since its largest would sit on the brink of instability elsewhere.

    >>> best = heights("Delta_a")
    >>> {name: float(best[name][6, 5].round(3)) for name in _LIT[:4]}  # at Delta_a = -1, G_a = 0.6
    {'at rest': 0.072, 'CW': 0.122, 'CCW': 0.136, 'both sides, at rest': 0.154}
    """
    found = {}
    for name, p in places(field, reading, measure).items():
        s = solve(p, reading)
        found[name] = np.where(counts(s, measure), np.maximum(_MEASURES[measure](s), 0.0), 0.0)
    return found


def counts(s: Solution, measure) -> np.ndarray:
    """Whether a state counts for E_am or for R, bool array (...).

    >>> s = solve(CONTESTANTS["CW"].in_omega_m(Delta_c=[-1.2, -1.0, 0.0]))
    >>> counts(s, "E_am").tolist(), counts(s, "R").tolist()
    ([True, True, True], [False, True, False])
    """
    return s.stable & steady(s, MARGIN - 1e-8) if measure == "R" else s.stable


def best_coupling(p: Parameters, reading="self-consistent") -> float:
    """G_a over omega_m at which a resonator with a single cavity mode has its largest E_am, Delta_c tuned.

    It is that of very fast rotation, which leaves the driven mode alone.

    >>> print(f"{best_coupling(PAPER):.2f}")
    0.81
    """
    alone = p.replace(angular_velocity=0.0, undriven_coupling=0.0)

    def height(x):
        q = alone.replace(G_a=np.exp(x) * p.omega_m)
        over = lambda y: E_am(moved(q, ("Delta_c",), [y]), reading)
        return maximum(over, -1.5, 3.0, points=46, shape=np.shape(x), rounds=2)[1]

    return float(np.exp(maximum(height, *np.log([0.2, 2.2]), points=13, rounds=2)[0]))


# ---- the search


_MEASURES = {  # what a search climbs: the margin has a slope towards entanglement also where E_am is zero
    "E_am": lambda s: s.separability_margin("a", "m"),
    "R": lambda s: s.residual_contangle(*TRIPLE),
}


def best(name, p: Parameters, reading="self-consistent", measure="E_am", seed=0) -> Parameters:
    """A sweep (m,) of Parameters with each point at its largest E_am or R over the freedoms of a contestant.

    These are Delta_c and, with light from both sides, the fraction and the phase of the second beam.
    ``name`` is one of ``COMPARED``, and ``p`` a sweep (m,).

    >>> p = CONTESTANTS["CCW"].in_omega_m(G_a=[0.3, 0.6])
    >>> solve(best("CCW", p)).log_negativity("a", "m").round(4)
    array([0.0568, 0.1362])
    """
    freedoms = freedoms_of(name)
    return moved(p, freedoms, _search(p, freedoms, reading, measure, seed).T)


def _search(p: Parameters, freedoms, reading, measure, seed=0) -> np.ndarray:
    """Positions of the largest value over the freedoms, for a sweep (m,): array (m, freedoms)."""
    parts = np.array_split(_grid(freedoms), _PARTS)  # neighbours in the detuning
    first = [_highest(p, freedoms, reading, measure, part[None]) for part in parts]
    x, top = (np.array(each) for each in zip(*first, strict=True))
    order = np.argsort(-top, axis=0)[:_STARTS]
    x, top = np.take_along_axis(x, order[..., None], 0), np.take_along_axis(top, order, 0)
    every = np.broadcast_to(np.arange(p.shape[0]), order.shape).ravel()
    start = np.concatenate(x), top.ravel()
    x, top = _climb(p[every], freedoms, reading, measure, *start, seed=seed)
    k = top.reshape(order.shape).argmax(0)
    return x.reshape(*order.shape, -1)[k, np.arange(p.shape[0])]


def _grid(freedoms) -> np.ndarray:
    """Points over all freedoms, array (points, freedoms)."""
    (low, high), *_ = box(freedoms)
    lines = [np.linspace(low, high, _COARSE[len(freedoms)][0])]
    if len(freedoms) == 3:  # without a second beam its phase is none
        _, shares, phases = _COARSE[3]
        lines.append(np.linspace(0, np.pi / 4, shares + 1)[1:])
        lines.append(np.linspace(-np.pi, np.pi, phases + 1)[1:])
    return np.array(np.meshgrid(*lines, indexing="ij")).reshape(len(freedoms), -1).T


def _highest(p, freedoms, reading, measure, x):
    """Position (m, freedoms) and value (m,) of the highest of x (m or 1, k, freedoms).

    Positions are rounded as they are stored, since at an edge of stability another digit may matter.
    """
    x = np.round(x, DIGITS)
    values = _ranked(solve(moved(p[:, None], freedoms, np.moveaxis(x, -1, 0)), reading), measure)
    m, k = np.arange(len(values)), values.argmax(axis=1)
    return np.broadcast_to(x, (*values.shape, len(freedoms)))[m, k], values[m, k]


def _ranked(s: Solution, measure) -> np.ndarray:
    """The value of each state that counts, array (...); all others are lower.

    Of states that are not as steady as R asks, those rank higher that decay faster: towards them a climb
    finds also a window of detunings that lies between the points of the grid.
    """
    if measure == "R":
        decay = np.nan_to_num(-s.growth / s.system.omega_m, nan=-np.inf)
        values, fine = decay - 1.0, s.stable & (decay >= MARGIN - 1e-8)
    else:
        values, fine = np.full(s.stable.shape, -np.inf), s.stable
    values[fine] = _MEASURES[measure](s[fine])
    return values


def _climb(p, freedoms, reading, measure, x, top, seed=0):
    """Positions and values after a climb from x (m, freedoms).

    Random steps of several lengths are tried at once; they shrink after a failure and grow after a success,
    until they are as short as the digits that are stored.
    """
    low, high = box(freedoms).T
    tries, rng = 6 * len(freedoms), np.random.default_rng(seed)
    unit = (high - low) / _COARSE[len(freedoms)]
    size = np.ones(top.shape)
    for _ in range(40):
        on = np.flatnonzero(size * unit.max() > 10.0**-DIGITS)
        if not on.size:
            break
        lengths = rng.choice([1, 0.3, 0.05], size=(len(on), tries, len(freedoms)))
        step = rng.normal(size=lengths.shape) * lengths * unit * size[on, None, None]
        near = np.clip(x[on, None] + step, low, high)
        there, value = _highest(p[on], freedoms, reading, measure, near)
        up = value > top[on]
        x[on], top[on] = np.where(up[:, None], there, x[on]), np.maximum(value, top[on])
        size[on] *= np.where(up, 1.5, 0.5)
    return x, top


def _shared(p: Parameters, freedoms, reading, measure, at, also=(), rounds=6) -> np.ndarray:
    """Positions (rows, columns, freedoms): of its own, its neighbours' and ``also`` the best, with climbs."""
    rows, columns = p.shape
    steps = ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))  # itself, up, down, left, right
    row, column = (index.ravel() for index in np.indices(p.shape))
    for _ in range(rounds):
        padded = np.pad(at, ((1, 1), (1, 1), (0, 0)), mode="edge")
        near = [padded[i : i + rows, j : j + columns] for i, j in steps]
        near = np.stack([*near, *also], axis=2).reshape(len(row), len(near) + len(also), -1)
        own = _highest(p[row, column], freedoms, reading, measure, near[:, :1])[1]
        x, top = _highest(p[row, column], freedoms, reading, measure, near)
        at = x.reshape(at.shape)
        higher = top > own + 1e-3 * abs(own)  # another hill, and not the last digits of this one
        if not higher.any():
            break
        i, j = row[higher], column[higher]
        at[i, j] = _climb(p[i, j], freedoms, reading, measure, x[higher], top[higher])[0]
    return at


def _searched(task, known):
    """Positions of one contestant over a plane, as JSON can hold them: a list for each freedom.

    None is lower than that of the same contestant in ``known``, or of the same case with one beam there.
    """
    reading, measure, field, name = task
    p, freedoms = plane(CONTESTANTS[name], field), freedoms_of(name)
    how = freedoms, reading, measure
    array = lambda x: np.reshape(np.transpose(x), (*p.shape, -1))
    also = [array(known[name])]
    if len(freedoms) == 3:
        one = array(known[name.removeprefix("both sides, ")])
        also.append(np.concatenate([one, np.zeros((*p.shape, 2))], axis=-1))
    row, column = np.indices(p.shape)
    at = _search(p[row.ravel(), column.ravel()], *how, seed=None).reshape(*p.shape, -1)
    at = _shared(p, *how, at, also)
    return np.round(at.reshape(-1, len(freedoms)).T, DIGITS).tolist()


def _record():
    return json.loads(RECORD.read_text(encoding="utf-8"))


def main(*words):
    """Make all searches, or those of a reading, a measure, a plane and a contestant; store their positions.

    What is stored stays where no search finds more. Those with one beam come first.
    """
    record = _record()
    keys = product(MEAN_FIELDS, COMPARED, PLANES)
    every = [(*key, name) for key in keys for name in COMPARED[key[1]]]
    every = [task for task in every if set(words) <= set(task)]
    for freedoms in _COARSE:
        tasks = [task for task in every if len(freedoms_of(task[-1])) == freedoms]
        known = [record[reading][measure][field] for reading, measure, field, _ in tasks]
        with ProcessPoolExecutor(2) as pool:
            found = pool.map(_searched, tasks, known)
            for task, of, at in zip(tasks, known, found, strict=True):
                of[task[-1]] = at
                RECORD.write_text(json.dumps(record) + "\n", encoding="utf-8")
                print(*task, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
