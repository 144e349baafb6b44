"""A linear model: named modes, drift A and diffusion D, wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from . import filters
from .conditional import conditioned
from .conventions import MatrixError, ModeError, ParameterError, mode_index
from .engine.blocks import picked
from .linear import diffusion_matrix, drift_matrix, is_stable, refuse_no_diffusion, turned
from .quantities import Quantity, checked, common_shape, matrices_of_one_size
from .systems import checked_aliases, checked_names

FREQUENCY = Quantity(r"\omega", "rad/s", "frequency")


@dataclass(frozen=True, eq=False, repr=False)
class Linear:
    r"""Linear Langevin equations :math:`\dot u = Au + v`, all that V, measures, spectra and filters need.

    ``om.solve(x).linear`` is that of a system about its mean field; whoever has A and D of her own gives
    them, and ``om.solve`` takes it. All that has a mode has two quadratures :math:`X = (z + z^*)/\sqrt2` and
    :math:`Y`, with vacuum variance 1/2.

    Parameters
    ----------
    modes : names of the modes, mirrors included, in the order of their quadratures
    A, D : real arrays (..., N, N), drift and diffusion in rad/s, :math:`AV + VA^T = -D`, where N is
        ``2 len(modes) + len(classical)``
    classical : names of classical variables, behind the modes: a filter, a feedback loop, a coloured noise
    aliases : other names of modes

    Raises
    ------
    MatrixError
        If A or D is complex, of the wrong size, or D is no covariance.
    ModeError
        If a mode or a variable has no name, or one that is taken.

    Examples
    --------
    Two modes that squeeze each other with half their decay rate:

    >>> import numpy as np, omcore as om
    >>> A = -np.eye(4) + 0.5 * np.diag([1, -1, 1, -1])[[2, 3, 0, 1]]
    >>> pair = om.Linear(modes=("a", "b"), A=A, D=np.eye(4))
    >>> print(om.solve(pair).log_negativity("a", "b").round(6), np.log(1.5).round(6))
    0.405465 0.405465
    """

    modes: tuple[str, ...]
    A: np.ndarray
    D: np.ndarray
    classical: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    origin: filters.Light | None = None  # what the library itself knows of the light that leaves

    def __post_init__(self):
        values = vars(self)
        values["modes"] = checked_names(self.modes, "modes", "mode")
        values["classical"] = checked_names(self.classical, "classical", "variable", self.modes)
        values["aliases"] = checked_aliases(
            self.aliases, self.modes, (*self.modes, *self.classical)
        )
        A, D = matrices_of_one_size(A=self.A, D=self.D)
        size = 2 * len(self.modes) + len(self.classical)
        if A.shape[-1] != size:
            raise MatrixError(
                f"A has shape {A.shape} (rates in rad/s) for {len(self.modes)} modes and "
                f"{len(self.classical)} classical variables; give matrices (..., {size}, {size})"
            )
        refuse_no_diffusion(D, positive=True)
        for name, matrix in (("A", A), ("D", D)):
            values[name] = matrix.view()
            values[name].flags.writeable = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the modes."""
        return self.modes

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the batch."""
        return np.broadcast_shapes(self.A.shape[:-2], self.D.shape[:-2])

    def index(self, mode) -> int:
        """The number of a mode, from its name, an alias or its number."""
        if isinstance(mode, str) and mode in self.classical:
            raise ModeError(
                f"mode = {mode!r} is a classical variable, no mode; use one of {self.modes}"
            )
        return mode_index(mode, self.modes, self.aliases)

    def __getitem__(self, index) -> Linear:
        """The points of a sweep that an index of NumPy picks."""
        N, shape = self.A.shape[-1], self.shape
        A, D = (picked(np.broadcast_to(M, (*shape, N, N)), shape, index) for M in (self.A, self.D))
        origin = self.origin and self.origin.at(index, shape)
        return replace(self, A=A, D=D, origin=origin)

    __iter__ = None  # a sweep is one call, not a loop

    def with_noise(self, w, S) -> Linear:
        r"""With white classical noise :math:`\langle\xi\xi'\rangle = S\delta` along w: :math:`D + S w w^T`.

        w : array (..., N), one entry for each quadrature and variable; S : array (...), two-sided, >= 0
        """
        w = checked("w", w, Quantity("w", "1", "direction of a noise"))
        S = checked("S", S, Quantity("S", "rad/s", "spectral density of a noise", "nonnegative"))
        common_shape({"linear": self.shape, "w": w.shape[:-1], "S": S.shape})
        if w.shape[-1:] != self.A.shape[-1:]:
            raise MatrixError(
                f"w has shape {w.shape} (dimensionless); give one entry for each of the {self.A.shape[-1]} "
                "quadratures and variables along its last axis"
            )
        return replace(self, D=self.D + S[..., None, None] * w[..., :, None] * w[..., None, :])

    def filtered(
        self, mode, *, at, width, efficiency=1.0, external=None, bath=None, name="out"
    ) -> Linear:
        """With the light that leaves a mode, through a causal filter, as one more mode.

        at : frequency of the filter, rad/s; above the laser if positive. width : its amplitude width, rad/s
        efficiency : of all between output and detector. name : of the new mode
        external : amplitude rate into this output, rad/s; None for all of the decay, or what Parameters say
        bath : (n, m) of what comes in at this output; None for the bath of the mode. It must be given for a
        Linear of your own whose D is not that of a vacuum

        On the same mode again it takes what the first filter lets pass; ``omcore.filters`` has the equations.
        """
        return filters.filtered(self, mode, at, width, efficiency, external, bath, name)

    def spectrum(self, omega) -> np.ndarray:
        r"""Symmetrised spectral density of all quadratures and variables; see ``Solution.spectrum``."""
        omega = np.atleast_1d(checked("omega", omega, FREQUENCY))
        if omega.ndim > 1:
            raise ParameterError(
                f"omega has shape {omega.shape} (rad/s); give frequencies in one row"
            )
        stable = np.asarray(is_stable(self.A))[..., None, None]
        A = np.where(stable, self.A, -np.eye(self.A.shape[-1]))[..., None, :, :]
        inverse = np.linalg.inv(-1j * omega[:, None, None] * np.eye(A.shape[-1]) - A)
        S = inverse @ self.D[..., None, :, :] @ np.conj(np.swapaxes(inverse, -1, -2))
        return np.where(stable[..., None], S, np.nan)

    def without(self, mode) -> Linear:
        """The same if one mode were absent: its rows and columns are deleted."""
        gone = self.index(mode)
        kept = [k for k in range(self.A.shape[-1]) if k // 2 != gone or k >= 2 * len(self.modes)]
        A, D = (M[..., kept, :][..., kept] for M in (self.A, self.D))
        modes = tuple(m for k, m in enumerate(self.modes) if k != gone)
        aliases = {alias: m for alias, m in self.aliases.items() if m in modes}
        origin = self.origin and self.origin.without(gone, self.modes[gone], kept)
        return replace(self, modes=modes, A=A, D=D, aliases=aliases, origin=origin)

    def conditioned(self, mode, angle=0.0, efficiency=1.0, external=None) -> np.ndarray:
        """V given the record of what leaves a mode, whose bath is known; see ``omcore.conditioned``."""
        k, light = self.index(mode), self.origin
        if light is None or k >= light.external.shape[-1]:
            return conditioned(self.A, self.D, k, angle, efficiency, external)
        if self.modes[k] in light.ports:
            raise ParameterError(
                f"mode = {mode!r}: a filter has taken its light (rad/s); use a Linear without the filter"
            )
        e = slice(2 * k, 2 * k + 2)
        rate = light.external[..., k] if external is None else external
        if np.ndim(rate) or light.W.ndim > 2:
            raise ParameterError(
                f"baths or rates vary over a sweep of shape {self.shape} (rad/s); give one point, linear[0]"
            )
        return conditioned(self.A, self.D, k, angle, efficiency, float(rate), light.W[e, e])

    def __repr__(self):
        variables = f" and the variables {', '.join(self.classical)}" if self.classical else ""
        sweep = f"a sweep of shape {self.shape}" if self.shape else "one point"
        return f"Linear({', '.join(self.modes)}{variables}; {sweep}; A and D in rad/s, or all in one unit)"

    @classmethod
    def of(cls, p, system, mean_field) -> Linear:
        """That of Parameters or a System about its mean field, which knows the light that leaves."""
        A, D = drift_matrix(system, mean_field), diffusion_matrix(system, mean_field)
        origin = filters.Light.of(p, system, mean_field, turned(mean_field))
        return cls(p.names, A, D, aliases=p.aliases, origin=origin)
