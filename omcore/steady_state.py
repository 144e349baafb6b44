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

from .conventions import is_integer, mode_index
from .displacements import amplitudes, displacements
from .errors import ParameterError
from .numerics.blocks import by_blocks, picked
from .parameters import Parameters
from .quantities import Quantity, checked
from .resonator import as_system, flat_system, mode_names
from .response import decays
from .systems import System, flow, light_operator

MEAN_FIELDS = ("self-consistent", "bare-detuning")
"""The two readings of Eq. 10: "self-consistent" and "bare-detuning"."""


@dataclass(frozen=True, eq=False)
class MeanField:
    """Steady-state values: the amplitudes of light and matter, and the displacement of the mirror.

    All are dimensionless; the steady momentum is zero. ``alpha_ccw``, ``alpha_cw`` and ``c`` are the
    amplitudes of the modes "ccw", "cw" and "a" by their symbols in the paper.

    modes : names of the n modes of light and matter
    amplitudes : complex array (..., n)
    q : array (...)
    """

    modes: tuple[str, ...]
    amplitudes: np.ndarray
    q: np.ndarray
    has_branches = False

    def amplitude(self, mode):
        """The amplitude of one mode, array (...).

        >>> import omcore as om
        >>> field = om.mean_field(om.PAPER)
        >>> bool(field.amplitude("cw") == field.alpha_cw)
        True
        """
        return self.amplitudes[..., mode_index(mode, self.modes)][()]

    alpha_ccw = property(
        lambda self: self.amplitude("ccw"), doc='Amplitude of the mode "ccw", array (...).'
    )
    alpha_cw = property(
        lambda self: self.amplitude("cw"), doc='Amplitude of the mode "cw", array (...).'
    )
    c = property(
        lambda self: self.amplitude("a"), doc='Amplitude of the atoms, the mode "a", array (...).'
    )

    def __getitem__(self, index):
        """The points of a sweep that an index of NumPy picks.

        >>> import omcore as om
        >>> om.mean_field(om.PAPER.replace(kappa=[3e7, 4e7]))[..., 0].amplitudes.shape
        (3,)
        """
        arrays = {n: np.asarray(v) for n, v in vars(self).items() if n != "modes"}
        shape = arrays["q"].shape[: arrays["q"].ndim - self.has_branches]
        return type(self)(
            modes=self.modes, **{n: picked(v, shape, index)[()] for n, v in arrays.items()}
        )

    __iter__ = None  # a sweep is one call, not a loop

    def quadratures(self):
        """The mean of the quadrature vector u, array (..., 2n + 2), in the order of the modes.

        >>> import omcore as om
        >>> om.mean_field(om.PAPER).quadratures().shape
        (8,)
        """
        u = np.zeros((*np.shape(self.q), 2 * len(self.modes) + 2))
        u[..., :-2:2], u[..., 1:-2:2] = (
            np.sqrt(2) * self.amplitudes.real,
            np.sqrt(2) * self.amplitudes.imag,
        )
        u[..., -2] = self.q
        return u


@dataclass(frozen=True, eq=False)
class MeanFieldBranches(MeanField):
    """Every steady state, along a last batch axis sorted by the size of the displacement.

    That axis is as long as the largest number of branches in the batch; where a point has fewer,
    the rest is NaN and ``stable`` is False.

    residual : largest entry of the mean-field flow, relative to the largest term in it
    stable : whether small fluctuations decay; a double root (a fold) is marginal, so False
    """

    residual: np.ndarray
    stable: np.ndarray
    has_branches = True

    def branch(self, k) -> MeanField:
        """One branch of every point, counted from 0; NaN where a point has fewer.

        >>> import omcore as om
        >>> bool(om.mean_field_branches(om.PAPER).branch(0).q == om.mean_field(om.PAPER).q)
        True
        """
        _check_branch(k)
        if k >= np.shape(self.q)[-1]:  # no point has so many
            none = np.full_like(self.amplitudes[..., 0, :], np.nan)
            return MeanField(self.modes, none, np.full_like(self.q[..., 0], np.nan)[()])
        return MeanField(self.modes, self.amplitudes[..., k, :], self.q[..., k])


def mean_field(p, mean_field="self-consistent", branch=None) -> MeanField:
    """The steady state in one of the two readings of Eq. 10.

    At a fold two branches merge into a double root, which is marginal, not stable: the lowest
    stable branch is then another one, if there is one.

    Parameters
    ----------
    p : Parameters or System
    mean_field : "self-consistent" (Eq. 10 with its i restored) or "bare-detuning" (Eq. A3)
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
        integer, or a branch is asked of the bare-detuning reading.

    Examples
    --------
    >>> import omcore as om
    >>> print(f"{om.mean_field(om.PAPER).q:.4g}")
    3.973e+04
    """
    check(p, mean_field, branch)

    def block(part):
        field = steady_field(flat_system(p, part), mean_field, branch)
        return field.amplitudes, field.q

    alpha, q = by_blocks(block, int(np.prod(p.shape)))
    modes = mode_names(p)
    return MeanField(modes, alpha.reshape(*p.shape, len(modes)), q.reshape(p.shape)[()])


def mean_field_branches(p) -> MeanFieldBranches:
    """All steady states of the self-consistent mean field, double roots included.

    With k modes that the mirror feels, the displacement obeys a polynomial of degree 2k + 1: a
    quintic for the paper's resonator. A double root, at a fold, is listed twice.

    Parameters
    ----------
    p : Parameters or System

    Returns
    -------
    MeanFieldBranches, whose arrays have shape ``p.shape + (branches,)``

    Examples
    --------
    >>> import omcore as om
    >>> w = om.PAPER.omega_m
    >>> p = om.PAPER.replace(kappa=0.1 * w, G_a=0, angular_velocity=0, Delta_c=w, power=0.03)
    >>> branches = om.mean_field_branches(p)
    >>> len(branches.q), branches.stable
    (3, array([ True, False, False]))
    """
    check(p)

    def block(part):
        system = flat_system(p, part)
        q, multiple = displacements(system)
        system = system.along_branches()
        field = MeanField(system.modes, amplitudes(system, q), q)
        return q, field.amplitudes, _residual(system, field), _stable(system, field, multiple)

    q, alpha, residual, stable = by_blocks(block, int(np.prod(p.shape)))
    count = int(np.isfinite(q).sum(-1).max(initial=1))
    modes = mode_names(p)
    whole = lambda values: values[:, :count].reshape(*p.shape, count, *values.shape[2:])
    return MeanFieldBranches(modes, whole(alpha), whole(q), whole(residual), whole(stable))


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
    system, u = as_system(p), checked("u", u, Quantity("u", "1", "mean quadrature"))
    if u.shape[-1:] != (2 * len(system.modes) + 2,):
        raise ParameterError(
            f"u has shape {u.shape} (dimensionless); give {2 * len(system.modes) + 2} quadratures along "
            "its last axis, as mean_field(p).quadratures() does"
        )
    return flow(system, u)


def steady_field(system: System, reading, branch) -> MeanField:
    """``mean_field`` of a flat sweep."""
    if reading == "bare-detuning":
        alpha = amplitudes(system, 0.0)
        pressure = (system.photon_coupling * np.abs(alpha) ** 2).sum(-1)
        return MeanField(system.modes, alpha, pressure / system.omega_m)
    q, multiple = displacements(system)
    chosen = np.full(len(q), min(branch or 0, q.shape[1]))
    if branch is None and q.shape[1] > 1 and (several := np.isfinite(q[:, 1])).any():
        part = system[several].along_branches()
        field = MeanField(system.modes, amplitudes(part, q[several]), q[several])
        chosen[several] = np.argmax(_stable(part, field, multiple[several]), axis=-1)
    missing = chosen >= q.shape[1]
    q = np.take_along_axis(q, np.where(missing, 0, chosen)[:, None], -1)[:, 0]
    q[missing] = np.nan
    return MeanField(system.modes, amplitudes(system, q), q)


def _stable(system, field, multiple):
    """Which of the branches, along the last axis, are stable; the system has that axis too."""
    return ~multiple & decays(system, field)


def _residual(system, field):
    u = field.quadratures()
    alpha, q = np.abs(field.amplitudes), np.abs(field.q)
    terms = [  # each relative to which a residual may be small
        np.abs(light_operator(system, 0.0)).max((-1, -2)) * alpha.max(-1),
        np.abs(system.photon_coupling * q[..., None] * alpha).max(-1),
        np.abs(system.drive).max(-1),
        system.omega_m * q,
    ]
    largest = np.max(np.broadcast_arrays(*terms), axis=0)
    return np.abs(flow(system, u)).max(-1) / np.where(largest == 0, 1, largest)


def check(p, reading=MEAN_FIELDS[0], branch=None):
    """Refuse what is no model, no reading of Eq. 10, or no branch of it."""
    if not isinstance(p, (Parameters, System)):
        as_system(p)  # says what to give
    if not isinstance(reading, str) or reading not in MEAN_FIELDS:
        raise ParameterError(
            f"mean_field = {reading!r:.60} (a name, no unit) is no reading of Eq. 10; "
            f"use {' or '.join(map(repr, MEAN_FIELDS))}"
        )
    if branch is not None:
        _check_branch(branch)
    if branch is not None and reading == "bare-detuning":
        raise ParameterError(
            f"branch = {branch!r} (a number without unit), but the bare-detuning reading has one "
            "steady state; leave the branch out"
        )


def _check_branch(branch):
    if not is_integer(branch) or branch < 0:
        raise ParameterError(
            f"branch = {branch!r:.60} (a number without unit) is no branch; "
            "use None for the lowest stable one, or 0, 1, ... from the lowest"
        )
