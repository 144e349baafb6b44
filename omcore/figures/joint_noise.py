"""Noise ellipses of atoms and mirror, and of the joint quadrature with the least noise."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ..conventions import MODES, symplectic_form
from ..parameters import PAPER, Parameters, operating_points
from ..solution import solve
from .squeezed_pair import ellipse
from .style import CASE_STYLES, style

TITLES = {"stationary": "stationary", "cw": "CW driven", "ccw": "CCW driven"}


@dataclass(frozen=True)
class Pair:
    """Atoms and mirror of one case.

    V : array (4, 4), covariance matrix in the order x, y, q, p
    least : smallest variance of a joint quadrature d·u with |d| = 1; the vacuum has 1/2
    direction : array (4,), that d
    plane : array (2, 2), covariance of the atoms' and the mirror's quadrature along d
    epr_ratio : noise of the best EPR pair over what separable states have at least
    E : logarithmic negativity
    """

    V: np.ndarray
    least: float
    direction: np.ndarray
    plane: np.ndarray
    epr_ratio: float
    E: float

    @property
    def local_least(self):
        """Smallest variances of the atoms alone and of the mirror alone."""
        return tuple(float(np.linalg.eigvalsh(self.V[k : k + 2, k : k + 2])[0]) for k in (0, 2))

    @property
    def decibel(self):
        """Noise of the quietest joint quadrature against the vacuum, in dB."""
        return 10 * np.log10(2 * self.least)


def epr_pair(V):
    r"""Directions d, d' of the two joint quadratures that show the most entanglement.

    They minimise (Var d·u + Var d'·u) / (|d_1 Ω d'_1| + |d_2 Ω d'_2|). The denominator is what
    separable states have at least; the minimum is 2ν, with ν of Eq. 14.

    >>> from omcore.figures.squeezed_pair import covariance
    >>> d, e = epr_pair(covariance(1.0))
    >>> print(f"{epr_ratio(covariance(1.0), d, e):.6f}")
    0.135335
    """
    flip = np.diag([1.0, -1.0, 1.0, 1.0])
    root = np.linalg.cholesky(flip @ V @ flip)
    inverse = np.linalg.inv(root)
    _, vectors = np.linalg.eigh(1j * inverse @ symplectic_form(2) @ inverse.T)
    z = flip @ inverse.T @ vectors[:, -1]
    return z.real, z.imag


def epr_ratio(V, d, e):
    """Var d·u + Var e·u, over the least that separable states have.

    >>> epr_ratio(np.eye(4) / 2, np.array([1, 0, -1, 0]), np.array([0, 1, 0, 1]))
    1.0
    """
    one = symplectic_form(1)
    bound = sum(abs(d[k : k + 2] @ one @ e[k : k + 2]) for k in (0, 2))
    return float((d @ V @ d + e @ V @ e) / bound)


def pair(p: Parameters, mean_field="self-consistent") -> Pair:
    """Atoms and mirror at one point.

    >>> found = pair(PAPER)
    >>> print(f"{found.least:.4f} {found.epr_ratio:.4f} {np.exp(-found.E):.4f}")
    0.4168 0.8727 0.8727
    """
    s = solve(p, mean_field).require_stable()
    rows = [2 * MODES.index(mode) + k for mode in ("a", "m") for k in range(2)]
    V = s.V[np.ix_(rows, rows)]
    variances, axes = np.linalg.eigh(V)
    d = axes[:, 0]
    frame = np.zeros((4, 2))
    for k in range(2):
        part = slice(2 * k, 2 * k + 2)
        frame[part, k] = d[part] / np.linalg.norm(d[part])
    ratio = epr_ratio(V, *epr_pair(V))
    return Pair(V, float(variances[0]), d, frame.T @ V @ frame, ratio, float(s.log_negativity("a", "m")))


def data(p: Parameters = PAPER, mean_field="self-consistent"):
    """Case -> Pair, at the three operating points.

    >>> {case: f"{x.decibel:.2f} dB" for case, x in data().items()}
    {'stationary': '-0.42 dB', 'cw': '-0.72 dB', 'ccw': '-0.79 dB'}
    """
    return {case: pair(q, mean_field) for case, q in operating_points(p).items()}


def draw(pairs):
    """Atoms alone, mirror alone, and the joint plane in which the noise dips below the vacuum."""
    with style():
        figure, axes = plt.subplots(1, 3, figsize=(8.2, 3.7), sharex=True, sharey=True)
        views = (lambda x: x.V[:2, :2], lambda x: x.V[2:, 2:], lambda x: x.plane)
        titles = ("atoms alone", "mirror alone", "both, in the quietest plane")
        labels = (("$x$", "$y$"), ("$q$", "$p$"), ("atoms", "mirror"))
        for axis, view, title, (x, y) in zip(axes, views, titles, labels, strict=True):
            axis.fill(*ellipse(np.eye(2) / 2).T, color="#dddddd", label="vacuum")
            for case, found in pairs.items():
                axis.plot(*ellipse(view(found)).T, **CASE_STYLES[case])
            axis.set(title=title, xlabel=x, ylabel=y, aspect="equal")
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
        plt.close(figure)
    return figure
