"""What is left of the enhancement if the atoms tell the two directions apart."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.atoms import overlap_of_cloud, seen_with_overlap

from ..kit.operating import SCAN
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GUIDE, style


def data(p=om.PAPER, resolution=21, scan=801, reading="self-consistent"):
    """Largest E_am over Delta_c at each overlap η.

    overlap : array (n,)
    E_am, ratio : case -> array (n,), itself and over that of the stationary resonator
    """
    overlap = np.linspace(0, 1, resolution)
    Delta = p.omega_m * np.linspace(*SCAN, scan)
    best = {}
    for case, q in om.operating_points(p).items():
        s = om.solve(seen_with_overlap(q.replace(Delta_c=Delta), overlap[:, None]), reading)
        best[case] = np.fmax.reduce(s.log_negativity("a", "m"), axis=1)
    ratio = {case: E / best["stationary"] for case, E in best.items()}
    return SimpleNamespace(overlap=overlap, E_am=best, ratio=ratio)


@style()
def draw(d):
    """Left: the largest E_am. Right: the enhancement."""
    figure, (height, ratio) = plt.subplots(1, 2, figsize=(9, 3.9))
    for case, look in CASE_STYLES.items():
        height.plot(d.overlap, d.E_am[case], **look)
        ratio.plot(d.overlap, d.ratio[case], **look)
    ratio.axhline(1, **GUIDE)
    height.set(ylim=(0, None), ylabel=r"largest $E_{a-m}$ over $\Delta_c$")
    ratio.set(ylim=(0.9, 2), ylabel="over that of the resonator at rest")
    for axis in (height, ratio):
        axis.set(xlim=(0, 1), xlabel=r"overlap $\eta$ of what the two directions excite")
    legend_below(figure, height)
    return figure


def table_rows(d, p=om.PAPER, spreads=(20e-9, 38e-9, 100e-9, 200e-9)):
    """Rms length of a Gaussian cloud along the rim, its overlap, and what is left of the enhancement."""
    rows = []
    for spread in spreads:
        eta = overlap_of_cloud(p, spread)
        left = (np.interp(eta, d.overlap, d.ratio[case]) for case in ("cw", "ccw"))
        rows.append([f"{1e9 * spread:.0f} nm", f"{eta:.2f}", *(f"{ratio:.2f}" for ratio in left)])
    return rows
