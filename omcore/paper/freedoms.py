r"""Knobs: fields of Parameters on the scale on which they are turned.

The detuning counts from the driven mode, wherever the Sagnac shift has put it, so that no bound favours
a direction; detunings in units of omega_m. Rates and power turn on a logarithmic scale, on which a
slope over the value of what is raced for is an elasticity. The fraction f of the light from the other side
turns as the angle :math:`\arcsin\sqrt f`, since the amplitudes of the two beams are its cosine and sine.
"""

import numpy as np

from ..parameters import Parameters
from ..resonator import cavity_detunings

LOGARITHMIC = ("G_a", "power", "kappa", "gamma_a")
IN_OMEGA_M = ("G_a", "kappa", "gamma_a", "Delta_a", "backscattering")


def position(p: Parameters, knobs) -> np.ndarray:
    """Where the knobs stand, array (knobs,).

    >>> from omcore import CASES
    >>> position(CASES["ccw"], ("Delta_c", "power")).round(3)
    array([ 0.792, -3.219])
    """
    stand = {name: getattr(p, name) / (p.omega_m if name in IN_OMEGA_M else 1.0) for name in knobs}
    stand["Delta_c"] = cavity_detunings(p)[p.drive] / p.omega_m
    return np.array([scaled(name, stand[name]) for name in knobs])


def turned(p: Parameters, knobs, x) -> Parameters:
    """The parameters with the knobs at x, array (knobs, ...): the inverse of ``position``.

    "Delta_c" has to be one of the knobs.

    >>> from omcore import CASES
    >>> knobs = ("Delta_c", "kappa")
    >>> x = position(CASES["cw"], knobs)
    >>> print(turned(CASES["cw"], knobs, x).Delta_c / CASES["cw"].omega_m)
    -1.0
    """
    values = dict(zip(knobs, np.asarray(x, dtype=float), strict=True))
    driven = values.pop("Delta_c")
    for name, value in values.items():
        value = np.exp(value) if name in LOGARITHMIC else value
        value = np.sin(value) ** 2 if name == "counter_drive" else value
        values[name] = value * p.omega_m if name in IN_OMEGA_M else value
    p = p.replace(**values)
    return p.replace(Delta_c=driven * p.omega_m - _shift(p))


def slopes(p: Parameters, knobs, of_fields) -> np.ndarray:
    """Derivatives by the knobs, array (knobs, ...), from those by the fields of Parameters.

    >>> import omcore as om
    >>> p = om.CASES["ccw"]
    >>> s = slopes(p, ("Delta_c", "power"), om.gradient(p, "a", "m"))
    >>> print((s / om.solve(p).log_negativity("a", "m")).round(3))
    [-0.114  0.479]
    """
    given = dict(of_fields)
    # The driven mode stays where it is when the rotation changes: Delta_c makes room.
    given["angular_velocity"] = given["angular_velocity"] - given["Delta_c"] * _shift(
        p.replace(angular_velocity=1.0)
    )
    unit = {name: getattr(p, name) for name in LOGARITHMIC}
    unit |= dict.fromkeys(("Delta_c", "Delta_a", "backscattering"), p.omega_m)
    unit["counter_drive"] = 2 * np.sqrt(p.counter_drive * (1 - p.counter_drive))
    return np.array([given[name] * unit.get(name, 1.0) for name in knobs])


def scaled(name, value):
    """A value on the scale of its knob."""
    if name == "counter_drive":
        return np.arcsin(np.sqrt(value))
    return np.log(value) if name in LOGARITHMIC else value


def _shift(p):
    """How far rotation moves the driven mode, in rad/s."""
    return cavity_detunings(p.replace(Delta_c=0.0))[p.drive]
