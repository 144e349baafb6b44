"""How quiet: what the drawings show, each by another route through the library."""

import numpy as np
import pytest

import omcore as om
from drawings.kit.operating import SCAN, with_both_sides
from drawings.quiet import budget, filter_cavity, laser_line, order, published, slow, spectrum
from omcore.assumptions.cryostat import temperature_under
from omcore.assumptions.laser import linewidth_left
from omcore.assumptions.technical import coloured, push, response, strength_left, white
from omcore.assumptions.technical import slow as slowly
from omcore.linear import turned
from omcore.paper.mechanisms import combinations

SCANNED = om.PAPER.omega_m * np.linspace(*SCAN, 401)


@pytest.fixture(scope="module")
def lines():
    return {reading: laser_line.data(reading=reading) for reading in om.MEAN_FIELDS}


def with_line(case, millihertz, reading):
    """The chain with the line in its Parameters, at every detuning."""
    q = with_both_sides(om.PAPER)[case]
    return om.solve(
        q.replace(Delta_c=SCANNED, laser_linewidth=laser_line.MILLIHERTZ * millihertz), reading
    )


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_the_curves_are_the_chain_with_this_line_width(lines, reading):
    d = lines[reading]
    for case in d.E_am:
        for k in (0, 20, 40):
            s = with_line(case, d.millihertz[k], reading)
            assert d.E_am[case][k] == pytest.approx(np.nanmax(s.log_negativity("a", "m")), rel=1e-9)
            if case != "both":
                R = s.residual_contangle("driven", "a", "m")
                assert d.R[case][k] == pytest.approx(max(np.nanmax(R), 0.0), rel=1e-6, abs=1e-12)


def test_both_sides_light_the_bright_mode():
    """The bright combination as a mode of another System, in which the dark one is not seen."""
    q = with_both_sides(om.PAPER)["both"].in_omega_m(Delta_c=0.3)
    bright = om.solve(combinations(om.system(q)))
    assert laser_line.lit(om.solve(q).V, q) == pytest.approx(
        bright.residual_contangle("bright", "a", "m")
    )


@pytest.mark.parametrize("reading, there", [("self-consistent", 0.33), ("bare-detuning", 0.30)])
def test_the_curves_cross_where_both_cases_have_the_same(lines, reading, there):
    d = lines[reading]
    width = laser_line.crossing(d, "ccw", "both")
    assert width == pytest.approx(there, abs=0.01) and np.isnan(
        laser_line.crossing(d, "cw", "both")
    )
    ccw, both = (
        np.nanmax(with_line(c, width, reading).log_negativity("a", "m")) for c in ("ccw", "both")
    )
    assert ccw == pytest.approx(both, rel=0.01)


@pytest.mark.parametrize("case", ["stationary", "cw", "ccw", "both"])
def test_at_the_widths_of_the_table_half_and_nothing_are_left(case):
    q = with_both_sides(om.PAPER)[case]
    half, end = laser_line.widths(q)["E_am"]
    E = [
        np.nanmax(with_line(case, x, "self-consistent").log_negativity("a", "m"))
        for x in (0.0, half, end * 1.001)
    ]
    assert E[1] == pytest.approx(E[0] / 2, rel=1e-3) and E[2] == 0
    s = laser_line.best(q)  # held there, it bears less
    assert linewidth_left(s) < half * laser_line.MILLIHERTZ * 1.001
    assert linewidth_left(s, 0.0) < end * laser_line.MILLIHERTZ * 1.001


def test_light_alone_is_a_noise_that_leaves_the_atoms_alone():
    """By with_noise of the Linear, whose vector has zeros there."""
    q = om.CASES["cw"]
    s = laser_line.best(q)
    w = push(s, "laser frequency") * [1, 1, 1, 1, 0, 0, 0, 0]
    light = om.solve(s.linear.with_noise(w, 1e-3)).log_negativity("a", "m")
    both = om.solve(s.linear.with_noise(push(s, "laser frequency"), 1e-3)).log_negativity("a", "m")
    assert (laser_line.turned_by_the_laser(s, "light") == w).all() and light > 1.2 * both


def test_the_published_cavity_ends_where_its_branch_does():
    """The mean fields before and beyond: the branch has gone, or is unstable."""
    d = published.data()
    assert (np.diff(d.distance) < 0).all() and 0 < d.distance[-1] < 0.02
    s = om.solve(published.cavity(d.power))
    assert s.stable.all() and s.effective_detuning("c") == pytest.approx(published.OMEGA, rel=1e-9)
    beyond = om.solve(published.cavity([54e-3]))
    assert (
        not beyond.stable.any() or abs(beyond.effective_detuning("c") / published.OMEGA - 1) > 0.01
    )
    noisy = published.cavity(d.power).replace(laser_linewidth=2e-3 * np.pi * d.half)
    assert om.solve(noisy).log_negativity("c", "m") == pytest.approx(d.E / 2, rel=1e-6)
    one, corner = s[30], 0.1 * published.OMEGA
    slower = coloured(one.linear, turned(one.mean_field), 2 * d.rms[30] ** 2 / corner, corner)
    assert om.solve(slower).log_negativity("c", "m") == pytest.approx(d.E[30] / 2, rel=1e-5)
    doubled = published.cavity(d.power).replace(laser_linewidth=2e-3 * np.pi * d.doubled)
    assert om.solve(doubled).quanta("m") == pytest.approx(2 * d.quanta, rel=1e-6)


def test_a_corner_leaves_what_the_linear_with_one_more_variable_has():
    d = spectrum.data()
    for case, q in with_both_sides(om.PAPER).items():
        s = laser_line.best(q)
        for k in (5, 20):
            S = d.half[case] * (1 + 1 / d.corner[k] ** 2)
            noisy = coloured(s.linear, push(s, "laser frequency"), S, d.corner[k] * q.omega_m)
            left = om.solve(noisy).log_negativity("a", "m") / s.log_negativity("a", "m")
            assert d.density[case][k] == pytest.approx(left, abs=1e-6)
        rms = 2 * d.rms[case][5] ** 2 / (d.corner[5] * q.omega_m)
        slow_one = coloured(s.linear, push(s, "laser frequency"), rms, d.corner[5] * q.omega_m)
        assert om.solve(slow_one).log_negativity("a", "m") == pytest.approx(
            s.log_negativity("a", "m") / 2, rel=1e-4
        )


def test_without_a_lock_its_integrals_are_the_lyapunov_equations():
    for case in ("cw", "ccw"):
        assert spectrum.locked(om.CASES[case], lock=0.0) == pytest.approx(0.5, abs=3e-3)


def test_noise_of_one_band_adds_up_to_white_noise():
    """The integrals over three bands, against the Lyapunov equation."""
    s = laser_line.best(om.CASES["cw"])
    whole = white(s, push(s, "laser frequency"))
    bands = [spectrum.within(s, *x) for x in ((0.0, 0.5), (0.5, 1.1), (1.1,))]
    assert sum(bands) == pytest.approx(whole, rel=1e-4, abs=1e-4 * np.abs(whole).max())
    assert all(np.linalg.eigvalsh(x).min() > -1e-9 * np.abs(x).max() for x in bands)


def test_a_filter_bears_what_it_says():
    d = filter_cavity.data()
    s = laser_line.best(om.CASES["cw"])
    for k, detuning in ((0, 0.1), (12, 0.0)):
        S = d.gain["cw", detuning][k] * linewidth_left(s)
        width = d.width[k] * om.PAPER.omega_m
        noisy = filter_cavity.behind_filter(s, S, width, detuning * width)
        assert om.solve(noisy).log_negativity("a", "m") == pytest.approx(
            s.log_negativity("a", "m") / 2, rel=1e-5
        )


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_a_filter_at_the_edge_of_its_lock_leaves_half(reading):
    d = filter_cavity.narrow(reading=reading)
    for case in ("cw", "both"):
        s, width = (
            laser_line.best(with_both_sides(om.PAPER)[case], reading=reading),
            1e-3 * om.PAPER.omega_m,
        )
        for sign, edge in zip((-1, 1), d[case].lock, strict=True):
            noisy = filter_cavity.behind_filter(s, filter_cavity.FLOOR, width, sign * edge * width)
            left = om.solve(noisy).log_negativity("a", "m") / s.log_negativity("a", "m")
            assert left == pytest.approx(0.5, abs=1e-3) and edge < 0.01
        quiet = om.solve(filter_cavity.behind_filter(s, filter_cavity.FLOOR, width))
        assert quiet.log_negativity("a", "m") == pytest.approx(
            d[case].left[0] * s.log_negativity("a", "m")
        )
        assert d[case].left[1] < d[case].left[0]


@pytest.fixture(scope="module")
def drifts():
    return slow.data()


@pytest.mark.parametrize("case", ["cw", "ccw"])
def test_a_disc_that_stretches_moves_its_mean_field_so(case):
    """By mean fields at two speeds, and a resonance that falls with the square of the speed."""
    s, h = laser_line.best(om.CASES[case]), 1e-3
    ends = [
        om.mean_field(slow.moved(s.parameters, slow.STRETCHED, x)).quadratures() for x in (-h, h)
    ]
    step = (ends[1] - ends[0]) / (2 * h)
    found = response(s, slow.pushed(s, slow.STRETCHED)).real
    assert found == pytest.approx(step, rel=1e-5, abs=1e-5 * np.abs(step).max())
    fast, p = s.parameters.replace(angular_velocity=6e4), s.parameters
    assert (
        slow.fallen(fast) == pytest.approx(4 * slow.fallen(p)) and slow.fallen(p) / p.omega_m > 100
    )


@pytest.mark.parametrize(
    "source, case",
    [
        ("laser power", "ccw"), ("laser power", "both"), ("rotation", "both"),
        (slow.STRETCHED, "stationary"), (slow.STRETCHED, "cw"), ("coupler", "stationary"),
        ("laser power", "cw"),
    ],
)  # fmt: skip
def test_drawn_runs_lose_half_at_the_rms_of_the_table(drifts, source, case):
    """20 000 runs, each solved at its own x: mixed into one covariance matrix, and one by one."""
    s, rng = laser_line.best(with_both_sides(om.PAPER)[case]), np.random.default_rng(4)
    E = s.log_negativity("a", "m")
    runs = om.solve(
        slow.moved(s.parameters, source, drifts.unread[source, case] * rng.normal(size=20_000))
    )
    mixed = runs.V.mean(0) + np.cov(runs.mean_field.quadratures().T)
    assert om.log_negativity(mixed, 2, 3) == pytest.approx(E / 2, rel=0.05)
    assert runs.log_negativity("a", "m").mean() == pytest.approx(E, rel=0.01)
    rms = slow.TIMES * drifts.unread[source, case]
    if np.isfinite(drifts.read[source, case]):
        runs = om.solve(slow.moved(s.parameters, source, rms * rng.normal(size=20_000)))
        read = np.nan_to_num(runs.log_negativity("a", "m")).mean() / E
        assert read == pytest.approx(drifts.read[source, case], abs=0.02)
        assert np.mean(~runs.stable) == pytest.approx(drifts.lost[source, case], abs=0.02)


def test_where_the_means_follow_to_first_order_the_mixture_is_that_of_the_response(drifts):
    for case, q in with_both_sides(om.PAPER).items():
        s = laser_line.best(q)
        for source in ("laser frequency", "coupler"):
            first = np.sqrt(strength_left(s, slowly(s, push(s, source))))
            assert drifts.unread[source, case] == pytest.approx(first, rel=1e-2)


def test_heat_and_loss_that_halve_do_so_in_the_chain():
    d = budget.data()
    for case, q in with_both_sides(om.PAPER).items():
        swept = q.replace(Delta_c=SCANNED)
        E = np.nanmax(om.solve(swept).log_negativity("a", "m"))
        T = temperature_under(d.absorbed[case] * q.power)
        assert d.temperature[case] == pytest.approx(T)
        for changed in (dict(temperature=T), dict(escape_efficiency=d.escape[case])):
            left = np.nanmax(om.solve(swept.replace(**changed)).log_negativity("a", "m"))
            assert left == pytest.approx(E / 2, rel=0.01)


@pytest.fixture(scope="module")
def ranked():
    return order.data()


def test_the_rows_come_in_the_order_of_their_ratios_in_both_readings(ranked):
    for d in (ranked, order.data(reading="bare-detuning")):
        assert [*d.ratio] == [*order.ROWS]
        means = [np.mean([*row.values()]) for row in d.ratio.values()]
        assert (np.diff(means) < 0).all()
    _, rows = order.table(ranked)
    assert len(rows) == len(order.ROWS) + len(order.UNMEASURED) and {len(row) for row in rows} == {
        5
    }


def test_the_verdicts_have_the_ratios_of_the_figure(ranked):
    for case, q in with_both_sides(om.PAPER).items():
        found = om.validity(laser_line.best(q).parameters, linewidth=order.FLOOR)
        for name, line in (
            ("frequency noise, white", "sharp laser"),
            ("intensity noise, all of it excess", "steady power"),
            ("wander of the laser, unread", "steady frequency"),
        ):
            near = 1e-2 if "unread" in name else 1e-9  # of the means, to first order in the verdict
            assert found[line].value == pytest.approx(ranked.ratio[name][case], rel=near)
