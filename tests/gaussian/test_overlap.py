"""Fidelity against closed forms of one mode and of many, and what it must obey."""

import numpy as np
import pytest
from points import random_states, squeezed
from scipy.linalg import block_diag, expm

import omcore as om
from omcore.gaussian.states import three_mode_squeezed, two_mode_squeezed

RNG = np.random.default_rng(21)


def symplectic(n, strength=0.3):
    H = RNG.normal(size=(2 * n, 2 * n)) * strength
    return expm(om.symplectic_form(n) @ (H + H.T))


def thermal(*n):
    return np.diag(np.repeat(n, 2) + 0.5)


def moved(S, V):
    V = S @ V @ S.T
    return (V + V.T) / 2


def test_one_mode_with_means():
    """Scutaru (1998): 1/(sqrt(a + b) - sqrt(b)), a = det(V1 + V2), b = 4 (det V1 - 1/4)(det V2 - 1/4)."""
    V1, V2 = random_states(1, 50), random_states(1, 50, seed=3)
    u1, u2 = RNG.normal(size=(2, 50, 2))
    a = np.linalg.det(V1 + V2)
    b = 4 * (np.linalg.det(V1) - 1 / 4) * (np.linalg.det(V2) - 1 / 4)
    apart = np.einsum("ki,kij,kj->k", u1 - u2, np.linalg.inv(V1 + V2), u1 - u2)
    expected = np.exp(-apart / 2) / (np.sqrt(a + b) - np.sqrt(b))
    np.testing.assert_allclose(om.fidelity(V1, V2, u1, u2), expected, rtol=1e-10)


def test_thermal_modes_under_one_symplectic_map():
    """A product of (sqrt((n+1)(m+1)) - sqrt(n m))^-2, with nothing of a product left to see."""
    n, m = np.array([0.0, 0.3, 2.0]), np.array([0.7, 1.1, 0.0])
    S = symplectic(3)
    each = (np.sqrt((n + 1) * (m + 1)) - np.sqrt(n * m)) ** -2
    assert om.fidelity(moved(S, thermal(*n)), moved(S, thermal(*m))) == pytest.approx(
        each.prod(), rel=1e-9
    )
    assert each.min() < 0.9


def test_pure_states_are_compared_by_their_overlap_to_the_last_digits():
    r = np.linspace(0, 3, 13)
    np.testing.assert_allclose(
        om.fidelity(two_mode_squeezed(r), np.eye(4) / 2), np.cosh(r) ** -2.0, rtol=1e-11
    )
    assert om.fidelity(squeezed(1.3), squeezed(0.2)) == pytest.approx(1 / np.cosh(1.1), rel=1e-13)
    for pure in (
        two_mode_squeezed(1.0),
        three_mode_squeezed(0.8),
        moved(symplectic(2), np.eye(4) / 2),
    ):
        assert om.fidelity(pure, pure) == pytest.approx(1, abs=1e-12)
        mixed = random_states(len(pure) // 2, 1)[0]
        overlap = 1 / np.sqrt(np.linalg.det(pure + mixed))
        assert om.fidelity(pure, mixed) == pytest.approx(overlap, rel=1e-12)
        assert om.fidelity(mixed, pure) == om.fidelity(pure, mixed)
        hot = 1e8 * mixed
        overlap = 1 / np.sqrt(np.linalg.det(pure + hot))
        assert om.fidelity(hot, pure) == pytest.approx(overlap, rel=1e-10, abs=0)


def test_nearly_pure_states_join_the_pure_ones():
    n = np.array([0.0, 1e-12, 1e-9, 1e-6])
    V = (n + 0.5)[:, None, None] * np.eye(2)
    expected = (np.sqrt((n + 1) * 1.3) - np.sqrt(n * 0.3)) ** -2
    np.testing.assert_allclose(om.fidelity(V, thermal(0.3)), expected, rtol=1e-8)


def test_what_holds_for_every_two_states():
    V1, V2 = random_states(3, 20, strength=0.2), random_states(3, 20, seed=8, strength=0.2)
    u = RNG.normal(size=6)
    F = om.fidelity(V1, V2, u)
    np.testing.assert_allclose(om.fidelity(V2, V1, u2=u), F, rtol=1e-9)
    itself = om.fidelity(V1, V1)
    np.testing.assert_allclose(itself, 1, rtol=1e-9)
    pairs = two_mode_squeezed(np.linspace(0, 3, 50))
    assert (itself <= 1).all() and (om.fidelity(pairs, pairs) <= 1).all()
    S = symplectic(3, 0.15)
    turned = [om.fidelity(moved(S, V), moved(S, W), S @ u) for V, W in zip(V1, V2, strict=True)]
    np.testing.assert_allclose(turned, F, rtol=1e-8)
    assert (
        om.fidelity(V1[:, :4, :4], V2[:, :4, :4], u[:4]) >= F
    ).all()  # less is told apart by a part
    both = om.fidelity(block_diag(V1[0], V1[1]), block_diag(V2[0], V2[1]))
    assert both == pytest.approx(om.fidelity(V1[0], V2[0]) * om.fidelity(V1[1], V2[1]), rel=1e-9)


def test_a_batch_is_its_loop_and_none_stays_none():
    V1, V2 = random_states(2, 3), random_states(2, 4, seed=9)[:, None]
    u = RNG.normal(size=(3, 4))
    whole = om.fidelity(V1, V2, u1=u)
    loop = [[om.fidelity(V, W, u1=x) for V, x in zip(V1, u, strict=True)] for W in V2[:, 0]]
    np.testing.assert_allclose(whole, loop, rtol=1e-12)
    none = V1.copy()
    none[1] = np.nan
    assert np.isnan(om.fidelity(none, V2)).tolist() == [[False, True, False]] * 4
