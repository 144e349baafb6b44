"""Technical noise: its directions, its spectra and its limits, each by a second route."""

import numpy as np
import pytest
from points import random_parameters

import omcore as om
from omcore.assumptions.technical import (
    SOURCES,
    behind_filter,
    coloured,
    push,
    response,
    slow,
    strength_left,
    weight,
    white,
)

OMEGA = om.PAPER.omega_m
CASES = om.CASES | {"both": om.CASES["stationary"].replace(counter_drive=0.5)}


def moved(p, source, x):
    """Parameters after a change x of one of the sources; the laser's frequency moves every detuning."""
    if source == "laser frequency":
        return p.replace(Delta_c=p.Delta_c - x, Delta_a=p.Delta_a - x)
    if source == "laser power":
        return p.replace(power=p.power * (1 + x))
    if source == "rotation":
        return p.replace(angular_velocity=p.angular_velocity + x)
    inside, outside = p.kappa * (1 - p.escape_efficiency), p.kappa * p.escape_efficiency * (1 + x)
    return p.replace(kappa=inside + outside, escape_efficiency=outside / (inside + outside))


STEPS = {"laser frequency": 1e3, "laser power": 1e-4, "rotation": 1.0, "coupler": 1e-4}


@pytest.mark.parametrize("source", SOURCES)
def test_a_push_is_the_derivative_of_the_flow(source):
    """The equations of motion know nothing of w: two flows at one point, a little beside each other."""
    for p in (*CASES.values(), om.PAPER.replace(escape_efficiency=0.6)):
        s, h = om.solve(p), STEPS[source]
        u = s.mean_field.quadratures()
        ends = [om.mean_field_flow(moved(p, source, x), u) for x in (-h, h)]
        assert push(s, source) == pytest.approx((ends[1] - ends[0]) / (2 * h), rel=1e-5, abs=1e-3)


@pytest.mark.parametrize("source", SOURCES)
def test_a_slow_change_moves_the_mean_field(source):
    """The self-consistent mean fields on both sides, and not the linear model."""
    for p in CASES.values():
        s, h = om.solve(p), STEPS[source] / 10
        ends = [om.mean_field(moved(p, source, x)).quadratures() for x in (-h, h)]
        step = (ends[1] - ends[0]) / (2 * h)
        assert slow(s, push(s, source)) == pytest.approx(
            np.outer(step, step), rel=1e-3, abs=1e-3 * (step @ step)
        )


def test_a_sweep_is_the_loop_over_its_points():
    s = om.solve(random_parameters(12))
    for source in SOURCES:
        w = push(s, source)
        V1, V0, share = white(s, w), slow(s, w), np.linspace(0, 0.9, 12)
        for k in range(12):
            one = push(s[k], source)
            assert w[k] == pytest.approx(one)
            assert V0[k] == pytest.approx(slow(s[k], one), nan_ok=True)
            assert response(s, w, [0.0, OMEGA])[k] == pytest.approx(
                response(s[k], one, [0.0, OMEGA]), nan_ok=True
            )
            for noise in (V1, V0):
                found = strength_left(s, noise, share)[k]
                assert found == pytest.approx(
                    strength_left(s[k], noise[k], share[k]), rel=1e-6, nan_ok=True
                )


@pytest.mark.parametrize("case", CASES)
def test_what_is_left_at_a_strength_is_that_share(case):
    s = om.solve(CASES[case])
    E = s.log_negativity("a", "m")
    for source in SOURCES:
        for V1 in (white(s, push(s, source)), slow(s, push(s, source))):
            for share in (0.9, 0.5, 0.0):
                there = strength_left(s, V1, share)
                if (
                    there > 1e3 / np.abs(V1).max() * 1e6
                ):  # never that much: not even with a huge noise
                    huge = om.log_negativity(s.V + 1e5 / np.abs(V1).max() * V1, 2, 3)
                    assert huge > share * E
                else:
                    assert om.separability_margin(s.V + there * V1, 2, 3) == pytest.approx(
                        share * E, rel=1e-5, abs=1e-7
                    )


def over_the_spectrum(s, columns, density):
    """The added covariance as an integral over frequency, to an infinite frequency by a tangent."""
    angle = np.linspace(-1, 1, 40001) * np.arctan(1e6)
    x = np.tan(angle)
    step = (angle[1] - angle[0]) / np.cos(angle) ** 2 / (2 * np.pi)
    chi = columns(x * OMEGA)
    return (
        OMEGA
        * np.einsum("n,ni,nj->ij", step * density(x * OMEGA), chi, chi.conj(), optimize=True).real
    )


@pytest.mark.parametrize("corner", [0.1, 1.0, 10.0])
def test_coloured_noise_is_its_integral_over_the_spectrum(corner):
    s, S = om.solve(om.PAPER), 1e-3
    w = push(s, "laser frequency")
    noisy = om.solve(coloured(s.linear, w, S, corner * OMEGA)).V
    added = over_the_spectrum(
        s,
        lambda omega: response(s, w, omega),
        lambda omega: S / (1 + (omega / OMEGA / corner) ** 2),
    )
    assert noisy[:8, :8] - s.V == pytest.approx(added, abs=2e-4 * np.abs(added).max())
    assert noisy[8, 8] == pytest.approx(1.0)  # in units of its own deviation


@pytest.mark.parametrize("case", CASES)
def test_the_weight_adds_up_to_the_slope_of_the_entanglement(case):
    s, tiny = om.solve(CASES[case]), 1e-8
    w = push(s, "laser frequency")
    angle = np.linspace(-1, 1, 40001) * np.arctan(1e4)
    step = OMEGA * (angle[1] - angle[0]) / np.cos(angle) ** 2 / (2 * np.pi)
    whole = step @ weight(s, w, OMEGA * np.tan(angle))
    fallen = s.log_negativity("a", "m") - om.log_negativity(s.V + tiny * white(s, w), 2, 3)
    assert whole == pytest.approx(fallen / tiny, rel=1e-4)


def test_noise_slower_than_all_is_a_spread_of_the_means_and_faster_noise_is_white():
    s, rms = om.solve(om.PAPER), 200.0
    w = push(s, "laser frequency")
    drift = om.solve(coloured(s.linear, w, 2 * rms**2 / (1e-5 * OMEGA), 1e-5 * OMEGA)).V[:8, :8]
    still = s.V + rms**2 * slow(s, w)
    assert drift == pytest.approx(still, rel=1e-3, abs=1e-3 * np.abs(still).max())
    quick = om.solve(coloured(s.linear, w, 1e-3, 1e4 * OMEGA)).V[:8, :8]
    assert quick == pytest.approx(s.V + 1e-3 * white(s, w), rel=1e-3, abs=1e-3)


def test_runs_with_drawn_detunings_mixed_make_this_covariance_and_known_ones_do_not():
    """Each run is solved anew at its own detuning: the spread of means and the mean of V."""
    p, rms, rng = CASES["cw"], 220.0, np.random.default_rng(3)
    s = om.solve(p)
    x = rms * rng.normal(size=20000)
    runs = om.solve(moved(p, "laser frequency", x))
    u = runs.mean_field.quadratures()
    mixed = runs.V.mean(0) + np.cov(u.T)
    found = om.log_negativity(mixed, 2, 3)
    assert found == pytest.approx(
        om.log_negativity(s.V + rms**2 * slow(s, push(s, "laser frequency")), 2, 3), rel=0.03
    )
    assert found < 0.6 * s.log_negativity("a", "m")
    assert runs.log_negativity("a", "m").mean() == pytest.approx(
        s.log_negativity("a", "m"), rel=1e-4
    )


def through_the_filter(s, width, detuning):
    """chi behind a filter: the laser's frequency, low-passed, and the power that it moves."""
    w, e = push(s, "laser frequency"), push(s, "laser power")

    def columns(omega):
        k = width - 1j * omega
        below = k**2 + detuning**2
        x, theta = detuning / below, (width * k + detuning**2) / below  # per frequency of the laser
        return theta[:, None] * response(s, w, omega) + 2 * x[:, None] * response(s, e, omega)

    return columns


@pytest.mark.parametrize("detuning", [0.0, 0.1, 1.0])
def test_a_filter_cavity_is_its_transfer_function(detuning):
    """Derived by hand, x = phi' delta/[(kappa_f - i omega)^2 + delta^2], and integrated over the spectrum."""
    s, S, width = om.solve(om.CASES["cw"]), 1e-4, 0.3 * OMEGA
    found = om.solve(behind_filter(s, S, width, detuning * width)).V[:8, :8] - s.V
    added = over_the_spectrum(
        s, through_the_filter(s, width, detuning * width), lambda omega: S + 0 * omega
    )
    assert found == pytest.approx(added, abs=3e-4 * np.abs(added).max())
    if detuning == 0:
        plain = om.solve(coloured(s.linear, push(s, "laser frequency"), S, width)).V[:8, :8] - s.V
        assert found == pytest.approx(plain, abs=1e-9 * np.abs(plain).max())


def test_the_reference_is_the_light_behind_the_filter_and_not_the_laser():
    """In the frame of the laser, with the filter a mode, and turned by y: another set of equations."""
    s, S, width, delta = om.solve(om.CASES["ccw"]), 1e-4, 0.3 * OMEGA, 0.05 * OMEGA
    turn, e = push(s, "laser frequency"), 2 * push(s, "laser power")
    drive_turned = np.zeros(8)
    drive_turned[:6:2], drive_turned[1:6:2] = -e[1:6:2], e[:6:2]
    A, size = np.zeros((10, 10)), 1e-5
    A[:8, :8], A[:8, 8], A[:8, 9] = s.A, size * e, size * drive_turned
    A[8:, 8:] = [[-width, delta], [-delta, -width]]
    w = np.concatenate([turn, [0.0, 1 / size]])
    V = om.lyapunov(A, S * np.outer(w, w))
    T = np.eye(10)
    T[:8, 9] = -size * turn  # the angle between laser and filtered light is y
    behind = om.solve(behind_filter(s, S, width, delta)).V[:8, :8] - s.V
    turned_back = (T @ V @ T.T)[:8, :8]
    assert turned_back == pytest.approx(behind, abs=1e-6 * np.abs(behind).max())
    kept = om.log_negativity(s.V + behind, 2, 3)
    assert (
        kept > 0.9 * s.log_negativity("a", "m") and om.log_negativity(s.V + V[:8, :8], 2, 3) < kept
    )


def test_the_filters_own_noise_is_passed_where_that_of_the_laser_is_not():
    s, S = om.solve(om.PAPER), 1e-3
    w = push(s, "laser frequency")
    narrow = om.solve(behind_filter(s, 0.0, 1e-4 * OMEGA, own=S)).V[:8, :8]
    assert narrow == pytest.approx(s.V + S * white(s, w), rel=1e-3, abs=1e-2)
    broad = om.solve(behind_filter(s, 0.0, 1e4 * OMEGA, own=S)).V[:8, :8]
    assert broad == pytest.approx(s.V, abs=1e-2)


def test_what_is_no_noise_of_this_resonator_is_refused():
    s = om.solve(om.PAPER)
    with pytest.raises(om.ParameterError, match="use one of"):
        push(s, "mirror")
    with pytest.raises(om.ParameterError, match="give that of Parameters"):
        push(om.solve(om.system(om.PAPER)), "laser power")
    with pytest.raises(om.ParameterError, match="below 1"):
        strength_left(s, white(s, push(s, "laser power")), 1.0)
