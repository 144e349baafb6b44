"""The Sagnac-Fizeau shift against Fresnel drag, and its symmetry."""

import numpy as np
import pytest
from scipy.constants import c

import omcore as om


def test_shift_is_that_of_fresnel_drag():
    """Light in a medium moving with speed v sees n/c -> n/c (1 -/+ (n² - 1) v/(nc)), to first order."""
    p = om.PAPER
    v = p.radius * p.angular_velocity
    drag = 1 - 1 / p.refractive_index**2
    expected = p.omega_0 * p.refractive_index * v / c * drag
    assert om.sagnac_shift(p) == pytest.approx(expected)


def test_shift_is_odd_in_the_rotation_and_absent_at_rest():
    omega = np.array([-3e4, 0.0, 3e4])
    shift = om.sagnac_shift(om.PAPER.replace(angular_velocity=omega))
    assert shift[1] == 0 and shift[0] == -shift[2]


def test_dispersion_of_silica_is_a_small_correction():
    silica = om.PAPER.replace(dispersion=-0.012e6)  # -0.012 per micrometre at 1550 nm
    ratio = om.sagnac_shift(silica) / om.sagnac_shift(om.PAPER)
    n, wavelength = silica.refractive_index, silica.wavelength
    assert ratio == pytest.approx(1 + wavelength / n * 0.012e6 / (1 - 1 / n**2))
    assert 1.0 < ratio < 1.03


def test_the_modes_split_symmetrically_as_the_paper_says():
    d = om.cavity_detunings(om.PAPER)
    assert d["cw"] + d["ccw"] == pytest.approx(2 * om.PAPER.Delta_c)
    assert d["cw"] > om.PAPER.Delta_c > d["ccw"]
