"""The whole chain in fifty digits, from the Langevin equations alone; nothing of omcore is used.

Rates are in units of omega_m once the laboratory's numbers are read.
"""

from itertools import combinations, permutations

import mpmath as mp
from scipy.constants import Boltzmann, c, hbar

from oracle.fifty_digits import DIGITS, eigenvalues, lyapunov, negativity, norm

MODES = ("ccw", "cw", "a", "m")
PAIRS = list(combinations(range(4), 2))


def states(p):
    """Every steady state of both readings at one point: two lists, self-consistent and bare-detuning.

    p : dict of the fields of om.Parameters, floats in SI and ``drive``
    """
    with mp.workdps(DIGITS):
        model = Model(p)
        followed = sorted(model.displacements(), key=abs)
        return [model.state(q, q) for q in followed], [model.state(mp.mpf(0), None)]


class Model:
    """One resonator: a_j obeys da_j = -(kappa + iDelta_j) a_j + i g q a_j - i(couplings) + drive."""

    def __init__(self, p):
        self.driven = MODES.index(p["drive"])
        p = {name: mp.mpf(value) for name, value in p.items() if name != "drive"}
        w, n, wavelength = p["omega_m"], p["refractive_index"], p["wavelength"]
        laser = 2 * mp.pi * mp.mpf(c) / wavelength
        dragged = 1 - 1 / n**2 - wavelength / n * p["dispersion"]
        shift = n * p["radius"] * p["angular_velocity"] * laser / mp.mpf(c) * dragged
        eta = p["undriven_coupling"]
        atoms = [p["G_a"] * (1 if j == self.driven else eta) / w for j in (0, 1)]
        J = p["backscattering"] * mp.expj(p["backscattering_phase"]) / w
        self.decay = [p["kappa"] / w, p["kappa"] / w, p["gamma_a"] / w]
        detuning = [(p["Delta_c"] - shift) / w, (p["Delta_c"] + shift) / w, p["Delta_a"] / w]
        self.H = [
            [detuning[0], J, atoms[0]],
            [mp.conj(J), detuning[1], atoms[1]],
            [atoms[0], atoms[1], detuning[2]],
        ]
        self.g = laser / p["radius"] * mp.sqrt(mp.mpf(hbar) / (p["mass"] * w)) / w
        rate = p["escape_efficiency"] * p["kappa"]
        epsilon = mp.sqrt(2 * rate * p["power"] / (mp.mpf(hbar) * laser)) / w
        self.drive = [mp.mpc(0)] * 3
        self.drive[self.driven] = mp.sqrt(1 - p["counter_drive"]) * epsilon
        self.drive[1 - self.driven] = (
            mp.sqrt(p["counter_drive"]) * mp.expj(p["counter_drive_phase"]) * epsilon
        )
        self.gamma_m, self.linewidth = p["gamma_m"] / w, p["laser_linewidth"] / w
        T = p["temperature"]
        self.n_m = 1 / mp.expm1(mp.mpf(hbar) * w / (mp.mpf(Boltzmann) * T)) if T else mp.mpf(0)

    def held(self, q):
        """The matrix L of L alpha = drive while the mirror is held at q."""
        L = mp.matrix(3, 3)
        for i in range(3):
            for j in range(3):
                L[i, j] = 1j * self.H[i][j]
            L[i, i] += self.decay[i] - (1j * self.g * q if i < 2 else 0)
        return L

    def displacements(self):
        """All real roots of q |d|^2 = g (|n_ccw|^2 + |n_cw|^2), alpha_j = n_j/d by Cramer, in y = g q."""
        L = self.held(mp.mpf(0))
        entries = [[[L[i, j], -1j if i == j < 2 else 0] for j in range(3)] for i in range(3)]
        d = _determinant(entries)
        balance = _times([0, 1], _modulus(d))
        for mode in (0, 1):
            by_cramer = [list(row) for row in entries]
            for i in range(3):
                by_cramer[i][mode] = [self.drive[i], 0]
            for k, value in enumerate(_modulus(_determinant(by_cramer))):
                balance[k] -= self.g**2 * value
        while balance[-1] == 0 or abs(balance[-1]) < mp.mpf(10) ** -40 * max(map(abs, balance)):
            balance.pop()
        roots = mp.polyroots([mp.re(x) for x in balance[::-1]], maxsteps=500, extraprec=250)
        return [mp.re(y) / self.g for y in roots if abs(mp.im(y)) <= mp.mpf(10) ** -20 * abs(y)]

    def flow(self, u):
        """The mean Langevin equations for u = (X_ccw, Y_ccw, X_cw, Y_cw, x, y, q, p)."""
        z = [mp.mpc(u[2 * j], u[2 * j + 1]) / mp.sqrt(2) for j in range(3)]
        q, momentum = u[6], u[7]
        result = []
        for j in range(3):
            rate = (
                self.drive[j]
                - self.decay[j] * z[j]
                - 1j * sum(self.H[j][k] * z[k] for k in range(3))
            )
            rate += 1j * self.g * q * z[j] if j < 2 else 0
            result += [mp.sqrt(2) * mp.re(rate), mp.sqrt(2) * mp.im(rate)]
        pressure = self.g * (abs(z[0]) ** 2 + abs(z[1]) ** 2)
        return [*result, momentum, pressure - q - self.gamma_m * momentum]

    def drift(self, u):
        """The Jacobian of the flow. The flow is quadratic, so a central difference is exact."""
        A = mp.matrix(8, 8)
        for k in range(8):
            up, down = list(u), list(u)
            up[k], down[k] = u[k] + 1, u[k] - 1
            for i, (more, less) in enumerate(zip(self.flow(up), self.flow(down), strict=True)):
                A[i, k] = (more - less) / 2
        return A

    def state(self, held, q):
        """Numbers of one steady state: the amplitudes belong to ``held``; q None takes it from them."""
        L = self.held(held)
        alpha = mp.lu_solve(L, mp.matrix(self.drive))
        if q is None:
            q = self.g * (abs(alpha[0]) ** 2 + abs(alpha[1]) ** 2)
        u = [mp.sqrt(2) * part(x) for x in alpha for part in (mp.re, mp.im)] + [q, mp.mpf(0)]
        A = self.drift(u)
        D = mp.diag(
            [x for x in self.decay for _ in (0, 1)] + [0, self.gamma_m * (2 * self.n_m + 1)]
        )
        w = self.turned(u)
        D += self.linewidth * (w * w.T)
        growth = max(mp.re(x) for x in eigenvalues(A))
        found = {"q": q, "growth": growth, "stable": growth < 0}
        if growth < 0:
            V, spread = lyapunov(A, [-D, -mp.eye(8)])
            found |= {"E": [negativity(V, pair) for pair in PAIRS], "R": self.residuals(V)}
            # |dE| <= |1/V| |dV|, since symplectic eigenvalues are monotone and homogeneous in V;
            # |dV| <= |spread| (2 |dA| |V| + |dD|), spread being the solution for D = 1.
            dA, of_alpha = self.rounding(L, alpha, held, q, A)
            dD = norm(D) + 2 * of_alpha * self.linewidth * norm(w) ** 2
            found["condition"] = norm(V**-1) * norm(spread) * (2 * dA * norm(V) + dD)
        return found

    def turned(self, u):
        """Where the mean moves while the phase of light and atoms turns: d/dphi of e^(i phi) alpha."""
        return mp.matrix([part for j in range(3) for part in (-u[2 * j + 1], u[2 * j])] + [0, 0])

    def rounding(self, L, alpha, held, q, A):
        """|dA| and |d alpha|/|alpha| for numbers rounded in their last place, in units of that."""
        inverse, strength = L**-1, self.g * mp.norm(alpha)
        stiff = abs(1 + 2 * self.g**2 * mp.im(_force_slope(inverse, alpha))) if held else 1
        of_alpha = norm(inverse) * norm(L)
        of_q = abs(q) * (2 * of_alpha + 1) / stiff
        of_alpha += norm(inverse) * self.g * of_q if held else 0
        return norm(A) + 2 * self.g * of_q + 4 * strength * of_alpha, of_alpha

    def residuals(self, V):
        """Residual contangle of driven mode, atoms and mirror with each in turn in focus."""
        modes = (self.driven, 2, 3)
        result = []
        for i in modes:
            j, k = (m for m in modes if m != i)
            shared = sum(negativity(V, (i, other)) ** 2 for other in (j, k))
            result.append(negativity(V, (i, j, k)) ** 2 - shared)
        return result


def _force_slope(inverse, alpha):
    """sum_j alpha_j^* (L^-1 alpha)_j over the cavity modes: dP/dq = -2 g Im of it."""
    felt = mp.matrix([alpha[0], alpha[1], 0])
    moved = inverse * felt
    return sum(mp.conj(alpha[j]) * moved[j] for j in (0, 1))


def _times(a, b):
    result = [mp.mpf(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            result[i + j] += x * y
    return result


def _modulus(a):
    return [mp.re(x) for x in _times(a, [mp.conj(x) for x in a])]


def _determinant(entries):
    """Leibniz' sum, entries and result polynomials by rising powers."""
    total = [mp.mpf(0)] * 4
    for order in permutations(range(3)):
        sign = (-1) ** sum(order[i] > order[j] for i, j in combinations(range(3), 2))
        product = _times(_times(entries[0][order[0]], entries[1][order[1]]), entries[2][order[2]])
        total = [t + sign * x for t, x in zip(total, product, strict=True)]
    return total[:3]  # the atoms are not shifted
