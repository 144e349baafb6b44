"""Tables and folded notes for the pages: Markdown text from rows of values."""

import inspect

import numpy as np

from ...paper.claims import shown
from ...paper.errata import as_derived, effects
from ...parameters import CASES


class Markdown:
    """Text that a notebook and the book show as Markdown."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def _repr_markdown_(self):
        return self.text


def Table(header, rows):
    """Rows under a header.

    >>> print(Table(["n", "n²"], [[1, 1], [2, 4]]))
    | n | n² |
    |---|---|
    | 1 | 1 |
    | 2 | 4 |
    """
    line = lambda cells: "| " + " | ".join(map(str, cells)) + " |"
    rule = "|" + "|".join("---" for _ in header) + "|"
    return Markdown("\n".join([line(header), rule, *map(line, rows)]))


def folded_notes(notes):
    """Notes that open on a click, from (name to link to, title, text)."""
    fold = "````{{admonition}} {1}\n:class: dropdown note\n:name: {0}\n\n{2}\n````"
    return Markdown("\n\n".join(fold.format(*note) for note in notes))


# ---- the ledger


def claim_table(claims):
    """One row for each part of a claim, linked to its chapter and to its note."""
    lines = []
    for claim in claims:
        row = claim.row()
        first = [f"[{claim.id}](#claim-{claim.id})", f"[{claim.where}]({claim.chapter})"]
        verdict = row["verdict"].replace("reproduced only by", "only")
        for part in claim.quoted:
            values = [row[column] for column in ("quoted", "self_consistent", "bare_detuning")]
            values = [shown(v[part] if isinstance(v, dict) else v) for v in values]
            lines.append([*first, _direction(part), *values, verdict])
            first, verdict = ["", ""], ""
    header = ["claim", "place", "part", "quoted", "self-consistent", "bare-detuning", "verdict"]
    return Table(header, lines)


def claim_notes(claims):
    """What was chosen for each claim, and the source of what computes it."""
    source = lambda claim: inspect.getsource(getattr(claim.compute, "func", claim.compute))
    return folded_notes(
        (f"claim-{c.id}", f"{c.id}: {c.where}", f"{c.note}\n\n```python\n{source(c)}```")
        for c in claims
    )


def _direction(part):
    return {"cw": "CW", "ccw": "CCW"}.get(part, part)


# ---- the errata


def errata_table(errata):
    """One row for each erratum, linked to its note, with what it does at the operating points."""
    numbers = {None: ["", ""]}
    for variant in (as_derived, *(e.variant for e in errata if e.variant)):
        both = zip(*(effects(variant, p) for p in CASES.values()), strict=True)
        numbers[variant] = [" / ".join(map(_short, values)) for values in both]
    rows = [["", "as derived", "", *numbers[as_derived]]]
    for e in errata:
        rows.append(
            [f"[{e.id}](#erratum-{e.id})", e.where, "yes" if e.scan else "", *numbers[e.variant]]
        )
    return Table(["item", "place", "perhaps the scan's", r"$E_{a-m}$", "$R$"], rows)


def errata_notes(errata):
    """What is printed, what is right, and what proves it."""
    text = "**Printed:** {0.printed}.\n\n**Right:** {0.right}.\n\n**Proof:** {0.proof}"
    return folded_notes((f"erratum-{e.id}", f"{e.id}: {e.where}", text.format(e)) for e in errata)


def _short(value):
    """Three digits, or a dash where nothing is stable."""
    return "–" if np.isnan(value) else f"{value:.3g}"
