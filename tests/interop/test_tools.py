"""Conventions: there and back, what they must keep, and which wrong ones are noticed."""

from dataclasses import replace

import numpy as np
import pytest
from points import random_states, squeezed, two_mode_squeezed

import omcore as om
from omcore.interop.tools import (
    CONVENTIONS,
    Convention,
    from_convention,
    mean_from_convention,
    mean_to_convention,
    to_convention,
)

each_convention = pytest.mark.parametrize("name", CONVENTIONS)
OPERATING_V = [
    om.solve(p, reading=reading).V
    for p in om.operating_points().values()
    for reading in om.MEAN_FIELDS
]


@each_convention
@pytest.mark.parametrize("n", [1, 2, 4])
def test_there_and_back_is_where_it_was(name, n):
    V = random_states(n, 6).reshape(2, 3, 2 * n, 2 * n)
    u = np.random.default_rng(n).normal(size=(2, 3, 2 * n))
    np.testing.assert_allclose(from_convention(to_convention(V, name), name), V, rtol=1e-15)
    back = mean_from_convention(mean_to_convention(u, name), name)
    np.testing.assert_allclose(back, u, rtol=1e-15)
    one = to_convention(V[1, 2], name)
    assert (to_convention(V, name)[1, 2] == one).all()  # a batch is the loop
    assert (mean_to_convention(u, name)[1, 2] == mean_to_convention(u[1, 2], name)).all()


@each_convention
def test_the_vacuum_has_its_variance_and_a_coherent_state_its_mean(name):
    vacuum = CONVENTIONS[name].vacuum
    assert (to_convention(np.eye(6) / 2, name) == vacuum * np.eye(6)).all()
    # <x> of |alpha = 1> is 2 sqrt(vacuum) in every convention: one photon, (<x²> - vacuum)/(2 hbar)
    u = mean_to_convention([np.sqrt(2), 0.0, 0.0, 0.0], name)
    assert u[0] == pytest.approx(2 * np.sqrt(vacuum), rel=1e-15) and not u[1:].any()


@each_convention
def test_covariances_of_sampled_quadratures_go_as_their_means_do(name):
    """V and u by one rule: the covariance of converted samples is the converted covariance."""
    rng = np.random.default_rng(1)
    u = rng.normal(size=(500, 6)) * [1, 3, 2, 1, 4, 1] + rng.normal(size=(500, 1))
    V = np.cov(u.T)
    converted = np.cov(mean_to_convention(u, name).T)
    np.testing.assert_allclose(to_convention(V, name), converted, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("order, omega", [("xpxp", om.symplectic_form(3)),
                                          ("xxpp", np.kron([[0, 1], [-1, 0]], np.eye(3)))])  # fmt: skip
def test_the_order_is_that_of_the_commutators(order, omega):
    """Symplectic eigenvalues by the form that the order has: |eig(i Omega V)|, each twice."""
    V = random_states(3, 1)[0]
    W = to_convention(V, Convention(order, 0.5))
    nu = np.sort(np.abs(np.linalg.eigvals(1j * omega @ W)))[::2]
    np.testing.assert_allclose(nu, om.symplectic_eigenvalues(V), rtol=1e-10)


def test_modes_are_picked_in_the_order_asked_for():
    V, u = random_states(4, 1)[0], np.arange(8.0)
    W = to_convention(V, "thewalrus", modes=("m", "ccw"), names=om.MODES)
    np.testing.assert_array_equal(W, 2 * V[np.ix_([6, 0, 7, 1], [6, 0, 7, 1])])
    np.testing.assert_array_equal(
        mean_to_convention(u, "gabs-pair", (3, 0)), np.sqrt(2) * u[[6, 7, 0, 1]]
    )
    own = ("c", "d", "b1", "b2")
    assert (to_convention(V, "qutip", "b1", own) == V[4:6, 4:6]).all()
    assert (mean_to_convention(u, "qutip", ["b2", "c"], names=own) == u[[6, 7, 0, 1]]).all()
    for wrong in ("a", ("a", "m")):
        with pytest.raises(om.ModeError, match="give names"):
            to_convention(V, "qutip", modes=wrong)


def test_a_solution_brings_its_names_its_mirrors_and_no_classical_variables():
    two = om.System(modes=["c", "m"], H=np.eye(2), decay=[1.0, 1.0], drive=[2.0, 0.0], n=[0.0, 0.4],
                    photon_coupling=[[0.1, 0.2], [0, 0]], mirrors=("b1", "b2"), omega_m=[1.0, 2.0],
                    gamma_m=0.1, n_m=3.0, aliases={"cavity": "c"})  # fmt: skip
    s, e = om.solve(two), om.evolve(two, [0.0, 1.0, 5.0])
    rows = [6, 0, 7, 1]
    W = to_convention(s, "thewalrus", modes=("b2", "cavity"))
    np.testing.assert_array_equal(W, 2 * s.V[np.ix_(rows, rows)])
    np.testing.assert_array_equal(
        to_convention(e, "thewalrus", ("b2", "c"))[2], 2 * e.V[2][np.ix_(rows, rows)]
    )
    u = s.mean_field.quadratures()
    np.testing.assert_allclose(mean_to_convention(s, "gabs-block", "b2"), np.sqrt(2) * u[[6, 7]])
    np.testing.assert_allclose(mean_to_convention(e, "gabs-pair"), np.sqrt(2) * e.u)
    fed_back = om.Linear(("a",), -np.eye(3), np.eye(3), classical=("filter",))
    measured = om.solve(fed_back)
    np.testing.assert_allclose(to_convention(measured, "thewalrus"), np.eye(2))
    with pytest.raises(om.ParameterError, match="Solution of a Linear, which has no mean"):
        mean_to_convention(measured, "thewalrus")
    for wrong in ("filter", "b3", ("c", "cavity")):
        with pytest.raises(om.ModeError, match="use|name"):
            to_convention(s if wrong != "filter" else measured, "qutip", wrong)


def test_another_hbar_is_another_vacuum():
    V = random_states(2, 1)[0]
    hbar_1 = replace(CONVENTIONS["thewalrus"], vacuum=0.5)
    np.testing.assert_allclose(2 * to_convention(V, hbar_1), to_convention(V, "thewalrus"))


def test_the_printed_states_of_gabs_jl_are_what_they_are_called():
    """Gabs.jl is not run here. Its docstrings print an EPR state of r = 1/2, and |1 - i> beside a vacuum."""
    c, s = 1.54308, 0.830993
    printed = [[c, 0, -s, -s], [0, c, -s, s], [-s, -s, c, 0], [-s, s, 0, c]]
    V = from_convention(printed, "gabs-pair")
    assert om.log_negativity(V, 0, 1) == pytest.approx(2 * 0.5, abs=1e-5)
    assert om.purity(V) == pytest.approx(1, abs=1e-5)
    mean = mean_from_convention([0, 0, 2, -2], "gabs-pair")
    assert mean[2:] / np.sqrt(2) == pytest.approx([1, -1])


# ---- wrong conventions


def test_the_wrong_order_is_refused_at_every_operating_point_and_for_random_modes():
    for V in (*OPERATING_V, *random_states(4, 40)):
        for written, read in (("thewalrus", "gabs-pair"), ("gabs-pair", "gabs-block")):
            with pytest.raises(om.MatrixError, match="give the convention that it was made in"):
                from_convention(to_convention(V, written), read)


def test_too_large_a_vacuum_is_refused_where_there_is_little_noise():
    for V in (squeezed(0.7, 0.0), two_mode_squeezed(0.4)):
        with pytest.raises(om.MatrixError, match=r"vacuum of 1 .* eigenvalue -0\.\d+ < 0"):
            from_convention(to_convention(V, "qutip"), "gabs-pair")


def test_what_no_check_can_see_is_as_the_docstring_says():
    pair = to_convention(two_mode_squeezed(0.5), "gabs-block")
    apart = from_convention(pair, "gabs-pair")
    assert om.log_negativity(apart, 0, 1) == 0 and om.purity(apart) == pytest.approx(1)
    np.testing.assert_allclose(om.purity(apart, 0), 1)  # each mode alone is pure, and squeezed
    doubled = from_convention(to_convention(two_mode_squeezed(0.5), "gabs-pair"), "qutip")
    assert om.log_negativity(doubled, 0, 1) == pytest.approx(1 - np.log(2))


# ---- at the door


def test_what_is_unstable_stays_nan_and_hides_no_wrong_point():
    V = np.stack([np.full((4, 4), np.nan), two_mode_squeezed(0.3)])
    assert np.isnan(to_convention(V, "thewalrus")[0]).all()
    assert np.isnan(from_convention(V, "qutip")[0]).all()
    with pytest.raises(om.MatrixError, match="no quantum state"):
        from_convention(V, "gabs-pair")
