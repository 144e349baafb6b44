r"""Where the mirror can rest: all displacements at which radiation pressure balances the spring.

With the mirror held at q, light and matter are linear, :math:`(K + iH - i g q)\,\alpha = \varepsilon`.
With :math:`y = g_0 q/\omega_m` the amplitudes are rational in y, by Cramer's rule, and the balance
:math:`\omega_m q = \sum_j g_j|\alpha_j|^2` is a polynomial of degree 2k + 1 if the mirror feels k modes:

.. math:: y\,|d(y)|^2 = \sum_j \rho_j |p_j(y)|^2, \quad d = \det\bigl(L - iy\,g/g_0\bigr), \quad
          L = (K + iH)/\omega_m, \quad \rho_j = g_j g_0/\omega_m^2

where :math:`p_j` is the same determinant with its column j replaced by :math:`\varepsilon/\omega_m`.
"""

import numpy as np
from scipy.optimize import brentq

from ..systems import System, light_operator
from .polynomials import horner, pencil_determinant, square_modulus
from .roots import real_roots

NEGLIGIBLE = np.finfo(float).eps  # of the strongest radiation pressure: one weaker is rounding
BALANCED = 1e-9  # forces on the mirror that differ by less, relative to either, balance


def amplitudes(system: System, q) -> np.ndarray:
    """Steady amplitudes of light and matter while the mirror is held at q, (..., n); NaN in, NaN out."""
    q = np.broadcast_to(q, np.broadcast_shapes(np.shape(q), system.shape))
    with np.errstate(invalid="ignore"):
        alpha = gauss_jordan(_augmented(system, q))
    return alpha.T.reshape(*q.shape, len(system.modes))


def every_branch(system: System):
    """Amplitudes (m, b, n) beside what ``displacements`` finds, which is one branch nearly everywhere."""
    q, multiple = displacements(system)
    if q.shape[1] == 1:
        return amplitudes(system, q[:, 0])[:, None], q, multiple
    return amplitudes(system.along_branches(), q), q, multiple


def displacements(system: System):
    """Every displacement at which the self-consistent mean field stands still, for a flat sweep.

    Parameters
    ----------
    system : System of shape (m,)

    Returns
    -------
    q : array (m, b), in the order of its modulus, then NaN, with b as large as the most at one point
    multiple : bool array (m, b), True for the double roots of a fold

    Examples
    --------
    >>> import omcore as om
    >>> cavity = om.System(modes=["c"], H=[[1.0]], decay=[0.1], photon_coupling=[1.0], drive=[[0.3], [0.5]],
    ...                    omega_m=1.0, gamma_m=1.0, n_m=0)
    >>> q, multiple = displacements(cavity)
    >>> q.round(4)
    array([[0.1129, 0.638 , 1.2491],
           [1.4092,    nan,    nan]])
    """
    (m,), n = system.shape, len(system.modes)
    q, multiple = np.full((m, 2 * n + 1), np.nan), np.zeros((m, 2 * n + 1), bool)
    g = np.abs(system.photon_coupling)
    felt = np.broadcast_to(g > NEGLIGIBLE * g.max(-1, keepdims=True), (m, n))
    patterns = felt[:1] if (felt == felt[:1]).all() else np.unique(felt, axis=0)
    for pattern in patterns:
        here = (felt == pattern).all(-1) if len(patterns) > 1 else slice(None)
        if not pattern.any():
            q[here, 0] = 0.0
            continue
        width = 2 * pattern.sum() + 1
        part = system[here] if len(patterns) > 1 else system
        found = _balanced(part, pattern)
        q[here, :width], multiple[here, :width] = (values.T for values in found)
    most = max(1, np.isfinite(q).any(0).sum())
    return q[:, :most], multiple[:, :most]


def _balanced(system, felt):
    """The same where the mirror feels these modes and no other, roots first."""
    n, unit = len(felt), system.omega_m
    pressed = np.flatnonzero(felt)
    g = np.ascontiguousarray(np.broadcast_to(system.photon_coupling, (*system.shape, n)).T)
    g = np.where(felt[:, None], g, 0.0)
    g_0 = np.abs(g).max(0)
    augmented = _augmented(system, np.zeros(system.shape)) / unit
    L, drive, slope = augmented[:, :n], augmented[:, n], -1j * g / g_0
    rho = g[pressed] * g_0 / unit**2

    d = pencil_determinant(L, slope)[: len(pressed) + 1]
    p = np.empty((len(pressed), len(pressed), *system.shape), complex)
    for k, mode in enumerate(pressed):  # Cramer's rule
        replaced, constant = L.copy(), slope.copy()
        replaced[:, mode], constant[mode] = drive, 0.0
        p[:, k] = pencil_determinant(replaced, constant)[: len(pressed)]
    balance = np.zeros((2 * len(d), *system.shape))
    balance[1:] = square_modulus(d)
    balance[: 2 * len(p) - 1] -= (rho * square_modulus(p)).sum(1)
    y, multiple = real_roots(balance)
    y, multiple = _judged(y, multiple, d, p, rho)
    order = np.argsort(np.abs(y), axis=0)
    return tuple(np.take_along_axis(x, order, 0) for x in (y * (unit / g_0), multiple))


def _judged(y, multiple, d, p, rho):
    """Candidates held against the balance before its expansion, where fewer digits cancel.

    A Newton step polishes simple ones; what does not balance is no root. A point left with an even
    number of them, which a polynomial of odd degree cannot have, gets one more by bisection.
    """

    def imbalance(x, here=slice(None)):
        D, slope_D = horner(d[:, here], x)
        P, slope_P = horner(p[:, :, here], x)
        size, pressure = D.real**2 + D.imag**2, (rho[:, here] * (P.real**2 + P.imag**2)).sum(0)
        slope = x * (D.conj() * slope_D).real - (rho[:, here] * (P.conj() * slope_P).real).sum(0)
        return x * size - pressure, size + 2 * slope, np.abs(x) * size + np.abs(pressure)

    root, point = np.nonzero(np.isfinite(y))
    x = y[root, point]
    value, slope, size = imbalance(x, point)
    step = np.where(multiple[root, point], 0, value / np.where(slope == 0, np.inf, slope))
    x = np.where(np.abs(step) <= 1e-4 * np.abs(x), x - step, x)  # a nudge, or a near-fold
    doubtful = np.flatnonzero(~(np.abs(value) <= BALANCED * size))
    if len(doubtful):
        value, _, size = imbalance(x[doubtful], point[doubtful])
        x[doubtful] = np.where(np.abs(value) <= BALANCED * size, x[doubtful], np.nan)
    y = np.full_like(y, np.nan)
    y[root, point] = x
    multiple = multiple & np.isfinite(y)
    for k in np.flatnonzero(np.isfinite(y).sum(0) % 2 == 0):
        furthest = (
            1
            + 2 * np.abs(rho[:, k]).sum() * (np.abs(p[:, :, k]).sum(0).max() / np.abs(d[0, k])) ** 2
        )
        while imbalance(furthest, [k])[0] < 0:
            furthest *= 10
        lowest = 0.0 if (rho[:, k] >= 0).all() else -furthest
        found = brentq(
            lambda t, k=k: imbalance(t, [k])[0].item(), lowest, furthest, xtol=1e-300, rtol=1e-15
        )
        if not np.isclose(y[:, k], found, rtol=1e-6, atol=0).any():
            y[np.flatnonzero(np.isnan(y[:, k]))[0], k] = found
    return y, multiple


def _augmented(system, q):
    """K + iH - i g q beside the drive for every q in a row, entries first, (n, n + 1, m)."""
    n = len(system.modes)
    augmented = np.empty((n, n + 1, *q.shape), complex)
    by_point = augmented.transpose(*range(2, augmented.ndim), 0, 1)
    np.negative(light_operator(system, q), out=by_point[..., :n])
    by_point[..., n] = system.drive
    return augmented.reshape(n, n + 1, -1)


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
