r"""Two independent routes to the covariance matrix, slower than the chain and built otherwise.

* ``trajectories`` runs the linearised system with its noise, many times over: is their covariance V?
* ``spectral_covariance`` integrates the noise spectrum over all frequencies: is the integral V?

Both use Eqs. 8-11 but never the Lyapunov equation, Eq. 12. Both are for one point.
"""

import numpy as np
from scipy.integrate import quad_vec
from scipy.linalg import expm

from ..conventions import UnstableError


def propagator(A, D, step):
    r"""The exact solution of ``du/dt = A u + v`` over one time step h: ``u -> M u + w``.

    .. math:: M = e^{Ah}, \quad \langle w w^T \rangle = Q = \int_0^h e^{As} D\, e^{A^Ts}\,ds

    This is Eq. 9. The integral comes from one matrix exponential (Van Loan, IEEE Trans. Autom. Control
    23, 395 (1978)), so that there is no error of discretisation, however long the step. A, D, M and Q are
    arrays (n, n); A and D are in one unit of rate, h is in the inverse of that unit.

    >>> M, Q = propagator([[-1.0]], [[1.0]], 0.5)
    >>> print(f"{M[0, 0] - np.exp(-0.5):.0e} {Q[0, 0] - (1 - np.exp(-1)) / 2:.0e}")
    0e+00 0e+00
    """
    A, D = np.asarray(A, float), np.asarray(D, float)
    n = len(A)
    blocks = expm(step * np.block([[-A, D], [np.zeros((n, n)), A.T]]))
    M = blocks[n:, n:].T
    Q = M @ blocks[:n, n:]
    return M, (Q + Q.T) / 2


def trajectories(A, D, step, start, seed=0):
    """Noisy trajectories of ``du/dt = A u + v``, many at a time, without end.

    ``A``, ``D`` and ``step`` are those of ``propagator``, ``start`` is an array (trajectories, n), and
    ``seed`` is that of NumPy's random numbers. After each step an array (trajectories, n) is yielded.

    Without noise, what is left after two steps is exp(-2):

    >>> path = trajectories([[-1.0]], [[0.0]], 1.0, [[1.0]])
    >>> next(path), next(path)
    (array([[0.36787944]]), array([[0.13533528]]))
    """
    M, Q = propagator(A, D, step)
    variances, axes = np.linalg.eigh(Q)
    spread = axes * np.sqrt(np.maximum(variances, 0))  # a root of Q; rounding may go below zero
    random = np.random.default_rng(seed)
    u = np.asarray(start, float)
    while True:
        u = u @ M.T + random.standard_normal(u.shape) @ spread.T
        yield u


def spectral_covariance(A, D, accuracy=1e-10):
    r"""Covariance matrix, Eq. 11, as the integral of the noise spectrum over all frequencies.

    With :math:`u(t) = \int u(\omega)\,e^{-i\omega t}\,d\omega/2\pi`, Eq. 9 for long times is
    :math:`u(\omega) = \chi(\omega)\,v(\omega)`, so

    .. math:: V = \int_{-\infty}^{\infty}\frac{d\omega}{2\pi}\,\chi D \chi^\dagger
                = \int_0^\infty\frac{d\omega}{\pi}\,\mathrm{Re}\,\chi D \chi^\dagger, \quad
              \chi(\omega) = (-i\omega - A)^{-1}

    The half line suffices because u is real: :math:`\chi(-\omega) = \chi(\omega)^*`. The range is
    divided at the resonances, the eigenvalues of A, so that none is missed, however narrow it is.

    Parameters
    ----------
    A, D : arrays (n, n), drift and diffusion in one unit of rate
    accuracy : error allowed in V, relative to its largest entry

    Returns
    -------
    V : array (n, n), in units of the quadratures squared

    Raises
    ------
    UnstableError
        If A is not stable: the integral exists, but is no covariance.
    ArithmeticError
        If the integral does not converge to the accuracy asked for.

    Examples
    --------
    >>> V = spectral_covariance([[-2.0, 3.0], [-3.0, -2.0]], 2 * np.eye(2))
    >>> bool(abs(V - np.eye(2) / 2).max() < 1e-9)
    True
    """
    rates = np.linalg.eigvals(np.asarray(A, float))
    if not rates.real.max() < 0:
        raise UnstableError(
            f"fluctuations grow at {rates.real.max():.3g} rad/s, so they have no covariance; "
            "give a drift matrix all of whose eigenvalues have negative real parts"
        )
    unit = np.abs(rates).max()
    A, D, rates = np.asarray(A, float) / unit, np.asarray(D, float) / unit, rates / unit

    def spectrum(omega):
        chi = np.linalg.inv(-1j * omega * np.eye(len(A)) - A)
        return (chi @ D @ chi.conj().T).real.ravel() / np.pi

    centre, width = np.abs(rates.imag), -rates.real
    cuts = np.unique(np.concatenate([centre + k * width for k in (-10, -1, 0, 1, 10)]))
    V, error, info = quad_vec(
        spectrum, 0, np.inf, points=cuts[cuts > 0], epsrel=accuracy, epsabs=1e-300, norm="max",
        full_output=True,
    )  # fmt: skip
    if not info.success:
        raise ArithmeticError(
            f"V is known to {error:.1e} only, out of {np.abs(V).max():.1e}: rounding hides what is "
            f"inside so narrow a resonance; accuracy = {accuracy:.1e} is too much, ask for less"
        )
    return V.reshape(A.shape)
