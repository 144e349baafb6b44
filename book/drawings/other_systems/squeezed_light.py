r"""A mirror cooled by squeezed light, and by an amplifier in its cavity.

Squeezed light after Asjad, Zippilli and Vitali, arXiv:1606.09007, and the experiment of Clark et al.,
Nature 541, 191 (2017). Of both we could read no more than the abstracts, so the numbers are our own, in
units of the mechanical frequency. The amplifier, as in Zheng et al., arXiv:2403.01179, stands in the
cavity of ``movable_mirror``.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.style import GUIDE, THREE_LINES, style
from .movable_mirror import OMEGA_M, bath, linewidth, push_and_drive

DECAYS = (0.3, 1.4, 4.0)  # of light
COOLING, DAMPING, QUANTA = 1e-4, 1e-7, 10.0  # rate of cooling, the mirror's own, quanta of its bath
GAINS = (0.0, 0.2, 0.5)  # of the amplifier, in units of the decay of light
DETUNING = 3.0  # of the laser, in units of omega_m


def system(decay, r) -> om.System:
    """Light at the detuning omega_m = 1, with squeezed light coming in, and a mirror.

    The phase is that at which what heats the mirror interferes away. The coupling follows from
    ``COOLING``, which is the same for every decay and squeezing.
    """
    r = np.asarray(r)[..., None]
    lines = 1 / decay**2 - 1 / (decay**2 + 4)  # what cools less what heats
    m = -np.sinh(r) * np.cosh(r) * np.exp(1j * np.angle(decay + 2j))
    return om.System(
        modes=["c"], H=[[1.0]], decay=[decay], coupling=[np.sqrt(2 * COOLING / (decay * lines))],
        n=np.sinh(r) ** 2, m=m[..., None], omega_m=1.0, gamma_m=DAMPING, n_m=QUANTA,
    )  # fmt: skip


def amplifier(gain, phase) -> om.System:
    """Light in the cavity of the mirror of 5 ng with an amplifier, its gain in units of the decay."""
    push, drive = push_and_drive()
    S = np.asarray(gain * linewidth() * np.exp(1j * np.asarray(phase)))
    return om.System(
        modes=["c"], H=[[DETUNING * OMEGA_M]], decay=[linewidth()], photon_coupling=[push],
        drive=[drive], squeezing=S[..., None, None], **bath(),
    )  # fmt: skip


def data(resolution=241):
    """Phonons of the mirror that are left.

    r, cooled : arrays (n,) and (3, n), squeezing of the light, and phonons for each of ``DECAYS``
    phase, amplified : arrays (n,) and (3, n), of the amplifier, and phonons for each of ``GAINS``
    """
    r, phase = np.linspace(0, 2, resolution), np.linspace(0, 2 * np.pi, resolution)
    cooled = [om.solve(system(decay, r)).quanta("m") for decay in DECAYS]
    amplified = [om.solve(amplifier(gain, phase)).quanta("m") for gain in GAINS]
    return SimpleNamespace(r=r, phase=phase, cooled=np.array(cooled), amplified=np.array(amplified))


@style()
def draw(d):
    """Left: squeezed light that comes in. Right: an amplifier in the cavity."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="compressed")
    rows = zip(d.cooled, d.amplified, DECAYS, GAINS, THREE_LINES, strict=True)
    for cooled, amplified, decay, gain, look in rows:
        left.semilogy(
            20 * np.log10(np.exp(d.r)), cooled, label=rf"$\kappa = {decay:g}\,\omega_m$", **look
        )
        right.plot(d.phase / np.pi, amplified, label=rf"$|S| = {gain:g}\,\kappa$", **look)
    left.axhline(QUANTA * DAMPING / (DAMPING + COOLING), **GUIDE)
    left.set(xlabel="squeezing of the light (dB)", ylabel="phonons", ylim=(5e-3, 100))
    right.set(xlabel=r"phase of the amplifier ($\pi$)", ylabel="phonons", ylim=(0, 2))
    left.legend(loc="upper left")
    right.legend(loc="upper left")
    return figure
