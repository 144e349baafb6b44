"""One problem that both worlds know: two lossy modes squeezed below threshold, in phase space and in
Fock space. What is cut off at N photons a mode is a density matrix of N^4 numbers."""

from time import process_time

import digits
import numpy as np
from pipeline import seconds

import omcore as om

KAPPA, G = 1.0, 0.4  # amplitude decay of both modes; rate of squeezing, G < KAPPA
CUTOFFS = (4, 6, 8, 10)
A = np.block([
    [-KAPPA * np.eye(2), G * np.diag([1, -1])],
    [G * np.diag([1, -1]), -KAPPA * np.eye(2)],
])  # fmt: skip
D = KAPPA * np.eye(4)


def in_fock_space(cutoff):
    """H = i G (a^+ b^+ - a b), decay at 2 KAPPA in energy; E as natural logarithm."""
    import qutip

    a = qutip.tensor(qutip.destroy(cutoff), qutip.qeye(cutoff))
    b = qutip.tensor(qutip.qeye(cutoff), qutip.destroy(cutoff))
    H = 1j * G * (a.dag() * b.dag() - a * b)
    rho = qutip.steadystate(H, [np.sqrt(2 * KAPPA) * a, np.sqrt(2 * KAPPA) * b])
    return np.log(2 * qutip.negativity(rho, 0, method="eigenvalues") + 1)


def rows():
    """Seconds of the processor for one point, and the error against 50 digits."""
    exact = float(digits.log_negativity(digits.covariance(A, D)))
    routes = {"omcore": lambda: om.log_negativity(om.lyapunov(A, D), 0, 1)}
    routes |= {f"QuTiP, N = {n}": lambda n=n: in_fock_space(n) for n in CUTOFFS}
    found = []
    for name, route in routes.items():
        elapsed, E = seconds(route, 3, process_time)
        found.append({"route": name, "seconds": elapsed, "error": float(abs(E - exact))})
    return found
