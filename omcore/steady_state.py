r"""The mean field: steady amplitudes of the driven, nonlinear system, on every branch.

The mean values of the Langevin equations, Eq. 5, stand still where

.. math::
    (K + iH - i g q_s)\,\alpha = \varepsilon, \qquad \omega_m q_s = \sum_j g_j|\alpha_j|^2

This is the "self-consistent" reading of Eq. 10, with :math:`\tilde\Delta_j = \Delta_j - G_0 q_s`. Eq.
A3 as printed has the bare :math:`\Delta_j` in the amplitudes; this is the "bare-detuning" reading.
The figures depend on the choice, so both are here.
"""

from dataclasses import dataclass

import numpy as np

from . import engine
from .conventions import ParameterError, is_integer, mode_index
from .engine import response
from .engine.blocks import picked
from .engine.points import each_point
from .linear import drift_matrix, is_stable
from .parameters import Parameters
from .resonator import as_system
from .statics import amplitudes, every_branch, pressed
from .systems import System

MEAN_FIELDS = ("self-consistent", "bare-detuning")
"""The two readings of Eq. 10, as ``reading`` names them; see ``mean_field``."""


@dataclass(frozen=True, eq=False)
class MeanField:
    """Steady-state values: the amplitudes of light and matter, and the displacement of the mirror.

    All are dimensionless; the steady momentum is zero. ``alpha_ccw``, ``alpha_cw`` and ``c`` are the
    amplitudes of the modes "ccw", "cw" and "a" by their symbols in the paper.

    modes : names of the n modes of light and matter
    amplitudes : complex array (..., n)
    q : array (...); of k mirrors, if there is not one, (..., k)
    """

    modes: tuple[str, ...]
    amplitudes: np.ndarray
    q: np.ndarray
    has_branches = False

    def amplitude(self, mode):
        """The amplitude of one mode, array (...)."""
        return self.amplitudes[..., mode_index(mode, self.modes)][()]

    alpha_ccw = property(lambda self: self.amplitude("ccw"), doc='Amplitude of the mode "ccw".')
    alpha_cw = property(lambda self: self.amplitude("cw"), doc='Amplitude of the mode "cw".')
    c = property(lambda self: self.amplitude("a"), doc='Amplitude of the atoms, the mode "a".')

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the sweep, and the axis of the branches if there is one."""
        return np.shape(self.amplitudes)[:-1]

    def __getitem__(self, index):
        """The points of a sweep that an index of NumPy picks."""
        arrays = {n: np.asarray(v) for n, v in vars(self).items() if n != "modes"}
        shape = self.shape[: len(self.shape) - self.has_branches]
        return type(self)(
            modes=self.modes, **{n: picked(v, shape, index)[()] for n, v in arrays.items()}
        )

    __iter__ = None  # a sweep is one call, not a loop

    def quadratures(self):
        """The mean of the quadrature vector u, array (..., 2n + 2k), in the order of the modes."""
        n, q = 2 * len(self.modes), np.asarray(self.q)
        q = q[..., None] if q.ndim == len(self.shape) else q
        u = np.zeros((*self.shape, n + 2 * q.shape[-1]))
        u[..., :n:2] = np.sqrt(2) * self.amplitudes.real
        u[..., 1:n:2] = np.sqrt(2) * self.amplitudes.imag
        u[..., n::2] = q
        return u


def mean_field(p, reading="self-consistent", branch=None) -> MeanField:
    """The steady state in one of the two readings of Eq. 10; ``omcore.solve`` says which branch of several.

    Parameters
    ----------
    p : Parameters or System
    reading : "self-consistent" (Eq. 10 with its i restored) or "bare-detuning" (Eq. A3)
    branch : None for the stable branch with the smallest displacement, and the smallest of all where
        none is stable; an integer counts the branches from 0, the smallest. A point without that
        branch gets NaN. The bare-detuning reading has one steady state, hence no branches.

    Returns
    -------
    MeanField, whose arrays have the shape of the parameters. That of a System given about its
    mean field is zero.

    Raises
    ------
    ParameterError
        If p is neither Parameters nor a System, the reading is unknown, branch is not a non-negative
        integer, a branch is asked of the bare-detuning reading, or several mirrors and Kerr shifts press
        the light in more than one way (see ``omcore.statics``).

    Examples
    --------
    >>> import omcore as om
    >>> print(f"{om.mean_field(om.PAPER).q:.4g}")
    3.973e+04
    """
    check(p, reading, branch)

    def found(system):
        field = steady_field(system, reading, branch)
        return field.amplitudes, field.q

    alpha, q = each_point(p, found)
    return MeanField(p.modes, alpha, q[()])


def steady_field(system: System, reading, branch) -> MeanField:
    """``mean_field`` of a flat sweep."""
    if reading == "bare-detuning":
        alpha = amplitudes(system, np.zeros_like(system.omega_m))
        return MeanField(system.modes, alpha, pressed(system, alpha))
    alpha, q, multiple = every_branch(system)
    branches = alpha.shape[1]
    chosen = np.full(len(alpha), min(branch or 0, branches))
    if branch is None and (several := np.isfinite(alpha[:, 1:2, 0]).any(-1)).any():
        field = MeanField(system.modes, alpha[several], q[several])
        settles = ~multiple[several] & decays(system[several].along_branches(), field)
        chosen[several] = np.argmax(settles, axis=-1)
    missing = chosen == branches
    one = np.arange(len(alpha)), np.where(missing, 0, chosen)
    alpha, q = alpha[one], q[one]
    alpha[missing] = q[missing] = np.nan
    return MeanField(system.modes, alpha, q)


def decays(system: System, field) -> np.ndarray:
    """Whether small fluctuations about a mean field decay, bool array of its shape; False where it is NaN."""
    A = drift_matrix(system, field)
    if "response" in engine.PARTS and system.is_simple:
        return response.decays(system, field, A)
    return is_stable(A)


def check(p, reading=MEAN_FIELDS[0], branch=None):
    """Refuse what is no model, no reading of Eq. 10, or no branch of it."""
    if not isinstance(p, (Parameters, System)):
        as_system(p)  # says what to give
    if not isinstance(reading, str) or reading not in MEAN_FIELDS:
        raise ParameterError(
            f"reading = {reading!r:.60} (a name, no unit) is no reading of Eq. 10; "
            f"use {' or '.join(map(repr, MEAN_FIELDS))}"
        )
    if branch is None:
        return
    check_branch(branch)
    if reading == "bare-detuning":
        raise ParameterError(
            f"branch = {branch!r} (a number without unit), but the bare-detuning reading has one "
            "steady state; leave the branch out"
        )


def check_branch(branch):
    """Refuse what is no number of a branch."""
    if not is_integer(branch) or branch < 0:
        raise ParameterError(
            f"branch = {branch!r:.60} (a number without unit) is no branch; "
            "use None for the lowest stable one, or 0, 1, ... from the lowest"
        )
