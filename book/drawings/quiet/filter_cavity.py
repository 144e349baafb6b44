"""A filter cavity between laser and resonator: what it takes, and what its detuning gives back."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.technical import behind_filter, push, slow, strength_left, white
from omcore.assumptions.verdicts import STEADIEST

from ..kit.operating import with_both_sides
from ..kit.style import CASE_TITLES, FOUR_STYLES, THREE_LINES, style
from .laser_line import best, bisected

WIDTHS = np.geomspace(1e-3, 10, 25)  # of the filter, in omega_m
DETUNINGS = (0.0, 0.01, 0.1)  # of the filter, in units of its width
NARROW = 1e-3  # width of a filter cavity in omega_m, 10 kHz
FLOOR = (
    2 * np.pi**2 * 0.06
)  # rad² Hz, two-sided, from 0.06 Hz²/Hz, one-sided: Zhang et al., arXiv:1906.00104


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


def narrow(p=om.PAPER, reading="self-consistent", most=0.1):
    """Behind a filter of the width ``NARROW``: case -> what it gains, what the floor leaves, and its lock.

    gain : in resonance, and detuned by +0.01 and -0.01 of its width
    left : of E_am with the white floor ``FLOOR``, and with the wander of a laser (unread) as well
    lock : largest detuning, below and above, in widths, at which that floor leaves half; at most ``most``
    """
    found = {}
    for case, q in with_both_sides(p).items():
        s = best(q, reading=reading)
        turn, width, E = push(s, "laser frequency"), NARROW * q.omega_m, s.log_negativity("a", "m")

        def borne(detuning, s=s, width=width):
            noisy = behind_filter(s, 1.0, width, detuning * width)
            return float(strength_left(s, om.solve(noisy).V[:8, :8] - s.V))

        plain = float(strength_left(s, white(s, turn)))
        V = om.solve(behind_filter(s, FLOOR, width)).V[:8, :8]
        both = [om.log_negativity(x, 2, 3) / E for x in (V, V + STEADIEST**2 * slow(s, turn))]
        lock = [
            bisected(lambda x, sign, borne=borne: borne(sign * x) > FLOOR, sign, 1e-4, most)
            for sign in (-1, 1)
        ]
        gain = [borne(x) / plain for x in (0.0, 0.01, -0.01)]
        found[case] = SimpleNamespace(gain=gain, left=both, lock=lock)
    return found


def table(found, most=0.1):
    """Header and rows of ``narrow``; the lock in thousandths of the width."""
    header = [
        "case", "gain", "detuned by +0.01", "by −0.01", "left of $E_{a-m}$",
        "with wander", "lock (thousandths)",
    ]  # fmt: skip
    rows = []
    for case, look in FOUR_STYLES.items():
        x = found[case]
        wide = min(x.lock) > 0.999 * most
        lock = "±100 and more" if wide else f"−{1e3 * x.lock[0]:.1f} to +{1e3 * x.lock[1]:.1f}"
        rows.append(
            [look["label"], *(f"{g:.0f}" for g in x.gain), *(f"{e:.2f}" for e in x.left), lock]
        )
    return header, rows
