r"""In time: mean field and covariance matrix from the moment at which the laser is switched on.

The equations of motion are quadratic in the mean quadratures u, so that the drift matrix A(u), their
Jacobian, is affine in u, and the same matrix moves the mean and the fluctuations about it:

.. math::
    \dot u = \tfrac12\,[A(0) + A(u)]\,u + s(t)\,e, \qquad
    \dot V = A(u)\,V + V A(u)^T + D

with the full drive e and its share s(t), which rises from 0 to 1 while the laser is switched on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp

from .conventions import MatrixError, ParameterError
from .engine.blocks import at
from .gaussian.symplectic import blurred, is_physical, one_matrix, why_unphysical
from .linear import diffusion_matrix, drift_matrix, is_stable
from .parameters import Parameters
from .quantities import Quantity, checked
from .resonator import as_system
from .solution import Fluctuations
from .steady_state import MeanField
from .systems import System, light_operator

ACCURACY = 1e-10  # of the integrator, relative; absolute for numbers smaller than one
UNRESOLVED = 1e-3 / ACCURACY  # a V larger than this does not resolve the vacuum
FULL = 1e20  # a V larger than this is not followed
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
    """

    parameters: Parameters | System
    t: np.ndarray
    u: np.ndarray
    V: np.ndarray

    @property
    def mean_field(self) -> MeanField:
        """The mean field at each time, MeanField of shape (k,); its momentum is in u."""
        return mean_field_of(self.system, self.u)

    @property
    def stable(self) -> np.ndarray:
        """Whether fluctuations about the mean field at each time decay, bool array (k,).

        >>> import omcore as om
        >>> e = om.evolve(om.PAPER, [0.0])
        >>> e.stable, round(float(e.growth[0] / om.PAPER.gamma_m), 3)
        (array([ True]), -0.5)
        """
        return is_stable(self.A)

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
        return Evolution(self.parameters, self.t[rows], self.u[rows], self.V[rows])

    __iter__ = None

    def __repr__(self):
        modes = ", ".join(self.names)
        unit = " s" if isinstance(self.parameters, Parameters) else ""  # a System may have another
        until = f" to {self.t[-1]:.3g}{unit}" if len(self.t) else ""
        return f"Evolution({len(self.t)} times{until}; modes {modes})"


def evolve(p, t, ramp=0.0, V=None, u=None) -> Evolution:
    r"""Mean field, Eq. 5, and covariance matrix, Eq. 11, in time after the laser is switched on at t = 0.

    .. math:: \dot V = A(t)\,V + V A(t)^T + D, \qquad
              s(t) = \sin^2\frac{\pi t}{2\tau} \text{ for } t < \tau, \text{ then } 1

    A(t), Eq. 8, is taken at the mean field, which obeys the full nonlinear equations with the drive s(t)ε.
    The fluctuations are linearised, which holds as long as V is far below the squares of the mean amplitudes.

    Parameters
    ----------
    p : Parameters or System, one point
    t : array (k,), times in s, not decreasing; for a System with rates in units of one of them, in the
        inverse of that unit. A run to 1000/ω_m takes about half a second, one to 10^6/ω_m minutes
    ramp : time τ in s in which the amplitude of the laser rises; 0 for a sudden start
    V : array (2n + 2, 2n + 2), covariance matrix at t = 0; None for the equilibrium without light:
        vacuum, and the mirror at the temperature of its bath
    u : array (2n + 2,), mean quadratures at t = 0; None for zero

    Returns
    -------
    Evolution. V is NaN where it exceeds 1e7, as may happen without a stable steady state: the accuracy
    of the integration, 1e-10, is then no longer small compared with the vacuum.

    Raises
    ------
    ParameterError
        If p is a sweep, or times are negative, decrease, or reach beyond 10^6/ω_m.
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
    unit = float(system.omega_m)
    size = 2 * len(system.modes) + 2
    u = np.zeros(size) if u is None else checked("u", u, QUADRATURE)
    V = equilibrium(system) if V is None else one_matrix("V", V, size)
    if u.shape != (size,):
        raise ParameterError(f"u has shape {u.shape} (dimensionless); give {size} mean quadratures")
    if not is_physical(V):
        raise MatrixError(f"V at t = 0 is no quantum state: {why_unphysical(V)}")
    A_0 = drift_matrix(system, mean_field_of(system, np.zeros(size))) / unit
    slope = drift_matrix(system, mean_field_of(system, np.eye(size))) / unit - A_0
    slope = np.ascontiguousarray(slope.transpose(1, 2, 0))  # A(u) = A(0) + slope @ u
    D, push = diffusion_matrix(system) / unit, flow(system, np.zeros(size)) / unit
    rise = ramp * unit

    def moved(time, y):
        mean = y[:size]
        A = A_0 + slope @ mean
        share = np.sin(np.pi * time / (2 * rise)) ** 2 if time < rise else 1.0
        dy = np.empty_like(y)
        dy[:size] = (A_0 @ mean + A @ mean) / 2 + share * push
        if len(y) > size:
            half = A @ y[size:].reshape(size, size)
            dy[size:] = (half + half.T + D).ravel()
        return dy

    full = lambda time, y: FULL - np.abs(y[size:]).max()
    full.terminal = True
    times, y = t * unit, np.concatenate([u, V.ravel()])
    rows = np.full((len(t), len(y)), np.nan)
    ended, y = _followed(moved, y, 0.0, times, rows, rise, full)
    if ended < times[-1]:  # without V
        _followed(moved, y[:size], ended, times, rows[:, :size], rise)
    V = rows[:, size:].reshape(-1, size, size)
    V[(np.abs(V).max((-1, -2)) > UNRESOLVED) | blurred(V)] = np.nan
    return Evolution(p, t, rows[:, :size], V)


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
    if u.shape[-1:] != (2 * len(system.modes) + 2,):
        raise ParameterError(
            f"u has shape {u.shape} (dimensionless); give {2 * len(system.modes) + 2} quadratures along "
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
    field, p, G = mean_field_of(system, u), u[..., -1], system.coupling
    z, q = field.amplitudes, field.q
    dz = (light_operator(system, q) @ z[..., None])[..., 0]
    dz = dz + 1j * G * q[..., None] / np.sqrt(2) + system.drive
    force = (system.photon_coupling * np.abs(z) ** 2 + np.sqrt(2) * (G.conj() * z).real).sum(-1)
    dq = np.broadcast_to(system.omega_m * p, dz.shape[:-1])
    du = MeanField(system.modes, dz, dq).quadratures()
    du[..., -1] = force - system.omega_m * q - system.gamma_m * p
    return du


def equilibrium(system: System) -> np.ndarray:
    """Covariance matrix without light: vacuum, and the mirror at the temperature of its bath.

    >>> import omcore as om
    >>> np.diag(equilibrium(om.system(om.PAPER)))[-2:].round(1)
    array([10.4, 10.4])
    """
    variances = np.full(2 * len(system.modes) + 2, 0.5)
    variances[-2:] += system.n_m
    return np.diag(variances)


def mean_field_of(system: System, u) -> MeanField:
    """The MeanField of mean quadratures (..., 2n + 2).

    >>> import omcore as om
    >>> u = om.mean_field(om.PAPER).quadratures()
    >>> bool(mean_field_of(om.system(om.PAPER), u).c == om.mean_field(om.PAPER).c)
    True
    """
    return MeanField(system.modes, (u[..., :-2:2] + 1j * u[..., 1:-2:2]) / np.sqrt(2), u[..., -2])


def _followed(moved, y, start, times, rows, rise, event=None):
    """Fill the rows of the times after a start, in two runs divided at the full power of the laser.

    Returned are the time and the state at the end, which is the last time or an event.
    """
    rows[times == start] = y
    for stop in (rise, times[-1]):
        if not start < stop <= times[-1]:
            continue
        here = (times > start) & (times <= stop)
        looks, back = np.unique(np.append(times[here], stop), return_inverse=True)
        with np.errstate(under="ignore"):
            found = solve_ivp(
                moved, (start, stop), y, "DOP853", looks, events=event, rtol=ACCURACY, atol=ACCURACY
            )
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
    system = as_system(p)
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
    if t[-1] * system.omega_m > LONGEST:
        raise ParameterError(
            f"t reaches {t[-1]:.3g} s, which is {t[-1] * system.omega_m:.3g}/omega_m; "
            f"give times up to {LONGEST:g}/omega_m"
        )
    return system, t, float(ramp)
