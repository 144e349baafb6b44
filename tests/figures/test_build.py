"""Chapter 21: the movable mirror of Vitali et al., by two ways, and its edge of stability."""

import numpy as np
import pytest

import omcore as om
from omcore.figures.build import movable_mirror


def test_the_laboratory_and_the_system_about_its_mean_field_are_one():
    s = om.solve(movable_mirror.parameters())
    detuning = s.effective_detuning("driven") / movable_mirror.OMEGA_M
    given = om.solve(movable_mirror.system(detuning))
    assert abs(s.coupling("driven")) == pytest.approx(abs(given.coupling("c")), rel=1e-9)
    assert s.log_negativity("driven", "m") == pytest.approx(
        given.log_negativity("c", "m"), rel=1e-6
    )


def test_the_power_that_is_too_much_is_that_of_routh_and_hurwitz():
    w, kappa = movable_mirror.OMEGA_M, movable_mirror.KAPPA
    for x in (0.5, 1.0, 2.0):
        G = movable_mirror.system(x).coupling[0].real
        bound = movable_mirror.POWER * w * (kappa**2 + (x * w) ** 2) / (x * w * G**2)
        below, above = (
            om.solve(movable_mirror.system(x, bound * f)).stable for f in (0.999, 1.001)
        )
        assert below and not above


def test_the_abstract_holds():
    d = movable_mirror.data(11)
    assert d.ends[1] > 20 and d.curves.shape == (3, len(d.temperature))
    assert (np.diff(d.curves, axis=1) <= 1e-12).all()  # heat never helps


def test_a_picture_comes_out():
    left, right, *_ = movable_mirror.draw(movable_mirror.data(9)).axes
    assert len(right.lines) == 4 and left.collections
