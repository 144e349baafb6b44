r"""Singular values of small real antisymmetric matrices, many at once; entries first, ``(2n, 2n, m)``.

They come in equal pairs. For n = 2 there is a closed form in which nothing of the larger one cancels:
the six entries are two vectors of three,

.. math:: u, v = (K_{12} \pm K_{34},\; K_{13} \mp K_{24},\; K_{14} \pm K_{23}), \quad
          \sigma_{1,2} = \big||u| \pm |v|\big|/2
"""

import numpy as np

APART = (
    2e-3  # relative distance of squared singular values beyond which a formula keeps their digits
)


def singular_values(K) -> np.ndarray:
    """Each pair of singular values once, array (n, m), in descending order.

    >>> K = np.zeros((4, 4, 1))
    >>> K[0, 1], K[1, 0], K[2, 3], K[3, 2] = 3.0, -3.0, 2.0, -2.0
    >>> singular_values(K)[:, 0]
    array([3., 2.])
    """
    return np.linalg.svd(K.transpose(2, 0, 1), compute_uv=False)[:, ::2].T


def largest_singular_value(K) -> np.ndarray:
    """The largest singular value, array (m,): for n = 2 and 3 in closed form, where it stands apart.

    The squares are the roots of a cubic, and the traces of powers of K its coefficients. Where
    others come near the first, the formula would lose digits; there LAPACK finds it.

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
