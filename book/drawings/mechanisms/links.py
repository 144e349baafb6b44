"""The links of the undriven and of the dark mode to the mirror: scaled, and turned in phase."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import CASES
from omcore.paper.mechanisms import combinations, relinked
from omcore.paper.observables import E_am_peak
from omcore.parameters import Parameters

from ..kit.panels import row_of_panels
from ..kit.style import BLACK, GUIDE, THREE_LINES, style

STRENGTHS = (0.5, 1.0, 1.5)


@dataclass(frozen=True)
class Data:
    """Largest E_am at rest, mean field kept, with one link to the mirror multiplied.

    phase : array (resolution,), rad, by which the link is turned
    E_am : mode -> array (strengths, resolution)
    cut : mode -> E_am with the link cut
    """

    phase: np.ndarray
    E_am: dict[str, np.ndarray]
    cut: dict[str, float]


def data(p: Parameters = CASES["stationary"], resolution=11, reading="self-consistent") -> Data:
    """Turn the link of the undriven mode, and that of the dark combination, through a full turn.

    >>> print({mode: round(E, 4) for mode, E in data(resolution=1).cut.items()})
    {'undriven': 0.1217, 'dark': 0.0959}
    """
    phase = np.linspace(0, 2 * np.pi, resolution)

    factor = np.array(STRENGTHS)[:, None] * np.exp(1j * phase)
    each = p.replace(power=np.full(factor.shape, p.power))  # as many points as factors

    def height(mode, factor, p=p):
        basis = combinations if mode == "dark" else lambda s: s
        return E_am_peak(p, reading, lambda s: relinked(basis(s), mode, mirror=factor))[1]

    E = {mode: height(mode, factor, each) for mode in ("undriven", "dark")}
    cut = {mode: height(mode, 0) for mode in E}
    return Data(phase, E, cut)


def draw(d: Data):
    """One panel for each mode."""
    with style():
        figure, axes = row_of_panels(2)
        for axis, (mode, heights) in zip(axes, d.E_am.items(), strict=True):
            for strength, curve, look in zip(STRENGTHS, heights, THREE_LINES, strict=True):
                axis.plot(d.phase / np.pi, curve, label=f"link times {strength:g}", **look)
            axis.axhline(d.cut[mode], label="link cut", **GUIDE | {"color": BLACK})
            axis.set(title=f"{mode} mode", xlabel=r"turn of the link ($\pi$ rad)", ylim=(0, None))
        axes[0].set_ylabel(r"largest $E_{a-m}$ at rest")
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
        plt.close(figure)
    return figure
