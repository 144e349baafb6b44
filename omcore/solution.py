"""The whole chain in one call: parameters in, entanglement out."""

import math
from dataclasses import dataclass

import numpy as np

from .gaussian import entanglement
from .conventions import DRIVES, MODES, mode_indices
from .covariance import lyapunov
from .errors import ModeError, UnstableError
from .fluctuations import diffusion_matrix, drift_matrix, optomechanical_couplings
from .parameters import QUANTITIES, Parameters
from .sagnac import cavity_detunings
from .steady_state import MeanField
from .steady_state import mean_field as steady_mean_field

CHUNK = 1 << 14  # points solved at once, so that a sweep of 10^6 fits into memory


@dataclass(frozen=True, eq=False)
class Solution:
    """The steady state of the linearised system at every point of a sweep.

    parameters : what was solved
    mean_field : MeanField, of the shape of the parameters
    V : array (..., 8, 8), covariance matrix, Eq. 11; NaN where the point is unstable
    stable : bool array (...)
    """

    parameters: Parameters
    mean_field: MeanField
    V: np.ndarray
    stable: np.ndarray

    @property
    def A(self):
        """Drift matrix, Eq. 8, array (..., 8, 8) in rad/s."""
        return drift_matrix(self.parameters, self.mean_field)

    @property
    def D(self):
        """Diffusion matrix, below Eq. 12, array (..., 8, 8) in rad/s."""
        return diffusion_matrix(self.parameters)

    @property
    def physical(self):
        """Whether V obeys the uncertainty relation, bool array (...); False where unstable.

        Momentum-only Brownian noise does not guarantee it, so it can be asked.
        """
        return entanglement.is_physical(self.V)

    def coupling(self, mode):
        """Linearised optomechanical coupling G_{j-m} of a cavity mode, complex, in rad/s.

        >>> import omcore as om
        >>> G = om.solve(om.PAPER).coupling("driven")
        >>> print(f"{abs(G) / om.PAPER.omega_m:.3f}")
        0.753
        """
        index = self._cavity(mode, "coupling")
        return optomechanical_couplings(self.parameters, self.mean_field)[MODES[index]]

    def effective_detuning(self, mode):
        """Detuning of a cavity mode as the mirror has shifted it, Δ_j - G_0 q_s, in rad/s.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).effective_detuning('driven') / om.PAPER.omega_m:.3f}")
        0.507
        """
        index = self._cavity(mode, "detuning")
        p = self.parameters
        return cavity_detunings(p)[MODES[index]] - p.G_0 * self.mean_field.q

    @property
    def phonons(self):
        """Mean phonon number of the fluctuations of the mirror, (<q²> + <p²> - 1)/2; NaN where unstable.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).phonons:.3f}, in a bath of {om.PAPER.n_m:.1f}")
        0.430, in a bath of 9.9
        """
        return (self.V[..., 6, 6] + self.V[..., 7, 7] - 1) / 2

    def without(self, mode):
        """Covariance matrix of the other three modes if this one were absent, (..., 6, 6).

        Its rows and columns are deleted from A and D; the mean field of the others stays. Modes
        keep their order: without "undriven" they are driven, atoms, mirror.

        >>> import omcore as om
        >>> V = om.solve(om.CASES["stationary"]).without("undriven")
        >>> print(f"{om.log_negativity(V, 1, 2):.4f}")
        0.1326
        """
        (gone,) = self._indices(mode)
        keep = np.array([row for row in range(8) if row // 2 != gone])
        A, D = (M[..., keep[:, None], keep] for M in (self.A, self.D))
        return lyapunov(A, D)

    def log_negativity(self, i, j):
        """Logarithmic negativity E_{i-j}, Eq. 14, of a mode against another, or against a pair.

        Modes are "ccw", "cw", "a", "m", or "driven" and "undriven". Array (...), natural
        logarithm; NaN where unstable. Raises ModeError for a mode unknown or named twice.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).log_negativity('a', 'm'):.4f}")
        0.1362
        """
        return entanglement._log_negativity(self.V, *self._partition(i, j))

    def separability_margin(self, i, j):
        """-ln 2ν, the logarithmic negativity before it is clipped at zero; see ``omcore``'s own.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER.replace(temperature=5.0)).separability_margin('a', 'm'):.3f}")
        -0.064
        """
        return entanglement._separability_margin(self.V, *self._partition(i, j))

    def contangle(self, i, others):
        """Squared logarithmic negativity, below Eq. 16; see ``omcore.contangle``."""
        return self.log_negativity(i, others) ** 2

    def residual_contangle(self, i, j, k, focus=None):
        """Residual contangle, Eq. 16, or its minimum over the focus modes, Eq. 19.

        See ``omcore.residual_contangle`` for what it does and does not prove.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).residual_contangle('driven', 'a', 'm'):.5f}")
        0.00789
        """
        modes = self._indices(i, j, k)
        if focus is not None and (focus := self._indices(focus)[0]) not in modes:
            raise ModeError(f"focus = {focus!r} is none of the modes {(i, j, k)}; name one of them")
        return entanglement._residual_contangle(self.V, modes, focus)

    def require_stable(self):
        """This solution, or an UnstableError that names the first unstable point.

        >>> import omcore as om
        >>> om.solve(om.PAPER.replace(Delta_c=0.0)).require_stable()
        Traceback (most recent call last):
        omcore.errors.UnstableError: 1 of 1 points unstable; at Delta_c = 0.0 rad/s, power = 0.04 W ...
        """
        if np.all(self.stable):
            return self
        where = tuple(np.argwhere(~np.asarray(self.stable))[0])
        A = np.atleast_3d(self.A)[where] if self.A.ndim > 2 else self.A
        growth = np.linalg.eigvals(A).real.max() if np.isfinite(A).all() else np.nan

        def at(name):
            value = np.broadcast_to(getattr(self.parameters, name), self.parameters.shape)[where]
            return f"{name} = {value} {QUANTITIES[name].unit}"

        raise UnstableError(
            f"{np.sum(~np.asarray(self.stable))} of {np.size(self.stable)} points unstable; at "
            f"{at('Delta_c')}, {at('power')} fluctuations grow at {growth:.3g} rad/s; lower the "
            "power, raise kappa or gamma_m, or move the driven detuning to the red (positive) side"
        )

    def _cavity(self, mode, what):
        (index,) = self._indices(mode)
        if MODES[index] not in DRIVES:
            raise ModeError(
                f"mode = {mode!r} is no cavity mode ({what} in rad/s); "
                "use 'driven', 'undriven', 'cw' or 'ccw'"
            )
        return index

    def _partition(self, i, j):
        others = [j] if isinstance(j, (str, int, np.integer)) else list(j)
        first, *rest = self._indices(i, *others)
        return first, rest

    def _indices(self, *modes):
        return mode_indices(modes, drive=self.parameters.drive)


def solve(p: Parameters, mean_field="self-consistent", branch=None) -> Solution:
    """Mean field, drift and diffusion, and covariance matrix at every point of a sweep.

    Where several branches are stable, the lowest one is taken, that of the smallest displacement,
    which is where a drive switched on slowly from zero arrives. At a fold two branches merge and
    are marginal, so neither counts as stable: the next stable branch is taken, or the point is
    unstable if there is none.

    Parameters
    ----------
    p : Parameters, scalars or a sweep
    mean_field : "self-consistent" or "bare-detuning", see ``omcore.mean_field``
    branch : None, or the number of a branch, see ``omcore.mean_field``

    Returns
    -------
    Solution. At unstable points ``stable`` is False, and V and all that follows from it are NaN.

    Raises
    ------
    ParameterError
        If the reading or the branch is unknown.

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
    size = math.prod(p.shape)
    if size > CHUNK:
        return _in_chunks(p, size, mean_field, branch)
    field = steady_mean_field(p, mean_field, branch)
    V = lyapunov(drift_matrix(p, field), diffusion_matrix(p))
    return Solution(p, field, V, ~np.isnan(V[..., 0, 0]))


def _in_chunks(p, size, mean_field, branch):
    """The same for a long sweep, a part at a time, so that only the results fill the memory."""
    V, stable = np.empty((size, 8, 8)), np.empty(size, bool)
    field = {name: np.empty(size, dtype) for name, dtype in zip(
        ("alpha_cw", "alpha_ccw", "c", "q"), (complex, complex, complex, float), strict=True
    )}  # fmt: skip
    for start in range(0, size, CHUNK):
        part = slice(start, start + CHUNK)
        s = solve(p.flat(part), mean_field, branch)
        V[part], stable[part] = s.V, s.stable
        for name, values in field.items():
            values[part] = getattr(s.mean_field, name)
    shaped = {name: values.reshape(p.shape) for name, values in field.items()}
    return Solution(p, MeanField(**shaped), V.reshape(*p.shape, 8, 8), stable.reshape(p.shape))
