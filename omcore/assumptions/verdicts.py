"""The assumptions of the model, each measured at given parameters, with a verdict."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.constants import Boltzmann, c, hbar

from ..baths import occupation
from ..conventions import ParameterError
from ..gaussian.symplectic import symplectic_eigenvalues
from ..parameters import Parameters, as_parameters
from ..quantities import Quantity, checked
from ..resonator import sagnac_shift
from ..solution import Solution, solve
from ..systems import System
from ..typography import as_written
from . import disc
from .cryostat import cooling_power
from .laser import linewidth_left
from .noise import noise_colour
from .technical import one_number, push, slow, strength_left, white

FEW = 0.01  # limit of "small", unless a line says otherwise
SHARPEST = 2 * np.pi * 0.01  # rad/s, line width of the most stable lasers, Matei et al. 2017
# A line of 25 Hz (Zhang et al. 2019) as an rms, rad/s, if it is Gaussian.
STEADIEST = 2 * np.pi * 25 / 2.355
# -170 dB/Hz, one-sided: the lowest floor of a solid-state laser in the glossary of photonica.io. Whether
# the shot noise is in it is not said; as taken here, all of it is excess.
QUIETEST = 1e-17


@dataclass(frozen=True, eq=False)
class Assumption:
    """One assumption: it holds where the value does not exceed the limit.

    name : a word or two
    assumed : the assumption in words
    value : array (...), the number that measures it, of the shape of the parameters
    limit : the largest value for which it holds
    note : the meaning of the value
    holds : bool array (...); False where the value is NaN, as it is without a steady state
    """

    name: str
    assumed: str
    value: np.ndarray
    limit: float
    note: str
    holds: np.ndarray = None

    def __post_init__(self):
        if self.holds is None:
            vars(self)["holds"] = (np.asarray(self.value) <= self.limit)[()]

    def row(self):
        """Name, largest value, limit, verdict and note, as text.

        >>> Assumption("small", "x is small", np.array([0.1, 3.0]), 1.0, "x").row()
        ['small', '3', '1', '1 of 2', 'x']
        """
        points, number = np.size(self.holds), int(np.sum(self.holds))
        verdict = f"{number} of {points}" if points > 1 else "holds" if number else "fails"
        known = np.asarray(self.value)[np.isfinite(self.value)]
        value = f"{known.max():.2g}" if known.size else "none"
        return [self.name, value, f"{self.limit:.2g}", verdict, self.note]


class Assumptions(tuple):
    """A tuple of assumptions, also indexed by name, shown as a table of the largest values."""

    def __getitem__(self, key):
        if not isinstance(key, str):
            return super().__getitem__(key)
        named = {one.name: one for one in self}
        if key not in named:
            raise KeyError(f"{key!r} is no assumption; use one of {[*named]}")
        return named[key]

    @property
    def hold(self) -> np.ndarray:
        """Where all of them hold, bool array (...)."""
        return np.all([one.holds for one in self], axis=0)

    def __repr__(self):
        rows = [["assumption", "value", "limit", "verdict", "what the value is"]]
        rows += [one.row() for one in self]
        widths = [max(len(row[k]) for row in rows) for k in range(4)]
        padded = [map(str.ljust, row, [*widths, 0]) for row in rows]
        return "\n".join("  ".join(cells).rstrip() for cells in padded)

    def _repr_markdown_(self):
        head = "| assumption | value | limit | verdict | what the value is |\n|---|---|---|---|---|"
        rows = ("| " + " | ".join(map(as_written, one.row())) + " |" for one in self)
        return "\n".join([head, *rows])


def validity(
    p,
    reading="self-consistent",
    *,
    atoms=1e6,
    quality=3.2e7,
    linewidth=SHARPEST,
    wander=STEADIEST,
    intensity_noise=QUIETEST,
    absorbed=1e-3,
    circulation=1e-3,
    frequency=None,
    temperature=None,
) -> Assumptions:
    r"""The assumptions of the model, each measured at every point of a sweep, with a verdict.

    Each assumption has a value that must not exceed its limit. The limits are conventions: 1 % where
    something must be small, unless a line says otherwise. A verdict is about the model at these
    parameters, not about whether they can be built.

    Parameters
    ----------
    p : Parameters or a System, scalars or a sweep. A System knows less: of the keywords below it takes
        frequency and temperature
    reading : "self-consistent" or "bare-detuning", see ``omcore.mean_field``
    atoms : number of atoms, which the equations do not contain
    quality : quality factor of the loaded resonator, which they do not contain either
    linewidth : of the laser where p has no ``laser_linewidth``, full width at half maximum in rad/s, 2π
        times hertz; the default is 10 mHz, Matei et al., PRL 118, 263202 (2017). Its frequency noise is
        taken to be white
    wander : rms of the laser's frequency in rad/s over a measurement, slower than everything in the model,
        and not read along with it; the default is a line of 25 Hz, Zhang et al., arXiv:1906.00104
    intensity_noise : of the laser near omega_m, relative, 1/Hz, one-sided, beyond the shot noise; the
        default is -170 dB/Hz, all of it taken as excess
    absorbed : fraction of the laser's power that becomes heat in the cryostat
    circulation : of the dilution refrigerator, mol/s of helium-3; the default is that of a large one
    frequency : of each mode of light and matter of a System, array (n,), rad/s, 2π times hertz
    temperature : of the baths of a System, K. With both, the line "baths" says what n would be

    Returns
    -------
    Assumptions, a tuple of records with name, assumed, value, limit, holds and note; value and holds
        are arrays of ``p.shape``. Without a steady state, a value that needs one is NaN and its assumption
        fails; so do those of the laser's noise where E_am is zero.

    Raises
    ------
    ParameterError
        If p is neither Parameters nor a System, the reading is unknown, or a keyword not one number: atoms,
        quality and circulation positive, linewidth, wander and intensity_noise not negative, absorbed from 0
        to 1.

    Examples
    --------
    >>> import omcore as om
    >>> found = om.validity(om.PAPER)
    >>> print([one.name for one in found if not one.holds])
    ['few atoms excited', 'sharp laser', 'steady power', 'disc that holds the light', 'cold bath']
    >>> print(f"{found['few atoms excited'].value:.1e} atoms are needed")
    1.1e+11 atoms are needed
    >>> print(f"a laser of 10 mHz is {found['sharp laser'].value:.0f} times too wide")
    a laser of 10 mHz is 44 times too wide
    """
    if isinstance(p, System):
        return _of_a_system(solve(p, reading), frequency, temperature)
    if frequency is not None or temperature is not None:
        raise ParameterError(
            f"frequency = {frequency!r:.60} (rad/s) or temperature = {temperature!r:.60} (K) is given beside "
            "Parameters, which know both; leave them out, or use p.replace(temperature=...)"
        )
    p = as_parameters(p)
    atoms = one_number("atoms", atoms, "1", "number of atoms")
    quality = one_number("quality", quality, "1", "quality factor")
    width = "line width of the laser"
    linewidth = one_number("linewidth", linewidth, "rad/s", width, "nonnegative")
    wander = one_number(
        "wander", wander, "rad/s", "rms of the frequency of the laser", "nonnegative"
    )
    noise = "relative intensity noise of the laser"
    intensity_noise = one_number("intensity_noise", intensity_noise, "1/Hz", noise, "nonnegative")
    absorbed = one_number("absorbed", absorbed, "1", "fraction that becomes heat", "fraction")
    circulation = one_number("circulation", circulation, "mol/s", "circulation of helium-3")
    s = solve(p, reading)
    found = [*_of_the_state(s, atoms), *_of_the_noise(s)]
    found += [*_of_the_laser(s, linewidth, wander, intensity_noise)]
    found += [*_of_the_frequencies(p, quality), *_of_the_glass(p)]
    found += [_of_the_cold(p, absorbed, circulation)]
    whole = lambda array: np.array(np.broadcast_to(array, p.shape))[()]
    return Assumptions(replace(x, value=whole(x.value), holds=whole(x.holds)) for x in found)


def _of_a_system(s: Solution, frequency, temperature) -> Assumptions:
    """What can be said of a System: its state, its mirrors, and its baths."""
    system, n = s.system, len(s.system.modes)
    least = symplectic_eigenvalues(s.V)[..., 0]
    light = (abs(s.mean_field.amplitudes) ** 2).sum(-1)
    noise = sum(s.quanta(mode) for mode in system.modes)
    found = [
        Assumption(
            "stable", "small fluctuations decay", s.growth, 0.0,
            "fastest growth, in the unit of the rates", s.stable,
        ),
        Assumption(
            "quantum state", "V obeys the uncertainty relation", 0.5 / least, 1.0,
            "vacuum 1/2 over the least symplectic eigenvalue of V", s.physical,
        ),
    ]  # fmt: skip
    if not system.coupling.any() and system.drive.any():
        found.append(Assumption(
            "small fluctuations", "products of fluctuations are left out", noise / light, FEW,
            "quanta of the fluctuations over those of the mean field",
        ))  # fmt: skip
    if system.mirrors:
        ratio = (system.gamma_m / system.omega_m).max()
        found.append(
            Assumption("weak damping", "omega_m/gamma_m >> 1", ratio, FEW, "gamma_m over omega_m")
        )
    found.append(_of_the_baths(system, n, frequency, temperature))
    whole = lambda array: np.array(np.broadcast_to(array, system.shape))[()]
    return Assumptions(replace(x, value=whole(x.value), holds=whole(x.holds)) for x in found)


def _of_the_baths(system, n, frequency, temperature):
    assumed = "baths of light and matter are as warm as n says"
    given = {
        "frequency": (frequency, "rad/s", "positive"),
        "temperature": (temperature, "K", "nonnegative"),
    }
    for name, (value, unit, sign) in given.items():
        if value is not None:
            checked(name, value, Quantity("", unit, f"{name} of a bath", sign))
    if np.ndim(temperature):
        raise ParameterError(
            f"temperature has shape {np.shape(temperature)} (K); give one, and call once for each"
        )
    if frequency is None or temperature is None:
        return Assumption(
            "baths",
            assumed,
            np.nan,
            FEW,
            "unknown: give frequency (rad/s, one for each mode) and temperature (K)",
        )
    would = occupation(frequency, temperature)
    if np.shape(would) not in ((), (n,)):
        raise ParameterError(
            f"frequency has shape {np.shape(frequency)} (rad/s); give one for each mode of {system.modes}"
        )
    would = np.broadcast_to(would, n)
    listed = ", ".join(f"{mode} {x:.3g}" for mode, x in zip(system.modes, would, strict=True))
    missing = np.abs(would - system.n).max(-1)
    return Assumption(
        "baths", assumed, missing, FEW, f"quanta by which n is off; n would be {listed}"
    )


def _of_the_state(s: Solution, atoms):
    p, alpha = s.parameters, s.mean_field
    yield Assumption(
        "stable", "small fluctuations decay", s.growth / p.omega_m, 0.0,
        "fastest growth over omega_m, negative where all decay", s.stable,
    )  # fmt: skip
    least = symplectic_eigenvalues(s.V)[..., 0]
    yield Assumption(
        "quantum state", "V obeys the uncertainty relation", 0.5 / least, 1.0,
        "vacuum 1/2 over the least symplectic eigenvalue of V", s.physical,
    )  # fmt: skip
    needed = (abs(alpha.c) ** 2 + s.quanta("a")) / FEW
    yield Assumption(
        "few atoms excited", "atoms are an oscillator", needed, atoms,
        f"atoms of which the excited ones are {FEW:.0%}; the limit is the atoms there are",
        needed <= atoms,
    )  # fmt: skip
    light = abs(alpha.alpha_ccw) ** 2 + abs(alpha.alpha_cw) ** 2
    noise = s.quanta("ccw") + s.quanta("cw")
    share = np.where(noise > 1e-9, noise / (light + np.maximum(noise, 1e-9)), 0 * noise)
    yield Assumption(
        "small fluctuations", "products of fluctuations are left out", share, FEW,
        "photons of the fluctuations over all photons",
    )  # fmt: skip
    yield Assumption(
        "small jitter", "the mirror shakes a mode by less than its linewidth",
        p.G_0 * np.sqrt(s.V[..., -2, -2]) / p.kappa, FEW, "G_0 sqrt(V_qq) over kappa",
    )  # fmt: skip


def _of_the_noise(s: Solution):
    p = s.parameters
    lines = np.moveaxis(np.linalg.eigvals(s.A).imag, -1, 0)
    yield Assumption(
        "white noise", "Brownian noise has no memory", abs(noise_colour(p, lines) - 1).max(0), 0.1,
        "largest change of its spectrum from omega_m to a line of the drift matrix",
    )  # fmt: skip
    yield Assumption(
        "weak damping", "omega_m/gamma_m >> 1", p.gamma_m / p.omega_m, FEW, "gamma_m over omega_m"
    )
    with np.errstate(divide="ignore", over="ignore"):
        photons = 1 / np.expm1(hbar * p.omega_0 / (Boltzmann * np.asarray(p.temperature)))
    yield Assumption(
        "dark baths", "light and atoms meet a vacuum", photons, FEW, "thermal photons at omega_0"
    )


def _of_the_laser(s: Solution, linewidth, wander, intensity_noise):
    p = s.parameters
    own = np.asarray(p.laser_linewidth)
    yield Assumption(
        "sharp laser", "the drive keeps its phase",
        np.where(own > 0, own, linewidth) / linewidth_left(s), 1.0,
        "line width of the laser over the one that halves E_am, for white frequency noise",
    )  # fmt: skip
    turn, brighter = push(s, "laser frequency"), push(s, "laser power")
    yield Assumption(
        "steady frequency", "the laser does not wander while one measures",
        wander / np.sqrt(strength_left(s, slow(s, turn))), 1.0,
        "rms of its frequency, unread, over the one that halves E_am",
    )  # fmt: skip
    yield Assumption(
        "steady power", "the light has its shot noise only",
        intensity_noise / (2 * strength_left(s, white(s, brighter))), 1.0,
        "intensity noise of the laser beyond its shot noise, over the one that halves E_am",
    )  # fmt: skip
    yield Assumption(
        "light leaves by the coupler", "the drive comes in by all of the loss",
        1 - np.asarray(p.escape_efficiency), FEW, "part of kappa that leads elsewhere",
    )  # fmt: skip


def _of_the_frequencies(p: Parameters, quality):
    largest = np.maximum.reduce(np.broadcast_arrays(*map(
        np.abs, (p.Delta_c, p.Delta_a, p.G_a, p.kappa, p.gamma_a, p.omega_m, sagnac_shift(p))
    )))  # fmt: skip
    yield Assumption(
        "rotating wave", "what turns at twice the frequency of light averages out",
        largest / p.omega_0, FEW, "largest rate of the model over omega_0",
    )  # fmt: skip
    spacing = c / (p.refractive_index * p.radius)
    yield Assumption(
        "one mode each way", "neighbouring modes are far away", largest / spacing, FEW,
        "largest rate of the model over the spacing c/nR of the modes",
    )  # fmt: skip
    needed = p.omega_0 / (2 * p.kappa)
    yield Assumption(
        "quality", "kappa is the rate of the amplitude", needed, quality,
        "omega_0/2 kappa, for the energy decays at 2 kappa; the limit is the resonator's Q",
        needed <= quality,
    )  # fmt: skip


def _of_the_glass(p: Parameters):
    speed = abs(p.radius * p.angular_velocity)
    yield Assumption(
        "slow rim", "the shift is of first order in v/c", speed / c, 1e-3, "speed of the rim over c"
    )
    yield Assumption(
        "strong glass", "the disc does not burst", disc.spinning_stress(speed) / disc.STRENGTH, 1.0,
        "largest stress of a disc of silica over 50 MPa",
    )  # fmt: skip
    half = p.wavelength / (2 * p.refractive_index)
    yield Assumption(
        "disc that holds the light", "mass and radius belong to one piece of glass",
        half / disc.thickness(p.mass, p.radius), 1.0,
        "half a wavelength in glass over the thickness of a disc of silica",
    )  # fmt: skip


def _of_the_cold(p: Parameters, absorbed, circulation):
    heat = absorbed * np.asarray(p.power)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(heat > 0, heat / cooling_power(p.temperature, circulation), 0.0)
    return Assumption(
        "cold bath", "the light does not warm the bath", value, 1.0,
        f"heat, {absorbed:.2g} of the power, over what a dilution refrigerator takes away at T",
    )  # fmt: skip
