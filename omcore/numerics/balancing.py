"""Units in which no variable of a linear system stands out: diagonal rescalings, many at once."""

import numpy as np

SWEEPS = 200  # each moves all units part of the way; a system in natural units needs none
FAR = np.log(4.0)  # row and column whose sizes differ by less than this factor are balanced


def balancing(A) -> np.ndarray:
    r"""Units t of the variables, powers of two, that make rows and columns of :math:`A_{ij} t_j/t_i` alike.

    The rates of a linear system do not know in which units its variables are written, and nor may
    a verdict about them. In these units there is nothing left of those that were chosen (Osborne,
    J. ACM 7, 338 (1960)). What is on the diagonal counts, so that a chain that only leads one way
    ends as weak as its own rates.

    Parameters
    ----------
    A : array (m, n, n), finite

    Returns
    -------
    array (m, n)

    Examples
    --------
    A displacement in metres and a momentum in kg m/s, of 10 ng at 10 MHz:

    >>> t = balancing(np.array([[[0.0, 1e11], [-4e4, -5e3]]]))
    >>> print(np.log10(t[0, 1] / t[0, 0]).round())
    -3.0
    """
    size, logarithm = np.abs(A), np.zeros(A.shape[:2])
    for _ in range(SWEEPS):
        rows, columns = size.sum(-1), size.sum(-2)
        there = (rows > 0) & (columns > 0)
        gap = np.log(np.where(there, rows, 1.0) / np.where(there, columns, 1.0))
        if not (np.abs(gap) > FAR).any():
            break
        gap = np.where(np.abs(gap) > FAR, gap, 0.0)
        step = np.exp(gap / 4)
        size = size * step[:, None, :] / step[:, :, None]
        logarithm += gap / 4
    return 2.0 ** np.round(logarithm / np.log(2))
