"""How a sweep grows with its workers: the same call on one worker of dask, and on two.

    python benchmarks/sweep.py

Needs two cores that nobody else uses. The limit is 1.8 times as fast. Each run is on workers that are
warm, and the kinds of run take turns, so that they meet the same machine.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from contextlib import contextmanager

import dask
import numpy as np
from distributed import Client, LocalCluster

import omcore as om

LIMIT = 1.8
W = om.PAPER.omega_m
AXES = {
    "Delta_c": W * np.linspace(1.5, 4.0, 32),
    "kappa": W * np.geomspace(0.3, 1.5, 32),
    "gamma_a": W * np.geomspace(0.3, 1.5, 32),
    "temperature": np.geomspace(0.005, 0.5, 16),
}
POINTS = int(np.prod([len(values) for values in AXES.values()]))


@contextmanager
def workers(count):
    """So many processes of one thread each, which have imported omcore."""
    with (
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(count)
        client.run(lambda: om.solve(om.PAPER))
        yield


@contextmanager
def local(scheduler):
    with dask.config.set(scheduler=scheduler, num_workers=2):
        yield


RUNS = {
    "in line, without a cluster": lambda: local("synchronous"),
    "two threads": lambda: local("threads"),
    "one worker": lambda: workers(1),
    "two workers": lambda: workers(2),
}


def seconds():
    start = time.perf_counter()
    om.sweep(om.PAPER, progress=False, **AXES)
    return time.perf_counter() - start


if __name__ == "__main__":
    best = dict.fromkeys(RUNS, np.inf)
    for _ in range(3):
        for name, run in RUNS.items():
            with run():
                best[name] = min(best[name], seconds())
    print(f"{POINTS:,} points to E_am and R, best of three")
    for name, elapsed in best.items():
        print(f"  {name:28s}{elapsed:6.2f} s  {elapsed / POINTS * 1e6:6.2f} us a point")
    gain = best["one worker"] / best["two workers"]
    print(f"  one worker to two: {gain:.2f} times, limit >= {LIMIT}")
    if gain < LIMIT:
        raise SystemExit(f"missed: two workers are {gain:.2f} times as fast, the limit is {LIMIT}")
