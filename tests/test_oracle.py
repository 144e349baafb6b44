"""omcore against a table of fifty digits that was made without it: tests/oracle, `make oracle`."""

import json
import os
from itertools import combinations

import numpy as np
import pytest
from oracle import chain, general
from oracle.make import SYSTEMS, TABLE, row, system_row
from oracle.sets import NUMBERS, SIZES

import omcore as om
from omcore.steady_state import MeanField

ROUNDING = (
    1e-14  # relative, of every number on the way: what omcore.engine.response passes as rounding
)
LIVE = int(os.environ.get("OMCORE_ORACLE_SETS", "3"))


@pytest.fixture(scope="module")
def table():
    return [json.loads(line) for line in TABLE.read_text().splitlines()]


@pytest.fixture(scope="module", params=om.conventions.DRIVES)
def side(request, table):
    """The sets with the laser on one side, as one sweep, and their rows of the table."""
    rows = [r for r in table if r[1] == request.param]
    numbers = np.array([r[2] for r in rows]).T
    return om.Parameters(drive=request.param, **dict(zip(NUMBERS, numbers, strict=True))), rows


def cases(side):
    """Solutions and the states they should be: of every branch, then of the other reading."""
    p, rows = side
    for k in range(max(len(r[3]) for r in rows)):
        here = np.array([len(r[3]) > k for r in rows])
        yield om.solve(p[here], branch=k), [r[3][k] for r in rows if len(r[3]) > k]
    yield om.solve(p, "bare-detuning"), [r[4][0] for r in rows]


def test_the_table_holds_every_kind_and_both_answers(table):
    kinds = [r[0] for r in table]
    assert {kind: kinds.count(kind) for kind in SIZES} == SIZES
    assert len(table) == len({tuple(r[2]) for r in table})
    assert {len(r[3]) for r in table} >= {1, 3}
    states = [s for r in table for s in (*r[3], *r[4])]
    stable = [s for s in states if s[1] < 0]
    assert len(stable) > 500 and len(states) - len(stable) > 500
    assert sum(max(s[3:9]) > 0.01 for s in stable) > 100
    assert min(abs(s[1]) for s in states) < 1e-7


def test_as_many_branches(side):
    p, rows = side
    found = np.isfinite(om.mean_field_branches(p).q).sum(-1)
    assert found.tolist() == [len(r[3]) for r in rows]


def test_stable_where_the_oracle_is(side):
    """But where omcore says itself that rounding decides."""
    for s, states in cases(side):
        stable = np.array([state[1] < 0 for state in states])
        assert (~stable[s.stable]).sum() == 0
        assert set(s.status[stable & ~s.stable]) <= {"unresolved"}
        unresolved = s.status == "unresolved"
        assert all(abs(states[k][1]) < 1e-7 for k in np.flatnonzero(unresolved))


def test_entanglement_within_the_condition(side):
    """First-order bound of what rounding does: |dE| <= ROUNDING * condition, derived in chain.py."""
    for s, states in cases(side):
        good = np.flatnonzero(s.stable & s.physical)
        if not len(good):
            continue
        s, exact = s[good], np.array([states[k] for k in good])
        bound = ROUNDING * exact[:, 2]
        E, R = exact[:, 3:9], exact[:, 9:]
        found = np.array([s.log_negativity(*pair) for pair in chain.PAIRS]).T
        assert (np.abs(found - E) <= bound[:, None]).all()
        modes = ("driven", "a", "m")
        whole = [s.residual_contangle(*modes, focus=mode) for mode in modes]
        largest = np.array([s.log_negativity(m, [x for x in modes if x != m]) for m in modes])
        allowed = (6 * largest.max(0) + 3 * bound) * bound  # three squares of E, each off by bound
        assert (np.abs(np.array(whole).T - R) <= allowed[:, None]).all()
        lowest = s.residual_contangle(*modes)
        assert (np.abs(lowest - R.min(-1)) <= allowed).all()


@pytest.mark.parametrize("number", range(LIVE))
def test_the_table_is_what_the_oracle_says(table, number):
    _, drive, numbers, *readings = table[number]
    found = chain.states(dict(zip(NUMBERS, numbers, strict=True)) | {"drive": drive})
    for states, stored in zip(found, readings, strict=True):
        for state, numbers in zip(states, stored, strict=True):
            assert row(state) == pytest.approx(numbers, rel=1e-15, abs=1e-300)


# ---- Systems with any of their fields


@pytest.fixture(scope="module")
def systems():
    return [json.loads(line) for line in SYSTEMS.read_text().splitlines()]


def solved(kind, p, alpha):
    """The Solution at the amplitudes of a set: about them, or on the branch that omcore finds there."""
    array = lambda name: np.array(p[name])
    pairs = lambda name: array(name) @ [1, 1j]
    mirrors = tuple(f"m{k}" for k in range(len(p["omega_m"])))
    numbers = {name: array(name) for name in ("omega_m", "gamma_m", "n_m", "photon_coupling")}
    if len(mirrors) == 1:
        numbers = {name: x[..., 0] for name, x in numbers.items()}
    system = om.System(
        modes=[f"z{j}" for j in range(len(alpha))], mirrors=mirrors, **numbers,
        **{name: pairs(name) for name in ("H", "drive", "squeezing", "m")},
        **{name: array(name) for name in ("decay", "n", "kerr", "laser_linewidth")},
    )  # fmt: skip
    branches = om.mean_field_branches(system) if kind != "given" else None
    if branches is None:
        q = array("photon_coupling").T @ abs(alpha) ** 2 / array("omega_m")
        with pytest.raises(om.ParameterError, match="more than one way"):
            om.mean_field(system)
        field = MeanField(system.modes, alpha, q)
        return om.solve(
            om.Linear(
                system.names, om.drift_matrix(system, field), om.diffusion_matrix(system, field)
            )
        )
    apart = np.abs(branches.amplitudes - alpha).max(-1)
    assert np.nanmin(apart) < 1e-9 * abs(alpha).max()
    return om.solve(system, branch=int(np.nanargmin(apart)))


def test_the_systems_hold_every_kind_and_what_is_hard(systems):
    kinds = [kind for kind, *_ in systems]
    assert {kind: kinds.count(kind) for kind in general.SIZES} == general.SIZES
    stable = [numbers for *_, numbers in systems if numbers[0] < 0]
    assert len(stable) > 150 and len(systems) - len(stable) > 10
    assert sum(max(numbers[3:]) > 0 for numbers in stable) > 100
    for name in ("squeezing", "n", "kerr", "laser_linewidth"):
        assert sum(np.any(p[name]) for _, p, *_ in systems) > 50


def test_systems_within_their_bounds(systems):
    entangled = 0
    for kind, p, alpha, (growth, *numbers) in systems:
        s = solved(kind, p, np.array(alpha) @ [1, 1j])
        assert s.stable == (growth < 0)
        if not s.stable or not s.physical:
            continue
        modes = len(s.names)
        (of_V, condition), quanta, E = numbers[:2], numbers[2 : 2 + modes], numbers[2 + modes :]
        found = [s.quanta(mode) for mode in s.names]
        assert np.abs(np.subtract(found, quanta)).max() <= ROUNDING * of_V
        found = [s.log_negativity(*pair) for pair in combinations(range(modes), 2)]
        assert np.abs(np.subtract(found, E)).max(initial=0) <= ROUNDING * condition
        entangled += max(E, default=0) > 0.001
    assert entangled > 20


@pytest.mark.parametrize("number", range(LIVE))
def test_the_table_of_systems_is_what_the_oracle_says(systems, number):
    _, p, alpha, numbers = systems[7 * number % len(systems)]
    found, there = system_row(general.state(p))
    assert np.ravel(found) == pytest.approx(np.ravel(alpha), rel=1e-15)
    assert there == pytest.approx(numbers, rel=1e-15, abs=1e-300)
