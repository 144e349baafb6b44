"""Sliders for a reader with a kernel, and a figure that follows them."""

import io
import time

from omcore.extras import require

require("widgets", "ipywidgets")

import ipywidgets as widgets
import numpy as np
from IPython.display import Image, clear_output, display

from .knobs import labelled
from .svg import Drawing

DURING_A_DRAG = 0.2  # s: a figure that is drawn in less follows while its slider is dragged


def explore(draw, quantities, start, omega_m, choices=None):
    """Sliders and lists, a button that puts them back, and a figure that follows them.

    Parameters
    ----------
    draw : function of the sliders that have moved, in SI units, and of what is chosen, all by name, that
        returns a Figure or a ``Drawing``
    quantities : {name: Knob}, a slider for each
    start : {name: value in SI units}
    omega_m : the unit of rates, in rad/s
    choices : {name: (options, the one to start from)}, a list for each

    Returns
    -------
    ipywidgets.VBox, with the sliders in its first child and the figure in its last
    """
    sizes = {name: quantity.shown.factor(omega_m) for name, quantity in quantities.items()}
    sliders = {n: slider(quantity, start[n] / sizes[n]) for n, quantity in quantities.items()}
    lists = {
        name: widgets.Dropdown(options=options, value=first, description=name)
        for name, (options, first) in (choices or {}).items()
    }
    back = widgets.Button(description="back to the start")
    controls = sliders | lists
    starts = {name: control.value for name, control in controls.items()}
    figure, waiting = widgets.Output(), []

    def show():
        chosen = {name: control.value for name, control in lists.items()}
        moved = {n: c.value * sizes[n] for n, c in sliders.items() if c.value != starts[n]}
        begun = time.perf_counter()
        with figure:  # what goes wrong shows there, too
            clear_output(wait=True)
            display(shown(draw(**moved, **chosen)))
        took = time.perf_counter() - begun
        for control in sliders.values():
            control.continuous_update = took < DURING_A_DRAG

    def follow(_):
        if not waiting:
            show()

    def reset(_):
        waiting.append("for the last control")  # one redraw, not one for each
        for name, control in controls.items():
            control.value = starts[name]
        waiting.clear()
        show()

    for control in controls.values():
        control.observe(follow, "value")
    back.on_click(reset)
    show()
    return widgets.VBox([widgets.VBox([*controls.values(), back]), figure])


def shown(picture):
    """A picture as a notebook displays it: one of matplotlib is encoded here, once."""
    if isinstance(picture, Drawing):
        return picture
    buffer = io.BytesIO()
    picture.savefig(buffer)
    return Image(buffer.getvalue())


def slider(quantity, value):
    """A slider over a quantity, from a value in the unit in which it is shown."""
    shown = quantity.shown
    shared = {
        "value": value,
        "step": shown.step,
        "description": _described(quantity),
        "tooltip": quantity.meaning,
        "readout_format": ".3g",
        "continuous_update": False,
    }
    if shown.logarithmic:
        ends = {"min": np.log10(shown.lowest), "max": np.log10(shown.highest)}
        return widgets.FloatLogSlider(base=10, **ends, **shared)
    return widgets.FloatSlider(min=shown.lowest, max=shown.highest, **shared)


def _described(quantity):
    """Symbol and unit in one formula, since a widget takes a single one."""
    unit = quantity.shown.unit
    if unit in ("1", "omega_m"):
        return labelled(quantity.symbol, unit)
    latex = {"°": r"^\circ", "1/µm": r"\mu\mathrm{m}^{-1}"}.get(unit, rf"\mathrm{{{unit}}}")
    return rf"${quantity.symbol}\;({latex})$"
