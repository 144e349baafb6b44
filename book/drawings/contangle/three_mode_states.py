"""States of three modes with known entanglement: pure and symmetric, and a mixture of pairs."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.gaussian.entanglement import log_negativity, residual_contangle
from omcore.gaussian.states import (
    mixture_of_pairs,
    three_mode_squeezed,
    three_mode_squeezed_residual,
)

from ..kit.style import BLACK, BLUE, VERMILION, style


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


def data(resolution=41) -> Data:
    """Both families up to r = 1.

    >>> d = data(5)
    >>> bool(abs(d.pure - d.closed_form).max() < 1e-9)
    True
    """
    r = np.linspace(0, 1, resolution)
    mixed = mixture_of_pairs(r)
    cut = log_negativity(mixed, 0, (1, 2))
    pure = residual_contangle(three_mode_squeezed(r), 0, 1, 2)
    mixture = residual_contangle(mixed, 0, 1, 2)
    return Data(r, pure, three_mode_squeezed_residual(r), mixture, cut)


def draw(d: Data):
    """Left: the pure state. Right: the mixture of pairs."""
    with style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.5))
        left.plot(d.r, d.closed_form, color=BLUE, label="closed form")
        left.plot(d.r[::4], d.pure[::4], "o", color=VERMILION, markersize=5, label="omcore")
        left.set(title="pure and symmetric", xlabel="$r$", ylabel="residual contangle")
        right.plot(d.r, d.cut, color=BLACK, linestyle="--", label="one mode against two, $E$")
        right.plot(d.r, d.mixture, color=VERMILION, label="residual contangle")
        right.set(title="mixture of pairs", xlabel="$r$", ylim=(-0.01, 0.38))
        left.legend()
        right.legend(loc="upper right")
        plt.close(figure)
    return figure
