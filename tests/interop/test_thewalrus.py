"""thewalrus on the same states: every split, symplectic eigenvalues, entropy, photon numbers."""

from itertools import combinations

import numpy as np
import pytest
from points import random_states, squeezed
from thewalrus import quantum, symplectic
from thewalrus.decompositions import symplectic_eigenvals

import omcore as om
from interop.test_tools import OPERATING_V
from omcore.gaussian.states import three_mode_squeezed, two_mode_squeezed
from omcore.interop.tools import (
    CONVENTIONS,
    from_convention,
    mean_to_convention,
    to_convention,
)

CUTS = [([0], [1, 2, 3]), ([1], [0, 2, 3]), ([2], [0, 1, 3]), ([3], [0, 1, 2]),
        ([0, 1], [2, 3]), ([0, 2], [1, 3]), ([0, 3], [1, 2])]  # fmt: skip
each_state = pytest.mark.parametrize("V", [*random_states(4, 10), *OPERATING_V])


@each_state
def test_negativity_across_all_seven_cuts_and_of_all_pairs(V):
    W, base = to_convention(V, "thewalrus"), CONVENTIONS["thewalrus"].base
    for one, other in CUTS:
        theirs = quantum.log_negativity(W, modes_A=one) * np.log(base)
        assert theirs == pytest.approx(om.log_negativity(V, one, other), abs=1e-9)
    for i, j in combinations(range(4), 2):
        theirs = quantum.log_negativity(to_convention(V, "thewalrus", (i, j)), split=1)
        assert theirs == pytest.approx(om.log_negativity(V, i, j), abs=1e-9)


@each_state
def test_symplectic_eigenvalues_entropy_and_purity(V):
    W = to_convention(V, "thewalrus")
    np.testing.assert_allclose(
        np.sort(symplectic_eigenvals(W)), 2 * om.symplectic_eigenvalues(V), rtol=1e-9
    )
    nu = om.symplectic_eigenvalues(V)
    dropped = nu[np.isclose(2 * nu, 1)]  # thewalrus takes ν within 1e-5 of the vacuum for pure
    tiny = sum(om.entropy(x * np.eye(2)) for x in dropped)
    assert quantum.vonneumann_entropy(W) == pytest.approx(om.entropy(V) - tiny, rel=1e-9)
    assert not quantum.is_pure_cov(W) and om.purity(V) < 0.999


def test_pure_states_are_pure_in_both():
    for V in (two_mode_squeezed(0.6), three_mode_squeezed(0.5), squeezed(0.3, -0.2, 0.0)):
        assert quantum.is_pure_cov(to_convention(V, "thewalrus"))
        assert om.purity(V) == pytest.approx(1, rel=1e-9)
        alone, rest = [0], list(range(1, len(V) // 2))
        W = to_convention(V, "thewalrus")
        half = quantum.entanglement_entropy(W, modes_A=alone)
        assert half == pytest.approx(om.entropy(V, alone), abs=1e-9)
        assert half == pytest.approx(om.entropy(V, rest), abs=1e-6)


@each_state
def test_photon_numbers_of_displaced_states(V):
    u = np.linspace(-1, 2, 8)
    n = quantum.photon_number_mean_vector(
        mean_to_convention(u, "thewalrus"), to_convention(V, "thewalrus")
    )
    squares = np.diag(V) + u**2
    np.testing.assert_allclose(n, (squares[::2] + squares[1::2] - 1) / 2, rtol=1e-12)


def test_fidelity_of_displaced_states_of_one_to_four_modes():
    u, w = np.random.default_rng(2).normal(size=(2, 8))
    for n in (1, 2, 3, 4):
        for V, W in zip(
            random_states(n, 5, strength=0.2), random_states(n, 5, 4, 0.2), strict=True
        ):
            theirs = quantum.fidelity(
                *(mean_to_convention(u[: 2 * n], "thewalrus"), to_convention(V, "thewalrus")),
                *(mean_to_convention(w[: 2 * n], "thewalrus"), to_convention(W, "thewalrus")),
            )
            assert om.fidelity(V, W, u[: 2 * n], w[: 2 * n]) == pytest.approx(theirs, rel=1e-9)


def test_a_state_made_by_thewalrus():
    """Vacuum, squeezed together, both modes weakened, one displaced."""
    r, t = 0.7, 0.6
    u, W = symplectic.vacuum_state(2)
    S = symplectic.two_mode_squeezing(r, 0.0)
    u, W = S @ u + [2.0, 0, 0, 0], S @ W @ S.T
    for mode in (0, 1):
        u, W = symplectic.loss(u, W, t, mode)
    np.testing.assert_allclose(from_convention(W, "thewalrus"), two_mode_squeezed(r, t), rtol=1e-12)
    mine = mean_to_convention([np.sqrt(2 * t), 0, 0, 0], "thewalrus")  # alpha = √t
    np.testing.assert_allclose(mine, u)


def test_the_order_is_the_one_that_thewalrus_calls_xxpp():
    V, u = random_states(3, 1)[0], np.arange(6.0)
    np.testing.assert_array_equal(to_convention(V, "gabs-block"), 2 * symplectic.xpxp_to_xxpp(V))
    np.testing.assert_allclose(
        mean_to_convention(u, "gabs-block"), np.sqrt(2) * symplectic.xpxp_to_xxpp(u)
    )


def test_in_omcores_own_order_and_vacuum_thewalrus_is_wrong():
    """What a reader gets who hands V over as it is: a refusal, or another number."""
    V = OPERATING_V[-1]
    with pytest.raises(ValueError, match="not a valid covariance matrix"):
        quantum.log_negativity(V, modes_A=[2])
    ordered = 2 * V  # the vacuum right, the order wrong
    with pytest.raises(ValueError, match="not a valid covariance matrix"):
        quantum.log_negativity(ordered, modes_A=[2])
    pair = two_mode_squeezed(0.5)
    assert quantum.log_negativity(2 * pair, split=1) < 1e-12 < om.log_negativity(pair, 0, 1)
