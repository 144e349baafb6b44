"""What the library says when it refuses: the field, the value, the unit, and what to do instead.

``messages.txt`` holds calls and what they answer, as a reader meets it. Whoever changes a message
changes it there, and reads it once more.
"""

import re
from pathlib import Path

import numpy as np
import pytest

import omcore as om
from omcore.assumptions.laser import covariance_per_linewidth, linewidth_left  # noqa: F401
from omcore.assumptions.noise import covariance_with_memory  # noqa: F401
from omcore.assumptions.technical import behind_filter, coloured, push  # noqa: F401
from omcore.gaussian.epr import joint_noise  # noqa: F401
from omcore.gaussian.homodyne import (  # noqa: F401
    estimated_covariance,
    estimated_margin,
    homodyne_records,
)
from omcore.gaussian.states import two_mode_squeezed  # noqa: F401
from omcore.gaussian.witness import best_witness, noise_ratio  # noqa: F401
from omcore.interop.tools import (  # noqa: F401
    Convention,
    from_convention,
    mean_to_convention,
    to_convention,
)
from omcore.paper.mechanisms import combinations, relinked  # noqa: F401
from omcore.paper.roughness import over_a_turn  # noqa: F401
from omcore.stability import margin  # noqa: F401

GIVEN = dict(
    H=[[1.0]], decay=[0.5], photon_coupling=[1e-4], drive=[3e3], omega_m=1.0, gamma_m=1e-4, n_m=10.0
)
CAVITY = om.System(modes=["c"], **GIVEN)
UNDAMPED = om.System(
    modes=["c"], H=[[1.0]], decay=[0.5], coupling=[0.0], omega_m=1.0, gamma_m=0.0, n_m=0.0
)
SLOW = om.System(
    modes=["c"], H=[[-1.0]], decay=[0.5], coupling=[0.3], omega_m=1.0, gamma_m=0.0, n_m=0.0
)

LINEAR = om.Linear(("c",), -np.eye(3), np.eye(3), classical=("x",))


class Milliwatts(np.ndarray):
    """Numbers with a unit of their own, as astropy has them."""

    unit = "mW"


IN_MILLIWATTS = np.eye(2).view(Milliwatts)
TEXT = Path(__file__).with_name("messages.txt").read_text("utf-8")
SAID = re.findall(r"^(\S.*)\n    (\w+): (.*)$", TEXT, re.M)


@pytest.mark.parametrize("call, error, message", SAID, ids=[call for call, *_ in SAID])
def test_the_library_says(call, error, message):
    with pytest.raises(Exception) as caught:
        eval(call, globals())
    assert (type(caught.value).__name__, str(caught.value)) == (error, message)


def test_messages_name_a_remedy():
    for call, error, message in SAID:
        assert ";" in message or error == "IndexError", (call, message)
    assert len(SAID) > 80
