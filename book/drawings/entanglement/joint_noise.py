"""Noise ellipses of atoms and mirror, and of the joint quadrature with the least noise."""

import numpy as np

import omcore as om
from omcore.gaussian.epr import JointNoise, joint_noise

from ..kit.panels import legend_below, noise_ellipses, row_of_panels
from ..kit.style import style


def pair(p: om.Parameters, reading="self-consistent") -> JointNoise:
    """Atoms and mirror at one point.

    >>> found = pair(om.PAPER)
    >>> print(f"{found.least:.4f} {found.epr_ratio:.4f} {np.exp(-found.E):.4f}")
    0.4168 0.8727 0.8727
    """
    s = om.solve(p, reading).require_stable()
    rows = [2 * om.MODES.index(mode) + k for mode in ("a", "m") for k in range(2)]
    return joint_noise(s.V[np.ix_(rows, rows)])


def data(p=om.PAPER, reading="self-consistent"):
    """Case -> JointNoise, at the three operating points; one without a steady state is left out."""
    cases = om.operating_points(p).items()
    return {case: pair(q, reading) for case, q in cases if om.solve(q, reading).status == "stable"}


@style()
def draw(pairs):
    """Atoms alone, mirror alone, and the joint plane in which the noise dips below the vacuum."""
    figure, axes = row_of_panels(3, figsize=(8.2, 3.7), sharex=True)
    noise_ellipses(axes, pairs)
    legend_below(figure, axes[0], ncols=4)
    return figure
