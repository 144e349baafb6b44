"""What a figure can draw of a Solution, and a sweep can hold: one function for each number.

Whoever adds a measure adds a function here, under its symbol, unit and meaning; the Python that readers
of a live figure copy is what that function returns.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .assumptions.glass import derived_shift
from .conventions import ParameterError
from .resonator import sagnac_shift
from .typography import plain_repr


@dataclass(frozen=True)
class Output:
    """A number of each point of a Solution.

    Parameters
    ----------
    function : of a Solution, gives a real array of its shape, or one number for all of its points
    symbol : LaTeX
    unit : "1", "10⁹", or "omega_m" for a rate in units of the mechanical frequency
    meaning : in words
    page : its name in the ``sweep`` of the model in the browser; "" if it is not drawn there
    bare : whether it is the resonator's alone, with or without light and a steady state
    bounded : whether it stays finite up to the edge of stability, where the noise grows without bound

    Raises
    ------
    ParameterError
        If function cannot be called, or gives an array of another shape.

    Examples
    --------
    >>> import omcore as om
    >>> hot = om.Output(lambda s: s.parameters.temperature > 1, "T > 1", "1", "whether it is hot")
    >>> print(hot.of(om.solve(om.PAPER)))
    0.0
    """

    function: Callable
    symbol: str
    unit: str
    meaning: str
    page: str = ""
    bare: bool = False
    bounded: bool = True
    __repr__ = plain_repr

    def __post_init__(self):
        if not callable(self.function):
            raise ParameterError(
                f"function = {self.function!r:.60} (unit its own) is no function of a Solution; give one, "
                "such as lambda s: s.purity()"
            )

    @property
    def code(self) -> str:
        """The Python of the function: what it returns of ``s`` if that is all of it, else its source.

        >>> print(OUTPUTS["growth"].code)
        s.growth / s.parameters.omega_m
        """
        source = self._source
        if source is None:
            return getattr(self.function, "__qualname__", type(self.function).__name__)
        head, _, returned = source.rpartition("return ")
        return returned if head.rstrip().endswith("(s):") else source

    @property
    def told_by_source(self) -> bool:
        """Whether the source of the function is there, and takes along nothing that it does not show.

        >>> OUTPUTS["R"].told_by_source, Output(abs, "x", "1", "none").told_by_source
        (True, False)
        """
        kept = ("__closure__", "__defaults__", "__kwdefaults__", "__self__")
        alone = all(getattr(self.function, name, None) is None for name in kept)
        return alone and self._source is not None

    @property
    def _source(self) -> str | None:
        try:
            return inspect.getsource(self.function).strip()
        except (OSError, TypeError):  # made where Python keeps no source
            return None

    def of(self, s) -> np.ndarray:
        """The number at every point of a Solution, array (...); NaN where there is no quantum state.

        >>> import omcore as om
        >>> print(f"{OUTPUTS['E_am'].of(om.solve(om.PAPER)):.4f}")
        0.1362
        """
        known = np.asarray(s.status != "no quantum state")
        values = np.full(known.shape, np.nan)
        if known.all():
            values[...] = self._found(s, known.shape)
        elif known.any():
            values[known] = self._found(s[known], (known.sum(),))
        return values[()]

    def _found(self, s, shape):
        found = np.asarray(self.function(s)).astype(float, casting="same_kind")
        if found.shape not in ((), shape):
            raise ParameterError(
                f"{self.meaning or self.symbol} (unit {self.unit}) has the shape {found.shape} at points of "
                f"the shape {shape}; give a function of a Solution with one number for each point"
            )
        return found


OUTPUTS: dict[str, Output] = {}
"""What can be drawn, by the names that figures and addresses use."""


def output(symbol, unit, meaning, page="", **kind):
    """Enter the function below in ``OUTPUTS``; its name there is that on the page, unless one is given."""

    def entered(function):
        name = function.__name__
        OUTPUTS[name] = Output(function, symbol, unit, meaning, page or name, **kind)
        return function

    return entered


# fmt: off
@output("E_{a-m}", "1", "entanglement of atoms and mirror", "a-m")
def E_am(s): return s.log_negativity("a", "m")

@output(r"E_{\mathrm{driven}-m}", "1", "entanglement of driven mode and mirror", "driven-m")
def E_driven_m(s): return s.log_negativity("driven", "m")

@output(r"E_{\mathrm{driven}-a}", "1", "entanglement of driven mode and atoms", "driven-a")
def E_driven_a(s): return s.log_negativity("driven", "a")

@output(r"E_{\mathrm{undriven}-m}", "1", "entanglement of undriven mode and mirror", "undriven-m")
def E_undriven_m(s): return s.log_negativity("undriven", "m")

@output(r"E_{\mathrm{undriven}-a}", "1", "entanglement of undriven mode and atoms", "undriven-a")
def E_undriven_a(s): return s.log_negativity("undriven", "a")

@output(r"E_{\mathrm{driven}-\mathrm{undriven}}", "1", "entanglement of driven mode and undriven mode",
        "driven-undriven")
def E_driven_undriven(s): return s.log_negativity("driven", "undriven")

@output("R", "1", "residual contangle of driven mode, atoms and mirror")
def R(s): return s.residual_contangle("driven", "a", "m")

@output(r"R^{(\mathrm{driven})}", "1", "residual contangle with the driven mode as focus")
def R_driven(s): return s.residual_contangle("driven", "a", "m", focus="driven")

@output("R^{(a)}", "1", "residual contangle with the atoms as focus")
def R_a(s): return s.residual_contangle("driven", "a", "m", focus="a")

@output("R^{(m)}", "1", "residual contangle with the mirror as focus")
def R_m(s): return s.residual_contangle("driven", "a", "m", focus="m")

@output(r"\mathcal{G}^{m \to a}", "1", "steering of the atoms by the mirror")
def steering_m_a(s): return s.steering("m", "a")

@output(r"\mathcal{G}^{a \to m}", "1", "steering of the mirror by the atoms")
def steering_a_m(s): return s.steering("a", "m")

@output("I_{a:m}", "1", "mutual information of atoms and mirror")
def information(s): return s.mutual_information("a", "m")

@output(r"\mu", "1", "purity of the state of all four modes")
def purity(s): return s.purity()

@output("|G|", "omega_m", "coupling of the driven mode to the mirror")
def coupling(s): return abs(s.coupling("driven")) / s.parameters.omega_m

@output(r"|G_\mathrm{undriven}|", "omega_m", "coupling of the undriven mode to the mirror")
def coupling_undriven(s): return abs(s.coupling("undriven")) / s.parameters.omega_m

@output("G_a", "omega_m", "coupling of the atoms to each cavity mode")
def coupling_atoms(s): return s.parameters.G_a / s.parameters.omega_m

@output(r"\tilde\Delta", "omega_m", "effective detuning of the driven mode")
def detuning(s): return s.effective_detuning("driven") / s.parameters.omega_m

@output(r"\mathrm{Re}\,\lambda", "omega_m", "growth rate of fluctuations, negative where they decay")
def growth(s): return s.growth / s.parameters.omega_m

@output("q_s", "1", "displacement of the mirror")
def q(s): return s.mean_field.q

@output("G_0q_s", "omega_m", "shift of the cavity by the mirror")
def pull(s): return s.parameters.G_0 * s.mean_field.q / s.parameters.omega_m

@output(r"|\alpha|^2", "10⁹", "photons in the driven mode")
def photons(s): return abs(s.coupling("driven") / s.parameters.G_0) ** 2 / 2e9

@output(r"n_\mathrm{eff}", "1", "phonons of the mirror's fluctuations", bounded=False)
def phonons(s): return s.quanta("m")

@output(r"\Delta_F", "omega_m", "Sagnac shift", bare=True)
def shift(s): return sagnac_shift(s.parameters) / s.parameters.omega_m

@output(r"\Delta_\mathrm{derived}", "omega_m", "Sagnac shift, derived with dispersion", bare=True)
def shift_derived(s): return derived_shift(s.parameters) / s.parameters.omega_m
# fmt: on


PAIRS = tuple(name for name in OUTPUTS if name.startswith("E_"))  # as in Fig. 2(a-c)
COUPLINGS = tuple(name for name in OUTPUTS if name.startswith("coupling"))  # as in Fig. 2(d-f)
