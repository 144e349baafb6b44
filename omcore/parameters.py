"""The parameters of the model: values, units, symbols, and what each may be.

A field's unit, LaTeX symbol and meaning are written here and nowhere else. The notation
page, the sliders, the axis labels and the error messages all read them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.constants import Boltzmann, c, hbar

from .conventions import DRIVES
from .errors import ParameterError


@dataclass(frozen=True)
class Quantity:
    """What a number is: its LaTeX symbol, unit, meaning and the values it may take."""

    symbol: str
    unit: str
    meaning: str
    sign: str = "any"  # "positive", "nonnegative" or "any"


def _quantity(symbol, unit, meaning, sign="any", **default):
    return dataclasses.field(metadata={"quantity": Quantity(symbol, unit, meaning, sign)}, **default)


@dataclass(frozen=True, kw_only=True, eq=False)
class Parameters:
    """All that the Hamiltonian, Eq. 2, and its baths, Eq. 6, depend on.

    Rates are angular rates in rad/s, named by their symbol; laboratory quantities are in SI
    units, named by their word. Every number may be an array. Arrays broadcast against each
    other, and ``shape`` is the shape of every result: a sweep is one call.

    Raises
    ------
    ParameterError
        For an unknown field, a value that is not a finite real number, one of the wrong sign,
        a drive that is neither "cw" nor "ccw", or shapes that do not broadcast.

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> sweep = om.PAPER.replace(drive="cw", Delta_c=om.PAPER.omega_m * np.linspace(-2, 4, 601))
    >>> sweep.shape
    (601,)
    >>> om.PAPER.replace(kappa=-1.0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    omcore.errors.ParameterError: kappa = -1.0 rad/s: ... must be positive; give a value > 0 rad/s
    """

    refractive_index: float | np.ndarray = _quantity(
        "n", "1", "refractive index of the resonator", "positive"
    )
    radius: float | np.ndarray = _quantity("R", "m", "radius of the resonator", "positive")
    wavelength: float | np.ndarray = _quantity(
        r"\lambda", "m", "vacuum wavelength of the driving laser", "positive"
    )
    dispersion: float | np.ndarray = _quantity(
        r"\mathrm{d}n/\mathrm{d}\lambda", "1/m", "dispersion of the resonator", default=0.0
    )
    mass: float | np.ndarray = _quantity("m", "kg", "effective mass of the mirror", "positive")
    angular_velocity: float | np.ndarray = _quantity(
        r"\Omega", "rad/s", "angular velocity of the resonator, positive counter-clockwise"
    )
    temperature: float | np.ndarray = _quantity(
        "T", "K", "temperature of the mechanical bath", "nonnegative"
    )
    power: float | np.ndarray = _quantity("P", "W", "power of the driving laser", "nonnegative")
    omega_m: float | np.ndarray = _quantity(
        r"\omega_m", "rad/s", "mechanical frequency", "positive"
    )
    gamma_m: float | np.ndarray = _quantity(
        r"\gamma_m", "rad/s", "mechanical damping rate", "nonnegative"
    )
    kappa: float | np.ndarray = _quantity(
        r"\kappa", "rad/s", "cavity amplitude decay rate", "positive"
    )
    gamma_a: float | np.ndarray = _quantity(
        r"\gamma_a", "rad/s", "atomic amplitude decay rate", "positive"
    )
    G_a: float | np.ndarray = _quantity(
        "G_a", "rad/s", "collective coupling of the atoms to each cavity mode", "nonnegative"
    )
    Delta_a: float | np.ndarray = _quantity(
        r"\Delta_a", "rad/s", "detuning of the atoms from the laser"
    )
    Delta_c: float | np.ndarray = _quantity(
        r"\Delta_c", "rad/s", "detuning of the stationary cavity from the laser"
    )
    drive: str

    def __init__(self, **values):
        _refuse_unknown(values)
        for field in dataclasses.fields(self):
            if field.name == "drive":
                continue
            if field.name not in values and field.default is dataclasses.MISSING:
                quantity = field.metadata["quantity"]
                raise ParameterError(
                    f"{field.name} is missing: give the {quantity.meaning} in {quantity.unit}, "
                    "or start from omcore.PAPER.replace(...)"
                )
            object.__setattr__(
                self, field.name, _checked(field, values.get(field.name, field.default))
            )
        object.__setattr__(self, "drive", _checked_drive(values.get("drive")))
        _ = self.shape  # shapes that do not broadcast are refused here, before any work

    def replace(self, **changes) -> Parameters:
        """A copy with some fields changed.

        >>> from omcore import PAPER
        >>> PAPER.replace(temperature=1.0).temperature
        1.0
        """
        _refuse_unknown(changes)
        copy = object.__new__(Parameters)  # only what changes needs a check
        vars(copy).update(vars(self))
        for name, value in changes.items():
            check = _checked_drive if name == "drive" else partial(_checked, _FIELD[name])
            vars(copy)[name] = check(value)
        _ = copy.shape
        return copy

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape that all fields broadcast to.

        >>> from omcore import PAPER
        >>> PAPER.replace(kappa=[[1e7], [2e7]], gamma_a=[1e7, 2e7, 3e7]).shape
        (2, 3)
        """
        shapes = {name: np.shape(getattr(self, name)) for name in _FIELDS}
        try:
            return np.broadcast_shapes(*shapes.values())
        except ValueError:
            arrays = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
            raise ParameterError(
                f"shapes that do not broadcast: {arrays} (each in its own unit); "
                "give equal lengths, or put sweeps on separate axes, as in kappa[:, None]"
            ) from None

    def with_trailing_axis(self) -> Parameters:
        """A copy whose arrays have one more axis at the end, to broadcast over the branches.

        >>> from omcore import PAPER
        >>> PAPER.replace(Delta_c=[1e7, 2e7]).with_trailing_axis().shape
        (2, 1)
        """
        arrays = {n: getattr(self, n)[..., None] for n in _FIELDS if np.ndim(getattr(self, n))}
        return self.replace(**arrays)

    def flat(self, part: slice) -> Parameters:
        """The points of a sweep numbered by ``part``, in C order, as a sweep along one axis.

        >>> from omcore import PAPER
        >>> PAPER.replace(kappa=[[1e7], [2e7]], gamma_a=[1e7, 2e7, 3e7]).flat(slice(4, 6)).gamma_a
        array([20000000., 30000000.])
        """
        arrays = {n: getattr(self, n) for n in _FIELDS if np.ndim(getattr(self, n))}
        return self.replace(**{n: np.broadcast_to(a, self.shape).flat[part] for n, a in arrays.items()})

    @property
    def omega_0(self):
        """Laser frequency ``ω_0 = 2πc/λ``, in rad/s; it also stands for ω_c in Δ_F and G_0."""
        return 2 * np.pi * c / self.wavelength

    @property
    def G_0(self):
        """Single-photon coupling ``G_0 = (ω_0/R) √(ħ/mω_m)``, in rad/s, below Eq. 2."""
        return self.omega_0 / self.radius * np.sqrt(hbar / (self.mass * self.omega_m))

    @property
    def drive_amplitude(self):
        """Amplitude of the drive ``ε = √(2κP/ħω_0)``, in rad/s, below Eq. 2."""
        return np.sqrt(2 * self.kappa * self.power / (hbar * self.omega_0))

    @property
    def n_m(self):
        """Thermal phonon number ``1/(exp(ħω_m/k_B T) - 1)``, below Eq. 6; zero at T = 0."""
        with np.errstate(divide="ignore", over="ignore"):
            ratio = np.divide(hbar * self.omega_m, Boltzmann * np.asarray(self.temperature))
            return (1 / np.expm1(ratio))[()]

    def __eq__(self, other):
        if not isinstance(other, Parameters):
            return NotImplemented
        return all(np.array_equal(getattr(self, n), getattr(other, n)) for n in (*_FIELDS, "drive"))

    __hash__ = None

    def __repr__(self):
        lines = (
            f"    {name}={getattr(self, name)!r},  # {QUANTITIES[name].unit}" for name in _FIELDS
        )
        return "Parameters(\n" + "\n".join(lines) + f"\n    drive={self.drive!r},\n)"


_FIELDS = tuple(field.name for field in dataclasses.fields(Parameters) if field.name != "drive")

_FIELD = {field.name: field for field in dataclasses.fields(Parameters)}

QUANTITIES: dict[str, Quantity] = {
    field.name: field.metadata["quantity"]
    for field in dataclasses.fields(Parameters)
    if field.name != "drive"
} | {
    "omega_0": Quantity(r"\omega_0", "rad/s", "frequency of the driving laser"),
    "G_0": Quantity("G_0", "rad/s", "single-photon optomechanical coupling"),
    "drive_amplitude": Quantity(r"\varepsilon", "rad/s", "amplitude of the drive"),
    "n_m": Quantity("n_m", "1", "thermal phonon number of the mechanical bath"),
    "Delta_F": Quantity(r"\Delta_F", "rad/s", "Sagnac-Fizeau shift of the cavity modes"),
    "Delta_cw": Quantity(r"\Delta_\mathrm{cw}", "rad/s", "detuning of the clockwise mode"),
    "Delta_ccw": Quantity(r"\Delta_\mathrm{ccw}", "rad/s", "detuning of the counter-clockwise mode"),
}
"""Symbol, unit and meaning of every field of Parameters and of the numbers derived from them."""


def _refuse_unknown(values):
    known = (*_FIELDS, "drive")
    for name in values:
        if name not in known:
            raise ParameterError(
                f"{name} = {values[name]!r} is no parameter (unit unknown); use one of {', '.join(known)}"
            )


def _checked(field, value):
    """The value as a float or a read-only float array, or a ParameterError."""
    quantity = field.metadata["quantity"]

    def refuse(value, problem, remedy):
        raise ParameterError(
            f"{field.name} = {value!r} {quantity.unit}: the {quantity.meaning} {problem}; {remedy}"
        )

    try:
        array = np.asarray(value)
    except ValueError:
        refuse(value, "must be a number or an array of one shape", "give rows of equal length")
    if array.dtype.kind not in "iuf":
        refuse(value, "must be a real number", f"give a float, or an array of floats, in {quantity.unit}")
    array = np.array(array, dtype=float)  # a copy: nobody can change it from outside
    wrong = {
        "must be finite": (~np.isfinite(array), "a finite value in"),
        "must be positive": (quantity.sign == "positive" and array <= 0, "a value > 0"),
        "must not be negative": (quantity.sign == "nonnegative" and array < 0, "a value >= 0"),
    }
    for problem, (where, remedy) in wrong.items():
        if np.any(where):
            refuse(float(array[where][0]), problem, f"give {remedy} {quantity.unit}")
    array.flags.writeable = False
    return float(array) if array.ndim == 0 else array


def _checked_drive(drive):
    if isinstance(drive, str) and drive in DRIVES:
        return drive
    raise ParameterError(
        f"drive = {drive!r} (a direction, no unit) is neither of the two; give 'cw' or 'ccw'"
    )


PAPER = Parameters(
    refractive_index=1.48,
    radius=1.1e-3,
    wavelength=1550e-9,
    mass=10e-12,
    angular_velocity=30e3,
    temperature=5e-3,
    power=40e-3,
    omega_m=63e6,
    gamma_m=5.2e3,
    kappa=38e6,
    gamma_a=38e6,
    G_a=0.6 * 63e6,
    Delta_a=-1.1 * 63e6,
    Delta_c=2.5 * 63e6,
    drive="ccw",
)
"""The parameters of Fig. 1(c), as listed in Sec. III.A, at the CCW operating point."""


def operating_points(p: Parameters = PAPER) -> dict[str, Parameters]:
    """The three cases that the figures share, all else as in ``p``.

    The resonator at rest, spinning and driven clockwise, spinning and driven counter-clockwise,
    at Delta_c/omega_m = 1, -1 and 2.5: where the paper finds E_am largest (Fig. 2, caption).

    Examples
    --------
    >>> [case.drive for case in operating_points().values()]
    ['ccw', 'cw', 'ccw']
    """
    return {
        "stationary": p.replace(drive="ccw", angular_velocity=0.0, Delta_c=1.0 * p.omega_m),
        "cw": p.replace(drive="cw", Delta_c=-1.0 * p.omega_m),
        "ccw": p.replace(drive="ccw", Delta_c=2.5 * p.omega_m),
    }


CASES: dict[str, Parameters] = operating_points(PAPER)
"""The three operating points of the figures, at the parameters of the paper."""
