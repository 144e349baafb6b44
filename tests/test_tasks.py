"""Tasks of people in this field, each in at most ten lines, against a closed form or a limit.

What stays impossible: memory kernels that no few pseudomodes give, and states that are not Gaussian.
book/other_systems has a table of it, and of what to use instead.
"""

import ast
from pathlib import Path

import numpy as np
import pytest

import omcore as om

MOST = 10  # lines of a task
MIRROR = dict(omega_m=1.0, gamma_m=1e-4, n_m=0.0)


def two_mirrors_of_one_cavity():
    s = om.solve(om.System(
        modes=["c"], H=[[1.0]], decay=[0.3], coupling=[[0.15, 0.1]], mirrors=("b1", "b2"),
        omega_m=[1.0, 1.05], gamma_m=1e-4, n_m=0.0,
    ))  # fmt: skip
    return s.log_negativity("c", "b1") > 0.05, s.log_negativity("c", "b2") > 0.0


def a_parametric_amplifier_below_and_above_its_threshold():
    amplifier = lambda s: om.System(
        modes=["a", "b"],
        H=np.zeros((2, 2)),
        decay=[1.0, 1.0],
        squeezing=[[0, s], [s, 0]],
        mirrors=(),
    )
    below, above = om.solve(amplifier(0.5)), om.solve(amplifier(1.5))
    return np.isclose(below.log_negativity("a", "b"), np.log(1.5)), above.status == "unstable"


def squeezed_light_that_comes_in():
    r = 0.6
    bath = dict(n=[np.sinh(r) ** 2], m=[np.sinh(r) * np.cosh(r)])
    s = om.solve(om.System(modes=["c"], H=[[0.0]], decay=[1.0], mirrors=(), **bath))
    return np.allclose(np.diag(s.V), np.exp([2 * r, -2 * r]) / 2)


def warm_magnons_over_temperature():
    T, w = np.linspace(0.01, 0.6, 60), 2 * np.pi * 10e9
    n = np.repeat(om.occupation(w, T)[:, None], 2, axis=1)
    S = 0.5 * np.array([[0, 1], [1, 0]])
    pair = om.System(modes=["c", "m"], H=0 * S, decay=[1.0, 1.0], squeezing=S, n=n, mirrors=())
    E = om.solve(pair).log_negativity("c", "m")
    return E[0] > 0.4, E[-1] == 0.0, np.isclose(E[30], max(0, np.log(1.5 / (2 * n[30, 0] + 1))))


def magnons_that_push_one_another():
    fields = dict(modes=["m"], H=[[-2.0]], decay=[0.5], kerr=[0.01], mirrors=())
    powers = np.linspace(1, 8, 71)
    states = om.mean_field_branches(om.System(drive=powers[:, None], **fields))
    return (np.isfinite(states.amplitudes[..., 0]).sum(-1) == 3).any()


def ones_own_drift_and_diffusion():
    linear = om.Linear(("c",), A=[[-1.0, 2.0], [-2.0, -1.0]], D=3 * np.eye(2))
    return np.allclose(om.solve(linear).V, 1.5 * np.eye(2)), np.isclose(
        om.solve(linear).quanta("c"), 1.0
    )


def the_spectrum_of_a_mirror():
    s = om.solve(om.System(modes=["c"], H=[[1.0]], decay=[0.3], coupling=[0.1], **MIRROR))
    omega = np.linspace(0.5, 1.5, 4001)
    spectrum = s.spectrum(omega)[:, 2, 2].real
    return np.isclose(np.trapezoid(spectrum, omega) / np.pi, s.V[2, 2], rtol=0.02)


def light_that_leaves_entangled_with_the_mirror():
    mirror = MIRROR | {"gamma_m": 1e-2}
    s = om.solve(om.System(modes=["c"], H=[[-1.0]], decay=[0.4], coupling=[0.02], **mirror))
    seen = s.linear.filtered("c", at=-1.0, width=5e-3, efficiency=0.9)
    return om.solve(seen).log_negativity("out", "m") > 0.01


def feedback_of_a_measured_quadrature():
    """A force on the mirror from a filtered record of the light: one classical variable, by A and D."""
    K, rate, gain, unit = 2.0, 1.0, 0.2, np.eye(4)
    s = om.solve(
        om.System(modes=["c"], H=[[0.0]], decay=[K], coupling=[0.2], **MIRROR | {"n_m": 500})
    )
    record, noise = rate * np.sqrt(2 * K) * unit[1:2], -rate * np.sqrt(K / 2) * unit[1:2]
    A = np.block([[s.A, gain * unit[:, 3:]], [record, -rate]])  # the record is sqrt(2K) Y - Y_in
    D = np.block([[s.D, noise.T], [noise, rate**2 / 2]])
    fed = om.solve(om.Linear(("c", "m"), A, D, classical=("record",)))
    return fed.stable, fed.quanta("m") < 0.2 * s.quanta("m")


def a_modulated_drive():
    mirror = MIRROR | {"gamma_m": 1e-2}
    system = om.System(modes=["c"], H=[[1.2]], decay=[0.4], photon_coupling=[0.02], **mirror)
    state = om.periodic(system, np.pi, drive=lambda t: [6 + 4 * np.cos(2 * t)], points=9)
    return state.stable.all(), np.ptp(state.quanta("m")) > 1e-3


def a_pulse():
    cavity = om.System(modes=["c"], H=[[0.0]], decay=[1.0], mirrors=())
    e = om.evolve(cavity, [0, 1, 30], drive=lambda t: [np.exp(-((t - 1) ** 2))])
    return abs(e.mean_field.amplitudes[1, 0]) > 0.3, abs(e.mean_field.amplitudes[2, 0]) < 1e-9


def a_scatterer_that_turns():
    J, turn = 0.3, 0.7
    fields = dict(modes=["cw", "ccw"], decay=[0.5, 0.5], mirrors=(), squeezing=[[0.2, 0], [0, 0]])
    H = lambda t: [[0, J * np.exp(1j * turn * t)], [J * np.exp(-1j * turn * t), 0]]
    e = om.evolve(om.System(H=np.zeros((2, 2)), **fields), [0, 40.0], H=H)
    still = om.solve(om.System(H=[[0, J], [J, -turn]], **fields))
    return np.isclose(e.purity()[-1], still.purity())


def coloured_noise_of_a_laser():
    """Frequency noise as an Ornstein-Uhlenbeck process x that turns the light: one classical variable."""
    cavity = dict(modes=["c"], H=[[1.0]], decay=[0.5], photon_coupling=[0.01], drive=[10.0])
    s = om.solve(om.System(**cavity, **MIRROR))
    alpha, corner, strength = s.mean_field.amplitudes[0], 0.1, 1e-4
    w = np.sqrt(2) * np.array([-alpha.imag, alpha.real, 0, 0])
    A, D = np.zeros((5, 5)), np.diag([0.0, 0, 0, 0, strength * corner**2])
    A[:4, :4], A[:4, 4], A[4, 4], D[:4, :4] = s.A, w, -corner, s.D
    noisy = om.solve(om.Linear(("c", "m"), A, D, classical=("x",)))
    white = om.solve(s.linear.with_noise(w, strength))
    return noisy.quanta("c") > s.quanta("c"), noisy.quanta("m") < white.quanta("m")


def a_bath_with_memory_as_one_more_mode():
    """A pseudomode: its coupling squared over its decay is the rate at which a wide one takes light."""
    g, width = 1.0, 50.0
    H = [[0, g], [g, 0]]
    memory = om.System(modes=["c", "bath"], H=H, decay=[0.3, width], n=[0, 2.0], mirrors=())
    rate = g**2 / width
    return np.isclose(om.solve(memory).quanta("c"), 2.0 * rate / (0.3 + rate), rtol=0.05)


def a_gain_beside_a_loss():
    pair = lambda J: om.System(modes=["a", "b"], H=[[0, J], [J, 0]], decay=[-0.2, 0.4], mirrors=())
    return om.solve(pair(1.0)).stable, not om.solve(pair(0.1)).stable


def a_membrane_whose_frequency_depends_on_the_light():
    """q² coupling h z†z q²/2 about a mean field: a stiffer mirror, and no linear coupling at q = 0."""
    photons, h = 1e4, 2e-5
    stiff = np.sqrt(1 + h * photons)  # omega of the mirror, with q in units of its own vacuum
    mirror = MIRROR | {"omega_m": stiff, "n_m": 1.0}
    s = om.solve(om.System(modes=["c"], H=[[0.5]], decay=[0.3], coupling=[0.0], **mirror))
    return np.isclose(s.V[2, 2], 1.5), s.log_negativity("c", "m") == 0


def a_mirror_that_is_watched():
    mirror = MIRROR | {"n_m": 5.0}
    s = om.solve(om.System(modes=["c"], H=[[0.0]], decay=[1.0], coupling=[0.3], **mirror))
    V = om.conditioned(s.A, s.D, 0, angle=np.pi / 2)
    return om.purity(V) > 3 * s.purity()


TASKS = [
    f for f in list(globals().values()) if getattr(f, "__module__", "") == __name__ and callable(f)
]


@pytest.mark.parametrize("task", TASKS, ids=lambda f: f.__name__)
def test_a_task(task):
    assert np.all(task())


def test_each_is_short_and_there_are_sixteen():
    functions = [
        f
        for f in ast.parse(Path(__file__).read_text("utf-8")).body
        if isinstance(f, ast.FunctionDef)
    ]
    tasks = [f for f in functions if not f.name.startswith("test_")]
    assert len(tasks) == len(TASKS) >= 16
    for f in tasks:
        body = f.body[1:] if ast.get_docstring(f) else f.body
        assert f.body[-1].end_lineno - body[0].lineno + 1 <= MOST, f.name
