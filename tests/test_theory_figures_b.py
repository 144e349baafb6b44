"""The data behind the figures on stability, covariance, entanglement and contangle: the physics."""

import numpy as np
import pytest
from points import random_states, squeezed

import omcore as om
from omcore.figures import (
    biseparable_bound,
    covariance_grid,
    joint_noise,
    noise_routes,
    residual_by_focus,
    root_locus,
    sideband_cooling,
    squeezed_pair,
    stability_map,
    three_mode_states,
    two_mode_stability,
)

READINGS = ("self-consistent", "bare-detuning")
CASES = ("stationary", "cw", "ccw")
W = om.PAPER.omega_m

each_reading = pytest.mark.parametrize("reading", READINGS)
each_case = pytest.mark.parametrize("case", CASES)

# ---- stability


@pytest.mark.parametrize("kappa, gamma_m", [(0.1, 1e-3), (0.6, 8e-5), (1.7, 0.05)])
def test_two_mode_thresholds_are_where_an_eigenvalue_crosses(kappa, gamma_m):
    """The closed forms of Routh and Hurwitz, from both sides, and the kind of instability."""
    x = np.array([-2.0, -1.0, -0.3, 0.2, 0.5, 1.0, 2.0])
    edge = np.where(x > 0, *two_mode_stability.thresholds(x, kappa, gamma_m))
    below, above = (
        two_mode_stability.leading(two_mode_stability.two_mode_drift(x, f * edge, kappa, gamma_m))
        for f in (1 - 1e-3, 1 + 1e-3)
    )
    assert (below.real < 0).all() and (above.real > 0).all()
    assert (abs(above.imag[x > 0]) < 1e-12).all()  # fold: a real eigenvalue
    assert (above.imag[x < 0] > 0.5).all()  # Hopf: an oscillation near omega_m


def test_optical_antidamping_sets_the_hopf_point():
    """Gamma = -gamma_m, with the rates of sideband cooling, for small gamma_m."""
    x, kappa, gamma_m = np.array([-1.5, -1.0, -0.5]), 0.4, 1e-6
    _, G = two_mode_stability.thresholds(x, kappa, gamma_m)
    minus, plus = sideband_cooling.rates(G, x, kappa, 1.0)
    assert minus - plus == pytest.approx(-gamma_m, rel=1e-4)


@each_reading
def test_operating_points_are_stable_and_the_caption_of_fig_4_is_not(reading):
    assert max(root_locus.data(resolution=3, mean_field=reading).slowest.values()) < -0.08
    for case, x in stability_map.CAPTION.items():
        growth = stability_map.growth(om.CASES[case].replace(Delta_c=x * W), reading)
        assert growth.real > 0.005 and growth.imag == pytest.approx(1, abs=0.1)  # the mirror rings


@each_reading
def test_the_edge_is_where_the_driven_mode_turns_blue(reading):
    for q, margin in stability_map.margins(mean_field=reading).values():
        edge = q.replace(Delta_c=margin.Delta_c)
        shifted = om.cavity_detunings(edge)[q.drive] - q.G_0 * om.mean_field(edge, reading).q
        assert -0.1 * W < shifted < 0
        assert margin.power > q.power
        assert abs(stability_map.growth(edge, reading).imag) > 0.9  # a Hopf point


@pytest.mark.parametrize("other", ["power", "Delta_a"])
def test_maps_agree_with_the_library(other):
    maps = stability_map.data(other=other, resolution=9)
    unit = W if other == "Delta_a" else 1.0
    q = om.CASES["cw"].replace(Delta_c=W * maps.detuning, **{other: unit * maps.values[:, None]})
    assert np.array_equal(maps.growth["cw"].real < 0, om.solve(q).stable)


# ---- covariance


@each_reading
def test_covariance_solves_its_equation_to_rounding(reading):
    d = covariance_grid.data(mean_field=reading)
    assert max(d.residual.values()) < 1e-15
    assert all(om.is_physical(V) for V in d.V.values())
    assert all(abs(V[6, 7]) < 1e-13 for V in d.V.values())  # 2 omega_m V_qp = -D_qq = 0


def test_three_routes_meet():
    d = noise_routes.data(trajectories=4096)
    assert d.deviation * np.sqrt(d.number) == pytest.approx(np.ones(len(d.number)), abs=0.25)
    assert all(d.area[case] == pytest.approx(d.V_qq[case], rel=1e-12) for case in CASES)


def test_a_wrong_covariance_leaves_a_floor():
    """The count can tell: five per cent more V is seen with 4096 trajectories."""
    A, D, V = noise_routes.scaled(om.PAPER)
    u = noise_routes.at_rest(A, D, 4096)
    right, wrong = (noise_routes.deviations(u, f * V, 4096) for f in (1.0, 1.05))
    assert wrong > 1.3 * right


def test_sideband_cooling_tends_to_the_formula_as_the_light_is_dimmed():
    errors = [
        abs(d.phonons / d.closed_form - 1).max()
        for d in (sideband_cooling.data(power=P, resolution=9) for P in (2e-6, 2e-5, 2e-4))
    ]
    assert errors[0] < errors[1] < errors[2] and errors[1] < 0.01


# ---- entanglement


def test_squeezed_pair_with_loss_has_its_closed_form():
    d = squeezed_pair.data()
    for t in squeezed_pair.TRANSMISSIONS:
        assert d.E[t] == pytest.approx(d.closed_form[t], abs=1e-9)
    assert squeezed_pair.closed_form(20.0, 0.9) == pytest.approx(-np.log(0.1))


def test_the_difference_form_fails_and_the_library_does_not():
    V = squeezed_pair.covariance(6.0)
    assert not np.isfinite(squeezed_pair.by_difference(V))
    assert om.log_negativity(V, 0, 1) == pytest.approx(12, abs=1e-4)
    assert squeezed_pair.by_quotient(V) == pytest.approx(12, abs=1e-4)


def test_best_pair_of_joint_quadratures_gives_the_negativity_of_any_state():
    """The ratio is 2 nu, never beaten by other directions, and never below the true bound."""
    rng = np.random.default_rng(5)
    for V in random_states(2, 20):
        d, e = joint_noise.epr_pair(V)
        best = joint_noise.epr_ratio(V, d, e)
        if om.log_negativity(V, 0, 1):
            assert best == pytest.approx(np.exp(-om.log_negativity(V, 0, 1)), rel=1e-9)
        tried = [joint_noise.epr_ratio(V, *rng.normal(size=(2, 4))) for _ in range(200)]
        assert min(tried) >= min(best, 1.0) - 1e-12


@each_case
def test_atoms_and_mirror_are_quiet_only_together(case):
    x = joint_noise.data()[case]
    assert min(x.local_least) > 0.5 > x.least
    lowest = np.linalg.eigvalsh(x.plane)[0]
    assert lowest == pytest.approx(x.least)  # the plane that is drawn contains the quietest quadrature


# ---- contangle


def test_symmetric_state_is_pure_and_made_by_a_tritter():
    V = three_mode_states.symmetric(0.7)
    assert om.symplectic_eigenvalues(V) == pytest.approx([0.5] * 3)
    assert sorted(np.linalg.eigvalsh(V)) == pytest.approx(sorted(np.diag(squeezed(0.7, 0.7, -0.7))))


def test_a_mixture_of_pairs_has_a_positive_residual():
    """Biseparable by its making; so a positive residual proves no genuine tripartite entanglement."""
    d = three_mode_states.data(11)
    assert d.mixture.max() > 0.06 and (d.cut[1:] > 0).all()
    V = three_mode_states.mixture_of_pairs(0.3)
    assert biseparable_bound.noise_ratio(biseparable_bound.witness(V), V) > 1


def test_biseparable_bound_holds_for_random_biseparable_states():
    """No witness, found for another state, sees more than the bound in a product over any cut."""
    Z = biseparable_bound.witness(biseparable_bound.triple(om.PAPER))
    pairs, singles = random_states(2, 50), random_states(1, 50)
    for alone, rest in biseparable_bound.CUTS:
        for V1, V2 in zip(singles, pairs, strict=True):
            V = np.zeros((6, 6))
            V[np.ix_(alone, alone)], V[np.ix_(rest, rest)] = V1, V2
            assert biseparable_bound.noise_ratio(Z, V) >= 1 - 1e-9


def test_least_noise_is_reached_by_a_physical_state():
    Z = random_states(2, 1)[0]
    least, V = biseparable_bound.least_noise(Z)
    assert least == pytest.approx(om.symplectic_eigenvalues(Z).sum())
    assert np.trace(Z @ V) == pytest.approx(least) and om.is_physical(V)


@each_reading
@each_case
def test_operating_points_are_genuinely_tripartite_entangled(case, reading):
    V = biseparable_bound.triple(om.CASES[case], reading)
    Z = biseparable_bound.witness(V)
    blocks = [[Z[np.ix_(part, part)] for part in cut] for cut in biseparable_bound.CUTS]
    bound = min(sum(om.symplectic_eigenvalues(B).sum() for B in cut) for cut in blocks)
    assert np.linalg.eigvalsh(Z)[0] > 0 and np.trace(Z @ V) < 0.99 * bound


def test_the_proxy_is_negative_in_this_model_and_the_atoms_are_in_focus():
    p = om.CASES["ccw"].replace(Delta_c=3.13 * W, kappa=0.23 * W, gamma_a=0.13 * W, temperature=0.025)
    residual, _ = residual_by_focus.along(p, np.array([-0.913]))
    assert residual["a"][0] < -2e-4 and min(residual["driven"][0], residual["m"][0]) > 0
    assert om.solve(p.replace(Delta_a=-0.913 * W)).physical


def test_minimum_of_the_residuals_is_the_library_s():
    d = residual_by_focus.data(resolution=10)
    for case, q in om.CASES.items():
        s = om.solve(q.replace(Delta_a=W * d.detuning))
        assert np.array_equal(d.R(case), s.residual_contangle("driven", "a", "m"), equal_nan=True)
    assert (d.focus_of_minimum("stationary") == "a").all()
