"""Sliders for a reader with a kernel: one call turns a drawing into an explorer."""

import dataclasses
import io
import time

from omcore.extras import require

require("widgets", "ipywidgets")

import ipywidgets as widgets
import numpy as np
from IPython.display import Image, clear_output, display

from omcore.cases import PAPER
from omcore.parameters import QUANTITIES
from omcore.steady_state import MEAN_FIELDS

from .knobs import KNOBS
from .svg import Drawing

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

    >>> from drawings.fig1 import fig1c
    >>> draw = lambda p, reading: fig1c.draw(fig1c.data(p, 201, reading))
    >>> explore(draw, fields=["power", "G_a"], Delta_a=(-2, 0))  # doctest: +SKIP
    """
    limits = dict.fromkeys(fields, ()) | ranges
    size = {name: KNOBS[name].shown.factor(p.omega_m) for name in limits}
    controls = {
        name: slider(KNOBS[name], getattr(p, name) / size[name], *ends)
        for name, ends in limits.items()
    }
    lists = {
        name: widgets.Dropdown(options=options, value=(start or {}).get(name), description=name)
        for name, options in (choices or {}).items()
    } | {"reading": widgets.Dropdown(options=MEAN_FIELDS, description="mean field")}

    def drawn(moved, **chosen):
        return draw(p.replace(**{n: v * size[n] for n, v in moved.items()}), **chosen)

    return follow(controls, lists, drawn)


def follow(controls, lists, draw):
    """Controls, a button that puts them back, and a figure that follows them.

    Parameters
    ----------
    controls : {name: slider}
    lists : {name: list to choose from}
    draw : function of {name: value of a slider that has moved} and, by name, of what is chosen, that
        returns a Figure or a ``Drawing``
    """
    back = widgets.Button(description="back to the start")
    everything = controls | lists
    starts = {name: control.value for name, control in everything.items()}
    figure, waiting = widgets.Output(), []

    def show():
        chosen = {name: control.value for name, control in lists.items()}
        moved = {n: c.value for n, c in controls.items() if c.value != starts[n]}
        start = time.perf_counter()
        with figure:  # what goes wrong shows there, too
            clear_output(wait=True)
            display(shown(draw(moved, **chosen)))
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
    return widgets.VBox([widgets.VBox([*everything.values(), back]), figure])


def shown(picture):
    """A picture as a notebook displays it: one of matplotlib is encoded here, once."""
    if isinstance(picture, Drawing):
        return picture
    buffer = io.BytesIO()
    picture.savefig(buffer)
    return Image(buffer.getvalue())


def slider(quantity, value, lowest=None, highest=None):
    """A slider over a quantity, from a value in the unit in which it is shown; other ends, as many steps."""
    shown = quantity.shown
    if lowest is not None:
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
