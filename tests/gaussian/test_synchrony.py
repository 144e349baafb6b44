"""Quantum synchronisation of two modes: bounds, closed forms, and the phases that it is measured at."""

import numpy as np
import pytest
from points import beam_splitter, random_states, squeezed
from scipy.linalg import block_diag

import omcore as om
from omcore.gaussian.states import two_mode_squeezed

PAIRS = random_states(2, 40)


def turn(t):
    return np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])


def test_thermal_modes_and_what_correlation_does():
    n1, n2 = 0.3, 2.0
    V = np.diag([n1 + 0.5, n1 + 0.5, n2 + 0.5, n2 + 0.5])
    assert om.synchronisation(V, 0, 1) == pytest.approx(1 / (n1 + n2 + 1), rel=1e-12)
    V += 0.4 * np.kron([[0, 1], [1, 0]], np.eye(2))  # positions agree, momenta agree
    assert om.synchronisation(V, 0, 1) == pytest.approx(1 / (n1 + n2 + 1 - 0.8), rel=1e-12)
    r = np.array([0.3, 1.2])
    np.testing.assert_allclose(om.synchronisation(two_mode_squeezed(r), 0, 1), 1 / np.cosh(2 * r))


def test_heisenberg_bounds_it_and_the_vacuum_reaches_the_bound():
    assert om.synchronisation(np.eye(4) / 2, 0, 1) == 1
    found = om.synchronisation(PAIRS, 0, 1)
    assert (found > 0).all() and (found <= 1).all()
    for V in PAIRS[:5]:  # q_- and p_- are one output of a beam splitter
        out = beam_splitter(V, 0, 1)[2:, 2:]
        assert om.synchronisation(V, 0, 1) == pytest.approx(1 / np.trace(out), rel=1e-12)


def test_means_add_to_the_error_and_only_their_distance_counts():
    u = np.array([[3.0, 1.0, 3.0, 1.0], [3.0, 1.0, 2.0, -1.0]])
    V = PAIRS[0]
    error = 1 / om.synchronisation(V, 0, 1)
    np.testing.assert_allclose(1 / om.synchronisation(V, 0, 1, u), [error, error + (1 + 4) / 2])
    both = block_diag(turn(0.7), turn(0.7))  # seen from a frame that turns with both
    assert om.synchronisation(both @ V @ both.T, 1, 0, u[1] @ both.T) == pytest.approx(
        om.synchronisation(V, 0, 1, u[1]), rel=1e-12
    )


def test_phases_are_compared_across_each_ones_mean():
    V = np.diag([9.0, 0.1, 9.0, 0.2])
    along, across = [2.0, 0.0, -1.0, 0.0], [0.0, 2.0, 0.0, 1.0]
    assert om.phase_synchronisation(V, 0, 1, along) == pytest.approx(1 / 0.3)
    assert om.phase_synchronisation(V, 0, 1, across) == pytest.approx(1 / 18)
    V[1, 3] = V[3, 1] = 0.05  # opposite means: opposite momenta are in step
    assert om.phase_synchronisation(V, 0, 1, along) == pytest.approx(1 / 0.4)
    V[1, 3] = V[3, 1] = 0.0
    u = np.array([1.0, 0.4, -0.3, 2.0])
    for W in PAIRS[:5]:
        local = block_diag(turn(0.4), turn(-1.9))  # each in a frame of its own
        assert om.phase_synchronisation(local @ W @ local.T, 0, 1, local @ u) == pytest.approx(
            om.phase_synchronisation(W, 0, 1, u), rel=1e-12
        )


def test_more_than_one_proves_squeezing_and_no_amplitude_has_no_phase():
    classical = PAIRS + np.eye(4) / 2
    assert (om.phase_synchronisation(classical, 0, 1, [1.0, 2.0, 0.1, 3.0]) <= 1).all()
    quiet = squeezed(-0.5, -0.5)  # in Y
    assert om.phase_synchronisation(quiet, 0, 1, [1.0, 0, 1.0, 0]) == pytest.approx(np.e)
    assert om.phase_synchronisation(quiet, 0, 1, [0, 1.0, 0, 1.0]) == pytest.approx(np.exp(-1))
    u = np.array([[0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
    assert np.isnan(om.phase_synchronisation(np.eye(4), 0, 1, u)).tolist() == [True, False]
