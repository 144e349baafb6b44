"""Where a run ends: a laser that is switched on suddenly, and one that rises, at the same parameters."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.evolution import flow

from ..kit.panels import legend_below
from ..kit.style import GUIDE, THREE_LINES, style

AT_REST, W = om.CASES["stationary"], om.PAPER.omega_m
BOTH = AT_REST.replace(power=[0.07, 0.1], kappa=[0.3 * W, 0.4 * W], Delta_c=[W, 1.25 * W])
AT, NEVER = BOTH[0], BOTH[1]  # the sudden laser is late; nor was it seen to arrive here
RAMPS = {  # name: (time in which the laser rises in s, look)
    "suddenly": (0.0, THREE_LINES[0]),
    "within 1 µs": (1e-6, THREE_LINES[1]),
}
UNTIL = 4e-6  # s
STEP = 0.1  # of the runs of ``unsettled``, in 1/omega_m: good to some 10⁻⁵ in three periods
SETTLED = 1e-2  # of the largest mean quadrature


def data(p: om.Parameters = AT):
    """The same system for four microseconds, switched on in two ways.

    t : array (n,), in s
    q : name -> array (n,), displacement
    noise : name -> array (n,), largest entry of V; NaN where it has grown too large
    branches : array (k,), displacements of all steady states; only the first is stable
    """
    t = np.linspace(0, UNTIL, 1201)
    runs = {name: om.evolve(p, t, ramp) for name, (ramp, _) in RAMPS.items()}
    q = {name: e.u[:, -2] for name, e in runs.items()}
    noise = {name: np.abs(e.V).max((-1, -2)) for name, e in runs.items()}
    return SimpleNamespace(t=t, q=q, noise=noise, branches=om.mean_field_branches(p).q)


def unsettled(p: om.Parameters, periods, starts=40, seed=1) -> np.ndarray:
    """Share of sudden starts that are not at the stable state after each of k periods, array (k, ...).

    Each starts without light, the mirror displaced as its heat displaces it. Runge and Kutta's steps, the
    mean alone: where it is chaotic no integrator follows one run for long, but the share is its own.
    ``p`` may be a sweep, of one omega_m and one temperature.
    """
    resonator, rest, h = om.system(p), om.mean_field(p).quadratures(), STEP / p.omega_m
    u = np.zeros((starts, *rest.shape))
    heat = np.random.default_rng(seed).normal(scale=np.sqrt(p.n_m + 0.5), size=(starts, 2))
    u[..., -2:] = heat.reshape(starts, *[1] * len(p.shape), 2)
    shares, done = [], 0
    for steps in (2 * np.pi * np.asarray(periods) / STEP).astype(int):
        for _ in range(steps - done):
            a = flow(resonator, u)
            b = flow(resonator, u + h / 2 * a)
            c = flow(resonator, u + h / 2 * b)
            d = flow(resonator, u + h * c)
            u = u + h / 6 * (a + 2 * b + 2 * c + d)
        done = steps
        far = np.abs(u - rest).max(-1) > SETTLED * np.abs(rest).max(-1)
        shares.append(far.mean(0))
    return np.array(shares)


@style()
def draw(d):
    """Left: the displacement. Right: the largest entry of V, on a logarithmic scale."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8))
    for name, (_, look) in RAMPS.items():
        left.plot(d.t * 1e6, d.q[name] / 1e5, label=name, **look)
        right.semilogy(d.t * 1e6, d.noise[name], **look)
    for q in d.branches:
        left.axhline(q / 1e5, **GUIDE)
    left.set(xlabel="$t$ (µs)", ylabel="$q/10^5$", xlim=(0, UNTIL * 1e6))
    right.set(xlabel="$t$ (µs)", ylabel="largest entry of $V$", xlim=(0, UNTIL * 1e6))
    legend_below(figure, left)
    return figure
