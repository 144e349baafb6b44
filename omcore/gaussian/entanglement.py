r"""Entanglement of Gaussian states, Eqs. 14-19, from a covariance matrix with vacuum variance 1/2.

Everything rests on symplectic eigenvalues. With ``V = L Lᵀ``, the antisymmetric matrix
``K = L⁻¹ Ω L⁻ᵀ`` has singular values ``1/ν``: small ν, where entanglement lives, become large
singular values, which is what floating point keeps. No difference of large numbers is taken.
"""

from itertools import combinations

import numpy as np

from ..conventions import VACUUM_VARIANCE, mode_indices, symplectic_form
from ..errors import MatrixError, ModeError

SYMMETRY = 1e-9  # asymmetry of V, relative to its largest entry, that is passed as rounding
PHYSICALITY = 1e-6  # how far V + iΩ/2 may dip below zero: momentum-only Brownian noise does, at T = 0
CHUNK = 2048  # matrices worked on at once, so that memory stays bounded
RESOLUTION = 32 * np.finfo(float).eps  # logarithmic negativities below this are rounding


def symplectic_eigenvalues(V) -> np.ndarray:
    r"""Symplectic eigenvalues ν of a covariance matrix, ascending; a state has all ν >= 1/2.

    The moduli of the eigenvalues of :math:`i\Omega_n V`, below Eq. 14, each once.

    Parameters
    ----------
    V : array (..., 2n, 2n), quadratures (X, Y) of each mode in turn

    Returns
    -------
    array (..., n); NaN where V holds a NaN

    Raises
    ------
    MatrixError
        If V has the wrong shape, is not symmetric, or not positive definite.

    Examples
    --------
    >>> import numpy as np
    >>> symplectic_eigenvalues(np.diag([0.5, 0.5, 2.0, 2.0]))
    array([0.5, 2. ])
    """
    return _symplectic_eigenvalues(_checked_shape(V))


def is_physical(V, tolerance=PHYSICALITY) -> np.ndarray:
    r"""Whether :math:`V + \tfrac{i}{2}\Omega_n \ge 0`, the uncertainty relation, holds.

    Parameters
    ----------
    V : array (..., 2n, 2n)
    tolerance : how far below zero an eigenvalue of V + iΩ/2 may lie, besides rounding

    Returns
    -------
    bool array of the batch's shape; False where V holds a NaN

    Raises
    ------
    MatrixError
        If V has the wrong shape or is not symmetric.

    Examples
    --------
    >>> import numpy as np
    >>> print(is_physical(np.eye(2) / 2), is_physical(np.eye(2) / 3))
    True False
    """
    return _is_physical(_checked_shape(V), tolerance)


def log_negativity(V, i, j) -> np.ndarray:
    r"""Logarithmic negativity of mode i against one mode, or a pair of modes, Eq. 14.

    .. math:: E_{i-j} = \max(0, -\ln 2\tilde\nu)

    with the smallest symplectic eigenvalue of V after partial transposition of i, that is with
    the sign of its momentum flipped, Eqs. 14 and 17. No other one is below 1/2 (Adesso,
    Serafini and Illuminati, Phys. Rev. A 70, 022318 (2004)). It is positive if and only if
    the Gaussian state of one mode against the others is entangled (Simon 2000; Werner and
    Wolf 2001). Values below 7e-15 are rounding and are returned as 0.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    i : mode, by its name ("ccw", "cw", "a", "m") if there are four, or by its number
    j : mode, or a sequence of modes

    Returns
    -------
    array of the batch's shape, >= 0, dimensionless, natural logarithm; NaN where V is NaN

    Raises
    ------
    ModeError
        If a mode does not exist or is named twice.
    MatrixError
        If V has the wrong shape, is not symmetric, or violates the uncertainty relation.

    Examples
    --------
    Two modes squeezed by r = 1 have E_N = 2:

    >>> import numpy as np
    >>> c, s = np.cosh(2) / 2, np.sinh(2) / 2
    >>> V = np.array([[c, 0, s, 0], [0, c, 0, -s], [s, 0, c, 0], [0, -s, 0, c]])
    >>> print(f"{log_negativity(V, 0, 1):.12f}")
    2.000000000000
    """
    V = _checked_state(V)
    return _log_negativity(V, *_partition(V, i, j))


def separability_margin(V, i, j) -> np.ndarray:
    r"""How far a mode is from separable of others: :math:`-\ln 2\tilde\nu`, not clipped at zero.

    Positive, it is the logarithmic negativity; negative, the state is separable. It passes through
    zero with a slope, so that a root finder finds the edge of entanglement.
    Arguments, result and errors are those of ``log_negativity``.

    Examples
    --------
    >>> import numpy as np
    >>> print(separability_margin(np.eye(4), 0, 1).round(3))
    -0.693
    """
    V = _checked_state(V)
    return _separability_margin(V, *_partition(V, i, j))


def contangle(V, i, others) -> np.ndarray:
    r"""Squared logarithmic negativity :math:`C_{i|jk}` or :math:`C_{i|j}`, below Eq. 16.

    For mixed states it is a proxy: a lower bound of the Gaussian contangle (Adesso and
    Illuminati, New J. Phys. 8, 15 (2006)), equal to it for pure and for symmetric states.
    Arguments, result and errors are those of ``log_negativity``.

    Examples
    --------
    >>> import numpy as np
    >>> print(contangle(np.eye(6) / 2, 0, (1, 2)))
    0.0
    """
    return log_negativity(V, i, others) ** 2


def residual_contangle(V, i, j, k, focus=None) -> np.ndarray:
    r"""Residual contangle of three modes, Eq. 16, and its minimum over the focus modes, Eq. 19.

    .. math:: R^{ijk} = C_{i|jk} - C_{i|j} - C_{i|k}, \quad R = \min(R^{ijk}, R^{jik}, R^{kij})

    Since the contangle is a proxy on mixed states, so is the residual; a negative one is
    returned as it is. A positive minimum proves that the state is entangled across each of
    its three bipartitions; of a mixed state it does not prove genuine tripartite entanglement.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2
    i, j, k : three different modes, by name or number
    focus : one of the three, to have its residual; None for the minimum

    Returns
    -------
    array of the batch's shape, dimensionless; NaN where V is NaN

    Raises
    ------
    ModeError
        If a mode does not exist, is named twice, or the focus is none of the three.
    MatrixError
        If V has the wrong shape, is not symmetric, or violates the uncertainty relation.

    Examples
    --------
    >>> import numpy as np
    >>> print(residual_contangle(np.eye(6) / 2, 0, 1, 2))
    0.0
    """
    V = _checked_state(V)
    n_modes = V.shape[-1] // 2
    modes = mode_indices((i, j, k), n_modes)
    if focus is not None and (focus := mode_indices([focus], n_modes)[0]) not in modes:
        raise ModeError(f"focus = {focus!r} is none of the modes {(i, j, k)}; name one of them")
    return _residual_contangle(V, modes, focus)


# The same without the checks of V, for covariance matrices that omcore made itself.


def _log_negativity(V, i, others):
    margin = _separability_margin(V, i, others)
    return np.where(margin <= RESOLUTION, 0.0, margin)[()]  # NaN stays NaN


def _separability_margin(V, i, others):
    rows = np.ravel([[2 * m, 2 * m + 1] for m in (i, *others)])
    flip = np.ones(len(rows))
    flip[1] = -1  # partial transposition of the first mode: Y -> -Y
    matrices = V.reshape(-1, *V.shape[-2:])
    result = np.empty(len(matrices))
    for start in range(0, len(matrices), CHUNK):
        part = slice(start, start + CHUNK)
        transposed = matrices[part, rows[:, None], rows] * np.outer(flip, flip)
        result[part] = -np.log(_symplectic_eigenvalues(transposed)[:, 0] / VACUUM_VARIANCE)
    return result.reshape(V.shape[:-2])[()]


def _residual_contangle(V, modes, focus=None):
    pairs = {frozenset((i, j)): _log_negativity(V, i, [j]) ** 2 for i, j in combinations(modes, 2)}
    residuals = []
    for m in modes if focus is None else [focus]:
        others = [o for o in modes if o != m]
        shared = sum(pairs[frozenset((m, o))] for o in others)
        residuals.append(_log_negativity(V, m, others) ** 2 - shared)
    return np.min(residuals, axis=0)


def _symplectic_eigenvalues(V):
    """Ascending; NaN in, NaN out. V = L Lᵀ, and the singular values of L⁻¹ Ω L⁻ᵀ are 1/ν."""
    n = V.shape[-1] // 2
    nu = np.full((*V.shape[:-2], n), np.nan)
    finite = np.isfinite(V).all((-1, -2))
    V = V[finite]
    try:
        inverse = np.linalg.inv(np.linalg.cholesky(V))
    except np.linalg.LinAlgError:
        lowest = np.linalg.eigvalsh(V).min()
        raise MatrixError(
            f"V is not positive definite: its lowest eigenvalue is {lowest:.3g} (vacuum: 0.5); "
            "give covariances <uu + uu>/2 with vacuum variance 1/2, in full precision"
        ) from None
    K = inverse @ symplectic_form(n) @ np.swapaxes(inverse, -1, -2)
    squares = np.linalg.eigvalsh(np.swapaxes(K, -1, -2) @ K)  # each 1/ν² twice, ascending
    nu[finite] = 1 / np.sqrt(np.maximum(squares[:, ::-2], np.finfo(float).tiny))  # not below zero
    return nu


def _is_physical(V, tolerance):
    finite = np.isfinite(V).all((-1, -2))
    safe = np.where(finite[..., None, None], V, np.eye(V.shape[-1]))
    lowest = np.linalg.eigvalsh(safe + 0.5j * symplectic_form(V.shape[-1] // 2)).min(-1)
    rounding = 64 * np.finfo(float).eps * np.abs(safe).max((-1, -2))
    return (finite & (lowest >= -tolerance - rounding))[()]


def _partition(V, i, j):
    others = [j] if isinstance(j, (str, int, np.integer)) else list(j)
    first, *rest = mode_indices([i, *others], V.shape[-1] // 2)
    if not rest:
        raise ModeError(f"j = {j!r} names no mode (no unit); name one or more besides {i!r}")
    return first, rest


def _checked_shape(V):
    V = np.asarray(V, dtype=float)
    if V.ndim < 2 or V.shape[-1] != V.shape[-2] or V.shape[-1] % 2 or not V.shape[-1]:
        raise MatrixError(
            f"V has shape {V.shape} (dimensionless); give covariance matrices (..., 2n, 2n), "
            "two quadratures a mode"
        )
    asymmetry = np.abs(V - np.swapaxes(V, -1, -2))
    largest = np.abs(V).max((-1, -2), keepdims=True)
    if (asymmetry > SYMMETRY * largest).any():
        raise MatrixError(
            f"V is not symmetric: |V - V^T| reaches {np.nanmax(asymmetry):.3g} (dimensionless); "
            "give the symmetrised covariances <uu + uu>/2"
        )
    return V


def _checked_state(V):
    V = _checked_shape(V)
    unphysical = np.isfinite(V).all((-1, -2)) & ~_is_physical(V, PHYSICALITY)
    if unphysical.any():
        worst = np.linalg.eigvalsh(V[unphysical] + 0.5j * symplectic_form(V.shape[-1] // 2)).min()
        raise MatrixError(
            f"V is not physical: V + iΩ/2 has the eigenvalue {worst:.3g} < 0 (dimensionless), "
            "against the uncertainty relation; check that the vacuum has variance 1/2"
        )
    return V
