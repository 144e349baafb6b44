"""Chapter 9: residuals by focus, and genuine tripartite entanglement of the operating points."""

import numpy as np

import omcore as om
from drawings.contangle import residual_by_focus

W = om.PAPER.omega_m


def test_minimum_of_the_residuals_is_the_library_s():
    d = residual_by_focus.data(resolution=10)
    for case, q in om.CASES.items():
        s = om.solve(q.replace(Delta_a=W * d.detuning))
        assert np.array_equal(d.R[case], s.residual_contangle("driven", "a", "m"), equal_nan=True)
    focuses = d.residual["stationary"]
    stable = np.isfinite(d.R["stationary"])
    assert np.array_equal(d.R["stationary"][stable], focuses["a"][stable])
