"""The covariance matrix V at the operating points, as a coloured grid, Eqs. 11 and 13."""

from types import SimpleNamespace

from omcore import backward_residual
from omcore.cases import PAPER, operating_points
from omcore.parameters import Parameters
from omcore.solution import solve

from ..kit.kinds import draw_grids


def data(p: Parameters = PAPER, reading="self-consistent"):
    """V at the three operating points, and how well it solves the Lyapunov equation.

    V : case -> array (8, 8)
    residual : case -> backward residual, see ``omcore.backward_residual``
    """
    V, residual = {}, {}
    for case, q in operating_points(p).items():
        s = solve(q, reading)
        V[case], residual[case] = s.V, float(backward_residual(s.A, s.D, s.V))
    return SimpleNamespace(reading=reading, V=V, residual=residual)


def draw(d):
    """One grid for each case, of V less the vacuum; red is positive, blue negative."""
    return draw_grids(d.V)
