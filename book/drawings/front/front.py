"""The figure of the first page: what spinning does, and what light from both sides does at rest."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.knobs import axis_label
from ..kit.operating import with_both_sides
from ..kit.style import FOUR_STYLES, style


def data(p=om.PAPER, resolution=601):
    """E_am over the detuning of the cavity, at one total power.

    detuning : array (resolution,), Delta_c/omega_m
    E_am : case -> array (resolution,), for the cases of ``with_both_sides``
    """
    x = np.linspace(-2.5, 4, resolution)
    swept = {case: om.solve(q.in_omega_m(Delta_c=x)) for case, q in with_both_sides(p).items()}
    E_am = {case: s.log_negativity("a", "m") for case, s in swept.items()}
    return SimpleNamespace(detuning=x, E_am=E_am)


@style()
def draw(d):
    """Four curves on one pair of axes."""
    figure, axis = plt.subplots(figsize=(8.0, 3.2))
    for case, E in d.E_am.items():
        axis.plot(d.detuning, E, **FOUR_STYLES[case])
    axis.set(xlim=(d.detuning[0], d.detuning[-1]), ylim=(0, None))
    axis.set(xlabel=axis_label("Delta_c"), ylabel=r"$E_{a-m}$")
    figure.legend(loc="outside right center", fontsize=9)
    return figure
