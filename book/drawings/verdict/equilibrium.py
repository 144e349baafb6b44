"""Is atom-mirror entanglement largest where the two couplings are equal? The power decides."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.paper.observables import at_atoms

from ..kit.operating import ATOMS
from ..kit.panels import legend_below, row_of_panels
from ..kit.style import CASE_STYLES, GUIDE, style

POWERS = (0.02, 3.0)  # times the power of p


def data(p=om.PAPER, resolution=301, reading="self-consistent"):
    """E_am against the ratio of the couplings as the power grows, the atoms at -omega_m.

    ratio, E_am : case -> array (resolution,), |G|/G_a of the driven mode, and E_am; NaN where
        unstable
    here : case -> (ratio, E_am) at the power of p
    """
    ratio, E_am, here = {}, {}, {}
    for case, q in at_atoms(p, ATOMS).items():

        def along(power, q=q):
            s = om.solve(q.replace(power=power), reading)
            G = np.where(s.stable, abs(s.coupling("driven")), np.nan)
            return G / q.G_a, s.log_negativity("a", "m")

        ratio[case], E_am[case] = along(p.power * np.geomspace(*POWERS, resolution))
        here[case] = along(p.power)
    return SimpleNamespace(reading=reading, ratio=ratio, E_am=E_am, here=here)


@style()
def draw(*panels):
    """One panel for each set of data; a dot is the power of the paper, the line equal couplings."""
    figure, axes = row_of_panels(len(panels))
    for axis, panel in zip(axes, panels, strict=True):
        for case, look in CASE_STYLES.items():
            axis.plot(panel.ratio[case], panel.E_am[case], **look)
            axis.plot(*panel.here[case], "o", color=look["color"], markersize=6)
        axis.axvline(1, **GUIDE)
        axis.set(title=panel.reading, xlim=(0, 2), ylim=(0, None))
        axis.set_xlabel(r"$|G_{\mathrm{driven}-m}| / G_a$")
    axes[0].set_ylabel("$E_{a-m}$")
    legend_below(figure, axes[0])
    return figure
