"""Sliders for a reader with a kernel: one call turns a drawing into an explorer."""

import io

from ...extras import require

require("widgets", "ipywidgets")

import ipywidgets as widgets
from IPython.display import Image, display

from ...parameters import PAPER, QUANTITIES
from ...steady_state import MEAN_FIELDS

IN_UNITS_OF_OMEGA_M = ("kappa", "gamma_a", "G_a", "Delta_a", "Delta_c")


def explore(draw, p=PAPER, **ranges):
    """Sliders over fields of Parameters, and a figure that follows them.

    Parameters
    ----------
    draw : function of (Parameters, reading) that returns a Figure
    p : Parameters that all sliders start from
    ranges : field=(lowest, highest). Optical and atomic rates are in units of omega_m, everything
        else in the field's own unit. Labels come from the metadata of Parameters.

    Returns
    -------
    ipywidgets.VBox, with the sliders in its first child and the figure in its last

    Examples
    --------
    In a notebook, with a kernel:

    >>> from omcore.figures.fig1 import fig1c
    >>> draw = lambda p, reading: fig1c.draw(fig1c.data(p, 201, reading))
    >>> explore(draw, power=(0.01, 0.06), Delta_a=(-2, 0))  # doctest: +SKIP
    """
    controls = {name: _slider(name, p, *limits) for name, limits in ranges.items()}
    reading = widgets.Dropdown(options=MEAN_FIELDS, description="mean field")
    back = widgets.Button(description="as in the paper")
    starts = {name: control.value for name, control in controls.items()}

    def reset(_):
        reading.value = MEAN_FIELDS[0]
        for name, control in controls.items():
            control.value = starts[name]

    back.on_click(reset)

    def show(reading, **values):
        moved = {
            name: value * _scale(name, p) for name, value in values.items() if value != starts[name]
        }
        picture = io.BytesIO()  # encoded here, once; the notebook would lay it out a second time
        draw(p.replace(**moved), reading).savefig(picture)
        display(Image(picture.getvalue()))

    figure = widgets.interactive_output(show, controls | {"reading": reading})
    return widgets.VBox([widgets.VBox([*controls.values(), reading, back]), figure])


def _scale(name, p):
    return p.omega_m if name in IN_UNITS_OF_OMEGA_M else 1.0


def _slider(name, p, lowest, highest):
    quantity = QUANTITIES[name]
    unit = r"/\omega_m" if name in IN_UNITS_OF_OMEGA_M else rf"\;(\mathrm{{{quantity.unit}}})"
    return widgets.FloatSlider(
        value=getattr(p, name) / _scale(name, p),
        min=lowest,
        max=highest,
        step=(highest - lowest) / 200,
        description=f"${quantity.symbol}{unit}$",
        tooltip=quantity.meaning,
        readout_format=".3g",
        continuous_update=False,
    )
