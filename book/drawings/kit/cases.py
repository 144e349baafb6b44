"""The three cases of the paper at other detunings and decay rates, and what they have in common."""

from collections.abc import Mapping

import numpy as np

from omcore.cases import operating_points
from omcore.parameters import Parameters
from omcore.solution import solve

ATOMS = -1.0  # Delta_a/omega_m, at which the paper compares couplings and draws Fig. 3
RATES = (0.05, 3.0)  # of kappa/omega_m and gamma_a/omega_m, in Figs. 3 and 4(b-d)
FIG3_CAPTION = {"cw": 2.5, "ccw": -1.0, "stationary": 1.0}  # Delta_c/omega_m as printed there
FIG4_CAPTION = {"cw": -2.5, "ccw": -1.0, "stationary": 1.0}


def points(p: Parameters, atoms=ATOMS, cavity=None) -> dict[str, Parameters]:
    """The three cases at given detunings, in units of omega_m.

    Parameters
    ----------
    p : Parameters
    atoms : Delta_a/omega_m, a number for all cases or one for each: {case: number}
    cavity : None for Delta_c/omega_m = 1, -1 and 2.5, as in ``omcore.operating_points``, or
        {case: number}, such as ``FIG3_CAPTION``

    Examples
    --------
    >>> from omcore import PAPER
    >>> q = points(PAPER, cavity=FIG3_CAPTION)["cw"]
    >>> q.Delta_c / q.omega_m, q.Delta_a / q.omega_m
    (2.5, -1.0)
    """
    cases = operating_points(p)
    atoms = atoms if isinstance(atoms, Mapping) else dict.fromkeys(cases, atoms)
    if cavity is not None:
        cases = {case: q.replace(Delta_c=cavity[case] * q.omega_m) for case, q in cases.items()}
    return {case: q.replace(Delta_a=atoms[case] * q.omega_m) for case, q in cases.items()}


def at_rates(q: Parameters, kappa, gamma_a, reading="self-consistent"):
    """The chain at decay rates given in units of omega_m.

    >>> from omcore import PAPER
    >>> at_rates(PAPER, [0.5, 1.0, 2.0], 0.6).stable
    array([ True,  True,  True])
    """
    kappa, gamma_a = q.omega_m * np.asarray(kappa), q.omega_m * np.asarray(gamma_a)
    return solve(q.replace(kappa=kappa, gamma_a=gamma_a), reading)


def photons(p: Parameters, field):
    """Mean photon number of the driven mode, |α|², of a MeanField.

    >>> from omcore import PAPER, mean_field
    >>> print(f"{photons(PAPER, mean_field(PAPER)):.2e}")
    5.51e+09
    """
    return abs(field.amplitude(p.drive)) ** 2


def over_stationary(peaks):
    """Height of each case's peak (..., height) over that of the stationary resonator.

    >>> over_stationary({"stationary": (1.0, 2.0), "cw": (-1.0, 3.0)})
    {'stationary': 1.0, 'cw': 1.5}
    """
    return {case: peak[-1] / peaks["stationary"][-1] for case, peak in peaks.items()}
