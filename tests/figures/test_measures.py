"""Other measures: every cut of the four modes, and the direction of steering."""

import numpy as np
import pytest

import omcore as om
from drawings.measures import cuts, phase_space
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


def test_wigner_functions_peak_at_the_purity_and_the_cut_runs_along_the_strongest_correlation(
    reading,
):
    d = phase_space.data(reading=reading, resolution=41)
    s = om.solve(om.CASES["ccw"], reading)
    for mode, title in (("a", "atoms alone"), ("m", "mirror alone")):
        assert d.W[title][20, 20] == d.W[title].max() == pytest.approx(s.purity(mode), rel=1e-9)
        assert d.C[title] == pytest.approx(s.V[4:6, 4:6] if mode == "a" else s.V[6:, 6:], rel=1e-9)
    i, j = (4 + row for row in d.axes["a cut through both"])
    size = np.sqrt(np.diag(s.V))
    correlation = abs(s.V / np.outer(size, size))
    assert i < 6 <= j and correlation[i, j] == correlation[4:6, 6:].max()
    cut = d.W["a cut through both"]
    k = np.abs(d.x - 1.0).argmin()  # the bell of the cut is exp(-x C^-1 x/2) of its peak
    at = np.array([d.x[k], d.x[10]])
    assert cut[k, 10] / cut.max() == pytest.approx(
        np.exp(-at @ np.linalg.solve(d.C["a cut through both"], at) / 2)
    )
    assert phase_space.draw(d).axes
