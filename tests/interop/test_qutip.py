"""QuTiP on the same states: its negativity of V, states of Fock space, and what its g does (5.3.1)."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest
import qutip
from points import random_states
from qutip import continuous_variables as cv

import omcore as om
from interop.test_tools import OPERATING_V
from omcore.gaussian.states import two_mode_squeezed, two_mode_squeezed_negativity
from omcore.interop.tools import (
    CONVENTIONS,
    Convention,
    from_convention,
    mean_to_convention,
    to_convention,
)

N = 18  # photons kept: amplitudes left out are below tanh(0.4)^18 = 3e-8
R = 0.4
ROOT_2 = np.sqrt(2)


def squeezed_pair(r, transmission):
    """Two modes squeezed together, in Fock space, each weakened by the loss of single photons."""
    a = qutip.destroy(N)
    k = np.arange(N)
    amplitudes = np.diag(np.tanh(r) ** k / np.cosh(r)).ravel()
    state = qutip.ket2dm(qutip.Qobj(amplitudes, dims=[[N, N], [1, 1]]))
    kept = qutip.Qobj(np.diag(np.sqrt(transmission) ** k))
    lost = [np.sqrt((1 - transmission) ** m / factorial(m)) * kept * a**m for m in k]
    for side in (0, 1):
        whole = [on(side, K) for K in lost]
        state = sum(K * state * K.dag() for K in whole)
    return state


def on(side, one):
    """An operator of one of the two modes."""
    return qutip.tensor(*((qutip.qeye(N), one) if side else (one, qutip.qeye(N))))


def quadratures(g=ROOT_2):
    modes = on(0, qutip.destroy(N)), on(1, qutip.destroy(N))
    return [part for a in modes for part in ((a + a.dag()) / g, -1j * (a - a.dag()) / g)]


def agrees(V, i, j):
    theirs = cv.logarithmic_negativity(to_convention(V, "qutip", (i, j)))
    assert theirs * np.log(CONVENTIONS["qutip"].base) == pytest.approx(
        om.log_negativity(V, i, j), abs=1e-7
    )


def test_negativity_of_random_states():
    for V in random_states(2, 30):
        agrees(V, 0, 1)


@pytest.mark.parametrize("V", OPERATING_V)
def test_negativity_of_all_pairs_at_the_operating_points(V):
    for i, j in combinations(range(4), 2):
        agrees(V, i, j)
    assert max(om.log_negativity(V, 2, 3), om.log_negativity(V, 0, 3)) > 0.01


@pytest.mark.parametrize("t", [0.6, 1.0])
def test_a_state_made_in_fock_space(t):
    rho = squeezed_pair(R, t)
    assert rho.tr() == pytest.approx(1, abs=1e-10)
    V = from_convention(cv.covariance_matrix(quadratures(), rho).real, "qutip")
    np.testing.assert_allclose(V, two_mode_squeezed(R, t), atol=1e-9)
    E = om.log_negativity(V, 0, 1)
    assert E == pytest.approx(two_mode_squeezed_negativity(R, t), abs=1e-8)
    # of the density matrix itself, with no covariances; here QuTiP's logarithm has base 2
    fock = qutip.negativity(rho, 0, method="eigenvalues", logarithmic=True)
    assert fock * np.log(2) == pytest.approx(E, abs=1e-6)
    assert rho.purity() == pytest.approx(om.purity(V), abs=1e-8)
    assert qutip.entropy_vn(rho) == pytest.approx(om.entropy(V), abs=1e-6)
    half = rho.ptrace(0)
    assert qutip.entropy_vn(half) == pytest.approx(om.entropy(V, 0), abs=1e-6)
    assert qutip.expect(qutip.num(N), half) == pytest.approx((V[0, 0] + V[1, 1] - 1) / 2, abs=1e-9)


def test_means_of_a_displaced_state():
    alpha, beta = 0.5 - 0.3j, 0.4j
    state = qutip.tensor(qutip.coherent(N, alpha), qutip.coherent(N, beta))
    u = [qutip.expect(x, state) for x in quadratures()]
    mine = mean_to_convention(np.sqrt(2) * np.array([0.5, -0.3, 0, 0.4]), "qutip")
    np.testing.assert_allclose(mine, np.real(u), atol=1e-9)


def test_fidelity_and_wigner_function_of_displaced_squeezed_thermal_states_in_fock_space():
    def state(n, r, alpha):
        """Its density matrix with 60 levels, covariances and means."""
        thermal = qutip.thermal_dm(60, n) if n else qutip.fock_dm(60, 0)
        S = qutip.displace(60, alpha) * qutip.squeeze(60, r)
        V = (n + 0.5) * np.diag(np.exp([-2 * r, 2 * r]))
        return S * thermal * S.dag(), V, ROOT_2 * np.array([alpha.real, alpha.imag])

    rho, V, u = state(0.3, 0.4, 0.5 - 0.3j)
    for other, W, w in (state(0.6, -0.2, 0.2j), state(0, 0.3, 0.4 + 0j)):
        root = qutip.fidelity(rho, other)  # QuTiP's is not squared
        assert om.fidelity(V, W, u, w) == pytest.approx(root**2, abs=1e-6)
    x = np.linspace(-2, 2, 9)
    theirs = qutip.wigner(rho, x, x, g=ROOT_2)
    np.testing.assert_allclose(om.wigner(V, np.stack(np.meshgrid(x, x), -1), u), theirs, atol=1e-6)


# ---- what QuTiP's g does, so that a change of QuTiP is noticed


def forgetful(V, g):
    """-ln 2 nu of V of vacuum 1/2, with nu² = [σ - √(σ² - 4 det V / (g²/2)⁴)] / 2: the error in one place."""
    det = lambda M: np.linalg.det(M)
    sigma = det(V[:2, :2]) + det(V[2:, 2:]) - 2 * det(V[:2, 2:])
    nu = np.sqrt((sigma - np.sqrt(sigma**2 - 4 * det(V) / (g**2 / 2) ** 4)) / 2)
    return max(0.0, -np.log(2 * nu))


@pytest.mark.parametrize("g", [1.5, 2.0, 3.0])
def test_with_a_larger_g_qutip_forgets_to_scale_the_determinant(g):
    written = Convention("xpxp", vacuum=1 / g**2)
    for r, t in ((0.0, 1.0), (0.2, 0.7), (0.5, 1.0)):
        V = two_mode_squeezed(r, t)
        theirs = to_convention(V, written)
        assert cv.logarithmic_negativity(theirs, g) == pytest.approx(forgetful(V, g), rel=1e-9)
        assert forgetful(V, g) > om.log_negativity(V, 0, 1) + 0.05  # and finds too much
        remedy = to_convention(from_convention(theirs, written), "qutip")
        right = two_mode_squeezed_negativity(r, t)
        assert cv.logarithmic_negativity(remedy) == pytest.approx(right, abs=1e-7)


def test_with_g_2_qutip_finds_the_vacuum_entangled():
    said = cv.logarithmic_negativity(np.eye(4) / 4, g=2)
    assert said == pytest.approx(-np.log(1 - np.sqrt(15) / 4) / 2, rel=1e-12)
    assert said == pytest.approx(1.72, abs=0.005)
    vacuum = qutip.ket2dm(qutip.tensor(qutip.basis(N, 0), qutip.basis(N, 0)))
    assert cv.covariance_matrix(quadratures(2), vacuum) == pytest.approx(np.eye(4) / 4)


def test_with_a_smaller_g_it_finds_too_little_or_warns_of_a_root_and_finds_none():
    written = Convention("xpxp", vacuum=1.0)
    with pytest.warns(RuntimeWarning, match="invalid value encountered in sqrt"):
        assert cv.logarithmic_negativity(to_convention(two_mode_squeezed(0.5), written), g=1) == 0
    said = cv.logarithmic_negativity(to_convention(two_mode_squeezed(1.0), written), g=1)
    assert said == pytest.approx(forgetful(two_mode_squeezed(1.0), 1), rel=1e-9)
    assert said == pytest.approx(0.61, abs=0.005)  # E_N is 1 and 2


def test_from_a_correlation_matrix_qutip_keeps_the_means_in():
    state = qutip.tensor(qutip.coherent(N, 1.0), qutip.basis(N, 0))
    a1, a2 = on(0, qutip.destroy(N)), on(1, qutip.destroy(N))
    second_moments = cv.correlation_matrix_quadrature(a1, a2, state)
    assert cv.wigner_covariance_matrix(R=second_moments)[0, 0] == pytest.approx(2.5, abs=1e-6)
    V = cv.wigner_covariance_matrix(a1, a2, rho=state)
    np.testing.assert_allclose(V, np.eye(4) / 2, atol=1e-6)
