"""Purity, entropy and mutual information against closed forms and against Fock space."""

import numpy as np
import pytest
from points import random_states

import omcore as om
from omcore.gaussian.states import two_mode_squeezed

N = np.array([0.0, 1e-3, 0.4, 3.0, 1e6])  # thermal occupations


def thermal(n):
    return (np.asarray(n)[..., None, None] + 0.5) * np.eye(2)


def test_thermal_modes_have_the_purity_and_entropy_of_a_geometric_distribution():
    np.testing.assert_allclose(om.purity(thermal(N)), 1 / (2 * N + 1), rtol=1e-12)
    for n in N[:4]:
        k = np.arange(2000)
        p = np.exp(k * np.log(n / (n + 1)) - np.log1p(n)) if n else np.eye(2000)[0]
        p = p[p > 0]
        assert om.entropy(thermal(n)) == pytest.approx(-(p * np.log(p)).sum(), rel=1e-9, abs=1e-12)
    assert om.entropy(thermal(1e6)) == pytest.approx(np.log(1e6) + 1, rel=1e-6)


def test_halves_of_a_squeezed_pair_are_thermal_and_the_whole_is_pure():
    r = np.array([0.0, 0.3, 1.0, 2.0])
    V = two_mode_squeezed(r)
    np.testing.assert_allclose(om.purity(V), 1, rtol=1e-9)
    assert (om.purity(two_mode_squeezed(np.linspace(0, 3, 200))) <= 1).all()
    np.testing.assert_allclose(om.purity(V, 0), 1 / np.cosh(2 * r), rtol=1e-12)
    np.testing.assert_allclose(om.entropy(V), 0, atol=1e-6)
    half = om.entropy(thermal(np.sinh(r) ** 2))
    np.testing.assert_allclose(om.mutual_information(V, 0, 1), 2 * half, atol=1e-6)


@pytest.mark.parametrize("t", [0.2, 0.8])
def test_a_weakened_pair_has_two_equal_symplectic_eigenvalues(t):
    r = 0.9
    V = two_mode_squeezed(r, t)
    a, c = t * np.cosh(2 * r) / 2 + (1 - t) / 2, t * np.sinh(2 * r) / 2
    nu = np.sqrt(a * a - c * c)
    assert om.purity(V) == pytest.approx(1 / (4 * nu**2), rel=1e-12)
    assert om.entropy(V) == pytest.approx(2 * om.entropy(thermal(nu - 0.5)), rel=1e-12)


@pytest.mark.parametrize("V", random_states(4, 10, strength=0.2))
def test_what_holds_for_every_state(V):
    assert om.purity(V) == pytest.approx(1 / (16 * np.sqrt(np.linalg.det(V))), rel=1e-9)
    S = om.entropy
    for i, j in (([0], [1]), ([0, 2], [1, 3]), ([3], [0, 1, 2])):
        information = om.mutual_information(V, i, j)
        assert information == pytest.approx(S(V, i) + S(V, j) - S(V, i + j), abs=1e-12)
        assert -1e-12 <= information <= 2 * min(S(V, i), S(V, j)) + 1e-12  # Araki and Lieb
        assert information == pytest.approx(om.mutual_information(V, j, i), abs=1e-12)
    more, less = om.mutual_information(V, 0, [1, 2]), om.mutual_information(V, 0, 1)
    assert more >= less - 1e-12  # strong subadditivity


def test_products_share_nothing_and_correlated_noise_does():
    apart = np.diag([0.1, 2.5, 3.0, 0.2])
    assert om.mutual_information(apart, 0, 1) == pytest.approx(0, abs=1e-12)
    classical = np.eye(4) + 0.2 * np.kron([[0, 1], [1, 0]], np.eye(2))
    assert om.log_negativity(classical, 0, 1) == 0 < om.mutual_information(classical, 0, 1)
