"""States of three modes with known entanglement: pure and symmetric, and a mixture of pairs."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ..gaussian.entanglement import log_negativity, residual_contangle
from .squeezed_pair import covariance
from .style import style


@dataclass(frozen=True)
class Data:
    """Over the squeezing r.

    r : array (n,)
    pure, closed_form : arrays (n,), residual contangle of the pure symmetric state
    mixture : array (n,), the same number for the mixture of pairs, from its covariance matrix
    cut : array (n,), logarithmic negativity of one mode of the mixture against the others
    """

    r: np.ndarray
    pure: np.ndarray
    closed_form: np.ndarray
    mixture: np.ndarray
    cut: np.ndarray


def symmetric(r):
    """Pure state: the sum of the positions has variance exp(2r)/2, their differences exp(-2r)/2.

    One p-squeezed and two q-squeezed modes on a tritter make it.

    >>> bool(np.allclose(symmetric(0.0), np.eye(6) / 2))
    True
    """
    mean = np.full((3, 3), 1 / 3)
    q, p = (np.exp(s * r) / 2 * mean + np.exp(-s * r) / 2 * (np.eye(3) - mean) for s in (2, -2))
    return np.kron(q, np.diag([1, 0])) + np.kron(p, np.diag([0, 1]))


def symmetric_residual(r):
    """Residual contangle of ``symmetric(r)`` (Adesso and Illuminati 2006).

    >>> print(f"{symmetric_residual(1.0):.6f}")
    3.212009
    """
    b = np.sqrt(4 * np.cosh(4 * np.asarray(r)) + 5) / 3
    root = np.sqrt(9 * b**4 - 10 * b**2 + 1)
    return np.arccosh(b) ** 2 - np.log((3 * b**2 - 1 - root) / 2) ** 2 / 2


def mixture_of_pairs(r):
    """A die decides which two modes are squeezed together; the third is left in vacuum.

    >>> float(mixture_of_pairs(0.0)[0, 0])
    0.5
    """
    V = np.zeros((6, 6))
    for alone in range(3):
        pair = [k for k in range(6) if k // 2 != alone]
        one = np.eye(6) / 2
        one[np.ix_(pair, pair)] = covariance(r)
        V += one / 3
    return V


def data(resolution=41) -> Data:
    """Both families up to r = 1.

    >>> d = data(5)
    >>> bool(abs(d.pure - d.closed_form).max() < 1e-9)
    True
    """
    r = np.linspace(0, 1, resolution)
    pure, mixed = (np.array([make(x) for x in r]) for make in (symmetric, mixture_of_pairs))
    cut = log_negativity(mixed, 0, (1, 2))
    R = residual_contangle
    return Data(r, R(pure, 0, 1, 2), symmetric_residual(r), R(mixed, 0, 1, 2), cut)


def draw(d: Data):
    """Left: the pure state. Right: the mixture of pairs."""
    with style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.5))
        left.plot(d.r, d.closed_form, color="#0072B2", label="closed form")
        left.plot(d.r[::4], d.pure[::4], "o", color="#D55E00", markersize=5, label="omcore")
        left.set(title="pure and symmetric", xlabel="$r$", ylabel="residual contangle")
        right.plot(d.r, d.cut, color="#000000", linestyle="--", label="one mode against two, $E$")
        right.plot(d.r, d.mixture, color="#D55E00", label="residual contangle")
        right.set(title="mixture of pairs", xlabel="$r$", ylim=(-0.01, 0.38))
        left.legend()
        right.legend(loc="upper right")
        plt.close(figure)
    return figure
