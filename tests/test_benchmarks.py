"""What the benchmarks are measured against is right, and what they stored is whole."""

import importlib.util
from pathlib import Path

import mpmath
import numpy as np
import pytest

import omcore as om
from drawings.peers import measured

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def digits():
    return loaded("digits")


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_step_that_is_timed_is_one_of_the_chain(capsys):
    pipeline = loaded("pipeline")
    pipeline.profile([om.PAPER.in_omega_m(Delta_c=[2.5, 3.0])], repeats=1)
    assert capsys.readouterr().out.count("us a point") == len(pipeline.STEPS)


def test_the_reference_solves_the_lyapunov_equation_to_its_digits(digits):
    random = np.random.default_rng(5)
    A = random.normal(size=(6, 6)) - 4 * np.eye(6)
    D = np.diag(random.uniform(0.1, 1.0, 6))
    V = digits.covariance(A, D)
    with mpmath.workdps(digits.WORKING):
        A, D = mpmath.matrix(A.tolist()), mpmath.matrix(D.tolist())
        assert mpmath.mnorm(A * V + V * A.T + D) < mpmath.mpf(10) ** -digits.DIGITS


@pytest.mark.parametrize("r", [0.01, 1, 5])
def test_the_reference_knows_the_squeezed_pair(digits, r):
    with mpmath.workdps(digits.WORKING):
        c, s = mpmath.cosh(2 * r) / 2, mpmath.sinh(2 * r) / 2
        V = mpmath.matrix([[c, 0, s, 0], [0, c, 0, -s], [s, 0, c, 0], [0, -s, 0, c]])
        assert abs(digits.log_negativity(V) - 2 * mpmath.mpf(r)) < mpmath.mpf(10) ** -digits.DIGITS


def test_the_stored_run_has_all_peers_and_ten_million_points():
    r = measured.record()
    assert {"thewalrus", "qutip", "control", "slycot"} < set(r["machine"]["versions"])
    assert [row["points"] for row in r["growth"]["omcore, om.sweep"]["rows"]] == [
        10**k for k in range(8)
    ]
    assert all(row["us"] > 0 and row["error"] < 1e-11 for s in r["steps"].values() for row in s)
