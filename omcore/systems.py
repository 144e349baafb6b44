r"""Systems of the family: modes of light and matter, coupled to one another and to mirrors.

.. math::
    \dot z = -(K + iH)\,z - iS z^* - 2i\mathcal K|z|^2 z + i \sum_l g_l q_l\,z
              + \tfrac{i}{\sqrt2}\sum_l G_l q_l + \varepsilon + \text{noise}

.. math::
    \dot q_l = \omega_l p_l,\qquad
    \dot p_l = -\omega_l q_l - \gamma_l p_l + z^\dagger g_l z + \sqrt2\,\mathrm{Re}\,G_l^\dagger z + \xi_l

z holds the n complex amplitudes, K their decay, H their detunings and couplings, S what squeezes them,
:math:`\mathcal K` their Kerr shifts, g the radiation pressure of each on a mirror l, and ε the drives. A
system given about its mean field has linear couplings G to the mirrors instead of g and ε.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .conventions import MIRROR, ModeError, ParameterError, mode_index
from .engine.blocks import picked
from .quantities import Quantity, checked, common_shape

FIELDS = {  # name: (axes of its own with one mirror, type, what it is)
    "H": (2, complex, Quantity("H", "rad/s", "matrix of detunings and couplings")),
    "decay": (1, float, Quantity("K", "rad/s", "amplitude decay rate")),
    "photon_coupling": (1, float, Quantity("g", "rad/s", "radiation pressure of a quantum")),
    "drive": (1, complex, Quantity(r"\varepsilon", "rad/s", "amplitude of a drive")),
    "coupling": (1, complex, Quantity("G", "rad/s", "linearised coupling to the mirror")),
    "omega_m": (0, float, Quantity(r"\omega_m", "rad/s", "mechanical frequency", "positive")),
    "gamma_m": (0, float, Quantity(r"\gamma_m", "rad/s", "mechanical damping rate", "nonnegative")),
    "n_m": (0, float, Quantity("n_m", "1", "thermal phonon number", "nonnegative")),
    "squeezing": (2, complex, Quantity("S", "rad/s", "matrix of squeezing strengths")),
    "n": (1, float, Quantity("n", "1", "thermal occupation of a mode's bath", "nonnegative")),
    "m": (2, complex, Quantity("m", "1", "squeezing of the baths")),
    "kerr": (1, float, Quantity(r"\mathcal K", "rad/s", "Kerr shift of a quantum")),
    "laser_linewidth": (0, float, Quantity(r"\Gamma_L", "rad/s", "laser's width", "nonnegative")),
}
"""The arrays of a System: how many axes each has behind the batch axes, its type, and what it is."""

OF_MIRRORS = {"photon_coupling", "coupling", "omega_m", "gamma_m", "n_m"}
"""Those with one more axis where there is not one mirror."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class System:
    r"""A member of the family. Rates are in rad/s, or all in units of one rate; batch axes broadcast.

    Give ``photon_coupling`` and ``drive``, and the mean field is solved for, as long as mirrors and Kerr
    shifts press the light in one way (see ``omcore.statics``). Or give the effective detunings in ``H`` and
    the linearised ``coupling``, as many papers do.

    Parameters
    ----------
    modes : names of the n modes of light and matter, all different
    H : array (..., n, n), Hermitian: detunings on the diagonal, off it :math:`H_{jk}` of
        :math:`\hbar H_{jk} z_j^\dagger z_k`
    decay : array (..., n), amplitude decay rates K. A negative one is a gain; its noise grows with
        :math:`|K|`, as that of an amplifier with an inverted bath
    photon_coupling : array (..., n), real g of :math:`-\hbar g_j z_j^\dagger z_j q`; zero for a mode
        that the mirror does not feel
    drive : array (..., n), complex amplitudes ε of the lasers
    coupling : array (..., n), complex linearised couplings :math:`G = \sqrt2\,g\alpha` of a system
        given about its mean field
    omega_m, gamma_m : frequency of the mirror and decay rate of its momentum
    n_m : thermal occupation of its bath
    squeezing : array (..., n, n), symmetric S of :math:`\tfrac\hbar2 (S_{jk} z_j^\dagger z_k^\dagger + h.c.)`
    n : array (..., n), occupation of each mode's bath; baths are a vacuum where it is zero. A System
        does not know frequencies: see ``omcore.occupation``, and ``omcore.validity``
    m : array (..., n), squeezing :math:`\langle z_\mathrm{in}^2\rangle` of each bath; or symmetric,
        (..., n, n), with squeezing between baths. An array whose last two axes are n is such a matrix
    kerr : array (..., n), :math:`\mathcal K` of :math:`\hbar\mathcal K_j z_j^{\dagger2} z_j^2`
    laser_linewidth : full width at half maximum of a laser with white frequency noise, against which all
        modes of light and matter turn alike, a mirror that is given as one of them, too; S and m turn with
        the laser. It acts through the amplitudes, so that without a drive it does nothing, and beside
        coupling, with which they are not known, it is refused
    mirrors : names of the k mirrors, which come behind the modes. With one, two values of omega_m are a
        sweep of two points. With k > 1 the last axis of omega_m, gamma_m and n_m is k, that of
        photon_coupling and coupling is (..., n, k), and numbers hold for all. With () there is none
    aliases : other names of modes, such as {"driven": "cw"}

    Raises
    ------
    ParameterError
        For a value of the wrong shape, kind or sign, an H that is not Hermitian, an S or m that is not
        symmetric, baths that are no state, or couplings given in both ways.
    ModeError
        If a mode or a mirror has no name, or one that is taken.

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

    A parametric amplifier without a mirror: :math:`E_N = \ln(1 + s/K)`.

    >>> two = om.System(modes=["a", "b"], H=np.zeros((2, 2)), decay=[1.0, 1.0], mirrors=(),
    ...                 squeezing=[[0, 0.5], [0.5, 0]])
    >>> print(om.solve(two).log_negativity("a", "b").round(6), np.log(1.5).round(6))
    0.405465 0.405465
    """

    modes: tuple[str, ...]
    H: np.ndarray
    decay: np.ndarray
    photon_coupling: np.ndarray | float = 0.0
    drive: np.ndarray | float = 0.0
    coupling: np.ndarray | float = 0.0
    omega_m: np.ndarray | float | None = None
    gamma_m: np.ndarray | float | None = None
    n_m: np.ndarray | float | None = None
    squeezing: np.ndarray | float = 0.0
    n: np.ndarray | float = 0.0
    m: np.ndarray | float = 0.0
    kerr: np.ndarray | float = 0.0
    laser_linewidth: np.ndarray | float = 0.0
    mirrors: tuple[str, ...] = (MIRROR,)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        values = vars(self)
        values["modes"] = checked_names(self.modes, "modes", "mode of light or matter")
        values["mirrors"] = checked_names(self.mirrors, "mirrors", "mirror", self.modes)
        for name in FIELDS:
            values[name] = self._checked(name, values[name])
        for name in ("H", "squeezing", "m"):
            _refuse_uneven(name, values[name])
        _ = self.shape  # shapes that do not broadcast are refused here, before any work
        self._check_baths()
        nonlinear = self.drive.any() or self.photon_coupling.any() or self.kerr.any()
        if self.coupling.any() and nonlinear:
            raise ParameterError(
                "coupling (rad/s) is given beside photon_coupling, drive or kerr; give either effective "
                "detunings and linearised couplings, or photon_coupling and drive, from which they follow"
            )
        values["aliases"] = checked_aliases(self.aliases, self.modes, self.names)
        if self.coupling.any() and self.laser_linewidth.any():
            raise ParameterError(
                "laser_linewidth (rad/s) is given beside coupling: its noise goes with amplitudes that "
                "are not known; give photon_coupling and drive, or om.solve(system).linear.with_noise(w, S)"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all modes in the order of their quadratures, the mirrors last."""
        return (*self.modes, *self.mirrors)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape that the batch axes of all fields broadcast to."""
        shapes = {name: vars(self)[name].shape for name in FIELDS}
        return common_shape({n: shape[: len(shape) - self.own(n)] for n, shape in shapes.items()})

    def index(self, mode) -> int:
        """The number of a mode, from its name, an alias or its number; the mirror is the last.

        >>> import omcore as om
        >>> om.system(om.PAPER).index("driven"), om.system(om.PAPER).index("m")
        (0, 3)
        """
        return mode_index(mode, self.names, self.aliases)

    def replace(self, **changes) -> System:
        """A copy with some fields changed; the others stay as they are.

        >>> import omcore as om
        >>> om.system(om.PAPER).replace(n=[0.5, 0.5, 0.0]).n
        array([0.5, 0.5, 0. ])
        """
        if len(changes.get("mirrors", self.mirrors)) != len(self.mirrors):
            zero = [n for n in ("photon_coupling", "coupling") if not vars(self)[n].any()]
            changes = (
                dict.fromkeys(zero, 0.0) | dict.fromkeys(("omega_m", "gamma_m", "n_m")) | changes
            )
        return dataclasses.replace(self, **changes)

    def __getitem__(self, index) -> System:
        """The points of a sweep that an index of NumPy picks."""

        def points(array, own):
            if array.ndim == own and not array.any():
                return array
            whole = np.broadcast_to(array, self.shape + array.shape[array.ndim - own :])
            return picked(whole, self.shape, index)

        return self._changed(points)

    __iter__ = None  # a sweep is one call, not a loop

    def along_branches(self) -> System:
        """The same with one more batch axis at the end, to broadcast over the branches of a mean field."""
        return self._changed(lambda array, own: np.expand_dims(array, array.ndim - own))

    def about(self, field) -> System:
        """The system about a mean field: effective detunings and squeezing, linearised couplings, no drive.

        The noise of a laser, which goes with the amplitudes, is not in it; ``Solution.linear`` has it.

        >>> import omcore as om
        >>> given = om.system(om.PAPER).about(om.mean_field(om.PAPER))
        >>> print(om.solve(given).log_negativity("a", "m").round(4))
        0.1362
        """
        system = matching(self, field)
        M, S, G = fluctuations(system, field)
        H = 1j * (M + system.decay[..., None] * np.eye(len(self.modes)))
        gone = ("photon_coupling", "drive", "kerr", "laser_linewidth")
        none = {name: np.zeros_like(vars(system)[name]) for name in gone}
        return system._changed(H=H, squeezing=S, coupling=G, **none)

    def without(self, mode) -> System:
        """The system if a mode of light or matter were absent; the others keep their names.

        >>> import omcore as om
        >>> om.system(om.PAPER).without("undriven").modes
        ('ccw', 'a')
        """
        gone, n = self.index(mode), len(self.modes)
        if gone >= n or n == 1:
            raise ModeError(
                f"mode = {mode!r} is a mirror, or all there is beside it; name one of several modes of "
                f"light and matter, here {self.modes}"
            )

        def cut(name):
            array = vars(self)[name]
            for axis in range(FIELDS[name][0]):
                array = np.delete(array, gone, axis - self.own(name))
            return array

        kept = tuple(m for k, m in enumerate(self.modes) if k != gone)
        aliases = {alias: m for alias, m in self.aliases.items() if m in kept}
        return self._changed(modes=kept, aliases=aliases, **{name: cut(name) for name in FIELDS})

    @classmethod
    def of_arrays(cls, **values) -> System:
        """A System of fields as the library made them, which need no check; what is not given is zero."""
        system, n = object.__new__(cls), len(values["modes"])
        values = {"mirrors": (MIRROR,)} | values
        arrays = {name: np.zeros((n,) * FIELDS[name][0]) for name in FIELDS if name not in values}
        arrays |= {name: np.asarray(values[name]).view() for name in FIELDS if name in values}
        for array in arrays.values():
            array.flags.writeable = False
        vars(system).update(values | arrays)
        return system

    @cached_property
    def is_paired(self) -> bool:
        """Whether z and its conjugate are coupled, by squeezing or a Kerr shift."""
        return bool(self.squeezing.any() or self.kerr.any())

    @cached_property
    def is_simple(self) -> bool:
        """Whether light and matter feel the displacement of one mirror, and are linear else."""
        return len(self.mirrors) == 1 and not self.is_paired

    @cached_property
    def is_quiet(self) -> bool:
        """Whether all baths of light and matter are vacua of damped modes, and the laser has no noise."""
        noisy = self.n.any() or self.m.any() or self.laser_linewidth.any()
        return not noisy and bool((self.decay > 0).all())

    def of_mirrors(self, name) -> np.ndarray:
        """A field that each mirror has, with their axis last, also of a single one."""
        array = vars(self)[name]
        return array[..., None] if len(self.mirrors) == 1 else array

    def own(self, name) -> int:
        """How many axes a field has behind the batch axes."""
        return FIELDS[name][0] + (name in OF_MIRRORS and len(self.mirrors) != 1)

    def _changed(self, change=lambda array, own: array, **values) -> System:
        kept = {"modes": self.modes, "mirrors": self.mirrors, "aliases": self.aliases}
        arrays = {n: change(vars(self)[n], self.own(n)) for n in FIELDS if n not in values}
        return System.of_arrays(**kept | arrays | values)

    def _checked(self, name, value) -> np.ndarray:
        """The field as a read-only array with its own axes, or a ParameterError."""
        (axes, kind, quantity), own = FIELDS[name], self.own(name)
        n, k = len(self.modes), len(self.mirrors)
        sizes = (n,) * axes + ((k,) if own > axes else ())
        if not k and axes == 0 and own:
            if value is not None and np.shape(value)[-1:] != (0,):
                raise ParameterError(
                    f"{name} = {value!r:.60} ({quantity.unit}), but mirrors is empty; leave it out"
                )
            return np.zeros(0)
        array = checked(name, value, quantity, kind)
        if name == "m" and array.shape[-1:] == (n,) and array.shape[-2:] != (n, n):
            array = array[..., None] * np.eye(n)
        zero = axes and name not in ("H", "decay") and array.ndim == 0 and not array
        if zero or (own > axes and array.ndim == axes == 0):  # one number for all mirrors
            array = np.broadcast_to(array, sizes)
        if array.ndim < own or array.shape[array.ndim - own :] != sizes:
            wanted = ", ".join(["...", *["n"] * axes, *["k"] * (own - axes)])
            mirrors = f" and k = {k} mirrors" if own > axes else ""
            raise ParameterError(
                f"{name} has shape {array.shape} ({quantity.unit}) for n = {n} modes of light and matter"
                f"{mirrors}; give an array ({wanted}), batch axes first"
            )
        return array

    def _check_baths(self):
        """Refuse squeezing of the baths beyond that of a state, and of a bath that takes nothing."""
        if not self.m.any():
            return
        one = np.eye(len(self.modes))
        n, m = np.broadcast_arrays(self.n[..., None] * one, self.m)
        lowest = np.linalg.eigvalsh(np.block([[n, m.conj()], [m, n + one]])).min(initial=0)
        if lowest < -1e-9 * (1 + self.n.max(initial=0)):
            raise ParameterError(
                f"m reaches {np.abs(self.m).max():.6g} (no unit), more than the baths' occupation n allows; "
                "give |m|^2 <= n(n + 1), for one bath m = sinh(r) cosh(r) with n = sinh(r)^2"
            )
        if (self.m.any(-1) & (self.decay <= 0)).any():
            raise ParameterError(
                f"m is given for a mode whose decay is {self.decay.min():.3g} rad/s; squeezed light comes in "
                "where light is lost, give a decay > 0 or no m"
            )

    def __repr__(self):
        mirrors = f" and the mirror{'s' if len(self.mirrors) > 1 else ''} {', '.join(self.mirrors)}"
        parts = (
            f"System of {', '.join(self.modes)}{mirrors if self.mirrors else ', without a mirror'}"
        )
        swept = [n for n in FIELDS if vars(self)[n].ndim > self.own(n)]
        over = f" over {', '.join(swept)}" if len(swept) <= 4 else ""
        points = f"a sweep of shape {self.shape}{over}" if self.shape else "one point"
        lines = [f"{parts}; {points}; rates in rad/s, or all in one unit"]
        lines += [] if self.n.any() or self.m.any() else ["baths: vacuum"]
        for name in FIELDS:
            array = vars(self)[name]
            text = " ".join(np.array2string(array, precision=6, threshold=40).split())
            if array.any() or name in ("H", "decay"):
                lines.append(f"{name} = {f'array {array.shape}' if name in swept else text}")
        return "\n    ".join(lines)


def light_operator(system: System, q) -> np.ndarray:
    r"""What moves light and matter while the mirrors are held at q: :math:`-K - iH + i\sum_l g_l q_l`.

    Complex array (..., n, n), in rad/s, for a dimensionless displacement q, array (...), or (..., k) of k
    mirrors; with one mirror it has no axis of its own.

    >>> import omcore as om
    >>> mirror = dict(omega_m=1, gamma_m=0, n_m=0)
    >>> cavity = om.System(modes=["c"], H=[[2.0]], decay=[0.5], photon_coupling=[0.1], **mirror)
    >>> light_operator(cavity, 3.0)
    array([[-0.5-1.7j]])
    """
    q, n, g = np.asarray(q), len(system.modes), system.photon_coupling
    one = len(system.mirrors) == 1
    shape = np.broadcast_shapes(q.shape if one else q.shape[:-1], system.shape)
    M = np.empty((n, n, *shape), complex)  # entries first, where arithmetic is fastest
    by_point = M.transpose(*range(2, M.ndim), 0, 1)
    np.multiply(system.H, -1j, out=by_point)
    for k in range(n):
        shift = g[..., k] * q if one else (g[..., k, :] * q).sum(-1)
        M[k, k] += 1j * shift - system.decay[..., k]
    return by_point


class Linearised(NamedTuple):
    r"""What moves small fluctuations of light and matter, :math:`\dot z = Mz - iSz^* + \tfrac{i}{\sqrt2}Gq`.

    M, S : arrays (..., n, n), in rad/s
    G : array (..., n), or (..., n, k) of k mirrors
    """

    M: np.ndarray
    S: np.ndarray
    G: np.ndarray


def fluctuations(system: System, field) -> Linearised:
    r"""The linearised equations at a mean field: :math:`G = \sqrt2\,g\alpha`, below Eq. 8, for all modes.

    A Kerr shift adds :math:`4\mathcal K|\alpha|^2` to H and :math:`2\mathcal K\alpha^2` to S.
    """
    alpha, M, S = field.amplitudes, light_operator(system, field.q), system.squeezing
    if system.kerr.any():
        one = np.eye(len(system.modes))
        M = M - (4j * system.kerr * np.abs(alpha) ** 2)[..., None] * one
        S = S + (2 * system.kerr * alpha**2)[..., None] * one
    of_mode = alpha if len(system.mirrors) == 1 else alpha[..., None]
    return Linearised(M, S, np.sqrt(2) * system.photon_coupling * of_mode + system.coupling)


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
        np.broadcast_shapes(system.shape, field.shape)
    except ValueError:
        raise ParameterError(
            f"the mean field has shape {field.shape} (dimensionless), the parameters {system.shape}; "
            "give the mean field of these parameters, as om.mean_field(p)"
        ) from None
    return system


def checked_names(given, field, what, taken=()) -> tuple[str, ...]:
    """Names of modes, mirrors or variables as a tuple, or a ModeError."""
    if not isinstance(given, Sequence):
        raise ModeError(f"{field} = {given!r} is no list; give the name of each {what}")
    names = (given,) if isinstance(given, str) else tuple(given)
    if not names and field == "modes":
        raise ModeError("modes is empty; name at least one mode of light or matter")
    for name in names:
        if not isinstance(name, str) or not name or names.count(name) > 1 or name in taken:
            hint = f", not that of a mode, as {field}=('{name}1',)" if name in taken else ""
            raise ModeError(
                f"{field} = {names}: {name!r} cannot be used; give each {what} a name of its own{hint}"
            )
    return names


def checked_aliases(aliases, modes, taken) -> dict[str, str]:
    """Other names of modes, or a ModeError."""
    if not isinstance(aliases, Mapping):
        raise ModeError(f"aliases = {aliases!r:.60} is no dict; give one, as {{'driven': 'cw'}}")
    for alias, mode in aliases.items():
        if mode not in modes or alias in taken:
            raise ModeError(
                f"aliases[{alias!r}] = {mode!r}: an alias is a new name for one of the modes {modes}; "
                "give another"
            )
    return dict(aliases)


def _refuse_uneven(name, matrix):
    """Refuse an H that is not Hermitian, and another matrix that is not symmetric."""
    opposite = np.swapaxes(matrix.conj() if name == "H" else matrix, -1, -2)
    asymmetry = np.abs(matrix - opposite).max(initial=0)
    if asymmetry > 1e-12 * np.abs(matrix).max(initial=0):
        kind, sign = ("Hermitian", "^dagger") if name == "H" else ("symmetric", "^T")
        same = "conj(H[k, j]), and what decays in decay" if name == "H" else f"{name}[k, j]"
        raise ParameterError(
            f"{name} is not {kind}: |{name} - {name}{sign}| reaches {asymmetry:.3g} "
            f"({FIELDS[name][2].unit}); give {name}[j, k] = {same}"
        )
