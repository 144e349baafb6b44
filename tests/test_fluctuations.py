"""The drift matrix is the Jacobian of the Langevin equations; stability is Routh and Hurwitz's."""

import numpy as np
import pytest
from points import point, random_parameters

import omcore as om


def numerical_jacobian(p, u):
    """Central differences of the flow. It is quadratic in u, so they are exact but for rounding."""
    columns = []
    for k in range(8):
        step = np.zeros(8)
        step[k] = max(1.0, abs(u).max())
        columns.append(
            (om.mean_field_flow(p, u + step) - om.mean_field_flow(p, u - step)) / (2 * step[k])
        )
    return np.stack(columns, axis=-1)


@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_drift_matrix_is_the_jacobian_of_the_langevin_equations(drive):
    sweep = random_parameters(30, drive=drive)
    for k in range(30):
        p = point(sweep, k)
        field = om.mean_field(p)
        A = om.drift_matrix(p, field)
        assert numerical_jacobian(p, field.quadratures()) == pytest.approx(
            A, abs=1e-9 * np.abs(A).max()
        )


def test_every_entry_of_the_drift_matrix_counts():
    """No entry that Eq. 8 fills may vanish at a generic point, or the Jacobian test proves nothing."""
    A = om.drift_matrix(om.PAPER, om.mean_field(om.PAPER))
    assert np.count_nonzero(A) == 8 + 6 + 8 + 4 + 4 - 1 + 2  # the mirror's position is not damped


def optomechanical_pair(kappa, Delta, omega_m, G, gamma_m=0.0):
    """A cavity with real coupling G and a mirror, quadratures (X, Y, q, p)."""
    return np.array([
        [-kappa, Delta, 0, 0],
        [-Delta, -kappa, G, 0],
        [0, 0, 0, omega_m],
        [G, 0, -omega_m, -gamma_m],
    ])  # fmt: skip


@pytest.mark.parametrize("kappa, Delta", [(0.3, 0.5), (1.0, 1.0), (2.0, 0.4)])
def test_routh_hurwitz_of_two_modes(kappa, Delta):
    """For Delta > 0 the pair is stable while omega_m (kappa² + Delta²) > G² Delta."""
    threshold = np.sqrt((kappa**2 + Delta**2) / Delta)
    for factor, stable in ((0.999, True), (1.001, False)):
        A = optomechanical_pair(kappa, Delta, 1.0, factor * threshold, gamma_m=1e-3)
        assert om.is_stable(A) == stable
        assert np.isnan(om.lyapunov(A, np.eye(4))).any() != stable


def test_sideband_cooling_at_weak_coupling():
    """n_f = (gamma_m n + A_+)/(gamma_m + A_- - A_+), from the covariance of the full chain."""
    p = om.CASES["stationary"].replace(
        G_a=0.0, power=1e-6, kappa=5e6, gamma_m=100.0, temperature=0.05
    )
    s = om.solve(p)
    G = abs(s.coupling("driven"))
    Delta = p.omega_m - p.G_0 * s.mean_field.q
    A_minus, A_plus = (
        G**2 * p.kappa / (2 * (p.kappa**2 + (Delta - sign * p.omega_m) ** 2)) for sign in (1, -1)
    )
    expected = (p.gamma_m * p.n_m + A_plus) / (p.gamma_m + A_minus - A_plus)
    occupation = (s.V[6, 6] + s.V[7, 7] - 1) / 2
    assert G < p.kappa / 50
    assert occupation == pytest.approx(expected, rel=2e-3)
    assert occupation < p.n_m / 3  # it does cool


def test_stability_agrees_with_the_lyapunov_solver():
    s = om.solve(random_parameters(2000))
    assert np.array_equal(om.is_stable(s.A), s.stable)
    assert not s.stable.all() and s.stable.any()


def test_diffusion_is_momentum_only_for_the_mirror():
    p = om.PAPER.replace(temperature=0.0)
    w = [p.kappa] * 4 + [p.gamma_a] * 2 + [0.0, p.gamma_m]
    assert np.array_equal(om.diffusion_matrix(p), np.diag(w))


@pytest.mark.parametrize("A", [np.ones(3), np.ones((2, 3))])
def test_is_stable_refuses_what_is_not_square(A):
    with pytest.raises(om.MatrixError, match="shape"):
        om.is_stable(A)
