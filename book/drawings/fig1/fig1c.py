"""Fig. 1(c): atom-mirror entanglement against the detuning of the cavity."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.paper.observables import E_am, E_am_peak
from omcore.parameters import Parameters

from ..kit.cases import over_stationary
from ..kit.panels import legend_below, row_of_panels
from ..kit.style import BLACK, CASE_STYLES, GUIDE, quantity_label, ratio_label, style

RANGE = (-2.5, 5.0)  # of Delta_c/omega_m


@dataclass(frozen=True)
class Data:
    """The three curves: E_am over Delta_c/omega_m for each case, and their peaks.

    detuning : array (resolution,)
    E_am : case -> array (resolution,), NaN where unstable
    peaks : case -> (Delta_c/omega_m, E_am) of the largest E_am, by optimisation
    """

    reading: str
    detuning: np.ndarray
    E_am: dict[str, np.ndarray]
    peaks: dict[str, tuple[float, float]]

    @property
    def enhancement(self):
        """Largest E_am of each case over that of the stationary resonator."""
        return over_stationary(self.peaks)


def data(p: Parameters = PAPER, resolution=601, reading="self-consistent") -> Data:
    """Compute the three curves and their peaks.

    >>> peaks = data(resolution=11).peaks
    >>> print(f"{peaks['stationary'][0]:.3f}")
    0.937
    """
    detuning = np.linspace(*RANGE, resolution)
    curves, peaks = {}, {}
    for case, q in operating_points(p).items():
        curves[case] = E_am(q.in_omega_m(Delta_c=detuning), reading)
        peaks[case] = E_am_peak(q, reading)
    return Data(reading, detuning, curves, peaks)


def draw(*panels: Data):
    """One panel for each set of data, on shared axes; a dot marks each peak."""
    with style():
        figure, axes = row_of_panels(len(panels))
        for axis, panel in zip(axes, panels, strict=True):
            for case, curve in panel.E_am.items():
                axis.plot(panel.detuning, curve, **CASE_STYLES[case])
                axis.plot(*panel.peaks[case], "o", color=CASE_STYLES[case]["color"], markersize=5)
            axis.set(title=panel.reading, xlabel=ratio_label("Delta_c"), xlim=RANGE, ylim=(0, None))
        axes[0].set_ylabel(r"$E_{a-m}$")
        legend_below(figure, axes[0])
        plt.close(figure)
    return figure


@dataclass(frozen=True)
class Rotation:
    """The peak of E_am against the angular velocity, for both directions of the drive.

    angular_velocity : array (n,), rad/s
    detuning, E_am : direction -> array (n,), position Delta_c/omega_m and height of the peak
    at_rest : height of the peak of the stationary resonator
    """

    reading: str
    angular_velocity: np.ndarray
    detuning: dict[str, np.ndarray]
    E_am: dict[str, np.ndarray]
    at_rest: float


def rotation(p: Parameters = PAPER, angular_velocity=None, reading="self-consistent") -> Rotation:
    """Follow the peaks while the resonator spins up: where the paper stops.

    >>> spun = rotation(angular_velocity=np.array([3e5]))
    >>> print({case: round(float(E[0] / spun.at_rest), 2) for case, E in spun.E_am.items()})
    {'cw': 1.97, 'ccw': 1.97}
    """
    if angular_velocity is None:
        angular_velocity = np.geomspace(1e3, 3e5, 41)
    detuning, height = {}, {}
    for drive in ("cw", "ccw"):
        spun = p.replace(drive=drive, angular_velocity=angular_velocity)
        detuning[drive], height[drive] = E_am_peak(spun, reading)
    _, at_rest = E_am_peak(p.replace(angular_velocity=0.0), reading)
    return Rotation(reading, angular_velocity, detuning, height, at_rest)


def draw_rotation(*panels: Rotation):
    """Height of the peak over that at rest, against the angular velocity."""
    with style():
        figure, axes = row_of_panels(len(panels))
        for axis, panel in zip(axes, panels, strict=True):
            for drive, E in panel.E_am.items():
                axis.semilogx(panel.angular_velocity, E / panel.at_rest, **CASE_STYLES[drive])
            axis.axhline(1, color=BLACK, linewidth=1)
            axis.axvline(PAPER.angular_velocity, **GUIDE)
            axis.set(title=panel.reading, xlabel=quantity_label("angular_velocity"), ylim=(0, None))
        axes[0].set_ylabel(r"peak of $E_{a-m}$ over that at rest")
        legend_below(figure, axes[0], ncols=2)
        plt.close(figure)
    return figure
