"""The links of the undriven and of the dark mode to the mirror: scaled, and turned in phase."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.paper.mechanisms import combinations, relinked
from omcore.paper.observables import E_am_peak

from ..kit.panels import legend_below, row_of_panels
from ..kit.style import BLACK, GUIDE, THREE_LINES, style

STRENGTHS = (0.5, 1.0, 1.5)


def data(p=om.CASES["stationary"], resolution=11, reading="self-consistent"):
    """Largest E_am at rest, the mean field kept, with one link to the mirror turned and scaled.

    phase : array (resolution,), rad, by which the link is turned
    E_am : mode -> array (strengths, resolution)
    cut : mode -> E_am with the link cut
    """
    phase = np.linspace(0, 2 * np.pi, resolution)

    factor = np.array(STRENGTHS)[:, None] * np.exp(1j * phase)
    each = p.replace(power=np.full(factor.shape, p.power))  # as many points as factors

    def height(mode, factor, p=p):
        basis = combinations if mode == "dark" else lambda s: s
        return E_am_peak(p, reading, lambda s: relinked(basis(s), mode, mirror=factor))[1]

    E = {mode: height(mode, factor, each) for mode in ("undriven", "dark")}
    cut = {mode: height(mode, 0) for mode in E}
    return SimpleNamespace(phase=phase, E_am=E, cut=cut)


@style()
def draw(d):
    """One panel for each mode."""
    figure, axes = row_of_panels(2)
    for axis, (mode, heights) in zip(axes, d.E_am.items(), strict=True):
        for strength, curve, look in zip(STRENGTHS, heights, THREE_LINES, strict=True):
            axis.plot(d.phase / np.pi, curve, label=f"link times {strength:g}", **look)
        axis.axhline(d.cut[mode], label="link cut", **GUIDE | {"color": BLACK})
        axis.set(title=f"{mode} mode", xlabel=r"turn of the link ($\pi$ rad)", ylim=(0, None))
    axes[0].set_ylabel(r"largest $E_{a-m}$ at rest")
    legend_below(figure, axes[0], ncols=4)
    return figure
