"""A sweep on the schedulers of dask: threads, processes, and the workers of a cluster, one of which dies."""

import os
import signal
import threading
import time

import dask
import numpy as np
import pytest
import xarray as xr
from distributed import Client, LocalCluster

import omcore as om
from omcore.sweeps import dataset, stores

W = om.PAPER.omega_m
AXES = {"Delta_c": W * np.linspace(1.0, 3.0, 40), "temperature": np.geomspace(0.005, 0.5, 50)}
BLOCKS = 80


@pytest.fixture
def many_blocks(monkeypatch):
    monkeypatch.setattr(dataset, "BLOCK", 25)


@pytest.fixture(scope="module")
def expected():
    """One block after the other, without a cluster."""
    with dask.config.set(scheduler="synchronous"):
        return om.sweep(om.PAPER, progress=False, **AXES)


@pytest.fixture(scope="module")
def cluster(expected):
    """Two workers, each a process; the environment of omcore is theirs, too."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


@pytest.fixture
def client(cluster):
    with Client(cluster) as client:
        client.wait_for_workers(2)
        yield client


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_local_schedulers_give_the_same(monkeypatch, expected, scheduler, tmp_path):
    monkeypatch.setattr(dataset, "BLOCK", 200)
    with dask.config.set(scheduler=scheduler, num_workers=2):
        ds = om.sweep(om.PAPER, progress=False, **AXES)
        stored = om.sweep(om.PAPER, progress=False, store=tmp_path / "sweep.zarr", **AXES)
    xr.testing.assert_identical(ds, expected)
    xr.testing.assert_identical(stored.load(), ds)


def test_a_cluster_gives_the_same_and_shows_its_progress(many_blocks, expected, client, capsys):
    ds = om.sweep(om.PAPER, **AXES)
    said = capsys.readouterr().out
    assert f"2,000 points in {BLOCKS} blocks" in said and "100% Completed" in said
    xr.testing.assert_identical(ds, expected)
    own = om.sweep(
        om.PAPER, progress=False, outputs={"E": lambda s: s.log_negativity("a", "m")}, **AXES
    )
    xr.testing.assert_equal(own.E.variable, expected.E_am.variable)


def when(happens, act):
    """A thread that acts once something has happened."""

    def wait():
        while not (found := happens()):
            time.sleep(0.001)
        act(found)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def test_a_worker_that_is_killed_loses_nothing(many_blocks, expected, client, tmp_path):
    """The scheduler gives its block to the other; the marks say that it died in the middle."""
    marks, seen = tmp_path / "sweep.zarr" / stores.MARKS / "c", []
    pid = client.run(os.getpid).popitem()[1]

    def kill(done):
        os.kill(pid, signal.SIGKILL)
        seen.append(done)

    enough = lambda: marks.exists() and max(0, len(list(marks.iterdir())) - 4)
    thread = when(enough, kill)
    ds = om.sweep(om.PAPER, progress=False, store=tmp_path / "sweep.zarr", **AXES)
    thread.join(10)
    assert 0 < seen[0] < BLOCKS - 10
    assert pid not in client.run(os.getpid).values()
    xr.testing.assert_identical(ds.load(), expected)


def test_results_in_the_memory_of_a_killed_worker_are_computed_again(many_blocks, expected, client):
    pids, seen = client.run(os.getpid), []

    def held(dask_scheduler):
        return {w.address: len(w.has_what) for w in dask_scheduler.workers.values()}

    def busy():
        counts = client.run_on_scheduler(held)
        worker = max(counts, key=counts.get)
        return 4 <= counts[worker] and (worker, counts)

    def kill(found):
        worker, counts = found
        os.kill(pids[worker], signal.SIGKILL)
        seen.append(sum(counts.values()))

    thread = when(busy, kill)
    ds = om.sweep(om.PAPER, progress=False, **AXES)
    thread.join(10)
    assert 4 <= seen[0] < BLOCKS
    xr.testing.assert_identical(ds, expected)
