r"""From a Hamiltonian in SymPy (an optional extra) to Langevin equations, mean field, drift and diffusion.

    Model -> Heisenberg -> Langevin -> mean field -> linearised -> A and D

Any polynomial of bosons and mirrors will do, whether a System has such terms or not. Each arrow is one
function that returns SymPy objects; ``omcore.proofs.derivation`` walks the same way for the paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ..extras import require

require("derivation", "sympy")

import sympy as sp
from sympy import I, sqrt
from sympy.physics.quantum import Dagger, HermitianOperator, Operator
from sympy.physics.quantum.boson import BosonOp

from ..conventions import MIRROR, ModeError, ParameterError
from ..systems import checked_names

q, p = HermitianOperator("q"), HermitianOperator("p")
PHASE_NOISE = HermitianOperator(r"\dot\phi")
kept = lru_cache(maxsize=16)  # of matrices derived from a Model, which cannot be changed


@dataclass(frozen=True, eq=False)
class Model:
    """A system in symbols: its Hamiltonian and its baths.

    Parameters
    ----------
    hamiltonian : SymPy expression, over ħ, so that its symbols are rates
    modes : {name: BosonOp} of light and matter, in the order of the quadratures
    decay : amplitude decay rates, {name: symbol or number}, or one for all modes
    gamma_m, n_m : damping rate of a mirror's momentum and thermal occupation of its bath, {name: ...} or one
    mirrors : {name: (q, p)}, operators or symbols, or {name: BosonOp b} with q = (b + b†)/√2; {} for none.
        One that is felt by more than its q in a System is a mode instead
    n : thermal occupation of the modes' baths, {name: ...} or one
    m : squeezing of the baths, {name: ...}, and {(name, name): ...} between two of them
    laser_linewidth : full width of a laser against which all modes turn alike

    Raises
    ------
    ModeError
        If modes or mirrors are not of this form, a rate is of another mode, or an operator stands for two.
    ParameterError
        For a Hamiltonian or a rate that is no expression, or a symbol with the name of a mean value.

    Examples
    --------
    >>> a, Delta, kappa = BosonOp("a"), sp.Symbol("Delta", real=True), sp.Symbol("kappa")
    >>> Model(Delta * Dagger(a) * a, modes={"c": a}, decay=kappa, mirrors={}).decay
    {'c': kappa}
    """

    hamiltonian: sp.Expr
    modes: Mapping[str, BosonOp]
    decay: Mapping[str, sp.Expr] | sp.Expr
    gamma_m: Mapping[str, sp.Expr] | sp.Expr | None = None
    n_m: Mapping[str, sp.Expr] | sp.Expr | None = None
    mirrors: Mapping[str, tuple | BosonOp] = field(default_factory=lambda: {MIRROR: (q, p)})
    n: Mapping[str, sp.Expr] | sp.Expr = 0
    m: Mapping[str | tuple[str, str], sp.Expr] = field(default_factory=dict)
    laser_linewidth: sp.Expr = sp.S.Zero

    def __post_init__(self):
        values, modes, mirrors = vars(self), self.modes, self.mirrors
        boson = lambda o: isinstance(o, BosonOp) and o.is_annihilation
        real = lambda o: isinstance(o, (HermitianOperator, sp.Symbol))
        pair = lambda o: isinstance(o, tuple) and len(o) == 2 and all(map(real, o))
        for name, form, remedy in (
            ("modes", boson, "{name: BosonOp}"),
            ("mirrors", lambda o: boson(o) or pair(o), "{name: (q, p)}, or {name: BosonOp}"),
        ):
            if not isinstance(values[name], Mapping) or not all(map(form, values[name].values())):
                raise ModeError(
                    f"{name} = {values[name]!r:.60} are none by name (no unit); give {remedy}"
                )
        checked_names(tuple(mirrors), "mirrors", "mirror", tuple(modes))
        own = sp.flatten([*modes.values(), *mirrors.values()])
        if len(set(own)) < len(own):
            raise ModeError(
                f"modes = {modes!r:.60}, mirrors = {mirrors!r:.60} name an operator twice (no unit); "
                "give each its own"
            )
        for name, of in (("decay", modes), ("n", modes), ("gamma_m", mirrors), ("n_m", mirrors)):
            values[name] = _by_name(name, values[name], of)
        values["m"] = _by_pair(self.m, modes)
        for name in ("hamiltonian", "laser_linewidth"):
            values[name] = _expression(name, values[name])
        given = [self.hamiltonian, self.laser_linewidth, *self.m.values()]
        given += [x for name in ("decay", "n", "gamma_m", "n_m") for x in values[name].values()]
        symbols = {str(x) for x in set().union(*(x.free_symbols for x in given)) - set(own)}
        if taken := symbols & {str(x) for x in (*self.means.values(), *quadratures(self))}:
            raise ParameterError(
                f"{', '.join(sorted(taken))} (no unit) in the Hamiltonian or the rates is the name of a mean "
                "value here; give the symbol another name"
            )

    @cached_property
    def pairs(self) -> dict:
        """The (q, p) of each mirror as operators, of one given by its b, too."""
        own = mirror_operators(self.mirrors)
        return {
            name: own[name] if isinstance(o, BosonOp) else o for name, o in self.mirrors.items()
        }

    @property
    def moving(self) -> tuple:
        """The operators that have an equation of motion: of the modes, then q and p of each mirror."""
        return (*self.modes.values(), *(o for pair in self.pairs.values() for o in pair))

    @cached_property
    def means(self) -> dict:
        """The symbol of the mean of each operator: a complex amplitude, or the real q and p of a mirror."""
        light = {o: sp.Symbol(f"alpha_{name}") for name, o in self.modes.items()}
        return light | {
            o: sp.Symbol(f"{head}_{name}", real=True)
            for name, pair in self.pairs.items() for head, o in zip("qp", pair, strict=True)
        }  # fmt: skip

    @cached_property
    def noises(self) -> dict:
        """The noise of each mode and mirror, by its name."""
        light = {name: Operator(rf"z^{{in}}_{{{name}}}") for name in self.modes}
        return light | {name: HermitianOperator(rf"\xi_{{{name}}}") for name in self.mirrors}

    # ---- operators as numbers that commute

    @cached_property
    def light(self) -> dict:
        """Two variables for each mode, in place of its z and z†."""
        return {name: (sp.Dummy(f"z_{name}"), sp.Dummy(f"z_{name}^*")) for name in self.modes}

    @cached_property
    def motion(self) -> dict:
        """Two variables for each mirror, in place of its q and p."""
        return {name: sp.symbols(f"q_{name} p_{name}", cls=sp.Dummy) for name in self.mirrors}

    @property
    def variables(self) -> list:
        """All of them."""
        return [x for pair in (*self.light.values(), *self.motion.values()) for x in pair]

    @cached_property
    def energy(self) -> sp.Expr:
        """The Hamiltonian as a polynomial of these variables."""
        return self.symbol(self.hamiltonian)

    def symbol(self, expression) -> sp.Expr:
        r"""The polynomial of commuting variables that stands for a polynomial of operators.

        Bosons are in normal order, q and p of a mirror in the symmetric one, so that a product with an
        operator on the right, whose own symbol x is linear, is

        .. math:: A x + \sum \frac{\partial A}{\partial z}\frac{\partial x}{\partial z^*}
            + \frac i2\sum\Big(\frac{\partial A}{\partial q}\frac{\partial x}{\partial p}
            - \frac{\partial A}{\partial p}\frac{\partial x}{\partial q}\Big)
        """
        variable = {}
        for name, o in self.modes.items():
            variable |= dict(zip((o, Dagger(o)), self.light[name], strict=True))
        for name, o in self.mirrors.items():
            x, y = self.motion[name]
            if isinstance(o, BosonOp):
                variable |= {o: (x + I * y) / sqrt(2), Dagger(o): (x - I * y) / sqrt(2)}
            else:
                variable |= dict(zip(o, (x, y), strict=True))
        commuting = {o: x for o, x in variable.items() if o.is_commutative}

        def times(A, x):
            product = A * x
            for z, conjugate in self.light.values():
                product += A.diff(z) * x.diff(conjugate)
            for x_q, x_p in self.motion.values():
                product += I / 2 * (A.diff(x_q) * x.diff(x_p) - A.diff(x_p) * x.diff(x_q))
            return sp.expand(product)

        total = sp.S.Zero
        for term in sp.Add.make_args(sp.expand(expression)):
            numbers, operators = term.args_cnc()
            product = sp.Mul(*numbers).subs(commuting)
            for base, power in (factor.as_base_exp() for factor in operators):
                if base not in variable or not (power.is_Integer and power > 0):
                    raise ParameterError(
                        f"{term} (rad/s) holds {base**power}, which is no power of the modes "
                        f"{tuple(self.modes)} or the mirrors {tuple(self.mirrors)}; name each operator among "
                        "them, a spin as a boson, and write functions as the first powers of a series"
                    )
                for _ in range(power):
                    product = times(product, variable[base])
            if not product.is_polynomial(*self.variables):
                raise ParameterError(
                    f"{term} (rad/s) is no polynomial of q and p; give the first powers of its series"
                )
            total += product
        return sp.expand(total)

    def in_operators(self, polynomial) -> sp.Expr:
        """The inverse of ``symbol``: the mirrors first, then z† before z."""
        total = sp.S.Zero
        for term in sp.Add.make_args(sp.expand(polynomial)):
            number, product = term.as_independent(*self.variables, as_Add=False)
            power, factors = product.as_powers_dict(), [number]
            for name, (x, y) in self.motion.items():
                Q, P = self.pairs[name]
                n = power[y]
                orders = (
                    sp.binomial(n, k) * P**k * Q ** power[x] * P ** (n - k) for k in range(n + 1)
                )
                factors.append(sp.Add(*orders) / 2**n)
            factors += [Dagger(self.modes[name]) ** power[z] for name, (_, z) in self.light.items()]
            factors += [self.modes[name] ** power[z] for name, (z, _) in self.light.items()]
            total += sp.Mul(*factors)
        return sp.expand(total)


def mirror_operators(names) -> dict:
    """The q and p of mirrors by their names, with marks where there are several: {name: (q, p)}."""
    mark = lambda o, name: o if len(names) == 1 else HermitianOperator(f"{o}_{{{name}}}")
    return {name: (mark(q, name), mark(p, name)) for name in names}


def normal_ordered(expression) -> sp.Expr:
    """A polynomial of bosons, and of the q and p of this module, in normal order.

    >>> a = BosonOp("a")
    >>> normal_ordered(a * Dagger(a)), normal_ordered(q * p - p * q)
    (1 + Dagger(a)*a, I)
    """
    expression = sp.sympify(expression)
    bosons = {str(o.name): BosonOp(o.name) for o in expression.atoms(BosonOp)}
    model = Model(expression, bosons, decay=0, gamma_m=0, n_m=0)
    return model.in_operators(model.energy)


# ---- equations of motion


def heisenberg(model: Model) -> dict:
    r"""Heisenberg's equations, :math:`\dot O = [O, H]/i\hbar`: {operator: rate of change}.

    In commuting variables, where H is in normal order, the commutators with z, q and p are derivatives:

    .. math:: \dot z = -i\,\frac{\partial H}{\partial z^*}, \qquad
        \dot q = \frac{\partial H}{\partial p}, \qquad \dot p = -\frac{\partial H}{\partial q}

    >>> w = sp.Symbol("omega_m", positive=True)
    >>> heisenberg(Model(w / 2 * (q**2 + p**2), {}, 0, gamma_m=0, n_m=0))
    {q: omega_m*p, p: -omega_m*q}
    """
    H, rates = model.energy, []
    rates += [-I * H.diff(conjugate) for _, conjugate in model.light.values()]
    rates += [rate for x, y in model.motion.values() for rate in (H.diff(y), -H.diff(x))]
    return dict(zip(model.moving, map(model.in_operators, rates), strict=True))


def langevin(model: Model) -> dict:
    r"""Quantum Langevin equations: Heisenberg's, with damping and noise added.

    The amplitude of a mode decays at K, with the noise :math:`\sqrt{2K}\,z^\mathrm{in}`, a mirror's momentum
    at γ_m, with the Brownian force ξ; a laser whose frequency is noisy adds :math:`i\dot\phi z`.

    >>> a, Delta, kappa = BosonOp("a"), sp.Symbol("Delta", real=True), sp.Symbol("kappa", positive=True)
    >>> langevin(Model(Delta * Dagger(a) * a, {"c": a}, kappa, mirrors={}))
    {a: -I*Delta*a + sqrt(2)*sqrt(kappa)*z^{in}_{c} - kappa*a}
    """
    rates, noise = dict(heisenberg(model)), model.noises
    for name, o in model.modes.items():
        K = model.decay[name]
        rates[o] += sqrt(2 * K) * noise[name] - K * o
        if model.laser_linewidth != 0:
            rates[o] += I * PHASE_NOISE * o
    for name, (_, P) in model.pairs.items():
        rates[P] += noise[name] - model.gamma_m[name] * P
    return {o: sp.expand(rate) for o, rate in rates.items()}


def fluctuation(operator) -> Operator:
    r"""The fluctuation :math:`\delta O` of an operator about its mean."""
    kind = Operator if isinstance(operator, BosonOp) else HermitianOperator
    return kind(rf"\delta {operator}")


def about_the_mean(model: Model, order) -> dict:
    r"""The terms of one order in the fluctuations, once every operator is mean plus fluctuation.

    Order 0 gives the mean-field equations, in which the mean of a product is the product of the
    means: {mean: rate}. Order 1 gives the linearised Langevin equations, {fluctuation: rate}, and order 2
    and above what linearisation drops.

    >>> a, g = BosonOp("a"), sp.Symbol("g", real=True)
    >>> about_the_mean(Model(-g * Dagger(a) * a * q, {"c": a}, 0, 0, 0), 0)[sp.Symbol("alpha_c")]
    I*alpha_c*g*q_m
    """
    small = sp.Dummy(real=True)  # goes with every fluctuation and every noise
    split = {o: mean + small * fluctuation(o) for o, mean in model.means.items()}
    split |= {Dagger(o): Dagger(split[o]) for o in model.modes.values()}
    split |= {noise: small * noise for noise in (*model.noises.values(), PHASE_NOISE)}
    return {
        fluctuation(o) if order else model.means[o]: sp.expand(rate.subs(split)).coeff(small, order)
        for o, rate in langevin(model).items()
    }


# ---- quadratures: flow, drift and diffusion


def quadratures(model: Model) -> sp.Matrix:
    """Symbols of the mean quadratures, X and Y of each mode, q and p of each mirror: Matrix (2n + 2k, 1).

    >>> list(quadratures(Model(0, {"c": BosonOp("a")}, 1, 1, 1)))
    [X_c, Y_c, q_m, p_m]
    """
    names = [f"{x}_{name}" for name in model.modes for x in "XY"]
    names += [f"{x}_{name}" for name in model.mirrors for x in "qp"]
    return sp.Matrix([sp.Symbol(name, real=True) for name in names])


def amplitudes(model: Model) -> dict:
    r"""The mean amplitude of each mode by its mean quadratures, :math:`\alpha = (X + iY)/\sqrt2`."""
    u = quadratures(model)
    light = [model.means[o] for o in model.modes.values()]
    return {z: (u[2 * k] + I * u[2 * k + 1]) / sqrt(2) for k, z in enumerate(light)}


@kept
def flow(model: Model) -> sp.Matrix:
    """The mean-field equations of the quadratures, real, Matrix (2n + 2k, 1): zero in a steady state."""
    rates = [sp.expand(r.subs(amplitudes(model))) for r in about_the_mean(model, 0).values()]
    n = len(model.modes)
    parts = [sqrt(2) * part for rate in rates[:n] for part in rate.as_real_imag()]
    rates = [sp.expand(rate) for rate in parts + rates[n:]]
    return sp.ImmutableMatrix(len(rates), 1, rates)


@kept
def drift_matrix(model: Model) -> sp.Matrix:
    r"""Drift matrix A, the derivatives of ``flow`` by the quadratures: Matrix (2n + 2k, 2n + 2k).

    The mean quadratures are symbols in it: of a cavity with a mirror the effective detuning is
    :math:`\Delta - g q_m`, and the linearised coupling :math:`G = g(X + iY)`.

    >>> a, g = BosonOp("a"), sp.Symbol("g", real=True)
    >>> drift_matrix(Model(-g * Dagger(a) * a * q, {"c": a}, 1, 1, 1))
    Matrix([
    [   -1, -g*q_m, -Y_c*g,  0],
    [g*q_m,     -1,  X_c*g,  0],
    [    0,      0,      0,  0],
    [X_c*g,  Y_c*g,      0, -1]])
    """
    return flow(model).jacobian(quadratures(model)).applyfunc(sp.expand)


@kept
def diffusion_matrix(model: Model) -> sp.Matrix:
    r"""Diffusion matrix D, from the noise of the linearised equations and its correlations.

    .. math:: D_{kl}\,\delta(t - t') = \tfrac12\langle v_k(t) v_l(t') + v_l(t') v_k(t)\rangle

    >>> K, n = sp.symbols("K n", positive=True)
    >>> diffusion_matrix(Model(0, {"c": BosonOp("a")}, K, mirrors={}, n=n))
    Matrix([
    [K*(2*n + 1),           0],
    [          0, K*(2*n + 1)]])
    """
    light = [model.noises[name] for name in model.modes]
    real = [*(model.noises[name] for name in model.mirrors), PHASE_NOISE]
    F = [f for noise in light for f in (noise, Dagger(noise))] + real
    correlations = sp.zeros(len(F))  # <F_k F_l> without its delta function
    for k, name in enumerate(model.modes):
        correlations[2 * k, 2 * k + 1] = model.n[name] + 1
        correlations[2 * k + 1, 2 * k] = model.n[name]
        for j, other in enumerate(model.modes):
            m = model.m.get((name, other), 0)
            correlations[2 * k, 2 * j], correlations[2 * k + 1, 2 * j + 1] = m, sp.conjugate(m)
    forces = [model.gamma_m[name] * (2 * model.n_m[name] + 1) for name in model.mirrors]
    for k, strength in enumerate([*forces, model.laser_linewidth], 2 * len(light)):
        correlations[k, k] = strength
    quiet = dict.fromkeys(
        [d for o in model.moving for d in (fluctuation(o), Dagger(fluctuation(o)))], 0
    )
    noise = [r.subs(amplitudes(model)).subs(quiet) for r in about_the_mean(model, 1).values()]
    v, n = [], len(light)
    for rate in noise[:n]:
        v += [(rate + Dagger(rate)) / sqrt(2), (rate - Dagger(rate)) / (sqrt(2) * I)]
    v = [sp.expand(row) for row in v + noise[n:]]
    C = sp.Matrix(len(v), len(F), lambda row, column: v[row].coeff(F[column]))
    products = C * correlations * C.T
    D = sp.ImmutableMatrix((products + products.T) / 2)
    return D.applyfunc(lambda entry: sp.factor_terms(sp.expand(entry)))


# ---- what is given


def _by_name(field, given, names) -> dict:
    if not isinstance(given, Mapping):
        return {name: _expression(field, given) for name in names}
    if set(given) != set(names):
        raise ModeError(
            f"{field} = {given!r:.60} (rad/s, or no unit) is not of {tuple(names)}; give {{name: "
            "expression}} of each, or one expression for all"
        )
    return {name: _expression(f"{field}[{name!r}]", given[name]) for name in names}


def _by_pair(given, modes) -> dict:
    """m between all pairs of modes that have one, both ways round."""
    pairs = {}
    for key in given if isinstance(given, Mapping) else [None]:
        pair = key if isinstance(key, tuple) else (key, key)
        if len(pair) != 2 or not set(pair) <= set(modes):
            raise ModeError(
                f"m = {given!r:.60} (no unit) is not of the modes {tuple(modes)}; give {{name: expression}}, "
                "or {(name, name): expression}"
            )
        pairs[pair] = pairs[pair[::-1]] = _expression(f"m[{key!r}]", given[key])
    return pairs


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
