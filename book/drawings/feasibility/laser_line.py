"""What the line width of the laser leaves of the atom-mirror entanglement."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.laser import covariance_per_linewidth, linewidth_left
from omcore.gaussian.parties import part

from ..kit.operating import SCAN, with_both_sides
from ..kit.panels import legend_below
from ..kit.style import FOUR_STYLES, style

MILLIHERTZ = 2e-3 * np.pi  # rad/s
LINES = (1e-2, 1.0)  # of the line width, in mHz


def best(q: om.Parameters, scan=8001, reading="self-consistent") -> om.Parameters:
    """The same point at the Delta_c with the largest E_am, for a laser without phase noise."""
    swept = q.replace(Delta_c=q.omega_m * np.linspace(*SCAN, scan))
    return swept[int(np.nanargmax(om.solve(swept, reading).log_negativity("a", "m")))]


def data(p=om.PAPER, resolution=61, scan=401, reading="self-consistent"):
    """Largest E_am over Delta_c at each line width.

    millihertz : array (n,), full width at half maximum over 2π
    E_am : case -> array (n,), for the cases of ``with_both_sides``
    """
    width = np.geomspace(*LINES, resolution)
    E = {}
    for case, q in with_both_sides(p).items():
        s = om.solve(q.replace(Delta_c=q.omega_m * np.linspace(*SCAN, scan)), reading)
        s = s[s.stable]
        V, V1 = part(s.V, [2, 3]), part(covariance_per_linewidth(s), [2, 3])
        noisy = V + MILLIHERTZ * width[:, None, None, None] * V1
        E[case] = om.log_negativity(noisy, 0, 1).max(1)
    return SimpleNamespace(millihertz=width, E_am=E)


def crossing(d, one, other):
    """Line width in mHz at which the first of two cases passes the second; NaN if it does not."""
    lead = d.E_am[one] - d.E_am[other]
    passes = np.flatnonzero((lead[:-1] < 0) & (lead[1:] > 0))
    if not len(passes):
        return np.nan
    k = slice(passes[0], passes[0] + 2)
    return np.exp(np.interp(0.0, lead[k], np.log(d.millihertz[k])))


def end(d, case):
    """The widest of these lines, in mHz, at which a case still has entanglement."""
    return d.millihertz[d.E_am[case] > 0].max()


@style()
def draw(d):
    """E_am of the four cases over the line width."""
    figure, axis = plt.subplots(figsize=(6.5, 4.2))
    for case, look in FOUR_STYLES.items():
        axis.semilogx(d.millihertz, d.E_am[case], **look)
    axis.set(xlim=LINES, ylim=(0, None), xlabel=r"line width $\Gamma_L/2\pi$ (mHz)")
    axis.set_ylabel(r"largest $E_{a-m}$ over $\Delta_c$")
    legend_below(figure, axis, ncols=2)
    return figure


def table(p=om.PAPER):
    """Header and rows: the best E_am, and the widths at which it halves and ends, in each reading."""
    header, rows = ["case"], [[FOUR_STYLES[case]["label"]] for case in with_both_sides(p)]
    for reading in om.MEAN_FIELDS:
        header += ["$E_{a-m}$", "halves at (mHz)", "ends at (mHz)"]
        for row, q in zip(rows, with_both_sides(p).values(), strict=True):
            s = om.solve(best(q, reading=reading), reading)
            widths = (linewidth_left(s, share) / MILLIHERTZ for share in (0.5, 0.0))
            row += [f"{s.log_negativity('a', 'm'):.3f}", *(f"{width:.2f}" for width in widths)]
    return header, rows
