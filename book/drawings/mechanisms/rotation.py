"""The peak against the rotation, both ways, whole and with one link of the undriven mode cut."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.mechanisms import relinked
from omcore.paper.observables import E_am_peak
from omcore.paper.search import maximum
from omcore.systems import light_operator

from ..kit.style import BLACK, FOREST, GUIDE, MODE_STYLES, THREE_LINES, style

CHANGES = {
    "whole": lambda s: s,
    "undriven mode cut off the mirror": lambda s: relinked(s, "undriven", mirror=0),
    "undriven mode cut off the atoms": lambda s: relinked(s, "undriven", atoms=0),
}
STEPS = 1e3 * np.array(
    [0.5, 1, 2, 3, 3.7, 4.5, 5.5, 7, 9, 11, 13, 14.5, 16, 18, 20, 23, 27, 35, 50, 75, 100, 200]
)


def data(p=om.PAPER, angular_velocity=None, reading="self-consistent"):
    """Follow the peak, driven clockwise, and what is resonant with what there.

    angular_velocity : array (n,), rad/s
    E_am : change -> array (n,), mean field kept
    effective : mode -> array (n,), shifted detunings over omega_m at the peak of the whole
    poles : complex array (n, 3), eigenvalues of the light operator over omega_m there
    """
    if angular_velocity is None:
        angular_velocity = np.concatenate([-STEPS[::-1], [0.0], STEPS])
    spun = p.replace(drive="cw", angular_velocity=angular_velocity)
    found = {name: E_am_peak(spun, reading, change) for name, change in CHANGES.items()}
    s = om.solve(spun.replace(Delta_c=found["whole"][0] * p.omega_m), reading)
    effective = {m: s.effective_detuning(m) / p.omega_m for m in ("driven", "undriven")}
    poles = np.linalg.eigvals(light_operator(s.system, s.mean_field.q)) / p.omega_m
    heights = {name: height for name, (_, height) in found.items()}
    return SimpleNamespace(
        angular_velocity=angular_velocity, E_am=heights, effective=effective, poles=poles
    )


def extreme(p: om.Parameters, between, sign=1, reading="self-consistent"):
    """The rotation between two of the highest (sign 1) or lowest (-1) peak, driven clockwise.

    Returns
    -------
    angular velocity in rad/s, height, and shifted detuning of the undriven mode over omega_m

    >>> v, height, undriven = extreme(om.PAPER, (12e3, 17e3))
    >>> print(f"{height:.4f} {undriven:.1f}")
    0.1362 -1.1
    """
    at = lambda v: p.replace(drive="cw", angular_velocity=v)
    heights = lambda v: sign * E_am_peak(at(v), reading)[1]
    v, height = maximum(heights, *between, points=9, rounds=2)  # to two thousandths of the interval
    x, _ = E_am_peak(at(v), reading)
    s = om.solve(at(v).replace(Delta_c=x * p.omega_m), reading)
    return v, sign * height, s.effective_detuning("undriven") / p.omega_m


@style()
def draw(d):
    """Heights above, resonances seen from the laser below; the axis is linear between -10 and 10."""
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(8.6, 6.4))
    v = d.angular_velocity / 1e3
    for (name, E), look in zip(d.E_am.items(), THREE_LINES, strict=True):
        above.plot(v, E, label=name, **look)
    above.set(ylabel=r"largest $E_{a-m}$", ylim=(0, None))
    above.legend(loc="lower left", fontsize=8)
    resonances = -d.poles.imag
    below.plot(v, resonances, ".", color=BLACK, markersize=4)
    below.plot([], [], ".", color=BLACK, label="resonances of light and atoms together")
    below.plot(v, d.effective["driven"], **MODE_STYLES["driven"])
    below.plot(v, d.effective["undriven"], color=FOREST, label="undriven mode")
    for place in (-1, 0, 1):
        below.axhline(place, **GUIDE)
    below.set(ylabel=r"from the laser, in $\omega_m$", ylim=(-4, 4))
    below.set_xlabel(r"$\Omega$ (krad/s), driven CW; negative: as driven CCW")
    below.set_xscale("symlog", linthresh=10)
    ticks = [-200, -50, -20, -10, -5, 0, 5, 10, 20, 50, 200]
    below.set_xticks(ticks, [f"{t:g}" for t in ticks])
    below.set_xticks([], minor=True)
    below.legend(loc="lower left", fontsize=8)
    return figure
