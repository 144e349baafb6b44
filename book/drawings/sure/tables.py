"""Tables of how sure each claim is, from the stored draws."""

import numpy as np

import omcore as om
from omcore.paper.claims import CLAIMS
from omcore.paper.printed import CHOICES, PRINTED
from omcore.paper.readings import READINGS
from omcore.paper.robustness import SETS, held, sure
from omcore.steady_state import MEAN_FIELDS

from ..kit.tables import Table

OWN = [claim.id for claim in CLAIMS if not claim.variant_of]


def prior_table():
    """What is printed, and the intervals of both choices about zeros at the end."""
    rows = []
    for name, number in PRINTED.items():
        symbol = om.QUANTITIES[name].symbol if name in om.QUANTITIES else None
        loose = f"{number.value:g} ± {number.loose:g}" if number.loose else "the same"
        unit = f"{number.unit:g} {om.QUANTITIES[name].unit}" if number.unit != 1 and symbol else ""
        unit = unit.replace(" 1", "")
        rows.append(
            [f"${symbol}$" if symbol else name, f"{number.value:g} ± {number.half:g}", loose, unit]
        )
    return Table(["", "drawn from", "if zeros at the end are no digits", "unit"], rows)


def share_table(claims=tuple(claim.id for claim in CLAIMS)):
    """Share of the worlds in which each claim holds: digits by reading, everything together, and the word."""
    rows = []
    for claim in claims:
        digits = [held(claim, "digits", reading).mean() for reading in READINGS]
        one = sure(claim)
        cells = [f"{share:.2f}" for share in (*digits, one.share)]
        rows.append([claim, *cells, str(one)])
    return Table(["claim", *READINGS, "together", "so it is"], rows)


def cause_table():
    """For each claim that is neither robust nor out: the factor that explains most, and what fixing it does."""
    rows = []
    for claim in (claim.id for claim in CLAIMS):
        one = sure(claim)
        if one.word == "depends":
            levels = "; ".join(f"{level}: {share:.2f}" for level, share in one.fixed.items())
            rows.append([claim, one.on, f"{one.explains:.2f}", levels])
    return Table(["claim", "depends on", "explains", "share in which it holds, if fixed at"], rows)


def choice_table(claims=OWN):
    """Which claims hold with the printed digits as they are and one choice made otherwise, or all of them."""
    digits, choices = SETS["choices"]
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
