"""States of three modes with known entanglement: pure and symmetric, and a mixture of pairs."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.gaussian.states import (
    mixture_of_pairs,
    three_mode_squeezed,
    three_mode_squeezed_residual,
)

from ..kit.style import BLACK, SIENNA, UMBER, style


def data(resolution=41):
    """Both families over the squeezing r, up to 1.

    r : array (n,)
    pure, closed_form : arrays (n,), residual contangle of the pure symmetric state
    mixture : array (n,), the same number for the mixture of pairs, from its covariance matrix
    cut : array (n,), logarithmic negativity of one mode of the mixture against the others
    """
    r = np.linspace(0, 1, resolution)
    mixed = mixture_of_pairs(r)
    cut = om.log_negativity(mixed, 0, (1, 2))
    pure = om.residual_contangle(three_mode_squeezed(r), 0, 1, 2)
    mixture = om.residual_contangle(mixed, 0, 1, 2)
    return SimpleNamespace(
        r=r, pure=pure, closed_form=three_mode_squeezed_residual(r), mixture=mixture, cut=cut
    )


@style()
def draw(d):
    """Left: the pure state. Right: the mixture of pairs."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.5))
    left.plot(d.r, d.closed_form, color=UMBER, label="closed form")
    left.plot(d.r[::4], d.pure[::4], "o", color=SIENNA, markersize=5, label="omcore")
    left.set(title="pure and symmetric", xlabel="$r$", ylabel="residual contangle")
    right.plot(d.r, d.cut, color=BLACK, linestyle="--", label="one mode against two, $E$")
    right.plot(d.r, d.mixture, color=SIENNA, label="residual contangle")
    right.set(title="mixture of pairs", xlabel="$r$", ylim=(-0.01, 0.38))
    left.legend()
    right.legend(loc="upper right")
    return figure
