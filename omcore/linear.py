r"""The linearised Langevin equations ``du/dt = A u + v``: drift A, diffusion D, stability, covariance V.

Quadratures come in pairs (X, Y) of each mode, :math:`z = (X + iY)/\sqrt2`, the mirror's (q, p) last.
"""

import numpy as np
from scipy.linalg import solve_continuous_lyapunov

from . import engine
from .conventions import MatrixError
from .engine import series
from .engine.blocks import by_blocks
from .quantities import matrices_of_one_size, real_matrices
from .resonator import as_system
from .systems import light_operator, linearised_couplings, matching

BLOCK = 256  # matrices worked on at once; their powers stay in the cache
UNRESOLVED = 1e9  # V beyond this times |D|/|A| has lost its vacuum to rounding


def drift_matrix(p, field) -> np.ndarray:
    r"""Drift matrix :math:`A`, Eq. 8: the Jacobian of the Langevin equations, Eq. 5, at a mean field.

    Parameters
    ----------
    p : Parameters or System
    field : MeanField, from ``mean_field`` or ``mean_field_branches``

    Returns
    -------
    array ``(..., 2n + 2, 2n + 2)`` in rad/s for n modes of light and matter, the axis of the branches
    behind those of the sweep. NaN where the mean field is NaN.

    Raises
    ------
    ParameterError
        If the mean field is not one of this sweep.

    Examples
    --------
    >>> import omcore as om
    >>> A = om.drift_matrix(om.PAPER, om.mean_field(om.PAPER))
    >>> bool(A[6, 7] == om.PAPER.omega_m)
    True
    """
    system = matching(as_system(p), field)
    M, G = light_operator(system, field.q), linearised_couplings(system, field)
    n = len(system.modes)
    A = np.zeros((*np.broadcast_shapes(system.shape, np.shape(field.q)), 2 * n + 2, 2 * n + 2))
    X, Y, Q, P = slice(0, 2 * n, 2), slice(1, 2 * n, 2), 2 * n, 2 * n + 1
    A[..., X, X] = A[..., Y, Y] = M.real
    A[..., Y, X] = M.imag
    A[..., X, Y] = -M.imag
    A[..., X, Q] = -G.imag
    A[..., Y, Q] = A[..., P, X] = G.real
    A[..., P, Y] = G.imag
    A[..., Q, P] = system.omega_m
    A[..., P, Q] = -system.omega_m
    A[..., P, P] = -system.gamma_m
    return A


def diffusion_matrix(p) -> np.ndarray:
    r"""Diffusion matrix, below Eq. 12: :math:`D = \mathrm{diag}[K_1, K_1, \dots, 0, \gamma_m(2n_m + 1)]`.

    For the paper's resonator K is :math:`(\kappa, \kappa, \gamma_a)`. The Brownian force acts on the
    momentum alone. An array ``(..., 2n + 2, 2n + 2)`` in rad/s, of Parameters or a System.

    Examples
    --------
    >>> import omcore as om
    >>> D = om.diffusion_matrix(om.PAPER)
    >>> bool(D[0, 0] == om.PAPER.kappa), float(D[6, 6])
    (True, 0.0)
    """
    system = as_system(p)
    n = len(system.modes)
    D = np.zeros((*system.shape, 2 * n + 2, 2 * n + 2))
    for k in range(2 * n):
        D[..., k, k] = system.decay[..., k // 2]
    D[..., -1, -1] = system.gamma_m * (2 * system.n_m + 1)
    return D


def is_stable(A) -> np.ndarray:
    """Whether all eigenvalues of A have negative real parts (Routh-Hurwitz, below Eq. 9).

    Parameters
    ----------
    A : array (..., n, n), in any unit of rate; its variables may have units of any size

    Returns
    -------
    bool array of the batch's shape; False where A holds a NaN

    Raises
    ------
    MatrixError
        If A is not a stack of square matrices.

    Examples
    --------
    >>> is_stable([[[-1.0, 5.0], [0.0, -1.0]], [[0.0, 1.0], [-1.0, 0.0]]])
    array([ True, False])
    """
    A = real_matrices("A", A, "rates in rad/s")
    rows = A.reshape(-1, *A.shape[-2:])

    def block(part):
        t = series.balancing(rows[part])  # rounding is judged in no units of the reader's
        M = rows[part] * t[:, None, :] / t[:, :, None]
        return (growth_rate(M) < -8 * np.finfo(float).eps * np.abs(M).max((-1, -2)),)

    return by_blocks(block, len(rows))[0].reshape(A.shape[:-2])[()]


def growth_rate(A) -> np.ndarray:
    """Growth rate of the fluctuations: the largest real part of the eigenvalues of A, array (...).

    In A's unit of rate; negative where fluctuations decay, NaN where A holds a NaN.

    >>> print(growth_rate([[-1.0, 0.0, 0.0], [0.0, -0.5, 2.0], [0.0, -2.0, -0.5]]))
    -0.5
    """
    A = np.asarray(A)
    finite = np.isfinite(A).all((-1, -2))
    values = np.linalg.eigvals(np.where(finite[..., None, None], A, 0.0))
    return np.where(finite, values.real.max(-1), np.nan)[()]


def lyapunov(A, D) -> np.ndarray:
    r"""Steady covariance matrix V of ``du/dt = A u + v``, for a whole batch.

    .. math:: A V + V A^T = -D

    Eq. 12. With the engine off it is SciPy's solver, point by point; ``omcore.engine.series`` is faster.

    Parameters
    ----------
    A : array (..., n, n), drift, in rad/s (or any unit of rate, the same as D's), of variables in any
        units
    D : array (..., n, n), symmetric diffusion; batch axes broadcast against A's

    Returns
    -------
    V : array (..., n, n), symmetric, in units of the variables squared. NaN where A is not
        stable, or holds a NaN: there is no steady state, hence no covariance. Also NaN so close to
        the edge of stability (a decay rate of less than about 1e-13 |A|) that rounding would leave
        fewer than six digits of V.

    Raises
    ------
    MatrixError
        If A and D are not square and of one size, or D is not symmetric and finite.

    Examples
    --------
    One damped mode in a vacuum bath rests at variance 1/2; an undamped one never rests:

    >>> import numpy as np
    >>> np.diag(lyapunov([[-2.0, 3.0], [-3.0, -2.0]], 2 * np.eye(2))).round(12)
    array([0.5, 0.5])
    >>> lyapunov([[0.0, 1.0], [-1.0, 0.0]], np.eye(2))
    array([[nan, nan],
           [nan, nan]])
    """
    A, D = matrices_of_one_size(A=A, D=D)
    asymmetry = np.abs(D - np.swapaxes(D, -1, -2))
    size = np.sqrt(np.abs(np.einsum("...ii->...i", D)))  # in the units of each variable
    if not (asymmetry <= 1e-12 * np.maximum(size[..., None] * size[..., None, :], np.abs(D))).all():
        raise MatrixError(
            f"D is not symmetric and finite: |D - D^T| reaches {asymmetry.max():.3g} rad/s; "
            "a diffusion matrix is symmetric, give (D + D.T)/2 of finite entries"
        )
    batch = np.broadcast_shapes(A.shape[:-2], D.shape[:-2])
    n = A.shape[-1]
    A, D = (np.broadcast_to(M, (*batch, n, n)).reshape(-1, n, n) for M in (A, D))
    solver = series.solved if "series" in engine.PARTS else _one_by_one
    with np.errstate(under="ignore"):  # powers that vanish
        V = by_blocks(lambda part: (solver(A[part], D[part]),), len(A), BLOCK)[0]
    return V.reshape(*batch, n, n)


def _one_by_one(A, D):
    V = np.full(A.shape, np.nan)
    for k in np.flatnonzero(is_stable(A)):
        V[k] = solve_continuous_lyapunov(A[k], -D[k])
    return (V + np.swapaxes(V, -1, -2)) / 2


def swamped(A, D, V) -> np.ndarray:
    """Whether V has grown so large, at the edge of stability, that rounding has swamped its vacuum.

    For quadratures, all in units of the vacuum's; ``lyapunov`` knows no units.
    """
    return _norm(V) * _norm(A) > UNRESOLVED * _norm(D)


def _norm(M):
    return np.sqrt(np.einsum("...ij,...ij->...", M, M))
