"""The data behind the figures of chapters 1 to 5: physics, not pixels."""

import numpy as np
import pytest
from points import point, random_parameters
from scipy.constants import c

import omcore as om
from omcore.proofs.crosschecks import relax
from omcore.figures import branches, drift_structure, light_and_atoms, noise, rotation_shift
from omcore.figures.rotation_shift import derived_shift, exact_shift, group_index, silica

# ---- chapter 1


def test_silica_has_its_known_index_at_the_yellow_line_of_helium():
    n, _ = silica(587.6e-9)
    assert n == pytest.approx(1.45846, abs=1e-5)


def test_the_dispersion_of_silica_is_the_slope_of_its_index():
    wavelength = np.linspace(0.4e-6, 2e-6, 9)
    h = 1e-11
    differences = (silica(wavelength + h)[0] - silica(wavelength - h)[0]) / (2 * h)
    assert silica(wavelength)[1] == pytest.approx(differences, rel=1e-4)


def test_group_velocity_is_the_slope_of_the_dispersion_relation():
    wavelength, h = 1550e-9, 1e-4
    k = lambda omega: silica(2 * np.pi * c / omega)[0] * omega / c
    omega = 2 * np.pi * c / wavelength
    slope = (k(omega * (1 + h)) - k(omega * (1 - h))) / (2 * h * omega)
    assert group_index(*silica(wavelength), wavelength) == pytest.approx(c * slope, rel=1e-6)


def ring(wavelength, velocity):
    n, slope = silica(wavelength)
    changes = {"refractive_index": float(n), "dispersion": float(slope), "wavelength": wavelength}
    return om.PAPER.replace(radius=1.0, angular_velocity=velocity, **changes)


@pytest.mark.parametrize("wavelength", [0.6e-6, 1.0e-6, 1.55e-6, 1.9e-6])
@pytest.mark.parametrize("velocity", [-33.0, 33.0, 300.0])
def test_the_lorentz_transformation_gives_the_derived_shift_and_not_eq_1(wavelength, velocity):
    p = ring(wavelength, velocity)
    exact = exact_shift(p, lambda x: silica(x)[0])
    assert exact == pytest.approx(derived_shift(p), rel=10 * abs(velocity) / c)
    n_g = group_index(p.refractive_index, p.dispersion, wavelength)
    assert om.sagnac_shift(p) / exact == pytest.approx(n_g / p.refractive_index, rel=1e-5)


def test_without_dispersion_eq_1_is_exact_to_first_order_and_an_empty_ring_does_not_shift():
    plain = om.PAPER.replace(refractive_index=1.44)
    exact = exact_shift(plain, lambda x: 1.44)
    assert exact == pytest.approx(om.sagnac_shift(plain), rel=1e-6) and exact > 0
    empty = om.PAPER.replace(refractive_index=1.0)
    assert abs(exact_shift(empty, lambda x: 1.0)) < 1e-6 * exact and om.sagnac_shift(empty) == 0


def test_the_figure_holds_eq_1():
    d = rotation_shift.data()
    at_paper = np.interp(om.PAPER.angular_velocity, d.angular_velocity, d.shift)
    assert at_paper == pytest.approx(om.sagnac_shift(om.PAPER))
    assert (d.printed > d.derived).all() and (d.derived > 0).all()


# ---- chapter 2


def test_quanta_are_those_of_the_mean_field_and_grow_with_the_power():
    d = light_and_atoms.data(power=np.array([1e-8, 1e-7, 0.04]))
    for case, p in om.CASES.items():
        field = om.mean_field(p)
        assert d.excitations[case][-1] == pytest.approx(abs(field.c) ** 2)
        assert d.photons[case][1] / d.photons[case][0] == pytest.approx(10, rel=1e-4)


def test_light_and_atoms_alone_obey_conservation_of_energy():
    """What the laser brings is what light and atoms lose: 2κΣ|α|² + 2γ_a|c|² = 2 Re(ε* α)."""
    p = random_parameters(200)
    f = om.mean_field(p)
    lost = p.kappa * (abs(f.alpha_cw) ** 2 + abs(f.alpha_ccw) ** 2) + p.gamma_a * abs(f.c) ** 2
    assert lost == pytest.approx(p.drive_amplitude * f.alpha_cw.real, rel=1e-9)


def test_the_atoms_of_the_paper_cannot_hold_the_excitations():
    d = light_and_atoms.data(power=np.array([om.PAPER.power]))
    assert all(number > 500 * light_and_atoms.PAPER_ATOMS for number in d.excitations.values())


# ---- chapter 3


def test_a_mode_relaxes_to_the_vacuum_whatever_its_rate():
    for kappa in (0.1, 1.0):
        p = om.PAPER.replace(kappa=kappa * om.PAPER.omega_m)
        assert om.lyapunov(*noise.light(p)) == pytest.approx(np.eye(2) / 2)


def test_trajectories_have_the_exact_mean_and_spread():
    d = noise.data(number=4000)
    error = d.spread[1:] / np.sqrt(4000)
    assert (abs(d.paths.mean(-1) - d.mean)[1:] < 5 * error).all()
    assert d.paths.std(-1)[1:] == pytest.approx(d.spread[1:], rel=0.06)


def test_a_lone_mirror_rests_in_the_thermal_state_of_either_bath():
    for lindblad in (False, True):
        A, D = noise.mirror(0.1, 3.0, lindblad)
        assert om.lyapunov(A, D) == pytest.approx(3.5 * np.eye(2))


@pytest.mark.parametrize("phonons", [0.0, 1.0, 9.9])
def test_noise_on_p_alone_breaks_the_condition_of_lindblad_and_noise_on_both_does_not(phonons):
    omega = om.symplectic_form(1)
    for lindblad in (False, True):
        A, D = noise.mirror(1.0, phonons, lindblad)
        lowest = np.linalg.eigvalsh(D - 0.5j * (A @ omega + omega @ A.T)).min()
        occupied = 2 * phonons + 1
        expected = phonons if lindblad else (occupied - np.sqrt(occupied**2 + 1)) / 2
        assert lowest == pytest.approx(expected, abs=1e-12)


def test_a_squeezed_mirror_passes_through_states_that_do_not_exist():
    times = np.linspace(0, 3, 61)
    assert noise.squeezed_margins(0.1, times).min() < -5e-3
    assert noise.squeezed_margins(0.1, times, lindblad=True).min() > -1e-12
    paper = om.PAPER.gamma_m / om.PAPER.omega_m
    assert -1e-5 < noise.squeezed_margins(paper, times).min() < -1e-6


def test_phonons_are_classical_when_warm_and_gone_when_cold():
    d = noise.data(number=2)
    assert d.phonons[-1] == pytest.approx(d.classical[-1] - 0.5, rel=1e-6)
    assert d.phonons[0] < 1e-10


# ---- chapter 4


@pytest.mark.parametrize("p", [branches.LONE, branches.SPINNING, branches.FIVE, *om.CASES.values()])
def test_the_curve_of_steady_states_holds_the_roots_of_the_quintic(p):
    """Both ways to every branch, and to its stability."""
    d = branches.data(p, 3.5)
    for k in range(20, len(d.shift), 331):
        found = om.mean_field_branches(p.replace(power=d.power[k]))
        y = p.G_0 * found.q / p.omega_m
        nearest = np.argmin(abs(y - d.shift[k]))
        assert y[nearest] == pytest.approx(d.shift[k], rel=1e-6)
        assert found.stable[nearest] == d.stable[k]


@pytest.mark.parametrize("ratio", [0.9, 1.7, 1.75, 3.0, 10.0])
def test_a_lone_cavity_folds_beyond_sqrt3_kappa_and_where_the_proof_says(ratio):
    w = om.PAPER.omega_m
    p = branches.LONE.replace(Delta_c=w, kappa=w / ratio)
    folds = branches.data(p, 2.0).folds[1]
    if ratio < np.sqrt(3):
        assert folds.size == 0
    else:
        expected = (2 + np.array([-1, 1]) * np.sqrt(1 - 3 / ratio**2)) / 3
        assert folds == pytest.approx(expected, abs=1e-3)


def test_between_folds_every_state_is_unstable():
    for p in (branches.LONE, branches.SPINNING, branches.FIVE):
        d = branches.data(p, 3.5)
        falling = np.diff(d.power) < 0
        inside = falling[1:] & falling[:-1]
        assert not d.stable[1:-1][inside].any()


def test_power_of_bistability_in_closed_form():
    """The folds of a lone cavity are born at Δ = √3 κ with P = 4κ²ω_m ħω_0/(3√3 G_0²)."""
    from scipy.constants import hbar

    p = om.PAPER
    power = 4 * p.kappa**2 * p.omega_m * hbar * p.omega_0 / (3 * np.sqrt(3) * p.G_0**2)
    assert power == pytest.approx(0.044, abs=5e-4)
    lone = branches.LONE.replace(kappa=p.kappa, Delta_c=1.002 * np.sqrt(3) * p.kappa)
    folds = branches.data(lone, 2.0).folds[0]
    assert folds == pytest.approx([power, power], rel=0.01)


@pytest.mark.parametrize("p", [branches.LONE, branches.SPINNING])
def test_the_nonlinear_equations_leave_the_middle_and_settle_on_the_outer_branches(p):
    run = branches.relaxation(p, offsets=(-0.05, 0.05), duration=150)
    assert run.stable.tolist() == [True, False, True]
    assert run.shifts[:, -1] == pytest.approx(run.branches[[0, 2]], abs=1e-3)


def test_beyond_its_limit_the_mirror_swings():
    p = om.PAPER.replace(power=0.065)
    assert not om.mean_field_branches(p).stable.any()
    _, u = relax(p, np.zeros(8), 250 / p.omega_m, points=1001, accuracy=1e-6)
    assert np.ptp(p.G_0 * u[-250:, 6] / p.omega_m) > 0.5


def test_the_readings_agree_for_weak_light_and_part_as_it_grows():
    r = branches.readings(power=np.array([1e-8, 1e-3, 0.01, 0.04]))
    for case in om.CASES:
        ratio = r.photons["self-consistent"][case] / r.photons["bare-detuning"][case]
        assert ratio[0] == pytest.approx(1, abs=1e-6) and (np.diff(ratio) > 0).all()


# ---- chapter 5


def test_differences_of_the_flow_are_the_drift_matrix():
    sweep = random_parameters(30)
    for k in range(30):
        p = point(sweep, k)
        for reading in ("self-consistent", "bare-detuning"):
            field = om.mean_field(p, reading)
            A = om.drift_matrix(p, field)
            J = drift_structure.differences(p, field, step=1e3)
            assert J == pytest.approx(A, abs=1e-9 * abs(A).max())


def test_eigenvalues_add_up_to_the_damping():
    p = om.PAPER
    for rates in drift_structure.data().eigenvalues.values():
        damping = (4 * p.kappa + 2 * p.gamma_a + p.gamma_m) / p.omega_m
        assert rates.sum() == pytest.approx(-damping)


def test_a_common_phase_changes_no_entanglement():
    s = om.solve(om.PAPER)
    for angle in (0.3, 2.0):
        V = om.lyapunov(drift_structure.rephased(s.A, angle), s.D)
        for pair in (("a", "m"), ("ccw", "m"), ("cw", "a")):
            assert om.log_negativity(V, *pair) == pytest.approx(s.log_negativity(*pair), abs=1e-12)


def test_position_acts_on_light_and_light_on_momentum_only():
    for A in drift_structure.data().A.values():
        assert not A[6, :6].any() and not A[:6, 7].any() and not A[4:6, 6].any()
        assert A[7, [0, 1, 2, 3]] == pytest.approx([A[1, 6], -A[0, 6], A[3, 6], -A[2, 6]])


# ---- all


@pytest.mark.parametrize("draw", [
    lambda: rotation_shift.draw(rotation_shift.data()),
    lambda: light_and_atoms.draw(light_and_atoms.data(power=np.geomspace(1e-6, 0.1, 5))),
    lambda: noise.draw(noise.data(number=20)),
    lambda: branches.draw(branches.data(branches.LONE, 2.0, 101)),
    lambda: branches.draw_relaxation(branches.relaxation(branches.LONE, (0.02,), 5)),
    lambda: branches.draw_readings(branches.readings(power=np.array([0.01, 0.04]))),
    lambda: drift_structure.draw(drift_structure.data()),
    lambda: drift_structure.draw_eigenvalues(drift_structure.data()),
])  # fmt: skip
def test_every_figure_can_be_drawn(draw):
    assert draw().get_axes()
