"""One cavity mode and the mirror: which instability waits where (Routh-Hurwitz, below Eq. 9)."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.stability import by_growth

from ..kit.panels import legend_below
from ..kit.style import EMBERS, PALE, SIENNA, UMBER, WHITE, style


def drift(detuning, coupling, kappa, gamma_m):
    r"""Drift matrix of (X, Y, q, p): Eq. 8 without atoms and second mode, in units of omega_m.

    Parameters
    ----------
    detuning : array, :math:`\tilde\Delta/\omega_m`, shifted by the mirror
    coupling : array that broadcasts with it, :math:`G/\omega_m = \sqrt2\,G_0|\alpha|/\omega_m`
    kappa, gamma_m : numbers

    Returns
    -------
    array (..., 4, 4)
    """
    A = np.zeros((*np.broadcast_shapes(np.shape(detuning), np.shape(coupling)), 4, 4))
    A[..., 0, 0] = A[..., 1, 1] = -kappa
    A[..., 0, 1], A[..., 1, 0] = detuning, -np.asarray(detuning)
    A[..., 1, 2] = A[..., 3, 0] = coupling
    A[..., 2, 3], A[..., 3, 2], A[..., 3, 3] = 1.0, -1.0, -gamma_m
    return A


def thresholds(detuning, kappa, gamma_m):
    r"""Couplings at which ``drift`` turns unstable, by Routh and Hurwitz, below Eq. 9.

    A real eigenvalue crosses zero at the fold, :math:`G^2 = (\kappa^2 + \tilde\Delta^2)/\tilde\Delta`,
    which needs a positive detuning; a pair crosses at the Hopf point,

    .. math:: G^2 = \frac{a_1 a_2 a_3 - a_1^2 - a_3^2 a_0}{-\tilde\Delta\,a_3^2},

    which needs a negative one, with the :math:`a_k` of
    :math:`\lambda^4 + a_3\lambda^3 + a_2\lambda^2 + a_1\lambda + a_0` at G = 0.

    Parameters
    ----------
    detuning : array, in units of omega_m
    kappa, gamma_m : numbers, in units of omega_m

    Returns
    -------
    fold, hopf : arrays of the detuning's shape, in units of omega_m; NaN on the side without one

    Examples
    --------
    >>> fold, hopf = thresholds(np.array([1.0, -1.0]), 0.6, 1e-4)
    >>> fold.round(4), hopf.round(4)
    (array([1.1662,    nan]), array([   nan, 0.0114]))
    """
    x, k, g = np.asarray(detuning, float), kappa, gamma_m
    a3, a2, a1 = g + 2 * k, k**2 + x**2 + 1 + 2 * g * k, g * (k**2 + x**2) + 2 * k
    uncoupled = a1 * a2 * a3 - a1**2 - a3**2 * (k**2 + x**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        fold, hopf = np.sqrt((k**2 + x**2) / x), np.sqrt(uncoupled / (-x)) / a3
    return fold, hopf


def data(kappa=None, gamma_m=None, resolution=121):
    """Eigenvalues on a grid, and the closed forms; all in units of omega_m, by default the paper's rates.

    detuning, coupling : arrays (m,) and (n,), of the shifted cavity, and the linearised G
    growth : complex array (n, m), the eigenvalue with the largest real part
    fold, hopf : arrays (m,), the thresholds of G
    """
    kappa = om.PAPER.kappa / om.PAPER.omega_m if kappa is None else kappa
    gamma_m = om.PAPER.gamma_m / om.PAPER.omega_m if gamma_m is None else gamma_m
    detuning = np.linspace(-3, 3, resolution)
    coupling = np.geomspace(1e-3, 3, resolution)
    A = drift(detuning, coupling[:, None], kappa, gamma_m)
    fold, hopf = thresholds(detuning, kappa, gamma_m)
    return SimpleNamespace(
        detuning=detuning, coupling=coupling, growth=by_growth(A)[..., 0], fold=fold, hopf=hopf
    )


@style()
def draw(d):
    """Two kinds of instability as areas, the closed forms as lines."""
    unstable = d.growth.real > 0
    oscillating = np.abs(d.growth.imag) > 1e-9
    kind = np.where(unstable, np.where(oscillating, 1.5, 2.5), 0.5)
    figure, axis = plt.subplots(figsize=(6.2, 4.0))
    colours = (WHITE, EMBERS[0], PALE)
    axis.contourf(d.detuning, d.coupling, kind, levels=[0, 1, 2, 3], colors=colours)
    axis.semilogy(d.detuning, d.fold, color=UMBER, linestyle="--", label="fold, closed form")
    axis.semilogy(d.detuning, d.hopf, color=SIENNA, label="Hopf, closed form")
    axis.text(-1.5, 0.3, "oscillation grows", ha="center")
    axis.text(1.2, 1.9, "displacement runs away", ha="center")
    axis.text(1.5, 0.03, "stable", ha="center")
    axis.set(xlabel=r"$\tilde\Delta / \omega_m$", ylabel=r"$G / \omega_m$")
    axis.set(xlim=(d.detuning[0], d.detuning[-1]), ylim=(d.coupling[0], d.coupling[-1]))
    legend_below(figure, axis, ncols=2)
    return figure
