"""The first moments: how entanglement begins, from a cold mirror and from warm ones."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.conventions import VACUUM_VARIANCE

from ..kit.panels import legend_below
from ..kit.style import MIDDLE, THREE_LINES, style
from .switched_on import START, state

PHONONS = (0.0, 1.0, START["n_0"])
PAIRS = {"atoms and mirror": "a", "driven light and mirror": "driven"}
LOWEST = 1e-8  # of E that is drawn; the integration is good to 1e-10


def pull(p: om.Parameters, t):
    r"""What the momentum of the mirror has taken of the light's noise while both are fresh, χ = G_0 ε t²/√2.

    The field rises as εt, the coupling as √2 G_0 εt, and χ is the integral of that.
    """
    return p.G_0 * p.drive_amplitude * np.asarray(t) ** 2 / np.sqrt(2)


def law(p: om.Parameters, t, phonons):
    """E_N of driven light and mirror at first, χ²N/(N² - 1/4) with N = phonons + 1/2; needs phonons > 0."""
    N = phonons + VACUUM_VARIANCE
    return pull(p, t) ** 2 * N / (N**2 - 0.25)


def data(p=om.CASES["ccw"]):
    """Entanglement with the mirror, from a ten-thousandth of a microsecond to one.

    t : array (n,), in s
    E : (pair, phonons) -> array (n,)
    law : array (n,), light and mirror at first, from the phonons of the paper
    """
    t = np.geomspace(1e-10, 1e-6, 601)
    E = {}
    for phonons in PHONONS:
        e = om.evolve(p, t, V=state(phonons))
        for pair, mode in PAIRS.items():
            E[pair, phonons] = e.log_negativity(mode, "m")
    return SimpleNamespace(t=t, E=E, law=law(p, t, START["n_0"]))


@style()
def draw(d):
    """Both axes logarithmic; where a line is missing there is no entanglement."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 4), sharey=True)
    for axis, pair in zip(axes, PAIRS, strict=True):
        for phonons, look in zip(PHONONS, THREE_LINES, strict=True):
            E = d.E[pair, phonons]
            shown = np.where(E > LOWEST, E, np.nan)
            name = f"{phonons:g} phonon" + "s" * (phonons != 1)
            axis.loglog(d.t * 1e6, shown, label=name, **look)
        axis.set(title=pair, xlabel="$t$ (µs)", xlim=(1e-4, 1), ylim=(LOWEST, 1))
    early = d.t < 1e-8
    dots = {"color": MIDDLE, "linewidth": 4, "label": r"$\propto t^4$"}
    axes[1].loglog(d.t[early] * 1e6, d.law[early], ":", **dots)
    axes[0].set_ylabel("$E_N$")
    legend_below(figure, axes[1])
    return figure
