"""Where the searches of the chapter ended: the best filters, and the best pairs of probes.

``python -m drawings.seen.found``, in the folder of the book, makes what ``found.json`` lacks: all, in about
five minutes, if there is no such file. It stores positions; values are computed from the model at these.
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
WEAK = "two probes, weak and narrow"  # with a tenth of the couplings of "two probes"
PROBES = {  # name: what is asked of the pair of probes
    "two probes": {},
    "two probes, half of it left": {"kept": 0.5},
    "two probes, 0.99 of it left": {"kept": 0.99},
    "two probes, narrow filters": {"band": 0.03},
    "two probes, wide filters": {"band": 0.3},
    WEAK: {"band": 0.001},
}
SETTLED = 0.05  # a state counts if its fluctuations decay at this rate at least, in omega_m
LIMITS = {f"limit {rate}": rate for rate in (0.005, 0.01, 0.02, 0.07, 0.1, 0.15)}
"""Names and rates of other such limits, for the driven light and the mirror."""
DETUNING, AT, LN_WIDTH = (-3.0, 5.0), (-4.0, 4.0), (np.log(0.01), np.log(10.0))
NARROW = [(np.log(3e-4), np.log(0.02))] * 2 + [(-0.005, 0.005)] * 2 + [(0.2, 2.0)]
"""Logarithms of the widths of weak probes, how far these are off the filters, and where the filters are."""


def stored():
    """Positions by what is sought and by case."""
    return json.loads(RECORD.read_text(encoding="utf-8"))


def outside(name, p, x):
    """Entanglement seen outside at Delta_c, filter's frequency and logarithm of its width, in omega_m.

    For light with itself the width is ``outputs.BAND``. x : array (2 or 3, ...)
    """
    (which, other), s = outputs.SEEN[_light(name)], om.solve(p.in_omega_m(Delta_c=x[0]))
    if other is None:
        return outputs.with_itself(s, which, x[1])
    return outputs.with_matter(s, which, other, x[1], np.exp(x[2]))


def _light(name):
    return "driven light, mirror" if name in LIMITS else name


def inside(p, x):
    """E_am at a Delta_c."""
    return om.solve(p.in_omega_m(Delta_c=x[0])).log_negativity("a", "m")


def settled(p, x, name=None):
    """Whether the state at a Delta_c is clear of the edge of stability, by the limit of this name."""
    limit = LIMITS.get(name, SETTLED)
    return om.solve(p.in_omega_m(Delta_c=x[0])).growth < -limit * p.omega_m


def value(name, p, x):
    """What the search had found at its end, from the model as it is now; NaN where no state counts."""
    if x is None:
        return np.nan
    return inside(p, x) if name == "inside" else outside(name, p, np.asarray(x))


def best_state(case):
    """The Parameters of a case at its largest E_am."""
    (Delta_c,) = stored()["inside"][case]
    return with_both_sides(om.PAPER)[case].in_omega_m(Delta_c=Delta_c)


def table(names=("inside", *outputs.SEEN, *PROBES)):
    """Header and rows: each entanglement at its best in each case, and spinning over at rest."""
    rows = []
    for name in names:
        E = {case: read_out(name, case) if name in PROBES else value(name, p, stored()[name][case])
             for case, p in with_both_sides(om.PAPER).items()}  # fmt: skip
        ratios = [f"{E[case] / E['stationary']:.2f}" for case in ("cw", "ccw")]
        rows.append([name, *("–" if np.isnan(x) else f"{x:.3f}" for x in E.values()), *ratios])
    return ["", "at rest", "CW", "CCW", "both sides", "CW/rest", "CCW/rest"], rows


def table_of_limits():
    """Header and rows: driven light and mirror, by how fast the fluctuations must at least decay."""
    names = {"driven light, mirror": SETTLED, **LIMITS}
    header, rows = table(sorted(names, key=names.get))
    return ["decay", *header[1:]], [[rf"${names[row[0]]}\,\omega_m$", *row[1:]] for row in rows]


def read_out(name, case):
    """Entanglement that the best pair of probes sees."""
    band = PROBES[name].get("band", probes.BAND)
    return joint_noise(probes.seen_state(*probed(case, name), band=band)).E


def probed(case, name="two probes"):
    """The Parameters of a case at its largest E_am, and the best pair of probes."""
    return best_state(case), np.array(stored()[name][case])


def table_of_probes():
    """Header and rows: the best pair of probes in each case, what it leaves and what it sees."""
    rows = []
    for case in with_both_sides(om.PAPER):
        p, x = probed(case)
        s, seen = probes.read(p, x)
        values = f"{s.log_negativity('a', 'm'):.3f}", f"{seen.log_negativity(*probes.SEEN):.3f}"
        chosen = (f"{y:.2f}" for y in (*np.exp(x[:2]), x[6]))
        rows.append([FOUR_STYLES[case]["label"], *chosen, *values])
    rates = [rf"${symbol}/\omega_m$" for symbol in ("G_p", "J", r"\omega_f")]
    return ["case", *rates, "$E_{a-m}$ left", "$E$ seen"], rows


def table_of_witness():
    """Header and rows: the witness of two settings on what the best pair of probes sees."""
    rows = []
    for case in with_both_sides(om.PAPER):
        r = joint_noise(probes.seen_state(*probed(case))).epr_ratio
        records = float(f"{probes.witness_records(r):.2g}")
        clearance = f"{-10 * np.log10(1 - r):.1f}"
        rows.append([FOUR_STYLES[case]["label"], f"{r:.3f}", clearance, f"{records:.0f}"])
    return ["case", "$r$", "clearance (dB)", "records"], rows


def search():
    record = stored() if RECORD.exists() else {}
    for name in ("inside", *outputs.SEEN, *LIMITS, *PROBES):
        if name not in record:
            record[name] = {case: _place(name, case) for case in with_both_sides(om.PAPER)}
            RECORD.write_text(json.dumps(record) + "\n", encoding="utf-8")


def _place(name, case):
    """Where the search for this ends."""
    worth = lambda p, x: probes.worth(p, x, **PROBES[name])
    counted = lambda p, x: np.where(settled(p, x, name), value(name, p, x), np.nan)
    if name == WEAK:
        y = _best(lambda p, y: worth(p, weak(case, y)), best_state(case), NARROW)
        return weak(case, y).round(DIGITS).tolist()
    if name in PROBES:
        return _best(worth, best_state(case), probes.BOX)
    if name == "inside":
        filters = []
    elif outputs.SEEN[_light(name)][1]:
        filters = [AT, LN_WIDTH]
    else:
        filters = [(0.05, 4.0)]
    return _best(counted, with_both_sides(om.PAPER)[case], [DETUNING, *filters])


def weak(case, y):
    """A pair of probes with a tenth of the couplings of the best one; y: the rest, as ``NARROW`` has it."""
    G, J = (np.full_like(y[0], value) for value in probed(case)[1][:2] + np.log(0.1))
    return np.array([G, J, y[0], y[1], y[4] + y[2], y[4] + y[3], y[4]])


def _best(function, p, box):
    ends = [highest(lambda x: function(p, x), box, seed)[:2] for seed in SEEDS]
    print(np.round([height for _, height in ends], 4), flush=True)
    place, height = max(ends, key=lambda end: end[1])
    return place.round(DIGITS).tolist() if np.isfinite(height) else None


if __name__ == "__main__":
    search()
