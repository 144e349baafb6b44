"""Curves and maps of any output over any field, by omcore and matplotlib: what a live figure shows."""

import matplotlib.pyplot as plt
import numpy as np

from ...outputs import OUTPUTS
from ...parameters import CASES, PAPER, QUANTITIES, Parameters, operating_points
from ...solution import solve
from .maps import colour_scale, draw_map
from .panels import hatch_unstable, legend_below
from .style import CASE_STYLES, style


def points_of(p: Parameters, cases) -> dict[str, Parameters]:
    """The cases at parameters that a reader has moved.

    Each has its own drive, and its own detuning of the cavity unless that of p is another than the
    paper's; "given" is p itself.

    >>> from omcore import PAPER
    >>> moved = points_of(PAPER.in_omega_m(Delta_c=2), ["stationary", "cw"])
    >>> [round(q.Delta_c / q.omega_m, 3) for q in moved.values()]
    [2.0, 2.0]
    """
    known = operating_points(p) | {"given": p}
    if p.Delta_c != PAPER.Delta_c:
        known = {case: q.replace(Delta_c=p.Delta_c) for case, q in known.items()}
    return {case: known[case] for case in cases}


def along(case, **sweep):
    """The fields of a sweep for a case; what is at rest stays at rest.

    >>> along("stationary", angular_velocity=np.array([1.0, 2.0]))
    {'angular_velocity': array([0., 0.])}
    """
    at_rest = case in CASES and CASES[case].angular_velocity == 0
    return {n: 0 * v if at_rest and n == "angular_velocity" else v for n, v in sweep.items()}


def curves(figure, p, reading, points):
    """Each output of a live figure in each of its cases, over its axis."""
    values = figure.x.values(p, points)
    shown = values / _unit(figure.x.name, p)
    with style():
        drawing, axis = plt.subplots(figsize=(6.4, 4.2))
        for case, q in points_of(p, figure.cases).items():
            s = solve(q.replace(**along(case, **{figure.x.name: values})), reading)
            look = CASE_STYLES.get(case, {"label": "as set"})
            for k, name in enumerate(figure.y):
                more = {
                    "label": f"{look['label']}, ${OUTPUTS[name].symbol}$",
                    "alpha": 1 - 0.15 * k,
                }
                if len(figure.cases) == 1:
                    more["color"] = f"C{k}"
                axis.plot(shown, OUTPUTS[name].of(s), **look | (more if len(figure.y) > 1 else {}))
            if len(figure.cases) == 1 and not all(OUTPUTS[name].bare for name in figure.y):
                hatch_unstable(axis, shown, np.where(s.stable, 0.0, np.nan))
        axis.set(xlabel=label(figure.x.name), xlim=(shown[0], shown[-1]))
        axis.set_xscale("log" if figure.x.logarithmic else "linear")
        axis.set_ylabel(output_label(figure.y[0]))
        legend_below(drawing, axis)
        plt.close(drawing)
    return drawing


def maps(figure, p, reading, points):
    """The output of a live figure over both its fields, a map for each case."""
    right, up = figure.x.values(p, points), figure.over.values(p, points)
    grid = {figure.x.name: right, figure.over.name: up[:, None]}
    values = {
        case: OUTPUTS[figure.y[0]].of(solve(q.replace(**along(case, **grid)), reading))
        for case, q in points_of(p, figure.cases).items()
    }
    scale = colour_scale(values.values())
    x, y = right / _unit(figure.x.name, p), up / _unit(figure.over.name, p)
    with style():
        drawing, axes = plt.subplots(
            1, len(values), figsize=(1.5 + 2.7 * len(values), 3.4), sharey=True, squeeze=False
        )
        for axis, (case, found) in zip(axes[0], values.items(), strict=True):
            mesh = draw_map(axis, x, y, found, scale, ())
            axis.set(xlabel=label(figure.x.name), title=CASE_STYLES.get(case, {}).get("label", ""))
        axes[0, 0].set_ylabel(label(figure.over.name))
        drawing.colorbar(mesh, ax=axes, label=output_label(figure.y[0]), fraction=0.025)
        plt.close(drawing)
    return drawing


def label(name):
    """Symbol and unit of a field, as it is shown.

    >>> label("power"), label("kappa")
    ('$P$ (mW)', '$\\\\kappa/\\\\omega_m$')
    """
    return _labelled(QUANTITIES[name].symbol, QUANTITIES[name].shown.unit)


def output_label(name):
    """Symbol and unit of an output.

    >>> output_label("detuning")
    '$\\\\tilde\\\\Delta/\\\\omega_m$'
    """
    return _labelled(OUTPUTS[name].symbol, OUTPUTS[name].unit)


def _labelled(symbol, unit):
    if unit == "omega_m":
        return f"${symbol}/{QUANTITIES['omega_m'].symbol}$"
    return f"${symbol}$" + (f" ({unit})" if unit != "1" else "")


def _unit(name, p):
    return QUANTITIES[name].shown.factor(p.omega_m)
