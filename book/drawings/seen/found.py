"""Where the searches of the chapter ended: the best filters, and the best pairs of probes.

``python -m drawings.seen.found``, in the folder of the book, makes them all in about four minutes and stores
their positions in ``found.json``. Values are not stored, but computed from the model at these positions.
"""

import json
from pathlib import Path

import numpy as np

import omcore as om
from omcore.gaussian.epr import joint_noise
from omcore.paper.search import highest

from ..kit.operating import with_both_sides
from ..kit.style import FOUR_STYLES
from . import outputs, probes

RECORD = Path(__file__).with_suffix(".json")
DIGITS = 4
SEEDS = (0, 1, 2)
PROBES = {  # name: what is asked of the pair of probes
    "two probes": {},
    "two probes, half of it left": {"kept": 0.5},
    "two probes, narrow filters": {"band": 0.03},
    "two probes, wide filters": {"band": 0.3},
}
SETTLED = 0.05  # a state counts if its fluctuations decay at this rate at least, in omega_m
DETUNING, AT, LN_WIDTH = (-3.0, 5.0), (-4.0, 4.0), (np.log(0.01), np.log(10.0))


def stored():
    """Positions by what is sought and by case."""
    return json.loads(RECORD.read_text(encoding="utf-8"))


def outside(name, p, x):
    """Entanglement seen outside at Delta_c, filter's frequency and logarithm of its width, in omega_m.

    For light with itself the width is ``outputs.BAND``. x : array (2 or 3, ...)
    """
    (which, other), s = outputs.SEEN[name], om.solve(p.in_omega_m(Delta_c=x[0]))
    if other is None:
        return outputs.with_itself(s, which, x[1])
    return outputs.with_matter(s, which, other, x[1], np.exp(x[2]))


def inside(p, x):
    """E_am at a Delta_c."""
    return om.solve(p.in_omega_m(Delta_c=x[0])).log_negativity("a", "m")


def settled(p, x):
    """Whether the state at a Delta_c is clear of the edge of stability."""
    return om.solve(p.in_omega_m(Delta_c=x[0])).growth < -SETTLED * p.omega_m


def value(name, p, x):
    """What the search had found at its end, from the model as it is now."""
    return inside(p, x) if name == "inside" else outside(name, p, np.asarray(x))


def best_state(case):
    """The Parameters of a case at its largest E_am."""
    (Delta_c,) = stored()["inside"][case]
    return with_both_sides(om.PAPER)[case].in_omega_m(Delta_c=Delta_c)


def table():
    """Header and rows: each entanglement at its best in each case, and spinning over at rest."""
    rows = []
    for name, places in stored().items():
        E = {case: read_out(name, case) if name in PROBES else value(name, p, places[case])
             for case, p in with_both_sides(om.PAPER).items()}  # fmt: skip
        ratios = [f"{E[case] / E['stationary']:.2f}" for case in ("cw", "ccw")]
        rows.append([name, *(f"{x:.3f}" for x in E.values()), *ratios])
    return ["", "at rest", "CW", "CCW", "both sides", "CW/rest", "CCW/rest"], rows


def read_out(name, case):
    """Entanglement that the best pair of probes sees."""
    band = PROBES[name].get("band", probes.BAND)
    return joint_noise(probes.seen_state(*probed(case, name), band=band)).E


def probed(case, name="two probes"):
    """The Parameters of a case at its largest E_am, and the best pair of probes."""
    return best_state(case), np.array(stored()[name][case])


def table_of_probes():
    """Header and rows: the best pair of probes in each case, what is left and seen, and how surely."""
    rows = []
    for case in with_both_sides(om.PAPER):
        p, x = probed(case)
        s, best = om.solve(probes.probed(p, x)), joint_noise(probes.seen_state(p, x))
        chosen, left, r = (*np.exp(x[:2]), x[6]), s.log_negativity("a", "m"), best.epr_ratio
        rows.append([
            FOUR_STYLES[case]["label"], *(f"{y:.2f}" for y in chosen), f"{left:.3f}", f"{best.E:.3f}",
            f"{r:.3f}", f"{-10 * np.log10(1 - r):.1f}", f"{probes.witness_records(r):.0f}",
        ])  # fmt: skip
    rates = [rf"${symbol}/\omega_m$" for symbol in ("G_p", "J", r"\omega_f")]
    return ["case", *rates, "$E_{a-m}$ left", "$E$ seen", "$r$", "clearance (dB)", "records"], rows


def search():
    record, boxes = {}, {"inside": [DETUNING]}
    for name, (_, other) in outputs.SEEN.items():
        boxes[name] = [DETUNING, AT, LN_WIDTH] if other else [DETUNING, (0.05, 4.0)]
    for name, box in boxes.items():
        counted = lambda p, x, name=name: np.where(settled(p, x), value(name, p, x), np.nan)
        record[name] = {
            case: _best(counted, p, box) for case, p in with_both_sides(om.PAPER).items()
        }
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    for name, asked in PROBES.items():
        worth = lambda p, x, asked=asked: probes.worth(p, x, **asked)
        record[name] = {
            case: _best(worth, best_state(case), probes.BOX) for case in record["inside"]
        }
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _best(function, p, box):
    ends = [highest(lambda x: function(p, x), box, seed)[:2] for seed in SEEDS]
    print(np.round([height for _, height in ends], 4), flush=True)
    return max(ends, key=lambda end: end[1])[0].round(DIGITS).tolist()


if __name__ == "__main__":
    search()
