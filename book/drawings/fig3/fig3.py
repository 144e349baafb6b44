"""Fig. 3: atom-mirror entanglement against the decay rates of the cavity and of the atoms."""

from dataclasses import dataclass

import numpy as np

from omcore.cases import PAPER
from omcore.parameters import Parameters

from ..kit.cases import ATOMS, RATES, at_rates, points
from ..kit.maps import draw_rows

LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)  # of the contours


@dataclass(frozen=True)
class Data:
    """E_am over (kappa, gamma_a), both in units of omega_m, for each case.

    rates : array (resolution,), both axes
    E_am : case -> array (resolution, resolution), NaN where unstable; gamma_a along the first axis
    paper : (kappa, gamma_a) of the paper, in units of omega_m
    """

    reading: str
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


def data(
    p: Parameters = PAPER, resolution=141, reading="self-consistent", atoms=ATOMS, cavity=None
) -> Data:
    """Compute the three maps; ``atoms`` and ``cavity`` as in ``kit.cases.points``.

    >>> d = data(resolution=3)
    >>> d.E_am["cw"].shape
    (3, 3)
    """
    rates = np.geomspace(*RATES, resolution)
    maps = {
        case: at_rates(q, rates, rates[:, None], reading).log_negativity("a", "m")
        for case, q in points(p, atoms, cavity).items()
    }
    return Data(reading, rates, maps, (PAPER.kappa / p.omega_m, PAPER.gamma_a / p.omega_m))


def draw(*panels: Data):
    """A row of three maps for each set of data, on one colour scale."""
    rows = [(panel.reading, panel.rates, panel.E_am, panel.paper) for panel in panels]
    return draw_rows(rows, "$E_{a-m}$", LEVELS, "abc")
