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
        plain = float(strength_left(s, white(s, push(s, "laser frequency"))))
        gain = [borne(s, x) / plain for x in (0.0, 0.01, -0.01)]
        found[case] = SimpleNamespace(gain=gain, left=left(s), lock=lock(s, most))
    return found


def borne(s, detuning=0.0):
    """White noise of the laser that halves E_am behind the narrow filter, detuned by so many widths."""
    width = NARROW * s.parameters.omega_m
    noisy = behind_filter(s, 1.0, width, detuning * width)
    return float(strength_left(s, om.solve(noisy).V[:8, :8] - s.V))


def left(s, floor=FLOOR):
    """What a white floor behind the narrow filter leaves of E_am, without and with the unread wander."""
    V = om.solve(behind_filter(s, floor, NARROW * s.parameters.omega_m)).V[:8, :8]
    wander = STEADIEST**2 * slow(s, push(s, "laser frequency"))
    return [om.log_negativity(x, 2, 3) / s.log_negativity("a", "m") for x in (V, V + wander)]


def lock(s, most=0.1):
    """Largest detuning of the narrow filter below and above, in widths; 0 if the floor takes half anyway."""
    if borne(s) < FLOOR:
        return [0.0, 0.0]
    enough = lambda x, sign: borne(s, sign * x) > FLOOR
    return [bisected(enough, sign, 1e-4, most) for sign in (-1, 1)]


def off_the_best(case, detuned, p=om.PAPER, reading="self-consistent"):
    """The Solution of a case so many omega_m above the Delta_c that is best for it without noise."""
    q = best(with_both_sides(p)[case], reading=reading).parameters
    return om.solve(q.replace(Delta_c=q.Delta_c + detuned * q.omega_m), reading)


def table_off_the_best(cases=("cw", "ccw", "both"), detuned=(-0.1, -0.05, -0.02, 0.0, 0.05, 0.1)):
    """Header and rows: by Delta_c, what the floor leaves and the lock, in thousandths of the width."""
    header = [r"$\Delta_c$ above its best", *(FOUR_STYLES[case]["label"] for case in cases)]
    rows = []
    for x in detuned:
        states = [off_the_best(case, x) for case in cases]
        cells = [f"{left(s)[0]:.2f}; {as_locked(lock(s))}" for s in states]
        rows.append([rf"${x:+g}\,\omega_m$" if x else "0", *cells])
    return header, rows


def as_locked(edges, most=0.1):
    """The lock in thousandths of the width.

    >>> as_locked([0.1, 0.1]), as_locked([0.0, 0.0]), as_locked([0.004, 0.1])
    ('±100 and more', 'none', '−4.0 to +100 and more')
    """
    if not max(edges):
        return "none"
    low, high = (f"{1e3 * x:.1f}" if x < 0.999 * most else "100 and more" for x in edges)
    return f"±{low}" if low == high else f"−{low} to +{high}"


def table(found):
    """Header and rows of ``narrow``; the lock in thousandths of the width."""
    header = [
        "case", "gain", "detuned by +0.01", "by −0.01", "left of $E_{a-m}$",
        "with wander", "lock (thousandths)",
    ]  # fmt: skip
    rows = []
    for case, look in FOUR_STYLES.items():
        x = found[case]
        cells = *(f"{g:.0f}" for g in x.gain), *(f"{e:.2f}" for e in x.left), as_locked(x.lock)
        rows.append([look["label"], *cells])
    return header, rows
