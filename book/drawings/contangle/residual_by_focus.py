"""The residual contangle with each mode in focus, Eqs. 16-19, and what it goes with."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.observables import TRIPLE

from ..kit.knobs import axis_label
from ..kit.panels import hatch_unstable, legend_below, row_of_panels
from ..kit.style import BLACK, CASE_STYLES, CASE_TITLES, MODE_STYLES, PAIR_STYLES, style

PAIRS = (("a", "m"), ("driven", "m"), ("driven", "a"))
FOCUS_STYLES = {
    mode: look | {"label": f"{look['label']} in focus"} for mode, look in MODE_STYLES.items()
}


def along(p: om.Parameters, detuning, reading="self-consistent"):
    """Residuals by focus, and logarithmic negativities by pair, over Delta_a/omega_m.

    >>> residual, E = along(om.PAPER, np.array([-1.1]))
    >>> {focus: f"{x[0]:.4f}" for focus, x in residual.items()}
    {'driven': '0.0225', 'a': '0.0079', 'm': '0.0450'}
    """
    s = om.solve(p.replace(Delta_a=p.omega_m * np.asarray(detuning)), reading)
    residual = {focus: s.residual_contangle(*TRIPLE, focus=focus) for focus in TRIPLE}
    return residual, {pair: s.log_negativity(*pair) for pair in PAIRS}


def data(p=om.PAPER, resolution=181, reading="self-consistent"):
    """Along Delta_a/omega_m, for each case; NaN where unstable.

    detuning : array (n,)
    residual : case -> focus -> array (n,)
    R : case -> array (n,), the smallest of these, Eq. 19
    E : case -> pair -> array (n,), logarithmic negativities
    """
    detuning = np.linspace(-3, 1.5, resolution)
    found = {case: along(q, detuning, reading) for case, q in om.operating_points(p).items()}
    residual, E = ({case: both[k] for case, both in found.items()} for k in range(2))
    R = {case: np.min(list(each.values()), axis=0) for case, each in residual.items()}
    return SimpleNamespace(detuning=detuning, residual=residual, R=R, E=E)


@style()
def draw(d):
    """A panel for each case; the lowest line is R."""
    figure, axes = row_of_panels(3, figsize=(8.2, 3.5))
    for axis, case in zip(axes, d.residual, strict=True):
        for focus, values in d.residual[case].items():
            axis.plot(d.detuning, values, **FOCUS_STYLES[focus])
        hatch_unstable(axis, d.detuning, d.R[case])
        axis.set_title(CASE_TITLES[case], color=CASE_STYLES[case]["color"])
        axis.set(xlabel=axis_label("Delta_a"), xlim=(-3, 1.5))
    top = max(np.nanmax(values) for each in d.residual.values() for values in each.values())
    axes[0].set(ylabel="residual contangle", yscale="log", ylim=(1e-4, 2 * top))
    legend_below(figure, axes[0])
    return figure


@style()
def draw_against(d):
    """R against each logarithmic negativity, as Delta_a moves; a dot marks Delta_a = -omega_m."""
    here = np.argmin(abs(d.detuning + 1))
    figure, axes = row_of_panels(3, figsize=(8.2, 3.5))
    for axis, pair in zip(axes, PAIRS, strict=True):
        for case in d.E:
            x, y = d.E[case][pair], d.R[case]
            axis.plot(x, y, **CASE_STYLES[case])
            axis.plot(x[here], y[here], "o", color=CASE_STYLES[case]["color"], markersize=6)
        axis.set(xlabel=f"$E$, {PAIR_STYLES[pair]['label']}", ylim=(0, None))
    axes[0].set_ylabel("$R$")
    legend_below(figure, axes[0])
    return figure


@style()
def draw_one(detuning, residual):
    """The residuals at one setting, with zero marked: what is below it is no monogamy."""
    figure, axis = plt.subplots(figsize=(6.2, 3.6))
    axis.axhline(0, color=BLACK, linewidth=1)
    for focus, values in residual.items():
        axis.plot(detuning, 1e3 * values, **FOCUS_STYLES[focus])
    axis.set(xlabel=axis_label("Delta_a"), ylabel=r"residual contangle $\times\,10^3$")
    lowest = min(np.nanmin(values) for values in residual.values())
    axis.set_ylim(min(2e3 * lowest, -0.1), max(-8e3 * lowest, 1.0))
    legend_below(figure, axis)
    return figure
