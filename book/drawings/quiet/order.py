"""All noises in one order: how far what there is lies from what halves E_am."""

from types import SimpleNamespace

import matplotlib.pyplot as plt

import omcore as om
from omcore.assumptions.technical import push, strength_left, white
from omcore.assumptions.verdicts import QUIETEST, STEADIEST

from ..kit.operating import with_both_sides
from ..kit.panels import legend_below
from ..kit.style import FOUR_STYLES, GUIDE, style
from . import budget
from . import slow as unread
from .filter_cavity import FLOOR, NARROW, behind_filter
from .laser_line import best

COUPLER = 3e-9  # m, "several nanometres" of the experiment that spun
ASSUMED = 1e-3  # of the power, that becomes heat
CRITICAL = 0.5  # kappa_ext/kappa of critical coupling
MARKS = dict(zip(FOUR_STYLES, "osD^", strict=True))


def data(p=om.PAPER, reading="self-consistent"):
    """ratio : name -> case -> what there is, over what halves E_am; budget : that of heat and loss."""
    rows = {name: {} for name in ROWS}
    held, drifts = budget.data(p, reading), unread.data(p, reading).unread
    for case, q in with_both_sides(p).items():
        s = best(q, reading=reading)
        turn, brighter = push(s, "laser frequency"), push(s, "laser power")
        behind = om.solve(behind_filter(s, 1.0, NARROW * q.omega_m)).V[:8, :8] - s.V
        values = (
            COUPLER / (unread.depth(q) * drifts["coupler", case]),
            FLOOR / strength_left(s, white(s, turn)),
            QUIETEST / (2 * strength_left(s, white(s, brighter))),
            CRITICAL / (1 - held.escape[case]),
            FLOOR / strength_left(s, behind),
            STEADIEST / drifts["laser frequency", case],
            ASSUMED / held.absorbed[case],
        )
        for name, value in zip(ROWS, values, strict=True):
            rows[name][case] = float(value)
    return SimpleNamespace(ratio=rows, budget=held)


ROWS = {  # name: (what halves E_am, what there is, how sure)
    "distance of the coupler, unread": (
        "1.3 to 1.7 pm rms", "several nm",
        "established; what there is, our reading",
    ),
    "frequency noise, white": (
        "1.1e-3 to 1.6e-3 rad² Hz", "1.2 rad² Hz",
        "established; whether a floor reaches 10 MHz, unknown",
    ),
    "intensity noise, all of it excess": (
        "-176 to -174 dB/Hz", "-170 dB/Hz",
        "a glossary's; 0.9 to 1.4 times if its shot noise is in it",
    ),
    "loss that leads elsewhere": (
        "0.60 to 0.66 of kappa", "0.5, critical coupling",
        "established; what there is, a guess",
    ),
    "frequency noise behind a filter": (
        "1.5 to 5.3 rad² Hz", "1.2 rad² Hz",
        r"established at the best $\Delta_c$, locked to a thousandth of its width",
    ),
    "wander of the laser, unread": (
        "35 to 65 Hz rms", "11 Hz rms",
        "established",
    ),
    "heat in the cold": (
        "0.49 to 0.79 of the light", "0.001",
        "suggestive",
    ),
}  # fmt: skip
UNMEASURED = {  # those for which no value of what there is was found
    "slow power, unread": "1.7e-5 to 2.8e-3 of it, rms",
    "rotation of a disc that stretches, unread": "spinning 0.6 to 0.7 mrad/s rms",
}


@style()
def draw(d):
    """One row a noise, one mark a case; to the right of one there is too much of it."""
    figure, axis = plt.subplots(figsize=(8.5, 3.9))
    for k, ratio in enumerate(reversed(d.ratio.values())):
        for case, look in FOUR_STYLES.items():
            axis.semilogx(
                ratio[case], k, MARKS[case], color=look["color"], label=None if k else look["label"]
            )
    axis.axvline(1.0, **GUIDE)
    axis.set_yticks(range(len(d.ratio)), reversed(d.ratio))
    axis.set_xlabel("what there is, over what halves $E_{a-m}$")
    legend_below(figure, axis, ncols=4)
    return figure


def table(d):
    """Header and rows, in the order of the figure, and below them those without a value."""
    rows = []
    for name, (needed, there, sure) in ROWS.items():
        values = d.ratio[name].values()
        needed = needed.replace("kappa", r"$\kappa$")
        low, high = (unread.written(x) for x in (min(values), max(values)))
        rows.append([name, needed, there, f"{low} to {high}", sure])
    for name, needed in UNMEASURED.items():
        rows.append([name, needed, "unknown", "unknown", "established; what there is, unknown"])
    return ["noise", "halves $E_{a-m}$", "there is", "ratio", "how sure"], rows
