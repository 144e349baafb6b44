"""The general model: baths, squeezing, Kerr shifts, mirrors; against closed forms and matrices by hand."""

import numpy as np
import pytest
from trust.effort import effort

import omcore as om
from omcore.linear import turned

MIRROR = dict(omega_m=1.0, gamma_m=1e-3, n_m=2.0)


def amplifier(s, K=1.0, n=0.0, **fields):
    """One mode squeezed along its own axes."""
    return om.System(
        modes=["c"], H=[[0.0]], decay=[K], squeezing=[[1j * s]], n=[n], mirrors=(), **fields
    )


# ---- squeezing and baths


@pytest.mark.parametrize("s, n", [(0.0, 0.0), (0.3, 0.0), (-0.7, 1.2), (0.99, 3.0)])
def test_one_mode_squeezed_along_its_axes(s, n):
    V = om.solve(amplifier(s, n=n)).V
    np.testing.assert_allclose(np.diag(V), (2 * n + 1) / 2 / np.array([1 - s, 1 + s]), rtol=1e-10)


@pytest.mark.parametrize("K", [[1.0, 1.0], [0.5, 2.0]])
def test_two_modes_squeezed_together_up_to_their_threshold(K):
    def pair(s):
        S = np.array([[0, s], [s, 0]])
        return om.System(modes=["a", "b"], H=np.zeros((2, 2)), decay=K, squeezing=S, mirrors=())

    threshold = np.sqrt(K[0] * K[1])
    assert om.solve(pair(0.999 * threshold)).stable and not om.solve(pair(1.001 * threshold)).stable
    assert om.solve(pair(1.001 * threshold)).status == "unstable"
    if K[0] == K[1]:
        for s in (0.2, 0.9):
            E = om.solve(pair(s)).log_negativity("a", "b")
            np.testing.assert_allclose(E, np.log(1 + s / K[0]), rtol=1e-10)


def test_thermal_baths_stay_thermal_behind_beam_splitters():
    rng = np.random.default_rng(1)
    H = rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3))
    s = om.System(
        modes=["a", "b", "c"], H=H + H.conj().T, decay=[1.0, 2.0, 3.0], n=[0.7] * 3, mirrors=()
    )
    np.testing.assert_allclose(om.solve(s).V, 1.2 * np.eye(6), atol=1e-12)
    np.testing.assert_allclose(om.occupation(2 * np.pi * 10e9, 0.5), 0.6206, atol=1e-4)


@pytest.mark.parametrize("phase", [0.0, 1.0, np.pi])
def test_squeezed_and_two_mode_squeezed_input(phase):
    r = 0.8
    n, m = np.sinh(r) ** 2, np.sinh(r) * np.cosh(r) * np.exp(1j * phase)
    one = om.System(modes=["c"], H=[[0.0]], decay=[2.0], n=[n], m=[m], mirrors=())
    V = om.solve(one).V
    np.testing.assert_allclose(np.linalg.eigvalsh(V), np.exp([-2 * r, 2 * r]) / 2, rtol=1e-10)
    assert V[0, 1] == pytest.approx(m.imag)
    both = om.System(
        modes=["a", "b"], H=np.zeros((2, 2)), decay=[2.0, 2.0], n=[n, n], m=[[0, m], [m, 0]], mirrors=()
    )  # fmt: skip
    assert om.solve(both).log_negativity("a", "b") == pytest.approx(2 * r, rel=1e-9)


def test_a_gain_and_a_loss_rest_as_long_as_the_whole_is_stable():
    pair = lambda gain, G: om.System(
        modes=["a", "b"], H=[[0, G], [G, 0]], decay=[-gain, 1.0], mirrors=()
    )
    s = om.solve(pair(0.5, 1.0))
    assert s.stable and s.physical
    assert s.quanta("a") > 0.1, "what is amplified is noisy"
    assert not om.solve(pair(0.5, 0.1)).stable
    D = om.diffusion_matrix(pair(0.5, 1.0))
    np.testing.assert_allclose(np.diag(D), [0.5, 0.5, 1.0, 1.0])


# ---- mirrors


def test_a_mirror_as_a_boson_agrees_to_the_order_of_its_damping():
    gamma, n, G = 1e-6, 3.0, 0.2
    given = om.System(
        modes=["c"], H=[[1.0]], decay=[0.3], coupling=[G], omega_m=1.0, gamma_m=gamma, n_m=n
    )
    boson = om.System(
        modes=["c", "b"], H=[[1.0, -G / 2], [-G / 2, 1.0]], decay=[0.3, gamma / 2],
        squeezing=[[0, -G / 2], [-G / 2, 0]], n=[0.0, n], mirrors=(),
    )  # fmt: skip
    np.testing.assert_allclose(om.solve(boson).V, om.solve(given).V, atol=1e-4)


def test_a_magnon_may_be_called_m_and_a_mirror_anything():
    magnon = om.System(
        modes=["c", "m"], H=np.eye(2), decay=[0.3, 0.3], coupling=[0.1, 0], mirrors=("b",), **MIRROR
    )
    assert om.solve(magnon).names == ("c", "m", "b")
    with pytest.raises(om.ModeError, match="mirrors"):
        om.System(modes=["c", "m"], H=np.eye(2), decay=[0.3, 0.3], **MIRROR)


def test_numbers_hold_for_all_mirrors_and_two_with_one_mirror_are_a_sweep():
    one = om.System(modes=["c"], H=[[1.0]], decay=[0.3], omega_m=[1, 1.1], gamma_m=1e-3, n_m=0.0)
    assert one.shape == (2,) and "a sweep of shape (2,) over omega_m" in repr(one)
    two = om.System(
        modes=["c"], H=[[1.0]], decay=[0.3], omega_m=[1, 1.1], gamma_m=1e-3, n_m=0.0, mirrors=("b1", "b2")
    )  # fmt: skip
    assert two.shape == () and two.gamma_m.shape == (2,) and two.names == ("c", "b1", "b2")


# ---- everything at once, against matrices written out here and integrated means


def random_system(rng, n, k, statics, **given):
    """All fields at random: ``statics`` with a mean field to find, or given about one; stable or not."""
    complexes = lambda *shape: rng.normal(size=shape) + 1j * rng.normal(size=shape)
    H, S = complexes(n, n), 0.1 * complexes(n, n)
    occupation = rng.uniform(0, 2, n)
    m = 0.5 * occupation * np.exp(2j * np.pi * rng.uniform(size=n))
    fields = dict(
        modes=[f"z{j}" for j in range(n)], mirrors=[f"b{j}" for j in range(k)], H=H + H.conj().T,
        decay=rng.uniform(1, 3, n), squeezing=S + S.T, n=occupation, m=m,
    )  # fmt: skip
    axes = (n,) if k == 1 else (n, k)
    if k:
        of_mirrors = () if k == 1 else (k,)
        fields |= dict(
            omega_m=rng.uniform(0.5, 2, of_mirrors), gamma_m=rng.uniform(0.01, 0.3, of_mirrors),
            n_m=rng.uniform(0, 5, of_mirrors),
        )  # fmt: skip
    if statics == "kerr":
        fields |= dict(kerr=0.02 * rng.normal(size=n) * (np.arange(n) == 0), drive=complexes(n))
        if k:  # pressure on the same mode alone, so that chi has rank one
            fields |= dict(photon_coupling=np.zeros(axes))
            fields["photon_coupling"][0] = 0.1 * rng.normal(size=axes[1:])
    elif statics == "pressed":
        g = 0.05 * rng.normal(size=n)
        fields |= dict(
            drive=complexes(n), photon_coupling=g if k == 1 else np.outer(g, rng.normal(size=k))
        )
    elif k:
        fields |= dict(coupling=0.1 * complexes(*axes))
    return om.System(**fields | given)


def motion(system, alpha, q, p):
    """Langevin equations of the means, term by term: dα, dq, dp."""
    n, k = len(system.modes), len(system.mirrors)
    g, G = (np.reshape(v, (n, k)) for v in (system.photon_coupling, system.coupling))
    omega, gamma = np.reshape(system.omega_m, k), np.reshape(system.gamma_m, k)
    d_alpha, force = system.drive.astype(complex), np.zeros(k)
    for i in range(n):
        d_alpha[i] -= (
            system.decay[i] * alpha[i] + 2j * system.kerr[i] * abs(alpha[i]) ** 2 * alpha[i]
        )
        for j in range(n):
            d_alpha[i] -= (
                1j * system.H[i, j] * alpha[j] + 1j * system.squeezing[i, j] * alpha[j].conj()
            )
        for j in range(k):
            d_alpha[i] += 1j * (g[i, j] * alpha[i] + G[i, j] / np.sqrt(2)) * q[j]
            force[j] += g[i, j] * abs(alpha[i]) ** 2 + np.sqrt(2) * (G[i, j].conj() * alpha[i]).real
    return d_alpha, omega * p, force - omega * q - gamma * p


def jacobian(system, alpha, q):
    """A by differences of ``motion``, whose highest power is the third: exact with five points."""
    n, k = len(system.modes), len(system.mirrors)

    def of(u):
        z = (u[: 2 * n : 2] + 1j * u[1 : 2 * n : 2]) / np.sqrt(2)
        dz, dq, dp = motion(system, z, u[2 * n :: 2], u[2 * n + 1 :: 2])
        du = np.empty_like(u)
        du[: 2 * n : 2], du[1 : 2 * n : 2] = np.sqrt(2) * dz.real, np.sqrt(2) * dz.imag
        du[2 * n :: 2], du[2 * n + 1 :: 2] = dq, dp
        return du

    u = np.zeros(2 * (n + k))
    u[: 2 * n : 2], u[1 : 2 * n : 2], u[2 * n :: 2] = (
        np.sqrt(2) * alpha.real,
        np.sqrt(2) * alpha.imag,
        q,
    )
    h = 0.5
    columns = [
        (8 * (of(u + h * e) - of(u - h * e)) - of(u + 2 * h * e) + of(u - 2 * h * e)) / (12 * h)
        for e in np.eye(len(u))
    ]
    return np.array(columns).T


@pytest.mark.parametrize("statics", ["given", "pressed", "kerr"])
@pytest.mark.parametrize("n", range(1, 6))
@pytest.mark.parametrize("k", range(4))
def test_random_systems_against_matrices_written_out(statics, n, k):
    if statics == "pressed" and k == 0:
        pytest.skip("nothing presses")
    rng = np.random.default_rng([n, k, len(statics)])
    for _ in range(4):
        system = random_system(rng, n, k, statics)
        s = om.solve(system)
        field = s.mean_field
        alpha, q = field.amplitudes, np.reshape(field.q, k)
        rest = motion(system, alpha, q, np.zeros(k))
        size = 1 + np.abs(system.drive).max() + np.abs(alpha).max()
        assert all(np.abs(part).max(initial=0) < 1e-10 * size for part in rest)
        A = jacobian(system, alpha, q)
        np.testing.assert_allclose(s.A, A, atol=1e-9 * np.abs(A).max())
        pairs = [
            K
            * np.array([[2 * b + 1 + 2 * m.real, 2 * m.imag], [2 * m.imag, 2 * b + 1 - 2 * m.real]])
            for K, b, m in zip(system.decay, system.n, np.diag(system.m), strict=True)
        ]
        D = np.zeros_like(A)
        for j, pair in enumerate(pairs):
            D[2 * j : 2 * j + 2, 2 * j : 2 * j + 2] = pair
        P = range(2 * n + 1, 2 * (n + k), 2)
        D[P, P] = np.reshape(system.gamma_m * (2 * system.n_m + 1), k)
        np.testing.assert_allclose(s.D, D, atol=1e-12)
        assert s.stable == (np.linalg.eigvals(A).real.max() < 0)
        if s.stable:
            np.testing.assert_allclose(
                A @ s.V + s.V @ A.T, -D, atol=1e-9 * np.abs(s.V).max() * np.abs(A).max()
            )


@pytest.mark.parametrize("statics", ["pressed", "kerr"])
@pytest.mark.parametrize("k", [1, 2])
def test_means_and_covariances_arrive_in_time(statics, k):
    rng = np.random.default_rng(7 + k)
    found = 0
    while found < effort(1, 3):
        system = random_system(rng, 2, k, statics)
        s = om.solve(system)
        if not s.stable or s.growth > -0.05:
            continue
        e = om.evolve(system, [0, 40 / -s.growth], u=s.mean_field.quadratures() * 0.9)
        np.testing.assert_allclose(e.u[-1], s.mean_field.quadratures(), atol=1e-7)
        np.testing.assert_allclose(e.V[-1], s.V, atol=1e-7 * np.abs(s.V).max())
        found += 1


# ---- Kerr, several ways of pressing, and light that grows by itself


def test_a_kerr_mode_is_bistable_either_way():
    """|ε|² = x [(Δ + 2Kx)² + κ²], the textbook's cubic for x = |α|² (Drummond and Walls 1980)."""
    for sign in (1, -1):
        system = om.System(
            modes=["c"], H=[[-2.0 * sign]], decay=[0.5], kerr=[0.01 * sign], drive=[5.0], mirrors=()
        )
        branches = om.mean_field_branches(system)
        cubic = np.roots([4 * 0.01**2, -2 * 2 * 2 * 0.01, 4 + 0.25, -25.0])
        np.testing.assert_allclose(
            np.sort(np.abs(branches.amplitudes[:, 0]) ** 2), np.sort(cubic.real), rtol=1e-9
        )
        assert branches.stable.tolist() == [True, False, True]
        assert len(om.mean_field(system, branch=2).q) == 0


def test_a_kerr_shift_and_a_mirror_cancel_in_the_mean_field():
    """chi = g²/ω - 2K: with g² = 2Kω light feels neither, but its fluctuations do."""
    mirror = dict(omega_m=2.0, gamma_m=0.1, n_m=0.0)
    fields = dict(modes=["c"], H=[[1.0]], decay=[0.5], drive=[3.0])
    s = om.solve(om.System(photon_coupling=[0.2], kerr=[0.01], **fields, **mirror))
    assert s.mean_field.amplitudes[0] == pytest.approx(3 / (0.5 + 1j), rel=1e-12)
    assert s.mean_field.q == pytest.approx(0.1 * abs(s.mean_field.amplitudes[0]) ** 2)


def test_what_presses_in_several_ways_is_refused_with_a_way_out():
    two = dict(modes=["a", "b"], H=np.eye(2), decay=[1.0, 1.0], drive=[1.0, 1.0])
    mirrors = dict(mirrors=("b1", "b2"), omega_m=1.0, gamma_m=0.1, n_m=0.0)
    system = om.System(**two, photon_coupling=[[0.1, 0.0], [0.0, 0.1]], **mirrors)
    with pytest.raises(om.ParameterError, match="System about it"):
        om.solve(system)
    arrived = om.evolve(
        system, [0, 400]
    )  # the way out: let it settle, and take the System about it
    s = om.solve(system.about(arrived.mean_field[-1]))
    np.testing.assert_allclose(arrived.V[-1], s.V, atol=1e-7)


def test_a_system_about_the_branches_of_a_sweep():
    fields = dict(modes=["c"], H=[[-2.0]], decay=[0.5], kerr=[0.01], mirrors=())
    system = om.System(drive=np.linspace(4, 6, 5)[:, None], **fields)
    branches = om.mean_field_branches(system)
    s = om.solve(system.about(branches))
    assert s.stable.shape == (5, 3) and (s.stable == branches.stable).all()


def test_light_that_grows_by_itself_beyond_the_threshold():
    """A degenerate amplifier with a mirror and no drive: i g q shifts it until S² = K² + (gq)²."""
    system = om.System(
        modes=["c"], H=[[0.0]], decay=[1.0], squeezing=[[1.25]], photon_coupling=[0.1], **MIRROR
    )
    branches = om.mean_field_branches(system)
    grown = np.abs(branches.amplitudes[:, 0]) > 0
    np.testing.assert_allclose(0.1 * branches.q[grown], 0.75, rtol=1e-9)
    np.testing.assert_allclose(
        np.abs(branches.amplitudes[grown, 0]) ** 2, 0.75 / 0.1 / 0.1, rtol=1e-9
    )
    plus, minus = branches.amplitudes[grown, 0]
    assert plus == pytest.approx(-minus)
    flow = om.mean_field_flow(system, branches.branch(1).quadratures())
    assert np.abs(flow).max() < 1e-8
    assert not branches.stable[0], "at rest it is beyond its threshold"


@pytest.mark.parametrize("k", [1, 2])
def test_no_state_is_invented_where_a_phase_is_free(k):
    """Two modes that squeeze each other beyond the threshold: a continuum of marginal states, not listed."""
    rng = np.random.default_rng(2)
    axes = () if k == 1 else (k,)
    for _ in range(30):
        K, s = rng.uniform(0.3, 1.5), rng.uniform(0.5, 3)
        system = om.System(
            modes=["a", "b"], H=rng.uniform(-0.5, 0.5) * np.eye(2), decay=[K, K], squeezing=[[0, s], [s, 0]],
            photon_coupling=0.05 * np.ones((2, *axes)) * rng.uniform(0.2, 1, axes), mirrors=["x", "y"][:k],
            omega_m=rng.uniform(0.5, 1.5, axes), gamma_m=0.5, n_m=0.0,
        )  # fmt: skip
        field = om.mean_field_branches(system)
        flow = om.mean_field_flow(system, field.quadratures())
        assert np.abs(flow).max() < 1e-7 * (1 + np.abs(field.amplitudes).max())
        assert om.solve(system).stable == (s**2 < K**2 + system.H[0, 0].real ** 2)


def test_squeezed_means_of_two_modes_have_all_their_branches():
    """Every root of the flow that an independent search finds is among the branches."""
    from scipy.optimize import root

    rng = np.random.default_rng(3)
    H, S = np.array([[4.0, 0.4], [0.4, -1.0]]), np.array([[0.5, 0.2], [0.2, 0.1]])
    system = om.System(
        modes=["a", "b"], H=H, decay=[0.4, 0.6], squeezing=S, photon_coupling=[0.3, 0.1], drive=[6.0, 1.0],
        **MIRROR,
    )  # fmt: skip
    known = om.mean_field_branches(system).quadratures()
    assert len(known) >= 3
    for _ in range(60):
        start = rng.normal(size=6) * [6, 6, 6, 6, 12, 0] + [0, 0, 0, 0, 8, 0]
        found = root(lambda u: om.mean_field_flow(system, u), start, tol=1e-12)
        if found.success and np.abs(found.fun).max() < 1e-9:
            assert np.abs(known - found.x).max(-1).min() < 1e-6


# ---- the noise of a laser


def test_a_laser_of_finite_width_turns_all_amplitudes_alike():
    p = om.PAPER.replace(laser_linewidth=1e3)
    field = om.mean_field(p)
    D = om.diffusion_matrix(p, field)
    c = np.append(field.amplitudes, 0)
    w = np.sqrt(2) * np.column_stack([-c.imag, c.real]).ravel()
    np.testing.assert_allclose(
        D - om.diffusion_matrix(om.PAPER), 1e3 * np.outer(w, w), atol=1e-6 * D.max()
    )
    np.testing.assert_array_equal(turned(field), w)
    noisy, quiet = om.solve(p), om.solve(om.PAPER)
    added = quiet.linear.with_noise(w, 1e3)
    np.testing.assert_allclose(noisy.V, om.solve(added).V, rtol=1e-9)
    assert noisy.log_negativity("a", "m") < quiet.log_negativity("a", "m")
    with pytest.raises(om.ParameterError, match="mean field"):
        om.diffusion_matrix(p)


def test_what_does_not_escape_is_not_driven():
    half = om.PAPER.replace(escape_efficiency=0.5)
    assert half.drive_amplitude == pytest.approx(om.PAPER.drive_amplitude / np.sqrt(2))
    same = half.replace(power=2 * om.PAPER.power)
    np.testing.assert_allclose(om.solve(same).V, om.solve(om.PAPER).V, rtol=1e-9)


# ---- bad input


@pytest.mark.parametrize(
    "fields, words",
    [
        (dict(n=[-0.1]), "n = -0.1 .no unit.*must not be negative"),
        (dict(n=[0.5], m=[1.0]), r"m reaches 1 .*\|m\|\^2 <= n\(n \+ 1\)"),
        (dict(squeezing=[[0.1], [0.2]]), "squeezing has shape"),
        (dict(n=[1.0, 2.0]), "n has shape"),
        (dict(kerr=[0.1], coupling=[0.1]), "beside photon_coupling, drive or kerr"),
        (dict(decay=[-1.0], n=[1.0], m=[0.5]), "squeezed light comes in where light is lost"),
        (dict(laser_linewidth=1.0, coupling=[0.1]), "laser_linewidth .* beside coupling"),
        (dict(mirrors=()), "omega_m = 1.0 .*mirrors is empty"),
        (dict(aliases=["c"]), "aliases"),
        (dict(laser_linewidth=-1.0), "laser_linewidth = -1.0 rad/s"),
        (dict(mirrors=("a", "a")), "mirrors"),
        (dict(mirrors=("c",)), "mirrors"),
        (dict(mirrors=("b", "d"), coupling=[0.1]), "coupling has shape .* 2 mirrors"),
        (dict(mirrors=("b", "d"), omega_m=[1.0, 2.0, 3.0]), "omega_m has shape"),
    ],
)
def test_bad_fields_are_refused_by_name(fields, words):
    good = dict(modes=["c"], H=[[1.0]], decay=[1.0], **MIRROR)
    with pytest.raises((om.ParameterError, om.ModeError), match=words):
        om.System(**good | fields)


def test_an_uneven_squeezing_and_m_are_refused():
    two = dict(modes=["a", "b"], H=np.eye(2), decay=[1.0, 1.0], mirrors=())
    with pytest.raises(om.ParameterError, match="squeezing is not symmetric"):
        om.System(squeezing=[[0, 0.1], [0.2, 0]], **two)
    with pytest.raises(om.ParameterError, match="m is not symmetric"):
        om.System(n=[1, 1], m=[[0, 0.1], [0.2, 0]], **two)
