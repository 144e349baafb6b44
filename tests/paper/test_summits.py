"""The stored places of the largest R: a search of one ends where it is stored, and none is a slope."""

import json

import numpy as np
import pytest
from trust.effort import LONG

from omcore.paper import summits
from omcore.paper.observables import MARGIN, TRIPLE, R_summit, decay_rates
from omcore.paper.readings import solve
from omcore.parameters import CASES

PLACES = json.loads(summits.RECORD.read_text(encoding="utf-8"))
CHOSEN = [("self-consistent", "cw"), ("bare-detuning", "stationary")]
if LONG:
    CHOSEN = [(reading, case) for reading in PLACES for case in CASES]


@pytest.mark.parametrize("reading, case", CHOSEN)
def test_a_search_finds_what_is_stored(reading, case):
    x, y, height = R_summit(CASES[case], reading)
    assert PLACES[reading][case] == pytest.approx([x, y], abs=2e-3)
    assert summits.heights(reading)[case] == pytest.approx(height, rel=1e-5)


@pytest.mark.parametrize("reading", PLACES)
def test_all_around_is_lower(reading):
    step = np.linspace(-0.2, 0.2, 41)
    for case, top in summits.heights(reading).items():
        x, y = PLACES[reading][case]
        around = CASES[case].in_omega_m(Delta_c=x + step, Delta_a=y + step[:, None])
        s = solve(around, reading)
        counts = decay_rates(s).min(axis=0) >= MARGIN
        assert counts.sum() > 100
        assert s.residual_contangle(*TRIPLE)[counts].max() <= top * (1 + 1e-5), case
