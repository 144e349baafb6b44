"""Chapter 14: the distances of the readings, and where the power puts the largest entanglement."""

import numpy as np
import pytest

import omcore as om
from drawings.verdict import equilibrium, evidence
from omcore.paper.claims import CLAIMS


def test_each_distance_is_that_of_the_ledger():
    d, row = evidence.data(), 0
    for claim in (claim for claim in CLAIMS if not claim.variant_of):
        found = claim.found()["bare-detuning"]
        for part, quoted in claim.quoted.items():
            if getattr(quoted, "relation", "") == "=":
                assert d.difference["bare-detuning"][row] == found[part] / quoted.value - 1
                row += 1
    assert row == len(d.labels) == len(d.tolerance)


def test_the_curve_over_the_power_passes_through_the_operating_points(reading):
    d = equilibrium.data(resolution=5, reading=reading)
    for case, p in om.CASES.items():
        q = p.replace(Delta_a=-p.omega_m)
        s = om.solve(q, reading)
        here = abs(s.coupling("driven")) / q.G_a, s.log_negativity("a", "m")
        assert d.here[case] == pytest.approx(here)
        rising = d.ratio[case][np.isfinite(d.ratio[case])]
        assert (np.diff(rising) > 0).all()
