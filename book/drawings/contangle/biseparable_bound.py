"""A witness of genuine tripartite entanglement: noise below what any biseparable state allows."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.gaussian.witness import SHARPNESS, best_witness, noise_ratio
from omcore.paper.observables import TRIPLE

from ..kit.knobs import axis_label
from ..kit.style import CASE_STYLES, EDGE, style

TEMPERATURES = (5e-3, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)  # in K


def triple(p: om.Parameters, reading="self-consistent"):
    """Covariance matrix (6, 6) of the driven mode, the atoms and the mirror."""
    s = om.solve(p, reading).require_stable()
    rows = np.ravel([[2 * k, 2 * k + 1] for k in map(s.system.index, TRIPLE)])
    return s.V[np.ix_(rows, rows)]


def data(p=om.PAPER, temperature=TEMPERATURES, reading="self-consistent"):
    """Noise over the biseparable bound while the bath warms up, with the best witness at each step.

    temperature : array (n,), in K
    ratio : case -> array (n,); below 1, the state is genuinely tripartite entangled
    """
    ratio = {}
    for case, q in om.operating_points(p).items():
        Z, found = None, []
        for T in temperature:
            V = triple(q.replace(temperature=T), reading)
            Z = best_witness(V, Z, SHARPNESS if Z is None else SHARPNESS[-1:])
            found.append(noise_ratio(Z, V))
        ratio[case] = np.array(found)
    return SimpleNamespace(reading=reading, temperature=np.array(temperature), ratio=ratio)


@style()
def draw(d):
    """The ratio over temperature; the line at 1 is the bound."""
    figure, axis = plt.subplots(figsize=(6.2, 3.6))
    axis.axhline(1, **EDGE)
    for case, ratio in d.ratio.items():
        axis.plot(d.temperature, ratio, marker="o", markersize=4, **CASE_STYLES[case])
    axis.set(xlabel=axis_label("temperature", "K"), ylabel="noise over the biseparable bound")
    axis.legend()
    return figure
