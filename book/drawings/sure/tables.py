"""Tables of how sure each claim is, from the stored draws."""

import numpy as np

import omcore as om
from omcore.paper.claims import CLAIMS
from omcore.paper.printed import CHOICES, PRINTED
from omcore.paper.readings import READINGS
from omcore.paper.robustness import SETS, held, record, sure
from omcore.steady_state import MEAN_FIELDS

from ..kit.knobs import KNOBS
from ..kit.tables import Table, in_symbols

OM = r"$\omega_m$"
NAMES = {  # symbol, and unit, of what is no field of Parameters or is printed more than once
    "Q": ("$Q$", "$10^7$"),
    "Delta_a": (r"$\Delta_a$ of Figs. 1, 4(a) and 5", OM),
    "Delta_a about -1": (r"$\Delta_a$ of Figs. 2, 3 and 4(b-d)", OM),
    "Delta_c at rest": (r"$\Delta_c$ at rest", OM),
    "Delta_c CW": (r"$\Delta_c$ driven CW", OM),
    "Delta_c CCW": (r"$\Delta_c$ driven CCW", OM),
}
IN_PRINT = dict.fromkeys(("kappa", "gamma_a", "G_a"), "Mrad/s") | {"refractive_index": "1"}
OWN = [claim.id for claim in CLAIMS if not claim.variant_of]


def prior_table():
    """What is printed, and the intervals by both choices about zeros at the end."""
    rows = []
    for name, number in PRINTED.items():
        words, unit = NAMES.get(name) or (f"${om.QUANTITIES[name].symbol}$", KNOBS[name].shown.unit)
        unit = IN_PRINT.get(name, unit)
        loose = f"{number.value:g} ± {number.loose:g}" if number.loose else ""
        rows.append([words, f"{number.value:g} ± {number.half:g}", loose, unit])
    return Table(["", "drawn from", "if zeros at the end are no digits", "unit"], rows)


def share_table(claims=tuple(claim.id for claim in CLAIMS)):
    """Share of the worlds in which each claim holds, by reading: digits, all together; and the word."""
    rows = []
    for claim in claims:
        digits = [held(claim, "digits", reading).mean() for reading in READINGS]
        one = sure(claim)
        cells = [f"{share:.2f}" for share in (*digits, *one.shares.values())]
        rows.append([claim, *cells, in_symbols(str(one))])
    together = [f"together, {reading}" for reading in MEAN_FIELDS]
    return Table(["claim", *READINGS, *together, "so it is"], rows)


def cause_table():
    """For each claim that is neither robust nor out: what explains most of it, and what fixing that does."""
    rows = []
    for claim in (claim.id for claim in CLAIMS):
        one = sure(claim)
        if one.word == "depends":
            levels = [f"{level}: {_both(shares)}" for level, shares in one.fixed.items()]
            held_in, levels = _both(one.shares), in_symbols("; ".join(levels))
            if one.on == ("reading",):
                levels = "–"
            rows.append([claim, held_in, in_symbols(str(one)), f"{one.explains:.2f}", levels])
    held_in = "holds in (self-consistent, bare)"
    return Table(["claim", held_in, "so it is", "explains", "the same, if fixed at"], rows)


def _both(shares):
    return ", ".join(f"{share:.2f}" for share in shares.values())


def choice_table(claims=OWN):
    """Which claims hold at the printed numbers with one choice made otherwise, or all of them."""
    choices = SETS["choices"][1]
    made = np.array([choices[name] for name in CHOICES])
    columns = {"as taken": ~made.any(0)}
    columns |= {name: made[k] & (made.sum(0) == 1) for k, name in enumerate(CHOICES)}
    columns["all"] = made.all(0)
    letter = dict(zip(MEAN_FIELDS, "sb", strict=True))
    rows = []
    for claim in claims:
        cells = []
        for at in columns.values():
            holds = [letter[m] for m in MEAN_FIELDS if held(claim, "choices", m)[at].all()]
            cells.append(", ".join(holds) or "–")
        if len(set(cells)) > 1:
            rows.append([claim, *cells])
    return Table(["claim", *columns], rows)


def interval_table(rows, name="digits"):
    """The numbers of some (claim, part) in both readings: median, and 95 % of the worlds."""
    lines = []
    for claim, part in rows:
        cells = []
        for reading in MEAN_FIELDS:
            low, _, middle, _, high = record()[name][reading][claim]["parts"][part]["quantiles"]
            cells.append(f"{middle:.3g} ({low:.3g} to {high:.3g})")
        quoted = next(c.quoted[part].text for c in CLAIMS if c.id == claim)
        lines.append([f"{claim}, {part}", quoted, *cells])
    return Table(["", "quoted", *MEAN_FIELDS], lines)
