"""Where nothing stands still, no entry point of the library gives a number; and no V that is no state.

The verdicts are NumPy's: eigenvalues of A, and of V + iΩ/2. A few thousand points always, 10^5 with
``make trust``; among them undamped and very cold mirrors, no light, and light far past the thresholds.
"""

from itertools import combinations

import numpy as np
import pytest
from points import random_parameters
from test_systems import random_systems

import omcore as om
from omcore.gaussian.symplectic import PHYSICALITY
from omcore.outputs import OUTPUTS
from trust.effort import effort

MODES = ("ccw", "cw", "a", "m")
N = effort(1000, 10_000)
EDGE = 1e-9  # growth over |A|: nearer to zero than this, rounding decides

SWEEPS = {  # what is drawn, beside random_parameters; 7 x 10^4 points with ``make trust``
    "anywhere": lambda rng: {},
    "strong light": lambda rng: dict(power=10 ** rng.uniform(-1, 3, N)),
    "no light": lambda rng: dict(power=rng.choice([0.0, 1e-30, 1e-6], N)),
    "undamped mirrors": lambda rng: dict(gamma_m=rng.choice([0.0, 1e-12, 1.0], N)),
    "cold mirrors": lambda rng: dict(
        temperature=rng.choice([0.0, 1e-9, 1e-3], N), gamma_m=10 ** rng.uniform(3, 7.5, N)
    ),
    "all extensions": lambda rng: dict(
        backscattering=om.PAPER.omega_m * rng.uniform(0, 1, N),
        backscattering_phase=rng.uniform(-np.pi, np.pi, N),
        counter_drive=rng.uniform(0, 1, N),
        counter_drive_phase=rng.uniform(-np.pi, np.pi, N),
        undriven_coupling=rng.uniform(0, 2, N),
    ),
    "narrow lines": lambda rng: dict(kappa=om.PAPER.omega_m * 10 ** rng.uniform(-4, -1, N)),
}


def points(name):
    rng = np.random.default_rng(len(name))
    return random_parameters(N, seed=1 + len(name), **SWEEPS[name](rng))


def growth(A):
    """The fastest growth at each point, over |A|; NaN where there is no A."""
    known = np.isfinite(A).all((-1, -2))
    result = np.full(known.shape, np.nan)
    result[known] = np.linalg.eigvals(A[known]).real.max(-1) / np.linalg.norm(
        A[known], axis=(-1, -2)
    )
    return result


def is_state(V):
    """Whether V + iΩ/2 has no eigenvalue below zero by more than V's own rounding."""
    bound = V + 0.5j * om.symplectic_form(V.shape[-1] // 2)
    return np.linalg.eigvalsh(bound).min(-1) >= -PHYSICALITY - 1e-12 * np.abs(V).max((-1, -2))


def stable_sets(solution):
    """What every Solution has to keep; returns where it has a state."""
    s = solution
    fastest = growth(s.A)
    assert not s.stable[~(fastest < EDGE)].any()
    assert (s.status[fastest < -EDGE] != "unstable").all()
    assert (np.isnan(s.V).any((-1, -2)) == ~s.stable).all() and np.isnan(s.V[~s.stable]).all()
    states = s.stable & s.physical
    assert ((s.status == "stable") == states).all()
    assert is_state(s.V[states]).all()
    assert not (s.stable & ~s.physical & (s.status != "no quantum state")).any()
    return states


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
@pytest.mark.parametrize("name", SWEEPS)
def test_solutions_have_numbers_only_where_there_is_a_state(name, reading):
    s = om.solve(points(name), reading)
    states = stable_sets(s)
    measured = [s.log_negativity(i, j) for i, j in combinations(MODES, 2)]
    measured += [s.log_negativity(i, [j for j in MODES if j != i]) for i in MODES]
    measured += [
        s.residual_contangle("driven", "a", "m", focus) for focus in (None, "driven", "a", "m")
    ]
    measured += [s.contangle("a", "m"), s.separability_margin("a", "m"), s.quanta("m")]
    for value in measured:
        assert (np.isfinite(value) == states).all()


@pytest.mark.parametrize("name", SWEEPS)
def test_no_branch_has_a_number_that_its_own_drift_denies(name):
    p = points(name)
    counts = np.isfinite(om.mean_field_branches(p).q).sum(-1)
    assert (counts % 2 == 1).all()
    for k in range(counts.max() + 1):
        s = om.solve(p, branch=k)
        assert ((s.status == "no such branch") == (k >= counts)).all()
        missing = k >= counts
        assert (
            np.isnan(s.mean_field.q[missing]).all() and np.isnan(s.A[missing]).any((-1, -2)).all()
        )
        stable_sets(s)


@pytest.mark.parametrize("name", SWEEPS)
def test_the_lyapunov_equation_has_no_solution_where_the_drift_grows(name):
    s = om.solve(points(name))
    A, D = s.A, s.D
    fastest = growth(A)
    V = om.lyapunov(A, D)
    assert np.isnan(V[~(fastest < EDGE)]).all()
    assert (np.isfinite(V).all((-1, -2)) | np.isnan(V).all((-1, -2))).all()
    assert (om.is_stable(A)[fastest < -EDGE]).all() and not om.is_stable(A)[fastest > EDGE].any()


@pytest.mark.parametrize("name", SWEEPS)
def test_gradients_validity_and_outputs_stop_where_the_state_does(name):
    p = points(name)
    s = om.solve(p)
    states = s.stable & s.physical
    entangled = np.nan_to_num(s.log_negativity("driven", "m")) > 0
    for field, slope in om.gradient(p, "driven", "m").items():
        assert np.isnan(slope[~entangled]).all(), field
    verdict = om.validity(p)
    assert not verdict["stable"].holds[~s.stable].any()
    assert not verdict["quantum state"].holds[~states].any()
    assert not verdict.hold[~states].any()
    for key, output in OUTPUTS.items():
        value = np.asarray(output.of(s))
        if key.startswith(("E_", "R")) or key in ("phonons",):
            assert (np.isfinite(value) == states).all(), key


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("given", ["driven", "about its mean field"])
def test_any_system_has_numbers_only_where_there_is_a_state(n, given):
    systems = random_systems(n, N, seed=n)
    if given != "driven":
        rng = np.random.default_rng(n)
        coupling = rng.normal(size=(N, n)) + 1j * rng.normal(size=(N, n))
        systems = om.System(
            modes=systems.modes, H=systems.H, decay=systems.decay, coupling=coupling,
            omega_m=1.0, gamma_m=systems.gamma_m, n_m=systems.n_m,
        )  # fmt: skip
    s = om.solve(systems)
    states = stable_sets(s)
    assert 0.02 * N < states.sum() and (n == 1 or not states.all())
    for value in (s.log_negativity(0, "m"), s.separability_margin("m", 0), s.contangle(0, "m")):
        assert (np.isfinite(value) == states).all()


@pytest.mark.parametrize("n", [1, 2, 4])
def test_what_is_no_state_is_refused_by_every_measure(n):
    """States shrunk until they are none, and matrices that are just symmetric."""
    rng = np.random.default_rng(n)
    tried = 0
    for _ in range(effort(60, 3000)):
        M = rng.normal(size=(2 * n, 2 * n))
        V = (M @ M.T) * 10 ** rng.uniform(-3, 1) if rng.random() < 0.7 else M + M.T
        lowest = np.linalg.eigvalsh(V + 0.5j * om.symplectic_form(n)).min()
        if lowest > -1e-6:
            continue
        tried += 1
        assert not om.is_physical(V)
        if n > 1:
            for measure in (om.log_negativity, om.separability_margin, om.contangle):
                with pytest.raises(om.MatrixError):
                    measure(V, 0, 1)
            with pytest.raises(om.MatrixError):
                om.residual_contangle(np.kron(np.eye(2), V), 0, 1, 2)
    assert tried > effort(20, 1000)
