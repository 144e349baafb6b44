r"""Symplectic eigenvalues, and which matrices are covariance matrices of quantum states.

With ``V = L Lᵀ``, the antisymmetric matrix ``K = L⁻¹ Ω L⁻ᵀ`` has singular values ``1/ν``: small ν,
where entanglement lives, become large singular values, which is what floating point keeps. No
difference of large numbers is taken.
"""

import numpy as np

from ..conventions import symplectic_form
from ..errors import MatrixError
from ..numerics.antisymmetric import singular_values
from ..numerics.blocks import by_blocks

SYMMETRY = 1e-9  # asymmetry of V, relative to its largest entry, that is passed as rounding
PHYSICALITY = 1e-6  # how far V + iΩ/2 may dip below zero: momentum-only Brownian noise does, at T = 0


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
    return of_states(lambda V: (1 / singular_values(whitened_planes(V).sum(0))).T, checked_shape(V))


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
    V = checked_shape(V)
    half_form = 0.5j * symplectic_form(V.shape[-1] // 2)

    def obeys(V):
        bound = V + half_form
        diagonal = np.einsum("mii->mi", bound)
        diagonal += tolerance + 64 * np.finfo(float).eps * np.abs(diagonal).max(-1, keepdims=True, initial=0)
        try:
            np.linalg.cholesky(bound)  # exists if all are positive, and is ten times as fast
        except np.linalg.LinAlgError:
            return np.linalg.eigvalsh(bound).min(-1) >= 0
        return np.ones(len(V), bool)

    return of_states(obeys, V, missing=False)


def of_states(function, V, missing=np.nan):
    """A function of covariance matrices (m, 2n, 2n) at every finite V (..., 2n, 2n), block by block.

    Where V holds a NaN the result is ``missing``.
    """
    matrices = V.reshape(-1, *V.shape[-2:])

    def block(part):
        finite = np.isfinite(matrices[part]).all((-1, -2))
        if finite.all():
            return (function(matrices[part]),)
        found = function(matrices[part][finite])
        result = np.full((len(finite), *found.shape[1:]), missing, found.dtype)
        result[finite] = found
        return (result,)

    (result,) = by_blocks(block, len(matrices))
    return result.reshape((*V.shape[:-2], *result.shape[1:]))[()]


def whitened_planes(V) -> np.ndarray:
    """K of each mode, whose sum over the modes is L⁻¹ Ω L⁻ᵀ, array (n, 2n, 2n, m); V is (m, 2n, 2n).

    Partial transposition of a mode turns the sign of its K.
    """
    try:
        L = np.linalg.cholesky(V)
    except np.linalg.LinAlgError:
        lowest = np.linalg.eigvalsh(V).min()
        raise MatrixError(
            f"V is not positive definite: its lowest eigenvalue is {lowest:.3g} (vacuum: 0.5); "
            "give covariances <uu + uu>/2 with vacuum variance 1/2, in full precision"
        ) from None
    W = _lower_inverse(np.ascontiguousarray(np.moveaxis(L, 0, -1)))
    X, Y = W[:, 0::2].swapaxes(0, 1), W[:, 1::2].swapaxes(0, 1)  # columns of each mode, (n, 2n, m)
    planes = X[:, :, None] * Y[:, None]
    return planes - planes.swapaxes(1, 2)


def _lower_inverse(L):
    """The inverse of lower triangular matrices, entries first (n, n, m), row by row."""
    W = np.zeros_like(L)
    for i in range(len(L)):
        W[i, i] = 1 / L[i, i]
        if i:
            W[i, :i] = -W[i, i] * (L[i, :i, None] * W[:i, :i]).sum(0)
    return W


def checked_shape(V) -> np.ndarray:
    """V as an array of symmetric (..., 2n, 2n), or a MatrixError."""
    try:
        V = np.asarray(V, dtype=float)
    except (TypeError, ValueError):
        raise MatrixError(
            f"V = {V!r:.60} is no array of real numbers (dimensionless); "
            "give covariance matrices (..., 2n, 2n), two quadratures a mode"
        ) from None
    if V.ndim < 2 or V.shape[-1] != V.shape[-2] or V.shape[-1] % 2 or not V.shape[-1]:
        raise MatrixError(
            f"V has shape {V.shape} (dimensionless); give covariance matrices (..., 2n, 2n), "
            "two quadratures a mode"
        )
    asymmetric = V != np.swapaxes(V, -1, -2)  # so is NaN; what omcore made itself takes this look only
    if asymmetric.any():
        suspect = V[asymmetric.any((-1, -2))]
        asymmetry = np.abs(suspect - np.swapaxes(suspect, -1, -2))
        if (asymmetry > SYMMETRY * np.abs(suspect).max((-1, -2), keepdims=True)).any():
            raise MatrixError(
                f"V is not symmetric: |V - V^T| reaches {np.nanmax(asymmetry):.3g} (dimensionless); "
                "give the symmetrised covariances <uu + uu>/2"
            )
    return V


def checked_state(V) -> np.ndarray:
    """V as an array of covariance matrices of quantum states, or NaN, or a MatrixError."""
    V = checked_shape(V)
    unphysical = ~np.isnan(V[..., 0, 0]) & ~is_physical(V)
    if unphysical.any():
        worst = np.linalg.eigvalsh(V[unphysical] + 0.5j * symplectic_form(V.shape[-1] // 2)).min()
        first = tuple(int(k) for k in np.argwhere(unphysical)[0])
        where = f"; {unphysical.sum()} of {unphysical.size} points, the first at {first}" if first else ""
        raise MatrixError(
            f"V is not physical: V + iΩ/2 has the eigenvalue {worst:.3g} < 0 (dimensionless), against the "
            f"uncertainty relation{where}. Either its vacuum does not have variance 1/2, or Brownian noise "
            "on the momentum alone, in a bath too cold, has led to no quantum state; pick the other points "
            "of a Solution s by s[s.physical]"
        )
    return V
