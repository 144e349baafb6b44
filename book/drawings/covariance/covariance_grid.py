"""The covariance matrix V at the operating points, as a coloured grid, Eqs. 11 and 13."""

from dataclasses import dataclass

import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.engine.series import backward_residual
from omcore.parameters import Parameters
from omcore.solution import solve

from ..kit.kinds import draw_grids


@dataclass(frozen=True)
class Data:
    """V of each case, and how well it solves the Lyapunov equation.

    V : case -> array (8, 8)
    residual : case -> backward residual, see ``omcore.backward_residual``
    """

    reading: str
    V: dict[str, np.ndarray]
    residual: dict[str, float]


def data(p: Parameters = PAPER, reading="self-consistent") -> Data:
    """V at the three operating points.

    >>> d = data()
    >>> bool(max(d.residual.values()) < 1e-14)
    True
    """
    V, residual = {}, {}
    for case, q in operating_points(p).items():
        s = solve(q, reading)
        V[case], residual[case] = s.V, float(backward_residual(s.A, s.D, s.V))
    return Data(reading, V, residual)


def draw(d: Data):
    """One grid for each case, of V less the vacuum; red is positive, blue negative."""
    return draw_grids(d.V)
