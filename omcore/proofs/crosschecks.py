r"""Three independent routes to the numbers of the chain, slower than it and built otherwise.

* ``relax`` integrates the nonlinear mean field in time: does it settle on the branch found as a
  root of a polynomial?
* ``sampled_covariance`` runs noisy trajectories of the linearised system and counts: is their
  covariance V?
* ``spectral_covariance`` sums the noise over all frequencies: does it add up to V?

The last two read Eqs. 8-11 but never the Lyapunov equation, Eq. 12. Matrices are ``(n, n)``, for
one point.
"""

import numpy as np
from scipy.integrate import quad_vec, solve_ivp
from scipy.linalg import expm

from ..conventions import ParameterError, UnstableError
from ..evolution import mean_field_flow
from ..parameters import Parameters


def relax(p: Parameters, start, duration, points=201, accuracy=1e-9):
    """Follow the nonlinear mean field, Eq. 5 without its noise, from a given start.

    Parameters
    ----------
    p : Parameters, all scalar
    start : array (8,), mean quadratures in the order of ``omcore.conventions``
    duration : time to follow it, in s
    points : number of equally spaced times to report
    accuracy : error allowed in a step, relative to the largest quadrature

    Returns
    -------
    t : array (points,), in s
    u : array (points, 8), dimensionless

    Raises
    ------
    ParameterError
        If the duration is not positive.

    Examples
    --------
    From the vacuum, the resonator of Fig. 1(c) settles where ``mean_field`` says:

    >>> import numpy as np, omcore as om
    >>> t, u = relax(om.PAPER, np.zeros(8), 100 / om.PAPER.omega_m)
    >>> settled = om.mean_field(om.PAPER).quadratures()
    >>> bool(abs(u[-1] - settled).max() < 1e-4 * abs(settled).max())
    True
    """
    if not duration > 0:  # backwards in time everything damped explodes
        raise ParameterError(f"duration = {duration} s must be positive; give a time > 0 s")
    t = np.linspace(0, duration * p.omega_m, points)  # in units of 1/ω_m
    largest = max(1.0, np.abs(start).max(), p.drive_amplitude / p.omega_m)
    path = solve_ivp(
        lambda _, u: mean_field_flow(p, u) / p.omega_m,
        (0, t[-1]),
        start,
        method="DOP853",
        t_eval=t,
        rtol=accuracy,
        atol=accuracy * largest,
    )
    return path.t / p.omega_m, path.y.T


def propagator(A, D, step):
    r"""How ``du/dt = A u + v`` moves on by one time step, exactly: ``u -> M u + w``.

    .. math:: M = e^{Ah}, \quad \langle w w^T \rangle = Q = \int_0^h e^{As} D\, e^{A^Ts}\,ds

    Eq. 9, with the integral from one matrix exponential (Van Loan, IEEE Trans. Autom. Control 23,
    395 (1978)). There is no error of discretisation, however long the step.

    Parameters
    ----------
    A, D : arrays (n, n), drift and diffusion in one unit of rate
    step : h, in the inverse of that unit

    Returns
    -------
    M, Q : arrays (n, n)

    Examples
    --------
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

    Parameters
    ----------
    A, D, step : as for ``propagator``
    start : array (trajectories, n), where they begin
    seed : of NumPy's random numbers

    Yields
    ------
    array (trajectories, n) after each step

    Examples
    --------
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


def sampled_covariance(A, D, number=20_000, seed=0, memory=1e-3):
    r"""Covariance matrix, Eq. 11, counted over trajectories, and its standard error.

    All trajectories start at zero and run until the slowest decay has left ``memory`` of that.
    Of Gaussian samples, :math:`V_{kl}` has the error
    :math:`\sqrt{(V_{kk}V_{ll} + V_{kl}^2)/\text{number}}`.

    Parameters
    ----------
    A, D : arrays (n, n), drift and diffusion in one unit of rate
    number : of trajectories
    seed : of NumPy's random numbers
    memory : what may be left of the start; the bias of V is the square of it

    Returns
    -------
    V, error : arrays (n, n), in units of the quadratures squared

    Raises
    ------
    UnstableError
        If trajectories do not come to rest.

    Examples
    --------
    >>> V, error = sampled_covariance([[-2.0, 3.0], [-3.0, -2.0]], 2 * np.eye(2))
    >>> bool((abs(V - np.eye(2) / 2) < 4 * error).all())
    True
    """
    rates = _decaying(A)
    step = 3 / np.abs(rates).max()  # any would do, but exp(-A h) must not overflow
    steps = int(np.ceil(np.log(memory) / rates.real.max() / step))
    path = trajectories(A, D, step, np.zeros((number, len(rates))), seed)
    for _ in range(steps):
        u = next(path)
    V = u.T @ u / number  # the mean is known: it is zero
    variance = np.diag(V)
    return V, np.sqrt((np.outer(variance, variance) + V**2) / number)


def spectral_covariance(A, D, accuracy=1e-10):
    r"""Covariance matrix, Eq. 11, as the noise of all frequencies.

    With :math:`u(t) = \int u(\omega)\,e^{-i\omega t}\,d\omega/2\pi`, Eq. 9 for long times is
    :math:`u(\omega) = \chi(\omega)\,v(\omega)`, so

    .. math:: V = \int_{-\infty}^{\infty}\frac{d\omega}{2\pi}\,\chi D \chi^\dagger
                = \int_0^\infty\frac{d\omega}{\pi}\,\mathrm{Re}\,\chi D \chi^\dagger, \quad
              \chi(\omega) = (-i\omega - A)^{-1}

    The half line suffices because u is real: :math:`\chi(-\omega) = \chi(\omega)^*`. The integral
    is cut where an eigenvalue of A makes a resonance, however narrow.

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
    rates = _decaying(A)
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


def _decaying(A):
    """Eigenvalues of A, all of which must decay."""
    rates = np.linalg.eigvals(np.asarray(A, float))
    if not rates.real.max() < 0:
        raise UnstableError(
            f"fluctuations grow at {rates.real.max():.3g} rad/s, so they have no covariance; "
            "give a drift matrix all of whose eigenvalues have negative real parts"
        )
    return rates
