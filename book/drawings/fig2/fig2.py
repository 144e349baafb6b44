"""Fig. 2: entanglement of all pairs of modes, and the couplings, against the atomic detuning."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.observables import E_am
from omcore.paper.search import maximum

from ..kit.knobs import axis_label
from ..kit.operating import ATOMS
from ..kit.panels import hatch_unstable, unstable_patch
from ..kit.style import BLACK, CASE_STYLES, MIDDLE, PAIR_STYLES, style

RANGE = (-3.0, 1.0)  # of Delta_a/omega_m
PAIRS = tuple(PAIR_STYLES)


def solution(p: om.Parameters, detuning, reading="self-consistent"):
    """The chain at Delta_a = detuning * omega_m."""
    return om.solve(p.replace(Delta_a=p.omega_m * np.asarray(detuning)), reading)


def data(p=om.PAPER, resolution=401, reading="self-consistent"):
    """Entanglement of all pairs and the couplings, over Delta_a/omega_m.

    detuning : array (resolution,)
    E : case -> pair -> array (resolution,), NaN where unstable
    G : case -> "driven" or "undriven" -> array (resolution,), |G_{j-m}|/omega_m
    G_a : coupling of the atoms, in units of omega_m
    Delta_c : case -> detuning of the cavity, in units of omega_m
    peaks : case -> (Delta_a/omega_m, E_am) of the largest E_am, by optimisation
    balance : case -> |G_{driven-m}|/G_a at Delta_a = -omega_m
    """
    detuning = np.linspace(*RANGE, resolution)
    E, G, Delta_c, peaks, balance = {}, {}, {}, {}, {}
    for case, q in om.operating_points(p).items():
        s = solution(q, detuning, reading)
        E[case] = {pair: s.log_negativity(*pair) for pair in PAIRS}
        G[case] = {mode: abs(s.coupling(mode)) / q.omega_m for mode in ("driven", "undriven")}
        Delta_c[case] = q.Delta_c / q.omega_m
        over = lambda x, q=q: E_am(q.in_omega_m(Delta_a=x), reading)
        peaks[case] = maximum(over, *RANGE, points=101)
        G_driven = abs(solution(q, ATOMS, reading).coupling("driven"))
        balance[case] = G_driven / q.G_a if q.G_a else np.nan
    return SimpleNamespace(
        reading=reading, detuning=detuning, E=E, G=G, G_a=p.G_a / p.omega_m,
        Delta_c=Delta_c, peaks=peaks, balance=balance,
    )  # fmt: skip


@style()
def draw(panel):
    """Two rows: entanglement of the six pairs above, couplings below; one column for each case."""
    couplings = {  # the look of the pair that they couple
        mode: PAIR_STYLES[mode, "m"]
        | {"label": rf"$|G_{{\mathrm{{{mode}}}-m}}|$", "linewidth": width}
        for mode, width in (("driven", 1.8), ("undriven", 1.2))
    }
    figure, axes = plt.subplots(2, 3, figsize=(9.6, 6.2), sharex=True, sharey="row")
    for column, (case, curves) in enumerate(panel.E.items()):
        above, below = axes[:, column]
        for pair, curve in curves.items():
            above.plot(panel.detuning, curve, **PAIR_STYLES[pair])
        for mode, look in couplings.items():
            below.plot(panel.detuning, panel.G[case][mode], **look)
        below.axhline(panel.G_a, color=BLACK, linewidth=1.2, label="$G_a$")
        for axis, letter in ((above, "abc"[column]), (below, "def"[column])):
            hatch_unstable(axis, panel.detuning, curves["a", "m"])
            axis.axvline(ATOMS, color=MIDDLE, linewidth=1.0, zorder=0)
            axis.set_title(f"({letter})", loc="left", fontsize=10)
        where = f"{axis_label('Delta_c')[:-1]} = {panel.Delta_c[case]:g}$"
        above.set_title(f"{CASE_STYLES[case]['label']}\n{where}", fontsize=10)
        below.set(xlabel=axis_label("Delta_a"), xlim=RANGE)
    axes[0, 0].set(ylabel="$E_{i-j}$", ylim=(0, None))
    axes[1, 0].set(ylabel=r"$|G| / \omega_m$", ylim=(0, None))
    handles = axes[0, 0].get_legend_handles_labels()[0] + axes[1, 0].get_legend_handles_labels()[0]
    if any(np.isnan(curves["a", "m"]).any() for curves in panel.E.values()):
        handles.append(unstable_patch())
    figure.legend(handles=handles, loc="outside lower center", ncols=3, handlelength=3.2)
    figure.suptitle(f"mean field: {panel.reading}", fontsize=10)
    return figure
