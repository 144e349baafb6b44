"""Backscattering by something at rest, of any phase, and by a rough rim that turns."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.paper.observables import E_am, E_am_peak
from omcore.paper.roughness import over_a_turn
from omcore.parameters import Parameters

from ..kit.panels import row_of_panels
from ..kit.style import CASE_STYLES, CASE_TITLES, EDGE, ratio_label, style
from ..kit.tables import Table

STRENGTHS = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0])


@dataclass(frozen=True)
class Data:
    """Largest E_am, each at its own best detuning, light from one side.

    strength, phase : arrays (m,) and (n,), J/omega_m and rad
    E_am : case -> array (n, m), of a scatterer at rest
    turning : spinning case -> array (3, m), of a rough rim: average, smallest and largest in a turn
    without : case -> E_am without backscattering
    """

    strength: np.ndarray
    phase: np.ndarray
    E_am: dict[str, np.ndarray]
    turning: dict[str, np.ndarray]
    without: dict[str, float]

    def spread(self, case):
        """Largest less smallest E_am over the phase of a scatterer at rest, array (m,)."""
        return np.ptp(self.E_am[case], axis=0)


def data(p: Parameters = PAPER, strength=STRENGTHS, phases=12) -> Data:
    """Sweep strength and phase in the three cases, and the rough rim of those that spin.

    >>> d = data(strength=np.array([0.1]), phases=2)
    >>> print({case: d.spread(case).round(3).tolist() for case in d.without})
    {'stationary': [0.035], 'cw': [0.01], 'ccw': [0.008]}
    >>> print({case: E.round(4).ravel().tolist() for case, E in d.turning.items()})
    {'cw': [0.1272, 0.126, 0.1284], 'ccw': [0.1359, 0.1341, 0.1377]}
    """
    phase, strength = np.arange(phases) * 2 * np.pi / phases, np.asarray(strength)
    heights, turning, without = {}, {}, {}
    for case, q in operating_points(p).items():
        best, without[case] = E_am_peak(q)
        still = q.in_omega_m(backscattering=strength).replace(backscattering_phase=phase[:, None])
        heights[case] = E_am(highest(still, np.arange(-4, 6, 0.05), E_am))
        if q.angular_velocity:
            rough, near = q.in_omega_m(backscattering=strength), best + np.arange(-0.6, 0.7, 0.1)
            E = on_the_rim(highest(rough, near, lambda r: on_the_rim(r).mean(0)))
            turning[case] = np.array([E.mean(0), E.min(0), E.max(0)])
    return Data(strength, phase, heights, turning, without)


def on_the_rim(p):
    """E_am with a rough rim, at sixteen phases of its turn along the first axis."""
    return over_a_turn(p).log_negativity("a", "m")[1:]


def highest(p: Parameters, detuning, height) -> Parameters:
    """Each point at the Delta_c of the largest height: on a row of detunings, then ten times closer.

    >>> found = highest(PAPER, np.arange(1.5, 3.5, 0.1), E_am)
    >>> print(f"{found.Delta_c / PAPER.omega_m:.2f}")
    2.49
    """
    best, step = np.zeros(p.shape), detuning[1] - detuning[0]
    for row in (detuning, step * np.linspace(-1, 1, 21)):
        x = best + row.reshape(-1, *[1] * len(p.shape))
        top = np.nanargmax(height(p.in_omega_m(Delta_c=x)), axis=0)
        best = np.take_along_axis(x, top[None], axis=0)[0]
    return p.in_omega_m(Delta_c=best)


def table(d: Data, strength):
    """Heights at one strength: without, with a scatterer at rest of any phase, with a rough rim."""
    at, rows = int(np.argmin(abs(d.strength - strength))), []
    for case, E in d.E_am.items():
        turning = "as the scatterer at rest"
        if case in d.turning:
            turning = "{:.4f}, in a turn {:.4f} to {:.4f}".format(*d.turning[case][:, at])
        still = f"{E[:, at].min():.4f} to {E[:, at].max():.4f}"
        rows.append([case, f"{d.without[case]:.4f}", still, turning])
    header = [f"largest $E_{{a-m}}$ at $J = {strength}\\,\\omega_m$", "without"]
    header += ["scatterer at rest, any phase", "rough rim, average"]
    return Table(header, rows)


def draw(d: Data):
    """One panel for each case: the band of all phases, and the rough rim with the band of its turn."""
    with style():
        figure, axes = row_of_panels(3, figsize=(10.5, 4.2), layout="compressed")
        half = len(d.phase) // 2
        for axis, (case, E) in zip(axes, d.E_am.items(), strict=True):
            colour = CASE_STYLES[case]["color"]
            band = {"color": colour, "linewidth": 0}
            axis.fill_between(d.strength, E.min(0), E.max(0), alpha=0.15, **band)
            for k, look, angle in ((0, ":", "0"), (half, "--", r"\pi")):
                label = rf"scatterer at rest, $\theta_J = {angle}$"
                axis.semilogx(d.strength, E[k], look, color=colour, label=label)
            if case in d.turning:
                mean, low, high = d.turning[case]
                axis.fill_between(d.strength, low, high, alpha=0.35, **band)
                axis.plot(d.strength, mean, color=colour, label="rough rim, turning")
            axis.axhline(d.without[case], **EDGE)
            axis.set(title=CASE_TITLES[case], xlabel=ratio_label("backscattering"), ylim=(0, None))
            axis.legend(loc="lower left", fontsize=8)
        axes[0].set_ylabel(r"largest $E_{a-m}$")
        plt.close(figure)
    return figure
