"""A fair race: each way to drive the resonator at its own best, inside the same bounds.

The searches take minutes; ``python -m omcore.paper.optima`` makes them all and stores where they ended,
in ``optima.json``. Values are never stored: whoever reads the record solves the model again at its places.
With two beams and rotation free there are up to nine knobs and many hills: five of those optima were climbed
by hand from ends of other contestants, and a new search may end below them.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from ..cases import CASES
from ..gradients import gradient
from ..parameters import Parameters
from ..solution import Solution, solve
from ..steady_state import MEAN_FIELDS
from .freedoms import position, scaled, slopes, turned
from .observables import MARGIN, TRIPLE, decay_rates
from .search import climb, highest

RECORD = Path(__file__).with_suffix(".json")

_REST = CASES["stationary"]
CONTESTANTS = {
    "at rest": _REST,
    "CW": CASES["cw"],
    "CCW": CASES["ccw"],
    # At rest, lit from one side, a mode without link to the atoms stays dark: it is absent.
    "three modes": _REST.replace(undriven_coupling=0.0),
    "both sides, at rest": _REST.replace(counter_drive=0.5),
    # What the light of both sides drives, if it is in phase, is one mode, with root two of the coupling.
    "its bright mode": _REST.replace(undriven_coupling=0.0, G_a=np.sqrt(2) * _REST.G_a),
    "both sides, CW": CASES["cw"].replace(counter_drive=0.1),
    "both sides, CCW": CASES["ccw"].replace(counter_drive=0.1),
    # For E_am a scatterer at rest does what rotation does, so it need not spin as well.
    "both sides and a scatterer": _REST.in_omega_m(backscattering=0.1).replace(counter_drive=0.1),
}

BEAMS = ("counter_drive", "counter_drive_phase")
SCATTERER = ("backscattering", "backscattering_phase")  # one at rest in the laboratory
FREE = {  # what a contestant may turn in every round, besides the knobs of the round
    "both sides, at rest": BEAMS,
    "both sides, CW": BEAMS,
    "both sides, CCW": BEAMS,
    "both sides and a scatterer": BEAMS + SCATTERER,
}

BOUNDS = {  # of the driven mode for Delta_c; rates in omega_m, the rest in SI
    "Delta_c": (-3.0, 4.0),
    "Delta_a": (-3.0, 3.0),
    "G_a": (0.02, 2.0),
    "power": (1e-3, 40e-3),
    "kappa": (0.05, 3.0),
    "gamma_a": (0.05, 3.0),
    "angular_velocity": (0.0, 1e5),
    # The stronger beam is the drive. At zero the slope by the fraction has no value.
    "counter_drive": (1e-6, 0.5),
    "counter_drive_phase": (-np.pi, np.pi),
    "backscattering": (1e-5, 2.0),
    "backscattering_phase": (-np.pi, np.pi),
}
ROUNDS = (
    ("Delta_c", "Delta_a"),
    ("Delta_c", "Delta_a", "G_a", "power"),
    ("Delta_c", "Delta_a", "G_a", "power", "kappa", "gamma_a"),
    ("Delta_c", "Delta_a", "G_a", "power", "kappa", "gamma_a", "angular_velocity"),
)
_losses = lambda lowest: {"kappa": (lowest, 3.0), "gamma_a": (lowest, 3.0)}
EDGES = {  # what else the bounds and the margin might have been
    "as stated": (BOUNDS, MARGIN),
    "power up to 20 mW": (BOUNDS | {"power": (1e-3, 20e-3)}, MARGIN),
    "power up to 80 mW": (BOUNDS | {"power": (1e-3, 80e-3)}, MARGIN),
    "losses from 0.2 omega_m": (BOUNDS | _losses(0.2), MARGIN),
    "losses from 0.02 omega_m": (BOUNDS | _losses(0.02), MARGIN),
    "decay from 0.05 omega_m": (BOUNDS, 0.05),
    "decay from 0.005 omega_m": (BOUNDS, 0.005),
}


# ---- what is raced for: the smallest of some smooth pieces


def pieces(s: Solution, measure) -> np.ndarray:
    """What the measure is the smallest of, array (pieces, ...): E_am alone, or R of each focus mode.

    >>> pieces(solve(CASES["ccw"]), "R").round(4)
    array([0.0225, 0.0079, 0.045 ])
    """
    if measure == "E_am":
        return np.array([s.log_negativity("a", "m")])
    return np.array([s.residual_contangle(*TRIPLE, focus=i) for i in TRIPLE])


def piece_slopes(p: Parameters, measure, reading) -> dict[str, np.ndarray]:
    """Derivatives of the pieces by the fields of ``p``: field -> array (pieces,).

    >>> piece_slopes(CASES["ccw"], "R", "self-consistent")["power"].round(2)
    array([2.08, 0.72, 2.95])
    """
    if measure == "E_am":
        return {name: np.array([slope]) for name, slope in gradient(p, "a", "m", reading).items()}
    s = solve(p, reading)

    def square(i, *others):
        E = s.log_negativity(i, others)
        return {
            name: 2 * E * slope if E > 0 else 0.0  # where i is separable its square lies flat
            for name, slope in gradient(p, i, others, reading).items()
        }

    rows = []
    for i in TRIPLE:
        j, k = (mode for mode in TRIPLE if mode != i)
        rows.append((square(i, j, k), square(i, j), square(i, k)))
    return {
        name: np.array([whole[name] - one[name] - other[name] for whole, one, other in rows])
        for name in rows[0][0]
    }


# ---- the race


@dataclass(frozen=True)
class Optimum:
    """The best that one contestant does over some knobs.

    parameters : Parameters, where it is
    knobs : names of the fields that were free
    measure, reading : what was raced for, and how the steady state was read
    asked : points that the global searches solved, without the climbs after them
    searches, agreeing : how many searches there were, and how many ended within 0.1 % of this one
    """

    parameters: Parameters
    knobs: tuple[str, ...]
    measure: str
    reading: str
    asked: int
    searches: int
    agreeing: int

    @property
    def value(self) -> float:
        """E_am or R there, from the model as it is now."""
        return float(pieces(solve(self.parameters, self.reading), self.measure).min())

    def at_bounds(self, bounds=None) -> tuple[str, ...]:
        """The knobs that stand at their bound.

        >>> found("self-consistent", "E_am")["at rest"][1].at_bounds()
        ('power',)
        """
        at = position(self.parameters, self.knobs)
        edges = [[scaled(name, e) for e in (bounds or BOUNDS)[name]] for name in self.knobs]
        return tuple(
            name
            for name, x, e in zip(self.knobs, at, edges, strict=True)
            if np.isclose(x, e, atol=1e-6).any()
        )


def optimum(
    p: Parameters, measure, knobs, reading="self-consistent", bounds=None, margin=MARGIN, seeds=(0,)
) -> Optimum:
    """The largest E_am or R over the knobs: global searches, each finished with exact slopes.

    Parameters
    ----------
    p : Parameters; the value there is never undercut, if p is within bounds and margin
    measure : "E_am" or "R", of Eqs. 14 and 19
    knobs : names of fields, "Delta_c" first
    reading : "self-consistent" or "bare-detuning"
    bounds : field -> (lowest, highest), or None for ``BOUNDS``
    margin : the slowest fluctuation decays at least at this rate, in omega_m
    seeds : one global search for each

    Examples
    --------
    >>> best = optimum(CASES["ccw"], "E_am", ROUNDS[0])
    >>> print(f"{best.value:.4f}")
    0.1363
    """
    box = [tuple(scaled(name, edge) for edge in (bounds or BOUNDS)[name]) for name in knobs]
    at = lambda x: turned(p, knobs, x)
    inside = lambda x: decay_rates(solve(at(x), reading)) - margin

    def heights(x):
        s = solve(at(x), reading)
        steady = decay_rates(s).min(axis=0) >= margin - 1e-8  # a start may stand on the margin
        return np.where(steady, pieces(s, measure).min(axis=0), np.nan)

    def ascent(x):
        return climb(
            lambda x: pieces(solve(at(x), reading), measure),
            lambda x: slopes(at(x), knobs, piece_slopes(at(x), measure, reading)).T,
            inside,
            x,
            box,
        )

    asked, ends = 0, []
    for seed in seeds:
        x, _, points = highest(heights, box, seed)
        asked += points
        ends.append(ascent(x))
    start = np.clip(position(p, knobs), *np.transpose(box))
    if heights(start) > 0:
        ends.append(ascent(start))
    x, value = max(ends, key=lambda end: end[1])
    rng = np.random.default_rng(0)
    while True:  # where two rates of decay cross a climb may stall; look around, and go on
        step = rng.normal(size=(len(x), 900)) * np.repeat([1e-2, 1e-3, 1e-4], 300)
        low, high = np.transpose(box)[..., None]
        near = np.clip(x[:, None] + (high - low) * step, low, high)
        around = heights(near)
        if not np.nanmax(around) > value * (1 + 1e-5):
            break
        x, value = ascent(near[:, np.nanargmax(around)])
    agreeing = sum(bool(end[1] > 0.999 * value) for end in ends)
    return Optimum(at(x), tuple(knobs), measure, reading, asked, len(ends), agreeing)


def knobs_of(name, number) -> tuple[str, ...]:
    """What a contestant may turn in a round.

    >>> knobs_of("both sides, CW", 0)
    ('Delta_c', 'Delta_a', 'counter_drive', 'counter_drive_phase')
    """
    return ROUNDS[number] + FREE.get(name, ())


def found(reading, measure, edges="as stated") -> dict[str, list[Optimum]]:
    """Where the recorded searches ended: contestant -> one Optimum for each round.

    Parameters
    ----------
    reading : "self-consistent" or "bare-detuning"
    measure : "E_am" or "R"
    edges : one of ``EDGES``; other than "as stated" there is the third round alone, self-consistent

    Examples
    --------
    >>> print(f"{found('self-consistent', 'E_am')['CCW'][0].value:.4f}")
    0.1363
    """
    ends = {}
    for row in json.loads(RECORD.read_text(encoding="utf-8")):
        if [row[key] for key in ("reading", "measure", "edges")] == [reading, measure, edges]:
            name = row["contestant"]
            knobs = knobs_of(name, row["round"])
            p = turned(CONTESTANTS[name], knobs, row["at"])
            how = (row[key] for key in ("asked", "searches", "agreeing"))
            ends.setdefault(name, []).append(Optimum(p, knobs, measure, reading, *how))
    return ends


def elasticities(p: Parameters, measure, reading="self-consistent") -> dict[str, float]:
    """Percent that E_am or R changes when a field grows by one percent, Delta_c held; exact.

    Detunings are given in percent for a hundredth of omega_m. Left out is what is zero or has no slope.
    Where two parts of R are equally small it has a kink. The parts then count with the weights that leave
    the detunings without a slope: at the best detunings this is what R does if they follow.

    >>> print(f"{elasticities(CASES['ccw'], 'E_am')['power']:.3f}")
    0.479
    """
    values = pieces(solve(p, reading), measure)
    smallest = np.flatnonzero(values <= values.min() + 1e-4 * abs(values.min()))
    fields = piece_slopes(p, measure, reading)
    detunings = [
        fields[name][smallest] * p.omega_m / values.min() for name in ("Delta_c", "Delta_a")
    ]
    weights, _ = nnls(np.array([*detunings, np.full(len(smallest), 1e3)]), np.array([0, 0, 1e3]))
    slopes_of = {name: slope[smallest] @ weights / weights.sum() for name, slope in fields.items()}
    unit = {"Delta_c": p.omega_m, "Delta_a": p.omega_m}
    return {
        name: float(slope * unit.get(name, getattr(p, name)) / values.min())
        for name, slope in slopes_of.items()
        if getattr(p, name) and np.isfinite(slope)
    }


# ---- the record


def _race(task):
    """Rows of one contestant: its rounds, each from the optimum of the one before, then other edges."""
    reading, measure, name = task
    p, rows = CONTESTANTS[name], []

    def search(number, edges, seeds, p):
        bounds, margin = EDGES[edges]
        best = optimum(p, measure, knobs_of(name, number), reading, bounds, margin, range(seeds))
        row = {
            "reading": reading,
            "measure": measure,
            "contestant": name,
            "edges": edges,
            "round": number,
        }
        row |= {key: getattr(best, key) for key in ("asked", "searches", "agreeing")}
        row["at"] = position(best.parameters, best.knobs).tolist()
        print(*row.values(), f"{best.value:.5f}", flush=True)
        rows.append(row)
        return best.parameters

    for number in range(4 if p.angular_velocity else 3):
        p = search(number, "as stated", 4 if number < 2 or name in FREE else 16, p)
        if number == 2 and reading == MEAN_FIELDS[0] and name in ("at rest", "CW", "CCW"):
            for edges in list(EDGES)[1:]:
                search(number, edges, 4, p)
    return rows


def main():
    """Make all searches, and store where they ended."""
    with ProcessPoolExecutor() as pool:
        tasks = product(MEAN_FIELDS, ("E_am", "R"), CONTESTANTS)
        rows = [row for rows in pool.map(_race, tasks) for row in rows]
    RECORD.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
