"""A witness of genuine tripartite entanglement: noise below what any biseparable state allows."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.gaussian.witness import SHARPNESS, best_witness, noise_ratio
from omcore.paper.observables import TRIPLE
from omcore.parameters import Parameters
from omcore.solution import solve

from ..kit.style import CASE_STYLES, EDGE, quantity_label, style

TEMPERATURES = (5e-3, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)  # in K


@dataclass(frozen=True)
class Data:
    """Noise over the biseparable bound against temperature, for each case.

    temperature : array (n,), in K
    ratio : case -> array (n,); below 1, the state is genuinely tripartite entangled
    """

    reading: str
    temperature: np.ndarray
    ratio: dict[str, np.ndarray]


def triple(p: Parameters, reading="self-consistent"):
    """Covariance matrix (6, 6) of the driven mode, the atoms and the mirror.

    >>> triple(PAPER).shape
    (6, 6)
    """
    s = solve(p, reading).require_stable()
    rows = np.ravel([[2 * k, 2 * k + 1] for k in s.system.indices(*TRIPLE)])
    return s.V[np.ix_(rows, rows)]


def data(p: Parameters = PAPER, temperature=TEMPERATURES, reading="self-consistent") -> Data:
    """Follow the best witness while the bath warms up.

    >>> d = data(temperature=[5e-3])
    >>> all(ratio[0] < 0.99 for ratio in d.ratio.values())
    True
    """
    ratio = {}
    for case, q in operating_points(p).items():
        Z, found = None, []
        for T in temperature:
            V = triple(q.replace(temperature=T), reading)
            Z = best_witness(V, Z, SHARPNESS if Z is None else SHARPNESS[-1:])
            found.append(noise_ratio(Z, V))
        ratio[case] = np.array(found)
    return Data(reading, np.array(temperature), ratio)


def draw(d: Data):
    """The ratio over temperature; the line at 1 is the bound."""
    with style():
        figure, axis = plt.subplots(figsize=(6.2, 3.6))
        axis.axhline(1, **EDGE)
        for case, ratio in d.ratio.items():
            axis.plot(d.temperature, ratio, marker="o", markersize=4, **CASE_STYLES[case])
        axis.set(xlabel=quantity_label("temperature"), ylabel="noise over the biseparable bound")
        axis.legend()
        plt.close(figure)
    return figure
