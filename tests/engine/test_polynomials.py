"""Polynomials of small matrices, and roots, real ones with multiplicity."""

import numpy as np
import pytest

from omcore.engine import roots
from omcore.engine.polynomials import adjugate_times, characteristic, horner, routh, square_modulus
from omcore.engine.roots import complex_roots, real_roots


def from_roots(*roots):
    return np.poly(roots).real[::-1]


def alone(polynomial):
    """The real roots of one polynomial."""
    return (values[:, 0] for values in real_roots(polynomial[:, None]))


@pytest.mark.parametrize("roots", [
    (1.0, 2.0, 3.0, 4.0, 5.0), (-3.0, 1e-3, 0.5, 7.0, 900.0), (0.0, 1.0, 1j, -1j, 4.0),
    (2.0, 1 + 1j, 1 - 1j, 3 + 0.01j, 3 - 0.01j), (1.0, 2.0, 3.0, 2 + 1j, 2 - 1j),
    (-4e-8, 8e5, 2e7), (-3e7, -7e6, -5e3, -7e-7, 8e6),
])  # fmt: skip
def test_simple_roots_are_found_and_sorted(roots):
    real = sorted(r.real for r in roots if np.imag(r) == 0)
    found, multiple = alone(from_roots(*roots))
    assert found[: len(real)] == pytest.approx(real, rel=1e-9, abs=1e-12)
    assert np.isnan(found[len(real) :]).all() and not multiple.any()


def test_a_step_of_aberth_triples_the_digits_of_all_roots_at_once():
    true = np.array([[1.0], [2.0], [4.0], [3 + 1j], [3 - 1j]])
    start = true + 1e-3 * np.array([[1.0], [-1.0], [1j], [1.0], [1.0]])
    found = roots._refined(from_roots(*true[:, 0])[:, None], start, steps=1)
    assert np.abs(found - true).max() < 1e-7


def test_real_roots_are_polished(monkeypatch):
    monkeypatch.setattr(roots, "_refined", lambda monic, found: found * (1 + 1e-6))
    found, _ = alone(from_roots(1.0, 2.0, 3.0, 4.0, 5.0))
    assert found == pytest.approx([1, 2, 3, 4, 5], rel=1e-11)


@pytest.mark.parametrize("p", [1e-12, -1e-12, 1e-12j])
@pytest.mark.parametrize("q", [1.0, -1.0, 1j, -1j, 0.6 - 0.8j, 1e-3])
def test_nothing_cancels_in_the_cube_root_of_a_cubic(p, q):
    found = complex_roots(np.array([[q], [p], [0.0], [1.0]]))[:, 0]
    np.testing.assert_allclose(found**3, -q - p * found, rtol=1e-9)
    assert len(set(np.round(found / abs(q) ** (1 / 3), 6))) == 3


def test_a_triple_root_is_there_three_times():
    np.testing.assert_allclose(complex_roots(np.array([[-1.0], [3.0], [-3.0], [1.0]])), 1.0)


def test_a_double_root_is_listed_twice_and_marked():
    found, multiple = alone(from_roots(0.3, 0.3, 2.0, 1 + 2j, 1 - 2j))
    assert found[:3] == pytest.approx([0.3, 0.3, 2.0], rel=1e-6)
    assert multiple.tolist() == [True, True, False, False, False]


def test_a_near_miss_is_no_root():
    """A pair that stays 1e-4 off the axis is no fold."""
    found, _ = alone(from_roots(1 + 1e-4j, 1 - 1e-4j, 5.0))
    assert np.isfinite(found).sum() == 1


def test_a_batch_equals_the_loop():
    rng = np.random.default_rng(7)
    batch = rng.normal(size=(6, 200))
    together, _ = real_roots(batch)
    for k in range(200):
        assert together[:, k] == pytest.approx(next(alone(batch[:, k])), rel=1e-12, nan_ok=True)


def random_matrices(n, m, seed=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, n, m)) + 1j * rng.normal(size=(n, n, m))


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6])
def test_characteristic_polynomials_vanish_at_the_eigenvalues(n):
    M = random_matrices(n, 40)
    roots = complex_roots(characteristic(M))
    for k in range(40):
        expected = np.linalg.eigvals(M[..., k])
        gaps = np.abs(expected[:, None] - roots[:, k])
        assert gaps.min(0).max() < 1e-11 and gaps.min(1).max() < 1e-11


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_the_adjugate_over_the_determinant_is_the_inverse(n):
    M, s = random_matrices(n, 10), 0.7 - 0.3j
    v = random_matrices(n, 10, seed=4)[0]
    c = characteristic(M)
    solved = horner(adjugate_times(M, c, v), s)[0] / horner(c, s)[0]
    expected = np.linalg.solve(s * np.eye(n) - np.moveaxis(M, -1, 0), v.T[..., None])[..., 0].T
    assert solved == pytest.approx(expected, rel=1e-9)


def test_the_square_modulus_is_that_of_the_value():
    a, x = random_matrices(4, 5)[0], 1.7
    assert horner(square_modulus(a), x)[0] == pytest.approx(abs(horner(a, x)[0]) ** 2)


def test_routh_tells_left_from_right_and_admits_what_it_cannot_tell():
    rng = np.random.default_rng(5)
    right = left = 0
    for _ in range(300):
        pairs = rng.normal(-0.7, 1, 3) + 1j * rng.normal(size=3)
        roots = [*pairs, *pairs.conj(), *rng.normal(-0.7, 1, 2)]
        expected = -1 if max(np.real(roots)) > 0 else 1
        assert routh(from_roots(*roots)[:, None])[0] == expected
        left, right = left + (expected > 0), right + (expected < 0)
    assert min(left, right) > 30
    on_the_axis = from_roots(1j, -1j, -1.0, -2.0)
    assert routh(np.stack([on_the_axis, np.full(5, np.nan)], axis=-1)).tolist() == [0, 0]
