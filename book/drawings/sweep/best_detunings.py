"""E_am over the two decay rates: with the detunings held, and with the best detunings at each point."""

import json
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.knobs import axis_label
from ..kit.maps import MARK, colour_scale, draw_map
from ..kit.style import style

LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)


def data(ds, p=om.PAPER):
    """From a Dataset of ``om.sweep`` over kappa, gamma_a, Delta_c and Delta_a; p holds the detunings.

    kappa, gamma_a : array (m,), (n,), in units of omega_m
    held : array (n, m), E_am at the detunings that are held
    best : array (n, m), the largest over the detunings of the sweep
    lost : array (n, m), share of the best that is lost by holding them; all where that is not stable
    paper : (kappa, gamma_a) of p
    """
    omega_m = json.loads(ds.attrs["parameters"])["omega_m"]
    E = ds.E_am.transpose("gamma_a", "kappa", ...)
    held = E.sel(Delta_c=p.Delta_c, Delta_a=p.Delta_a, method="nearest").values
    best = E.max(("Delta_c", "Delta_a")).values
    kappa, gamma_a = (ds[name].values / omega_m for name in ("kappa", "gamma_a"))
    return SimpleNamespace(
        kappa=kappa, gamma_a=gamma_a, held=held, best=best, lost=1 - np.nan_to_num(held) / best,
        paper=(p.kappa / p.omega_m, p.gamma_a / p.omega_m),
    )  # fmt: skip


@style()
def draw(d):
    """Two maps on one colour scale."""
    scale = colour_scale([d.held, d.best])
    figure, axes = plt.subplots(
        1, 2, figsize=(7.6, 3.7), sharex=True, sharey=True, layout="compressed"
    )
    maps = {"detunings held": d.held, "best detunings at each point": d.best}
    for axis, (title, values) in zip(axes, maps.items(), strict=True):
        mesh = draw_map(axis, d.kappa, d.gamma_a, values, scale, LEVELS)
        axis.plot(*d.paper, **MARK, linestyle="")
        axis.set(title=title, xlabel=axis_label("kappa"))
    axes[0].set_ylabel(axis_label("gamma_a"))
    figure.colorbar(mesh, ax=axes, label="$E_{a-m}$", ticks=[0, *LEVELS], fraction=0.03)
    return figure
