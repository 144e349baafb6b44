"""Sideband cooling by one weakly coupled mode: V against the textbook formula."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.style import EDGE, THREE_LINES, style


def rates(coupling, detuning, kappa, omega_m):
    """Rates at which light takes phonons (A_minus) and gives them (A_plus)."""
    taken, given = (kappa**2 + (detuning - s * omega_m) ** 2 for s in (1, -1))
    return coupling**2 * kappa / (2 * taken), coupling**2 * kappa / (2 * given)


def data(p=om.PAPER, power=2e-5, kappa=(0.1, 0.3, 0.6), resolution=61):
    """Phonons of a mirror in a weakly driven resonator at rest, without atoms.

    detuning : array (m,), Delta_c/omega_m
    kappa : array (n,), kappa/omega_m
    phonons : array (n, m), from V
    closed_form : array (n, m), from rates
    bath : phonons of the bath
    """
    kappa, detuning = np.array(kappa), np.linspace(0.2, 2.5, resolution)
    q = p.replace(
        G_a=0.0, angular_velocity=0.0, power=power, drive="ccw",
        kappa=p.omega_m * kappa[:, None], Delta_c=p.omega_m * detuning,
    )  # fmt: skip
    s = om.solve(q)
    shifted = s.effective_detuning("driven")
    minus, plus = rates(abs(s.coupling("driven")), shifted, q.kappa, q.omega_m)
    closed_form = (q.gamma_m * q.n_m + plus) / (q.gamma_m + minus - plus)
    return SimpleNamespace(
        detuning=detuning, kappa=kappa, phonons=s.quanta("m"), closed_form=closed_form,
        bath=float(q.n_m),
    )  # fmt: skip


@style()
def draw(d):
    """Lines: the formula. Dots: V."""
    figure, axis = plt.subplots(figsize=(6.2, 3.6))
    curves = zip(d.kappa, d.phonons, d.closed_form, THREE_LINES, strict=True)
    for kappa, phonons, formula, look in curves:
        label = rf"$\kappa = {kappa:g}\,\omega_m$"
        axis.plot(d.detuning, formula, label=label, **look)
        axis.plot(d.detuning[::4], phonons[::4], "o", color=look["color"], markersize=4)
    axis.axhline(d.bath, **EDGE)
    axis.text(0.2, d.bath + 0.15, "bath")
    axis.set(xlabel=r"$\Delta_c/\omega_m$", ylabel="phonons", ylim=(0, 1.15 * d.bath))
    axis.legend()
    return figure
