"""Who wins over planes of parameters, and that rotation and a scatterer at rest are one thing for E_am."""

import numpy as np
import pytest

import omcore as om
from omcore.paper.freedoms import moved
from omcore.paper.observables import E_am
from omcore.paper.optima import CONTESTANTS, freedoms_of
from omcore.paper.winners import COMPARED, PLANES, best, heights, plane
from omcore.steady_state import MEAN_FIELDS

each_reading = pytest.mark.parametrize("reading", MEAN_FIELDS)


@each_reading
@pytest.mark.parametrize("drive", ["cw", "ccw"])
def test_what_rotation_does_a_scatterer_at_rest_does_too(drive, reading):
    """At random parameters: J is Delta_F, both phases are 90 degrees, half of the light is from each side."""
    rng, n = np.random.default_rng(3), 400
    draw = lambda low, high: rng.uniform(low, high, n)
    turning = om.PAPER.in_omega_m(
        Delta_c=draw(-3, 5),
        Delta_a=draw(-2, 2),
        G_a=draw(0.1, 1.5),
        kappa=draw(0.2, 1),
        gamma_a=draw(0.1, 1),
    ).replace(drive=drive, power=draw(1e-3, 40e-3), angular_velocity=draw(2e3, 5e4))
    quarter = {
        "backscattering_phase": np.pi / 2,
        "counter_drive": 0.5,
        "counter_drive_phase": np.pi / 2,
    }
    resting = turning.replace(
        angular_velocity=0.0, backscattering=om.sagnac_shift(turning), **quarter
    )
    one, other = (om.solve(p, reading) for p in (turning, resting))
    same = one.stable == other.stable
    assert same.mean() > 0.99 and one.stable.mean() > 0.3
    q = one.mean_field.q
    assert other.mean_field.q[same] == pytest.approx(q[same], rel=1e-9, nan_ok=True)
    E = one.log_negativity("a", "m")
    assert np.nanmax(E) > 0.1
    assert other.log_negativity("a", "m")[same] == pytest.approx(E[same], abs=1e-8, nan_ok=True)
    wrong = om.solve(resting.replace(counter_drive_phase=-np.pi / 2), reading).log_negativity(
        "a", "m"
    )
    assert np.nanmax(abs(wrong - E)) > 0.01  # the sign of the phase counts


@pytest.mark.parametrize("field", PLANES)
@pytest.mark.parametrize("name", COMPARED)
def test_no_grid_finds_more_than_the_record(name, field):
    """Of a row of each plane, over all that the contestant is free in."""
    reading, row = MEAN_FIELDS[0], len(PLANES[field][1]) // 3
    p = plane(CONTESTANTS[name], field)[row, ::4]
    lines = [np.linspace(-3, 4, 701)]
    if "both" in name:
        lines = [
            np.linspace(-3, 4, 71),
            np.linspace(1e-3, np.pi / 4, 7),
            np.linspace(-np.pi, np.pi, 13),
        ]
    grid = np.array(np.meshgrid(*lines, indexing="ij")).reshape(len(lines), 1, -1)
    found = np.nanmax(E_am(moved(p[:, None], freedoms_of(name), grid), reading), axis=1)
    recorded = heights(field)[name][row, ::4]
    assert (recorded >= 0.995 * found - 2e-4).all()
    assert recorded.max() > 0.01


def test_two_beams_are_no_worse_than_one():
    for field in PLANES:
        E = heights(field)
        for one, both in (
            ("at rest", "both sides, at rest"),
            ("CW", "both sides, CW"),
            ("CCW", "both sides, CCW"),
        ):
            assert (E[both] > 0.99 * E[one] - 2e-4).mean() > 0.99, (field, one)


def test_a_search_of_one_line_is_what_the_record_holds():
    p = plane(CONTESTANTS["both sides, CW"], "Delta_a")[6, 8:13:2]
    again = E_am(best("both sides, CW", p))
    assert again == pytest.approx(heights("Delta_a")["both sides, CW"][6, 8:13:2], rel=2e-3)
