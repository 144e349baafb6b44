r"""Symplectic eigenvalues, and which matrices are covariance matrices of quantum states.

With ``V = L Lᵀ``, the antisymmetric matrix ``K = L⁻¹ Ω L⁻ᵀ`` has the singular values ``1/ν``. The small
ν, which are those of entanglement, become large singular values, whose digits floating point keeps.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..conventions import VACUUM_VARIANCE, MatrixError, ModeError, is_integer
from ..engine.blocks import by_blocks
from ..quantities import Quantity, checked, real_matrices

SYMMETRY = 1e-9  # asymmetry of V, relative to its largest entry, that is passed as rounding
PHYSICALITY = 1e-6  # how far below zero V + iΩ/2 may lie, as it does with Brownian noise at T = 0
BLUR = 1e-3  # error of ln 2ν, from the rounding of V, beyond which a V is refused
TOLERANCE = Quantity("", "1", "tolerance of the uncertainty relation", "nonnegative")


def symplectic_form(n_modes: int) -> np.ndarray:
    """The symplectic form ``Ω_n = ⊕ [[0, 1], [-1, 0]]``, for which ``[u_k, u_l] = i Ω_kl``, Eq. 14.

    Parameters
    ----------
    n_modes : number of modes; the result is (2 n_modes, 2 n_modes)

    Examples
    --------
    >>> symplectic_form(1)
    array([[ 0.,  1.],
           [-1.,  0.]])
    """
    if not is_integer(n_modes) or not 1 <= n_modes <= 1000:
        raise ModeError(
            f"{n_modes!r:.60} is no number of modes (no unit); give an integer from 1 to 1000"
        )
    return np.kron(np.eye(n_modes), [[0.0, 1.0], [-1.0, 0.0]])


def symplectic_eigenvalues(V) -> np.ndarray:
    r"""Symplectic eigenvalues :math:`\nu` of a covariance matrix, ascending; a state has all ν >= 1/2.

    They are the moduli of the eigenvalues of :math:`i\Omega_n V`, below Eq. 14, each listed once.

    Parameters
    ----------
    V : array (..., 2n, 2n), quadratures (X, Y) of each mode in turn

    Returns
    -------
    array (..., n); NaN where V holds a NaN

    Raises
    ------
    MatrixError
        If V has the wrong shape, is not symmetric, or not positive definite, or so squeezed that its
        digits do not hold them.

    Examples
    --------
    >>> import numpy as np
    >>> symplectic_eigenvalues(np.diag([0.5, 0.5, 2.0, 2.0]))
    array([0.5, 2. ])
    """
    states = _held(symmetric_states(V))
    return states.put(lambda V: (1 / singular_values(whitened_form(V))).T)


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
    tolerance = checked("tolerance", tolerance, TOLERANCE)
    if tolerance.ndim:
        raise MatrixError(f"tolerance has shape {tolerance.shape} (no unit); give one number")
    states = symmetric_states(V)
    return states.put(lambda V: _obeys_uncertainty(V, tolerance), missing=False)


@dataclass(frozen=True)
class States:
    """The covariance matrices of a batch, flattened; ``put`` gives results the shape of the batch again.

    V : array (m, 2n, 2n)
    finite : bool array of the batch's shape, True where V has numbers
    """

    V: np.ndarray
    finite: np.ndarray

    def put(self, function, missing=np.nan, block=None) -> np.ndarray:
        """A function of matrices (k, 2n, 2n), block by block; ``missing`` where V is not finite."""
        known = self.finite.reshape(-1)

        def found(part):  # a copy of the finite points of one block, never of the whole batch
            here = known[part]
            if here.all():
                return (function(self.V[part]),)
            values = function(self.V[part][here])
            row = np.full((len(here), *values.shape[1:]), missing, values.dtype)
            row[here] = values
            return (row,)

        (row,) = by_blocks(found, len(known), block)
        return row.reshape((*self.finite.shape, *row.shape[1:]))[()]


def _obeys_uncertainty(V, tolerance=PHYSICALITY):
    bound = V.astype(complex)
    np.einsum("mxx->mx", bound[:, ::2, 1::2])[...] += 0.5j  # iΩ/2
    np.einsum("mxx->mx", bound[:, 1::2, ::2])[...] -= 0.5j
    diagonal = np.einsum("mii->mi", bound)
    largest = np.abs(diagonal.real).max(-1, keepdims=True, initial=0)
    diagonal += tolerance + 64 * np.finfo(float).eps * largest
    try:
        np.linalg.cholesky(bound)  # succeeds if all are positive, and is ten times as fast
    except np.linalg.LinAlgError:
        return np.linalg.eigvalsh(bound).min(-1) >= 0
    return np.ones(len(V), bool)


def whitened_form(V, transposed=None) -> np.ndarray:
    """K = L⁻¹ Ω L⁻ᵀ of covariance matrices (m, 2n, 2n), entries first, array (2n, 2n, m).

    Partial transposition, Y -> -Y of some modes, changes the sign of their parts of Ω. ``transposed`` is a
    list of groups of modes; the result holds the batch once for each group.
    """
    try:
        L = np.linalg.cholesky(V)
    except np.linalg.LinAlgError:
        lowest = np.linalg.eigvalsh(V).min()
        raise MatrixError(
            f"V is not positive definite: its lowest eigenvalue is {lowest:.3g} (vacuum: 0.5); "
            "give covariances <uu + uu>/2 with vacuum variance 1/2, in full precision"
        ) from None
    W = _lower_inverse(np.ascontiguousarray(L.transpose(1, 2, 0)))
    size = len(W)
    turned = [()] if transposed is None else transposed
    K = np.zeros((size, size, len(turned), len(V)))
    for x in range(0, size, 2):  # the columns of one mode
        for i, j in combinations(range(x, size), 2):  # above, W is zero
            part = W[i, x] * W[j, x + 1] - W[j, x] * W[i, x + 1]
            for k, modes in enumerate(turned):
                K[i, j, k] += -part if x // 2 in modes else part
    return (K - K.swapaxes(0, 1)).reshape(size, size, -1)


def _lower_inverse(L):
    """The inverse of lower triangular matrices, entries first (n, n, m), row by row."""
    W = np.zeros_like(L)
    for i in range(len(L)):
        W[i, i] = 1 / L[i, i]
        for j in range(i):
            total = L[i, j] * W[j, j]
            for k in range(j + 1, i):
                total += L[i, k] * W[k, j]
            np.multiply(total, -W[i, i], out=W[i, j])
    return W


def one_matrix(name, M, size=None, unit="dimensionless") -> np.ndarray:
    """A single finite, symmetric matrix (2n, 2n), of the given size if there is one, or a MatrixError."""
    array = real_matrices(name, M, unit, "(2n, 2n)")
    right = array.ndim == 2 and len(array) % 2 == 0 and len(array) == (size or len(array))
    if not right or not (np.abs(array - array.T) <= 1e-9 * np.abs(array).max()).all():
        wanted = f"({size}, {size})" if size else "(2n, 2n)"
        raise MatrixError(
            f"{name} is not one finite symmetric matrix {wanted} ({unit}); "
            f"give a single one of that shape, two quadratures a mode; its shape here is {array.shape}"
        )
    return array


def symmetric_states(V) -> States:
    """The finite points of a batch of symmetric matrices (..., 2n, 2n), or a MatrixError."""
    V = real_matrices("V", V, shape="(..., 2n, 2n)")
    if V.shape[-1] % 2:
        raise MatrixError(
            f"V has shape {V.shape} (dimensionless); give covariance matrices (..., 2n, 2n), "
            "two quadratures a mode"
        )
    states = States(V.reshape(-1, *V.shape[-2:]), np.isfinite(V).all((-1, -2)))
    uneven = states.put(lambda V: (V != np.swapaxes(V, -1, -2)).any((-1, -2)), missing=False)
    if uneven.any():  # what omcore made itself passes this first look
        odd = V[uneven]
        asymmetry = np.abs(odd - np.swapaxes(odd, -1, -2))
        if (asymmetry > SYMMETRY * np.abs(odd).max((-1, -2), keepdims=True)).any():
            raise MatrixError(
                f"V is not symmetric: |V - V^T| reaches {asymmetry.max():.3g} (dimensionless); "
                "give the symmetrised covariances <uu + uu>/2"
            )
    return states


def quantum_states(V) -> States:
    """The finite points of a batch of covariance matrices that are quantum states, or a MatrixError."""
    states = symmetric_states(V)
    unphysical = ~states.put(_obeys_uncertainty, missing=True, block=256)
    if unphysical.any():
        others = "" if unphysical.all() else ", or pick the other points by om.is_physical(V)"
        raise MatrixError(
            f"V is not physical{_where(unphysical)}: {why_unphysical(np.asarray(V)[unphysical])}{others}"
        )
    return states


def measured_states(V) -> States:
    """Quantum states whose digits suffice for their measures, or a MatrixError."""
    return _held(quantum_states(V))


def _held(states) -> States:
    """States whose digits suffice for their symplectic eigenvalues, or a MatrixError."""
    lost = states.put(blurred, missing=False)
    if lost.any():
        raise MatrixError(
            f"V has lost what is squeezed{_where(lost)}: with variances up to {np.nanmax(states.V):.3g} "
            f"(dimensionless), rounding its entries alone moves ln 2nu by more than {BLUR:g}; give states "
            "less squeezed, up to r = 7.4 for a pure pair, or use a closed form as in omcore.gaussian.states"
        )
    return states


def blurred(V) -> np.ndarray:
    """Whether rounding the entries of states (m, 2n, 2n) may move ln 2ν by more than ``BLUR``, array (m,).

    It may move it by eps over the lowest eigenvalue of the correlation matrix, which is 1 - tanh 2r for two
    modes squeezed by r. A V that is hot, or squeezed along its own axes, keeps its digits; so does NaN.
    """
    variances = np.einsum("mii->mi", V)
    bound = 4 * (variances[:, ::2] * variances[:, 1::2]).max(-1, initial=0)  # of 1/lowest, up to 2n
    doubtful = bound * np.finfo(float).eps > BLUR
    result = doubtful & (variances <= 0).any(-1)  # rounding has swamped the vacuum
    here = np.flatnonzero(doubtful & ~result)
    size = np.sqrt(variances[here])
    lowest = np.linalg.eigvalsh(V[here] / size[:, :, None] / size[:, None, :])[:, 0]
    result[here] = lowest * BLUR < np.finfo(float).eps
    return result


def lowest_bound(V) -> tuple[float, bool]:
    """The lowest eigenvalue of V + iΩ/2 of matrices (..., 2n, 2n), and whether that is slight."""
    lowest = np.linalg.eigvalsh(V + 0.5j * symplectic_form(V.shape[-1] // 2)).min()
    return lowest, bool(lowest > -max(0.1 * VACUUM_VARIANCE, 0.005 * np.abs(V).max()))


def why_unphysical(V) -> str:
    """How far matrices (..., 2n, 2n) violate the uncertainty relation, possible causes, and the remedy."""
    lowest, slight = lowest_bound(V)
    number = (
        f"V + i Omega/2 has the eigenvalue {lowest:.3g} < 0 (dimensionless), "
        "against the uncertainty relation"
    )
    noise = "Brownian noise on the momentum alone, in a bath too cold"
    if slight:
        return (
            f"{number}. So little comes from a cut-off in Fock space, from digits lost in printing, or from "
            f"{noise}; give V in full precision, with a higher cut-off or a warmer bath"
        )
    return (
        f"{number}. So much comes from a vacuum that does not have variance 1/2, from quadratures in "
        f"another order than (X, Y) of each mode, or from {noise}; give V as omcore writes it, "
        "which omcore.interop.tools.from_convention can do"
    )


def _where(points) -> str:
    """Which points of a batch are meant; "" for a single V."""
    if not np.ndim(points):
        return ""
    first = tuple(int(k) for k in np.argwhere(points)[0])
    return f" at {points.sum()} of {points.size} points, the first {first}"


APART = 2e-3  # relative distance of squared singular values that the closed form needs


def singular_values(K) -> np.ndarray:
    """The singular values of antisymmetric K (2n, 2n, m), which come in pairs: array (n, m), descending.

    >>> K = np.zeros((4, 4, 1))
    >>> K[0, 1], K[1, 0], K[2, 3], K[3, 2] = 3.0, -3.0, 2.0, -2.0
    >>> singular_values(K)[:, 0]
    array([3., 2.])
    """
    return np.linalg.svd(K.transpose(2, 0, 1), compute_uv=False)[:, ::2].T


def largest_singular_value(K) -> np.ndarray:
    """The largest singular value, array (m,): for n = 2 and 3 in closed form, where others are far from it.

    For n = 3 the squares are the roots of a cubic, whose coefficients are the traces of powers of K. Where
    others are near the largest, the formula would lose digits; there LAPACK finds it.

    >>> K = np.zeros((6, 6, 1))
    >>> K[0, 1], K[2, 3], K[4, 5] = 3.0, 2.0, 1.0
    >>> print(largest_singular_value(K - K.swapaxes(0, 1))[0].round(12))
    3.0
    """
    if len(K) == 4:
        one, other = (K[0, 1], K[0, 2], K[0, 3]), (K[2, 3], -K[1, 3], K[1, 2])
        lengths = [
            np.sqrt(sum((a + sign * b) ** 2 for a, b in zip(one, other, strict=True)))
            for sign in (1, -1)
        ]
        return sum(lengths) / 2
    if len(K) != 6:
        return singular_values(K)[0]
    K1 = np.ascontiguousarray(K.transpose(2, 0, 1))
    K2 = K1 @ K1
    p1, p2, p3 = (np.einsum("mij,mij->m", M, M) / 2 for M in (K1, K2, K1 @ K2))  # Σσ², Σσ⁴, Σσ⁶
    e2, e3 = (p1 * p1 - p2) / 2, (p1**3 - 3 * p1 * p2 + 2 * p3) / 6
    spread = np.maximum(p1 * p1 - 3 * e2, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = (p1**3 - 4.5 * p1 * e2 + 13.5 * e3) / spread**1.5
        first = (p1 + 2 * np.sqrt(spread) * np.cos(np.arccos(np.clip(cosine, -1, 1)) / 3)) / 3
        rest = p1 - first
        second = rest / 2 + np.sqrt(np.maximum(rest * rest / 4 - e3 / first, 0))
    largest = np.sqrt(first)
    close = ~((second < (1 - APART) * first) & (spread > APART * p1 * p1))
    if close.any():
        largest[close] = singular_values(K[..., close])[0]
    return largest
