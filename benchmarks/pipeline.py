"""From parameters to E_am: omcore against a plain loop over points with SciPy, in one run.

    python benchmarks/pipeline.py [--save FIGURE]

Prints the speed-up for the 601 x 3 points of Fig. 1(c), then how time and memory grow up to a
million points. Everything runs on one thread.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # must be set before NumPy starts its threads

import argparse
import time

import matplotlib.pyplot as plt
import numpy as np
from scipy.linalg import solve_continuous_lyapunov

import omcore as om
RANGE = (-2.5, 5.0)  # of Delta_c/omega_m in Fig. 1(c)
from omcore.figures.kit.style import style


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
        quintic[3:] -= strength * np.array([1.0, -2 * undriven.imag, abs(undriven) ** 2 + abs(load) ** 2])
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


def seconds(function, repeats):
    """The best of several runs: the others were disturbed."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return min(times), result


def speed_up():
    """Fig. 1(c): 3 cases of 601 points each."""
    sweeps = [p.replace(Delta_c=p.omega_m * np.linspace(*RANGE, 601)) for p in om.operating_points().values()]
    slow = fast = np.inf
    for _ in range(5):  # by turns, so that both meet the same moods of the machine
        elapsed, expected = seconds(lambda: [plain_loop(p) for p in sweeps], 1)
        slow = min(slow, elapsed)
        elapsed, found = seconds(
            lambda: [om.solve(p).log_negativity("a", "m") for p in sweeps], 5
        )
        fast = min(fast, elapsed)
    difference = np.nanmax(np.abs(np.subtract(expected, found)))
    print(f"Fig. 1(c), 3 x 601 points, parameters to E_am, one thread, NumPy {np.__version__}")
    print(f"  plain loop with SciPy  {slow * 1e3:8.1f} ms   {slow / 1803 * 1e6:6.1f} µs a point")
    print(f"  omcore                 {fast * 1e3:8.1f} ms   {fast / 1803 * 1e6:6.1f} µs a point")
    print(f"  {slow / fast:.1f} times faster; largest difference of E_am: {difference:.1e}")
    assert np.array_equal(np.isnan(expected), np.isnan(found)), "the two disagree on stability"
    assert difference < 1e-9, "the two disagree"


def growth():
    """Time and peak memory against the number of points."""
    sizes = 10 ** np.arange(1, 7)
    times = []
    print("\n    points      seconds   µs a point   peak memory")
    for n in sizes:
        elapsed, _ = seconds(lambda n=n: sweep(n), 3 if n < 10**5 else 1)
        times.append(elapsed)
        print(f"{n:10d} {elapsed:12.4f} {elapsed / n * 1e6:12.1f}   {peak_memory():8.0f} MB")
    return sizes, np.array(times)


def sweep(n):
    """E_am at n detunings, one call. Only V, 512 bytes a point, and the result grow with n."""
    p = om.PAPER
    return om.solve(p.replace(Delta_c=p.omega_m * np.linspace(*RANGE, n))).log_negativity("a", "m")


def peak_memory():
    try:
        import resource
    except ImportError:  # Windows
        return np.nan
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def draw(sizes, times):
    with style():
        figure, axis = plt.subplots(figsize=(5, 3.4))
        axis.loglog(sizes, times, "o-")
        axis.set(xlabel="points", ylabel="seconds, one thread", title="Parameters to $E_{a-m}$")
    return figure


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--save", metavar="FIGURE", help="draw the growth to this file")
    save = arguments.parse_args().save
    speed_up()
    measured = growth()
    if save:
        draw(*measured).savefig(save)
        print(f"\ndrawn to {save}")
