"""Joint quadratures of two modes: the best pair knows the logarithmic negativity."""

import numpy as np
import pytest
from points import random_states, squeezed, two_mode_squeezed

import omcore as om
from omcore.gaussian.epr import _epr_pair, _epr_ratio, joint_noise


def test_best_pair_of_joint_quadratures_gives_the_negativity_of_any_state():
    """The ratio is 2 nu, never beaten by other directions, and never below the true bound."""
    rng = np.random.default_rng(5)
    for V in random_states(2, 20):
        d, e = _epr_pair(V)
        best = _epr_ratio(V, d, e)
        if om.log_negativity(V, 0, 1):
            assert best == pytest.approx(np.exp(-om.log_negativity(V, 0, 1)), rel=1e-9)
        tried = [_epr_ratio(V, *rng.normal(size=(2, 4))) for _ in range(200)]
        assert min(tried) >= min(best, 1.0) - 1e-12


@pytest.mark.parametrize("r", [0.1, 1.0, 3.0])
def test_a_squeezed_pair_is_quiet_in_the_difference_of_its_positions(r):
    x = joint_noise(two_mode_squeezed(r))
    assert x.least == pytest.approx(np.exp(-2 * r) / 2, rel=1e-9)
    assert x.decibel == pytest.approx(-20 * r / np.log(10))
    assert x.local_least == pytest.approx([np.cosh(2 * r) / 2] * 2)
    assert x.epr_ratio == pytest.approx(np.exp(-2 * r), rel=1e-8) and x.E == pytest.approx(2 * r)


def test_a_quiet_joint_quadrature_alone_proves_nothing():
    x = joint_noise(squeezed(0.5, 0.4))
    assert x.least < 0.5 and x.E == 0 and x.epr_ratio >= 1 - 1e-12
    assert np.linalg.eigvalsh(x.plane)[0] == pytest.approx(x.least)
