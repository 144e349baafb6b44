r"""V in closed form: the mirror knows light and matter only through one response function.

With :math:`M = -K - iH + i g q_s` and :math:`b = \tfrac{i}{\sqrt2}G`, the linearised equations are

.. math::
    \dot z = M z + b q + \dots,\qquad \dot q = \omega p,\qquad
    \dot p = -\omega q - \gamma p + 2\,\mathrm{Re}\,(i b^\dagger z) + \xi

The mirror displaces the light, the light pushes back: with
:math:`\chi(s) = b^\dagger (s - M)^{-1} b = \sum_k c_k/(s - l_k)`, the eigenvalues of the drift matrix
are the zeros of

.. math:: s^2 + \gamma s + \omega^2 - i\omega\,[\chi(s) - \chi^*(s)]

with :math:`\chi^*(s) = \overline{\chi(\bar s)}`. At :math:`s = i\omega` the real part of the bracket is optical
damping and its imaginary part the optical spring.

Light and matter alone keep their vacuum, so only what the mirror makes has to be found. Take the
correlations :math:`x = \langle q z\rangle`, :math:`y = \langle p z\rangle`, :math:`Q = \langle q^2\rangle`,
:math:`P = \langle p^2\rangle`, :math:`N = \langle z z^\dagger\rangle_s - \tfrac12` and
:math:`S = \langle z z^T\rangle`. In the eigenbasis :math:`r_k` of M, scaled so that
:math:`\sum_k r_k = b`, write :math:`x = \sum_k \xi_k r_k`. Then

.. math::
    N = -\sum_{jk} r_j r_k^\dagger \frac{\xi_j + \xi_k^*}{l_j + l_k^*},\quad
    S = -\sum_{jk} r_j r_k^T \frac{\xi_j + \xi_k}{l_j + l_k},\quad
    \omega y = -\sum_k (l_k \xi_k + Q)\, r_k,\quad
    \omega P = \omega Q - 2\,\mathrm{Re}\sum_k i c_k \xi_k

solve all of the Lyapunov equation but its last 2n + 1 real rows, which ``_weights`` solves for the
:math:`\xi_k` and Q. Where poles coincide the sums lose digits, so ``covariance`` judges each result by
the Lyapunov equation itself, and gives what falls short to ``lyapunov``.
"""

import numpy as np

from .covariance import backward_residual, lyapunov, swamped
from .fluctuations import diffusion_matrix, drift_matrix, is_stable
from .numerics.polynomials import (
    adjugate_times,
    characteristic,
    complex_roots,
    convolved,
    matrix_product,
    routh,
    square_modulus,
)
from .systems import System, light_operator, linearised_couplings

ROUNDING = 1e-14  # backward residual of the closed form beyond which the general solver takes over
DOUBT = 1e-9  # a pivot of Routh's table, relative to what it is the difference of, that decides nothing


def covariance(system: System, field) -> np.ndarray:
    """Covariance matrix of a flat sweep at its mean field.

    Parameters
    ----------
    system : System of shape (m,)
    field : MeanField of the same shape

    Returns
    -------
    array (m, 2n + 2, 2n + 2); NaN where fluctuations do not decay, or so slowly that rounding would
    swamp the vacuum in V

    Examples
    --------
    >>> import omcore as om
    >>> system = om.system(om.PAPER)[None]
    >>> field = om.mean_field(system)
    >>> V = om.lyapunov(om.drift_matrix(system, field), om.diffusion_matrix(system))
    >>> bool(abs(covariance(system, field) - V).max() < 1e-12)
    True
    """
    n = 2 * len(system.modes) + 2
    V = np.full((*system.shape, n, n), np.nan)
    b, c, u, gamma = _expanded(system, field)
    A, D = drift_matrix(system, field), np.broadcast_to(diffusion_matrix(system), V.shape)
    n_m = np.broadcast_to(system.n_m, system.shape)
    stable = _decaying(b, c, u, gamma, lambda where: A[where])
    if not stable.all():
        b, c, u, gamma, n_m = (values[..., stable] for values in (b, c, u, gamma, n_m))
        A, D = A[stable], D[stable]
    found = _closed_form(b, c, u, gamma, n_m)
    poor = ~(backward_residual(A, D, found) <= ROUNDING)
    found[swamped(A, D, found)] = np.nan
    if poor.any():
        found[poor] = lyapunov(A[poor], D[poor])
    V[stable] = found
    return V


def decays(system: System, field) -> np.ndarray:
    """Whether fluctuations about a mean field decay, by Routh's table and, at the edge, eigenvalues.

    Parameters
    ----------
    system : System
    field : MeanField of any shape that the system broadcasts to

    Returns
    -------
    bool array of the mean field's shape; False where it is NaN

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> p = om.PAPER.in_omega_m(Delta_c=np.array([0.0, 2.5]))
    >>> decays(om.system(p), om.mean_field(p))
    array([False,  True])
    """
    b, c, u, gamma = _expanded(system, field)

    def drift(where):
        A = drift_matrix(system, field)
        return A.reshape(-1, *A.shape[-2:])[where]

    return _decaying(b, c, u, gamma, drift).reshape(np.broadcast_shapes(system.shape, field.q.shape))


def _expanded(system, field):
    """b, det(s - M) and adj(s - M) b by powers of s, and γ; entries first, in units of ω_m."""
    n, shape = len(system.modes), np.broadcast_shapes(system.shape, field.q.shape)
    unit = system.omega_m[..., None]
    M = np.broadcast_to(light_operator(system, field.q) / unit[..., None], (*shape, n, n))
    b = np.broadcast_to(1j / np.sqrt(2) * linearised_couplings(system, field) / unit, (*shape, n))
    M = np.ascontiguousarray(np.moveaxis(M.reshape(-1, n, n), 0, -1))
    b = np.ascontiguousarray(b.reshape(-1, n).T)
    c = characteristic(M)
    gamma = np.broadcast_to(system.gamma_m / system.omega_m, shape).ravel()
    return b, c, adjugate_times(M, c, b), gamma


def _closed_form(b, c, u, gamma, n_m):
    """V of each point, array (m, 2n + 2, 2n + 2), stable or not; NaN where poles coincide exactly."""
    n = len(b)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        l = complex_roots(c)
        gap = l[:, None] - l[None]
        gap[range(n), range(n)] = 1.0
        r = u[-1][:, None]
        for power in u[-2::-1]:
            r = r * l + power[:, None]  # adj(l_k - M) b in the end, (component, k, m)
        r = r / np.prod(gap, axis=1)
        same, mixed = 1 / (l[:, None] + l), 1 / (l[:, None] + l.conj())
        xi, Q = _weights(l, same, mixed, (b.conj()[:, None] * r).sum(0), gamma, n_m)
        x = (r * xi).sum(1)
        y = -(r * (l * xi + Q)).sum(1)
        P = Q + 2 * (b.conj() * x).sum(0).imag
        R = r.swapaxes(0, 1)
        S = matrix_product(r, matrix_product((xi[:, None] + xi) * same, R))
        N = matrix_product(r, matrix_product((xi[:, None] + xi.conj()) * mixed, R.conj()))
        S, N = -(S + S.swapaxes(0, 1)) / 2, -(N + N.swapaxes(0, 1).conj()) / 2
    V = np.empty((2 * n + 2, 2 * n + 2, b.shape[-1]))
    X, Y, q, p = slice(0, 2 * n, 2), slice(1, 2 * n, 2), 2 * n, 2 * n + 1
    vacuum = 0.5 * np.eye(n)[..., None]
    V[X, X], V[Y, Y] = vacuum + N.real + S.real, vacuum + N.real - S.real
    V[X, Y] = S.imag - N.imag
    V[Y, X] = S.imag + N.imag
    for k, row in ((x, q), (y, p)):
        V[X, row] = V[row, X] = np.sqrt(2) * k.real
        V[Y, row] = V[row, Y] = np.sqrt(2) * k.imag
    V[q, q], V[p, p], V[q, p], V[p, q] = Q, P, 0.0, 0.0
    return np.ascontiguousarray(np.moveaxis(V, -1, 0))


def _weights(l, same, mixed, c, gamma, n_m):
    r"""The ξ_k (n, m) and Q (m,): 2n + 1 real linear equations a point.

    .. math::
        [a_k - 1 - (l_k - \\gamma)\, l_k]\,\\xi_k
        + i\\sum_j\\Big[\\frac{c_j^*\\xi_j^*}{l_k + l_j^*} - \\frac{c_j\\xi_j}{l_k + l_j}\\Big]
        - (l_k - \\gamma)\, Q = \\tfrac{i}{2}, \\qquad
        a_k = i\\sum_j\\Big[\\frac{c_j^*}{l_k + l_j^*} - \\frac{c_j}{l_k + l_j}\\Big]

    and, for the energy of the mirror,
    :math:`2\,\\mathrm{Re}\, i\\sum_k c_k[(\\gamma - l_k)\,\\xi_k - Q] - \\gamma Q = -\\gamma(n_m + \\tfrac12)`.
    """
    n, m = l.shape
    same, mixed = -1j * c * same, 1j * c.conj() * mixed  # what ξ_j and its conjugate add in row k
    a = (same + mixed).sum(1)
    same[range(n), range(n)] += a - 1 - (l - gamma) * l
    balance = 2j * c * (gamma - l)
    E = np.empty((2 * n + 1, 2 * n + 1, m))
    re, im, last = slice(0, n), slice(n, 2 * n), 2 * n
    E[re, re], E[re, im] = same.real + mixed.real, mixed.imag - same.imag
    E[im, re], E[im, im] = same.imag + mixed.imag, same.real - mixed.real
    E[re, last], E[im, last] = (gamma - l).real, (gamma - l).imag
    E[last, re], E[last, im] = balance.real, -balance.imag
    E[last, last] = 2 * c.imag.sum(0) - gamma
    right = np.zeros((m, 2 * n + 1, 1))
    right[:, im] = 0.5
    right[:, last, 0] = -gamma * (n_m + 0.5)
    try:
        found = np.linalg.solve(np.moveaxis(E, -1, 0), right)[..., 0].T
    except np.linalg.LinAlgError:  # a mirror that nothing damps
        found = np.full((2 * n + 1, m), np.nan)
    return found[re] + 1j * found[im], found[last]


def _decaying(b, c, u, gamma, drift):
    """Routh's table of det(s - A), in units of ω_m; where it decides nothing, eigenvalues of A do."""
    e = (b.conj() * u).sum(1)  # χ = e(s)/c(s)
    a = convolved(np.stack([np.ones_like(gamma), gamma, np.ones_like(gamma)]), square_modulus(c))
    a[: 2 * len(e)] += 2 * (convolved(e.imag, c.real) - convolved(e.real, c.imag))
    verdict = routh(a, DOUBT)
    stable, doubt = verdict > 0, verdict == 0
    if doubt.any():
        stable[doubt] = is_stable(drift(doubt))
    return stable
