"""E_am against the detuning, as a reader's own chain gives it, beside that of omcore."""

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.style import CASE_STYLES, style


def data(chain, resolution=71):
    """E_am of a function of Parameters at each case, and of omcore, at Delta_c/omega_m from -2.5 to 5.

    Returns the detunings, array (m,), and {case: (array (m,) of the chain, array (m,) of omcore)}.
    """
    detuning, found = np.linspace(-2.5, 5, resolution), {}
    for case, p in om.CASES.items():
        points = [p.in_omega_m(Delta_c=d) for d in detuning]
        theirs = om.solve(p.in_omega_m(Delta_c=detuning)).log_negativity("a", "m")
        found[case] = np.array([chain(one) for one in points]), theirs
    return detuning, found


@style()
def draw(d):
    """Dots: the reader's chain. Lines: omcore."""
    detuning, found = d
    figure, axis = plt.subplots(figsize=(6.8, 3.6))
    for case, (mine, theirs) in found.items():
        look = CASE_STYLES[case]
        axis.plot(detuning, theirs, **look)
        axis.plot(detuning[::2], mine[::2], "o", color=look["color"], markersize=4)
    axis.set(xlabel=r"$\Delta_c/\omega_m$", ylabel=r"$E_\mathrm{a-m}$", ylim=(0, None))
    axis.legend()
    return figure
