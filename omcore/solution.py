"""The whole chain in one call: parameters in, entanglement out."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .errors import MatrixError, ModeError, UnstableError
from .fluctuations import diffusion_matrix, drift_matrix
from .gaussian.symplectic import lowest_bound
from .measures import Measures
from .numerics.blocks import by_blocks, picked
from .parameters import QUANTITIES, Parameters
from .resonator import as_system, flat_system, mode_names
from .response import covariance, decays
from .steady_state import MeanField, check, steady_field
from .systems import System, is_felt, light_operator, linearised_couplings

STATUS = ("stable", "unstable", "unresolved", "no such branch", "no quantum state")
"""What may hold at a point: "stable", which alone has numbers; "unstable"; "unresolved", stable but so
near the edge that rounding has swamped the vacuum in V; "no such branch"; "no quantum state", stable,
but V violates the uncertainty relation, as momentum-only Brownian noise allows: measures are NaN there.
"""


@dataclass(frozen=True, eq=False, repr=False)
class Solution(Measures):
    """The steady state of the linearised system at every point of a sweep.

    What can be measured of it, entanglement first, are the methods of ``Measures``.

    parameters : what was solved, Parameters or a System
    reading : of the mean field, one of ``MEAN_FIELDS``
    mean_field : MeanField, of the shape of the parameters
    V : array (..., 2n + 2, 2n + 2), covariance matrix, Eq. 11; NaN where there is none
    stable : bool array (...), whether there is one
    """

    parameters: Parameters | System
    reading: str
    mean_field: MeanField
    V: np.ndarray
    stable: np.ndarray

    @property
    def system(self) -> System:
        """The System that was solved."""
        return as_system(self.parameters)

    @property
    def A(self) -> np.ndarray:
        """Drift matrix, Eq. 8, array (..., 2n + 2, 2n + 2) in rad/s."""
        return drift_matrix(self.parameters, self.mean_field)

    @property
    def D(self) -> np.ndarray:
        """Diffusion matrix, below Eq. 12, array (..., 2n + 2, 2n + 2) in rad/s."""
        return diffusion_matrix(self.parameters)

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
            none = np.isnan(field.amplitudes).any(-1) | np.isnan(field.q)
            why = np.where(decays(self.system, field), 2, np.where(none, 3, 1))
            which = np.where(missing, why, which)
        return np.array(STATUS)[which]

    def __getitem__(self, index):
        """The points of a sweep that an index of NumPy picks.

        >>> import numpy as np, omcore as om
        >>> s = om.solve(om.PAPER.in_omega_m(Delta_c=np.array([0.0, 2.5])))
        >>> s[s.stable].log_negativity("a", "m").round(4)
        array([0.1362])
        """
        if not np.shape(self.stable):
            raise IndexError("this Solution is one point, not a sweep: there is nothing to pick")
        V, stable = (
            picked(np.asarray(x), np.shape(self.stable), index)[()] for x in (self.V, self.stable)
        )
        return Solution(self.parameters[index], self.reading, self.mean_field[index], V, stable)

    __iter__ = None  # a sweep is one call, not a loop

    def __repr__(self):
        points = f"{np.sum(self.stable)} of {np.size(self.stable)} points stable"
        modes = ", ".join(self.names)
        return f"Solution({self.reading}; {points}, shape {np.shape(self.stable)}; modes {modes})"

    def coupling(self, mode):
        r"""Linearised optomechanical coupling :math:`G_{j-m}` of a mode, complex array (...), in rad/s.

        >>> import omcore as om
        >>> G = om.solve(om.PAPER).coupling("driven")
        >>> print(f"{abs(G) / om.PAPER.omega_m:.3f}")
        0.753
        """
        system, k = self._felt(mode)
        return linearised_couplings(system, self.mean_field)[..., k][()]

    def effective_detuning(self, mode):
        r"""Detuning of a mode as the mirror has shifted it, :math:`\Delta_j - G_0 q_s`, in rad/s.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).effective_detuning('driven') / om.PAPER.omega_m:.3f}")
        0.507
        """
        system, k = self._felt(mode)
        return -light_operator(system, self.mean_field.q)[..., k, k].imag[()]

    def without(self, mode) -> "Solution":
        """The solution if one mode of light or matter were absent and the mean field stayed as it is.

        Its rows and columns are deleted from A and D. The other modes keep their names.

        >>> import omcore as om
        >>> alone = om.solve(om.CASES["stationary"]).without("undriven")
        >>> print(f"{alone.log_negativity('a', 'm'):.4f}")
        0.1326
        """
        return solve(self.system.about(self.mean_field).without(mode), self.reading)

    def require_stable(self):
        """This solution, if every point has numbers; else an error that names the first without, and why.

        An UnstableError where there is no V, a MatrixError where V is no quantum state.

        >>> import omcore as om
        >>> om.solve(om.PAPER.replace(Delta_c=0.0)).require_stable()
        Traceback (most recent call last):
        omcore.errors.UnstableError: 1 of 1 points have no numbers; the first, at Delta_c = 0.0 rad/s, ...
        """
        if np.all(self.status == "stable"):
            return self
        error, missing = UnstableError, ~np.asarray(self.stable)
        if not missing.any():
            error, missing = MatrixError, ~np.asarray(self.physical)
        where = tuple(np.argwhere(missing)[0])
        first = self[where] if where else self
        raise error(
            f"{missing.sum()} of {missing.size} points have no numbers; the first{_place(first.parameters)} "
            f"{_reason(first)}"
        )

    def _felt(self, mode):
        """The system, and the number of a mode that the mirror feels."""
        system, k = self.system, self._index(mode)
        felt = [name for n, name in enumerate(system.modes) if is_felt(system, n)]
        if k == len(system.modes) or not is_felt(system, k):
            raise ModeError(
                f"mode = {mode!r} is none that the mirror feels (rad/s); use one of {felt}"
            )
        return system, k


def _place(parameters):
    """Where in its sweep a point lies, as far as Parameters tell."""
    if not isinstance(parameters, Parameters):
        return ""
    named = (f"{n} = {getattr(parameters, n)} {QUANTITIES[n].unit}" for n in ("Delta_c", "power"))
    return ", at " + ", ".join(named) + ","


def _reason(point):
    """Why there is no number at one point, the number that shows it, and what to do."""
    if point.status == "no such branch":
        remedy = "leave the branch out, or see mean_field_branches"
        return f"has no such branch: it has fewer steady states; {remedy}"
    if point.status == "no quantum state":
        return (
            f"is no quantum state: V + i Omega/2 has the eigenvalue {lowest_bound(point.V)[0]:.3g} < 0 "
            "(dimensionless), where Brownian noise on the momentum alone, in a bath too cold, leads; raise "
            "the temperature or lower gamma_m, or pick the other points of this Solution s by s[s.physical]"
        )
    rate = np.linalg.eigvals(point.A).real.max() + 0.0  # no -0
    if point.status == "unresolved":
        return (
            f"is unresolved: it decays at {-rate:.3g} rad/s only, and rounding swamps the vacuum in V; "
            "move away from the edge of stability"
        )
    how = f"grow at {rate:.3g} rad/s" if rate > 0 else "do not decay within rounding"
    return (
        f"is unstable: fluctuations {how}; lower the power, raise kappa or gamma_m, "
        "or move the driven detuning to the red (positive) side"
    )


def solve(p, mean_field="self-consistent", branch=None) -> Solution:
    """Mean field, drift and diffusion, and covariance matrix at every point of a sweep.

    Where several branches are stable, that of the smallest displacement is taken. A drive switched on
    slowly from zero arrives there, if every smaller one was stable on the way and the mirror is pushed
    in one direction only. At a fold two branches merge and
    are marginal, so neither counts as stable: the next stable branch is taken, or the point is
    unstable if there is none.

    Parameters
    ----------
    p : Parameters or System, scalars or a sweep
    mean_field : "self-consistent" or "bare-detuning", see ``omcore.mean_field``
    branch : None, or the number of a branch, see ``omcore.mean_field``

    Returns
    -------
    Solution. Where there is no steady state ``stable`` is False, ``status`` says why, and V and all
    that follows from it are NaN.

    Raises
    ------
    ParameterError
        If p is neither Parameters nor a System, or the reading or the branch is unknown.

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
    check(p, mean_field, branch)

    def block(part):
        system = flat_system(p, part)
        field = steady_field(system, mean_field, branch)
        return field.amplitudes, field.q, covariance(system, field)

    shape = p.shape
    alpha, q, V = by_blocks(block, int(np.prod(shape)))
    modes = mode_names(p)
    field = MeanField(modes, alpha.reshape(*shape, len(modes)), q.reshape(shape)[()])
    V = V.reshape(*shape, *V.shape[-2:])
    return Solution(p, mean_field, field, V, ~np.isnan(V[..., 0, 0]))
