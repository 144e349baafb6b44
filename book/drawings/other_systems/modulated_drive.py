"""A modulated drive, after Mari and Eisert, Phys. Rev. Lett. 103, 213603 (2009).

Every number is that of systems/PhysRevLett_103_213603.py in the public repository Sampreet/qom-papers
on GitHub, which draws the figures of the paper again.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import c, hbar

import omcore as om

from ..kit.style import GUIDE, THREE_LINES, style

OMEGA_M, QUALITY, MASS = 2 * np.pi * 1e6, 1e6, 150e-12  # rad/s, 1, kg
WAVELENGTH, LENGTH, FINESSE = 1064e-9, 25e-3, 1.4e4  # m, m, 1
POWER, SIDEBAND, TEMPERATURE = 10e-3, 2e-3, 0.1  # W, W, K
OMEGA_L = 2 * np.pi * c / WAVELENGTH
KAPPA = np.pi * c / (2 * FINESSE * LENGTH)
PERIOD = np.pi  # of the modulation, half of that of the mirror, in units of 1/OMEGA_M


def amplitude(power):
    """Of a laser, in units of OMEGA_M."""
    return np.sqrt(2 * KAPPA * power / (hbar * OMEGA_L)) / OMEGA_M


def system() -> om.System:
    """Light and mirror under the steady laser, in units of OMEGA_M."""
    push = (OMEGA_L + OMEGA_M) / LENGTH * np.sqrt(hbar / (MASS * OMEGA_M))
    return om.System(
        modes=["c"], H=[[1.0]], decay=[KAPPA / OMEGA_M], photon_coupling=[push / OMEGA_M],
        drive=[amplitude(POWER)], omega_m=1.0, gamma_m=1 / QUALITY,
        n_m=om.occupation(OMEGA_M, TEMPERATURE),
    )  # fmt: skip


def drive(t):
    """The laser with a sideband on either side, at a time in units of 1/OMEGA_M."""
    return [amplitude(POWER) + 2 * amplitude(SIDEBAND) * np.cos(2 * t)]


def data(points=129):
    """One period of the modulation.

    steady : Solution under the steady laser; modulated : PeriodicState
    """
    modulated = om.periodic(system(), PERIOD, drive=drive, points=points)
    return SimpleNamespace(steady=om.solve(system()), modulated=modulated)


@style()
def draw(d):
    """Entanglement, and how far the variance of the displacement lies from the vacuum's, over one period."""
    figure, axis = plt.subplots(figsize=(5.5, 3.7), layout="compressed")
    time, whole = d.modulated.t / PERIOD, np.ones_like(d.modulated.t)
    for s, name, look in zip(
        (d.steady, d.modulated), ("steady", "modulated"), THREE_LINES, strict=False
    ):
        axis.plot(time, s.log_negativity("c", "m") * whole, label=f"$E_{{c-m}}$, {name}", **look)
    axis.plot(time, d.modulated.V[..., 2, 2], label="variance of $q$, modulated", **THREE_LINES[2])
    axis.axhline(0.5, **GUIDE)
    axis.set(xlabel="time (periods of the modulation)", ylim=(0, None))
    axis.legend()
    return figure
