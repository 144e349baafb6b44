"""What noise does: a mode that relaxes to its bath, thermal phonons, and a bath that is too quiet."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import Boltzmann, hbar

import omcore as om
from omcore.conventions import VACUUM_VARIANCE
from omcore.proofs.crosschecks import propagator, trajectories

from ..kit.style import BLACK, GUIDE, PALE, SAND, style


def light(p=om.PAPER):
    """Drift and diffusion of one empty cavity mode at the detuning Δ_c, in units of ω_m."""
    kappa, detuning = p.kappa / p.omega_m, p.Delta_c / p.omega_m
    return np.array([[-kappa, detuning], [-detuning, -kappa]]), kappa * np.eye(2)


def mirror(damping, phonons=0.0, lindblad=False):
    """Drift and diffusion of a lone mirror in units of ω_m, damped as in Eq. 5.

    With ``lindblad``, q and p are damped and shaken alike, each at half the rate.

    >>> mirror(0.2)[1].tolist(), mirror(0.2, lindblad=True)[1].tolist()
    ([[0.0, 0.0], [0.0, 0.2]], [[0.1, 0.0], [0.0, 0.1]])
    """
    rates = np.array([damping / 2, damping / 2] if lindblad else [0.0, damping])
    return np.array([[0.0, 1.0], [-1.0, 0.0]]) - np.diag(rates), np.diag(rates) * (2 * phonons + 1)


def margin(V):
    """Smallest eigenvalue of V + iΩ/2; below zero the uncertainty relation is violated.

    >>> print(f"{margin(np.diag([0.5, 0.5])):.1f} {margin(np.diag([0.5, 0.3])):.3f}")
    0.0 -0.110
    """
    return float(np.linalg.eigvalsh(V + 0.5j * om.symplectic_form(len(V) // 2)).min())


def squeezed_margins(damping, times, phonons=0.0, lindblad=False, squeezing=0.5):
    """``margin`` of a mirror that starts in a squeezed vacuum, and is then left to its bath."""
    start = VACUUM_VARIANCE * np.diag([np.exp(-2 * squeezing), np.exp(2 * squeezing)])
    found = []
    for t in times:
        M, Q = propagator(*mirror(damping, phonons, lindblad), t)
        found.append(margin(M @ start @ M.T + Q))
    return np.array(found)


def data(p=om.PAPER, number=400, damping=0.1):
    """Trajectories of a cavity mode, thermal phonons, and a mirror damped at ``damping`` ω_m.

    Times are in units of 1/ω_m.

    time, paths : arrays (n,) and (n, trajectories), X of a cavity mode that starts at X = 6
    mean, spread : arrays (n,), exact mean and standard deviation of X
    temperature, phonons, classical : arrays, K, n_m and k_B T/ħω_m
    mirror_time, quiet, fair : arrays, ``squeezed_margins`` with noise on p alone, and on q and p
    """
    step, count = 0.05, 161
    start = np.array([6.0, 0.0])
    path = trajectories(*light(p), step, np.broadcast_to(start, (number, 2)), seed=1)
    paths = np.array([np.full(number, start[0])] + [next(path)[:, 0] for _ in range(count - 1)])
    moves = [propagator(*light(p), step * k) for k in range(count)]
    temperature = np.geomspace(1e-5, 1, 101)
    mirror_time = np.linspace(0, 12, 241)
    return SimpleNamespace(
        time=step * np.arange(count), paths=paths,
        mean=np.array([(M @ start)[0] for M, _ in moves]),
        spread=np.array([np.sqrt(Q[0, 0]) for _, Q in moves]),
        temperature=temperature, phonons=p.replace(temperature=temperature).n_m,
        classical=Boltzmann * temperature / (hbar * p.omega_m),
        mirror_time=mirror_time, quiet=squeezed_margins(damping, mirror_time),
        fair=squeezed_margins(damping, mirror_time, lindblad=True),
    )  # fmt: skip


@style()
def draw(d):
    """The three pictures side by side."""
    figure, (relaxing, thermal, quiet) = plt.subplots(1, 3, figsize=(9.6, 3.5))
    relaxing.plot(d.time, d.paths[:, :12], color=SAND, lw=0.7)
    relaxing.fill_between(
        d.time, d.mean - 2 * d.spread, d.mean + 2 * d.spread, color=PALE, lw=0, zorder=0
    )
    relaxing.plot(d.time, d.mean, "--", color=BLACK, label="mean")
    relaxing.set(xlabel=r"$\omega_m t$", ylabel="$X$", title="a cavity mode relaxes")
    relaxing.legend()
    thermal.loglog(d.temperature, d.phonons, label="$n_m$")
    thermal.loglog(d.temperature, d.classical, "--", label=r"$k_BT/\hbar\omega_m$")
    thermal.axvline(om.PAPER.temperature, **GUIDE)
    thermal.set(xlabel="$T$ (K)", ylim=(1e-4, None), title="thermal phonons")
    thermal.legend()
    quiet.plot(d.mirror_time, d.quiet, label="noise on p")
    quiet.plot(d.mirror_time, d.fair, "--", label="noise on q and p")
    quiet.axhline(0, color=BLACK, lw=1)
    quiet.set(xlabel=r"$\omega_m t$", ylabel=r"smallest eigenvalue of $V + i\Omega_1/2$")
    quiet.set(title="squeezed mirror, $T = 0$")
    quiet.legend(loc=(0.4, 0.25))
    return figure
