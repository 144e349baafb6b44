"""Which knob matters: what a percent more of each field does to E_am and R."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.paper.optima import elasticities, found
from omcore.parameters import QUANTITIES

from ..kit.style import BLACK, style
from .standings import LOOKS

SHOWN = ("at rest", "CW", "CCW", "both sides, at rest")
FIELDS = (
    "power", "mass", "radius", "angular_velocity", "G_a",
    "kappa", "gamma_a", "omega_m", "gamma_m", "temperature",
)  # fmt: skip


@dataclass(frozen=True)
class Data:
    """At the best detunings of each contestant, where no detuning has a slope.

    percent : measure -> contestant -> field -> percent for a percent
    """

    percent: dict[str, dict[str, dict[str, float]]]


def data(reading="self-consistent") -> Data:
    """One call of ``om.gradient`` for E_am, nine for R.

    >>> print(f"{data().percent['E_am']['CCW']['power']:.2f}")
    0.43
    """
    return Data(
        {
            measure: {
                name: elasticities(found(reading, measure)[name][0].parameters, measure, reading)
                for name in SHOWN
            }
            for measure in ("E_am", "R")
        }
    )


def draw(d: Data):
    """Bars for each field, one for each contestant."""
    with style():
        figure, axes = plt.subplots(1, 2, sharey=True, figsize=(9.0, 5.6))
        rows = np.arange(len(FIELDS))[::-1]
        for axis, (measure, symbol) in zip(
            axes, (("E_am", "$E_{a-m}$"), ("R", "$R$")), strict=True
        ):
            for k, name in enumerate(SHOWN):
                bars = [d.percent[measure][name].get(field, 0.0) for field in FIELDS]
                axis.barh(rows + 0.3 - 0.2 * k, bars, 0.2, color=LOOKS[name]["color"], label=name)
            axis.axvline(0, color=BLACK, linewidth=0.8)
            axis.set_axisbelow(True)
            axis.set(title=symbol, xlabel="percent for one percent more")
        # Beside the residual contangle R, the radius goes by its name.
        labels = [f if f == "radius" else f"${QUANTITIES[f].symbol}$" for f in FIELDS]
        axes[0].set_yticks(rows, labels)
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
        plt.close(figure)
    return figure
