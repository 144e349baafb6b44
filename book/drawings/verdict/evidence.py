"""How far each quoted number is from each of the three readings."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.claims import CLAIMS, NEAR, Number
from omcore.paper.readings import READINGS
from omcore.typography import as_written

from ..kit.panels import legend_below
from ..kit.style import BLACK, GUIDE, PALE, READING_STYLES, style

FAR = 1.0  # differences beyond 100 % are drawn at the edge


def data(p=om.PAPER):
    """Every quoted equality of the ledger, and how far it is from what is computed.

    Bounds and shapes have no distance.

    labels : tuple of "claim, part, quoted"
    difference : reading -> array (n,), computed over quoted less one
    tolerance : array (n,), what the ledger's rule leaves open, over the quoted value
    """
    labels, tolerance, difference = [], [], {m: [] for m in READINGS}
    for claim in (claim for claim in CLAIMS if not claim.variant_of):
        equalities = {
            k: q for k, q in claim.quoted.items() if isinstance(q, Number) and q.relation == "="
        }
        found = claim.found(p) if equalities else {}
        for part, q in equalities.items():
            labels.append(as_written(f"{claim.id}, {part}: {q.text}"))
            tolerance.append(q.tolerance / abs(q.value))
            for m in READINGS:
                difference[m].append(found[m][part] / q.value - 1)
    return SimpleNamespace(
        labels=tuple(labels),
        difference={m: np.array(d) for m, d in difference.items()},
        tolerance=np.array(tolerance),
    )


@style()
def draw(d):
    """One row for each number: grey is what the rule leaves open, marks are the readings."""
    rows = np.arange(len(d.labels))[::-1]
    figure, axis = plt.subplots(figsize=(7.0, 0.6 + 0.3 * len(rows)))
    axis.barh(rows, 2 * d.tolerance, left=-d.tolerance, height=0.7, color=PALE, label="left open")
    for reading, look in READING_STYLES.items():
        shown = np.clip(d.difference[reading], -FAR, FAR)
        axis.plot(shown, rows, linestyle="", markersize=6, clip_on=False, **look)
    axis.axvline(0, color=BLACK, linewidth=1)
    for edge in (-NEAR, NEAR):
        axis.axvline(edge, **GUIDE)
    axis.set_yticks(rows, labels=d.labels)
    axis.set(xlim=(-FAR, FAR), xlabel="computed over quoted, less one")
    axis.grid(axis="y", visible=False)
    legend_below(figure, axis)
    return figure
