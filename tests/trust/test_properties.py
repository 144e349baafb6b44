"""What holds for every state, every System and every point of the resonator, tried by hypothesis."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import solve_continuous_lyapunov

import omcore as om
from trust.effort import effort
from trust.strategies import (
    FIELDS,
    local_symplectics,
    passive_optics,
    quantum_drifts,
    reals,
    resonators,
    states,
    symplectics,
    systems,
)

# Sliders pass small rates by, which look like ratios; here they are meant.
pytestmark = pytest.mark.filterwarnings("ignore::omcore.UnitWarning")
tried = settings(
    max_examples=effort(40, 500),
    deadline=None,
    derandomize=effort(True, False),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def rounding(V):
    """What rounding may do to ln 2ν: V is known to eps of its largest entry, ν to that over itself."""
    return 1e-13 * np.abs(V).max() / om.symplectic_eigenvalues(V).min() * np.linalg.cond(V) ** 0.5


def swamped(A, D):
    """No V is right if there is one in which rounding has swamped the noise: a check by SciPy."""
    V = solve_continuous_lyapunov(A, -D)
    assert np.linalg.norm(V) * np.linalg.norm(A) > 0.9e9 * np.linalg.norm(D)


def known_to(A, V, rounding=1e-14):
    """How far rounding of A, relative to its norm, moves V: 2 |L⁻¹| |A| |V| in first order.

    L is the Lyapunov operator, and the norm of its inverse is that of its solution for unit noise.
    """
    inverse = np.linalg.norm(solve_continuous_lyapunov(A, -np.eye(len(A))), 2)
    return 2 * rounding * inverse * np.linalg.norm(A) * np.linalg.norm(V)


def condition(s):
    """How much rounding may grow in the V of a Solution: |A| over the slowest decay."""
    return np.linalg.norm(s.A) / np.abs(np.linalg.eigvals(s.A).real).min()


def lowest(V):
    """The smallest eigenvalue of V + iΩ/2: of a state it is not negative."""
    return np.linalg.eigvalsh(V + 0.5j * om.symplectic_form(V.shape[-1] // 2)).min()


# ---- measures of states


@tried
@given(st.data(), st.integers(2, 4))
def test_local_optics_leaves_entanglement_alone(data, n):
    V, S = data.draw(states(n)), data.draw(local_symplectics(n))
    turned = S @ V @ S.T
    turned = (turned + turned.T) / 2
    near = rounding(V) + rounding(turned)
    for i, j in ((0, 1), (n - 1, tuple(range(n - 1)))):
        difference = om.log_negativity(turned, i, j) - om.log_negativity(V, i, j)
        assert abs(difference) <= 1e-12 + near
    if n >= 3:
        one, other = om.residual_contangle(V, 0, 1, 2), om.residual_contangle(turned, 0, 1, 2)
        assert abs(one - other) <= 1e-11 + 20 * near


@tried
@given(st.data(), st.integers(1, 4))
def test_symplectic_eigenvalues_are_those_of_the_heat_that_went_in(data, n):
    heat = np.sort([data.draw(reals(0.5, 100)) for _ in range(n)])
    S = data.draw(symplectics(n))
    V = S @ np.diag(np.repeat(heat, 2)) @ S.T
    found = np.sort(om.symplectic_eigenvalues((V + V.T) / 2))
    assert np.allclose(found, heat, rtol=1e-9)


@tried
@given(st.data(), st.integers(2, 4))
def test_modes_may_be_exchanged(data, n):
    V = data.draw(states(n))
    assert np.isclose(
        om.log_negativity(V, 0, 1), om.log_negativity(V, 1, 0), atol=1e-12 + rounding(V)
    )
    order = data.draw(st.permutations(range(n)))
    rows = np.ravel([[2 * k, 2 * k + 1] for k in order])
    moved = V[np.ix_(rows, rows)]
    i, j = order.index(0), order.index(1)
    assert np.isclose(
        om.log_negativity(moved, i, j), om.log_negativity(V, 0, 1), atol=1e-12 + rounding(V)
    )


@tried
@given(st.data(), st.integers(2, 4))
def test_passive_optics_makes_no_entanglement_of_heat(data, n):
    """Nor of any state whose V is nowhere below the vacuum's."""
    heat = np.repeat([data.draw(reals(0.5, 50)) for _ in range(n)], 2)
    noise = np.diag([data.draw(reals(0, 5)) for _ in range(2 * n)])
    S = data.draw(passive_optics(n))
    V = S @ (np.diag(heat) + noise) @ S.T
    V = (V + V.T) / 2
    for i in range(n):
        assert om.log_negativity(V, i, [k for k in range(n) if k != i]) == 0


@tried
@given(st.data(), st.integers(2, 4))
def test_loss_and_noise_never_add_entanglement(data, n):
    V = data.draw(states(n))
    kept = np.array([data.draw(reals(0, 1)) for _ in range(n)])
    T = np.repeat(np.sqrt(kept), 2)
    lossy = T[:, None] * V * T + np.diag(1 - T**2) / 2
    x = data.draw(reals(0, 3))
    noisy = lossy + x * np.eye(2 * n)
    for pair in ((0, 1), (0, tuple(range(1, n)))):
        before, after, last = (om.log_negativity(M, *pair) for M in (V, lossy, noisy))
        assert after <= before + 1e-12 + rounding(V)
        assert last <= after + 1e-12 + rounding(V)


@tried
@given(st.data(), st.integers(3, 4))
def test_a_part_is_no_more_entangled_than_the_whole(data, n):
    V = data.draw(states(n))
    whole = om.log_negativity(V, 0, tuple(range(1, n)))
    assert om.log_negativity(V, 0, 1) <= whole + 1e-12 + rounding(V)


# ---- drift and diffusion


@tried
@given(st.data(), st.integers(1, 5))
def test_quantum_noise_keeps_a_state_a_state(data, n):
    A, D = data.draw(quantum_drifts(n))
    V = om.lyapunov(A, D)
    if np.isnan(V).all():
        swamped(A, D)
        return
    assert lowest(V) >= -1e-12 * np.abs(V).max()
    assert om.is_physical(V)


@tried
@given(st.data(), st.integers(1, 5))
def test_the_lyapunov_equation_is_solved_and_does_not_know_the_coordinates(data, n):
    A, D = data.draw(quantum_drifts(n))
    V = om.lyapunov(A, D)
    S = data.draw(symplectics(n, 0.5))
    inverse = np.linalg.inv(S)
    A_turned, D_turned = S @ A @ inverse, S @ D @ S.T
    D_turned = (D_turned + D_turned.T) / 2
    turned = om.lyapunov(A_turned, D_turned)
    if np.isnan(V).all() or np.isnan(turned).all():
        swamped(*((A, D) if np.isnan(V).all() else (A_turned, D_turned)))
        return
    assert om.backward_residual(A, D, V) < 1e-13
    near = known_to(A, V)
    assert np.abs(V - solve_continuous_lyapunov(A, -D)).max() <= near
    near += np.linalg.norm(inverse) ** 2 * known_to(A_turned, turned)
    assert np.abs(inverse @ turned @ inverse.T - V).max() <= near


@tried
@given(st.data(), st.integers(1, 5))
def test_more_noise_is_more_variance_and_linear_in_it(data, n):
    A, D = data.draw(quantum_drifts(n))
    more = data.draw(quantum_drifts(n))[1]
    sum_of_both = om.lyapunov(A, D) + om.lyapunov(A, more)
    together = om.lyapunov(A, D + more)
    if np.isnan(together).all() or np.isnan(sum_of_both).all():
        swamped(A, D + more if np.isnan(together).all() else D)
        return
    assert np.allclose(together, sum_of_both, rtol=1e-9, atol=1e-10 * np.abs(together).max())
    assert np.linalg.eigvalsh(together - om.lyapunov(A, D)).min() >= -1e-10 * np.abs(together).max()


@tried
@given(st.data(), st.integers(1, 5))
def test_an_unstable_drift_has_no_covariance(data, n):
    """By more than the eigenvalues of the worst Jordan block can move by rounding, eps^(1/10)."""
    A, D = data.draw(quantum_drifts(n))
    growth = np.linalg.eigvals(A).real.max()
    A = A - (growth - data.draw(reals(0.3, 3))) * np.eye(2 * n)
    assert not om.is_stable(A) and np.isnan(om.lyapunov(A, D)).all()


# ---- Systems of one to five modes


@tried
@given(systems())
def test_every_stable_system_is_a_quantum_state(system):
    """Baths of one phonon and more: colder ones the Brownian noise may not respect."""
    s = om.solve(system)
    assert s.status in ("stable", "unstable", "unresolved")
    if s.stable:
        assert np.linalg.eigvals(s.A).real.max() < 0
        assert s.physical and lowest(s.V) >= -1e-9 * max(1, np.abs(s.V).max())
        assert om.backward_residual(s.A, s.D, s.V) < 1e-13
    else:
        assert np.isnan(s.V).all()


@tried
@given(systems(), reals(1e-6, 1e6))
def test_all_rates_together_set_the_clock_alone(system, scale):
    """Entanglement has no unit: a System in rad/s is the same one in units of its mirror's frequency."""
    rates = {
        name: scale * getattr(system, name)
        for name in ("H", "decay", "photon_coupling", "drive", "coupling", "omega_m", "gamma_m")
    }
    one = om.solve(system)
    other = om.solve(om.System(modes=system.modes, n_m=system.n_m, **rates))
    assume(one.status != "unresolved" and other.status != "unresolved")
    assert one.stable == other.stable
    if one.stable:
        bound = 1e-13 * condition(one)
        for mode in system.modes:
            difference = one.log_negativity(mode, "m") - other.log_negativity(mode, "m")
            assert abs(difference) <= bound * (1 + np.abs(one.V).max())


@tried
@given(systems(), st.data())
def test_the_order_of_the_modes_is_a_matter_of_names(system, data):
    n = len(system.modes)
    order = data.draw(st.permutations(range(n)))
    turned = om.System(
        modes=[system.modes[k] for k in order], H=system.H[np.ix_(order, order)],
        **{name: getattr(system, name)[order] for name in ("decay", "photon_coupling", "drive", "coupling")},
        **{name: getattr(system, name) for name in ("omega_m", "gamma_m", "n_m")},
    )  # fmt: skip
    one, other = om.solve(system), om.solve(turned)
    assume(one.status != "unresolved" and other.status != "unresolved")
    assert one.stable == other.stable
    if one.stable:
        rows = np.ravel([[2 * k, 2 * k + 1] for k in [*order, n]])
        assert np.allclose(
            other.V,
            one.V[np.ix_(rows, rows)],
            rtol=1e-6,
            atol=1e-13 * condition(one) * np.abs(one.V).max(),
        )


@tried
@given(systems(driven=False))
def test_light_and_matter_that_no_mirror_touches_stay_vacuum(system):
    """What is left is passive optics in a vacuum, which entangles nothing."""
    alone = om.System(
        modes=system.modes, H=system.H, decay=system.decay, omega_m=1.0, gamma_m=0.1, n_m=system.n_m
    )
    s = om.solve(alone)
    n = 2 * len(system.modes)
    assert s.stable and np.allclose(s.V[:n, :n], np.eye(n) / 2, atol=1e-12)
    assert np.allclose(s.V[n:, n:], (system.n_m + 0.5) * np.eye(2), rtol=1e-12)
    for mode in system.modes:
        assert s.log_negativity(mode, [m for m in (*system.modes, "m") if m != mode]) == 0


# ---- the paper's resonator, everywhere on its sliders


@tried
@given(st.lists(resonators(), min_size=2, max_size=4), st.sampled_from(om.MEAN_FIELDS))
def test_a_batch_is_the_loop_of_its_points(points, reading):
    drive = points[0].drive
    together = om.Parameters(
        drive=drive, **{name: [getattr(p, name) for p in points] for name in FIELDS}
    )
    batch = om.solve(together, reading)
    for k, p in enumerate(points):
        alone = om.solve(p.replace(drive=drive), reading)
        assert alone.status == batch.status[k]
        for pair in (("a", "m"), ("driven", "m"), ("ccw", "cw")):
            if not alone.stable:
                assert np.isnan(batch.V[k]).all()
            elif alone.physical:
                near = 1e-14 * condition(alone) * np.abs(alone.V).max()
                one, other = alone.log_negativity(*pair), batch[k].log_negativity(*pair)
                assert abs(one - other) <= 1e-12 + near


@tried
@given(resonators(), st.sampled_from(om.MEAN_FIELDS))
def test_numbers_stand_only_where_a_steady_state_does(p, reading):
    s = om.solve(p, reading)
    growth = np.linalg.eigvals(s.A).real.max() if np.isfinite(s.A).all() else np.inf
    if s.status == "stable":
        assert growth < 0 and s.physical and om.is_physical(s.V)
    elif s.status in ("unstable", "no such branch"):
        assert np.isnan(s.V).all() and np.isnan(s.log_negativity("a", "m"))
        if s.status == "unstable":
            assert growth > -1e-9 * np.abs(s.A).max()


@tried
@given(resonators(), st.sampled_from(sorted({"Delta_c", "Delta_a", "power", "kappa", "G_a"})))
def test_entanglement_moves_continuously_along_a_branch(p, name):
    """A step so small that the branches stay apart moves E by its slope; halving it halves the change.

    The branch is followed by its number, as long as their count does not change.
    """
    branches = om.mean_field_branches(p)
    value = getattr(p, name)
    step = 1e-7 * (abs(value) or p.omega_m)
    q = branches.q[np.isfinite(branches.q)]
    for k in range(len(q)):
        near = p.replace(**{name: value + step * np.array([0.0, 0.5, 1.0])})
        moved = om.mean_field_branches(near)
        assume((np.isfinite(moved.q).sum(-1) == len(q)).all())
        s = om.solve(near, branch=k)
        if not s.physical.all():
            continue
        E = s.log_negativity("driven", "m")
        slope = om.gradient(p, "driven", "m", branch=k)[name]
        if np.isfinite(slope):
            noise = 1e-13 * (1 + condition(s[0]) * np.abs(s.V).max())
            assert abs(E[2] - E[0] - slope * step) <= 1e-3 * abs(slope * step) + noise
            assert abs((E[2] - E[0]) - 2 * (E[1] - E[0])) <= 1e-3 * abs(slope * step) + noise


@tried
@given(resonators())
def test_the_two_directions_are_mirror_images(p):
    other = p.replace(
        drive="cw" if p.drive == "ccw" else "ccw",
        angular_velocity=-p.angular_velocity,
        backscattering_phase=-p.backscattering_phase,
    )
    one, two = om.solve(p), om.solve(other)
    assume(one.status == "stable" and two.status == "stable")
    for pair in (("a", "m"), ("driven", "m"), ("undriven", "a")):
        assert np.isclose(
            one.log_negativity(*pair), two.log_negativity(*pair), rtol=1e-7, atol=1e-9
        )
