"""Systems with any of their fields in fifty digits, and sets of them; nothing of omcore is used.

Each is made around a mean field: amplitudes are drawn, and the drive is what holds them. Newton's steps find
them again with the digits to which the drive is written down.
"""

from itertools import combinations

import mpmath as mp
import numpy as np

from oracle.fifty_digits import DIGITS, eigenvalues, lyapunov, negativity, norm

SEED = 20261130
SIZES = {"one mirror": 60, "alike": 50, "kerr": 40, "given": 50}
"""Kinds: one mirror and all else; two mirrors that press the light alike; a Kerr mode without a mirror; and
two mirrors and Kerr shifts, where omcore must be given the mean field."""
ARRAYS = ("H", "decay", "photon_coupling", "drive", "omega_m", "gamma_m", "n_m", "squeezing", "n", "m",
          "kerr", "laser_linewidth")  # fmt: skip


def system_sets():
    """All sets: pairs (kind, fields), lists of floats, complex numbers as pairs."""
    rng = np.random.default_rng(SEED)
    return [(kind, _drawn(rng, kind)) for kind, size in SIZES.items() for _ in range(size)]


def _drawn(rng, kind):
    n = int(rng.integers(2 if kind == "given" else 1, 4 if kind == "one mirror" else 3))
    k = {"one mirror": 1, "kerr": 0}.get(kind, 2)
    z = lambda *shape: rng.normal(size=shape) + 1j * rng.normal(size=shape)
    decay, occupied = rng.uniform(0.3, 1.5, n), rng.uniform(0, 1, n) * rng.integers(0, 2, n)
    H, S, m = z(n, n), z(n, n), z(n, n)
    H = 0.2 * (H + H.conj().T) + np.diag(rng.uniform(0.5, 1.5, n))
    S = 0.2 * (S + S.T) * rng.integers(0, 2)
    root = np.sqrt(occupied)
    m = 0.1 * (m + m.T) * np.outer(root, root)  # far inside what is a state
    g = 10 ** rng.uniform(-4, -2, (n, k)) * rng.choice([-1, 1], (n, k))
    if kind == "alike":
        g = np.vectorize(lambda x: float(f"{x:.2g}"))(g[:, :1]) * rng.integers(5, 20, k) / 10
    alpha = rng.uniform(0.1, 0.4) / np.abs(g).max(initial=1e-3 if k == 0 else 0) * z(n) / 2
    kerr = (
        rng.uniform(-0.05, 0.05, n) / np.abs(alpha) ** 2
        if kind in ("kerr", "given")
        else np.zeros(n)
    )
    if kind == "kerr":
        kerr[1:] = 0
    width = 10 ** rng.uniform(-3, -1) / np.abs(alpha).max() ** 2 * rng.integers(0, 2)
    p = dict(H=H, decay=decay, photon_coupling=g, drive=alpha, squeezing=S, n=occupied, m=m, kerr=kerr,
             omega_m=rng.uniform(0.5, 1.5, k), gamma_m=10 ** rng.uniform(-4, -2, k),
             n_m=rng.uniform(0, 1, k), laser_linewidth=width)  # fmt: skip
    p = {name: _plain(p[name]) for name in ARRAYS}
    drive = General(p).holding([mp.mpc(*x) for x in p["drive"]])
    return p | {"drive": [[float(mp.re(x)), float(mp.im(x))] for x in drive], "near": p["drive"]}


def _plain(x):
    """Numbers of four digits as lists, complex ones as pairs; matrices keep their symmetry."""
    x = np.asarray(x)
    x = np.stack([x.real, x.imag], -1) if np.iscomplexobj(x) else x
    return np.vectorize(lambda y: float(f"{y:.4g}"), otypes=[float])(x).tolist()


class General:
    """dz/dt = -(K + iH) z - iS z* - 2i kerr |z|^2 z + i sum_l g_l q_l z + drive; mirrors as usual."""

    def __init__(self, p):
        number = lambda x: mp.mpc(*x) if isinstance(x, list) else mp.mpf(x)
        row = lambda values: [number(x) for x in values]
        self.H, self.S, self.m = ([row(r) for r in p[name]] for name in ("H", "squeezing", "m"))
        self.decay, self.n, self.kerr, self.drive = map(
            row, (p["decay"], p["n"], p["kerr"], p["drive"])
        )
        self.omega, self.gamma, self.n_m = map(row, (p["omega_m"], p["gamma_m"], p["n_m"]))
        self.g = [row(r) for r in p["photon_coupling"]]
        self.linewidth = mp.mpf(p["laser_linewidth"])
        self.size = 2 * (len(self.decay) + len(self.omega))

    def rates(self, z, q):
        """dz/dt without the drive."""
        n = len(z)
        return [
            -self.decay[j] * z[j]
            - 1j * sum(self.H[j][i] * z[i] + self.S[j][i] * mp.conj(z[i]) for i in range(n))
            - 2j * self.kerr[j] * abs(z[j]) ** 2 * z[j]
            + 1j * sum(g * x for g, x in zip(self.g[j], q, strict=True)) * z[j]
            for j in range(n)
        ]

    def pressure(self, z, mirror):
        return sum(self.g[j][mirror] * abs(z[j]) ** 2 for j in range(len(z)))

    def holding(self, alpha):
        """The drive under which these amplitudes are at rest."""
        with mp.workdps(DIGITS):
            q = [self.pressure(alpha, k) / w for k, w in enumerate(self.omega)]
            return [-x for x in self.rates(alpha, q)]

    def flow(self, u):
        """The mean Langevin equations for u = (X_1, Y_1, ..., q_1, p_1, ...)."""
        n = len(self.decay)
        z = [mp.mpc(u[2 * j], u[2 * j + 1]) / mp.sqrt(2) for j in range(n)]
        q, p = u[2 * n :: 2], u[2 * n + 1 :: 2]
        result = []
        for rate, drive in zip(self.rates(z, q), self.drive, strict=True):
            result += [mp.sqrt(2) * mp.re(rate + drive), mp.sqrt(2) * mp.im(rate + drive)]
        for k, (w, gamma) in enumerate(zip(self.omega, self.gamma, strict=True)):
            result += [w * p[k], self.pressure(z, k) - w * q[k] - gamma * p[k]]
        return result

    def drift(self, u):
        """The Jacobian of the flow, which is cubic: differences over one and two steps are exact."""
        A = mp.matrix(self.size, self.size)
        for k in range(self.size):
            moved = lambda step, k=k: self.flow([x + step * (i == k) for i, x in enumerate(u)])
            for i, (a, b, c, d) in enumerate(
                zip(moved(1), moved(-1), moved(2), moved(-2), strict=True)
            ):
                A[i, k] = (8 * (a - b) - (c - d)) / 12
        return A

    def noise(self, u):
        """D of z_in with <z_in^dag z_in> = n and <z_in z_in> = m, of the mirrors, of the laser; and w."""
        n = len(self.decay)
        D = mp.matrix(self.size, self.size)
        for j in range(n):
            for i in range(n):
                rate = mp.sqrt(self.decay[j] * self.decay[i])
                same = rate * (2 * self.n[j] + 1) if i == j else mp.mpf(0)
                both = 2 * rate * self.m[j][i]
                D[2 * j, 2 * i], D[2 * j + 1, 2 * i + 1] = same + mp.re(both), same - mp.re(both)
                D[2 * j, 2 * i + 1] = D[2 * j + 1, 2 * i] = mp.im(both)
        for p, (gamma, n_m) in enumerate(zip(self.gamma, self.n_m, strict=True)):
            D[2 * (n + p) + 1, 2 * (n + p) + 1] = gamma * (2 * n_m + 1)
        w = mp.matrix(
            [x for j in range(n) for x in (-u[2 * j + 1], u[2 * j])] + [0] * (self.size - 2 * n)
        )
        return D + self.linewidth * (w * w.T), w


def state(p):
    """The state of a set near its amplitudes: alpha, growth; where it is negative, E, quanta and bounds."""
    with mp.workdps(DIGITS):
        model = General(p)
        z = [mp.mpc(*x) for x in p["near"]]
        u = [mp.sqrt(2) * part(x) for x in z for part in (mp.re, mp.im)]
        for k, w in enumerate(model.omega):
            u += [model.pressure(z, k) / w, mp.mpf(0)]
        for _ in range(8):  # the drive has sixteen digits
            step = mp.lu_solve(model.drift(u), mp.matrix(model.flow(u)))
            u = [x - dx for x, dx in zip(u, step, strict=True)]
        A, (D, w) = model.drift(u), model.noise(u)
        n = len(z)
        growth = max(mp.re(x) for x in eigenvalues(A))
        found = {
            "alpha": [mp.mpc(u[2 * j], u[2 * j + 1]) / mp.sqrt(2) for j in range(n)],
            "growth": growth,
        }
        if growth < 0:
            V, spread = lyapunov(A, [-D, -mp.eye(len(A))])
            pairs = combinations(range(len(A) // 2), 2)
            found["quanta"] = [(V[i, i] + V[i + 1, i + 1] - 1) / 2 for i in range(0, len(A), 2)]
            found["E"] = [negativity(V, pair) for pair in pairs]
            # as in chain.py; the mean moves by A^-1 times what rounding leaves of the flow
            du = norm(A**-1) * 4 * norm(A) * mp.norm(mp.matrix(u))
            strength = max([abs(x) for r in model.g for x in r] or [mp.mpf(0)])
            bent = max(abs(k) for k in model.kerr) * max(map(abs, found["alpha"]))
            dA = norm(A) + (4 * strength + 24 * bent) * du
            dD = norm(D) + 2 * model.linewidth * norm(w) * du
            found["of V"] = norm(spread) * (2 * dA * norm(V) + dD)
            found["condition"] = norm(V**-1) * found["of V"]
        return found
