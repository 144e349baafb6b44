"""Atoms in the cavity of the movable mirror: the system of Genes et al., Phys. Rev. A 77, 050307 (2008).

Of that paper only the opening of the preprint could be read, arXiv:0801.2266, and the 20 K that Bai et al.,
arXiv:1602.00781, quote from it. So cavity and mirror are those of ``movable_mirror``, and the atoms
those of chapter 3 of Dilawaiz's thesis (PIEAS, Islamabad, 2022), which takes them from Bai et al.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.style import PAIR_STYLES, style
from .movable_mirror import OMEGA_M, TEMPERATURE, bath, linewidth, push_and_drive

EXCHANGE, DECAY = 1.2e7 * np.pi, 10e6 * np.pi  # rad/s
DETUNING = 1.0  # of the cavity, effective, in units of omega_m
PAIRS = {  # each with the look and the name of the pair where the light is the driven mode
    ("c", "m"): PAIR_STYLES["driven", "m"] | {"label": "light–mirror"},
    ("a", "m"): PAIR_STYLES["a", "m"],
    ("c", "a"): PAIR_STYLES["driven", "a"] | {"label": "light–atoms"},
}


def system(detuning, temperature=TEMPERATURE) -> om.System:
    """Light, atoms and mirror about their mean field, at a detuning of the atoms in units of omega_m.

    >>> print(om.solve(system(-1.0)).log_negativity("a", "m").round(4))
    0.1266
    """
    H = np.zeros((*np.shape(detuning), 2, 2))
    H[..., 0, 0], H[..., 1, 1] = DETUNING * OMEGA_M, np.asarray(detuning) * OMEGA_M
    H[..., 0, 1] = H[..., 1, 0] = EXCHANGE
    decay = np.array([linewidth(), DECAY])
    push, drive = push_and_drive()
    amplitudes = np.linalg.solve(np.diag(decay) + 1j * H, [[drive], [0.0]])[..., 0]
    G = np.sqrt(2) * np.array([push, 0.0]) * amplitudes
    return om.System(modes=["c", "a"], H=H, decay=decay, coupling=G, **bath(temperature))


def data(resolution=401):
    """Entanglement of the pairs, against the detuning of the atoms and against the temperature.

    detuning, temperature : arrays (n,) and (m,), of the atoms in units of omega_m, and K
    E : pair -> array (n,), at the temperature of the mirror's paper
    warm : pair -> array (m,), with the atoms at -omega_m
    ends : pair -> the highest temperature with entanglement, in K
    """
    detuning, temperature = np.linspace(-3, 3, resolution), np.linspace(0, 25, resolution)[1:]
    over, warm = om.solve(system(detuning)), om.solve(system(-1.0, temperature))
    E, hot = ({pair: s.log_negativity(*pair) for pair in PAIRS} for s in (over, warm))
    ends = {pair: temperature[curve > 0].max(initial=0) for pair, curve in hot.items()}
    return SimpleNamespace(detuning=detuning, temperature=temperature, E=E, warm=hot, ends=ends)


@style()
def draw(d):
    """Left: against the detuning of the atoms. Right: against the temperature."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="compressed", sharey=True)
    for pair, look in PAIRS.items():
        left.plot(d.detuning, d.E[pair], **look)
        right.plot(d.temperature, d.warm[pair], **look)
    left.set(xlabel=r"detuning of the atoms $\Delta_a/\omega_m$", ylabel="$E$", ylim=(0, None))
    right.set(xlabel=r"temperature (K), atoms at $-\omega_m$")
    left.legend()
    return figure
