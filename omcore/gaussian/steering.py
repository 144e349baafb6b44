r"""Gaussian steering: what measurements of light or matter on one side fix about the other."""

import numpy as np

from ..conventions import VACUUM_VARIANCE
from ..numerics.antisymmetric import singular_values
from .entanglement import rounding
from .parties import part, parties, rows_of
from .symplectic import measured_states, whitened_form


def steering(V, i, j, names=None) -> np.ndarray:
    r"""Gaussian steerability :math:`\mathcal{G}^{i \to j}`: how much measurements on i steer j.

    .. math:: \mathcal{G}^{i \to j} = \sum_{k:\ \bar\nu_k < 1/2} -\ln 2\bar\nu_k, \qquad
              \bar V_j = V_j - V_{ji} V_i^{-1} V_{ij}

    with the symplectic eigenvalues of :math:`\bar V_j`, the covariances of the errors with which
    quadratures of i, measured in different runs, foretell those of j (Kogias, Lee, Ragy and Adesso,
    Phys. Rev. Lett. 114, 060403 (2015)).
    It is positive if and only if no local state of j explains what Gaussian measurements on i
    foretell of it. The direction counts: i steers, j is steered. A state that is steered is
    entangled; one that is entangled need not be steered, in either direction.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    i : the side that measures: a mode by its number, or a sequence of modes
    j : the side that is steered: a mode, or a sequence of modes
    names : of all modes of V in their order, such as ("c", "a", "m"), to use instead of numbers

    Returns
    -------
    array of the batch's shape, >= 0, dimensionless, natural logarithm; NaN where V is NaN

    Raises
    ------
    ModeError
        If a mode does not exist or is named twice, or a side is empty.
    MatrixError
        If V has the wrong shape, is not symmetric, violates the uncertainty relation, or is so
        squeezed that its digits do not hold the answer: rounding alone would move it by 1e-3.

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
    r"""Covariances of the errors with which known modes foretell others, as in ``steering``.

    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> left_over(two_mode_squeezed(0.0), [0], [1])
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    across = V[..., rows_of(known)[:, None], rows_of(modes)]
    gain = np.linalg.solve(part(V, known), across)
    left = part(V, modes) - np.swapaxes(across, -1, -2) @ gain
    return (left + np.swapaxes(left, -1, -2)) / 2
