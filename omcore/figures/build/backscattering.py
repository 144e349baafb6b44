"""Two directions of light and a mirror with backscattering: the system of Jiao et al.

None of the numbers of Phys. Rev. Lett. 125, 143605 (2020) could be read. So the resonator is that
of this book's paper, without its atoms.
"""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ...parameters import PAPER, operating_points
from ...resonator import system as of_parameters
from ...solution import solve
from ...systems import System
from ..kit.style import CASE_STYLES, ratio_label, style


def system(p=PAPER, strength=0.0, detuning=None) -> System:
    """The resonator without atoms; backscattering and detuning in units of omega_m.

    >>> system(strength=0.5).modes
    ('ccw', 'cw')
    """
    change = {} if detuning is None else {"Delta_c": np.asarray(detuning) * p.omega_m}
    change["backscattering"] = np.asarray(strength) * p.omega_m
    return of_parameters(p.replace(**change)).without("a")


@dataclass(frozen=True)
class Data:
    """Entanglement of the driven direction and the mirror, each at its own best detuning.

    strength : array (n,), the rate of backscattering in units of omega_m
    E : case -> array (n,)
    """

    strength: np.ndarray
    E: dict[str, np.ndarray]


def data(resolution=21, scan=1601) -> Data:
    """Against the rate of backscattering, at rest and spinning.

    >>> d = data(2, scan=81)
    >>> {case: bool(E[1] < E[0]) for case, E in d.E.items()}
    {'stationary': True, 'cw': True, 'ccw': True}
    """
    strength, detuning = np.linspace(0, 2, resolution), np.linspace(-3, 5, scan)
    E = {}
    for case, p in operating_points(PAPER).items():
        s = solve(system(p, strength[:, None], detuning))
        E[case] = np.nanmax(s.log_negativity("driven", "m"), axis=-1)
    return Data(strength, E)


def draw(d: Data):
    """One curve for each case."""
    with style():
        figure, axis = plt.subplots(figsize=(5.5, 3.7), layout="compressed")
        for case, E in d.E.items():
            axis.plot(d.strength, E, **CASE_STYLES[case])
        axis.set(
            xlabel=ratio_label("backscattering"),
            ylabel="largest $E$, driven–mirror",
            ylim=(0, None),
        )
        axis.legend()
        plt.close(figure)
    return figure
