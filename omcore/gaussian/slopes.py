r"""The slopes of measures: what a small change of the covariance matrix does to them.

Each function takes states (m, 2n, 2n) and the sides as lists of modes. It returns the measure, array (m,),
and W, array (m, 2n, 2n), for which :math:`\mathrm{d}E = \mathrm{tr}(W\,\mathrm{d}V)`. On the modes of
:math:`-\ln 2\nu` let :math:`i\Omega x = Vx/\nu` with :math:`x^\dagger Vx = 1`; by perturbation theory
:math:`W = -\mathrm{Re}\,xx^\dagger`, which is negative: noise never increases it.
"""

import numpy as np

from ..conventions import VACUUM_VARIANCE
from .parties import part, rows_of
from .symplectic import symplectic_form


def entanglement(V, one, other, lowest=False):
    """Logarithmic negativity across a cut; or the margin, of the lowest symplectic eigenvalue alone.

    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> E, W = entanglement(two_mode_squeezed(1.0)[None], [0], [1])
    >>> print(E.round(6), bool((np.linalg.eigvalsh(W) < 1e-12).all()))
    [2.] True
    """
    form = symplectic_form(len(one) + len(other))
    form[: 2 * len(one), : 2 * len(one)] *= -1  # partial transposition
    return _squeezing(V, np.eye(V.shape[-1])[rows_of([*one, *other])], form, lowest)


def margin(V, one, other):
    """Logarithmic negativity before it is clipped at zero."""
    return entanglement(V, one, other, lowest=True)


def steering(V, one, other):
    """How much one side steers the other: what is squeezed of the errors of the best prediction."""
    known, steered = rows_of(one), rows_of(other)
    gain = np.linalg.solve(part(V, one), V[:, known[:, None], steered])
    error = np.zeros(
        (len(V), len(steered), V.shape[-1])
    )  # has no slope by the gain, which is the best
    error[:, range(len(steered)), steered] = 1
    error[:, :, known] = -np.swapaxes(gain, -1, -2)
    return _squeezing(V, error, symplectic_form(len(other)))


def residual_contangle(V, i, j, k):
    """Residual contangle of three modes, of the focus that has the least."""

    def contangle(one, other):
        E, W = entanglement(V, one, other)
        return E**2, 2 * E[:, None, None] * W

    foci = []
    for one, other, third in ((i, j, k), (j, i, k), (k, i, j)):
        C = contangle(one, [*other, *third]), contangle(one, other), contangle(one, third)
        foci.append([whole - first - second for whole, first, second in zip(*C, strict=True)])
    R, W = (np.array(each) for each in zip(*foci, strict=True))
    least = np.argmin(R, axis=0), np.arange(len(V))
    return R[least], W[least]


def quanta(V, mode):
    """Mean quanta of a mode.

    >>> print(quanta(2.5 * np.eye(2)[None], [0])[0])
    [2.]
    """
    W, rows = np.zeros_like(V), rows_of(mode)
    W[:, rows, rows] = 0.5
    return (W * V).sum((-1, -2)) - VACUUM_VARIANCE, W


def _squeezing(V, some, form, lowest=False):
    """The sum of all -ln 2ν > 0 of some quadratures, rows (..., r, 2n); or -ln 2ν of the lowest ν."""
    inverse = np.linalg.inv(np.linalg.cholesky(some @ V @ np.swapaxes(some, -1, -2)))
    K = inverse @ form @ np.swapaxes(inverse, -1, -2)
    squares, x = np.linalg.eigh(np.swapaxes(K, -1, -2) @ K)  # 1/ν², each twice, the largest last
    above = np.log(np.sqrt(squares) * VACUUM_VARIANCE)
    chosen = np.arange(len(form)) >= len(form) - 2 if lowest else above > 0
    x = np.swapaxes(inverse @ some, -1, -2) @ x
    W = (x * chosen[..., None, :]) @ np.swapaxes(x, -1, -2) / 2  # half of each of the two
    return (above * chosen).sum(-1) / 2, -(W + np.swapaxes(W, -1, -2)) / 2
