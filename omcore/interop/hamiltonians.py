"""From a Hamiltonian in SymPy to a System: term by term, and a term that no System has is refused."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from ..extras import require

require("derivation", "sympy")

import sympy as sp
from sympy.physics.quantum.boson import BosonOp

from ..conventions import ParameterError
from ..proofs.derivation import b, normal_ordered
from ..quantities import Quantity, checked, common_shape
from ..systems import System
from .symbolic import Model

ROUNDING = 1e-12  # of the terms that add up to a coefficient: less than this is zero
FAMILY = (
    "detunings z^dag z, couplings z^dag y + h.c., a mirror omega_m (q^2 + p^2)/2 with z^dag z q or "
    "z^dag q + h.c., and drives i(epsilon z^dag - h.c.)"
)


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
    System with the modes of the model

    Raises
    ------
    ParameterError
        For a term that no System of the family has, such as a squeezing a² or a rotating-wave a†b with the
        mirror; for a Hamiltonian that is not Hermitian or has no mirror; for a symbol without a value.

    Examples
    --------
    The textbook's cavity, with the mirror's b:

    >>> import omcore as om, sympy as sp
    >>> from sympy.physics.quantum import Dagger
    >>> from sympy.physics.quantum.boson import BosonOp
    >>> a, b, Delta, g_0, E = BosonOp("a"), BosonOp("b"), *sp.symbols("Delta g_0 E", real=True)
    >>> H = Delta * Dagger(a) * a + Dagger(b) * b - g_0 * Dagger(a) * a * (b + Dagger(b))
    >>> H += sp.I * E * (Dagger(a) - a)
    >>> model = Model(H, {"c": a}, {"c": 0.5}, gamma_m=1e-5, n_m=10, mirror=b)
    >>> cavity = from_sympy(model, {Delta: 1.2, g_0: 1e-4 / 2**0.5, E: 4e3})
    >>> print(cavity.photon_coupling, om.solve(cavity).log_negativity("c", "m").round(6))
    [0.0001] 0.154908
    """
    parts = list(_parts(model))
    expressions = [number for _, number, _ in parts]
    expressions += [*model.decay.values(), model.gamma_m, model.n_m]
    numbers = _numbers(expressions, {} if values is None else values)
    *decay, gamma_m, n_m = numbers[len(parts) :]
    terms = defaultdict(list)
    for (key, _, term), number in zip(parts, numbers, strict=False):
        terms[key].append((number, term))
    names = list(model.modes)
    shape, n = np.broadcast_shapes(*(x.shape for x in numbers)), len(names)
    axes = {"omega_m": (), "photon_coupling": (n,), "coupling": (n,), "drive": (n,), "H": (n, n)}
    fields = {field: np.zeros((*shape, *own), complex) for field, own in axes.items()}
    for coefficient, (field, factor, *modes) in _places(terms):
        fields[field][(..., *map(names.index, modes))] = factor * coefficient
    if not fields["omega_m"].all():
        raise ParameterError(
            "the Hamiltonian has no mirror: omega_m is 0 rad/s; add omega_m (q^2 + p^2)/2 to it"
        )
    fields |= {"decay": np.stack(np.broadcast_arrays(*decay), -1), "gamma_m": gamma_m, "n_m": n_m}
    for field in ("omega_m", "photon_coupling"):  # real, since the Hamiltonian is Hermitian
        fields[field] = fields[field].real
    for field in ("decay", "gamma_m", "n_m"):  # refused by the System if they are not
        fields[field] = fields[field] if fields[field].imag.any() else fields[field].real
    return System(modes=names, **fields)


def _parts(model):
    """Operators and coefficient of each part of the Hamiltonian in normal order, and the term it is from.

    An operator is (annihilates, mode), with "" for the mirror.
    """
    own = {model.own_operators[o].name: name for name, o in model.modes.items()} | {b.name: ""}
    for term in sorted(sp.Add.make_args(sp.expand(model.hamiltonian)), key=str):
        ordered = sp.expand(normal_ordered(model.in_own_operators(term)))
        for part in sp.Add.make_args(ordered):
            numbers, operators = part.args_cnc()
            key = []
            for base, power in (factor.as_base_exp() for factor in operators):
                if not isinstance(base, BosonOp) or base.name not in own:
                    raise ParameterError(
                        f"{term} (rad/s) holds {base}, which is none of the modes {tuple(model.modes)} "
                        "or the mirror; name it in modes, or leave it out"
                    )
                key += [(bool(base.is_annihilation), own[base.name])] * int(power)
            yield tuple(sorted(key)), sp.Mul(*numbers), term


def _places(terms):
    """(coefficient, (field, factor, modes...)) of each term that gives a field, or a ParameterError."""
    total = {key: sum(number for number, _ in found) for key, found in terms.items()}
    for key, found in sorted(terms.items(), key=lambda item: item[0]):
        value, size = total[key], sum(np.abs(number) for number, _ in found)
        where = f"{' + '.join(dict.fromkeys(str(term) for _, term in found))} (rad/s)"
        adjoint = tuple(sorted((not annihilates, mode) for annihilates, mode in key))
        if _differ(value, np.conj(total.get(adjoint, 0)), size):
            raise ParameterError(
                f"the Hamiltonian is not Hermitian: {where} has no adjoint beside it; add it, and give "
                "what decays in decay"
            )
        place, turned = _place(key), _turned(key)
        uneven = turned is not None and _differ(value, total.get(turned, 0), size)
        if (place is None or uneven) and _differ(value, 0, size):
            raise ParameterError(
                f"{where} is of a kind that no System has; give a Hamiltonian of {FAMILY}"
            )
        if place:
            yield value, place


def _differ(one, other, size) -> bool:
    return bool((np.abs(one - other) > ROUNDING * size).any())


def _place(key):
    """(field, factor, modes...) of a term; () if its adjoint gives the field, None if no System has it."""
    light = [operator for operator in key if operator[1]]
    mirror = [operator for operator in key if not operator[1]]
    match light, mirror:
        case [(False, j), (True, k)], []:
            return "H", 1, j, k
        case [(False, j)], []:
            return "drive", -1j, j
        case [], [(False, _), (True, _)]:
            return "omega_m", 1
        case [(False, j), (True, k)], [(annihilates, _)] if j == k:
            return ("photon_coupling", -np.sqrt(2), j) if annihilates else ()
        case [(False, j)], [(annihilates, _)]:
            return ("coupling", -2, j) if annihilates else ()
        case ([], []) | ([(True, _)], [] | [_]):
            return ()
    return None


def _turned(key):
    """The same term with b† for b, or b for b†; of a term with q both have the same coefficient."""
    mirror = [annihilates for annihilates, mode in key if not mode]
    if len(mirror) == 1:
        return tuple(sorted((annihilates != (not mode), mode) for annihilates, mode in key))
    return None


def _numbers(expressions, values) -> list:
    """The expressions as arrays, with numbers for their symbols, or a ParameterError."""
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
