"""The eigenvalues of the drift matrix A in the complex plane, as the cavity is detuned."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.stability import eigenvalues

from ..kit.panels import row_of_panels
from ..kit.style import BLACK, CASE_STYLES, CASE_TITLES, UNSTABLE, WHITE, style

SPAN = 1.5  # the detuning moves by this many omega_m to both sides of the operating point


def data(p=om.PAPER, resolution=121, reading="self-consistent"):
    """Move Delta_c past each operating point; all in units of omega_m.

    detuning, eigenvalues : case -> array (n,), and complex array (n, 8)
    at_operating_point : case -> complex array (8,)
    slowest : case -> largest real part there, minus the rate at which all comes to rest
    """
    detuning, paths, here = {}, {}, {}
    for case, q in om.operating_points(p).items():
        detuning[case] = q.Delta_c / q.omega_m + np.linspace(-SPAN, SPAN, resolution)
        paths[case] = eigenvalues(q.replace(Delta_c=q.omega_m * detuning[case]), reading)
        here[case] = eigenvalues(q, reading)
    return SimpleNamespace(
        detuning=detuning, eigenvalues=paths, at_operating_point=here,
        slowest={case: values.real.max() for case, values in here.items()},
    )  # fmt: skip


@style()
def draw(d):
    """A panel for each case: the upper half plane, and the operating point as dots."""
    figure, axes = row_of_panels(3, figsize=(8.2, 3.8))
    for axis, (case, paths) in zip(axes, d.eigenvalues.items(), strict=True):
        _draw_paths(axis, d.detuning[case], paths, d.at_operating_point[case])
        axis.set_title(CASE_TITLES[case], color=CASE_STYLES[case]["color"])
    axes[0].set_ylabel(r"Im $\lambda / \omega_m$")
    return figure


def _draw_paths(axis, detuning, paths, here):
    axis.axvspan(0, 1, **UNSTABLE)
    axis.axvline(0, color=BLACK, linewidth=1)
    shade = np.repeat(detuning - detuning.mean(), 8)
    values = paths.ravel()
    dots = axis.scatter(values.real, values.imag, c=shade, s=7, cmap="viridis", linewidths=0)
    axis.plot(here.real, here.imag, "o", color=BLACK, markersize=6, markeredgecolor=WHITE)
    axis.set(xlim=(-0.75, 0.25), ylim=(-0.15, 4.6), xlabel=r"Re $\lambda / \omega_m$")
    ticks = [-SPAN, 0, SPAN]
    bar = axis.figure.colorbar(dots, ax=axis, location="bottom", ticks=ticks, aspect=30)
    bar.set_ticklabels([f"{detuning.mean() + t:.1f}" for t in ticks])
    bar.set_label(r"$\Delta_c / \omega_m$")
