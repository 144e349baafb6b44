"""Every quoted number as an interval: where the model has it in the worlds that the printed digits allow."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

from omcore.paper.claims import CLAIMS, Number
from omcore.paper.robustness import record
from omcore.steady_state import MEAN_FIELDS

from ..kit.panels import legend_below
from ..kit.style import BLACK, DARK, PALE, READING_STYLES, style

ENDS = (0.3, 5.0)  # of the axis


def data(name="digits"):
    """The intervals of all quoted numbers over the quoted ones, from the stored draws.

    rows : (claim, part, Number); claims that take another one another way are left out
    at : reading -> array (rows, 5), quantiles 2.5, 16, 50, 84 and 97.5 % over the quoted value
    inside : reading -> array (rows,), whether some of the interval meets what is quoted
    """
    rows = [
        (c.id, part, quoted)
        for c in CLAIMS
        if not c.variant_of
        for part, quoted in c.quoted.items()
        if isinstance(quoted, Number)
    ]
    at, inside = {}, {}
    for reading in MEAN_FIELDS:
        found = record()[name][reading]
        values = np.array([found[c]["parts"][part]["quantiles"] for c, part, _ in rows])
        at[reading] = np.sort(values / [[q.value] for *_, q in rows], axis=1)
        inside[reading] = np.array(
            [q.allows(v[0], v[-1]) for (*_, q), v in zip(rows, values, strict=True)]
        )
    return SimpleNamespace(rows=rows, at=at, inside=inside)


@style()
def draw(d):
    """A bar for 95 % of the worlds, thick for 68 %; shaded: what the paper allows; filled: a world has it."""
    figure, axis = plt.subplots(figsize=(8.2, 0.27 * len(d.rows) + 1.4))
    for row, (*_, quoted) in enumerate(d.rows):
        ends = {">": (1, ENDS[1]), "<": (ENDS[0], 1)}.get(quoted.relation)
        give = quoted.tolerance / abs(quoted.value)
        low, high = ends or (1 - give, 1 + give)
        axis.fill_betweenx([row - 0.42, row + 0.42], low, high, color=PALE, linewidth=0)
        for reading, shift in zip(MEAN_FIELDS, (-0.18, 0.18), strict=True):
            look, y = READING_STYLES[reading], row + shift
            a, b, middle, c, e = np.clip(d.at[reading][row], *ENDS)
            axis.plot([a, e], [y, y], color=look["color"], linewidth=1.2)
            axis.plot([b, c], [y, y], color=look["color"], linewidth=3.4)
            face = look["color"] if d.inside[reading][row] else "white"
            label = reading if row == 0 else None
            axis.plot(
                middle,
                y,
                look["marker"],
                color=look["color"],
                markerfacecolor=face,
                markersize=5.5,
                label=label,
            )
    axis.axvline(1, color=BLACK, linewidth=1)
    words = [f"{c}: {part}, {quoted.text}" for c, part, quoted in d.rows]
    axis.set_yticks(range(len(d.rows)), [w.replace("≃ ", "about ") for w in words], fontsize=8.5)
    axis.set(
        xscale="log",
        xlim=ENDS,
        ylim=(len(d.rows) - 0.4, -0.6),
        xlabel="the model's number over the quoted one",
    )
    axis.set_xticks([0.5, 1, 2, 4], ["1/2", "1", "2", "4"])
    axis.xaxis.set_minor_locator(plt.NullLocator())
    axis.grid(axis="y", visible=False)
    axis.tick_params(axis="y", length=0, labelcolor=DARK)
    legend_below(figure, axis, ncols=2)
    return figure
