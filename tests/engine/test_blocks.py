"""Batches in blocks: none of their points is lost, and their memory is used again."""

import numpy as np
import pytest

from omcore.engine.blocks import chunks, tiles


@pytest.mark.parametrize(
    "shape", [(), (1,), (7,), (10**6,), (32, 32, 32, 32), (999, 1001), (2, 3, 10**5)]
)
def test_blocks_tile_the_sweep_and_have_enough_points(shape):
    sides = chunks(shape, 10**4)
    sizes = [np.prod([s.stop - s.start for s in region]) for region in tiles(shape, sides)]
    assert sum(sizes) == np.prod(shape)
    assert np.prod(sides) >= min(10**4, np.prod(shape))
    assert np.prod(sides) < 4 * 10**4 or len(sizes) == 1


@pytest.mark.parametrize("least, sides", [(1000, (1, 40, 30)), (10**6, (50, 40, 30))])
def test_blocks_are_no_larger_than_they_have_to_be(least, sides):
    assert chunks((50, 40, 30), least) == sides
