r"""Magnons that push one another, after Gupta et al., Phys. Rev. A 110, 063504 (2024).

Every number is that of the sources of the published version, which its authors keep in the public
repository Sampreet/bistable_mag on GitHub: the parameters in envs/Optomagnomechanical.py, in units
of the frequency of the phonons, and the powers that Figs. 1 and 3 mark, ``MARKED``, in
scripts/figures.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import hbar
from scipy.optimize import bisect

import omcore as om

from ..kit.style import BLACK, GUIDE, MIDDLE, style

OMEGA_B = 2 * np.pi * 10e6  # rad/s, the unit of all rates below
OMEGA_A, KAPPA_A, KAPPA_M, KAPPA_B = 1e3, 0.1, 0.1, 1e-5
DELTA_A, DELTA_M = -0.9, -0.8
KERR, EXCHANGE, PUSH = 6.5e-16, 0.32, 1e-10
TEMPERATURE = 0.01  # K
MARKED = (13.84e-3, 81.94e-3, 126.34e-3)  # W: two stable states between the first two, none beyond


def system(power) -> om.System:
    """Light c, magnons and phonons b at a power in W; the magnons are driven, and push the phonons.

    The paper damps the amplitude of the phonons, a System their momentum, twice as fast.
    """
    power = np.asarray(power)
    photons = power / (hbar * OMEGA_B**2 * (OMEGA_A - DELTA_A))  # that arrive, per 1/OMEGA_B
    return om.System(
        modes=["c", "magnon"], mirrors=["b"], H=[[DELTA_A, EXCHANGE], [EXCHANGE, DELTA_M]],
        decay=[KAPPA_A, KAPPA_M], kerr=[0, KERR], photon_coupling=[0, -np.sqrt(2) * PUSH],
        drive=np.sqrt(2 * KAPPA_M * photons)[..., None] * [0, 1],
        omega_m=1.0, gamma_m=2 * KAPPA_B, n_m=om.occupation(OMEGA_B, TEMPERATURE),
    )  # fmt: skip


def edges():
    """Powers of the two folds, and where the last stable state ends, array (3,) in W."""
    ways = lambda power: np.sum(om.mean_field_branches(system(power)).stable)
    found = [bisect(lambda P: ways(P) - 1.5, 50e-3, end, xtol=1e-8) for end in (5e-3, 100e-3)]
    return np.array([*found, bisect(lambda P: ways(P) - 0.5, 50e-3, 200e-3, xtol=1e-8)])


def data(resolution=2001):
    """All steady states up to the 200 mW of the figures of the paper, by their number of magnons.

    magnons, power, E : arrays (n,), 1, W, and E of light and magnons, NaN where it is not stable
    """
    power = np.linspace(0, 0.2, resolution)
    magnons = np.abs(om.mean_field_branches(system(power)).amplitudes[..., 1]) ** 2
    branches = [om.solve(system(power), branch=k) for k in range(magnons.shape[-1])]
    E = np.stack([s.log_negativity("c", "magnon") for s in branches], -1)
    rising = np.argsort(magnons, axis=None)[: np.isfinite(magnons).sum()]  # NaN comes last
    ordered = lambda values: np.broadcast_to(values, magnons.shape).ravel()[rising]
    return SimpleNamespace(magnons=ordered(magnons), power=ordered(power[:, None]), E=ordered(E))


@style()
def draw(d):
    """Left: the number of magnons. Right: their entanglement with light. Both against the power."""
    stable = np.isfinite(d.E)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="compressed")
    number = d.magnons / 1e14
    left.plot(1e3 * d.power, np.where(stable, np.nan, number), "--", color=MIDDLE, label="unstable")
    left.plot(1e3 * d.power, np.where(stable, number, np.nan), color=BLACK, label="stable")
    right.plot(1e3 * d.power, d.E, color=BLACK)
    for axis in (left, right):
        for mark in MARKED:
            axis.axvline(1e3 * mark, **GUIDE)
        axis.set(xlabel="power (mW)", xlim=(0, 200), ylim=(0, None))
    left.set_ylabel(r"magnons ($10^{14}$)")
    right.set_ylabel("$E$, light–magnons")
    left.legend()
    return figure
