"""From parameters to E_am and to R: omcore against a plain loop over points with SciPy, in one run.

    python benchmarks/pipeline.py

Prints how fast the 601 x 3 points of Fig. 1(c) are, by a plain loop, by the general Lyapunov solver and
by the closed form of V, step by step; then how time and memory grow up to a million points. Everything
runs on one thread. It fails where a limit that it prints is missed.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # must be set before NumPy starts its threads

import time

import numpy as np
from scipy.linalg import solve_continuous_lyapunov

import omcore as om
from omcore import solution
from omcore.engine import displacements, points, response
from omcore.gaussian import entanglement, symplectic

RANGE = (-2.5, 5.0)  # of Delta_c/omega_m in Fig. 1(c)


def plain_loop(p):
    """What one writes first: roots, matrices and Lyapunov solve, one point after the other."""
    detuning = om.cavity_detunings(p)
    w, kappa, G_a = p.omega_m, p.kappa / p.omega_m, p.G_a / p.omega_m
    load = G_a**2 / (p.gamma_a + 1j * p.Delta_a) * w
    strength = (p.G_0 * p.drive_amplitude / w**2) ** 2
    D = om.diffusion_matrix(p.replace(Delta_c=0.0)) / w
    undriven_mode = "cw" if p.drive == "ccw" else "ccw"
    E = np.full(np.shape(p.Delta_c), np.nan)
    for k in range(len(E)):
        driven = kappa + 1j * detuning[p.drive][k] / w + load
        undriven = kappa + 1j * detuning[undriven_mode][k] / w + load
        det = np.array([-1.0, -1j * (driven + undriven), driven * undriven - load**2])
        quintic = np.zeros(6)
        quintic[:5] = np.convolve(det, det.conj()).real
        quintic[3:] -= strength * np.array(
            [1.0, -2 * undriven.imag, abs(undriven) ** 2 + abs(load) ** 2]
        )
        roots = np.roots(quintic)
        for y in np.sort(roots[abs(roots.imag) < 1e-9].real):
            A = drift(p, y, (driven, undriven, load), detuning["ccw"][k] / w, detuning["cw"][k] / w)
            if np.linalg.eigvals(A).real.max() < 0:
                E[k] = log_negativity(solve_continuous_lyapunov(A, -D)[4:, 4:])
                break
    return E


def drift(p, y, responses, Delta_ccw, Delta_cw):
    """Eq. 8 in units of omega_m, written out."""
    driven, undriven, load = responses
    driven, undriven = driven - 1j * y, undriven - 1j * y
    scale = np.sqrt(2) * p.G_0 * p.drive_amplitude / p.omega_m**2 / (driven * undriven - load**2)
    pair = {"cw": undriven * scale, "ccw": -load * scale}
    if p.drive == "ccw":
        pair = {"ccw": undriven * scale, "cw": -load * scale}
    g, h = pair["ccw"], pair["cw"]
    k, a, G, d, m = (v / p.omega_m for v in (p.kappa, p.gamma_a, p.G_a, p.Delta_a, p.gamma_m))
    u, v = Delta_ccw - y, Delta_cw - y
    return np.array([
        [-k, u, 0, 0, 0, G, -g.imag, 0],
        [-u, -k, 0, 0, -G, 0, g.real, 0],
        [0, 0, -k, v, 0, G, -h.imag, 0],
        [0, 0, -v, -k, -G, 0, h.real, 0],
        [0, G, 0, G, -a, d, 0, 0],
        [-G, 0, -G, 0, -d, -a, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 1],
        [g.real, g.imag, h.real, h.imag, 0, 0, -1, -m],
    ])  # fmt: skip


def log_negativity(V):
    """The usual closed form for two modes, in its stable version."""
    det = np.linalg.det
    S = det(V[:2, :2]) + det(V[2:, 2:]) - 2 * det(V[:2, 2:])
    nu2 = 2 * det(V) / (S + np.sqrt(max(S * S - 4 * det(V), 0)))
    return max(0.0, -0.5 * np.log(4 * nu2))


def seconds(function, repeats, clock=time.perf_counter):
    """The best of several runs: the others were disturbed."""
    times = []
    for _ in range(repeats):
        start = clock()
        result = function()
        times.append(clock() - start)
    return min(times), result


def general_route(p):
    """The chain with the general solver for V, as it was before the closed form."""
    field = om.mean_field(p)
    V = om.lyapunov(om.drift_matrix(p, field), om.diffusion_matrix(p))
    return om.log_negativity(V, 2, 3)  # atoms and mirror


E_LIMIT, R_LIMIT, MEMORY_LIMIT = 15, 10, 900  # times the plain loop, the same, MB at 10^6 points


def speed_up():
    """Fig. 1(c): 3 cases of 601 points each, all routes by turns, so that they meet the same machine."""
    sweeps = [
        p.replace(Delta_c=p.omega_m * np.linspace(*RANGE, 601))
        for p in om.operating_points().values()
    ]
    routes = {
        "plain loop, SciPy, to E_am": (plain_loop, 1),
        "general solver, to E_am": (general_route, 5),
        "omcore, to E_am": (lambda p: om.solve(p).log_negativity("a", "m"), 5),
        "omcore, to R": (lambda p: om.solve(p).residual_contangle("driven", "a", "m"), 5),
    }
    best, found = dict.fromkeys(routes, np.inf), {}
    for _ in range(5):
        for name, (route, repeats) in routes.items():
            elapsed, found[name] = seconds(lambda route=route: [route(p) for p in sweeps], repeats)
            best[name] = min(best[name], elapsed)
    plain, _, fast, R = best
    print(f"Fig. 1(c), 3 x 601 points, one thread, NumPy {np.__version__}")
    for name, elapsed in best.items():
        times = best[plain] / elapsed
        print(
            f"  {name:28s}{elapsed / 1803 * 1e6:7.2f} us a point  {times:6.1f} times the plain loop"
        )
    difference = np.nanmax(np.abs(np.subtract(found[plain], found[fast])))
    print(f"  largest difference of E_am: {difference:.1e}")
    profile(sweeps)
    check("E_am", best[plain] / best[fast], ">=", E_LIMIT, "times the plain loop")
    check("R", best[plain] / best[R], ">=", R_LIMIT, "times the plain loop")
    check("difference of E_am", difference, "<=", 1e-9, "")
    same = np.array_equal(np.isnan(found[plain]), np.isnan(found[fast]))
    check("points that disagree on stability", 0 if same else 1, "<=", 0, "")


STEPS = {  # step -> where it is called, and its name there
    "system": (points, "flat_system"),
    "mean field": (solution, "steady_field"),
    "    roots": (displacements, "real_roots"),
    "stability, V and its judge": (solution, "covariance"),
    "    correlations": (response, "_correlations"),
    "    residual": (response, "backward_residual"),
    "uncertainty relation": (symplectic, "_obeys_uncertainty"),
    "E_am of the reduced state": (entanglement, "_margins"),
}


def profile(sweeps, repeats=30):
    """Where the time goes, step by step; steps indented belong to the one above."""
    spent = {}

    def timed(name, function):
        def call(*arguments, **options):
            start = time.perf_counter()
            result = function(*arguments, **options)
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
            return result

        return call

    originals = {name: getattr(module, function) for name, (module, function) in STEPS.items()}
    least = dict.fromkeys(STEPS, np.inf)
    try:
        for name, (module, function) in STEPS.items():
            setattr(module, function, timed(name, originals[name]))
        for _ in range(repeats):
            spent.clear()
            for p in sweeps:
                om.solve(p).log_negativity("a", "m")
            least = {name: min(least[name], spent[name]) for name in STEPS}
    finally:
        for name, (module, function) in STEPS.items():
            setattr(module, function, originals[name])
    for name, elapsed in least.items():
        print(f"    {name:28s}{elapsed / 1803 * 1e6:6.2f} us a point")


def check(name, value, relation, limit, unit):
    """Print a limit, and stop with an error if it is missed."""
    print(f"  {name}: {value:.3g} {unit}, limit {relation} {limit:g}")
    if not (value >= limit if relation == ">=" else value <= limit):
        raise SystemExit(f"missed: {name} is {value:.3g} {unit}, the limit is {relation} {limit:g}")


def growth():
    """Time and peak memory against the number of points."""
    print("\n    points      seconds   us a point   peak memory")
    for n in 10 ** np.arange(1, 7):
        elapsed, _ = seconds(lambda n=n: sweep(n), 3 if n < 10**5 else 1)
        print(f"{n:10d} {elapsed:12.4f} {elapsed / n * 1e6:12.1f}   {peak_memory():8.0f} MB")
    check("peak memory", peak_memory(), "<=", MEMORY_LIMIT, "MB")


def sweep(n):
    """E_am at n detunings, one call. Only V, 512 bytes a point, and the result grow with n."""
    p = om.PAPER
    return om.solve(p.replace(Delta_c=p.omega_m * np.linspace(*RANGE[::-1], n))).log_negativity(
        "a", "m"
    )


def peak_memory():
    """Of this process, in MB. What Linux counts as a child's own holds its parent's too, so that
    the kernel's mark of this program comes first."""
    try:
        with open("/proc/self/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) for line in status if "VmHWM" in line) / 1024
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return np.nan
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    speed_up()
    growth()
