"""Where the system has a steady state: maps over detunings and power, below Eq. 9."""

from dataclasses import dataclass

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import brentq

from ..fluctuations import drift_matrix
from ..parameters import PAPER, Parameters, operating_points
from ..steady_state import mean_field as steady_mean_field
from .style import CASE_STYLES, ratio_label, style
from .two_mode_stability import leading

CAPTION = {"cw": -2.5, "ccw": -1.0}  # Delta_c/omega_m printed in the caption of Fig. 4
TITLES = {"stationary": "stationary", "cw": "CW driven", "ccw": "CCW driven"}
COLOURS = mpl.colors.LinearSegmentedColormap.from_list("growth", ["#FBD9BD", "#E07B39", "#7A1F00"])
SCALE = mpl.colors.PowerNorm(0.5, 0.0, 0.3)  # square roots, to see slow growth too
AXES = {
    "power": (np.geomspace(1e-3, 0.5, 81), r"$P$ (W)"),
    "Delta_a": (np.linspace(-3, 3, 81), ratio_label("Delta_a")),
}


@dataclass(frozen=True)
class Data:
    """Growth over Delta_c and one more quantity, for each case.

    detuning : array (m,), Delta_c/omega_m
    name, values : the other quantity, "power" in W or "Delta_a" in omega_m, array (n,)
    growth : case -> complex array (n, m), leading eigenvalue in units of omega_m
    point : case -> (Delta_c/omega_m, other) of the operating point
    """

    mean_field: str
    detuning: np.ndarray
    name: str
    values: np.ndarray
    growth: dict[str, np.ndarray]
    point: dict[str, tuple[float, float]]


def growth(p: Parameters, mean_field="self-consistent"):
    """Eigenvalue of A with the largest real part, in units of omega_m.

    >>> print(growth(PAPER.replace(Delta_c=-PAPER.omega_m)).round(3))
    (0.006+1.015j)
    """
    A = drift_matrix(p, steady_mean_field(p, mean_field))
    return leading(A / np.asarray(p.omega_m)[..., None, None])


def data(p: Parameters = PAPER, other="power", resolution=61, mean_field="self-consistent") -> Data:
    """Maps over Delta_c and ``other``, which is "power" or "Delta_a".

    >>> maps = data(resolution=5)
    >>> {case: f"{(x.real < 0).mean():.2f}" for case, x in maps.growth.items()}
    {'stationary': '0.56', 'cw': '0.68', 'ccw': '0.44'}
    """
    full, _ = AXES[other]
    values = full[np.linspace(0, len(full) - 1, resolution).round().astype(int)]
    detuning = np.linspace(-4, 6, resolution)
    unit = p.omega_m if other == "Delta_a" else 1.0
    maps, points = {}, {}
    for case, q in operating_points(p).items():
        sweep = q.replace(Delta_c=q.omega_m * detuning, **{other: unit * values[:, None]})
        maps[case] = growth(sweep, mean_field)
        points[case] = q.Delta_c / q.omega_m, getattr(q, other) / unit
    return Data(mean_field, detuning, other, values, maps, points)


@dataclass(frozen=True)
class Margin:
    """The edge of stability next to an operating point, moving one parameter at a time.

    Delta_c : edge of the detuning, in rad/s, all else fixed
    power : edge of the power, in W, all else fixed
    """

    Delta_c: float
    power: float


def margins(p: Parameters = PAPER, mean_field="self-consistent"):
    """Case -> (its Parameters, Margin), by root finding on the growth.

    >>> _, margin = margins()["ccw"]
    >>> print(f"{margin.Delta_c / PAPER.omega_m:.3f} {margin.power * 1e3:.1f}")
    2.189 61.3
    """
    result = {}
    for case, q in operating_points(p).items():

        def of_detuning(x, q=q):
            return float(growth(q.replace(Delta_c=x), mean_field).real)

        def of_power(x, q=q):
            return float(growth(q.replace(power=x), mean_field).real)

        detuning = brentq(of_detuning, q.Delta_c - q.omega_m, q.Delta_c)
        result[case] = q, Margin(detuning, brentq(of_power, q.power, 10 * q.power))
    return result


def draw(*rows: Data):
    """A row of three maps for each set of data: white is stable; a cross is the caption's point."""
    with style():
        figure, axes = plt.subplots(
            len(rows), 3, figsize=(8.2, 0.7 + 2.4 * len(rows)), sharex=True, sharey="row", squeeze=False
        )
        for line, d in zip(axes, rows, strict=True):
            for axis, case in zip(line, d.growth, strict=True):
                mesh = _draw_map(axis, d, case)
            line[0].set_ylabel(f"{d.mean_field}\n\n{AXES[d.name][1]}")
        for axis, case in zip(axes[0], rows[0].growth, strict=True):
            axis.set_title(TITLES[case], color=CASE_STYLES[case]["color"])
        for axis in axes[-1]:
            axis.set_xlabel(ratio_label("Delta_c"))
        bar = figure.colorbar(mesh, ax=axes, ticks=[0, 0.01, 0.05, 0.1, 0.2, 0.3], extend="max", aspect=30)
        bar.set_label(r"growth, Re $\lambda / \omega_m$")
        plt.close(figure)
    return figure


def _draw_map(axis, d, case):
    rate = d.growth[case].real
    runaway = (rate > 0) & (np.abs(d.growth[case].imag) < 1e-9)
    shown = np.ma.masked_less_equal(rate, 0)
    mesh = axis.pcolormesh(d.detuning, d.values, shown, norm=SCALE, cmap=COLOURS, shading="nearest")
    axis.contour(d.detuning, d.values, rate, levels=[0], colors="black", linewidths=1.2)
    if runaway.any():
        axis.contourf(d.detuning, d.values, runaway, levels=[0.5, 1], colors=["#0072B2"])
    axis.plot(*d.point[case], "o", color=CASE_STYLES[case]["color"], markeredgecolor="white", markersize=8)
    if case in CAPTION:
        axis.plot(CAPTION[case], d.point[case][1], "X", color="black", markeredgecolor="white", markersize=9)
    if d.name == "power":
        axis.set_yscale("log")
    axis.grid(False)
    return mesh
