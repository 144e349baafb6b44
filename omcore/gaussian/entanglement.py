r"""Entanglement of Gaussian states, Eqs. 14-19, from a covariance matrix with vacuum variance 1/2."""

from itertools import combinations

import numpy as np

from ..conventions import VACUUM_VARIANCE, ModeError
from .parties import known, listed, mode_indices, part, parties
from .symplectic import largest_singular_value, measured_states, singular_values, whitened_form

RESOLUTION = 32 * np.finfo(float).eps  # of a margin, times the largest variance over the vacuum's


def log_negativity(V, i, j, names=None) -> np.ndarray:
    r"""Logarithmic negativity across a cut, Eq. 14: of one mode against another, or of any two sides.

    .. math:: E_{i-j} = \sum_k \max(0, -\ln 2\tilde\nu_k)

    with the symplectic eigenvalues of V after partial transposition of i, that is with the sign of its
    momenta flipped, Eqs. 14 and 17. If one side is a single mode, at most one of them is below
    1/2 (Adesso, Serafini and Illuminati, Phys. Rev. A 70, 022318 (2004)), and E is positive if and
    only if the Gaussian state is entangled across the cut (Simon 2000; Werner and Wolf 2001). With
    several modes on both sides a positive E proves entanglement, and zero leaves the question open.
    Values below 7e-15 times the largest variance over the vacuum's are rounding and are returned as 0.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    i, j : the two sides, each a mode by its number, or a sequence of modes
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
    Two modes squeezed by r = 1 have E_N = 2:

    >>> import numpy as np
    >>> c, s = np.cosh(2) / 2, np.sinh(2) / 2
    >>> V = np.array([[c, 0, s, 0], [0, c, 0, -s], [s, 0, c, 0], [0, -s, 0, c]])
    >>> print(f"{log_negativity(V, 0, 1):.12f}")
    2.000000000000
    """
    states = measured_states(V)
    one, other = parties(states.V, i, j, names)
    if min(len(one), len(other)) > 1:
        return states.put(lambda V: _whole_negativity(V, one, other))
    return states.put(lambda V: _negativities(V, [[*one, *other]], [range(len(one))])[:, 0])


def separability_margin(V, i, j, names=None) -> np.ndarray:
    r"""Logarithmic negativity before it is clipped at zero, :math:`-\ln 2\tilde\nu`.

    :math:`\tilde\nu` is the smallest symplectic eigenvalue after partial transposition. If one side is a
    single mode, the state is separable where the margin is negative. It passes through zero with a slope,
    so that a root finder finds the edge of entanglement. Arguments and errors are those of
    ``log_negativity``.

    Returns
    -------
    array of the batch's shape, of either sign, dimensionless, natural logarithm; NaN where V is NaN

    Examples
    --------
    >>> import numpy as np
    >>> print(separability_margin(np.eye(4), 0, 1).round(3))
    -0.693
    """
    states = measured_states(V)
    one, other = parties(states.V, i, j, names)
    return states.put(lambda V: _margins(V, [[*one, *other]], [range(len(one))])[:, 0])


def contangle(V, i, others, names=None) -> np.ndarray:
    r"""Squared logarithmic negativity :math:`C_{i|jk}` or :math:`C_{i|j}`, below Eq. 16.

    For mixed states it is a proxy: a lower bound of the Gaussian contangle (Adesso and
    Illuminati, New J. Phys. 8, 15 (2006)), equal to it for pure and for symmetric states.
    The first side is a single mode. Arguments, result and errors are those of ``log_negativity``.

    Examples
    --------
    >>> import numpy as np
    >>> print(contangle(np.eye(6) / 2, 0, (1, 2)))
    0.0
    """
    if len(listed(i)) > 1:
        raise ModeError(
            f"i = {i!r:.60} names several modes (no unit); give one mode, against others"
        )
    return log_negativity(V, i, others, names) ** 2


def residual_contangle(V, i, j, k, focus=None, names=None) -> np.ndarray:
    r"""Residual contangle of three modes, Eq. 16, and its minimum over the focus modes, Eq. 19.

    .. math:: R^{ijk} = C_{i|jk} - C_{i|j} - C_{i|k}, \quad R = \min(R^{ijk}, R^{jik}, R^{kij})

    Since the contangle is a proxy on mixed states, so is the residual; a negative one is
    returned as it is. A positive minimum proves that the state is entangled across each of
    its three bipartitions. For a mixed state it does not prove genuine tripartite entanglement.

    i, j and k are three different modes. With ``focus``, one of them, the residual of this mode is returned
    in place of the minimum. Arguments and errors are those of ``log_negativity``.

    Returns
    -------
    array of the batch's shape, dimensionless; NaN where V is NaN

    Examples
    --------
    >>> import numpy as np
    >>> print(residual_contangle(np.eye(6) / 2, 0, 1, 2))
    0.0
    """
    states = measured_states(V)
    there = known(states.V, names)
    modes = mode_indices((i, j, k), there)
    number = None if focus is None else mode_indices([focus], there)[0]
    if number not in (None, *modes):
        raise ModeError(f"focus = {focus!r:.60} is none of the modes {(i, j, k)}; name one of them")
    foci = modes if number is None else [number]

    def residual(V):
        pairs = list(combinations(modes, 2))
        shared = _negativities(V, pairs, [[0]]) ** 2
        whole = _negativities(V, [modes], [[modes.index(m)] for m in foci]) ** 2
        return np.min(
            [
                whole[:, n] - sum(shared[:, p] for p in range(3) if m in pairs[p])
                for n, m in enumerate(foci)
            ],
            axis=0,
        )

    return states.put(residual)


def _margins(V, groups, transposed):
    """-ln 2ν of groups of equally many modes, each group transposed in several ways in turn.

    ``transposed`` lists modes by their place in the group. Array (m, ways × groups), groups side by side.
    """
    reduced = np.concatenate([part(V, group) for group in groups])
    K = whitened_form(reduced, transposed)
    largest = largest_singular_value(K).reshape(len(transposed) * len(groups), len(V))
    return np.log(largest * VACUUM_VARIANCE).T


def _negativities(V, groups, transposed):
    """The margins, with zero for what is negative or rounding."""
    margins = _margins(V, groups, transposed)
    return np.where(margins <= rounding(V)[:, None], 0.0, margins)


def _whole_negativity(V, one, other):
    """Two sides of several modes: more than one symplectic eigenvalue may be below 1/2."""
    K = whitened_form(part(V, [*one, *other]), [range(len(one))])
    each = np.log(singular_values(K) * VACUUM_VARIANCE)
    return np.where(each <= rounding(V), 0.0, each).sum(0)


def rounding(V):
    """How large a margin of states (m, 2n, 2n) may be by rounding alone, array (m,)."""
    return RESOLUTION * np.einsum("mii->mi", V).max(-1) / VACUUM_VARIANCE
