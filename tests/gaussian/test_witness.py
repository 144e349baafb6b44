"""The witness: no biseparable state is below its bound, and entangled ones are."""

import numpy as np
import pytest
from points import random_states, two_mode_squeezed

import omcore as om
from omcore.gaussian.states import mixture_of_pairs, three_mode_squeezed
from omcore.gaussian.witness import (
    _least_noise,
    _product_bounds,
    best_witness,
    bipartitions,
    noise_ratio,
)


def test_least_noise_is_reached_by_a_physical_state():
    Z = random_states(2, 1)[0]
    least, V = _least_noise(Z)
    assert least == pytest.approx(om.symplectic_eigenvalues(Z).sum())
    assert np.trace(Z @ V) == pytest.approx(least) and om.is_physical(V)


def test_biseparable_bound_holds_for_random_biseparable_states():
    """No witness, found for another state, sees more than the bound in a product over any cut."""
    Z = best_witness(om.solve(om.PAPER).V[2:, 2:])
    pairs, singles = random_states(2, 50), random_states(1, 50)
    for alone, rest in bipartitions(3):
        for V1, V2 in zip(singles, pairs, strict=True):
            V = np.zeros((6, 6))
            V[np.ix_(alone, alone)], V[np.ix_(rest, rest)] = V1, V2
            assert noise_ratio(Z, V) >= 1 - 1e-9


def test_every_cut_of_n_modes_is_there_once():
    for n in (2, 3, 4, 5):
        found = bipartitions(n)
        assert len(found) == 2 ** (n - 1) - 1
        assert len({frozenset(map(tuple, cut)) for cut in found}) == len(found)
        assert all(sorted(one + other) == list(range(2 * n)) for one, other in found)


def test_two_modes_are_seen_as_well_as_by_their_negativity():
    """The best witness of a squeezed pair is its EPR pair, with the ratio exp(-2r)."""
    V = two_mode_squeezed(0.5)
    assert noise_ratio(best_witness(V), V) == pytest.approx(np.exp(-1.0), rel=1e-3)


def test_a_product_of_vacua_sits_on_every_bound():
    least, states = _product_bounds(np.eye(8))
    assert least == pytest.approx(np.full(7, 4.0))
    assert states == pytest.approx(np.broadcast_to(np.eye(8) / 2, (7, 8, 8)))


def test_a_pure_symmetric_state_is_genuine_and_a_mixture_of_pairs_is_not_shown_to_be():
    V, die = three_mode_squeezed(0.3), mixture_of_pairs(0.3)
    assert noise_ratio(best_witness(V), V) < 0.8
    assert noise_ratio(best_witness(die), die) > 1


def test_one_more_mode_in_vacuum_hides_the_entanglement_of_three():
    """Of four modes nothing is genuine if one stands apart: there the ratio is 1 at best."""
    V = np.eye(8) / 2
    V[:6, :6] = three_mode_squeezed(0.3)
    assert noise_ratio(best_witness(V, sharpness=(10, 100)), V) > 1 - 1e-9
