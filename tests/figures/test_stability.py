"""Chapter 6: the maps agree with the library, and the captions are unstable."""

import numpy as np
import pytest

import omcore as om
from drawings.stability import stability_map

W = om.PAPER.omega_m


@pytest.mark.parametrize("other", ["power", "Delta_a"])
def test_maps_agree_with_the_library(other):
    maps = stability_map.data(other=other, resolution=9)
    unit = W if other == "Delta_a" else 1.0
    q = om.CASES["cw"].replace(Delta_c=W * maps.detuning, **{other: unit * maps.values[:, None]})
    assert np.array_equal(maps.growth["cw"].real < 0, om.solve(q).stable)
