r"""Magnons that push one another, after Gupta et al., Phys. Rev. A 110, 063504 (2024).

Every number is that of the sources of the published version, which its authors keep in the public
repository Sampreet/bistable_mag on GitHub: the parameters in envs/Optomagnomechanical.py, in units
of the frequency of the phonons, and the powers that Figs. 1 and 3 mark, ``MARKED``, in
scripts/figures. The magnons' self-Kerr term :math:`\hbar K m^{\dagger2}m^2` is what a System has
not; drift and diffusion are written out, and all that follows from them is the library's.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import hbar

import omcore as om

from ..kit.style import BLUE, GREEN, GUIDE, MIDDLE, style
from .movable_mirror import quanta

OMEGA_B = 2 * np.pi * 10e6  # rad/s, the unit of all rates below
OMEGA_A, KAPPA_A, KAPPA_M, KAPPA_B = 1e3, 0.1, 0.1, 1e-5
DELTA_A, DELTA_M = -0.9, -0.8
KERR, EXCHANGE, PUSH = 6.5e-16, 0.32, 1e-10
TEMPERATURE = 0.01  # K
MARKED = (13.84e-3, 81.94e-3, 126.34e-3)  # W: two stable states between the first two, none beyond


def light(magnons):
    """Detuning of the magnons at a mean number of them, and what is left of it with the light."""
    phonons = -PUSH * magnons / (1 - 1j * KAPPA_B)
    shifted = DELTA_M + 2 * KERR * magnons + 2 * PUSH * phonons.real
    return shifted, shifted - 1j * KAPPA_M - EXCHANGE**2 / (DELTA_A - 1j * KAPPA_A)


def power(magnons):
    """The power that keeps so many magnons, in W: a cubic polynomial of their number.

    >>> print(f"{1e3 * power(6.489e14):.1f} mW")
    50.0 mW
    """
    drive = magnons * np.abs(light(magnons)[1]) ** 2 * OMEGA_B**2
    return drive * hbar * (OMEGA_A - DELTA_A) / (2 * KAPPA_M)


def drift(magnons) -> np.ndarray:
    """Drift matrix of light, magnons and phonons, arrays (...,) -> (..., 6, 6).

    For dz/dt = -(K + iH) z - iS z*, with the quadratures of each mode in pairs.
    """
    magnons = np.asarray(magnons, float)
    shifted, all_of_it = light(magnons)
    m = np.sqrt(magnons) * np.exp(1j * np.angle(-1j / all_of_it))
    H, S = np.zeros((2, *magnons.shape, 3, 3), complex)
    H[..., 0, 0], H[..., 1, 1], H[..., 2, 2] = DELTA_A, shifted + 2 * KERR * magnons, 1.0
    H[..., 0, 1] = H[..., 1, 0] = EXCHANGE
    H[..., 1, 2] = S[..., 1, 2] = S[..., 2, 1] = PUSH * m
    H[..., 2, 1] = PUSH * m.conj()
    S[..., 1, 1] = 2 * KERR * m**2
    M, S = -np.diag([KAPPA_A, KAPPA_M, KAPPA_B]) - 1j * H, -1j * S
    A = np.empty((*magnons.shape, 6, 6))
    A[..., ::2, ::2], A[..., ::2, 1::2] = (M + S).real, -(M - S).imag
    A[..., 1::2, ::2], A[..., 1::2, 1::2] = (M + S).imag, (M - S).real
    return A


def diffusion() -> np.ndarray:
    """Diffusion matrix; the phonons are damped in both quadratures alike."""
    warm = KAPPA_B * (2 * quanta(OMEGA_B, TEMPERATURE) + 1)
    return np.diag(np.repeat([KAPPA_A, KAPPA_M, warm], 2))


def edges(magnons, power_in_W, E):
    """Powers of the two folds, and where the upper branch loses its stability, array (3,) in W."""
    turns = np.diff(np.sign(np.diff(power_in_W))).nonzero()[0] + 1
    last = np.isfinite(E).nonzero()[0].max()
    inside, outside = magnons[last], magnons[last + 1]
    for _ in range(40):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if om.is_stable(drift(middle)) else (inside, middle)
    return np.array([*sorted(power_in_W[turns]), power(inside)])


def data(resolution=4001):
    """All steady states up to the 200 mW of the figures of the paper, and a little beyond.

    magnons, power, E : arrays (n,), 1, W, and E of light and magnons, NaN where it is not stable
    edges : array (3,), see ``edges``
    """
    magnons = np.linspace(0, 8e14, resolution)
    E, needed = om.log_negativity(om.lyapunov(drift(magnons), diffusion()), 0, 1), power(magnons)
    return SimpleNamespace(magnons=magnons, power=needed, E=E, edges=edges(magnons, needed, E))


def at(d, power) -> np.ndarray:
    """E of the stable states at a power, the fewest magnons first."""
    crossed = np.diff(np.sign(d.power - power)).nonzero()[0]
    return d.E[crossed][np.isfinite(d.E[crossed])]


@style()
def draw(d):
    """Left: the number of magnons. Right: their entanglement with light. Both against the power."""
    stable = np.isfinite(d.E)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="compressed")
    number = d.magnons / 1e14
    left.plot(1e3 * d.power, np.where(stable, np.nan, number), "--", color=MIDDLE, label="unstable")
    left.plot(1e3 * d.power, np.where(stable, number, np.nan), color=BLUE, label="stable")
    right.plot(1e3 * d.power, d.E, color=GREEN)
    for axis in (left, right):
        for mark in MARKED:
            axis.axvline(1e3 * mark, **GUIDE)
        axis.set(xlabel="power (mW)", xlim=(0, 200), ylim=(0, None))
    left.set_ylabel(r"magnons ($10^{14}$)")
    right.set_ylabel("$E$, light–magnons")
    left.legend()
    return figure
