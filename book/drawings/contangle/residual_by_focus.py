"""The residual contangle with each mode in focus, Eqs. 16-19, and what it goes with."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.paper.observables import TRIPLE
from omcore.parameters import Parameters
from omcore.solution import solve

from ..kit.panels import hatch_unstable, legend_below, row_of_panels
from ..kit.style import (
    BLACK,
    CASE_STYLES,
    CASE_TITLES,
    MODE_STYLES,
    PAIR_STYLES,
    ratio_label,
    style,
)

PAIRS = (("a", "m"), ("driven", "m"), ("driven", "a"))
FOCUS_STYLES = {
    mode: look | {"label": f"{look['label']} in focus"} for mode, look in MODE_STYLES.items()
}


@dataclass(frozen=True)
class Data:
    """Along Delta_a/omega_m, for each case; NaN where unstable.

    detuning : array (n,)
    residual : case -> focus -> array (n,)
    E : case -> pair -> array (n,), logarithmic negativities
    """

    reading: str
    detuning: np.ndarray
    residual: dict[str, dict[str, np.ndarray]]
    E: dict[str, dict[tuple[str, str], np.ndarray]]

    def R(self, case):
        """The minimum over the focus modes, Eq. 19."""
        return np.min(list(self.residual[case].values()), axis=0)

    def focus_of_minimum(self, case):
        """Which focus mode has the minimum, at each point; only the stable ones count."""
        names = np.array(list(self.residual[case]))
        values = np.array(list(self.residual[case].values()))
        stable = np.isfinite(values).all(0)
        return names[values[:, stable].argmin(0)]


def along(p: Parameters, detuning, reading="self-consistent"):
    """Residuals by focus, and logarithmic negativities by pair, over Delta_a/omega_m.

    >>> residual, E = along(PAPER, np.array([-1.1]))
    >>> {focus: f"{x[0]:.4f}" for focus, x in residual.items()}
    {'driven': '0.0225', 'a': '0.0079', 'm': '0.0450'}
    """
    s = solve(p.replace(Delta_a=p.omega_m * np.asarray(detuning)), reading)
    residual = {focus: s.residual_contangle(*TRIPLE, focus=focus) for focus in TRIPLE}
    return residual, {pair: s.log_negativity(*pair) for pair in PAIRS}


def data(p: Parameters = PAPER, resolution=181, reading="self-consistent") -> Data:
    """All three cases.

    >>> d = data(resolution=7)
    >>> print(f"{np.nanmax(d.R('cw')):.4f}")
    0.0156
    """
    detuning = np.linspace(-3, 1.5, resolution)
    found = {case: along(q, detuning, reading) for case, q in operating_points(p).items()}
    residual, E = ({case: both[k] for case, both in found.items()} for k in range(2))
    return Data(reading, detuning, residual, E)


def draw(d: Data):
    """A panel for each case; the lowest line is R."""
    with style():
        figure, axes = row_of_panels(3, figsize=(8.2, 3.5))
        for axis, case in zip(axes, d.residual, strict=True):
            for focus, values in d.residual[case].items():
                axis.plot(d.detuning, values, **FOCUS_STYLES[focus])
            hatch_unstable(axis, d.detuning, d.R(case))
            axis.set_title(CASE_TITLES[case], color=CASE_STYLES[case]["color"])
            axis.set(xlabel=ratio_label("Delta_a"), xlim=(-3, 1.5))
        top = max(np.nanmax(values) for each in d.residual.values() for values in each.values())
        axes[0].set(ylabel="residual contangle", yscale="log", ylim=(1e-4, 2 * top))
        legend_below(figure, axes[0])
        plt.close(figure)
    return figure


def draw_against(d: Data):
    """R against each logarithmic negativity, as Delta_a moves; a dot marks Delta_a = -omega_m."""
    here = np.argmin(abs(d.detuning + 1))
    with style():
        figure, axes = row_of_panels(3, figsize=(8.2, 3.5))
        for axis, pair in zip(axes, PAIRS, strict=True):
            for case in d.E:
                x, y = d.E[case][pair], d.R(case)
                axis.plot(x, y, **CASE_STYLES[case])
                axis.plot(x[here], y[here], "o", color=CASE_STYLES[case]["color"], markersize=6)
            axis.set(xlabel=f"$E$, {PAIR_STYLES[pair]['label']}", ylim=(0, None))
        axes[0].set_ylabel("$R$")
        legend_below(figure, axes[0])
        plt.close(figure)
    return figure


def draw_one(detuning, residual):
    """The residuals at one setting, with zero marked: what is below it is no monogamy."""
    with style():
        figure, axis = plt.subplots(figsize=(6.2, 3.6))
        axis.axhline(0, color=BLACK, linewidth=1)
        for focus, values in residual.items():
            axis.plot(detuning, 1e3 * values, **FOCUS_STYLES[focus])
        axis.set(xlabel=ratio_label("Delta_a"), ylabel=r"residual contangle $\times\,10^3$")
        lowest = min(np.nanmin(values) for values in residual.values())
        axis.set_ylim(min(2e3 * lowest, -0.1), max(-8e3 * lowest, 1.0))
        legend_below(figure, axis)
        plt.close(figure)
    return figure
