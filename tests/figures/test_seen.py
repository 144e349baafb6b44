"""What is seen from outside: filters, probes and records, each by a second route."""

import numpy as np
import pytest

import omcore as om
from drawings.kit.operating import with_both_sides
from drawings.seen import experiment, found, outputs, probes
from omcore.gaussian.epr import _epr_ratio, joint_noise
from omcore.gaussian.homodyne import (
    SETTINGS,
    estimated_margin,
    fitted,
    homodyne_records,
    quadratures,
)
from omcore.gaussian.parties import part

W = om.PAPER.omega_m
FOUR = with_both_sides(om.PAPER)
TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])
PLACES = [(name, case) for name, places in found.stored().items() if name not in found.PROBES
          for case in FOUR if places[case]]  # fmt: skip


def by_integral(p, filters, points=4000):
    """V of atoms, mirror and filters, one after the other on the same output: the integral of spectra.

    Input and output are written out at each frequency. filters : (mode, frequency, width) in omega_m
    """
    s = om.solve(p)
    K = s.system.decay
    theta = np.pi * (
        (np.arange(points) + 0.5) / points - 0.5
    )  # the integrand is periodic in it, and smooth
    omega = W * np.tan(theta)
    weight = W / np.cos(theta) ** 2 / (2 * points)
    inputs = np.zeros((8, 7))  # light, light, atoms, and the force on the mirror
    inputs[:6, :6] = np.diag(np.sqrt(2 * K)).repeat(2, 0).repeat(2, 1) * np.kron(
        np.eye(3), np.eye(2)
    )
    inputs[7, 6] = 1.0
    noise = np.diag([0.5] * 6 + [s.D[7, 7]])
    inverse = lambda M: np.linalg.inv(-1j * omega[:, None, None] * np.eye(len(M)) - M)
    u = inverse(s.A) @ inputs
    rows, leaving = [u[:, 4:]], {}
    for mode, at, width in filters:
        k = s.system.index(mode)
        light = leaving.get(k)
        if light is None:
            light = np.sqrt(2 * K[k]) * u[:, 2 * k : 2 * k + 2] - np.eye(7)[2 * k : 2 * k + 2]
        f = inverse(W * (at * TURN - width * np.eye(2))) @ (np.sqrt(2 * width * W) * light)
        leaving[k] = np.sqrt(2 * width * W) * f - light
        rows.append(f)
    T = np.concatenate(rows, 1)
    return np.einsum("w,wij,jk,wlk->il", weight, T, noise, T.conj(), optimize=True).real


def test_filtered_outputs_are_the_integral_of_spectra():
    p = FOUR["ccw"]
    V = by_integral(p, [("driven", -1.1, 0.3), ("undriven", -1.1, 0.3)])
    seen = outputs.filtered(om.solve(p), "both", -1.1, 0.3)
    np.testing.assert_allclose(part(seen.V, [2, 3, 4, 5]), V, atol=1e-9)
    E = outputs.with_matter(om.solve(p), "both", "m", -1.1, 0.3)
    assert om.log_negativity(V, 1, (2, 3)) == pytest.approx(E, abs=1e-8) and E > 0.5
    V = by_integral(FOUR["stationary"], [("driven", -0.8, 0.1), ("driven", 0.8, 0.1)])
    E = outputs.with_itself(om.solve(FOUR["stationary"]), "driven", 0.8)
    assert om.log_negativity(V, 2, 3) == pytest.approx(E, abs=1e-8) and E > 0.2


def test_light_that_does_not_escape_is_as_light_that_is_not_detected():
    """At one mean field, that is with 1/0.3 times the power."""
    p, share = FOUR["cw"], 0.3
    leaky = p.replace(escape_efficiency=share, power=p.power / share)
    for which, other in (("driven", "m"), ("both", "m"), ("driven", "a")):
        E = [outputs.with_matter(om.solve(q), which, other, 2.5 if other == "a" else -1.1, efficiency=eta)
             for q, eta in ((leaky, 1.0), (p, share))]  # fmt: skip
        assert E[0] == pytest.approx(E[1], rel=1e-9) and E[1] > 1e-4
    E = [outputs.with_itself(om.solve(q), "driven", 0.5, efficiency=eta)
         for q, eta in ((leaky, 1.0), (p, share))]  # fmt: skip
    assert E[0] == pytest.approx(E[1], rel=1e-9) and E[1] > 0.05


@pytest.mark.parametrize("name, case", PLACES)
def test_no_place_near_a_stored_one_is_better(name, case):
    x = np.array(found.stored()[name][case])
    rng, p = np.random.default_rng(1), FOUR[case]
    near = x[:, None] + rng.normal(size=(len(x), 100)) * 0.02
    top, values = found.value(name, p, x), found.value(name, p, near)
    assert values[found.settled(p, near, name)].max() <= top * (1 + 1e-3)
    edge = om.solve(p.in_omega_m(Delta_c=x[0])).growth / p.omega_m
    assert edge < -found.LIMITS.get(name, found.SETTLED) + 1e-3


def test_where_no_place_is_stored_no_state_decays_so_fast():
    Delta_c = np.linspace(*found.DETUNING, 801)
    for case, p in FOUR.items():
        fastest = -om.solve(p.in_omega_m(Delta_c=Delta_c)).growth.min() / W
        for name, limit in found.LIMITS.items():
            assert (fastest > limit) == (found.stored()[name][case] is not None)


@pytest.mark.parametrize("name, case", [(name, case) for name in found.PROBES for case in FOUR])
def test_no_pair_of_probes_near_the_stored_one_is_better(name, case):
    asked, (p, x) = found.PROBES[name], found.probed(case, name)
    steps = [0, 0, 0.02, 0.02, 1e-4, 1e-4, 1e-4] if name == found.WEAK else [0.02] * 7
    near = x[:, None] + np.random.default_rng(2).normal(size=(7, 200)) * np.array(steps)[:, None]
    top = probes.worth(p, x, **asked)
    assert np.nanmax(probes.worth(p, near, **asked)) <= top + 1.5e-3
    left = om.solve(probes.probed(p, x)).log_negativity("a", "m")
    kept = asked.get("kept", probes.KEPT)
    assert left >= (kept - 1e-3) * om.solve(p).log_negativity("a", "m")
    assert top == pytest.approx(found.read_out(name, case), abs=2e-3)


def test_without_probes_the_state_is_that_of_the_paper():
    off = [-np.inf, -np.inf, -1.0, -1.0, 1.0, 1.0, 1.0]
    s, seen = probes.read(om.PAPER, np.array(off))
    V = om.solve(om.PAPER).V
    np.testing.assert_allclose(part(s.V, [0, 1, 2, 5]), V, atol=1e-9)
    np.testing.assert_allclose(part(seen.V, [6, 7]), np.eye(4) / 2, atol=1e-12)


def test_a_probe_with_a_drive_of_its_own_is_the_linear_one():
    """The larger System: the mirror's probe as another resonance with its own laser. It pushes the mirror, by
    G_p^2/2 g omega_m, and the first laser has to follow by G_p^2/2 omega_m. A drive of the atoms' probe keeps
    the carrier of the atoms out of it."""
    p, x = om.PAPER, found.probed("ccw")[1]
    wanted, paper = om.solve(probes.probed(p, x)), om.system(p)
    G, J, K_m, K_a = np.exp(x[:4]) * W
    push = G**2 / (2 * W)
    H = np.zeros((5, 5), complex)
    H[:3, :3] = paper.H + np.diag([push, push, 0.0])
    H[3, 3], H[4, 4] = x[4] * W + p.G_0 * om.mean_field(p).q + push, -x[5] * W
    H[2, 4] = H[4, 2] = J
    drive = (K_m + 1j * x[4] * W) * G / (np.sqrt(2) * p.G_0)
    dark = 1j * J * om.mean_field(p).amplitudes[2]
    larger = om.System(
        modes=(*paper.modes, *probes.PROBES), H=H, decay=[*paper.decay, K_m, K_a],
        photon_coupling=[*paper.photon_coupling, p.G_0, 0.0], drive=[*paper.drive, drive, dark],
        omega_m=p.omega_m, gamma_m=p.gamma_m, n_m=p.n_m,
    )  # fmt: skip
    s = om.solve(larger)
    assert s.coupling(probes.PROBES[0]) == pytest.approx(G, rel=1e-6)
    np.testing.assert_allclose(s.V, wanted.V, atol=1e-6)
    assert 0.1 < push / W < 0.11


def test_where_a_probe_is_slow_against_nothing_it_sees_the_mirror_through_a_loss():
    """V_seen = T V T + (1 - T^2)/2, for a mirror slower than filter and probe."""
    slow, G, K, width = 1e-4, 2e-3, 0.05, 0.01
    bath = dict(omega_m=1.0, gamma_m=slow, n_m=3.0)
    s = om.solve(om.System(modes=["p"], H=[[1.0]], decay=[K], coupling=[G], **bath))
    seen = om.solve(s.linear.filtered("p", at=1.0, width=width))
    transmission = G**2 / (K * width)  # of quanta: through the probe and into the filter
    n = s.quanta("m")
    assert seen.quanta("out") == pytest.approx(transmission * n, rel=0.15)
    weaker = om.solve(om.System(modes=["p"], H=[[1.0]], decay=[K], coupling=[G / 2], **bath))
    less = om.solve(weaker.linear.filtered("p", at=1.0, width=width)).quanta("out")
    assert less == pytest.approx(transmission / 4 * weaker.quanta("m"), rel=0.15)


@pytest.mark.parametrize("case", FOUR)
def test_the_witness_loses_in_proportion_to_the_light_that_is_lost(case):
    p, x = found.probed(case)
    best = joint_noise(probes.seen_state(p, x))
    assert best.epr_ratio == pytest.approx(np.exp(-best.E))
    assert _epr_ratio(np.eye(4) / 2, *best.pair) == pytest.approx(1.0, abs=1e-4)
    for eta in (0.5, 0.05):
        same = _epr_ratio(probes.seen_state(p, x, eta), *best.pair)
        assert same == pytest.approx(1 - eta * (1 - best.epr_ratio), abs=1e-4)
        left = joint_noise(probes.seen_state(p, x, eta))
        assert 0 < left.E and left.epr_ratio <= same


@pytest.mark.parametrize("case", FOUR)
def test_a_pair_that_is_orthogonal_and_equally_long_in_each_mode_fails_at_no_loss(case):
    """Its margin is in proportion to the efficiency, to the last digit."""
    V = probes.seen_state(*found.probed(case))
    n = [(np.trace(V[k : k + 2, k : k + 2]) - 1) / 2 for k in (0, 2)]
    correlated = complex(V[0, 2] - V[1, 3], V[0, 3] + V[1, 2]) / 2
    angle = np.angle(-correlated)
    weight = np.arctan2(2 * abs(correlated), n[1] - n[0]) / 2  # of the smallest noise
    d = [np.cos(weight), 0, np.sin(weight) * np.cos(angle), np.sin(weight) * np.sin(angle)]
    e = [0, np.cos(weight), np.sin(weight) * np.sin(angle), -np.sin(weight) * np.cos(angle)]
    margin = 1 - _epr_ratio(V, np.array(d), np.array(e))
    assert margin > 0 and abs(correlated) ** 2 > n[0] * n[1]
    for eta in (0.5, 1e-6):
        weaker = eta * V + (1 - eta) * np.eye(4) / 2
        assert 1 - _epr_ratio(weaker, np.array(d), np.array(e)) == pytest.approx(
            eta * margin, rel=1e-6
        )


def test_two_probes_can_see_what_atoms_and_mirror_do_not_have():
    """What is seen proves the mirror with its probe entangled with the atoms with theirs, and no more."""
    p = found.best_state("ccw").replace(temperature=5.0)
    s, seen = probes.read(p, np.array([-0.84, -0.38, -1.68, -1.78, 0.18, 0.45, 0.18]))
    assert s.stable and seen.separability_margin(*probes.SEEN) > 0.03
    for state in (om.solve(p), s):
        assert state.separability_margin("a", "m") < -0.05
    mirror, atoms = (["m", probes.PROBES[0]], ["a", probes.PROBES[1]])
    assert s.log_negativity(mirror, atoms) > 0.01


def test_all_light_does_not_carry_the_twofold_at_the_loosest_and_the_strictest_limit():
    """At the edge of what counts, by a grid of filters: CW and CCW over the resonator at rest."""
    ratios = []
    for limit in ("limit 0.005", "limit 0.15"):
        E = {}
        for case, p in om.CASES.items():
            s = om.solve(p.in_omega_m(Delta_c=found.stored()[limit][case][0]))
            at, widths = np.linspace(-1.4, -0.8, 25), (0.2, 0.25, 0.3, 0.36)
            E[case] = max(outputs.with_matter(s, "both", "m", at, width).max() for width in widths)
        ratios.append([E["cw"] / E["stationary"], E["ccw"] / E["stationary"]])
    assert ratios == pytest.approx(np.array([[0.91, 0.83], [0.90, 0.89]]), abs=0.01)


# ---- the virtual experiment


def test_sums_of_squares_are_drawn_as_from_records():
    V = experiment.states()["cw"]
    records = (homodyne_records(V, 200, efficiency=0.8, seed=seed) for seed in range(500))
    raw = np.array([experiment.margins(one, 0.8) for one in records])
    short = experiment.estimates(V, 1000, 0.8, 6000, 5)
    for here, there in zip(raw.T, (short.raw, short.corrected), strict=True):
        here, there = here[np.isfinite(here)], there[np.isfinite(there)]
        assert here.mean() == pytest.approx(there.mean(), abs=5 * here.std() / np.sqrt(len(here)))
        assert here.std() == pytest.approx(there.std(), rel=0.1)


def by_slopes(V, efficiency):
    """Standard deviation of the margin times root N, from its slopes and those of sample moments."""
    Q, k = quadratures(SETTINGS), len(SETTINGS)
    C = Q @ (efficiency * V + (1 - efficiency) / 2 * np.eye(4)) @ Q.mT
    pairs, step = [(0, 0), (0, 1), (1, 1)], 1e-5

    def slope(s, i, j):
        moved = np.zeros_like(C)
        moved[s, i, j] = moved[s, j, i] = step
        up, down = (
            estimated_margin(fitted(C + sign * moved, efficiency=efficiency)) for sign in (1, -1)
        )
        return (up - down) / (2 * step)

    total = 0.0
    for s in range(k):
        d = np.array([slope(s, i, j) for i, j in pairs])
        cov = [
            [C[s, i, a] * C[s, j, b] + C[s, i, b] * C[s, j, a] for a, b in pairs] for i, j in pairs
        ]
        total += k * d @ cov @ d
    return np.sqrt(total)


@pytest.mark.parametrize("efficiency", [1.0, 0.5])
def test_spreads_are_those_of_the_slopes(efficiency):
    for V in experiment.states().values():
        assert experiment.spread(V, efficiency) == pytest.approx(by_slopes(V, efficiency), rel=0.05)


def test_with_the_records_that_are_needed_cases_are_told_apart():
    """Counted with another seed: the difference of two estimates is five of its own standard deviations."""
    V = experiment.states()
    N = experiment.needed(V["cw"], V["stationary"])
    found = {
        case: experiment.estimates(V[case], N, seed=99, runs=4000) for case in ("cw", "stationary")
    }
    one, other = (found[case].corrected for case in found)
    difference = one - np.random.default_rng(0).permutation(other)
    assert difference.mean() / difference.std() == pytest.approx(5, rel=0.07)
    N = experiment.needed(V["ccw"])
    alone = experiment.estimates(V["ccw"], N, seed=98, runs=4000).corrected
    assert alone.mean() / alone.std() == pytest.approx(5, rel=0.08)


def test_intervals_hold_the_truth_as_often_as_they_say():
    V, held = experiment.states()["ccw"], []
    truth = float(om.separability_margin(V, 0, 1))
    for seed in range(100):
        records = homodyne_records(V, 1000, seed=1000 + seed)
        _, corrected = experiment.margins(records)
        held.append(
            abs(corrected - truth) < 2 * np.std(experiment.bootstrap(records, draws=60, seed=seed))
        )
    assert 0.88 < np.mean(held) < 1.0


def test_percentiles_of_the_bootstrap_are_biased_and_its_spread_about_the_corrected_estimate_is_not():
    V, held = experiment.states()["stationary"], []
    truth = float(om.separability_margin(V, 0, 1))
    for seed in range(120):
        records = homodyne_records(V, 200, seed=5000 + seed)
        again = experiment.bootstrap(records, draws=60, seed=seed)
        low, high = np.nanpercentile(again, [16, 84])
        about = abs(experiment.margins(records)[1] - truth) < np.nanstd(again)
        held.append([about, low < truth < high])
    about, within = np.mean(held, 0)
    assert 0.59 < about < 0.77 and within < 0.6


def test_the_drawing_shows_what_the_data_say():
    d = experiment.data(runs=100)
    figure = experiment.draw(d)
    counts = [patch.get_data().values.sum() for axis in figure.axes[:2] for patch in axis.patches]
    assert counts == [100] * 6
    same = experiment.data(runs=400).found["cw"].raw[:100]
    np.testing.assert_array_equal(same, d.found["cw"].raw)
    assert experiment.LIVE.draw(records=500.0, runs=10.0).axes


def test_curves_of_outputs_and_probes_are_drawn():
    assert len(outputs.draw(outputs.data(resolution=11)).axes) == 3
    places = {case: found.probed(case) for case in FOUR}
    d = probes.data(places, [0.5, 1.0])
    for case, (p, x) in places.items():
        assert d.seen[case][1] == pytest.approx(
            joint_noise(probes.seen_state(p, np.array(x))).E, rel=1e-6
        )
    assert len(probes.draw(d).axes) == 3
