"""A cavity and its mirror under a noisy laser, up to the end of a stable branch: a published case."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.constants import c, hbar

import omcore as om
from omcore.assumptions.laser import covariance_per_linewidth, linewidth_left
from omcore.assumptions.technical import coloured, strength_left
from omcore.linear import turned

from ..kit.style import BLACK, SAND, SIENNA, style

OMEGA, WAVELENGTH, LENGTH, FINESSE, MASS = 2 * np.pi * 10e6, 810e-9, 1e-3, 1.07e4, 5e-12
KAPPA = np.pi * c / (LENGTH * FINESSE)
OPTICAL = 2 * np.pi * c / WAVELENGTH
G_0 = OPTICAL / LENGTH * np.sqrt(hbar / (MASS * OMEGA))


def cavity(power, detuning=1.0) -> om.System:
    """The cavity of Vitali et al. 2007 at 0.4 K, with its effective detuning in units of omega_m held."""
    power, Delta = np.asarray(power, float), detuning * OMEGA
    drive = np.sqrt(2 * KAPPA * power / (hbar * OPTICAL))
    photons = drive**2 / (KAPPA**2 + Delta**2)
    bare = Delta + G_0**2 * photons / OMEGA
    return om.System(
        modes=["c"], H=bare[..., None, None], decay=[KAPPA], photon_coupling=[G_0], drive=drive[..., None],
        omega_m=OMEGA, gamma_m=2 * np.pi * 100, n_m=om.occupation(OMEGA, 0.4),
    )  # fmt: skip


def distance(s) -> np.ndarray:
    """1 - G²Δ/ω_m(κ² + Δ²): zero at the end of the branch."""
    G, Delta = abs(s.coupling("c")), s.effective_detuning("c")
    return 1 - G**2 * Delta / (OMEGA * (KAPPA**2 + Delta**2))


def data():
    """Along the branch up to its end.

    distance : array (n,), 1 without light, 0 at the end; E : of light and mirror
    half : line width in mHz at which E halves; phonons : that the noise adds, per mHz of line width
    doubled : line width in mHz at which the phonons are twice as many
    rms : of a frequency with the corner 0.1 omega_m, rad/s, at which E halves
    """
    powers = np.linspace(2e-3, 52e-3, 51)
    s = om.solve(cavity(powers))
    V1 = 2e-3 * np.pi * covariance_per_linewidth(s)
    added = (V1[:, 2, 2] + V1[:, 3, 3]) / 2
    rms = [rms_borne(s[k], 0.1 * OMEGA) for k in range(len(powers))]
    return SimpleNamespace(
        rms=np.array(rms),
        power=powers, distance=distance(s), E=s.log_negativity("c", "m"), quanta=s.quanta("m"),
        half=linewidth_left(s, i="c", j="m") / (2e-3 * np.pi), phonons=added, doubled=s.quanta("m") / added,
    )  # fmt: skip


def rms_borne(s, corner):
    """The rms of a noise of the laser's frequency with a corner at which E halves, in rad/s."""
    noisy = coloured(s.linear, turned(s.mean_field), 1.0, corner)
    S = strength_left(s, om.solve(noisy).V[:4, :4] - s.V, i="c", j="m")
    return np.sqrt(S * corner / 2)


@style()
def draw(d):
    """Left: E and the width that halves it. Right: phonons that the noise adds."""
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 3.6))
    axes[0].plot(d.distance, d.E, color=BLACK, label="$E$, light and mirror, no noise")
    axes[0].plot(
        d.distance, d.half, color=SIENNA, linestyle="--", label="line width that halves it (mHz)"
    )
    axes[1].semilogy(
        d.distance, d.phonons, color=SAND, linestyle="-.", label="phonons added per mHz"
    )
    for axis in axes:
        axis.set(xlabel="distance from the end of the branch", xlim=(1, 0))
        axis.legend(loc="upper left")
    axes[0].set_ylim(0, 1.3)
    return figure
