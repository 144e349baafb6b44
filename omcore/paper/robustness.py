"""How sure each claim is: its numbers in worlds that the printed digits, and some choices, allow.

The ledger takes seconds for one set of parameters. ``numbers`` gives every claim for many worlds at once;
``python -m omcore.paper.robustness`` makes all draws, in a quarter of an hour, and stores what comes out in
``robustness.json``; the names of some sets after it make these alone.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..steady_state import MEAN_FIELDS
from . import comparisons as compare
from .claims import CLAIMS, Shape
from .comparisons import SPINNING
from .freedoms import moved, position
from .observables import VISIBLE, E_am_peak, E_am_temperature, R, R_peak, R_temperature
from .optima import BOUNDS, TRIPLE, found, steady
from .printed import CHOICES, as_printed, chosen, drawn, worlds
from .readings import EFFECTIVE, READINGS, solve

RECORD = Path(__file__).with_suffix(".json")
DRAWS = 400  # a share is known to 5 per cent: the 95 % interval of Wilson at one half is +- 4.9
QUANTILES = (0.025, 0.16, 0.5, 0.84, 0.975)
SETS = {  # name: (digits, choices); each is drawn once more by its seed, and not stored
    "digits": (drawn(DRAWS, seed=1), None),
    "together": (drawn(DRAWS, seed=2), chosen(DRAWS, seed=2)),
    "loose digits": (drawn(DRAWS // 4, seed=3, loose=True), None),
    "another seed": (drawn(DRAWS // 4, seed=4), None),
    "choices": (as_printed(2 ** len(CHOICES)), dict(zip(CHOICES, np.array(
        list(product((False, True), repeat=len(CHOICES)))).T, strict=True))),
}  # fmt: skip
ONLY_TWO = ("together", "loose digits", "another seed")  # of the readings, those of Eq. 10
RATES = (0.05, 3.0)  # over omega_m, of the maps of losses


def numbers(w, reading) -> dict[str, dict[str, np.ndarray]]:
    """claim -> part -> array (m,), the numbers of the ledger in the worlds ``w``."""
    printed, near = w.cases(), w.cases(w.near)
    far = w.cases(-2.0)["stationary"]
    each = lambda function, cases: {case: function(q, reading) for case, q in cases.items()}
    E_peaks = each(E_am_peak, printed)
    position, E = ({case: peak[k] for case, peak in E_peaks.items()} for k in (0, 1))
    R_peaks = each(partial(R_peak, points=81), printed)
    tuned = {case: q.in_omega_m(Delta_c=position[case]) for case, q in printed.items()}
    heights = lambda cases, **given: {
        k: R_peak(q, reading, points=81, **given)[1] for k, q in cases.items()
    }
    R_ratio = compare.over_rest({case: peak[1] for case, peak in R_peaks.items()})
    E_ratio = compare.over_rest(E)
    up_to = {case: compare.rate_of_larger(near, case, reading, 8.0, 9, 12, 2) for case in SPINNING}
    larger = {case: rate > RATES[1] for case, rate in up_to.items()}
    R_maps = each(highest_over_losses, near)
    T_E = each(E_am_temperature, w.cases(w.heated))
    T_R = each(R_temperature, w.cases(w.heated))
    T_visible = each(partial(R_temperature, level=VISIBLE), w.cases(w.heated))
    both = lambda T: np.all([T[case] > T["stationary"] for case in SPINNING], axis=0)
    return {
        "1c-peak": position,
        "1c-cw": E_ratio,
        "1c-ccw": E_ratio,
        "1c-shift": position,
        "2a": compare.passed_on(far, near["stationary"], reading),
        "2bc": compare.passed_on_more(near, reading),
        "2d-f": compare.closer(near, reading),
        "3": larger,
        "3-rates": up_to,
        "4a": R_ratio,
        "4a-wide": compare.over_rest(heights(printed, between=(-3.0, 3.0))),
        "4a-tuned": compare.over_rest(heights(tuned)),
        "4a-best": compare.over_rest(
            {case: highest_R(q, case, reading) for case, q in printed.items()}
        ),
        "4a-where": {case: peak[0] for case, peak in R_peaks.items()},
        "4b": R_maps,
        "4c": R_maps,
        "4d": R_maps,
        "5a": T_E,
        "5b": T_R,
        "5b-visible": T_visible,
        "abstract": {
            "bipartite": np.fmax(*(E_ratio[case] for case in SPINNING)),
            "tripartite": np.fmax(*(R_ratio[case] for case in SPINNING)),
        },
        "abstract-noise": {
            "bipartite outlives heat": both(T_E),
            "tripartite outlives heat": both(T_R),
            "bipartite larger at equal loss": np.all([*larger.values()], axis=0),
        },
        "IV": compare.consistent(w.p, printed, reading, w.Q),
        "V": {case: compare.equal_at_best_power(near[case], reading, 41, 4) for case in SPINNING},
    }


def highest_over_losses(p, reading):
    """Largest R of each point of a sweep (m,) over kappa and gamma_a, array (m,)."""
    at = lambda x, y: R(p.in_omega_m(kappa=np.exp(x), gamma_a=np.exp(y)), reading)
    return highest_on_grid(at, np.log(RATES), np.log(RATES), p.shape)


def highest_R(p, case, reading):
    """Largest R of each point of a sweep (m,) over Delta_c and Delta_a, array (m,), as ``optima.optimum``.

    It is followed from the optimum at the paper's parameters, up to half of omega_m away.
    """
    reading = "self-consistent" if reading == EFFECTIVE else reading  # the same states
    freedoms = ("Delta_c", "Delta_a")
    start = position(found(reading, "R")[compare.CONTESTANT[case]][0].parameters, freedoms)

    def at(x, y):
        s = solve(moved(p, freedoms, (x, y)), reading)
        return np.where(steady(s), s.residual_contangle(*TRIPLE), np.nan)

    near = [np.clip((x - 0.5, x + 0.5), *BOUNDS[f]) for x, f in zip(start, freedoms, strict=True)]
    return highest_on_grid(at, *near, p.shape, points=11)


def highest_on_grid(function, x_range, y_range, shape, points=17, rounds=5, fine=7):
    """Largest values on a rectangle for a batch, by grids that close in on the best point of the last one.

    >>> hill = lambda x, y: -((x - 0.3) ** 2) - (y - np.array([0.2, 0.9])) ** 2
    >>> bool(abs(highest_on_grid(hill, (0, 1), (0, 1), (2,))).max() < 1e-4)
    True
    """
    (x_low, x_high), (y_low, y_high) = x_range, y_range
    middle = [np.full(shape, (low + high) / 2) for low, high in (x_range, y_range)]
    wide = [(high - low) / 2 for low, high in (x_range, y_range)]
    best = np.full(shape, -np.inf)
    for n in [points] + rounds * [fine]:
        u = np.linspace(-1, 1, n)
        grid = np.reshape(np.meshgrid(u, u, indexing="ij"), (2, n * n, *len(shape) * [1]))
        x = np.clip(middle[0] + wide[0] * grid[0], x_low, x_high)
        y = np.clip(middle[1] + wide[1] * grid[1], y_low, y_high)
        values = np.nan_to_num(function(x, y), nan=-np.inf)
        top = np.argmax(values, axis=0)[None]
        pick = lambda array, top=top: np.take_along_axis(array, top, axis=0)[0]
        up = pick(values) > best
        middle = [np.where(up, pick(z), m) for z, m in zip((x, y), middle, strict=True)]
        best = np.fmax(best, pick(values))
        wide = [w * 2.5 / (n - 1) for w in wide]
    return best


# ---- the record


def explained(values, inputs, bins=10) -> dict[str, float]:
    """Share of the variance of ``values`` (n,) that each input alone explains: name -> number.

    The draws are sorted into bins of one input; between the bins lies its part, less what chance would give.
    This is the first-order index of Sobol, from draws that were made for something else.

    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.random((2, 4000))
    >>> {name: round(share, 1) for name, share in explained(x + 0.5 * y, {"x": x, "y": y}).items()}
    {'x': 0.8, 'y': 0.2}
    """
    values = np.asarray(values, float)
    known = np.isfinite(values)
    values, n, total = values[known], known.sum(), np.var(values[known])
    shares = {}
    for name, x in inputs.items():
        x = np.asarray(x)[known]
        levels = np.unique(x)
        if len(levels) > bins:
            levels, x = np.arange(bins), np.argsort(np.argsort(x)) * bins // n
        within = sum(np.var(values[x == one]) * np.mean(x == one) for one in levels)
        few = (n - 1) / (n - len(levels))
        shares[name] = float(1 - within / total * few) if total > 0 else 0.0
    return shares


def computed(name, reading, part=slice(None)):
    """The numbers of a set of worlds, or of some of them."""
    return numbers(worlds(*SETS[name])[part], reading)


def meets(values, quoted) -> np.ndarray:
    """Which of the values (m,) meet what is quoted, a Number or a Shape; NaN meets nothing."""
    with np.errstate(invalid="ignore"):
        return np.vectorize(quoted.holds)(values)


def summary(found, inputs) -> dict:
    """What is stored of the numbers of many worlds: claim -> where it holds, and its parts."""
    stored = {}
    for claim in CLAIMS:
        held, parts = True, {}
        for part, quoted in claim.quoted.items():
            values = np.asarray(found[claim.id][part])
            holds = meets(values, quoted)
            held, parts[part] = held & holds, {"share": float(holds.mean())}
            if not isinstance(quoted, Shape):
                at = np.nanquantile(values, QUANTILES, method="closest_observation")
                most = sorted(explained(values, inputs).items(), key=lambda item: -item[1])[:3]
                parts[part] |= {
                    "quantiles": [float(f"{x:.4g}") for x in at],
                    "explained": {name: round(share, 3) for name, share in most},
                    "none": int(np.isnan(values).sum()),
                }
        stored[claim.id] = {"held": np.packbits(held).tobytes().hex(), "parts": parts}
    return stored


@cache
def record() -> dict:
    """What is stored: set of worlds -> reading -> claim -> where it holds, and its parts."""
    return json.loads(RECORD.read_text(encoding="utf-8"))


def held(claim, name, reading) -> np.ndarray:
    """Whether a claim holds in each world of a set, bool array (n,).

    >>> held("4d", "digits", "bare-detuning").mean() > 0.9
    np.True_
    """
    bits = np.frombuffer(bytes.fromhex(record()[name][reading][claim]["held"]), np.uint8)
    return np.unpackbits(bits)[: len(SETS[name][0]["Q"])].astype(bool)


def wilson(share, n, z=1.96):
    """The interval of Wilson, with 95 % confidence, about a share that was counted in n draws.

    >>> low, high = wilson(0.5, DRAWS)
    >>> print(f"{low:.3f} {high:.3f}")
    0.451 0.549
    """
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half


def factors(name, readings=MEAN_FIELDS) -> dict[str, np.ndarray]:
    """What differs between the worlds of a set in several readings, one after the other: name -> array."""
    digits, choices = SETS[name]
    one = digits | (choices or {})
    n = len(digits["Q"])
    return {k: np.tile(x, len(readings)) for k, x in one.items()} | {
        "reading": np.repeat(np.arange(len(readings)), n)
    }


class Sure(NamedTuple):
    """How sure a claim is, of all worlds with their choices, in both readings of Eq. 10.

    word : "robust" where it holds in at least 95 % of the worlds of each reading; "not" where in at most
        5 % of each, within the error of counting, and in no reading its numbers are ``compatible``; else
        "depends"
    shares : reading -> share of its worlds in which the claim holds
    on : the factor that explains most of whether it holds; if that is ``of_number``, the factors that explain
        most of one of its numbers, in one reading or the other, the commonest first
    explains : the part of that variance; of several numbers the smallest
    fixed : level of the first factor -> reading -> share in which the claim holds; of a digit, its lowest and
        highest quarter; None unless it depends
    of_number : where the claim hardly ever holds, or no factor explains a tenth of whether it does
    """

    word: str
    shares: dict[str, float]
    on: tuple[str, ...] = ()
    explains: float = 0.0
    fixed: dict[str, dict[str, float]] | None = None
    of_number: bool = False

    def __str__(self):
        if self.word != "depends":
            return self.word
        return ("its number goes with " if self.of_number else "depends on ") + " or ".join(self.on)


SURE = 0.95  # of the worlds
EXPLAINS = 0.1  # of the variance, at least, of what a claim is said to depend on
RULED_OUT = 3  # worlds that none may be where this many were due: with 95 % confidence


def sure(claim) -> Sure:
    """How sure a claim is; what it depends on is found from the draws.

    >>> print(sure("1c-peak"), "|", sure("2bc"), "|", sure("2a"), "|", sure("4a"))
    robust | not | depends on kappa | its number goes with index or kappa
    """
    of = {reading: held(claim, "together", reading) for reading in MEAN_FIELDS}
    shares = {reading: float(holds.mean()) for reading, holds in of.items()}
    if min(shares.values()) >= SURE:
        return Sure("robust", shares)
    rare = all(wilson(share, DRAWS)[0] <= 1 - SURE for share in shares.values())
    if rare and not any(compatible(claim, reading) for reading in MEAN_FIELDS):
        return Sure("not", shares)
    inputs = factors("together", ("one",))
    parts = explained(np.concatenate(list(of.values())), factors("together"))
    first = max(parts, key=parts.get)
    if not rare and parts[first] >= EXPLAINS:
        return Sure("depends", shares, (first,), parts[first], fixed(of, first, inputs[first]))
    leading = _of_the_numbers(claim) or [(first, parts[first])]
    names = tuple(name for name, _ in Counter(name for name, _ in leading).most_common())
    least = min(part for _, part in leading)
    return Sure("depends", shares, names, least, fixed(of, names[0], inputs[names[0]]), True)


def compatible(claim, reading, name="together") -> bool:
    """Whether all quoted numbers may hold in a reading; False for a statement that is no number.

    Each must lie within 95 % of the model's. And where, by the shares of the parts, three worlds or more
    should have all of them at once, one must: else the numbers exclude each other.

    >>> compatible("4a", "bare-detuning"), compatible("V", "bare-detuning"), compatible("5b", "bare-detuning")
    (True, False, False)
    """
    quoted = next(c for c in CLAIMS if c.id == claim).quoted
    stored = record()[name][reading][claim]["parts"]
    each = all(
        "quantiles" in stored[part] and q.allows(*stored[part]["quantiles"][:: len(QUANTILES) - 1])
        for part, q in quoted.items()
    )
    holds = held(claim, name, reading)
    due = len(holds) * np.prod([part["share"] for part in stored.values()])
    return bool(each and (holds.any() or due < RULED_OUT))


def _of_the_numbers(claim) -> list[tuple[str, float]]:
    """What explains most of each number of a claim, in each reading: (factor, part of the variance)."""
    parts = [p for m in MEAN_FIELDS for p in record()["together"][m][claim]["parts"].values()]
    return [
        max(p["explained"].items(), key=lambda item: item[1]) for p in parts if "explained" in p
    ]


def fixed(of, name, x) -> dict[str, dict[str, float]]:
    """Shares in which a claim holds where one factor x (n,) is fixed: level -> reading -> share.

    of : reading -> where it holds, array (n,)
    """
    if name == "reading":
        return {reading: {reading: float(holds.mean())} for reading, holds in of.items()}
    if name in CHOICES:
        levels = {words: x == k for k, words in enumerate(CHOICES[name])}
    else:
        low, high = np.quantile(x, (0.25, 0.75))
        levels = {"lowest quarter": x <= low, "highest quarter": x >= high}
    return {level: {m: float(h[at].mean()) for m, h in of.items()} for level, at in levels.items()}


def main(names=tuple(SETS)):
    """Compute all sets of worlds, or those that are named, and store their summaries."""
    stored = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    with ProcessPoolExecutor(2) as pool:
        for name in names:
            digits, choices = SETS[name]
            parts = [slice(k, k + 20) for k in range(0, len(digits["Q"]), 20)]
            stored[name] = {}
            for reading in MEAN_FIELDS if name in ONLY_TWO else READINGS:
                some = list(pool.map(partial(computed, name, reading), parts))
                join = lambda one, part, some=some: np.concatenate([x[one][part] for x in some])
                of_all = {k: {part: join(k, part) for part in some[0][k]} for k in some[0]}
                stored[name][reading] = summary(of_all, digits | (choices or {}))
                print(name, reading, flush=True)
            RECORD.write_text(json.dumps(stored) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or tuple(SETS))
