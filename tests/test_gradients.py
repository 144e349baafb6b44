"""The gradient: the slopes of finite differences, and the symmetries that tie derivatives together."""

import numpy as np
import pytest
from points import bistable, point, random_parameters
from test_systems import random_systems

import omcore as om
from omcore.systems import FIELDS

PAIRS = [("a", "m"), ("driven", "m"), ("undriven", "m"), ("driven", "a"), ("a", ("driven", "m"))]
NUMBERS = [name for name in om.Parameters.__annotations__ if name != "drive"]
RATES = {"omega_m", "gamma_m", "kappa", "gamma_a", "G_a", "Delta_a", "Delta_c", "backscattering"}
SIGNED = {  # what a change is measured by where a number may be zero
    "dispersion": 1e5, "angular_velocity": 3e4, "Delta_a": 63e6, "Delta_c": 63e6,
    "backscattering_phase": 1.0, "counter_drive_phase": 1.0, "undriven_coupling": 1.0,
}  # fmt: skip


def entangled(i, j, reading, count, drive="cw", seed=5):
    """``count`` points with E > 1e-3, every field of Parameters drawn at random."""
    n, rng, P = 2500, np.random.default_rng(seed), om.PAPER
    p = random_parameters(
        n, seed, drive=drive,
        refractive_index=rng.uniform(1.3, 2.5, n), radius=P.radius * rng.uniform(0.5, 2, n),
        wavelength=P.wavelength * rng.uniform(0.6, 1.5, n), dispersion=rng.uniform(-3e4, 3e4, n),
        mass=P.mass * rng.uniform(0.5, 3, n), omega_m=P.omega_m * rng.uniform(0.7, 1.5, n),
        backscattering=P.omega_m * rng.uniform(0, 0.5, n), backscattering_phase=rng.uniform(-3, 3, n),
        counter_drive=rng.uniform(0.02, 0.6, n), counter_drive_phase=rng.uniform(-3, 3, n),
        undriven_coupling=rng.uniform(-0.5, 1.5, n),
    )  # fmt: skip
    found = np.flatnonzero(om.solve(p, reading).log_negativity(i, j) > 1e-3)[:count]
    return p[found]


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


@pytest.mark.parametrize("k, reading", [*enumerate(om.MEAN_FIELDS)])
@pytest.mark.parametrize("n", range(len(PAIRS)))
def test_every_derivative_is_a_slope(n, k, reading):
    (i, j), drive = PAIRS[n], om.conventions.DRIVES[(n + k) % 2]
    p = entangled(i, j, reading, 8, drive)
    assert p.shape[0] >= 4
    gradient = om.gradient(p, i, j, reading)
    assert list(gradient) == NUMBERS
    for name in NUMBERS:

        def E(d, name=name):
            changed = p.replace(**{name: getattr(p, name) + d})
            return om.solve(changed, reading).log_negativity(i, j)

        unit = np.full(p.shape, SIGNED[name]) if name in SIGNED else getattr(p, name)
        found = difference(E, unit) * unit
        # 2e-8: what rounding leaves in a difference of E over a step of 1e-5
        assert gradient[name] * unit == pytest.approx(found, rel=1e-6, abs=2e-8), name


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_every_derivative_of_a_system_is_a_slope(n, given, reading):
    p = random_systems(n, 400, n_m=np.linspace(2, 50, 400))
    p = p.about(om.mean_field(p)) if given else p
    p = p[np.flatnonzero(om.solve(p, reading).log_negativity(0, n) > 1e-3)[:3]]
    gradient = om.gradient(p, 0, "m", reading)
    left_out = {"photon_coupling", "drive"} if given else {"coupling"}
    assert set(gradient) == set(FIELDS) - left_out
    for name, slopes in gradient.items():
        whole = np.broadcast_to(getattr(p, name), slopes.shape)
        assert slopes.dtype == whole.dtype
        unit = np.abs(whole).reshape(len(slopes), -1).max(-1)
        for change in changes_of(name, n):

            def E(d, name=name, whole=whole, change=change):
                changed = whole + d.reshape(*d.shape, *[1] * change.ndim) * change
                fields = {n: getattr(p, n) for n in FIELDS} | {name: changed}
                return om.solve(om.System(modes=p.modes, **fields), reading).log_negativity(0, "m")

            expected = (slopes.conj() * change).real.reshape(len(slopes), -1).sum(-1) * unit
            found = difference(E, unit) * unit
            assert expected == pytest.approx(found, rel=1e-6, abs=1e-9), name


def changes_of(name, n):
    """Every way to change a field by a real number: of H, those that leave it Hermitian."""
    own, kind, _ = FIELDS[name]
    factors = (1, 1j) if kind is complex else (1,)
    for index in np.ndindex((n,) * own):
        for factor in factors:
            change = np.zeros((n,) * own, kind)
            change[index] = factor
            change = change + change.conj().T if own == 2 else change
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
    p = entangled(i, j, reading, 50)
    slope = om.gradient(p, i, j, reading)
    turns = {n: slope[n] * getattr(p, n) for n in NUMBERS}
    scaled = [turns[n] for n in (*RATES, "angular_velocity", "power", "temperature")]
    assert sum(scaled) == pytest.approx(3 * turns["mass"], abs=1e-11 * np.abs(scaled).max())


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_more_photons_that_push_less_have_no_effect(reading):
    """α only enters by gα, so E depends on the product of g and the drives, and on P over the mass."""
    p = entangled("a", "m", reading, 50)
    slope = om.gradient(p, "a", "m", reading)
    assert slope["power"] * p.power == pytest.approx(-slope["mass"] * p.mass, rel=1e-11)
    systems = random_systems(3, 400)
    slope = om.gradient(systems, 0, "m", reading)
    push = (slope["photon_coupling"] * systems.photon_coupling).sum(-1)
    turns = slope["drive"].conj() * systems.drive
    assert np.isfinite(push).sum() > 50
    assert push == pytest.approx(turns.real.sum(-1), rel=1e-9, abs=1e-12, nan_ok=True)


def test_a_bath_at_zero_temperature_does_not_feel_a_little_heat():
    p = om.CASES["stationary"].replace(temperature=[0.0, 1e-6, 1e-3])
    slope = om.gradient(p, "a", "m")
    assert slope["temperature"][0] == 0 and slope["temperature"][2] < 0
    assert slope["omega_m"][1] == pytest.approx(slope["omega_m"][0], rel=1e-12)


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
