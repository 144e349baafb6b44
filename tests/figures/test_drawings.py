"""The paper's figures: each follows what it is given, can be rendered, and is left closed."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from trust.effort import some

import omcore as om
from drawings.covariance import covariance_grid
from drawings.fig1 import fig1c
from drawings.fig2 import fig2
from drawings.fig3 import fig3
from drawings.fig4 import fig4
from drawings.fig5 import fig5

each_figure = pytest.mark.parametrize(
    "data, draw",
    [(module.data, module.draw) for module in (fig1c, fig2, fig3, fig4, fig5)]
    + [(fig4.data_maps, fig4.draw_maps)],
    ids=lambda f: f"{f.__module__.split('.')[-1]}.{f.__name__}",
)


def rendered(draw):
    """The figure, once it is seen that it can be rendered and that pyplot does not hold it."""
    before = plt.get_fignums()
    figure = draw()
    assert isinstance(figure, Figure) and plt.get_fignums() == before
    assert figure.get_axes() and figure.get_facecolor() == (1, 1, 1, 1)
    figure.draw_without_rendering()
    return figure


def arrays(value):
    """All arrays in the data of a figure, however deep."""
    if isinstance(value, np.ndarray):
        return [value]
    parts = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return [array for part in parts.values() for array in arrays(part)]


# What a figure draws when it is not asked is the other reading; test_paper_figures draws both.
@pytest.mark.parametrize("reading", some(om.MEAN_FIELDS[::-1], 2))
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


def test_a_covariance_without_a_steady_state_is_drawn_empty():
    rendered(lambda: covariance_grid.draw(covariance_grid.data(om.PAPER.replace(power=50.0))))
