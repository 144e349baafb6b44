"""How many photons and excited atoms the drive makes, and how many atoms that takes."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.operating import CONDENSATE
from ..kit.operating import photons as driven_photons
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GUIDE, WINE, style

FEW = 0.01  # of the atoms may be excited: what "low excitation" means here


def data(p=om.PAPER, power=None, reading="self-consistent"):
    """Mean numbers of quanta for powers from 10 nW to 0.1 W, or for those given.

    power : array (n,), W
    photons, excitations : case -> array (n,), in the driven mode and in the atoms, |α|² and |c_s|²
    atoms : case -> array (n,), number of atoms of which the excited ones are one per cent
    """
    power = np.geomspace(1e-8, 0.1, 141) if power is None else power
    photons, excitations = {}, {}
    for case, q in om.operating_points(p.replace(power=power)).items():
        field = om.mean_field(q, reading)
        photons[case] = driven_photons(q, field)
        excitations[case] = abs(field.c) ** 2
    atoms = {case: number / FEW for case, number in excitations.items()}
    return SimpleNamespace(power=power, photons=photons, excitations=excitations, atoms=atoms)


@style()
def draw(d):
    """Left: photons and excitations. Right: the atoms that low excitation asks for."""
    figure, (quanta, atoms) = plt.subplots(1, 2, figsize=(9, 4.0))
    for case, look in CASE_STYLES.items():
        quanta.loglog(d.power, d.photons[case], **look)
        faint = look | {"label": None, "linewidth": 1.0}
        quanta.loglog(d.power, d.excitations[case], **faint)
        atoms.loglog(d.power, d.atoms[case], **look)
    quanta.set(ylabel="quanta (thick: photons, thin: atoms)")
    atoms.axhline(CONDENSATE, color=WINE, lw=1.2)
    note = {"textcoords": "offset points", "color": WINE, "fontsize": 9}
    atoms.annotate("condensate of Sec. IV", (3e-5, CONDENSATE), (0, -13), **note)
    atoms.set(ylabel=f"atoms of which {FEW:.0%} are excited")
    for axis in (quanta, atoms):
        axis.set(xlabel="$P$ (W)", xlim=(d.power[0], d.power[-1]))
        axis.axvline(om.PAPER.power, **GUIDE)
    legend_below(figure, quanta)
    return figure
