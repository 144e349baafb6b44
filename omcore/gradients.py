r"""Gradients: the derivatives of a measure with respect to every field at once, by one adjoint solve a point.

With the derivative W of a measure by V, see ``omcore.gaussian.slopes``, and with Eq. 12

.. math::
    \mathrm{d}E = \mathrm{tr}(W\,\mathrm{d}V)
                = \mathrm{tr}(Y\,\mathrm{d}D) + 2\,\mathrm{tr}(Y\,\mathrm{d}A\,V), \qquad A^T Y + Y A = -W

A and the noise of a laser in D also depend on the mean quadratures u, at which the flow f vanishes. With its
Jacobian J, :math:`\mathrm{d}u = -J^{-1}\,\mathrm{d}f`, which adds

.. math:: \lambda^T\,\mathrm{d}f, \qquad J^T \lambda = -\partial E/\partial u

In the self-consistent reading J is A itself; in the other one nothing shifts the amplitudes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.constants import Boltzmann, c, hbar

from .conventions import ModeError, ParameterError, mode_index
from .engine.blocks import by_blocks
from .engine.points import flat_system
from .gaussian import slopes as by_V
from .gaussian.parties import listed
from .linear import diffusion_matrix, drift_matrix, lyapunov, turned
from .parameters import Parameters
from .resonator import sagnac_shift, system
from .solution import Solution, solve
from .steady_state import MeanField, check
from .systems import FIELDS, OF_MIRRORS, System


def gradient(
    p, i, j=None, k=None, *, of="E", value=False, reading="self-consistent", branch=None
) -> dict:
    r"""Derivatives of a measure with respect to every parameter.

    .. math:: \mathrm{d}E = \mathrm{Re} \sum_a \bar a^*\,\mathrm{d}a, \qquad
              \bar a = \partial E/\partial(\mathrm{Re}\,a) + i\,\partial E/\partial(\mathrm{Im}\,a)

    They are exact and include the response of the mean field, on the same branch.

    * "E": logarithmic negativity of two sides i and j, ``omcore.log_negativity``
    * "margin": E of two sides before it is clipped at zero, of either sign
    * "steering": how much the side i steers the side j, ``omcore.steering``
    * "R": residual contangle of three modes i, j, k, ``omcore.residual_contangle``
    * "quanta": mean quanta of the fluctuations of one mode i

    Where there is no entanglement E is flat, and tells an optimiser nothing. Climb the margin: it is E where
    there is entanglement, and has a slope where there is none. Beware that it also rises, towards zero, as
    hot modes decouple; a climb that ends there needs another start. It has a kink where the lowest symplectic
    eigenvalue meets another, and R where two foci exchange their order: the slope is that of the focus with
    the least residual. Where nothing is entangled the slope of R is zero.

    Parameters
    ----------
    p : Parameters or System, scalars or a sweep
    i, j, k : modes, by name, an alias such as "driven", or number; a side is a mode, or a sequence of modes
    of : the measure, see above
    value : True to have the measure beside its derivatives
    reading : "self-consistent" or "bare-detuning", see ``omcore.mean_field``
    branch : None, or the number of a branch, see ``omcore.mean_field``

    Returns
    -------
    dict from the name of a field to its :math:`\bar a`; with ``value`` the pair (measure, dict). For
    Parameters every field but drive: arrays of the shape of p, each in one over the unit of its field. For a
    System every field: arrays of the shape of p and the axes of the field, without coupling, or, if that is
    given, without what acts through the amplitudes. That of H is Hermitian, :math:`\mathrm{d}E =
    \mathrm{tr}(\bar H\,\mathrm{d}H)`; those of squeezing and of m, (..., n, n), are symmetric.
    NaN where there is no state, and where E or the steering is clipped at zero. Also NaN by counter_drive at
    0 and 1, by power and escape_efficiency at 0, with whose square roots the drives go, and by decay at 0.

    Raises
    ------
    ParameterError
        If p is neither Parameters nor a System, or the measure, the reading or the branch is unknown.
    ModeError
        If a mode does not exist or is named twice, or there are too few or too many for the measure.

    Examples
    --------
    The change of E_am, in percent, if a parameter grows by one percent:

    >>> import omcore as om
    >>> E, slope = om.gradient(om.PAPER, "a", "m", value=True)
    >>> for name in ("power", "gamma_a", "temperature"):
    ...     print(f"{name}: {getattr(om.PAPER, name) * slope[name] / E:.3f}")
    power: 0.479
    gamma_a: -1.084
    temperature: -0.007

    A bath so hot that nothing is entangled; the margin says what to do:

    >>> hot = om.PAPER.replace(temperature=5.0)
    >>> print(om.gradient(hot, "a", "m")["power"])
    nan
    >>> margin, slope = om.gradient(hot, "a", "m", of="margin", value=True)
    >>> print(f"{margin:.3f}, {slope['temperature']:.3f} per kelvin")
    -0.064, -0.019 per kelvin
    """
    check(p, reading, branch)
    measure, sides = _asked(of, (i, j, k))
    s = solve(p, reading, branch)
    found = measure.value(s, *sides)
    here = np.flatnonzero(found > 0 if measure.clipped else np.isfinite(found))  # NaN is not
    numbers = [[mode_index(m, p.names, p.aliases) for m in listed(side)] for side in sides]
    flat = lambda array: np.reshape(array, (s.stable.size, *np.shape(array)[len(p.shape) :]))[here]
    points, V = flat_system(p, slice(0, s.stable.size))[here], flat(s.V)
    field = MeanField(p.modes, flat(s.mean_field.amplitudes), flat(s.mean_field.q))

    def block(part):
        W = measure.slope(V[part], *numbers)[1]
        return _adjoint(points[part], field[part], V[part], W, reading)

    slopes = {}
    for name, known in zip(FIELDS, by_blocks(block, len(here)), strict=True):
        whole = np.nan * np.ones((s.stable.size, *known.shape[1:]), known.dtype)
        whole[here] = known
        slopes[name] = whole.reshape((*p.shape, *known.shape[1:]))[()]
    if isinstance(p, Parameters):
        slopes = {name: slope[()] for name, slope in _of_parameters(p, slopes).items()}
    else:
        of_the_means = ("photon_coupling", "drive", "kerr", "laser_linewidth")
        for name in of_the_means if p.coupling.any() else ("coupling",):
            del slopes[name]
    return (found, slopes) if value else slopes


# ---- through the chain, from its end to its start


def _adjoint(system: System, field, V, W, reading) -> tuple:
    """Gradients of the arrays of a flat System, in the order of FIELDS, from the slope W by V."""
    n, consistent = len(system.modes), reading == "self-consistent"
    X, Y, Q, P = _rows(n)
    q, gamma_m, n_m = (_by_mirror(system, x) for x in (field.q, system.gamma_m, system.n_m))
    u, w, z = field.quadratures(), turned(field), np.sqrt(2) * field.amplitudes
    light, K = np.abs(z) ** 2, np.abs(system.decay)

    A = drift_matrix(system, field)
    noise = lyapunov(_transposed(A), W)  # Y = dE/dD
    drift = 2 * noise @ V  # dE/dA
    M, S, G = _linearised(drift, n)
    flow = _flow_gradient(system, field, A, noise, drift, consistent)  # λ
    of_flow = (
        flow[:, :, None] * u[:, None, :]
    )  # as the flow is a matrix, which resembles A, times u
    M_flow, S_flow, _ = _linearised(of_flow, n)

    detuning = -_diagonal(M).imag
    flow_detuning = -_diagonal(M_flow).imag * consistent  # shifted as A is, or not at all
    pressure = (G.conj() * z[..., None]).real + flow[:, None, P] * light[..., None] / 2
    M, S, drift = M + M_flow, S + S_flow, drift + of_flow

    quiet = system._changed(laser_linewidth=np.zeros(()))
    baths = _diagonal(noise @ diffusion_matrix(quiet))  # whose part of a mode grows with its |K|
    with np.errstate(invalid="ignore"):
        of_decay = (baths[:, X] + baths[:, Y]) / system.decay
    of_m = noise[:, X, X] - noise[:, Y, Y] + 1j * (noise[:, X, Y] + noise[:, Y, X])
    of_n, of_mirror = _diagonal(noise[:, X, X] + noise[:, Y, Y]), _diagonal(noise[:, P, P])
    found = {
        "H": 0.5j * (M - _transposed(M.conj())),
        "decay": of_decay - _diagonal(M).real,
        "photon_coupling": pressure - (detuning + flow_detuning)[..., None] * q[:, None, :],
        "drive": np.sqrt(2) * (flow[:, X] + 1j * flow[:, Y]),
        "coupling": G,
        "omega_m": _diagonal(drift[:, Q, P] - drift[:, P, Q]),
        "gamma_m": of_mirror * (2 * n_m + 1) - _diagonal(drift[:, P, P]),
        "n_m": of_mirror * 2 * gamma_m,
        "squeezing": (S + _transposed(S)) / 2,
        "n": of_n * 2 * K,
        "m": of_m * 2 * np.sqrt(K[..., :, None] * K[..., None, :]),
        "kerr": (_diagonal(S - S_flow).conj() * z**2).real + light * (2 * detuning + flow_detuning),
        "laser_linewidth": np.einsum("mi,mij,mj->m", w, noise, w),
    }
    if len(system.mirrors) == 1:
        found |= {name: found[name][..., 0] for name in OF_MIRRORS}
    return tuple(found[name] for name in FIELDS)


def _flow_gradient(system: System, field, A, noise, drift, consistent):
    """λ, the gradient by what is added to the flow of the mean quadratures, array (m, 2n + 2k)."""
    n, z = len(system.modes), np.sqrt(2) * field.amplitudes
    X, Y, Q, _ = _rows(n)
    M, S, G = _linearised(drift, n)
    g = _by_mirror(system, system.photon_coupling)
    detuning, squeezing = -_diagonal(M).imag, _diagonal(S)
    turning = 2 * system.laser_linewidth[..., None] * (noise @ turned(field)[..., None])[..., 0]
    by_z = (g * G).sum(-1) + turning[:, Y] - 1j * turning[:, X]
    by_z += system.kerr * (2 * squeezing * z.conj() + 4 * detuning * z)
    by_u = np.zeros_like(turning)
    by_u[:, X], by_u[:, Y], by_u[:, Q] = by_z.real, by_z.imag, -(g * detuning[..., None]).sum(-2)
    J = A
    if not consistent:  # neither mirrors nor Kerr shifts act on the amplitudes
        free, held = system._changed(kerr=np.zeros(n)), np.zeros_like(field.q)
        J = drift_matrix(free, MeanField(system.modes, field.amplitudes, held))
        J[:, : 2 * n, Q] = 0
    return -np.linalg.solve(_transposed(J), by_u[..., None])[..., 0]


def _linearised(drift, n):
    """Gradients of the M, S and G of n modes, from that of the drift matrix which is made of them."""
    X, Y, Q, P = _rows(n)
    M = drift[:, X, X] + drift[:, Y, Y] + 1j * (drift[:, Y, X] - drift[:, X, Y])
    S = 1j * (drift[:, X, X] - drift[:, Y, Y]) - drift[:, Y, X] - drift[:, X, Y]
    G = drift[:, Y, Q] - 1j * drift[:, X, Q] + _transposed(drift[:, P, X] + 1j * drift[:, P, Y])
    return M, S, G


def _rows(n):
    """The rows of the X and Y of n modes and of the q and p of the mirrors."""
    return slice(0, 2 * n, 2), slice(1, 2 * n, 2), slice(2 * n, None, 2), slice(2 * n + 1, None, 2)


def _by_mirror(system: System, array):
    """An array with an axis of mirrors behind, which that of a System with one has not."""
    return array[..., None] if len(system.mirrors) == 1 else array


# ---- what a gradient may be of


class Measure(NamedTuple):
    """A measure of a Solution: its value, its slope by V, how many sides it is of, if it is clipped at 0."""

    value: Callable
    slope: Callable
    sides: int
    clipped: bool = False


MEASURES = {
    "E": Measure(Solution.log_negativity, by_V.entanglement, 2, clipped=True),
    "margin": Measure(Solution.separability_margin, by_V.margin, 2),
    "steering": Measure(Solution.steering, by_V.steering, 2, clipped=True),
    "R": Measure(Solution.residual_contangle, by_V.residual_contangle, 3),
    "quanta": Measure(Solution.quanta, by_V.quanta, 1),
}
"""The measures by what ``of`` calls them."""


def _asked(of, modes) -> tuple[Measure, tuple]:
    """The measure, and its modes or sides; or an error."""
    if not isinstance(of, str) or of not in MEASURES:
        raise ParameterError(
            f"of = {of!r:.60} (a name, no unit) is no measure with a gradient; use one of "
            f"{', '.join(map(repr, MEASURES))}"
        )
    sides = MEASURES[of].sides
    if [mode is not None for mode in modes] != [number < sides for number in range(3)]:
        raise ModeError(
            f"i, j, k = {modes!r:.60} (no unit) do not fit of = {of!r}; give "
            f"{('i alone', 'i and j', 'i, j and k')[sides - 1]}"
        )
    return MEASURES[of], modes[:sides]


# ---- from the arrays of a System to the fields of Parameters


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
    # By these fields the drive goes with a square root.
    f = np.where(np.isin(p.counter_drive, (0, 1)), np.nan, p.counter_drive)
    power, escape = (np.where(np.equal(x, 0), np.nan, x) for x in (p.power, p.escape_efficiency))
    return {
        "refractive_index": Delta_F * turn * (1 + 1 / n**2),
        "radius": (Delta_F * sagnac_shift(p) - ln_G_0) / R,
        "wavelength": (ln_P - ln_G_0 - Delta_F * turn * (n - 1 / n)) / wavelength,
        "dispersion": -Delta_F * turn * wavelength,
        "mass": -ln_G_0 / 2 / p.mass,
        "angular_velocity": Delta_F * sagnac_shift(p.replace(angular_velocity=1.0)),
        "temperature": -ln_x * x * Boltzmann / (hbar * p.omega_m),
        "power": ln_P / power,
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
        "escape_efficiency": ln_P / escape,
        "laser_linewidth": slopes["laser_linewidth"],
    }


def _transposed(M):
    return np.swapaxes(M, -1, -2)


def _diagonal(M):
    return np.einsum("mkk->mk", M)
