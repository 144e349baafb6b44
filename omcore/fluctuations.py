r"""The linearised Langevin equations ``du/dt = A u + v``: drift, diffusion and stability."""

import numpy as np

from .conventions import MODES
from .errors import MatrixError
from .parameters import Parameters
from .sagnac import cavity_detunings

Q, P_M = 6, 7  # rows of the mirror's position and momentum


def optomechanical_couplings(p: Parameters, mean_field) -> dict:
    r"""Linearised couplings :math:`G_{j-m} = \sqrt2\,G_0\,\alpha_j` of both cavity modes, in rad/s.

    Below Eq. 8. Complex; the phase is that of the amplitude.

    Parameters
    ----------
    p : Parameters
    mean_field : MeanField

    Returns
    -------
    dict of "ccw" and "cw" to a complex array of the mean field's shape

    Examples
    --------
    >>> import omcore as om
    >>> G = om.optomechanical_couplings(om.PAPER, om.mean_field(om.PAPER))
    >>> print(f"{abs(G['ccw']) / om.PAPER.omega_m:.3f}")
    0.753
    """
    return {j: np.sqrt(2) * p.G_0 * getattr(mean_field, f"alpha_{j}") for j in ("ccw", "cw")}


def drift_matrix(p: Parameters, mean_field) -> np.ndarray:
    r"""Drift matrix A, Eq. 8: the Jacobian of the Langevin equations, Eq. 5, at a mean field.

    Parameters
    ----------
    p : Parameters
    mean_field : MeanField, from ``mean_field`` or ``mean_field_branches``

    Returns
    -------
    array ``(..., 8, 8)`` in rad/s, rows and columns in the order of ``conventions.QUADRATURES``.
    NaN where the mean field is NaN.

    Examples
    --------
    >>> import omcore as om
    >>> A = om.drift_matrix(om.PAPER, om.mean_field(om.PAPER))
    >>> bool(A[6, 7] == om.PAPER.omega_m)
    True
    """
    coupling = optomechanical_couplings(p, mean_field)
    detuning = cavity_detunings(p)
    atoms = 2 * MODES.index("a")
    A = np.zeros((*np.broadcast_shapes(p.shape, np.shape(mean_field.q)), 8, 8))

    def damped_rotation(x, damping, frequency):
        A[..., x, x] = A[..., x + 1, x + 1] = -damping
        A[..., x, x + 1] = frequency
        A[..., x + 1, x] = -frequency

    for mode in ("ccw", "cw"):
        x = 2 * MODES.index(mode)
        y = x + 1
        damped_rotation(x, p.kappa, detuning[mode] - p.G_0 * mean_field.q)
        A[..., x, atoms + 1] = A[..., atoms, y] = p.G_a
        A[..., y, atoms] = A[..., atoms + 1, x] = -np.asarray(p.G_a)
        A[..., x, Q] = -coupling[mode].imag
        A[..., y, Q] = A[..., P_M, x] = coupling[mode].real
        A[..., P_M, y] = coupling[mode].imag
    damped_rotation(atoms, p.gamma_a, p.Delta_a)
    A[..., Q, P_M] = p.omega_m
    A[..., P_M, Q] = -np.asarray(p.omega_m)
    A[..., P_M, P_M] = -np.asarray(p.gamma_m)
    return A


def diffusion_matrix(p: Parameters) -> np.ndarray:
    r"""Diffusion matrix, below Eq. 12: :math:`D = \mathrm{diag}[\kappa, \kappa, \kappa, \kappa,
    \gamma_a, \gamma_a, 0, \gamma_m(2n_m + 1)]`.

    The Brownian force acts on the momentum alone.

    Returns
    -------
    array ``p.shape + (8, 8)`` in rad/s

    Examples
    --------
    >>> import omcore as om
    >>> D = om.diffusion_matrix(om.PAPER)
    >>> bool(D[0, 0] == om.PAPER.kappa), float(D[6, 6])
    (True, 0.0)
    """
    D = np.zeros((*p.shape, 8, 8))
    for k in range(4):
        D[..., k, k] = p.kappa
    for k in (4, 5):
        D[..., k, k] = p.gamma_a
    D[..., P_M, P_M] = p.gamma_m * (2 * p.n_m + 1)
    return D


def is_stable(A) -> np.ndarray:
    """Whether all eigenvalues of A have negative real parts (Routh-Hurwitz, below Eq. 9).

    Parameters
    ----------
    A : array (..., n, n), in any unit of rate

    Returns
    -------
    bool array of the batch's shape; False where A holds a NaN

    Raises
    ------
    MatrixError
        If A is not a stack of square matrices.

    Examples
    --------
    >>> is_stable([[[-1.0, 5.0], [0.0, -1.0]], [[0.0, 1.0], [-1.0, 0.0]]])
    array([ True, False])
    """
    A = np.asarray(A, dtype=float)
    if A.ndim < 2 or A.shape[-1] != A.shape[-2]:
        raise MatrixError(f"A has shape {A.shape} (rates in rad/s); give square matrices (..., n, n)")
    finite = np.isfinite(A).all((-1, -2))
    safe = np.where(finite[..., None, None], A, 0.0)  # zero is not stable: its growth rate is 0
    growth = np.linalg.eigvals(safe).real.max(-1)
    rounding = 8 * np.finfo(float).eps * np.abs(safe).max((-1, -2))
    return (growth < -rounding)[()]
