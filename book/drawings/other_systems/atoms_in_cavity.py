"""Atoms in the cavity of the movable mirror: the system of Genes et al., Phys. Rev. A 77, 050307 (2008).

Of that paper only the opening of the preprint could be read, arXiv:0801.2266, and the 20 K that Bai et al.,
arXiv:1602.00781, quote from it. So cavity and mirror are those of ``movable_mirror``, and the atoms
those of chapter 3 of Dilawaiz's thesis (PIEAS, Islamabad, 2022), which takes them from Bai et al.
"""

import numpy as np

import omcore as om

from .movable_mirror import OMEGA_M, TEMPERATURE, bath, linewidth, push_and_drive

EXCHANGE, DECAY = 1.2e7 * np.pi, 10e6 * np.pi  # rad/s
DETUNING = 1.0  # of the cavity, effective, in units of omega_m


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
