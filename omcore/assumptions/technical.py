r"""Technical noise: what moves laser, resonator and coupler, and how much of it entanglement bears.

A small change x of one of them pushes the quadratures along one vector w, :math:`\dot u = Au + w\,x(t)`.
With the two-sided spectral density S(ω) of x,

.. math:: V = V_0 + \int\frac{\mathrm d\omega}{2\pi}\,S(\omega)\,\chi\chi^\dagger, \qquad
          \chi(\omega) = (-i\omega - A)^{-1}w

White noise gives :math:`S\,V_1` with :math:`AV_1 + V_1A^T = -ww^T`. A change so slow that the state
follows, of variance σ², gives :math:`\sigma^2\chi(0)\chi(0)^T`: to first order in x, so where this takes
little, the curvature of the means counts. Both hold if nobody knows x: who reads it in each run subtracts
what the means have moved.
"""

import numpy as np

from ..conventions import ParameterError
from ..gaussian.entanglement import log_negativity
from ..gaussian.parties import part
from ..gaussian.symplectic import symplectic_form
from ..linear import lyapunov, turned
from ..models import Linear
from ..parameters import Parameters
from ..quantities import Quantity, checked
from ..resonator import cavity_detunings
from ..solution import Solution

SOURCES = {  # name: what x is
    "laser frequency": "rad/s",
    "laser power": "relative",
    "rotation": "rad/s of the angular velocity",
    "coupler": "relative change of the rate into it",
}
NOTHING = 1e-9  # share of the largest eigenvalue below which one is rounding


def push(s: Solution, source) -> np.ndarray:
    r"""The vector w along which a change of one of ``SOURCES`` pushes the quadratures, array (..., 8).

    It holds the quadratures of :math:`i\alpha_j` for the frequency of the laser, of :math:`\varepsilon_j/2`
    for its power, of :math:`\varepsilon_j/2 - \kappa_\mathrm{ext}\alpha_j` for the rate into the coupler,
    and of :math:`-i\alpha_j\,\partial\Delta_j/\partial\Omega` for the rotation; and zero for the mirror.

    Raises
    ------
    ParameterError
        If s is not of Parameters, or the source is none of them.

    Examples
    --------
    >>> import omcore as om
    >>> w = push(om.solve(om.PAPER), "laser power")
    >>> print((w[0] / om.PAPER.drive_amplitude).round(4), w[1:].any())
    0.7071 False
    """
    p, field = s.parameters, s.mean_field
    if not isinstance(p, Parameters):
        raise ParameterError(
            f"s is a Solution of a {type(p).__name__} (no unit), which knows no laser, coupler and rotation; "
            "give that of Parameters, as om.solve(om.PAPER)"
        )
    if source == "laser frequency":
        return turned(field)
    drive, alpha = s.system.drive, field.amplitudes
    if source == "laser power":
        pushed = drive / 2 + 0 * alpha
    elif source == "coupler":
        rate = np.asarray(p.escape_efficiency * p.kappa)[..., None]
        pushed = drive / 2 - rate * alpha * [1, 1, 0]
    elif source == "rotation":
        spun, still = (cavity_detunings(p.replace(angular_velocity=x)) for x in (1.0, 0.0))
        slopes = [spun[mode] - still[mode] for mode in ("ccw", "cw")]
        pushed = -1j * np.stack(np.broadcast_arrays(*slopes, 0.0), -1) * alpha
    else:
        raise ParameterError(f"source = {source!r} (no unit) is unknown; use one of {[*SOURCES]}")
    w = np.zeros(turned(field).shape)
    w[..., :6:2], w[..., 1:6:2] = np.sqrt(2) * pushed.real, np.sqrt(2) * pushed.imag
    return w


def response(s: Solution, w, omega=0.0) -> np.ndarray:
    r"""How the quadratures answer, :math:`\chi(\omega) = (-i\omega - A)^{-1}w`.

    A complex array (..., len(omega), 2n), or (..., 2n) for one number. At ω = 0 it is how the means follow;
    NaN where there is no steady state.
    """
    omega = np.asarray(omega, float)
    stable = np.asarray(s.stable)[..., None, None]
    A = np.where(stable, s.A, -np.eye(s.A.shape[-1]))
    if omega.ndim:
        A, w, stable = A[..., None, :, :], np.asarray(w)[..., None, :], stable[..., None, :, :]
    M = -1j * omega[..., None, None] * np.eye(A.shape[-1]) - A
    return np.where(stable[..., 0], np.linalg.solve(M, w[..., None])[..., 0], np.nan)


def white(s: Solution, w) -> np.ndarray:
    """V_1 of white noise, per spectral density, array (..., 2n, 2n); NaN where there is no steady state."""
    return lyapunov(s.A, w[..., :, None] * w[..., None, :])


def slow(s: Solution, w) -> np.ndarray:
    """The same per variance of a change that is slower than everything else."""
    moved = response(s, w).real
    return moved[..., :, None] * moved[..., None, :]


def coloured(linear: Linear, w, S, corner) -> Linear:
    r"""A Linear with a noise along w whose density falls beyond a corner, as one classical variable more.

    .. math:: \dot x = -\nu_c x + \nu_c\sqrt S\,\xi, \qquad S(\omega) = \frac{S}{1 + \omega^2/\nu_c^2}, \qquad
              \langle x^2\rangle = S\nu_c/2

    w : array (N,); S : density far below the corner; corner : ν_c in rad/s. The linear is one point, and what
    it knows of the light that leaves is lost.

    Examples
    --------
    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> noisy = coloured(s.linear, push(s, "laser frequency"), 1e-3, 1e3 * om.PAPER.omega_m)
    >>> whole = om.log_negativity(s.V + 1e-3 * white(s, push(s, "laser frequency")), 2, 3)
    >>> print(f"{om.solve(noisy).log_negativity('a', 'm'):.4f}, white: {whole:.4f}")
    0.0872, white: 0.0872
    """
    S = one_number("S", S, "rad^2 Hz", "spectral density of the noise", "nonnegative")
    corner = one_number("corner", corner, "rad/s", "corner of the noise")
    refuse_sweep("linear", linear)
    size = float(np.sqrt(S * corner / 2)) or 1.0  # x in units of its own deviation
    N = linear.A.shape[-1]
    A, D = np.zeros((N + 1, N + 1)), np.zeros((N + 1, N + 1))
    A[:N, :N], D[:N, :N] = linear.A, linear.D
    A[:N, N], A[N, N] = size * np.asarray(w), -corner
    D[N, N] = 2 * corner if S else 0.0
    return Linear(linear.modes, A, D, classical=(*linear.classical, "x"), aliases=linear.aliases)


def behind_filter(s: Solution, S, width, detuning=0.0, own=0.0) -> Linear:
    r"""The Linear where the light has passed a filter cavity, and every phase is read against that light.

    The filter has the amplitude :math:`f(1 + x + iy)` in the frame that follows the laser, and

    .. math:: \dot x = -\kappa_f x + \delta y, \qquad \dot y = -\kappa_f y - \delta x + \dot\varphi - \eta,

    .. math:: \dot\theta = \dot\varphi - \dot y = \kappa_f y + \delta x + \eta

    The phase θ of the light behind it takes the place of that of the laser, and the drive is ε(1 + x).

    s : Solution of one point, with the drive behind the filter. S : spectral density of the frequency of
    the laser, :math:`\dot\varphi`. width : κ_f, amplitude rate, rad/s. detuning : δ of the filter from the
    laser, rad/s. own : spectral density of the resonance of the filter, η

    Examples
    --------
    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> quiet = behind_filter(s, 1e-3, 0.1 * om.PAPER.omega_m)
    >>> print(f"{om.solve(quiet).log_negativity('a', 'm'):.4f} of {s.log_negativity('a', 'm'):.4f}")
    0.1319 of 0.1362
    """
    S = one_number("S", S, "rad^2 Hz", "spectral density of the laser's frequency", "nonnegative")
    width = one_number("width", width, "rad/s", "width of the filter")
    detuning = one_number("detuning", detuning, "rad/s", "detuning of the filter", "any")
    own = one_number(
        "own", own, "rad^2 Hz", "spectral density of the filter's resonance", "nonnegative"
    )
    refuse_sweep("s", s.parameters)
    turn, brighter = push(s, "laser frequency"), 2 * push(s, "laser power")
    N, size = len(turn), 1 / np.abs(turn).max()  # x and y in units in which the rows of A are alike
    A, D = np.zeros((N + 2, N + 2)), np.zeros((N + 2, N + 2))
    A[:N, :N], D[:N, :N] = s.A, s.D
    A[:N, N] = size * (brighter + detuning * turn)
    A[:N, N + 1] = size * width * turn
    A[N:, N:] = [[-width, detuning], [-detuning, -width]]
    D[N + 1, N + 1] = S / size**2
    w = np.concatenate([turn, [0.0, -1.0 / size]])  # of the filter's own resonance
    names = s.linear.modes
    return Linear(names, A, D + own * np.outer(w, w), classical=("x", "y"), aliases=s.aliases)


def weight(s: Solution, w, omega, i="a", j="m") -> np.ndarray:
    r"""How much noise along w takes of E at each frequency, array (len(omega),), for small noise.

    .. math:: E \to E - \int\frac{\mathrm d\omega}{2\pi}\,S(\omega)\,g(\omega), \qquad
              g = \frac{\lvert v^\dagger\tilde\chi\rvert^2}{\tilde\nu\,\lvert v^\dagger\Omega_2^{-1}v\rvert},
              \qquad i\Omega_2\tilde Vv = \tilde\nu v

    s : Solution of one point. Both signs of a frequency count alike, and g is their mean.

    >>> import numpy as np, omcore as om
    >>> s = om.solve(om.PAPER)
    >>> g = weight(s, push(s, "laser frequency"), om.PAPER.omega_m * np.array([0.0, 1.0, 2.0]))
    >>> (g / g[1]).round(2)
    array([0.52, 1.  , 0.07])
    """
    refuse_sweep("s", s.parameters)
    rows = np.concatenate([[2 * k, 2 * k + 1] for k in (s._index(i), s._index(j))])
    flip, turn = np.diag([1.0, 1.0, 1.0, -1.0]), 1j * symplectic_form(2)
    nu, v = np.linalg.eig(turn @ flip @ s.V[np.ix_(rows, rows)] @ flip)
    least = np.argmin(np.abs(nu))
    nu, v = abs(nu[least]), v[:, least]
    chi = response(s, w, omega)[:, rows] @ flip
    both = (np.abs(chi @ v.conj()) ** 2 + np.abs(chi.conj() @ v.conj()) ** 2) / 2
    return both / (nu * abs(v.conj() @ np.linalg.inv(turn) @ v))


def strength_left(s: Solution, V1, share=0.5, i="a", j="m", counted=0.0):
    r"""Strength Γ of a noise at which E of two modes, in :math:`V + \Gamma V_1`, is a share of E in V.

    A classical random displacement can only reduce entanglement. After partial transposition, marked by a
    tilde, the smallest symplectic eigenvalue is :math:`\tilde\nu = \tfrac12e^{-\mathrm{share}\,E}` where

    .. math:: \det\left[\tilde V + \Gamma\tilde V_1 + i\tilde\nu\Omega_2\right] = 0,

    an eigenvalue problem for Γ. The V_1 of ``slow`` has rank one: where it never takes that much, Γ is
    infinite, and what the curvature of the means takes is not in it.

    Parameters
    ----------
    s : Solution
    V1 : array (..., 2n, 2n), such as that of ``white`` or ``slow``
    share : array (...) from 0, where E vanishes, to less than 1
    i, j : two modes
    counted : array (...), strength of this noise that is in V already; what is left counts from none

    Returns
    -------
    array (...); NaN where there is no entanglement to lose

    Examples
    --------
    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> wander = strength_left(s, slow(s, push(s, "laser frequency"))) ** 0.5
    >>> print(f"{wander:.0f} rad/s")
    263 rad/s
    """
    if not ((np.asarray(share) >= 0) & (np.asarray(share) < 1)).all():
        raise ParameterError(
            f"share = {share!r} (no unit) is none that is left; give one from 0 to below 1"
        )
    pair, counted = [s._index(i), s._index(j)], np.asarray(counted)[..., None, None]
    V1 = part(V1, pair)
    V = np.where(np.asarray(s.physical)[..., None, None], part(s.V, pair) - counted * V1, np.nan)
    E = log_negativity(V, 0, 1)
    known = (E > 0) & np.isfinite(V1[..., 0, 0])
    flip = np.diag([1.0, 1.0, 1.0, -1.0])  # partial transposition
    V, V1 = (flip @ np.where(known[..., None, None], M, np.eye(4)) @ flip for M in (V, V1))
    least = np.exp(-share * np.where(known, E, 0.0)) / 2
    inverse = np.linalg.solve(V + 1j * least[..., None, None] * symplectic_form(2), V1)
    values = -np.linalg.eigvals(inverse).real
    largest = np.where(values.max(-1) > NOTHING * np.abs(values).max(-1), values.max(-1), 0.0)
    with np.errstate(divide="ignore"):
        return np.where(known, np.divide(1.0, largest), np.nan)[()]


def one_number(name, value, unit, meaning, sign="positive"):
    """A keyword as a float; a ParameterError for an array, or a number of another sign."""
    number = checked(name, value, Quantity("", unit, meaning, sign))
    if number.ndim:
        unit = "no unit" if unit == "1" else unit
        raise ParameterError(
            f"{name} has the shape {number.shape} ({unit}); give one number, and call once for each"
        )
    return float(number)


def refuse_sweep(name, given):
    """A ParameterError for a sweep where one point is asked for."""
    if given.shape:
        raise ParameterError(
            f"{name} is a sweep of shape {given.shape} (no unit); give one point, such as {name}[0]"
        )
