"""Elimination in small linear systems, many at once; entries first, ``(n, k, m)``."""


def gauss_jordan(augmented, pivots):
    """Eliminate some unknowns of L x = v from all other rows, in place; no search for pivots.

    With all unknowns as pivots the last column becomes x; with some, the rows and columns of the
    others hold the system that is left. Without a search it suits matrices whose Hermitian part is
    positive, as that of -(drift) of damped light is: their pivots stay away from zero.

    Parameters
    ----------
    augmented : array (n, n + 1, m), L and v
    pivots : numbers of the unknowns to eliminate

    Returns
    -------
    augmented, changed

    Examples
    --------
    >>> import numpy as np
    >>> gauss_jordan(np.array([[2.0, 1.0, 3.0], [1.0, 2.0, 3.0]])[..., None], [0, 1])[:, -1, 0]
    array([1., 1.])
    """
    for k in pivots:
        row = augmented[k] / augmented[k, k]
        factors = augmented[:, k].copy()
        factors[k] = 0
        augmented -= factors[:, None] * row
        augmented[k] = row
    return augmented
