"""Two modes squeezed together, then weakened by loss: the entanglement that everybody knows."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ...gaussian.entanglement import log_negativity
from ...gaussian.states import two_mode_squeezed, two_mode_squeezed_negativity
from ..kit.panels import ellipse
from ..kit.style import BLACK, BLUE, GREEN, MIDDLE, VERMILION, style

TRANSMISSIONS = (1.0, 0.9, 0.5)
COLOURS = (BLACK, VERMILION, BLUE)
LINES = ("-", "--", "-.")
PLANES = {"$q_1, q_2$": ([0, 2], VERMILION, "-"), "$p_1, p_2$": ([1, 3], BLUE, "--")}


@dataclass(frozen=True)
class Data:
    """Log negativity over the squeezing r, and the state at one r and one transmission.

    r : array (n,)
    E : transmission -> array (n,), from the covariance matrix
    closed_form : transmission -> array (n,)
    here : (r, transmission) of the state that is drawn
    V : array (4, 4), its covariance matrix
    """

    r: np.ndarray
    E: dict[float, np.ndarray]
    closed_form: dict[float, np.ndarray]
    here: tuple[float, float]
    V: np.ndarray


def by_difference(V):
    """E_N from nu^2 = (S - sqrt(S^2 - 4 det V))/2: right on paper, and wrong in a computer.

    >>> print(f"{by_difference(two_mode_squeezed(1.0)):.6f}")
    2.000000
    """
    S, determinant = _invariants(V)
    with np.errstate(invalid="ignore", divide="ignore"):
        square = (S - np.sqrt(S**2 - 4 * determinant)) / 2
        return -0.5 * np.log(4 * square)


def by_quotient(V):
    """The same from nu^2 = 2 det V / (S + sqrt(S^2 - 4 det V)), which subtracts nothing large.

    >>> print(f"{by_quotient(two_mode_squeezed(1.0)):.6f}")
    2.000000
    """
    S, determinant = _invariants(V)
    square = 2 * determinant / (S + np.sqrt(np.maximum(S**2 - 4 * determinant, 0)))
    return -0.5 * np.log(4 * square)


def _invariants(V):
    det = np.linalg.det
    S = det(V[..., :2, :2]) + det(V[..., 2:, 2:]) - 2 * det(V[..., :2, 2:])
    return S, det(V)


def data(r=1.0, transmission=0.9, resolution=61) -> Data:
    """Curves for three transmissions, and one state.

    >>> d = data()
    >>> bool(max(abs(d.E[t] - d.closed_form[t]).max() for t in d.E) < 1e-9)
    True
    """
    span = np.linspace(0, 3, resolution)
    shown = dict.fromkeys((*TRANSMISSIONS, transmission))
    E = {t: log_negativity(two_mode_squeezed(span, t), 0, 1) for t in shown}
    exact = {t: two_mode_squeezed_negativity(span, t) for t in shown}
    return Data(span, E, exact, (r, transmission), two_mode_squeezed(r, transmission))


def draw(d: Data):
    """Left: E_N over r. Right: noise of the two positions, and of the two momenta."""
    with style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.8))
        for t, colour, line in zip(TRANSMISSIONS, COLOURS, LINES, strict=True):
            left.plot(d.r, d.E[t], color=colour, linestyle=line, label=f"transmission {t:.0%}")
        left.plot(d.here[0], two_mode_squeezed_negativity(*d.here), "o", color=GREEN, markersize=7)
        left.set(xlabel="$r$", ylabel="$E_N$", xlim=(0, 3), ylim=(0, None))
        left.legend()
        right.plot(*ellipse(np.eye(2) / 2).T, color=MIDDLE, linewidth=1, label="vacuum")
        for label, (rows, colour, line) in PLANES.items():
            curve = ellipse(d.V[np.ix_(rows, rows)])
            right.plot(*curve.T, color=colour, linestyle=line, label=label)
        right.set(aspect="equal", xlabel="mode 1", ylabel="mode 2")
        right.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
        plt.close(figure)
    return figure
