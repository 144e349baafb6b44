"""Figures of several panels, and the pieces that are drawn into many of them."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from .knobs import QUADRATURES
from .style import CASE_STYLES, DARK, PALE, UNSTABLE


def row_of_panels(count, **options):
    """A figure and its axes, side by side on one vertical scale unless ``sharey`` says otherwise."""
    options = {"figsize": (1.0 + 4.0 * count, 3.8), "sharey": True} | options
    figure, axes = plt.subplots(1, count, squeeze=False, **options)
    return figure, axes[0]


def legend_below(figure, axis, ncols=3):
    """One legend for all panels, with the entries of one of them."""
    figure.legend(*axis.get_legend_handles_labels(), loc="outside lower center", ncols=ncols)


def hatch_unstable(axis, x, values):
    """Hatch the stretches of a curve that are NaN, that is unstable."""
    axis.fill_between(
        x, 0, 1, where=np.isnan(values), transform=axis.get_xaxis_transform(), zorder=0, **UNSTABLE
    )


def unstable_patch():
    """Legend entry for the hatched region."""
    return mpl.patches.Patch(label="unstable: no steady state", **UNSTABLE)


def name_quadratures(axis):
    """Names of the eight quadratures along both axes of a matrix, and lines between the modes."""
    names = [f"${symbol}$" for symbol in QUADRATURES]
    axis.set_xticks(range(8), names, rotation=90)
    axis.set_yticks(range(8), names)
    axis.grid(False)
    for edge in (1.5, 3.5, 5.5):
        axis.axhline(edge, color=DARK, linewidth=0.8)
        axis.axvline(edge, color=DARK, linewidth=0.8)


def ellipse(C, points=181):
    """Points (points, 2) one standard deviation from the centre of a 2x2 covariance matrix."""
    angle = np.linspace(0, 2 * np.pi, points)
    return np.stack([np.cos(angle), np.sin(angle)], -1) @ np.linalg.cholesky(C).T


def noise_ellipses(axes, pairs):
    """On three axes, for each case: atoms alone, mirror alone, and the joint plane of the least noise."""
    views = (lambda x: x.V[:2, :2], lambda x: x.V[2:, 2:], lambda x: x.plane)
    titles = ("atoms alone", "mirror alone", "both, in the quietest plane")
    labels = (("$x$", "$y$"), ("$q$", "$p$"), ("atoms", "mirror"))
    for axis, view, title, (x, y) in zip(axes, views, titles, labels, strict=True):
        axis.fill(*ellipse(np.eye(2) / 2).T, color=PALE, label="vacuum")
        for case, found in pairs.items():
            axis.plot(*ellipse(view(found)).T, **CASE_STYLES[case])
        axis.set(title=title, xlabel=x, ylabel=y, aspect="equal")
