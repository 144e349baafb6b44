r"""In time: mean field and covariance matrix from the moment at which the laser is switched on.

The equations of motion are quadratic in the mean quadratures u, so that the drift matrix A(u), their
Jacobian, is affine in u, and the same matrix moves the mean and the fluctuations about it:

.. math::
    \dot u = \tfrac12\,[A(0) + A(u)]\,u + s(t)\,e, \qquad
    \dot V = A(u)\,V + V A(u)^T + D

with the full drive e and its share s(t), which rises from 0 to 1 while the laser is switched on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.integrate import solve_ivp

from .conventions import MatrixError, ParameterError
from .engine.blocks import at
from .gaussian.symplectic import blurred, is_physical, one_matrix, why_unphysical
from .linear import diffusion_matrix, drift_matrix, is_stable, turned
from .models import Linear
from .parameters import Parameters
from .quantities import Quantity, checked
from .resonator import as_system
from .solution import Fluctuations
from .steady_state import MeanField
from .systems import FIELDS, System, light_operator

ACCURACY = 1e-10  # of the integrator, relative; absolute for numbers smaller than one
UNRESOLVED = 1e-3 / ACCURACY  # a V larger than this does not resolve the vacuum
FULL = 1e20  # a V larger than this is not followed
NOTHING = 1e-120  # a drive weaker than this, whose square would vanish in the integrator
SEEN = 0.3  # longest step, in units of the fastest rate, where something depends on time
LONGEST = 1e6  # duration of a run, in 1/omega_m
TIME = Quantity("t", "s", "time", "nonnegative")
RISE = Quantity(r"\tau", "s", "time in which the laser is switched on", "nonnegative")
QUADRATURE = Quantity("u", "1", "mean quadrature")


@dataclass(frozen=True, eq=False, repr=False)
class Evolution(Fluctuations):
    """Mean field and fluctuations at a row of times, with the methods of a Solution.

    parameters : Parameters or a System
    t : array (k,), times in s since the laser was switched on
    u : array (k, 2n + 2), mean quadratures
    V : array (k, 2n + 2, 2n + 2), covariance matrix; NaN where it is too large to resolve the vacuum
    drive, H : functions of the time, where they were given
    """

    parameters: Parameters | System
    t: np.ndarray
    u: np.ndarray
    V: np.ndarray
    drive: Callable | None = None
    H: Callable | None = None

    @property
    def system(self) -> System:
        """The System at each time, with the drive and the H that it had then."""
        system = super().system
        given = {
            name: np.array([function(t) for t in self.t], complex)
            for name, function in (("drive", self.drive), ("H", self.H))
            if function is not None
        }
        return system._changed(**given) if given else system

    @property
    def mean_field(self) -> MeanField:
        """The mean field at each time, MeanField of shape (k,), None of a Linear; its momentum is in u."""
        if isinstance(self.parameters, Linear):
            return None
        return mean_field_of(self.system, self.u)

    @property
    def linear(self):
        """The Linear of each time, with A and D held at what they are then.

        ``om.solve`` of it is the state that fluctuations would reach if they stayed so, not the V of this
        time; the light that leaves while they change is not in it.
        """
        return super().linear

    @property
    def stable(self) -> np.ndarray:
        """Whether fluctuations about the mean field at each time decay, bool array (k,).

        >>> import omcore as om
        >>> e = om.evolve(om.PAPER, [0.0])
        >>> e.stable, round(float(e.growth[0] / om.PAPER.gamma_m), 3)
        (array([ True]), -0.5)
        """
        return np.broadcast_to(is_stable(self.A), len(self.t)).copy()

    @property
    def growth(self) -> np.ndarray:
        """Growth rate of the fluctuations at each time, array (k,) in rad/s, negative where they decay."""
        return np.broadcast_to(super().growth, len(self.t)).copy()

    @property
    def status(self) -> np.ndarray:
        """The status at each time, words of ``STATUS``, array (k,).

        It is "unresolved" where V is NaN; where it is "unstable", V has numbers.
        """
        growing = np.where(self.stable, "stable", "unstable")
        lost = np.where(np.isnan(self.V[:, 0, 0]), "unresolved", "no quantum state")
        return np.where(self.physical, growing, lost)

    def __getitem__(self, index) -> Evolution:
        """The times that an index of NumPy picks, a slice or an array.

        >>> import omcore as om
        >>> om.evolve(om.PAPER, [0.0, 1e-7, 2e-7])[1:]
        Evolution(2 times to 2e-07 s; modes ccw, cw, a, m)
        """
        rows = np.atleast_1d(at(np.arange(len(self.t)), index))
        if rows.ndim > 1:
            raise IndexError(
                f"index = {index!r:.60} picks times of the shape {rows.shape} (no unit); give a slice, or "
                "one row of numbers or booleans"
            )
        return replace(self, t=self.t[rows], u=self.u[rows], V=self.V[rows])

    __iter__ = None

    def __repr__(self):
        modes = ", ".join(self.names)
        unit = " s" if isinstance(self.parameters, Parameters) else ""  # a System may have another
        until = f" to {self.t[-1]:.3g}{unit}" if len(self.t) else ""
        return f"Evolution({len(self.t)} times{until}; modes {modes})"


def evolve(p, t, ramp=0.0, V=None, u=None, drive=None, H=None) -> Evolution:
    r"""Mean field, Eq. 5, and covariance matrix, Eq. 11, in time after the laser is switched on at t = 0.

    .. math:: \dot V = A(t)\,V + V A(t)^T + D, \qquad
              s(t) = \sin^2\frac{\pi t}{2\tau} \text{ for } t < \tau, \text{ then } 1

    A(t), Eq. 8, is taken at the mean field, which obeys the full nonlinear equations with the drive s(t)ε.
    The fluctuations are linearised, which holds as long as V is far below the squares of the mean amplitudes.

    Parameters
    ----------
    p : Parameters, System or Linear, one point; of a Linear, A and D are held
    t : array (k,), times in s, not decreasing; for a System with rates in units of one of them, in the
        inverse of that unit. A run to 1000/ω_m takes about half a second, one to 10^6/ω_m minutes
    ramp : time τ in s in which the amplitude of the laser rises; 0 for a sudden start
    V : array (2n + 2k, 2n + 2k), covariance matrix at t = 0; None for the state of the baths: without
        light, and every mode and mirror in equilibrium with its own. Of a Linear it must be given
    u : array (2n + 2k,), mean quadratures at t = 0; None for zero
    drive : function of the time in s, its result the n amplitudes ε of the drives in rad/s, in place of
        those of p: pulses, and modulated lasers. The integrator starts anew at each time in t, and its
        steps are no longer than a third of the inverse of the fastest rate: give the edges of shorter pulses
    H : function of the time in s, its result the Hermitian matrix of detunings and couplings, (n, n), in
        rad/s, in place of that of p: a scatterer that turns, for one

    Returns
    -------
    Evolution. V is NaN where it exceeds 1e7, as may happen without a stable steady state: the accuracy
    of the integration, 1e-10, is then no longer small compared with the vacuum.

    Raises
    ------
    ParameterError
        If p is a sweep, times are negative, decrease, or reach beyond 10^6/ω_m, or what a function of
        time returns has the wrong shape.
    MatrixError
        If V is no covariance matrix of this system.

    Examples
    --------
    Atoms and mirror, ten and a hundred periods of the mirror after the laser is switched on:

    >>> import numpy as np, omcore as om
    >>> period = 2 * np.pi / om.PAPER.omega_m
    >>> e = om.evolve(om.PAPER, [0, 10 * period, 100 * period])
    >>> e.log_negativity("a", "m").round(4)
    array([0.    , 0.1361, 0.1362])
    """
    system, t, ramp = _checked_run(p, t, ramp)
    moves = Motion.of(system, drive, H)
    unit, size = moves.unit, len(moves.D)
    u = np.zeros(size) if u is None else checked("u", u, QUADRATURE)
    if V is None and isinstance(system, Linear):
        raise ParameterError(
            "V is not given (dimensionless), and a Linear does not know its baths; give V at t = 0"
        )
    V = equilibrium(system) if V is None else one_matrix("V", V, size)
    if u.shape != (size,):
        raise ParameterError(f"u has shape {u.shape} (dimensionless); give {size} mean quadratures")
    quantum = 2 * len(system.names)
    if not is_physical(V[:quantum, :quantum]):
        raise MatrixError(
            f"V at t = 0 is no quantum state: {why_unphysical(V[:quantum, :quantum])}"
        )
    rise = ramp * unit

    def moved(time, y):
        mean = y[:size]
        share = np.sin(np.pi * time / (2 * rise)) ** 2 if time < rise else 1.0
        dy = np.empty_like(y)
        dy[:size], A = moves.rate(time, mean, share)
        if len(y) > size:
            half = A @ y[size:].reshape(size, size)
            dy[size:] = (half + half.T + moves.noise(mean)).ravel()
        return dy

    held = drive is None and H is None
    longest = np.inf if held else SEEN
    stops = (
        [rise, t[-1] * unit] if held else np.union1d(rise, t * unit)
    )  # where the integrator starts anew
    full = lambda time, y: FULL - np.abs(y[size:]).max()
    full.terminal = True
    times, y = t * unit, np.concatenate([u, V.ravel()])
    rows = np.full((len(t), len(y)), np.nan)
    ended, y = _followed(moved, y, 0.0, times, rows, stops, longest, full)
    if ended < times[-1]:  # without V
        _followed(moved, y[:size], ended, times, rows[:, :size], stops, longest)
    V = rows[:, size:].reshape(-1, size, size)
    V[(np.abs(V).max((-1, -2)) > UNRESOLVED) | blurred(V)] = np.nan
    return Evolution(p, t, rows[:, :size], V, drive, H)


class Motion:
    """The equations of motion of one System or Linear in units of its fastest rate, ``unit``."""

    def __init__(self, system, unit, D):
        self.system, self.unit, self.D = system, unit, D

    @classmethod
    def of(cls, system, drive, H):
        if isinstance(system, Linear):
            return _Held.of(system, drive, H)
        if len(system.mirrors) == 1:
            unit = float(system.omega_m)
        else:
            rates = (system.omega_m, system.decay, system.H, system.squeezing)
            unit = float(max(np.abs(rate).max(initial=0) for rate in rates)) or 1.0
        size = 2 * len(system.names)
        nowhere = mean_field_of(system, np.zeros(size))
        made = cls(system, unit, diffusion_matrix(system, nowhere) / unit)
        made.linewidth = float(system.laser_linewidth) / unit
        made.A_0 = drift_matrix(system, nowhere) / unit
        made.constant = flow(system, np.zeros(size)) / unit
        for name, function in (("drive", drive), ("H", H)):
            if function is not None and not callable(function):
                raise ParameterError(
                    f"{name} = {function!r:.60} (rad/s) is no function of time; give one, as lambda t: [1.0]"
                )
        made.drive, made.H = drive, H
        if not system.kerr.any():  # A(u) = A(0) + slope @ u
            slope = drift_matrix(system, mean_field_of(system, np.eye(size))) / unit - made.A_0
            made.slope = np.ascontiguousarray(slope.transpose(1, 2, 0))
        return made

    def rate(self, time, mean, share=1.0):
        """The rate of change of the mean, with a share of the drive, and its Jacobian A."""
        A = self.drift(time, mean)
        return self.flow(time, mean, A) + share * self.push(time), A

    def drift(self, time, mean):
        """The Jacobian A at a time and a mean."""
        if not self.system.kerr.any():
            A = self.A_0 + self.slope @ mean
        else:
            A = drift_matrix(self.system, mean_field_of(self.system, mean)) / self.unit
        if self.H is not None:
            n = 2 * len(self.system.modes)
            turn = -1j * (self.given("H", self.H, time, 2) - self.system.H) / self.unit
            A[:n:2, :n:2] += turn.real
            A[1:n:2, 1:n:2] += turn.real
            A[1:n:2, :n:2] += turn.imag
            A[:n:2, 1:n:2] -= turn.imag
        return A

    def flow(self, time, mean, A):
        """The flow of the mean without drives; linear terms count once, those of radiation pressure half."""
        if not self.system.kerr.any():
            return A @ mean - (self.slope @ mean) @ mean / 2
        still = self.system._changed(drive=np.zeros(len(self.system.modes)))
        if self.H is not None:
            still = still._changed(H=self.given("H", self.H, time, 2))
        return flow(still, mean) / self.unit

    def push(self, time):
        """What the drives add."""
        if self.drive is None:
            return self.constant
        amplitudes = np.sqrt(2) * self.given("drive", self.drive, time, 1) / self.unit
        amplitudes[np.abs(amplitudes) < NOTHING] = 0.0
        push, n = np.zeros_like(self.constant), 2 * len(self.system.modes)
        push[:n:2], push[1:n:2] = amplitudes.real, amplitudes.imag
        return push

    def noise(self, mean):
        """D, with that of a laser that has a width."""
        if not self.linewidth:
            return self.D
        w = turned(mean_field_of(self.system, mean))
        return self.D + self.linewidth * np.outer(w, w)

    def given(self, name, function, time, axes):
        found = checked(f"{name}(t)", function(time / self.unit), FIELDS[name][2], complex)
        n = len(self.system.modes)
        if found.shape != (n,) * axes:
            raise ParameterError(
                f"{name}(t) has shape {found.shape} (rad/s) at t = {time / self.unit:.3g} s; give an array "
                f"{(n,) * axes}, for the modes {self.system.modes}"
            )
        if axes == 2 and not np.allclose(found, found.conj().T, rtol=1e-12, atol=0):
            raise ParameterError(
                f"H(t) is not Hermitian at t = {time / self.unit:.3g} s (rad/s); give H = H^dagger"
            )
        return found


class _Held(Motion):
    """Those of a Linear, whose A and D are held."""

    @classmethod
    def of(cls, linear, drive, H):
        if drive is not None or H is not None:
            raise ParameterError(
                "drive or H is a function of time (rad/s) beside a Linear, whose A is held; give Parameters "
                "or a System"
            )
        unit = float(np.abs(linear.A).max()) or 1.0
        made = cls(linear, unit, linear.D / unit)
        made.A = linear.A / unit
        return made

    def drift(self, time, mean):
        return self.A

    def flow(self, time, mean, A):
        return A @ mean

    def push(self, time):
        return 0.0

    def noise(self, mean):
        return self.D


def mean_field_flow(p, u) -> np.ndarray:
    """Rate of change of the mean quadratures, du/dt: Eq. 5 without its noise.

    Parameters
    ----------
    p : Parameters or System
    u : array (..., 2n + 2), mean quadratures in the order of the modes, the mirror's q and p last

    Returns
    -------
    array (..., 2n + 2), in rad/s; zero at a steady state of the self-consistent mean field

    Examples
    --------
    >>> import omcore as om
    >>> flow = om.mean_field_flow(om.PAPER, om.mean_field(om.PAPER).quadratures())
    >>> bool(abs(flow).max() < 1e-12 * om.PAPER.drive_amplitude)
    True
    """
    system, u = as_system(p), checked("u", u, QUADRATURE)
    if u.shape[-1:] != (2 * len(system.names),):
        raise ParameterError(
            f"u has shape {u.shape} (dimensionless); give {2 * len(system.names)} quadratures along "
            "its last axis, as mean_field(p).quadratures() does"
        )
    return flow(system, u)


def flow(system: System, u) -> np.ndarray:
    """Rate of change of the mean quadratures, array (..., 2n + 2): the equations of motion above.

    >>> import omcore as om
    >>> print(flow(om.system(om.PAPER), [0.0] * 6 + [1.0, 0.0])[7] / om.PAPER.omega_m)
    -1.0
    """
    u = np.asarray(u, float)
    field, p, G = mean_field_of(system, u), u[..., 2 * len(system.modes) + 1 :: 2], system.coupling
    z, q = field.amplitudes, field.q
    dz = (light_operator(system, q) @ z[..., None])[..., 0] + system.drive
    dz = (
        dz
        - 1j * (system.squeezing @ z.conj()[..., None])[..., 0]
        - 2j * system.kerr * np.abs(z) ** 2 * z
    )
    names = ("photon_coupling", "coupling", "omega_m", "gamma_m")
    (g, G, omega, gamma), z = (system.of_mirrors(name) for name in names), z[..., None]
    q = q[..., None] if len(system.mirrors) == 1 else q
    dz = dz + 1j * (G * q[..., None, :]).sum(-1) / np.sqrt(2)
    force = (g * np.abs(z) ** 2 + np.sqrt(2) * (G.conj() * z).real).sum(-2)
    dq, dp, n = omega * p, force - omega * q - gamma * p, 2 * len(system.modes)
    du = np.empty((*np.broadcast_shapes(dz.shape[:-1], dp.shape[:-1], dq.shape[:-1]), u.shape[-1]))
    du[..., :n:2], du[..., 1:n:2] = np.sqrt(2) * dz.real, np.sqrt(2) * dz.imag
    du[..., n::2], du[..., n + 1 :: 2] = dq, dp
    return du


def equilibrium(system: System) -> np.ndarray:
    """Covariance matrix without light: vacuum, and the mirror at the temperature of its bath.

    >>> import omcore as om
    >>> np.diag(equilibrium(om.system(om.PAPER)))[-2:].round(1)
    array([10.4, 10.4])
    """
    n = 2 * len(system.modes)
    rest = System.of_arrays(
        modes=system.modes, mirrors=system.mirrors, H=np.zeros((n // 2, n // 2)), decay=np.ones(n // 2),
        photon_coupling=np.zeros_like(system.photon_coupling), coupling=np.zeros_like(system.coupling),
        omega_m=system.omega_m, gamma_m=system.gamma_m, n_m=system.n_m, n=system.n, m=system.m,
    )  # fmt: skip
    V = diffusion_matrix(rest) / 2  # of modes that decay with rate 1
    thermal = np.repeat(np.atleast_1d(system.n_m) + 0.5, 2)
    V[range(n, len(V)), range(n, len(V))] = thermal
    return V


def mean_field_of(system: System, u) -> MeanField:
    """The MeanField of mean quadratures (..., 2n + 2).

    >>> import omcore as om
    >>> u = om.mean_field(om.PAPER).quadratures()
    >>> bool(mean_field_of(om.system(om.PAPER), u).c == om.mean_field(om.PAPER).c)
    True
    """
    n = 2 * len(system.modes)
    q = u[..., n::2]
    return MeanField(
        system.modes,
        (u[..., :n:2] + 1j * u[..., 1:n:2]) / np.sqrt(2),
        q[..., 0] if q.shape[-1] == 1 else q,
    )


def _followed(moved, y, start, times, rows, stops, longest, event=None):
    """Fill the rows of the times after a start, in runs from one stop to the next.

    Returned are the time and the state at the end, which is the last time or an event.
    """
    rows[times == start] = y
    for stop in stops:
        if not start < stop <= times[-1]:
            continue
        here = (times > start) & (times <= stop)
        looks, back = np.unique(np.append(times[here], stop), return_inverse=True)
        with np.errstate(under="ignore"):
            found = solve_ivp(
                moved, (start, stop), y, "DOP853", looks, events=event, rtol=ACCURACY, atol=ACCURACY,
                max_step=longest,
            )  # fmt: skip
        reached = np.full((len(looks), len(y)), np.nan)
        if len(found.t):
            reached[: len(found.t)] = found.y.T
        rows[here] = reached[back[:-1]]
        if found.status == 1:
            return found.t_events[0][0], found.y_events[0][0]
        start, y = stop, found.y[:, -1]
    return times[-1], y


def _checked_run(p, t, ramp):
    """The System and times of a run, or a ParameterError."""
    system = p if isinstance(p, Linear) else as_system(p)
    if system.shape:
        raise ParameterError(
            f"p is a sweep of shape {system.shape} (no unit); give one point, such as p[0]"
        )
    t, ramp = np.atleast_1d(checked("t", t, TIME)), checked("ramp", ramp, RISE)
    if t.ndim != 1 or not t.size or (np.diff(t) < 0).any():
        raise ParameterError(
            f"t has shape {t.shape} (s), or decreases; give times in a row, each no earlier than the last"
        )
    if ramp.ndim:
        raise ParameterError(f"ramp has shape {ramp.shape} (s); give one time")
    if (
        not isinstance(p, Linear)
        and t[-1] * (slowest := system.omega_m.min(initial=np.inf)) > LONGEST
        and system.mirrors
    ):
        raise ParameterError(
            f"t reaches {t[-1]:.3g} s, which is {t[-1] * slowest:.3g}/omega_m; "
            f"give times up to {LONGEST:g}/omega_m"
        )
    return system, t, float(ramp)
