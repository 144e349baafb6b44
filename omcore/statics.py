r"""Mean fields of several mirrors, of Kerr shifts and of squeezing, as those of one mirror.

Mirrors and Kerr shifts act on steady light through one matrix,

.. math:: (K + iH)\,\alpha + iS\alpha^* - i\,\mathrm{diag}(\chi|\alpha|^2)\,\alpha = \varepsilon, \qquad
          \chi = \sum_l g_l g_l^T/\omega_l - 2\,\mathrm{diag}(\mathcal K)

Where it has rank one, :math:`\chi = \pm vv^T`, one displacement :math:`y = \sum_j v_j|\alpha_j|^2` is all
there is to find, as for a single mirror; the conjugate equation turns a negative sign into a positive one.
Squeezing couples α to its conjugate: while the mirror is held their real and imaginary parts solve linear
equations. Where these are singular α may grow along their null vector by itself, both ways, without a drive.
Where a phase stays free as well, as of two modes that squeeze each other, the states are a continuum and
never stable; they are left out.
"""

import numpy as np

from . import engine
from .conventions import ParameterError
from .engine import displacements as polynomials
from .linear import real_form
from .systems import System, light_operator

RANK_ONE = 1e-9  # a second eigenvalue of chi below this times the first is rounding


def every_branch(system: System):
    """Amplitudes (m, b, n) and displacements (m, b) of all branches of a flat sweep, and which are double.

    The lowest displacement comes first, that of several mirrors by what presses all of them; then NaN.
    A double root, at a fold, is there twice.
    """
    alone, conjugate = one_mirror(system)
    by_polynomials = "displacements" in engine.PARTS and (alone.decay > 0).all()
    if by_polynomials and not alone.is_paired:
        alpha, q, multiple = polynomials.every_branch(alone)
    else:
        alpha, q, multiple = of_one_mirror(alone)
    if alone is system:
        return alpha, q, multiple
    alpha = np.where(conjugate[:, None, None], alpha.conj(), alpha)
    return alpha, pressed(system.along_branches(), alpha), multiple


def one_mirror(system: System) -> tuple[System, np.ndarray]:
    """A flat sweep with its steady light pressed by one mirror, and where its amplitudes are conjugate."""
    if len(system.mirrors) == 1 and not system.kerr.any():
        return system, np.zeros(system.shape, bool)
    n, g, omega = (
        len(system.modes),
        system.of_mirrors("photon_coupling"),
        system.of_mirrors("omega_m"),
    )
    chi = (g / omega[..., None, :]) @ np.swapaxes(g, -1, -2)
    chi = np.broadcast_to(chi - 2 * system.kerr[..., None] * np.eye(n), (*system.shape, n, n))
    strength, v = np.linalg.eigh(chi)
    order = np.argsort(-np.abs(strength), axis=-1)
    strength = np.take_along_axis(strength, order, -1)
    if (np.abs(strength[:, 1:]) > RANK_ONE * np.abs(strength[:, :1])).any():
        raise ParameterError(
            "photon_coupling and kerr (rad/s) press the modes in more than one way: chi = sum_l g_l g_l^T/"
            f"omega_l - 2 diag(kerr) has the eigenvalues {strength[0]}; find the mean "
            "field by other means, as om.evolve from a guess, and give the System about it, by system.about: "
            "its effective detunings in H, and coupling = sqrt(2) g alpha"
        )
    v, strength = np.take_along_axis(v, order[:, None], -1)[..., 0], strength[:, 0]
    unit = np.abs(system.decay).max(-1) + np.abs(system.H).max((-1, -2))
    unit = np.where(unit > 0, unit, 1.0)  # any rate, which sets the scale of y
    conjugate = strength < 0
    at, of_matrix = conjugate[:, None], conjugate[:, None, None]
    return System.of_arrays(
        modes=system.modes, aliases=system.aliases, decay=system.decay,
        photon_coupling=v * np.sqrt(np.abs(strength) * unit)[:, None],
        H=np.where(of_matrix, -system.H.conj(), system.H),
        squeezing=np.where(of_matrix, -system.squeezing.conj(), system.squeezing),
        drive=np.where(at, system.drive.conj(), system.drive),
        omega_m=np.broadcast_to(unit, system.shape),
    ), conjugate  # fmt: skip


def amplitudes(system: System, q) -> np.ndarray:
    """Steady amplitudes of light and matter while the mirror is held at q, (..., n); NaN in, NaN out."""
    if "displacements" in engine.PARTS and system.is_simple and (system.decay > 0).all():
        return polynomials.amplitudes(system, q)
    return _solved(*held(system, q))


def pressed(system: System, alpha) -> np.ndarray:
    r"""Displacements :math:`\sum_j g_{jl}|\alpha_j|^2/\omega_l` of mirrors l, (..., k), or (...) of one."""
    light = np.abs(alpha) ** 2
    light, axis = (light, -1) if len(system.mirrors) == 1 else (light[..., None], -2)
    return (system.photon_coupling * light).sum(axis) / system.omega_m


def held(system: System, q) -> tuple[np.ndarray, np.ndarray]:
    """L and r, real, of :math:`Lu = r` for the parts u of the amplitudes while the mirrors are held at q."""
    L = -real_form(light_operator(system, q), system.squeezing)
    return L, np.broadcast_to(_parts(system.drive), L.shape[:-1])


def _parts(z):
    """Real and imaginary part of each amplitude, (..., 2n)."""
    return np.stack([z.real, z.imag], -1).reshape(*z.shape[:-1], 2 * z.shape[-1])


def _of_parts(u):
    return u[..., ::2] + 1j * u[..., 1::2]


def _solved(L, r):
    """The amplitudes of L⁻¹ r, of the shortest solution where one of the matrices is singular."""
    try:
        return _of_parts(np.linalg.solve(L, r[..., None])[..., 0])
    except np.linalg.LinAlgError:
        return _of_parts((np.linalg.pinv(L) @ r[..., None])[..., 0])


def of_one_mirror(system: System):
    """The same of one mirror and light that squeezing may couple to its conjugate."""
    if not system.photon_coupling.any():  # nothing presses
        q = np.zeros((*system.shape, 1))
        return amplitudes(system.along_branches(), q), q, np.zeros(q.shape, bool)
    balanced, free = _candidates(system)
    found = [_in_balance(system, *_listed(balanced)), _self_driven(system, *_listed(free))]
    point, y, light = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((np.abs(y), point))
    point, y, light = point[order], y[order], light[order]
    branch = np.arange(len(point)) - np.searchsorted(point, point)
    q = np.full((*system.shape, branch.max(initial=0) + 1), np.nan)
    alpha = np.full((*q.shape, len(system.modes)), np.nan, complex)
    q[point, branch], alpha[point, branch] = y, light
    multiple = np.zeros(q.shape, bool)
    double = np.isclose(alpha[:, 1:], alpha[:, :-1], rtol=1e-4).all(-1)
    multiple[:, 1:] |= double
    multiple[:, :-1] |= double
    return alpha, q, multiple


def _listed(q):
    """The points and displacements that are there of an array (m, r)."""
    point, column = np.nonzero(np.isfinite(q))
    return point, q[point, column]


def _candidates(system):
    """Displacements at which forces may balance, and at which light may grow by itself, two arrays (m, r)."""
    n, (m,) = len(system.modes), system.shape
    balanced, free = np.full((m, 4 * n + 1), np.nan), np.full((m, 2 * n), np.nan)
    felt = np.broadcast_to(system.photon_coupling != 0, (m, n))
    for pattern in np.unique(felt, axis=0):
        here = np.flatnonzero((felt == pattern).all(-1))
        if not pattern.any():
            balanced[here, 0] = 0.0
        else:
            balanced[here], free[here] = _by_eigenvalues(system[here], pattern)
    return balanced, free


def _by_eigenvalues(system, pattern):
    r"""The same of points with one pattern of pressure: real eigenvalues of two matrices at each.

    The parts x of amplitudes that the mirror feels, the others eliminated, obey :math:`(q - B)\,x = \rho`.
    With :math:`(q - B^T)\,w = gx` the balance is :math:`q = \rho^T w/\omega`: all linear in (x, w, 1), with
    the eigenvalue q.
    """
    L, r = held(system, np.zeros(system.shape))
    n, (m,), k = len(system.modes), system.shape, pattern.sum()
    felt, other = (np.flatnonzero(which.repeat(2)) for which in (pattern, ~pattern))
    L = np.concatenate([L, r[..., None]], -1)
    L = L[:, felt] - L[:, felt][..., other] @ np.linalg.solve(L[:, other][..., other], L[:, other])
    g = np.broadcast_to(system.photon_coupling, (m, n))[:, pattern].repeat(2, -1)[..., None]
    back = np.kron(np.eye(k), [[0, 1], [-1, 0]]) @ L / g  # of what a displacement does, i g q
    M = np.zeros((m, 4 * k + 1, 4 * k + 1))
    x, w, one = slice(0, 2 * k), slice(2 * k, 4 * k), slice(4 * k, None)
    M[:, x, x], M[:, x, one] = back[..., felt], -back[..., -1:]
    M[:, w, w], M[:, w, x] = np.swapaxes(M[:, x, x], 1, 2), g * np.eye(2 * k)
    M[:, one, w] = np.swapaxes(M[:, x, one], 1, 2) / system.omega_m[:, None, None]
    found = []
    for matrix, width in ((M, 4 * n + 1), (M[:, x, x], 2 * n)):
        q = np.linalg.eigvals(matrix)
        rounding = 1e-12 * np.abs(q).max(-1, keepdims=True)
        is_real = np.abs(q.imag) <= 1e-5 * np.abs(q) + rounding
        found.append(np.full((m, width), np.nan))
        found[-1][:, : q.shape[-1]] = np.where(is_real, q.real, np.nan)
    return found


def _in_balance(system, point, q):
    """Candidates polished by Newton steps; those whose forces balance, with their amplitudes."""
    part = system[point]
    g, omega = part.photon_coupling, part.omega_m
    unit = omega / np.where(g.any(-1), np.abs(g).max(-1), 1.0)
    for _ in range(2):
        excess, slope, _ = _forces(part, q)
        near = np.abs(excess) < 1e-3 * omega * (np.abs(q) + unit)
        q = q - np.where(near, excess / slope, 0)
    excess, slope, alpha = _forces(part, q)
    small = omega * (1e-8 * np.abs(q) + 1e-12 * unit)
    rounded = 1e-12 * np.abs(q * slope)  # what a step can do where light is about to grow by itself
    outward = (excess + omega * q) * q > 0  # it must press to the side on which the mirror is
    holds = np.abs(excess) <= np.where(outward, np.maximum(small, rounded), small)
    return point[holds], q[holds], alpha[holds]


def _forces(system, q):
    """Pressure of light less the force of the spring, the slope of that in q, and the amplitudes."""
    g, (L, r) = system.photon_coupling, held(system, q)
    alpha = _solved(L, r)
    change = _solved(L, _parts(1j * g * alpha))
    slope = 2 * (g * alpha.conj() * change).real.sum(-1) - system.omega_m
    return (g * np.abs(alpha) ** 2).sum(-1) - system.omega_m * q, slope, alpha


def _self_driven(system, point, q):
    """Displacements at which light grows by itself, and the amplitudes that it then has."""
    n = len(system.modes)
    found = [(np.zeros(0, int), np.zeros(0), np.zeros((0, n), complex))]
    if not len(point):
        return found[0]
    L, r = held(system[point], q)
    U, sizes, W = np.linalg.svd(L)
    drives = np.abs((U[..., -1] * r).sum(-1))
    may = (sizes[:, -1] <= 1e-7 * sizes[:, 0]) & (drives <= 1e-9 * np.abs(r).max(-1, initial=0))
    may &= sizes[:, -2] > 1e-7 * sizes[:, 0]  # else a phase is free: a continuum of marginal states
    for k in np.flatnonzero(may):
        rest = W[k, :-1].T @ (U[k][:, :-1].T @ r[k] / sizes[k, :-1])
        a, b, one = _of_parts(W[k, -1]), _of_parts(rest), system[point[k]]
        g = one.photon_coupling
        squares = g @ np.abs(a) ** 2, 2 * g @ (a.conj() * b).real, g @ np.abs(b) ** 2
        energy = np.array(squares) - [0, 0, one.omega_m * q[k]]  # of b + t a, by powers of t
        t = np.roots(energy) if np.isfinite(energy).all() else np.zeros(0)
        t = t[np.abs(t.imag) <= 1e-9 * np.abs(t)].real
        found.append((np.full(len(t), point[k]), np.full(len(t), q[k]), b + t[:, None] * a))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))
