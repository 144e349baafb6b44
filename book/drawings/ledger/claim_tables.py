"""Tables of the ledger: what each claim says, what is computed, and its verdict."""

import inspect

from omcore.paper.claims import VERDICTS, kind, shown, what_hangs_on_the_rule
from omcore.paper.readings import READINGS
from omcore.paper.robustness import sure
from omcore.typography import as_written

from ..kit.tables import Table, folded_notes, in_symbols


def claim_table(claims):
    """What each claim says, and one row for each of its parts; linked to its chapter and its note."""
    lines = []
    columns = ("quoted", *(reading.replace("-", "_") for reading in READINGS))
    for claim in claims:
        row = claim.row()
        said = f"{claim.statement} ([{claim.where}]({claim.chapter}))"
        first = [claim_link(claim.id), said]
        last = f"{_short(row['verdict'])}; *{in_symbols(str(sure(claim.id)))}*"
        for part in claim.quoted:
            values = [row[column] for column in columns]
            values = [shown(v[part] if isinstance(v, dict) else v) for v in values]
            lines.append([*first, part, *values, last])
            first, last = ["", ""], ""
    head = ["claim", "what the paper says", "part", "quoted", *READINGS, "verdict; *how sure*"]
    return Table(head, lines)


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
    return Table(
        ["claim", "our rule", "each number to its own digits", f"each within {share:.0%}"],
        [[claim_link(name), *map(_short, v)] for name, v in what_hangs_on_the_rule(share=share).items()],
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


def _short(verdict):
    return verdict.replace("reproduced only by", "only")
