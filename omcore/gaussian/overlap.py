"""How alike two Gaussian states are."""

import numpy as np

from ..conventions import VACUUM_VARIANCE, MatrixError
from ..quantities import common_shape
from .phase_space import checked_mean, log_gaussian
from .symplectic import States, measured_states, singular_values, whitened_form

UNRESOLVED = 4 * np.finfo(float).eps  # quanta that are rounding, over the condition number of V


def fidelity(V1, V2, u1=None, u2=None) -> np.ndarray:
    r"""Uhlmann fidelity of two Gaussian states, squared: 1 if they are the same, 0 if orthogonal.

    .. math:: F = \left(\mathrm{tr}\sqrt{\sqrt{\rho_1}\,\rho_2\sqrt{\rho_1}}\right)^2
              = \frac{\prod_k\left(\sqrt{\mu_k + 1/2} + \sqrt{\mu_k - 1/2}\right)^2}{\sqrt{\det(V_1 + V_2)}}\,
                e^{-\frac12\delta^T(V_1 + V_2)^{-1}\delta}, \quad \delta = u_2 - u_1

    The :math:`\mu_k` are the symplectic eigenvalues of the Gaussian operator below the root; the rest is
    :math:`\mathrm{tr}\,\rho_1\rho_2`, which is F if one state is pure (Banchi, Braunstein and Pirandola,
    Phys. Rev. Lett. 115, 260501 (2015)). Some give the root of F instead, as QuTiP does.

    Parameters
    ----------
    V1, V2 : arrays (..., 2n, 2n), covariance matrices with vacuum variance 1/2; batch axes broadcast
    u1, u2 : arrays (..., 2n), mean quadratures, whose batch axes broadcast with them; None for zero

    Returns
    -------
    array of the batch's shape, from 0 to 1; NaN where V1 or V2 is NaN. A state that rounding cannot tell
    from a pure one is taken for pure.

    Raises
    ------
    MatrixError
        If V1 or V2 is no covariance matrix, as in ``log_negativity``, or they have not equally many modes.
    ParameterError
        If a mean has another length, or is not finite, or batch axes do not broadcast.

    Examples
    --------
    Two coherent states whose amplitudes differ by 1, and a vacuum against a thermal state with n = 1:

    >>> import numpy as np
    >>> vacuum = np.eye(2) / 2
    >>> print(fidelity(vacuum, vacuum, u2=[np.sqrt(2), 0]).round(6), np.exp(-1).round(6))
    0.367879 0.367879
    >>> print(fidelity(vacuum, 3 * vacuum).round(12))
    0.5
    """
    for V in (V1, V2):
        measured_states(V)
    V1, V2 = np.asarray(V1, float), np.asarray(V2, float)
    if V1.shape[-1] != V2.shape[-1]:
        raise MatrixError(
            f"V1 and V2 have shapes {V1.shape} and {V2.shape} (dimensionless); give states of equally many "
            "modes"
        )
    u1, u2 = checked_mean("u1", u1, V1), checked_mean("u2", u2, V2)
    given = {"V1": V1.shape[:-2], "V2": V2.shape[:-2], "u1": u1.shape[:-1], "u2": u2.shape[:-1]}
    common_shape(given)
    pairs = np.stack(np.broadcast_arrays(V1, V2), -3)
    states = States(pairs.reshape(-1, *pairs.shape[-3:]), np.isfinite(pairs).all((-1, -2, -3)))
    log = states.put(_log_root) + log_gaussian(V1 + V2, u2 - u1)
    return np.exp(np.minimum(log, 0))[()]


def _log_root(pairs):
    r"""Logarithm of :math:`\prod_k(\sqrt{\mu_k + 1/2} + \sqrt{\mu_k - 1/2})^2` of states (m, 2, 2n, 2n).

    The operator :math:`\sqrt{\rho_1}\,\rho_2\sqrt{\rho_1}` has the covariance matrix

    .. math:: V_1 - A(V_1 + V_2)^{-1}A, \quad A = \sqrt{1 + (V_1\Omega)^{-2}/4}\,V_1 = L\sqrt{1 + K^2/4}\,L^T

    with :math:`V_1 = LL^T` and :math:`K = L^{-1}\Omega L^{-T}`. A vanishes for a pure state. F does not
    depend on which state is the first; the purer one loses fewer digits.
    """
    order = np.argsort(np.linalg.slogdet(pairs)[1], axis=1)[:, :, None, None]
    first, second = np.moveaxis(np.take_along_axis(pairs, order, 1), 1, 0)
    L, K = np.linalg.cholesky(first), np.moveaxis(whitened_form(first), -1, 0)
    squares, axes = np.linalg.eigh(np.eye(K.shape[-1]) + K @ K / 4)
    half = L @ (axes * np.sqrt(np.maximum(squares, 0))[:, None, :])
    A = half @ np.swapaxes(L @ axes, -1, -2)
    V = first - A @ np.linalg.solve(first + second, A)
    mu = 1 / singular_values(whitened_form((V + np.swapaxes(V, -1, -2)) / 2))
    quanta = np.where(
        mu - VACUUM_VARIANCE <= UNRESOLVED * np.linalg.cond(first), 0, mu - VACUUM_VARIANCE
    )
    return 2 * np.log(np.sqrt(quanta + 1) + np.sqrt(quanta)).sum(0)
