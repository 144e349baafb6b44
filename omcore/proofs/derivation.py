r"""From the Hamiltonian to the drift matrix, by machine, with SymPy (an optional extra).

    Eq. 3 -> Heisenberg -> Langevin, Eq. 5 -> mean field, Eq. 10 -> linearised -> A and D, Eq. 8

Each arrow is one function of ``omcore.interop.symbolic``, which knows any Hamiltonian; here it is given the
paper's, and answers in the paper's symbols. The functions ``printed_...`` hold the equations as the paper
prints them, and ``mismatches`` tells where the two differ.
"""

from functools import cache

import numpy as np

from ..extras import require

require("derivation", "sympy")

import sympy as sp
from sympy import I, sqrt
from sympy.physics.quantum import Dagger, HermitianOperator, Operator
from sympy.physics.quantum.boson import BosonOp

from ..conventions import MODES
from ..interop import symbolic
from ..interop.hamiltonians import in_numbers
from ..interop.symbolic import Model, fluctuation, p, q
from ..parameters import Parameters
from ..resonator import cavity_detunings

# ---- numbers, which commute

hbar, omega_m, G_0, kappa, gamma_a, gamma_m, n_m, N_a = sp.symbols(
    "hbar omega_m G_0 kappa gamma_a gamma_m n_m N_a", positive=True
)
G_a, Delta_a, epsilon, q_s, p_s = sp.symbols("G_a Delta_a epsilon q_s p_s", real=True)
c_s = sp.Symbol("c_s")
CAVITIES = MODES[:2]
alpha = {j: sp.Symbol(f"alpha_{j}") for j in CAVITIES}
Delta = {j: sp.Symbol(f"Delta_{j}", real=True) for j in CAVITIES}
tilde_Delta = {j: sp.Symbol(rf"\tilde{{\Delta}}_{{{j}}}", real=True) for j in CAVITIES}
G_x = {j: sp.Symbol(f"G_{j}^x", real=True) for j in CAVITIES}
G_y = {j: sp.Symbol(f"G_{j}^y", real=True) for j in CAVITIES}
U = sp.Matrix(sp.symbols("X_ccw Y_ccw X_cw Y_cw x y q p", real=True))
"""Fluctuations of the quadratures, in the order of ``omcore.conventions``."""

# ---- operators of the system and of its baths

a = {j: BosonOp(f"a_{{{j}}}") for j in CAVITIES}
c = BosonOp("c")
a_in = {j: Operator(f"a^{{in}}_{{{j}}}") for j in CAVITIES}
F_c, xi = Operator("F_c"), HermitianOperator(r"\xi")

LIGHT = (a["ccw"], a["cw"], c)  # the modes with a complex amplitude, in the order of U
MEAN = {a["ccw"]: alpha["ccw"], a["cw"]: alpha["cw"], c: c_s, q: q_s, p: p_s}
FLUCTUATION = {o: fluctuation(o) for o in MEAN}


def mismatches(derived, printed) -> dict:
    """Where two sets of equations, or two matrices, differ: ``{place: derived - printed}``.

    An empty dict means that they are equal. A place is an operator, or (row, column) from 0.

    >>> mismatches(sp.Matrix([[kappa, 0]]), sp.Matrix([[kappa, -kappa]]))
    {(0, 1): kappa}
    """
    left, right = (
        equations if isinstance(equations, dict) else dict(np.ndenumerate(equations))
        for equations in (derived, printed)
    )
    if left.keys() != right.keys():
        places = sorted(map(str, left.keys() ^ right.keys()))
        raise ValueError(f"only one side has {', '.join(places)}; compare like with like")
    differences = {place: sp.expand(left[place] - right[place]) for place in left}
    return {place: d for place, d in differences.items() if d != 0}


def aligned(equations: dict) -> str:
    r"""LaTeX of rates of change, one line each, for ``IPython.display.Math``.

    >>> print(aligned({q: omega_m * p}))
    \begin{aligned}\tfrac{d}{dt} q &= \omega_{m} p\end{aligned}
    """
    lines = (rf"\tfrac{{d}}{{dt}} {sp.latex(o)} &= {sp.latex(r)}" for o, r in equations.items())
    return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"


# ---- from the Hamiltonian to the Langevin equations


def hamiltonian(drive="ccw"):
    r"""The Hamiltonian, Eq. 3, with few excited atoms.

    The atoms are the mode c of Eq. 4: :math:`g S_+ \to G_a c^\dagger` with
    :math:`G_a = g\sqrt{N_a}`, and their energy is :math:`\hbar\Delta_a c^\dagger c`. The
    :math:`S_+S_-` that Eq. 3 prints would give N_a times that: see ``spins.literal_atomic_energy``.

    >>> sp.expand(hamiltonian("ccw") - hamiltonian("ccw").subs(epsilon, 0))
    I*epsilon*hbar*Dagger(a_{ccw}) - I*epsilon*hbar*a_{ccw}
    """
    cavities = sum(Delta[j] * Dagger(a[j]) * a[j] for j in CAVITIES)
    atoms = Delta_a * Dagger(c) * c
    mirror = omega_m / 2 * (p**2 + q**2)
    pressure = -G_0 * sum(Dagger(a[j]) * a[j] for j in CAVITIES) * q
    exchange = G_a * sum(a[j] * Dagger(c) for j in CAVITIES) + I * epsilon * Dagger(a[drive])
    return hbar * (cavities + atoms + mirror + pressure + exchange + Dagger(exchange))


@cache
def model(drive="ccw") -> Model:
    """The Hamiltonian of Eq. 3 with its damping, for the derivation that any Hamiltonian has."""
    return Model(
        sp.expand(hamiltonian(drive) / hbar), modes={**a, "a": c},
        decay=dict.fromkeys(CAVITIES, kappa) | {"a": gamma_a}, gamma_m=gamma_m, n_m=n_m,
    )  # fmt: skip


def _printed(equations: dict) -> dict:
    """Equations of ``model`` with the symbols of the paper for means and noise."""
    own = model()
    symbols = {own.noises[j]: a_in[j] for j in CAVITIES} | {
        own.noises["a"]: F_c,
        own.noises["m"]: xi,
    }
    symbols |= {own.means[o]: mean for o, mean in MEAN.items()}
    return {symbols.get(o, o): rate.subs(symbols) for o, rate in equations.items()}


def heisenberg(operator, drive="ccw"):
    r"""Heisenberg's equation, :math:`\dot O = [O, H]/i\hbar`, from the Hamiltonian of Eq. 3.

    >>> heisenberg(p)
    G_0*Dagger(a_{ccw})*a_{ccw} + G_0*Dagger(a_{cw})*a_{cw} - omega_m*q
    """
    return symbolic.heisenberg(model(drive))[operator]


def langevin(drive="ccw") -> dict:
    r"""Quantum Langevin equations, Eq. 5: Heisenberg's, with damping and noise added.

    The amplitude of a cavity mode decays at the rate κ, with the noise :math:`\sqrt{2\kappa}\,a^{in}`, and
    that of the atoms likewise. The mirror's momentum decays at γ_m, with the Brownian force ξ.

    >>> langevin()[c]
    -I*Delta_a*c - I*G_a*a_{ccw} - I*G_a*a_{cw} + sqrt(2)*sqrt(gamma_a)*F_c - gamma_a*c
    """
    return _printed(symbolic.langevin(model(drive)))


def printed_langevin(drive="ccw") -> dict:
    """Eq. 5 as printed, with ε in the row of the driven mode. It is correct:

    >>> mismatches(langevin(), printed_langevin())
    {}
    """
    cavities = {
        a[j]: -(I * Delta[j] + kappa) * a[j] + I * G_0 * q * a[j] - I * G_a * c
        + sqrt(2 * kappa) * a_in[j] + (epsilon if j == drive else 0)
        for j in CAVITIES
    }  # fmt: skip
    photons = Dagger(a["cw"]) * a["cw"] + Dagger(a["ccw"]) * a["ccw"]
    return cavities | {
        c: -(I * Delta_a + gamma_a) * c - I * G_a * (a["cw"] + a["ccw"]) + sqrt(2 * gamma_a) * F_c,
        q: omega_m * p,
        p: -omega_m * q + G_0 * photons - gamma_m * p + xi,
    }


# ---- mean field and fluctuations


def about_the_mean(order, drive="ccw") -> dict:
    r"""The terms of one order in the fluctuations, once every operator of Eq. 5 is mean plus fluctuation.

    Order 0 gives the mean-field equations, in which the mean of a product is the product of the
    means; order 1 the linearised Langevin equations; order 2 what linearisation drops.

    >>> print(about_the_mean(2)[FLUCTUATION[a["cw"]]])
    I*G_0*\delta q*\delta a_{cw}
    """
    return _printed(symbolic.about_the_mean(model(drive), order))


def mean_field_equations(drive="ccw") -> dict:
    r"""Rates of change of the mean values, Eq. 5 without noise, which vanish in a steady state.

    >>> sp.collect(mean_field_equations()[alpha["cw"]], alpha["cw"])
    -I*G_a*c_s + alpha_cw*(-I*Delta_cw + I*G_0*q_s - kappa)
    """
    return about_the_mean(0, drive)


def steady_state(drive="ccw") -> dict:
    r"""Steady mean values, each in terms of the others: Eq. 10 as it should read.

    The detuning is :math:`\tilde\Delta_j = \Delta_j - G_0 q_s`, multiplied by i.

    >>> print(steady_state()[alpha["cw"]])
    -I*G_a*c_s/(I*\tilde{\Delta}_{cw} + kappa)
    """
    rates = mean_field_equations(drive)
    shifted = {Delta[j]: tilde_Delta[j] + G_0 * q_s for j in CAVITIES}
    fixed_by = {p_s: q_s, q_s: p_s} | {x: x for x in (*alpha.values(), c_s)}  # whose rate to use
    solution = {}
    for x, row in fixed_by.items():
        rate = sp.expand(rates[row].subs(shifted | {p_s: solution.get(p_s, p_s)}))
        slope = rate.coeff(x)  # each rate is linear in the mean value that it fixes
        solution[x] = sp.expand(rate - slope * x) / -slope
    return solution


def printed_amplitudes(equation, drive="ccw") -> dict:
    """Steady cavity amplitudes as printed in Eq. "10" or in Eq. "A3".

    >>> print(printed_amplitudes("A3")[alpha["ccw"]])
    (-I*G_a*c_s + epsilon)/(I*Delta_ccw + kappa)
    """
    detuning = {
        "10": {j: Delta[j] - G_0 * q_s for j in CAVITIES},  # lacks the i
        "A3": {j: I * Delta[j] for j in CAVITIES},  # lacks the shift by the mirror
    }[equation]
    force = {j: -I * G_a * c_s + (epsilon if j == drive else 0) for j in CAVITIES}
    return {alpha[j]: force[j] / (detuning[j] + kappa) for j in CAVITIES}


def departure(amplitudes: dict, drive="ccw") -> dict:
    r"""Relative rate :math:`\dot\alpha_j/\alpha_j` at which given amplitudes change.

    It is zero in a steady state. For the amplitudes of Eq. 10 it is not, nor for Eq. A3 unless q_s = 0:

    >>> departure(printed_amplitudes("10"))[alpha["cw"]]
    (1 - I)*(Delta_cw - G_0*q_s)
    >>> departure(printed_amplitudes("A3"))[alpha["cw"]]
    I*G_0*q_s
    """
    rates = mean_field_equations(drive)
    bare = {tilde_Delta[j]: Delta[j] - G_0 * q_s for j in CAVITIES}
    amplitudes = {x: amplitudes[x].subs(bare) for x in alpha.values()}
    return {x: sp.factor(sp.simplify(rates[x].subs(x, v) / v)) for x, v in amplitudes.items()}


def linearised() -> dict:
    r"""Linearised Langevin equations, Eq. A4 as it should read. The drive no longer appears.

    >>> print(linearised()[FLUCTUATION[q]])
    omega_m*\delta p
    """
    return about_the_mean(1)


def printed_linearised() -> dict:
    r"""Eq. A4 as printed. The first sign in the row of the CCW mode is wrong, all else is correct:

    >>> print(mismatches(linearised(), printed_linearised()))
    {\delta a_{ccw}: -2*I*Delta_ccw*\delta a_{ccw} - 2*kappa*\delta a_{ccw}}
    """
    d = FLUCTUATION
    first_sign = {"ccw": 1, "cw": -1}
    cavities = {
        d[a[j]]: first_sign[j] * (I * Delta[j] + kappa) * d[a[j]]
        + I * G_0 * (q_s * d[a[j]] + alpha[j] * d[q]) - I * G_a * d[c] + sqrt(2 * kappa) * a_in[j]
        for j in CAVITIES
    }  # fmt: skip
    pressure = sum(sp.conjugate(alpha[j]) * d[a[j]] + alpha[j] * Dagger(d[a[j]]) for j in CAVITIES)
    return cavities | {
        d[c]: -(gamma_a + I * Delta_a) * d[c] - I * G_a * (d[a["ccw"]] + d[a["cw"]])
        + sqrt(2 * gamma_a) * F_c,
        d[q]: omega_m * d[p],
        d[p]: -omega_m * d[q] + G_0 * pressure - gamma_m * d[p] + xi,
    }  # fmt: skip


# ---- quadratures: drift and diffusion


def drift_matrix() -> sp.Matrix:
    r"""The drift matrix in the symbols of Eq. 8: detunings :math:`\tilde\Delta_j` and couplings.

    :math:`G_j^x + iG_j^y = \sqrt2\,G_0\alpha_j`, below Eq. 8.

    >>> drift_matrix()[7, :]
    Matrix([[G_ccw^x, G_ccw^y, G_cw^x, G_cw^y, 0, 0, -omega_m, -gamma_m]])
    """
    A, means = symbolic.drift_matrix(model()), symbolic.quadratures(model())
    to_printed = {Delta[j]: tilde_Delta[j] + G_0 * means[6] for j in CAVITIES}
    for k, j in enumerate(CAVITIES):
        to_printed |= {means[2 * k]: G_x[j] / G_0, means[2 * k + 1]: G_y[j] / G_0}
    return A.subs(to_printed).applyfunc(sp.expand)


def printed_drift_matrix() -> sp.Matrix:
    """Eq. 8, the same as Eq. A7, as printed. It is correct:

    >>> mismatches(drift_matrix(), printed_drift_matrix())
    {}
    """
    k, g, d, w, Ga = kappa, gamma_a, tilde_Delta, omega_m, G_a
    x, y = G_x, G_y
    return sp.Matrix([
        [-k, d["ccw"], 0, 0, 0, Ga, -y["ccw"], 0],
        [-d["ccw"], -k, 0, 0, -Ga, 0, x["ccw"], 0],
        [0, 0, -k, d["cw"], 0, Ga, -y["cw"], 0],
        [0, 0, -d["cw"], -k, -Ga, 0, x["cw"], 0],
        [0, Ga, 0, Ga, -g, Delta_a, 0, 0],
        [-Ga, 0, -Ga, 0, -Delta_a, -g, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, w],
        [x["ccw"], y["ccw"], x["cw"], y["cw"], 0, 0, -w, -gamma_m],
    ])  # fmt: skip


def printed_quadrature_drift() -> sp.Matrix:
    """The drift matrix of Eq. A6 as printed. It has two terms too many:

    >>> mismatches(drift_matrix(), printed_quadrature_drift())
    {(1, 6): -G_ccw, (3, 6): -G_cw}
    """
    X, Y = {"ccw": U[0], "cw": U[2]}, {"ccw": U[1], "cw": U[3]}
    x, y, dq, dp = U[4:]
    G = {j: sp.Symbol(f"G_{j}") for j in CAVITIES}  # the paper defines no such symbol
    d = tilde_Delta
    cavities = []
    for j in CAVITIES:
        cavities += [
            -kappa * X[j] + d[j] * Y[j] + G_a * y - G_y[j] * dq,
            -d[j] * X[j] - kappa * Y[j] + G[j] * dq - G_a * x + G_x[j] * dq,
        ]
    pressure = sum(G_x[j] * X[j] + G_y[j] * Y[j] for j in CAVITIES)
    return sp.Matrix([
        *cavities,
        G_a * (Y["ccw"] + Y["cw"]) - gamma_a * x + Delta_a * y,
        -G_a * (X["ccw"] + X["cw"]) - Delta_a * x - gamma_a * y,
        omega_m * dp,
        -omega_m * dq + pressure - gamma_m * dp,
    ]).jacobian(U)  # fmt: skip


def diffusion_matrix() -> sp.Matrix:
    r"""Diffusion matrix, below Eq. 12, from the noise of Eq. 5 and its correlations, Eq. 6.

    >>> mismatches(diffusion_matrix(), printed_diffusion_matrix())
    {}
    """
    return symbolic.diffusion_matrix(model())


def printed_diffusion_matrix() -> sp.Matrix:
    """D as printed below Eq. 12.

    >>> printed_diffusion_matrix()[7, 7]
    gamma_m*(2*n_m + 1)
    """
    return sp.diag(*[kappa] * 4, gamma_a, gamma_a, 0, gamma_m * (2 * n_m + 1))


def values(parameters: Parameters) -> dict:
    """The symbols of ``model``, each with its number."""
    same = (kappa, gamma_a, gamma_m, omega_m, G_0, G_a, Delta_a, n_m)
    numbers = {symbol: getattr(parameters, str(symbol)) for symbol in same}
    numbers |= {Delta[j]: shifted for j, shifted in cavity_detunings(parameters).items()}
    return numbers | {epsilon: parameters.drive_amplitude}


def numeric_drift_matrix(parameters: Parameters, mean_field) -> np.ndarray:
    """The derived drift matrix in numbers, array (8, 8) in rad/s, to compare with ``omcore.drift_matrix``.

    >>> import numpy as np, omcore as om
    >>> field = om.mean_field(om.PAPER)
    >>> np.allclose(numeric_drift_matrix(om.PAPER, field), om.drift_matrix(om.PAPER, field))
    True
    """
    means = dict(zip(symbolic.quadratures(model()), mean_field.quadratures(), strict=True))
    return in_numbers(symbolic.drift_matrix(model()), values(parameters) | means)


def swap_rates(mode="ccw") -> tuple:
    r"""Rates at which a cavity mode exchanges a quantum with the mirror, and with the atoms.

    They are the g of :math:`\delta\dot a_j = -i g\,\delta b` and of
    :math:`\delta\dot a_j = -i g\,\delta c` in the linearised equations. The rate is half of
    :math:`G_{j-m}`, but all of :math:`G_a`, so that equal couplings, as in Fig. 2(d)-(f), have unequal rates.

    >>> swap_rates("cw")
    (-G_cw^x/2 - I*G_cw^y/2, G_a)
    """
    d_b = Operator(r"\delta b")
    to_printed = {alpha[mode]: (G_x[mode] + I * G_y[mode]) / (sqrt(2) * G_0)}
    to_printed |= {FLUCTUATION[q]: (d_b + Dagger(d_b)) / sqrt(2)}
    rate = sp.expand(linearised()[FLUCTUATION[a[mode]]].subs(to_printed))
    return tuple(sp.expand(I * rate.coeff(other)) for other in (d_b, FLUCTUATION[c]))
