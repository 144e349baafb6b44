"""The covariance matrix V at the operating points, as a coloured grid, Eqs. 11 and 13."""

from types import SimpleNamespace

import omcore as om

from ..kit.kinds import draw_grids


def data(p=om.PAPER, reading="self-consistent"):
    """V at the three operating points, and how well it solves the Lyapunov equation.

    V : case -> array (8, 8)
    residual : case -> backward residual, see ``omcore.backward_residual``
    """
    V, residual = {}, {}
    for case, q in om.operating_points(p).items():
        s = om.solve(q, reading)
        V[case], residual[case] = s.V, float(om.backward_residual(s.A, s.D, s.V))
    return SimpleNamespace(reading=reading, V=V, residual=residual)


def draw(d):
    """One grid for each case, of V less the vacuum; red is positive, blue negative."""
    return draw_grids(d.V)
