"""Chapter 6: the maps agree with the library, and the captions are unstable."""

import numpy as np
import pytest

import omcore as om
from drawings.stability import root_locus, stability_map
from omcore.stability import eigenvalues

W = om.PAPER.omega_m


def test_operating_points_are_stable_and_the_caption_of_fig_4_is_not(reading):
    assert max(root_locus.data(resolution=3, reading=reading).slowest.values()) < -0.08
    for case, x in stability_map.CAPTION.items():
        lead = eigenvalues(om.CASES[case].replace(Delta_c=x * W), reading)[..., 0]
        assert lead.real > 0.005 and lead.imag == pytest.approx(1, abs=0.1)  # the mirror rings


@pytest.mark.parametrize("other", ["power", "Delta_a"])
def test_maps_agree_with_the_library(other):
    maps = stability_map.data(other=other, resolution=9)
    unit = W if other == "Delta_a" else 1.0
    q = om.CASES["cw"].replace(Delta_c=W * maps.detuning, **{other: unit * maps.values[:, None]})
    assert np.array_equal(maps.growth["cw"].real < 0, om.solve(q).stable)
