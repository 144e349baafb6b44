"""Batches in blocks: none of their points is lost, and their memory is used again."""

import os
import platform
import subprocess
import sys

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


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="other C libraries have no such setting"
)
@pytest.mark.parametrize(
    "threshold", [{}, {"MALLOC_TRIM_THRESHOLD_": "65536"}], ids=["plain", "as dask's"]
)
def test_memory_once_freed_is_used_again(threshold):
    """A second sweep hardly asks the system for pages, in a worker of dask too."""
    program = """
import resource, numpy as np, omcore as om
sweep = om.PAPER.replace(Delta_c=om.PAPER.omega_m * np.linspace(2, 4, 16384))
faults = []
for _ in range(3):
    om.solve(sweep).log_negativity("a", "m")
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
print(faults[2] - faults[1])
"""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MALLOC_")}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=clean | threshold,
        capture_output=True,
        text=True,
        check=True,
    )
    pages_of_V = 16384 * 512 / 4096
    assert int(run.stdout) < pages_of_V / 4
