"""Chapter 1: the figure holds what the library says."""

import numpy as np
import pytest

import omcore as om
from drawings.sagnac import rotation_shift


def test_the_figure_holds_eq_1():
    d = rotation_shift.data()
    at_paper = np.interp(om.PAPER.angular_velocity, d.angular_velocity, d.shift)
    assert at_paper == pytest.approx(om.sagnac_shift(om.PAPER))
    assert (d.printed > d.derived).all() and (d.derived > 0).all()
