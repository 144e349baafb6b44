"""The state as a function on phase space: atoms, mirror, and a cut through both."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.gaussian.parties import part, rows_of

from ..kit.maps import colour_scale, draw_map
from ..kit.panels import ellipse, row_of_panels
from ..kit.style import WHITE, style

REACH = 4.0  # of the axes, in units of the quadratures
NAMES = ("x", "y", "q", "p")  # quadratures of atoms and mirror
PANELS = {"atoms alone": (0, 1), "mirror alone": (2, 3)}


def data(p=om.CASES["ccw"], reading="self-consistent", resolution=161):
    r"""Wigner functions of atoms and mirror, times :math:`\pi^n`, so that the peak of a state is its purity.

    x : array (n,), along both axes
    W : title -> array (n, n), the first quadrature down and the second across
    axes : title -> the two quadratures, by their place in NAMES; in the cut the two others are zero
    C : title -> array (2, 2), covariances of the bell that is drawn
    """
    s = om.solve(p, reading).require_stable()
    V = part(s.V, [s.names.index(mode) for mode in ("a", "m")])
    sizes = np.sqrt(np.diag(V))
    i, j = np.unravel_index(np.argmax(abs(V / sizes / sizes[:, None])[:2, 2:]), (2, 2))
    axes = PANELS | {"a cut through both": (i, j + 2)}
    x = np.linspace(-REACH, REACH, resolution)
    points = np.zeros((resolution, resolution, 4))
    W, C = {}, {}
    for title, rows in axes.items():
        modes = sorted({row // 2 for row in rows})
        points[...], points[..., rows] = 0, np.stack(np.meshgrid(x, x, indexing="ij"), -1)
        W[title] = om.wigner(part(V, modes), points[..., rows_of(modes)]) * np.pi ** len(modes)
        place = [list(rows_of(modes)).index(row) for row in rows]
        C[title] = np.linalg.inv(np.linalg.inv(part(V, modes))[np.ix_(place, place)])
    return SimpleNamespace(x=x, W=W, C=C, axes=axes)


@style()
def draw(d):
    """Three maps on one scale, each with the line one standard deviation from its centre."""
    figure, panels = row_of_panels(3, figsize=(9.6, 3.6), sharey=False, layout="compressed")
    scale = colour_scale(list(d.W.values()))
    for axis, (title, W) in zip(panels, d.W.items(), strict=True):
        mesh = draw_map(axis, d.x, d.x, W.T, scale, [], logarithmic=(False, False))
        axis.plot(*ellipse(d.C[title]).T, color=WHITE, linewidth=1)
        names = (f"${NAMES[row]}$" for row in d.axes[title])
        axis.set(title=title, **dict(zip(("xlabel", "ylabel"), names, strict=True)))
    figure.colorbar(mesh, ax=panels, label=r"$\pi^n W$", fraction=0.025, pad=0.02)
    return figure
