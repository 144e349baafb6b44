r"""Systems and Hamiltonians in SymPy: there, and back, term by term.

    System -> Model                                   ``to_sympy``, with its numbers in ``values``
    Model  -> System, or Linear about a mean field    ``from_sympy``, ``linear``

.. math::
    H/\hbar = \sum_{jk} \big(H_{jk} z_j^\dagger z_k + \tfrac12 S_{jk} z_j^\dagger z_k^\dagger
    + \tfrac12 S_{jk}^* z_j z_k\big) + \sum_j \mathcal K_j z_j^{\dagger2} z_j^2
    + \sum_l \tfrac{\omega_l}{2}(q_l^2 + p_l^2) - \sum_{jl} g_{jl}\,z_j^\dagger z_j\,q_l
    - \tfrac{1}{\sqrt2}\sum_{jl} (G_{jl} z_j^\dagger + G_{jl}^* z_j)\,q_l
    + i\sum_j (\varepsilon_j z_j^\dagger - \varepsilon_j^* z_j)

A term that no System has is refused by name; about a mean field its effect on the fluctuations is linear.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from ..extras import require

require("derivation", "sympy")

import sympy as sp
from sympy import I, sqrt
from sympy.physics.quantum import Dagger
from sympy.physics.quantum.boson import BosonOp

from .. import Linear
from ..conventions import ParameterError
from ..quantities import Quantity, checked, common_shape
from ..systems import FIELDS, OF_MIRRORS, System
from .symbolic import Model, diffusion_matrix, drift_matrix, flow, mirror_operators, quadratures

ROUNDING = 1e-12  # of the terms that add up to a coefficient: less than this is zero
UNSTEADY = 1e-6  # of the terms that add up to a rate of the means
REMEDY = (
    "give detunings and couplings z^dag y + h.c., squeezing z^dag y^dag + h.c., Kerr shifts z^dag^2 z^2, "
    "mirrors omega (q^2 + p^2)/2 with z^dag z q or z^dag q + h.c., and drives i(epsilon z^dag - h.c.); or "
    "hamiltonians.linear(model, values, u) about a mean field u; or a mirror that is felt by more than its q "
    "among the modes, as the boson b"
)


def terms(light, motion) -> dict:
    """Each term of H that a System has, {(field, index...): term}, of pairs (z, z†) and (q, p).

    They are operators, or variables in their place. The adjoint of a term comes beside it, unless
    ``is_real`` says that it is its own.
    """
    found = {("omega_m", at): q**2 / 2 + p**2 / 2 for at, (q, p) in enumerate(motion)}
    for j, (z, conjugate) in enumerate(light):
        found["drive", j] = I * conjugate
        found["kerr", j] = conjugate**2 * z**2
        for k, (y, other) in enumerate(light):
            if j <= k:
                found["H", j, k] = conjugate * y
                found["squeezing", j, k] = conjugate * other / (2 if j == k else 1)
        for at, (q, _) in enumerate(motion):
            found["photon_coupling", j, at] = -conjugate * z * q
            found["coupling", j, at] = -conjugate * q / sqrt(2)
    return found


def is_real(field, *at) -> bool:
    """Whether a term of H is its own adjoint."""
    return field in ("kerr", "photon_coupling", "omega_m") or (field == "H" and at[0] == at[1])


# ---- from a System


def to_sympy(system: System) -> Model:
    """The Hamiltonian of a System in symbols, and its baths; what is zero everywhere is left out.

    A mode is the boson ``z_{name}``; ``values`` has the numbers of the symbols.

    >>> import omcore as om
    >>> mirror = dict(omega_m=1.0, gamma_m=1e-5, n_m=10.0)
    >>> cavity = om.System(modes=["c"], H=[[1.2]], decay=[0.5], photon_coupling=[1e-4], **mirror)
    >>> print(to_sympy(cavity).hamiltonian)
    Delta_c*Dagger(z_{c})*z_{c} - g_c*Dagger(z_{c})*z_{c}*q + omega_m*p**2/2 + omega_m*q**2/2
    """
    s = {place: symbol for place, (symbol, _) in _symbols(system).items()}
    z = [BosonOp(f"z_{{{name}}}") for name in system.modes]  # the braces are for LaTeX
    pairs, H = mirror_operators(system.mirrors), sp.S.Zero
    for place, term in terms([(o, Dagger(o)) for o in z], pairs.values()).items():
        part = s.get(place, 0) * term
        H += part if is_real(*place) else part + Dagger(part)
    of = lambda field, names: {name: s.get((field, k), 0) for k, name in enumerate(names)}
    names = system.modes
    return Model(
        sp.expand(H), dict(zip(names, z, strict=True)), of("decay", names), mirrors=pairs,
        gamma_m=of("gamma_m", pairs), n_m=of("n_m", pairs), n=of("n", names),
        m={(names[x[1]], names[x[2]]): symbol for x, symbol in s.items() if x[0] == "m"},
        laser_linewidth=s.get(("laser_linewidth",), 0),
    )  # fmt: skip


def values(system: System) -> dict:
    """The symbols of ``to_sympy``, each with its number, or with an array of the system's batch axes.

    >>> import omcore as om
    >>> known = {str(symbol): value for symbol, value in values(om.system(om.PAPER)).items()}
    >>> print(known["K_a"] == om.PAPER.gamma_a, known["H_ccw_a"].real == om.PAPER.G_a)
    True True
    """
    return {symbol: array[()] for symbol, array in _symbols(system).values()}


_HEADS = {
    "photon_coupling": "g", "coupling": "G", "drive": "epsilon", "squeezing": "S", "decay": "K",
    "omega_m": "omega", "gamma_m": "gamma", "n_m": "n", "laser_linewidth": "Gamma_L",
}  # fmt: skip


def _symbols(system: System) -> dict:
    """(field, index...) of each number of a System that is not zero -> its symbol and its values."""
    found, used, one = {}, set(), len(system.mirrors) == 1
    for name, (axes, *_) in FIELDS.items():
        array = getattr(system, name)
        of_mirrors = name in OF_MIRRORS
        sizes = (len(system.modes),) * axes + (len(system.mirrors),) * of_mirrors
        for at in np.ndindex(sizes):
            value = array[(..., *at[: len(at) - (of_mirrors and one)])]
            twice = axes == 2 and at[0] > at[1]  # a matrix is known by its upper triangle
            if twice or not (value.any() or name in ("decay", "omega_m")):
                continue
            head = "Delta" if name == "H" and at[0] == at[1] else _HEADS.get(name, name)
            own = [system.modes[k] for k in at[:axes]]
            own += [system.mirrors[at[-1]]] if of_mirrors and not (axes and one) else []
            label = "_".join([head, *dict.fromkeys(own)])
            while label in used:  # of modes with underscores in their names
                label += "'"
            used.add(label)
            sign = {"positive" if (value.real > 0).all() else "real": True}
            found[name, *at] = sp.Symbol(label, **({} if value.imag.any() else sign)), value
    return found


# ---- to a System, or to its fluctuations


def from_sympy(model: Model, values=None) -> System:
    """The System of a Hamiltonian in SymPy, with numbers for its symbols: the inverse of ``to_sympy``.

    The operators of a term may stand in any order. A constant is left out.

    Parameters
    ----------
    model : Model
    values : {symbol or its name: number or array} of every symbol in it; arrays broadcast. For a
        Hamiltonian that holds ħ give ``{hbar: 1}``

    Returns
    -------
    System with the modes and the mirrors of the model

    Raises
    ------
    ParameterError
        For a term that no System has, such as a coupling to q² or a rotating-wave a†b with the mirror; for
        a Hamiltonian that is not Hermitian or lacks a mirror; for a symbol without a value.

    Examples
    --------
    The textbook's cavity, with the mirror's b:

    >>> import omcore as om
    >>> a, b, Delta, g_0, E = BosonOp("a"), BosonOp("b"), *sp.symbols("Delta g_0 E", real=True)
    >>> H = Delta * Dagger(a) * a + Dagger(b) * b - g_0 * Dagger(a) * a * (b + Dagger(b))
    >>> H += I * E * (Dagger(a) - a)
    >>> model = Model(H, {"c": a}, decay=0.5, gamma_m=1e-5, n_m=10, mirrors={"m": b})
    >>> cavity = from_sympy(model, {Delta: 1.2, g_0: 1e-4 / 2**0.5, E: 4e3})
    >>> print(cavity.photon_coupling, om.solve(cavity).log_negativity("c", "m").round(6))
    [0.0001] 0.154908
    """
    found = _coefficients(model, values)
    numbers, known = _baths(model, values), defaultdict(float)
    for place, term in terms(model.light.values(), model.motion.values()).items():
        parts = [_factors(model, part) for part in sp.Add.make_args(term)]
        shares = [found[x][0] / complex(factor) for factor, x in parts if x in found]
        value = sum(shares) / len(parts)
        numbers[place] = value.real if is_real(*place) else value
        for factor, x in parts:
            known[x] += numbers[place] * complex(factor)
            if not is_real(*place):
                known[_adjoint(model, x)] += np.conj(numbers[place] * complex(factor))
    wrong = [
        named
        for x, (value, size, named) in found.items()
        if x != 1 and _differ(value, known[x], size)
    ]
    if wrong:
        raise ParameterError(f"{sp.Add(*wrong)} (rad/s) is of a kind that no System has; {REMEDY}")
    return _system(model, numbers)


def linear(model: Model, values, u) -> Linear:
    r"""The fluctuations about a steady mean field, of any Hamiltonian: what a System's statics cannot do.

    A coupling to q² there shifts the frequency of light, and the stiffness of the mirror. Whoever has no
    mean field finds one as a root of ``symbolic.flow``, or by letting it settle in time.

    Parameters
    ----------
    model, values : as for ``from_sympy``
    u : array (..., 2n + 2k), mean quadratures, in the order of ``symbolic.quadratures``

    Returns
    -------
    Linear with the modes and mirrors of the model, for ``om.solve``

    Raises
    ------
    ParameterError
        If u has the wrong shape or is not steady, the Hamiltonian is not Hermitian, or a value is missing.

    Examples
    --------
    Light makes a membrane in the middle of a cavity stiffer by :math:`2g|\alpha|^2`, here by a quarter:

    >>> import omcore as om
    >>> a, g, Delta, E = BosonOp("a"), *sp.symbols("g Delta E", real=True)
    >>> from omcore.interop.symbolic import q, p
    >>> H = Delta * Dagger(a) * a + (q**2 + p**2) / 2 + g * Dagger(a) * a * q**2 + I * E * (Dagger(a) - a)
    >>> membrane = Model(H, {"c": a}, decay=1.0, gamma_m=0.1, n_m=2)
    >>> about = linear(membrane, {g: 0.5, Delta: 0, E: 0.5}, u=[2**-0.5, 0, 0, 0])
    >>> print(about.A[3, 2], om.solve(about).quanta("m").round(3))
    -1.25 1.75
    """
    _coefficients(model, values)
    n = 2 * (len(model.modes) + len(model.mirrors))
    u = checked("u", u, Quantity("u", "1", "mean quadrature"))
    if u.shape[-1:] != (n,):
        raise ParameterError(
            f"u has shape {u.shape} (dimensionless); give the {n} mean quadratures "
            f"{tuple(quadratures(model))} along its last axis"
        )
    known = dict(values or {}) | dict(zip(quadratures(model), np.moveaxis(u, -1, 0), strict=True))
    rates = _sums([sp.Add.make_args(rate) for rate in flow(model)], known)
    for x, (rate, size) in zip(quadratures(model), rates, strict=True):
        if (np.abs(rate) > UNSTEADY * size).any():
            raise ParameterError(
                f"u is no steady mean field: {x} changes at {np.abs(rate).max():.3g} rad/s; give a root of "
                "symbolic.flow(model), to more digits"
            )
    A, D = (in_numbers(M, known) for M in (drift_matrix(model), diffusion_matrix(model)))
    return Linear((*model.modes, *model.mirrors), A, D)


def in_numbers(matrix: sp.Matrix, values) -> np.ndarray:
    """A real matrix of symbols in numbers, batch axes in front: array (..., rows, columns).

    >>> in_numbers(sp.Matrix([[sp.Symbol("x"), 1]]), {"x": [2.0, 3.0]})
    array([[[2., 1.]],
           [[3., 1.]]])
    """
    entries = np.stack(np.broadcast_arrays(*_numbers(list(matrix), values)), -1).real
    return entries.reshape(*entries.shape[:-1], *matrix.shape)


def _differ(one, other, size) -> bool:
    return bool((np.abs(one - other) > ROUNDING * size).any())


def _factors(model, term):
    """The number in a term, and the product of variables."""
    return term.as_independent(*model.variables, as_Add=False)


def _adjoint(model, product):
    swap = {
        x: y for z, conjugate in model.light.values() for x, y in ((z, conjugate), (conjugate, z))
    }
    return product.xreplace(swap)


def _coefficients(model, values) -> dict:
    """{product of variables: (its coefficient, the size of what adds up to it, its term)}; Hermitian."""
    parts = defaultdict(list)
    for term in sp.Add.make_args(model.energy):
        factor, product = _factors(model, term)
        parts[product].append(factor)
    named = [model.in_operators(sp.Add(*factors) * x) for x, factors in parts.items()]
    found = {
        x: (*number, name)
        for x, number, name in zip(parts, _sums(parts.values(), values), named, strict=True)
    }
    alone = [
        name
        for x, (value, size, name) in found.items()
        if _differ(value, np.conj(found.get(_adjoint(model, x), (0.0,))[0]), size)
    ]
    if alone:
        raise ParameterError(
            f"the Hamiltonian is not Hermitian: in {sp.Add(*alone)} (rad/s) terms lack their adjoints; add "
            "them, and give what decays in decay"
        )
    return found


def _baths(model, values) -> dict:
    """What is beside the Hamiltonian: {(field, index...): array}."""
    order = list(model.modes).index
    given = {("laser_linewidth",): model.laser_linewidth}
    for field in ("decay", "n", "gamma_m", "n_m"):
        given |= {(field, k): x for k, x in enumerate(vars(model)[field].values())}
    given |= {("m", *map(order, pair)): x for pair, x in model.m.items()}
    return dict(zip(given, _numbers(list(given.values()), values), strict=True))


def _system(model, numbers) -> System:
    """The System of {(field, index...): array}."""
    shape, one = np.broadcast_shapes(*map(np.shape, numbers.values())), len(model.mirrors) == 1
    fields = {}
    for name, (axes, kind, _) in FIELDS.items():
        sizes = (len(model.modes),) * axes + (len(model.mirrors),) * (name in OF_MIRRORS)
        array = fields[name] = np.zeros((*shape, *sizes), complex)
        for (field, *at), value in numbers.items():
            if field == name:
                array[(..., *at)] = value
                if axes == 2:
                    array[(..., *at[::-1])] = np.conj(value) if name == "H" else value
        if name in OF_MIRRORS and one:
            fields[name] = array[..., 0]
        if kind is float and not array.imag.any():  # else refused by the System
            fields[name] = fields[name].real
    if not fields["omega_m"].all():
        raise ParameterError(
            "the Hamiltonian lacks a mirror: omega_m is 0 rad/s; add omega_m (q^2 + p^2)/2 to it, or give "
            "mirrors={}"
        )
    return System(modes=tuple(model.modes), mirrors=tuple(model.mirrors), **fields)


def _sums(sums, values) -> list:
    """Value and size of sums of expressions: the sum of the parts, and of their absolute values."""
    sums = [list(parts) for parts in sums]
    numbers = iter(_numbers([part for parts in sums for part in parts], values))
    each = [[next(numbers) for _ in parts] for parts in sums]
    return [(sum(parts), sum(map(np.abs, parts))) for parts in each]


def _numbers(expressions, values) -> list:
    """The expressions as arrays, with numbers for their symbols, or a ParameterError."""
    values = {} if values is None else values
    if not isinstance(values, Mapping):
        raise ParameterError(
            f"values = {values!r:.60} (rad/s) is no dict; give {{symbol: number}} of every symbol"
        )
    known = {str(symbol): value for symbol, value in values.items()}
    symbols = sorted(set().union(*(x.free_symbols for x in expressions)), key=str)
    missing = [str(symbol) for symbol in symbols if str(symbol) not in known]
    if missing:
        raise ParameterError(f"no value for {', '.join(missing)} (rad/s); give it in values")
    value = Quantity("", "rad/s", "value")
    numbers = [checked(str(symbol), known[str(symbol)], value, complex) for symbol in symbols]
    common_shape({str(symbol): x.shape for symbol, x in zip(symbols, numbers, strict=True)})
    with np.errstate(all="ignore"):  # what is not finite is refused below
        found = sp.lambdify(symbols, expressions, "numpy")(*numbers)
    return [checked(str(e), x, value, complex) for e, x in zip(expressions, found, strict=True)]
