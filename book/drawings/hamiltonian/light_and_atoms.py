"""How many photons and excited atoms the drive makes, and how many atoms that takes."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER, operating_points
from omcore.parameters import Parameters
from omcore.steady_state import mean_field

from ..kit.cases import photons as driven_photons
from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, GUIDE, WINE, style

FEW = 0.01  # of the atoms may be excited: what "low excitation" means here
PAPER_ATOMS = 1e6  # in the condensate of Sec. IV


@dataclass(frozen=True)
class Data:
    """Mean numbers of quanta against the power of the laser, for each case.

    power : array (n,), W
    photons, excitations : case -> array (n,), in the driven mode and in the atoms, |α|² and |c_s|²
    """

    power: np.ndarray
    photons: dict[str, np.ndarray]
    excitations: dict[str, np.ndarray]

    @property
    def atoms(self):
        """Number of atoms of which the excited ones are one per cent: case -> array (n,)."""
        return {case: number / FEW for case, number in self.excitations.items()}


def data(p: Parameters = PAPER, power=None, reading="self-consistent") -> Data:
    """Quanta for powers from 10 nW to 0.1 W, or for those given.

    >>> d = data(power=np.array([0.04]))
    >>> print({case: f"{float(n[0]):.1e}" for case, n in d.atoms.items()})
    {'stationary': '5.7e+10', 'cw': '1.5e+11', 'ccw': '1.1e+11'}
    """
    power = np.geomspace(1e-8, 0.1, 141) if power is None else power
    photons, excitations = {}, {}
    for case, q in operating_points(p.replace(power=power)).items():
        field = mean_field(q, reading)
        photons[case] = driven_photons(q, field)
        excitations[case] = abs(field.c) ** 2
    return Data(power, photons, excitations)


def draw(d: Data):
    """Left: photons and excitations. Right: the atoms that low excitation asks for."""
    with style():
        figure, (quanta, atoms) = plt.subplots(1, 2, figsize=(9, 4.0))
        for case, look in CASE_STYLES.items():
            quanta.loglog(d.power, d.photons[case], **look)
            faint = look | {"label": None, "linewidth": 1.0}
            quanta.loglog(d.power, d.excitations[case], **faint)
            atoms.loglog(d.power, d.atoms[case], **look)
        quanta.set(ylabel="quanta (thick: photons, thin: atoms)")
        atoms.axhline(PAPER_ATOMS, color=WINE, lw=1.2)
        note = {"textcoords": "offset points", "color": WINE, "fontsize": 9}
        atoms.annotate("condensate of Sec. IV", (3e-5, PAPER_ATOMS), (0, -13), **note)
        atoms.set(ylabel=f"atoms of which {FEW:.0%} are excited")
        for axis in (quanta, atoms):
            axis.set(xlabel="$P$ (W)", xlim=(d.power[0], d.power[-1]))
            axis.axvline(PAPER.power, **GUIDE)
        legend_below(figure, quanta)
        plt.close(figure)
    return figure
