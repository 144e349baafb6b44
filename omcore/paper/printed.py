"""What the paper prints, to how many digits, and what it leaves open: the worlds that these allow.

A world is one set of parameters that agrees with the printed digits, or departs from them by some of the
``CHOICES``, as to the index of silica in place of the printed one. Two kinds of doubt are kept apart. A
*digit* is drawn: the true value lies anywhere within half a unit of the last printed one. A *choice* is one
thing or the other.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..assumptions.glass import silica
from ..cases import PAPER, operating_points
from ..parameters import Parameters


class Printed(NamedTuple):
    """A printed number, with half a unit of its last digit.

    ``loose`` is that half unit by the other choice: zeros at the end are no digits, so that 40 mW may be
    anything from 35 to 45, and G_a is known as 0.6 omega_m only, not as the 38 MHz of Sec. IV.
    """

    value: float
    half: float
    unit: float = 1.0  # in SI, or omega_m
    loose: float | None = None

    def interval(self, loose=False):
        """Ends of the interval, in SI or in omega_m.

        >>> Printed(40, 0.5, 1e-3, 5).interval(), Printed(40, 0.5, 1e-3, 5).interval(loose=True)
        ((0.0395, 0.0405), (0.035, 0.045))
        """
        half = self.loose if loose and self.loose else self.half
        return self.unit * (self.value - half), self.unit * (self.value + half)


PRINTED = {  # Parameters in SI; detunings in omega_m
    "refractive_index": Printed(1.48, 0.005),
    "radius": Printed(1.1, 0.05, 1e-3),
    "wavelength": Printed(1550, 0.5, 1e-9, 5),
    "mass": Printed(10, 0.5, 1e-12, 5),
    "angular_velocity": Printed(30, 0.5, 1e3, 5),
    "temperature": Printed(5, 0.5, 1e-3),
    "power": Printed(40, 0.5, 1e-3, 5),
    "omega_m": Printed(63, 0.5, 1e6),
    "gamma_m": Printed(5.2, 0.05, 1e3),
    "kappa": Printed(38, 0.5, 1e6),
    "gamma_a": Printed(38, 0.5, 1e6),
    "G_a": Printed(38, 0.5, 1e6, 3.15),
    "Q": Printed(3.2, 0.05, 1e7),
    "Delta_a": Printed(-1.1, 0.05),
    "Delta_a about -1": Printed(-1, 0.05),
    "Delta_c at rest": Printed(1, 0.05),
    "Delta_c CW": Printed(-1, 0.05),
    "Delta_c CCW": Printed(2.5, 0.05),
}
OF_CASE = {"stationary": "Delta_c at rest", "cw": "Delta_c CW", "ccw": "Delta_c CCW"}
INDEX, SLOPE = (float(x) for x in silica(PAPER.wavelength))
CHOICES = {  # what was taken, and what else it may be
    "index": ("1.48, as printed", f"{INDEX:.3f}, that of silica"),
    "kappa": ("omega_0/Q, as an amplitude's", "half of it: omega_0/Q is the energy's"),
    "dispersion": ("none", f"that of silica, {SLOPE * 1e-6:.4f} per micrometre"),
    "about -1": (
        "Delta_a is -1 in Figs. 2 to 4, -1.1 in Fig. 5",
        "-1.1 in Figs. 2 to 4, -1 in Fig. 5",
    ),
}


@dataclass(frozen=True, eq=False)
class Worlds:
    """Parameters (m,), and what a figure needs besides; detunings in omega_m, arrays (m,).

    p : with the Delta_a of Figs. 1(c) and 4(a)
    Delta_c : case -> that of the operating points
    near : the Delta_a of Figs. 2 and 3, "about -1"
    heated : the Delta_a of Fig. 5, which is not printed
    Q : quality factor
    """

    p: Parameters
    Delta_c: dict[str, np.ndarray]
    near: np.ndarray
    heated: np.ndarray
    Q: np.ndarray

    def cases(self, Delta_a=None) -> dict[str, Parameters]:
        """The three operating points, at the Delta_a of Fig. 1(c) or at another."""
        p = self.p if Delta_a is None else self.p.in_omega_m(Delta_a=Delta_a)
        points = operating_points(p)
        return {case: q.in_omega_m(Delta_c=self.Delta_c[case]) for case, q in points.items()}

    def __getitem__(self, index):
        of_case = {case: x[index] for case, x in self.Delta_c.items()}
        return Worlds(self.p[index], of_case, self.near[index], self.heated[index], self.Q[index])


def drawn(n, seed, loose=False) -> dict[str, np.ndarray]:
    """Digits of n worlds: name in ``PRINTED`` -> array (n,), uniform and independent.

    >>> drawn(3, seed=1)["refractive_index"].round(3)
    array([1.48 , 1.485, 1.476])
    """
    rng = np.random.default_rng(seed)
    return {name: rng.uniform(*number.interval(loose), n) for name, number in PRINTED.items()}


def chosen(n, seed) -> dict[str, np.ndarray]:
    """The other thing or not, for each of ``CHOICES``: name -> array of bools (n,), at even odds."""
    rng = np.random.default_rng([seed, 1])
    return {name: rng.random(n) < 0.5 for name in CHOICES}


def as_printed(n=1) -> dict[str, np.ndarray]:
    """The printed numbers themselves, n times; G_a is the 0.6 omega_m that Fig. 1(c) is computed with."""
    numbers = {name: np.full(n, number.unit * number.value) for name, number in PRINTED.items()}
    return numbers | {"G_a": np.full(n, PAPER.G_a)}


def worlds(digits, choices=None) -> Worlds:
    """The worlds of some digits; a choice that is not given is as it was taken.

    >>> w = worlds(as_printed())
    >>> print(w.p.kappa / PAPER.kappa, w.cases()["cw"].Delta_c / PAPER.omega_m)
    [1.] [-1.]
    """
    digits, other = dict(digits), {name: False for name in CHOICES} | (choices or {})
    Delta_a, near = digits.pop("Delta_a"), digits.pop("Delta_a about -1")
    Delta_c = {case: digits.pop(name) for case, name in OF_CASE.items()}
    Q = digits.pop("Q")
    digits["refractive_index"] = np.where(other["index"], INDEX, digits["refractive_index"])
    digits["kappa"] = np.where(other["kappa"], 0.5, 1.0) * digits["kappa"]
    digits["dispersion"] = np.where(other["dispersion"], SLOPE, 0.0) + 0 * Q
    ratios = {"Delta_a": Delta_a, "Delta_c": Delta_c["ccw"]}
    return Worlds(
        PAPER.replace(**digits).in_omega_m(**ratios), Delta_c, Q=Q,
        near=np.where(other["about -1"], near - 0.1, near),
        heated=np.where(other["about -1"], Delta_a + 0.1, Delta_a),
    )  # fmt: skip
