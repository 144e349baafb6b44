"""Who has the largest E_am, over planes of the coupling G_a and one more parameter."""

from dataclasses import dataclass

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER
from omcore.paper.winners import PLANES, heights
from omcore.parameters import QUANTITIES

from ..kit.knobs import KNOBS
from ..kit.maps import MARK
from ..kit.style import BLACK, PALE, PALE_BLUE, PALE_ORANGE, ratio_label, style

ONE_SIDE = {"at rest": PALE, "CW": PALE_ORANGE, "CCW": PALE_BLUE}
NOTHING = 1e-4  # an E_am below this counts as none
TICKS = {  # in omega_m, mW, and mK
    "Delta_a": [-2, -1, 0, 1, 2],
    "power": [2, 5, 10, 20, 40, 80],
    "temperature": [5, 20, 100, 500, 2000],
}


@dataclass(frozen=True)
class Data:
    """The largest E_am over each plane: field -> runner -> array (rows, columns)."""

    E_am: dict[str, dict[str, np.ndarray]]

    def winner(self, field) -> np.ndarray:
        """Number in ``ONE_SIDE`` of the highest that is lit from one side; NaN where all are zero."""
        E = np.array([self.E_am[field][name] for name in ONE_SIDE])
        return np.where(E.max(0) > NOTHING, E.argmax(0), np.nan)

    def lead(self, field) -> np.ndarray:
        """How far light from both sides at rest is ahead of all three that are lit from one side."""
        E = self.E_am[field]
        return E["both sides, at rest"] - np.max([E[name] for name in ONE_SIDE], axis=0)

    def border(self, field) -> np.ndarray:
        """G_a over omega_m at which that lead first ends along each row of the plane, array (rows,).

        NaN where it has not begun at the first column.
        """
        columns, lead = PLANES[field][0], self.lead(field)
        k = (lead < 0).argmax(1)[:, None]
        before, after = (np.take_along_axis(lead, n, 1)[:, 0] for n in (np.maximum(k - 1, 0), k))
        with np.errstate(invalid="ignore", divide="ignore"):
            ends = columns[k[:, 0]] + after / (before - after) * np.diff(columns)[0]
        return np.where(k[:, 0] > 0, ends, np.nan)

    def two_beams(self, field) -> tuple[np.ndarray, np.ndarray]:
        """With the share and the phase of both beams free: the largest E_am at rest, and spinning."""
        E = self.E_am[field]
        return E["both sides, at rest"], np.fmax(E["both sides, CW"], E["both sides, CCW"])


def data(reading="self-consistent") -> Data:
    """Solve the model at every recorded place.

    >>> d = data()
    >>> [list(d.E_am["Delta_a"])[int(k)] for k in d.winner("Delta_a")[[6, 18], 10]]  # Delta_a = -1 and 2
    ['CCW', 'at rest']
    """
    return Data({field: heights(field, reading) for field in PLANES})


def draw(d: Data):
    """Above, light from one side: who is highest. Below, both beams free for both: spinning over at rest."""
    colours = mpl.colors.ListedColormap([*ONE_SIDE.values()])
    with style():
        figure, axes = plt.subplots(2, 3, figsize=(9.6, 6.4), sharex=True, sharey="col")
        for (above, below), (field, (columns, rows)) in zip(axes.T, PLANES.items(), strict=True):
            shown = KNOBS[field].shown
            factor = 1.0 if field == "Delta_a" else shown.factor(PAPER.omega_m)
            x, y = columns, rows / factor
            above.pcolormesh(x, y, d.winner(field), cmap=colours, vmin=-0.5, vmax=2.5)
            rest, spinning = d.two_beams(field)
            lead = np.where(rest > NOTHING, d.lead(field), np.nan)
            above.contour(x, y, lead, levels=[0], colors=[BLACK], linewidths=1.6)
            counts = np.fmax(rest, spinning) > NOTHING
            ratio = np.log2(np.fmax(spinning, NOTHING) / np.fmax(rest, NOTHING))
            ratio = np.where(counts, ratio, np.nan)
            mesh = below.pcolormesh(x, y, ratio, cmap="PuOr", vmin=-1.5, vmax=1.5)
            below.contour(x, y, ratio, levels=[0], colors=[BLACK], linewidths=1.6)
            label = f"${QUANTITIES[field].symbol}$ ({shown.unit})"
            label = ratio_label(field) if field == "Delta_a" else label
            paper = getattr(PAPER, field) / shown.factor(PAPER.omega_m)
            for axis in (above, below):
                axis.plot(PAPER.G_a / PAPER.omega_m, paper, **MARK)
                axis.set(yscale="linear" if field == "Delta_a" else "log", ylabel=label)
                axis.set_yticks(TICKS[field], TICKS[field])
                axis.yaxis.set_minor_locator(mpl.ticker.NullLocator())
                axis.grid(False)
            below.set_xlabel(ratio_label("G_a"))
        axes[0, 1].set_title("light from one side: the highest")
        axes[1, 1].set_title("both beams free: spinning over at rest")
        bar = figure.colorbar(mesh, ax=axes[1], ticks=[-1, 0, 1], extend="both", pad=0.02)
        bar.ax.set_yticklabels(["1/2", "1", "2"])
        patches = [mpl.patches.Patch(color=colour, label=name) for name, colour in ONE_SIDE.items()]
        line = plt.Line2D(
            [],
            [],
            color=BLACK,
            linewidth=1.6,
            label="above: light from both sides at rest is as high; below: equal",
        )
        mark = plt.Line2D([], [], linestyle="", label="the paper", **MARK)
        figure.legend(handles=[*patches, line, mark], loc="outside lower center", ncols=3)
        plt.close(figure)
    return figure
