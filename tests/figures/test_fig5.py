"""Fig. 5: entanglement ends where it is said to end."""

import functools

import numpy as np
import pytest

import omcore as om
from drawings.fig5 import fig5


@functools.cache
def ends(reading):
    return fig5.data(resolution=41, reading=reading)


def at_temperature(case, T, reading):
    return om.solve(om.CASES[case].replace(temperature=np.asarray(T)), reading)


def test_fig5_below_its_end_there_is_entanglement_and_above_it_exactly_none(case, reading):
    d = ends(reading)
    around = np.array([1 - 1e-6, 1 + 1e-6])
    below, above = at_temperature(case, d.E_vanishes[case] * around, reading).log_negativity(
        "a", "m"
    )
    assert below > 0 == above
    s = at_temperature(case, d.R_vanishes[case] * around, reading)
    below, above = s.residual_contangle("driven", "a", "m")
    assert below > 0 == above
    visible = at_temperature(case, d.R_invisible[case], reading).residual_contangle(
        "driven", "a", "m"
    )
    assert visible == pytest.approx(1e-4, rel=1e-6)
    assert d.R_invisible[case] < d.R_vanishes[case]
    assert np.array_equal(d.R[case] > 0, d.temperature < d.R_vanishes[case])


def test_fig5_margin_is_the_logarithmic_negativity_before_clipping(reading):
    s = at_temperature("cw", np.linspace(0.01, 4, 9), reading)
    for others in (["m"], ["driven", "m"]):
        margin = s.separability_margin("a", others)
        assert s.log_negativity("a", others) == pytest.approx(np.maximum(margin, 0), abs=1e-12)


def test_fig5_spinning_ends_E_am_earlier_and_R_later(reading):
    d = ends(reading)
    for case in ("cw", "ccw"):
        assert d.E_vanishes[case] < d.E_vanishes["stationary"]
        assert d.R_vanishes[case] > d.R_vanishes["stationary"]
        assert d.R_invisible[case] > d.R_invisible["stationary"]


def test_fig5_without_light_there_is_no_end():
    d = fig5.data(om.PAPER.replace(power=0.0), resolution=3)
    assert np.isnan([*d.E_vanishes.values(), *d.R_vanishes.values(), *d.R_invisible.values()]).all()
    fig5.draw(d)
