r"""A witness of genuine multipartite entanglement: noise below what any biseparable state allows.

A positive matrix Z weighs the variances of joint quadratures. Every quantum state has
:math:`\mathrm{tr}(ZV) \ge \sum_k \zeta_k` with the symplectic eigenvalues :math:`\zeta_k` of Z. A product
state over a cut has at least the sum of these bounds for the two parts. A biseparable state is a mixture
of such products, over any cuts, and mixing adds noise, so it obeys the least of the bounds. A V below
that is genuinely entangled. The Z is found by descent; the proof is one number, ``noise_ratio``.
"""

from itertools import combinations

import numpy as np
from scipy.optimize import minimize

from ..conventions import MatrixError, ModeError, is_integer
from ..quantities import Quantity, checked
from .symplectic import measured_states, one_matrix, symplectic_form

SHARP = Quantity("", "1", "sharpness of the smooth minimum", "positive")
SHARPNESS = (10, 100, 1e3, 1e4)  # of the smooth minimum over the cuts, in turn
MOST_MODES = 12  # to be cut in two: there are 2^(n - 1) - 1 ways
SMALL = 1e-9  # added to Z, so that it has an inverse


def bipartitions(n_modes: int):
    """All ways to cut the modes in two, as pairs of lists of rows of V.

    >>> bipartitions(2)
    [([0, 1], [2, 3])]
    >>> len(bipartitions(3)), len(bipartitions(4))
    (3, 7)
    """
    if not is_integer(n_modes) or not 2 <= n_modes <= MOST_MODES:
        raise ModeError(
            f"{n_modes!r:.60} is no number of modes (no unit); give an integer from 2 to {MOST_MODES}"
        )
    sizes = range(1, n_modes // 2 + 1)
    parts = [part for size in sizes for part in combinations(range(n_modes), size)]
    halves = [part for part in parts if 2 * len(part) < n_modes or 0 in part]
    rows = range(2 * n_modes)
    return [
        ([i for i in rows if i // 2 in p], [i for i in rows if i // 2 not in p]) for p in halves
    ]


def noise_ratio(Z, V):
    """tr(Z V) over its least value among biseparable states. Below 1, V belongs to none of them.

    Both are arrays (2n, 2n), V with vacuum variance 1/2. A Z that is not symmetric and positive definite
    raises a MatrixError.

    >>> print(f"{noise_ratio(np.eye(6), np.eye(6) / 2):.3f}")
    1.000
    """
    V = one_matrix("V", V)
    Z = one_matrix("Z", Z, len(V))
    return float(np.trace(Z @ V) / _product_bounds(Z)[0].min())


def _product_bounds(Z):
    """The least tr(Z V) of product states over each of the ``bipartitions``, and a V that has it.

    Arrays (cuts,) and (cuts, 2n, 2n).

    >>> _product_bounds(np.eye(6))[0].round(9)
    array([3., 3., 3.])
    """
    least, states = [], []
    for cut in bipartitions(len(Z) // 2):
        total, V = 0.0, np.zeros(np.shape(Z))
        for rows in cut:
            part, V[np.ix_(rows, rows)] = _least_noise(Z[np.ix_(rows, rows)])
            total += part
        least.append(total)
        states.append(V)
    return np.array(least), np.array(states)


def _least_noise(Z):
    """The least tr(Z V) of all quantum states, and a pure V that has it.

    By Williamson's theorem it is the sum of the symplectic eigenvalues of Z.

    >>> least, V = _least_noise(np.diag([4.0, 1.0]))
    >>> print(f"{least:.3f}", np.diag(V).round(3))
    2.000 [0.25 1.  ]
    """
    values, axes = np.linalg.eigh(Z)
    if not values[0] > 0:
        raise MatrixError(
            f"Z is not positive definite: its lowest eigenvalue is {values[0]:.3g} (dimensionless), "
            "so some state makes tr(Z V) as small as you like; add a small multiple of the identity"
        )
    root, inverse = (axes * values ** (s / 2) @ axes.T for s in (1, -1))
    frequencies, modes = np.linalg.eigh(1j * root @ symplectic_form(len(Z) // 2) @ root)
    modulus = (modes * np.abs(frequencies) @ modes.conj().T).real
    return np.abs(frequencies).sum() / 2, inverse @ modulus @ inverse / 2


def best_witness(V, start=None, sharpness=SHARPNESS):
    """The positive Z with the smallest ``noise_ratio`` that a descent finds.

    The descent may end in a local minimum, so that a ratio above 1 proves nothing.

    Parameters
    ----------
    V : array (2n, 2n), covariance matrix with vacuum variance 1/2, of two modes or more
    start : a Z to start from, such as that of a neighbouring V; None for a fixed random one
    sharpness : exponents of the smooth minimum over the cuts, one descent with each in turn

    Returns
    -------
    array (2n, 2n), symmetric and positive definite, of trace about 1

    Raises
    ------
    MatrixError
        If V is no covariance matrix of a quantum state of two modes or more, or start no such Z.
    ParameterError
        If the sharpness is no positive number.

    Examples
    --------
    >>> Z = best_witness(np.eye(6) / 2, sharpness=(10,))
    >>> noise_ratio(Z, np.eye(6) / 2) > 0.999
    True
    """
    V = one_matrix("V", V)
    if len(V) < 4:
        raise MatrixError(
            f"V has shape {V.shape} (dimensionless), one mode; give one matrix (2n, 2n) of two modes or more"
        )
    measured_states(V)
    n = len(V)

    def objective(x, beta):  # ln tr(ZV) - ln(smooth minimum over the cuts), with Z = L Lᵀ
        L = x.reshape(n, n)
        least, states = _product_bounds(L @ L.T + SMALL * np.eye(n))
        weights = (least / least.min()) ** -beta
        noise = np.sum(L * (V @ L))
        pull = np.einsum("k,kij->ij", weights / weights.sum() / least, states)
        value = np.log(noise / least.min()) + np.log(weights.sum()) / beta
        return value, (2 * (V / noise - pull) @ L).ravel()

    sharpness = checked("sharpness", sharpness, SHARP)
    try:
        start = None if start is None else np.linalg.cholesky(one_matrix("start", start, n))
    except np.linalg.LinAlgError:
        raise MatrixError(
            "start is not positive definite (dimensionless); give a Z that best_witness found, or None"
        ) from None
    x = (np.random.default_rng(0).normal(size=(n, n)) if start is None else start).ravel()
    for beta in sharpness.ravel():
        with np.errstate(under="ignore"):  # the weight of a cut that is far from the least
            x = minimize(
                objective, x, args=(beta,), jac=True, method="L-BFGS-B", options={"maxiter": 250}
            ).x
        x /= np.linalg.norm(x)
    L = x.reshape(n, n)
    return L @ L.T + SMALL * np.eye(n)
