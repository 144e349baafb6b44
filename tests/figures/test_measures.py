"""Chapter 20: every cut of the four modes, and the direction of steering."""

import numpy as np
import pytest

import omcore as om
from drawings.measures import cuts
from omcore.gaussian.witness import bipartitions


def test_the_cuts_are_all_that_there_are():
    number = {"driven": 0, "undriven": 1, "a": 2, "m": 3}
    whole = {frozenset({0, 1, 2, 3})}
    ours = {frozenset({frozenset(number[m] for m in side), frozenset(range(4)) - {number[m] for m in side}})
            for side in cuts.CUTS}  # fmt: skip
    theirs = {
        frozenset({frozenset(r // 2 for r in half) for half in cut}) for cut in bipartitions(4)
    }
    assert ours == theirs and {frozenset().union(*cut) for cut in ours} == whole


def test_every_cut_is_entangled_and_steering_follows_the_mirror(reading):
    d = cuts.data(reading=reading)
    for case, p in om.CASES.items():
        assert d.E[case].min() > 0
        assert d.by_mirror[case][-1] > 0 == d.of_mirror[case][-1]
        V = om.solve(p, reading).V
        inverse = np.linalg.inv(
            V
        )  # a second route: what is left of the mirror is a block of it, inverted
        left = np.linalg.inv(inverse[6:, 6:])
        assert np.linalg.det(2 * left) > 1
        rest = np.linalg.inv(inverse[:6, :6])
        nu = np.abs(np.linalg.eigvals(om.symplectic_form(3) @ rest).imag)[::2]
        steered = -np.log(2 * nu[nu < 0.5]).sum()
        assert d.by_mirror[case][-1] == pytest.approx(steered, rel=1e-9)
