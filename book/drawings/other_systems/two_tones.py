r"""Two tones on a cavity: one mirror is squeezed, two are entangled.

One mirror is that of Bai et al., Phys. Rev. A 101, 053836 (2020). Its rates, in units of the mechanical
frequency, and ``FOUND``, the largest squeezing in the data behind its Fig. 4a, are those of the public
repository Sampreet/qom-papers on GitHub. The two mirrors are those of Woolley and Clerk, Phys. Rev. A 89,
063805 (2014), none of whose numbers could be read; theirs are those of the one.

In the frame that turns with the tones a mirror is a boson. The red tone swaps it with light, the blue
one squeezes the two together:
:math:`-G[c^\dagger(b + xb^\dagger) + \mathrm{h.c.}]`, with x the ratio of blue to red.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.style import GUIDE, MIDDLE, THREE_LINES, style

DECAY, DAMPING = 0.05, 5e-7  # of amplitudes: half of kappa and of gamma_m
COUPLING = 0.1
QUANTA = (10, 100)  # of the bath of a mirror
FOUND = {10: (0.981, 19.281), 100: (0.976, 16.041)}  # the best ratio, and its squeezing in dB
PERIODS = 100  # of the mirror, after which they stop
SPLITTING = 0.01  # of two mirrors, half the difference of their frequencies; our own


def system(ratio, n, at=(0.0,)) -> om.System:
    """Light c and mirrors b1, ..., at the frequencies that are left in the turning frame.

    >>> print(om.solve(system(0.5, 0.0, at=(0.05, -0.05))).log_negativity("b1", "b2").round(3))
    1.099
    """
    k, ratio = len(at), np.asarray(ratio)
    H, S = np.zeros((2, *ratio.shape, k + 1, k + 1))
    H[..., range(1, k + 1), range(1, k + 1)] = at
    H[..., 0, 1:] = H[..., 1:, 0] = -COUPLING
    S[..., 0, 1:] = S[..., 1:, 0] = -COUPLING * ratio[..., None]
    return om.System(
        modes=["c", *(f"b{j + 1}" for j in range(k))], mirrors=(), H=H, squeezing=S,
        decay=[DECAY] + k * [DAMPING], n=[0.0] + k * [n],
    )  # fmt: skip


def decibels(V):
    """How far the variance of the first mirror's displacement lies below that of the vacuum, in dB."""
    return -10 * np.log10(2 * V[..., 2, 2])


def when_they_stop(n):
    """The squeezing at their best ratio, over the last tenth of their integration, in dB."""
    t = 2 * np.pi * PERIODS * np.linspace(0.9, 1, 101)
    thermal = np.diag([0.5, 0.5, n + 0.5, n + 0.5])
    run = om.evolve(system(FOUND[n][0], n), [0, *t], V=thermal)
    return decibels(run.V[1:].mean(0))


def data(resolution=400):
    """Over the ratio of the tones, at the quanta of ``QUANTA``.

    ratio : array (n,)
    squeezing : array (2, n), of one mirror, in dB
    E : array (2, n), of two mirrors that are split; dark : of two that are not
    """
    ratio = np.linspace(0, 1, resolution, endpoint=False)
    one = [decibels(om.solve(system(ratio, n)).V) for n in QUANTA]
    E, dark = (
        [om.solve(system(ratio, n, at=(x, -x))).log_negativity("b1", "b2") for n in QUANTA]
        for x in (SPLITTING, 0.0)
    )
    return SimpleNamespace(ratio=ratio, squeezing=np.array(one), E=np.array(E), dark=np.array(dark))


@style()
def draw(d):
    """Left: one mirror. Right: two."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="compressed")
    for n, one, E, dark, look in zip(
        QUANTA, d.squeezing, d.E, d.dark, THREE_LINES[:2], strict=True
    ):
        left.plot(d.ratio, one, label=f"{n} quanta", **look)
        left.plot(*FOUND[n], "o", color=look["color"])
        right.plot(d.ratio, E, label=f"{n} quanta", **look)
        right.plot(d.ratio, dark, **look | {"linewidth": 0.8})
    right.plot(d.ratio, 2 * np.arctanh(d.ratio), **GUIDE, label="no heat at all")
    right.plot([], [], color=MIDDLE, linewidth=0.8, label="of equal frequency")
    left.axhline(3, **GUIDE)
    left.set(
        xlabel="blue tone over red tone", ylabel="squeezing of one mirror (dB)", ylim=(0, None)
    )
    right.set(xlabel="blue tone over red tone", ylabel="$E$, mirror–mirror", ylim=(0, 5))
    left.legend()
    right.legend()
    return figure
