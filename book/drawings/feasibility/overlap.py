"""What is left of the enhancement if the atoms tell the two directions apart."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.assumptions.atoms import overlap_of_cloud, seen_with_overlap
from omcore.cases import PAPER, operating_points
from omcore.parameters import Parameters
from omcore.solution import solve

from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GUIDE, style

SCAN = (-3.0, 5.0)  # of Delta_c/omega_m


@dataclass(frozen=True)
class Data:
    """Largest E_am over Delta_c against the overlap η, for each case.

    overlap : array (n,)
    E_am : case -> array (n,)
    """

    overlap: np.ndarray
    E_am: dict[str, np.ndarray]

    def ratio(self, case):
        """Over the stationary resonator, array (n,)."""
        return self.E_am[case] / self.E_am["stationary"]


def data(p: Parameters = PAPER, resolution=21, scan=801, reading="self-consistent") -> Data:
    """Scan Delta_c at each overlap, in each case.

    >>> d = data(resolution=2, scan=401)
    >>> print(*(f"{case}: {d.ratio(case)[0]:.2f} {d.ratio(case)[-1]:.2f}," for case in ("cw", "ccw")))
    cw: 1.00 1.78, ccw: 1.00 1.90,
    """
    overlap = np.linspace(0, 1, resolution)
    Delta = p.omega_m * np.linspace(*SCAN, scan)
    best = {}
    for case, q in operating_points(p).items():
        s = solve(seen_with_overlap(q.replace(Delta_c=Delta), overlap[:, None]), reading)
        best[case] = np.fmax.reduce(s.log_negativity("a", "m"), axis=1)
    return Data(overlap, best)


def draw(d: Data):
    """Left: the largest E_am. Right: the enhancement."""
    with style():
        figure, (height, ratio) = plt.subplots(1, 2, figsize=(9, 3.9))
        for case, look in CASE_STYLES.items():
            height.plot(d.overlap, d.E_am[case], **look)
            ratio.plot(d.overlap, d.ratio(case), **look)
        ratio.axhline(1, **GUIDE)
        height.set(ylim=(0, None), ylabel=r"largest $E_{a-m}$ over $\Delta_c$")
        ratio.set(ylim=(0.9, 2), ylabel="over that of the resonator at rest")
        for axis in (height, ratio):
            axis.set(xlim=(0, 1), xlabel=r"overlap $\eta$ of what the two directions excite")
        legend_below(figure, height)
        plt.close(figure)
    return figure


def table_rows(d: Data, p: Parameters = PAPER, spreads=(20e-9, 38e-9, 100e-9, 200e-9)):
    """Rms length of a Gaussian cloud along the rim, its overlap, and what is left of the enhancement."""
    rows = []
    for spread in spreads:
        eta = overlap_of_cloud(p, spread)
        left = (np.interp(eta, d.overlap, d.ratio(case)) for case in ("cw", "ccw"))
        rows.append([f"{1e9 * spread:.0f} nm", f"{eta:.2f}", *(f"{ratio:.2f}" for ratio in left)])
    return rows
