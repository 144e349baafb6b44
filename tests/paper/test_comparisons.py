"""What the claims compare: at which parameters, and by which numbers. The verdicts alone are too coarse."""

import numpy as np
import pytest

import omcore as om
from omcore.paper import comparisons
from omcore.paper.observables import E_am_peak, R_peak, R_temperature

W = om.PAPER.omega_m
each_reading = pytest.mark.parametrize("reading", om.MEAN_FIELDS)


@pytest.fixture
def looked(monkeypatch):
    """Where the comparisons solve the model, as (Delta_a/omega_m, drive, reading)."""
    places, solve = [], comparisons.solve

    def noting(p, reading):
        places.append((float(np.mean(p.Delta_a)) / W, p.drive, reading))
        return solve(p, reading)

    monkeypatch.setattr(comparisons, "solve", noting)
    return places


@each_reading
def test_redistribution_is_between_two_detunings_of_the_atoms(looked, reading):
    found = comparisons.redistribution(om.PAPER, reading)
    assert [(round(x, 9), m) for x, _, m in looked] == [(-2.0, reading), (-1.0, reading)]
    far, near = (
        om.solve(om.CASES["stationary"].replace(Delta_a=x * W), reading).log_negativity
        for x in (-2.0, -1.0)
    )
    for name, pair in (
        ("driven-mirror falls", ("driven", "m")),
        ("atoms-mirror grows", ("a", "m")),
    ):
        assert found[name] == ((near(*pair) < far(*pair)) == name.endswith("falls"))


@each_reading
def test_what_spinning_does_is_asked_where_the_atoms_are_at_minus_one(looked, reading):
    comparisons.stronger_redistribution(om.PAPER, reading)
    comparisons.couplings_closer(om.PAPER, reading)
    comparisons.competitive_equilibrium(om.PAPER, reading)
    assert len(looked) == 3 + 3 + 2
    assert {(round(x, 9), m) for x, _, m in looked} == {(-1.0, reading)}


def test_nothing_grows_where_nothing_is_entangled():
    """In the dark all negativities are zero, and zero is not larger than zero."""
    dark = om.PAPER.replace(power=0.0)
    assert not any(comparisons.redistribution(dark, "self-consistent").values())
    assert not any(comparisons.stronger_redistribution(dark, "self-consistent").values())


@each_reading
def test_heights_are_ratios_to_rest(reading):
    for found, peak in (
        (comparisons.E_heights, E_am_peak),
        (comparisons.R_heights, R_peak),
        (
            comparisons.R_heights_tuned,
            lambda q, m: R_peak(q.in_omega_m(Delta_c=E_am_peak(q, m)[0]), m),
        ),
    ):
        height = {case: peak(q, reading)[1] for case, q in om.CASES.items()}
        ratios = {case: one / height["stationary"] for case, one in height.items()}
        assert found(om.PAPER, reading) == pytest.approx(ratios, rel=1e-9)


def test_the_highest_R_of_other_parameters_is_searched_for():
    """At parameters that equal those of the paper the search ends where the record has it."""
    again = comparisons.R_heights_best(om.PAPER.replace(), "self-consistent")
    assert again == pytest.approx(comparisons.R_heights_best(om.PAPER, "self-consistent"), rel=1e-5)


@each_reading
def test_temperatures_of_R_know_their_level(reading):
    zero, visible = comparisons.R_temperatures, comparisons.R_visible_temperatures
    zero, visible = zero(om.PAPER, reading), visible(om.PAPER, reading)
    for case, q in om.CASES.items():
        assert visible[case] == R_temperature(q, reading, comparisons.VISIBLE) < zero[case]


@pytest.mark.parametrize("share, few", [(0.5, True), (2.0, False)])
def test_excitations_are_counted_as_quanta(share, few):
    """Where |c|^2 is half of, or twice, a hundredth of a million."""
    p = om.PAPER
    for _ in range(20):  # |c|^2 goes as the power, nearly
        most = max(abs(om.mean_field(q).c) ** 2 for q in om.operating_points(p).values())
        p = p.replace(power=p.power * share * 1e4 / most)
    found = comparisons.feasibility(p, "self-consistent")
    assert found["fewer than 1 % of 10^6 atoms excited"] == few


@pytest.mark.parametrize("G_a, one, other", [
    (np.sqrt(0.9e5) * 1e4, False, False), (np.sqrt(1.1e5) * 1e4, True, False),
    (np.sqrt(1.1e6) * 1e4, False, False), (np.sqrt(1.1e5) * 2e4 * np.pi, False, True),
])  # fmt: skip
def test_hundreds_of_thousands_of_atoms(G_a, one, other):
    found = comparisons.feasibility(om.PAPER.replace(G_a=G_a), "self-consistent")
    assert found["atoms, for g = 1e4 rad/s"] == one
    assert found["atoms, for g = 2 pi 1e4 rad/s"] == other


@pytest.mark.parametrize("name, field, holds, fails", [
    ("rim speed below 10^-6 c", "radius", 0.9, 1.1), ("shift exceeds the linewidth", "kappa", 0.9, 1.1),
])  # fmt: skip
def test_feasibility_turns_at_its_bound(name, field, holds, fails):
    p = om.PAPER
    bound = {
        "radius": 1e-6 * comparisons.c / p.angular_velocity,
        "kappa": om.sagnac_shift(p) / 2,
    }[field]
    for factor, expected in ((holds, True), (fails, False)):
        found = comparisons.feasibility(p.replace(**{field: factor * bound}), "self-consistent")
        assert found[name] == expected


@pytest.mark.parametrize("factor, near", [(0.93, True), (1.07, True), (0.85, False), (1.15, False)])
def test_close_is_ten_per_cent(factor, near):
    cited = 2 * np.pi * 3e6
    found = comparisons.feasibility(om.PAPER.replace(gamma_a=factor * cited), "self-consistent")
    assert found["gamma_a as cited"] == near
    p = om.PAPER.replace(kappa=om.PAPER.omega_0 / 3.2e7 * (1 + (factor - 1) / 5))
    assert comparisons.feasibility(p, "self-consistent")["kappa = omega_0/Q"] == near


def test_larger_over_the_map_looks_at_rates_up_to_three():
    """One point of the map is enough to lose: a system whose rest wins at a corner of it."""
    held = comparisons.larger_over_the_map(om.PAPER, "bare-detuning", points=9)
    rates = W * np.geomspace(0.05, 3.0, 9)
    E = {
        case: om.solve(
            q.replace(Delta_a=-W, kappa=rates, gamma_a=rates[:, None]), "bare-detuning"
        ).log_negativity("a", "m")
        for case, q in om.CASES.items()
    }
    for case in comparisons.SPINNING:
        both = np.isfinite(E[case]) & np.isfinite(E["stationary"])
        assert held[case] == (E[case] > E["stationary"])[both].all()


def test_rates_of_larger_end_never_or_at_once():
    """Between a resonator and itself nothing is larger, so zero; up to a rate within it, infinite."""
    still = om.PAPER.replace(angular_velocity=0.0)
    assert comparisons.rates_of_larger(still, "self-consistent", points=5)["ccw"] == 0.0
    ends = comparisons.rates_of_larger(om.PAPER, "bare-detuning", points=9)
    for case, end in ends.items():
        within = comparisons.rates_of_larger(om.PAPER, "bare-detuning", up_to=0.5 * end, points=9)
        assert within[case] == np.inf
