r"""V in closed form: the mirror knows light and matter only through one response function.

With :math:`M = -K - iH + i g q_s` and :math:`b = \tfrac{i}{\sqrt2}G`, the linearised equations are

.. math::
    \dot z = M z + b q + \dots,\qquad \dot q = \omega p,\qquad
    \dot p = -\omega q - \gamma p + 2\,\mathrm{Re}\,(i b^\dagger z) + \xi

The mirror displaces the light, the light pushes back: with
:math:`\chi(s) = b^\dagger (s - M)^{-1} b = \sum_k c_k/(s - l_k)`, the eigenvalues of the drift matrix
that the mirror has part in are the zeros of

.. math:: s^2 + \gamma s + \omega^2 - i\omega\,[\chi(s) - \chi^*(s)]

with :math:`\chi^*(s) = \overline{\chi(\bar s)}`. At :math:`s = i\omega` minus the real part of the
bracket is the optical damping, and its imaginary part the optical spring.

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

from typing import NamedTuple

import numpy as np

from ..linear import is_stable, lyapunov
from ..systems import System, fluctuations, light_operator
from .polynomials import (
    adjugate_times,
    characteristic,
    convolved,
    matrix_product,
    routh,
    square_modulus,
)
from .roots import complex_roots
from .series import backward_residual

ROUNDING = 1e-14  # backward residual of the closed form beyond which the general solver takes over
DOUBT = (
    1e-9  # a pivot of Routh's table, relative to the terms of its difference, that decides nothing
)
WIDE = 1e4  # rates this many times the mechanical frequency leave stability to the eigenvalues


def covariance(system: System, field, A, D) -> np.ndarray:
    """Covariance matrix of a flat sweep at its mean field, where fluctuations decay; NaN elsewhere.

    Parameters
    ----------
    system : System of shape (m,)
    field : MeanField of the same shape
    A, D : arrays (m, 2n + 2, 2n + 2), its drift and diffusion; batch axes of D broadcast

    Examples
    --------
    >>> import omcore as om
    >>> system = om.system(om.PAPER)[None]
    >>> field = om.mean_field(system)
    >>> A, D = om.drift_matrix(system, field), om.diffusion_matrix(system)
    >>> bool(abs(covariance(system, field, A, D) - om.lyapunov(A, D)).max() < 1e-12)
    True
    """
    shape, D = A.shape, np.broadcast_to(D, A.shape)
    felt = Response.of(system, field)
    stable = felt.decays(A)
    if not stable.all():
        here = np.flatnonzero(stable)
        felt, A, D = Response(*(values.take(here, -1) for values in felt)), A[here], D[here]
    found = _assembled(*_correlations(felt))
    residual = backward_residual(A, D, found)
    poor = np.flatnonzero(~(residual <= ROUNDING))
    if len(poor):
        general = lyapunov(A[poor], D[poor])
        closer = ~(residual[poor] <= backward_residual(A[poor], D[poor], general))
        found[poor[closer]] = general[closer]
    if len(found) == len(stable):
        return found
    V = np.full(shape, np.nan)
    V[stable] = found
    return V


def decays(system: System, field, A) -> np.ndarray:
    """Whether fluctuations about a mean field decay, by Routh's table and, at the edge, eigenvalues.

    Parameters
    ----------
    system : System
    field : MeanField of any shape that the system broadcasts to
    A : array (..., 2n + 2, 2n + 2), its drift

    Returns
    -------
    bool array of the mean field's shape; False where it is NaN
    """
    return Response.of(system, field).decays(A.reshape(-1, *A.shape[-2:])).reshape(A.shape[:-2])


class Response(NamedTuple):
    """What the mirror feels of light and matter at m points, entries first, in units of ω_m.

    b : array (n, m), what displaces the light
    c : array (n + 1, m), det(s - M) by powers of s
    u : array (n, n, m), adj(s - M) b by powers of s, which come first
    gamma, n_m : arrays (m,), of the mirror and its bath
    """

    b: np.ndarray
    c: np.ndarray
    u: np.ndarray
    gamma: np.ndarray
    n_m: np.ndarray

    @classmethod
    def of(cls, system, field):
        """The response at every point of a mean field, in a row."""
        n, shape = len(system.modes), field.q.shape
        flat = lambda values: np.broadcast_to(values, shape).ravel()
        M = light_operator(system, field.q)
        M = M.transpose(-2, -1, *range(M.ndim - 2)).reshape(n, n, -1) / flat(system.omega_m)
        b = 1j / np.sqrt(2) * fluctuations(system, field).G.reshape(-1, n).T / flat(system.omega_m)
        b = np.ascontiguousarray(b)
        c = characteristic(M)
        return cls(
            b, c, adjugate_times(M, c, b), flat(system.gamma_m / system.omega_m), flat(system.n_m)
        )

    def decays(self, A):
        """Routh's table of det(s - A); where it decides nothing, the eigenvalues of A do."""
        e = (self.b.conj() * self.u).sum(1)  # χ = e(s)/c(s)
        passive = square_modulus(self.c)
        a = np.zeros((len(passive) + 2, len(self.gamma)))
        a[:-2] += passive
        a[1:-1] += self.gamma * passive
        a[2:] += passive
        push = convolved(
            np.array([e.imag, -e.real]).swapaxes(0, 1),
            np.array([self.c.real, self.c.imag]).swapaxes(0, 1),
        )
        a[: len(push)] += 2 * push.sum(1)  # the imaginary part of e(s) times the conjugate of c
        verdict = routh(a, DOUBT)
        wide = np.abs(self.c).max(0) > WIDE ** len(
            self.b
        )  # rates so far apart that coefficients cancel
        stable, doubt = verdict > 0, (verdict == 0) | wide
        if doubt.any():
            stable[doubt] = is_stable(A[doubt])
        return stable


def _correlations(felt: Response):
    """N and S (n, n, m), x and y (n, m), Q and P (m,); not finite where poles coincide exactly."""
    b, _, u, gamma, n_m = felt
    n = len(b)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        pole = complex_roots(felt.c)
        gap = pole[:, None] - pole
        gap[range(n), range(n)] = 1.0
        r = u[-1][:, None]
        for power in u[-2::-1]:
            r = r * pole + power[:, None]  # adj(l_k - M) b in the end, (component, k, m)
        r = r / gap.prod(1)
        same, mixed = 1 / (pole[:, None] + pole), 1 / (pole[:, None] + pole.conj())
        xi, Q = _weights(pole, same, mixed, (b.conj()[:, None] * r).sum(0), gamma, n_m)
        x, y = (r * xi).sum(1), -(r * (pole * xi + Q)).sum(1)
        P = Q + 2 * (b.conj() * x).sum(0).imag
        R = r.swapaxes(0, 1)
        S = matrix_product(r, matrix_product((xi[:, None] + xi) * same, R))
        N = matrix_product(r, matrix_product((xi[:, None] + xi.conj()) * mixed, R.conj()))
    return -0.5 * (N + N.swapaxes(0, 1).conj()), -0.5 * (S + S.swapaxes(0, 1)), x, y, Q, P


def _weights(pole, same, mixed, c, gamma, n_m):
    r"""The ξ_k (n, m) and Q (m,): 2n + 1 real linear equations a point.

    .. math::
        [a_k - 1 - (l_k - \gamma)\, l_k]\,\xi_k
        + i\sum_j\Big[\frac{c_j^*\xi_j^*}{l_k + l_j^*} - \frac{c_j\xi_j}{l_k + l_j}\Big]
        - (l_k - \gamma)\, Q = \tfrac{i}{2}, \qquad
        a_k = i\sum_j\Big[\frac{c_j^*}{l_k + l_j^*} - \frac{c_j}{l_k + l_j}\Big]

    and, for the energy of the mirror,
    :math:`2\,\mathrm{Re}\, i\sum_k c_k[(\gamma - l_k)\,\xi_k - Q] - \gamma Q = -\gamma(n_m + \tfrac12)`.
    """
    n, m = pole.shape
    same, mixed = -1j * c * same, 1j * c.conj() * mixed  # what ξ_j and its conjugate add in row k
    a = (same + mixed).sum(1)
    same[range(n), range(n)] += a - 1 - (pole - gamma) * pole
    balance = 2j * c * (gamma - pole)
    E = np.empty((2 * n + 1, 2 * n + 1, m))
    re, im, last = slice(0, n), slice(n, 2 * n), 2 * n
    E[re, re], E[re, im] = same.real + mixed.real, mixed.imag - same.imag
    E[im, re], E[im, im] = same.imag + mixed.imag, same.real - mixed.real
    E[re, last], E[im, last] = (gamma - pole).real, (gamma - pole).imag
    E[last, re], E[last, im] = balance.real, -balance.imag
    E[last, last] = 2 * c.imag.sum(0) - gamma
    right = np.zeros((m, 2 * n + 1, 1))
    right[:, im] = 0.5
    right[:, last, 0] = -gamma * (n_m + 0.5)
    try:
        found = np.linalg.solve(E.transpose(2, 0, 1), right)[..., 0].T
    except np.linalg.LinAlgError:  # a mirror that nothing damps
        found = np.full((2 * n + 1, m), np.nan)
    return found[re] + 1j * found[im], found[last]


def _assembled(N, S, x, y, Q, P) -> np.ndarray:
    """V of the quadratures, array (m, 2n + 2, 2n + 2), from the correlations of amplitudes."""
    n, m = x.shape
    V = np.empty((2 * n + 2, 2 * n + 2, m))
    X, Y, q, p = slice(0, 2 * n, 2), slice(1, 2 * n, 2), 2 * n, 2 * n + 1
    vacuum = 0.5 * np.eye(n)[..., None]
    V[X, X], V[Y, Y] = vacuum + N.real + S.real, vacuum + N.real - S.real
    V[X, Y], V[Y, X] = S.imag - N.imag, S.imag + N.imag
    for amplitude, row in ((x, q), (y, p)):
        V[X, row] = V[row, X] = np.sqrt(2) * amplitude.real
        V[Y, row] = V[row, Y] = np.sqrt(2) * amplitude.imag
    V[q, q], V[p, p], V[q, p], V[p, q] = Q, P, 0.0, 0.0
    return np.ascontiguousarray(V.transpose(2, 0, 1))
