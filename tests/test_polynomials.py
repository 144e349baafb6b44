"""Real roots with multiplicity."""

import numpy as np
import pytest

from omcore.numerics.polynomials import real_roots


def from_roots(*roots):
    return np.poly(roots).real[::-1]


@pytest.mark.parametrize("roots", [
    (1.0, 2.0, 3.0, 4.0, 5.0), (-3.0, 1e-3, 0.5, 7.0, 900.0), (0.0, 1.0, 1j, -1j, 4.0),
    (2.0, 1 + 1j, 1 - 1j, 3 + 0.01j, 3 - 0.01j),
])  # fmt: skip
def test_simple_roots_are_found_and_sorted(roots):
    real = sorted(r.real for r in roots if np.imag(r) == 0)
    found, multiple = real_roots(from_roots(*roots))
    assert found[: len(real)] == pytest.approx(real, rel=1e-9, abs=1e-12)
    assert np.isnan(found[len(real) :]).all() and not multiple.any()


def test_a_double_root_is_listed_twice_and_marked():
    found, multiple = real_roots(from_roots(0.3, 0.3, 2.0, 1 + 2j, 1 - 2j))
    assert found[:3] == pytest.approx([0.3, 0.3, 2.0], rel=1e-6)
    assert multiple.tolist() == [True, True, False, False, False]


def test_a_near_miss_is_no_root():
    """A pair that stays 1e-4 off the axis is no fold."""
    found, _ = real_roots(from_roots(1 + 1e-4j, 1 - 1e-4j, 5.0))
    assert np.isfinite(found).sum() == 1


def test_a_batch_equals_the_loop():
    rng = np.random.default_rng(7)
    batch = rng.normal(size=(4, 50, 6))
    together, _ = real_roots(batch)
    for index in np.ndindex(4, 50):
        alone, _ = real_roots(batch[index])
        assert together[index] == pytest.approx(alone, rel=1e-12, nan_ok=True)
