"""The Hamiltonian gives Eqs. 5 and 8 and the library's matrices, and convicts the misprints."""

import numpy as np
import pytest
import sympy as sp
from points import point, random_parameters
from sympy.physics.quantum import Dagger

import omcore as om
from omcore.interop.symbolic import normal_ordered
from omcore.proofs import derivation as d
from omcore.proofs import spins as hp

EVERYTHING = (*d.MEAN, *map(Dagger, d.LIGHT))


def test_operators_of_different_modes_commute_and_of_one_mode_do_not():
    expected = {(d.q, d.p): sp.I, (d.p, d.q): -sp.I}
    for o in d.LIGHT:
        expected |= {(o, Dagger(o)): 1, (Dagger(o), o): -1}
    for A in EVERYTHING:
        for B in EVERYTHING:
            assert normal_ordered(A * B - B * A) == expected.get((A, B), 0)


@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_the_hamiltonian_is_hermitian(drive):
    H = d.hamiltonian(drive)
    assert normal_ordered(H - Dagger(H)) == 0


@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_the_langevin_equations_are_eq_5(drive):
    assert d.mismatches(d.langevin(drive), d.printed_langevin(drive)) == {}
    other = d.printed_langevin(om.conventions.opposite(drive))
    assert set(d.mismatches(d.langevin(drive), other)) == set(d.a.values())


@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_the_steady_state_has_the_shifted_detuning_and_an_i(drive):
    steady = d.steady_state(drive)
    assert steady[d.p_s] == 0
    photons = sum(x * sp.conjugate(x) for x in d.alpha.values())
    assert sp.expand(steady[d.q_s] - d.G_0 * photons / d.omega_m) == 0
    for j, x in d.alpha.items():
        force = -sp.I * d.G_a * d.c_s + (d.epsilon if j == drive else 0)
        assert sp.simplify(steady[x] * (d.kappa + sp.I * d.tilde_Delta[j]) - force) == 0
    atoms = -sp.I * d.G_a * sum(d.alpha.values()) / (d.gamma_a + sp.I * d.Delta_a)
    assert sp.simplify(steady[d.c_s] - atoms) == 0


@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_printed_amplitudes_are_no_steady_state(drive):
    """Eq. 10 lacks the i, Eq. A3 the shift. Each would be right without what it lacks."""
    assert set(d.departure(d.steady_state(drive), drive).values()) == {0}
    without_i = d.departure(d.printed_amplitudes("10", drive), drive)
    without_shift = d.departure(d.printed_amplitudes("A3", drive), drive)
    for j, x in d.alpha.items():
        assert sp.expand(without_i[x] - (1 - sp.I) * (d.Delta[j] - d.G_0 * d.q_s)) == 0
        assert without_shift[x] == sp.I * d.G_0 * d.q_s


def test_linearisation_drops_the_products_of_fluctuations_and_nothing_else():
    f = d.FLUCTUATION
    pressure = sum(Dagger(f[o]) * f[o] for o in d.LIGHT[:2])
    dropped = {f[o]: sp.I * d.G_0 * f[d.q] * f[o] for o in d.LIGHT[:2]}
    dropped |= {f[d.p]: sp.expand(d.G_0 * pressure), f[d.c]: 0, f[d.q]: 0}
    assert d.mismatches(d.about_the_mean(2), dropped) == {}
    assert set(d.about_the_mean(3).values()) == {0}


@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_fluctuations_do_not_see_the_drive(drive):
    assert d.mismatches(d.about_the_mean(1, drive), d.linearised()) == {}


def test_eq_a4_has_one_wrong_sign():
    wrong = d.mismatches(d.linearised(), d.printed_linearised())
    ccw = d.FLUCTUATION[d.a["ccw"]]
    assert list(wrong) == [ccw]
    assert sp.expand(wrong[ccw] + 2 * (sp.I * d.Delta["ccw"] + d.kappa) * ccw) == 0


def test_the_derived_drift_matrix_is_eq_8_entry_by_entry():
    assert d.mismatches(d.drift_matrix(), d.printed_drift_matrix()) == {}


def test_eq_a6_has_two_terms_too_many():
    wrong = d.mismatches(d.drift_matrix(), d.printed_quadrature_drift())
    assert wrong == {(1, 6): -sp.Symbol("G_ccw"), (3, 6): -sp.Symbol("G_cw")}


def test_eq_8_without_damping_is_the_motion_under_a_hamiltonian():
    """Then A Ω is symmetric. The terms of Eq. A6 and the damping of Eq. A4 cannot be so derived."""
    omega = sp.Matrix(om.symplectic_form(4).astype(int))
    damping = sp.diag(*[d.kappa] * 4, d.gamma_a, d.gamma_a, 0, d.gamma_m)

    def is_hamiltonian(A):
        M = (A + damping) * omega
        return (M - M.T).applyfunc(sp.expand).is_zero_matrix

    assert is_hamiltonian(d.printed_drift_matrix())
    assert not is_hamiltonian(d.printed_quadrature_drift())
    amplified = d.printed_drift_matrix()
    amplified[0, 0] = amplified[1, 1] = d.kappa
    assert not is_hamiltonian(amplified)


def test_noise_of_eq_6_gives_the_diffusion_matrix():
    assert d.mismatches(d.diffusion_matrix(), d.printed_diffusion_matrix()) == {}
    p = om.PAPER
    numbers = {x: getattr(p, str(x)) for x in (d.kappa, d.gamma_a, d.gamma_m, d.n_m)}
    D = np.array(d.diffusion_matrix().subs(numbers), dtype=float)
    assert om.diffusion_matrix(p) == pytest.approx(D, rel=1e-15)


@pytest.mark.parametrize("reading", ["self-consistent", "bare-detuning"])
@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_the_library_has_the_derived_drift_matrix(drive, reading):
    sweep = random_parameters(40, drive=drive)
    for k in range(40):
        p = point(sweep, k)
        field = om.mean_field(p, reading)
        A = om.drift_matrix(p, field)
        assert d.numeric_drift_matrix(p, field) == pytest.approx(A, abs=1e-13 * np.abs(A).max())


@pytest.mark.parametrize("mode", ["cw", "ccw"])
def test_equal_couplings_are_not_equal_swap_rates(mode):
    mirror, atoms = d.swap_rates(mode)
    assert sp.expand(mirror + (d.G_x[mode] + sp.I * d.G_y[mode]) / 2) == 0
    assert atoms == d.G_a


# ---- the atoms


@pytest.mark.parametrize("N", [1, 2, 3])
def test_holstein_primakoff_is_exact_with_the_root_on_the_left(N):
    spins, mode = hp.dicke_spins(N), hp.holstein_primakoff(N)
    for name in ("-", "+", "z"):
        assert d.mismatches(mode[name], spins[name]) == {}
    commutator = spins["-"] * spins["+"] - spins["+"] * spins["-"]
    assert commutator == -spins["z"] == N * sp.eye(N + 1) - 2 * spins["excited"]


@pytest.mark.parametrize("N", [2, 3])
def test_eq_4_as_printed_fails(N):
    """c left of the root: S_+ is not the adjoint of S_-, and their commutator not that of spins."""
    spins, printed = hp.dicke_spins(N), hp.printed_holstein_primakoff(N)
    assert printed["+"] == spins["+"] and printed["+"] != printed["-"].H
    commutator = printed["-"] * printed["+"] - printed["+"] * printed["-"]
    assert (commutator + spins["z"]).applyfunc(sp.simplify) != sp.zeros(N + 1)


@pytest.mark.parametrize("N", [1, 2, 3])
def test_s_z_of_eq_4_is_half_of_that_of_eq_2(N):
    """With it the energy (ω_a/2) S_z of Eq. 2 gives an excited atom ω_a/2, not ω_a."""
    spins, printed = hp.dicke_spins(N), hp.printed_holstein_primakoff(N)
    assert spins["z"] == 2 * printed["z"] == 2 * spins["excited"] - N * sp.eye(N + 1)
    steps = lambda z: [(z[n + 1, n + 1] - z[n, n]) / 2 for n in range(N)]
    assert steps(spins["z"]) == [1] * N
    assert steps(printed["z"]) == [sp.Rational(1, 2)] * N


def test_s_plus_s_minus_counts_excitations_for_one_atom_only():
    """Otherwise it is N_a times too large, and the frame that turns with it is not ω_0's."""
    for N in (1, 2, 3):
        spins = hp.dicke_spins(N)
        product, number, up = spins["+"] * spins["-"], spins["excited"], spins["+"]
        assert number * up - up * number == up  # turns S_+ at ω_0
        assert (product == number) == (N == 1)
        assert (product * up - up * product == up) == (N == 1)
        assert product[1, 1] == N  # the energy of one excitation, in units of Δ_a


def test_few_excitations_make_the_spins_a_boson():
    """[S_-, S_+]/N_a and S_+S_-/(N_a c†c) tend to 1 as the excited fraction n/N_a does to 0."""
    n, N = sp.Symbol("n", nonnegative=True), d.N_a
    excited = Dagger(d.c) * d.c
    assert sp.expand(hp.spin_commutator() - (N - 2 * excited)) == 0
    energy = hp.literal_atomic_energy() / d.Delta_a
    assert sp.expand(energy - (N * excited - Dagger(d.c) ** 2 * d.c**2)) == 0
    for N_atoms in (2, 3):
        spins = hp.dicke_spins(N_atoms)
        product = spins["+"] * spins["-"]
        for k in range(N_atoms + 1):  # <k| c†² c² |k> = k(k-1)
            assert product[k, k] == (N * n - n * (n - 1)).subs({N: N_atoms, n: k})


# ---- the tools


def test_only_like_is_compared_with_like():
    with pytest.raises(ValueError, match="only one side"):
        d.mismatches(sp.zeros(2), sp.zeros(3))
    with pytest.raises(ValueError, match="only one side"):
        d.mismatches({d.q: d.p}, {d.p: d.q})


def test_equations_are_set_one_a_line():
    text = d.aligned(d.langevin())
    assert text.count("&=") == 5 and text.count(r"\\ ") == 4
