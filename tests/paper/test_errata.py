"""Each erratum does to E_am and R what its page says: the variants differ as physics demands."""

import numpy as np
import pytest
from scipy.constants import c, hbar, k
from scipy.linalg import solve_continuous_lyapunov
from scipy.optimize import brentq

import omcore as om
from omcore.paper.errata import ERRATA, as_derived, effects

BY_ID = {erratum.id: erratum for erratum in ERRATA}


@pytest.mark.parametrize("case", om.CASES)
def test_without_a_misprint_the_chain_is_that_of_the_library(case):
    s = om.solve(om.CASES[case])
    expected = s.log_negativity("a", "m"), s.residual_contangle("driven", "a", "m")
    assert effects(as_derived, om.CASES[case]) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("case", om.CASES)
def test_the_bare_detuning_is_the_other_reading(case):
    s = om.solve(om.CASES[case], "bare-detuning")
    expected = s.log_negativity("a", "m"), s.residual_contangle("driven", "a", "m")
    assert effects(BY_ID["a3-bare"].variant, om.CASES[case]) == pytest.approx(expected, abs=1e-12)


def test_counting_the_coupling_twice_leaves_the_points_stable_but_unphysical():
    for p in om.CASES.values():
        A, D = BY_ID["a6-twice"].variant(p)
        assert om.is_stable(A) and not om.is_physical(om.lyapunov(A, D))


# ---- every variant against numbers changed by hand, in a chain of its own


def numbers(case):
    """What Eqs. 1-8 need of an operating point, computed here from the laboratory quantities."""
    p = om.CASES[case]
    omega_0 = 2 * np.pi * c / 1550e-9
    return dict(
        driven=p.drive, Delta_c=p.Delta_c, Delta_a=-1.1 * 63e6, omega_m=63e6, gamma_m=5.2e3, kappa=38e6,
        gamma_a=38e6, G_a=0.6 * 63e6,
        Delta_F=0.0 if case == "stationary" else 1.48 * 1.1e-3 * 30e3 * omega_0 / c * (1 - 1 / 1.48**2),
        G_0=omega_0 / 1.1e-3 * np.sqrt(hbar / (10e-12 * 63e6)),
        epsilon=np.sqrt(2 * 38e6 * 40e-3 / (hbar * omega_0)),
        n_m=1 / np.expm1(hbar * 63e6 / (k * 5e-3)),
    )  # fmt: skip


def by_hand(
    driven, Delta_c, Delta_a, omega_m, gamma_m, kappa, gamma_a, G_a, Delta_F, G_0, epsilon, n_m
):
    """E_am and R from Eqs. 8, 10, 12, 14 and 16 written out; NaN where unstable."""
    shifted = lambda q: np.array([Delta_c - Delta_F, Delta_c + Delta_F]) - G_0 * q
    light = np.array([epsilon, 0]) if driven == "ccw" else np.array([0, epsilon])

    def alpha(q):
        load = G_a**2 / (gamma_a + 1j * Delta_a)
        return np.linalg.solve(np.diag(kappa + 1j * shifted(q)) + load, light)

    balance = lambda q: G_0 * (abs(alpha(q)) ** 2).sum() / omega_m - q
    grid = np.linspace(0, 8 * omega_m / G_0, 4001)
    signs = np.sign([balance(q) for q in grid])
    for first in np.flatnonzero(np.diff(signs)):
        q = brentq(balance, grid[first], grid[first + 1], xtol=1e-9)
        (d, e), G = shifted(q), np.sqrt(2) * G_0 * alpha(q)
        (gx, hx), (gy, hy) = G.real, G.imag
        K, g, w, a = kappa, gamma_a, omega_m, G_a
        A = np.array([
            [-K, d, 0, 0, 0, a, -gy, 0], [-d, -K, 0, 0, -a, 0, gx, 0],
            [0, 0, -K, e, 0, a, -hy, 0], [0, 0, -e, -K, -a, 0, hx, 0],
            [0, a, 0, a, -g, Delta_a, 0, 0], [-a, 0, -a, 0, -Delta_a, -g, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, w], [gx, gy, hx, hy, 0, 0, -w, -gamma_m],
        ]) / w  # fmt: skip
        if np.linalg.eigvals(A).real.max() < 0:
            D = np.diag([K, K, K, K, g, g, 0, gamma_m * (2 * n_m + 1)]) / w
            V = solve_continuous_lyapunov(A, -D)
            triple = [0 if driven == "ccw" else 1, 2, 3]
            return negativity(V, 2, [3]), residual(V, triple)
    return np.nan, np.nan


def negativity(V, i, others):
    """The smallest modulus of the eigenvalues of i Omega V, transposed in mode i."""
    rows = np.ravel([[2 * m, 2 * m + 1] for m in (i, *others)])
    flip = np.ones(len(rows))
    flip[1] = -1
    transposed = V[np.ix_(rows, rows)] * np.outer(flip, flip)
    omega = np.kron(np.eye(len(rows) // 2), [[0, 1], [-1, 0]])
    return max(0.0, -np.log(2 * abs(np.linalg.eigvals(1j * omega @ transposed)).min()))


def residual(V, modes):
    rest = {m: [n for n in modes if n != m] for m in modes}
    return min(
        negativity(V, m, rest[m]) ** 2 - sum(negativity(V, m, [n]) ** 2 for n in rest[m])
        for m in modes
    )


SILICA = 1550e-9 * 0.012e6  # -λ dn/dλ of silica at 1550 nm
CHANGES = {  # erratum -> case, numbers -> the numbers that reading it as printed changes
    "fig3-caption": lambda case, n: {"Delta_c": {"cw": 2.5, "ccw": -1.0, "stationary": 1.0}[case] * 63e6},
    "fig4-caption": lambda case, n: {"Delta_c": {"cw": -2.5, "ccw": -1.0, "stationary": 1.0}[case] * 63e6},
    "omega0-hz": lambda case, n: {
        "Delta_F": 2 * np.pi * n["Delta_F"], "G_0": 2 * np.pi * n["G_0"],
        "epsilon": n["epsilon"] / np.sqrt(2 * np.pi),
    },
    "dispersion": lambda case, n: {
        "Delta_F": n["Delta_F"] * (1 - 1 / 1.48**2 + SILICA / 1.48) / (1 - 1 / 1.48**2)
    },
    "eq1-group": lambda case, n: {
        "Delta_F": n["Delta_F"] * (1 - 1 / (1.48 * (1.48 + SILICA))) / (1 - 1 / 1.48**2)
    },
    "eq3-sas": lambda case, n: {"Delta_a": 1e5 * n["Delta_a"]},
    "kappa-q": lambda case, n: {"kappa": 19e6, "epsilon": n["epsilon"] / np.sqrt(2)},
    "g0-sqrt2": lambda case, n: {"G_0": n["G_0"] / np.sqrt(2)},
    "gamma-a": lambda case, n: {"gamma_a": 2 * np.pi * 3e6},
    "sagnac-sign": lambda case, n: {"Delta_F": -n["Delta_F"]},
}  # fmt: skip
MATRICES = {
    "eq10-i",
    "a3-bare",
    "a4-sign",
    "a6-twice",
}  # change no number but an equation; see below


def test_every_variant_is_held_against_a_chain_of_its_own():
    assert set(CHANGES) | MATRICES == {e.id for e in ERRATA if e.variant}


@pytest.mark.parametrize("case", om.CASES)
def test_the_chain_by_hand_is_that_of_the_library(case):
    assert by_hand(**numbers(case)) == pytest.approx(effects(as_derived, om.CASES[case]), abs=1e-8)


@pytest.mark.parametrize("case", om.CASES)
@pytest.mark.parametrize("erratum", CHANGES)
def test_each_variant_is_its_misprint_and_no_other_factor(erratum, case):
    before = numbers(case)
    expected = by_hand(**before | CHANGES[erratum](case, before))
    assert effects(BY_ID[erratum].variant, om.CASES[case]) == pytest.approx(
        expected, abs=1e-8, nan_ok=True
    )


@pytest.mark.parametrize("case", om.CASES)
def test_the_misprinted_rows_of_a4_and_a6_differ_in_what_is_printed_only(case):
    p = om.CASES[case]
    s = om.solve(p)
    A = s.A
    grows = A.copy()
    grows[:2, :2] *= -1
    assert np.array_equal(BY_ID["a4-sign"].variant(p)[0], grows)
    twice = A.copy()
    twice[1, 6] += abs(s.coupling("ccw"))
    twice[3, 6] += abs(s.coupling("cw"))
    assert BY_ID["a6-twice"].variant(p)[0] == pytest.approx(twice, rel=1e-15)


def test_detunings_without_i_obey_eq_10_as_printed():
    p = om.CASES["ccw"]
    A, _ = BY_ID["eq10-i"].variant(p)
    shifted = A[2, 3], A[0, 1]  # the shifted detunings of the clockwise and counter-clockwise modes
    G = A[3, 6] - 1j * A[2, 6], A[1, 6] - 1j * A[0, 6]
    alpha_cw, alpha_ccw = (g / (np.sqrt(2) * p.G_0) for g in G)
    c_s = -1j * p.G_a * (alpha_cw + alpha_ccw) / (p.gamma_a + 1j * p.Delta_a)
    assert alpha_cw == pytest.approx(-1j * p.G_a * c_s / (shifted[0] + p.kappa))
    assert alpha_ccw == pytest.approx(
        (-1j * p.G_a * c_s + p.drive_amplitude) / (shifted[1] + p.kappa)
    )


def test_every_erratum_says_what_is_printed_what_is_right_and_why():
    assert len(BY_ID) == len(ERRATA) >= 21
    for erratum in ERRATA:
        assert erratum.where and erratum.printed and erratum.right and erratum.proof


def test_remarks_stand_apart_from_errors():
    """Right as printed, a definition, a choice, a measure: none of these is an error."""
    remarks = {e.id for e in ERRATA if e.remark}
    assert remarks == {"eq8", "equal-couplings", "g0-sqrt2", "gamma-a", "noise-tolerant"}
    assert "near the cited" not in BY_ID["gamma-a"].printed


def test_every_erratum_is_said_in_words():
    for erratum in ERRATA:
        assert erratum.in_words.endswith(".") and "$" not in erratum.in_words


def test_eq_1_with_dispersion_is_too_large_by_the_group_index_over_the_index():
    n, slope = 1.48, -0.012e6
    glass = om.PAPER.replace(dispersion=slope)
    group = n - glass.wavelength * slope
    right = om.sagnac_shift(om.PAPER) * (1 - 1 / (n * group)) / (1 - 1 / n**2)
    assert om.sagnac_shift(glass) == pytest.approx(right * group / n, rel=1e-12)
