"""Which frequencies of the laser's noise take entanglement, and what a corner in its spectrum does."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.assumptions.technical import coloured, push, response, strength_left, weight, white

from ..kit.operating import with_both_sides
from ..kit.panels import legend_below
from ..kit.style import FOUR_STYLES, GUIDE, style
from .laser_line import best


def remembered(s, corner):
    """V_1 of a noise of the laser's frequency with a corner (in omega_m), per density far below it."""
    noisy = coloured(s.linear, push(s, "laser frequency"), 1.0, corner * s.parameters.omega_m)
    return om.solve(noisy).V[:8, :8] - s.V


def data(p=om.PAPER, reading="self-consistent"):
    """For each case at its own best Delta_c.

    frequency, weight : in omega_m, and how much noise there counts, the largest being 1
    below, around : share of the weight's integral below 0.1 and from 0.5 to 1.5 omega_m
    corner : in omega_m; width, density : what is left of E_am with the line width that halves it if the noise
        is white, and with its density at omega_m
    rms : of the frequency, rad/s, at which E_am halves
    """
    frequency, corners = np.linspace(0, 2.5, 501), np.geomspace(0.01, 30, 36)
    every = np.tan(np.linspace(0, 1, 20001) * np.arctan(1e4))
    found = SimpleNamespace(frequency=frequency, corner=corners)
    for name in ("weight", "below", "around", "width", "density", "rms", "half"):
        setattr(found, name, {})
    for case, q in with_both_sides(p).items():
        s = best(q, reading=reading)
        w, E, omega = push(s, "laser frequency"), s.log_negativity("a", "m"), q.omega_m
        here = weight(s, w, omega * frequency)
        found.weight[case] = here / here.max()
        whole = weight(s, w, omega * every)
        part = lambda low, high, g=whole: np.trapezoid(g * ((every >= low) & (every < high)), every)
        found.below[case] = part(0, 0.1) / part(0, np.inf)
        found.around[case] = part(0.5, 1.5) / part(0, np.inf)
        Gamma = found.half[case] = float(strength_left(s, white(s, w)))
        left = lambda S, V1, s=s, E=E: om.log_negativity(s.V + S * V1, 2, 3) / E
        noises = [remembered(s, corner) for corner in corners]
        found.width[case] = np.array([left(Gamma, V1) for V1 in noises])
        steep = 1 + 1 / corners**2  # density far below the corner over that at omega_m
        found.density[case] = np.array(
            [left(Gamma * x, V1) for x, V1 in zip(steep, noises, strict=True)]
        )
        S = np.array([strength_left(s, V1) for V1 in noises])
        found.rms[case] = np.sqrt(S * corners * omega / 2)
    return found


def within(s, low, high=np.inf):
    """V_1 of noise of the laser's frequency white between two frequencies, in omega_m, and absent beyond."""
    omega_m, angle = s.parameters.omega_m, np.linspace(0, np.arctan(1e4), 20001)
    x = np.tan(angle)
    chi = response(s, push(s, "laser frequency"), omega_m * x)
    step = omega_m / np.pi * (angle[1] / np.cos(angle) ** 2) * ((x >= low) & (x < high))
    return np.einsum("k,ki,kj->ij", step, chi, chi.conj(), optimize=True).real


@style()
def draw(d):
    """The weight over frequency, and what is left of E_am over the corner."""
    figure, axes = plt.subplots(1, 2, figsize=(9.5, 4.0))
    for case, look in FOUR_STYLES.items():
        axes[0].plot(d.frequency, d.weight[case], **look)
        axes[1].semilogx(d.corner, d.width[case], **look)
        axes[1].semilogx(d.corner, d.density[case], **look | {"label": None, "linewidth": 0.9})
    axes[0].set(
        xlabel=r"frequency of the noise, $\omega/\omega_m$", ylabel="weight $g$ over its largest"
    )
    axes[1].set(
        xlabel=r"corner of the noise, $\nu_c/\omega_m$",
        ylabel="left of $E_{a-m}$",
        ylim=(-0.02, 1.02),
    )
    axes[1].axhline(0.5, **GUIDE)
    axes[1].annotate("one line width", (0.012, 0.87))
    axes[1].annotate(r"one density at $\omega_m$", (0.012, 0.06))
    legend_below(figure, axes[0], ncols=4)
    return figure


def locked(q: om.Parameters, corner=0.01, lock=0.1):
    """What is left of E_am under white noise that halves it, the same locked, and locked noise with a corner.

    A lock takes all that is slower than ``lock``, in omega_m; the integral over the rest is a sum.
    """
    s = om.solve(q)
    w, omega_m = push(s, "laser frequency"), q.omega_m
    angle = np.linspace(-1, 1, 20001) * np.arctan(1e3)
    x = np.tan(angle)
    step = omega_m * (angle[1] - angle[0]) / np.cos(angle) ** 2 / (2 * np.pi)
    chi, fast = response(s, w, omega_m * x), step * (abs(x) > lock)
    plain, red = strength_left(s, white(s, w)), strength_left(s, remembered(s, corner))
    noises = [plain * step, plain * fast, red * fast / (1 + (x / corner) ** 2)]
    V1 = np.einsum("nk,ki,kj->nij", noises, chi, chi.conj(), optimize=True).real
    return om.log_negativity(s.V + V1, 2, 3) / s.log_negativity("a", "m")
