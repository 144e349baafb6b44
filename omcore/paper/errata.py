"""Misprints of the paper, their corrections, and the effect of each on E_am and R.

An erratum that changes a number has a variant of the chain, which follows the paper as it is
printed. ``effects`` computes both measures for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..assumptions.glass import group_index
from ..conventions import DRIVES, MODES
from ..gaussian.entanglement import log_negativity, residual_contangle
from ..gaussian.parties import mode_indices
from ..gaussian.symplectic import is_physical
from ..linear import diffusion_matrix, drift_matrix, lyapunov
from ..parameters import Parameters
from ..resonator import system
from ..steady_state import MeanField, mean_field
from ..systems import light_operator
from .observables import TRIPLE
from .search import crossing

Drift = tuple[np.ndarray, np.ndarray]  # A and D


@dataclass(frozen=True)
class Erratum:
    """One item of the page.

    id, where : its name here, and its place in the paper
    printed, right : the printed text and the correct one
    proof : the argument, with a link to the page that shows it
    scan : whether the error may be one of our scan of the paper, not of the paper
    remark : whether it is no error: right as it stands, or a matter of a definition or a measure
    variant : Parameters -> (A, D) as printed; None where no number depends on it
    in_words : the error and its correction in plain words
    """

    id: str
    where: str
    printed: str
    right: str
    proof: str
    scan: bool = False
    remark: bool = False
    variant: Callable[[Parameters], Drift] | None = None
    in_words: str = ""


def as_derived(p: Parameters) -> Drift:
    """Drift and diffusion of the self-consistent chain, with which all variants are compared."""
    return drift_matrix(p, mean_field(p)), diffusion_matrix(p)


def with_parameters(change: Callable[[Parameters], Parameters]):
    """The variant that is the same chain at other parameters."""
    return lambda p: as_derived(change(p))


def detunings_without_i(p: Parameters) -> Drift:
    """Eq. 10 as printed: amplitudes with the real denominator (detuning + kappa)."""
    s = system(p)

    def field(q):
        M = light_operator(s, q)
        for k in map(s.index, DRIVES):
            M[..., k, k] = M[..., k, k].real + M[..., k, k].imag
        alpha = np.linalg.solve(M, -s.drive)
        return MeanField(s.modes, alpha, np.asarray(q))

    def excess(q):  # of the displacement by the radiation pressure over q
        return (s.photon_coupling * np.abs(field(q).amplitudes) ** 2).sum() / s.omega_m - q

    q = crossing(np.vectorize(excess), 0.0, 0.0, 10 * p.omega_m / p.G_0, points=2001)
    return drift_matrix(p, field(q)), diffusion_matrix(p)


def bare_detunings(p: Parameters) -> Drift:
    """Eq. A3 as printed: amplitudes from the detuning without the shift by the mirror."""
    return drift_matrix(p, mean_field(p, "bare-detuning")), diffusion_matrix(p)


def growing_ccw_mode(p: Parameters) -> Drift:
    """Eq. A4 as printed: + (i Delta + kappa) in the row of a_ccw."""
    A, D = as_derived(p)
    x = 2 * MODES.index("ccw")
    A[..., x : x + 2, x : x + 2] *= -1
    return A, D


def coupling_counted_twice(p: Parameters) -> Drift:
    """Eq. A6 as printed: one more term |G_j| dq in the rows of the Y_j."""
    field = mean_field(p)
    A = drift_matrix(p, field)
    for k, mode in enumerate(MODES[:2]):
        size = np.sqrt(2) * p.G_0 * np.abs(field.amplitude(mode))
        A[..., 2 * k + 1, 2 * MODES.index("m")] += size
    return A, diffusion_matrix(p)


def effects(variant, p: Parameters) -> tuple[float, float]:
    """E_am and R of a variant at one point; NaN without a steady state that is a quantum state.

    >>> from omcore import CASES
    >>> E, R = effects(as_derived, CASES["ccw"])
    >>> print(f"{E:.4f} {R:.5f}")
    0.1362 0.00789
    """
    A, D = variant(p)
    V = lyapunov(A, D)
    if not is_physical(V):
        return np.nan, np.nan
    i, j, k = mode_indices(TRIPLE, MODES, p.aliases)
    return float(log_negativity(V, j, k)), float(residual_contangle(V, i, j, k))


def _caption(cw, ccw):
    """The spinning cases at the Delta_c/omega_m of a caption; the stationary one as it is."""
    printed = {"cw": cw, "ccw": ccw}

    def change(p):
        return p if p.angular_velocity == 0 else p.replace(Delta_c=printed[p.drive] * p.omega_m)

    return with_parameters(change)


def _group_index(p):
    """The rotation that has, by Eq. 1 without dispersion, the shift of a mode with silica's dispersion."""
    bracket = 1 - 1 / (p.refractive_index * group_index(p.refractive_index, -0.012e6, p.wavelength))
    return p.replace(
        angular_velocity=p.angular_velocity * bracket / (1 - 1 / p.refractive_index**2)
    )


ERRATA: tuple[Erratum, ...] = (
    Erratum(
        "eq10-i", "Eq. 10", r"$\alpha_j = \ldots/(\tilde\Delta_j + \kappa)$",
        r"$i\tilde\Delta_j + \kappa$, as in Eq. A3",
        "Steady state of Eq. 5: [derivation](04_steady_state).",
        scan=True, variant=detunings_without_i,
        in_words="The detuning in the steady amplitudes lacks its factor i, so it acts as a damping. "
                 "It should have it.",
    ),
    Erratum(
        "a3-bare", "Eq. A3", r"$\alpha_j = \ldots/(i\Delta_j + \kappa)$",
        r"$i\tilde\Delta_j + \kappa$ with $\tilde\Delta_j = \Delta_j - G_0 q_s$, as in Eq. 10",
        "Eq. A2 holds $G_0 q$ at its mean: [derivation](04_steady_state). The only misprint that the "
        "published numbers seem to depend on: [verdict](14_verdict).",
        variant=bare_detunings,
        in_words="The appendix takes the amplitudes from the detuning before the mirror is pushed. It "
                 "should be the one after.",
    ),
    Erratum(
        "a4-sign", r"Eq. A4, row of $a_\mathrm{ccw}$",
        r"$+(i\Delta_\mathrm{ccw} + \kappa)\,\delta a_\mathrm{ccw}$",
        r"$-(i\Delta_\mathrm{ccw} + \kappa)$, as for $a_\mathrm{cw}$; as printed the mode grows",
        "[Jacobian](05_linearisation), and Eq. A6, which has it right.",
        scan=True, variant=growing_ccw_mode,
        in_words="One cavity mode is printed with a gain. It has a loss, as the other one.",
    ),
    Erratum(
        "a6-twice", "Eq. A6, rows of $Y_j$", r"$G_j\,\delta q$ besides $G_j^x\,\delta q$",
        r"$G_j^x\,\delta q$ alone; Eqs. 8 and A7 have it right. As printed, the steady $V$ violates "
        "the uncertainty relation",
        "[Jacobian](05_linearisation).",
        variant=coupling_counted_twice,
        in_words="The push of the mirror on the light is counted twice. It should be counted once.",
    ),
    Erratum(
        "eq8", "Eqs. 8 and A7", "the drift matrix", "right, entry by entry",
        "[Jacobian](05_linearisation), and `tests/proofs/test_derivation.py`.",
        remark=True,
        in_words="The drift matrix is right in all 64 entries, in both places.",
    ),
    Erratum(
        "initial", "below Eq. 10", "the steady state is independent of the initial condition",
        "of the linearised equations, yes; the nonlinear ones can have several stable states",
        "Bistable points: [steady state](04_steady_state). None on the curves of Fig. 1(c).",
        in_words="The paper says that the steady state does not depend on where one starts. That holds "
                 "for small fluctuations; the full equations can have several steady states.",
    ),
    Erratum(
        "equal-couplings", "Sec. III.A, on Fig. 2(d-f)",
        r"$|G_{j-m}|$ and $G_a$ compared as coupling strengths",
        r"they are defined differently: excitations are exchanged at $|G_{j-m}|/2$ and at $G_a$",
        "Beam-splitter terms of both: [drift matrix](05_linearisation).",
        remark=True,
        in_words="Two couplings are compared that are defined differently: the same number means half "
                 "the rate of exchange in one of them.",
    ),
    Erratum(
        "iii-eq11", "Sec. III.A", "the coupling follows 'from Eq. (11)'", "from Eq. 10",
        "Eq. 11 defines the covariance matrix.",
        in_words="The text points to the covariance matrix and means the steady amplitudes.",
    ),
    Erratum(
        "fig3-caption", "Caption of Fig. 3", r"$\Delta_c/\omega_m = 2.5$ for CW, $-1$ for CCW",
        r"$-1$ for CW, $2.5$ for CCW, as in the text and Fig. 2",
        "At the printed ones $E_{a-m}$ is nearly zero or nothing is stable: [Fig. 3](11_figures_3_5).",
        variant=_caption(2.5, -1.0),
        in_words="The caption exchanges the detunings of the two directions. The text has them right.",
    ),
    Erratum(
        "fig4-caption", "Caption of Fig. 4", r"$\Delta_c/\omega_m = -2.5$ for CW, $-1$ for CCW",
        r"$-1$ for CW, $2.5$ for CCW, as in the text",
        r"At the printed ones nothing is stable for $\Delta_a$ between $-3$ and $0\,\omega_m$: "
        "[stability](06_stability), [Fig. 4](12_figure_4).",
        variant=_caption(-2.5, -1.0),
        in_words="The caption exchanges the detunings, and one has a wrong sign. The text has them right.",
    ),
    Erratum(
        "iii-fig3a", "Sec. III.B", "'In Fig. 3(a)' $R$ is plotted", "in Fig. 4(a)",
        "Fig. 3 shows $E_{a-m}$.",
        in_words="The text names a panel of Fig. 3 and means one of Fig. 4.",
    ),
    Erratum(
        "omega0-hz", "below Eq. 2", r"$\omega_0 = 1.216\times10^{15}$ Hz",
        r"rad/s; and $2\pi c/\lambda = 1.2153\times10^{15}$",
        "From the wavelength: [shift](01_sagnac). Effect of reading it as a frequency.",
        variant=with_parameters(lambda p: p.replace(wavelength=p.wavelength / (2 * np.pi))),
        in_words="The laser frequency is given in Hz. The number is an angular one, in rad/s.",
    ),
    Erratum(
        "dispersion", "below Eq. 1", r"$\mathrm{d}n/\mathrm{d}\lambda$ up to $0.01\ \mathrm{m}^{-1}$",
        r"silica has $-0.012\ \mu\mathrm{m}^{-1}$ at 1550 nm {cite:p}`malitson1965`, a million times more",
        "Sellmeier equation: [shift](01_sagnac). Effect of including it; the paper leaves it out.",
        variant=with_parameters(lambda p: p.replace(dispersion=-0.012e6)),
        in_words="The dispersion of glass has a unit that makes it a million times too small.",
    ),
    Erratum(
        "eq1-group", "Eq. 1", r"$1 - 1/n^2 - (\lambda/n)\,\mathrm{d}n/\mathrm{d}\lambda$",
        r"divided by $n_g/n$, the group index over the index, for the frequency of a mode; the same "
        "without dispersion",
        "An exact root, which the division meets to $10^{-7}$ and Eq. 1 misses by 1.3 %: [shift](01_sagnac). "
        "Eq. 1 counts dispersion about twice. Effect, with silica's.",
        variant=with_parameters(_group_index),
        in_words="With dispersion, the formula for the shift of a mode is too large, by the group "
                 "index over the index.",
    ),
    Erratum(
        "eq14-min", "Eq. 14", r"$\mu^- = \min\,\mathrm{eig}(i\Omega_2\tilde V_4)$",
        r"the smallest modulus: the spectrum is $\pm\tilde\nu$, so the minimum is negative",
        "[Symplectic eigenvalues](08_entanglement).",
        in_words="The formula takes the smallest eigenvalue, which is negative and has no logarithm. "
                 "It should take the smallest modulus.",
    ),
    Erratum(
        "eq4-sz", "Eq. 4, against Eq. 2", r"$S_z = c^\dagger c - N_a/2$ with $S_z = \sum\sigma_z$",
        r"$S_z = 2c^\dagger c - N_a$ for Pauli matrices",
        "Count excited atoms: [Hamiltonian](02_hamiltonian). No number depends on it.",
        in_words="The inversion of the atoms is half of what the Pauli matrices of Eq. 2 make it.",
    ),
    Erratum(
        "eq4-order", "Eq. 4", r"$S_- = c\,\sqrt{N_a - c^\dagger c}$",
        r"$S_- = \sqrt{N_a - c^\dagger c}\;c$, so that $S_+ = S_-^\dagger$ and $[S_-, S_+] = -S_z$",
        "Matrices of two and three spins: [Hamiltonian](02_hamiltonian). The approximation is the same.",
        scan=True,
        in_words="In the lowering operator the root stands on the wrong side of c.",
    ),
    Erratum(
        "frame", "above Eq. 3", r"rotating frame with $\hbar\omega_0 S_+S_-$",
        r"$\hbar\omega_0\sum_i\sigma_+^i\sigma_-^i$, the number of excited atoms",
        r"$[S_+S_-, S_+] \ne S_+$ for more than one atom: [Hamiltonian](02_hamiltonian).",
        in_words="The frame of the laser is defined by a collective product of spins. It should be the "
                 "number of excited atoms.",
    ),
    Erratum(
        "eq3-sas", "Eq. 3", r"$\hbar\Delta_a S_+S_-$",
        r"$\hbar\Delta_a c^\dagger c$; by Eq. 4, $S_+S_- \approx N_a c^\dagger c$",
        "[Hamiltonian](02_hamiltonian). Effect of the printed factor, for $N_a = 10^5$.",
        variant=with_parameters(lambda p: p.replace(Delta_a=1e5 * p.Delta_a)),
        in_words="The energy of the atoms has a collective product that multiplies the detuning by the "
                 "number of atoms. It should be the number of excitations.",
    ),
    Erratum(
        "kappa-q", "Secs. III.A and IV", r"$\kappa = \omega_c/Q = 38\times10^6$ rad/s as amplitude rate",
        r"$\omega_c/Q$ is the energy rate; the amplitude rate is half of it",
        "[Noise](03_langevin). Effect of halving it.",
        variant=with_parameters(lambda p: p.replace(kappa=p.kappa / 2)),
        in_words="The decay rate of the energy is used for that of the amplitude, which is half of it.",
    ),
    Erratum(
        "g0-sqrt2", "below Eq. 2", r"$G_0 = (\omega_c/R)\sqrt{\hbar/m\omega_m}$, 'single-photon coupling'",
        r"right for $q = (b + b^\dagger)/\sqrt2$; the usual $g_0$ is $G_0/\sqrt2$",
        "[Hamiltonian](02_hamiltonian). Effect of taking $g_0$ for $G_0$.",
        variant=with_parameters(lambda p: p.replace(mass=2 * p.mass)),
        remark=True,
        in_words="What is called the single-photon coupling is right, but larger by the square root of "
                 "2 than what the literature calls so.",
    ),
    Erratum(
        "gamma-a", "Sec. IV", r"$\gamma_a = G_a = 38\times10^6$ rad/s, a choice",
        r"right as a choice; the cited experiments have $2\pi\times3$ MHz $= 19\times10^6$ rad/s, half of it",
        "Arithmetic. Effect of the cited value.",
        variant=with_parameters(lambda p: p.replace(gamma_a=2 * np.pi * 3e6)),
        remark=True,
        in_words="The atomic decay is set equal to the coupling. That is twice the decay of the "
                 "experiments that are cited.",
    ),
    Erratum(
        "n-a", "Sec. IV", r"$g \approx 10^4$ Hz with hundreds of thousands of atoms",
        r"$N_a = (G_a/g)^2 = 1.4\times10^7$; hundreds of thousands only if $g = 2\pi\times10^4$ rad/s. "
        r"The cited $g = 2\pi\times10$ MHz exceeds $G_a$ for one atom",
        "Arithmetic: [ledger](ledger), row IV, and [Can it be built?](built)",
        in_words="Coupling per atom, number of atoms and collective coupling do not fit each other.",
    ),
    Erratum(
        "excitations", "below Eq. 4, and Sec. IV",
        r"low excitation, $\langle c^\dagger c\rangle/N_a \ll 1$, with $10^6$ atoms",
        r"at 40 mW about $10^9$ excitations: the model would need some $10^{11}$ atoms",
        "[Hamiltonian](02_hamiltonian), [ledger](ledger), row IV, and [Can it be built?](built)",
        in_words="The atoms are said to be weakly excited. With a million of them they would have to "
                 "hold a thousand excitations each.",
    ),
    Erratum(
        "sagnac-sign", "below Eq. 1",
        r"$\omega_\mathrm{cw} = \omega_c + \Delta_F$ for counter-clockwise rotation",
        r"in the laboratory, drag raises the mode that runs with the rotation: "
        r"$\omega_\mathrm{ccw} = \omega_c + \Delta_F$",
        "Fresnel drag: [shift](01_sagnac). It exchanges the names CW and CCW in every result; shown: the "
        "other sign at unchanged detunings.",
        variant=with_parameters(lambda p: p.replace(angular_velocity=-p.angular_velocity)),
        in_words="The mode that runs against the rotation is said to go up in frequency. Seen from the "
                 "laboratory, the one that runs with it does.",
    ),
    Erratum(
        "genuine", "below Eq. 19", "nonzero $R$ denotes genuine tripartite entanglement",
        "of a mixed state, a positive minimum shows entanglement across each bipartition, no more "
        "{cite:p}`teh2014`; the conclusion is true all the same, by another witness",
        "[Contangle](09_contangle).",
        in_words="A positive residual is said to prove genuine tripartite entanglement. On mixed "
                 "states it proves less.",
    ),
    Erratum(
        "monogamy", "Eq. 18", r"$C_{i\mid jk} \ge C_{i\mid j} + C_{i\mid k}$ for the squared negativity",
        "proven for the Gaussian contangle {cite:p}`adesso2006`; for the proxy on mixed states it "
        "can fail, and does",
        "A negative residual in this model: [contangle](09_contangle).",
        in_words="The squared negativity is said to be monogamous. On mixed states it need not be.",
    ),
    Erratum(
        "5b-zero", "Sec. III.B", "$R$ 'vanishes near 0.7 K' at rest",
        "it becomes too small to see there; its zero lies above 2 K",
        "Root finding: [Fig. 5](figure-5).",
        in_words="At rest R is said to vanish near 0.7 K. It becomes too small to see there.",
    ),
    Erratum(
        "noise-tolerant", "Abstract and title", "both kinds of entanglement noise resistant",
        "$E_{a-m}$ of the spinning resonator ends at a lower temperature than at rest; at the operating "
        "points half of it is left up to a higher one",
        "[Fig. 5](figure-5), and Sec. III.B itself for the first half.",
        remark=True,
        in_words="Both kinds of entanglement are called noise tolerant. By where it ends, that of two "
                 "modes is less so when spinning; by half-values, at the operating points, it is more so.",
    ),
)  # fmt: skip
