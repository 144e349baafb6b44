"""Polynomials, and those of small matrices, many at once.

Coefficients and entries of matrices come first and the batch last, ``(n, n, m)``: NumPy is fastest
along long last axes.
"""

from itertools import combinations

import numpy as np


def characteristic(M):
    """Coefficients c_k of det(s - M), lowest power first, by the method of Faddeev and LeVerrier.

    Parameters
    ----------
    M : array (n, n, m), m matrices

    Returns
    -------
    array (n + 1, m), the last row ones

    Examples
    --------
    >>> characteristic(np.array([[1.0, 0.0], [0.0, 2.0]])[..., None])[:, 0]
    array([ 2., -3.,  1.])
    """
    n = len(M)
    c = np.ones((n + 1, M.shape[-1]), M.dtype)
    c[n - 1] = -np.einsum("iim->m", M)
    product = M
    for k in range(2, n + 1):
        shifted = product.copy()
        shifted[range(n), range(n)] += c[n - k + 1]
        c[n - k] = -(M * shifted.swapaxes(0, 1)).sum((0, 1)) / k  # the trace of their product
        if k < n:
            product = matrix_product(M, shifted)
    return c


def adjugate_times(M, c, v):
    """The vectors u_k of adj(s - M) v = Σ s^k u_k, with c from ``characteristic``.

    Parameters
    ----------
    M : array (n, n, m)
    c : array (n + 1, m)
    v : array (n, m)

    Returns
    -------
    array (n, n, m), the power first

    Examples
    --------
    >>> M = np.array([[1.0, 0.0], [0.0, 2.0]])[..., None]
    >>> adjugate_times(M, characteristic(M), np.ones((2, 1)))[..., 0]
    array([[-2., -1.],
           [ 1.,  1.]])
    """
    n = len(M)
    u = np.empty((n, n, M.shape[-1]), np.result_type(M, v))
    u[n - 1] = v
    for k in range(n - 2, -1, -1):
        u[k] = (M * u[k + 1]).sum(1) + c[k + 1] * v
    return u


def pencil_determinant(M, slope):
    """The polynomial det(M + x diag(slope)), lowest power first, by Laplace's expansion row by row.

    Each coefficient is a sum of products of entries, so that rows of very different sizes lose no digits;
    for the few rows of a System the 2^n minors are no price.

    Parameters
    ----------
    M : array (n, n, m)
    slope : array (n, m)

    Returns
    -------
    array (n + 1, m)

    Examples
    --------
    >>> pencil_determinant(np.array([[1.0, 2.0], [3.0, 4.0]])[..., None], np.array([[1.0], [0.0]]))[:, 0]
    array([-2.,  4.,  0.])
    """
    n, m = slope.shape
    minors = {(): np.ones((1, m))}  # of the rows so far and some columns, as polynomials
    for row in range(n):
        wider = {}
        for columns in combinations(range(n), row + 1):
            total = np.zeros((row + 2, m), np.result_type(M, slope))
            for k, column in enumerate(columns):
                minor = minors[columns[:k] + columns[k + 1 :]]
                sign = -1 if (row + k) % 2 else 1
                total[:-1] += sign * M[row, column] * minor
                if column == row:
                    total[1:] += sign * slope[row] * minor
            wider[columns] = total
        minors = wider
    return minors[tuple(range(n))]


def matrix_product(A, B):
    """The product of matrices whose entries come first, (n, k, m) and (k, l, m).

    >>> matrix_product(np.ones((2, 3, 1)), np.ones((3, 2, 1)))[..., 0]
    array([[3., 3.],
           [3., 3.]])
    """
    product = A[:, 0, None] * B[0]
    for k in range(1, len(B)):
        product += A[:, k, None] * B[k]
    return product


def horner(coefficients, x):
    """Value and slope of polynomials at x; coefficients lowest power first, along the first axis.

    >>> horner(np.array([1.0, 0.0, 2.0]), 3.0)
    (np.float64(19.0), np.float64(12.0))
    """
    value, *rest = coefficients[::-1]
    if not rest:
        return value, np.zeros_like(value)
    value, slope = value * x + rest[0], value
    for c in rest[1:]:
        slope = slope * x + value
        value = value * x + c
    return value, slope


def convolved(a, b):
    """Coefficients of the product of polynomials, along the first axis, for every point of the batch.

    >>> convolved(np.array([[1.0], [1.0]]), np.array([[1.0], [-1.0]]))[:, 0]
    array([ 1.,  0., -1.])
    """
    product = np.zeros((len(a) + len(b) - 1, *a.shape[1:]), np.result_type(a, b))
    for k, coefficient in enumerate(a):
        product[k : k + len(b)] += coefficient * b
    return product


def square_modulus(a):
    """Real coefficients of |a(x)|² on the real axis, for complex coefficients along the first axis.

    >>> square_modulus(np.array([[1j], [2.0]]))[:, 0]
    array([1., 0., 4.])
    """
    parts = np.array([a.real, a.imag]).swapaxes(0, 1)
    return convolved(parts, parts).sum(1)


def routh(a, doubt=1e-9):
    """Whether all roots of real polynomials lie left of the imaginary axis, by Routh's table.

    Parameters
    ----------
    a : array (n + 1, m), lowest power first, leading coefficients positive
    doubt : a pivot this small, relative to what it is the difference of, decides nothing

    Returns
    -------
    int array (m,): 1 where they do, -1 where one does not, 0 where the table cannot tell, as for NaN

    Examples
    --------
    >>> routh(np.array([[2.0, 2.0, 2.0], [3.0, -3.0, 0.0], [1.0, 1.0, 1.0]]))
    array([ 1, -1,  0])
    """
    older, newer = a[::-1][::2], a[::-1][1::2]
    pivots, scales = [newer[0]], [np.abs(newer).max(0)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        while len(older) > 1:
            taken = older[0] / newer[0] * newer[1:]
            following = older[1:].copy()
            following[: len(taken)] -= taken
            pivots.append(following[0])
            scales.append(np.abs(older[1]) + np.abs(taken[0]) if len(taken) else np.abs(older[1]))
            older, newer = newer, following
        pivots, sure = np.array(pivots), np.abs(pivots) > doubt * np.array(scales)
    good = sure & (pivots > 0)
    first = good.argmin(0)  # that is not good decides, if it is sure; what follows it means nothing
    decided = np.take_along_axis(sure, first[None], 0)[0]
    return np.where(good.all(0), 1, np.where(decided, -1, 0))
