"""What the line width of the laser leaves of the entanglement of two modes, and of three."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.technical import push, white

from ..kit.operating import SCAN, with_both_sides
from ..kit.panels import legend_below
from ..kit.style import FOUR_STYLES, style

MILLIHERTZ = 2e-3 * np.pi  # rad/s
LINES = (1e-2, 3.0)  # of the line width, in mHz


def scanned(q: om.Parameters, scan=401, reading="self-consistent") -> om.Solution:
    """The stable points of a case over Delta_c, those with entanglement of atoms and mirror."""
    s = om.solve(q.replace(Delta_c=q.omega_m * np.linspace(*SCAN, scan)), reading)
    return s[np.nan_to_num(s.log_negativity("a", "m")) > 0]


def best(q: om.Parameters, scan=1601, reading="self-consistent") -> om.Solution:
    """A case at the Delta_c with the largest E_am, for a laser without noise."""
    s = scanned(q, scan, reading)
    return s[int(s.log_negativity("a", "m").argmax())]


def lit(V, p: om.Parameters):
    """V with the lit mode first, and its contangle with atoms and mirror: R of the driven mode.

    Equal light from both sides lights the sum of the two directions, as a beam splitter makes it.
    """
    if not p.counter_drive:
        return om.residual_contangle(V, om.MODES.index(p.drive), 2, 3)
    U, half = np.eye(8), np.sqrt(0.5) * np.eye(2)
    U[:4, :4] = np.block([[half, half], [half, -half]])
    return om.residual_contangle(U @ V @ U.T, 0, 2, 3)


MEASURES = {"E_am": lambda V, p: om.log_negativity(V, 2, 3), "R": lit}


def data(p=om.PAPER, resolution=61, scan=401, reading="self-consistent", only="all"):
    """Largest E_am and R over Delta_c at each line width.

    millihertz : array (n,), full width at half maximum over 2π; the first is zero
    E_am, R : case -> array (n,), for the cases of ``with_both_sides``
    only : "all", or "light" for noise that the atoms do not see
    """
    width = np.append(0.0, np.geomspace(*LINES, resolution))
    found = {name: {} for name in MEASURES}
    for case, q in with_both_sides(p).items():
        s = scanned(q, scan, reading)
        V1 = white(s, turned_by_the_laser(s, only))
        for name, measure in MEASURES.items():
            heights = [measure(s.V + MILLIHERTZ * x * V1, q).max() for x in width]
            found[name][case] = np.maximum(heights, 0.0)
    return SimpleNamespace(millihertz=width, **found)


def turned_by_the_laser(s, only="all"):
    """The push of the laser's frequency on light and atoms, or on light alone."""
    w = push(s, "laser frequency").copy()
    if only == "light":
        w[..., 4:6] = 0.0
    return w


def widths(q: om.Parameters, reading="self-consistent", only="all", scan=401):
    """Line widths in mHz at which the largest E_am and R over Delta_c halve and end: name -> (half, end)."""
    s = scanned(q, scan, reading)
    V1 = MILLIHERTZ * white(s, turned_by_the_laser(s, only))
    found = {}
    for name, measure in MEASURES.items():
        top = measure(s.V, q).max()
        above = lambda x, level, measure=measure: measure(s.V + x * V1, q).max() > level
        found[name] = tuple(bisected(above, share * top) for share in (0.5, 0.0))
    return found


def bisected(above, level, low=1e-3, high=10.0):
    """The width up to which something is above a level, found in the logarithm to four digits."""
    while high / low > 1.0001:
        middle = np.sqrt(low * high)
        low, high = (middle, high) if above(middle, level) else (low, middle)
    return low


def crossing(d, one, other, measure="E_am"):
    """Line width in mHz at which the first of two cases passes the second; NaN if it does not."""
    curves = getattr(d, measure)
    lead = curves[one][1:] - curves[other][1:]
    passes = np.flatnonzero((lead[:-1] < 0) & (lead[1:] > 0))
    if not len(passes):
        return np.nan
    k = slice(passes[0], passes[0] + 2)
    return np.exp(np.interp(0.0, lead[k], np.log(d.millihertz[1:][k])))


@style()
def draw(d):
    """E_am and R of the four cases over the line width."""
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 4.0))
    for axis, name, symbol in zip(axes, MEASURES, ("E_{a-m}", "R"), strict=True):
        for case, look in FOUR_STYLES.items():
            axis.semilogx(d.millihertz[1:], getattr(d, name)[case][1:], **look)
        axis.set(xlim=(LINES[0], 2.0), ylim=(0, None), xlabel=r"line width $\Gamma_L/2\pi$ (mHz)")
        axis.set_ylabel(rf"largest ${symbol}$ over $\Delta_c$")
    legend_below(figure, axes[0], ncols=2)
    return figure


def table(p=om.PAPER):
    """Header and rows: the widths in mHz at which E_am halves and ends and R halves, in both readings.

    R ends where the state is about to lose its stability, so that its end hangs on the scan: it is left out.
    """
    header = ["case", "$E_{a-m}$ halves", "$E_{a-m}$ ends", "$R$ halves"]
    rows = []
    for case, q in with_both_sides(p).items():
        found = [widths(q, reading) for reading in om.MEAN_FIELDS]
        cells = [
            " / ".join(f"{x[name][k]:.2f}" for x in found)
            for name, k in (("E_am", 0), ("E_am", 1), ("R", 0))
        ]
        rows.append([FOUR_STYLES[case]["label"], *cells])
    return header, rows
