"""Tables and folded notes for the pages: Markdown text from rows of values."""

import inspect

import numpy as np

from omcore.cases import CASES
from omcore.paper.claims import VERDICTS, kind, shown, what_hangs_on_the_rule
from omcore.paper.errata import as_derived, effects
from omcore.paper.readings import READINGS
from omcore.typography import as_written


class Markdown:
    """Text that a notebook and the book show as Markdown."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def _repr_markdown_(self):
        return self.text


def Table(header, rows):
    """Rows under a header, with numbers and names as people write them.

    >>> print(Table(["n", "cw"], [[1, 1e-05], [2, -4]]))
    | n | CW |
    |---|---|
    | 1 | 10⁻⁵ |
    | 2 | −4 |
    """
    line = lambda cells: "| " + " | ".join(map(as_written, cells)) + " |"
    rule = "|" + "|".join("---" for _ in header) + "|"
    return Markdown("\n".join([line(header), rule, *map(line, rows)]))


def folded_notes(notes):
    """Notes that open on a click, from (name to link to, title, text)."""
    fold = "````{{admonition}} {1}\n:class: dropdown note\n:name: {0}\n\n{2}\n````"
    return Markdown("\n\n".join(fold.format(*note) for note in notes))


# ---- the ledger


def claim_table(claims):
    """What each claim says, and one row for each of its parts; linked to its chapter and its note."""
    lines = []
    columns = ("quoted", *(reading.replace("-", "_") for reading in READINGS))
    for claim in claims:
        row = claim.row()
        said = f"{claim.statement} ([{claim.where}]({claim.chapter}))"
        first = [claim_link(claim.id), said]
        verdict = row["verdict"].replace("reproduced only by", "only")
        for part in claim.quoted:
            values = [row[column] for column in columns]
            values = [shown(v[part] if isinstance(v, dict) else v) for v in values]
            lines.append([*first, part, *values, verdict])
            first, verdict = ["", ""], ""
    return Table(["claim", "what the paper says", "part", "quoted", *READINGS, "verdict"], lines)


def claim_link(name):
    """The id of a claim, which leads to its note in the ledger."""
    return f"[{name}](#claim-{name})"


def verdict_count(claims):
    """How many claims of the paper have which verdict, what it means, and which they are."""
    verdicts = {c.id: kind(c.row()["verdict"]) for c in claims if not c.variant_of}
    ids = {k: [name for name, v in verdicts.items() if v == k] for k in VERDICTS}
    return Table(
        ["verdict", "it means", "claims", "which"],
        [[k, VERDICTS[k], len(ids[k]), ", ".join(map(claim_link, ids[k]))] for k in VERDICTS],
    )


def rule_table(share=0.05):
    """The claims whose verdict hangs on the rule by which a number is met."""
    short = lambda verdict: verdict.replace("reproduced only by", "only")
    return Table(
        ["claim", "our rule", "each number to its own digits", f"each within {share:.0%}"],
        [[claim_link(name), *map(short, v)] for name, v in what_hangs_on_the_rule(share=share).items()],
    )  # fmt: skip


def claim_notes(claims):
    """What was chosen for each claim, and the source of what computes it."""
    source = lambda claim: inspect.getsource(getattr(claim.compute, "func", claim.compute))
    return folded_notes(
        (
            f"claim-{c.id}",
            f"{c.id}: {c.statement}",
            f"{as_written(f'{c.where}. {c.note}')}\n\n```python\n{source(c)}```",
        )
        for c in claims
    )


# ---- the errata


def errata_table(errata):
    """One row for each erratum, linked to its note, with what it does at the operating points."""
    numbers = {None: ["", ""]}
    for variant in (as_derived, *(e.variant for e in errata if e.variant)):
        both = zip(*(effects(variant, p) for p in CASES.values()), strict=True)
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
