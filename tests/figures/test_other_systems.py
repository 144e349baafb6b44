"""Chapter 21: published systems, each by two ways and against what was published."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.constants import h, k
from scipy.linalg import solve_continuous_lyapunov

import omcore as om
from drawings.other_systems import atoms_in_cavity, kerr, magnons, movable_mirror, two_directions
from omcore.paper.roughness import over_a_turn


def entanglement(A, D, i, j):
    """E of two modes with SciPy's Lyapunov solver and the partial transposition by hand."""
    V = solve_continuous_lyapunov(A, -D)
    rows = [2 * i, 2 * i + 1, 2 * j, 2 * j + 1]
    V = V[np.ix_(rows, rows)]
    flip = np.diag([1, 1, 1, -1])
    Omega = np.kron(np.eye(2), [[0, 1], [-1, 0]])
    nu = np.abs(np.linalg.eigvals(Omega @ flip @ V @ flip)).min()
    return max(0.0, -np.log(2 * nu))


# ---- the movable mirror


def test_the_laboratory_and_the_system_about_its_mean_field_are_one():
    s = om.solve(movable_mirror.parameters())
    detuning = s.effective_detuning("driven") / movable_mirror.OMEGA_M
    given = om.solve(movable_mirror.system(detuning))
    assert abs(s.coupling("driven")) == pytest.approx(abs(given.coupling("c")), rel=1e-9)
    assert s.log_negativity("driven", "m") == pytest.approx(
        given.log_negativity("c", "m"), rel=1e-6
    )


@pytest.mark.parametrize("mirror, x", movable_mirror.CASES)
def test_both_mirrors_have_the_entanglement_of_the_matrices_written_out(mirror, x):
    """As the paper and the scripts that redraw it have them, in units of omega_m."""
    given = movable_mirror.system(x, mirror=mirror)
    w = movable_mirror.OMEGA_M
    kappa, G = movable_mirror.linewidth(mirror["finesse"]) / w, given.coupling[0].real / w
    damping = movable_mirror.GAMMA_M / w
    A = [[-kappa, x, 0, 0], [-x, -kappa, G, 0], [0, 0, 0, 1], [G, 0, -1, -damping]]
    D = np.diag([kappa, kappa, 0, damping * (2 * given.n_m + 1)])
    s = om.solve(given)
    assert s.log_negativity("c", "m") == pytest.approx(entanglement(np.array(A), D, 0, 1), rel=1e-6)


# ---- atoms


def test_the_atoms_are_those_of_the_nonlinear_system():
    """With the laser's detuning and the drive in place of what follows from them."""
    given = atoms_in_cavity.system(-1.0)
    push, drive = movable_mirror.push_and_drive()
    shift = abs(given.coupling[0]) ** 2 / (2 * movable_mirror.OMEGA_M)
    driven = om.System(
        modes=["c", "a"], H=given.H + np.diag([shift, 0]), decay=given.decay,
        photon_coupling=[push, 0], drive=[drive, 0], **movable_mirror.bath(),
    )  # fmt: skip
    full, linear = om.solve(driven), om.solve(given)
    assert full.effective_detuning("c") == pytest.approx(movable_mirror.OMEGA_M, rel=1e-9)
    for pair in atoms_in_cavity.PAIRS:
        assert full.log_negativity(*pair) == pytest.approx(linear.log_negativity(*pair), abs=1e-8)


def test_atoms_far_away_leave_the_movable_mirror():
    far = om.solve(atoms_in_cavity.system(1e7))
    alone = om.solve(movable_mirror.system(atoms_in_cavity.DETUNING))
    assert far.log_negativity("c", "m") == pytest.approx(alone.log_negativity("c", "m"), rel=1e-5)
    assert far.log_negativity("a", "m") == 0


# ---- two directions


def test_a_system_without_its_atoms_is_the_resonator_whose_atoms_are_not_coupled(case):
    p = om.CASES[case]
    p = p.replace(Delta_c=p.Delta_c + 0.5 * p.omega_m)  # off the edge of stability
    two = om.solve(two_directions.system(p, 0.3)).log_negativity("driven", "m")
    four = om.solve(p.in_omega_m(backscattering=0.3, G_a=0)).log_negativity("driven", "m")
    assert two == pytest.approx(four, abs=1e-9) and two > 0.1


def test_rotation_protects_from_backscattering():
    """At half the mechanical frequency a third is lost at rest, and three per cent if it spins."""
    d = two_directions.data(5)  # at 0, 0.5, ..., 2 omega_m
    lost = {case: 1 - E[1] / E[0] for case, E in d.E.items()}
    assert lost["stationary"] == pytest.approx(1 / 3, abs=0.02)
    assert max(lost["cw"], lost["ccw"]) == pytest.approx(0.03, abs=0.005)
    assert all((np.diff(E) < 0).all() for E in d.E.values())


@pytest.mark.parametrize("case, lost", [("cw", 0.036), ("ccw", 0.052)])
def test_a_rough_rim_costs_a_little_more_than_a_scatterer_at_rest(case, lost):
    """Seen from the rim, the two directions are split by less than in the laboratory."""
    d = two_directions.data(5)
    assert 1 - d.turning[case][1] / d.turning[case][0] == pytest.approx(lost, abs=0.002)
    assert (d.turning[case][1:] < d.E[case][1:]).all()


@pytest.mark.parametrize("case", ["cw", "ccw"])
def test_a_rough_rim_stands_still_where_there_are_no_atoms(case):
    p = om.CASES[case].in_omega_m(Delta_c=0.5 if case == "cw" else 3.0)
    turn = over_a_turn(p.in_omega_m(backscattering=0.5, G_a=0)).log_negativity("driven", "m")
    still = om.solve(two_directions.system(p, 0.5, turning=True)).log_negativity("driven", "m")
    assert turn == pytest.approx(still, abs=1e-7)
    assert abs(om.solve(two_directions.system(p, 0.5)).log_negativity("driven", "m") - still) > 1e-3


# ---- magnons


def matrices_of_the_thesis(detuning, temperature):
    """Its drift and diffusion matrices, term by term, in units of 2 pi MHz."""
    a, n, g, G, kappa, w, gamma = 10 * detuning, 9.0, 3.2, 4.8, 1.0, 10.0, 1e-4
    A = [
        [-kappa, a, 0, g, 0, 0],
        [-a, -kappa, -g, 0, 0, 0],
        [0, g, -kappa, n, -G, 0],
        [-g, 0, -n, -kappa, 0, 0],
        [0, 0, 0, 0, 0, w],
        [0, 0, 0, G, -w, -gamma],
    ]
    Z = [1 / np.expm1(h * 1e6 * f / (k * temperature)) for f in (10e3, 9.95e3, 10)]
    c, m, d = (2 * z + 1 for z in Z)
    return np.array(A), np.diag([kappa * c, kappa * c, kappa * m, kappa * m, 0, gamma * d])


@pytest.mark.parametrize("temperature", [0.01, 0.15])
@pytest.mark.parametrize("pair, x", magnons.BEST.items())
def test_the_pairs_have_the_entanglement_of_those_matrices(pair, x, temperature):
    s = om.solve(magnons.system(x, temperature))
    i, j = map(s.system.index, pair)
    found = om.log_negativity(magnons.warm(s, temperature), i, j)
    A, D = matrices_of_the_thesis(x, temperature)
    assert np.abs(s.A / magnons.MHZ - A).max() < 1e-12
    wanted = entanglement(A, D, i, j)
    assert found == pytest.approx(wanted, abs=1e-6) and found > 0.05


def test_with_a_coupling_like_the_exchange_they_would_not():
    d = magnons.data(coupling=magnons.EXCHANGE)
    assert d.ends.max() < 0.19
    assert np.abs(d.best - list(magnons.BEST.values())).max() > 0.5


# ---- magnons with a Kerr term


def rates(x, drive):
    """The Langevin equations of the paper without noise, in quadratures."""
    a, m, b = (x[::2] + 1j * x[1::2]) / np.sqrt(2)
    K, g, G = kerr.KERR, kerr.EXCHANGE, kerr.PUSH
    da = -(1j * kerr.DELTA_A + kerr.KAPPA_A) * a - 1j * g * m
    dm = -(1j * kerr.DELTA_M + kerr.KAPPA_M) * m - 1j * g * a - 2j * K * abs(m) ** 2 * m
    dm += -2j * G * m * b.real + drive
    db = -(1j + kerr.KAPPA_B) * b - 1j * G * abs(m) ** 2
    return np.sqrt(2) * np.array([da.real, da.imag, dm.real, dm.imag, db.real, db.imag])


def steady(N):
    """The steady state with N magnons, in quadratures, and its drive."""
    drive = np.sqrt(N) * abs(kerr.light(N)[1])
    m = -1j * drive / kerr.light(N)[1]
    a = -kerr.EXCHANGE * m / (kerr.DELTA_A - 1j * kerr.KAPPA_A)
    b = -kerr.PUSH * N / (1 - 1j * kerr.KAPPA_B)
    z = np.sqrt(2) * np.array([a, m, b])
    return np.column_stack([z.real, z.imag]).ravel(), drive


@pytest.mark.parametrize("N", [6e13, 3.5e14, 6.5e14, 7.6e14])
def test_the_drift_matrix_is_the_jacobian_of_the_equations_of_the_paper(N):
    x, drive = steady(N)
    assert np.abs(rates(x, drive)).max() < 1e-9 * drive
    step = 1e-4 * np.sqrt(N)
    columns = [(rates(x + e, drive) - rates(x - e, drive)) / (2 * step) for e in step * np.eye(6)]
    assert np.abs(np.transpose(columns) - kerr.drift(N)).max() < 1e-7


def test_the_folds_are_where_the_cubic_has_a_double_root():
    """Between the folds three states have the same power, elsewhere one."""
    first, second, _ = kerr.data().edges
    N = np.linspace(0, 8e14, 200_001)
    for P, wanted in ((first - 1e-5, 1), (first + 1e-5, 3), (second - 1e-5, 3), (second + 1e-5, 1)):
        assert np.count_nonzero(np.diff(np.sign(kerr.power(N) - P))) == wanted


def test_the_state_with_more_magnons_is_the_more_entangled_one():
    d = kerr.data()
    few, many = kerr.at(d, 50e-3)
    N = max(d.magnons[np.abs(d.power - 50e-3).argsort()[:6]])
    assert many > 10 * few
    assert many == pytest.approx(entanglement(kerr.drift(N), kerr.diffusion(), 0, 1), abs=1e-3)


@pytest.mark.parametrize("case, split, kept", [
    ("stationary", 0, 0.70), ("stationary", 2, 1.0), ("cw", 0, 1.0), ("cw", 2, 0.70),
    ("ccw", 0, 1.0), ("ccw", -2, 0.70),
])  # fmt: skip
def test_what_protects_from_backscattering_is_the_splitting(case, split, kept):
    """By hand at rest it protects as rotation does; undone while it spins, rotation does not."""
    p = om.CASES[case]

    def best(strength):
        s = two_directions.system(p, strength, np.linspace(-2, 5, 281))
        H, k = s.H.copy(), s.index("undriven")
        H[..., k, k] += split * om.sagnac_shift(om.PAPER)
        return np.nanmax(om.solve(replace(s, H=H)).log_negativity("driven", "m"))

    ratio = best(0.5) / best(0.0)
    assert ratio < kept if kept < 1 else ratio > 0.93
