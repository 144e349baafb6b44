"""Fig. 4: the minimum residual contangle of the driven mode, the atoms and the mirror."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.paper.observables import TRIPLE, R, R_map_peak, R_peak

from ..kit.knobs import axis_label
from ..kit.maps import draw_rows
from ..kit.operating import ATOMS, RATES, at_rates, over_stationary, points
from ..kit.panels import legend_below, row_of_panels
from ..kit.style import CASE_STYLES, style

RANGE = (-3.0, 3.0)  # of Delta_a/omega_m
LEVELS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.2)  # of the contours


def data(p=om.PAPER, resolution=401, reading="self-consistent", cavity=None):
    """Panel (a): R over Delta_a/omega_m.

    ``cavity`` gives other Delta_c/omega_m, such as ``kit.operating.FIG4_CAPTION``.

    detuning : array (resolution,), Delta_a/omega_m
    R : case -> array (resolution,), NaN where unstable
    peaks : case -> (Delta_a/omega_m, R), the largest R between -2 and 0, by optimisation; NaN if a case
        is unstable throughout
    enhancement : case -> that R over that of the stationary resonator
    """
    detuning = np.linspace(*RANGE, resolution)
    curves, peaks = {}, {}
    for case, q in points(p, cavity=cavity).items():
        curves[case] = R(q.replace(Delta_a=detuning * q.omega_m), reading)
        peaks[case] = R_peak(q, reading)
    return SimpleNamespace(
        reading=reading,
        detuning=detuning,
        R=curves,
        peaks=peaks,
        enhancement=over_stationary(peaks),
    )


def data_maps(p=om.PAPER, resolution=141, reading="self-consistent", atoms=ATOMS, cavity=None):
    """Panels (b)-(d): R over (kappa, gamma_a), both in units of omega_m.

    The caption calls the atomic detuning optimal and gives no number. ``atoms`` is Delta_a/omega_m:
    -1, as in Fig. 3, or a number for each case, such as where panel (a) has its peaks.

    rates : array (resolution,), both axes
    R : case -> array (resolution, resolution), NaN where unstable; gamma_a along the first axis
    peaks : case -> (kappa, gamma_a, R) of the largest R on the map, by optimisation
    paper : (kappa, gamma_a) of the paper, in units of omega_m
    """
    rates = np.geomspace(*RATES, resolution)
    maps, peaks = {}, {}
    for case, q in points(p, atoms, cavity).items():
        maps[case] = at_rates(q, rates, rates[:, None], reading).residual_contangle(*TRIPLE)
        peaks[case] = R_map_peak(q, reading, RATES)
    paper = om.PAPER.kappa / p.omega_m, om.PAPER.gamma_a / p.omega_m
    return SimpleNamespace(reading=reading, rates=rates, R=maps, peaks=peaks, paper=paper)


@style()
def draw(*panels):
    """Panel (a) for each set of data, each on its own scale; a dot marks the peak between -2 and 0."""
    figure, axes = row_of_panels(len(panels), sharey=False)
    for axis, panel in zip(axes, panels, strict=True):
        for case, curve in panel.R.items():
            look = CASE_STYLES[case]
            label = look["label"] + (" (unstable throughout)" if np.isnan(curve).all() else "")
            axis.plot(panel.detuning, curve, **look | {"label": label})
            axis.plot(*panel.peaks[case], "o", color=look["color"], markersize=5)
        axis.set(title=panel.reading, xlabel=axis_label("Delta_a"), xlim=RANGE)
        axis.set_ylim(bottom=1.05 * min(np.nanmin([0.0, *curve]) for curve in panel.R.values()))
    axes[0].set_ylabel(r"$R_\tau$")
    legend_below(figure, axes[0])
    return figure


def draw_maps(*panels):
    """Panels (b)-(d): a row of three maps for each set of data, on one colour scale."""
    rows = [(panel.reading, panel.rates, panel.R, panel.paper) for panel in panels]
    return draw_rows(rows, r"$R_\tau$", LEVELS, "bcd")
