"""One cavity mode and the mirror: which instability waits where (Routh-Hurwitz, below Eq. 9)."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ..parameters import PAPER
from .style import style


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


def two_mode_drift(detuning, coupling, kappa, gamma_m):
    """Drift matrix of (X, Y, q, p), Eq. 8 without atoms and second mode, in units of omega_m.

    >>> two_mode_drift(1.0, 0.5, 0.6, 0.0)[3]
    array([ 0.5,  0. , -1. , -0. ])
    """
    A = np.zeros((*np.broadcast_shapes(np.shape(detuning), np.shape(coupling)), 4, 4))
    A[..., 0, 0] = A[..., 1, 1] = -kappa
    A[..., 0, 1], A[..., 1, 0] = detuning, -np.asarray(detuning)
    A[..., 1, 2] = A[..., 3, 0] = coupling
    A[..., 2, 3], A[..., 3, 2], A[..., 3, 3] = 1.0, -1.0, -gamma_m
    return A


def thresholds(detuning, kappa, gamma_m):
    """Coupling at the fold (detuning > 0) and at the Hopf point (detuning < 0), omega_m = 1.

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


def leading(A):
    """Eigenvalue of A with the largest real part, the one above the real axis of a pair.

    >>> print(leading(two_mode_drift(0.0, 0.0, 0.6, 0.2)).round(3))
    (-0.1+0.995j)
    """
    values = np.linalg.eigvals(A)
    top = np.argmax(values.real + 1e-9 * np.sign(values.imag), axis=-1)
    return np.take_along_axis(values, top[..., None], -1)[..., 0]


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
    growth = leading(two_mode_drift(detuning, coupling[:, None], kappa, gamma_m))
    return Data(detuning, coupling, growth, *thresholds(detuning, kappa, gamma_m))


def draw(d: Data):
    """Two kinds of instability as areas, the closed forms as lines."""
    unstable = d.growth.real > 0
    oscillating = np.abs(d.growth.imag) > 1e-9
    kind = np.where(unstable, np.where(oscillating, 1.5, 2.5), 0.5)
    with style():
        figure, axis = plt.subplots(figsize=(6.2, 4.0))
        colours = ("#ffffff", "#F3C6A5", "#A9CDE6")
        axis.contourf(d.detuning, d.coupling, kind, levels=[0, 1, 2, 3], colors=colours)
        axis.semilogy(d.detuning, d.fold, color="#0072B2", linestyle="--", label="fold, closed form")
        axis.semilogy(d.detuning, d.hopf, color="#D55E00", label="Hopf, closed form")
        axis.text(-1.5, 0.3, "oscillation grows", ha="center")
        axis.text(1.2, 1.9, "displacement runs away", ha="center")
        axis.text(1.5, 0.03, "stable", ha="center")
        axis.set(xlabel=r"$\tilde\Delta / \omega_m$", ylabel=r"$G / \omega_m$")
        axis.set(xlim=(d.detuning[0], d.detuning[-1]), ylim=(d.coupling[0], d.coupling[-1]))
        figure.legend(loc="outside lower center", ncols=2)
        plt.close(figure)
    return figure
