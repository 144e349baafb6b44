"""omcore, a plain loop and its peers, on the same problems, in one run.

    make bench                               in an environment of its own, with the peers that install
    python benchmarks/peers.py FILE          with those that are there; stores what it measured in FILE

Time a point and error against 50 digits, step by step, then growth to ten million points with memory.
Everything runs on one thread, and times are the processor's. It fails where omcore is further off than LIMIT.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # must be set before NumPy starts its threads

import importlib.metadata
import json
import platform
import sys
from time import process_time

import digits
import fock
import growth
import numpy as np
from pipeline import RANGE, seconds
from routes import matrices, measures, present, solvers

import omcore as om
from omcore.gaussian.states import two_mode_squeezed

LIMIT = 1e-12  # for the error of E_am from A and D
POINTS = 60  # spread over the three cases of Fig. 1(c)
PACKAGES = ("omcore", "numpy", "scipy", "mpmath", "thewalrus", "qutip", "control", "slycot")
SQUEEZING = (1, 3, 5)  # of a pair of modes; E is twice that


def problem():
    """A and D at points of Fig. 1(c); V and E_am to 50 digits, rounded once."""
    detunings = om.PAPER.omega_m * np.linspace(*RANGE, POINTS // 3)
    cases = [matrices(p.replace(Delta_c=detunings)) for p in om.operating_points().values()]
    A, D = map(np.concatenate, zip(*cases, strict=True))
    exact = [digits.covariance(*matrices) for matrices in zip(A, D, strict=True)]
    E = [float(digits.log_negativity(V[4:, 4:])) for V in exact]
    return A, D, np.array([digits.numbers(V) for V in exact]), np.array(E)


def compared(routes, inputs, exact, error):
    """A row for each route: microseconds a point, best of five, by turns, and the largest error."""
    found = {name: route(*inputs) for name, route in routes.items()}  # first calls are not timed
    best = dict.fromkeys(routes, np.inf)
    for _ in range(5):
        for name, route in routes.items():
            elapsed, _ = seconds(lambda route=route: route(*inputs), 3, process_time)
            best[name] = min(best[name], elapsed / len(exact) * 1e6)
    return [
        {"route": name, "us": best[name], "error": float(max(map(error, found[name], exact)))}
        for name in routes
    ]


def chains(by_solver, by_measure):
    """Name -> E_am from A and D: omcore alone, by hand, and each pair of peers."""
    pairs = {"omcore": ("omcore", "omcore"), "SciPy and formula": ("SciPy", "formula, by hand")}
    pairs |= {
        f"{solver} and {measure}": (solver, measure)
        for solver in by_solver
        for measure in by_measure
        if "control" in solver and measure in ("thewalrus", "QuTiP")
    }
    chain = lambda V, E: lambda A, D: E(V(A, D)[:, 4:, 4:])
    return {name: chain(by_solver[s], by_measure[m]) for name, (s, m) in pairs.items()}


def steps():
    """Problem -> rows: the Lyapunov step, the measure, and both in a row."""
    A, D, V, E = problem()
    pair = V[:, 4:, 4:]
    E_of_pair = np.array([float(digits.log_negativity(one)) for one in pair])
    relative = lambda found, right: np.linalg.norm(found - right) / np.linalg.norm(right)
    absolute = lambda found, right: abs(found - right)
    by_solver, by_measure = solvers(), measures()
    return {
        "V from A and D": compared(by_solver, (A, D), V, relative),
        "E from V": compared(by_measure, (pair,), E_of_pair, absolute),
        "E from A and D": compared(chains(by_solver, by_measure), (A, D), E, absolute),
    }


def squeezed():
    """Error of E for a pair squeezed by r, against 50 digits of the same V; None where there is no number."""
    found = []
    for r in SQUEEZING:
        V = two_mode_squeezed(r)
        exact = float(digits.log_negativity(V))
        with np.errstate(divide="ignore"):  # QuTiP takes the logarithm of 0
            errors = {name: float(abs(E(V[None])[0] - exact)) for name, E in measures().items()}
        found.append(
            {"r": r, "errors": {n: e if np.isfinite(e) else None for n, e in errors.items()}}
        )
    return found


def machine():
    """What the figures hang on."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line for line in file if line.startswith("model name")), ":")
    except OSError:  # no Linux
        model = f":{platform.processor()}"
    return {
        "processor": model.partition(":")[2].strip(),
        "cores": os.cpu_count(),
        "threads": 1,
        "niceness": os.nice(0) if hasattr(os, "nice") else 0,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES if present(name)},
    }


def main(file):
    result = {"machine": machine(), "points": POINTS, "steps": steps()}
    print(json.dumps(result["machine"], indent=1))
    for name in PACKAGES:
        if not present(name):
            print(f"skipped: {name} is not installed in this environment")
    for name, rows in result["steps"].items():
        print(f"\n{name:30s}us a point     error")
        for r in rows:
            print(f"  {r['route']:34s}{r['us']:8.1f}  {r['error']:8.1e}")
    result["fock"] = fock.rows() if present("qutip") else []
    print("\nlossy two-mode squeezing      seconds     error of E")
    for r in result["fock"]:
        print(f"  {r['route']:26s}{r['seconds']:10.4f}  {r['error']:8.1e}")
    result["squeezed"] = squeezed()
    for one in result["squeezed"]:
        print(f"error of E, squeezed by {one['r']}: {one['errors']}")
    result["growth"] = growth.table()
    with open(file, "w", encoding="utf-8") as out:
        json.dump(result, out, indent=1)
        out.write("\n")
    print(f"\nstored in {file}")
    worst = result["steps"]["E from A and D"][0]["error"]
    if worst > LIMIT:
        raise SystemExit(f"missed: E_am of omcore is off by {worst:.1e}, the limit is {LIMIT:g}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
