"""Changes slower than all else: read in every run, or not."""

from types import SimpleNamespace

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

import omcore as om
from omcore.assumptions import disc
from omcore.assumptions.technical import push, slow, strength_left

from ..kit.operating import with_both_sides
from ..kit.style import FOUR_STYLES
from .laser_line import best, turned_by_the_laser

NODES, WEIGHTS = hermegauss(21)
STRETCHED = "rotation of a disc that stretches"
UNITS = {
    "laser frequency": "rad/s",
    "laser power": "of P",
    "rotation": "rad/s",
    STRETCHED: "rad/s",
    "coupler": "of the rate",
}
TRIED = {  # rms values at which a known change is averaged over
    "laser frequency": np.geomspace(1e4, 1e8, 33),
    "laser power": np.geomspace(1e-3, 0.5, 33),
    "rotation": np.geomspace(30, 3e4, 33),
    STRETCHED: np.geomspace(3, 3e4, 41),
    "coupler": np.geomspace(1e-3, 0.5, 33),
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


def data(p=om.PAPER, reading="self-consistent"):
    """rms of each change at which E_am halves: (source, case) -> number.

    unread : E of the mixture, whose means differ from run to run. read : the mean of E over the runs, each
    with its own means subtracted; infinite where it does not halve in the range of ``TRIED``
    """
    found = SimpleNamespace(unread={}, read={})
    weights = WEIGHTS / WEIGHTS.sum()
    for case, q in with_both_sides(p).items():
        s = best(q, reading=reading)
        E = s.log_negativity("a", "m")
        for source in UNITS:
            found.unread[source, case] = float(
                np.sqrt(strength_left(s, slow(s, pushed(s, source))))
            )
            runs = om.solve(moved(s.parameters, source, TRIED[source][:, None] * NODES), reading)
            left = np.nan_to_num(runs.log_negativity("a", "m")) @ weights / E
            below = np.flatnonzero(left < 0.5)
            found.read[source, case] = TRIED[source][below[0]] if len(below) else np.inf
    return found


def table(d):
    """Header and rows: unread and read, each the rms at which E_am halves."""
    header = ["rms of", *(look["label"] for look in FOUR_STYLES.values())]
    rows = []
    for source, unit in UNITS.items():
        for name, found in (("unread", d.unread), ("read", d.read)):
            cells = [found[source, case] for case in FOUR_STYLES]
            rows.append([f"{source} ({unit}), {name}", *map(two_digits, cells)])
    return header, rows


def two_digits(x):
    """A number with two digits, or "never".

    >>> two_digits(252.6), two_digits(3.2e7), two_digits(float("inf"))
    ('250', '3.2e+07', 'never')
    """
    if x > 1e12:
        return "never"
    return f"{float(f'{x:.2g}'):.0f}" if 10 < x < 1e5 else f"{x:.2g}"
