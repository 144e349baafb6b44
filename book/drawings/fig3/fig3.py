"""Fig. 3: atom-mirror entanglement against the decay rates of the cavity and of the atoms."""

from types import SimpleNamespace

import numpy as np

import omcore as om

from ..kit.maps import draw_rows
from ..kit.operating import ATOMS, RATES, at_rates, points

LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)  # of the contours


def data(p=om.PAPER, resolution=141, reading="self-consistent", atoms=ATOMS, cavity=None):
    """The three maps over (kappa, gamma_a); ``atoms`` and ``cavity`` as in ``kit.operating.points``.

    rates : array (resolution,), both axes, in units of omega_m
    E_am : case -> array (resolution, resolution), NaN where unstable; gamma_a along the first axis
    paper : (kappa, gamma_a) of the paper
    larger_than_stationary : case -> share of the map, where both are stable, with more E_am than at rest
    """
    rates = np.geomspace(*RATES, resolution)
    maps = {
        case: at_rates(q, rates, rates[:, None], reading).log_negativity("a", "m")
        for case, q in points(p, atoms, cavity).items()
    }
    larger = {}
    for case, E in maps.items():
        both = np.isfinite(E) & np.isfinite(maps["stationary"])
        larger[case] = np.mean((E > maps["stationary"])[both]) if both.any() else np.nan
    paper = om.PAPER.kappa / p.omega_m, om.PAPER.gamma_a / p.omega_m
    return SimpleNamespace(
        reading=reading, rates=rates, E_am=maps, paper=paper, larger_than_stationary=larger
    )


def draw(*panels):
    """A row of three maps for each set of data, on one colour scale."""
    rows = [(panel.reading, panel.rates, panel.E_am, panel.paper) for panel in panels]
    return draw_rows(rows, "$E_{a-m}$", LEVELS, "abc")
