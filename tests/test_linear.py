"""A Linear of one's own; spectra, added noise, and the light that leaves; against closed forms, integrals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, simpson

import omcore as om
from omcore.filters import Light


def squeezer(s, K=1.0, n=0.0, m=0.0):
    """One mode, whose X grows and whose Y shrinks."""
    fields = dict(squeezing=[[1j * s]], n=[n], m=[m], mirrors=())
    return om.System(modes=["c"], H=[[0.0]], decay=[K], **fields)


def physical(linear):
    """V of a solution, after a look whether it is a state."""
    s = om.solve(linear)
    assert s.stable and om.is_physical(s.V)
    return s.V


# ---- a Linear of one's own

PAIR = dict(
    modes=("a", "b"), A=-np.eye(4) + 0.5 * np.diag([1, -1, 1, -1])[[2, 3, 0, 1]], D=np.eye(4)
)


def test_it_is_solved_measured_indexed_and_printed():
    pair = om.Linear(**PAIR)
    s = om.solve(pair)
    assert s.log_negativity("a", "b") == pytest.approx(np.log(1.5), rel=1e-10)
    assert (
        s.status == "stable" and s.linear is pair and s.names == ("a", "b") and s.mean_field is None
    )
    assert "Linear(a, b; one point" in repr(pair) and "modes a, b" in repr(s)
    sweep = om.Linear(("a", "b"), np.array([1.0, 0.9, -1.0])[:, None, None] * PAIR["A"], PAIR["D"])
    several = om.solve(sweep)
    assert several.status.tolist() == ["stable", "stable", "unstable"]
    for k in range(3):
        np.testing.assert_array_equal(several[k].V, om.solve(sweep[k]).V)
        np.testing.assert_array_equal(several[k].linear.A, sweep[k].A)
    with pytest.raises(om.UnstableError):
        several.require_stable()
    for given_too in (dict(reading="self-consistent"), dict(branch=0)):
        with pytest.raises(om.ParameterError, match="leave them out"):
            om.solve(pair, **given_too)


def test_that_of_a_system_gives_the_same_state():
    s = om.solve(om.PAPER)
    again = om.solve(s.linear)
    np.testing.assert_allclose(again.V, s.V, rtol=1e-9, atol=1e-12)
    assert again.names == s.names and again.log_negativity("driven", "a") >= 0
    bare = om.solve(om.Linear(s.names, s.A, s.D))
    np.testing.assert_array_equal(bare.V, again.V)
    with pytest.raises(om.ParameterError):
        again.coupling("cw")


def test_classical_variables_have_no_mode():
    """A mode with a detuning that an Ornstein-Uhlenbeck noise x shakes: V by hand."""
    K, rate, strength = 1.0, 0.5, 0.3
    A = np.array([[-K, 0, strength], [0, -K, 0], [0, 0, -rate]])
    linear = om.Linear(("c",), A, np.diag([K, K, 2 * rate]), classical=("x",))
    s = om.solve(linear)
    x, Xx = 1.0, strength * 1.0 / (K + rate)
    np.testing.assert_allclose(
        s.V[[0, 0, 2], [0, 2, 2]], [0.5 + strength * Xx / K, Xx, x], rtol=1e-12
    )
    assert s.quanta("c") == pytest.approx(strength * Xx / K / 2)
    with pytest.raises(om.ModeError, match="'x' is a classical variable"):
        s.quanta("x")
    seen = linear.filtered("c", at=0.0, width=0.2, external=1.0)
    assert seen.modes == ("c", "out") and om.solve(seen).V.shape == (5, 5)
    np.testing.assert_allclose(om.solve(seen).V[4, 4], x)


@pytest.mark.parametrize(
    "fields, error, words",
    [
        (dict(A=PAIR["A"].astype(complex)), om.MatrixError, "A is a complex128 array"),
        (dict(D=np.diag([1.0, 1, 1, -1])), om.MatrixError, "D is no covariance"),
        (dict(D=np.eye(4) + np.eye(4, k=1)), om.MatrixError, "D is not symmetric"),
        (dict(modes=("a",)), om.MatrixError, "1 modes and 0 classical variables"),
        (dict(modes=("a", "a")), om.ModeError, "name of its own"),
        (dict(classical=("a",), A=np.eye(5), D=np.eye(5)), om.ModeError, "name of its own"),
    ],
)
def test_what_is_no_linear_is_refused(fields, error, words):
    with pytest.raises(error, match=words):
        om.Linear(**PAIR | fields)


def test_added_noise_is_added_and_checked():
    linear = om.Linear(**PAIR)
    w = np.array([1.0, 0, 0, 2.0])
    np.testing.assert_allclose(
        linear.with_noise(w, [0.1, 0.2]).D[1] - np.eye(4), 0.2 * np.outer(w, w)
    )
    with pytest.raises(om.ParameterError, match="S = -0.1 rad/s"):
        linear.with_noise(w, -0.1)
    with pytest.raises(om.MatrixError, match="w has shape"):
        linear.with_noise(w[:3], 0.1)


# ---- spectra


def test_the_spectrum_is_that_of_an_oscillator_and_adds_up_to_V():
    free = om.System(
        modes=["c"], H=[[5.0]], decay=[1.0], coupling=[0.0], omega_m=1.0, gamma_m=0.2, n_m=3.0
    )
    omega = np.linspace(-3, 3, 7)
    S = om.solve(free).spectrum(omega)
    lorentzian = 0.2 * 7 / ((1 - omega**2) ** 2 + (0.2 * omega) ** 2)
    np.testing.assert_allclose(S[:, 2, 2], lorentzian, rtol=1e-10)
    np.testing.assert_allclose(S, np.conj(np.swapaxes(S, -1, -2)), atol=1e-12)
    pressed = om.solve(om.system(om.PAPER.replace(gamma_m=1e6)))
    omega = om.PAPER.omega_m * np.tan(np.linspace(-np.pi / 2, np.pi / 2, 6001)[1:-1])
    total = simpson(pressed.spectrum(omega).real, omega, axis=0) / (2 * np.pi)
    np.testing.assert_allclose(total, pressed.V, atol=2e-3 * np.abs(pressed.V).max())
    unstable = om.solve(om.PAPER.replace(Delta_c=0.0)).spectrum([0.0])
    assert np.isnan(unstable).all()
    assert om.solve(om.PAPER.replace(Delta_c=[2e8, 3e8])).spectrum([0.0, 1.0, 2.0]).shape == (
        2,
        3,
        8,
        8,
    )


# ---- what leaves


@pytest.mark.parametrize("width", [1e-6, 0.3, 20.0])
@pytest.mark.parametrize("efficiency", [1.0, 0.6, 0.0])
def test_the_output_of_a_squeezer(width, efficiency):
    """S_out = ½[1 ± 4Ks/((K ∓ s)² + ω²)] through a Lorentzian of width Γ; ½[(K ± s)/(K ∓ s)]² at 0."""
    s, K = 0.4, 1.0
    linear = om.solve(squeezer(s, K)).linear
    V = physical(linear.filtered("c", at=0.0, width=width, efficiency=efficiency))
    for row, sign in ((2, 1), (3, -1)):
        b = K - sign * s
        pure = 0.5 * (1 + sign * 4 * K * s / (b * (b + width)))
        expected = efficiency * pure + (1 - efficiency) / 2
        assert V[row, row] == pytest.approx(expected, rel=1e-10)
    if width == 1e-6 and efficiency == 1:
        assert V[3, 3] == pytest.approx(0.5 * ((K - s) / (K + s)) ** 2, rel=1e-5)


@pytest.mark.parametrize("at", [-2.0, 0.0, 0.7])
def test_vacuum_stays_vacuum_at_every_frequency(at):
    cavity = om.System(modes=["c", "d"], H=[[0.5, 0.2], [0.2, -1]], decay=[1.0, 0.3], mirrors=())
    seen = om.solve(cavity).linear.filtered("c", at=at, width=0.1, external=0.6, efficiency=0.8)
    np.testing.assert_allclose(physical(seen), np.eye(6) / 2, atol=1e-12)


def test_a_filter_sees_what_the_spectrum_of_the_output_says():
    """∫dω/2π |√(2Γ)/(Γ + i(ω_f - ω))|² S_out(ω), where S_out is made of the response to what comes in."""
    given = om.System(
        modes=["c"],
        H=[[1.0]],
        decay=[0.5],
        coupling=[0.3],
        omega_m=1.0,
        gamma_m=0.05,
        n_m=1.0,
        n=[0.2],
    )
    s, K_ext, width, at = om.solve(given), 0.3, 0.2, 1.1
    V = physical(s.linear.filtered("c", at=at, width=width, external=K_ext))
    turn = np.array([[1, 1j], [1, -1j]]) / np.sqrt(2)  # X, Y to f, f*

    def of(omega):
        response = np.linalg.inv(-1j * omega * np.eye(4) - s.A)
        noise = np.zeros((4, 4), complex)  # from (external, internal) of the light, and the mirror
        noise[:2, :2] = np.sqrt(2 * K_ext) * np.eye(2)
        inputs = [(np.sqrt(2 * K_ext) * np.eye(4)[:, :2], -np.eye(2), 0.7 * np.eye(2))]
        inputs.append(
            (np.sqrt(2 * (0.5 - K_ext)) * np.eye(4)[:, :2], np.zeros((2, 2)), 0.7 * np.eye(2))
        )
        inputs.append((np.eye(4)[:, 2:], np.zeros((2, 2)), np.diag([0, 0.05 * 3.0])))
        S = 0
        for B, direct, W in inputs:
            T = np.sqrt(2 * K_ext) * response[:2] @ B + direct
            S = S + T @ W @ T.conj().T
        S = turn @ S @ turn.conj().T  # of z_out and its conjugate
        return np.sqrt(2 * width) / (width + 1j * (at - omega)), S

    def energy(omega):  # <f f* + f* f>/2
        f, S = of(omega)
        return (abs(f) ** 2 * S[0, 0]).real / (2 * np.pi)

    total = sum(quad(energy, *ends, limit=400)[0] for ends in ((-np.inf, 0), (0, 2), (2, np.inf)))
    assert (V[4, 4] + V[5, 5]) / 2 == pytest.approx(total, rel=1e-6)


def test_entanglement_with_the_output_is_lost_in_a_wide_filter():
    s = om.solve(om.PAPER)
    E = lambda width, at=-1.0: om.solve(
        s.linear.filtered("driven", at=at * om.PAPER.omega_m, width=width * om.PAPER.omega_m)
    ).log_negativity("out", "m")
    assert E(0.1) > 0.01
    assert E(1e4) < 1e-4 and E(1e6) < 1e-6


def test_filters_in_a_row_are_states_and_beside_each_other_are_not():
    linear = om.solve(squeezer(0.6)).linear
    row = linear.filtered("c", at=0.0, width=0.5, name="f").filtered(
        "c", at=0.0, width=0.5, name="h"
    )
    V = physical(row)
    E = om.solve(row).log_negativity("f", "h")
    rows = [0, 1, 4, 5]  # parallel, by hand: both take z_out
    C, Gamma = np.sqrt(2) * np.eye(2), 0.5
    A = np.zeros((6, 6))
    A[:4, :4] = row.A[:4, :4]
    A[4:, :2], A[4:, 4:] = np.sqrt(2 * Gamma) * C, -Gamma * np.eye(2)
    D = np.eye(6)
    D[:2, :2] *= 1.0
    D[2:4, 2:4] = D[4:, 4:] = D[2:4, 4:] = D[4:, 2:4] = Gamma * np.eye(2)
    D[:2, 2:4] = D[:2, 4:] = D[2:4, :2] = D[4:, :2] = -np.sqrt(Gamma) * np.eye(2)
    np.testing.assert_allclose(row.D[:4, :4], D[:4, :4], atol=1e-12)
    parallel = om.lyapunov(A, D)
    assert not om.is_physical(parallel)
    np.testing.assert_allclose(parallel[:4, :4], V[:4, :4], atol=1e-10)
    assert rows and E >= 0


def test_two_outputs_of_squeezed_baths_know_of_each_other():
    """Two-mode squeezed light that passes two empty cavities is still so: E = 2r at resonance."""
    r = 0.5
    n, m = np.sinh(r) ** 2, np.sinh(r) * np.cosh(r)
    baths = dict(n=[n, n], m=[[0, m], [m, 0]])
    system = om.System(modes=["a", "b"], H=np.zeros((2, 2)), decay=[1.0, 1.0], mirrors=(), **baths)
    both = om.solve(system).linear
    for mode in "ab":
        both = both.filtered(mode, at=0.0, width=1e-4, name=mode + "_out")
    assert om.solve(both).log_negativity("a_out", "b_out") == pytest.approx(2 * r, abs=1e-6)
    physical(both)


def test_light_that_comes_in_at_one_of_two_mirrors():
    """Squeezed at the output alone, a vacuum within: n and m of the mode are weighted with K_ext/K."""
    r, K, K_ext = 0.7, 1.0, 0.4
    n, m = np.sinh(r) ** 2, np.sinh(r) * np.cosh(r)
    mode = squeezer(0.0, K, n * K_ext / K, m * K_ext / K)
    V = physical(
        om.solve(mode).linear.filtered("c", at=0.0, width=1e-7, external=K_ext, bath=(n, m))
    )
    reflected = (
        2 * K_ext / K - 1
    ) ** 2  # of the power at resonance; the rest is vacuum from within
    np.testing.assert_allclose(
        np.diag(V)[2:], reflected * np.exp([2 * r, -2 * r]) / 2 + (1 - reflected) / 2, rtol=1e-5
    )


def test_the_laser_is_seen_as_quiet_by_a_filter_as_wide_as_all():
    """The carrier in a filter turns against the laser with the rest; a filter at the laser, wide, follows."""
    Gamma_L, p = 1e4, om.PAPER
    noisy = om.solve(p.replace(laser_linewidth=Gamma_L)).linear
    width = 1e3 * p.omega_m
    seen = noisy.filtered("driven", at=0.0, width=width)
    field = om.mean_field(p)
    k = noisy.index("driven")
    out = np.sqrt(2 * p.kappa) * field.amplitudes[k] - p.drive_amplitude / np.sqrt(2 * p.kappa)
    carrier = np.sqrt(2 * width) * out / width
    quiet = om.solve(p).linear.filtered("driven", at=0.0, width=width)
    extra = seen.D - quiet.D
    rows = slice(2 * len(noisy.modes), None)
    w = np.sqrt(2) * np.array([-carrier.imag, carrier.real])
    np.testing.assert_allclose(extra[rows, rows], Gamma_L * np.outer(w, w), rtol=1e-9)
    physical(seen)


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_valid_system_with_baths_of_lindblad_form_gives_states(seed):
    from test_general_model import random_system

    rng = np.random.default_rng(seed)
    system = random_system(rng, int(rng.integers(1, 4)), 0, "given")
    linear = om.solve(system).linear
    for k in range(int(rng.integers(0, 4))):
        mode = system.modes[int(rng.integers(len(system.modes)))]
        known = mode in Light.of(linear).ports
        rate = None if known else float(system.decay[system.index(mode)] * rng.uniform(0.1, 1))
        linear = linear.filtered(
            mode, at=rng.normal(), width=10 ** rng.uniform(-2, 1), efficiency=rng.uniform(), external=rate,
            name=f"out{k}",
        )  # fmt: skip
    s = om.solve(linear)
    if s.stable:
        assert s.physical


@pytest.mark.parametrize(
    "change, error, words",
    [
        (dict(width=0.0), om.ParameterError, "width = 0.0 rad/s"),
        (dict(efficiency=1.1), om.ParameterError, "efficiency = 1.1"),
        (dict(external=2.0), om.ParameterError, "external reaches 2 rad/s"),
        (dict(mode="b"), om.ModeError, "is a mirror"),
        (dict(name="c"), om.ModeError, "taken"),
        (dict(bath=(0.0, 1.0)), om.ParameterError, "bath m"),
    ],
)
def test_bad_filters_are_refused_by_name(change, error, words):
    mirror = dict(mirrors=("b",), omega_m=1.0, gamma_m=0.1, n_m=0.0)
    linear = om.solve(om.System(modes=["c"], H=[[1.0]], decay=[1.0], **mirror)).linear
    with pytest.raises(error, match=words):
        linear.filtered(**dict(mode="c", at=0.0, width=1.0) | change)


def test_what_is_not_known_is_asked_for():
    warm = om.Linear(("c",), -np.eye(2), 3 * np.eye(2))
    with pytest.raises(om.ParameterError, match="bath is not given"):
        warm.filtered("c", at=0.0, width=0.1, external=1.0)
    seen = warm.filtered("c", at=0.0, width=0.1, external=1.0, bath=(1.0, 0.0))
    assert om.solve(seen).quanta("out") == pytest.approx(1.0)
    beside = om.Linear(("c", "d"), -np.eye(4), 3 * np.eye(4))
    beside = beside.filtered("c", at=0.0, width=0.1, external=1.0, bath=(1.0, 0.0))
    with pytest.raises(om.ParameterError, match="bath is not given for 'd'"):
        beside.filtered("d", at=0.0, width=0.1, external=1.0, name="too")
    with pytest.raises(om.ParameterError, match="external is not given"):
        om.Linear(**PAIR).filtered("a", at=0.0, width=1.0)
    twice = om.Linear(**PAIR).filtered("a", at=0.0, width=1.0, external=0.5)
    with pytest.raises(om.ParameterError, match="leave both out"):
        twice.filtered("a", at=0.0, width=1.0, external=0.5, name="again")


def test_a_linear_without_a_mode_keeps_what_it_knows_of_its_light():
    baths = dict(n=[5.0, 0.0], mirrors=())
    s = om.solve(om.System(modes=["c", "d"], H=np.zeros((2, 2)), decay=[1.0, 1.0], **baths))
    alone = s.linear.without("d").filtered("c", at=0.0, width=0.3)
    assert om.solve(alone).quanta("out") == pytest.approx(5.0)
    noisy = om.solve(om.PAPER.replace(laser_linewidth=1e3)).linear
    kept = noisy.without("undriven").filtered("driven", at=0.0, width=1e6)
    whole = noisy.filtered("driven", at=0.0, width=1e6).without("undriven")
    np.testing.assert_allclose(kept.D, whole.D, rtol=1e-12)
    kept, whole = (x.filtered("driven", at=0.0, width=1e6, name="again") for x in (kept, whole))
    np.testing.assert_allclose(kept.A, whole.A, rtol=1e-12)


def test_the_light_of_parameters_leaves_with_their_escape_efficiency():
    half = om.solve(om.PAPER.replace(escape_efficiency=0.5)).linear
    known = half.filtered("driven", at=0.0, width=1e6)
    said = half.filtered("driven", at=0.0, width=1e6, external=om.PAPER.kappa / 2)
    np.testing.assert_allclose(known.A, said.A, rtol=1e-12)
    np.testing.assert_allclose(known.D, said.D, rtol=1e-12)


def test_points_of_a_sweep_of_noise_keep_the_light_of_their_point():
    p = om.PAPER.replace(Delta_c=np.array([2.4, 2.6, 3.0]) * om.PAPER.omega_m)
    w, S = np.eye(8)[7], np.array([[0.0], [1e3]])
    noisy = om.solve(p).linear.with_noise(w, S)[1, 2].filtered("driven", at=0.0, width=1e6)
    alone = om.solve(p[2]).linear.with_noise(w, S[1, 0]).filtered("driven", at=0.0, width=1e6)
    np.testing.assert_allclose(noisy.D, alone.D, rtol=1e-12)
    np.testing.assert_allclose(noisy.light.alpha, alone.light.alpha, rtol=1e-12)


def test_what_is_conditioned_knows_the_bath():
    s = om.solve(squeezer(-0.4j, n=2.0))
    V = s.linear.conditioned("c", "heterodyne")
    np.testing.assert_allclose(
        V, om.conditioned(s.A, s.D, 0, "heterodyne", bath=2.5 * np.eye(2)), rtol=1e-10
    )
    assert np.abs(V - om.conditioned(s.A, s.D, 0, "heterodyne")).max() > 0.1, (
        "a vacuum is another bath"
    )


def test_names_of_filters_and_aliases_are_their_own():
    linear = om.solve(om.PAPER).linear
    with pytest.raises(om.ModeError, match="taken"):
        linear.filtered("driven", at=0.0, width=1e6, name="undriven")
    with pytest.raises(om.ModeError, match="alias"):
        om.Linear(**PAIR, aliases={"a": "b"})


def test_a_bath_that_leaves_less_than_a_vacuum_within_is_refused():
    linear = om.solve(squeezer(0.2, n=0.4)).linear
    with pytest.raises(om.ParameterError, match="less noise"):
        linear.filtered("c", at=0.0, width=1.0, external=0.5, bath=(1.2, 0.0))


def test_lossless_modes_beside_and_thresholds_are_no_error():
    two = om.System(modes=["c", "d"], H=[[0, 0.3], [0.3, 0]], decay=[1.0, 0.0], mirrors=())
    seen = om.solve(two).linear.filtered("c", at=0.1, width=0.2)
    np.testing.assert_allclose(physical(seen), np.eye(6) / 2, atol=1e-10)
    sweep = om.System(
        modes=["c"], H=[[0.0]], decay=[1.0], squeezing=[[[0.5j]], [[1.0j]]], mirrors=()
    )
    S = om.solve(sweep).spectrum([0.0, 1.0])
    assert np.isfinite(S[0]).all() and np.isnan(S[1]).all()
    missing = om.solve(om.PAPER.replace(laser_linewidth=1.0), branch=2)
    assert missing.status == "no such branch" and not om.solve(missing.linear).stable


def test_a_batch_of_filters_is_the_loop_of_each():
    s = om.solve(om.PAPER.replace(Delta_c=np.array([2.4, 2.6, 3.0]) * om.PAPER.omega_m))
    at = np.array([-1.0, 0.5, 1.0]) * om.PAPER.omega_m
    whole = s.linear.filtered("driven", at=at, width=1e6, efficiency=0.9)
    twice = whole.filtered("driven", at=at, width=2e6, name="second")
    for k in range(3):
        one = s[k].linear.filtered("driven", at=at[k], width=1e6, efficiency=0.9)
        np.testing.assert_allclose(whole[k].A, one.A)
        np.testing.assert_allclose(whole[k].D, one.D)
        again = whole[k].filtered("driven", at=at[k], width=2e6, name="second")
        np.testing.assert_allclose(twice[k].D, again.D)
