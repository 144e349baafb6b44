r"""Purity, entropy, mutual information, discord and steering: what a state tells, and one side of another."""

import numpy as np

from ..conventions import VACUUM_VARIANCE
from .entanglement import rounding
from .parties import one_each, part, parties, rows_of, some_modes
from .symplectic import measured_states, singular_values, whitened_form


def purity(V, modes=None, names=None) -> np.ndarray:
    r"""Purity :math:`\mu = \mathrm{tr}\,\rho^2` of some modes.

    .. math:: \mu = \prod_k \frac{1}{2\nu_k} = \frac{1}{2^n\sqrt{\det V}}

    1 for a pure state, less for a mixed one (Paris, Illuminati, Serafini and De Siena, Phys. Rev. A 68,
    012314 (2003)). A pure whole whose parts are mixed is entangled.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    modes : a mode by its number, or a sequence of modes, whose state is meant; None for all
    names : of all modes of V in their order, such as ("c", "a", "m"), to use instead of numbers

    Returns
    -------
    array of the batch's shape, dimensionless, from 0 to 1; NaN where V is NaN

    Raises
    ------
    ModeError, MatrixError
        As ``log_negativity``.

    Examples
    --------
    A thermal mode of mean occupation n has the purity 1/(2n + 1):

    >>> import numpy as np
    >>> print(purity(np.eye(2) * (2.0 + 0.5)).round(12))
    0.2
    """
    states = measured_states(V)
    chosen = some_modes(states.V, modes, names)
    return states.put(
        lambda V: np.minimum(np.prod(VACUUM_VARIANCE / _eigenvalues(V, chosen), axis=0), 1)
    )


def entropy(V, modes=None, names=None) -> np.ndarray:
    r"""Von Neumann entropy :math:`S = \sum_k f(\nu_k)` of some modes, in nats.

    .. math:: f(\nu) = (\nu + \tfrac12)\ln(\nu + \tfrac12) - (\nu - \tfrac12)\ln(\nu - \tfrac12)

    Holevo, Sohma and Hirota, Phys. Rev. A 59, 1820 (1999). Arguments and errors are those of ``purity``.

    Returns
    -------
    array of the batch's shape, >= 0, natural logarithm; NaN where V is NaN

    Examples
    --------
    >>> import numpy as np
    >>> print(entropy(np.eye(2) * 1.5).round(6), (2 * np.log(2)).round(6))
    1.386294 1.386294
    """
    states = measured_states(V)
    chosen = some_modes(states.V, modes, names)
    return states.put(lambda V: _entropy(V, chosen))


def mutual_information(V, i, j, names=None) -> np.ndarray:
    r"""Mutual information :math:`I = S_i + S_j - S_{ij}` of two sides: all correlations, quantum or not.

    It is zero if and only if the two sides are uncorrelated. Arguments and errors are those of
    ``log_negativity``.

    Returns
    -------
    array of the batch's shape, >= 0, natural logarithm; NaN where V is NaN. Its rounding error is some
    1e-15 times the entropy.

    Examples
    --------
    A squeezed pair is pure, so that the mutual information is twice the entropy of one mode:

    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> V = two_mode_squeezed(1.0)
    >>> print(f"{mutual_information(V, 0, 1):.9f} {2 * entropy(V, 0):.9f}")
    3.239644186 3.239644186
    """
    states = measured_states(V)
    one, other = parties(states.V, i, j, names)

    def of(V):
        shared = _entropy(V, one) + _entropy(V, other) - _entropy(V, [*one, *other])
        return np.maximum(shared, 0.0)

    return states.put(of)


def discord(V, i, j, names=None) -> np.ndarray:
    r"""Gaussian quantum discord of two modes: the correlation that a measurement on j does not find.

    .. math:: \mathcal{D}_{i|j} = S_j - S_{ij} + \min_\Pi S_{i|\Pi}

    :math:`S_{i|\Pi}` is the entropy of i after a Gaussian measurement :math:`\Pi` on j, a homodyne or a
    heterodyne one or one between the two (Adesso and Datta, Phys. Rev. Lett. 105, 030501 (2010)). It is
    zero if and only if the two modes are uncorrelated, and above 1 only if they are entangled. For a pure
    state it is the entropy of one mode. The direction counts: exchange i and j for a measurement on i.
    Arguments and errors are those of ``log_negativity``, with a single mode on each side.

    Returns
    -------
    array of the batch's shape, >= 0, natural logarithm; NaN where V is NaN. Its rounding error is some
    1e-15 times the entropy.

    Examples
    --------
    A squeezed pair is pure; with noise that ends its entanglement it keeps some discord:

    >>> import numpy as np
    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> V = two_mode_squeezed(1.0)
    >>> print(f"{discord(V, 0, 1):.6f} {entropy(V, 1):.6f} {discord(V + np.eye(4) / 2, 0, 1):.3f}")
    1.619822 1.619822 0.215
    """
    states = measured_states(V)
    one, other = one_each(states.V, i, j, names)

    def of(V):
        correlation, least = _best_measured(V, one, other)
        found = _entropy(V, [other]) - _entropy(V, [one, other]) + _entropy_of(least)
        return np.where(correlation <= rounding(V), 0.0, np.maximum(found, 0.0))

    return states.put(of)


def _best_measured(V, i, j):
    r"""The correlation of i and j, from 0 to 1, and the least symplectic eigenvalue of i once j is measured.

    Local squeezing and phases bring V to the blocks a/2, b/2 and diag(c, d)/2, with :math:`|c| \ge |d|`.
    A measurement that projects j on the variances :math:`(\lambda, 1/\lambda)/2` leaves i with

    .. math:: 4\det = a^2 \frac{(p + \lambda)(1 + q\lambda)}{(b + \lambda)(1 + b\lambda)}, \quad
              p = b - c^2/a, \quad q = b - d^2/a .

    Where that falls at first, its derivative has one zero; elsewhere homodyning, λ = 0, is the best.
    Arrays (m,).
    """
    L_i, L_j = (np.linalg.cholesky(part(V, [mode])) for mode in (i, j))
    a, b = (L[:, 0, 0] * L[:, 1, 1] / VACUUM_VARIANCE for L in (L_i, L_j))
    across = np.linalg.solve(L_i, V[:, rows_of([i])[:, None], rows_of([j])])
    k = np.linalg.svd(np.linalg.solve(L_j, np.swapaxes(across, 1, 2)), compute_uv=False)
    p, q = b * (1 - k**2).T  # k: c and d over the root of ab
    rise, turn, fall = b * q * (b - p) - (b - q), b * (q - p), b * p * (b - q) - (b - p)
    fall, rise = np.maximum(fall, 0), np.maximum(rise, 0)
    root = turn + np.sqrt(turn**2 + rise * fall)
    best = np.divide(fall, root, out=np.zeros_like(fall), where=root > 0)
    left = (p + best) / (b + best) * (1 + q * best) / (1 + b * best)
    return k[:, 0], a * np.sqrt(left) * VACUUM_VARIANCE


def _entropy(V, modes):
    return _entropy_of(_eigenvalues(V, modes)).sum(0)


def _entropy_of(nu):
    quanta = np.maximum(nu - VACUUM_VARIANCE, 0)  # below the vacuum is rounding
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = np.where(quanta > 0, quanta * np.log1p(1 / quanta), 0.0)
    return np.log1p(quanta) + inner


def _eigenvalues(V, modes):
    """Symplectic eigenvalues (n, m) of some modes of states (m, 2n, 2n)."""
    return 1 / singular_values(whitened_form(part(V, modes)))


def steering(V, i, j, names=None) -> np.ndarray:
    r"""Gaussian steerability :math:`\mathcal{G}^{i \to j}`: how much measurements on i steer j.

    .. math:: \mathcal{G}^{i \to j} = \sum_{k:\ \bar\nu_k < 1/2} -\ln 2\bar\nu_k, \qquad
              \bar V_j = V_j - V_{ji} V_i^{-1} V_{ij}

    with the symplectic eigenvalues of :math:`\bar V_j`, the covariances of the errors with which
    measured quadratures of i predict those of j (Kogias, Lee, Ragy and Adesso,
    Phys. Rev. Lett. 114, 060403 (2015)). It is positive if and only if no local hidden state of j explains
    what Gaussian measurements on i predict of it. The direction counts: i measures, j is steered. A
    steerable state is entangled; an entangled state need not be steerable, in either direction.
    Arguments and errors are those of ``log_negativity``.

    Returns
    -------
    array of the batch's shape, >= 0, dimensionless, natural logarithm; NaN where V is NaN

    Examples
    --------
    Two modes squeezed by r = 1 steer each other by ln cosh 2r:

    >>> import numpy as np
    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> print(f"{steering(two_mode_squeezed(1.0), 0, 1):.6f} {np.log(np.cosh(2)):.6f}")
    1.325003 1.325003
    """
    states = measured_states(V)
    one, other = parties(states.V, i, j, names)

    def of(V):
        each = np.log(singular_values(whitened_form(left_over(V, one, other))) * VACUUM_VARIANCE)
        return np.where(each <= rounding(V), 0.0, each).sum(0)

    return states.put(of)


def left_over(V, known, modes) -> np.ndarray:
    r"""Covariances of the errors with which known modes predict others, as in ``steering``.

    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> left_over(two_mode_squeezed(0.0), [0], [1])
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    across = V[..., rows_of(known)[:, None], rows_of(modes)]
    gain = np.linalg.solve(part(V, known), across)
    left = part(V, modes) - np.swapaxes(across, -1, -2) @ gain
    return (left + np.swapaxes(left, -1, -2)) / 2
