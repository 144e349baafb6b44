r"""Systems of the family: modes of light and matter, coupled to one another and to one mirror.

.. math::
    \dot z = -(K + iH)\,z + i g q\,z + \tfrac{i}{\sqrt2}\,G q + \varepsilon + \text{noise},\qquad
    \dot q = \omega_m p,\qquad
    \dot p = -\omega_m q - \gamma_m p + z^\dagger g z + \sqrt2\,\mathrm{Re}\,G^\dagger z + \xi

z holds the n complex amplitudes, K their decay, H their detunings and couplings, g the radiation
pressure of each, and ε the drives. A system given about its mean field has a linear coupling G to
the mirror instead of g and ε. ``light_operator`` is the first bracket; all else takes it from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .conventions import MIRROR, ModeError, ParameterError, mode_index
from .engine.blocks import picked
from .quantities import Quantity, checked, common_shape

FIELDS = {  # name: (axes of its own, type, what it is)
    "H": (2, complex, Quantity("H", "rad/s", "matrix of detunings and couplings")),
    "decay": (1, float, Quantity("K", "rad/s", "amplitude decay rate", "positive")),
    "photon_coupling": (1, float, Quantity("g", "rad/s", "radiation pressure of a quantum")),
    "drive": (1, complex, Quantity(r"\varepsilon", "rad/s", "amplitude of a drive")),
    "coupling": (1, complex, Quantity("G", "rad/s", "linearised coupling to the mirror")),
    "omega_m": (0, float, Quantity(r"\omega_m", "rad/s", "mechanical frequency", "positive")),
    "gamma_m": (0, float, Quantity(r"\gamma_m", "rad/s", "mechanical damping rate", "nonnegative")),
    "n_m": (0, float, Quantity("n_m", "1", "thermal phonon number", "nonnegative")),
}
"""The arrays of a System: how many axes each has behind the batch axes, its type, and what it is."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class System:
    r"""A member of the family. Rates are in rad/s, or all in units of one rate; batch axes broadcast.

    Give ``photon_coupling`` and ``drive``, and the mean field is solved for. Or give the effective
    detunings in ``H`` and the linearised ``coupling``, as many papers do.

    Parameters
    ----------
    modes : names of the n modes of light and matter, all different; the mirror, "m", comes last by itself
    H : array (..., n, n), Hermitian: detunings on the diagonal, off it :math:`H_{jk}` of
        :math:`\hbar H_{jk} z_j^\dagger z_k`
    decay : array (..., n), amplitude decay rates K, each into a vacuum
    photon_coupling : array (..., n), real g of :math:`-\hbar g_j z_j^\dagger z_j q`; zero for a mode
        that the mirror does not feel
    drive : array (..., n), complex amplitudes ε of the lasers
    coupling : array (..., n), complex linearised couplings :math:`G = \sqrt2\,g\alpha` of a system
        given about its mean field
    omega_m, gamma_m : frequency of the mirror and decay rate of its momentum. There is one mirror, so that
        two values are a sweep of two points, not two mirrors; what is printed of a System says so
    n_m : thermal occupation of its bath
    aliases : other names of modes, such as {"driven": "cw"}

    Raises
    ------
    ParameterError
        For a value of the wrong shape, kind or sign, an H that is not Hermitian, or couplings given
        in both ways.
    ModeError
        If a mode has no name, or one that is taken.

    Examples
    --------
    A driven cavity with a mirror, and the same given about its mean field:

    >>> import omcore as om
    >>> mirror = dict(omega_m=1.0, gamma_m=1e-5, n_m=10.0)
    >>> driven = om.System(modes=["c"], H=[[1.2]], decay=[0.5], photon_coupling=[1e-4], drive=[4e3], **mirror)
    >>> s = om.solve(driven)
    >>> Delta, G = s.effective_detuning("c"), s.coupling("c")
    >>> given = om.System(modes=["c"], H=[[Delta]], decay=[0.5], coupling=[G], **mirror)
    >>> print(s.log_negativity("c", "m").round(6), om.solve(given).log_negativity("c", "m").round(6))
    0.154908 0.154908
    """

    modes: tuple[str, ...]
    H: np.ndarray
    decay: np.ndarray
    photon_coupling: np.ndarray | float = 0.0
    drive: np.ndarray | float = 0.0
    coupling: np.ndarray | float = 0.0
    omega_m: np.ndarray | float
    gamma_m: np.ndarray | float
    n_m: np.ndarray | float
    aliases: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        values = vars(self)
        values["modes"] = _checked_modes(self.modes)
        for name in FIELDS:
            values[name] = _checked(name, values[name], len(self.modes))
        asymmetry = np.abs(self.H - np.conj(np.swapaxes(self.H, -1, -2))).max(initial=0)
        if asymmetry > 1e-12 * np.abs(self.H).max(initial=0):
            raise ParameterError(
                f"H is not Hermitian: |H - H^dagger| reaches {asymmetry:.3g} rad/s; "
                "give H[j, k] = conj(H[k, j]), and what decays in decay"
            )
        if self.coupling.any() and (self.drive.any() or self.photon_coupling.any()):
            raise ParameterError(
                "coupling (rad/s) is given beside photon_coupling or drive; give either effective detunings "
                "and linearised couplings, or photon_coupling and drive, from which they follow"
            )
        for alias, mode in dict(self.aliases).items():
            if mode not in self.modes or alias in (*self.modes, MIRROR):
                raise ModeError(
                    f"aliases[{alias!r}] = {mode!r}: an alias is a new name for one of the modes "
                    f"{self.modes}; give another"
                )
        _ = self.shape  # shapes that do not broadcast are refused here, before any work

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape that the batch axes of all fields broadcast to."""
        shapes = {name: vars(self)[name].shape for name in FIELDS}
        return common_shape({n: shape[: len(shape) - FIELDS[n][0]] for n, shape in shapes.items()})

    def index(self, mode) -> int:
        """The number of a mode, from its name, an alias or its number; the mirror is the last.

        >>> import omcore as om
        >>> om.system(om.PAPER).index("driven"), om.system(om.PAPER).index("m")
        (0, 3)
        """
        return mode_index(mode, (*self.modes, MIRROR), self.aliases)

    def __getitem__(self, index) -> System:
        """The points of a sweep that an index of NumPy picks."""

        def points(array, own):
            whole = np.broadcast_to(array, self.shape + array.shape[array.ndim - own :])
            return picked(whole, self.shape, index)

        return self._changed(points)

    __iter__ = None  # a sweep is one call, not a loop

    def along_branches(self) -> System:
        """The same with one more batch axis at the end, to broadcast over the branches of a mean field."""
        return self._changed(lambda array, own: np.expand_dims(array, array.ndim - own))

    def about(self, field) -> System:
        """The system about a mean field: effective detunings, linearised couplings, and no drive.

        >>> import omcore as om
        >>> given = om.system(om.PAPER).about(om.mean_field(om.PAPER))
        >>> print(om.solve(given).log_negativity("a", "m").round(4))
        0.1362
        """
        system = matching(self, field)
        none = np.zeros(len(self.modes))
        shift = system.photon_coupling * np.asarray(field.q)[..., None]
        return system._changed(
            H=system.H - shift[..., None] * np.eye(len(self.modes)),
            coupling=linearised_couplings(system, field),
            photon_coupling=none,
            drive=none.astype(complex),
        )

    def without(self, mode) -> System:
        """The system if a mode of light or matter were absent; the others keep their names.

        >>> import omcore as om
        >>> om.system(om.PAPER).without("undriven").modes
        ('ccw', 'a')
        """
        gone = self.index(mode)
        if gone == len(self.modes) or len(self.modes) == 1:
            raise ModeError(
                f"mode = {mode!r} is the mirror, or all there is beside it; name one of several modes of "
                f"light and matter, here {self.modes}"
            )

        def delete(array, own):
            for axis in range(own):
                array = np.delete(array, gone, axis=-1 - axis)
            return array

        kept = tuple(m for k, m in enumerate(self.modes) if k != gone)
        aliases = {alias: m for alias, m in self.aliases.items() if m in kept}
        return self._changed(delete, modes=kept, aliases=aliases)

    @classmethod
    def of_arrays(cls, **values) -> System:
        """A System of all its fields as the library made them, which need no check."""
        system = object.__new__(cls)
        arrays = {name: np.asarray(values[name]).view() for name in FIELDS}
        for array in arrays.values():
            array.flags.writeable = False
        vars(system).update(values | arrays)
        return system

    def _changed(self, change=lambda array, own: array, **values) -> System:
        kept = {"modes": self.modes, "aliases": self.aliases}
        arrays = {n: change(vars(self)[n], FIELDS[n][0]) for n in FIELDS if n not in values}
        return System.of_arrays(**kept | arrays | values)

    def __repr__(self):
        swept = [n for n, (own, *_) in FIELDS.items() if vars(self)[n].ndim > own]
        over = f" over {', '.join(swept)}" if len(swept) < len(FIELDS) else ""
        shape = f"; a sweep of shape {self.shape}{over}" if self.shape else ""
        return f"System(modes={self.modes} and the mirror{shape})"


def light_operator(system: System, q) -> np.ndarray:
    r"""What moves light and matter while the mirror is held at q: :math:`-K - iH + i g q`.

    Complex array (..., n, n), in rad/s, for a dimensionless displacement q, array (...).

    >>> import omcore as om
    >>> mirror = dict(omega_m=1, gamma_m=0, n_m=0)
    >>> cavity = om.System(modes=["c"], H=[[2.0]], decay=[0.5], photon_coupling=[0.1], **mirror)
    >>> light_operator(cavity, 3.0)
    array([[-0.5-1.7j]])
    """
    q, n = np.asarray(q), len(system.modes)
    shape = np.broadcast_shapes(q.shape, system.shape)
    M = np.empty((n, n, *shape), complex)  # entries first, where arithmetic is fastest
    by_point = M.transpose(*range(2, M.ndim), 0, 1)
    np.multiply(system.H, -1j, out=by_point)
    for k in range(n):
        M[k, k] += 1j * system.photon_coupling[..., k] * q - system.decay[..., k]
    return by_point


def linearised_couplings(system: System, field) -> np.ndarray:
    r"""Couplings :math:`G = \sqrt2\,g\alpha` of all modes to the mirror at a mean field, below Eq. 8.

    Complex array (..., n), in rad/s; those of a system given about its mean field as they are given.
    """
    return np.sqrt(2) * system.photon_coupling * field.amplitudes + system.coupling


def matching(system: System, field) -> System:
    """The System with the batch axes of a mean field, that of its branches included; or a ParameterError."""
    remedy = "give the mean field of this system, as om.mean_field(p)"
    if not hasattr(field, "amplitudes"):
        raise ParameterError(
            f"field is of type {type(field).__name__}, no mean field (dimensionless); {remedy}"
        )
    if field.modes != system.modes:
        raise ParameterError(
            f"the mean field has the modes {field.modes} (dimensionless), the system {system.modes}; {remedy}"
        )
    if field.has_branches:
        system = system.along_branches()
    try:
        np.broadcast_shapes(system.shape, np.shape(field.q))
    except ValueError:
        raise ParameterError(
            f"the mean field has shape {np.shape(field.q)} (dimensionless), the parameters {system.shape}; "
            "give the mean field of these parameters, as om.mean_field(p)"
        ) from None
    return system


def _checked_modes(modes) -> tuple[str, ...]:
    if not isinstance(modes, Sequence):
        raise ModeError(
            f"modes = {modes!r} is no list; give the names of the modes of light and matter"
        )
    names = (modes,) if isinstance(modes, str) else tuple(modes)
    if not names:
        raise ModeError("modes is empty; name at least one mode of light or matter")
    for name in names:
        if not isinstance(name, str) or name == MIRROR or names.count(name) > 1:
            raise ModeError(
                f"modes = {names}: {name!r} cannot be used; give each mode of light or matter a name of "
                f"its own, other than {MIRROR!r}, the mirror, which comes last by itself"
            )
    return names


def _checked(name, value, n) -> np.ndarray:
    """The field as a read-only array with its own axes, or a ParameterError."""
    own, kind, quantity = FIELDS[name]
    array = checked(name, value, quantity, kind)
    if name in ("photon_coupling", "drive", "coupling") and array.ndim == 0 and not array:
        array = np.zeros(n, kind)
    if array.ndim < own or array.shape[array.ndim - own :] != (n,) * own:
        wanted = ", ".join(["...", *["n"] * own])
        raise ParameterError(
            f"{name} has shape {array.shape} ({quantity.unit}) for n = {n} modes of light and matter; "
            f"give an array ({wanted}), batch axes first"
        )
    return array
