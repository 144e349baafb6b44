"""The ledger: what the paper claims, and what the model gives.

    python -m omcore.claims          a table
    python -m omcore.claims --json   the same for programs

Nothing here is typed in but what the paper quotes: each value is computed from Parameters when
asked for. Where the paper leaves a parameter open or contradicts itself, the note says what was
chosen.
"""

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..parameters import PAPER, Parameters
from ..steady_state import MEAN_FIELDS
from . import comparisons as compare
from .comparisons import SPINNING
from .observables import VISIBLE

NEAR = 0.1  # a relative difference up to which a value counts as near


@dataclass(frozen=True)
class Number:
    """A quoted number: an equality to its last digit, or a bound.

    >>> Number.quoted("1.72"), Number.quoted("> 2 K").holds(2.5)
    (Number(text='1.72', value=1.72, relation='=', tolerance=0.005), True)
    """

    text: str
    value: float
    relation: str  # "=", ">" or "<"
    tolerance: float  # half a unit of the last quoted digit, unless the claim says otherwise

    @classmethod
    def quoted(cls, text, tolerance=None):
        relation, number, decimals = re.fullmatch(r"([<>≃]?)\s*(-?\d+\.?(\d*)).*", text).groups()
        exact = relation in ("", "≃")
        half_unit = 0.5 * 10.0 ** -len(decimals) if tolerance is None else tolerance
        return cls(text, float(number), "=" if exact else relation, half_unit if exact else 0.0)

    def holds(self, found):
        if self.relation == "=":
            return bool(abs(found - self.value) <= self.tolerance * (1 + 1e-9))
        return bool(found > self.value if self.relation == ">" else found < self.value)

    def miss(self, found):
        """Relative difference from what is quoted; infinite for what does not exist."""
        if self.holds(found):
            return 0.0
        return float(abs(found / self.value - 1)) if np.isfinite(found) else np.inf


@dataclass(frozen=True)
class Shape:
    """A statement about the curves, which holds or does not."""

    text: str = "yes"

    def holds(self, found):
        return bool(found)

    def miss(self, found):
        return 0.0 if found else np.inf


@dataclass(frozen=True)
class Claim:
    """One row of the ledger.

    id, where : its name here, and its place in the paper
    chapter : the page of the book that shows it
    quoted : part -> Number or Shape
    compute : (Parameters, reading) -> {part: value}
    note : what was chosen where the paper leaves something open
    """

    id: str
    where: str
    chapter: str
    quoted: dict[str, Number | Shape]
    compute: Callable[[Parameters, str], dict]
    note: str

    def row(self, p: Parameters = PAPER) -> dict:
        """The claim checked: values in both readings, and the verdict computed from them."""
        found = {m: {k: _plain(v) for k, v in self.compute(p, m).items()} for m in MEAN_FIELDS}
        single = len(self.quoted) == 1

        def show(values):
            values = {part: None if v != v else v for part, v in values.items()}  # NaN is not JSON
            return next(iter(values.values())) if single else values

        return {
            "id": self.id,
            "where": self.where,
            "quoted": show({part: quoted.text for part, quoted in self.quoted.items()}),
            "self_consistent": show(found["self-consistent"]),
            "bare_detuning": show(found["bare-detuning"]),
            "verdict": self.verdict(found),
            "note": self.note,
        }

    def verdict(self, found: dict[str, dict]) -> str:
        """Reproduced, reproduced only by one reading, near and by how much, or not reproduced."""
        held = {
            m: [q.holds(found[m][part]) for part, q in self.quoted.items()] for m in MEAN_FIELDS
        }
        complete = [m for m in MEAN_FIELDS if all(held[m])]
        if len(complete) == 2:
            return "reproduced"
        if complete:
            return f"reproduced only by the {complete[0]} reading"
        best = max(MEAN_FIELDS, key=lambda m: (sum(held[m]), -self._miss(found[m])))
        nearest = min(MEAN_FIELDS, key=lambda m: self._miss(found[m]))
        if self._miss(found[nearest]) <= NEAR:
            return f"near ({self._miss(found[nearest]):.1%} off in the {nearest} reading)"
        count = {m: sum(held[m]) for m in MEAN_FIELDS}
        if not count[best]:
            return "not reproduced"
        where = "either" if len(set(count.values())) == 1 else f"the {best}"
        return f"not reproduced ({count[best]} of {len(held[best])} parts in {where} reading)"

    def _miss(self, values):
        return max(q.miss(values[part]) for part, q in self.quoted.items())


def _plain(value):
    """A bool or a float, which JSON knows, instead of NumPy's own."""
    return bool(value) if isinstance(value, (bool, np.bool_)) else float(value)


def _quoted(**parts):
    return {part: Number.quoted(text) for part, text in parts.items()}


def _yes(*parts):
    return dict.fromkeys(parts, Shape())


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "1c-peak", "III.A, on Fig. 1(c)", "10_fig1",
        _quoted(stationary="≃ 1"), compare.position_at_rest,
        "Quoted to one digit.",
    ),
    Claim(
        "1c-cw", "III.A, on Fig. 1(c)", "10_fig1",
        _quoted(cw="1.72"), compare.height_cw,
        "Over the stationary case, each at its own best detuning.",
    ),
    Claim(
        "1c-ccw", "III.A, on Fig. 1(c)", "10_fig1",
        _quoted(ccw="1.8"), compare.height_ccw,
        "Over the stationary case, each at its own best detuning.",
    ),
    Claim(
        "1c-shift", "III.A, and caption of Fig. 2", "10_fig1",
        _quoted(cw="-1", ccw="2.5"), compare.positions_spinning,
        "Positions of the peaks, used later as operating points.",
    ),
    Claim(
        "2a", "III.A, on Fig. 2(a)", "11_fig2",
        _yes("driven-mirror falls", "driven-atoms grows", "atoms-mirror grows",
             "undriven mode entangled with mirror", "undriven mode entangled with atoms"),
        compare.redistribution,
        "Stationary; Delta_a = -omega_m against -2 omega_m.",
    ),
    Claim(
        "2bc", "III.A, on Fig. 2(b, c)", "11_fig2",
        _yes("atoms-mirror grows", "driven-mirror falls", "undriven-mirror falls",
             "undriven-atoms falls", "driven-atoms falls", "driven-undriven falls"),
        compare.stronger_redistribution,
        "Spinning against stationary at Delta_a = -omega_m; must hold for both directions.",
    ),
    Claim(
        "2d-f", "III.A, on Fig. 2(d-f)", "11_fig2",
        _yes(*SPINNING), compare.couplings_closer,
        "Is |G|/G_a closer to 1 at Delta_a = -omega_m than for the stationary resonator?",
    ),
    Claim(
        "3", "III.A, on Fig. 3", "12_fig3",
        _yes(*SPINNING), compare.larger_over_the_map,
        "Is E_am larger at every kappa and gamma_a? Detunings of the text; the caption exchanges CW "
        "and CCW. The range is not stated: 0.05 to 3 omega_m.",
    ),
    Claim(
        "4a", "III.B, on Fig. 4(a)", "13_fig4",
        _quoted(cw="5.2", ccw="3.6"), compare.R_heights,
        "Largest R for Delta_a between -2 and 0 omega_m, over the stationary one. Detunings of the "
        "text; at those of the caption nothing is stable there.",
    ),
    Claim(
        "4a-where", "III.B, on Fig. 4(a)", "13_fig4",
        dict.fromkeys(("stationary", *SPINNING), Number.quoted("≃ -1", tolerance=0.25)),
        compare.R_positions,
        "Largest R for Delta_a between -2 and 0 omega_m; 'about' is read as ± 0.25.",
    ),
    Claim(
        "4b", "III.B, on Fig. 4(b)", "13_fig4",
        _quoted(cw="> 0.06"), compare.R_of_map_cw,
        "Delta_a = -omega_m, as in Fig. 3; rates from 0.05 to 3 omega_m. R grows towards small gamma_a.",
    ),
    Claim(
        "4c", "III.B, on Fig. 4(c)", "13_fig4",
        _quoted(ccw="> 0.05"), compare.R_of_map_ccw, "As 4b.",
    ),
    Claim(
        "4d", "III.B, on Fig. 4(d)", "13_fig4",
        _quoted(stationary="< 0.01"), compare.R_of_map_stationary, "As 4b.",
    ),
    Claim(
        "5a", "III.B, on Fig. 5(a)", "14_fig5",
        _quoted(stationary="3 K", cw="1.5 K", ccw="2.2 K"), compare.E_temperatures,
        "Delta_a is not stated; that of Fig. 1(c), -1.1 omega_m, is used.",
    ),
    Claim(
        "5b", "III.B, on Fig. 5(b)", "14_fig5",
        _quoted(stationary="0.7 K", cw="> 2 K", ccw="> 2 K"), compare.R_temperatures,
        "Where R is zero. Delta_a as in 5a.",
    ),
    Claim(
        "5b-visible", "III.B, on Fig. 5(b)", "14_fig5",
        _quoted(stationary="0.7 K", cw="> 2 K", ccw="> 2 K"), compare.R_visible_temperatures,
        f"Where R falls below {VISIBLE:g}, too small to see. Delta_a as in 5a.",
    ),
    Claim(
        "abstract", "Abstract", "15_verdict",
        {"bipartite": Number.quoted("≃ 2"), "tripartite": Number.quoted("≃ 5")}, compare.enhancements,
        "The larger of both directions, from 1c and 4a.",
    ),
    Claim(
        "abstract-noise", "Abstract", "15_verdict",
        _yes("bipartite outlives heat", "tripartite outlives heat", "bipartite larger at equal loss"),
        compare.noise_tolerance,
        "'Noise resistant' is said of both kinds; Sec. III.B itself excepts heat for the first.",
    ),
    Claim(
        "IV", "IV", "15_verdict",
        _yes("rim speed below 10^-6 c", "shift exceeds the linewidth", "kappa = omega_0/Q",
             "gamma_a as cited", "atoms, for g = 1e4 rad/s", "atoms, for g = 2 pi 1e4 rad/s",
             "more than one atom, for the cited g", "fewer than 1 % of 10^6 atoms excited"),
        compare.feasibility,
        "Q = 3.2e7. The cited experiments have g of 2 pi 10 MHz or more and gamma_a of 2 pi 3 MHz. "
        "'atoms': are there hundreds of thousands, by G_a = g sqrt(N_a)?",
    ),
    Claim(
        "V", "Conclusion", "15_verdict",
        _yes(*SPINNING), compare.competitive_equilibrium,
        "Over the power: is E_am largest where |G| is within 10 % of G_a?",
    ),
)  # fmt: skip


def ledger(p: Parameters = PAPER) -> list[dict]:
    """Every claim checked against the model at ``p``.

    >>> rows = ledger()
    >>> {row["id"]: row["verdict"] for row in rows}["1c-cw"]
    'reproduced only by the bare-detuning reading'
    """
    return [claim.row(p) for claim in CLAIMS]


def shown(value) -> str:
    """A value of the ledger as text: three significant digits, yes or no, parts by name."""
    if isinstance(value, dict):
        return ", ".join(f"{part}: {shown(v)}" for part, v in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    return value if isinstance(value, str) else f"{value:.3g}"


def main(arguments=None):
    """Print the ledger."""
    parser = argparse.ArgumentParser(prog="python -m omcore.claims", description=main.__doc__)
    parser.add_argument("--json", action="store_true", help="for programs")
    rows = ledger()
    if parser.parse_args(arguments).json:
        print(json.dumps(rows, indent=1, ensure_ascii=False, allow_nan=False))
        return
    for row in rows:
        print(f"{row['id']:15s} {row['where']}\n    quoted           {shown(row['quoted'])}")
        for reading in ("self_consistent", "bare_detuning"):
            print(f"    {reading.replace('_', '-'):16s} {shown(row[reading])}")
        print(f"    {row['verdict']}\n    {row['note']}\n")


if __name__ == "__main__":
    main()
