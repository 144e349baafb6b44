"""What the model assumes: each number against a closed form or a second route."""

import numpy as np
import pytest
from scipy.constants import c, hbar
from scipy.special import j0, j1

import omcore as om
from omcore.assumptions import disc
from omcore.assumptions.atoms import saturation, seen_with_overlap, volume_for_coupling
from omcore.assumptions.cryostat import cooling_power, temperature_under


def value(name, p=om.PAPER, **options):
    return om.validity(p, **options)[name].value


def test_a_sweep_is_the_loop_over_its_points():
    p = om.PAPER.in_omega_m(Delta_c=[[0.0], [2.5]], kappa=[0.3, 0.6, 1.2])
    swept = om.validity(p)
    for one in swept:
        assert np.shape(one.value) == np.shape(one.holds) == (2, 3)
    for k in np.ndindex(2, 3):
        for one, alone in zip(swept, om.validity(p[k]), strict=True):
            assert one.name == alone.name and one.holds[k] == alone.holds
            assert one.value[k] == pytest.approx(alone.value, rel=1e-9, nan_ok=True)
            assert np.shape(alone.value) == () and isinstance(alone.holds, np.bool_)


def test_what_fails_at_the_parameters_of_the_paper():
    for reading in om.MEAN_FIELDS:
        for p in om.CASES.values():
            failing = {one.name for one in om.validity(p, reading) if not one.holds}
            assert failing == {
                "few atoms excited", "sharp laser", "steady power", "disc that holds the light", "cold bath"
            }  # fmt: skip


def test_where_nothing_is_stable_what_needs_a_state_fails_and_in_the_dark_the_model_is_exact():
    found = om.validity(om.PAPER.replace(Delta_c=0.0))
    needs = ("stable", "quantum state", "few atoms excited", "small jitter")
    for name in (*needs, "sharp laser", "steady frequency", "steady power"):
        assert not found[name].holds
    assert found["stable"].value > 0 and np.isnan(found["small jitter"].value)
    assert found["slow rim"].holds and not found.hold
    found = om.validity(om.PAPER.replace(power=0.0))
    assert found["few atoms excited"].value == pytest.approx(0.0, abs=1e-9)
    assert found["small fluctuations"].value == 0.0 and found["few atoms excited"].holds


def test_the_excited_atoms_grow_with_the_power_and_pass_where_chapter_2_says():
    found = om.validity(om.PAPER.replace(power=np.array([0.5e-6, 0.55e-6])))["few atoms excited"]
    assert found.holds.tolist() == [True, False]
    more = om.validity(om.PAPER, atoms=2e11)["few atoms excited"]
    assert more.holds and more.limit == 2e11


def test_the_laser_passes_up_to_the_width_that_halves_the_entanglement():
    """The law itself, by a Lyapunov equation with the noise in D: at the edge of the verdict E is half."""
    s = om.solve(om.PAPER)
    edge = 2e-3 * np.pi / value("sharp laser", linewidth=2e-3 * np.pi)
    holds = [om.validity(om.PAPER, linewidth=x * edge)["sharp laser"].holds for x in (0.999, 1.001)]
    assert holds == [True, False]
    z = s.mean_field.amplitudes
    w = np.sqrt(2) * np.array([-z.imag, z.real]).T.ravel()
    noisy = om.lyapunov(s.A, s.D + edge * np.outer([*w, 0, 0], [*w, 0, 0]))
    assert om.log_negativity(noisy, 2, 3) == pytest.approx(s.log_negativity("a", "m") / 2)
    assert value("sharp laser", linewidth=0.0) == 0.0


def test_the_laser_fails_where_there_is_no_entanglement_to_halve():
    hot = om.validity(om.PAPER.replace(temperature=[5e-3, 5.0]), linewidth=1e-4)["sharp laser"]
    assert hot.holds.tolist() == [True, False] and np.isnan(hot.value[1])


def test_wander_and_intensity_noise_pass_up_to_what_halves_the_entanglement():
    """The covariances themselves: a spread of the mean fields, and noise of the drive in D."""
    p, s = om.PAPER, om.solve(om.PAPER)
    E, edge = s.log_negativity("a", "m"), 1 / value("steady frequency", wander=1.0)
    ends = [
        om.mean_field(p.replace(Delta_c=p.Delta_c - x, Delta_a=p.Delta_a - x))
        for x in (-100.0, 100.0)
    ]
    step = (ends[1].quadratures() - ends[0].quadratures()) / 200
    assert om.log_negativity(s.V + edge**2 * np.outer(step, step), 2, 3) == pytest.approx(
        E / 2, rel=1e-3
    )
    edge = 1 / value("steady power", intensity_noise=1.0)  # one-sided; half of it at each frequency
    w = np.eye(8)[0] * p.drive_amplitude / np.sqrt(2)
    noisy = om.lyapunov(s.A, s.D + edge / 2 * np.outer(w, w))
    assert om.log_negativity(noisy, 2, 3) == pytest.approx(E / 2)
    for name, keyword in (("steady frequency", "wander"), ("steady power", "intensity_noise")):
        assert value(name, **{keyword: 0.0}) == 0.0
    leaky = om.validity(p.replace(escape_efficiency=[1.0, 0.995, 0.9]))[
        "light leaves by the coupler"
    ]
    assert leaky.holds.tolist() == [True, True, False] and leaky.value[2] == pytest.approx(0.1)


def test_the_bath_keeps_the_temperature_at_which_its_refrigerator_takes_the_heat():
    heat = 2e-4 * om.PAPER.power
    T = temperature_under(heat, 3e-4)
    assert cooling_power(T, 3e-4) == pytest.approx(heat) == pytest.approx(84 * 3e-4 * T**2)
    p = om.PAPER.replace(temperature=T * np.array([0.0, 0.99, 1.01]))
    found = om.validity(p, absorbed=2e-4, circulation=3e-4)["cold bath"]
    assert found.holds.tolist() == [False, False, True] and found.value[0] == np.inf
    dark = om.validity(om.PAPER.replace(power=0.0, temperature=0.0))["cold bath"]
    assert dark.holds and dark.value == 0.0 and value("cold bath", absorbed=0.0) == 0.0


def test_each_number_is_its_closed_form():
    p = om.PAPER
    assert value("slow rim") == p.radius * p.angular_velocity / c
    assert value("weak damping") == p.gamma_m / p.omega_m
    assert value("quality") == pytest.approx(1.6e7, rel=1e-3)
    s = om.solve(p)
    assert value("small jitter") == p.G_0 * np.sqrt(s.V[6, 6]) / p.kappa
    assert value("quantum state") == pytest.approx(0.5 / om.symplectic_eigenvalues(s.V)[0])
    assert value("stable") == pytest.approx(np.linalg.eigvals(s.A).real.max() / p.omega_m)


def test_cold_baths_make_the_noise_coloured_and_states_unphysical():
    cold = om.validity(om.PAPER.replace(temperature=0.0))["white noise"]
    fastest = abs(np.linalg.eigvals(om.solve(om.PAPER).A).imag).max() / om.PAPER.omega_m
    assert not cold.holds and cold.value == pytest.approx(fastest - 1)
    warm = value("white noise", om.PAPER.replace(temperature=1.0))
    assert warm < value("white noise") < 0.02


def test_the_table_shows_every_assumption_as_text_and_as_markdown():
    found = om.validity(om.PAPER)
    assert len(repr(found).splitlines()) == len(found) + 1
    assert found._repr_markdown_().count("\n") == len(found) + 1
    assert "| few atoms excited | 1.1×10¹¹ | 10⁶ | fails |" in found._repr_markdown_()
    assert isinstance(found, tuple) and found[0] is found["stable"]
    with pytest.raises(KeyError, match="use one of"):
        found["steady"]


# ---- the noise's memory


# ---- the disc


def test_the_radial_roots_are_published_ones():
    """Four are printed in Structural Health Monitoring (oreilly.com, 9780124186910), chapter 10, Eq. 58."""
    published = np.array([2.067364, 5.395106, 8.575401, 11.734360])
    nu = 1 - published * j0(published) / j1(published)  # of its metal: one for all four
    assert nu == pytest.approx(nu[0], abs=1e-4)
    assert disc.radial_roots(4, nu[0]) == pytest.approx(published, abs=2e-6)


def test_the_effective_mass_is_the_kinetic_energy_of_the_mode():
    from scipy.integrate import quad

    for mode in (1, 2, 4):
        k = disc.radial_roots(mode)[-1]
        energy = 2 * quad(lambda x, k=k: x * j1(k * x) ** 2, 0, 1)[0] / j1(k) ** 2
        assert disc.effective_mass_fraction(mode) == pytest.approx(energy, rel=1e-10)


def test_stress_and_stretch_solve_the_balance_of_a_spinning_disc():
    """u = r(1 - ν)[(3 + ν) - (1 + ν)r²]/8, in units of ρΩ²R³/E, and σ = ρv²(3 + ν)/8 at the centre."""
    nu, E, rho = disc.POISSON, disc.YOUNG, disc.DENSITY
    u = lambda r: r * (1 - nu) * ((3 + nu) - (1 + nu) * r**2) / 8
    slope = lambda r, h=1e-6: (u(r + h) - u(r - h)) / (2 * h)
    sigma_r = lambda r: (slope(r) + nu * u(r) / r) / (1 - nu**2)
    sigma_t = lambda r: (u(r) / r + nu * slope(r)) / (1 - nu**2)
    assert sigma_r(1.0) == pytest.approx(0.0, abs=1e-9)
    r, h = 0.6, 1e-4
    force = (sigma_r(r + h) - sigma_r(r - h)) / (2 * h) + (sigma_r(r) - sigma_t(r)) / r + r
    assert force == pytest.approx(0.0, abs=1e-5)
    assert disc.spinning_stress(33.0) == pytest.approx(rho * 33.0**2 * sigma_r(1e-3), rel=1e-5)
    assert disc.spinning_stretch(33.0) == pytest.approx(rho * 33.0**2 / E * u(1.0))


def test_a_ring_balances_hoop_stress_and_inertia():
    """-ρω²u = -E u/R²: the hoop strain u/R pulls each arc inwards."""
    R = 1.1e-3
    assert disc.ring_frequency(R) ** 2 * disc.DENSITY == pytest.approx(disc.YOUNG / R**2)
    width = disc.ring_width(1e-11, R)
    assert width**2 * 2 * np.pi * R * disc.DENSITY == pytest.approx(1e-11)


# ---- the atoms


@pytest.mark.parametrize("case", om.CASES)
def test_saturable_atoms_become_the_oscillator_when_there_are_many(case):
    found = saturation(om.CASES[case])
    assert (np.diff(found.atoms) > 0).all() and found.excited.max() < 0.5
    many = found.atoms > 1e13
    assert found.atoms[many] * found.excited[many] == pytest.approx(found.linear, rel=1e-2)


@pytest.mark.parametrize("case", om.CASES)
def test_saturable_atoms_radiate_what_the_laser_brings_and_the_fibre_does_not_take(case):
    """Conservation of energy knows nothing of the Bloch equations."""
    q, found = om.CASES[case], saturation(om.CASES[case], 9)
    field = om.mean_field(q.replace(G_a=q.G_a * np.sqrt(found.response)))
    photons = abs(field.alpha_ccw) ** 2 + abs(field.alpha_cw) ** 2
    brought = 2 * q.drive_amplitude * field.amplitude(q.drive).real
    scattered = hbar * q.omega_0 * (brought - 2 * q.kappa * photons)
    assert found.scattered == pytest.approx(scattered, rel=1e-6, abs=1e-9)


def test_saturable_atoms_stand_still_under_their_bloch_equations():
    q, found = om.PAPER, saturation(om.PAPER, 5)
    for k, N in enumerate(found.atoms):
        g, w = q.G_a / np.sqrt(N), -found.response[k]
        field = om.mean_field(q.replace(G_a=q.G_a * np.sqrt(found.response[k])))
        A = field.alpha_ccw + field.alpha_cw
        s = 1j * g * A * w / (1j * q.Delta_a + q.gamma_a)
        turn = -2 * q.gamma_a * (w + 1) + 4 * g * (A * np.conj(s)).imag
        assert turn == pytest.approx(0.0, abs=1e-6 * q.gamma_a)
        assert (1 + w) / 2 == pytest.approx(found.excited[k])


def test_full_overlap_is_the_paper_and_without_it_direction_and_rotation_have_no_effect():
    """Only the driven detuning is left: with it equal, all three cases are one system."""
    of = lambda p: om.solve(p).log_negativity("a", "m")
    E = []
    for q in om.CASES.values():
        assert of(seen_with_overlap(q, 1.0)) == pytest.approx(of(q), abs=1e-10)
        shift = 0.8 * q.omega_m - om.cavity_detunings(q)[q.drive]
        E.append(of(seen_with_overlap(q.replace(Delta_c=q.Delta_c + shift), 0.0)))
    assert E == pytest.approx([E[0]] * 3, abs=1e-9) and E[0] > 0.1


def test_the_volume_of_a_coupling_undoes_the_papers_g():
    from scipy.constants import epsilon_0

    p, g = om.PAPER, 115.0
    V, w = volume_for_coupling(p, g), p.omega_0
    dipole = np.sqrt(2 * p.gamma_a * 3 * np.pi * epsilon_0 * hbar * c**3 / w**3)
    assert dipole * np.sqrt(w / (2 * hbar * epsilon_0 * V)) == pytest.approx(g, rel=1e-9)


def test_dephasing_does_not_open_the_lock_of_number_linewidth_and_volume():
    """With population decay below 2γ_a the atoms for 1 % and the dipole change, the volume does not."""
    p, Gamma = om.PAPER, 0.1 * 2 * om.PAPER.gamma_a
    c = om.mean_field(p).c
    # Bloch: Γ(w + 1) = 4g Im(A s*), and Im(A s*) = γ_a |s|²/g, so (w + 1)/2 = |s|² 2γ_a/Γ
    radiating, dephased = abs(c) ** 2 / 0.01, abs(c) ** 2 * 2 * p.gamma_a / Gamma / 0.01
    volumes = [
        volume_for_coupling(p.replace(gamma_a=decay / 2), p.G_a / np.sqrt(N))
        for decay, N in ((2 * p.gamma_a, radiating), (Gamma, dephased))
    ]
    assert volumes[0] == pytest.approx(volumes[1]) and 0.4 < volumes[0] < 0.6
    A, g = om.mean_field(p).alpha_ccw + om.mean_field(p).alpha_cw, p.G_a / np.sqrt(radiating)
    s = c / np.sqrt(radiating)
    assert (A * np.conj(s)).imag == pytest.approx(p.gamma_a * abs(s) ** 2 / g)
