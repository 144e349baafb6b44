r"""Freedoms: the fields of Parameters that a search may change, each on a scale of its own.

The detuning of the laser is that from the driven mode, Sagnac shift included, so that no bound favours
a direction; detunings are in units of omega_m. Rates and power have a logarithmic scale, on which the
slope of a value over the value is an elasticity. The fraction f of the light from the other side has the
scale :math:`\arcsin\sqrt f`, since the amplitudes of the two beams are cosine and sine of this angle.
"""

import numpy as np

from ..parameters import Parameters
from ..resonator import cavity_detunings

LOGARITHMIC = ("G_a", "power", "kappa", "gamma_a")
IN_OMEGA_M = ("G_a", "kappa", "gamma_a", "Delta_a", "backscattering")


def position(p: Parameters, freedoms) -> np.ndarray:
    """The coordinates of a point on the scales of the freedoms, array (freedoms,).

    >>> from omcore import CASES
    >>> position(CASES["ccw"], ("Delta_c", "power")).round(3)
    array([ 0.792, -3.219])
    """
    at = {name: getattr(p, name) / (p.omega_m if name in IN_OMEGA_M else 1.0) for name in freedoms}
    at["Delta_c"] = cavity_detunings(p)[p.drive] / p.omega_m
    return np.array([scaled(name, at[name]) for name in freedoms])


def moved(p: Parameters, freedoms, x) -> Parameters:
    """The parameters at the coordinates x, array (freedoms, ...), all else as in p; inverse of ``position``.

    "Delta_c" has to be one of the freedoms.

    >>> from omcore import CASES
    >>> freedoms = ("Delta_c", "kappa")
    >>> x = position(CASES["cw"], freedoms)
    >>> print(moved(CASES["cw"], freedoms, x).Delta_c / CASES["cw"].omega_m)
    -1.0
    """
    values = dict(zip(freedoms, np.asarray(x, dtype=float), strict=True))
    driven = values.pop("Delta_c")
    for name, value in values.items():
        value = np.exp(value) if name in LOGARITHMIC else value
        value = np.sin(value) ** 2 if name == "counter_drive" else value
        values[name] = value * p.omega_m if name in IN_OMEGA_M else value
    p = p.replace(**values)
    return p.replace(Delta_c=driven * p.omega_m - _shift(p))


def slopes(p: Parameters, freedoms, of_fields) -> np.ndarray:
    """Derivatives by the freedoms, array (freedoms, ...), from those by the fields of Parameters.

    >>> import omcore as om
    >>> p = om.CASES["ccw"]
    >>> s = slopes(p, ("Delta_c", "power"), om.gradient(p, "a", "m"))
    >>> print((s / om.solve(p).log_negativity("a", "m")).round(3))
    [-0.114  0.479]
    """
    given = dict(of_fields)
    # When the rotation changes, Delta_c changes with it, so that the detuning of the driven mode stays.
    follows = given["Delta_c"] * _shift(p.replace(angular_velocity=1.0))
    given["angular_velocity"] = given["angular_velocity"] - follows
    unit = {name: getattr(p, name) for name in LOGARITHMIC}
    unit |= dict.fromkeys(("Delta_c", "Delta_a", "backscattering"), p.omega_m)
    unit["counter_drive"] = 2 * np.sqrt(p.counter_drive * (1 - p.counter_drive))
    return np.array([given[name] * unit.get(name, 1.0) for name in freedoms])


def scaled(name, value):
    """A value, in omega_m or in SI units, on the scale of its field."""
    if name == "counter_drive":
        return np.arcsin(np.sqrt(value))
    return np.log(value) if name in LOGARITHMIC else value


def _shift(p):
    """The shift of the driven mode by rotation, in rad/s."""
    return cavity_detunings(p.replace(Delta_c=0.0))[p.drive]
