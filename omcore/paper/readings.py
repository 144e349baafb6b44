"""The three readings of the paper that its numbers are held against.

Two are readings of Eq. 10, ``MEAN_FIELDS``. The third is one of the axes: Δ_c, wherever the paper
gives it, is the detuning that is left once the light has pushed the mirror, the effective one. The
state is then a self-consistent one, of a laser that stands G_0 q_s further away.
"""

from ..resonator import system
from ..solution import Solution
from ..solution import solve as solve_chain
from ..steady_state import MEAN_FIELDS, MeanField
from ..steady_state import mean_field as mean_field_of_chain

EFFECTIVE = "effective-detuning"
READINGS = (*MEAN_FIELDS, EFFECTIVE)


def mean_field(p, reading) -> MeanField:
    """The steady state of ``p`` as one of the three readings has it.

    >>> from omcore import PAPER
    >>> print(*(f"{abs(mean_field(PAPER, m).alpha_ccw) ** 2:.2e}" for m in READINGS))
    5.51e+09 3.75e+09 3.75e+09
    """
    return mean_field_of_chain(p, "bare-detuning" if reading == EFFECTIVE else reading)


def solve(p, reading) -> Solution:
    """The chain at ``p`` in one of the three readings.

    In the third the amplitudes are those of Δ_c, which is where the drift matrix stands, too. Such a
    Solution holds a System about its mean field, so ask ``mean_field`` for the amplitudes.

    >>> from omcore import PAPER
    >>> s = solve(PAPER, "effective-detuning")
    >>> print(f"{s.effective_detuning('driven') / PAPER.omega_m:.3f}")
    0.792
    >>> print(f"{s.log_negativity('a', 'm'):.4f}")
    0.1179
    """
    if reading != EFFECTIVE:
        return solve_chain(p, reading)
    field = mean_field(p, reading)
    return solve_chain(system(laser_of(p)).about(field))


def laser_of(p):
    """Where the laser stands in the third reading: Δ_c further from the cavity by G_0 q_s.

    >>> from omcore import PAPER
    >>> print(f"{laser_of(PAPER).Delta_c / PAPER.omega_m:.3f}")
    2.694
    """
    return p.replace(Delta_c=p.Delta_c + p.G_0 * mean_field(p, EFFECTIVE).q)
