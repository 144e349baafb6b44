"""Which knob matters: what a percent more of each field does to E_am and R."""

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.paper.optima import elasticities, found

from ..kit.panels import legend_below
from ..kit.style import BLACK, style
from .standings import LOOKS

SHOWN = ("at rest", "CW", "CCW", "both sides, at rest")
FIELDS = (
    "power", "mass", "radius", "angular_velocity", "G_a",
    "kappa", "gamma_a", "omega_m", "gamma_m", "temperature",
)  # fmt: skip


def data(reading="self-consistent"):
    """Percent for a percent, where no detuning has a slope: measure -> contestant -> field -> number."""
    slopes = lambda name, measure: elasticities(
        found(reading, measure)[name][0].parameters, measure, reading
    )
    return {measure: {name: slopes(name, measure) for name in SHOWN} for measure in ("E_am", "R")}


@style()
def draw(d):
    """Bars for each field, one for each contestant."""
    figure, axes = plt.subplots(1, 2, sharey=True, figsize=(9.0, 5.6))
    rows = np.arange(len(FIELDS))[::-1]
    for axis, (measure, symbol) in zip(axes, (("E_am", "$E_{a-m}$"), ("R", "$R$")), strict=True):
        for k, name in enumerate(SHOWN):
            bars = [d[measure][name].get(field, 0.0) for field in FIELDS]
            axis.barh(rows + 0.3 - 0.2 * k, bars, 0.2, color=LOOKS[name]["color"], label=name)
        axis.axvline(0, color=BLACK, linewidth=0.8)
        axis.set_axisbelow(True)
        axis.set(title=symbol, xlabel="percent for one percent more")
    # Beside the residual contangle R, the radius goes by its name.
    labels = [f if f == "radius" else f"${om.QUANTITIES[f].symbol}$" for f in FIELDS]
    axes[0].set_yticks(rows, labels)
    legend_below(figure, axes[0], ncols=4)
    return figure
