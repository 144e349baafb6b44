"""The gradient: the slopes of finite differences, and the symmetries that tie derivatives together."""

from itertools import permutations

import numpy as np
import pytest
from points import bistable, point, random_parameters
from test_general_model import random_system
from test_systems import random_systems
from trust.effort import LONG, effort, some

import omcore as om
from omcore.evolution import mean_field_of
from omcore.gradients import MEASURES
from omcore.systems import FIELDS, OF_MIRRORS

PAIRS = [("a", "m"), ("driven", "m"), ("undriven", "m"), ("driven", "a"), ("a", ("driven", "m"))]
OTHERS = [  # measures beside E, each of what it is largest of
    ("margin", ("a", "m")), ("margin", (("driven", "a"), ("undriven", "m"))), ("steering", ("m", "a")),
    ("R", ("driven", "a", "m")), ("quanta", ("m",)), ("E", (("driven", "a"), ("undriven", "m"))),
]  # fmt: skip
NUMBERS = [name for name in om.Parameters.__annotations__ if name != "drive"]
RATES = {
    "omega_m", "gamma_m", "kappa", "gamma_a", "G_a", "Delta_a", "Delta_c", "backscattering",
    "laser_linewidth",
}  # fmt: skip
SIGNED = {  # what a change is measured by where a number may be zero
    "dispersion": 1e5, "angular_velocity": 3e4, "Delta_a": 63e6, "Delta_c": 63e6,
    "backscattering_phase": 1.0, "counter_drive_phase": 1.0, "undriven_coupling": 1.0,
}  # fmt: skip


def drawn(of, modes, reading, count, drive="cw", seed=5):
    """``count`` well stable points with a measure > 1e-3, every field of Parameters drawn at random."""
    n, rng, P = 6000, np.random.default_rng(seed), om.PAPER
    p = random_parameters(
        n, seed, drive=drive,
        refractive_index=rng.uniform(1.3, 2.5, n), radius=P.radius * rng.uniform(0.5, 2, n),
        wavelength=P.wavelength * rng.uniform(0.6, 1.5, n), dispersion=rng.uniform(-3e4, 3e4, n),
        mass=P.mass * rng.uniform(0.5, 3, n), omega_m=P.omega_m * rng.uniform(0.7, 1.5, n),
        backscattering=P.omega_m * rng.uniform(0, 0.5, n), backscattering_phase=rng.uniform(-3, 3, n),
        counter_drive=rng.uniform(0.02, 0.6, n), counter_drive_phase=rng.uniform(-3, 3, n),
        undriven_coupling=rng.uniform(-0.5, 1.5, n), escape_efficiency=rng.uniform(0.3, 0.95, n),
        laser_linewidth=10 ** rng.uniform(-6, -3.5, n),
    )  # fmt: skip
    s = om.solve(p, reading)
    found = (np.abs(MEASURES[of].value(s, *modes)) > 1e-3) & (s.growth < -0.01 * p.omega_m)
    return p[np.flatnonzero(found)[:count]]


def difference(E, unit):
    """The slope of E(x) at x = 0, array (m,), from seven points, for six lengths of the step at once.

    The length is that which changes least by going to the next one: between truncation and rounding.
    """
    steps = 10.0 ** np.arange(-5, -2, 0.5)[:, None, None] * unit
    ahead, behind = (E(sign * np.array([[1], [2], [3]]) * steps) for sign in (1, -1))
    slopes = np.einsum("k,skm->sm", [45, -9, 1], ahead - behind) / (60 * steps[:, 0])
    changes = np.abs(np.diff(slopes, axis=0))
    best = np.argmin(np.where(np.isnan(changes), np.inf, changes), axis=0)
    return slopes[best, np.arange(len(unit))]


# ---- every derivative is the slope that a change of its field has


def slopes_of_fields(of, modes, reading, p):
    """Each derivative is that of a difference."""
    value, gradient = om.gradient(p, *modes, of=of, value=True, reading=reading)
    assert list(gradient) == NUMBERS
    for name in NUMBERS:

        def E(d, name=name):
            changed = p.replace(**{name: getattr(p, name) + d})
            return MEASURES[of].value(om.solve(changed, reading), *modes)

        unit = np.full(p.shape, SIGNED[name]) if name in SIGNED else getattr(p, name)
        found, size = difference(E, unit) * unit, 1 + np.abs(value)
        # 1e-7: what rounding leaves in a difference of E over a step of 1e-5
        assert gradient[name] * unit / size == pytest.approx(found / size, rel=1e-6, abs=1e-7), name


EACH_WAY = [
    (modes, reading, drive)
    for modes in PAIRS
    for reading in om.MEAN_FIELDS
    for drive in om.conventions.DRIVES
]


@pytest.mark.parametrize("modes, reading, drive", some(EACH_WAY, 3))
def test_every_derivative_is_a_slope(modes, reading, drive):
    p = drawn("E", modes, reading, 8, drive)
    assert p.shape[0] >= 4
    slopes_of_fields("E", modes, reading, p)


@pytest.mark.parametrize("of, modes", OTHERS)
def test_every_derivative_of_every_measure_is_a_slope(of, modes):
    turn = OTHERS.index((of, modes)) % 2
    for reading in om.MEAN_FIELDS if LONG else [om.MEAN_FIELDS[turn]]:
        p = drawn(of, modes, reading, 4)
        assert p.shape[0] == 4
        slopes_of_fields(of, modes, reading, p)


def measures(V, i, j):
    """Every measure of a state of two modes and, if there is one, a third: {(of, modes): array}."""
    n = V.shape[-1] // 2
    found = {("quanta", (j,)): (V[..., 2 * j, 2 * j] + V[..., 2 * j + 1, 2 * j + 1] - 1) / 2}
    if n > 1:
        found["E", (i, j)] = om.log_negativity(V, i, j)
        found["margin", (i, j)] = om.separability_margin(V, i, j)
        found["steering", (i, j)] = om.steering(V, i, j)
    if n > 2:
        k = min({0, 1, 2} - {i, j})
        found["R", (i, j, k)] = om.residual_contangle(V, i, j, k)
    return found


def covariance(system, reading, u):
    """V of a batch at the mean field near u, wherever the library can find one from nothing or not."""
    if reading == "bare-detuning":
        return om.solve(system, reading).V
    u = np.broadcast_to(u, (*system.shape, len(u)))
    for _ in range(5):  # of Newton's method
        A = om.drift_matrix(system, mean_field_of(system, u))
        u = u - np.linalg.solve(A, om.mean_field_flow(system, u)[..., None])[..., 0]
    field = mean_field_of(system, u)
    return om.lyapunov(om.drift_matrix(system, field), om.diffusion_matrix(system, field))


def strong_system(rng, n, k, statics, reading):
    """One with all fields, cold, squeezed and driven, and its most entangled pair; in 60 draws, if any is."""
    best = -np.inf, None, None
    for _ in range(60):
        system = random_system(
            rng, n, k, statics, laser_linewidth=0.02 * (statics != "given" or not k)
        )
        cold = {name: 0.02 * getattr(system, name) for name in ("n", "m", "n_m")}
        more = {"squeezing": 6, "drive": 3, "photon_coupling": 3, "coupling": 5}
        strong = {name: factor * getattr(system, name) for name, factor in more.items()}
        system = system.replace(**cold, **strong)
        s = om.solve(system, reading)
        if s.status == "stable" and s.growth < -0.03:
            pairs = list(permutations(range(n + k), 2)) or [(0, 0)]
            E = [
                s.steering(*pair) + s.log_negativity(*pair) if n + k > 1 else 0.0 for pair in pairs
            ]
            best = max(best, (max(E), system, pairs[np.argmax(E)]), key=lambda one: one[0])
        if best[0] > 0.05:
            break
    return best[1:]


ONE_IN = effort(4, 1)  # changes of each field of a system
SYSTEMS = [
    (statics, n, k, reading)
    for statics in ("given", "pressed", "kerr")
    for n in (1, 2, 3)
    for k in range(4)
    for reading in (om.MEAN_FIELDS if n == 2 and statics != "given" else om.MEAN_FIELDS[:1])
    if k or statics != "pressed"
]


@pytest.mark.parametrize("statics, n, k, reading", SYSTEMS)
def test_every_derivative_of_a_system_is_a_slope(statics, n, k, reading):
    rng = np.random.default_rng([n, k, len(statics)])
    system, pair = strong_system(rng, n, k, statics, reading)
    s = om.solve(system, reading)
    u = s.mean_field.quadratures()
    known = {
        (of, modes): om.gradient(system, *modes, of=of, reading=reading)
        for (of, modes), value in measures(s.V, *pair).items()
        if value > 0 or not MEASURES[of].clipped
    }
    left_out = (
        {"photon_coupling", "drive", "kerr", "laser_linewidth"}
        if system.coupling.any()
        else {"coupling"}
    )
    for name in set(FIELDS) - left_out:
        whole = getattr(system, name)
        unit = np.abs(whole).max(initial=0) or 1.0
        changes = list(changes_of(name, n, k))
        first = rng.integers(ONE_IN) % max(len(changes), 1)
        for change in changes[first::ONE_IN]:

            def E(d, name=name, whole=whole, change=change):
                d = d[..., 0].reshape(*d.shape[:2], *[1] * change.ndim)
                changed = system.replace(**{name: whole + d * change})
                found = measures(covariance(changed, reading, u), *pair)
                return np.stack([found[which] for which in known], axis=-1)

            found = difference(E, np.full(len(known), unit)) * unit
            for slopes, value in zip(known.values(), found, strict=True):
                assert slopes[name].dtype == whole.dtype and slopes[name].shape == whole.shape
                expected = (slopes[name].conj() * change).real.sum() * unit
                assert expected == pytest.approx(value, rel=1e-6, abs=1e-8), name
    assert all(set(slopes) == set(FIELDS) - left_out for slopes in known.values())


def changes_of(name, n, k):
    """Every way to change a field by a real number: of H, those that leave it Hermitian."""
    own, kind, _ = FIELDS[name]
    shape = (n,) * own + ((k,) if name in OF_MIRRORS and k != 1 else ())
    factors = (1, 1j) if kind is complex else (1,)
    for index in np.ndindex(shape):
        for factor in factors:
            change = np.zeros(shape, kind)
            change[index] = factor
            if own == 2:
                change = change + (change.conj().T if name == "H" else change.T)
            if change.any():
                yield change


def test_the_branch_is_that_of_solve():
    p = bistable(power=[0.02, 0.03])
    assert len(om.mean_field_branches(p[1]).q) == 3
    lowest, chosen = (om.gradient(p, "driven", "m", branch=branch) for branch in (None, 0))
    assert all(np.array_equal(lowest[n], chosen[n], equal_nan=True) for n in NUMBERS)
    assert np.isfinite(lowest["power"]).all()
    missing = om.gradient(p, "driven", "m", branch=4)
    assert all(np.isnan(slope).all() for slope in missing.values())


# ---- what ties derivatives together


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
@pytest.mark.parametrize("i, j", PAIRS)
def test_the_unit_of_time_has_no_effect(i, j, reading):
    """E depends on ratios of rates alone: Ω, P and T go with them, the mass with their -3rd power."""
    p = drawn("E", (i, j), reading, 50)
    slope = om.gradient(p, i, j, reading=reading)
    turns = {n: slope[n] * getattr(p, n) for n in NUMBERS}
    scaled = [turns[n] for n in (*RATES, "angular_velocity", "power", "temperature")]
    assert sum(scaled) == pytest.approx(3 * turns["mass"], abs=1e-11 * np.abs(scaled).max())


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_more_photons_that_push_less_have_no_effect(reading):
    """α enters by gα, so that g and the drives, P and the mass go together; and in the noise of the laser."""
    p = drawn("E", ("a", "m"), reading, 50)
    slope = om.gradient(p, "a", "m", reading=reading)
    turns = {n: slope[n] * getattr(p, n) for n in ("power", "mass", "laser_linewidth")}
    assert turns["power"] == pytest.approx(turns["laser_linewidth"] - turns["mass"], rel=1e-11)
    systems = random_systems(3, 400)
    slope = om.gradient(systems, 0, "m", reading=reading)
    push = (slope["photon_coupling"] * systems.photon_coupling).sum(-1)
    turns = slope["drive"].conj() * systems.drive
    assert np.isfinite(push).sum() > 50
    assert push == pytest.approx(turns.real.sum(-1), rel=1e-9, abs=1e-12, nan_ok=True)


def test_a_bath_at_zero_temperature_does_not_feel_a_little_heat():
    p = om.CASES["stationary"].replace(temperature=[0.0, 1e-6, 1e-3])
    slope = om.gradient(p, "a", "m")
    assert slope["temperature"][0] == 0 and slope["temperature"][2] < 0
    assert slope["omega_m"][1] == pytest.approx(slope["omega_m"][0], rel=1e-12)


# ---- measures, and where they have no slope


def test_the_margin_has_the_slope_of_E_and_keeps_it_where_E_has_none():
    warm = om.PAPER.replace(temperature=[0.005, 5.0])
    E, of_E = om.gradient(warm, "a", "m", value=True)
    margin, of_margin = om.gradient(warm, "a", "m", of="margin", value=True)
    assert E == pytest.approx(om.solve(warm).log_negativity("a", "m")) and E[1] == 0 > margin[1]
    for name in NUMBERS:
        assert of_margin[name][0] == pytest.approx(of_E[name][0], rel=1e-9, nan_ok=True)
        assert np.isnan(of_E[name][1]) and (
            np.isfinite(of_margin[name][1]) or name == "counter_drive"
        )


def test_a_start_without_entanglement_climbs_the_margin():
    p, W = om.PAPER.replace(temperature=3.0), om.PAPER.omega_m
    assert om.solve(p).log_negativity("a", "m") == 0
    for _ in range(12):
        slope = om.gradient(p, "a", "m", of="margin")
        up = {n: W**2 * slope[n] for n in ("Delta_c", "Delta_a", "G_a", "gamma_a")}
        p = p.replace(**{n: getattr(p, n) + step for n, step in up.items()})
    assert om.solve(p).log_negativity("a", "m") > 0.01


def test_two_modes_that_squeeze_each_other_as_in_closed_form():
    """E = ln(1 + s/K), so that dE/ds = 1/(K + s)."""
    s, K = 0.3, 0.8
    S = np.array([[0, s], [s, 0]])
    pair = om.System(modes=["a", "b"], H=np.zeros((2, 2)), decay=[K, K], squeezing=S, mirrors=())
    slope = om.gradient(pair, "a", "b")
    assert slope["squeezing"] == pytest.approx(np.array([[0, 0.5], [0.5, 0]]) / (K + s), abs=1e-9)
    assert slope["decay"].sum() == pytest.approx(1 / (K + s) - 1 / K)
    assert slope["n"].sum() == pytest.approx(-2), "twice as much noise doubles the variances"
    assert slope["omega_m"].shape == (0,) and slope["photon_coupling"].shape == (2, 0)


def test_a_gain_adds_noise_and_without_either_there_is_a_kink():
    def quanta(gain):
        pair = om.System(modes=["a", "b"], H=[[0, 1], [1, 0]], decay=[-gain, 1.0], mirrors=())
        return om.gradient(pair, "a", of="quanta", value=True)

    _, slope = quanta(0.5)
    (above, _), (below, _) = quanta(0.5 + 1e-5), quanta(0.5 - 1e-5)
    assert slope["decay"][0] == pytest.approx((below - above) / 2e-5, rel=1e-6) and above > below
    assert np.isnan(quanta(0.0)[1]["decay"]).tolist() == [True, False]


def test_where_nothing_is_entangled_the_residual_is_flat():
    hot = om.PAPER.replace(temperature=300.0)
    R, slope = om.gradient(hot, "driven", "a", "m", of="R", value=True)
    assert R == 0 and all(x == 0 for name, x in slope.items() if name != "counter_drive")


def test_a_drive_from_nothing_has_no_slope_by_what_it_goes_with_the_root_of():
    dark = om.PAPER.replace(power=[0.0, 0.04], escape_efficiency=[1.0, 0.0], counter_drive=0.1)
    slope = om.gradient(dark, "m", of="quanta")
    assert np.isnan(slope["power"]).tolist() == [True, False]
    assert np.isnan(slope["escape_efficiency"]).tolist() == [False, True]
    assert all(np.isfinite(slope[n]).all() for n in set(NUMBERS) - {"power", "escape_efficiency"})


# ---- shapes, edges and refusals


def test_a_sweep_of_any_shape_is_the_loop_over_its_points():
    p = random_parameters(60, drive="ccw")
    flat = om.gradient(p, "driven", "m")
    arrays = {n: getattr(p, n).reshape(3, 20) for n in NUMBERS if np.ndim(getattr(p, n))}
    grid = om.gradient(p.replace(**arrays), "driven", "m")
    for name in NUMBERS:
        assert grid[name].shape == (3, 20)
        assert np.array_equal(grid[name].ravel(), flat[name], equal_nan=True)
    for k in np.flatnonzero(np.isfinite(flat["kappa"]))[:10]:
        one = om.gradient(point(p, k), "driven", "m")
        for name in NUMBERS:
            assert isinstance(one[name], np.float64)
            assert one[name] == pytest.approx(flat[name][k], rel=1e-10, nan_ok=True)


def test_arrays_of_a_system_keep_their_own_axes_behind_those_of_the_sweep():
    p = om.system(om.PAPER.replace(kappa=[[3e7], [4e7]], temperature=[1e-3, 2e-3, 3e-3]))
    slope = om.gradient(p, "driven", "m")
    assert slope["H"].shape == (2, 3, 3, 3) and slope["n_m"].shape == (2, 3)
    assert slope["drive"].shape == slope["decay"].shape == (2, 3, 3)
    assert np.array_equal(slope["H"], np.conj(np.swapaxes(slope["H"], -1, -2)))


def test_no_number_where_there_is_no_state_or_no_entanglement():
    p = om.PAPER.replace(Delta_c=[0.0, 2.5 * 63e6, 2.5 * 63e6, 2.5 * 63e6],
                         temperature=[5e-3, 5e-3, 50.0, 5e-3], power=[0.04, 0.04, 0.04, 0.0])  # fmt: skip
    assert om.solve(p).log_negativity("a", "m").tolist()[2:] == [0, 0]
    for name, slope in om.gradient(p, "a", "m").items():
        assert np.isfinite(slope).tolist() == [False, name != "counter_drive", False, False]
    assert np.isnan(om.gradient(p[0], "a", "m")["kappa"])
    drive = om.gradient(om.system(p), "a", "m")["drive"]
    assert np.isnan(drive[0].real).all() and np.isnan(drive[0].imag).all()
