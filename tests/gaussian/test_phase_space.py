"""The Wigner function: its integral, its peak, its parts, and the overlap of two of them."""

import numpy as np
import pytest
from points import random_states

import omcore as om
from omcore.gaussian.states import two_mode_squeezed

X, STEP = np.linspace(-16, 16, 161, retstep=True)
GRID = np.stack(np.meshgrid(X, X, indexing="ij"), -1)
U = np.array([0.7, -0.4])
ONE = random_states(1, 5, strength=0.15)


@pytest.mark.parametrize("V", ONE)
def test_its_moments_are_the_state(V):
    W = om.wigner(V, GRID, U) * STEP**2
    assert W.sum() == pytest.approx(1, rel=1e-9) and W.min() >= 0
    np.testing.assert_allclose(np.einsum("ij,ijk->k", W, GRID), U, rtol=1e-9)
    np.testing.assert_allclose(
        np.einsum("ij,ijk,ijl->kl", W, GRID - U, GRID - U), V, rtol=1e-8, atol=1e-9
    )


def test_its_peak_is_the_purity_over_pi_to_the_n():
    for n in (1, 2, 3):
        V = random_states(n, 4)
        np.testing.assert_allclose(
            om.wigner(V, np.ones(2 * n), np.ones(2 * n)), om.purity(V) / np.pi**n
        )


def test_the_integral_over_one_mode_is_the_other_ones():
    V, at = two_mode_squeezed(0.6, 0.8), np.array([0.5, -1.1])
    points = np.concatenate([np.broadcast_to(at, GRID.shape), GRID], -1)
    left = om.wigner(V, points).sum() * STEP**2
    assert left == pytest.approx(om.wigner(V[:2, :2], at), rel=1e-9)


def test_the_overlap_of_two_is_the_fidelity_with_a_pure_state():
    pure = np.diag([0.2, 1.25])
    for V in ONE:
        overlap = 2 * np.pi * (om.wigner(V, GRID, U) * om.wigner(pure, GRID)).sum() * STEP**2
        assert overlap == pytest.approx(om.fidelity(V, pure, U), rel=1e-9)


def test_a_batch_is_its_loop_and_none_stays_none():
    V = ONE.copy()
    V[2] = np.nan
    whole = om.wigner(V[:, None, None], GRID[::40, ::40], U)
    assert np.isnan(whole).any((1, 2)).tolist() == [False, False, True, False, False]
    for k in (0, 4):
        np.testing.assert_allclose(whole[k], om.wigner(V[k], GRID[::40, ::40], U))
