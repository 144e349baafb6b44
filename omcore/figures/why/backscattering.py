"""Backscattering of any strength and phase: where it helps and hurts, at rest and spinning."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ...paper.mechanisms import peak
from ...parameters import PAPER, Parameters, operating_points
from ..kit.panels import row_of_panels
from ..kit.style import CASE_STYLES, CASE_TITLES, EDGE, ratio_label, style

STRENGTHS = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0])


@dataclass(frozen=True)
class Data:
    """Largest E_am, each at its own best detuning, light from one side.

    strength, phase : arrays (m,) and (n,), J/omega_m and rad
    E_am : case -> array (n, m)
    without : case -> E_am without backscattering
    """

    strength: np.ndarray
    phase: np.ndarray
    E_am: dict[str, np.ndarray]
    without: dict[str, float]

    def spread(self, case):
        """Largest less smallest E_am over the phase, over that without backscattering, array (m,)."""
        return np.ptp(self.E_am[case], axis=0) / self.without[case]


def data(p: Parameters = PAPER, strength=STRENGTHS, phases=8, reading="self-consistent") -> Data:
    """Sweep strength and phase in the three cases.

    >>> d = data(strength=np.array([0.1]), phases=2)
    >>> print({case: d.spread(case).round(2).tolist() for case in d.without})
    {'stationary': [0.48], 'cw': [0.08], 'ccw': [0.06]}
    """
    phase, E, without = np.arange(phases) * 2 * np.pi / phases, {}, {}
    for case, q in operating_points(p).items():
        scattered = lambda J, x, q=q: q.replace(
            backscattering=J * q.omega_m, backscattering_phase=x
        )
        E[case] = np.array(
            [[peak(scattered(J, x), reading=reading)[1] for J in strength] for x in phase]
        )
        without[case] = peak(q, reading=reading)[1]
    return Data(np.asarray(strength), phase, E, without)


def draw(d: Data):
    """One panel for each case: the band that the phases span, and two phases in it."""
    with style():
        figure, axes = row_of_panels(3, figsize=(10.5, 3.6))
        half = len(d.phase) // 2
        for axis, (case, E) in zip(axes, d.E_am.items(), strict=True):
            colour = CASE_STYLES[case]["color"]
            axis.fill_between(
                d.strength, E.min(0), E.max(0), color=colour, alpha=0.15, label="all phases"
            )
            axis.semilogx(d.strength, E[0], "-", color=colour, label=r"$\theta_J = 0$")
            axis.semilogx(d.strength, E[half], "--", color=colour, label=r"$\theta_J = \pi$")
            axis.axhline(d.without[case], **EDGE)
            axis.set(title=CASE_TITLES[case], xlabel=ratio_label("backscattering"), ylim=(0, None))
            axis.legend(loc="lower left", fontsize=8)
        axes[0].set_ylabel(r"largest $E_{a-m}$")
        plt.close(figure)
    return figure
