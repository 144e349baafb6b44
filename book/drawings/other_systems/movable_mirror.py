"""A cavity with a movable mirror, after Vitali et al., Phys. Rev. Lett. 98, 030405 (2007).

The lighter of its two mirrors (``LIGHT``) and its cavity are those of the text. The heavier one
(``HEAVY``) and the detunings of the second figure are those of the scripts that draw it again, in the
folder scripts/physrevlett_98_030405 of the public repository Sampreet/qom-papers on GitHub. That its
entanglement ends at 24 K is how Bai et al., arXiv:1602.00781, quote it in their abstract; that it
persists above 20 K is its own abstract.
"""

import numpy as np
from scipy.constants import c, hbar

import omcore as om

OMEGA_M, GAMMA_M = 2 * np.pi * 10e6, 2 * np.pi * 100  # rad/s
WAVELENGTH, LENGTH = 810e-9, 1e-3  # m
POWER, TEMPERATURE = 50e-3, 0.4  # W, K
LIGHT = {"mass": 5e-12, "finesse": 1.07e4}  # kg, 1
HEAVY = {"mass": 50e-12, "finesse": 3.4e4}
CASES = ((LIGHT, 1.0), (HEAVY, 0.5))  # each with its detuning of the second figure, in omega_m


def linewidth(finesse=LIGHT["finesse"]) -> float:
    """The decay rate of the amplitude, if that is what pi c/(L F) means, in rad/s."""
    return np.pi * c / (LENGTH * finesse)


def push_and_drive(power=POWER, mass=LIGHT["mass"], finesse=LIGHT["finesse"]):
    """Radiation pressure of a photon and amplitude of the laser, in rad/s."""
    omega_0 = 2 * np.pi * c / WAVELENGTH
    push = omega_0 / LENGTH * np.sqrt(hbar / (mass * OMEGA_M))
    return push, np.sqrt(2 * np.asarray(power) * linewidth(finesse) / (hbar * omega_0))


def bath(temperature=TEMPERATURE) -> dict:
    """The mirror as a System has it, in a bath of that temperature."""
    return {"omega_m": OMEGA_M, "gamma_m": GAMMA_M, "n_m": om.occupation(OMEGA_M, temperature)}


def system(detuning, power=POWER, temperature=TEMPERATURE, mirror=LIGHT) -> om.System:
    """Light and mirror about their mean field, at an effective detuning in units of omega_m.

    >>> print(om.solve(system(1.0)).log_negativity("c", "m").round(3))
    0.299
    """
    Delta, kappa = np.asarray(detuning) * OMEGA_M, linewidth(mirror["finesse"])
    push, drive = push_and_drive(power, **mirror)
    G = np.sqrt(2) * push * drive / np.sqrt(kappa**2 + Delta**2)
    H = Delta[..., None, None]
    return om.System(modes=["c"], H=H, decay=[kappa], coupling=G[..., None], **bath(temperature))


def parameters() -> om.Parameters:
    """The same cavity as a resonator at rest without atoms, whose radius stands for its length."""
    kappa = linewidth()
    return om.PAPER.replace(
        radius=LENGTH, wavelength=WAVELENGTH, mass=LIGHT["mass"], power=POWER, temperature=TEMPERATURE,
        omega_m=OMEGA_M, gamma_m=GAMMA_M, kappa=kappa, gamma_a=kappa, G_a=0.0, angular_velocity=0.0,
        Delta_a=0.0, Delta_c=3 * OMEGA_M,
    )  # fmt: skip
