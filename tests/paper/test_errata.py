"""Each erratum does to E_am and R what its page says: the variants differ as physics demands."""

import numpy as np
import pytest

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


@pytest.mark.parametrize("erratum", ["a4-sign", "a6-twice"])
def test_no_number_without_a_steady_state_that_is_a_quantum_state(erratum):
    for p in om.CASES.values():
        assert np.isnan(effects(BY_ID[erratum].variant, p)).all()


def test_counting_the_coupling_twice_leaves_the_points_stable_but_unphysical():
    for p in om.CASES.values():
        A, D = BY_ID["a6-twice"].variant(p)
        assert om.is_stable(A) and not om.is_physical(om.lyapunov(A, D))


@pytest.mark.parametrize("erratum", [e for e in ERRATA if e.variant], ids=lambda e: e.id)
def test_each_variant_changes_something(erratum):
    """A variant that equals the right chain everywhere would be no erratum."""
    right = [effects(as_derived, p) for p in om.CASES.values()]
    printed = [effects(erratum.variant, p) for p in om.CASES.values()]
    assert not np.allclose(right, printed, rtol=1e-3, atol=1e-6)


def test_detunings_without_i_obey_eq_10_as_printed():
    p = om.CASES["ccw"]
    A, _ = BY_ID["eq10-i"].variant(p)
    shifted = A[2, 3], A[0, 1]  # the shifted detunings of the clockwise and counter-clockwise modes
    G = A[3, 6] - 1j * A[2, 6], A[1, 6] - 1j * A[0, 6]
    alpha_cw, alpha_ccw = (g / (np.sqrt(2) * p.G_0) for g in G)
    c = -1j * p.G_a * (alpha_cw + alpha_ccw) / (p.gamma_a + 1j * p.Delta_a)
    assert alpha_cw == pytest.approx(-1j * p.G_a * c / (shifted[0] + p.kappa))
    assert alpha_ccw == pytest.approx((-1j * p.G_a * c + p.drive_amplitude) / (shifted[1] + p.kappa))


def test_the_wrong_sign_of_the_shift_exchanges_the_directions():
    cw, ccw = (om.CASES[case] for case in ("cw", "ccw"))
    variant = BY_ID["sagnac-sign"].variant
    assert effects(variant, cw.replace(Delta_c=ccw.Delta_c)) == pytest.approx(effects(as_derived, ccw))


def test_half_the_decay_means_more_entanglement():
    for p in om.CASES.values():
        assert effects(BY_ID["kappa-q"].variant, p)[0] > effects(as_derived, p)[0]


def test_every_erratum_says_what_is_printed_what_is_right_and_why():
    assert len(BY_ID) == len(ERRATA) >= 21
    for erratum in ERRATA:
        assert erratum.where and erratum.printed and erratum.right and erratum.proof
