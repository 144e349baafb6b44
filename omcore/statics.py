r"""Mean fields of several mirrors, of Kerr shifts and of squeezing, as those of one mirror.

Mirrors and Kerr shifts act on steady light through one matrix,

.. math:: (K + iH)\,\alpha + iS\alpha^* - i\,\mathrm{diag}(\chi|\alpha|^2)\,\alpha = \varepsilon, \qquad
          \chi = \sum_l g_l g_l^T/\omega_l - 2\,\mathrm{diag}(\mathcal K)

Where it has rank one, :math:`\chi = \pm vv^T`, one displacement :math:`y = \sum_j v_j|\alpha_j|^2` is all
there is to find, as for a single mirror; the conjugate equation turns a negative sign into a positive one.
Squeezing couples α to its conjugate: the amplitudes of a held mirror solve a system of twice the size.
Where that is singular α may grow along its null vector by itself, in two directions, without a drive.
"""

import numpy as np

from .conventions import ParameterError
from .systems import System, light_operator

RANK_ONE = 1e-9  # a second eigenvalue of chi below this times the first is rounding


def one_mirror(system: System) -> tuple[System, np.ndarray]:
    """A flat sweep with its steady light pressed by one mirror, and where its amplitudes are conjugate."""
    if len(system.mirrors) == 1 and not system.kerr.any():
        return system, np.zeros(system.shape, bool)
    n, k = len(system.modes), len(system.mirrors)
    g, omega = system.photon_coupling, system.omega_m
    if k == 1:
        g, omega = g[..., None], omega[..., None]
    chi = (g / omega[..., None, :]) @ np.swapaxes(g, -1, -2) - 2 * system.kerr[..., None] * np.eye(
        n
    )
    chi = np.broadcast_to(chi, (*system.shape, n, n))
    strength, v = np.linalg.eigh(chi)
    order = np.argsort(-np.abs(strength), axis=-1)
    strength = np.take_along_axis(strength, order, -1)
    if (np.abs(strength[..., 1:]) > RANK_ONE * np.abs(strength[..., :1])).any():
        raise ParameterError(
            "photon_coupling and kerr (rad/s) press the modes in more than one way: chi = sum_l g_l g_l^T/"
            f"omega_l - 2 diag(kerr) has the eigenvalues {strength.reshape(-1, n)[0]}; find the mean "
            "field by other means, as om.evolve from a guess, and give the System about it, system.about(field): "
            "its effective detunings in H, and coupling = sqrt(2) g alpha"
        )
    v = np.take_along_axis(v, order[..., None, :], -1)[..., 0]
    turned = strength[..., 0] < 0
    unit = (
        np.abs(omega).mean(-1)
        if k
        else np.abs(system.decay).max(-1) + np.abs(system.H).max((-1, -2))
    )
    pressure = v * np.sqrt(np.abs(strength[..., 0]) * unit)[..., None]
    back = lambda values, own: np.where(
        turned.reshape(turned.shape + (1,) * own), -values.conj(), values
    )
    drive = np.where(turned[..., None], system.drive.conj(), system.drive)
    return System.of_arrays(
        modes=system.modes, aliases=system.aliases, decay=system.decay, photon_coupling=pressure,
        H=back(system.H, 2), squeezing=back(system.squeezing, 2), drive=drive,
        omega_m=np.broadcast_to(unit, system.shape),
    ), turned  # fmt: skip


def pressed(system: System, alpha) -> np.ndarray:
    r"""Displacements :math:`\sum_j g_{jl}|\alpha_j|^2/\omega_l` of mirrors l, (..., k), or (...) of one."""
    light = np.abs(alpha) ** 2
    if len(system.mirrors) == 1:
        return (system.photon_coupling * light).sum(-1) / system.omega_m
    return (system.photon_coupling * light[..., None]).sum(-2) / system.omega_m


def held(system: System, q) -> tuple[np.ndarray, np.ndarray]:
    """L and r of :math:`L\alpha = r` while the mirrors are held at q; with squeezing that of (α, α*).

    The second half is the conjugate of the first for real q, and its continuation for others.
    """
    L, drive = -light_operator(system, q), system.drive
    if system.squeezing.any():
        other = -light_operator(system, np.conj(q)).conj()
        S = np.broadcast_to(1j * system.squeezing, L.shape)
        L = np.concatenate([np.concatenate([L, S], -1), np.concatenate([S.conj(), other], -1)], -2)
        drive = np.concatenate([drive, drive.conj()], -1)
    return L, np.broadcast_to(drive, L.shape[:-1])


def paired_amplitudes(system: System):
    """Amplitudes (m, b, n) of all branches of a flat sweep with squeezing and a mirror; which are double."""
    if not system.photon_coupling.any():  # nothing presses
        alpha = _solved(*held(system, np.zeros(system.shape)))[:, None, : len(system.modes)]
        return alpha, np.zeros(alpha.shape[:2], bool)
    found = [_paired(system[k]) for k in range(system.shape[0])]
    width = max(len(q) for q, _ in found)
    alpha = np.full((len(found), width, len(system.modes)), np.nan, complex)
    multiple = np.zeros((len(found), width), bool)
    for k, (q, light) in enumerate(found):
        alpha[k, : len(q)] = light
        same = np.isclose(q[:, None], q, rtol=1e-5) & np.isclose(
            light[:, None], light, rtol=1e-4
        ).all(-1)
        multiple[k, : len(q)] = same.sum(0) > 1
    return alpha, multiple


def _paired(point: System):
    """Displacements and amplitudes of one point, where forces balance, and where light grows by itself."""
    g, unit, n = point.photon_coupling, float(point.omega_m), len(point.modes)
    if not g.any():
        return np.zeros(1), np.linalg.solve(*held(point, 0.0))[None, :n]
    g_0, size = np.abs(g).max(), 4 * np.count_nonzero(g) + 2
    turn = np.pi / (2 * size)  # away from real ones, where L may be singular
    y = np.exp(1j * (2 * np.pi * np.arange(size) / size + turn))
    L, r = held(point, y * unit / g_0)
    d = np.linalg.det(L / unit)
    p = d[:, None] * np.linalg.solve(L, r[..., None])[..., 0]
    values = y * d**2 - (g * g_0 / unit**2 * p[:, :n] * p[:, n:]).sum(-1)
    degree = size // 2 - 1
    back = np.exp(-1j * turn * np.arange(size))
    polynomials = (np.fft.fft(values) * back).real, (np.fft.fft(d) * back)[: degree + 1].real
    roots = [np.roots(c[::-1]) for c in polynomials]
    balanced, free = (y[np.abs(y.imag) <= 1e-6 * np.abs(y)].real * unit / g_0 for y in roots)
    q, alpha = _in_balance(point, balanced, unit / g_0)
    grown, light = _self_driven(point, free)
    q, alpha = np.append(q, grown), np.concatenate([alpha, light])
    order = np.argsort(np.abs(q), kind="stable")
    return q[order], alpha[order]


def _in_balance(point, q, unit):
    """Candidates polished by Newton steps; those whose forces balance, with their amplitudes."""
    n, g = len(point.modes), point.photon_coupling
    for _ in range(3):
        L, r = held(point, q)
        alpha = _solved(L, r)
        push = 1j * np.concatenate([g, -g]) * alpha
        slope = 2 * (g * alpha[:, :n].conj() * _solved(L, push)[:, :n]).real.sum(-1)
        excess = (g * np.abs(alpha[:, :n]) ** 2).sum(-1) - point.omega_m * q
        q = q - np.where(
            np.abs(excess) < 1e-3 * point.omega_m * (np.abs(q) + unit),
            excess / (slope - point.omega_m),
            0,
        )
    balance = np.abs(excess) <= 1e-8 * point.omega_m * np.abs(q) + 1e-12 * unit * point.omega_m
    return q[balance], alpha[balance, :n]


def _solved(L, r):
    """L⁻¹ r, the shortest solution where one of the matrices is singular."""
    try:
        return np.linalg.solve(L, r[..., None])[..., 0]
    except np.linalg.LinAlgError:
        return (np.linalg.pinv(L) @ r[..., None])[..., 0]


def _self_driven(point: System, roots):
    """Displacements at which light grows by itself, and the amplitudes that it then has."""
    found, n, g = [], len(point.modes), point.photon_coupling
    for q in roots:  # of the determinant of L
        L, r = held(point, q)
        U, sizes, W = np.linalg.svd(L)
        if sizes[-1] > 1e-7 * sizes[0] or np.abs(U[:, -1].conj() @ r) > 1e-9 * np.abs(r).max(
            initial=0
        ):
            continue
        null = W[-1].conj()
        null = null * np.exp(
            -0.5j * np.angle(null[:n] @ null[n:])
        )  # its halves conjugate to each other
        rest = W[:-1].conj().T @ (U[:, :-1].conj().T @ r / sizes[:-1])
        a, b = null[:n], rest[:n]  # the pressure of b + t a is quadratic in t
        terms = (
            g @ np.abs(a) ** 2,
            2 * g @ (a.conj() * b).real,
            g @ np.abs(b) ** 2 - point.omega_m * q,
        )
        found += [(q, b + t.real * a) for t in np.roots(terms) if abs(t.imag) <= 1e-9 * abs(t)]
    alpha = np.array([light for _, light in found], complex)
    return np.array([q for q, _ in found]), alpha.reshape(-1, n)
