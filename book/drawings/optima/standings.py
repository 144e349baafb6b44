"""How high each contestant gets in each round, and how many times the resonator at rest."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import LogLocator, NullFormatter, ScalarFormatter

import omcore as om
from omcore.paper.freedoms import position
from omcore.paper.optima import FREE, found

from ..kit.knobs import KNOBS
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GREEN, GUIDE, MIDDLE, SAND, SIENNA, UMBER, style
from ..kit.tables import Table

FREED = ("detunings", r"$+\,G_a$, power", r"$+\,\kappa$, $\gamma_a$", r"$+\,\Omega$")
SYMBOLS = {"E_am": "$E_{a-m}$", "R": "$R$"}
_ONE_SIDE = {
    case: {k: look[k] for k in ("color", "linestyle")} for case, look in CASE_STYLES.items()
}
LOOKS = {
    "at rest": _ONE_SIDE["stationary"] | {"marker": "s"},
    "CW": _ONE_SIDE["cw"] | {"marker": "o"},
    "CCW": _ONE_SIDE["ccw"] | {"marker": "D"},
    "three modes": {"color": SIENNA, "linestyle": ":", "marker": "^"},
    "both sides, at rest": {"color": GREEN, "linestyle": (0, (6, 1.5, 1, 1.5, 1, 1.5)), "marker": "v"},
    "its bright mode": {"color": SAND, "linestyle": (0, (1.5, 3)), "marker": "P"},
    "both sides, spinning": {"color": MIDDLE, "linestyle": (0, (5, 2)), "marker": "X"},
    "both sides and a scatterer": {"color": UMBER, "linestyle": (0, (3, 1)), "marker": "*"},
}  # fmt: skip
SPINNING = ("both sides, CW", "both sides, CCW")  # the stronger beam drives one mode or the other


def data(reading="self-consistent"):
    """The recorded optima, with the model solved at each.

    Of all that spin with light from both sides the highest counts. One beam is two with a share of zero.

    best : measure -> contestant -> values of its rounds
    times : the same over the value at rest of that round; the last round over that of the one before
    """
    best, times = {}, {}
    for measure in ("E_am", "R"):
        values = {n: [one.value for one in b] for n, b in found(reading, measure).items()}
        spinning = [values[name] for name in ("CW", "CCW", *SPINNING)]
        values["both sides, spinning"] = np.max(spinning, axis=0).tolist()
        best[measure] = {name: values[name] for name in LOOKS}
        rest = np.array([*values["at rest"], values["at rest"][-1]])
        over = lambda v, rest=rest: (np.array(v) / rest[: len(v)]).tolist()
        times[measure] = {name: over(values) for name, values in best[measure].items()}
    return SimpleNamespace(best=best, times=times)


@style()
def draw(d):
    """Values above, on a logarithmic scale, and below what is left of "twofold" and "fivefold"."""
    figure, axes = plt.subplots(2, 2, sharex=True, figsize=(9.0, 6.6))
    quoted = {"E_am": (2, "twofold"), "R": (5, "fivefold")}
    for (above, below), measure in zip(axes.T, quoted, strict=True):
        symbol, (times, word) = SYMBOLS[measure], quoted[measure]
        for name, values in d.best[measure].items():
            if measure == "E_am" and name == "its bright mode":
                continue  # the same as both sides
            above.semilogy(values, label=name, **LOOKS[name])
            below.plot(d.times[measure][name], **LOOKS[name])
        above.set(title=f"largest {symbol}")
        above.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        above.yaxis.set_major_formatter(ScalarFormatter())
        above.yaxis.set_minor_formatter(NullFormatter())
        below.axhline(times, **GUIDE)
        below.text(3.05, times, word, ha="right", va="bottom", fontsize=9)
        below.set(ylabel=f"{symbol} over that at rest", ylim=(0, None))
        below.set_xticks(range(4), FREED)
    legend_below(figure, axes[0, 1])
    return figure


def table(d):
    """All values; in brackets over that at rest."""
    rows = []
    for measure, symbol in SYMBOLS.items():
        for name, values in d.best[measure].items():
            times = d.times[measure][name]
            cells = [f"{v:.4f} ({t:.2f})" for v, t in zip(values, times, strict=True)]
            rows.append([symbol, name, *cells, *[""] * (4 - len(cells))])
    return Table(["", "", *(word.replace("$+", "+ $") for word in FREED)], rows)


def place_table(reading="self-consistent", number=2):
    """Where the optima of a round are: rates in omega_m, power in mW, phases in degrees; what is at a bound.

    The first detuning is that of the driven mode, as in the bounds.
    """
    symbol = lambda field: f"${om.QUANTITIES[field].symbol}$"
    fields, rows = ("Delta_a", "G_a", "kappa", "gamma_a"), []
    for measure, word in SYMBOLS.items():
        for name, rounds in found(reading, measure).items():
            p = rounds[number].parameters
            numbers = [*position(p, ("Delta_c",)), *(getattr(p, f) / p.omega_m for f in fields)]
            numbers = [f"{number:.2f}" for number in numbers]
            at = ", ".join(map(symbol, rounds[number].at_bounds()))
            size = lambda f, p=p: getattr(p, f) / KNOBS[f].shown.factor(p.omega_m)
            own = [f"{symbol(f)} = {round(size(f), 2) + 0.0:g}" for f in FREE.get(name, ())]
            rows.append([word, name, *numbers, f"{p.power * 1e3:.0f}", ", ".join(own), at])
    driven = symbol("Delta_c") + ", driven"
    head = ["", "", driven, *map(symbol, fields), "$P$ in mW", "its own", "at a bound"]
    return Table(head, rows)


def search_table(reading="self-consistent"):
    """Points of the global searches, and how many searches ended within a thousandth of the best."""
    rows = []
    for measure, word in SYMBOLS.items():
        for name, rounds in found(reading, measure).items():
            cells = [f"{one.asked}: {one.agreeing} of {one.searches}" for one in rounds]
            rows.append([word, name, *cells, *[""] * (4 - len(cells))])
    return Table(["", "", *(f"round {k}" for k in (1, 2, 3, 4))], rows)
