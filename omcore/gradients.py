r"""The gradient of the entanglement: all derivatives of E_ij at once, by one adjoint solve a point.

On the modes of :math:`E = -\ln 2\tilde\nu` let :math:`i\tilde\Omega x = V x/\tilde\nu`, with the partially
transposed symplectic form and :math:`x^\dagger V x = 1`. Perturbation theory and Eq. 12 give

.. math::
    \mathrm{d}E = -\mathrm{tr}(W\,\mathrm{d}V)
                = -\mathrm{tr}(Y\,\mathrm{d}D) - 2\,\mathrm{tr}(Y\,\mathrm{d}A\,V), \qquad
    W = \mathrm{Re}\,x x^\dagger, \qquad A^T Y + Y A = -W

so that Y is positive: noise never increases E. A also depends on the mean quadratures u, at which the flow
f vanishes. With its Jacobian J, :math:`\mathrm{d}u = -J^{-1}\,\mathrm{d}f`, which adds

.. math:: \lambda^T\,\mathrm{d}f, \qquad J^T \lambda = -\partial E/\partial u

In the self-consistent reading J is A itself; in the other one the mirror does not act on the amplitudes.
"""

import numpy as np
from scipy.constants import Boltzmann, c, hbar

from .conventions import MIRROR, listed, mode_indices, symplectic_form
from .engine.blocks import by_blocks
from .engine.points import flat_system
from .linear import drift_matrix, lyapunov
from .parameters import Parameters
from .resonator import sagnac_shift, system
from .solution import solve
from .steady_state import MeanField
from .systems import FIELDS, System


def gradient(p, i, j, reading="self-consistent", branch=None) -> dict:
    r"""Derivatives of the logarithmic negativity E_ij with respect to every parameter.

    .. math:: \mathrm{d}E_{ij} = \mathrm{Re} \sum_a \bar a^*\,\mathrm{d}a, \qquad
              \bar a = \partial E/\partial(\mathrm{Re}\,a) + i\,\partial E/\partial(\mathrm{Im}\,a)

    They are exact and include the response of the mean field, on the same branch. Where E > 0 it is smooth,
    since no symplectic eigenvalue but the smallest is below 1/2, so that none can cross it.

    Parameters
    ----------
    p : Parameters or System, scalars or a sweep
    i : mode, by its name, an alias such as "driven", or its number
    j : another mode, or a sequence of modes
    reading : "self-consistent" or "bare-detuning", see ``omcore.mean_field``
    branch : None, or the number of a branch, see ``omcore.mean_field``

    Returns
    -------
    dict from the name of a field to its :math:`\bar a`. For Parameters every field but drive: arrays of
    the shape of p, each in one over the unit of its field. For a System decay, omega_m, gamma_m, n_m, H,
    and coupling if it is given, or else photon_coupling and drive: arrays of the shape of p and the axes
    of the field; that of H is Hermitian, with :math:`\mathrm{d}E = \mathrm{tr}(\bar H\,\mathrm{d}H)`.
    NaN where there is no state and where E is clipped at zero. That of counter_drive is also NaN at 0
    and at 1, where E goes with a square root.

    Raises
    ------
    ParameterError
        If p is neither Parameters nor a System, or the reading or the branch is unknown.
    ModeError
        If a mode does not exist or is named twice.

    Examples
    --------
    The change of E_am, in percent, if a parameter grows by one percent:

    >>> import omcore as om
    >>> slope, E = om.gradient(om.PAPER, "a", "m"), om.solve(om.PAPER).log_negativity("a", "m")
    >>> for name in ("power", "gamma_a", "temperature"):
    ...     print(f"{name}: {getattr(om.PAPER, name) * slope[name] / E:.3f}")
    power: 0.479
    gamma_a: -1.084
    temperature: -0.007
    """
    s = solve(p, reading, branch)
    modes = mode_indices([i, *listed(j)], (*p.modes, MIRROR), p.aliases)
    here = np.flatnonzero(s.log_negativity(modes[0], modes[1:]) > 0)  # NaN is not
    points = flat_system(p, slice(0, s.stable.size))[here]
    flat = lambda values, own: values.reshape(-1, *values.shape[values.ndim - own :])[here]
    alpha, q = flat(s.mean_field.amplitudes, 1), flat(s.mean_field.q, 0)
    field, V = MeanField(points.modes, alpha, q), flat(s.V, 2)
    block = lambda part: _adjoint(points[part], field[part], V[part], modes, reading)

    slopes = {}
    for name, found in zip(FIELDS, by_blocks(block, len(here)), strict=True):
        whole = np.nan * np.ones((s.stable.size, *found.shape[1:]), found.dtype)
        whole[here] = found
        slopes[name] = whole.reshape((*p.shape, *found.shape[1:]))[()]
    if isinstance(p, Parameters):
        return {name: slope[()] for name, slope in _of_parameters(p, slopes).items()}
    unused = ("photon_coupling", "drive") if p.coupling.any() else ("coupling",)
    return {name: slope for name, slope in slopes.items() if name not in unused}


def _adjoint(system: System, field, V, modes, reading) -> tuple:
    """Gradients of the arrays of a flat System, in the order of FIELDS."""
    n, g, alpha, q = len(system.modes), system.photon_coupling, field.amplitudes, field.q
    X, Y, Q, P = slice(0, 2 * n, 2), slice(1, 2 * n, 2), 2 * n, 2 * n + 1
    A = drift_matrix(system, field)
    cost = lyapunov(_transposed(A), _witness(V, modes))  # Y: what noise costs, -dE/dD
    noise = _diagonal(cost)
    drift = -2 * cost @ V  # dE/dA, which gives those of the light operator M and the couplings G
    M = drift[:, X, X] + drift[:, Y, Y] + 1j * (drift[:, Y, X] - drift[:, X, Y])
    G = drift[:, Y, Q] + drift[:, P, X] + 1j * (drift[:, P, Y] - drift[:, X, Q])

    J, held = A, q  # Jacobian of the mean field, and the displacement that it contains
    if reading == "bare-detuning":
        held = np.zeros_like(q)
        J = drift_matrix(system, MeanField(system.modes, alpha, held))
        J[:, : 2 * n, Q] = 0
    u = np.zeros((len(q), 2 * n + 2, 1))
    u[:, X, 0], u[:, Y, 0] = g * G.real, g * G.imag
    u[:, Q, 0] = (g * _diagonal(M).imag).sum(-1)
    flow = -np.linalg.solve(_transposed(J), u)[..., 0]
    drive, force = np.sqrt(2) * (flow[:, X] + 1j * flow[:, Y]), flow[:, P]

    flow_M = drive[:, :, None] * alpha.conj()[:, None, :]  # M α is in the flow, too
    pull = (q[:, None] * _diagonal(M) + held[:, None] * _diagonal(flow_M)).imag
    push = np.sqrt(2) * (G.conj() * alpha).real + force[:, None] * np.abs(alpha) ** 2
    M = M + flow_M
    found = {
        "H": 0.5j * (M - _transposed(M.conj())),
        "decay": -_diagonal(M).real - noise[:, X] - noise[:, Y],
        "photon_coupling": pull + push,
        "drive": drive,
        "coupling": G,
        "omega_m": drift[:, Q, P] - drift[:, P, Q] - force * q,
        "gamma_m": -drift[:, P, P] - noise[:, P] * (2 * system.n_m + 1),
        "n_m": -noise[:, P] * 2 * system.gamma_m,
    }
    return tuple(found[name] for name in FIELDS)


def _witness(V, modes):
    """W = -dE/dV, array (m, 2n, 2n), from the largest pair of singular values of K."""
    rows = np.ravel([[2 * k, 2 * k + 1] for k in modes])
    inverse = np.linalg.inv(np.linalg.cholesky(V[:, rows[:, None], rows]))
    form = symplectic_form(len(modes))
    form[:2, :2] *= -1
    K = inverse @ form @ _transposed(inverse)
    x = _transposed(inverse) @ np.linalg.eigh(_transposed(K) @ K)[1][..., -2:]
    W = np.zeros_like(V)
    W[:, rows[:, None], rows] = x @ _transposed(x) / 2
    return W


def _of_parameters(p: Parameters, slopes):
    """Gradients of the fields of Parameters, from those of the arrays of ``system(p)``."""
    made, (ccw, cw, a) = system(p), range(3)
    driven = p.modes.index(p.drive)
    undriven = cw if driven == ccw else ccw
    H, decay, n_m = slopes["H"], slopes["decay"], slopes["n_m"]
    # dE/dΔ_F, dE/d ln G_0, dE/d ln P: the parameters enter through these and n_m
    Delta_F = H[..., cw, cw].real - H[..., ccw, ccw].real
    ln_G_0 = (slopes["photon_coupling"] * made.photon_coupling).sum(-1)
    of_drive = slopes["drive"].conj() * made.drive
    of_power = of_drive.real / 2
    ln_P = of_power.sum(-1)
    n, R, wavelength = p.refractive_index, p.radius, p.wavelength
    turn = R * p.angular_velocity * p.omega_0 / c  # Δ_F = turn (n - 1/n - λ dn/dλ)
    with np.errstate(divide="ignore"):  # n_m = 1/(exp x - 1), and x dn_m/dx = -x n_m (n_m + 1)
        x = np.minimum(np.divide(hbar * p.omega_m, Boltzmann * np.asarray(p.temperature)), 1e3)
    ln_x = -n_m * x * p.n_m * (p.n_m + 1)
    # Each off-diagonal element of H is there twice.
    back = 2 * H[..., ccw, cw].conj() * np.exp(1j * np.asarray(p.backscattering_phase))
    f = np.where(np.isin(p.counter_drive, (0, 1)), np.nan, p.counter_drive)
    return {
        "refractive_index": Delta_F * turn * (1 + 1 / n**2),
        "radius": (Delta_F * sagnac_shift(p) - ln_G_0) / R,
        "wavelength": (ln_P - ln_G_0 - Delta_F * turn * (n - 1 / n)) / wavelength,
        "dispersion": -Delta_F * turn * wavelength,
        "mass": -ln_G_0 / 2 / p.mass,
        "angular_velocity": Delta_F * sagnac_shift(p.replace(angular_velocity=1.0)),
        "temperature": -ln_x * x * Boltzmann / (hbar * p.omega_m),
        "power": ln_P / p.power,
        "omega_m": slopes["omega_m"] + (ln_x - ln_G_0 / 2) / p.omega_m,
        "gamma_m": slopes["gamma_m"],
        "kappa": decay[..., ccw] + decay[..., cw] + ln_P / p.kappa,
        "gamma_a": decay[..., a],
        "G_a": 2 * (H[..., driven, a] + p.undriven_coupling * H[..., undriven, a]).real,
        "Delta_a": H[..., a, a].real,
        "Delta_c": H[..., ccw, ccw].real + H[..., cw, cw].real,
        "backscattering": back.real,
        "backscattering_phase": -p.backscattering * back.imag,
        "counter_drive": of_power[..., undriven] / f - of_power[..., driven] / (1 - f),
        "counter_drive_phase": -of_drive[..., undriven].imag,
        "undriven_coupling": 2 * p.G_a * H[..., undriven, a].real,
    }


def _transposed(M):
    return np.swapaxes(M, -1, -2)


def _diagonal(M):
    return np.einsum("mkk->mk", M)
