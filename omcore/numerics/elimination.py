"""Small linear systems, many at once; entries first, ``(n, k, m)``."""


def gauss_jordan(augmented):
    """Solve L x = v by elimination, in place; no search for pivots.

    Without a search it suits matrices whose Hermitian part is positive, as that of -(drift) of damped
    light is: their pivots stay away from zero.

    Parameters
    ----------
    augmented : array (n, n + 1, m), L and v; overwritten

    Returns
    -------
    array (n, m), x

    Examples
    --------
    >>> import numpy as np
    >>> gauss_jordan(np.array([[2.0, 1.0, 3.0], [1.0, 2.0, 3.0]])[..., None])[:, 0]
    array([1., 1.])
    """
    for k in range(len(augmented)):
        row = augmented[k] / augmented[k, k]
        factors = augmented[:, k].copy()
        factors[k] = 0
        augmented -= factors[:, None] * row
        augmented[k] = row
    return augmented[:, -1]
