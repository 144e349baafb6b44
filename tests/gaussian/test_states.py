"""States of known entanglement have it."""

import mpmath
import numpy as np
import pytest
from points import beam_splitter, squeezed
from points import two_mode_squeezed as by_hand

import omcore as om
from omcore.gaussian.states import (
    mixture_of_pairs,
    three_mode_squeezed,
    three_mode_squeezed_residual,
    two_mode_squeezed,
    two_mode_squeezed_negativity,
)


def test_symmetric_state_is_pure_and_made_by_a_tritter():
    V = three_mode_squeezed(0.7)
    assert om.symplectic_eigenvalues(V) == pytest.approx([0.5] * 3)
    assert sorted(np.linalg.eigvalsh(V)) == pytest.approx(sorted(np.diag(squeezed(0.7, 0.7, -0.7))))


@pytest.mark.parametrize("r", [0.0, 0.3, 2.0])
@pytest.mark.parametrize("t", [1.0, 0.9, 0.5, 0.0])
def test_a_squeezed_pair_is_what_a_beam_splitter_and_loss_make(r, t):
    V = two_mode_squeezed(r, t)
    assert V == pytest.approx(t * by_hand(r) + (1 - t) * np.eye(4) / 2)
    mixed = beam_splitter(squeezed(r, -r), 0, 1)
    assert abs(by_hand(r)) == pytest.approx(abs(mixed))
    E = two_mode_squeezed_negativity(r, t)
    assert om.log_negativity(V, 0, 1) == pytest.approx(E, abs=1e-9)


def test_loss_bounds_the_negativity_whatever_the_squeezing():
    assert two_mode_squeezed_negativity(20.0, 0.9) == pytest.approx(-np.log(0.1))


def test_the_residual_of_the_symmetric_state_has_its_closed_form():
    r = np.linspace(0, 1, 11)
    V = three_mode_squeezed(r)
    expected = three_mode_squeezed_residual(r)
    for focus in range(3):
        found = om.residual_contangle(V, 0, 1, 2, focus=focus)
        assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("r", [1e-3, 1.0, 10.0, 20.0, 50.0])
def test_closed_forms_hold_where_a_matrix_has_no_digits_left(r):
    assert two_mode_squeezed_negativity(r) == pytest.approx(2 * r, rel=1e-12)
    with mpmath.workdps(120):
        b = mpmath.sqrt(4 * mpmath.cosh(4 * mpmath.mpf(r)) + 5) / 3
        root = mpmath.sqrt(9 * b**4 - 10 * b**2 + 1)
        exact = mpmath.acosh(b) ** 2 - mpmath.log((3 * b**2 - 1 - root) / 2) ** 2 / 2
    assert three_mode_squeezed_residual(r) == pytest.approx(float(exact), rel=1e-9)


def test_a_batch_of_states_is_the_loop():
    r = np.array([[0.1, 0.4], [0.7, 1.0]])
    for make in (two_mode_squeezed, three_mode_squeezed, mixture_of_pairs):
        batch = make(r)
        for k in np.ndindex(r.shape):
            assert np.array_equal(batch[k], make(r[k]))


def test_no_squeezing_at_all_gives_no_states():
    assert two_mode_squeezed([]).shape == (0, 4, 4)


def test_a_variance_that_rounding_took_below_zero_is_blurred_without_a_warning():
    """As an immense V beside instability may have; division by its root would overflow."""
    from omcore.gaussian.symplectic import blurred

    V = np.diag([1e12, 1e12, -1e-3, 1e6])
    V[0, 2] = V[2, 0] = 1e300
    assert blurred(np.array([V, np.eye(4)])).tolist() == [True, False]
