r"""The Lyapunov equation of a whole batch, by a geometric series that doubles its length at each step.

.. math:: V = \sum_k C^k Q\,(C^T)^k,\quad C = (A - \sigma)^{-1}(A + \sigma),\quad
          Q = 2\sigma (A - \sigma)^{-1} D\,(A^T - \sigma)^{-1}

(Smith, SIAM J. Appl. Math. 16, 198 (1968)). The powers of the Cayley transform C vanish if and only if A is
stable, so the same sum decides on stability. It is taken in units of its own, so that those of A and D may
be of any size, and once more for what V leaves of the equation, which says how many digits are right.
"""

import numpy as np

from ..quantities import matrices_of_one_size

GOOD, LOST = 1e-9, 1e-6  # share of V that is rounding: left as it is, and not given away for V
REPEATS = 3
SLOW = 46  # doublings after which eigenvalues say whether a mode decays at all
SWEEPS = 200  # each moves all units part of the way; a system in natural units needs none
FAR = np.log(4.0)  # row and column whose sizes differ by less than this factor are balanced


def solved(A, D):
    """V of a flat batch (m, n, n); NaN where A is not stable, or not finite, or where six digits are lost.

    >>> solved(np.array([[[-1.0]]]), np.array([[[4.0]]]))
    array([[[2.]]])
    """
    found = np.full(A.shape, np.nan)
    todo = np.flatnonzero(np.isfinite(A).all((-1, -2)) & A.any((-1, -2)))
    t = balancing(A[todo])
    units = t[:, :, None] * t[:, None, :]
    A, D = A[todo] * t[:, None, :] / t[:, :, None], D[todo] / units
    V, doubt = _doubled(A, D), np.arange(len(A))
    for _ in range(REPEATS):  # what V leaves of the equation is solved for in its turn
        half = A[doubt] @ V[doubt]
        more = _doubled(A[doubt], D[doubt] + half + _transposed(half))
        lost = _norm(more) / np.maximum(_norm(V[doubt]), np.finfo(float).tiny)
        poor = lost > GOOD  # below, what is added is rounding itself
        doubt, lost = doubt[poor], lost[poor]
        if not len(doubt):
            break
        V[doubt] += more[poor]
    V[doubt[lost > LOST]] = np.nan
    found[todo] = V * units
    return found


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
    A, D, V = matrices_of_one_size(A=A, D=D, V=V)
    half = A @ V
    with np.errstate(divide="ignore", invalid="ignore"):
        return _norm(half + np.swapaxes(half, -1, -2) + D) / (2 * _norm(A) * _norm(V))


def balancing(A) -> np.ndarray:
    r"""Units t of the variables, powers of two, that make rows and columns of :math:`A_{ij} t_j/t_i` alike.

    The rates of a linear system do not know in which units its variables are written, and nor may a
    verdict about them (Osborne, J. ACM 7, 338 (1960)). What is on the diagonal counts, so that a chain
    that only leads one way ends as weak as its own rates.

    Parameters
    ----------
    A : array (..., n, n); where it holds a NaN nothing is balanced

    Returns
    -------
    array (..., n)

    Examples
    --------
    A displacement in metres and a momentum in kg m/s, of 10 ng at 10 MHz:

    >>> t = balancing(np.array([[0.0, 1e11], [-4e4, -5e3]]))
    >>> print(np.log10(t[1] / t[0]).round())
    -3.0
    """
    size, logarithm = np.abs(A), np.zeros(A.shape[:-1])
    for _ in range(SWEEPS):
        rows, columns = size.sum(-1), size.sum(-2)
        there = (rows > 0) & (columns > 0)
        gap = np.log(np.where(there, rows, 1.0) / np.where(there, columns, 1.0))
        if not (np.abs(gap) > FAR).any():
            break
        gap = np.where(np.abs(gap) > FAR, gap, 0.0)
        step = np.exp(gap / 4)
        size = size * step[..., None, :] / step[..., :, None]
        logarithm += gap / 4
    return 2.0 ** np.round(logarithm / np.log(2))


def _doubled(A, D, vanished=1e-8, diverged=1e12, doublings=60):
    """Smith's series for a batch (m, n, n); NaN where the powers of C do not vanish."""
    n = A.shape[-1]
    result = np.full(A.shape, np.nan)
    todo, sigma = np.arange(len(A)), 1.01 * _norm(A)[:, None, None]  # beyond every eigenvalue of A
    inverse = np.linalg.inv(A - sigma * np.eye(n))
    C = 2 * sigma * inverse + np.eye(n)
    V = 2 * sigma * (inverse @ D @ _transposed(inverse))
    failed = np.zeros(len(todo), bool)
    for k in range(doublings):
        if k == SLOW:  # from here on rounding alone makes powers vanish
            edge = -8 * np.finfo(float).eps * np.abs(A[todo]).max((-1, -2))
            failed |= ~(np.linalg.eigvals(A[todo]).real.max(-1) < edge)
            C[failed] = 0.0
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
