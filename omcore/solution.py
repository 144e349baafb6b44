"""The whole chain in one call: parameters in, entanglement out."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import engine
from .conventions import MatrixError, ModeError, ParameterError, UnstableError
from .engine import response
from .engine.blocks import picked
from .engine.points import each_point
from .gaussian.measures import Measures
from .gaussian.symplectic import blurred, lowest_bound
from .linear import diffusion_matrix, drift_matrix, growth_rate, is_stable, lyapunov, swamped
from .models import Linear
from .parameters import Parameters
from .resonator import as_system
from .steady_state import MEAN_FIELDS, MeanField, check, decays, steady_field
from .systems import System, fluctuations

STATUS = ("stable", "unstable", "unresolved", "no such branch", "no quantum state")
"""What may hold at a point: "stable", which alone has numbers; "unstable"; "unresolved", stable but so
near the edge that rounding has swamped the vacuum in V; "no such branch"; "no quantum state", stable,
but V violates the uncertainty relation, as momentum-only Brownian noise allows: measures are NaN there.
"""

_REASONS = {  # with the rate and the lowest eigenvalue of V + iΩ/2
    "unstable": "is unstable: fluctuations {2}; {3}",
    "unresolved": "is unresolved: it decays at {0:.3g} rad/s only, and rounding swamps the vacuum in V; "
    "move away from the edge of stability",
    "no such branch": "has no such branch: it has fewer steady states; leave the branch out, or see "
    "mean_field_branches",
    "no quantum state": "is no quantum state: V + i Omega/2 has the eigenvalue {1:.3g} < 0 (dimensionless), "
    "where Brownian noise on the momentum alone, in a bath too cold, leads; raise the temperature or lower "
    "gamma_m, or pick the other points of this Solution s by s[s.physical]",
}


class Fluctuations(Measures):
    """Fluctuations V about a mean field, of a Solution or an Evolution, and what is measured of them."""

    parameters: Parameters | System | Linear
    mean_field: MeanField | None

    @property
    def system(self) -> System:
        """The System that was solved; a ParameterError of a Linear, which has none."""
        if isinstance(self.parameters, Linear):
            raise ParameterError(
                "a Linear has no System, no mean field and no couplings but those in A (rad/s); solve "
                "Parameters or a System, where these are asked for"
            )
        return as_system(self.parameters)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the modes whose V it is, in its order: what functions of a bare V take as names=."""
        return self.parameters.names

    @property
    def aliases(self) -> dict[str, str]:
        """Other names of modes: "driven" and "undriven" for Parameters."""
        return self.parameters.aliases

    @property
    def A(self) -> np.ndarray:
        """Drift matrix, Eq. 8, array (..., 2n + 2k, 2n + 2k) in rad/s."""
        if isinstance(self.parameters, Linear):
            return self.parameters.A
        return drift_matrix(self.system, self.mean_field)

    @property
    def D(self) -> np.ndarray:
        """Diffusion matrix, below Eq. 12, array (..., 2n + 2k, 2n + 2k) in rad/s."""
        if isinstance(self.parameters, Linear):
            return self.parameters.D
        return diffusion_matrix(self.system, self.mean_field)

    @property
    def linear(self) -> Linear:
        """The Linear about the mean field, to which filters and noise are added.

        >>> import omcore as om
        >>> seen = om.solve(om.PAPER).linear.filtered("driven", at=om.PAPER.omega_m, width=1e6)
        >>> om.solve(seen).names
        ('ccw', 'cw', 'a', 'm', 'out')
        """
        p = self.parameters
        if isinstance(p, Linear):
            return p
        origin = p, self.system, self.mean_field
        return Linear(p.names, self.A, self.D, aliases=p.aliases, origin=origin)

    @property
    def growth(self) -> np.ndarray:
        """Growth rate of the fluctuations, array (...) in rad/s, negative where they decay."""
        return growth_rate(self.A)

    def coupling(self, mode):
        r"""Linearised optomechanical coupling :math:`G_{j-m}` of a mode, complex array (...), in rad/s.

        Of several mirrors they are along a last axis.

        >>> import omcore as om
        >>> print(f"{abs(om.solve(om.PAPER).coupling('driven')) / om.PAPER.omega_m:.3f}")
        0.753
        """
        system, k = self._felt(mode)
        G = fluctuations(system, self.mean_field).G
        return (G[..., k] if len(system.mirrors) == 1 else G[..., k, :])[()]

    def effective_detuning(self, mode):
        r"""Detuning of a mode as the mirror has shifted it, :math:`\Delta_j - G_0 q_s`, in rad/s.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).effective_detuning('driven') / om.PAPER.omega_m:.3f}")
        0.507
        """
        system, k = self._felt(mode)
        return -fluctuations(system, self.mean_field).M[..., k, k].imag[()]

    def _index(self, mode):
        if isinstance(self.parameters, Linear):
            return self.parameters.index(mode)  # which says what is no mode
        return super()._index(mode)

    def _felt(self, mode):
        """The system, and the number of a mode that the mirror feels."""
        system, k = self.system, self._index(mode)
        g = np.abs(system.photon_coupling) + np.abs(system.coupling)
        g = (g if len(system.mirrors) == 1 else g.sum(-1)) + np.abs(system.kerr)
        felt = [name for n, name in enumerate(system.modes) if g[..., n].any()]
        if self.names[k] not in felt:
            raise ModeError(
                f"mode = {mode!r} is none that the mirror feels (rad/s); use one of {felt}"
            )
        return system, k


@dataclass(frozen=True, eq=False, repr=False)
class Solution(Fluctuations):
    """The steady state of the linearised system at every point of a sweep.

    parameters : what was solved
    reading : of the mean field, one of ``MEAN_FIELDS``; None of a Linear
    mean_field : MeanField, of the shape of the parameters; None of a Linear
    V : array (..., 2n + 2k, 2n + 2k), covariance matrix, Eq. 11, of n modes and k mirrors; NaN where there is
        none
    stable : bool array (...), whether there is one
    """

    parameters: Parameters | System | Linear
    reading: str | None
    mean_field: MeanField | None
    V: np.ndarray
    stable: np.ndarray

    @cached_property
    def status(self) -> np.ndarray:
        """What holds at each point, one of ``STATUS``, array (...) of words.

        >>> import numpy as np, omcore as om
        >>> om.solve(om.PAPER.in_omega_m(Delta_c=np.array([0.0, 2.5]))).status.tolist()
        ['unstable', 'stable']
        """
        which = np.where(self.physical, 0, 4)
        missing = ~np.asarray(self.stable)
        if missing.any():
            field = self.mean_field
            none = field is not None and np.isnan(field.amplitudes).any(-1)
            found = is_stable(self.A) if field is None else decays(self.system, field)
            why = np.where(found, 2, np.where(none, 3, 1))
            which = np.where(missing, why, which)
        return np.array(STATUS)[which]

    def __getitem__(self, index):
        """The points of a sweep that an index of NumPy picks.

        >>> import numpy as np, omcore as om
        >>> s = om.solve(om.PAPER.in_omega_m(Delta_c=np.array([0.0, 2.5])))
        >>> s[s.stable].log_negativity("a", "m").round(4)
        array([0.1362])
        """
        shape = np.shape(self.stable)
        if not shape:
            raise IndexError("this Solution is one point, not a sweep: there is nothing to pick")
        V, stable = (picked(np.asarray(x), shape, index)[()] for x in (self.V, self.stable))
        field = self.mean_field and self.mean_field[index]
        return Solution(self.parameters[index], self.reading, field, V, stable)

    __iter__ = None  # a sweep is one call, not a loop

    def __repr__(self):
        points = f"{np.sum(self.stable)} of {np.size(self.stable)} points stable"
        modes = ", ".join(self.names)
        reading = f"{self.reading}; " if self.reading else ""
        return f"Solution({reading}{points}, shape {np.shape(self.stable)}; modes {modes})"

    def without(self, mode) -> "Solution":
        """The solution if one mode of light or matter were absent and the mean field stayed as it is.

        Its rows and columns are deleted from A and D. The other modes keep their names.

        >>> import omcore as om
        >>> alone = om.solve(om.CASES["stationary"]).without("undriven")
        >>> print(f"{alone.log_negativity('a', 'm'):.4f}")
        0.1326
        """
        return solve(self.linear.without(mode))

    def spectrum(self, omega) -> np.ndarray:
        r"""Symmetrised spectral density of all quadratures and variables at frequencies ω.

        .. math:: S(\omega) = (-i\omega - A)^{-1} D\,[(-i\omega - A)^{-1}]^\dagger, \qquad
                  \int \frac{\mathrm{d}\omega}{2\pi}\,S(\omega) = V

        omega : array (k,), in rad/s, for :math:`e^{-i\omega t}`. A Hermitian array (..., k, N, N) in s; NaN
        where there is no steady state.

        >>> import omcore as om
        >>> s = om.solve(om.System(modes=["c"], H=[[0.0]], decay=[1.0], mirrors=()))
        >>> print(s.spectrum(0.0)[0, 0, 0].real, s.spectrum([0.0, 1.0])[1, 0, 0].real.round(12))
        1.0 0.5
        """
        return self.linear.spectrum(omega)

    def require_stable(self):
        """This solution, if every point has numbers; else an error that names the first without, and why.

        An UnstableError where there is no V, a MatrixError where V is no quantum state.

        >>> import omcore as om
        >>> om.solve(om.PAPER.replace(Delta_c=0.0)).require_stable()
        Traceback (most recent call last):
        omcore.conventions.UnstableError: 1 of 1 points have no numbers; the first, at Delta_c = 0.0 ...
        """
        if np.all(self.status == "stable"):
            return self
        error, missing = UnstableError, ~np.asarray(self.stable)
        if not missing.any():
            error, missing = MatrixError, ~np.asarray(self.physical)
        where = tuple(np.argwhere(missing)[0])
        first = self[where] if where else self
        p, rate, place = first.parameters, first.growth, ""
        remedy = "lower drive, coupling, squeezing or gain, or raise decay"
        if isinstance(p, Parameters):
            place = f", at Delta_c = {p.Delta_c} rad/s, power = {p.power} W,"
            remedy = "lower the power, raise kappa or gamma_m, or move the driven detuning to the "
            remedy += "red (positive) side"
        bound = np.nan if error is UnstableError else lowest_bound(first.V)[0]
        how = f"grow at {rate:.3g} rad/s" if rate > 0 else "do not decay within rounding"
        reason = _REASONS[str(first.status)].format(-rate, bound, how, remedy)
        raise error(
            f"{missing.sum()} of {missing.size} points have no numbers; the first{place} {reason}"
        )


def solve(p, reading=None, branch=None) -> Solution:
    """Mean field, drift and diffusion, and covariance matrix at every point of a sweep.

    Where several branches are stable, that of the smallest displacement is taken. A drive switched on
    slowly from zero arrives there, if every smaller one was stable on the way and the mirror is pushed
    in one direction only. Two branches that merge at a fold are marginal: neither counts as stable.

    Parameters
    ----------
    p : Parameters, System or Linear, scalars or a sweep
    reading : "self-consistent", which None means, or "bare-detuning", see ``omcore.mean_field``
    branch : None, or the number of a branch, see ``omcore.mean_field``

    Returns
    -------
    Solution. Where there is no steady state ``stable`` is False, ``status`` says why, and V and all
    that follows from it are NaN.

    Raises
    ------
    ParameterError
        If p is neither Parameters nor a System nor a Linear, if the reading or the branch is unknown, or if
        one is given with a Linear, which has no mean field to find.

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> sweep = om.PAPER.replace(Delta_c=om.PAPER.omega_m * np.linspace(1.5, 3.5, 5))
    >>> s = om.solve(sweep)
    >>> s.stable
    array([False, False,  True,  True,  True])
    >>> s.log_negativity("a", "m").round(4)
    array([   nan,    nan, 0.1362, 0.0722, 0.0233])
    """
    reading = reading_of(p, reading, branch)
    if isinstance(p, Linear):
        return _of_linear(p)

    def found(system):
        field = steady_field(system, reading, branch)
        return field.amplitudes, field.q, covariance(system, field)

    alpha, q, V = each_point(p, found)
    return Solution(p, reading, MeanField(p.modes, alpha, q[()]), V, ~np.isnan(V[..., 0, 0]))


def reading_of(p, reading, branch) -> str | None:
    """The reading of Eq. 10, the first where it is left open; None of a Linear, which has no mean field."""
    if not isinstance(p, Linear):
        reading = MEAN_FIELDS[0] if reading is None else reading
        check(p, reading, branch)
    elif reading is not None or branch is not None:
        raise ParameterError(
            f"reading = {reading!r}, branch = {branch!r} (no unit): a Linear is given about its mean field, "
            "and has neither; leave them out, or give Parameters or a System"
        )
    return reading


def _of_linear(p) -> Solution:
    V, modes = lyapunov(p.A, p.D), 2 * len(p.modes)
    quantum = V[..., :modes, :modes].reshape(-1, modes, modes)
    V[blurred(quantum).reshape(p.shape)] = np.nan
    return Solution(p, None, None, V, ~np.isnan(V[..., 0, 0]))


def covariance(system: System, field) -> np.ndarray:
    """Covariance matrix of a flat sweep (m,) at its mean field, array (m, 2n + 2k, 2n + 2k).

    NaN where fluctuations do not decay, or so slowly that rounding would swamp the vacuum in V.
    """
    A, D = drift_matrix(system, field), diffusion_matrix(system, field)
    closed = "response" in engine.PARTS and system.is_simple and system.is_quiet
    V = response.covariance(system, field, A, D) if closed else lyapunov(A, D)
    V[swamped(A, D, V) | blurred(V)] = np.nan
    return V
