r"""The steady covariance matrix, from the Lyapunov equation :math:`AV + VA^T = -D`, Eq. 12."""

import numpy as np

from .errors import MatrixError
from .matrices import real_matrices
from .numerics.balancing import balancing
from .numerics.blocks import by_blocks

BLOCK = 256  # matrices worked on at once; their powers stay in the cache
UNIT_OF = {"A": "rates in rad/s", "D": "rates in rad/s", "V": "dimensionless"}
UNRESOLVED = 1e9  # V beyond this times |D|/|A| has lost its vacuum to rounding
GOOD, LOST = 1e-9, 1e-6  # share of V that is rounding: left as it is, and not given away for V
REPEATS = 3


def lyapunov(A, D) -> np.ndarray:
    r"""Steady covariance matrix V of ``du/dt = A u + v``, Eq. 12, for a whole batch.

    V is the sum of a geometric series in the Cayley transform of A, doubled in length at each
    step (Smith, SIAM J. Appl. Math. 16, 198 (1968)):

    .. math:: V = \sum_k C^k Q\,(C^T)^k,\quad C = (A - \sigma)^{-1}(A + \sigma),\quad
              Q = 2\sigma (A - \sigma)^{-1} D\,(A^T - \sigma)^{-1}

    The powers of C vanish if and only if A is stable, so the same sum decides on stability. It is
    taken in units of its own, so that those of A and D may be of any size, and once more for what V
    leaves of the equation, which says how many digits are right.

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
    A, D = _checked(A, D)
    batch = np.broadcast_shapes(A.shape[:-2], D.shape[:-2])
    n = A.shape[-1]
    A, D = (np.broadcast_to(M, (*batch, n, n)).reshape(-1, n, n) for M in (A, D))
    with np.errstate(under="ignore"):  # powers of C that vanish
        V = by_blocks(lambda part: (_solved(A[part], D[part]),), len(A), BLOCK)[0]
    return V.reshape(*batch, n, n)


def backward_residual(A, D, V) -> np.ndarray:
    r"""How well V solves the Lyapunov equation: :math:`|AV + VA^T + D| / (2|A||V|)`, in Frobenius norms.

    Rounding alone leaves some 1e-16 to 1e-14, whatever the condition of A. It is no bound on the error
    of V, which grows with that condition.

    Parameters
    ----------
    A, D, V : arrays (..., n, n), drift, diffusion and covariance

    Returns
    -------
    array (...), dimensionless; NaN where V is NaN, infinite where V is zero and D is not

    Raises
    ------
    MatrixError
        If they are not stacks of square matrices of one size.

    Examples
    --------
    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> bool(backward_residual(s.A, s.D, s.V) < 1e-14)
    True
    """
    A, D, V = _of_one_size(A=A, D=D, V=V)
    half = A @ V
    with np.errstate(divide="ignore", invalid="ignore"):
        return _norm(half + np.swapaxes(half, -1, -2) + D) / (2 * _norm(A) * _norm(V))


def swamped(A, D, V) -> np.ndarray:
    """Whether V has grown so large, at the edge of stability, that rounding has swamped its vacuum.

    For quadratures, all in units of the vacuum's; ``lyapunov`` knows no units.
    """
    return _norm(V) * _norm(A) > UNRESOLVED * _norm(D)


def _solved(A, D):
    """V of one chunk (m, n, n) in units of its own."""
    found = np.full(A.shape, np.nan)
    todo = np.flatnonzero(np.isfinite(A).all((-1, -2)) & A.any((-1, -2)))
    t = balancing(A[todo])
    units = t[:, :, None] * t[:, None, :]
    A, D = A[todo] * t[:, None, :] / t[:, :, None], D[todo] / units
    V, doubt = _doubled_series(A, D), np.arange(len(A))
    for _ in range(REPEATS):  # what V leaves of the equation is solved for in its turn
        half = A[doubt] @ V[doubt]
        more = _doubled_series(A[doubt], D[doubt] + half + _transposed(half))
        lost = _norm(more) / np.maximum(_norm(V[doubt]), np.finfo(float).tiny)
        poor = lost > GOOD  # below, what is added is rounding itself
        doubt, lost = doubt[poor], lost[poor]
        if not len(doubt):
            break
        V[doubt] += more[poor]
    V[doubt[lost > LOST]] = np.nan
    found[todo] = V * units
    return found


def _doubled_series(A, D, vanished=1e-8, diverged=1e12, doublings=60):
    """Smith's series for one chunk (m, n, n); NaN where the powers of C do not vanish."""
    n = A.shape[-1]
    result = np.full(A.shape, np.nan)
    todo, sigma = np.arange(len(A)), 1.01 * _norm(A)[:, None, None]  # beyond every eigenvalue of A
    inverse = np.linalg.inv(A - sigma * np.eye(n))
    C = 2 * sigma * inverse + np.eye(n)
    V = 2 * sigma * (inverse @ D @ _transposed(inverse))
    failed = np.zeros(len(todo), bool)
    for _ in range(doublings):
        V += C @ V @ _transposed(C)
        C = C @ C
        power = _norm(C)
        done = power < vanished
        failed |= ~(power < diverged)
        C[failed] = 0.0
        going = ~done & ~failed
        if going.sum() < 0.8 * len(todo):  # sorted out now and then: moving matrices costs, too
            finished = done & ~failed
            result[todo[finished]] = V[finished]
            todo, V, C, failed = todo[going], V[going], C[going], failed[going]
        if not len(todo):
            break
    return (result + _transposed(result)) / 2


def _norm(M):
    return np.sqrt(np.einsum("...ij,...ij->...", M, M))


def _transposed(M):
    return np.ascontiguousarray(np.swapaxes(M, -1, -2))  # contiguous: matmul is then faster


def _of_one_size(**given):
    """Square matrices of one size whose batch axes broadcast."""
    matrices = {name: real_matrices(name, M, UNIT_OF[name]) for name, M in given.items()}
    shapes = ", ".join(f"{name} {M.shape}" for name, M in matrices.items())
    if len({M.shape[-1] for M in matrices.values()}) > 1:
        raise MatrixError(f"sizes differ: {shapes} (rates in rad/s); give matrices of one size")
    try:
        np.broadcast_shapes(*(M.shape[:-2] for M in matrices.values()))
    except ValueError:
        raise MatrixError(
            f"batch axes do not broadcast: {shapes} (rates in rad/s); give as many of each, or one"
        ) from None
    return matrices.values()


def _checked(A, D):
    A, D = _of_one_size(A=A, D=D)
    asymmetry = np.abs(D - np.swapaxes(D, -1, -2))
    size = np.sqrt(np.abs(np.einsum("...ii->...i", D)))  # in the units of each variable
    if not (asymmetry <= 1e-12 * np.maximum(size[..., None] * size[..., None, :], np.abs(D))).all():
        raise MatrixError(
            f"D is not symmetric and finite: |D - D^T| reaches {asymmetry.max():.3g} rad/s; "
            "a diffusion matrix is symmetric, give (D + D.T)/2 of finite entries"
        )
    return A, D
