"""The three readings of the paper with which its numbers are compared.

Two are readings of Eq. 10, ``MEAN_FIELDS``. The third reads the axes: Δ_c, wherever the paper gives it,
is the effective detuning, after the light has displaced the mirror. The state is then self-consistent
for a laser that is detuned by G_0 q_s more.
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
    """The Solution at ``p`` in one of the three readings.

    In the third, Δ_c enters both the amplitudes and the drift matrix. Its Solution holds a System about its
    mean field, so that the amplitudes are found by ``mean_field``.

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
    """The laser of the third reading: Δ_c is larger by G_0 q_s.

    >>> from omcore import PAPER
    >>> print(f"{laser_of(PAPER).Delta_c / PAPER.omega_m:.3f}")
    2.694
    """
    return p.replace(Delta_c=p.Delta_c + p.G_0 * mean_field(p, EFFECTIVE).q)
