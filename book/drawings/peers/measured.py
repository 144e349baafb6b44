"""Tables and a drawing of what benchmarks/peers.py measured."""

import json
from pathlib import Path

import matplotlib.pyplot as plt

from ..kit.panels import legend_below
from ..kit.style import SWITCHED_OFF, THREE_LINES, style
from ..kit.tables import Table

RECORD = Path(__file__).parents[3] / "benchmarks" / "measured.json"
MARKERS = "osD^"


def record(file=RECORD):
    """What was measured, as it is stored."""
    return json.loads(Path(file).read_text(encoding="utf-8"))


def machine(r):
    """Machine and versions, in a table."""
    versions = ", ".join(f"{name} {number}" for name, number in r["machine"]["versions"].items())
    rows = [[key, str(value)] for key, value in r["machine"].items() if key != "versions"]
    return Table(["machine", ""], [*rows, ["versions", versions]])


def step(r, name):
    """One step: each route with its time a point and its largest error."""
    rows = [[row["route"], f"{row['us']:.1f}", f"{row['error']:.0e}"] for row in r["steps"][name]]
    return Table([name, "µs a point", "largest error"], rows)


def fock(r):
    """One point of the lossy pair, in phase space and in Fock space."""
    rows = [
        [row["route"], f"{row['seconds'] * 1e3:.1f}", f"{row['error']:.0e}"] for row in r["fock"]
    ]
    return Table(["lossy squeezed pair", "ms", "error of E"], rows)


def squeezed(r):
    """Error of E for a pair of modes, the more they are squeezed."""
    routes = list(r["squeezed"][0]["errors"])
    word = lambda error: "no number" if error is None else f"{error:.0e}"
    rows = [[each["r"], *(word(each["errors"][name]) for name in routes)] for each in r["squeezed"]]
    return Table(["squeezed by", *routes], rows)


def growth(r):
    """The largest size of each route, and why there is no larger one."""
    last = {route: each["rows"][-1] for route, each in r["growth"].items()}
    rows = [
        [route, f"{n['points']:,}", f"{n['seconds']:.1f}", f"{n['seconds'] / n['points'] * 1e6:.1f}",
         f"{n['MB']:.0f}", r["growth"][route]["stopped"]]
        for route, n in last.items()
    ]  # fmt: skip
    return Table(["route", "points", "seconds", "µs a point", "peak MB", "why it ends there"], rows)


@style()
def draw(r):
    """Seconds and peak memory against the number of points, logarithmic."""
    looks = [*THREE_LINES, SWITCHED_OFF]
    figure, axes = plt.subplots(1, 2, figsize=(7.6, 3.8))
    for (route, each), look, marker in zip(r["growth"].items(), looks, MARKERS, strict=True):
        for axis, name in zip(axes, ("seconds", "MB"), strict=True):
            points = [row["points"] for row in each["rows"]]
            values = [row[name] for row in each["rows"]]
            axis.loglog(points, values, **look, marker=marker, markersize=4, label=route)
    axes[0].set(xlabel="points", ylabel="seconds of one core", title="time")
    axes[1].set(xlabel="points", ylabel="MB", title="peak memory", ylim=(50, 2000))
    legend_below(figure, axes[0], ncols=2)
    return figure
