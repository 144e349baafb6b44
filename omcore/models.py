"""A linear model: named modes, drift A and diffusion D, wherever they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np

from .conventions import MatrixError, ModeError, ParameterError, mode_index
from .engine.blocks import at, picked
from .gaussian.parties import rows_of
from .linear import is_stable, refuse_no_diffusion
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
    origin: tuple | None = None  # what was solved, its System and its mean field

    filtered: ClassVar[Callable]  # these two are written in omcore.filters, with all that they need
    conditioned: ClassVar[Callable]

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
        origin = self.origin and tuple(_points(x, shape, index) for x in self.origin)
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
        rows = rows_of([gone])
        A, D = (np.delete(np.delete(M, rows, -1), rows, -2) for M in (self.A, self.D))
        modes = tuple(m for k, m in enumerate(self.modes) if k != gone)
        aliases = {alias: m for alias, m in self.aliases.items() if m in modes}
        return replace(self, modes=modes, A=A, D=D, aliases=aliases)

    def __repr__(self):
        variables = f" and the variables {', '.join(self.classical)}" if self.classical else ""
        sweep = f"a sweep of shape {self.shape}" if self.shape else "one point"
        return f"Linear({', '.join(self.modes)}{variables}; {sweep}; A and D in rad/s, or all in one unit)"


def _points(sweep, shape, index):
    """The points of a sweep, of the shape given or one that broadcasts to it, that an index picks."""
    if not sweep.shape:
        return sweep
    numbers = np.arange(np.prod(sweep.shape)).reshape(sweep.shape)
    return sweep[np.unravel_index(at(np.broadcast_to(numbers, shape), index), sweep.shape)]
