"""Backscattering by something at rest, of any phase, and by a rough rim that turns."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.paper.observables import E_am, E_am_peak
from omcore.paper.roughness import over_a_turn

from ..kit.knobs import axis_label
from ..kit.panels import row_of_panels
from ..kit.style import CASE_STYLES, CASE_TITLES, EDGE, style
from ..kit.tables import Table

STRENGTHS = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0])


def data(p=om.PAPER, strength=STRENGTHS, phases=12):
    """Largest E_am, each at its own best detuning, light from one side.

    strength, phase : arrays (m,) and (n,), J/omega_m and rad
    E_am : case -> array (n, m), of a scatterer at rest
    spread : case -> array (m,), how far that reaches over the phase
    turning : spinning case -> array (3, m), of a rough rim: average, smallest and largest in a turn
    without : case -> E_am without backscattering
    """
    phase, strength = np.arange(phases) * 2 * np.pi / phases, np.asarray(strength)
    heights, turning, without = {}, {}, {}
    for case, q in om.operating_points(p).items():
        best, without[case] = E_am_peak(q)
        still = q.in_omega_m(backscattering=strength).replace(backscattering_phase=phase[:, None])
        heights[case] = E_am(highest(still, np.arange(-4, 6, 0.05), E_am))
        if q.angular_velocity:
            rough, near = q.in_omega_m(backscattering=strength), best + np.arange(-0.6, 0.7, 0.1)
            E = on_the_rim(highest(rough, near, lambda r: on_the_rim(r).mean(0)))
            turning[case] = np.array([E.mean(0), E.min(0), E.max(0)])
    return SimpleNamespace(
        strength=strength, phase=phase, E_am=heights, turning=turning, without=without,
        spread={case: np.ptp(E, axis=0) for case, E in heights.items()},
    )  # fmt: skip


def on_the_rim(p):
    """E_am with a rough rim, at sixteen phases of its turn along the first axis."""
    return over_a_turn(p).log_negativity("a", "m")[1:]


def highest(p: om.Parameters, detuning, height) -> om.Parameters:
    """Each point at the Delta_c of the largest height: on a row of detunings, then ten times closer.

    >>> found = highest(om.PAPER, np.arange(1.5, 3.5, 0.1), E_am)
    >>> print(f"{found.Delta_c / om.PAPER.omega_m:.2f}")
    2.49
    """
    best, step = np.zeros(p.shape), detuning[1] - detuning[0]
    for row in (detuning, step * np.linspace(-1, 1, 21)):
        x = best + row.reshape(-1, *[1] * len(p.shape))
        top = np.nanargmax(height(p.in_omega_m(Delta_c=x)), axis=0)
        best = np.take_along_axis(x, top[None], axis=0)[0]
    return p.in_omega_m(Delta_c=best)


def table(d, strength):
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


@style()
def draw(d):
    """One panel for each case: the band of all phases, and the rough rim with the band of its turn."""
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
        axis.set(title=CASE_TITLES[case], xlabel=axis_label("backscattering"), ylim=(0, None))
        axis.legend(loc="lower left", fontsize=8)
    axes[0].set_ylabel(r"largest $E_{a-m}$")
    return figure
