"""A rough rim that turns: its sign from the overlap of waves, its state by routes of other kinds."""

import dataclasses

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import omcore as om
from omcore.paper.roughness import over_a_turn, turning_rate

w = om.PAPER.omega_m
ROUGH = {case: om.CASES[case].in_omega_m(backscattering=0.3) for case in ("cw", "ccw")}
each_case = pytest.mark.parametrize("p", ROUGH.values(), ids=ROUGH)


def heights(p, *modes):
    return over_a_turn(p).log_negativity(*modes)


# ---- which way the phase runs


def test_the_rim_has_as_many_wavelengths_as_the_book_says_and_its_phase_runs_faster_than_the_mirror():
    waves = 2 * np.pi * om.PAPER.refractive_index * om.PAPER.radius / om.PAPER.wavelength
    assert round(waves) == 6599
    assert turning_rate(om.PAPER) == pytest.approx(2 * waves * om.PAPER.angular_velocity)
    assert turning_rate(om.PAPER) / w == pytest.approx(6.285, abs=1e-3)


@pytest.mark.parametrize("velocity", [3e4, -3e4])
def test_the_phase_runs_as_the_overlap_of_the_two_waves_with_a_bump_that_turns(velocity):
    """Angles count along counter-clockwise; the mode that Fresnel drag raises runs with the rotation."""
    detuning = om.cavity_detunings(om.PAPER.replace(angular_velocity=velocity))
    along = max(detuning, key=detuning.get)  # runs with the rotation
    waves, angle = 5, np.linspace(0, 2 * np.pi, 2001)[:-1]
    wave = {mode: np.exp(1j * waves * np.sign(velocity) * angle) for mode in detuning}
    wave["cw" if along == "ccw" else "ccw"] = wave[along].conj()

    def element(time):
        bump = np.exp(20 * np.cos(angle - velocity * time))
        return (wave["ccw"].conj() * bump * wave["cw"]).mean()

    step = 1e-3 / abs(velocity)
    rate = np.angle(element(step) / element(0)) / step
    assert rate == pytest.approx(2 * waves * velocity, rel=1e-6)
    assert np.sign(rate) == np.sign(turning_rate(om.PAPER.replace(angular_velocity=velocity)))


# ---- limits and closed forms


@each_case
def test_a_smooth_rim_has_the_steady_state(p):
    p = p.replace(backscattering=0.0)
    turn = over_a_turn(p)
    steady = om.solve(p)
    assert np.abs(turn.V - steady.V).max() < 1e-7
    assert turn.log_negativity("a", "m") == pytest.approx(steady.log_negativity("a", "m"), abs=1e-8)


@each_case
def test_atoms_that_see_one_direction_only_leave_no_phase_and_a_system_that_stands_still(p):
    """The phase goes into the undriven mode, whose detuning then lies away by that rate."""
    p = p.replace(undriven_coupling=0.0)
    s = om.system(p)
    H, k = s.H.copy(), s.index("undriven")
    H[k, k] += (1 if p.drive == "cw" else -1) * turning_rate(p)
    still = om.solve(dataclasses.replace(s, H=H))
    turn = over_a_turn(p)
    for pair in (("a", "m"), ("driven", "m")):
        assert turn.log_negativity(*pair) == pytest.approx(still.log_negativity(*pair), abs=1e-7)
    gone = abs(om.solve(p).log_negativity("a", "m") - still.log_negativity("a", "m"))
    assert gone > 1e-3  # so the sign is seen
    growth = np.exp(2 * np.pi * np.linalg.eigvals(still.A).real / turning_rate(p))
    assert np.sort(np.abs(turn.multipliers)) == pytest.approx(np.sort(growth), rel=1e-6)


# ---- another route: the Langevin equations written out, and followed for many turns


@each_case
def test_the_equations_of_motion_come_to_rest_in_the_periodic_state(p):
    turn, rate, G_0 = over_a_turn(p), turning_rate(p), p.G_0
    ccw, cw = (om.cavity_detunings(p)[mode] for mode in ("ccw", "cw"))
    e_ccw, e_cw = (p.drive_amplitude * (p.drive == mode) for mode in ("ccw", "cw"))
    D = np.diag([p.kappa] * 4 + [p.gamma_a] * 2 + [0, p.gamma_m * (2 * p.n_m + 1)])
    steps = np.hstack([np.zeros((8, 1)), np.eye(8), -np.eye(8)])

    def rates(t, u):
        (a, b, c), q, momentum = (u[0:6:2] + 1j * u[1:6:2]) / np.sqrt(2), u[6], u[7]
        J = p.backscattering * np.exp(1j * rate * t)
        da = -(p.kappa + 1j * ccw - 1j * G_0 * q) * a - 1j * J * b - 1j * p.G_a * c + e_ccw
        db = -(p.kappa + 1j * cw - 1j * G_0 * q) * b - 1j * J.conj() * a - 1j * p.G_a * c + e_cw
        dc = -(p.gamma_a + 1j * p.Delta_a) * c - 1j * p.G_a * (a + b)
        force = G_0 * (abs(a) ** 2 + abs(b) ** 2) - p.omega_m * q - p.gamma_m * momentum
        light = [part for dz in (da, db, dc) for part in (dz.real, dz.imag)]
        return np.array([*np.multiply(light, np.sqrt(2)), p.omega_m * momentum, force])

    def moved(t, y):
        u, V = y[:8], y[8:].reshape(8, 8)
        du, up, down = np.split(rates(t, u[:, None] + steps), [1, 9], axis=1)
        half = (up - down) / 2 @ V  # the slopes, exactly: the rates are quadratic
        return np.concatenate([du[:, 0], (half + half.T + D).ravel()])

    u = om.mean_field(p.replace(backscattering=0.0)).quadratures()
    looks = 2 * np.pi / rate * np.linspace(100, 101, 5)
    y, span = np.concatenate([u, np.eye(8).ravel() / 2]), (0, looks[-1])
    y = solve_ivp(moved, span, y, "DOP853", looks, rtol=1e-7, atol=1e-7).y.T
    assert np.abs(y[:, :8] - turn.u[::4]).max() < 1e-4 * np.abs(turn.u).max()
    E = om.log_negativity(y[:, 8:].reshape(-1, 8, 8), 2, 3)
    assert E == pytest.approx(turn.log_negativity("a", "m")[::4], abs=1e-5)


# ---- symmetries


@each_case
def test_the_phase_at_the_start_is_a_choice_of_the_origin_of_time(p):
    later = heights(p.replace(backscattering_phase=np.pi / 2), "a", "m")
    E = heights(p, "a", "m")[:-1]
    assert later[:-1] == pytest.approx(np.roll(E, -4 if p.angular_velocity > 0 else 4), abs=1e-8)
    assert np.ptp(E) > 1e-3


def test_the_other_drive_in_the_other_rotation_is_the_same():
    p = ROUGH["cw"].replace(backscattering_phase=0.7)
    mirrored = p.replace(
        drive="ccw", angular_velocity=-p.angular_velocity, backscattering_phase=-0.7
    )
    assert heights(mirrored, "a", "m") == pytest.approx(heights(p, "a", "m"), abs=1e-8)


def test_a_sweep_is_its_points():
    p = ROUGH["ccw"].in_omega_m(backscattering=[[0.1], [0.4]], Delta_c=[2.4, 2.5, 2.6])
    together = heights(p, "a", "m")
    assert together.shape == (17, 2, 3)
    for index in np.ndindex(2, 3):
        assert together[(slice(None), *index)] == pytest.approx(
            heights(p[index], "a", "m"), abs=1e-7
        )
