"""In time: the drawings in time, held to closed forms and to runs of their own."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import omcore as om
from drawings.evolution import landing, starts, switched_on

PERIOD = 2 * np.pi / om.PAPER.omega_m


@pytest.fixture(scope="module")
def started():
    return starts.data()


@pytest.fixture(scope="module")
def landed():
    return landing.data()


def test_a_run_starts_in_equilibrium_and_ends_in_the_steady_state():
    d = switched_on.data(t=[0, 60 * PERIOD])
    for case, (atoms, light, growth) in d.curves.items():
        s = om.solve(om.CASES[case])
        assert atoms[0] == light[0] == 0
        assert atoms[1] == pytest.approx(s.log_negativity("a", "m"), abs=1e-8)
        assert light[1] == pytest.approx(s.log_negativity("driven", "m"), abs=1e-8)
        expected = om.solve(om.CASES[case]).growth / om.PAPER.omega_m
        assert growth[1] == pytest.approx(expected, rel=1e-6)
        assert growth[0] == pytest.approx(-om.PAPER.gamma_m / om.PAPER.omega_m / 2, rel=1e-6)


@pytest.mark.parametrize("phonons", [1.0, 9.9, 100.0])
def test_entanglement_with_light_begins_as_the_law_says(case, phonons):
    """The law is that of a coupling alone: it holds the better the earlier."""
    p, t = om.CASES[case], np.array([1e-3, 4e-3]) * PERIOD
    E = om.evolve(p, t, V=switched_on.state(phonons)).log_negativity("driven", "m")
    off = 1 - E / starts.law(p, t, phonons)
    assert 0 < off[0] < 0.02 and 3 < off[1] / off[0] < 5


def test_the_pull_is_the_integral_of_the_coupling():
    """Against the mean field without decay, which alpha = epsilon t is."""
    p = om.CASES["cw"]
    rise = solve_ivp(
        lambda t, _: [np.sqrt(2) * p.G_0 * p.drive_amplitude * t], (0, 1e-8), [0.0], rtol=1e-10
    )
    assert starts.pull(p, 1e-8) == pytest.approx(rise.y[0, -1], rel=1e-8)


def test_cold_mirrors_have_no_gap_and_warm_ones_do(started):
    d, late = started, started.t > 5e-9
    gap = {key: (E[late] == 0).any() for key, E in d.E.items()}
    light, atoms = "driven light and mirror", "atoms and mirror"
    assert not gap[light, 0.0] and gap[light, 1.0] and gap[light, 9.9]
    assert not any(gap[atoms, n] for n in starts.PHONONS)
    ends = [E[-1] for (pair, _), E in d.E.items() if pair == light]
    assert max(ends) - min(ends) < 0.002, "where it started is forgotten"
    assert d.E[light, 0.0].max() > 2.9 * ends[0]


def test_the_share_that_is_still_on_its_way():
    """All of a resonator that settles soon; none of a start at the end; step by step as om.evolve."""
    assert list(landing.unsettled(om.CASES["ccw"], [0, 30], starts=2)) == [1, 0]
    assert landing.unsettled(landing.NEVER, [10], starts=2) == 1
    some = landing.unsettled(landing.AT, [40, 100], starts=12, seed=3)
    assert some[0] >= some[1] and 0 < some[0]


def test_sliders_move_the_drawing():
    figure = switched_on.LIVE.draw(duration=1e-7, time=5e-8, ramp=5e-8, n_0=0.0, power=0.01)
    assert [len(axis.lines) for axis in figure.axes] == [4, 4, 5, 3, 3, 3]
    assert figure.axes[0].get_xlim() == (0, pytest.approx(0.1))
    sliders = switched_on.LIVE.widget().children[0].children
    shown = dict(zip(switched_on.KNOBS, (slider.value for slider in sliders), strict=False))
    assert shown["kappa"] == pytest.approx(om.PAPER.kappa / om.PAPER.omega_m, rel=1e-3)
    assert shown["power"] == 40
