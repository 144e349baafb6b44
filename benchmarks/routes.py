"""From A and D to V, and from V to E_am: by omcore, by hand, and by the peers that are installed."""

import importlib.util

import numpy as np
from pipeline import log_negativity
from scipy.linalg import solve_continuous_lyapunov

import omcore as om

XXPP = np.array([0, 2, 1, 3])  # from q, p, q, p to q, q, p, p, the order of thewalrus


def present(package):
    return importlib.util.find_spec(package) is not None


def matrices(p):
    """A and D in units of omega_m, (n, 8, 8), where there is a steady state."""
    s = om.solve(p)
    return tuple(np.broadcast_to(M, s.A.shape)[s.stable] / p.omega_m for M in (s.A, s.D))


def one_by_one(function):
    """A peer takes one matrix at a time."""
    return lambda *batches: np.array([function(*one) for one in zip(*batches, strict=True)])


def solvers():
    """Name -> V from A and D."""
    found = {
        "omcore": om.lyapunov,
        "SciPy": one_by_one(lambda A, D: solve_continuous_lyapunov(A, -D)),
    }
    if present("control"):
        import control

        found["python-control"] = one_by_one(lambda A, D: control.lyap(A, D, method="scipy"))
        if present("slycot"):
            found["python-control, slycot"] = one_by_one(
                lambda A, D: control.lyap(A, D, method="slycot")
            )
    return found


def measures():
    """Name -> E_am from the covariance matrix of atoms and mirror, vacuum variance 1/2."""
    found = {
        "omcore": lambda V: om.log_negativity(V, 0, 1),
        "formula, by hand": one_by_one(log_negativity),
    }
    if present("thewalrus"):
        from thewalrus.quantum import log_negativity as walrus

        found["thewalrus"] = one_by_one(lambda V: walrus(V[np.ix_(XXPP, XXPP)], [0], hbar=1))
    if present("qutip"):
        from qutip.continuous_variables import logarithmic_negativity as qutip

        found["QuTiP"] = one_by_one(qutip)
    return found
