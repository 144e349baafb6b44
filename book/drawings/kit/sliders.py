"""Sliders for a reader with a kernel, and a figure that follows them."""

import asyncio
from html import escape

from omcore.extras import require

require("widgets", "ipywidgets")

import ipywidgets as widgets
import numpy as np

from .canvas import Canvas
from .knobs import labelled
from .svg import Drawing

HERE = """<small>Sliders, lists and buttons work here, and <code>omcore</code> computes. What else the
text says of this figure, of pointer, links or dragging, holds on its page in the book.</small>"""
REST = 0.25  # s without a change, after which a slider is taken to be at rest


def explore(draw, quantities, start, omega_m, choices=None, presets=None):
    """Sliders and lists, buttons that set them, and a figure that follows them.

    Parameters
    ----------
    draw : function of the sliders that have moved, in SI units, and of what is chosen, all by name, and of
        ``coarse``: whether a slider is moving; it returns a Figure or a ``Drawing``
    quantities : {name: Knob}, a slider for each
    start : {name: value in SI units}
    omega_m : the unit of rates, in rad/s
    choices : {name: (options, the one to start from)}, a list for each
    presets : {name: what differs from the start, in SI units and by name}, a button for each

    Returns
    -------
    ipywidgets.VBox, with the sliders in its first child, the presets, if any, and the figure
    """
    sizes = {name: quantity.shown.factor(omega_m) for name, quantity in quantities.items()}
    sliders = {n: slider(quantity, start[n] / sizes[n]) for n, quantity in quantities.items()}
    lists = {
        name: widgets.Dropdown(options=options, value=first, description=name)
        for name, (options, first) in (choices or {}).items()
    }
    wide = {"width": "auto", "align_self": "flex-start"}  # as their words are
    back = widgets.Button(description="back to the start", layout=wide)
    ready = [widgets.Button(description=name, layout=wide) for name in presets or {}]
    controls = sliders | lists
    starts = {name: control.value for name, control in controls.items()}
    canvas, refusal = Canvas(), widgets.HTML()
    picture = widgets.Image(layout={"align_self": "flex-start"})  # in its own size
    beyond, setting, later = {}, False, None  # beyond: what a preset says that has no slider

    def show(coarse=False):
        chosen = {name: control.value for name, control in lists.items()}
        moved = beyond | {n: c.value * sizes[n] for n, c in sliders.items() if c.value != starts[n]}
        drawn = draw(coarse=coarse, **moved, **chosen)
        if isinstance(drawn, Drawing):
            picture.format, picture.value = "svg+xml", drawn.encode()
        else:
            picture.value = (canvas.moving if coarse else canvas.whole)(drawn)

    def show_or_say(coarse=False):
        refusal.value = ""
        try:
            show(coarse)
        except Exception as error:  # a reader sees no log
            refusal.value = f"<pre>{escape(f'{type(error).__name__}: {error}')}</pre>"

    def follow(change):
        nonlocal later
        if setting:
            return
        if later:
            later.cancel()
        moving = change is not None and change.owner in sliders.values()
        later = at_rest(show_or_say) if moving else None
        show_or_say(coarse=later is not None)

    def put(button):
        nonlocal beyond, setting
        wanted = (presets or {}).get(button.description, {})
        beyond = {name: value for name, value in wanted.items() if name not in controls}
        setting = True  # one redraw, not one for each
        for name, control in controls.items():
            value = wanted.get(name, starts[name])
            control.value = value / sizes[name] if name in sliders and name in wanted else value
        setting = False
        follow(None)

    for control in controls.values():
        control.observe(follow, "value")
    for button in (back, *ready):
        button.on_click(put)
    show()
    rows = [widgets.HBox(ready, layout={"flex_flow": "row wrap"})] if ready else []
    columns = {"display": "grid", "grid_template_columns": "repeat(auto-fill, 310px)"}
    hands = widgets.VBox([*controls.values(), back], layout=columns)
    return widgets.VBox([hands, *rows, picture, refusal, widgets.HTML(HERE)])


def at_rest(call):
    """Have a kernel call once its reader has paused; None where none is at work, and so none waits."""
    try:
        return asyncio.get_running_loop().call_later(REST, call)
    except RuntimeError:
        return None


def slider(quantity, value):
    """A slider over a quantity, from a value in the unit in which it is shown."""
    shown = quantity.shown
    shared = {
        "value": value,
        "step": shown.step,
        "description": _described(quantity),
        "tooltip": quantity.meaning,
        "readout_format": ".3g",
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
