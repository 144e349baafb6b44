"""The covariance matrix V at the operating points, as a coloured grid, Eqs. 11 and 13."""

from dataclasses import dataclass

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from ...conventions import VACUUM_VARIANCE
from ...covariance import backward_residual
from ...parameters import PAPER, Parameters, operating_points
from ...solution import solve
from ..kit.panels import name_quadratures, row_of_panels
from ..kit.style import CASE_STYLES, CASE_TITLES, style


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


def excess(V):
    """V without the vacuum: zero for an empty world.

    >>> excess(np.eye(2) / 2)
    array([[0., 0.],
           [0., 0.]])
    """
    return V - VACUUM_VARIANCE * np.eye(len(V))


def draw(d: Data):
    """One grid for each case, of V less the vacuum; red is positive, blue negative."""
    grids = {case: excess(V) for case, V in d.V.items()}
    largest = max(
        (np.nanmax(np.abs(g)) for g in grids.values() if np.isfinite(g).any()), default=1.0
    )
    norm = mpl.colors.SymLogNorm(0.05, vmin=-largest, vmax=largest)
    with style():
        figure, axes = row_of_panels(3, figsize=(8.2, 3.7))
        for axis, (case, grid) in zip(axes, grids.items(), strict=True):
            image = axis.imshow(grid, cmap="RdBu_r", norm=norm)
            axis.set_title(CASE_TITLES[case], color=CASE_STYLES[case]["color"])
            name_quadratures(axis)
            if not np.isfinite(grid).any():
                axis.text(3.5, 3.5, "unstable", ha="center")
        ticks = [t for t in (-0.5, -0.1, 0, 0.1, 0.5) if abs(t) <= largest]
        bar = figure.colorbar(image, ax=axes, ticks=ticks, location="bottom", aspect=40, shrink=0.6)
        bar.set_ticklabels([f"{t:g}" for t in ticks])
        bar.set_label(r"$V - \frac{1}{2}$")
        plt.close(figure)
    return figure
