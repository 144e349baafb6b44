"""Light from both sides on a resonator at rest, against every spinning case."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.paper.mechanisms import bright_fraction
from omcore.paper.observables import E_am_peak
from omcore.parameters import Parameters

from ..kit.panels import row_of_panels
from ..kit.style import BLACK, CASE_STYLES, GREEN, GUIDE, style


@dataclass(frozen=True)
class Data:
    """Largest E_am at rest, each at its own best detuning, at one total power.

    fraction, phase : arrays (m,) and (n,), of the light from the other side
    E_am, bright : arrays (n, m), and the fraction of the power in the bright combination
    spinning : case -> E_am of that case, light from one side
    split : E_am if the undriven mode were absent: rotation without end
    """

    fraction: np.ndarray
    phase: np.ndarray
    E_am: np.ndarray
    bright: np.ndarray
    spinning: dict[str, float]
    split: float


def data(p: Parameters = PAPER, resolution=(11, 9), reading="self-consistent") -> Data:
    """Sweep fraction and phase with the modes as they are, the driven and the undriven one.

    >>> d = data(resolution=(3, 1))
    >>> print(d.E_am[0].round(3), round(d.split, 3))
    [0.072 0.16  0.072] 0.142
    """
    cases = operating_points(p)
    rest = cases["stationary"]
    fraction, phase = np.linspace(0, 1, resolution[0]), np.linspace(0, np.pi, resolution[1])
    light = lambda f, x: rest.replace(counter_drive=f, counter_drive_phase=x)
    _, E = E_am_peak(light(fraction, phase[:, None]), reading)
    heights = {case: E_am_peak(q, reading)[1] for case, q in cases.items()}
    _, split = E_am_peak(rest, reading, lambda s: s.without("undriven"), keep=False)
    return Data(
        fraction, phase, E, bright_fraction(light(fraction, phase[:, None])), heights, split
    )


def draw(d: Data):
    """The map over fraction and phase, and all of its points over the bright fraction."""
    with style():
        figure, axes = row_of_panels(2, sharey=False)
        turns = d.phase / np.pi
        mesh = axes[0].pcolormesh(
            d.fraction, turns, d.E_am, cmap="viridis", shading="gouraud", rasterized=True
        )
        levels = [d.spinning[case] for case in ("cw", "ccw")]
        looks = [CASE_STYLES[case] for case in ("cw", "ccw")]
        axes[0].contour(
            d.fraction, turns, d.E_am, levels=levels, colors=[k["color"] for k in looks],
            linestyles=["--", "-."], linewidths=1.5,
        )  # fmt: skip
        axes[0].set_title(r"largest $E_{a-m}$ at rest")
        axes[0].set(
            xlabel="fraction $f$ from the other side", ylabel=r"phase $\theta_f$ ($\pi$ rad)"
        )
        axes[0].grid(False)
        figure.colorbar(mesh, ax=axes[0], label=r"$E_{a-m}$")
        axes[1].plot(
            d.bright.ravel(), d.E_am.ravel(), ".", color=BLACK, label="at rest, both sides"
        )
        for case, look in list(CASE_STYLES.items())[1:]:
            axes[1].axhline(d.spinning[case], **look)
        axes[1].axhline(d.split, **GUIDE | {"color": GREEN, "label": "undriven mode absent"})
        axes[1].set(xlabel="bright fraction $b$", ylabel=r"largest $E_{a-m}$", ylim=(-0.002, None))
        figure.legend(*axes[1].get_legend_handles_labels(), loc="outside lower center", ncols=2)
        plt.close(figure)
    return figure
