"""Sliders for a reader with a kernel: one call turns a drawing into an explorer."""

import dataclasses
import io
import time

from ...extras import require

require("widgets", "ipywidgets")

import ipywidgets as widgets
import numpy as np
from IPython.display import Image, clear_output, display

from ...parameters import PAPER, QUANTITIES
from ...steady_state import MEAN_FIELDS

STEPS = 200  # of a slider between ends of its own
DURING_A_DRAG = 0.2  # s: a figure that is drawn in less follows while its slider is dragged


def explore(draw, p=PAPER, fields=(), choices=None, start=None, **ranges):
    """Sliders over fields of Parameters, and a figure that follows them.

    Parameters
    ----------
    draw : function of (Parameters, reading) that returns a Figure
    p : Parameters that all sliders start from
    fields : names of the fields to move. Label, unit, ends and steps are those that Parameters says.
    choices : {argument of draw: what may be chosen for it}, a list to choose from each
    start : {argument of draw: the choice to start from}
    ranges : field=(lowest, highest), in the unit in which the field is shown: further sliders, with
        other ends

    Returns
    -------
    ipywidgets.VBox, with the sliders in its first child and the figure in its last

    Examples
    --------
    In a notebook, with a kernel:

    >>> from omcore.figures.fig1 import fig1c
    >>> draw = lambda p, reading: fig1c.draw(fig1c.data(p, 201, reading))
    >>> explore(draw, fields=["power", "G_a"], Delta_a=(-2, 0))  # doctest: +SKIP
    """
    limits = dict.fromkeys(fields, ()) | ranges
    controls = {name: _slider(name, p, *ends) for name, ends in limits.items()}
    reading = widgets.Dropdown(options=MEAN_FIELDS, description="mean field")
    lists = {
        name: widgets.Dropdown(options=options, value=(start or {}).get(name), description=name)
        for name, options in (choices or {}).items()
    }
    back = widgets.Button(description="as in the paper")
    everything = controls | lists | {"reading": reading}
    starts = {name: control.value for name, control in everything.items()}
    figure, waiting = widgets.Output(), []

    def show():
        values = {name: control.value for name, control in everything.items()}
        reading = values.pop("reading")
        chosen = {name: values.pop(name) for name in lists}
        moved = {
            name: value * _scale(name, p) for name, value in values.items() if value != starts[name]
        }
        picture, start = io.BytesIO(), time.perf_counter()
        with figure:  # what goes wrong shows there, too
            clear_output(wait=True)
            draw(p.replace(**moved), reading, **chosen).savefig(picture)  # encoded here, once
            display(Image(picture.getvalue()))
        took = time.perf_counter() - start
        for control in controls.values():
            control.continuous_update = took < DURING_A_DRAG

    def follow(_):
        if not waiting:
            show()

    def reset(_):
        waiting.append("for the last control")  # one redraw, not one for each
        for name, control in everything.items():
            control.value = starts[name]
        waiting.clear()
        show()

    for control in everything.values():
        control.observe(follow, "value")
    back.on_click(reset)
    show()
    above = [*controls.values(), *lists.values(), reading, back]
    return widgets.VBox([widgets.VBox(above), figure])


def _scale(name, p):
    return QUANTITIES[name].shown.factor(p.omega_m)


def _slider(name, p, lowest=None, highest=None):
    quantity, value = QUANTITIES[name], getattr(p, name) / _scale(name, p)
    shown = quantity.shown
    if lowest is not None:  # other ends, as many steps
        shown = dataclasses.replace(shown, lowest=lowest, highest=highest)
        shown = dataclasses.replace(shown, step=shown.step * shown.steps / STEPS)
    shared = {
        "value": value,
        "step": shown.step,
        "description": f"${quantity.symbol}{_unit(shown.unit)}$",
        "tooltip": quantity.meaning,
        "readout_format": ".3g",
        "continuous_update": False,
    }
    if shown.logarithmic:
        ends = {"min": np.log10(shown.lowest), "max": np.log10(shown.highest)}
        return widgets.FloatLogSlider(base=10, **ends, **shared)
    return widgets.FloatSlider(min=shown.lowest, max=shown.highest, **shared)


def _unit(unit):
    """What stands behind a symbol, as LaTeX."""
    if unit == "omega_m":
        return rf"/{QUANTITIES['omega_m'].symbol}"
    latex = {"1": "", "°": r"\;(^\circ)", "1/µm": r"\;(\mu\mathrm{m}^{-1})"}
    return latex.get(unit, rf"\;(\mathrm{{{unit}}})")
