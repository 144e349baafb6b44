"""How readers meet the numbers of the model: in which unit, and on which slider."""

from dataclasses import dataclass

import numpy as np

import omcore as om

MODE_MEANINGS = {
    "ccw": "counter-clockwise cavity mode",
    "cw": "clockwise cavity mode",
    "a": "collective atomic mode",
    "m": "mechanical breathing mode",
}

QUADRATURES = (
    r"\delta X_\mathrm{ccw}", r"\delta Y_\mathrm{ccw}", r"\delta X_\mathrm{cw}", r"\delta Y_\mathrm{cw}",
    r"\delta x", r"\delta y", r"\delta q", r"\delta p",
)  # fmt: skip
"""LaTeX of the eight quadratures, in the order of the rows of every 8x8 matrix of the paper's system."""

UNITS = {  # in which numbers are shown: the size of each in SI units, radians and rad/s
    "1": 1.0,
    "mm": 1e-3,
    "nm": 1e-9,
    "1/µm": 1e6,
    "ng": 1e-12,
    "µs": 1e-6,
    "mK": 1e-3,
    "mW": 1e-3,
    "mrad/s": 1e-3,
    "krad/s": 1e3,
    "Mrad/s": 1e6,
    "°": np.pi / 180,
}


@dataclass(frozen=True)
class Shown:
    """The unit in which readers meet a number, and its slider."""

    unit: str  # a key of UNITS, or "omega_m" for a rate in units of the mechanical frequency
    lowest: float  # ends of the slider, in that unit
    highest: float
    step: float  # in that unit; on a logarithmic slider in decades
    logarithmic: bool = False  # whether equal steps are equal ratios

    def factor(self, omega_m: float) -> float:
        """The size of the unit in SI units.

        >>> Shown("mK", 0.05, 5e3, 0.05).factor(63e6), Shown("omega_m", 0, 1, 0.01).factor(63e6)
        (0.001, 63000000.0)
        """
        return omega_m if self.unit == "omega_m" else UNITS[self.unit]

    @property
    def steps(self) -> float:
        """How many steps lead from one end to the other."""
        if self.logarithmic:
            return float(np.log10(self.highest / self.lowest)) / self.step
        return (self.highest - self.lowest) / self.step


@dataclass(frozen=True)
class Knob(om.Quantity):
    """A quantity that a reader can move, and what it belongs to."""

    shown: Shown = None
    group: str = ""


_SHOWN = {  # by what a number belongs to
    "resonator and rotation": {
        "angular_velocity": Shown("krad/s", -60.0, 60.0, 0.5),
        "refractive_index": Shown("1", 1.0, 3.5, 0.01),
        "dispersion": Shown("1/µm", -0.1, 0.1, 0.001),
        "radius": Shown("mm", 0.05, 5.0, 0.05),
        "kappa": Shown("omega_m", 0.05, 3.0, 0.01),
        "escape_efficiency": Shown("1", 0.0, 1.0, 0.01),
        "backscattering": Shown("omega_m", 0.0, 1.0, 0.01),
        "backscattering_phase": Shown("°", -180.0, 180.0, 5.0),
    },
    "light and drive": {
        "power": Shown("mW", 0.0, 100.0, 0.5),
        "Delta_c": Shown("omega_m", -4.0, 6.0, 0.05),
        "wavelength": Shown("nm", 400.0, 2000.0, 10.0),
        "laser_linewidth": Shown("mrad/s", 0.0, 5.0, 0.02),
        "counter_drive": Shown("1", 0.0, 1.0, 0.01),
        "counter_drive_phase": Shown("°", -180.0, 180.0, 5.0),
    },
    "atoms": {
        "Delta_a": Shown("omega_m", -3.0, 3.0, 0.02),
        "G_a": Shown("omega_m", 0.0, 1.5, 0.01),
        "gamma_a": Shown("omega_m", 0.05, 3.0, 0.01),
        "undriven_coupling": Shown("1", 0.0, 2.0, 0.02),
    },
    "mirror and bath": {
        "temperature": Shown("mK", 0.05, 5e3, 0.05, True),
        "omega_m": Shown("Mrad/s", 10.0, 200.0, 1.0),
        "gamma_m": Shown("krad/s", 0.052, 52.0, 0.05, True),
        "mass": Shown("ng", 1.0, 1e3, 0.05, True),
    },
}

KNOBS = {
    name: Knob(**vars(om.QUANTITIES[name]), shown=shown, group=group)
    for group, those in _SHOWN.items()
    for name, shown in those.items()
}
"""Every number of Parameters, by its name."""


def axis_label(name, unit=None):
    """Symbol and unit of a quantity, for an axis; the unit is that in which readers meet it, or another.

    >>> axis_label("power"), axis_label("temperature", "K"), axis_label("kappa")
    ('$P$ (mW)', '$T$ (K)', '$\\\\kappa/\\\\omega_m$')
    """
    return labelled(om.QUANTITIES[name].symbol, unit or KNOBS[name].shown.unit)


def labelled(symbol, unit):
    """A symbol and a unit, for an axis."""
    if unit == "omega_m":
        return f"${symbol}/{om.QUANTITIES['omega_m'].symbol}$"
    return f"${symbol}$" + (f" ({unit})" if unit != "1" else "")
