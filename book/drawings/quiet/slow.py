"""Changes slower than all else: read in every run, or not."""

from types import SimpleNamespace

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

import omcore as om
from omcore.assumptions import disc
from omcore.assumptions.technical import push

from ..kit.operating import with_both_sides
from ..kit.style import FOUR_STYLES
from .laser_line import best, turned_by_the_laser


def normalised(nodes, weights):
    """Nodes of a Gaussian change, in units of its rms, and weights that sum to one."""
    return nodes, weights / weights.sum()


SMOOTH = normalised(*hermegauss(61))
# What is read has edges, where E vanishes or no state is stable: equal steps find them to one per cent.
EQUAL = np.linspace(-5, 5, 401)
EDGED = normalised(EQUAL, np.exp(-(EQUAL**2) / 2))
STRETCHED = "rotation of a disc that stretches"
UNITS = {
    "laser frequency": "rad/s",
    "laser power": "of P",
    "rotation": "rad/s",
    STRETCHED: "rad/s",
    "coupler": "of the rate",
}
TIMES = 1e4  # what is read in each run is looked at so many times above what halves E_am unread
TRIED = {  # rms values, from what no case feels to what may be asked
    "laser frequency": np.geomspace(1, 1e8, 121),
    "laser power": np.geomspace(1e-7, 0.5, 121),
    "rotation": np.geomspace(1e-3, 3e4, 121),
    STRETCHED: np.geomspace(1e-5, 3e4, 121),
    "coupler": np.geomspace(1e-7, 0.5, 121),
}


def fallen(p):
    """How far the resonance of a disc has fallen as it stretches, rad/s."""
    return p.omega_0 * disc.spinning_stretch(p.radius * p.angular_velocity)


def pushed(s, source):
    """The push of a source; of a disc that stretches, that of the Sagnac shift and of Delta_c."""
    if source != STRETCHED:
        return push(s, source)
    p = s.parameters
    slope = fallen(p.replace(angular_velocity=p.angular_velocity + 0.5)) - fallen(
        p.replace(angular_velocity=p.angular_velocity - 0.5)
    )  # the stretch is a square, of which this is the derivative
    return push(s, "rotation") + slope * turned_by_the_laser(s, "light")


def depth(p):
    """Where the light outside the glass has fallen to 1/e, in m; the rate into the coupler goes with it."""
    return p.wavelength / (4 * np.pi * np.sqrt(p.refractive_index**2 - 1))


def moved(p, source, x):
    """Parameters after a change of one source."""
    if source == "laser frequency":
        return p.replace(Delta_c=p.Delta_c - x, Delta_a=p.Delta_a - x)
    if source == "laser power":
        return p.replace(power=p.power * np.maximum(1 + x, 0))
    if source == "rotation":
        return p.replace(angular_velocity=p.angular_velocity + x)
    if source == STRETCHED:
        stretched = p.replace(angular_velocity=p.angular_velocity + x)
        return stretched.replace(Delta_c=p.Delta_c - fallen(stretched) + fallen(p))
    return p.replace(kappa=p.kappa * np.maximum(1 + x, 1e-3))  # all of the loss is the coupler


def left(s, source, rms, rule=SMOOTH):
    """What is left of E_am, unread and read, for each rms of a Gaussian change, and the runs that are lost.

    unread : array (n,), E of the mixture of all runs, with the means and covariance matrices at each x
    read : array (n,), the mean of E over the runs, each with its own means subtracted
    lost : array (n,), share of the runs without a stable state, which count as zero
    rule : nodes and weights of the Gaussian

    >>> s = best(om.CASES["ccw"])
    >>> unread, read, lost = left(s, "laser power", np.array([1e-5, 3e-3]))
    >>> print(unread.round(2), read.round(2), lost.round(2))
    [0.86 0.  ] [1. 1.] [0. 0.]
    """
    nodes, weights = rule
    runs = om.solve(moved(s.parameters, source, rms[:, None] * nodes), s.reading)
    means = runs.mean_field.quadratures() - s.mean_field.quadratures()
    means -= (weights @ means)[:, None]
    within, spread = (
        np.tensordot(x, weights, axes=(1, 0))
        for x in (runs.V, means[..., :, None] * means[..., None, :])
    )
    unread = om.log_negativity(within + spread, 2, 3)
    read = np.nan_to_num(runs.log_negativity("a", "m")) @ weights
    E = s.log_negativity("a", "m")
    return np.nan_to_num(unread) / E, read / E, ~runs.stable @ weights


def halved(rms, left):
    """The rms at which a half is left, between two that were tried; infinite where none takes so much."""
    below = np.flatnonzero(left < 0.5)
    if not len(below):
        return np.inf
    k = slice(below[0] - 1, below[0] + 1)
    return float(np.exp(np.interp(-0.5, -left[k], np.log(rms[k]))))


def data(p=om.PAPER, reading="self-consistent"):
    """Of each change, by (source, case): what halves E_am unread, and what far more leaves if it is read.

    unread : rms; infinite where E_am does not halve in the range of ``TRIED``
    read, lost : at ``TIMES`` this rms, what is left and the runs without a stable state; NaN beyond ``TRIED``
    """
    found = SimpleNamespace(unread={}, read={}, lost={})
    for case, q in with_both_sides(p).items():
        s = best(q, reading=reading)
        for source, rms in TRIED.items():
            half = halved(rms, left(s, source, rms)[0])
            known = (np.nan, np.nan)
            if TIMES * half <= rms[-1]:
                known = (float(x[0]) for x in left(s, source, np.array([TIMES * half]), EDGED)[1:])
            found.unread[source, case] = half
            found.read[source, case], found.lost[source, case] = known
    return found


def table(d):
    """Header and rows: the rms that halves E_am unread, and what is left of E_am at far more, read."""
    header = ["rms of", *(look["label"] for look in FOUR_STYLES.values())]
    rows = []
    for source, unit in UNITS.items():
        cells = [written(d.unread[source, case], TRIED[source][-1]) for case in FOUR_STYLES]
        rows.append([f"{source} ({unit}), unread, halves", *cells])
        cells = [share_left(d.read[source, case], d.lost[source, case]) for case in FOUR_STYLES]
        rows.append([rf"the same $\times10^{np.log10(TIMES):.0f}$, read, leaves", *cells])
    return header, rows


def share_left(read, lost):
    """What is left, in brackets the runs without a stable state if there are any; a dash if unknown."""
    if np.isnan(read):
        return "–"
    return f"{read:.2f}" + (f" ({lost:.1%} lost)" if lost > 5e-4 else "")


def written(x, most=np.inf):
    """A number with two digits, or that it lies above the most that was tried.

    >>> written(252.6, 1e8), written(3.2e7, 1e8), written(float("inf"), 0.5)
    ('250', '3.2e+07', 'above 0.5')
    """
    if np.isinf(x):
        return f"above {written(most, most)}"
    return f"{float(f'{x:.2g}'):.0f}" if 10 < x < 1e5 else f"{x:.2g}"
