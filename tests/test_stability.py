"""Growth rates and edges of stability, against closed forms and against the library."""

import numpy as np
import pytest

import omcore as om
from drawings.covariance.sideband_cooling import rates
from drawings.stability.two_mode_stability import drift, thresholds
from omcore.stability import (
    by_growth,
    eigenvalues,
    margin,
)

W = om.PAPER.omega_m
each_reading = pytest.mark.parametrize("reading", ["self-consistent", "bare-detuning"])


@pytest.mark.parametrize("kappa, gamma_m", [(0.1, 1e-3), (0.6, 8e-5), (1.7, 0.05)])
def test_thresholds_are_where_an_eigenvalue_crosses(kappa, gamma_m):
    """The closed forms of Routh and Hurwitz, from both sides, and the kind of instability."""
    x = np.array([-2.0, -1.0, -0.3, 0.2, 0.5, 1.0, 2.0])
    edge = np.where(x > 0, *thresholds(x, kappa, gamma_m))
    below, above = (
        by_growth(drift(x, f * edge, kappa, gamma_m))[:, 0] for f in (1 - 1e-3, 1 + 1e-3)
    )
    assert (below.real < 0).all() and (above.real > 0).all()
    assert (abs(above.imag[x > 0]) < 1e-12).all()  # fold: a real eigenvalue
    assert (above.imag[x < 0] > 0.5).all()  # Hopf: an oscillation near omega_m


def test_optical_antidamping_sets_the_hopf_point():
    """Gamma = -gamma_m, with the rates of sideband cooling, for small gamma_m."""
    x, kappa, gamma_m = np.array([-1.5, -1.0, -0.5]), 0.4, 1e-6
    _, G = thresholds(x, kappa, gamma_m)
    minus, plus = rates(G, x, kappa, 1.0)
    assert minus - plus == pytest.approx(-gamma_m, rel=1e-4)


@each_reading
def test_the_edge_is_where_the_driven_mode_turns_blue(reading):
    for q in om.CASES.values():
        edges = margin(q, reading)
        edge = q.replace(Delta_c=edges.Delta_c)
        shifted = om.cavity_detunings(edge)[q.drive] - q.G_0 * om.mean_field(edge, reading).q
        assert -0.1 * W < shifted < 0
        assert edges.power > q.power
        assert abs(eigenvalues(edge, reading)[0].imag) > 0.9  # a Hopf point


def test_a_mirror_that_nothing_damps_is_no_stable_point():
    with pytest.raises(om.UnstableError, match="grow at 0 omega_m"):
        margin(om.PAPER.replace(power=0.0, gamma_m=0.0))


def test_the_leading_eigenvalue_decides_on_stability():
    p = om.PAPER.replace(Delta_c=W * np.linspace(-2, 5, 40))
    values = eigenvalues(p)
    assert values.shape == (40, 8)
    assert (np.diff(values.real) <= 0).all()
    assert np.array_equal(om.solve(p).growth < 0, om.solve(p).stable)


def test_in_the_dark_every_mode_keeps_its_own_rate():
    """Without light the mirror is damped at half its energy rate; light and atoms as given."""
    p = om.PAPER.replace(power=0.0, G_a=0.0)
    found = np.sort(eigenvalues(p).real)
    own = -np.repeat([p.kappa, p.kappa, p.gamma_a, p.gamma_m / 2], 2) / W
    assert found == pytest.approx(np.sort(own), rel=1e-6)


def test_the_drift_matrix_of_one_cavity_mode_crosses_at_the_closed_form():
    """Without atoms and rotation, driven on the blue side: growth begins where G passes the Hopf point."""
    p = om.PAPER.replace(
        G_a=0.0, angular_velocity=0.0, Delta_c=-W, power=np.geomspace(1e-7, 1e-4, 13)
    )
    s = om.solve(p)
    _, hopf = thresholds(s.effective_detuning("driven") / W, p.kappa / W, p.gamma_m / W)
    beyond = abs(s.coupling("driven")) / W > hopf
    assert np.array_equal(om.solve(p).growth > 0, beyond) and beyond.any() and not beyond.all()


def test_a_system_given_in_units_of_its_mirror_has_the_eigenvalues_of_the_closed_form_matrix():
    mirror = dict(omega_m=1.0, gamma_m=1e-3, n_m=0.0)
    given = om.System(modes=["c"], H=[[1.2]], decay=[0.5], coupling=[0.4], **mirror)
    expected = by_growth(drift(1.2, 0.4, 0.5, 1e-3))
    assert eigenvalues(given) == pytest.approx(expected, rel=1e-12)


def test_edge_of_an_entry_or_a_reason_why_not():
    from omcore.stability import edge

    amplifier = om.System(modes=["c"], H=[[0.0]], decay=[0.5], squeezing=[[0.1]], mirrors=())
    assert edge(amplifier, "squeezing[0,0]", 1.0) == pytest.approx(0.5)
    assert np.isnan(edge(amplifier, "squeezing[0,0]", 0.4))
    turned = amplifier.replace(squeezing=[[0.1j]])
    for system, name in ((turned, "squeezing[0,0]"), (amplifier, "nope"), (amplifier, "H[3,3]")):
        with pytest.raises(om.ParameterError, match="give one|use one of"):
            edge(system, name, 1.0)
