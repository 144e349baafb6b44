r"""The state that a periodic drive leads to: one period of it, by Newton's method, not by waiting.

Let Φ be the monodromy matrix, the solution of :math:`\dot\Phi = A(t)\,\Phi` over one period T from Φ = 1. It
says how the mean u(T) follows u(0), since A is the Jacobian of the flow, so that Newton's method finds the
means that close on themselves. Their fluctuations close where

.. math:: V = \Phi V \Phi^T + Q,

with Q the noise of one period. The state is stable if all multipliers, the eigenvalues of Φ, are smaller
than one in modulus; :math:`\ln\mu/T` are Floquet's exponents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import solve_discrete_lyapunov

from .conventions import ParameterError, UnstableError, is_integer
from .evolution import ACCURACY, QUADRATURE, SEEN, Evolution, Motion, evolve
from .models import Linear
from .quantities import Quantity, checked
from .resonator import as_system

PERIOD = Quantity("T", "s", "period of a drive", "positive")
STEPS, CLOSED = 30, 1e-9  # of Newton's method; a mean that moves by less in a period is closed
SETTLED = 20  # periods after which Newton's method starts


@dataclass(frozen=True, eq=False, repr=False)
class PeriodicState(Evolution):
    """One period of a state, with the methods of an Evolution.

    period : in s
    multipliers : complex array (N,), Floquet's, by falling modulus
    """

    period: float = np.nan
    multipliers: np.ndarray = None

    @property
    def stable(self) -> np.ndarray:
        """Whether fluctuations decay from period to period, bool array (k,), the same at all times."""
        return np.full(len(self.t), bool(np.abs(self.multipliers[0]) < 1))

    @property
    def status(self) -> np.ndarray:
        """The status at each time, words of ``STATUS``, array (k,)."""
        return np.where(self.stable, super().status, "unstable")

    @property
    def growth(self) -> np.ndarray:
        """Largest real part of Floquet's exponents, array (k,) in rad/s, the same at all times."""
        return np.full(len(self.t), np.log(np.abs(self.multipliers[0])) / self.period)


def periodic(p, period, drive=None, H=None, u=None, points=65) -> PeriodicState:
    """The periodic state of a modulated system, and whether it is stable.

    Parameters
    ----------
    p : Parameters or System, one point
    period : of what is modulated, in s; in the inverse unit of a System's rates
    drive, H : functions of the time in s, as ``omcore.evolve`` takes them, with this period
    u : array (N,), a guess of the mean quadratures at t = 0; None for what ``evolve`` reaches from zero in
        20 periods. Where several states are, the guess chooses
    points : how many times of the period are returned, both ends among them

    Returns
    -------
    PeriodicState. V is NaN where the state is unstable.

    Raises
    ------
    ParameterError
        If p is a sweep or a Linear, or drive or H do not have this period.
    UnstableError
        If no mean field closes on itself near the guess.

    Examples
    --------
    A cavity whose length is shaken at twice the frequency of its mirror:

    >>> import numpy as np, omcore as om
    >>> mirror = dict(omega_m=1.0, gamma_m=1e-3, n_m=0)
    >>> cavity = om.System(modes=["c"], H=[[1.0]], decay=[0.2], coupling=[0.3], **mirror)
    >>> modulated = om.periodic(cavity, np.pi, H=lambda t: [[1.0 + 0.5 * np.cos(2 * t)]])
    >>> print(modulated.stable[0], abs(modulated.V[0] - modulated.V[-1]).max() < 1e-8)
    True True
    """
    if isinstance(p, Linear):
        raise ParameterError(
            "p is a Linear, whose A and D are held (rad/s); give Parameters or a System with a drive or an H "
            "that depends on time"
        )
    system = as_system(p)
    if system.shape:
        raise ParameterError(
            f"p is a sweep of shape {system.shape} (no unit); give one point, such as p[0]"
        )
    T = checked("period", period, PERIOD)
    if T.ndim:
        raise ParameterError(f"period has shape {T.shape} (s); give one time")
    if not is_integer(points) or not 2 <= points <= 10**6:
        raise ParameterError(
            f"points = {points!r:.60} (no unit) is no number of times; give an integer from 2"
        )
    T = float(T)
    moves = Motion.of(system, drive, H)
    for name, function, axes in (("drive", drive, 1), ("H", H, 2)):
        for time in T * moves.unit * np.linspace(0.017, 1.017, 33) if function is not None else ():
            now, later = (
                moves.given(name, function, x, axes) for x in (time, time + T * moves.unit)
            )
            if not np.allclose(now, later, rtol=1e-6, atol=1e-9 * np.abs(now).max()):
                raise ParameterError(
                    f"period = {T:.6g} s: {name}(t) is another one period later; give the period of {name}"
                )
    size, end = len(moves.D), T * moves.unit
    if u is None:
        flow = lambda time, mean: moves.rate(time, mean)[0]
        u = _end(flow, SETTLED * end, np.zeros(size), 1e-8)
    u = checked("u", u, QUADRATURE)
    if u.shape != (size,):
        raise ParameterError(f"u has shape {u.shape} (dimensionless); give {size} mean quadratures")

    def moved(time, y):
        matrices = y[size:].reshape(2, size, size)
        rate, A = moves.rate(time, y[:size])
        half = A @ matrices[1]
        return np.concatenate(
            [rate, (A @ matrices[0]).ravel(), (half + half.T + moves.noise(y[:size])).ravel()]
        )

    for _ in range(STEPS):
        start = np.concatenate([u, np.eye(size).ravel(), np.zeros(size * size)])
        found = _end(moved, end, start, ACCURACY)
        monodromy, noise = found[size:].reshape(2, size, size)
        miss = found[:size] - u
        if np.abs(miss).max() <= CLOSED * (1 + np.abs(u).max()):
            break
        u = u - np.linalg.solve(monodromy - np.eye(size), miss)
    else:
        raise UnstableError(
            f"no mean field closes on itself after {STEPS} steps of Newton's method (dimensionless); give a "
            "better guess u, or a weaker drive"
        )
    multipliers = np.linalg.eigvals(monodromy)
    multipliers = multipliers[np.argsort(-np.abs(multipliers), kind="stable")]
    stable = np.abs(multipliers[0]) < 1
    t = np.linspace(0, T, points)
    V = solve_discrete_lyapunov(monodromy, noise) if stable else None
    run = evolve(p, t, V=None if V is None else (V + V.T) / 2, u=u, drive=drive, H=H)
    V = run.V if stable else np.full_like(run.V, np.nan)
    return PeriodicState(p, t, run.u, V, drive, H, period=T, multipliers=multipliers)


def _end(moved, end, start, accuracy):
    """Where a run from time 0 ends."""
    with np.errstate(under="ignore"):
        run = solve_ivp(
            moved, (0, end), start, "DOP853", (end,), rtol=accuracy, atol=accuracy, max_step=SEEN
        )
    return run.y[:, -1]
