"""Time evolution, counted trajectories and spectra lead to the numbers of the algebraic chain."""

import numpy as np
import pytest
from points import RNG_SEED, point, random_parameters
from scipy.integrate import solve_ivp

import omcore as om
from omcore.proofs import crosschecks
from omcore.proofs.crosschecks import propagator, spectral_covariance, trajectories

W = om.PAPER.omega_m
STRONG = om.PAPER.replace(power=0.1, kappa=0.5 * W, gamma_a=0.5 * W, Delta_a=W)
BISTABLE = {
    "ccw": STRONG.replace(drive="ccw", Delta_c=3.5 * W),
    "cw": STRONG.replace(drive="cw", Delta_c=0.25 * W),
    "damped mirror": om.PAPER.replace(
        power=0.025, kappa=0.2 * W, gamma_a=0.2 * W, gamma_m=0.5 * W, Delta_c=2.25 * W
    ),
}


def growth(A):
    return np.linalg.eigvals(A).real.max(-1)


def random_solutions(number, chosen, drive):
    """Solutions at random points, the first ``number`` of those whose growth rate is ``chosen``."""
    sweep = random_parameters(400, seed=RNG_SEED + 1, drive=drive)
    picked = np.flatnonzero(chosen(growth(om.solve(sweep).A) / W))[:number]
    assert len(picked) == number
    return [om.solve(point(sweep, k)) for k in picked]


def kick(u, size=1e-3, seed=RNG_SEED):
    """A state near u, in a random direction."""
    direction = np.random.default_rng(seed).standard_normal(8)
    return u + size * np.abs(u).max() * direction / np.linalg.norm(direction)


def distance(u, v):
    """Between mean values, relative to the largest of them."""
    return np.linalg.norm(u - v, axis=-1) / np.abs(v).max()


def branches(p):
    """Mean quadratures and growth rates of fluctuations on every branch."""
    count = len(om.mean_field_branches(p).q)
    fields = [om.mean_field(p, branch=k) for k in range(count)]
    return [f.quadratures() for f in fields], [growth(om.drift_matrix(p, f)) for f in fields]


# ---- the nonlinear mean field, in time


def relax(p, start, duration, accuracy=1e-9):
    """The nonlinear mean field, Eq. 5 without its noise, from a start on: times in s, and mean quadratures.

    It is integrated from the flow itself; ``om.evolve`` takes the drift matrix, and must agree.
    """
    size = accuracy * max(1.0, np.abs(start).max(), p.drive_amplitude / W)
    flow = lambda _, u: om.mean_field_flow(p, u) / W
    path = solve_ivp(flow, (0, duration * W), start, "DOP853", rtol=accuracy, atol=size)
    return path.t / W, path.y.T


def assert_stable(p, u, rate):
    assert rate < 0
    start = kick(u)
    _, path = relax(p, start, 12 / -rate)
    assert distance(path[-1], u) < 0.01 * distance(start, u)


@pytest.mark.parametrize("case", om.CASES)
def test_the_operating_points_are_reached(case):
    """From near by, from the vacuum, and from the state that the bare detuning would have."""
    p = om.CASES[case]
    u, rate = om.mean_field(p).quadratures(), growth(om.solve(p).A)
    assert_stable(p, u, rate)
    bare = om.mean_field(p, "bare-detuning").quadratures()
    assert distance(bare, u) > 0.1
    for start in (np.zeros(8), bare):
        _, path = relax(p, start, 25 / -rate)
        assert distance(path[-1], u) < 1e-6


@pytest.mark.parametrize("drive", om.conventions.DRIVES)
def test_random_stable_points_attract(drive):
    for s in random_solutions(3, lambda g: g < -0.05, drive):
        assert_stable(s.parameters, s.mean_field.quadratures(), growth(s.A))


@pytest.mark.parametrize("name", BISTABLE)
def test_the_steady_state_depends_on_where_one_starts(name):
    """On either side of the middle branch the mean field falls to another one, unlike the text
    below Eq. 10 has it."""
    p = BISTABLE[name]
    (low, middle, high), rates = branches(p)
    values, vectors = np.linalg.eig(om.drift_matrix(p, om.mean_field(p, branch=1)))
    fastest = np.argmax(values.real)
    assert values[fastest].imag == 0  # a saddle: the push goes one way or the other
    push = vectors[:, fastest].real
    push *= 0.01 * np.abs(middle).max() * np.sign(push[6])
    for start, end in ((middle - push, low), (middle + push, high)):
        _, path = relax(p, start, 5 / rates[1] + 25 / -max(rates[0], rates[2]))
        assert distance(path[-1], end) < 1e-6


@pytest.mark.parametrize("name", BISTABLE)
def test_departure_is_as_fast_as_the_drift_matrix_says(name):
    p = BISTABLE[name]
    middle = om.mean_field(p, branch=1)
    values, vectors = np.linalg.eig(om.drift_matrix(p, middle))
    fastest = np.argmax(values.real)
    u = middle.quadratures()
    start = u + 1e-6 * np.abs(u).max() * vectors[:, fastest].real
    t, path = relax(p, start, 3 / values[fastest].real, accuracy=1e-12)
    rate = np.log(distance(path[-1], u) / distance(start, u)) / t[-1]
    assert rate == pytest.approx(values[fastest].real, rel=1e-3)


@pytest.mark.parametrize("name", BISTABLE)
def test_evolve_follows_the_same_mean_field(name):
    """From its linear drift matrices, and also where fluctuations grow beyond what they resolve."""
    p = BISTABLE[name]
    start = kick(om.mean_field(p, branch=1).quadratures())
    t, path = relax(p, start, 60 / W)
    assert distance(om.evolve(p, t, u=start).u, path).max() < 1e-5


# ---- counted trajectories


def sampled_covariance(A, D, number=20_000, seed=0, memory=1e-3):
    """V counted over trajectories from zero, once the slowest decay has left so much of that, and its error.

    Of Gaussian samples V_kl has the variance (V_kk V_ll + V_kl^2)/number.
    """
    rates = np.linalg.eigvals(A)
    step = 3 / np.abs(rates).max()  # any would do, but exp(-A h) must not overflow
    path = trajectories(A, D, step, np.zeros((number, len(A))), seed)
    for _ in range(int(np.ceil(np.log(memory) / rates.real.max() / step))):
        u = next(path)
    V = u.T @ u / number  # the mean is known: it is zero
    return V, np.sqrt((np.outer(np.diag(V), np.diag(V)) + V**2) / number)


def scores(s, V, seed=0):
    """Deviations of the counted covariance from V, in standard errors; each pair once."""
    sample, error = sampled_covariance(s.A / W, s.D / W, seed=seed)
    return ((sample - V) / error)[np.triu_indices(8)]


def stable_solutions(number):
    """At the operating points, and at random ones that trajectories settle at soon enough."""
    random = [
        s
        for drive in om.conventions.DRIVES
        for s in random_solutions(number, lambda g: g < -0.04, drive)
    ]
    return [om.solve(p) for p in om.CASES.values()] + random


def test_counted_covariance_is_v_within_its_errors():
    """Of 9 x 36 normal deviations one beyond 5 has odds of 1 to 5000; their mean square is 1."""
    z = np.array([scores(s, s.V, seed=k) for k, s in enumerate(stable_solutions(3))])
    assert z.shape == (9, 36)
    assert np.abs(z).max() < 5
    assert 0.5 < np.mean(z**2) < 1.6


def test_the_same_seed_gives_the_same_numbers():
    A, D = -np.eye(2), np.eye(2)
    first, again, other = (sampled_covariance(A, D, number=10, seed=k)[0] for k in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


@pytest.mark.parametrize("case", om.CASES)
def test_the_propagator_is_exact(case):
    """Its integral by Gauss and Legendre; and two short steps make a long one."""
    s = om.solve(om.CASES[case])
    A, D, h = s.A / W, s.D / W, 0.7
    M, Q = propagator(A, D, h)
    nodes, weights = np.polynomial.legendre.leggauss(30)
    integral = np.zeros((8, 8))
    for x, weight in zip(nodes, weights, strict=True):
        m, _ = propagator(A, np.zeros((8, 8)), h * (1 + x) / 2)
        integral += h / 2 * weight * m @ D @ m.T
    assert Q == pytest.approx(integral, abs=1e-12 * np.abs(Q).max())
    M2, Q2 = propagator(A, D, 2 * h)
    assert M2 == pytest.approx(M @ M, abs=1e-12)
    assert Q2 == pytest.approx(Q + M @ Q @ M.T, abs=1e-12 * np.abs(Q2).max())


# ---- spectra


def worst(V, reference):
    """Largest deviation of an entry, relative to the two variances that it belongs to."""
    deviation = np.sqrt(np.diag(reference))
    return np.abs((V - reference) / np.outer(deviation, deviation)).max()


@pytest.mark.parametrize("drive", om.conventions.DRIVES)
def test_the_noise_of_all_frequencies_adds_up_at_random_points(drive):
    for s in random_solutions(25, lambda g: g < 0, drive):
        assert s.stable
        assert worst(spectral_covariance(s.A, s.D), s.V) < 1e-7


def test_a_narrow_resonance_is_not_missed():
    """A mirror that rings ten million times: rounding leaves the integral eight digits."""
    s = om.solve(om.PAPER.replace(gamma_m=10.0, power=1e-8))
    assert -1e-6 < growth(s.A) / W < 0
    assert worst(spectral_covariance(s.A, s.D, accuracy=1e-8), s.V) < 1e-6


# ---- all routes


def test_no_covariance_without_a_steady_state():
    s = om.solve(om.PAPER.replace(Delta_c=0.0))
    assert not s.stable
    with pytest.raises(om.UnstableError, match="grow"):
        spectral_covariance(s.A, s.D)


def test_a_hopeless_accuracy_is_refused():
    with pytest.raises(ArithmeticError, match="ask for less"):
        spectral_covariance(-np.eye(2), np.eye(2), accuracy=1e-18)


def test_the_routes_are_independent_of_the_chain():
    """What they are held against, they may not use."""
    assert not {"lyapunov", "solve", "mean_field", "covariance"} & set(vars(crosschecks))
