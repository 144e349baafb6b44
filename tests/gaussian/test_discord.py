"""Gaussian discord against closed forms, against every Gaussian measurement, and its direction."""

import numpy as np
import pytest
from points import random_states, squeezed
from scipy.linalg import block_diag

import omcore as om
from omcore.gaussian.states import two_mode_squeezed

PAIRS = random_states(2, 60, strength=0.3)


def entropy(x):
    """Of a mode whose determinant is x² that of the vacuum."""
    return (x + 1) / 2 * np.log((x + 1) / 2) - ((x - 1) / 2 * np.log((x - 1) / 2) if x > 1 else 0)


def closed_form(V):
    """Adesso and Datta (2010), Eq. 7, of matrices in units of the vacuum; and which of its cases holds."""
    det, S = np.linalg.det, 2 * V
    a, b, c, d = det(S[:2, :2]), det(S[2:, 2:]), det(S[:2, 2:]), det(S)
    general = (d - a * b) ** 2 <= (1 + b) * c**2 * (a + d)
    if general:
        root = np.sqrt(c**2 + (b - 1) * (d - a))
        least = (2 * c**2 + (b - 1) * (d - a) + 2 * abs(c) * root) / (b - 1) ** 2
    else:
        root = np.sqrt(c**4 + (d - a * b) ** 2 - 2 * c**2 * (a * b + d))
        least = (a * b - c**2 + d - root) / (2 * b)
    whole = sum(map(entropy, 2 * om.symplectic_eigenvalues(V)))
    return entropy(np.sqrt(b)) - whole + entropy(np.sqrt(least)), general


def measured(V, variance, angle):
    """Entropy of the first mode after a projection of the second on a squeezed state."""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    seen = V[2:, 2:] + turn @ np.diag([variance, 1 / variance]) @ turn.T / 2
    left = V[:2, :2] - V[:2, 2:] @ np.linalg.solve(seen, V[2:, :2])
    return entropy(2 * np.sqrt(np.linalg.det(left)))


def test_both_cases_of_the_closed_form_and_both_directions():
    general = []
    for V in PAIRS:
        for i, j, W in ((0, 1, V), (1, 0, np.roll(V, 2, (0, 1)))):
            expected, case = closed_form(W)
            assert om.discord(V, i, j) == pytest.approx(expected, rel=1e-9)
            general.append(case)
    assert 20 < sum(general) < 100
    assert abs(om.discord(PAIRS, 0, 1) - om.discord(PAIRS, 1, 0)).min() > 1e-4


@pytest.mark.parametrize("V", PAIRS[:8])
def test_no_gaussian_measurement_finds_more(V):
    found = [
        measured(V, v, t) for v in np.geomspace(1e-6, 1, 61) for t in np.linspace(0, np.pi, 61)
    ]
    least = min(found) - sum(map(entropy, 2 * om.symplectic_eigenvalues(V))) + om.entropy(V, 1)
    assert -1e-9 < least - om.discord(V, 0, 1) < 2e-3


def test_of_a_pure_state_it_is_the_entropy_of_one_mode():
    r = np.array([0.0, 1e-3, 0.5, 1.0, 2.0, 3.0])
    for V in (two_mode_squeezed(r), two_mode_squeezed(-r)):
        np.testing.assert_allclose(om.discord(V, 0, 1), om.entropy(V, 1), atol=1e-8)
    local = squeezed(0.6, -0.3) * 2
    V = local @ two_mode_squeezed(0.8) @ local
    assert om.discord(V, 0, 1) == pytest.approx(om.entropy(two_mode_squeezed(0.8), 0), abs=1e-9)


def test_squeezed_thermal_states_are_best_heterodyned():
    for n, r in ((0.2, 0.4), (3.0, 1.0), (0.0, 0.7)):
        V = (2 * n + 1) * two_mode_squeezed(r) + np.diag([0, 0, 0.7, 0.7])
        a, b, c = 2 * V[0, 0], 2 * V[2, 2], 2 * V[0, 2]
        whole = sum(map(entropy, 2 * om.symplectic_eigenvalues(V)))
        expected = entropy(b) - whole + entropy(a - c**2 / (1 + b))
        assert om.discord(V, 0, 1) == pytest.approx(expected, rel=1e-9)


def test_products_have_none_exactly_and_separable_states_less_than_one():
    apart = [
        squeezed(0.5, -1.0),
        np.diag([1e6, 1e6, 0.5, 0.5]),
        np.eye(4) / 2,
        np.diag([3, 1, 2, 9.0]),
    ]
    apart += map(block_diag, random_states(1, 30), random_states(1, 30, seed=2))
    assert not om.discord(apart, 0, 1).any()
    a = np.geomspace(1, 1e6, 30)
    big, small = (x.ravel() for x in np.meshgrid(a + 0.01, a + 0.01))
    c = np.sqrt((big - 1) * (small - 1))  # the most that separable states have
    V = np.einsum("k,ij->kij", big / 2, np.diag([1, 1, 0, 0]))
    V += np.einsum("k,ij->kij", small / 2, np.diag([0, 0, 1, 1]))
    V += np.einsum("k,ij->kij", c / 2, np.kron([[0, 1], [1, 0]], np.diag([1, -1])))
    found = om.discord(V, 0, 1)
    assert not om.log_negativity(V, 0, 1).any() and 0.98 < found.max() < 1 and found.min() > 0


def test_it_is_the_same_after_local_squeezing_and_turns_and_no_more_than_all_correlation():
    turn = lambda t: [[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]
    local = squeezed(0.4, -0.3) * 2 @ block_diag(turn(0.3), turn(1.2))
    moved = local @ PAIRS @ local.T
    found = om.discord(PAIRS, 0, 1)
    np.testing.assert_allclose(
        om.discord((moved + np.swapaxes(moved, 1, 2)) / 2, 0, 1), found, rtol=1e-8
    )
    assert (0 < found).all() and (found <= om.mutual_information(PAIRS, 0, 1)).all()
    s = om.solve(om.PAPER)
    assert s.discord("m", "a") == om.discord(s.V, 3, 2) != s.discord("a", "m")
