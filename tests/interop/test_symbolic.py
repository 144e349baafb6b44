"""System to SymPy and back: the paper's own Hamiltonian, round trips, and Hamiltonians that are refused."""

import random

import numpy as np
import pytest
import sympy as sp
from points import random_parameters
from sympy import I
from sympy.physics.quantum import Dagger, HermitianOperator, Operator
from sympy.physics.quantum.boson import BosonOp
from test_general_model import random_system
from trust.effort import effort
from trust.test_bad_input import REMEDY, junk

import omcore as om
from omcore.interop import symbolic
from omcore.interop.hamiltonians import from_sympy, in_numbers, linear, to_sympy, values
from omcore.interop.symbolic import Model, langevin, quadratures
from omcore.proofs import derivation as d
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
    "a laser of finite width": om.system(om.PAPER.replace(laser_linewidth=1e3)),
    "gain, and baths squeezed together": om.System(
        modes=["a", "b", "c"], H=np.zeros((3, 3)), decay=[1, 2, -0.3], n=[1, 1, 0], mirrors=(),
        m=np.array([[0.2, 0.8j, 0], [0.8j, 0, 0], [0, 0, 0]])),
    "names with underscores": om.System(
        modes=["a", "a_b", "b_c", "c"], H=np.arange(16).reshape(4, 4) + np.arange(16).reshape(4, 4).T,
        decay=[1, 2, 3, 4], mirrors=()),
} | {
    f"{n} modes, {k} mirrors, {statics}": random_system(np.random.default_rng([n, k]), n, k, statics)
    for n, k, statics in ((1, 1, "kerr"), (2, 2, "pressed"), (2, 3, "given"), (3, 0, "kerr"), (3, 2, "kerr"))
}  # fmt: skip
each_system = pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)


def equal(one, other):
    assert one.names == other.names and one.mirrors == other.mirrors
    for name in FIELDS:
        mine, theirs = getattr(one, name), getattr(other, name)
        theirs = np.broadcast_to(theirs, mine.shape)
        np.testing.assert_allclose(mine, theirs, rtol=1e-13, err_msg=name)


# ---- the paper


@pytest.mark.parametrize("p", om.operating_points().values(), ids=om.operating_points())
def test_the_papers_hamiltonian_is_the_papers_system(p):
    system = from_sympy(d.model(p.drive), d.values(p))
    equal(system, om.system(p))
    np.testing.assert_allclose(om.solve(system).V, om.solve(p).V, rtol=1e-9, atol=1e-12)


# ---- there and back, and omcore's own A


@each_system
def test_there_and_back_is_the_same_system(system):
    equal(from_sympy(to_sympy(system), values(system)), system)
    by_name = {str(symbol): value for symbol, value in values(system).items()}
    equal(from_sympy(to_sympy(system), by_name), system)


@pytest.mark.parametrize("statics", ["given", "pressed", "kerr"])
def test_random_systems_with_all_fields_there_and_back(statics):
    rng = np.random.default_rng(len(statics))
    for _ in range(effort(2, 40)):
        system = random_system(rng, rng.integers(1, 5), rng.integers(1, 4), statics)
        equal(from_sympy(to_sympy(system), values(system)), system)


@each_system
def test_flow_drift_and_diffusion_are_omcores_wherever_the_mean_is(system):
    model = to_sympy(system)
    field = om.mean_field(system)
    u = field.quadratures()
    known = dict(zip(quadratures(model), np.moveaxis(u, -1, 0), strict=True)) | values(system)
    for derived, theirs in (
        (symbolic.drift_matrix(model), om.drift_matrix(system, field)),
        (symbolic.diffusion_matrix(model), om.diffusion_matrix(system, field)),
    ):
        size = np.abs(theirs).max()
        assert np.isfinite(theirs).all()
        mine = np.broadcast_to(in_numbers(derived, known), theirs.shape)
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12 * size)
    rates = in_numbers(symbolic.flow(model), known)[..., 0]
    assert np.abs(rates).max() <= 1e-9 * np.abs(om.drift_matrix(system, field)).max() * np.abs(
        u
    ).max(initial=1)
    s = om.solve(system)
    V = om.solve(linear(model, values(system), u)).V
    np.testing.assert_allclose(V[s.stable], s.V[s.stable], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("n, k", [(2, 1), (1, 2)])
def test_drift_is_also_what_the_linearised_equations_say(n, k):
    system = random_system(np.random.default_rng(n), n, k, "kerr")
    model = to_sympy(system)
    u, rows = sp.Matrix(sp.symbols(f"u:{2 * (n + k)}", real=True)), []
    small = dict.fromkeys(model.noises.values(), 0) | dict.fromkeys(
        map(Dagger, model.noises.values()), 0
    )
    for at, o in enumerate(model.moving):
        delta = symbolic.fluctuation(o)
        z = (u[2 * at] + I * u[2 * at + 1]) / sp.sqrt(2) if at < n else u[n + at]
        small |= {Dagger(delta): sp.conjugate(z), delta: z}
    for at, rate in enumerate(symbolic.about_the_mean(model, 1).values()):
        rate = sp.expand(rate.subs(symbolic.amplitudes(model)).subs(small))
        rows += [sp.sqrt(2) * part for part in rate.as_real_imag()] if at < n else [rate]
    difference = sp.Matrix(rows).jacobian(u) - symbolic.drift_matrix(model)
    assert difference.applyfunc(sp.expand).is_zero_matrix


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
    baths = dict(decay={"one": 0.5, "two": w / 2}, gamma_m=1e-4, n_m=3)
    return Model(H, modes, **baths, mirrors={"m": mirror})


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


ADDED = {  # to a right Hamiltonian, and what the System then has
    "squeezing": (x * (a**2 + Dagger(a) ** 2), dict(squeezing=[[0.02, 0], [0, 0]])),
    "two-mode squeezing": (I * x * (a * c - Dagger(c) * Dagger(a)),
                           dict(squeezing=[[0, -0.01j], [-0.01j, 0]])),
    "Kerr": (x * Dagger(a) ** 2 * a**2, dict(kerr=[0.01, 0])),
    "Kerr, out of order": (x * (Dagger(a) * a) ** 2 - x * Dagger(a) * a, dict(kerr=[0.01, 0])),
}  # fmt: skip


@pytest.mark.parametrize("extra, fields", ADDED.values(), ids=ADDED)
def test_what_is_added_is_a_field_of_the_system(extra, fields):
    equal(
        from_sympy(model(RIGHT + extra), NUMBERS),
        from_sympy(model(RIGHT), NUMBERS).replace(**fields),
    )


REFUSED = {  # what is added to a right Hamiltonian, and how the message names it
    "quadratic coupling": (x * Dagger(a) * a * q**2, "lambda*Q**2*Dagger(a)*a"),
    "a softer spring": (x * q**2, "lambda*Q**2"),
    "a heavier mirror": (x * p**2, "lambda*P**2"),
    "a constant force": (x * q, "lambda*Q"),
    "Duffing": (x * q**4, "lambda*Q**4"),
    "coupling to the momentum": (x * Dagger(a) * a * p, "lambda*P*Dagger(a)*a"),
    "light with the momentum": (x * (a + Dagger(a)) * p, "lambda*P*Dagger(a)"),
    "assisted exchange": (x * (Dagger(a) * c + Dagger(c) * a) * q, "lambda*Q*Dagger(a)*c"),
    "three waves": (x * (Dagger(a) * c**2 + Dagger(c) ** 2 * a), "lambda*Dagger(a)*c**2"),
    "cross-Kerr": (x * Dagger(a) * a * Dagger(c) * c, "lambda*Dagger(a)*Dagger(c)*a*c"),
    "an operator of no mode": (x * (m + Dagger(m)), "lambda*Dagger(m)"),
    "a spin": (x * HermitianOperator("sigma_z"), "lambda*sigma_z"),
    "a pendulum": (x * sp.cos(q), "lambda*cos(Q)"),
}


@pytest.mark.parametrize("extra, named", REFUSED.values(), ids=REFUSED)
def test_what_no_system_has_is_refused_by_its_name(extra, named):
    with pytest.raises(om.ParameterError) as caught:
        from_sympy(model(RIGHT + extra), NUMBERS)
    assert named in str(caught.value) and REMEDY.search(str(caught.value))
    if named not in (
        "lambda*Dagger(m)",
        "lambda*sigma_z",
        "lambda*cos(Q)",
    ):  # taken once its rate is zero
        equal(from_sympy(model(RIGHT + extra), NUMBERS | {x: 0}), from_sympy(model(RIGHT), NUMBERS))


def test_a_small_term_is_refused_beside_a_large_one():
    """Quadratic coupling is small beside a drive, and yet no rounding."""
    with pytest.raises(om.ParameterError, match="lambda"):
        from_sympy(model(RIGHT + x * Dagger(a) * a * q**2), NUMBERS | {x: 1e-12, E: 1e12})
    from_sympy(model(RIGHT + x * q**2 / 3 + x * p**2 / 3.0), NUMBERS | {x: 0.1})  # rounding is none


def test_the_rotating_wave_is_refused():
    """Exchange with b, without its counter-rotating half, is no coupling to q."""
    H = LIGHT + w * Dagger(m) * m + x * (Dagger(a) * m + Dagger(m) * a)
    with pytest.raises(
        om.ParameterError, match=r"lambda\*p\*Dagger\(a\).*among the modes, as the boson b"
    ):
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
    with pytest.raises(om.ParameterError, match="lacks a mirror"):
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
    for wrong in (
        *[dict(mirrors={"m": x}) for x in (3, (q, p, q), (), (m,), Dagger(m), a)],
        dict(mirrors=3), dict(mirrors=(q, p)), dict(mirrors={"one": (q, p)}), dict(modes=[a]),
        dict(modes={"one": Dagger(a)}), dict(decay={"two": 1}), dict(n={"m": 1}), dict(n_m={"one": 1}),
        dict(m={"m": 1}), dict(m={("one", "one", "one"): 1}), dict(m=1),
    ):  # fmt: skip
        given = dict(modes={"one": a}, decay={"one": 1}, gamma_m=0, n_m=0) | wrong
        with pytest.raises(om.ModeError, match="give"):
            Model(RIGHT, **given)
    with pytest.raises(om.ModeError, match="twice"):
        model(RIGHT, light=(a, a))
    with pytest.raises(om.ParameterError, match="gamma_m = None"):
        Model(RIGHT, {"one": a}, 1)
    with pytest.raises(om.ParameterError, match="X_one .*another name"):
        model(sp.Symbol("X_one") * Dagger(a) * a)


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


# ---- beyond a System: linear about a mean field


def test_products_of_one_mirrors_q_and_p_are_symmetric():
    """(qp + pq)/2 is real, q p is not; q² p as it stands is its symmetric part plus i q."""

    def of(H):
        made = model(H)
        return made.energy, made.motion["m"]

    for product, there in ((q * p, lambda x, y: x * y + I / 2), (q**2 * p, lambda x, y: x**2 * y + I * x),
                           (p * q**2 * p, lambda x, y: x**2 * y**2 + sp.Rational(1, 2))):  # fmt: skip
        symbol, (x, y) = of(product)
        assert sp.expand(symbol - there(x, y)) == 0
    back = symbolic.normal_ordered(symbolic.p * symbolic.q**2 * symbolic.p)
    assert symbolic.normal_ordered(back - symbolic.p * symbolic.q**2 * symbolic.p) == 0


def membrane(drive):
    """A membrane in the middle, at a node: light feels q² alone, and a weak slope beside it."""
    H = LIGHT.subs({J: 0, c: 0}) + MIRROR + x * Dagger(a) * a * q**2 - g * Dagger(a) * a * q
    made = Model(H, {"c": a}, decay=0.5, gamma_m=0.1, n_m=2, mirrors={"b": (q, p)})
    return made, {"D": 0.3, "E": drive, "g": 0.05, "w": 1.0, "lambda": 0.02}


def test_a_membrane_in_the_middle():
    """Its mean field by a root search; the shifts that q² gives; and the whole against an integration."""
    from scipy.integrate import solve_ivp
    from scipy.optimize import root

    made, known = membrane(2.0)
    with pytest.raises(om.ParameterError, match=r"lambda\*Q\*\*2\*Dagger\(a\)\*a .*linear\(model"):
        from_sympy(made, known)
    u = quadratures(made)
    rates = sp.lambdify(
        list(u), symbolic.flow(made).subs({s: known[str(s)] for s in (D, g, E, w, x)})
    )
    X, Y, q_s, p_s = found = root(lambda at: rates(*at).ravel(), [1.0, 0, 0, 0], tol=1e-13).x
    about = linear(made, known, found)
    photons = (X**2 + Y**2) / 2
    assert (
        photons > 5 and q_s == pytest.approx(0.05 * photons / (1 + 2 * 0.02 * photons)) and p_s == 0
    )
    assert about.A[3, 2] == pytest.approx(-1 - 2 * 0.02 * photons)  # the mirror's stiffness
    assert about.A[0, 1] == pytest.approx(0.3 - 0.05 * q_s + 0.02 * q_s**2)  # the detuning
    V = om.solve(about).V

    def motion(t, y):
        """The means and covariances by hand, with A from differences of the means' motion."""
        V = y[4:].reshape(4, 4)

        def of(s):
            z, Q, P = (s[0] + 1j * s[1]) / 2**0.5, s[2], s[3]
            dz = -(0.5 + 1j * (0.3 - 0.05 * Q + 0.02 * Q**2)) * z + 2.0
            force = (0.05 - 0.04 * Q) * abs(z) ** 2
            return np.array([2**0.5 * dz.real, 2**0.5 * dz.imag, P, force - Q - 0.1 * P])

        steps = [(of(y[:4] + 1e-4 * e) - of(y[:4] - 1e-4 * e)) / 2e-4 for e in np.eye(4)]
        A = np.array(steps).T
        dV = A @ V + V @ A.T + np.diag([0.5, 0.5, 0, 0.1 * 5])
        return np.concatenate([of(y[:4]), dV.ravel()])

    start = np.concatenate([np.zeros(4), np.diag([0.5, 0.5, 2.5, 2.5]).ravel()])
    end = solve_ivp(motion, (0, 300), start, rtol=1e-9, atol=1e-9).y[:, -1]
    np.testing.assert_allclose(end[:4], found, atol=1e-6)
    np.testing.assert_allclose(end[4:].reshape(4, 4), V, atol=1e-6)


def test_a_mean_field_that_is_none_is_refused():
    made, known = membrane(2.0)
    with pytest.raises(
        om.ParameterError, match="no steady mean field: X_c changes at .* give a root"
    ):
        linear(made, known, [1.0, 0, 0, 0])
    with pytest.raises(om.ParameterError, match="give the 4 mean quadratures"):
        linear(made, known, [1.0, 0])
    with pytest.raises(om.ParameterError, match="no value for D, E"):
        linear(made, {}, np.zeros(4))
    dark = linear(made, known | {"E": 0}, np.zeros((3, 4)))
    assert dark.shape == (3,) and dark.modes == ("c", "b")
    wrong = Model(I * Dagger(a) * a, {"c": a}, 1, mirrors={})
    with pytest.raises(om.ParameterError, match="not Hermitian"):
        linear(wrong, {}, [0, 0])


def test_a_rotating_mirror_is_a_mode():
    """Exchange with b, refused beside a mirror, is taken with b among the modes; two mirrors, two tones."""
    b1, b2 = BosonOp("b_1"), BosonOp("b_2")
    H = x * (Dagger(a) * b1 + Dagger(b1) * a) + J / 9 * (a * b2 + Dagger(b2) * Dagger(a)) / 9
    baths = dict(decay={"c": 1, "b1": 0.01, "b2": 0.01}, n={"c": 0, "b1": 3, "b2": 3})
    rotating = from_sympy(
        Model(H, {"c": a, "b1": b1, "b2": b2}, mirrors={}, **baths), NUMBERS | {x: 0.2}
    )
    assert rotating.names == ("c", "b1", "b2") and om.solve(rotating).stable
    np.testing.assert_allclose(rotating.H[0, 1], 0.2)
    np.testing.assert_allclose(rotating.squeezing[0, 2], 0.3 / 81)
