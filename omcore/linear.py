r"""The linearised Langevin equations ``du/dt = A u + v``: drift A, diffusion D, stability, covariance V.

Quadratures come in pairs (X, Y) of each mode, :math:`z = (X + iY)/\sqrt2`, then the (q, p) of each mirror,
and classical variables last.
"""

import numpy as np
from scipy.linalg import solve_continuous_lyapunov

from . import engine
from .conventions import MatrixError, ParameterError
from .engine import series
from .engine.blocks import by_blocks
from .quantities import matrices_of_one_size, real_matrices
from .resonator import as_system
from .systems import fluctuations, matching

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
    array ``(..., 2n + 2k, 2n + 2k)`` in rad/s for n modes of light and matter and k mirrors, the axis of the
    branches behind those of the sweep. NaN where the mean field is NaN.

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
    M, S, G = fluctuations(system, field)
    n, k = len(system.modes), len(system.mirrors)
    A = np.zeros((*np.broadcast_shapes(system.shape, field.shape), 2 * (n + k), 2 * (n + k)))
    X, Y = slice(0, 2 * n, 2), slice(1, 2 * n, 2)
    Q, P = slice(2 * n, None, 2), slice(2 * n + 1, None, 2)
    A[..., : 2 * n, : 2 * n] = real_form(M, S)
    G = G[..., None] if k == 1 else G
    A[..., X, Q] = -G.imag
    A[..., Y, Q] = G.real
    A[..., P, X], A[..., P, Y] = np.swapaxes(G.real, -1, -2), np.swapaxes(G.imag, -1, -2)
    omega, gamma = system.of_mirrors("omega_m"), system.of_mirrors("gamma_m")
    for mirror, q in enumerate(range(2 * n, 2 * (n + k), 2)):
        A[..., q, q + 1], A[..., q + 1, q] = omega[..., mirror], -omega[..., mirror]
        A[..., q + 1, q + 1] = -gamma[..., mirror]
    return A


def real_form(M, S) -> np.ndarray:
    r"""The real matrix, (..., 2n, 2n), by which :math:`\dot z = Mz - iSz^*` moves the pairs (X, Y)."""
    from_X, from_Y = M - 1j * S, M + 1j * S  # z = X is its own conjugate, z = iY the opposite of it
    A = np.empty((*from_X.shape[:-2], 2 * M.shape[-1], 2 * M.shape[-1]))
    A[..., ::2, ::2], A[..., 1::2, ::2] = from_X.real, from_X.imag
    A[..., ::2, 1::2], A[..., 1::2, 1::2] = -from_Y.imag, from_Y.real
    return A


def diffusion_matrix(p, field=None) -> np.ndarray:
    r"""Diffusion matrix, below Eq. 12: :math:`D = \mathrm{diag}[K_1, K_1, \dots, 0, \gamma_m(2n_m + 1)]`.

    For the paper's resonator K is :math:`(\kappa, \kappa, \gamma_a)`. The Brownian force acts on the
    momentum alone. A bath with occupation n and squeezing m gives the pair (X, Y) of its mode
    :math:`|K|\,[(2n + 1)\,1 + 2m]`, with m as the matrix of its real and imaginary part. A laser of width
    :math:`\Gamma_L` turns all amplitudes alike and adds :math:`\Gamma_L w w^T`, where w holds the quadratures
    of :math:`i\alpha`.

    Parameters
    ----------
    p : Parameters or System
    field : MeanField, needed where the laser has a width

    Returns
    -------
    array ``(..., 2n + 2k, 2n + 2k)`` in rad/s

    Raises
    ------
    ParameterError
        If the laser has a width and there is no mean field.

    Examples
    --------
    >>> import omcore as om
    >>> D = om.diffusion_matrix(om.PAPER)
    >>> bool(D[0, 0] == om.PAPER.kappa), float(D[6, 6])
    (True, 0.0)
    """
    system = as_system(p)
    quiet_laser = not system.laser_linewidth.any()
    if field is None and not quiet_laser:
        raise ParameterError(
            f"laser_linewidth reaches {system.laser_linewidth.max():.3g} rad/s: its noise goes with the "
            "amplitudes; give the mean field, as om.diffusion_matrix(p, om.mean_field(p))"
        )
    system = system if quiet_laser else matching(system, field)
    n, k, decay = len(system.modes), len(system.mirrors), np.abs(system.decay)
    D = np.zeros((*system.shape, 2 * (n + k), 2 * (n + k)))
    noise = decay * (2 * system.n + 1)
    for j in range(2 * n):
        D[..., j, j] = noise[..., j // 2]
    heat = system.of_mirrors("gamma_m") * (2 * system.of_mirrors("n_m") + 1)
    for mirror, p in enumerate(range(2 * n + 1, 2 * (n + k), 2)):
        D[..., p, p] = heat[..., mirror]
    if system.m.any():
        rate = 2 * np.sqrt(decay[..., :, None] * decay[..., None, :]) * system.m
        X, Y = slice(0, 2 * n, 2), slice(1, 2 * n, 2)
        D[..., X, X] += rate.real
        D[..., Y, Y] -= rate.real
        D[..., X, Y] += rate.imag
        D[..., Y, X] += rate.imag
    if quiet_laser:
        return D
    w = np.nan_to_num(turned(field))  # where there is no mean field A says so
    return D + system.laser_linewidth[..., None, None] * w[..., :, None] * w[..., None, :]


def turned(field) -> np.ndarray:
    """How the mean quadratures move as the laser's phase turns: those of iα, and zero, (..., 2n + 2k)."""
    u = field.quadratures()
    w, n = np.zeros_like(u), 2 * len(field.modes)
    w[..., :n:2], w[..., 1:n:2] = -u[..., 1:n:2], u[..., :n:2]
    return w


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
    refuse_no_diffusion(D)
    batch = np.broadcast_shapes(A.shape[:-2], D.shape[:-2])
    n = A.shape[-1]
    A, D = (np.broadcast_to(M, (*batch, n, n)).reshape(-1, n, n) for M in (A, D))
    solver = series.solved if "series" in engine.PARTS else _one_by_one
    with np.errstate(under="ignore"):  # powers that vanish
        V = by_blocks(lambda part: (solver(A[part], D[part]),), len(A), BLOCK)[0]
    return V.reshape(*batch, n, n)


def refuse_no_diffusion(D, positive=False):
    """Refuse a D that is not symmetric and finite, and one that is no covariance where that is asked."""
    asymmetry = np.abs(D - np.swapaxes(D, -1, -2))
    size = np.sqrt(np.abs(np.einsum("...ii->...i", D)))  # in the units of each variable
    pairs = size[..., None] * size[..., None, :]
    if not (asymmetry <= 1e-12 * np.maximum(pairs, np.abs(D))).all():
        raise MatrixError(
            f"D is not symmetric and finite: |D - D^T| reaches {asymmetry.max():.3g} rad/s; "
            "a diffusion matrix is symmetric, give (D + D.T)/2 of finite entries"
        )
    if (
        positive
        and (lowest := np.linalg.eigvalsh(D / np.where(pairs > 0, pairs, 1)).min(initial=0)) < -1e-9
    ):
        raise MatrixError(
            f"D is no covariance: it has a negative eigenvalue, {lowest:.3g} times its diagonal (rad/s); "
            "give a positive matrix, K (2n + 1) for the two quadratures of a damped mode"
        )


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
