r"""Systems in SymPy (an optional extra): a Hamiltonian in symbols, and what follows from it.

    System -> Model -> Langevin equations, drift matrix      a system of omcore, in symbols
    a Hamiltonian on paper -> Model -> System                your derivation, solved by omcore

.. math::
    H/\hbar = \sum_{jk} H_{jk}\,z_j^\dagger z_k + \tfrac{\omega_m}{2}(q^2 + p^2)
    - \sum_j g_j\,z_j^\dagger z_j\,q - \tfrac{1}{\sqrt2}\sum_j (G_j z_j^\dagger + G_j^* z_j)\,q
    + i\sum_j (\varepsilon_j z_j^\dagger - \varepsilon_j^* z_j)

``hamiltonians`` reads such a sum term by term, and refuses a term of another kind by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..extras import require

require("derivation", "sympy")

import sympy as sp
from sympy import I, sqrt
from sympy.physics.quantum import Dagger, HermitianOperator, Operator
from sympy.physics.quantum.boson import BosonOp

from ..conventions import ModeError, ParameterError
from ..proofs.derivation import b, p, q, rate_of_change
from ..systems import System


@dataclass(frozen=True)
class Model:
    """A system in symbols: its Hamiltonian and its baths.

    Parameters
    ----------
    hamiltonian : SymPy expression, over ħ, so that its symbols are rates
    modes : {name: BosonOp} of light and matter, in the order of the System
    decay : {name: amplitude decay rate}, symbols or numbers
    gamma_m, n_m : damping rate of the mirror's momentum and thermal occupation of its bath
    mirror : its (q, p), operators or symbols, or its BosonOp b with q = (b + b†)/√2

    Raises
    ------
    ModeError
        If modes, decay or mirror are not of this form, or an operator stands for two of them.
    ParameterError
        For a Hamiltonian or a rate that is no expression.

    Examples
    --------
    >>> import sympy as sp
    >>> from sympy.physics.quantum import Dagger
    >>> from sympy.physics.quantum.boson import BosonOp
    >>> a, Delta, kappa = BosonOp("a"), sp.Symbol("Delta", real=True), sp.Symbol("kappa")
    >>> Model(Delta * Dagger(a) * a, {"c": a}, {"c": kappa}, gamma_m=0, n_m=0).mirror
    (q, p)
    """

    hamiltonian: sp.Expr
    modes: Mapping[str, BosonOp]
    decay: Mapping[str, sp.Expr]
    gamma_m: sp.Expr
    n_m: sp.Expr
    mirror: tuple | BosonOp = (q, p)

    def __post_init__(self):
        boson = lambda o: isinstance(o, BosonOp) and o.is_annihilation
        pair = (self.mirror,) if boson(self.mirror) else self.mirror
        if not boson(self.mirror) and not (
            isinstance(pair, tuple)
            and len(pair) == 2
            and all(isinstance(o, (HermitianOperator, sp.Symbol)) for o in pair)
        ):
            raise ModeError(
                f"mirror = {self.mirror!r:.60} is no mirror (no unit); give its (q, p), or its BosonOp"
            )
        named = isinstance(self.modes, Mapping) and len(self.modes)
        if not named or not all(map(boson, self.modes.values())):
            raise ModeError(
                f"modes = {self.modes!r:.60} are no bosons by name (no unit); give {{name: BosonOp}}"
            )
        if not isinstance(self.decay, Mapping) or set(self.decay) != set(self.modes):
            raise ModeError(
                f"decay = {self.decay!r:.60} (rad/s) has not the modes {tuple(self.modes)}; "
                "give {name: rate} of each"
            )
        if len({*self.modes.values(), *pair}) < len(self.modes) + len(pair):
            raise ModeError(
                f"modes = {self.modes!r:.60} names an operator twice (no unit), or the mirror's; "
                "give each mode its own"
            )
        decay = {name: _expression(f"decay[{name!r}]", self.decay[name]) for name in self.modes}
        given = {
            name: _expression(name, vars(self)[name]) for name in ("hamiltonian", "gamma_m", "n_m")
        }
        vars(self).update(given, decay=decay)

    @property
    def own_operators(self) -> dict:
        """The operator of this module for each of the Hamiltonian: z of a mode, the mirror's b or (q, p)."""
        own = {o: _boson(name) for name, o in self.modes.items()}
        own |= {self.mirror: b} if isinstance(self.mirror, BosonOp) else {}
        own |= {Dagger(o): Dagger(new) for o, new in own.items()}
        return own if b in own.values() else own | dict(zip(self.mirror, (q, p), strict=True))

    def in_own_operators(self, expression):
        """An expression with the operators of this module in place of the reader's."""
        return expression.subs(self.own_operators, simultaneous=True)


def to_sympy(system: System) -> Model:
    """The Model of a System, or of a sweep; ``values`` has the numbers of its symbols.

    What is zero is left out, and what has no imaginary part becomes a real symbol.

    >>> import omcore as om
    >>> mirror = dict(omega_m=1, gamma_m=1e-4, n_m=5)
    >>> cavity = om.System(modes=["c"], H=[[1.2]], decay=[0.5], photon_coupling=[1e-4], **mirror)
    >>> print(to_sympy(cavity).hamiltonian)
    Delta_c*Dagger(z_{c})*z_{c} - g_c*Dagger(z_{c})*z_{c}*q + omega_m*p**2/2 + omega_m*q**2/2
    """
    names, s = system.modes, {place: symbol for place, (symbol, _) in _symbols(system).items()}
    z = [_boson(name) for name in names]
    H = s["omega_m",] / 2 * (q**2 + p**2)
    for (field, *at), symbol in s.items():
        if field == "H":
            j, k = at
            term = symbol * Dagger(z[j]) * z[k]
            H += term if j == k else term + Dagger(term)
        elif field == "photon_coupling":
            H -= symbol * Dagger(z[at[0]]) * z[at[0]] * q
        elif field in ("coupling", "drive"):
            term = symbol * Dagger(z[at[0]])
            half = -term * q / sqrt(2) if field == "coupling" else I * term
            H += half + Dagger(half)
    return Model(
        hamiltonian=sp.expand(H),
        modes=dict(zip(names, z, strict=True)),
        decay={name: s["decay", k] for k, name in enumerate(names)},
        gamma_m=s.get(("gamma_m",), sp.S.Zero),
        n_m=s.get(("n_m",), sp.S.Zero),
    )


def values(system: System) -> dict:
    """The symbols of ``to_sympy``, each with its number, or with an array of the system's batch axes.

    >>> import omcore as om
    >>> known = {str(symbol): value for symbol, value in values(om.system(om.PAPER)).items()}
    >>> print(known["K_a"] == om.PAPER.gamma_a, known["H_ccw_a"].real == om.PAPER.G_a)
    True True
    """
    return {symbol: array[()] for symbol, array in _symbols(system).values()}


def langevin(model: Model) -> dict:
    r"""Quantum Langevin equations, from the commutators with the Hamiltonian, with damping and noise.

    :math:`\dot z_j = -i[z_j, H]/\hbar - K_j z_j + \sqrt{2K_j}\,z_j^\mathrm{in}`, and for the mirror's
    momentum :math:`-\gamma_m p + \xi`.

    The Hamiltonian may be any of bosons, of the family or not. Returned is a dict of each operator, q and
    p for the mirror, to its rate of change.

    >>> import omcore as om
    >>> cavity = to_sympy(om.system(om.PAPER).without("undriven").without("a"))
    >>> print(langevin(cavity)[p])
    g_ccw*Dagger(z_{ccw})*z_{ccw} - gamma_m*p - omega_m*q + \xi
    """
    H = model.in_own_operators(model.hamiltonian)
    back = {new: o for o, new in model.own_operators.items() if new not in (b, Dagger(b))}
    rates = {}
    for name, o in model.modes.items():
        K, noise = model.decay[name], Operator(rf"z^{{in}}_{{{name}}}")
        rates[o] = rate_of_change(_boson(name), H) - K * o + sqrt(2 * K) * noise
    damping = -model.gamma_m * p + HermitianOperator(r"\xi")
    rates |= {q: rate_of_change(q, H), p: rate_of_change(p, H) + damping}
    return {back.get(o, o): sp.expand(r.subs(back, simultaneous=True)) for o, r in rates.items()}


def quadratures(model: Model) -> sp.Matrix:
    """Symbols of the mean quadratures, X and Y of each mode and q and p of the mirror: Matrix (2n + 2, 1).

    >>> import omcore as om
    >>> list(quadratures(to_sympy(om.system(om.PAPER))))[4:]
    [X_a, Y_a, q_s, p_s]
    """
    names = [f"{x}_{name}" for name in model.modes for x in "XY"]
    return sp.Matrix(sp.symbols([*names, "q_s", "p_s"], real=True))


def drift_matrix(model: Model) -> sp.Matrix:
    r"""Drift matrix: derivatives of the mean of the Langevin equations by the mean quadratures.

    Matrix (2n + 2, 2n + 2) in the symbols of the model and its ``quadratures``. The effective detuning is
    :math:`\Delta_j - g_j q_s`, and the linearised coupling :math:`G_j = g_j(X_j + iY_j)`.

    >>> import omcore as om
    >>> A = drift_matrix(to_sympy(om.system(om.PAPER)))
    >>> A[0, 1], A[1, 6], A[7, 0]
    (Delta_ccw - g_ccw*q_s, X_ccw*g_ccw, X_ccw*g_ccw)
    """
    u, rates = quadratures(model), langevin(model)
    *light, position, momentum = rates
    means = {position: u[-2], momentum: u[-1]}
    for k, o in enumerate(light):
        means[o] = (u[2 * k] + I * u[2 * k + 1]) / sqrt(2)
        means[Dagger(o)] = (u[2 * k] - I * u[2 * k + 1]) / sqrt(2)
    flow = [sp.expand(rate.subs(means, simultaneous=True)) for rate in rates.values()]
    flow = [term.subs(dict.fromkeys(term.atoms(Operator), 0)) for term in flow]  # no noise
    parts = [sp.expand(sqrt(2) * part) for rate in flow[:-2] for part in rate.as_real_imag()]
    return sp.Matrix([*parts, *flow[-2:]]).jacobian(u).applyfunc(sp.expand)


def _boson(name) -> BosonOp:
    return BosonOp(f"z_{{{name}}}")  # the braces are for LaTeX


def _expression(name, value) -> sp.Expr:
    try:
        found = None if isinstance(value, str) else sp.sympify(value, strict=True)
    except (sp.SympifyError, TypeError, ValueError):
        found = None
    if isinstance(found, sp.Expr):
        return found
    raise ParameterError(
        f"{name} = {value!r:.60} (rad/s, or no unit) is no expression of SymPy; give one, or one number: "
        "arrays are values of symbols"
    )


def _symbols(system: System) -> dict:
    """(field, index...) of each number of a System -> its symbol and its values."""
    found = {}

    def add(place, name, array, **kind):
        if array.any() or place[0] in ("decay", "omega_m"):
            kind = kind or ({} if array.imag.any() else {"real": True})
            found[place] = (sp.Symbol(name, **kind), array)

    for j, name in enumerate(system.modes):
        add(("H", j, j), f"Delta_{name}", system.H[..., j, j].real)
        for k in range(j + 1, len(system.modes)):
            add(("H", j, k), f"H_{name}_{system.modes[k]}", system.H[..., j, k])
        for field, head in (("photon_coupling", "g"), ("coupling", "G"), ("drive", "epsilon")):
            add((field, j), f"{head}_{name}", getattr(system, field)[..., j])
        add(("decay", j), f"K_{name}", system.decay[..., j], positive=True)
    add(("omega_m",), "omega_m", system.omega_m, positive=True)
    for field in ("gamma_m", "n_m"):
        add((field,), field, getattr(system, field), nonnegative=True)
    return found
