"""The laboratory's view of the paper's resonator: its numbers, what each may be, and the paper's values.

A field's unit, LaTeX symbol and meaning are written here and nowhere else. The notation page, the axis
labels, the sliders and the error messages all read them, as ``QUANTITIES``.
"""

from __future__ import annotations

import dataclasses
import difflib
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.constants import Boltzmann, c, hbar

from .conventions import DRIVES, MODES, ParameterError, UnitWarning, opposite
from .engine.blocks import at
from .quantities import Quantity, checked, common_shape

RATIOS = (1e-3, 1e2)  # in rad/s; a rate in here beside a mirror of 1e5 rad/s or more is a ratio
Numbers = float | np.ndarray


def _field(symbol, unit, meaning, sign="any", **default):
    quantity = Quantity(symbol, unit, meaning, sign)
    return dataclasses.field(metadata={"quantity": quantity}, **default)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Parameters:
    """All that the Hamiltonian, Eq. 2, and its baths, Eq. 6, depend on.

    Rates are angular rates in rad/s, named by their symbol; laboratory quantities are in SI
    units, named by their word; ``om.QUANTITIES`` says what each is. Every number may be an array.
    Arrays broadcast against each other, and ``shape`` is the shape of every result: a sweep is one call.

    Raises
    ------
    ParameterError
        For a value that is not a finite real number, one out of its range or with another unit of its
        own, a drive that is neither "cw" nor "ccw", or shapes that do not broadcast. A rate that is
        obviously a ratio to omega_m brings a UnitWarning.

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> sweep = om.PAPER.replace(drive="cw", Delta_c=om.PAPER.omega_m * np.linspace(-2, 4, 601))
    >>> sweep.shape
    (601,)
    >>> om.PAPER.replace(kappa=-1.0)
    Traceback (most recent call last):
    omcore.conventions.ParameterError: kappa = -1.0 rad/s: ... must be positive; give a value > 0 in rad/s
    """

    modes, names = MODES[:-1], MODES  # of light and matter, and the mirror's

    # fmt: off
    refractive_index: Numbers = _field("n", "1", "refractive index of the resonator", "positive")
    radius: Numbers = _field("R", "m", "radius of the resonator", "positive")
    wavelength: Numbers = _field(r"\lambda", "m", "vacuum wavelength of the driving laser", "positive")
    dispersion: Numbers = _field(
        r"\mathrm{d}n/\mathrm{d}\lambda", "1/m", "dispersion of the resonator", default=0.0)
    mass: Numbers = _field("m", "kg", "effective mass of the mirror", "positive")
    angular_velocity: Numbers = _field(
        r"\Omega", "rad/s", "angular velocity of the resonator, positive counter-clockwise")
    temperature: Numbers = _field("T", "K", "temperature of the mechanical bath", "nonnegative")
    power: Numbers = _field("P", "W", "power of the driving laser", "nonnegative")
    omega_m: Numbers = _field(r"\omega_m", "rad/s", "mechanical frequency", "positive")
    gamma_m: Numbers = _field(r"\gamma_m", "rad/s", "mechanical damping rate", "nonnegative")
    kappa: Numbers = _field(r"\kappa", "rad/s", "cavity amplitude decay rate", "positive")
    gamma_a: Numbers = _field(r"\gamma_a", "rad/s", "atomic amplitude decay rate", "positive")
    G_a: Numbers = _field(
        "G_a", "rad/s", "collective coupling of the atoms to each cavity mode", "nonnegative")
    Delta_a: Numbers = _field(r"\Delta_a", "rad/s", "detuning of the atoms from the laser")
    Delta_c: Numbers = _field(r"\Delta_c", "rad/s", "detuning of the stationary cavity from the laser")
    backscattering: Numbers = _field(
        "J", "rad/s", "rate at which a scatterer at rest in the laboratory couples the two cavity modes",
        "nonnegative", default=0.0)
    backscattering_phase: Numbers = _field(
        r"\theta_J", "rad", "phase of the scattering from cw into ccw, fixed by where the scatterer stands",
        default=0.0)
    counter_drive: Numbers = _field(
        "f", "1", "fraction of the power that comes from the other side", "fraction", default=0.0)
    counter_drive_phase: Numbers = _field(
        r"\theta_f", "rad", "phase of the light from the other side", default=0.0)
    undriven_coupling: Numbers = _field(
        r"\eta", "1", "coupling of the atoms to the undriven mode, in units of G_a", default=1.0)
    escape_efficiency: Numbers = _field(
        r"\kappa_\mathrm{ext}/\kappa", "1", "part of the cavity decay that leads to the coupler", "fraction",
        default=1.0)
    laser_linewidth: Numbers = _field(
        r"\Gamma_L", "rad/s", "full width at half maximum of a laser with white frequency noise",
        "nonnegative", default=0.0)
    drive: str
    # fmt: on

    def __post_init__(self):
        vars(self).update(_checked(vars(self)))
        self._check_together(callers=4)  # the __init__ of a dataclass is one more

    def replace(self, **changes) -> Parameters:
        """A copy with some fields changed.

        >>> from omcore import PAPER
        >>> PAPER.replace(temperature=1.0).temperature
        1.0
        """
        copy = self._copy(_checked(changes))  # only what changes needs a check
        copy._check_together()
        return copy

    def in_omega_m(self, **ratios) -> Parameters:
        """A copy with some rates given in units of omega_m, as the paper's figures do.

        >>> from omcore import PAPER
        >>> PAPER.in_omega_m(Delta_c=2.5) == PAPER.replace(Delta_c=2.5 * PAPER.omega_m)
        True
        """
        _refuse_unknown(ratios)
        shapes = {"omega_m": np.shape(self.omega_m)}
        for name, ratio in ratios.items():
            if name in QUANTITIES and (QUANTITIES[name].unit != "rad/s" or name == "omega_m"):
                raise ParameterError(
                    f"{name} = {ratio!r} cannot be in units of omega_m: its unit is "
                    f"{QUANTITIES[name].unit}; give it to replace()"
                )
            ratios[name] = checked(name, ratio, Quantity("", "omega_m", "ratio"))
            shapes[name] = ratios[name].shape
        common_shape(shapes)
        return self.replace(**{name: ratio * self.omega_m for name, ratio in ratios.items()})

    __iter__ = None  # a sweep is one call, not a loop

    def __getitem__(self, index) -> Parameters:
        """The points of a sweep that an index of NumPy picks.

        >>> from omcore import PAPER
        >>> PAPER.replace(kappa=[[1e7], [2e7]], gamma_a=[1e7, 2e7, 3e7])[1, 2].gamma_a
        30000000.0
        """
        arrays = {n: getattr(self, n) for n in _NUMBERS if np.ndim(getattr(self, n))}
        if not arrays:
            raise IndexError(
                "these Parameters are one point, not a sweep: there is nothing to pick"
            )
        picked = {n: np.array(at(np.broadcast_to(a, self.shape), index)) for n, a in arrays.items()}
        return self._copy({n: _unchangeable(a) for n, a in picked.items()})

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape that all fields broadcast to."""
        return common_shape({name: np.shape(getattr(self, name)) for name in _NUMBERS})

    def _copy(self, changes) -> Parameters:
        copy = object.__new__(Parameters)
        vars(copy).update(vars(self) | changes)
        vars(copy).pop("shape", None)  # that of the original
        return copy

    def _check_together(self, callers=3):
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
                    stacklevel=callers,
                )

    @property
    def aliases(self) -> dict[str, str]:
        """Other names of modes: the two that the drive gives."""
        return {"driven": self.drive, "undriven": opposite(self.drive)}

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
        """Amplitude of the drive ``ε = √(2κ_ext P/ħω_0)``, in rad/s, below Eq. 2."""
        rate = self.escape_efficiency * self.kappa
        return np.sqrt(2 * rate * self.power / (hbar * self.omega_0))

    @property
    def n_m(self):
        """Thermal phonon number ``1/(exp(ħω_m/k_B T) - 1)``, below Eq. 6; zero at T = 0."""
        return quanta(self.omega_m, self.temperature)

    def __eq__(self, other):
        if not isinstance(other, Parameters):
            return NotImplemented
        return all(np.array_equal(vars(self)[n], vars(other)[n]) for n in (*_NUMBERS, "drive"))

    __hash__ = None

    def __repr__(self):
        lines = (f"    {n}={getattr(self, n)!r},  # {QUANTITIES[n].unit}\n" for n in _NUMBERS)
        return f"Parameters(\n{''.join(lines)}    drive={self.drive!r},\n)"


def quanta(omega, T):
    """Mean quanta of a mode of frequency omega, rad/s, in a bath at T, kelvin."""
    with np.errstate(divide="ignore", over="ignore"):
        return (1 / np.expm1(np.divide(hbar * omega, Boltzmann * np.asarray(T))))[()]


_NUMBERS = tuple(field.name for field in dataclasses.fields(Parameters) if field.name != "drive")

QUANTITIES: dict[str, Quantity] = {
    f.name: f.metadata["quantity"] for f in dataclasses.fields(Parameters) if f.name in _NUMBERS
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


def as_parameters(p) -> Parameters:
    """Parameters as they are; anything else is refused."""
    if isinstance(p, Parameters):
        return p
    raise ParameterError(
        f"p is no set of parameters but of type {type(p).__name__} (no unit); "
        "give Parameters, as om.PAPER.replace(kappa=...): nothing else knows its radius, mass and temperature"
    )


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


def _checked(values) -> dict:
    """Fields as floats, read-only arrays of floats and a direction, or a ParameterError."""
    _refuse_unknown(values)
    drive = values.get("drive", "ccw")
    if not isinstance(drive, str) or drive not in DRIVES:
        raise ParameterError(
            f"drive = {drive!r} (a direction, no unit) is neither of the two; give 'cw' or 'ccw'"
        )
    numbers = {
        name: _unchangeable(checked(name, value, QUANTITIES[name]))
        for name, value in values.items()
        if name != "drive"
    }
    return values | numbers


def _unchangeable(array):
    array.flags.writeable = False
    return float(array) if array.ndim == 0 else array
