"""Time and peak memory from one point to ten million, each in a process of its own.

python benchmarks/growth.py ROUTE POINTS       one of them
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import subprocess
import sys
from time import process_time

import numpy as np
from pipeline import RANGE, peak_memory, plain_loop, seconds, sweep
from routes import matrices, measures, solvers

import omcore as om

SIZES = [10**k for k in range(8)]
PATIENCE = 160.0  # seconds that the next size may take, judged by the last one


def in_blocks(n):
    """By om.sweep, in line: memory is that of a block and of the numbers themselves."""
    import dask

    with dask.config.set(scheduler="synchronous"):
        detunings = om.PAPER.omega_m * np.linspace(*RANGE[::-1], n)
        return om.sweep(om.PAPER, outputs="E_am", progress=False, Delta_c=detunings)


def loop(n):
    return plain_loop(om.PAPER.replace(Delta_c=om.PAPER.omega_m * np.linspace(*RANGE[::-1], n)))


def by_peers(n):
    """Matrices by omcore, as no peer knows the model; V by slycot and E by thewalrus, one by one."""
    p = om.PAPER
    A, D = matrices(p.replace(Delta_c=p.omega_m * np.linspace(*RANGE[::-1], n)))
    V = solvers()["python-control, slycot"](A, D)
    return measures()["thewalrus"](V[:, 4:, 4:])


ROUTES = {  # route -> function, and the most points that it is given here
    "omcore, one call": (sweep, 10**6),
    "omcore, om.sweep": (in_blocks, 10**7),
    "plain loop": (loop, 10**7),
    "python-control, slycot and thewalrus": (by_peers, 10**5),
}


def measure(route, n):
    """In this process: seconds of the processor, and peak memory in MB."""
    function, _ = ROUTES[route]
    function(1)  # imports and first calls
    elapsed, _ = seconds(lambda: function(n), 3 if n < 10**3 else 1, process_time)
    return {"points": n, "seconds": elapsed, "MB": peak_memory()}


def table():
    """Route -> rows, as far as patience goes, and why it stopped."""
    found = {}
    for route, (_, largest) in ROUTES.items():
        rows, reason = [], "all sizes done"
        print(f"\n{route}\n    points      seconds   us a point   peak memory")
        for n in SIZES:
            if n > largest:
                reason = (
                    f"not tried beyond {largest:,} points, our choice: all are in memory together"
                )
                break
            if rows and rows[-1]["seconds"] * n / rows[-1]["points"] > PATIENCE and n > 10**3:
                reason = f"{n:,} points would take more than {PATIENCE:g} s"
                break
            run = subprocess.run(
                [sys.executable, __file__, route, str(n)], capture_output=True, text=True
            )
            if run.returncode:
                reason = run.stderr.strip().splitlines()[-1]
                break
            rows.append(json.loads(run.stdout))
            r = rows[-1]
            print(
                f"{n:10d} {r['seconds']:12.4f} {r['seconds'] / n * 1e6:12.1f}   {r['MB']:8.0f} MB",
                flush=True,
            )
        print(f"    {reason}")
        found[route] = {"rows": rows, "stopped": reason}
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
