"""The drift matrix as a picture, its eigenfrequencies, and the Jacobian that it must be."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.panels import legend_below, name_quadratures, row_of_panels
from ..kit.style import BLACK, CASE_STYLES, WHITE, style

MARKERS = {"stationary": "o", "cw": "s", "ccw": "^"}


def differences(p: om.Parameters, field: om.MeanField, step=1.0):
    """The Jacobian of the nonlinear flow, column by column, by central differences, in rad/s.

    The flow is a polynomial of second degree, so a central difference has no error of truncation,
    however long its step; a long one loses few digits.
    """
    u, steps = field.quadratures(), step * np.eye(8)
    rate = lambda u: om.mean_field_flow(p, u)
    return np.array([(rate(u + h) - rate(u - h)) / (2 * step) for h in steps]).T


def rephased(A, angle):
    """A with the phases of both cavity modes and of the atoms turned by one angle."""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    S = np.eye(8)
    S[:6, :6] = np.kron(np.eye(3), turn)
    return S @ A @ S.T


def data(p=om.PAPER, reading="self-consistent"):
    """Drift matrices A and their eigenvalues at the operating points, in units of ω_m.

    A, eigenvalues : case -> array (8, 8), and case -> array (8,)
    """
    A = {}
    for case, q in om.operating_points(p).items():
        A[case] = om.drift_matrix(q, om.mean_field(q, reading)) / q.omega_m
    return SimpleNamespace(
        A=A, eigenvalues={case: np.linalg.eigvals(matrix) for case, matrix in A.items()}
    )


@style()
def draw(d, cases=("stationary", "ccw")):
    """One grid a case: colour and number are the entry; an empty field is an exact zero."""
    size = (4.8 * len(cases), 5.0)
    figure, axes = row_of_panels(len(cases), figsize=size, sharey=False, layout="compressed")
    for axis, case in zip(axes, cases, strict=True):
        A = d.A[case]
        axis.imshow(np.where(A == 0, np.nan, A), cmap="RdBu_r", vmin=-2, vmax=2)
        for (i, j), value in np.ndenumerate(A):
            if value:
                color = WHITE if abs(value) > 1.2 else BLACK
                text = f"{value:.2f}" if abs(value) > 5e-3 else f"{value:.0e}"
                axis.text(j, i, text, ha="center", va="center", fontsize=8.5, color=color)
        axis.set(title=CASE_STYLES[case]["label"])
        name_quadratures(axis)
    return figure


@style()
def draw_eigenvalues(d):
    """Decay rates against frequencies of the eight eigenmodes, in units of ω_m."""
    figure, axis = plt.subplots(figsize=(6.2, 3.8))
    for case, rates in d.eigenvalues.items():
        look = {key: CASE_STYLES[case][key] for key in ("color", "label")}
        axis.plot(rates.imag, rates.real, MARKERS[case], mfc="none", ms=8, **look)
    axis.axhline(0, color=BLACK, lw=1)
    axis.set(xlabel=r"frequency $/\omega_m$", ylabel=r"growth rate $/\omega_m$")
    legend_below(figure, axis)
    return figure
