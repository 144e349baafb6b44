"""The operating points of the paper, and where else its figures place the three cases."""

from collections.abc import Mapping

import omcore as om

ATOMS = -1.0  # Delta_a/omega_m, at which the paper compares couplings and draws Fig. 3
SCAN = (-3.0, 5.0)  # of Delta_c/omega_m, in which the largest E_am is looked for
CONDENSATE = 1e6  # atoms, in Sec. IV
RATES = (0.05, 3.0)  # of kappa/omega_m and gamma_a/omega_m, in Figs. 3 and 4(b-d)
FIG3_CAPTION = {"cw": 2.5, "ccw": -1.0, "stationary": 1.0}  # Delta_c/omega_m as printed there
FIG4_CAPTION = {"cw": -2.5, "ccw": -1.0, "stationary": 1.0}


def points(p: om.Parameters, atoms=ATOMS, cavity=None) -> dict[str, om.Parameters]:
    """The three cases at given detunings, in units of omega_m.

    Parameters
    ----------
    p : Parameters
    atoms : Delta_a/omega_m, a number for all cases or one for each: {case: number}
    cavity : None for Delta_c/omega_m = 1, -1 and 2.5, as in ``omcore.operating_points``, or
        {case: number}, such as ``FIG3_CAPTION``
    """
    cases = om.operating_points(p)
    atoms = atoms if isinstance(atoms, Mapping) else dict.fromkeys(cases, atoms)
    if cavity is not None:
        cases = {case: q.in_omega_m(Delta_c=cavity[case]) for case, q in cases.items()}
    return {case: q.in_omega_m(Delta_a=atoms[case]) for case, q in cases.items()}


def with_both_sides(p: om.Parameters) -> dict[str, om.Parameters]:
    """The three operating points, and "both": at rest, with half of the light from each side."""
    cases = om.operating_points(p)
    return cases | {"both": cases["stationary"].replace(counter_drive=0.5)}


def at_rates(q: om.Parameters, kappa, gamma_a, reading="self-consistent"):
    """The chain at decay rates given in units of omega_m."""
    return om.solve(q.in_omega_m(kappa=kappa, gamma_a=gamma_a), reading)


def photons(p: om.Parameters, field):
    """Mean photon number of the driven mode, |α|², of a MeanField."""
    return abs(field.amplitude(p.drive)) ** 2


def over_stationary(peaks):
    """Height of each case's peak (..., height) over that of the stationary resonator."""
    return {case: peak[-1] / peaks["stationary"][-1] for case, peak in peaks.items()}
