"""The third round with one of our edges moved: what the ratios hang on."""

from types import SimpleNamespace

from omcore.paper.optima import EDGES, found

from ..kit.tables import Table

SHOWN = ("at rest", "CW", "CCW")


def data():
    """The recorded optima of round 3, self-consistent, with the model solved at each.

    best : measure -> edges -> contestant -> value
    times : measure -> edges -> values of CW and CCW over that at rest
    """
    third = lambda rounds: rounds[-1] if len(rounds) == 1 else rounds[2]
    best, times = {}, {}
    for measure in ("E_am", "R"):
        best[measure], times[measure] = {}, {}
        for edges in EDGES:
            ends = found("self-consistent", measure, edges)
            values = {name: third(ends[name]).value for name in SHOWN}
            best[measure][edges] = values
            times[measure][edges] = [values[name] / values["at rest"] for name in SHOWN[1:]]
    return SimpleNamespace(best=best, times=times)


def table(d):
    """One row for each edge; in brackets over the value at rest."""
    rows = []
    for edges in EDGES:
        cells = []
        for measure in ("E_am", "R"):
            values, times = d.best[measure][edges], (1.0, *d.times[measure][edges])
            cells += [f"{values[n]:.3f} ({t:.2f})" for n, t in zip(SHOWN, times, strict=True)]
        rows.append([edges.replace("omega_m", r"$\omega_m$"), *cells])
    return Table(["edge", *(f"{s}, {n}" for s in ("$E_{a-m}$", "$R$") for n in SHOWN)], rows)
