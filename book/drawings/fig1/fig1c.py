"""Fig. 1(c): atom-mirror entanglement against the detuning of the cavity."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.paper.observables import E_am, E_am_peak

from ..kit.knobs import axis_label
from ..kit.operating import over_stationary
from ..kit.panels import legend_below, row_of_panels
from ..kit.style import BLACK, CASE_STYLES, GUIDE, style

RANGE = (-2.5, 5.0)  # of Delta_c/omega_m


def data(p=om.PAPER, resolution=601, reading="self-consistent"):
    """The three curves, and their peaks by optimisation.

    detuning : array (resolution,), Delta_c/omega_m
    E_am : case -> array (resolution,), NaN where unstable
    peaks : case -> (Delta_c/omega_m, E_am) of the largest E_am
    enhancement : case -> largest E_am over that of the stationary resonator
    """
    detuning = np.linspace(*RANGE, resolution)
    curves, peaks = {}, {}
    for case, q in om.operating_points(p).items():
        curves[case] = E_am(q.in_omega_m(Delta_c=detuning), reading)
        peaks[case] = E_am_peak(q, reading)
    return SimpleNamespace(
        reading=reading, detuning=detuning, E_am=curves, peaks=peaks, enhancement=over_stationary(peaks)
    )  # fmt: skip


@style()
def draw(*panels):
    """One panel for each set of data, on shared axes; a dot marks each peak."""
    figure, axes = row_of_panels(len(panels))
    for axis, panel in zip(axes, panels, strict=True):
        for case, curve in panel.E_am.items():
            axis.plot(panel.detuning, curve, **CASE_STYLES[case])
            axis.plot(*panel.peaks[case], "o", color=CASE_STYLES[case]["color"], markersize=5)
        axis.set(title=panel.reading, xlabel=axis_label("Delta_c"), xlim=RANGE, ylim=(0, None))
    axes[0].set_ylabel(r"$E_{a-m}$")
    legend_below(figure, axes[0])
    return figure


def rotation(p=om.PAPER, angular_velocity=None, reading="self-consistent"):
    """Follow the peak of E_am while the resonator spins up: where the paper stops.

    angular_velocity : array (n,), rad/s
    detuning, E_am : direction -> array (n,), position Delta_c/omega_m and height of the peak
    at_rest : height of the peak of the stationary resonator
    """
    if angular_velocity is None:
        angular_velocity = np.geomspace(1e3, 3e5, 41)
    detuning, height = {}, {}
    for drive in ("cw", "ccw"):
        spun = p.replace(drive=drive, angular_velocity=angular_velocity)
        detuning[drive], height[drive] = E_am_peak(spun, reading)
    _, at_rest = E_am_peak(p.replace(angular_velocity=0.0), reading)
    return SimpleNamespace(
        reading=reading, angular_velocity=angular_velocity, detuning=detuning,
        E_am=height, at_rest=at_rest,
    )  # fmt: skip


@style()
def draw_rotation(*panels):
    """Height of the peak over that at rest, against the angular velocity."""
    figure, axes = row_of_panels(len(panels))
    for axis, panel in zip(axes, panels, strict=True):
        for drive, E in panel.E_am.items():
            axis.semilogx(panel.angular_velocity, E / panel.at_rest, **CASE_STYLES[drive])
        axis.axhline(1, color=BLACK, linewidth=1)
        axis.axvline(om.PAPER.angular_velocity, **GUIDE)
        axis.set(
            title=panel.reading, xlabel=axis_label("angular_velocity", "rad/s"), ylim=(0, None)
        )
    axes[0].set_ylabel(r"peak of $E_{a-m}$ over that at rest")
    legend_below(figure, axes[0], ncols=2)
    return figure
