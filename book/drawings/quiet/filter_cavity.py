"""A filter cavity between laser and resonator: what it takes, and what its detuning gives back."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.technical import behind_filter, push, strength_left, white

from ..kit.operating import with_both_sides
from ..kit.style import CASE_TITLES, THREE_LINES, style
from .laser_line import best

WIDTHS = np.geomspace(1e-3, 10, 25)  # of the filter, in omega_m
DETUNINGS = (0.0, 0.01, 0.1)  # of the filter, in units of its width


def data(p=om.PAPER, widths=WIDTHS, reading="self-consistent"):
    """How much more noise of the laser E_am bears behind a filter before it halves.

    width : of the filter, in omega_m. gain : (case, detuning) -> array (n,), density that halves E_am over
    that without filter. own : case -> density of the filter's own resonance that halves it, over the same
    """
    found = SimpleNamespace(width=widths, gain={}, own={})
    for case, q in with_both_sides(p).items():
        s = best(q, reading=reading)
        omega, plain = q.omega_m, strength_left(s, white(s, push(s, "laser frequency")))

        def gain(S, width, detuning=0.0, own=0.0, s=s, plain=plain, omega=omega):
            noisy = behind_filter(s, S, width * omega, detuning * width * omega, own)
            return strength_left(s, om.solve(noisy).V[:8, :8] - s.V) / plain

        for detuning in DETUNINGS:
            found.gain[case, detuning] = np.array([gain(1.0, x, detuning) for x in widths])
        found.own[case] = np.array([gain(0.0, x, own=1.0) for x in widths])
    return found


@style()
def draw(d):
    """What the filter gains, for CW and CCW driving, at three detunings."""
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 3.8), sharey=True)
    for axis, case in zip(axes, ("cw", "ccw"), strict=True):
        for detuning, look in zip(DETUNINGS, THREE_LINES, strict=True):
            name = f"detuned by {detuning:g} widths" if detuning else "in resonance"
            axis.loglog(d.width, d.gain[case, detuning], label=name, **look)
        axis.loglog(
            d.width, d.own[case], color="k", linestyle=":", label="noise of the filter itself"
        )
        axis.set(title=CASE_TITLES[case], xlabel=r"width of the filter, $\kappa_f/\omega_m$")
    axes[0].set_ylabel("noise borne, over that without filter")
    axes[1].legend()
    return figure
