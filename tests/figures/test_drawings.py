"""Every drawing of every room: it follows what it is given, can be rendered, and is left closed."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

import omcore as om
from omcore.figures.built import heavier_disc, laser_line, overlap, saturated_atoms
from omcore.figures.contangle import biseparable_bound, residual_by_focus, three_mode_states
from omcore.figures.covariance import covariance_grid, noise_routes, sideband_cooling
from omcore.figures.entanglement import joint_noise, squeezed_pair
from omcore.figures.fig1 import fig1c
from omcore.figures.fig2 import fig2
from omcore.figures.fig3 import fig3
from omcore.figures.fig4 import fig4
from omcore.figures.fig5 import fig5
from omcore.figures.hamiltonian import light_and_atoms
from omcore.figures.kit import front
from omcore.figures.langevin import noise
from omcore.figures.linearisation import drift_structure
from omcore.figures.race import elasticity, standings, winners
from omcore.figures.sagnac import rotation_shift
from omcore.figures.stability import root_locus, stability_map, two_mode_stability
from omcore.figures.steady_state import branches
from omcore.figures.verdict import equilibrium, evidence

each_reading = pytest.mark.parametrize("reading", ["self-consistent", "bare-detuning"])
each_figure = pytest.mark.parametrize(
    "data, draw",
    [
        (fig1c.data, fig1c.draw),
        (fig2.data, fig2.draw),
        (fig3.data, fig3.draw),
        (fig4.data, fig4.draw),
        (fig4.data_maps, fig4.draw_maps),
        (fig5.data, fig5.draw),
    ],
    ids=lambda f: f"{f.__module__.split('.')[-1]}.{f.__name__}",
)


@pytest.fixture(autouse=True)
def no_search(monkeypatch):
    """Where the maps of Fig. 4 are highest is not drawn, takes seconds, and has tests in test_fig4.py."""
    monkeypatch.setattr(fig4, "R_map_peak", lambda *_: (np.nan, np.nan, np.nan))


@pytest.mark.parametrize("draw", [
    lambda: rotation_shift.draw(rotation_shift.data()),
    lambda: light_and_atoms.draw(light_and_atoms.data(power=np.geomspace(1e-6, 0.1, 5))),
    lambda: noise.draw(noise.data(number=20)),
    lambda: branches.draw(branches.data(branches.LONE, 2.0, 101)),
    lambda: branches.draw_relaxation(branches.relaxation(branches.LONE, (0.02,), 5)),
    lambda: branches.draw_readings(branches.readings(power=np.array([0.01, 0.04]))),
    lambda: drift_structure.draw(drift_structure.data()),
    lambda: drift_structure.draw_eigenvalues(drift_structure.data()),
    lambda: root_locus.draw(root_locus.data(resolution=5)),
    lambda: two_mode_stability.draw(two_mode_stability.data(resolution=21)),
    lambda: stability_map.draw(stability_map.data(resolution=7)),
    lambda: covariance_grid.draw(covariance_grid.data()),
    lambda: covariance_grid.draw(covariance_grid.data(om.PAPER.replace(power=50.0))),
    lambda: noise_routes.draw(noise_routes.data(trajectories=64)),
    lambda: sideband_cooling.draw(sideband_cooling.data(resolution=5)),
    lambda: joint_noise.draw(joint_noise.data()),
    lambda: squeezed_pair.draw(squeezed_pair.data(resolution=5)),
    lambda: biseparable_bound.draw(biseparable_bound.data(temperature=[5e-3])),
    lambda: residual_by_focus.draw(residual_by_focus.data(resolution=9)),
    lambda: residual_by_focus.draw_against(residual_by_focus.data(resolution=9)),
    lambda: residual_by_focus.draw_one(*one_setting()),
    lambda: three_mode_states.draw(three_mode_states.data(5)),
    lambda: fig1c.draw_rotation(fig1c.rotation(angular_velocity=np.array([1e3, 3e4]))),
    lambda: equilibrium.draw(equilibrium.data(resolution=9)),
    lambda: evidence.draw(evidence.data()),
    lambda: saturated_atoms.draw(saturated_atoms.data(number=21)),
    lambda: heavier_disc.draw(heavier_disc.data(resolution=3, scan=21)),
    lambda: overlap.draw(overlap.data(resolution=3, scan=41)),
    lambda: laser_line.draw(laser_line.data(resolution=3, scan=41)),
    lambda: standings.draw(standings.data("bare-detuning")),
    lambda: winners.draw(winners.data("bare-detuning")),
    lambda: elasticity.draw(elasticity.data()),
    lambda: front.draw(front.data(resolution=41)),
])  # fmt: skip
def test_every_figure_can_be_drawn_and_is_closed(draw):
    before = plt.get_fignums()
    figure = draw()
    assert isinstance(figure, Figure) and plt.get_fignums() == before
    assert figure.get_axes() and figure.get_facecolor() == (1, 1, 1, 1)
    figure.draw_without_rendering()


def one_setting():
    detuning = np.linspace(-1.6, -0.4, 5)
    residual, _ = residual_by_focus.along(om.PAPER, detuning)
    return detuning, residual


def arrays(value):
    """All arrays in a Data, however deep."""
    if isinstance(value, np.ndarray):
        return [value]
    values = (
        value.values()
        if isinstance(value, dict)
        else vars(value).values()
        if hasattr(value, "reading")
        else []
    )
    return [array for part in values for array in arrays(part)]


@each_reading
@each_figure
def test_resolution_and_reading_are_honoured_and_the_figure_is_closed(data, draw, reading):
    d = data(resolution=7, reading=reading)
    assert d.reading == reading
    assert {n for array in arrays(d) for n in array.shape} == {7}
    before = plt.get_fignums()
    figure = draw(d)
    assert isinstance(figure, Figure) and plt.get_fignums() == before
    assert figure.get_facecolor() == (1, 1, 1, 1)
    figure.draw_without_rendering()
    words = " ".join(text.get_text() for text in figure.findobj(plt.Text))
    assert reading in words


@each_figure
def test_a_figure_follows_its_parameters_and_shows_a_system_that_is_unstable_throughout(data, draw):
    usual, dimmed = data(resolution=5), data(om.PAPER.replace(power=0.02), 5)
    assert any(
        not np.array_equal(a, b, equal_nan=True)
        for a, b in zip(arrays(usual), arrays(dimmed), strict=True)
    )
    if data is not fig1c.data:  # which demands a peak
        draw(data(om.PAPER.replace(power=50.0), 5)).draw_without_rendering()
