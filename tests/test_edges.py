"""Shapes, edges and fall-backs of the chain, where a slip would not show in the numbers of the paper."""

import numpy as np
import pytest
from points import bistable, residual
from scipy.constants import Boltzmann, c, hbar
from scipy.integrate import quad

import omcore as om
from omcore.assumptions.glass import exact_shift, silica
from omcore.assumptions.noise import covariance_with_memory, noise_colour
from omcore.engine import displacements as displacement_module
from omcore.engine import series
from omcore.engine.displacements import displacements
from omcore.gaussian.parties import some_modes
from omcore.gaussian.states import mixture_of_pairs, two_mode_squeezed_negativity
from omcore.gaussian.symplectic import one_matrix
from omcore.linear import swamped
from omcore.stability import light_response, margin

GIVEN = om.System(
    modes=["c", "a"], H=[[1.1, 0.3 + 0.1j], [0.3 - 0.1j, 0.9]], decay=[0.4, 0.2], coupling=[0.25, 0.05j],
    omega_m=1.0, gamma_m=1e-3, n_m=4.0,
)  # fmt: skip


def test_the_flow_of_a_system_about_its_mean_field_is_A_u():
    A = om.solve(GIVEN).A
    u = np.random.default_rng(0).normal(size=(5, 3, 6))
    np.testing.assert_allclose(om.mean_field_flow(GIVEN, u), u @ A.T, atol=1e-14)


def test_the_flow_broadcasts_systems_and_points_and_takes_integers():
    sweep = om.PAPER.replace(kappa=[[3e7], [4e7]])
    u = np.arange(24).reshape(3, 8)
    whole = om.mean_field_flow(sweep, u)
    assert whole.shape == (2, 3, 8)
    for i, k in np.ndindex(2, 3):
        np.testing.assert_allclose(
            whole[i, k], om.mean_field_flow(sweep[i, 0], u[k].astype(float)), rtol=1e-12
        )


@pytest.mark.parametrize(
    "batch_A, batch_D", [((), (4,)), ((4,), ()), ((2, 1), (3,)), ((2, 3), (2, 3))]
)
def test_lyapunov_broadcasts_drift_and_diffusion(batch_A, batch_D):
    rng = np.random.default_rng(1)
    A = rng.normal(size=(*batch_A, 4, 4)) - 4 * np.eye(4)
    D = rng.normal(size=(*batch_D, 4, 4))
    D = D @ np.swapaxes(D, -1, -2)
    V = om.lyapunov(A, D)
    batch = np.broadcast_shapes(batch_A, batch_D)
    assert V.shape == (*batch, 4, 4)
    A, D = np.broadcast_to(A, V.shape), np.broadcast_to(D, V.shape)
    for k in np.ndindex(*batch):
        np.testing.assert_allclose(V[k], om.lyapunov(A[k], D[k]), rtol=1e-12)
        np.testing.assert_allclose(A[k] @ V[k] + V[k] @ A[k].T, -D[k], atol=1e-12)


def test_a_series_that_does_not_end_leaves_NaN_and_no_warning():
    """One of ten is unstable: it is carried along, since the nine others take many doublings."""
    A = np.array([[[-1e-6, 1.0], [-1.0, -1e-6]]] * 9 + [[[0.3, 1.0], [-1.0, 0.3]]])
    assert np.isnan(om.lyapunov(A, np.eye(2))).all((-1, -2)).tolist() == [False] * 9 + [True]
    assert np.isnan(series._doubled(A[9:], np.eye(2)[None])).all()


def test_a_strict_reader_sees_no_underflow():
    with np.errstate(all="raise"):
        V = om.lyapunov(np.diag([-1.0, -1e-3]), np.eye(2))
        assert np.isfinite(om.evolve(GIVEN, [0.0, 50.0]).V).all()
    assert np.diag(V) == pytest.approx([0.5, 500.0])


@pytest.mark.parametrize("squeezing", [0.0, 0.01])
def test_blocks_of_a_sweep_may_have_different_numbers_of_branches(squeezing):
    drive = np.concatenate([np.full(2048, 0.05), np.full(2048, 0.3), np.full(2048, 1.0)])
    cavity = om.System(
        modes=["c"], H=[[1.0]], decay=[0.1], photon_coupling=[1.0], drive=drive[:, None],
        squeezing=[[squeezing]], omega_m=1.0, gamma_m=1.0, n_m=0,
    )  # fmt: skip
    branches = om.mean_field_branches(cavity)
    assert np.isfinite(branches.q[::2048]).sum(-1).tolist() == [1, 3, 1]
    for k in (0, 2048, 4096):
        alone = om.mean_field_branches(cavity[k])
        np.testing.assert_allclose(branches.q[k, : len(alone.q)], alone.q, rtol=1e-12)


def test_the_number_of_driven_branches_is_odd_with_squeezing_too():
    """A polynomial of odd degree. One root is where light almost grows by itself, and forces are rounded."""
    rng = np.random.default_rng(217)
    n = int(rng.integers(1, 4))
    H = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
    H = 0.3 * (H + H.conj().T) + np.diag(rng.uniform(0.5, 2, n))
    S = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
    g = rng.normal(size=n) * (rng.uniform(size=n) > 0.3)
    decay, drive = (
        rng.uniform(0.05, 0.3, n),
        rng.normal(size=(20, n)) * np.geomspace(0.05, 3, 20)[:, None],
    )
    several = om.System(
        modes=["c", "d", "e"], H=H, decay=decay, photon_coupling=g, drive=drive, squeezing=0.1 * (S + S.T),
        omega_m=1.0, gamma_m=0.1, n_m=0,
    )  # fmt: skip
    found = np.isfinite(om.mean_field_branches(several).q).sum(-1)
    assert (found % 2 == 1).all() and found.max() == 9


@pytest.mark.parametrize("branch", [0, 1, 2, None])
def test_the_plain_route_is_the_engine_to_eight_digits(monkeypatch, branch):
    p = bistable(power=np.array([0.0, 1e-3, 0.03]), temperature=0.3)
    mirror = dict(omega_m=[1.0, 2.0], gamma_m=0.1, n_m=3.0)
    two = om.System(  # one mode pushes, one pulls, and they share light
        modes=["c", "d"], H=[[1.0, 0.2j], [-0.2j, -0.5]], decay=[0.5, 0.7], photon_coupling=[0.3, -0.1],
        drive=[2.0, 1.0j], **mirror,
    )  # fmt: skip
    engine = [om.solve(q, branch=branch) for q in (p, two)]
    monkeypatch.setattr("omcore.engine.PARTS", set())
    for q, s in zip((p, two), engine, strict=True):
        plain = om.solve(q, branch=branch)
        np.testing.assert_allclose(plain.mean_field.q, s.mean_field.q, rtol=1e-8)
        np.testing.assert_allclose(plain.V, s.V, rtol=1e-6, atol=1e-8)
        assert np.array_equal(plain.V, np.swapaxes(plain.V, -1, -2), equal_nan=True)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_the_unit_of_rates_does_not_swamp_a_state(unit):
    A, D = -np.eye(2) * unit, 2 * np.eye(2) * unit
    assert not swamped(A, D, 1e8 * np.eye(2)) and swamped(A, D, 1e10 * np.eye(2))


def test_an_undecided_series_does_not_touch_its_neighbours():
    """Stable, unstable, marginal and missing points in one batch, in an order that sorts some out early."""
    A = np.array([
        [[-1.0, 5.0], [0.0, -1e-3]], [[0.3, 0.0], [0.0, -1.0]], [[0.0, 1.0], [-1.0, 0.0]],
        [[np.nan, 0.0], [0.0, -1.0]], [[-2.0, 3.0], [-3.0, -2.0]], [[0.0, 0.0], [0.0, 0.0]],
    ])  # fmt: skip
    V = om.lyapunov(A, np.eye(2))
    assert np.isnan(V[[1, 2, 3, 5]]).all() and np.isfinite(V[[0, 4]]).all()
    assert om.is_stable(A).tolist() == [True, False, False, False, True, False]
    np.testing.assert_allclose(V[4], np.eye(2) / 4, atol=1e-12)
    np.testing.assert_allclose(A[0] @ V[0] + V[0] @ A[0].T, -np.eye(2), atol=1e-9)


def test_the_backward_residual_is_relative_to_both_terms():
    A, D = -np.diag([1.0, 2.0]), np.eye(2)
    V = om.lyapunov(A, D)
    moved = V + np.diag([1e-3, 0.0])
    expected = 2e-3 / (2 * np.linalg.norm(A) * np.linalg.norm(moved))
    assert om.backward_residual(A, D, moved) == pytest.approx(expected, rel=1e-9)
    assert om.backward_residual(A, D, np.zeros((2, 2))) == np.inf


def test_stability_is_judged_by_each_matrix_against_itself():
    """Beside a huge matrix a slowly decaying one is still stable; empty batches are answered."""
    A = np.array([np.diag([-1e-3, -2.0]), np.diag([-1e30, -1e30])])
    assert om.is_stable(A).tolist() == [True, True]
    assert om.is_stable(np.zeros((0, 2, 2))).shape == (0,)
    assert (
        om.is_stable(-1e-18 * np.eye(2))
        and om.is_stable(-np.eye(3, dtype=int))
        and not om.is_stable(np.full((2, 2), np.nan))
    )
    assert not om.is_stable([[1e-17, 0.0], [0.0, -1.0]]) and not om.is_stable(
        [[-1e-17, 0.0], [0.0, -1.0]]
    )


def test_the_branch_asked_for_is_the_branch_of_the_list():
    p = bistable(power=np.array([0.03, 1e-3]))
    branches = om.mean_field_branches(p)
    assert branches.q.shape == (2, 3) and np.isnan(branches.q[1, 1:]).all()
    for k in range(4):
        field = om.mean_field(p, branch=k)
        np.testing.assert_array_equal(field.q, branches.branch(k).q)
        np.testing.assert_array_equal(field.amplitudes, branches.branch(k).amplitudes)
        assert branches.branch(k).modes == field.modes and branches.branch(k).q.shape == (2,)
        status = om.solve(p, branch=k).status
        assert (status == "no such branch").tolist() == np.isnan(field.q).tolist()
    lowest = om.mean_field(p)
    assert lowest.q.tolist() == branches.q[:, 0].tolist()
    assert (residual(p, branches)[np.isfinite(branches.q)] < 1e-9).all()


def test_the_middle_branch_is_passed_over_for_the_upper_one_point_by_point():
    """Where the lowest branch is unstable, the next stable one is taken, at each point by itself."""
    p = bistable(power=np.linspace(0.001, 0.2, 41))
    branches, field = om.mean_field_branches(p), om.mean_field(p)
    for k in range(41):
        stable = np.flatnonzero(branches.stable[k])
        assert field.q[k] == branches.q[k, stable[0] if len(stable) else 0]


def test_a_branch_beyond_the_only_one_is_NaN():
    field = om.mean_field_branches(om.PAPER).branch(1)
    assert np.isnan(field.q) and np.isnan(field.amplitudes).all()
    assert field.amplitudes.shape == (3,) and field.modes == om.PAPER.modes


@pytest.mark.parametrize("branch", [-1, 0.5, "x"])
def test_what_is_no_branch_is_refused_by_the_mean_field_as_well(branch):
    with pytest.raises(om.ParameterError, match="is no branch"):
        om.mean_field(om.PAPER, branch=branch)


@pytest.mark.parametrize("g", [1.0, -1.0, 0.3, 20.0])
def test_a_displacement_that_the_search_for_roots_misses_is_found_by_bisection(monkeypatch, g):
    cavity = om.System(
        modes=["c", "d"], H=[[1.0, 0.2], [0.2, -0.5]], decay=[0.5, 0.7], photon_coupling=[g, 0.4 * g],
        drive=np.array([[0.02, 0.01], [0.2, 0.1], [0.05, 0.4]]), omega_m=1.0, gamma_m=1.0, n_m=0,
    )  # fmt: skip
    whole, _ = displacements(cavity)
    single = np.isfinite(whole).sum(-1) == 1
    assert single.any()
    search = displacement_module.real_roots

    def blind(balance):
        y, multiple = search(balance)
        return np.where(single, np.nan, y), multiple

    monkeypatch.setattr(displacement_module, "real_roots", blind)
    again, _ = displacements(cavity)
    np.testing.assert_allclose(again[single, 0], whole[single, 0], rtol=1e-12)
    assert (np.isfinite(again[single]).sum(-1) == 1).all() and (
        np.sign(again[single, 0]) == np.sign(g)
    ).all()


def test_what_is_no_displacement_is_dropped_and_what_is_nearly_one_is_polished(monkeypatch):
    cavity = om.System(
        modes=["c"], H=[[1.0]], decay=[0.1], photon_coupling=[1.0], drive=[[0.3]],
        omega_m=1.0, gamma_m=1.0, n_m=0,
    )  # fmt: skip
    whole, _ = displacements(cavity)
    search = displacement_module.real_roots

    def clumsy(balance):
        y, multiple = search(balance)
        y = np.sort(y, axis=0)
        return y * (1 + 1e-6 * np.array([[1], [-1], [1]])), multiple

    monkeypatch.setattr(displacement_module, "real_roots", clumsy)
    np.testing.assert_allclose(displacements(cavity)[0], whole, rtol=1e-10)

    def wrong(balance):
        y, multiple = search(balance)
        return np.where(np.arange(len(y))[:, None] == 1, 7.0, y), multiple

    monkeypatch.setattr(displacement_module, "real_roots", wrong)
    found = displacements(cavity)[0][0]
    assert not np.isclose(found, 7.0).any()
    assert all(np.isclose(whole[0], q, rtol=1e-9).any() for q in found[np.isfinite(found)])


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_margins_are_where_stability_ends_in_either_reading(reading):
    edge = margin(om.PAPER, reading)
    inside = om.solve(om.PAPER.replace(Delta_c=edge.Delta_c * (1 + 1e-6)), reading)
    outside = om.solve(om.PAPER.replace(Delta_c=edge.Delta_c * (1 - 1e-6)), reading)
    assert inside.stable and not outside.stable


def test_a_margin_that_there_is_not_is_nan():
    assert np.isnan(margin(om.PAPER.replace(G_a=0, power=1e-9)).power)
    edge = margin(om.PAPER).power  # looked for up to ten times the power
    assert np.isnan(margin(om.PAPER.replace(power=edge / 10.5)).power)
    assert margin(om.PAPER.replace(power=edge / 9.5)).power == pytest.approx(edge, rel=1e-9)
    with pytest.raises(om.UnstableError):  # stable in one reading only
        margin(om.PAPER.in_omega_m(Delta_c=1.9))


def test_what_passes_as_physical_is_relative_to_each_state():
    """A hot state in a batch does not excuse a bad one, and rounding of its own is passed."""
    bad, hot = np.eye(2) * (0.5 - 3e-6), np.diag([1e12, 1e12])
    assert om.is_physical(np.array([bad, hot, np.eye(2) / 2])).tolist() == [False, True, True]
    assert om.is_physical(bad, 1e-5) and not om.is_physical(np.eye(2) * 0.49, 1e-3)
    assert om.is_physical(np.array([np.full((2, 2), np.nan), np.eye(2)])).tolist() == [False, True]


@pytest.mark.parametrize("size", [0.0, 1e-6, 1e6])
def test_asymmetry_of_one_matrix_is_relative_to_its_largest_entry(size):
    one_matrix("V", size * np.array([[1.0, 1e-10], [0.0, 1.0]]))
    if size:
        with pytest.raises(om.MatrixError, match="not one finite symmetric"):
            one_matrix("V", size * np.array([[1.0, 1e-8], [0.0, 1.0]]))


def test_all_modes_of_a_state_are_as_many_whatever_the_batch():
    batch = np.zeros((3, 9, 4, 4))
    assert some_modes(batch, None) == [0, 1] and some_modes(batch, "m", names=("a", "m")) == [1]


def test_asymmetry_is_relative_to_each_state():
    slight = np.array([[1.0, 1e-7], [0.0, 1.0]])
    with pytest.raises(om.MatrixError, match="not symmetric"):
        om.symplectic_eigenvalues(np.array([slight, np.eye(2) * 1e9]))
    assert om.symplectic_eigenvalues(np.array([[1e9, 1e-3], [0.0, 1e9]])) == pytest.approx([1e9])
    assert om.symplectic_eigenvalues(np.array([[1e-3, 1e-11], [0.0, 1e3]])) == pytest.approx([1.0])


def test_modes_of_a_small_system_go_by_their_own_names():
    s = om.solve(GIVEN)
    assert s.mean_field.amplitude("a") == 0 and s.mean_field.amplitude(1) == 0
    assert s.without("a").names == ("c", "m")
    assert GIVEN.without("c").H.shape == (1, 1) and GIVEN.without("c").H[0, 0] == 0.9
    named = om.System(
        modes="light", H=[[1.0]], decay=[0.3], coupling=[0.1], omega_m=1.0, gamma_m=0.1, n_m=0,
        aliases={"beam": "light"},
    )  # fmt: skip
    assert named.modes == ("light",) and om.solve(named).coupling("beam") == 0.1
    three = om.System(modes=["c", "d", "e"], H=np.diag([1.0, 2, 3]), decay=[1.0, 1, 1], coupling=[0, 0, 0.1],
                      omega_m=1.0, gamma_m=0.1, n_m=0, aliases={"x": "e", "y": "c"})  # fmt: skip
    assert three.without("d").aliases == {"x": "e", "y": "c"} and three.without("c").aliases == {
        "x": "e"
    }
    assert np.diag(three.without("d").H).tolist() == [1.0, 3.0]


def test_what_a_solution_says_of_itself():
    s = om.solve(om.PAPER.in_omega_m(Delta_c=[0.0, 2.5]), "bare-detuning")
    assert (
        repr(s)
        == f"Solution(bare-detuning; {s.stable.sum()} of 2 points stable, shape (2,); modes ccw, cw, a, m)"
    )
    assert s[1].reading == "bare-detuning"
    said = repr(om.system(om.PAPER)).splitlines()
    assert (
        said[0]
        == "System of ccw, cw, a and the mirror m; one point; rates in rad/s, or all in one unit"
    )
    assert said[1].strip() == "baths: vacuum" and "drive = [" in said[5]
    swept = om.system(om.PAPER.replace(gamma_m=[1e3, 2e3]))
    assert repr(swept).startswith(
        "System of ccw, cw, a and the mirror m; a sweep of shape (2,) over H, decay, drive, gamma_m;"
    )
    assert "a sweep of shape (1,); rates" in repr(swept[:1])  # every field has that axis now
    assert "kappa=" in repr(om.PAPER) and repr(om.PAPER).startswith("Parameters(")


def test_couplings_are_those_of_the_modes_that_the_mirror_feels():
    s, given = om.solve(om.PAPER), om.solve(GIVEN)
    assert s.coupling("cw") == np.sqrt(2) * om.PAPER.G_0 * s.mean_field.alpha_cw
    assert (given.coupling("c"), given.coupling("a")) == (0.25, 0.05j)


def test_the_response_of_the_light_broadcasts():
    sweep = om.PAPER.replace(kappa=[[3e7], [4e7]])
    s = np.array([1j, 0.2 + 0.9j, -1j])
    whole = light_response(sweep, s)
    assert whole.shape == (2, 3)
    for i, k in np.ndindex(2, 3):
        assert whole[i, k] == pytest.approx(light_response(sweep[i, 0], s[k]), rel=1e-12)


def test_an_index_picks_points_and_not_branches():
    branches = om.mean_field_branches(bistable(power=np.array([0.03, 1e-3])))
    assert branches[..., 0].q.shape == (3,) == branches[0].stable.shape
    np.testing.assert_array_equal(branches[..., 0].q, branches.q[0])


def test_a_mixture_of_pairs_is_the_mean_of_three_states():
    V, r = mixture_of_pairs(0.8), 0.8
    own = (2 * np.cosh(2 * r) / 2 + 1 / 2) / 3  # squeezed with one or the other, or left alone
    shared = np.sinh(2 * r) / 2 / 3
    blocks = np.kron(np.ones((3, 3)) - np.eye(3), np.diag([shared, -shared])) + own * np.eye(6)
    np.testing.assert_allclose(V, blocks, atol=1e-12)
    assert two_mode_squeezed_negativity(0.7) == pytest.approx(1.4)


@pytest.mark.parametrize("speed", [-0.05, 0.1])
def test_a_fast_dispersive_ring_obeys_the_dispersion_relation_of_the_moving_glass(speed):
    index = lambda wavelength: silica(wavelength)[0]
    p = om.PAPER.replace(radius=1.0, angular_velocity=speed * c)
    omega = p.omega_0 + exact_shift(p, index)
    k = index(p.wavelength) * p.omega_0 / c
    gamma = 1 / np.sqrt(1 - speed**2)
    moving, wave_number = gamma * (omega - speed * c * k), gamma * (k - speed * omega / c)
    assert wave_number * c / moving == pytest.approx(index(2 * np.pi * c / moving), rel=1e-9)


def test_the_colour_of_the_noise_is_the_coth_of_the_bath():
    p = om.PAPER.replace(temperature=2e-4)
    coth = lambda w: w / np.tanh(hbar * w / (2 * Boltzmann * p.temperature))
    w = np.array([0.1, 0.7, 3.0]) * p.omega_m
    np.testing.assert_allclose(noise_colour(p, w), coth(w) / coth(p.omega_m), rtol=1e-12)
    assert noise_colour(om.PAPER.replace(temperature=0.0), w) == pytest.approx([0.1, 0.7, 3.0])
    assert noise_colour(p, 0.0) == pytest.approx(2 * Boltzmann * 2e-4 / hbar / coth(p.omega_m))


def test_a_bath_at_zero_has_no_noise_without_frequency():
    assert noise_colour(om.PAPER.replace(temperature=0.0), 0.0) == 0


def test_the_memory_of_the_noise_is_the_integral_that_it_says():
    s = om.solve(om.PAPER.replace(temperature=5e-4))
    p, A = s.parameters, s.A / s.parameters.omega_m
    white = p.gamma_m / p.omega_m * (2 * p.n_m + 1)

    def spectrum(w, i, j):
        chi = np.linalg.solve(-1j * w * np.eye(8) - A, np.eye(8)[7])
        both = (chi[i] * chi[j].conj()).real
        return white * (noise_colour(p, w * p.omega_m) - 1) * both / np.pi

    found = covariance_with_memory(s, cutoff=30.0) - s.V
    for i, j in ((0, 0), (4, 4), (6, 6), (7, 7), (0, 6), (5, 6), (2, 7)):
        expected, _ = quad(spectrum, 0, 30, (i, j), limit=500, points=(0.9, 1.0, 1.1, 2.0))
        assert found[i, j] == pytest.approx(expected, rel=2e-4)
    finer = covariance_with_memory(s, cutoff=30.0, points=60001) - s.V
    np.testing.assert_allclose(found, finer, rtol=1e-3, atol=1e-10)
