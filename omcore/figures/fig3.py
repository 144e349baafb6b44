"""Fig. 3: atom-mirror entanglement against the decay rates of the cavity and of the atoms."""

from collections.abc import Mapping
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from ..parameters import PAPER, Parameters, operating_points
from ..solution import solve
from .style import CASE_STYLES, colour_scale, draw_map, ratio_label, style, unstable_patch

RANGE = (0.05, 3.0)  # of kappa/omega_m and gamma_a/omega_m, on logarithmic axes
ATOMS = -1.0  # Delta_a/omega_m, in the caption
CAPTION = {"cw": 2.5, "ccw": -1.0, "stationary": 1.0}  # Delta_c/omega_m as printed there
ORDER = ("cw", "ccw", "stationary")  # of the panels in the paper
LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)  # of the contours
MARK = {"marker": "o", "markersize": 7, "color": "white", "markeredgecolor": "black"}


@dataclass(frozen=True)
class Data:
    """E_am over (kappa, gamma_a), both in units of omega_m, for each case.

    rates : array (resolution,), both axes
    E_am : case -> array (resolution, resolution), NaN where unstable; gamma_a along the first axis
    paper : (kappa, gamma_a) of the paper, in units of omega_m
    """

    mean_field: str
    rates: np.ndarray
    E_am: dict[str, np.ndarray]
    paper: tuple[float, float]

    def larger_than_stationary(self, case):
        """Share of the map, where both are stable, on which E_am exceeds that at rest.

        >>> bool(0 <= data(resolution=5).larger_than_stationary("cw") <= 1)
        True
        """
        both = np.isfinite(self.E_am[case]) & np.isfinite(self.E_am["stationary"])
        return np.mean((self.E_am[case] > self.E_am["stationary"])[both]) if both.any() else np.nan


def points(p: Parameters, atoms=ATOMS, cavity=None) -> dict[str, Parameters]:
    """The three cases at given detunings, in units of omega_m.

    Parameters
    ----------
    p : Parameters
    atoms : Delta_a/omega_m, a number for all cases or one for each: {case: number}
    cavity : None for Delta_c/omega_m = 1, -1 and 2.5, as in ``omcore.operating_points``, or
        {case: number}, such as ``CAPTION``

    >>> q = points(PAPER, cavity=CAPTION)["cw"]
    >>> q.Delta_c / q.omega_m, q.Delta_a / q.omega_m
    (2.5, -1.0)
    """
    cases = operating_points(p)
    atoms = atoms if isinstance(atoms, Mapping) else dict.fromkeys(cases, atoms)
    if cavity is not None:
        cases = {case: q.replace(Delta_c=cavity[case] * q.omega_m) for case, q in cases.items()}
    return {case: q.replace(Delta_a=atoms[case] * q.omega_m) for case, q in cases.items()}


def solution(q: Parameters, kappa, gamma_a, mean_field="self-consistent"):
    """The chain at decay rates given in units of omega_m.

    >>> solution(PAPER, [0.5, 1.0, 2.0], 0.6).stable
    array([ True,  True,  True])
    """
    kappa, gamma_a = q.omega_m * np.asarray(kappa), q.omega_m * np.asarray(gamma_a)
    return solve(q.replace(kappa=kappa, gamma_a=gamma_a), mean_field)


def data(
    p: Parameters = PAPER, resolution=201, mean_field="self-consistent", atoms=ATOMS, cavity=None
) -> Data:
    """Compute the three maps; ``atoms`` and ``cavity`` as in ``points``.

    >>> d = data(resolution=3)
    >>> d.E_am["cw"].shape
    (3, 3)
    """
    rates = np.geomspace(*RANGE, resolution)
    maps = {
        case: solution(q, rates, rates[:, None], mean_field).log_negativity("a", "m")
        for case, q in points(p, atoms, cavity).items()
    }
    return Data(mean_field, rates, maps, (PAPER.kappa / p.omega_m, PAPER.gamma_a / p.omega_m))


def draw(*panels: Data):
    """A row of three maps for each set of data, on one colour scale."""
    rows = [(panel.mean_field, panel.rates, panel.E_am, panel.paper) for panel in panels]
    return draw_rows(rows, "$E_{a-m}$", LEVELS, "abc")


def draw_rows(rows, label, levels, letters):
    """Rows of maps on one colour scale, for Figs. 3 and 4; each row (title, rates, maps, paper)."""
    scale = colour_scale([values for _, _, maps, _ in rows for values in maps.values()])
    with style():
        figure, axes = plt.subplots(
            len(rows), 3, figsize=(9.6, 0.75 + 2.75 * len(rows)), layout="compressed",
            sharex=True, sharey=True, squeeze=False,
        )  # fmt: skip
        for row, (reading, rates, maps, paper) in zip(axes, rows, strict=True):
            for axis, letter, case in zip(row, letters, ORDER, strict=True):
                mesh = draw_map(axis, rates, rates, maps[case], scale, levels)
                axis.plot(*paper, **MARK)
                axis.set_title(f"({letter}) {CASE_STYLES[case]['label']}", fontsize=10)
            row[0].set_ylabel(f"{reading}\n{ratio_label('gamma_a')}")
        for axis in axes[-1]:
            axis.set_xlabel(ratio_label("kappa"))
        figure.colorbar(mesh, ax=axes, label=label, ticks=[0, *levels], fraction=0.025, pad=0.02)
        handles = [plt.Line2D([], [], linestyle="", label="decay rates of the paper", **MARK)]
        if any(np.isnan(values).any() for _, _, maps, _ in rows for values in maps.values()):
            handles.append(unstable_patch())
        figure.legend(handles=handles, loc="outside lower center", ncols=2)
        plt.close(figure)
    return figure
