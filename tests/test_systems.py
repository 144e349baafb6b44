"""The family: any number of modes, against matrices written out by hand and against itself."""

import numpy as np
import pytest
from points import digits, random_parameters, residual
from scipy.linalg import solve_continuous_lyapunov
from scipy.optimize import brentq

import omcore as om
from omcore.assumptions.atoms import seen_with_overlap
from omcore.evolution import flow

MIRROR = dict(omega_m=1.0, gamma_m=1e-4, n_m=20.0)
W = om.PAPER.omega_m


def random_systems(n, m, seed=11, **changes):
    """m systems of n modes, the mirror feeling the first n // 2 + 1 of them with different strengths."""
    rng = np.random.default_rng(seed)
    H = rng.normal(size=(m, n, n)) * 0.4 + 0.4j * rng.normal(size=(m, n, n))
    H = (H + np.conj(np.swapaxes(H, -1, -2))) / 2
    H[:, range(n), range(n)] = rng.uniform(-1, 2, (m, n))
    g = rng.uniform(0.3, 1.5, (m, n)) * 1e-3
    g[:, n // 2 + 1 :] = 0.0
    drive = 10 ** rng.uniform(0, 2.8, (m, 1)) * (
        rng.normal(size=(m, n)) + 1j * rng.normal(size=(m, n))
    )
    values = dict(
        modes=[f"z{k}" for k in range(n)], H=H, decay=rng.uniform(0.2, 1.5, (m, n)), photon_coupling=g,
        drive=drive, omega_m=1.0, gamma_m=10 ** rng.uniform(-5, -1, m), n_m=rng.uniform(0, 50, m),
    )  # fmt: skip
    return om.System(**values | changes)


# ---- published shapes of the family, each against its matrix written out


def test_two_modes_are_a_cavity_with_atoms():
    """An optomechanical cavity with an ensemble, Genes et al. 2008, given about its mean field."""
    Delta, Delta_a, kappa, gamma_a, G, G_a = 0.9, -1.0, 0.6, 0.4, 0.8, 0.5
    s = om.solve(om.System(
        modes=["c", "a"], H=[[Delta, G_a], [G_a, Delta_a]], decay=[kappa, gamma_a], coupling=[G, 0], **MIRROR
    ))  # fmt: skip
    A = np.array([
        [-kappa, Delta, 0, G_a, 0, 0],
        [-Delta, -kappa, -G_a, 0, G, 0],
        [0, G_a, -gamma_a, Delta_a, 0, 0],
        [-G_a, 0, -Delta_a, -gamma_a, 0, 0],
        [0, 0, 0, 0, 0, 1],
        [G, 0, 0, 0, -1, -1e-4],
    ])  # fmt: skip
    D = np.diag([kappa, kappa, gamma_a, gamma_a, 0, 1e-4 * 41])
    assert np.array_equal(s.A, A) and np.allclose(s.D, D, rtol=1e-15)
    V = solve_continuous_lyapunov(A, -D)
    assert s.V == pytest.approx(V, abs=1e-9)
    assert s.log_negativity("a", "m") == pytest.approx(om.log_negativity(V, 1, 2), abs=1e-10)
    assert s.log_negativity("a", "m") > 0.01


def test_four_modes_have_the_matrix_of_atoms_that_see_the_directions_differently():
    p = om.CASES["stationary"]
    half = om.solve(seen_with_overlap(p, 0.5))
    A, D = half.A / W, half.D / W
    k, g, G, a = p.kappa / W, p.gamma_a / W, half.coupling("ccw") / W, p.G_a / W
    assert np.allclose(A[0], [-k, half.effective_detuning("ccw") / W, 0, 0, 0, a, 0, 0, -G.imag, 0])
    assert np.allclose(A[3, 4:8], [-a / 2, 0, -a * np.sqrt(0.75), 0]) and A[7, 7] == -g
    V = solve_continuous_lyapunov(A, -D)
    assert half.V == pytest.approx(V, abs=1e-9 * abs(V).max())


# ---- properties of every member


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_mean_fields_stand_still_and_the_drift_is_their_jacobian(n):
    systems = random_systems(n, 40)
    branches = om.mean_field_branches(systems)
    assert np.nanmax(residual(systems, branches)) < 1e-10
    fields = om.mean_field(systems)
    assert (np.abs(fields.q) >= 0).all()
    A = om.drift_matrix(systems, fields)
    for k in range(0, 40, 5):
        u, step = fields[k].quadratures(), np.abs(fields[k].quadratures()).max()
        columns = [
            (flow(systems[k], u + step * e) - flow(systems[k], u - step * e)) / (2 * step)
            for e in np.eye(len(u))
        ]
        assert np.stack(columns, -1) == pytest.approx(A[k], abs=1e-9 * np.abs(A[k]).max())


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_the_closed_form_is_the_lyapunov_equation_for_any_number_of_modes(n, reading):
    systems = random_systems(n, 200)
    s = om.solve(systems, reading)
    V = om.lyapunov(s.A, s.D)
    assert np.array_equal(s.stable, om.is_stable(s.A)) and 20 < s.stable.sum()
    assert s.V[s.stable] == pytest.approx(V[s.stable], rel=1e-8, abs=1e-8)
    assert np.nanmax(om.backward_residual(s.A, s.D, s.V)) < 1e-14
    assert s.physical[s.stable].all()


def test_all_branches_are_found_when_the_mirror_feels_two_modes_differently():
    """Every sign change of the balance of forces on a fine grid is a branch, and no other."""
    systems = random_systems(3, 60, drive=400 * np.ones((60, 3)), decay=np.full((60, 3), 0.15))
    branches = om.mean_field_branches(systems)
    counts = np.isfinite(branches.q).sum(-1)
    assert counts.max() >= 5 and (counts % 2 == 1).all()
    for k in range(60):
        furthest = 1.5 * np.nanmax(branches.q[k])
        q = np.linspace(0, furthest, 40001)
        one = systems[k]
        L = np.diag(one.decay) + 1j * one.H - 1j * q[:, None, None] * np.diag(one.photon_coupling)
        alpha = np.linalg.solve(L, np.broadcast_to(one.drive[:, None], (len(q), 3, 1)))[..., 0]
        balance = (one.photon_coupling * abs(alpha) ** 2).sum(-1) - q
        assert np.count_nonzero(np.diff(np.sign(balance))) == counts[k]


def test_a_mirror_that_feels_its_modes_very_differently_rests_where_the_forces_balance():
    """Against a bracketed root of the balance itself; H is zero, so each mode answers alone."""
    g, decay, drive = np.array([4.5e-4, 1e-8, 7e-4, 7e-4]), 1.05, np.array([0, 100j, 100j, 100j])
    system = om.System(
        modes=["w", "x", "y", "z"], H=np.zeros((4, 4)), decay=np.full(4, decay), photon_coupling=g,
        drive=drive, **MIRROR,
    )  # fmt: skip
    balance = lambda q: q - (g * np.abs(drive) ** 2 / (decay**2 + (g * q) ** 2)).sum()
    assert om.mean_field(system).q == pytest.approx(
        brentq(balance, 0, 100, xtol=1e-14), rel=digits(1e-13)
    )


def test_a_mirror_that_feels_different_modes_at_different_points_of_a_sweep():
    p = random_systems(2, 4)
    g = np.array([[1e-3, 0.0], [0.0, 1e-3], [1e-3, 1e-3], [0.0, 0.0]])
    swept = om.System(
        modes=p.modes, H=p.H, decay=p.decay, photon_coupling=g, drive=p.drive, omega_m=p.omega_m,
        gamma_m=p.gamma_m, n_m=p.n_m,
    )  # fmt: skip
    for k in range(4):
        assert om.mean_field(swept).q[k] == pytest.approx(om.mean_field(swept[k]).q, rel=1e-12)
    assert om.mean_field(swept).q[3] == 0


def test_a_system_of_any_batch_shape_is_the_loop_over_its_points():
    base = random_systems(3, 12)
    grid = om.System(
        modes=base.modes, H=base.H.reshape(3, 4, 3, 3), decay=base.decay[0],
        photon_coupling=base.photon_coupling[0], drive=base.drive[0],
        omega_m=1.0, gamma_m=[[1e-3], [1e-2], [1e-1]], n_m=5.0,
    )  # fmt: skip
    s = om.solve(grid)
    assert s.stable.shape == (3, 4) and s.V.shape == (3, 4, 8, 8)
    for index in np.ndindex(3, 4):
        one = om.solve(grid[index])
        assert one.stable == s.stable[index]
        assert np.allclose(one.V, s.V[index], rtol=1e-10, atol=1e-12, equal_nan=True)


# ---- the paper's resonator as a System, and its new fields


def test_parameters_and_their_system_are_one():
    p = random_parameters(50)
    for reading in om.MEAN_FIELDS:
        one, other = om.solve(p, reading), om.solve(om.system(p), reading)
        assert np.array_equal(one.V, other.V, equal_nan=True)
        E = (x.log_negativity("driven", "m") for x in (one, other))
        assert np.array_equal(*E, equal_nan=True)


@pytest.mark.parametrize("case", om.CASES)
def test_the_new_fields_have_no_effect_at_their_defaults(case):
    p = om.CASES[case]
    assert (p.backscattering, p.counter_drive, p.undriven_coupling) == (0, 0, 1)
    same = p.replace(backscattering_phase=1.0, counter_drive_phase=-2.0)  # phases of nothing
    assert np.array_equal(om.solve(same).V, om.solve(p).V)


def test_backscattering_enters_as_a_hermitian_coupling_of_the_cavity_modes():
    H = om.system(om.PAPER.replace(backscattering=1e7, backscattering_phase=0.3)).H
    assert H[0, 1] == pytest.approx(1e7 * np.exp(0.3j)) and H[1, 0] == np.conj(H[0, 1])


def test_light_from_the_other_side_takes_its_share_of_the_power():
    p = om.CASES["cw"].replace(counter_drive=0.25, counter_drive_phase=0.4)
    ccw, cw, atoms = om.system(p).drive / p.drive_amplitude
    assert (
        cw == pytest.approx(np.sqrt(0.75))
        and ccw == pytest.approx(0.5 * np.exp(0.4j))
        and atoms == 0
    )
    all_from_the_other_side = om.solve(om.PAPER.replace(drive="cw", counter_drive=1.0))
    assert all_from_the_other_side.log_negativity("a", "m") == pytest.approx(
        om.solve(om.PAPER).log_negativity("a", "m"), abs=1e-13
    )


def test_atoms_that_do_not_feel_the_undriven_mode_leave_it_to_the_mirror():
    s = om.solve(om.PAPER.replace(undriven_coupling=0.0))
    assert s.mean_field.alpha_cw == 0 and s.coupling("cw") == 0
    assert s.A[4, 3] == 0 and s.A[4, 1] == om.PAPER.G_a


# ---- what is refused


# ---- far from the paper


def test_roots_far_apart_in_size_are_all_found_and_no_other():
    """Rates over six decades: every branch stands still, their number is odd, and none is pulled."""
    rng, n = np.random.default_rng(7), 20_000
    rate = lambda: W * 10 ** rng.uniform(-3, 3, n)
    sign = lambda: rng.choice([-1, 1], n)
    p = om.PAPER.replace(
        kappa=rate(), gamma_a=rate(), G_a=rate(), Delta_a=sign() * rate(), Delta_c=sign() * rate(),
        power=10 ** rng.uniform(-6, -1, n),
    )  # fmt: skip
    branches = om.mean_field_branches(p)
    counts = np.isfinite(branches.q).sum(-1)
    assert np.nanmax(residual(p, branches)) < 1e-6 and np.nanmin(branches.q) > 0
    assert (counts > 0).all() and np.mean(counts % 2 == 0) < 1e-3


@pytest.mark.parametrize("ratios, power", [
    ({"kappa": 1.0, "Delta_c": -1e4}, 1e-6),
    ({"kappa": 0.1, "Delta_c": 3e3}, 40e-3),
    (
        {"kappa": 0.00587, "gamma_a": 0.292, "G_a": 11.24444, "Delta_a": -0.42307, "Delta_c": -143.461},
        7.95e-6,
    ),
])  # fmt: skip
def test_a_small_displacement_beside_large_detunings_is_found_alone(ratios, power):
    p = om.PAPER.in_omega_m(**ratios).replace(power=power)
    branches = om.mean_field_branches(p)
    assert len(branches.q) == 1 and branches.q[0] > 0 and residual(p, branches)[0] < 1e-12


def test_the_sign_of_the_displacement_is_a_convention():
    mirror = dict(
        modes=["c"], H=[[1.0]], decay=[0.1], drive=[10.2], omega_m=1.0, gamma_m=0.5, n_m=100
    )
    push, pull = (om.solve(om.System(photon_coupling=[g], **mirror)) for g in (1e-2, -1e-2))
    assert push.mean_field.q == pytest.approx(-pull.mean_field.q) and push.mean_field.q > 0
    assert push.quanta("m") == pytest.approx(pull.quanta("m"))


def test_about_its_mean_field_a_system_has_no_drive_and_no_mean_field():
    given = om.system(om.PAPER).about(om.mean_field(om.PAPER))
    field = om.mean_field(given)
    assert field.q == 0 and not field.amplitudes.any()
    assert not given.drive.any() and not given.photon_coupling.any()
    bare = om.System(modes=["c"], H=[[1.0]], decay=[0.5], **MIRROR)
    for zero in (given.drive, bare.drive, bare.coupling, om.system(om.PAPER).coupling):
        assert zero.dtype == complex


def test_a_mode_is_taken_out_of_a_sweep_as_out_of_each_of_its_points():
    sweep = random_systems(3, 4)
    less = sweep.without(1)
    assert less.H.shape == (4, 2, 2) and less.decay.shape == (4, 2)
    for k in range(4):
        assert np.array_equal(less[k].H, sweep[k].without(1).H)


def test_an_empty_sweep_of_systems_has_no_branches():
    empty = om.System(modes=["c"], H=np.zeros((0, 1, 1)), decay=[0.5], **MIRROR)
    assert om.mean_field_branches(empty).q.shape == (0, 1)
    assert om.mean_field_branches(om.PAPER.replace(omega_m=[])).q.shape == (0, 1)


def test_an_index_never_reaches_the_axes_of_modes_or_quadratures():
    p = om.PAPER.replace(kappa=[[3e7], [4e7]], gamma_a=[3e7, 4e7, 5e7])
    s, system, field = om.solve(p), om.system(p), om.mean_field(p)
    for index in (
        (..., 1),
        (slice(None), 1),
        (..., None),
        (None, 0),
        np.array([[True, False, True]] * 2),
    ):
        assert system[index].H.shape[-2:] == (3, 3) and system[index].shape == p[index].shape
        assert field[index].amplitudes.shape == (*p[index].shape, 3)
        assert s[index].V.shape == (*p[index].shape, 8, 8)
        assert np.array_equal(s[index].V, om.solve(p[index]).V)


# ---- what was understood


@pytest.mark.parametrize(
    "given, understood",
    [
        ({"omega_m": [1.0, 1.1]}, "over omega_m"),
        ({"omega_m": [1.0, 1.0], "n_m": [5.0, 5.0]}, "over omega_m, n_m"),
        ({"gamma_m": [1e-4, 1e-4]}, "over gamma_m"),
        ({"coupling": [[0.2], [0.3]]}, "over coupling"),
        ({"H": [[[1.0]], [[1.1]]], "decay": [[0.5], [0.5]]}, "over H, decay"),
    ],
)
def test_two_values_are_said_to_be_two_points(given, understood):
    """Whoever means two mirrors, or two modes, reads that a sweep was understood, and of what."""
    one = dict(modes=["c"], H=[[1.0]], decay=[0.5], coupling=[0.2], **MIRROR)
    said = f"System of c and the mirror m; a sweep of shape (2,) {understood}; rates"
    assert repr(om.System(**one | given)).startswith(said)


def test_a_system_gets_and_loses_mirrors():
    light = om.System(modes=["c"], H=[[1.0]], decay=[0.5], mirrors=())
    one = light.replace(mirrors=("b",), omega_m=1.0, gamma_m=0.1, n_m=0.0, coupling=[0.2])
    two = one.replace(
        mirrors=("b1", "b2"), omega_m=1.0, gamma_m=0.1, n_m=0.0, coupling=[[0.2, 0.1]]
    )
    assert (one.names, two.names) == (("c", "b"), ("c", "b1", "b2"))
    assert two.index("b1") == 1 and two.replace(mirrors=(), coupling=0.0).names == ("c",)
    with pytest.raises(om.ModeError):
        two.index("m")
