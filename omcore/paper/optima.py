"""Each way to drive the resonator at its own optimum, inside the same bounds: the races of book/who_wins.

A contestant is a way to drive. It has several rounds, and in each round more fields of Parameters are
free. The searches take minutes; ``python -m omcore.paper.optima`` makes them all and stores their positions
in ``optima.json``. Values are not stored, but computed from the model at these positions. With two beams and
rotation there are up to nine freedoms and many local maxima: five of those optima were reached by hand
from the ends of other contestants, and a new search may end below them.
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
from ..stability import by_growth
from ..steady_state import MEAN_FIELDS
from .freedoms import moved, position, scaled, slopes
from .observables import TRIPLE
from .search import climb, highest

RECORD = Path(__file__).with_suffix(".json")
# In omega_m: the slowest decay of a state that counts. In Fig. 1(c) it is 0.09 to 0.17. Closer to instability
# the fluctuations grow without bound, and the linearisation no longer holds.
MARGIN = 0.02

_REST = CASES["stationary"]
CONTESTANTS = {
    "at rest": _REST,
    "CW": CASES["cw"],
    "CCW": CASES["ccw"],
    # At rest, with light from one side, an undriven mode without coupling to the atoms plays no part.
    "three modes": _REST.replace(undriven_coupling=0.0),
    "both sides, at rest": _REST.replace(counter_drive=0.5),
    # Light from both sides, in phase, drives the bright mode alone, whose coupling is sqrt(2) G_a.
    "its bright mode": _REST.replace(undriven_coupling=0.0, G_a=np.sqrt(2) * _REST.G_a),
    "both sides, CW": CASES["cw"].replace(counter_drive=0.1),
    "both sides, CCW": CASES["ccw"].replace(counter_drive=0.1),
    # For E_am a scatterer at rest has the effect of rotation, so that this one need not spin as well.
    "both sides and a scatterer": _REST.in_omega_m(backscattering=0.1).replace(counter_drive=0.1),
}

BEAMS = ("counter_drive", "counter_drive_phase")
SCATTERER = ("backscattering", "backscattering_phase")  # one at rest in the laboratory
FREE = {  # the fields that are free besides those of the round
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
    # The stronger beam is the drive. At zero the derivative by the fraction does not exist.
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
EDGES = {  # other choices of the bounds and the margin
    "as stated": (BOUNDS, MARGIN),
    "power up to 20 mW": (BOUNDS | {"power": (1e-3, 20e-3)}, MARGIN),
    "power up to 80 mW": (BOUNDS | {"power": (1e-3, 80e-3)}, MARGIN),
    "losses from 0.2 omega_m": (BOUNDS | _losses(0.2), MARGIN),
    "losses from 0.02 omega_m": (BOUNDS | _losses(0.02), MARGIN),
    "decay from 0.05 omega_m": (BOUNDS, 0.05),
    "decay from 0.005 omega_m": (BOUNDS, 0.005),
}


# ---- the measure that is made large: the smallest of some smooth pieces


def pieces(s: Solution, measure) -> np.ndarray:
    """The smooth functions whose minimum is the measure, array (pieces, ...): E_am, or R of each focus.

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
        return {
            name: np.array([slope])
            for name, slope in gradient(p, "a", "m", reading=reading).items()
        }
    s = solve(p, reading)

    def square(i, *others):
        E = s.log_negativity(i, others)
        return {
            name: 2 * E * slope if E > 0 else 0.0  # the square is flat where i is separable
            for name, slope in gradient(p, i, others, reading=reading).items()
        }

    rows = []
    for i in TRIPLE:
        j, k = (mode for mode in TRIPLE if mode != i)
        rows.append((square(i, j, k), square(i, j), square(i, k)))
    return {
        name: np.array([whole[name] - one[name] - other[name] for whole, one, other in rows])
        for name in rows[0][0]
    }


# ---- the search


@dataclass(frozen=True)
class Optimum:
    """The largest value of one contestant over some freedoms.

    parameters : Parameters of this optimum
    freedoms : names of the fields that were free
    measure, reading : "E_am" or "R", and the reading of the mean field
    asked : number of points that the global searches solved, without the climbs after them
    searches, agreeing : number of searches, and of those that ended within 0.1 % of this one
    """

    parameters: Parameters
    freedoms: tuple[str, ...]
    measure: str
    reading: str
    asked: int
    searches: int
    agreeing: int

    @property
    def value(self) -> float:
        """E_am or R at the optimum, from the model as it is now."""
        return float(pieces(solve(self.parameters, self.reading), self.measure).min())

    def at_bounds(self, bounds=None) -> tuple[str, ...]:
        """The freedoms that end at their bound.

        >>> found("self-consistent", "E_am")["at rest"][1].at_bounds()
        ('power',)
        """
        at = position(self.parameters, self.freedoms)
        edge = np.isclose(at[:, None], box(self.freedoms, bounds), atol=1e-6).any(axis=1)
        return tuple(name for name, there in zip(self.freedoms, edge, strict=True) if there)


def box(freedoms, bounds=None) -> np.ndarray:
    """The bounds on the scales of the freedoms, array (freedoms, 2).

    >>> box(("Delta_c", "power")).round(2)
    array([[-3.  ,  4.  ],
           [-6.91, -3.22]])
    """
    return np.array(
        [[scaled(name, edge) for edge in (bounds or BOUNDS)[name]] for name in freedoms]
    )


def steady(s: Solution, margin=MARGIN) -> np.ndarray:
    """Whether the slowest fluctuation decays at the margin or faster, bool array (...).

    >>> bool(steady(solve(CASES["ccw"]))), bool(steady(solve(CASES["ccw"]), margin=0.2))
    (True, False)
    """
    return s.growth <= -margin * s.system.omega_m


def optimum(
    p: Parameters,
    measure,
    freedoms,
    reading="self-consistent",
    bounds=None,
    margin=MARGIN,
    seeds=(0,),
) -> Optimum:
    """The largest E_am or R over the freedoms: global searches, each followed by a climb with exact slopes.

    Parameters
    ----------
    p : Parameters; the optimum is no lower than the value there, if p is within bounds and margin
    measure : "E_am" or "R", of Eqs. 14 and 19
    freedoms : names of fields, "Delta_c" first
    reading : "self-consistent" or "bare-detuning"
    bounds : field -> (lowest, highest), or None for ``BOUNDS``
    margin : lowest decay rate of the slowest fluctuation, in omega_m
    seeds : one global search for each

    Examples
    --------
    >>> best = optimum(CASES["ccw"], "E_am", ROUNDS[0])
    >>> print(f"{best.value:.4f}")
    0.1363
    """
    edges = box(freedoms, bounds)
    low, high = edges.T
    at = lambda x: moved(p, freedoms, x)

    def inside(x):  # how far each eigenvalue is beyond the margin
        s = solve(at(x), reading)
        return -by_growth(s.A).real / s.system.omega_m - margin

    def heights(x):
        s = solve(at(x), reading)
        counts = steady(s, margin - 1e-8)  # a start may lie on the margin
        return np.where(counts, pieces(s, measure).min(axis=0), np.nan)

    def ascent(x):
        return climb(
            lambda x: pieces(solve(at(x), reading), measure),
            lambda x: slopes(at(x), freedoms, piece_slopes(at(x), measure, reading)).T,
            inside,
            x,
            edges,
        )

    asked, ends = 0, []
    for seed in seeds:
        x, _, points = highest(heights, edges, seed)
        asked += points
        ends.append(ascent(x))
    start = np.clip(position(p, freedoms), low, high)
    if heights(start) > 0:
        ends.append(ascent(start))
    x, value = max(ends, key=lambda end: end[1])
    rng = np.random.default_rng(0)
    while True:  # a climb may stall where two decay rates cross: sample the surroundings, and go on
        step = rng.normal(size=(len(x), 900)) * np.repeat([1e-2, 1e-3, 1e-4], 300)
        near = np.clip(x + (high - low) * step.T, low, high).T
        around = heights(near)
        if not np.nanmax(around) > value * (1 + 1e-5):
            break
        x, value = ascent(near[:, np.nanargmax(around)])
    agreeing = sum(bool(end[1] > 0.999 * value) for end in ends)
    return Optimum(at(x), tuple(freedoms), measure, reading, asked, len(ends), agreeing)


def freedoms_of(name, fields=("Delta_c",)) -> tuple[str, ...]:
    """The free fields of a contestant: those of the round, and its own.

    >>> freedoms_of("both sides, CW", ROUNDS[0])
    ('Delta_c', 'Delta_a', 'counter_drive', 'counter_drive_phase')
    """
    return (*fields, *FREE.get(name, ()))


def found(reading, measure, edges="as stated") -> dict[str, list[Optimum]]:
    """The recorded optima: contestant -> one Optimum for each round.

    With ``edges``, one of ``EDGES``, other than "as stated" there is the third round alone, self-consistent.

    >>> print(f"{found('self-consistent', 'E_am')['CCW'][0].value:.4f}")
    0.1363
    """
    ends = {}
    for row in json.loads(RECORD.read_text(encoding="utf-8")):
        if [row[key] for key in ("reading", "measure", "edges")] == [reading, measure, edges]:
            name = row["contestant"]
            freedoms = freedoms_of(name, ROUNDS[row["round"]])
            p = moved(CONTESTANTS[name], freedoms, row["at"])
            how = (row[key] for key in ("asked", "searches", "agreeing"))
            ends.setdefault(name, []).append(Optimum(p, freedoms, measure, reading, *how))
    return ends


def elasticities(p: Parameters, measure, reading="self-consistent") -> dict[str, float]:
    """Change of E_am or R in percent when a field grows by one percent at the same Delta_c; exact.

    A detuning changes by a hundredth of omega_m instead. Fields that are zero or have no derivative are left
    out. Where two parts of R are equally small, R has a kink. The parts then count with the weights for which
    the derivatives by the detunings vanish: at the best detunings this is the change of R if they follow.

    >>> print(f"{elasticities(CASES['ccw'], 'E_am')['power']:.3f}")
    0.479
    """
    values = pieces(solve(p, reading), measure)
    smallest = np.flatnonzero(values <= values.min() + 1e-4 * abs(values.min()))
    fields = piece_slopes(p, measure, reading)
    unit = {"Delta_c": p.omega_m, "Delta_a": p.omega_m}
    detunings = [fields[name][smallest] * unit[name] / values.min() for name in unit]
    weights, _ = nnls(np.array([*detunings, np.full(len(smallest), 1e3)]), np.array([0, 0, 1e3]))
    slopes_of = {name: slope[smallest] @ weights / weights.sum() for name, slope in fields.items()}
    return {
        name: float(slope * unit.get(name, getattr(p, name)) / values.min())
        for name, slope in slopes_of.items()
        if getattr(p, name) and np.isfinite(slope)
    }


# ---- the record


def _rounds(task):
    """Rows of one contestant: its rounds, each from the optimum of the one before, and other edges."""
    reading, measure, name = task
    p, rows = CONTESTANTS[name], []

    def search(number, edges, seeds, p):
        freedoms = freedoms_of(name, ROUNDS[number])
        best = optimum(p, measure, freedoms, reading, *EDGES[edges], range(seeds))
        keys = ("reading", "measure", "contestant", "edges", "round")
        row = dict(zip(keys, (reading, measure, name, edges, number), strict=True))
        row |= {key: getattr(best, key) for key in ("asked", "searches", "agreeing")}
        row["at"] = position(best.parameters, freedoms).tolist()
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
    """Make all searches, and store their positions."""
    with ProcessPoolExecutor() as pool:
        tasks = product(MEAN_FIELDS, ("E_am", "R"), CONTESTANTS)
        rows = [row for rows in pool.map(_rounds, tasks) for row in rows]
    RECORD.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
