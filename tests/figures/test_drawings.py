"""Every drawing of every room: it follows what it is given, can be rendered, and is left closed."""

import importlib

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

import omcore as om
from drawings.contangle import residual_by_focus
from drawings.fig1 import fig1c
from drawings.fig2 import fig2
from drawings.fig3 import fig3
from drawings.fig4 import fig4
from drawings.fig5 import fig5
from drawings.steady_state import branches

SMALL = {  # room.module: what ``data`` takes, so that it is quick
    "contangle.biseparable_bound": {"temperature": [5e-3]},
    "contangle.three_mode_states": {"resolution": 5},
    "covariance.covariance_grid": {},
    "covariance.noise_routes": {"trajectories": 64},
    "covariance.sideband_cooling": {"resolution": 5},
    "entanglement.joint_noise": {},
    "entanglement.squeezed_pair": {"resolution": 5},
    "evolution.landing": {},
    "evolution.starts": {},
    "evolution.switched_on": {"t": np.linspace(0, 1e-7, 11)},
    "feasibility.heavier_disc": {"resolution": 3, "scan": 21},
    "feasibility.laser_line": {"resolution": 3, "scan": 41},
    "feasibility.overlap": {"resolution": 3, "scan": 41},
    "feasibility.saturated_atoms": {"number": 21},
    "front.front": {"resolution": 41},
    "hamiltonian.light_and_atoms": {"power": np.geomspace(1e-6, 0.1, 5)},
    "langevin.baths": {"number": 20},
    "linearisation.drift_structure": {},
    "measures.cuts": {},
    "mechanisms.backscattering": {"strength": np.array([0.1, 0.2]), "phases": 2},
    "mechanisms.links": {"resolution": 3},
    "mechanisms.rotation": {"angular_velocity": np.array([-3e4, 0.0, 3e4])},
    "mechanisms.two_sides": {"resolution": (3, 3)},
    "optima.elasticity": {},
    "optima.planes": {"reading": "bare-detuning"},
    "optima.standings": {"reading": "bare-detuning"},
    "other_systems.atoms_in_cavity": {"resolution": 31},
    "other_systems.kerr": {"resolution": 301},
    "other_systems.magnons": {"resolution": 31},
    "other_systems.movable_mirror": {"resolution": 31},
    "other_systems.two_directions": {"resolution": 2, "scan": 81},
    "sagnac.rotation_shift": {},
    "stability.root_locus": {"resolution": 5},
    "stability.stability_map": {"resolution": 7},
    "stability.two_mode_stability": {"resolution": 21},
    "verdict.equilibrium": {"resolution": 9},
    "verdict.evidence": {},
}
OTHERS = [  # further figures of a module
    lambda: branches.draw(branches.data(branches.LONE, 2.0, 101)),
    lambda: branches.draw_relaxation(branches.relaxation(branches.LONE, (0.02,), 5)),
    lambda: branches.draw_readings(branches.readings(power=np.array([0.01, 0.04]))),
    lambda: of("linearisation.drift_structure", draw="draw_eigenvalues"),
    lambda: of("covariance.covariance_grid", p=om.PAPER.replace(power=50.0)),
    lambda: residual_by_focus.draw(residual_by_focus.data(resolution=9)),
    lambda: residual_by_focus.draw_against(residual_by_focus.data(resolution=9)),
    lambda: residual_by_focus.draw_one(NEAR, residual_by_focus.along(om.PAPER, NEAR)[0]),
    lambda: fig1c.draw_rotation(fig1c.rotation(angular_velocity=np.array([1e3, 3e4]))),
]
NEAR = np.linspace(-1.6, -0.4, 5)  # Delta_a/omega_m
each_figure = pytest.mark.parametrize(
    "data, draw",
    [(module.data, module.draw) for module in (fig1c, fig2, fig3, fig4, fig5)]
    + [(fig4.data_maps, fig4.draw_maps)],
    ids=lambda f: f"{f.__module__.split('.')[-1]}.{f.__name__}",
)


def of(name, draw="draw", **small):
    """A figure of a module."""
    module = importlib.import_module(f"drawings.{name}")
    return getattr(module, draw)(module.data(**small))


def rendered(draw):
    """The figure, once it is seen that it can be rendered and that pyplot does not hold it."""
    before = plt.get_fignums()
    figure = draw()
    assert isinstance(figure, Figure) and plt.get_fignums() == before
    assert figure.get_axes() and figure.get_facecolor() == (1, 1, 1, 1)
    figure.draw_without_rendering()
    return figure


@pytest.mark.parametrize("name", SMALL)
def test_every_figure_can_be_drawn_and_is_closed(name):
    rendered(lambda: of(name, **SMALL[name]))


@pytest.mark.parametrize("draw", OTHERS)
def test_further_figures_can_be_drawn_and_are_closed(draw):
    rendered(draw)


def arrays(value):
    """All arrays in the data of a figure, however deep."""
    if isinstance(value, np.ndarray):
        return [value]
    parts = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return [array for part in parts.values() for array in arrays(part)]


@each_figure
def test_resolution_and_reading_are_honoured(data, draw, reading):
    d = data(resolution=7, reading=reading)
    assert d.reading == reading
    assert {n for array in arrays(d) for n in array.shape} == {7}
    figure = rendered(lambda: draw(d))
    assert reading in " ".join(text.get_text() for text in figure.findobj(plt.Text))


@each_figure
def test_a_figure_follows_its_parameters_and_shows_a_system_that_is_unstable_throughout(data, draw):
    usual, dimmed = data(resolution=5), data(om.PAPER.replace(power=0.02), 5)
    pairs = zip(arrays(usual), arrays(dimmed), strict=True)
    assert not all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)
    if data is not fig1c.data:  # which demands a peak
        rendered(lambda: draw(data(om.PAPER.replace(power=50.0), 5)))
