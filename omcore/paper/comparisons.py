"""The comparisons that the claims quote: {part: value} for Parameters and one of the three readings."""

from functools import cache

import numpy as np
from scipy.constants import c

from ..cases import PAPER, operating_points
from ..resonator import sagnac_shift
from .observables import (
    VISIBLE,
    E_am,
    E_am_peak,
    E_am_temperature,
    R_map_peak,
    R_peak,
    R_temperature,
    at_atoms,
)
from .optima import ROUNDS, found, optimum
from .readings import EFFECTIVE, mean_field, solve
from .search import crossing, maximum

SPINNING = ("cw", "ccw")
CLOSE = 0.1  # largest relative difference of two numbers that are called equal
CONTESTANT = {"stationary": "at rest", "cw": "CW", "ccw": "CCW"}  # in the races of book/who_wins


def values(comparison, p, reading):
    """The values of a comparison; at the parameters of the paper they are computed once.

    >>> values(E_peaks, PAPER, "bare-detuning") is values(E_peaks, PAPER, "bare-detuning")
    True
    """
    return _of_paper(comparison, reading) if p is PAPER else comparison(p, reading)


@cache
def _of_paper(comparison, reading):
    return comparison(PAPER, reading)


def E_peaks(p, reading):
    """Position Delta_c/omega_m and height of the largest E_am of each case."""
    return {case: E_am_peak(q, reading) for case, q in operating_points(p).items()}


def E_positions(p, reading):
    return {case: x for case, (x, _) in values(E_peaks, p, reading).items()}


def E_heights(p, reading):
    """Largest E_am of each case over that of the stationary resonator."""
    return over_rest({case: E for case, (_, E) in values(E_peaks, p, reading).items()})


def redistribution(p, reading):
    """Entanglement of the pairs at Delta_a = -omega_m against that at -2 omega_m, at rest."""
    return passed_on(*(at_atoms(p, x)["stationary"] for x in (-2.0, -1.0)), reading)


def passed_on(far, near, reading):
    """The same, of the Parameters at two detunings of the atoms."""
    far, near = (solve(p, reading).log_negativity for p in (far, near))
    return {
        "driven-mirror falls": near("driven", "m") < far("driven", "m"),
        "driven-atoms grows": near("driven", "a") > far("driven", "a"),
        "atoms-mirror grows": near("a", "m") > far("a", "m"),
        "undriven mode entangled with mirror": near("undriven", "m") > 0,
        "undriven mode entangled with atoms": near("undriven", "a") > 0,
    }


def stronger_redistribution(p, reading):
    """Entanglement of the pairs at Delta_a = -omega_m, spinning in both directions against at rest."""
    return passed_on_more(at_atoms(p, -1.0), reading)


def passed_on_more(cases, reading):
    """The same, of the Parameters of the three cases."""
    E = {case: solve(q, reading).log_negativity for case, q in cases.items()}

    def grows(*pair):
        return np.all([E[case](*pair) > E["stationary"](*pair) for case in SPINNING], axis=0)

    def falls(*pair):
        return np.all([E[case](*pair) < E["stationary"](*pair) for case in SPINNING], axis=0)

    return {
        "atoms-mirror grows": grows("a", "m"),
        "driven-mirror falls": falls("driven", "m"),
        "undriven-mirror falls": falls("undriven", "m"),
        "undriven-atoms falls": falls("undriven", "a"),
        "driven-atoms falls": falls("driven", "a"),
        "driven-undriven falls": falls("driven", "undriven"),
    }


def couplings_closer(p, reading):
    """Is the driven coupling closer to G_a when spinning than at rest, at Delta_a = -omega_m?"""
    return closer(at_atoms(p, -1.0), reading)


def closer(cases, reading):
    """The same, of the Parameters of the three cases."""
    gap = {case: unequal(q, reading) for case, q in cases.items()}
    return {case: gap[case] < gap["stationary"] for case in SPINNING}


def larger_over_the_map(p, reading, points=41):
    """Is E_am larger when spinning than at rest, over kappa and gamma_a from 0.05 to 3 omega_m?"""
    rates = p.omega_m * np.geomspace(0.05, 3.0, points)
    E = {
        case: E_am(q.replace(kappa=rates, gamma_a=rates[:, None]), reading)
        for case, q in at_atoms(p, -1.0).items()
    }
    both = {case: np.isfinite(E[case]) & np.isfinite(E["stationary"]) for case in SPINNING}
    return {case: bool((E[case] > E["stationary"])[both[case]].all()) for case in SPINNING}


def rates_of_larger(p, reading, up_to=8.0, points=49):
    """The rate, over omega_m, up to which E_am is larger when spinning, at all smaller kappa and gamma_a."""
    cases = at_atoms(p, -1.0)
    return {case: rate_of_larger(cases, case, reading, up_to, points) for case in SPINNING}


def rate_of_larger(cases, case, reading, up_to=8.0, points=49, steps=40, rounds=10):
    """The same of one case, and of the Parameters of the three cases, points or sweeps.

    As the square of rates grows, the claim first fails on one of its far edges, so that only these are
    searched. Infinite if the claim holds at ``up_to``, zero if it does not hold at small rates.
    """

    def margin(rate):
        below = np.geomspace(0.05, rate, points)
        at = np.broadcast_to(rate, below.shape)
        rates = {"kappa": np.concatenate([below, at]), "gamma_a": np.concatenate([at, below])}
        spinning, rest = (E_am(cases[k].in_omega_m(**rates), reading) for k in (case, "stationary"))
        gain = spinning - rest
        return np.min(gain, axis=0, where=np.isfinite(gain), initial=1.0)

    shape = cases[case].shape
    found = crossing(margin, 0.0, 0.1, up_to, steps, shape, rounds)
    never = np.where(margin(np.full(shape, up_to)) > 0, np.inf, 0.0)
    return np.where(np.isnan(found), never, found)[()]


def R_peaks(p, reading):
    """Position Delta_a/omega_m and height of the largest R of each case."""
    return {case: R_peak(q, reading) for case, q in operating_points(p).items()}


def R_positions(p, reading):
    return {case: x for case, (x, _) in values(R_peaks, p, reading).items()}


def R_heights(p, reading):
    """Largest R of each case over that of the stationary resonator."""
    return over_rest({case: R for case, (_, R) in values(R_peaks, p, reading).items()})


def R_heights_wide(p, reading):
    """The same, for Delta_a of either sign."""
    cases = operating_points(p)
    return over_rest({case: R_peak(q, reading, (-3.0, 3.0))[1] for case, q in cases.items()})


def R_heights_tuned(p, reading):
    """The same, with the laser of each case at the Delta_c of its own largest E_am."""
    peaks = values(E_peaks, p, reading)
    tuned = {case: q.in_omega_m(Delta_c=peaks[case][0]) for case, q in operating_points(p).items()}
    return over_rest({case: R_peak(q, reading)[1] for case, q in tuned.items()})


def R_heights_best(p, reading):
    """The same, with each case at the Delta_c and Delta_a of its own largest R."""
    if reading == EFFECTIVE:
        reading = "self-consistent"  # which has the same states, each at another Delta_c
    if p is PAPER:
        recorded = found(reading, "R")
        best = {case: recorded[name][0] for case, name in CONTESTANT.items()}
    else:
        cases = operating_points(p)
        best = {case: optimum(q, "R", ROUNDS[0], reading) for case, q in cases.items()}
    return over_rest({case: one.value for case, one in best.items()})


def R_of_maps(p, reading):
    """Largest R of each case over kappa and gamma_a, at Delta_a = -omega_m."""
    return {case: R_map_peak(q, reading)[2] for case, q in at_atoms(p, -1.0).items()}


def E_temperatures(p, reading):
    return {case: E_am_temperature(q, reading) for case, q in operating_points(p).items()}


def R_temperatures(p, reading):
    return {case: R_temperature(q, reading) for case, q in operating_points(p).items()}


def R_visible_temperatures(p, reading):
    return {case: R_temperature(q, reading, VISIBLE) for case, q in operating_points(p).items()}


def enhancements(p, reading):
    """The larger of both directions, of E_am and of R."""
    E, R = values(E_heights, p, reading), values(R_heights, p, reading)
    return {"bipartite": max(E[k] for k in SPINNING), "tripartite": max(R[k] for k in SPINNING)}


def noise_tolerance(p, reading):
    """Does entanglement tolerate more heat and more loss when spinning, in both directions?"""
    E, R = values(E_temperatures, p, reading), values(R_temperatures, p, reading)
    return {
        "bipartite outlives heat": all(E[case] > E["stationary"] for case in SPINNING),
        "tripartite outlives heat": all(R[case] > R["stationary"] for case in SPINNING),
        "bipartite larger at equal loss": all(values(larger_over_the_map, p, reading).values()),
    }


def competitive_equilibrium(p, reading):
    """Is E_am largest, over the power, where the driven coupling equals G_a?"""
    cases = at_atoms(p, -1.0)
    return {case: equal_at_best_power(cases[case], reading) for case in SPINNING}


def equal_at_best_power(p, reading, points=201, rounds=8):
    """The same of one case; ``p`` may be a sweep."""
    at = lambda x: p.replace(power=x * p.power)
    best, _ = maximum(lambda x: E_am(at(x), reading), 0.05, 2.0, points, p.shape, rounds)
    return unequal(at(best), reading) < CLOSE


def unequal(p, reading):
    """How far the coupling of driven mode and mirror is from G_a, relative to G_a."""
    return abs(abs(solve(p, reading).coupling("driven")) / p.G_a - 1)


def feasibility(p, reading):
    """The numbers of Sec. IV against one another, and a million atoms against the steady state."""
    return consistent(p, operating_points(p), reading)


def consistent(p, cases, reading, Q=3.2e7):
    """The same, of the Parameters of the three cases; all may be sweeps."""
    excitations = np.max([abs(mean_field(q, reading).c) ** 2 for q in cases.values()], axis=0)
    hundreds_of_thousands = lambda root: (1e5 <= root**2) & (root**2 < 1e6)
    dipole_decay = 2 * np.pi * 3e6  # of the experiments that the paper cites
    return {
        "rim speed below 10^-6 c": p.radius * p.angular_velocity < 1e-6 * c,
        "shift exceeds the linewidth": sagnac_shift(p) > 2 * p.kappa,
        "kappa = omega_0/Q": abs(p.omega_0 / Q / p.kappa - 1) < 0.02,
        "gamma_a as cited": abs(p.gamma_a / dipole_decay - 1) < CLOSE,
        "atoms, for g = 1e4 rad/s": hundreds_of_thousands(p.G_a / 1e4),
        "atoms, for g = 2 pi 1e4 rad/s": hundreds_of_thousands(p.G_a / (2 * np.pi * 1e4)),
        "more than one atom, for the cited g": p.G_a > 2 * np.pi * 10e6,
        "fewer than 1 % of 10^6 atoms excited": excitations < 0.01 * 1e6,
    }


def over_rest(heights):
    """Of each case over the stationary one."""
    return {case: height / heights["stationary"] for case, height in heights.items()}
