"""The chain as a whole: symmetries, shapes, and nothing reported where nothing stands still."""

import numpy as np
import pytest
from points import bistable, needs_engine, random_parameters

import omcore as om


def test_a_sweep_longer_than_one_chunk_is_the_same_sweep(monkeypatch):
    p = om.PAPER.replace(
        Delta_c=om.PAPER.omega_m * np.linspace(0, 4, 7), temperature=[[0.01], [1.0]]
    )
    whole = om.solve(p)
    monkeypatch.setattr("omcore.engine.blocks.BLOCK", 3)
    pieces = om.solve(p)
    assert np.array_equal(whole.stable, pieces.stable)
    assert pieces.V == pytest.approx(whole.V, rel=1e-9, abs=1e-12, nan_ok=True)
    assert np.array_equal(whole.mean_field.q, pieces.mean_field.q)
    assert pieces.log_negativity("a", "m") == pytest.approx(
        whole.log_negativity("a", "m"), abs=1e-12, nan_ok=True
    )


def test_scalar_in_scalar_out():
    s = om.solve(om.PAPER)
    for value in (s.stable, s.log_negativity("a", "m"), s.residual_contangle("driven", "a", "m"),
                  s.mean_field.q, s.mean_field.c, s.physical, om.sagnac_shift(om.PAPER)):  # fmt: skip
        assert np.ndim(value) == 0 and not isinstance(value, np.ndarray)


def test_an_empty_sweep_is_empty():
    s = om.solve(om.PAPER.replace(Delta_c=[]))
    assert s.V.shape == (0, 8, 8) and s.log_negativity("a", "m").shape == (0,)


# ---- where there is no number, why


def test_the_reasons_for_no_number_are_told_apart():
    w = om.PAPER.omega_m
    p = bistable(power=0.03, gamma_m=[3e7, 5.2e3], Delta_c=[[w], [-w], [0.01 * w]])
    s = om.solve(p, branch=1)
    assert s.status.tolist() == [["unstable"] * 2, ["no such branch"] * 2, ["no such branch"] * 2]
    cold = om.CASES["stationary"].replace(temperature=0.0, gamma_m=3e6, power=[0.01, 0.5])
    assert om.solve(cold).status.tolist() == ["no quantum state", "unstable"]
    assert om.solve(om.PAPER).status == "stable"


COLD = om.CASES["stationary"].replace(temperature=[0.0, 5e-3], gamma_m=3e6, power=0.01)
MEASURED = {
    "log_negativity": ("a", "m"), "separability_margin": ("a", "m"), "contangle": ("a", "m"),
    "residual_contangle": ("ccw", "a", "m"), "steering": ("a", "m"), "purity": ("m",),
    "entropy": ("m",), "mutual_information": ("a", "m"),
}  # fmt: skip


@pytest.mark.parametrize("name, modes", MEASURED.items(), ids=MEASURED)
def test_one_point_that_is_no_quantum_state_hides_no_other(name, modes):
    """NaN there, with its status; a bare V, which has none, is refused."""
    s = om.solve(COLD)
    assert s.status.tolist() == ["no quantum state", "stable"] and s.physical.tolist() == [0, 1]
    found = getattr(s, name)(*modes)
    assert np.isnan(found).tolist() == [True, False] == np.isnan(s.quanta("m")).tolist()
    assert np.isnan(getattr(s[0], name)(*modes))
    assert found[1] == getattr(s[1], name)(*modes)
    assert found[1] == getattr(om, name)(s.V[1], *modes, names=s.names)
    for V, where in ((s.V, r" at 1 of 2 points, the first \(0,\)"), (s.V[0], "")):
        with pytest.raises(om.MatrixError, match=f"V is not physical{where}: "):
            getattr(om, name)(V, *([0, 2, 3] if len(modes) == 3 else [2, 3][: len(modes)]))


def test_a_solution_with_numbers_everywhere_is_handed_on():
    s = om.solve(om.PAPER)
    assert s.require_stable() is s


def test_the_mirror_in_the_dark_has_the_quanta_of_its_bath():
    assert om.solve(om.PAPER.replace(power=0.0)).quanta("m") == pytest.approx(om.PAPER.n_m)


# ---- points of a sweep, and what is shown of it


def test_points_of_a_solution_are_those_of_its_sweep():
    p = om.PAPER.replace(
        Delta_c=om.PAPER.omega_m * np.linspace(2, 4, 5), temperature=[[0.005], [0.1]]
    )
    s = om.solve(p)
    one = s[1, 3]
    assert one.parameters == p[1, 3] and one.V.shape == (8, 8)
    assert one.log_negativity("a", "m") == s.log_negativity("a", "m")[1, 3]
    assert s[s.stable].stable.all() and s[:, ::2].V.shape == (2, 3, 8, 8)
    assert one.coupling("driven") == s.coupling("driven")[1, 3]
    with pytest.raises(IndexError, match="one point"):
        om.solve(om.PAPER)[0]


@pytest.mark.parametrize(
    "gone, left", [("undriven", "driven"), ("driven", "undriven"), ("a", "driven")]
)
def test_without_a_mode_the_others_keep_their_names(gone, left):
    s = om.solve(om.CASES["stationary"])
    alone = s.without(gone)
    rows = np.ravel([[2 * k, 2 * k + 1] for k in range(4) if k != s.system.index(gone)])
    V = om.lyapunov(s.A[np.ix_(rows, rows)], s.D[np.ix_(rows, rows)])
    assert alone.V == pytest.approx(V, rel=1e-9, abs=1e-10)
    left_by_number = alone.names.index({"driven": s.parameters.drive}.get(left, "cw"))
    assert alone.log_negativity(left, "m") == om.log_negativity(alone.V, left_by_number, 2)
    with pytest.raises(om.ModeError, match="use"):
        alone.log_negativity(gone, "m")


def test_branches_of_a_sweep_have_their_own_axis():
    """The drift matrix of every branch of every point; the axis of the branches is the last of the batch."""
    w = om.PAPER.omega_m
    p = bistable(power=[0.01, 0.03, 0.05], Delta_c=[[0.8 * w], [w]])
    branches = om.mean_field_branches(p)
    A = om.drift_matrix(p, branches)
    assert branches.q.shape == (2, 3, 3) and A.shape == (2, 3, 3, 8, 8)
    for i, j in np.ndindex(2, 3):
        for k in range(3):
            one = om.drift_matrix(p[i, j], branches[i, j].branch(k))
            assert np.array_equal(A[i, j, k], one, equal_nan=True)
    assert np.array_equal(om.is_stable(A), branches.stable)


@needs_engine
def test_long_batches_are_worked_on_in_blocks(monkeypatch):
    """Stability and measures see one block after another, and give the same."""
    s = om.solve(random_parameters(40))
    measure = lambda V: om.log_negativity(V, 2, (1, 3))
    asked = lambda: (om.is_stable(s.A), om.symplectic_eigenvalues(s.V), measure(s.V))
    whole = asked()
    sizes, eigvals = [], np.linalg.eigvals
    monkeypatch.setattr("omcore.engine.blocks.BLOCK", 7)
    monkeypatch.setattr(np.linalg, "eigvals", lambda M: sizes.append(len(M)) or eigvals(M))
    for one, other in zip(whole, asked(), strict=True):
        assert np.array_equal(one, other, equal_nan=True)
    assert max(sizes) <= 7 and len(sizes) == 6
