"""Tables of the errata: what is printed, what is right, and what each does at the operating points."""

import numpy as np

import omcore as om
from omcore.paper.errata import as_derived, effects

from ..kit.tables import Table, folded_notes


def errata_table(errata):
    """One row for each erratum, linked to its note, with what it does at the operating points."""
    numbers = {None: ["", ""]}
    for variant in (as_derived, *(e.variant for e in errata if e.variant)):
        both = zip(*(effects(variant, p) for p in om.CASES.values()), strict=True)
        numbers[variant] = [" / ".join(map(_short, values)) for values in both]
    rows = [["", "As derived.", "", "", *numbers[as_derived]]]
    for e in errata:
        first = [f"[{e.id}](#erratum-{e.id})", e.in_words, e.where, "yes" if e.scan else ""]
        rows.append([*first, *numbers[e.variant]])
    return Table(["item", "in words", "place", "perhaps the scan's", r"$E_{a-m}$", "$R$"], rows)


def errata_notes(errata):
    """What is printed, what is right, and what proves it."""
    text = (
        "{0.in_words}\n\n**Printed:** {0.printed}.\n\n**Right:** {0.right}.\n\n**Proof:** {0.proof}"
    )
    return folded_notes((f"erratum-{e.id}", f"{e.id}: {e.where}", text.format(e)) for e in errata)


def _short(value):
    """Three digits, or a dash where nothing is stable."""
    return "–" if np.isnan(value) else f"{value:.3g}"
