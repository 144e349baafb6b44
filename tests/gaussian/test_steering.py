"""Gaussian steering against closed forms, its direction, and what it cannot exceed."""

import numpy as np
import pytest
from points import random_states, squeezed
from scipy.linalg import block_diag

import omcore as om
from omcore.gaussian.information import left_over
from omcore.gaussian.states import two_mode_squeezed

R = np.array([0.1, 0.7, 1.5, 3.0])


def lossy(V, *transmissions):
    """Each mode of a state through a beam splitter of its own, the other port in vacuum."""
    T = np.diag(np.sqrt(np.repeat(transmissions, 2)))
    return T @ V @ T + (np.eye(len(T)) - T @ T) / 2


def test_a_squeezed_pair_steers_itself_by_ln_cosh_2r():
    """Kogias et al. (2015): for pure states it is the Rényi-2 entropy of one side."""
    V = two_mode_squeezed(R)
    for i, j in ((0, 1), (1, 0)):
        np.testing.assert_allclose(om.steering(V, i, j), np.log(np.cosh(2 * R)), rtol=1e-10)


@pytest.mark.parametrize("t", [0.3, 0.5, 0.7, 0.9])
def test_loss_on_one_side_makes_it_one_way(t):
    """A weakened mode j is always steered; it steers only if more than half of the light is left."""
    V = np.array([lossy(two_mode_squeezed(r), 1.0, t) for r in R])
    a, b, c = (
        np.cosh(2 * R) / 2,
        t * np.cosh(2 * R) / 2 + (1 - t) / 2,
        np.sqrt(t) * np.sinh(2 * R) / 2,
    )
    for i, j, known, left in ((0, 1, a, b), (1, 0, b, a)):
        closed = np.maximum(0, -np.log(2 * (left - c**2 / known)))
        np.testing.assert_allclose(om.steering(V, i, j), closed, rtol=1e-9, atol=1e-12)
    assert (om.steering(V, 0, 1) > 0).all()
    assert (om.steering(V, 1, 0) > 0).all() == (t > 0.5)
    assert (om.steering(V, 1, 0) == 0).all() == (t <= 0.5)


def test_states_without_correlation_or_without_entanglement_are_not_steered():
    assert om.steering(np.diag([0.1, 2.5, 3.0, 0.2]), 0, 1) == 0  # squeezed, but a product
    V = two_mode_squeezed(1.0) + np.exp(2) * np.eye(4)  # noise that ends the entanglement
    assert om.log_negativity(V, 0, 1) == 0 == om.steering(V, 0, 1)


def test_the_covariance_of_the_errors_is_symmetric_to_the_last_digit():
    left = left_over(np.array(random_states(4, 20)), [0, 1], [2, 3])
    assert np.array_equal(left, np.swapaxes(left, -1, -2))


def test_direction_and_names_are_those_of_the_sides():
    s = om.solve(om.PAPER)
    assert s.steering("m", "a") > 0 == s.steering("a", "m")
    assert s.steering(("m", "driven"), "a") >= s.steering("m", "a")
    reordered = np.ix_([6, 7, 4, 5], [6, 7, 4, 5])
    assert om.steering(s.V[reordered], 0, 1) == pytest.approx(s.steering("m", "a"), rel=1e-9)


@pytest.mark.parametrize("V", random_states(4, 20))
def test_what_holds_for_every_state(V):
    turn = lambda angle: [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    local = squeezed(0.4, -0.3, 0.0, 0.6) * 2  # local squeezers and phases change nothing
    local = local @ block_diag(*map(turn, (0.3, 1.2, 2.5, 4.0)))
    moved = local @ V @ local.T
    for one, other in (([0], [1]), ([0], [1, 2]), ([0, 1], [2, 3]), ([0, 3], [2])):
        steered = om.steering(V, one, other)
        assert steered == 0 or om.log_negativity(V, one, other) > 0  # what is steered is entangled
        assert om.steering((moved + moved.T) / 2, one, other) == pytest.approx(steered, abs=1e-9)
    more, less = om.steering(V, [0, 1], [2]), om.steering(V, 0, 2)
    assert more >= less - 1e-12  # knowing more steers no less


def test_a_side_of_one_mode_has_a_closed_form_in_determinants():
    """G = ½ ln(det V_i / (4 det V_ij)) for one mode j."""
    V = random_states(3, 50)
    det = np.linalg.det
    closed = np.log(det(V[:, :4, :4]) / (4 * det(V))) / 2
    np.testing.assert_allclose(om.steering(V, [0, 1], 2), np.maximum(closed, 0), atol=1e-9)
    assert 0 < (closed > 0).sum() < 50
