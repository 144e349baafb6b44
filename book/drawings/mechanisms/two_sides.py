"""Light from both sides on a resonator at rest, against every spinning case."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.paper.mechanisms import bright_fraction
from omcore.paper.observables import E_am_peak

from ..kit.panels import legend_below, row_of_panels
from ..kit.style import BLACK, CASE_STYLES, GUIDE, SIENNA, style


def data(p=om.PAPER, resolution=(11, 9), reading="self-consistent"):
    """Largest E_am at rest over fraction and phase, each at its best detuning, at one total power.

    fraction, phase : arrays (m,) and (n,), of the light from the other side
    E_am, bright : arrays (n, m), and the fraction of the power in the bright combination
    spinning : case -> E_am of that case, light from one side
    split : E_am if the undriven mode were absent: rotation without end
    """
    cases = om.operating_points(p)
    rest = cases["stationary"]
    fraction, phase = np.linspace(0, 1, resolution[0]), np.linspace(0, np.pi, resolution[1])
    light = lambda f, x: rest.replace(counter_drive=f, counter_drive_phase=x)
    _, E = E_am_peak(light(fraction, phase[:, None]), reading)
    heights = {case: E_am_peak(q, reading)[1] for case, q in cases.items()}
    _, split = E_am_peak(rest, reading, lambda s: s.without("undriven"), keep=False)
    return SimpleNamespace(
        fraction=fraction, phase=phase, E_am=E, spinning=heights, split=split,
        bright=bright_fraction(light(fraction, phase[:, None])),
    )  # fmt: skip


@style()
def draw(d):
    """The map over fraction and phase, and all of its points over the bright fraction."""
    figure, axes = row_of_panels(2, sharey=False)
    turns = d.phase / np.pi
    mesh = axes[0].pcolormesh(
        d.fraction, turns, d.E_am, cmap="viridis", shading="gouraud", rasterized=True
    )
    levels = [d.spinning[case] for case in ("cw", "ccw")]
    looks = {
        f"{key}s": [CASE_STYLES[case][key] for case in ("cw", "ccw")]
        for key in ("color", "linestyle")
    }
    axes[0].contour(d.fraction, turns, d.E_am, levels=levels, linewidths=1.5, **looks)
    axes[0].set_title(r"largest $E_{a-m}$ at rest")
    axes[0].set(xlabel="fraction $f$ from the other side", ylabel=r"phase $\theta_f$ ($\pi$ rad)")
    axes[0].grid(False)
    figure.colorbar(mesh, ax=axes[0], label=r"$E_{a-m}$")
    axes[1].plot(d.bright.ravel(), d.E_am.ravel(), ".", color=BLACK, label="at rest, both sides")
    for case, look in list(CASE_STYLES.items())[1:]:
        axes[1].axhline(d.spinning[case], **look)
    axes[1].axhline(d.split, **GUIDE | {"color": SIENNA, "label": "undriven mode absent"})
    axes[1].set(xlabel="bright fraction $b$", ylabel=r"largest $E_{a-m}$", ylim=(-0.002, None))
    legend_below(figure, axes[1], ncols=2)
    return figure
