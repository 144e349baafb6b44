"""Parameters: what is refused at the door, and what comes out of it."""

import dataclasses

import numpy as np
import pytest

import omcore as om

NUMBERS = [field.name for field in dataclasses.fields(om.Parameters) if field.name != "drive"]
POSITIVE = {"refractive_index", "radius", "wavelength", "mass", "omega_m", "kappa", "gamma_a"}
NONNEGATIVE = {"temperature", "power", "gamma_m", "G_a", "backscattering", "laser_linewidth"}
FRACTIONS = {"counter_drive", "escape_efficiency"}


def refused(name, value, *words):
    with pytest.raises(om.ParameterError) as caught:
        om.PAPER.replace(**{name: value})
    message = str(caught.value)
    unit = om.QUANTITIES[name].unit if name in om.QUANTITIES else "unit"
    unit = "(no unit)" if unit == "1" else unit
    assert name in message and unit in message and "give" in message, message
    for word in words:
        assert word in message, message


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_each_field_refuses_what_is_not_finite(name, value):
    refused(name, value, str(value), "finite")


@pytest.mark.parametrize("name", NUMBERS)
def test_each_field_refuses_one_bad_value_in_an_array(name):
    refused(name, [1.0, np.nan], "nan")


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [1 + 2j, np.array([1j]), "1.0", "fast", None, True, {}])
def test_each_field_refuses_what_is_not_a_real_number(name, value):
    refused(name, value, "real number")


@pytest.mark.parametrize("name", NUMBERS)
def test_each_field_refuses_ragged_lists(name):
    refused(name, [[1.0], [1.0, 2.0]], "one shape")


@pytest.mark.parametrize("name", sorted(POSITIVE))
@pytest.mark.parametrize("value", [0.0, -1.0])
def test_fields_that_divide_refuse_zero_and_less(name, value):
    refused(name, value, str(value), "positive")


@pytest.mark.parametrize("name", sorted(NONNEGATIVE))
def test_fields_that_may_not_be_negative(name):
    refused(name, -1.0, "-1.0", "negative")
    assert getattr(om.PAPER.replace(**{name: 0.0}), name) == 0.0


@pytest.mark.parametrize("name", sorted(FRACTIONS))
def test_fractions_lie_between_zero_and_one(name):
    for value in (-0.1, 1.1):
        refused(name, value, str(value), "between 0 and 1")
    assert getattr(om.PAPER.replace(**{name: [0.0, 1.0]}), name).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("name", sorted(set(NUMBERS) - POSITIVE - NONNEGATIVE - FRACTIONS))
def test_the_other_fields_take_either_sign(name):
    assert getattr(om.PAPER.replace(**{name: -1e7}), name) == -1e7


@pytest.mark.parametrize(
    "name", ["kappa", "gamma_a", "G_a", "Delta_a", "Delta_c", "backscattering"]
)
def test_a_rate_that_is_obviously_a_ratio_is_warned_of(name):
    for value, omega_m in ((2.5, 63e6), ([0.5, 2.5], 63e6), (1e-3, 1e5), (1e2, 1e5)):
        with pytest.warns(om.UnitWarning, match=rf"{name} = .* rad/s.*ratio.*in_omega_m\({name}="):
            om.PAPER.replace(**{name: value, "omega_m": omega_m})
    assert getattr(om.PAPER.in_omega_m(**{name: [0.5, 2.5]}), name)[1] == 2.5 * om.PAPER.omega_m


def test_a_sweep_through_zero_and_a_slow_mirror_are_no_ratios():
    om.PAPER.replace(Delta_c=om.PAPER.omega_m * np.linspace(-1, 1, 2001), Delta_a=0.0)
    slow = om.PAPER.replace(omega_m=10.0, gamma_m=1e-3, kappa=5.0)
    assert slow.replace(Delta_c=2.5).Delta_c == 2.5


def test_a_masked_array_is_refused():
    refused("kappa", np.ma.array([1e7, 2e7], mask=[False, True]), "masked", "compressed")


def test_points_of_a_sweep_are_picked_as_from_an_array():
    p = om.PAPER.replace(kappa=[[1e7], [2e7]], gamma_a=[1e7, 2e7, 3e7])
    assert p[1, 2] == om.PAPER.replace(kappa=2e7, gamma_a=3e7) and isinstance(p[1, 2].kappa, float)
    assert p[:, 1].shape == (2,) and p[p.gamma_a > 1.5e7 * np.ones((2, 1))].shape == (4,)
    assert p[1, 2].replace(power=0.0) == om.PAPER.replace(kappa=2e7, gamma_a=3e7, power=0.0)
    with pytest.raises(ValueError, match="read-only"):
        p[0].gamma_a[0] = 1.0
    with pytest.raises(IndexError):
        p[2]
    with pytest.raises(IndexError, match="one point"):
        om.PAPER[0]
    for sweep in (p, om.system(p), om.mean_field(p), om.solve(p)):
        with pytest.raises(TypeError):
            iter(sweep)


def test_values_cannot_be_changed_from_outside():
    kappa = np.array([1e7, 2e7])
    p = om.PAPER.replace(kappa=kappa)
    kappa[0] = 5.0
    assert p.kappa[0] == 1e7
    with pytest.raises(ValueError):
        p.kappa[0] = 5.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        p.kappa = 1.0


def test_replace_keeps_the_rest_and_the_drive():
    p = om.CASES["cw"].replace(power=0.01)
    assert p.drive == "cw" and p.power == 0.01 and p.Delta_c == -om.PAPER.omega_m
    assert p.replace(power=0.04) == om.CASES["cw"] and p != om.CASES["cw"]


def test_what_is_shown_of_parameters_makes_them_again():
    assert eval(repr(om.PAPER), {"Parameters": om.Parameters}) == om.PAPER


def test_derived_values_of_the_paper():
    """omega_0 = 1.216e15 is the one derived number that the paper prints."""
    p = om.PAPER
    assert p.omega_0 == pytest.approx(1.216e15, rel=1e-3)
    assert p.G_0 == pytest.approx(p.omega_0 / 1.1e-3 * np.sqrt(1.054571817e-34 / (1e-11 * 63e6)))
    assert p.drive_amplitude**2 == pytest.approx(2 * 38e6 * 0.04 / (1.054571817e-34 * p.omega_0))
    assert p.n_m == pytest.approx(1 / (np.exp(1.054571817e-34 * 63e6 / (1.380649e-23 * 5e-3)) - 1))


def test_phonons_at_the_ends_of_temperature():
    p = om.PAPER.replace(temperature=[0.0, 1e-9, 300.0])
    assert p.n_m[0] == p.n_m[1] == 0
    assert p.n_m[2] == pytest.approx(1.380649e-23 * 300 / (1.054571817e-34 * 63e6), rel=1e-4)


def test_every_number_has_symbol_unit_and_meaning():
    for name in NUMBERS:
        quantity = om.QUANTITIES[name]
        assert quantity.symbol and quantity.unit and quantity.meaning
    symbols = [quantity.symbol for quantity in om.QUANTITIES.values()]
    assert len(set(symbols) - {"m"}) >= len(symbols) - 1
