"""V in closed form: the Lyapunov equation decides, and where poles coincide the general solver answers."""

import mpmath
import numpy as np
import pytest
from oracle.fifty_digits import covariance_in_floats
from points import random_parameters

import omcore as om
from omcore.engine import response
from omcore.stability import light_response

W = om.PAPER.omega_m
MIRROR = dict(omega_m=1.0, gamma_m=1e-4, n_m=20.0)


@pytest.fixture
def general_points(monkeypatch):
    """How many points the general solver was asked for."""
    asked = []

    def lyapunov(A, D):
        asked.append(len(A))
        return om.lyapunov(A, D)

    monkeypatch.setattr(response, "lyapunov", lyapunov)
    return asked


def exceptional_point(offset=0.0):
    """A cavity and atoms whose two poles coincide: equal detunings, decay rates apart by 2 G_a."""
    kappa, gamma_a = 0.9, 0.3
    G_a = (kappa - gamma_a) / 2 * (1 + offset)
    H = [[1.0, G_a], [G_a, 1.0]]
    return om.System(modes=["c", "a"], H=H, decay=[kappa, gamma_a], coupling=[0.4, 0.0], **MIRROR)


def triple_point():
    """Three modes whose poles all coincide: a nilpotent block plus a multiple of one."""
    j = 0.3
    return om.System(
        modes=["x", "y", "z"], H=[[0.8, j, 0], [j, 0.8, j], [0, j, 0.8]],
        decay=[0.7 + np.sqrt(2) * j, 0.7, 0.7 - np.sqrt(2) * j], coupling=[0.3, 0.0, 0.0], **MIRROR,
    )  # fmt: skip


def equal_modes_without_atoms():
    """G_a = 0 at rest: two cavity modes with one pole."""
    return om.system(om.CASES["stationary"].replace(G_a=0.0, counter_drive=0.3))


def one_mode_alone():
    return om.System(modes=["c"], H=[[0.9]], decay=[0.5], coupling=[0.3], **MIRROR)


def modes_that_nothing_couples():
    return om.System(modes=["c", "a"], H=np.eye(2), decay=[0.5, 0.5], coupling=[0.0, 0.0], **MIRROR)


@pytest.mark.parametrize("make, general", [
    (exceptional_point, True), (triple_point, True), (equal_modes_without_atoms, True),
    (one_mode_alone, False), (modes_that_nothing_couples, None),
])  # fmt: skip
def test_where_poles_coincide_the_general_solver_takes_over(make, general, general_points):
    s = om.solve(make())
    assert s.stable and om.backward_residual(s.A, s.D, s.V) < 3e-14
    V = covariance_in_floats(s.A / s.system.omega_m, s.D / s.system.omega_m)
    assert s.V == pytest.approx(V, rel=1e-10, abs=1e-10)
    assert general is None or bool(general_points) == general


@pytest.mark.parametrize("offset", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12])
def test_near_an_exceptional_point_no_digits_are_lost(offset):
    s = om.solve(exceptional_point(offset))
    V = covariance_in_floats(s.A, s.D)
    assert om.backward_residual(s.A, s.D, s.V) < 3e-14
    assert s.log_negativity("a", "m") == pytest.approx(om.log_negativity(V, 1, 2), abs=1e-12)


def test_elsewhere_the_closed_form_answers_alone(general_points):
    s = om.solve(random_parameters(2000))
    assert s.stable.sum() > 1000 and sum(general_points) < 0.01 * s.stable.sum()


def test_a_closed_form_gone_wrong_is_noticed(monkeypatch):
    """The judge does not trust it: a wrong entry in V is replaced, not returned."""
    right = om.solve(om.PAPER)
    assembled = response._assembled
    monkeypatch.setattr(response, "_assembled", lambda *a: assembled(*a) * (1 + 1e-9))
    assert om.solve(om.PAPER).V == pytest.approx(right.V, rel=1e-12, abs=1e-13)


def test_errors_against_fifty_digits_are_no_larger_than_those_of_the_general_solver():
    s = om.solve(random_parameters(60))
    A, D = s.A[s.stable] / W, s.D[s.stable] / W
    exact = np.array([covariance_in_floats(a, d) for a, d in zip(A, D, strict=True)])
    size = np.abs(exact).max((-1, -2), keepdims=True)
    closed, general = ((np.abs(V - exact) / size).max() for V in (s.V[s.stable], om.lyapunov(A, D)))
    assert closed < 1e-12 and closed <= 2 * general


def near_the_fold(distance):
    """A cavity whose G is off the fold, G² Delta = omega_m (kappa² + Delta²), by so much; stable below it."""
    kappa, Delta = 0.7, 0.8
    G = np.sqrt((kappa**2 + Delta**2) / Delta) * (1 + distance)
    return om.System(modes=["c"], H=[[Delta]], decay=[kappa], coupling=[G], **MIRROR)


@pytest.mark.parametrize(
    "distance", [1e-3, 1e-6, 1e-9, 1e-11, 1e-13, -1e-13, -1e-11, -1e-9, -1e-6, -1e-3]
)
def test_stability_is_right_to_the_edge(distance):
    s = om.solve(near_the_fold(distance))
    with mpmath.workdps(50):
        growth = max(
            mpmath.re(x) for x in mpmath.eig(mpmath.matrix(s.A.tolist()), left=False, right=False)
        )
    assert (growth < 0) == (distance < 0)
    assert (s.status == "unstable") == (distance > 0)


def test_a_state_swamped_by_rounding_is_refused_and_no_other(monkeypatch):
    """Near the fold V grows beyond 1e9 vacua: what is left of the vacuum in it is rounding."""
    right = []
    for distance in -(10.0 ** np.arange(-3, -14, -1)):
        s = om.solve(near_the_fold(distance))
        V = covariance_in_floats(s.A, s.D)
        if s.stable:
            assert om.log_negativity(s.V, 0, 1) == pytest.approx(
                om.log_negativity(V, 0, 1), abs=1e-5
            )
        else:
            assert s.status == "unresolved" and np.isnan(s.log_negativity("c", "m"))
            with pytest.raises(om.UnstableError, match="is unresolved: it decays at .*; move away"):
                s.require_stable()
        right.append(bool(s.stable))
    assert right == sorted(right, reverse=True) and right[0] and not right[-1]
    monkeypatch.setattr("omcore.solution.swamped", lambda A, D, V: np.zeros(len(V), bool))
    swamped = om.solve(near_the_fold(-1e-13))
    wrong = om.log_negativity(swamped.V, 0, 1) if om.is_physical(swamped.V) else np.inf
    exact = om.log_negativity(covariance_in_floats(swamped.A, swamped.D), 0, 1)
    assert abs(wrong - exact) > 1e-5  # what the guard is for


def test_routh_and_the_eigenvalues_agree_on_every_random_point():
    p = random_parameters(5000)
    field = om.mean_field(p)
    A = om.drift_matrix(p, field)
    assert np.array_equal(response.decays(om.system(p), field, A), om.is_stable(A))


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_the_zeros_of_the_response_are_the_eigenvalues_of_the_drift_matrix(reading):
    r"""s² + γs + 1 - i[χ(s) - χ*(s)] = 0, in units of omega_m."""
    for p in om.CASES.values():
        for s in np.linalg.eigvals(om.solve(p, reading).A / W):
            chi, mirrored = (
                light_response(p, s, reading),
                np.conj(light_response(p, np.conj(s), reading)),
            )
            terms = [s**2, p.gamma_m / W * s, 1, -1j * chi, 1j * mirrored]
            assert abs(sum(terms)) < 1e-9 * max(map(abs, terms))


def test_the_bracket_is_optical_damping_and_spring_at_weak_coupling():
    p = om.CASES["stationary"].replace(G_a=0.0, power=1e-7, kappa=0.2 * W, gamma_m=5.0)
    bracket = light_response(p, 1j) - np.conj(light_response(p, -1j))
    slow = max(np.linalg.eigvals(om.solve(p).A / W), key=lambda value: (value.real, value.imag))
    assert slow.real == pytest.approx((bracket.real - p.gamma_m / W) / 2, rel=1e-3)
    assert slow.imag - 1 == pytest.approx(bracket.imag / 2, rel=1e-2)
