r"""Two directions of light and a mirror with backscattering: the system of Jiao et al.

None of the numbers of Phys. Rev. Lett. 125, 143605 (2020) could be read. So the resonator is that
of this book's paper, without its atoms.

Without atoms nothing tells the phase of the undriven mode, and it can take up that of a rough rim,
:math:`J e^{2il\Omega t}`. Then H stands still, with the undriven mode away by :math:`2l\Omega`.
"""

from dataclasses import replace
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.roughness import turning_rate

from ..kit.knobs import axis_label
from ..kit.style import CASE_STYLES, CASE_TITLES, style


def system(p=om.PAPER, strength=0.0, detuning=None, turning=False) -> om.System:
    """The resonator without atoms; backscattering and detuning in units of omega_m.

    What scatters is at rest in the laboratory, or turns with the rim.
    """
    change = {} if detuning is None else {"Delta_c": np.asarray(detuning) * p.omega_m}
    change["backscattering"] = np.asarray(strength) * p.omega_m
    s = om.system(p.replace(**change)).without("a")
    if not turning:
        return s
    H, k = s.H.copy(), s.index("undriven")
    H[..., k, k] += (1 if p.drive == "cw" else -1) * turning_rate(p)
    return replace(s, H=H)


def data(resolution=21, scan=1601):
    """Largest E of the driven direction and the mirror over the detuning, with backscattering.

    strength : array (n,), the rate of backscattering in units of omega_m
    E : case -> array (n,), of a scatterer at rest
    turning : spinning case -> array (n,), of a rough rim
    """
    strength, detuning = np.linspace(0, 2, resolution), np.linspace(-3, 5, scan)
    E = {False: {}, True: {}}
    for case, p in om.operating_points(om.PAPER).items():
        for turning in (False, True) if p.angular_velocity else (False,):
            s = om.solve(system(p, strength[:, None], detuning, turning))
            E[turning][case] = np.nanmax(s.log_negativity("driven", "m"), axis=-1)
    return SimpleNamespace(strength=strength, E=E[False], turning=E[True])


@style()
def draw(d):
    """One curve for each case, and dots for the rough rim of those that spin."""
    figure, axis = plt.subplots(figsize=(5.5, 3.7), layout="compressed")
    for case, E in d.E.items():
        axis.plot(d.strength, E, **CASE_STYLES[case])
    for case, E in d.turning.items():
        name, colour = f"{CASE_TITLES[case]}, rough rim", CASE_STYLES[case]["color"]
        axis.plot(d.strength, E, ".", color=colour, label=name)
    axis.set(xlabel=axis_label("backscattering"), ylabel="largest $E$, driven–mirror")
    axis.set_ylim(0)
    axis.legend()
    return figure
