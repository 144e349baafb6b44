"""One cavity mode and the mirror: which instability waits where (Routh-Hurwitz, below Eq. 9)."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ...parameters import PAPER
from ...stability import by_growth, two_mode_drift, two_mode_thresholds
from ..kit.panels import legend_below
from ..kit.style import BLUE, PALE_BLUE, PALE_ORANGE, VERMILION, WHITE, style


@dataclass(frozen=True)
class Data:
    """The plane of detuning and coupling, all rates in units of omega_m.

    detuning : array (m,), shifted detuning of the cavity mode
    coupling : array (n,), linearised coupling G
    growth : complex array (n, m), the eigenvalue with the largest real part
    fold, hopf : arrays (m,), the closed-form thresholds of G; NaN on the side without one
    """

    detuning: np.ndarray
    coupling: np.ndarray
    growth: np.ndarray
    fold: np.ndarray
    hopf: np.ndarray


def data(kappa=None, gamma_m=None, resolution=121) -> Data:
    """Eigenvalues on a grid, and the closed forms; by default with the rates of the paper.

    >>> d = data(resolution=21)
    >>> bool((d.growth[0].real < 0).all())
    True
    """
    kappa = PAPER.kappa / PAPER.omega_m if kappa is None else kappa
    gamma_m = PAPER.gamma_m / PAPER.omega_m if gamma_m is None else gamma_m
    detuning = np.linspace(-3, 3, resolution)
    coupling = np.geomspace(1e-3, 3, resolution)
    A = two_mode_drift(detuning, coupling[:, None], kappa, gamma_m)
    edges = two_mode_thresholds(detuning, kappa, gamma_m)
    return Data(detuning, coupling, by_growth(A)[..., 0], *edges)


def draw(d: Data):
    """Two kinds of instability as areas, the closed forms as lines."""
    unstable = d.growth.real > 0
    oscillating = np.abs(d.growth.imag) > 1e-9
    kind = np.where(unstable, np.where(oscillating, 1.5, 2.5), 0.5)
    with style():
        figure, axis = plt.subplots(figsize=(6.2, 4.0))
        colours = (WHITE, PALE_ORANGE, PALE_BLUE)
        axis.contourf(d.detuning, d.coupling, kind, levels=[0, 1, 2, 3], colors=colours)
        axis.semilogy(d.detuning, d.fold, color=BLUE, linestyle="--", label="fold, closed form")
        axis.semilogy(d.detuning, d.hopf, color=VERMILION, label="Hopf, closed form")
        axis.text(-1.5, 0.3, "oscillation grows", ha="center")
        axis.text(1.2, 1.9, "displacement runs away", ha="center")
        axis.text(1.5, 0.03, "stable", ha="center")
        axis.set(xlabel=r"$\tilde\Delta / \omega_m$", ylabel=r"$G / \omega_m$")
        axis.set(xlim=(d.detuning[0], d.detuning[-1]), ylim=(d.coupling[0], d.coupling[-1]))
        legend_below(figure, axis, ncols=2)
        plt.close(figure)
    return figure
