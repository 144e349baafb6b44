"""Where the system has a steady state: maps over detunings and power, below Eq. 9."""

from types import SimpleNamespace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.stability import eigenvalues

from ..kit.knobs import axis_label
from ..kit.operating import FIG4_CAPTION
from ..kit.style import BLACK, CASE_STYLES, CASE_TITLES, EMBERS, WHITE, style

CAPTION = {case: FIG4_CAPTION[case] for case in ("cw", "ccw")}  # Delta_c/omega_m
COLOURS = mpl.colors.LinearSegmentedColormap.from_list("growth", EMBERS)
SCALE = mpl.colors.PowerNorm(0.5, 0.0, 0.3)  # square roots, to see slow growth too
AXES = {
    "power": (np.geomspace(1e-3, 0.5, 81), r"$P$ (W)"),
    "Delta_a": (np.linspace(-3, 3, 81), axis_label("Delta_a")),
}


def data(p=om.PAPER, other="power", resolution=61, reading="self-consistent"):
    """Growth over Delta_c and ``other``, which is "power" or "Delta_a".

    detuning : array (m,), Delta_c/omega_m
    name, values : the other quantity, "power" in W or "Delta_a" in omega_m, array (n,)
    growth : case -> complex array (n, m), leading eigenvalue in units of omega_m
    point : case -> (Delta_c/omega_m, other) of the operating point
    """
    full, _ = AXES[other]
    values = full[np.linspace(0, len(full) - 1, resolution).round().astype(int)]
    detuning = np.linspace(-4, 6, resolution)
    unit = p.omega_m if other == "Delta_a" else 1.0
    maps, points = {}, {}
    for case, q in om.operating_points(p).items():
        sweep = q.replace(Delta_c=q.omega_m * detuning, **{other: unit * values[:, None]})
        maps[case] = eigenvalues(sweep, reading)[..., 0]
        points[case] = q.Delta_c / q.omega_m, getattr(q, other) / unit
    return SimpleNamespace(
        reading=reading, detuning=detuning, name=other, values=values, growth=maps, point=points
    )


@style()
def draw(*rows):
    """A row of three maps for each set of data: white is stable; a cross is the caption's point."""
    figure, axes = plt.subplots(
        len(rows), 3, figsize=(8.2, 0.7 + 2.4 * len(rows)), sharex=True, sharey="row", squeeze=False
    )
    for line, d in zip(axes, rows, strict=True):
        for axis, case in zip(line, d.growth, strict=True):
            mesh = _draw_map(axis, d, case)
        line[0].set_ylabel(f"{d.reading}\n\n{AXES[d.name][1]}")
    for axis, case in zip(axes[0], rows[0].growth, strict=True):
        axis.set_title(CASE_TITLES[case], color=CASE_STYLES[case]["color"])
    for axis in axes[-1]:
        axis.set_xlabel(axis_label("Delta_c"))
    ticks = [0, 0.01, 0.05, 0.1, 0.2, 0.3]
    bar = figure.colorbar(mesh, ax=axes, ticks=ticks, extend="max", aspect=30)
    bar.set_label(r"growth, Re $\lambda / \omega_m$")
    return figure


def _draw_map(axis, d, case):
    """Growth in colour; blue where an eigenvalue grows without oscillating."""
    rate = d.growth[case].real
    runaway = (rate > 0) & (np.abs(d.growth[case].imag) < 1e-9)
    shown = np.ma.masked_less_equal(rate, 0)
    mesh = axis.pcolormesh(
        d.detuning, d.values, shown, norm=SCALE, cmap=COLOURS, shading="nearest", rasterized=True
    )
    axis.contour(d.detuning, d.values, rate, levels=[0], colors=BLACK, linewidths=1.2)
    if runaway.any():
        axis.contourf(d.detuning, d.values, runaway, levels=[0.5, 1], colors=[BLACK])
    x, y = d.point[case]
    axis.plot(x, y, "o", color=CASE_STYLES[case]["color"], mec=WHITE, markersize=8)
    if case in CAPTION:
        axis.plot(CAPTION[case], y, "X", color=BLACK, mec=WHITE, markersize=9)
    if d.name == "power":
        axis.set_yscale("log")
    axis.grid(False)
    return mesh
