r"""Which parameters an experimenter must know: the indices of Sobol, for E_am and R.

.. math:: S_i = \frac{\mathrm{Var}_{x_i}\langle f\,|\,x_i\rangle}{\mathrm{Var}\,f}, \qquad
          T_i = 1 - \frac{\mathrm{Var}\langle f\,|\,\text{all but } x_i\rangle}{\mathrm{Var}\,f}

:math:`S_i` is the part of the variance that goes if :math:`x_i` is known, :math:`T_i` the part that stays if
all else is. They are those of SciPy, ``scipy.stats.sobol_indices``. ``python -m omcore.paper.sensitivity``
stores those at detunings that are tuned again in ``sensitivity.json``; the others take a second.
"""

import json
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import qmc, sobol_indices

from ..cases import CASES
from ..parameters import Parameters
from ..resonator import cavity_detunings
from ..steady_state import MEAN_FIELDS
from .observables import E_am, R
from .printed import OF_CASE, PRINTED
from .search import maximum

RECORD = Path(__file__).with_suffix(".json")
INPUTS = (
    "refractive_index", "radius", "wavelength", "mass", "angular_velocity", "temperature", "power",
    "omega_m", "gamma_m", "kappa", "gamma_a", "G_a", "Delta_a", "Delta_c",
)  # fmt: skip
MEASURES = {"E_am": E_am, "R": R}
RANGES = ("digits", "ten per cent")


class Indices(NamedTuple):
    """First-order and total indices of the inputs, arrays (inputs,), and the share of unstable points."""

    first: np.ndarray
    total: np.ndarray
    unstable: float


def intervals(case, ranges) -> np.ndarray:
    """Ends of each of ``INPUTS``, array (inputs, 2), in SI; detunings in omega_m.

    The printed digits, or ten per cent to either side of the values of the case.

    >>> intervals("cw", "ten per cent")[-1].round(2), intervals("cw", "digits")[-1].round(2)
    (array([-1.1, -0.9]), array([-1.05, -0.95]))
    """
    if ranges == "digits":
        names = (*INPUTS[:-1], OF_CASE[case])
        return np.array([PRINTED[name].interval() for name in names])
    p = CASES[case]
    at = {name: getattr(p, name) for name in INPUTS} | {
        "angular_velocity": CASES["cw"].angular_velocity
    }
    at |= {name: at[name] / p.omega_m for name in ("Delta_a", "Delta_c")}
    return np.array([sorted((0.9 * at[name], 1.1 * at[name])) for name in INPUTS])


def placed(case, x) -> Parameters:
    """The Parameters of a case at inputs x, array (inputs, ...); the one at rest stays at rest."""
    given = dict(zip(INPUTS, x, strict=True))
    ratios = {name: given.pop(name) for name in ("Delta_a", "Delta_c")}
    if case == "stationary":
        given["angular_velocity"] = 0 * given["angular_velocity"]
    return CASES[case].replace(**given).in_omega_m(**ratios)


def locked(measure, case):
    """The measure with a laser that follows the driven mode: Delta_c makes good what the Sagnac shift does."""
    meant = _shift_of_driven(CASES[case])

    def following(p, reading):
        change = _shift_of_driven(p) - meant
        return measure(p.in_omega_m(Delta_c=p.Delta_c / p.omega_m - change), reading)

    return following


def tuned(measure):
    """The measure at the Delta_c of the largest E_am, for each point of a sweep, whose own is not used."""

    def retuned(p, reading):
        at = lambda x: p.in_omega_m(Delta_c=x - _shift_of_driven(p))
        x, _ = maximum(lambda x: E_am(at(x), reading), -2.5, 4.0, 66, p.shape, rounds=3)
        return measure(at(np.nan_to_num(x)), reading)

    return retuned


def _shift_of_driven(p):
    return (cavity_detunings(p)[p.drive] - p.Delta_c) / p.omega_m


def sobol(
    measure, case, ranges="digits", reading="self-consistent", n=1024, seed=0, at_unstable=0.0
):
    """The Indices of a measure, a function of Parameters and a reading.

    Points of a Sobol sequence, n a power of two. A point without a steady state counts as ``at_unstable``:
    without a state there is no entanglement; None takes the mean of the others instead.

    >>> found = sobol(E_am, "ccw")
    >>> most = np.argsort(-found.total)[:2]
    >>> [INPUTS[k] for k in most]
    ['Delta_a', 'angular_velocity']
    """
    low, high = intervals(case, ranges).T
    d = len(INPUTS)
    A, B = qmc.Sobol(2 * d, seed=seed).random(n).T.reshape(2, d, n)
    mixed = np.repeat(A[None], d, axis=0)
    mixed[range(d), range(d)] = B
    unit = np.moveaxis(np.concatenate([A[None], B[None], mixed]), 1, 0)  # (d, 2 + d, n)
    values = measure(placed(case, low[:, None, None] + (high - low)[:, None, None] * unit), reading)
    known = np.isfinite(values)
    fill = values[known].mean() if at_unstable is None else at_unstable
    values = np.where(known, values, fill)
    given = {"f_A": values[:1], "f_B": values[1:2], "f_AB": values[2:, None]}
    indices = sobol_indices(func=given, n=n)
    first, total = (np.reshape(x, d) for x in (indices.first_order, indices.total_order))
    return Indices(first, total, float(1 - known.mean()))


def main(n=256):
    """Store the indices at detunings that are tuned again."""
    record = {}
    for reading, name, ranges, case in product(MEAN_FIELDS, MEASURES, RANGES, CASES):
        first, total, unstable = sobol(tuned(MEASURES[name]), case, ranges, reading, n)
        numbers = {"first": first.round(3).tolist(), "total": total.round(3).tolist()}
        record[f"{reading}, {name}, {ranges}, {case}"] = numbers | {"unstable": unstable}
        print(reading, name, ranges, case, flush=True)
    RECORD.write_text(json.dumps(record, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
