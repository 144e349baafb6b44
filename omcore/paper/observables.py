"""The numbers that the figures are about: peaks, maxima over maps, and thresholds.

Each takes Parameters and one of the three ``READINGS``, and finds its number by optimisation or root
finding. Detunings come and go in units of omega_m.
"""

import numpy as np

from ..cases import operating_points
from ..parameters import Parameters
from ..resonator import cavity_detunings
from ..solution import Solution
from ..stability import by_growth
from .readings import solve
from .search import crossing, maximum, maximum_2d

TRIPLE = ("driven", "a", "m")  # the three modes of Eq. 19
# In omega_m: a state that counts returns at least as fast. Fig. 1(c) has 0.09 to 0.17. Closer to instability
# the fluctuations grow without bound, and what is linear no longer holds.
MARGIN = 0.02
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


def decay_rates(s: Solution) -> np.ndarray:
    """How fast the fluctuations die out, in omega_m, from the slowest, array (8, ...); negative if they grow.

    >>> from omcore import PAPER
    >>> print(decay_rates(solve(PAPER, "self-consistent"))[::2].round(3))
    [0.117 0.471 0.603 0.618]
    """
    return -np.moveaxis(by_growth(s.A).real, -1, 0) / s.system.omega_m


def E_am_peak(p: Parameters, reading="self-consistent", between=(-2.5, 5.0)):
    """Position Delta_c/omega_m and height of the largest E_am, Fig. 1(c).

    >>> from omcore import PAPER
    >>> print("{:.3f} {:.4f}".format(*E_am_peak(PAPER)))
    2.490 0.1362
    """
    return maximum(lambda x: E_am(p.replace(Delta_c=x * p.omega_m), reading), *between)


def R_peak(p: Parameters, reading="self-consistent", between=(-2.0, 0.0)):
    """Position Delta_a/omega_m and height of the largest R, Fig. 4(a).

    >>> from omcore import PAPER
    >>> print("{:.3f} {:.4f}".format(*R_peak(PAPER, "bare-detuning")))
    -0.828 0.0036
    """
    return maximum(lambda x: R(p.replace(Delta_a=x * p.omega_m), reading), *between)


def R_summit(p: Parameters, reading="self-consistent", driven=(-3.0, 4.0), atoms=(-3.0, 3.0)):
    """Delta_c/omega_m, Delta_a/omega_m and height of the largest R over both detunings.

    Only states count whose slowest fluctuation decays at ``MARGIN`` or faster, as in the races of chapter
    18: with the bare detuning R grows up to the edge of stability when it spins. ``driven`` bounds the
    detuning of the driven mode, which the Sagnac shift has moved from Delta_c.

    >>> from omcore import CASES
    >>> print("{:.2f} {:.2f} {:.4f}".format(*R_summit(CASES["stationary"])))
    0.65 -1.45 0.0064
    """
    shift = (cavity_detunings(p)[p.drive] - p.Delta_c) / p.omega_m

    def over(x, y):
        s = solve(p.replace(Delta_c=(x - shift) * p.omega_m, Delta_a=y * p.omega_m), reading)
        steady = decay_rates(s).min(axis=0) >= MARGIN
        return np.where(steady, s.residual_contangle(*TRIPLE), np.nan)

    x, y, highest = maximum_2d(over, driven, atoms, points=61)
    return x - shift, y, highest


def R_map_peak(p: Parameters, reading="self-consistent", rates=(0.05, 3.0)):
    """kappa/omega_m, gamma_a/omega_m and height of the largest R over decay rates, Fig. 4(b-d).

    >>> from omcore import PAPER
    >>> print("{:.2f} {:.2f} {:.3f}".format(*R_map_peak(PAPER)))
    0.60 0.05 0.071
    """

    def over(log_kappa, log_gamma_a):
        kappa, gamma_a = p.omega_m * np.exp(log_kappa), p.omega_m * np.exp(log_gamma_a)
        return R(p.replace(kappa=kappa, gamma_a=gamma_a), reading)

    log_kappa, log_gamma_a, highest = maximum_2d(over, np.log(rates), np.log(rates))
    return float(np.exp(log_kappa)), float(np.exp(log_gamma_a)), highest


def E_am_temperature(p: Parameters, reading="self-consistent", up_to=12.0):
    """Temperature in K at which E_am vanishes, Fig. 5(a): where atoms and mirror become separable.

    >>> from omcore import CASES
    >>> print(f"{E_am_temperature(CASES['stationary']):.2f}")
    2.92
    """

    def margin(T):
        return solve(p.replace(temperature=T), reading).separability_margin("a", "m")

    return crossing(margin, 0.0, 1e-3, up_to, points=61)


def R_temperature(p: Parameters, reading="self-consistent", level=0.0, up_to=12.0):
    """Temperature in K at which R vanishes, Fig. 5(b), or at which it falls below a level.

    R vanishes once one of the three modes is separable from the other two; the smallest of the
    three margins passes through zero there with a slope, while R only flattens. A residual that
    turned negative before would end it sooner.

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

    return crossing(margin, 0.0, 1e-3, up_to, points=61)


def at_atoms(p: Parameters, detuning) -> dict[str, Parameters]:
    """The three operating points, with the atoms at Delta_a = detuning * omega_m.

    >>> from omcore import PAPER
    >>> at_atoms(PAPER, -1.0)["cw"].Delta_a
    -63000000.0
    """
    return operating_points(p.replace(Delta_a=detuning * p.omega_m))
