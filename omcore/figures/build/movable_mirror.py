"""A cavity with a movable mirror, after Vitali et al., Phys. Rev. Lett. 98, 030405 (2007)."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import c, hbar, k

from ...parameters import PAPER, Parameters
from ...solution import solve
from ...systems import System
from ..kit.maps import colour_scale, draw_map
from ..kit.style import THREE_LINES, style

OMEGA_M, GAMMA_M = 2 * np.pi * 10e6, 2 * np.pi * 100  # rad/s
WAVELENGTH, LENGTH, FINESSE = 810e-9, 1e-3, 1.07e4  # m, m
MASS, POWER, TEMPERATURE = 5e-12, 50e-3, 0.4  # kg, W, K
KAPPA = np.pi * c / (LENGTH * FINESSE)
LEVELS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
DETUNINGS = (0.5, 1.0, 1.5)  # of the curves, effective, in units of omega_m


def system(detuning, power=POWER, temperature=TEMPERATURE) -> System:
    """Light and mirror about their mean field, at an effective detuning in units of omega_m.

    >>> print(solve(system(1.0)).log_negativity("c", "m").round(3))
    0.299
    """
    Delta, omega_0 = np.asarray(detuning) * OMEGA_M, 2 * np.pi * c / WAVELENGTH
    G_0 = omega_0 / LENGTH * np.sqrt(hbar / (MASS * OMEGA_M))
    epsilon = np.sqrt(2 * np.asarray(power) * KAPPA / (hbar * omega_0))
    G = np.sqrt(2) * G_0 * epsilon / np.sqrt(KAPPA**2 + Delta**2)
    return System(
        modes=["c"], H=Delta[..., None, None], decay=[KAPPA], coupling=G[..., None],
        omega_m=OMEGA_M, gamma_m=GAMMA_M, n_m=1 / np.expm1(hbar * OMEGA_M / (k * np.asarray(temperature))),
    )  # fmt: skip


def parameters() -> Parameters:
    """The same cavity as a resonator at rest without atoms, whose radius stands for its length.

    >>> bool(np.isclose(parameters().G_0, 1347.34, rtol=1e-5))
    True
    """
    return PAPER.replace(
        radius=LENGTH, wavelength=WAVELENGTH, mass=MASS, power=POWER, temperature=TEMPERATURE,
        omega_m=OMEGA_M, gamma_m=GAMMA_M, kappa=KAPPA, gamma_a=KAPPA, G_a=0.0, angular_velocity=0.0,
        Delta_a=0.0, Delta_c=3 * OMEGA_M,
    )  # fmt: skip


@dataclass(frozen=True)
class Data:
    """Entanglement of light and mirror.

    detuning, power : arrays (m,), (n,), effective detuning in units of omega_m, power in W
    E : array (n, m)
    temperature : array (k,), in K
    curves : array (3, k), E at the ``DETUNINGS`` and the power of the paper
    """

    detuning: np.ndarray
    power: np.ndarray
    E: np.ndarray
    temperature: np.ndarray
    curves: np.ndarray

    @property
    def ends(self) -> np.ndarray:
        """The highest temperature with entanglement, at each of the detunings, array (3,) in K."""
        return np.array([self.temperature[curve > 0].max(initial=0) for curve in self.curves])


def data(resolution=81) -> Data:
    """A map over detuning and power, and curves over the temperature.

    >>> d = data(5)
    >>> d.E.shape, d.ends.round(1)
    ((5, 5), array([18.7, 23.3, 14.7]))
    """
    detuning, power = np.geomspace(0.1, 3, resolution), np.geomspace(0.05, 2, resolution) * POWER
    E = solve(system(detuning, power[:, None])).log_negativity("c", "m")
    temperature = np.geomspace(0.1, 40, 301)
    at = system(np.array(DETUNINGS)[:, None], temperature=temperature)
    return Data(detuning, power, E, temperature, solve(at).log_negativity("c", "m"))


def draw(d: Data):
    """Left: the map. Right: against the temperature."""
    with style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.9), layout="compressed")
        mesh = draw_map(left, d.detuning, 1e3 * d.power, d.E, colour_scale([d.E]), LEVELS)
        left.set(xlabel=r"effective detuning $\tilde\Delta/\omega_m$", ylabel="power (mW)")
        figure.colorbar(mesh, ax=left, label="$E_{c-m}$", ticks=[0, *LEVELS])
        for detuning, curve, look in zip(DETUNINGS, d.curves, THREE_LINES, strict=True):
            label = rf"$\tilde\Delta = {detuning:g}\,\omega_m$"
            right.plot(d.temperature, curve, label=label, **look)
        right.axvline(20, color="0.5", lw=1, ls=":")
        right.set(
            xscale="log", xlabel="temperature (K)", title="$E_{c-m}$ at 50 mW", ylim=(0, None)
        )
        right.legend()
        plt.close(figure)
    return figure
