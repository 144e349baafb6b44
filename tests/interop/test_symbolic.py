"""System to SymPy and back: the paper's own Hamiltonian, round trips, and Hamiltonians that are refused."""

import random

import numpy as np
import pytest
import sympy as sp
from points import random_parameters
from sympy import I
from sympy.physics.quantum import Dagger, HermitianOperator, Operator
from sympy.physics.quantum.boson import BosonOp
from trust.effort import effort
from trust.test_bad_input import REMEDY, junk

import omcore as om
from omcore.interop.hamiltonians import from_sympy
from omcore.interop.symbolic import Model, drift_matrix, langevin, quadratures, to_sympy, values
from omcore.proofs import derivation as d
from omcore.resonator import cavity_detunings
from omcore.systems import FIELDS

W = om.PAPER.omega_m
SYSTEMS = {
    "the paper's": om.system(om.PAPER),
    "backscattering, two lasers": om.system(
        om.PAPER.replace(backscattering=0.3 * W, backscattering_phase=0.7, counter_drive=0.2,
                         counter_drive_phase=1.1, undriven_coupling=0.5)),
    "about its mean field": om.system(om.PAPER).about(om.mean_field(om.PAPER)),
    "one cavity": om.System(modes=["c"], H=[[1.2]], decay=[0.5], photon_coupling=[1e-4], drive=[4e3j],
                            omega_m=1, gamma_m=1e-5, n_m=10),
    "no damping, no drive": om.System(modes=["b", "q"], H=[[0, 0.1], [0.1, 0]], decay=[1, 2],
                                      photon_coupling=[0, 0.1], omega_m=1, gamma_m=0, n_m=0),
    "a sweep": om.system(random_parameters(5)),
}  # fmt: skip
each_system = pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)


def equal(one, other):
    assert one.modes == other.modes
    for name in FIELDS:
        mine, theirs = getattr(one, name), getattr(other, name)
        theirs = np.broadcast_to(theirs, mine.shape)
        np.testing.assert_allclose(mine, theirs, rtol=1e-13, err_msg=name)


def numeric(A, model, numbers):
    """A matrix of symbols in numbers, batch axes in front."""
    entries = sp.lambdify(list(numbers), list(A), "numpy")(*numbers.values())
    return np.stack(np.broadcast_arrays(*entries), -1).reshape(-1, *A.shape)


# ---- the paper


def of_the_paper(p):
    model = Model(
        d.hamiltonian(p.drive),
        modes={"ccw": d.a["ccw"], "cw": d.a["cw"], "a": d.c},
        decay={"ccw": d.kappa, "cw": d.kappa, "a": d.gamma_a},
        gamma_m=d.gamma_m,
        n_m=d.n_m,
    )
    numbers = {d.Delta[j]: detuning for j, detuning in cavity_detunings(p).items()}
    numbers |= {d.hbar: 1, d.epsilon: p.drive_amplitude, d.n_m: p.n_m}
    return model, numbers | {rate: getattr(p, str(rate)) for rate in d.RATES}


@pytest.mark.parametrize("p", om.operating_points().values(), ids=om.operating_points())
def test_the_papers_hamiltonian_is_the_papers_system(p):
    system = from_sympy(*of_the_paper(p))
    equal(system, om.system(p))
    np.testing.assert_allclose(om.solve(system).V, om.solve(p).V, rtol=1e-9, atol=1e-12)


# ---- there and back, and omcore's own A


@each_system
def test_there_and_back_is_the_same_system(system):
    equal(from_sympy(to_sympy(system), values(system)), system)
    by_name = {str(symbol): value for symbol, value in values(system).items()}
    equal(from_sympy(to_sympy(system), by_name), system)


@each_system
def test_the_drift_matrix_is_omcores_wherever_the_mean_is(system):
    model = to_sympy(system)
    A, u = drift_matrix(model), quadratures(model)
    field = om.mean_field(system)
    numbers = dict(zip(u, np.moveaxis(field.quadratures(), -1, 0), strict=True)) | values(system)
    theirs = om.drift_matrix(system, field)
    assert np.isfinite(theirs).all()
    np.testing.assert_allclose(
        numeric(A, model, numbers), theirs.reshape(-1, *A.shape), rtol=1e-12, atol=1e-9 * W
    )


def test_what_is_zero_has_no_symbol_and_what_is_real_has_a_real_one():
    symbols = {str(symbol): symbol for symbol in values(SYSTEMS["no damping, no drive"])}
    assert set(symbols) == {"H_b_q", "g_q", "K_b", "K_q", "omega_m"}
    assert all(symbol.is_real for symbol in symbols.values())
    complex_one = values(SYSTEMS["backscattering, two lasers"])
    assert not sp.Symbol("H_ccw_cw") - next(s for s in complex_one if str(s) == "H_ccw_cw")


# ---- a reader's own way of writing

a, c, m = BosonOp("a"), BosonOp("c"), BosonOp("m")
q, p = HermitianOperator("Q"), HermitianOperator("P")
D, J, g, E, w, x = sp.symbols("D J g E w lambda", real=True)
NUMBERS = {D: 1.2, J: 0.3, g: 1e-4, E: 4e3, w: 1.0, x: 0.01}
LIGHT = D * Dagger(a) * a + J * (Dagger(a) * c + Dagger(c) * a) + I * E * (Dagger(a) - a)
MIRROR = w / 2 * (q**2 + p**2)
RIGHT = LIGHT + MIRROR - g * Dagger(a) * a * q


def model(H, mirror=(q, p), light=(a, c)):
    modes = dict(zip(("one", "two"), light, strict=True))
    return Model(H, modes, {"one": 0.5, "two": w / 2}, gamma_m=1e-4, n_m=3, mirror=mirror)


def test_other_ways_of_writing_it_are_the_same_system():
    right = from_sympy(model(RIGHT), NUMBERS)
    Q, P = sp.symbols("Q P", real=True)
    swapped = {a: m, Dagger(a): Dagger(m), q: (a + Dagger(a)) / sp.sqrt(2)}  # the mirror's b is "a"
    swapped |= {p: (a - Dagger(a)) / (sp.sqrt(2) * I)}
    for same in (
        model(RIGHT.subs({q: Q, p: P}), mirror=(Q, P)),
        model(
            LIGHT - g * Dagger(a) * a * (m + Dagger(m)) / sp.sqrt(2) + w * m * Dagger(m), mirror=m
        ),
        model(RIGHT.subs(swapped, simultaneous=True), mirror=a, light=(m, c)),
        model((1 + D * a * Dagger(a)) + RIGHT - D * Dagger(a) * a),
        model(sp.expand(RIGHT * 7) / 7 + x * (q * p - p * q - I)),
    ):
        equal(from_sympy(same, NUMBERS), right)


def test_arrays_are_a_sweep():
    swept = from_sympy(model(RIGHT), NUMBERS | {D: [1.0, 1.2], w: [[1.0], [2.0]]})
    assert swept.shape == (2, 2)
    equal(swept[1, 0], from_sympy(model(RIGHT), NUMBERS | {D: 1.0, w: 2.0}))


def test_in_units_of_joule_hbar_is_one_of_the_values():
    joule = model(sp.Symbol("hbar") * RIGHT)
    equal(from_sympy(joule, NUMBERS | {"hbar": 1}), from_sympy(model(RIGHT), NUMBERS))


REFUSED = {  # what is added to a right Hamiltonian, and how the message names it
    "squeezing": (x * (a**2 + Dagger(a) ** 2), "lambda*Dagger(a)**2"),
    "two-mode squeezing": (x * (a * c + Dagger(c) * Dagger(a)), "lambda*Dagger(c)*Dagger(a)"),
    "Kerr": (x * Dagger(a) ** 2 * a**2, r"lambda*Dagger(a)**2*a**2"),
    "quadratic coupling": (x * Dagger(a) * a * q**2, "lambda*Dagger(a)*a*Q**2"),
    "a softer spring": (x * q**2, "lambda*Q**2"),
    "a heavier mirror": (x * p**2, "lambda*P**2"),
    "a constant force": (x * q, "lambda*Q"),
    "Duffing": (x * q**4, "lambda*Q**4"),
    "coupling to the momentum": (x * Dagger(a) * a * p, "lambda*Dagger(a)*a*P"),
    "light with the momentum": (x * (a + Dagger(a)) * p, "lambda*Dagger(a)*P"),
    "assisted exchange": (x * (Dagger(a) * c + Dagger(c) * a) * q, "lambda*Dagger(a)*c*Q"),
    "an operator of no mode": (x * (m + Dagger(m)), "lambda*Dagger(m)"),
    "a spin": (x * HermitianOperator("sigma_z"), "lambda*sigma_z"),
}


@pytest.mark.parametrize("extra, named", REFUSED.values(), ids=REFUSED)
def test_what_no_system_has_is_refused_by_its_name(extra, named):
    with pytest.raises(om.ParameterError) as caught:
        from_sympy(model(RIGHT + extra), NUMBERS)
    assert named in str(caught.value) and REMEDY.search(str(caught.value))
    if named not in ("lambda*Dagger(m)", "lambda*sigma_z"):  # taken once its rate is zero
        equal(from_sympy(model(RIGHT + extra), NUMBERS | {x: 0}), from_sympy(model(RIGHT), NUMBERS))


def test_a_small_term_is_refused_beside_a_large_one():
    """Quadratic coupling is small beside a drive, and yet no rounding."""
    with pytest.raises(om.ParameterError, match="lambda"):
        from_sympy(model(RIGHT + x * Dagger(a) * a * q**2), NUMBERS | {x: 1e-12, E: 1e12})
    from_sympy(model(RIGHT + x * q**2 / 3 + x * p**2 / 3.0), NUMBERS | {x: 0.1})  # rounding is none


def test_the_rotating_wave_is_refused():
    """Exchange with b, without its counter-rotating half, is no coupling to q."""
    H = LIGHT + w * Dagger(m) * m + x * (Dagger(a) * m + Dagger(m) * a)
    with pytest.raises(om.ParameterError, match=r"lambda\*Dagger\(m\)\*a"):
        from_sympy(model(H, mirror=m), NUMBERS)
    whole = (
        LIGHT + w * Dagger(m) * m + x * (Dagger(a) + a) * (m + Dagger(m)) - I * E * (Dagger(a) - a)
    )
    assert from_sympy(model(whole, mirror=m), NUMBERS).coupling[0] == pytest.approx(-2 * 0.01)


@pytest.mark.parametrize("extra", [I * x * Dagger(a) * a, x * Dagger(a) * c, I * x * (a + Dagger(a)),
                                   I * x * Dagger(a) * a * q, I * x * (q**2 + p**2), I * x])  # fmt: skip
def test_what_is_not_hermitian_is_refused(extra):
    with pytest.raises(om.ParameterError, match=r"not Hermitian: .*lambda.* \(rad/s\)"):
        from_sympy(model(RIGHT + extra), NUMBERS)


def test_what_is_missing_is_named():
    with pytest.raises(om.ParameterError, match="no value for E, w"):
        from_sympy(model(RIGHT), {D: 1, J: 1, g: 1})
    with pytest.raises(om.ParameterError, match="no mirror"):
        from_sympy(model(LIGHT), NUMBERS)
    with pytest.raises(om.ParameterError, match="g = 'x' rad/s"):
        from_sympy(model(RIGHT), NUMBERS | {g: "x"})
    with pytest.raises(om.ParameterError, match="values = 3"):
        from_sympy(model(RIGHT), 3)
    with pytest.raises(om.ParameterError, match="1/D = .*must be finite"):
        from_sympy(model(RIGHT + Dagger(c) * c / D), NUMBERS | {D: 0})
    with pytest.raises(om.ParameterError, match=r"do not broadcast: D \(2,\), g \(3,\)"):
        from_sympy(model(RIGHT), NUMBERS | {D: [1, 2], g: [1, 2, 3]})
    both = RIGHT + x * (Dagger(a) + a) * q
    with pytest.raises(om.ParameterError, match="coupling .* is given beside photon_coupling"):
        from_sympy(model(both), NUMBERS)


def test_models_that_are_none_are_refused():
    modes = {"one": a}
    for wrong in (
        dict(mirror=3), dict(mirror=(q, p, q)), dict(mirror=()), dict(mirror=(m,)),
        dict(mirror=Dagger(m)), dict(mirror=a), dict(modes=[a]), dict(modes={"one": Dagger(a)}),
        dict(decay={"two": 1}), dict(decay=[1]), dict(modes={}, decay={}),
    ):  # fmt: skip
        given = dict(modes=modes, decay={"one": 1}, gamma_m=0, n_m=0) | wrong
        with pytest.raises(om.ModeError, match="give"):
            Model(RIGHT, **given)
    with pytest.raises(om.ModeError, match="twice"):
        model(RIGHT, light=(a, a))


@pytest.mark.parametrize("part", [*Model.__dataclass_fields__, "values"])
def test_junk_is_refused_with_a_remedy_or_answered(part):
    rng = random.Random(part)
    right = {name: getattr(model(RIGHT), name) for name in Model.__dataclass_fields__}
    for _ in range(effort(20, 400)):
        wrong = junk(rng, 1.0)
        if part in ("modes", "decay") and rng.random() < 0.5:
            wrong = right[part] | {"one": wrong}
        if part == "values" and rng.random() < 0.5:
            wrong = NUMBERS | {rng.choice(list(NUMBERS)): wrong}
        try:
            given = wrong if part == "values" else NUMBERS
            from_sympy(Model(**right | ({part: wrong} if part != "values" else {})), given)
        except (om.ParameterError, om.ModeError) as error:
            assert REMEDY.search(str(error)), error


def test_langevin_equations_know_no_family():
    """A parametric drive, which no System has, still gives its textbook equation."""
    rate = langevin(model(I * x * (Dagger(a) ** 2 - a**2) / 2 + MIRROR))[a]
    noise = sp.sqrt(2 * sp.Float(0.5)) * Operator("z^{in}_{one}")
    assert sp.expand(rate - (x * Dagger(a) - 0.5 * a) - noise) == 0
