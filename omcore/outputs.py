"""What a figure can draw of a Solution: each number with its symbol, unit and the Python that gives it."""

from dataclasses import dataclass

import numpy as np

from .assumptions.glass import derived_shift
from .resonator import sagnac_shift
from .stability import eigenvalues
from .typography import plain_repr


@dataclass(frozen=True)
class Output:
    """A number of each point of a Solution.

    symbol : LaTeX
    unit : "1", "10⁹", or "omega_m" for a rate in units of the mechanical frequency
    meaning : in words
    code : the Python that gives it from a Solution ``s``; readers of a live figure can copy it
    page : its name in the ``sweep`` of the model in the browser; "" if it is not drawn there
    bare : whether it is the resonator's alone, with or without light and a steady state
    bounded : whether it stays finite up to the edge of stability, where the noise grows without bound
    """

    symbol: str
    unit: str
    meaning: str
    code: str
    page: str = ""
    bare: bool = False
    bounded: bool = True
    __repr__ = plain_repr

    def of(self, s) -> np.ndarray:
        """The number at every point of a Solution, array (...); NaN where there is none.

        It evaluates ``code``, so that what is drawn and what is copied cannot differ.

        >>> import omcore as om
        >>> print(f"{OUTPUTS['E_am'].of(om.solve(om.PAPER)):.4f}")
        0.1362
        """
        known = np.asarray(s.status != "no quantum state")
        values = np.full(known.shape, np.nan)
        if known.all():
            values[...] = self._evaluated(s)
        elif known.any():
            values[known] = self._evaluated(s[known])
        return values[()]

    def _evaluated(self, s):
        return eval(self.code, {"s": s} | NAMES)


NAMES = {  # what ``code`` may call
    "eigenvalues": eigenvalues,
    "sagnac_shift": sagnac_shift,
    "derived_shift": derived_shift,
}

_WORDS = {"a": "atoms", "m": "mirror", "driven": "driven mode", "undriven": "undriven mode"}
_PAIRS = (
    ("a", "m"), ("driven", "m"), ("driven", "a"), ("undriven", "m"), ("undriven", "a"),
    ("driven", "undriven"),
)  # fmt: skip


def _letter(mode):
    return mode if mode in ("a", "m") else rf"\mathrm{{{mode}}}"


def _pair(i, j):
    return Output(
        f"E_{{{_letter(i)}-{_letter(j)}}}",
        "1",
        f"entanglement of {_WORDS[i]} and {_WORDS[j]}",
        f's.log_negativity("{i}", "{j}")',
        f"{i}-{j}",
    )


def _residual(focus):
    words = f"residual contangle with the {_WORDS[focus]} as focus"
    code = f's.residual_contangle("driven", "a", "m", focus="{focus}")'
    return Output(f"R^{{({_letter(focus)})}}", "1", words, code, f"R_{focus}")


OUTPUTS: dict[str, Output] = {
    "E_am" if (i, j) == ("a", "m") else f"E_{i}_{j}": _pair(i, j) for i, j in _PAIRS
} | {
    "R": Output(
        "R",
        "1",
        "residual contangle of driven mode, atoms and mirror",
        's.residual_contangle("driven", "a", "m")',
        "R",
    ),
    "R_driven": _residual("driven"),
    "R_a": _residual("a"),
    "R_m": _residual("m"),
    "steering_m_a": Output(
        r"\mathcal{G}^{m \to a}",
        "1",
        "steering of the atoms by the mirror",
        's.steering("m", "a")',
        "steering_m_a",
    ),
    "steering_a_m": Output(
        r"\mathcal{G}^{a \to m}",
        "1",
        "steering of the mirror by the atoms",
        's.steering("a", "m")',
        "steering_a_m",
    ),
    "information": Output(
        "I_{a:m}",
        "1",
        "mutual information of atoms and mirror",
        's.mutual_information("a", "m")',
        "information",
    ),
    "purity": Output(r"\mu", "1", "purity of the state of all four modes", "s.purity()", "purity"),
    "coupling": Output(
        "|G|",
        "omega_m",
        "coupling of the driven mode to the mirror",
        'abs(s.coupling("driven")) / s.parameters.omega_m',
        "coupling",
    ),
    "coupling_undriven": Output(
        r"|G_\mathrm{undriven}|",
        "omega_m",
        "coupling of the undriven mode to the mirror",
        'abs(s.coupling("undriven")) / s.parameters.omega_m',
        "coupling_undriven",
    ),
    "coupling_atoms": Output(
        "G_a",
        "omega_m",
        "coupling of the atoms to each cavity mode",
        "s.parameters.G_a / s.parameters.omega_m",
        "coupling_atoms",
    ),
    "detuning": Output(
        r"\tilde\Delta",
        "omega_m",
        "effective detuning of the driven mode",
        's.effective_detuning("driven") / s.parameters.omega_m',
        "detuning",
    ),
    "growth": Output(
        r"\mathrm{Re}\,\lambda",
        "omega_m",
        "growth rate of fluctuations, negative where they decay",
        "eigenvalues(s.parameters, s.reading)[..., 0].real",
        "growth",
    ),
    "q": Output("q_s", "1", "displacement of the mirror", "s.mean_field.q", "q"),
    "pull": Output(
        "G_0q_s",
        "omega_m",
        "shift of the cavity by the mirror",
        "s.parameters.G_0 * s.mean_field.q / s.parameters.omega_m",
        "pull",
    ),
    "photons": Output(
        r"|\alpha|^2",
        "10⁹",
        "photons in the driven mode",
        'abs(s.coupling("driven") / s.parameters.G_0) ** 2 / 2e9',
        "photons",
    ),
    "phonons": Output(
        r"n_\mathrm{eff}",
        "1",
        "phonons of the mirror's fluctuations",
        's.quanta("m")',
        "phonons",
        bounded=False,
    ),
    "shift": Output(
        r"\Delta_F",
        "omega_m",
        "Sagnac shift",
        "sagnac_shift(s.parameters) / s.parameters.omega_m",
        "shift",
        bare=True,
    ),
    "shift_derived": Output(
        r"\Delta_\mathrm{derived}",
        "omega_m",
        "Sagnac shift, derived with dispersion",
        "derived_shift(s.parameters) / s.parameters.omega_m",
        "shift_derived",
        bare=True,
    ),
}
"""What can be drawn, by the names that figures and addresses use."""

PAIRS = tuple(name for name in OUTPUTS if name.startswith("E_"))  # as in Fig. 2(a-c)
COUPLINGS = tuple(name for name in OUTPUTS if name.startswith("coupling"))  # as in Fig. 2(d-f)
