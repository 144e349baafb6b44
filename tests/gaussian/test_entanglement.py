"""Closed forms, an independent route in 50 digits, and what is refused."""

import numpy as np
import pytest
from oracle.fifty_digits import negativity_in_floats
from points import beam_splitter, random_parameters, random_states, squeezed, two_mode_squeezed

import omcore as om


@pytest.mark.parametrize("r", [0.0, 1e-6, 0.1, 1.0, 3.0])
def test_two_mode_squeezed_vacuum_has_log_negativity_2r(r):
    assert om.log_negativity(two_mode_squeezed(r), 0, 1) == pytest.approx(2 * r, abs=1e-11)


@pytest.mark.parametrize("r", [6.0, 7.0, 7.4])
def test_strong_squeezing_stays_finite_and_right(r):
    """Rounding V moves ν by eps cosh 2r, relative to ν = exp(-2r)/2; no method can do better."""
    known_to = 4 * np.finfo(float).eps * np.cosh(2 * r) / np.exp(-2 * r)
    assert om.log_negativity(two_mode_squeezed(r), 0, 1) == pytest.approx(2 * r, abs=known_to)


@pytest.mark.parametrize("r", [6.0, 9.0, 12.0])
def test_strong_squeezing_that_the_digits_hold_is_right(r):
    one_squeezed = beam_splitter(squeezed(r, 0.0), 0, 1)
    known_to = np.finfo(float).eps * np.exp(2 * r)
    assert om.log_negativity(one_squeezed, 0, 1) == pytest.approx(r, abs=known_to)
    along_its_axes = squeezed(r, -r, 3 * r)
    assert om.log_negativity(along_its_axes, 0, (1, 2)) == 0
    assert om.purity(along_its_axes) == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("r", [8.0, 10.0, 12.0, 25.0])
@pytest.mark.parametrize("measure", [
    om.log_negativity, om.separability_margin, om.contangle, om.steering, om.mutual_information,
    lambda V, i, j: om.purity(V), lambda V, i, j: om.entropy(V, i),
    lambda V, i, j: om.symplectic_eigenvalues(V), lambda V, i, j: om.residual_contangle(V, i, j, 2),
])  # fmt: skip
def test_what_the_digits_of_a_matrix_do_not_hold_is_refused(r, measure):
    """Of a pair squeezed by 10, E_N is 20; its V in double precision has lost that, and gave 17.33."""
    V = np.eye(6) / 2
    V[:4, :4] = two_mode_squeezed(r)
    for given, where in (
        (V, ""),
        (np.array([np.eye(6), V]), r" at 1 of 2 points, the first \(1,\)"),
    ):
        with pytest.raises(
            om.MatrixError, match=f"lost what is squeezed{where}.*; give states less"
        ):
            measure(given, 0, 1)


@pytest.mark.parametrize("r", [0.3, 1.0, 2.0])
def test_squeezed_light_on_a_beam_splitter(r):
    assert om.log_negativity(beam_splitter(squeezed(r, 0), 0, 1), 0, 1) == pytest.approx(r)
    assert om.log_negativity(beam_splitter(squeezed(r, -r), 0, 1), 0, 1) == pytest.approx(2 * r)


def test_the_minimum_residual_is_the_least_of_the_three_focus_modes():
    V = random_states(3, 50)
    residuals = [om.residual_contangle(V, 0, 1, 2, focus) for focus in range(3)]
    assert np.array_equal(om.residual_contangle(V, 0, 1, 2), np.min(residuals, axis=0))
    by_definition = om.contangle(V, 1, (0, 2)) - om.contangle(V, 1, 0) - om.contangle(V, 1, 2)
    assert residuals[1] == pytest.approx(by_definition)


def test_a_negative_residual_is_not_clipped():
    """The proxy is not monogamous on mixed states; omcore must show it, not hide it."""
    s = om.solve(random_parameters(2000))
    assert np.nanmin(s.residual_contangle("driven", "a", "m")) < -1e-7


@pytest.mark.parametrize("n_modes", [2, 3])
def test_log_negativity_against_fifty_digits(n_modes):
    states = random_states(n_modes, 12)
    exact = [negativity_in_floats(V, range(n_modes)) for V in states]
    assert max(exact) > 0.1
    found = om.log_negativity(states, 0, tuple(range(1, n_modes)))
    assert found == pytest.approx(exact, abs=1e-11)


def test_nan_in_nan_out_and_the_rest_untouched():
    V = random_states(2, 3)
    V[1] = np.nan
    found = om.log_negativity(V, 0, 1)
    assert np.isnan(found[1]) and found[0] == om.log_negativity(V[0], 0, 1)


OWN = ("c", "d", "b1", "b2")
NAMED = {  # each measure of a bare V, of modes 2 and 3 by number and by name
    "log_negativity": (om.log_negativity, (2, 3), ("b1", "b2")),
    "separability_margin": (om.separability_margin, (2, [0, 3]), ("b1", ["c", "b2"])),
    "contangle": (om.contangle, (2, [0, 3]), ("b1", ["c", "b2"])),
    "residual_contangle": (om.residual_contangle, (0, 2, 3, 2), ("c", "b1", "b2", "b1")),
    "steering": (om.steering, (2, 3), ("b1", "b2")),
    "purity": (om.purity, ([2, 3],), (["b1", "b2"],)),
    "entropy": (om.entropy, (2,), ("b1",)),
    "mutual_information": (om.mutual_information, (2, 3), ("b1", "b2")),
}


@pytest.mark.parametrize("measure, numbers, named", NAMED.values(), ids=NAMED)
def test_a_bare_matrix_has_no_names_but_those_that_are_given(measure, numbers, named):
    """Those of the paper would pick rows of whatever four modes somebody has."""
    V = random_states(4, 3)
    assert np.array_equal(measure(V, *named, names=OWN), measure(V, *numbers))
    with pytest.raises(om.ModeError, match=r"is a name, and V alone has none.*give names=\(...\)"):
        measure(V, *named)
    with pytest.raises(om.ModeError, match="is a name, and V alone has none"):
        measure(V, *(["a", "m", "ccw", "cw"][: len(numbers)]))
    for wrong in (OWN[:3], ("c", "c", "b1", "b2"), "cdef", (0, 1, 2, 3), 4):
        with pytest.raises(om.ModeError, match="are no names of 4 modes.*mirrors included"):
            measure(V, *numbers, names=wrong)


@pytest.mark.parametrize("hot", [1e4, 1e6, 1e8])
def test_a_hot_mode_beside_the_vacuum_keeps_its_symplectic_eigenvalue(hot):
    V = np.diag([0.5, 0.5, 1.0, 1.0, hot, hot])
    for i, j in ((0, 2), (1, 2), (0, 1)):
        V = beam_splitter(V, i, j, 0.3)
    assert om.symplectic_eigenvalues((V + V.T) / 2) == pytest.approx([0.5, 1.0, hot], rel=1e-6)


def test_a_product_of_squeezed_modes_is_not_entangled_however_it_is_squeezed():
    rng = np.random.default_rng(2)
    states = np.array([squeezed(*rng.uniform(-2, 2, 3)) for _ in range(2000)])
    S = np.array(
        [
            np.kron(np.eye(3), [[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]])
            for t in rng.uniform(0, 6, 2000)
        ]
    )
    states = S @ states @ np.swapaxes(S, -1, -2)
    states = (states + np.swapaxes(states, -1, -2)) / 2
    assert (
        not om.log_negativity(states, 0, 1).any() and not om.log_negativity(states, 0, (1, 2)).any()
    )


def test_three_nearly_equal_singular_values_keep_their_digits():
    from omcore.gaussian.symplectic import largest_singular_value

    rng = np.random.default_rng(4)
    for gaps in ((0.9989, 0.9989), (0.9975, 0.9975), (0.99, 0.98), (0.5, 0.2), (1.0, 1.0)):
        Q = np.linalg.qr(rng.normal(size=(6, 6)))[0]
        K = Q @ np.kron(np.diag([1.0, *gaps]), [[0, 1], [-1, 0]]) @ Q.T
        assert largest_singular_value((K - K.T)[..., None] / 2)[0] == pytest.approx(1, rel=1e-12)


def test_of_two_sides_of_several_modes_every_squeezed_pair_counts():
    """Two independent pairs across the cut add up; a shuffle within a side changes nothing."""
    V = np.zeros((8, 8))
    for pair, r in (((0, 2), 0.4), ((1, 3), 1.1)):
        rows = np.ravel([[2 * m, 2 * m + 1] for m in pair])
        V[np.ix_(rows, rows)] = two_mode_squeezed(r)
    assert om.log_negativity(V, (0, 1), (2, 3)) == pytest.approx(2 * 0.4 + 2 * 1.1, rel=1e-9)
    assert om.separability_margin(V, (0, 1), (2, 3)) == pytest.approx(2 * 1.1, rel=1e-9)
    c, s = np.cos(0.7), np.sin(0.7)
    splitter = np.eye(8)
    splitter[:4, :4] = np.kron([[c, s], [-s, c]], np.eye(2))
    mixed = splitter @ V @ splitter.T
    assert om.log_negativity(mixed, (0, 1), (3, 2)) == pytest.approx(3.0, rel=1e-9)
    assert om.log_negativity([V, V], np.array([0, 1]), (2, 3)) == pytest.approx(3.0, rel=1e-9)
    one = om.log_negativity(mixed, 2, (0, 1, 3))
    assert one == pytest.approx(om.log_negativity(mixed, (0, 1, 3), 2), rel=1e-12)
    assert one == pytest.approx(2 * 0.4, rel=1e-9)  # mode 2 was squeezed with one mode only
