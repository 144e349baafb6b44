r"""The linearised Langevin equations ``du/dt = A u + v``: drift, diffusion and stability.

Quadratures come in pairs (X, Y) of each mode, :math:`z = (X + iY)/\sqrt2`, the mirror's (q, p) last.
"""

import numpy as np

from .matrices import real_matrices
from .numerics.balancing import balancing
from .numerics.blocks import by_blocks
from .resonator import as_system
from .systems import is_felt, light_operator, linearised_couplings, matching


def optomechanical_couplings(p, field) -> dict:
    r"""Linearised couplings :math:`G_{j-m} = \sqrt2\,G_0\,\alpha_j` of the modes that the mirror feels.

    Below Eq. 8. Complex, in rad/s; the phase is that of the amplitude.

    Parameters
    ----------
    p : Parameters or System
    field : MeanField

    Returns
    -------
    dict of a mode's name, "ccw" and "cw" for Parameters, to a complex array of the mean field's shape

    Examples
    --------
    >>> import omcore as om
    >>> G = om.optomechanical_couplings(om.PAPER, om.mean_field(om.PAPER))
    >>> print(f"{abs(G['ccw']) / om.PAPER.omega_m:.3f}")
    0.753
    """
    system = matching(as_system(p), field)
    G = linearised_couplings(system, field)
    return {mode: G[..., k][()] for k, mode in enumerate(system.modes) if is_felt(system, k)}


def drift_matrix(p, field) -> np.ndarray:
    r"""Drift matrix :math:`A`, Eq. 8: the Jacobian of the Langevin equations, Eq. 5, at a mean field.

    Parameters
    ----------
    p : Parameters or System
    field : MeanField, from ``mean_field`` or ``mean_field_branches``

    Returns
    -------
    array ``(..., 2n + 2, 2n + 2)`` in rad/s for n modes of light and matter, the axis of the branches
    behind those of the sweep. NaN where the mean field is NaN.

    Raises
    ------
    ParameterError
        If the mean field is not one of this sweep.

    Examples
    --------
    >>> import omcore as om
    >>> A = om.drift_matrix(om.PAPER, om.mean_field(om.PAPER))
    >>> bool(A[6, 7] == om.PAPER.omega_m)
    True
    """
    system = matching(as_system(p), field)
    M, G = light_operator(system, field.q), linearised_couplings(system, field)
    n = len(system.modes)
    A = np.zeros((*np.broadcast_shapes(system.shape, np.shape(field.q)), 2 * n + 2, 2 * n + 2))
    X, Y, Q, P = slice(0, 2 * n, 2), slice(1, 2 * n, 2), 2 * n, 2 * n + 1
    A[..., X, X] = A[..., Y, Y] = M.real
    A[..., Y, X] = M.imag
    A[..., X, Y] = -M.imag
    A[..., X, Q] = -G.imag
    A[..., Y, Q] = A[..., P, X] = G.real
    A[..., P, Y] = G.imag
    A[..., Q, P] = system.omega_m
    A[..., P, Q] = -system.omega_m
    A[..., P, P] = -system.gamma_m
    return A


def diffusion_matrix(p) -> np.ndarray:
    r"""Diffusion matrix, below Eq. 12: :math:`D = \mathrm{diag}[K_1, K_1, \dots, 0, \gamma_m(2n_m + 1)]`.

    For the paper's resonator K is :math:`(\kappa, \kappa, \gamma_a)`. The Brownian force acts on the
    momentum alone.

    Parameters
    ----------
    p : Parameters or System

    Returns
    -------
    array ``(..., 2n + 2, 2n + 2)`` in rad/s

    Examples
    --------
    >>> import omcore as om
    >>> D = om.diffusion_matrix(om.PAPER)
    >>> bool(D[0, 0] == om.PAPER.kappa), float(D[6, 6])
    (True, 0.0)
    """
    system = as_system(p)
    n = len(system.modes)
    D = np.zeros((*system.shape, 2 * n + 2, 2 * n + 2))
    for k in range(2 * n):
        D[..., k, k] = system.decay[..., k // 2]
    D[..., -1, -1] = system.gamma_m * (2 * system.n_m + 1)
    return D


def is_stable(A) -> np.ndarray:
    """Whether all eigenvalues of A have negative real parts (Routh-Hurwitz, below Eq. 9).

    Parameters
    ----------
    A : array (..., n, n), in any unit of rate; its variables may have units of any size

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
    A = real_matrices("A", A, "rates in rad/s")
    matrices = A.reshape(-1, *A.shape[-2:])

    def block(part):
        finite = np.isfinite(matrices[part]).all((-1, -2))
        safe = np.where(
            finite[:, None, None], matrices[part], 0.0
        )  # zero is not stable: it does not decay
        t = balancing(safe)
        safe = (
            safe * t[:, None, :] / t[:, :, None]
        )  # rounding is judged in no units of the reader's
        growth = np.linalg.eigvals(safe).real.max(-1, initial=-np.inf)
        rounding = 8 * np.finfo(float).eps * np.abs(safe).max((-1, -2), initial=0)
        return (growth < -rounding,)

    return by_blocks(block, len(matrices))[0].reshape(A.shape[:-2])[()]
