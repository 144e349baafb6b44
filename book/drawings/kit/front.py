"""The figure of the first page: what spinning does, and what light from both sides does at rest."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.parameters import Parameters
from omcore.solution import solve

from .style import CASE_STYLES, OTHER_STYLES, ratio_label, style

BOTH = OTHER_STYLES[0] | {"label": "at rest, light from both sides"}


@dataclass(frozen=True)
class Data:
    """E_am over the detuning of the cavity, at one total power.

    detuning : array (resolution,), Delta_c/omega_m
    E_am : case -> array (resolution,); "both" is the resonator at rest with half of the light from each side
    """

    detuning: np.ndarray
    E_am: dict[str, np.ndarray]


def data(p: Parameters = PAPER, resolution=601) -> Data:
    """Sweep the three cases, and the one that the paper has not.

    >>> print({case: round(float(np.nanmax(E)), 3) for case, E in data().E_am.items()})
    {'stationary': 0.072, 'cw': 0.127, 'ccw': 0.136, 'both': 0.16}
    """
    cases = operating_points(p)
    cases["both"] = cases["stationary"].replace(counter_drive=0.5)
    x = np.linspace(-2.5, 4, resolution)
    swept = {case: solve(q.in_omega_m(Delta_c=x)) for case, q in cases.items()}
    return Data(x, {case: s.log_negativity("a", "m") for case, s in swept.items()})


def draw(d: Data):
    """Four curves on one pair of axes."""
    with style():
        figure, axis = plt.subplots(figsize=(8.0, 3.2))
        for case, E in d.E_am.items():
            axis.plot(d.detuning, E, **(CASE_STYLES | {"both": BOTH})[case])
        axis.set(xlim=(d.detuning[0], d.detuning[-1]), ylim=(0, None))
        axis.set(xlabel=ratio_label("Delta_c"), ylabel=r"$E_{a-m}$")
        figure.legend(loc="outside right center", fontsize=9)
        plt.close(figure)
    return figure
