"""The parameters of the model: values, units, symbols, and what each may be.

A field's unit, LaTeX symbol and meaning are written here and nowhere else, and so are the unit in
which readers meet it and the slider that moves it. The notation page, the sliders of the notebooks
and of the pages, the axis labels and the error messages all read them.
"""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.constants import Boltzmann, c, hbar

from .conventions import DRIVES
from .errors import ParameterError, UnitWarning
from .numerics.blocks import at
from .quantities import Quantity, Shown, checked, common_shape

RATIOS = (1e-3, 1e2)  # in rad/s; a rate in here beside a mirror of 1e5 rad/s or more is a ratio


def _quantity(symbol, unit, meaning, sign="any", *, shown, **default):
    quantity = Quantity(symbol, unit, meaning, sign, Shown(*shown))
    return dataclasses.field(metadata={"quantity": quantity}, **default)


@dataclass(frozen=True, kw_only=True, eq=False)
class Parameters:
    """All that the Hamiltonian, Eq. 2, and its baths, Eq. 6, depend on.

    Rates are angular rates in rad/s, named by their symbol; laboratory quantities are in SI
    units, named by their word. Every number may be an array. Arrays broadcast against each
    other, and ``shape`` is the shape of every result: a sweep is one call.

    Raises
    ------
    ParameterError
        For an unknown field, a value that is not a finite real number, one out of its range or with
        another unit of its own, a drive that is neither "cw" nor "ccw", or shapes that do not
        broadcast. A rate that is obviously a
        ratio to omega_m brings a UnitWarning.

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> sweep = om.PAPER.replace(drive="cw", Delta_c=om.PAPER.omega_m * np.linspace(-2, 4, 601))
    >>> sweep.shape
    (601,)
    >>> om.PAPER.replace(kappa=-1.0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    omcore.errors.ParameterError: kappa = -1.0 rad/s: ... must be positive; give a value > 0 in rad/s
    """

    refractive_index: float | np.ndarray = _quantity(
        "n", "1", "refractive index of the resonator", "positive", shown=("1", 1.0, 3.5, 0.01)
    )
    radius: float | np.ndarray = _quantity(
        "R", "m", "radius of the resonator", "positive", shown=("mm", 0.05, 5.0, 0.05)
    )
    wavelength: float | np.ndarray = _quantity(
        r"\lambda",
        "m",
        "vacuum wavelength of the driving laser",
        "positive",
        shown=("nm", 400.0, 2000.0, 10.0),
    )
    dispersion: float | np.ndarray = _quantity(
        r"\mathrm{d}n/\mathrm{d}\lambda",
        "1/m",
        "dispersion of the resonator",
        shown=("1/µm", -0.1, 0.1, 0.001),
        default=0.0,
    )
    mass: float | np.ndarray = _quantity(
        "m", "kg", "effective mass of the mirror", "positive", shown=("ng", 1.0, 1e3, 0.05, True)
    )
    angular_velocity: float | np.ndarray = _quantity(
        r"\Omega",
        "rad/s",
        "angular velocity of the resonator, positive counter-clockwise",
        shown=("krad/s", -60.0, 60.0, 0.5),
    )
    temperature: float | np.ndarray = _quantity(
        "T",
        "K",
        "temperature of the mechanical bath",
        "nonnegative",
        shown=("mK", 0.05, 5e3, 0.05, True),
    )
    power: float | np.ndarray = _quantity(
        "P", "W", "power of the driving laser", "nonnegative", shown=("mW", 0.0, 100.0, 0.5)
    )
    omega_m: float | np.ndarray = _quantity(
        r"\omega_m", "rad/s", "mechanical frequency", "positive", shown=("Mrad/s", 10.0, 200.0, 1.0)
    )
    gamma_m: float | np.ndarray = _quantity(
        r"\gamma_m",
        "rad/s",
        "mechanical damping rate",
        "nonnegative",
        shown=("krad/s", 0.052, 52.0, 0.05, True),
    )
    kappa: float | np.ndarray = _quantity(
        r"\kappa",
        "rad/s",
        "cavity amplitude decay rate",
        "positive",
        shown=("omega_m", 0.05, 3.0, 0.01),
    )
    gamma_a: float | np.ndarray = _quantity(
        r"\gamma_a",
        "rad/s",
        "atomic amplitude decay rate",
        "positive",
        shown=("omega_m", 0.05, 3.0, 0.01),
    )
    G_a: float | np.ndarray = _quantity(
        "G_a",
        "rad/s",
        "collective coupling of the atoms to each cavity mode",
        "nonnegative",
        shown=("omega_m", 0.0, 1.5, 0.01),
    )
    Delta_a: float | np.ndarray = _quantity(
        r"\Delta_a",
        "rad/s",
        "detuning of the atoms from the laser",
        shown=("omega_m", -3.0, 3.0, 0.02),
    )
    Delta_c: float | np.ndarray = _quantity(
        r"\Delta_c",
        "rad/s",
        "detuning of the stationary cavity from the laser",
        shown=("omega_m", -4.0, 6.0, 0.05),
    )
    backscattering: float | np.ndarray = _quantity(
        "J",
        "rad/s",
        "rate at which a scatterer at rest in the laboratory couples the two cavity modes",
        "nonnegative",
        shown=("omega_m", 0.0, 1.0, 0.01),
        default=0.0,
    )
    backscattering_phase: float | np.ndarray = _quantity(
        r"\theta_J",
        "rad",
        "phase of the scattering from cw into ccw, fixed by where the scatterer stands",
        shown=("°", -180.0, 180.0, 5.0),
        default=0.0,
    )
    counter_drive: float | np.ndarray = _quantity(
        "f",
        "1",
        "fraction of the power that comes from the other side",
        "fraction",
        shown=("1", 0.0, 1.0, 0.01),
        default=0.0,
    )
    counter_drive_phase: float | np.ndarray = _quantity(
        r"\theta_f",
        "rad",
        "phase of the light from the other side",
        shown=("°", -180.0, 180.0, 5.0),
        default=0.0,
    )
    undriven_coupling: float | np.ndarray = _quantity(
        r"\eta",
        "1",
        "coupling of the atoms to the undriven mode, in units of G_a",
        shown=("1", 0.0, 2.0, 0.02),
        default=1.0,
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
            vars(self)[field.name] = _checked(field.name, values.get(field.name, field.default))
        vars(self)["drive"] = _checked_drive(values.get("drive"))
        self._check_together()

    def replace(self, **changes) -> Parameters:
        """A copy with some fields changed.

        >>> from omcore import PAPER
        >>> PAPER.replace(temperature=1.0).temperature
        1.0
        """
        _refuse_unknown(changes)
        copy = self._copy(  # only what changes needs a check
            {n: _checked_drive(v) if n == "drive" else _checked(n, v) for n, v in changes.items()}
        )
        copy._check_together()
        return copy

    def in_omega_m(self, **ratios) -> Parameters:
        """A copy with some rates given in units of omega_m, as the paper's figures do.

        >>> from omcore import PAPER
        >>> PAPER.in_omega_m(Delta_c=2.5) == PAPER.replace(Delta_c=2.5 * PAPER.omega_m)
        True
        """
        _refuse_unknown(ratios)
        for name, ratio in ratios.items():
            if name in QUANTITIES and (QUANTITIES[name].unit != "rad/s" or name == "omega_m"):
                raise ParameterError(
                    f"{name} = {ratio!r} cannot be in units of omega_m: its unit is "
                    f"{QUANTITIES[name].unit}; give it to replace()"
                )
        omega_m = np.asarray(self.omega_m)
        checked_ratios = {
            n: checked(n, r, Quantity("", "omega_m", "ratio")) for n, r in ratios.items()
        }
        common_shape({n: r.shape for n, r in checked_ratios.items()} | {"omega_m": omega_m.shape})
        return self.replace(**{name: ratio * omega_m for name, ratio in checked_ratios.items()})

    __iter__ = None  # a sweep is one call, not a loop

    def __getitem__(self, index) -> Parameters:
        """The points of a sweep that an index of NumPy picks.

        >>> from omcore import PAPER
        >>> PAPER.replace(kappa=[[1e7], [2e7]], gamma_a=[1e7, 2e7, 3e7])[1, 2].gamma_a
        30000000.0
        """
        shape = self.shape
        arrays = {n: getattr(self, n) for n in _NUMBERS if np.ndim(getattr(self, n))}
        if not arrays:
            raise IndexError(
                "these Parameters are one point, not a sweep: there is nothing to pick"
            )
        picked = {n: np.array(at(np.broadcast_to(a, shape), index)) for n, a in arrays.items()}
        return self._copy({n: _unchangeable(a) for n, a in picked.items()})

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape that all fields broadcast to.

        >>> from omcore import PAPER
        >>> PAPER.replace(kappa=[[1e7], [2e7]], gamma_a=[1e7, 2e7, 3e7]).shape
        (2, 3)
        """
        return common_shape({name: np.shape(getattr(self, name)) for name in _NUMBERS})

    def _copy(self, changes) -> Parameters:
        copy = object.__new__(Parameters)
        vars(copy).update(vars(self) | changes)
        vars(copy).pop("shape", None)  # that of the original
        return copy

    def _check_together(self):
        _ = self.shape  # shapes that do not broadcast are refused here, before any work
        slowest = np.min(self.omega_m, initial=np.inf)
        if slowest < 1e5:
            return
        for name in ("kappa", "gamma_a", "G_a", "Delta_a", "Delta_c", "backscattering"):
            largest = np.max(np.abs(getattr(self, name)), initial=0)
            if RATIOS[0] <= largest <= RATIOS[1]:
                warnings.warn(
                    f"{name} = {getattr(self, name)} rad/s, beside omega_m = {slowest:.3g} "
                    f"rad/s, looks like a ratio of the two; give it by in_omega_m({name}=...)",
                    UnitWarning,
                    stacklevel=3,
                )

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
        return all(
            np.array_equal(getattr(self, n), getattr(other, n)) for n in (*_NUMBERS, "drive")
        )

    __hash__ = None

    def __repr__(self):
        lines = (
            f"    {name}={getattr(self, name)!r},  # {QUANTITIES[name].unit}" for name in _NUMBERS
        )
        return "Parameters(\n" + "\n".join(lines) + f"\n    drive={self.drive!r},\n)"


def as_parameters(p) -> Parameters:
    """Parameters as they are; anything else is refused.

    >>> as_parameters({"kappa": 1e7})
    Traceback (most recent call last):
    omcore.errors.ParameterError: p is no set of parameters but of type dict (no unit); give Parameters, ...
    """
    if isinstance(p, Parameters):
        return p
    raise ParameterError(
        f"p is no set of parameters but of type {type(p).__name__} (no unit); "
        "give Parameters, as om.PAPER.replace(kappa=...): nothing else knows its radius, mass and temperature"
    )


_NUMBERS = tuple(field.name for field in dataclasses.fields(Parameters) if field.name != "drive")

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
    "Delta_ccw": Quantity(
        r"\Delta_\mathrm{ccw}", "rad/s", "detuning of the counter-clockwise mode"
    ),
}
"""Symbol, unit and meaning of every field of Parameters and of the numbers derived from them."""


def _refuse_unknown(values):
    known = (*_NUMBERS, "drive")
    for name in values:
        if name not in known:
            nearest = difflib.get_close_matches(name.lower(), known, 1, 0.5)
            guess = f"do you mean {nearest[0]}? " if nearest else ""
            raise ParameterError(
                f"{name} = {values[name]!r} is no parameter (unit unknown); "
                f"{guess}use one of {', '.join(known)}"
            )


def _checked(name, value):
    """The value as a float or a read-only float array, or a ParameterError."""
    return _unchangeable(checked(name, value, QUANTITIES[name]))


def _unchangeable(array):
    array.flags.writeable = False
    return float(array) if array.ndim == 0 else array


def _checked_drive(drive):
    if isinstance(drive, str) and drive in DRIVES:
        return drive
    raise ParameterError(
        f"drive = {drive!r} (a direction, no unit) is neither of the two; give 'cw' or 'ccw'"
    )


def _describe_fields():
    """Put the fields where help() and completion look for them."""
    fields = dataclasses.fields(Parameters)
    lines = [
        f"{n} : {QUANTITIES[n].meaning}, in {QUANTITIES[n].unit}".removesuffix(", in 1")
        for n in _NUMBERS
    ]
    listed = "\n".join([*lines, 'drive : "cw" or "ccw", the cavity mode that the laser drives'])
    # Python 3.13 takes the indent off a docstring, and -OO leaves none.
    head, mark, tail = inspect.cleandoc(Parameters.__doc__).partition("Raises\n")
    Parameters.__doc__ = f"{head}Parameters\n----------\n{listed}\n\n{mark}{tail}"
    keyword = inspect.Parameter.KEYWORD_ONLY
    default = lambda f: inspect.Parameter.empty if f.default is dataclasses.MISSING else f.default
    every = [
        inspect.Parameter(f.name, keyword, default=default(f), annotation=f.type) for f in fields
    ]
    some = [p.replace(default=None) for p in every]
    this = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    Parameters.__signature__ = inspect.Signature(every)
    Parameters.replace.__signature__ = inspect.Signature([this, *some])
    rates = [p for p in some if p.name in QUANTITIES and QUANTITIES[p.name].unit == "rad/s"]
    Parameters.in_omega_m.__signature__ = inspect.Signature([this, *rates])


_describe_fields()

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
