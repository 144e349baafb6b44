"""omcore against a table of fifty digits that was made without it: tests/oracle, `make oracle`."""

import json
import os

import numpy as np
import pytest
from oracle import chain
from oracle.make import TABLE, row
from oracle.sets import NUMBERS, SIZES

import omcore as om

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
