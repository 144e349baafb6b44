"""Fig. 5: bipartite and tripartite entanglement against the temperature of the mirror's bath."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.observables import TRIPLE, VISIBLE, E_am_temperature, R_temperature

from ..kit.knobs import axis_label
from ..kit.style import CASE_STYLES, MIDDLE, WHITE, style

RANGE = (1e-3, 4.0)  # of the temperature, in K


def data(p=om.PAPER, resolution=201, reading="self-consistent"):
    """E_am and R over the temperature, and where they end, by root finding.

    The atomic detuning is that of ``p``; the caption gives none.

    temperature : array (resolution,), in K
    E_am, R : case -> array (resolution,), NaN where unstable
    E_vanishes, R_vanishes : case -> temperature in K at which E_am, or R, becomes 0
    R_invisible : case -> temperature in K at which R falls below ``VISIBLE``
    A temperature is NaN if there is nothing at the lower end of RANGE, or no end below 12 K.
    """
    temperature = np.linspace(*RANGE, resolution)
    E, R, E_vanishes, R_vanishes, R_invisible = {}, {}, {}, {}, {}
    for case, q in om.operating_points(p).items():
        s = om.solve(q.replace(temperature=temperature), reading)
        E[case], R[case] = s.log_negativity("a", "m"), s.residual_contangle(*TRIPLE)
        E_vanishes[case] = E_am_temperature(q, reading)
        R_vanishes[case] = R_temperature(q, reading)
        R_invisible[case] = R_temperature(q, reading, VISIBLE)
    return SimpleNamespace(
        reading=reading, temperature=temperature, E_am=E, R=R,
        E_vanishes=E_vanishes, R_vanishes=R_vanishes, R_invisible=R_invisible,
    )  # fmt: skip


@style()
def draw(*panels):
    """A column for each set of data: E_am, R on a linear axis, and R on a logarithmic one.

    Dots mark where E_am and R become zero, open dots where R falls below ``VISIBLE``.
    """
    below = r"$R_\tau$ is below $10^{-4}$ from"
    size = (1.0 + 4.2 * len(panels), 8.6)
    figure, axes = plt.subplots(
        3, len(panels), figsize=size, sharex=True, sharey="row", squeeze=False
    )
    for column, panel in zip(axes.T, panels, strict=True):
        for axis, curves, ends, height, title in (
            (column[0], panel.E_am, panel.E_vanishes, 0.0, "$E_{a-m}$ is zero from"),
            (column[1], panel.R, panel.R_invisible, VISIBLE, below),
            (column[2], panel.R, panel.R_vanishes, None, r"$R_\tau$ is zero from"),
        ):
            _draw_curves(axis, panel.temperature, curves, ends, height, title)
        column[0].set(title=panel.reading, ylim=(0, None))
        column[1].set(ylim=(0, None))
        column[2].set(ylim=(1e-7, 1e-1), yscale="log", xlim=(0, RANGE[1]))
        column[2].set_xlabel(axis_label("temperature", "K"))
        column[2].axhline(VISIBLE, color=MIDDLE, linewidth=1.0, zorder=0)
    axes[0, 0].set_ylabel("$E_{a-m}$")
    axes[1, 0].set_ylabel(r"$R_\tau$, linear")
    axes[2, 0].set_ylabel(r"$R_\tau$, logarithmic")
    figure.legend(
        handles=[plt.Line2D([], [], **look) for look in CASE_STYLES.values()],
        loc="outside lower center", ncols=min(3, 2 * len(panels)),
    )  # fmt: skip
    return figure


def _draw_curves(axis, temperature, curves, ends, height, title):
    """Three curves; the legend lists where they end, and a mark stands there."""
    for case, curve in curves.items():
        look = CASE_STYLES[case]
        label = "–" if np.isnan(ends[case]) else f"{ends[case]:.2f} K"
        axis.plot(temperature, curve, **look | {"label": label})
        if height is None:
            axis.axvline(ends[case], ymax=0.06, color=look["color"], linewidth=3)
        else:
            filling = WHITE if height else look["color"]
            mark = {"color": look["color"], "markerfacecolor": filling, "markersize": 6}
            axis.plot(ends[case], height, "o", clip_on=False, zorder=4, **mark)
    axis.legend(title=title, loc="upper right", handlelength=2.6)
