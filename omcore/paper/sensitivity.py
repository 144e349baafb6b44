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


def locked(p, case, reading):
    """The Parameters with a laser that follows the driven mode: Delta_c undoes what the Sagnac shift does."""
    change = _shift_of_driven(p) - _shift_of_driven(CASES[case])
    return p.in_omega_m(Delta_c=p.Delta_c / p.omega_m - change)


def tuned(p, case, reading):
    """The Parameters with each point at the Delta_c of its largest E_am; their own is not used."""
    shift = _shift_of_driven(p)
    at = lambda x: p.in_omega_m(Delta_c=x - shift)
    x, _ = maximum(lambda x: E_am(at(x), reading), -2.5, 4.0, 53, p.shape, rounds=3)
    return at(np.nan_to_num(x))


def _shift_of_driven(p):
    return (cavity_detunings(p)[p.drive] - p.Delta_c) / p.omega_m


def points(case, ranges="digits", n=1024, seed=0) -> Parameters:
    """A sweep (2 + inputs, n): two sets of a Sobol sequence, and the first with one input from the second."""
    low, high = intervals(case, ranges).T[..., None, None]
    d = len(INPUTS)
    A, B = qmc.Sobol(2 * d, seed=seed).random(n).T.reshape(2, d, n)
    mixed = np.repeat(A[None], d, axis=0)
    mixed[range(d), range(d)] = B
    unit = np.moveaxis(np.concatenate([A[None], B[None], mixed]), 1, 0)
    return placed(case, low + (high - low) * unit)


def indices(values, at_unstable=0.0) -> Indices:
    """The Indices of the values (2 + inputs, n) at ``points``; n is a power of two.

    A point without a steady state counts as ``at_unstable``: without a state there is no entanglement. None
    takes the mean of the others instead.
    """
    known = np.isfinite(values)
    fill = values[known].mean() if at_unstable is None else at_unstable
    f = np.where(known, values, fill)
    found = sobol_indices(func={"f_A": f[:1], "f_B": f[1:2], "f_AB": f[2:, None]}, n=f.shape[1])
    first, total = (np.reshape(x, -1) for x in (found.first_order, found.total_order))
    return Indices(first, total, float(1 - known.mean()))


def sobol(measure, case, ranges="digits", reading="self-consistent", n=1024, seed=0, follow=None):
    """The Indices of a measure of Parameters and a reading; ``follow`` is None, ``locked`` or ``tuned``.

    >>> found = sobol(E_am, "stationary", n=256)
    >>> [INPUTS[k] for k in np.argsort(-found.total)[:2]]
    ['radius', 'mass']
    """
    p = points(case, ranges, n, seed)
    return indices(measure(follow(p, case, reading) if follow else p, reading))


def main(n=128):
    """Store the indices at detunings that are tuned again."""
    record = {}
    for reading, ranges, case in product(MEAN_FIELDS, RANGES, CASES):
        p = tuned(points(case, ranges, n), case, reading)
        for name, measure in MEASURES.items():
            first, total, unstable = indices(measure(p, reading))
            numbers = {"first": first.round(3).tolist(), "total": total.round(3).tolist()}
            record[f"{reading}, {name}, {ranges}, {case}"] = numbers | {"unstable": unstable}
        print(reading, ranges, case, flush=True)
        RECORD.write_text(json.dumps(record) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
