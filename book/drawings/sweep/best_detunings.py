"""E_am over the two decay rates: with the detunings held, and with the best detunings at each point."""

import json
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from omcore.cases import PAPER
from omcore.parameters import Parameters

from ..kit.maps import MARK, colour_scale, draw_map
from ..kit.style import ratio_label, style

LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)


@dataclass(frozen=True)
class Data:
    """E_am over (kappa, gamma_a), both in units of omega_m; gamma_a along the first axis of a map.

    kappa, gamma_a : array (m,), (n,)
    held : array (n, m), at the detunings that are held
    best : array (n, m), the largest over the detunings of the sweep
    paper : (kappa, gamma_a) of p
    """

    kappa: np.ndarray
    gamma_a: np.ndarray
    held: np.ndarray
    best: np.ndarray
    paper: tuple[float, float]

    @property
    def lost(self) -> np.ndarray:
        """Share of the best that is lost by holding the detunings; all where that is not stable."""
        return 1 - np.nan_to_num(self.held) / self.best


def data(ds, p: Parameters = PAPER) -> Data:
    """From a Dataset of ``om.sweep`` over kappa, gamma_a, Delta_c and Delta_a; p holds the detunings.

    >>> import omcore as om
    >>> rates, detunings = om.PAPER.omega_m * np.array([0.3, 0.6]), om.PAPER.omega_m * np.array([-1.1, 2.5])
    >>> axes = dict(kappa=rates, gamma_a=rates, Delta_c=detunings, Delta_a=detunings)
    >>> d = data(om.sweep(om.PAPER, outputs="E_am", progress=False, **axes))
    >>> print(d.held.round(3)[1], (d.best >= d.held).all())
    [0.144 0.137] True
    """
    omega_m = json.loads(ds.attrs["parameters"])["omega_m"]
    E = ds.E_am.transpose("gamma_a", "kappa", ...)
    held = E.sel(Delta_c=p.Delta_c, Delta_a=p.Delta_a, method="nearest")
    best = E.max(("Delta_c", "Delta_a"))
    rates = (ds[name].values / omega_m for name in ("kappa", "gamma_a"))
    return Data(*rates, held.values, best.values, (p.kappa / p.omega_m, p.gamma_a / p.omega_m))


def draw(d: Data):
    """Two maps on one colour scale."""
    scale = colour_scale([d.held, d.best])
    with style():
        figure, axes = plt.subplots(
            1, 2, figsize=(7.6, 3.7), sharex=True, sharey=True, layout="compressed"
        )
        maps = {"detunings held": d.held, "best detunings at each point": d.best}
        for axis, (title, values) in zip(axes, maps.items(), strict=True):
            mesh = draw_map(axis, d.kappa, d.gamma_a, values, scale, LEVELS)
            axis.plot(*d.paper, **MARK, linestyle="")
            axis.set(title=title, xlabel=ratio_label("kappa"))
        axes[0].set_ylabel(ratio_label("gamma_a"))
        figure.colorbar(mesh, ax=axes, label="$E_{a-m}$", ticks=[0, *LEVELS], fraction=0.03)
        plt.close(figure)
    return figure
