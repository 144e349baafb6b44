r"""Purity, entropy and mutual information of Gaussian states, from their symplectic eigenvalues."""

import numpy as np

from ..conventions import VACUUM_VARIANCE
from .entanglement import rounding
from .parties import part, parties, rows_of, some_modes
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


def _entropy(V, modes):
    quanta = np.maximum(_eigenvalues(V, modes) - VACUUM_VARIANCE, 0)  # below the vacuum is rounding
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = np.where(quanta > 0, quanta * np.log1p(1 / quanta), 0.0)
    return (np.log1p(quanta) + inner).sum(0)


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
