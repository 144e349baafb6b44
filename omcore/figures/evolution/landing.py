"""Where a run ends: a laser that is switched on suddenly, and one that rises, at the same parameters."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ...evolution import evolve
from ...parameters import CASES, PAPER, Parameters
from ...steady_state import mean_field_branches
from ..kit.panels import legend_below
from ..kit.style import BLUE, GUIDE, VERMILION, style

AT = CASES["stationary"].replace(power=0.07, kappa=0.3 * PAPER.omega_m)
RAMPS = {  # name: (time in which the laser rises in s, look)
    "suddenly": (0.0, {"color": VERMILION, "linestyle": "-"}),
    "within 1 µs": (1e-6, {"color": BLUE, "linestyle": "--"}),
}
UNTIL = 4e-6  # s


@dataclass(frozen=True)
class Data:
    """The same system, switched on in two ways.

    t : array (n,), in s
    q : name -> array (n,), displacement
    noise : name -> array (n,), largest entry of V; NaN where it has grown too large
    branches : array (k,), displacements of all steady states; only the first is stable
    """

    t: np.ndarray
    q: dict[str, np.ndarray]
    noise: dict[str, np.ndarray]
    branches: np.ndarray


def data(p: Parameters = AT) -> Data:
    """Follows both for four microseconds."""
    t = np.linspace(0, UNTIL, 1201)
    runs = {name: evolve(p, t, ramp) for name, (ramp, _) in RAMPS.items()}
    q = {name: e.u[:, -2] for name, e in runs.items()}
    noise = {name: np.abs(e.V).max((-1, -2)) for name, e in runs.items()}
    return Data(t, q, noise, mean_field_branches(p).q)


def draw(d: Data):
    """Left: the displacement. Right: the largest entry of V, on a logarithmic scale."""
    with style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8))
        for name, (_, look) in RAMPS.items():
            left.plot(d.t * 1e6, d.q[name] / 1e5, label=name, **look)
            right.semilogy(d.t * 1e6, d.noise[name], **look)
        for q in d.branches:
            left.axhline(q / 1e5, **GUIDE)
        left.set(xlabel="$t$ (µs)", ylabel="$q/10^5$", xlim=(0, UNTIL * 1e6))
        right.set(xlabel="$t$ (µs)", ylabel="largest entry of $V$", xlim=(0, UNTIL * 1e6))
        legend_below(figure, left)
        plt.close(figure)
    return figure
