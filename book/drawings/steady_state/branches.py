"""Every steady state against the power: stable and unstable branches, and the folds between them."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.integrate import solve_ivp

import omcore as om

from ..kit.operating import photons as driven_photons
from ..kit.panels import row_of_panels
from ..kit.style import BLACK, CASE_STYLES, GUIDE, MIDDLE, style

_W = om.PAPER.omega_m
LONE = om.PAPER.replace(
    G_a=0.0, angular_velocity=0.0, kappa=0.2 * _W, Delta_c=_W, gamma_m=_W, power=0.02
)
"""One cavity without atoms, and a mirror damped so strongly that it never rings."""

SPINNING = om.PAPER.replace(
    kappa=0.2 * _W, gamma_a=0.2 * _W, gamma_m=0.5 * _W, Delta_c=2.25 * _W, power=0.025
)
"""The paper's resonator, driven CCW, with less loss of light and a damped mirror."""

FIVE = om.PAPER.replace(
    kappa=0.15 * _W, gamma_a=0.11 * _W, Delta_a=1.36 * _W, G_a=0.68 * _W,
    angular_velocity=5.7e3, Delta_c=2.42 * _W, power=0.25,
)  # fmt: skip
"""Two split cavity modes, both in reach of the shift by the mirror: five steady states."""


def data(p: om.Parameters, furthest=None, resolution=4001):
    """All steady states, in the order of the displacement, each with its power.

    A mirror held at y shifts the cavity to Δ_c - y ω_m. There the amplitudes are those of the bare
    detuning, and they grow as the square root of the power. So each y has one power, and no root
    need be searched.

    shift : array (n,), y = G_0 q_s/ω_m
    power : array (n,), W, the one that holds the mirror there
    stable : bool array (n,)
    folds : arrays (2, k), powers and shifts where two branches meet

    >>> low, high = data(LONE).folds[0]
    >>> print(f"{1e3 * high:.1f} {1e3 * low:.1f} mW")
    15.5 63.5 mW
    """
    if furthest is None:
        furthest = 1.5 * (p.Delta_c / p.omega_m + 1)
    y = np.linspace(0, furthest, resolution)[1:]
    held = om.mean_field(p.replace(Delta_c=p.Delta_c - y * p.omega_m), "bare-detuning")
    power = p.power * y * p.omega_m / (p.G_0 * held.q)
    grown = np.sqrt(power / p.power)
    field = om.MeanField(held.modes, grown[:, None] * held.amplitudes, y * p.omega_m / p.G_0)
    stable = om.is_stable(om.drift_matrix(p.replace(power=power), field))
    turns = np.flatnonzero(np.diff(np.sign(np.diff(power)))) + 1
    return SimpleNamespace(
        parameters=p, shift=y, power=power, stable=stable, folds=np.array([power[turns], y[turns]])
    )


@style()
def draw(*curves, titles=None):
    """Shift against power, one panel a family: stable solid, unstable dashed, folds as dots."""
    size = (0.6 + 3.0 * len(curves), 3.6)
    figure, axes = row_of_panels(len(curves), figsize=size, sharey=False)
    for k, (axis, d) in enumerate(zip(axes, curves, strict=True)):
        for stable, look in ((True, "-"), (False, "--")):
            y = np.where(d.stable == stable, d.shift, np.nan)
            color = BLACK if stable else MIDDLE
            axis.plot(1e3 * d.power, y, look, color=color, label=("unstable", "stable")[stable])
        axis.plot(1e3 * d.folds[0], d.folds[1], "o", color=BLACK, markersize=5, label="fold")
        axis.axvline(1e3 * d.parameters.power, **GUIDE)
        highest = 2.2 * max([d.parameters.power, *(d.folds[0] / 1.6)])
        axis.set(xlabel="$P$ (mW)", xlim=(0, 1e3 * highest), ylim=(0, d.shift[-1]))
        if titles:
            axis.set_title(titles[k])
    axes[0].set_ylabel(r"$G_0q_s/\omega_m$")
    axes[0].legend(fontsize=9)
    return figure


def relax(p: om.Parameters, start, duration, points=201, accuracy=1e-9):
    """The nonlinear mean field, Eq. 5 without its noise: times (points,) in s, mean quadratures (points, 8).

    From the vacuum the resonator of Fig. 1(c) settles at its steady state:

    >>> t, u = relax(om.PAPER, np.zeros(8), 100 / om.PAPER.omega_m)
    >>> bool(abs(u[-1, 6] / om.mean_field(om.PAPER).q - 1) < 1e-4)
    True
    """
    t = np.linspace(0, duration * p.omega_m, points)  # in units of 1/ω_m
    largest = max(1.0, np.abs(start).max(), p.drive_amplitude / p.omega_m)
    flow = lambda _, u: om.mean_field_flow(p, u) / p.omega_m
    path = solve_ivp(flow, (0, t[-1]), start, "DOP853", t, rtol=accuracy, atol=accuracy * largest)
    return path.t / p.omega_m, path.y.T


def relaxation(p: om.Parameters = SPINNING, offsets=(-0.3, -0.02, 0.02, 0.3), duration=60):
    """Displace the mirror from the middle branch, and let the nonlinear equations run.

    time : array (n,), in units of 1/ω_m
    shifts : array (starts, n), y = G_0 q/ω_m
    branches, stable : arrays (k,), the steady values of y, and which are stable
    """
    found = om.mean_field_branches(p)
    middle = om.mean_field(p, branch=1).quadratures()
    unit = p.omega_m / p.G_0
    shifts = []
    for offset in offsets:
        start = middle.copy()
        start[-2] += offset * unit
        time, path = relax(p, start, duration / p.omega_m, points=401)
        shifts.append(path[:, -2] / unit)
    return SimpleNamespace(
        time=time * p.omega_m, shifts=np.array(shifts), branches=found.q / unit, stable=found.stable
    )


@style()
def draw_relaxation(*runs, titles=None):
    """Shift against time, with the branches as horizontal lines."""
    size = (0.6 + 4.2 * len(runs), 3.5)
    figure, axes = row_of_panels(len(runs), figsize=size, sharey=False)
    for k, (axis, run) in enumerate(zip(axes, runs, strict=True)):
        for y, stable in zip(run.branches, run.stable, strict=True):
            axis.axhline(y, color=BLACK, lw=1, ls="-" if stable else "--")
        axis.plot(run.time, run.shifts.T)
        axis.set(xlabel=r"$\omega_m t$", title=titles[k] if titles else "")
    axes[0].set_ylabel(r"$G_0q/\omega_m$")
    return figure


def readings(p=om.PAPER, power=None):
    """Photons of the driven mode in both readings, for powers up to 60 mW.

    power : array (n,), W
    photons : reading -> case -> array (n,)
    """
    power = np.linspace(0.2e-3, 60e-3, 300) if power is None else power
    photons = {}
    for reading in om.MEAN_FIELDS:
        points = om.operating_points(p.replace(power=power))
        photons[reading] = {
            case: driven_photons(q, om.mean_field(q, reading)) for case, q in points.items()
        }
    return SimpleNamespace(power=power, photons=photons)


@style()
def draw_readings(r):
    """Ratio of the photon numbers of both readings, against power."""
    figure, axis = plt.subplots(figsize=(5.6, 3.6))
    exact, bare = r.photons["self-consistent"], r.photons["bare-detuning"]
    for case in om.CASES:
        axis.plot(1e3 * r.power, exact[case] / bare[case], **CASE_STYLES[case])
    axis.axvline(1e3 * om.PAPER.power, **GUIDE)
    axis.set(xlabel="$P$ (mW)", ylabel="photons: self-consistent over bare", xlim=(0, None))
    axis.legend()
    return figure
