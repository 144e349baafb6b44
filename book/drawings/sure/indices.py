"""The indices of Sobol: which parameters decide how large E_am and R are."""

import json
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.sensitivity import INPUTS, MEASURES, RECORD, Indices, locked, sobol

from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, style
from ..kit.tables import Table

SYMBOLS = {"E_am": "$E_{a-m}$", "R": "$R$"}
WORDS = {"digits": "printed digits", "ten per cent": r"$\pm$ 10 %"}


def data(ranges="digits", reading="self-consistent", at="fixed", n=1024):
    """The Indices of both measures in the three cases: (measure, case) -> Indices.

    at : "fixed", at the operating points; "locked", with a laser that follows the driven mode; or "tuned",
        from the record, at the Delta_c of the largest E_am
    """
    if at == "tuned":
        record = json.loads(RECORD.read_text(encoding="utf-8"))
        of = lambda m, c: map(np.array, record[f"{reading}, {m}, {ranges}, {c}"].values())
        found = {(m, c): Indices(*of(m, c)) for m in MEASURES for c in om.CASES}
    else:
        follow = {"fixed": None, "locked": locked}[at]
        one = lambda m, c: sobol(MEASURES[m], c, ranges, reading, n, follow=follow)
        found = {(m, c): one(m, c) for m in MEASURES for c in om.CASES}
    return SimpleNamespace(found=found, ranges=ranges, at=at)


def most(indices, count=2):
    """The inputs with the largest total indices, and these: [(name, total), ...]."""
    order = np.argsort(-indices.total)[:count]
    return [(INPUTS[k], float(indices.total[k])) for k in order]


@style()
def draw(*panels):
    """A row of two panels for each set of ranges; pale bars are total indices, dark ones first-order."""
    figure, axes = plt.subplots(
        len(panels), 2, figsize=(9.4, 2.9 * len(panels)), sharex=True, sharey=True, squeeze=False
    )
    x = np.arange(len(INPUTS))
    for row, d in zip(axes, panels, strict=True):
        for axis, measure in zip(row, MEASURES, strict=True):
            for k, case in enumerate(om.CASES):
                one, place = d.found[measure, case], x + 0.27 * (k - 1)
                look = CASE_STYLES[case]
                label = look["label"] if (measure, row[0]) == ("E_am", axes[0, 0]) else None
                axis.bar(place, one.total, 0.26, color=look["color"], alpha=0.35, linewidth=0)
                axis.bar(place, np.maximum(one.first, 0), 0.13, color=look["color"], label=label)
            axis.set(title=f"{SYMBOLS[measure]}, {WORDS[d.ranges]}, {d.at}", ylim=(0, 1.05))
            axis.grid(axis="x", visible=False)
        row[0].set_ylabel("share of the variance")
    for axis in axes[-1]:
        axis.set_xticks(x, [_called(name) for name in INPUTS], fontsize=9)
    legend_below(figure, axes[0, 0])
    return figure


def table(*panels):
    """The two inputs with the largest total indices, for each measure, range and case."""
    rows = []
    for d in panels:
        for measure, symbol in SYMBOLS.items():
            cells = []
            for case in om.CASES:
                names = [f"{_called(n)} {t:.2f}" for n, t in most(d.found[measure, case])]
                cells.append(", ".join(names))
            rows.append([symbol, f"{WORDS[d.ranges]}, {d.at}", *cells])
    return Table(["", "ranges", "at rest", "CW", "CCW"], rows)


def _called(name):
    """The symbol of an input; the radius by its word, since R is the contangle here."""
    return name if name == "radius" else f"${om.QUANTITIES[name].symbol}$"
