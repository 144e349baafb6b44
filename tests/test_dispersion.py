"""Silica, and the Sagnac shift of a dispersive ring: two derivations that must agree."""

import numpy as np
import pytest
from scipy.constants import c

import omcore as om
from omcore.assumptions.glass import derived_shift, exact_shift, group_index, silica


def test_silica_has_its_known_index_at_the_yellow_line_of_helium():
    n, _ = silica(587.6e-9)
    assert n == pytest.approx(1.45846, abs=1e-5)


def test_the_dispersion_of_silica_is_the_slope_of_its_index():
    wavelength = np.linspace(0.4e-6, 2e-6, 9)
    h = 1e-11
    differences = (silica(wavelength + h)[0] - silica(wavelength - h)[0]) / (2 * h)
    assert silica(wavelength)[1] == pytest.approx(differences, rel=1e-4)


def test_group_velocity_is_the_slope_of_the_dispersion_relation():
    wavelength, h = 1550e-9, 1e-4
    k = lambda omega: silica(2 * np.pi * c / omega)[0] * omega / c
    omega = 2 * np.pi * c / wavelength
    slope = (k(omega * (1 + h)) - k(omega * (1 - h))) / (2 * h * omega)
    assert group_index(*silica(wavelength), wavelength) == pytest.approx(c * slope, rel=1e-6)


def ring(wavelength, velocity):
    n, slope = silica(wavelength)
    changes = {"refractive_index": float(n), "dispersion": float(slope), "wavelength": wavelength}
    return om.PAPER.replace(radius=2.0, angular_velocity=velocity / 2, **changes)


@pytest.mark.parametrize("wavelength", [0.6e-6, 1.0e-6, 1.55e-6, 1.9e-6])
@pytest.mark.parametrize("velocity", [-33.0, 33.0, 300.0])
def test_the_lorentz_transformation_gives_the_derived_shift_and_not_eq_1(wavelength, velocity):
    p = ring(wavelength, velocity)
    exact = exact_shift(p, lambda x: silica(x)[0])
    assert exact == pytest.approx(derived_shift(p), rel=10 * abs(velocity) / c)
    n_g = group_index(p.refractive_index, p.dispersion, wavelength)
    assert om.sagnac_shift(p) / exact == pytest.approx(n_g / p.refractive_index, rel=1e-5)


def test_without_dispersion_eq_1_is_exact_to_first_order_and_an_empty_ring_does_not_shift():
    plain = om.PAPER.replace(refractive_index=1.44)
    exact = exact_shift(plain, lambda x: 1.44)
    assert exact == pytest.approx(om.sagnac_shift(plain), rel=1e-6) and exact > 0
    empty = om.PAPER.replace(refractive_index=1.0)
    assert abs(exact_shift(empty, lambda x: 1.0)) < 1e-6 * exact and om.sagnac_shift(empty) == 0
