"""V and E_am to 50 digits from A and D as they stand: what the peers are measured against."""

import mpmath
import numpy as np

DIGITS = 50
WORKING = 2 * DIGITS  # differences of large numbers lose some


def covariance(A, D):
    """V of AV + VA^T = -D, from the n(n+1)/2 equations for its entries, by elimination."""
    with mpmath.workdps(WORKING):
        A, D = mpmath.matrix(A.tolist()), mpmath.matrix(D.tolist())
        rows, columns = np.triu_indices(A.rows)
        pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
        place = {pair: k for k, pair in enumerate(pairs)}
        M, right = mpmath.zeros(len(pairs)), mpmath.matrix(len(pairs), 1)
        for k, (i, j) in enumerate(pairs):
            right[k] = -D[i, j]
            for n in range(A.rows):
                M[k, place[min(n, j), max(n, j)]] += A[i, n]
                M[k, place[min(i, n), max(i, n)]] += A[j, n]
        found = mpmath.lu_solve(M, right)
        V = mpmath.matrix(A.rows)
        for k, (i, j) in enumerate(pairs):
            V[i, j] = V[j, i] = found[k]
        return V


def log_negativity(V):
    """E of two modes, V (4, 4): from the eigenvalues of the partially transposed V, by their squares."""
    with mpmath.workdps(WORKING):
        V = V if isinstance(V, mpmath.matrix) else mpmath.matrix(np.asarray(V).tolist())
        det = mpmath.det
        S = det(V[:2, :2]) + det(V[2:, 2:]) - 2 * det(V[:2, 2:])
        least = (S - mpmath.sqrt(S * S - 4 * det(V))) / 2
        return max(mpmath.mpf(0), -mpmath.log(4 * least) / 2)


def numbers(V):
    """As an array of Python floats, rounded once."""
    return np.array([[float(V[i, j]) for j in range(V.cols)] for i in range(V.rows)])
