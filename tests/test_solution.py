"""The chain as a whole: symmetries, shapes, and nothing reported where nothing stands still."""

import numpy as np
import pytest
from points import needs_engine, point, random_parameters

import omcore as om
from omcore.conventions import MODES

PAIRS = [("ccw", "cw"), ("ccw", "a"), ("ccw", "m"), ("cw", "a"), ("cw", "m"), ("a", "m")]
READINGS = ["self-consistent", "bare-detuning"]


@pytest.mark.parametrize("reading", READINGS)
def test_a_batch_equals_the_loop_of_scalars(reading):
    p = random_parameters(60)
    together = om.solve(p, reading)
    E, R = together.log_negativity("a", "m"), together.residual_contangle("driven", "a", "m")
    for k in range(60):
        alone = om.solve(point(p, k), reading)
        assert alone.stable == together.stable[k]
        assert alone.log_negativity("a", "m") == pytest.approx(E[k], abs=1e-12, nan_ok=True)
        assert alone.residual_contangle("driven", "a", "m") == pytest.approx(
            R[k], abs=1e-12, nan_ok=True
        )


@pytest.mark.parametrize("reading", READINGS)
def test_the_other_drive_is_the_other_rotation_with_the_cavity_modes_exchanged(reading):
    p = random_parameters(100)
    cw = om.solve(p, reading)
    mirrored = om.solve(p.replace(drive="ccw", angular_velocity=-p.angular_velocity), reading)
    swap = np.ravel([[2 * MODES.index(m), 2 * MODES.index(m) + 1] for m in ("cw", "ccw", "a", "m")])
    assert np.array_equal(cw.stable, mirrored.stable)
    assert cw.V[..., swap[:, None], swap] == pytest.approx(
        mirrored.V, rel=1e-6, abs=1e-9, nan_ok=True
    )
    assert cw.log_negativity("driven", "m") == pytest.approx(
        mirrored.log_negativity("driven", "m"), abs=1e-10, nan_ok=True
    )


@pytest.mark.parametrize("reading", READINGS)
def test_a_resonator_at_rest_does_not_know_the_direction(reading):
    p = om.CASES["stationary"]
    one, other = om.solve(p.replace(drive="cw"), reading), om.solve(p.replace(drive="ccw"), reading)
    for pair in [("a", "m"), ("driven", "m"), ("undriven", "a")]:
        assert one.log_negativity(*pair) == pytest.approx(other.log_negativity(*pair), abs=1e-13)


def test_a_spinning_resonator_does():
    one, other = om.solve(om.PAPER), om.solve(om.PAPER.replace(drive="cw"))
    assert one.log_negativity("a", "m") > 5 * other.log_negativity("a", "m")


@pytest.mark.parametrize("reading", READINGS)
def test_without_light_nothing_is_entangled_and_the_rest_is_vacuum(reading):
    s = om.solve(random_parameters(50, power=0.0), reading)
    assert s.stable.all()
    assert s.V[:, :6, :6] == pytest.approx(np.broadcast_to(np.eye(6) / 2, (50, 6, 6)), abs=1e-12)
    for pair in PAIRS:
        assert np.abs(s.log_negativity(*pair)).max() < 1e-12


@pytest.mark.parametrize("reading", READINGS)
def test_uncertainty_relation(reading):
    s = om.solve(random_parameters(2000), reading)
    assert s.physical[s.stable].all() and not s.physical[~s.stable].any()
    bound = s.V[s.stable] + 0.5j * om.symplectic_form(4)
    assert np.linalg.eigvalsh(bound).min() > -1e-9


def test_momentum_noise_at_zero_temperature_misses_the_uncertainty_relation_by_a_little():
    """It is not of Lindblad form: the mirror's bath alone does not respect it."""
    s = om.solve(om.CASES["stationary"].replace(temperature=0.0, gamma_m=3e6, power=0.01))
    lowest = np.linalg.eigvalsh(s.V + 0.5j * om.symplectic_form(4)).min()
    assert -1e-2 < lowest < -1e-6 and not s.physical
    with pytest.raises(om.MatrixError, match="not physical"):
        om.log_negativity(s.V, 2, 3)


def test_unstable_points_give_nan_and_say_so():
    s = om.solve(om.PAPER.replace(Delta_c=om.PAPER.omega_m * np.array([0.0, 2.5])))
    assert s.stable.tolist() == [False, True]
    assert np.isnan(s.V[0]).all() and np.isfinite(s.V[1]).all()
    for value in (s.log_negativity("a", "m"), s.log_negativity("a", ("driven", "m")),
                  s.contangle("a", "m"), s.residual_contangle("driven", "a", "m"),
                  s.residual_contangle("driven", "a", "m", focus="a")):  # fmt: skip
        assert np.isnan(value).tolist() == [True, False]


def test_demanding_stability_names_the_point_its_unit_and_a_remedy():
    sweep = om.PAPER.replace(
        Delta_c=om.PAPER.omega_m * np.array([[2.5], [0.0]]), power=[0.01, 0.04]
    )
    with pytest.raises(
        om.UnstableError, match=r"of 4 points.*= 0.0 rad/s.*grow at .* rad/s; lower"
    ):
        om.solve(sweep).require_stable()
    s = om.solve(om.PAPER)
    assert s.require_stable() is s


def test_a_sweep_over_any_fields_has_their_broadcast_shape():
    p = om.PAPER.replace(kappa=om.PAPER.kappa * np.ones((4, 1)), temperature=[0.005, 0.01, 1.0])
    s = om.solve(p)
    assert s.stable.shape == (4, 3) and s.V.shape == s.A.shape == s.D.shape == (4, 3, 8, 8)
    assert s.mean_field.q.shape == s.log_negativity("a", "m").shape == (4, 3)


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


def test_solution_and_matrix_functions_agree():
    s = om.solve(om.PAPER)
    assert s.log_negativity("driven", "m") == om.log_negativity(s.V, "ccw", "m", s.names)
    assert s.residual_contangle("driven", "a", "m") == om.residual_contangle(s.V, 0, 2, 3)
    assert s.contangle("a", ("ccw", "m")) == om.contangle(s.V, "a", ("ccw", "m"), s.names)


def test_a_mode_that_is_absent_is_a_mode_that_nothing_couples_to():
    """Far off resonance the undriven mode does nothing, and the rest is as without it."""
    fast = om.PAPER.replace(angular_velocity=1e6)
    s = om.solve(fast.replace(Delta_c=om.sagnac_shift(fast) + 0.78 * fast.omega_m))
    alone = s.without("undriven").log_negativity("a", "m")
    assert alone == pytest.approx(s.log_negativity("a", "m"), rel=5e-3)


def test_what_the_mirror_does_to_detuning_and_heat():
    s = om.solve(random_parameters(50))
    shifted = s.A[:, 2, 3]  # of the driven, clockwise mode
    assert s.effective_detuning("driven") == pytest.approx(shifted)
    dark = om.solve(om.PAPER.replace(power=0.0))
    assert dark.quanta("m") == pytest.approx(om.PAPER.n_m)


@pytest.mark.parametrize("call", [
    lambda s: s.effective_detuning("m"),
    lambda s: s.log_negativity("b", "m"), lambda s: s.log_negativity("driven", "ccw"),
    lambda s: s.residual_contangle("a", "a", "m"), lambda s: s.coupling("a"),
    lambda s: s.residual_contangle("driven", "a", "m", focus="undriven"),
])  # fmt: skip
def test_modes_that_do_not_exist_or_come_twice_are_refused(call):
    with pytest.raises(om.ModeError, match="use|name"):
        call(om.solve(om.PAPER))


def vitali_2007(temperature):
    """Vitali et al., PRL 98, 030405: one Fabry-Perot cavity, one mirror, at their best detuning."""
    from scipy.constants import c, hbar

    omega_m, length, finesse = 2 * np.pi * 10e6, 1e-3, 1.07e4
    p = om.PAPER.replace(
        wavelength=810e-9, power=50e-3, mass=5e-12, omega_m=omega_m, gamma_m=2 * np.pi * 100,
        kappa=np.pi * c / (length * finesse), radius=length, temperature=temperature,
        G_a=0.0, angular_velocity=0.0,
    )  # fmt: skip
    assert p.G_0 == pytest.approx(p.omega_0 / length * np.sqrt(hbar / (5e-12 * omega_m)))
    # Their detuning is the effective one: the largest entanglement lies near Delta = omega_m/2.
    effective = omega_m * np.linspace(0.1, 1.5, 281)
    photons = p.drive_amplitude**2 / (p.kappa**2 + effective**2)
    shift = p.G_0**2 * photons / omega_m
    return om.solve(p.replace(Delta_c=effective + shift))


def test_optomechanical_entanglement_of_vitali_et_al():
    """Their abstract: entanglement persists above 20 K; at 0.4 K E_N is a few tenths."""
    cold, warm = vitali_2007(0.4), vitali_2007(20.0)
    assert 0.2 < np.nanmax(cold.log_negativity("driven", "m")) < 0.5
    assert np.nanmax(warm.log_negativity("driven", "m")) > 0


# ---- where there is no number, why


def test_the_reasons_for_no_number_are_told_apart():
    w = om.PAPER.omega_m
    p = om.PAPER.replace(
        kappa=0.1 * w, G_a=0.0, angular_velocity=0.0, power=0.03, gamma_m=[3e7, 5.2e3]
    )
    s = om.solve(p.replace(Delta_c=[[w], [-w], [0.01 * w]]), branch=1)
    assert s.status.tolist() == [["unstable"] * 2, ["no such branch"] * 2, ["no such branch"] * 2]
    cold = om.CASES["stationary"].replace(temperature=0.0, gamma_m=3e6, power=[0.01, 0.5])
    assert om.solve(cold).status.tolist() == ["no quantum state", "unstable"]
    assert om.solve(om.PAPER).status == "stable"
    assert set(om.STATUS) == {
        "stable",
        "unstable",
        "unresolved",
        "no such branch",
        "no quantum state",
    }


def test_a_branch_that_does_not_exist_is_not_blamed_on_the_power():
    with pytest.raises(
        om.UnstableError, match="1 of 1 points.*no such branch.*leave the branch out"
    ):
        om.solve(om.PAPER, branch=1).require_stable()


def test_a_system_that_is_unstable_says_so_without_parameters():
    with pytest.raises(om.UnstableError, match="1 of 2 points.*; the first is unstable: .*grow at"):
        om.solve(om.system(om.PAPER.in_omega_m(Delta_c=[0.0, 2.5]))).require_stable()


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
    assert np.isnan(found).tolist() == [True, False]
    assert found[1] == getattr(s[1], name)(*modes)
    assert np.isnan(getattr(s[0], name)(*modes)) and np.isnan(s.quanta("m")).tolist() == [
        True,
        False,
    ]
    for V, where in ((s.V, r" at 1 of 2 points, the first \(0,\)"), (s.V[0], "")):
        with pytest.raises(om.MatrixError, match=f"V is not physical{where}: "):
            getattr(om, name)(V, *([0, 2, 3] if len(modes) == 3 else [2, 3][: len(modes)]))


def test_a_gradient_stops_at_what_is_no_quantum_state():
    cold = COLD.replace(gamma_m=[3e6, 5e3])
    assert om.solve(cold).status.tolist() == ["no quantum state", "stable"]
    assert np.isnan(om.gradient(cold, "a", "m")["power"]).tolist() == [True, False]


def test_demanding_numbers_names_what_is_no_quantum_state():
    with pytest.raises(
        om.MatrixError, match=r"1 of 2 points.*Delta_c = .*eigenvalue -.*raise the temp.*s\[s.phys"
    ):
        om.solve(COLD).require_stable()
    s = om.solve(COLD)
    assert s[s.physical].require_stable().stable.all()


@pytest.mark.parametrize("nothing", [(), []])
def test_entanglement_with_nothing_is_refused_by_method_and_function(nothing):
    s = om.solve(om.PAPER)
    for call in (
        lambda: s.log_negativity("a", nothing),
        lambda: om.log_negativity(s.V, "a", nothing, s.names),
    ):
        with pytest.raises(om.ModeError, match="names no mode"):
            call()


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


def test_a_solution_of_many_points_prints_as_one_line():
    s = om.solve(om.PAPER.replace(Delta_c=om.PAPER.omega_m * np.linspace(-2, 4, 601)))
    assert len(repr(s)) < 200 and "of 601 points stable" in repr(s) and "\n" not in repr(s)


@pytest.mark.parametrize(
    "gone, left", [("undriven", "driven"), ("driven", "undriven"), ("a", "driven")]
)
def test_without_a_mode_the_others_keep_their_names(gone, left):
    s = om.solve(om.CASES["stationary"])
    alone = s.without(gone)
    rows = np.ravel([[2 * k, 2 * k + 1] for k in range(4) if k != s.system.index(gone)])
    V = om.lyapunov(s.A[np.ix_(rows, rows)], s.D[np.ix_(rows, rows)])
    assert alone.V == pytest.approx(V, rel=1e-9, abs=1e-10)
    names = [*alone.mean_field.modes, "m"]
    left_by_number = names.index({"driven": s.parameters.drive}.get(left, "cw"))
    assert alone.log_negativity(left, "m") == om.log_negativity(alone.V, left_by_number, 2)
    with pytest.raises(om.ModeError, match="use"):
        alone.log_negativity(gone, "m")


def test_branches_of_a_sweep_have_their_own_axis():
    """The drift matrix of every branch of every point; the axis of the branches is the last of the batch."""
    w = om.PAPER.omega_m
    p = om.PAPER.replace(
        kappa=0.1 * w,
        G_a=0.0,
        angular_velocity=0.0,
        power=[0.01, 0.03, 0.05],
        Delta_c=[[0.8 * w], [w]],
    )
    branches = om.mean_field_branches(p)
    A = om.drift_matrix(p, branches)
    assert branches.q.shape == (2, 3, 3) and A.shape == (2, 3, 3, 8, 8)
    for i, j in np.ndindex(2, 3):
        for k in range(3):
            one = om.drift_matrix(p[i, j], branches[i, j].branch(k))
            assert np.array_equal(A[i, j, k], one, equal_nan=True)
    assert np.array_equal(om.is_stable(A), branches.stable)
    three = om.PAPER.replace(Delta_c=[1e7, 2e7, 3e7])
    with pytest.raises(
        om.ParameterError, match=r"shape \(2,\).*parameters \(3,\).*give the mean field"
    ):
        om.drift_matrix(three, om.mean_field(three[:2]))


@needs_engine
def test_long_batches_are_worked_on_in_blocks(monkeypatch):
    """Stability, physicality and every measure see one block after another, and give the same."""
    s = om.solve(random_parameters(40))
    whole = (
        om.is_stable(s.A),
        s.physical,
        om.symplectic_eigenvalues(s.V),
        s.log_negativity("a", ("cw", "m")),
    )
    sizes, eigvals = [], np.linalg.eigvals
    monkeypatch.setattr("omcore.engine.blocks.BLOCK", 7)
    monkeypatch.setattr(np.linalg, "eigvals", lambda M: sizes.append(len(M)) or eigvals(M))
    pieces = (
        om.is_stable(s.A),
        s.physical,
        om.symplectic_eigenvalues(s.V),
        s.log_negativity("a", ("cw", "m")),
    )
    for one, other in zip(whole, pieces, strict=True):
        assert np.array_equal(one, other, equal_nan=True)
    assert max(sizes) <= 7 and len(sizes) == 6
