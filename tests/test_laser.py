"""The laser's phase noise: its vector, its covariance from a drawn phase, closed forms."""

import numpy as np
import pytest
from points import random_parameters
from scipy.constants import c, h

import omcore as om
from omcore.assumptions.laser import (
    covariance_per_linewidth,
    linewidth_left,
    over_shot_noise,
)  # fmt: skip
from omcore.assumptions.technical import coloured
from omcore.linear import turned

MILLIHERTZ = 2e-3 * np.pi  # rad/s
EVERY_POINT = [
    (reading, p.replace(counter_drive=share))
    for reading in om.MEAN_FIELDS
    for p in om.CASES.values()
    for share in (0.0, 0.5)
]


# ---- the noise vector


def test_the_noise_vector_holds_the_quadratures_of_the_amplitudes_turned_by_i():
    field = om.mean_field(random_parameters(50))
    u, w = field.quadratures(), turned(field)
    z, moved = (v[..., :-2:2] + 1j * v[..., 1:-2:2] for v in (u, w))
    assert moved == pytest.approx(1j * z) and (w[..., -2:] == 0).all()
    angle = 1e-6
    rotated = np.sqrt(2) * field.amplitudes * np.exp(1j * angle)
    assert rotated.real == pytest.approx(u[..., :-2:2] + angle * w[..., :-2:2], rel=1e-9, abs=1e-4)


# ---- the covariance


def drifting_laser(p, linewidth, corner=None, runs=300, until=300.0, step=0.1, settled=60.0):
    """Second moments of the nonlinear equations of motion under a laser whose phase is drawn.

    No drift matrix and no noise vector in it: the phase is in the drive, and the quadratures are read
    in the frame that follows it. In units of omega_m. With a corner the frequency remembers, and linewidth is
    its spectral density far below the corner.
    """
    s, field, rng = om.system(p), om.mean_field(p), np.random.default_rng(1)
    own = -(np.diag(s.decay) + 1j * s.H) / p.omega_m
    g, drive = s.photon_coupling[:, None] / p.omega_m, s.drive[:, None] / p.omega_m
    at_rest = field.amplitudes[:, None]

    def rate(y, light):
        z, q, v = y
        pressure = (g * abs(z) ** 2).sum(0)
        return [own @ z + 1j * g * q * z + drive * light, v,
                pressure - q - p.gamma_m / p.omega_m * v]  # fmt: skip

    y = [np.repeat(at_rest, runs, 1), np.full(runs, float(field.q)), np.zeros(runs)]
    phase, total, number = np.zeros(runs), np.zeros((8, 8)), 0
    frequency = 0.0 if corner is None else np.sqrt(linewidth * corner / 2) * rng.normal(size=runs)
    turns = frequency / p.omega_m
    moved = lambda h, k: [x + h * dx for x, dx in zip(y, k, strict=True)]
    for n in range(int(until / step)):
        last = phase
        if corner is None:
            phase = phase + np.sqrt(linewidth / p.omega_m * step) * rng.normal(size=runs)
        else:
            kept, before = np.exp(-corner / p.omega_m * step), turns
            new = np.sqrt(linewidth * corner / 2 * (1 - kept**2)) / p.omega_m
            turns = kept * turns + new * rng.normal(size=runs)
            phase = phase + (before + turns) / 2 * step
        start, middle, end = (np.exp(-1j * x) for x in (last, (last + phase) / 2, phase))
        k1 = rate(y, start)
        k2 = rate(moved(step / 2, k1), middle)
        k3 = rate(moved(step / 2, k2), middle)
        k4 = rate(moved(step, k3), end)
        slopes = zip(k1, k2, k3, k4, strict=True)
        y = moved(step / 6, [a + 2 * b + 2 * c + d for a, b, c, d in slopes])
        if n * step > settled and n % 10 == 0:
            z = np.sqrt(2) * (y[0] * np.exp(1j * phase) - at_rest)
            u = np.stack([part[k] for k in range(3) for part in (z.real, z.imag)])
            u = np.concatenate([u, [y[1] - field.q, y[2]]])
            total, number = total + u @ u.T, number + runs
    return total / number


def test_a_laser_whose_phase_is_drawn_makes_this_covariance():
    p = om.CASES["stationary"].replace(counter_drive=0.5)
    s, Gamma = om.solve(p), 0.15 * MILLIHERTZ
    added, drawn = Gamma * covariance_per_linewidth(s), drifting_laser(p, Gamma)
    assert abs(drawn - added).max() < 0.04 * abs(added).max()
    E = [om.log_negativity(s.V + more, 2, 3) for more in (added, drawn)]
    assert E[0] < 0.85 * s.log_negativity("a", "m") and E[1] == pytest.approx(E[0], rel=0.02)


def test_so_does_one_whose_frequency_is_drawn_with_a_memory():
    """The classical variable of the Linear against phases in the nonlinear equations."""
    p = om.CASES["stationary"].replace(counter_drive=0.5)
    s, corner = om.solve(p), 0.3 * p.omega_m
    Gamma = 0.9 * MILLIHERTZ
    noisy = om.solve(coloured(s.linear, turned(s.mean_field), Gamma, corner)).V[:8, :8]
    drawn = drifting_laser(p, Gamma, corner)
    assert abs(drawn - (noisy - s.V)).max() < 0.06 * abs(noisy - s.V).max()
    E = [om.log_negativity(V, 2, 3) for V in (noisy, s.V + drawn)]
    assert E[0] < 0.85 * s.log_negativity("a", "m") and E[1] == pytest.approx(E[0], rel=0.03)


def test_an_empty_cavity_has_the_closed_form():
    """δz = iα∫exp(-(κ + iΔ)t)φ'(-t) dt: ⟨|δz|²⟩ = |α|²Γ/2κ and ⟨δz²⟩ = -α²Γ/2(κ + iΔ)."""
    kappa, Delta = 0.7, np.array([-1.3, 0.0, 2.0])
    empty = om.System(
        modes=["c"], H=Delta[:, None, None], decay=[kappa], photon_coupling=[0.0], drive=[3.0],
        omega_m=1.0, gamma_m=0.1, n_m=0.0,
    )  # fmt: skip
    s = om.solve(empty)
    V1, z = covariance_per_linewidth(s), s.mean_field.amplitude("c")
    XX, YY, XY = V1[:, 0, 0], V1[:, 1, 1], V1[:, 0, 1]
    assert (XX + YY) / 2 == pytest.approx(abs(z) ** 2 / (2 * kappa))
    assert (XX - YY) / 2 + 1j * XY == pytest.approx(-(z**2) / (2 * (kappa + 1j * Delta)))
    assert V1[:, 2:, :] == pytest.approx(0.0, abs=1e-12)


def test_the_phase_of_the_drive_is_the_origin_of_its_angle():
    """All light turned by one angle is the same light, so the mirror's part stays and E too."""
    given = om.system(om.PAPER)
    other = om.System(
        **{n: vars(given)[n] for n in ("modes", "aliases", "H", "decay", "photon_coupling")},
        drive=given.drive * np.exp(0.7j),
        **{n: vars(given)[n] for n in ("omega_m", "gamma_m", "n_m")},
    )
    V1 = [covariance_per_linewidth(om.solve(x)) for x in (given, other)]
    assert V1[0][6:, 6:] == pytest.approx(V1[1][6:, 6:])
    widths = [linewidth_left(om.solve(x)) for x in (given, other)]
    assert widths[0] == pytest.approx(widths[1])


# ---- the width that entanglement bears


@pytest.mark.parametrize("reading, p", EVERY_POINT)
def test_at_this_width_the_entanglement_has_this_share(reading, p):
    s = om.solve(p, reading)
    for share in (0.9, 0.5, 0.1, 0.0):
        V = s.V + linewidth_left(s, share) * covariance_per_linewidth(s)
        left = om.separability_margin(V, 2, 3)
        assert left == pytest.approx(share * s.log_negativity("a", "m"), rel=1e-6, abs=1e-9)


def test_the_chain_has_this_noise_and_what_is_borne_is_counted_from_none():
    p = om.PAPER.replace(drive="cw", Delta_c=-om.PAPER.omega_m)
    s = om.solve(p)
    half = linewidth_left(s)
    noisy = om.solve(p.replace(laser_linewidth=[0.5 * half, half, 2 * half]))
    assert linewidth_left(noisy) == pytest.approx(half, rel=1e-9)
    E = s.log_negativity("a", "m")
    assert noisy.log_negativity("a", "m")[1] == pytest.approx(E / 2, rel=1e-9)
    assert om.validity(noisy.parameters)["sharp laser"].value == pytest.approx([0.5, 1, 2])


def test_a_sweep_is_the_loop_over_its_points():
    p = random_parameters(60)
    s = om.solve(p)
    swept = linewidth_left(s)
    assert 10 < np.isfinite(swept).sum() < 60
    for k in range(60):
        assert linewidth_left(s[k]) == pytest.approx(swept[k], rel=1e-7, nan_ok=True)
    assert np.array_equal(np.isfinite(swept), s.log_negativity("a", "m") > 0)


def test_a_lighter_smaller_resonator_bears_more_in_proportion():
    """At fixed P/mR² and ΩR the couplings stay; the photons, and so the noise, go as mR²."""
    p, shrink = om.PAPER, 10.0
    small = p.replace(
        mass=p.mass / shrink, radius=p.radius / 2, angular_velocity=2 * p.angular_velocity,
        power=p.power / (4 * shrink),
    )  # fmt: skip
    assert om.solve(small).log_negativity("a", "m") == pytest.approx(
        om.solve(p).log_negativity("a", "m"), abs=1e-9
    )
    ratio = linewidth_left(om.solve(small)) / linewidth_left(om.solve(p))
    assert ratio == pytest.approx(4 * shrink, rel=1e-6)


def test_in_the_dark_and_without_entanglement_there_is_nothing_to_lose():
    s = om.solve(om.PAPER.replace(power=[0.0, 0.04], temperature=[5e-3, 5.0]))
    assert s.log_negativity("a", "m") == pytest.approx([0, 0])
    assert np.isnan(linewidth_left(s)).all()
    assert covariance_per_linewidth(s)[0] == pytest.approx(0.0)


# ---- beside the shot noise


def test_light_of_n_photons_a_second_has_the_phase_noise_of_a_quarter_of_a_photon():
    """Γ/ω² beside 1/(4n), the two-sided densities of the phase."""
    p, Gamma = om.PAPER, 1e-3
    photons = p.power * p.wavelength / (h * c)
    own, shot = Gamma / p.omega_m**2, 1 / (4 * photons)
    assert over_shot_noise(p, Gamma) == pytest.approx(own / shot)


def test_in_an_empty_cavity_both_noises_are_those_of_its_drive():
    """On resonance, α = ε/κ: φ' acts on α, so its share over the vacuum's is that of φ times (ω/κ)²."""
    at_rest = dict(angular_velocity=0.0, mass=1e6)  # ring and mirror
    heavy = om.PAPER.replace(G_a=0.0, Delta_c=0.0, **at_rest)
    s, Gamma, w = om.solve(heavy), 1e-3, heavy.omega_m
    reply = np.linalg.inv(-1j * w * np.eye(8) - s.A)[2 * om.MODES.index(heavy.drive) + 1]
    ratio = Gamma * abs(reply @ turned(s.mean_field)) ** 2 / (abs(reply) ** 2 @ np.diag(s.D))
    assert ratio == pytest.approx(over_shot_noise(heavy, Gamma) * (w / heavy.kappa) ** 2, rel=1e-6)
