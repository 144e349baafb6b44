"""Heat in the bath of the mirror, and loss that leads elsewhere than into the coupler."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.assumptions.cryostat import cooling_power

from ..kit.operating import SCAN, with_both_sides
from .laser_line import best


def data(p=om.PAPER, reading="self-consistent", scan=161):
    """Per case, with Delta_c tuned again: temperature, fraction and efficiency at which E_am halves.

    temperature : K; absorbed : fraction of the power that a large refrigerator then takes away
    ends : temperature at which E_am ends with Delta_c held where it is best in the cold
    escape : kappa_ext/kappa at which E_am halves, at one power of the laser
    """
    found = SimpleNamespace(temperature={}, absorbed={}, ends={}, escape={})
    T, eta = np.geomspace(p.temperature, 3.0, 61), np.linspace(0.2, 1.0, 81)
    for case, q in with_both_sides(p).items():
        swept = q.replace(Delta_c=q.omega_m * np.linspace(*SCAN, scan)[:, None])
        warm = highest(swept.replace(temperature=T), reading)
        leaky = highest(swept.replace(escape_efficiency=eta), reading)
        half = np.exp(np.interp(-warm[0] / 2, -warm, np.log(T)))
        found.temperature[case] = half
        found.absorbed[case] = cooling_power(half) / p.power
        found.escape[case] = np.interp(leaky[-1] / 2, leaky, eta)
        held = best(q, reading=reading).parameters.replace(temperature=np.geomspace(0.1, 10, 401))
        found.ends[case] = held.temperature[
            om.solve(held, reading).log_negativity("a", "m") > 0
        ].max()
    return found


def highest(swept, reading):
    """The largest E_am over the first axis, along which Delta_c lies."""
    return np.nanmax(om.solve(swept, reading).log_negativity("a", "m"), axis=0)
