r"""Where the mirror can rest: all displacements at which radiation pressure balances the spring.

With the mirror held at q, light and matter are linear, :math:`(K + iH - i g q)\,\alpha = \varepsilon`.
The modes that the mirror does not feel are eliminated; the k others obey
:math:`(W - iy)\,\alpha = v`, :math:`y = g_0 q/\omega_m`, so that α is rational in y, and the balance
:math:`\omega_m q = \sum_j g_j|\alpha_j|^2` is a polynomial of degree 2k + 1:

.. math:: y\,|d(y)|^2 = \sum_j \rho_j |p_j(y)|^2, \quad d = \det(W - iy), \quad
          p = \mathrm{adj}(W - iy)\,v, \quad \rho_j = g_j g_0/\omega_m^2
"""

import numpy as np

from .numerics.elimination import gauss_jordan
from .numerics.polynomials import adjugate_times, characteristic, horner, real_roots, square_modulus
from .systems import System, light_operator


def amplitudes(system: System, q) -> np.ndarray:
    """Steady amplitudes of light and matter while the mirror is held at q, array (..., n); NaN in, NaN out."""
    L = _augmented(system, q)
    n, shape = len(L), L.shape[2:]
    with np.errstate(invalid="ignore"):
        alpha = gauss_jordan(L.reshape(n, n + 1, -1), range(n))[:, -1]
    return np.moveaxis(alpha.reshape(n, *shape), 0, -1)


def displacements(system: System):
    """Every displacement at which the self-consistent mean field stands still, for a flat sweep.

    Parameters
    ----------
    system : System of shape (m,)

    Returns
    -------
    q : array (m, 2n + 1), ascending, then NaN
    multiple : bool array (m, 2n + 1), True for the double roots of a fold

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
    felt = np.broadcast_to(system.photon_coupling != 0, (m, n))
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
    return q, multiple


def _balanced(system, felt):
    """The same where the mirror feels these modes and no other, roots first."""
    n, unit = len(felt), system.omega_m
    g = np.ascontiguousarray(np.broadcast_to(system.photon_coupling[..., felt], (*system.shape, felt.sum())).T)
    g_0 = np.abs(g).max(0)
    P, Q = np.flatnonzero(felt), np.flatnonzero(~felt)
    rest = gauss_jordan(_augmented(system, 0.0), Q)[P[:, None], [*P, n]] / (unit * g / g_0)[:, None]
    W, v = rest[:, :-1], rest[:, -1]
    rho = g * g_0 / unit**2

    # d and p by powers of y; their signs, which only moduli enter, are those of det(iy - W).
    c = characteristic(W)
    turn = 1j ** np.arange(len(c))
    d = c * turn[:, None]
    p = adjugate_times(W, c, v) * turn[:-1, None, None]
    balance = np.zeros((2 * len(d), *system.shape))
    balance[1:] = square_modulus(d)
    balance[: 2 * len(p) - 1] -= (rho * square_modulus(p)).sum(1)
    y, multiple = real_roots(balance)
    return _polished(y, multiple, d, p, rho) * (unit / g_0), multiple


def _polished(y, multiple, d, p, rho):
    """Expanding the squares cancels digits; a Newton step before the expansion restores them."""
    root, point = np.nonzero(np.isfinite(y) & ~multiple)
    d, p, rho, x = d[:, point], p[:, :, point], rho[:, point], y[root, point]

    def imbalance(x):
        D, slope_D = horner(d, x)
        P, slope_P = horner(p, x)
        pressure, slope = (rho * (P.conj() * [P, slope_P]).real).sum(1)
        size = (D.conj() * [D, slope_D]).real
        return x * size[0] - pressure, size[0] + 2 * (x * size[1] - slope)

    value, slope = imbalance(x)
    closer = x - value / slope
    x = np.where(np.abs(imbalance(closer)[0]) < np.abs(value), closer, x)
    y = y.copy()
    y[root, point] = x
    return y


def _augmented(system, q):
    """K + iH - i g q beside the drive, entries first, (n, n + 1, ...)."""
    L = -light_operator(system, q)
    n = L.shape[-1]
    shape = np.broadcast_shapes(L.shape[:-2], system.shape)
    augmented = np.empty((n, n + 1, *shape), complex)
    augmented[:, :n] = np.moveaxis(L, (-2, -1), (0, 1))
    augmented[:, n] = np.moveaxis(np.broadcast_to(system.drive, (*shape, n)), -1, 0)
    return augmented
