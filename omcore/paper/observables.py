"""The numbers that the figures are about: E_am and R, their largest values, and where they vanish.

Each takes Parameters and one of the three ``READINGS``; a peak or a threshold is found by optimisation or
root finding. Detunings and rates come and go in units of omega_m.
"""

from collections.abc import Callable

import numpy as np

from .. import solution
from ..cases import operating_points
from ..parameters import Parameters
from ..resonator import cavity_detunings, system
from ..systems import System
from .readings import mean_field, solve
from .search import crossing, maximum, maximum_2d

TRIPLE = ("driven", "a", "m")  # the three modes of Eq. 19
VISIBLE = 1e-4  # an R below this cannot be told from zero on the scale of Fig. 5(b)


def E_am(p: Parameters, reading="self-consistent"):
    """Logarithmic negativity of atoms and mirror, Eq. 14.

    >>> from omcore import PAPER
    >>> print(f"{E_am(PAPER):.4f}")
    0.1362
    """
    return solve(p, reading).log_negativity("a", "m")


def R(p: Parameters, reading="self-consistent"):
    """Minimum residual contangle of the driven mode, the atoms and the mirror, Eq. 19.

    >>> from omcore import PAPER
    >>> print(f"{R(PAPER):.5f}")
    0.00789
    """
    return solve(p, reading).residual_contangle(*TRIPLE)


def E_am_peak(
    p: Parameters,
    reading="self-consistent",
    change: Callable[[System], System] | None = None,
    keep=True,
):
    """Position Delta_c/omega_m and height of the largest E_am, Fig. 1(c).

    The detuning of the driven mode, which is Delta_c and the Sagnac shift, is varied from -2.5 to 4 omega_m.

    Parameters
    ----------
    p : Parameters, one point or a sweep, each point of which has its own peak
    reading : one of ``READINGS``; with a change "self-consistent" or "bare-detuning"
    change : what is done to the System, such as ``mechanisms.relinked`` or ``mechanisms.combinations``
    keep : whether the mean field stays that of the unchanged system; else it is solved again

    Returns
    -------
    position, height : two numbers, or two arrays of the shape of the sweep; NaN where nothing is stable

    Examples
    --------
    >>> import omcore as om
    >>> print("{:.3f} {:.4f}".format(*E_am_peak(om.PAPER)))
    2.490 0.1362
    >>> print("{:.3f} {:.4f}".format(*E_am_peak(om.PAPER, change=lambda s: s.without("undriven"))))
    2.502 0.1439
    """
    shift = _sagnac_shift_of_driven(p)

    def E(x):
        q = p.in_omega_m(Delta_c=x)
        if change is None:
            return E_am(q, reading)
        given = system(q).about(mean_field(q, reading)) if keep else system(q)
        return solution.solve(change(given), reading).log_negativity("a", "m")

    return maximum(E, -2.5 - shift, 4.0 - shift, points=131, shape=p.shape)


def R_peak(p: Parameters, reading="self-consistent", between=(-2.0, 0.0), points=201):
    """Position Delta_a/omega_m and height of the largest R, Fig. 4(a), for each point of a sweep.

    >>> from omcore import PAPER
    >>> print("{:.3f} {:.4f}".format(*R_peak(PAPER, "bare-detuning")))
    -0.828 0.0036
    """
    return maximum(lambda x: R(p.in_omega_m(Delta_a=x), reading), *between, points, p.shape)


def R_map_peak(p: Parameters, reading="self-consistent", rates=(0.05, 3.0)):
    """kappa/omega_m, gamma_a/omega_m and height of the largest R over decay rates, Fig. 4(b-d).

    >>> from omcore import PAPER
    >>> print("{:.2f} {:.2f} {:.3f}".format(*R_map_peak(PAPER)))
    0.60 0.05 0.071
    """
    over = lambda x, y: R(p.in_omega_m(kappa=np.exp(x), gamma_a=np.exp(y)), reading)
    x, y, highest = maximum_2d(over, np.log(rates), np.log(rates))
    return float(np.exp(x)), float(np.exp(y)), highest


def E_am_temperature(p: Parameters, reading="self-consistent", up_to=12.0):
    """Temperature in K at which E_am vanishes, Fig. 5(a): where atoms and mirror become separable.

    >>> from omcore import CASES
    >>> print(f"{E_am_temperature(CASES['stationary']):.2f}")
    2.92
    """

    def margin(T):
        return solve(p.replace(temperature=T), reading).separability_margin("a", "m")

    return crossing(margin, 0.0, 1e-3, up_to, points=61, shape=p.shape)


def R_temperature(p: Parameters, reading="self-consistent", level=0.0, up_to=12.0):
    """Temperature in K at which R vanishes, Fig. 5(b), or at which it falls below a level.

    R vanishes where one of the three modes becomes separable from the other two: the smallest of the
    three margins passes through zero there with a slope, while R only flattens. Or it vanishes where it
    becomes negative, if that is at a lower temperature.

    >>> from omcore import CASES
    >>> T = [R_temperature(CASES["stationary"], level=level) for level in (0.0, VISIBLE)]
    >>> print("{:.2f} {:.2f}".format(*T))
    2.73 1.04
    """

    def margin(T):
        s = solve(p.replace(temperature=T), reading)
        residual = s.residual_contangle(*TRIPLE)
        if level:
            return residual - level
        cuts = [s.separability_margin(i, [j for j in TRIPLE if j != i]) for i in TRIPLE]
        return np.where(residual < 0, residual, np.min(cuts, axis=0))

    return crossing(margin, 0.0, 1e-3, up_to, points=61, shape=p.shape)


def at_atoms(p: Parameters, detuning) -> dict[str, Parameters]:
    """The three operating points, with the atoms at Delta_a = detuning * omega_m.

    >>> from omcore import PAPER
    >>> at_atoms(PAPER, -1.0)["cw"].Delta_a
    -63000000.0
    """
    return operating_points(p.replace(Delta_a=detuning * p.omega_m))


def _sagnac_shift_of_driven(p):
    """The part of the Sagnac shift in the detuning of the driven mode, over omega_m."""
    return (cavity_detunings(p)[p.drive] - p.Delta_c) / p.omega_m
