"""What the line width of the laser leaves of the atom-mirror entanglement."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.assumptions.laser import covariance_per_linewidth, linewidth_left
from omcore.cases import PAPER, operating_points
from omcore.gaussian.entanglement import log_negativity
from omcore.gaussian.parties import part
from omcore.parameters import Parameters
from omcore.solution import solve
from omcore.steady_state import MEAN_FIELDS

from ..kit.front import BOTH
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, style

MILLIHERTZ = 2e-3 * np.pi  # rad/s
LINES = (1e-2, 1.0)  # of the line width, in mHz
SCAN = (-3.0, 5.0)  # of Delta_c/omega_m


def cases(p: Parameters = PAPER) -> dict[str, Parameters]:
    """The three operating points, and the resonator at rest with light from both sides, "both"."""
    three = operating_points(p)
    return three | {"both": three["stationary"].replace(counter_drive=0.5)}


def best(q: Parameters, scan=8001, reading="self-consistent") -> Parameters:
    """The same point at the Delta_c with the largest E_am, for a laser without phase noise.

    >>> print(f"{best(cases()['both']).Delta_c / PAPER.omega_m:.2f}")
    0.53
    """
    swept = q.replace(Delta_c=q.omega_m * np.linspace(*SCAN, scan))
    return swept[int(np.nanargmax(solve(swept, reading).log_negativity("a", "m")))]


@dataclass(frozen=True)
class Data:
    """E_am against the line width of the laser, each at its best Delta_c, set anew for every width.

    millihertz : array (n,), full width at half maximum over 2π
    E_am : case -> array (n,)
    """

    millihertz: np.ndarray
    E_am: dict[str, np.ndarray]

    def crossing(self, one, other):
        """Line width in mHz at which the first of two cases passes the second; NaN if it does not."""
        lead = self.E_am[one] - self.E_am[other]
        passes = np.flatnonzero((lead[:-1] < 0) & (lead[1:] > 0))
        if not len(passes):
            return np.nan
        k = slice(passes[0], passes[0] + 2)
        return np.exp(np.interp(0.0, lead[k], np.log(self.millihertz[k])))

    def end(self, case):
        """The widest of these lines, in mHz, at which a case still has entanglement."""
        return self.millihertz[self.E_am[case] > 0].max()


def data(p: Parameters = PAPER, resolution=61, scan=401, reading="self-consistent") -> Data:
    """Scan Delta_c at each line width, in each case.

    >>> print(f"CCW passes light from both sides at {data().crossing('ccw', 'both'):.2f} mHz")
    CCW passes light from both sides at 0.33 mHz
    """
    width = np.geomspace(*LINES, resolution)
    E = {}
    for case, q in cases(p).items():
        s = solve(q.replace(Delta_c=q.omega_m * np.linspace(*SCAN, scan)), reading)
        s = s[s.stable]
        V, V1 = part(s.V, [2, 3]), part(covariance_per_linewidth(s), [2, 3])
        noisy = V + MILLIHERTZ * width[:, None, None, None] * V1
        E[case] = log_negativity(noisy, 0, 1).max(1)
    return Data(width, E)


def draw(d: Data):
    """E_am of the four cases over the line width."""
    with style():
        figure, axis = plt.subplots(figsize=(6.5, 4.2))
        for case, look in (CASE_STYLES | {"both": BOTH}).items():
            axis.semilogx(d.millihertz, d.E_am[case], **look)
        axis.set(xlim=LINES, ylim=(0, None), xlabel=r"line width $\Gamma_L/2\pi$ (mHz)")
        axis.set_ylabel(r"largest $E_{a-m}$ over $\Delta_c$")
        legend_below(figure, axis, ncols=2)
        plt.close(figure)
    return figure


def table(p: Parameters = PAPER):
    """Header and rows: the best E_am, and the widths at which it halves and ends, in each reading."""
    header, rows = ["case"], [[(CASE_STYLES | {"both": BOTH})[case]["label"]] for case in cases(p)]
    for reading in MEAN_FIELDS:
        header += ["$E_{a-m}$", "halves at (mHz)", "ends at (mHz)"]
        for row, q in zip(rows, cases(p).values(), strict=True):
            s = solve(best(q, reading=reading), reading)
            widths = (linewidth_left(s, share) / MILLIHERTZ for share in (0.5, 0.0))
            row += [f"{s.log_negativity('a', 'm'):.3f}", *(f"{width:.2f}" for width in widths)]
    return header, rows
