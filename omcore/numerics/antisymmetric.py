r"""Singular values of small real antisymmetric matrices, many at once; entries first, ``(2n, 2n, m)``.

They come in equal pairs. For n = 2 there is a closed form in which nothing cancels: the six entries
are two vectors of three,

.. math:: u, v = (K_{12} \pm K_{34},\; K_{13} \mp K_{24},\; K_{14} \pm K_{23}), \quad
          \sigma_{1,2} = \big||u| \pm |v|\big|/2

Larger ones are made bidiagonal by reflections, and then diagonal by rotations of their columns.
"""

import numpy as np

APART = 2e-3  # relative distance of squared singular values beyond which a formula keeps their digits


def singular_values(K) -> np.ndarray:
    """Each pair of singular values once, array (n, m), in descending order.

    >>> K = np.zeros((4, 4, 1))
    >>> K[0, 1], K[1, 0], K[2, 3], K[3, 2] = 3.0, -3.0, 2.0, -2.0
    >>> singular_values(K)[:, 0]
    array([3., 2.])
    """
    if len(K) == 2:
        return np.abs(K[:1, 1])
    if len(K) == 4:
        plus, minus = (
            np.sqrt((K[0, 1] + s * K[2, 3]) ** 2 + (K[0, 2] - s * K[1, 3]) ** 2 + (K[0, 3] + s * K[1, 2]) ** 2)
            for s in (1, -1)
        )
        return np.stack([plus + minus, np.abs(plus - minus)]) / 2
    return _rotated_apart(_bidiagonal(K))


def largest_singular_value(K) -> np.ndarray:
    """The largest singular value, array (m,): for n = 3 in closed form, where it stands apart.

    The squares are the roots of a cubic, and the traces of powers of K its coefficients. Where the
    second root comes near the first, the formula would lose digits; there rotations find both.

    >>> K = np.zeros((6, 6, 1))
    >>> K[0, 1], K[2, 3], K[4, 5] = 3.0, 2.0, 1.0
    >>> print(largest_singular_value(K - K.swapaxes(0, 1))[0].round(12))
    3.0
    """
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
    close = ~(second < (1 - APART) * first)
    if close.any():
        largest[close] = singular_values(K[..., close])[0]
    return largest


def _bidiagonal(K) -> np.ndarray:
    """A matrix (n, n, m) with the singular values of K, by Householder's reflections.

    They leave K antisymmetric and tridiagonal; its even rows and odd columns hold all of it.
    """
    K = K.copy()
    size = len(K)
    for k in range(size - 2):
        x = K[k + 1 :, k]
        length = np.sqrt((x * x).sum(0))
        v = x.copy()
        v[0] += np.copysign(length, v[0])
        scale = (v * v).sum(0)
        v *= np.sqrt(2 / np.where(scale == 0, 1, scale))
        rest = K[k + 1 :, k + 1 :]
        w = (rest * v).sum(1)  # v K v = 0, so the reflection on both sides takes this one vector
        rest += v[:, None] * w - w[:, None] * v
        K[k + 1 :, k] = 0
        K[k + 1, k] = -np.copysign(length, x[0])
        K[k, k + 1 :] = -K[k + 1 :, k]
    return K[0::2, 1::2]


def _rotated_apart(B, sweeps=30):
    """Lengths of the columns once rotations have made them orthogonal (Hestenes), descending."""
    B = B.copy()
    n = len(B)
    for _ in range(sweeps):
        widest = 0.0
        for i in range(n):
            for j in range(i + 1, n):
                a, b, c = (B[:, i] ** 2).sum(0), (B[:, j] ** 2).sum(0), (B[:, i] * B[:, j]).sum(0)
                overlap = np.abs(c) > 2e-16 * np.sqrt(a * b)
                safe = np.where(overlap, c, 1.0)
                zeta = np.where(overlap, (b - a) / (2 * safe), np.inf)
                tangent = np.copysign(1 / (np.abs(zeta) + np.sqrt(1 + zeta * zeta)), zeta)
                cosine = 1 / np.sqrt(1 + tangent * tangent)
                sine = cosine * tangent
                B[:, i], B[:, j] = cosine * B[:, i] - sine * B[:, j], sine * B[:, i] + cosine * B[:, j]
                widest = max(widest, np.abs(tangent).max(initial=0.0))
        if widest < 1e-8:  # the next sweep would turn by its square
            break
    return np.sort(np.sqrt((B * B).sum(0)), axis=0)[::-1]
