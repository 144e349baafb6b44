"""The third round with one of our edges moved: what the ratios hang on."""

from dataclasses import dataclass

from omcore.paper.optima import EDGES, found

from ..kit.tables import Table

SHOWN = ("at rest", "CW", "CCW")


@dataclass(frozen=True)
class Data:
    """Values of the recorded optima of round 3, self-consistent.

    best : measure -> edges -> contestant -> value
    """

    best: dict[str, dict[str, dict[str, float]]]

    def times(self, measure) -> dict[str, list[float]]:
        """Over the value at rest: edges -> of CW and CCW."""
        return {
            edges: [values[name] / values["at rest"] for name in SHOWN[1:]]
            for edges, values in self.best[measure].items()
        }


def data() -> Data:
    """Solve the model at every recorded optimum.

    >>> [round(t, 1) for t in data().times("R")["losses from 0.2 omega_m"]]
    [2.9, 3.1]
    """
    third = lambda rounds: rounds[-1] if len(rounds) == 1 else rounds[2]
    return Data(
        {
            measure: {
                edges: {n: third(found("self-consistent", measure, edges)[n]).value for n in SHOWN}
                for edges in EDGES
            }
            for measure in ("E_am", "R")
        }
    )


def table(d: Data):
    """One row for each edge; in brackets over the value at rest."""
    rows = []
    for edges in EDGES:
        cells = []
        for measure in ("E_am", "R"):
            values, times = d.best[measure][edges], (1.0, *d.times(measure)[edges])
            cells += [f"{values[n]:.3f} ({t:.2f})" for n, t in zip(SHOWN, times, strict=True)]
        rows.append([edges.replace("omega_m", r"$\omega_m$"), *cells])
    return Table(["edge", *(f"{s}, {n}" for s in ("$E_{a-m}$", "$R$") for n in SHOWN)], rows)
