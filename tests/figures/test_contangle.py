"""Chapter 9: residuals by focus, and genuine tripartite entanglement of the operating points."""

import numpy as np

import omcore as om
from drawings.contangle import biseparable_bound, residual_by_focus, three_mode_states
from omcore.gaussian.witness import best_witness, bipartitions

W = om.PAPER.omega_m


def test_a_mixture_of_pairs_has_a_positive_residual():
    """Biseparable by its making; so a positive residual proves no genuine tripartite entanglement."""
    d = three_mode_states.data(11)
    assert d.mixture.max() > 0.06 and (d.cut[1:] > 0).all()


def test_operating_points_are_genuinely_tripartite_entangled(case, reading):
    V = biseparable_bound.triple(om.CASES[case], reading)
    Z = best_witness(V)
    blocks = [[Z[np.ix_(part, part)] for part in cut] for cut in bipartitions(3)]
    bound = min(sum(om.symplectic_eigenvalues(B).sum() for B in cut) for cut in blocks)
    assert np.linalg.eigvalsh(Z)[0] > 0 and np.trace(Z @ V) < 0.99 * bound


def test_the_proxy_is_negative_in_this_model_and_the_atoms_are_in_focus():
    p = om.CASES["ccw"].replace(
        Delta_c=3.13 * W, kappa=0.23 * W, gamma_a=0.13 * W, temperature=0.025
    )
    residual, _ = residual_by_focus.along(p, np.array([-0.913]))
    assert residual["a"][0] < -2e-4 and min(residual["driven"][0], residual["m"][0]) > 0
    assert om.solve(p.replace(Delta_a=-0.913 * W)).physical


def test_minimum_of_the_residuals_is_the_library_s():
    d = residual_by_focus.data(resolution=10)
    for case, q in om.CASES.items():
        s = om.solve(q.replace(Delta_a=W * d.detuning))
        assert np.array_equal(d.R[case], s.residual_contangle("driven", "a", "m"), equal_nan=True)
    focuses = d.residual["stationary"]
    stable = np.isfinite(d.R["stationary"])
    assert np.array_equal(d.R["stationary"][stable], focuses["a"][stable])
