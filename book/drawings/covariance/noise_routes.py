"""V by other routes: noisy trajectories counted, and the noise spectrum of the mirror."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.proofs.crosschecks import spectral_covariance, trajectories

from ..kit.style import CASE_STYLES, DARK, SIENNA, style


def scaled(p: om.Parameters):
    """A, D and V of one point, with time in units of 1/omega_m."""
    s = om.solve(p).require_stable()
    return s.A / p.omega_m, s.D / p.omega_m, s.V


def at_rest(A, D, number, seed=0, memory=1e-3):
    """Samples of u after all memory of the start, zero, is lost: array (number, n)."""
    slowest = -np.linalg.eigvals(A).real.max()
    path = trajectories(A, D, 1.0, np.zeros((number, len(A))), seed)
    for _ in range(int(np.ceil(-np.log(memory) / slowest))):
        u = next(path)
    return u


def deviations(u, V, number):
    """Rms error of the covariance counted over groups of ``number``, in units of one sample's.

    >>> u = np.random.default_rng(0).standard_normal((40_000, 2))
    >>> print(f"{deviations(u, np.eye(2), 400) * 20:.1f}")  # one over the root of the number
    1.0
    """
    groups = u[: len(u) // number * number].reshape(-1, number, len(V))
    counted = np.einsum("gni,gnj->gij", groups, groups) / number
    unit = np.sqrt(np.outer(np.diag(V), np.diag(V)) + V**2)
    return np.sqrt((((counted - V) / unit) ** 2).mean())


def mirror_spectrum(A, D, frequency):
    """Noise of q, last but one in u, at each frequency: its integral over positive ones is V_qq."""
    chi = np.linalg.inv(-1j * frequency[:, None, None] * np.eye(len(A)) - A)
    return (chi @ D @ np.swapaxes(chi.conj(), -1, -2))[:, -2, -2].real / np.pi


def data(p=om.PAPER, trajectories=2**14, seed=0):
    """Trajectories at the CCW operating point, and spectra at all three; rates in units of omega_m.

    number : array (n,), trajectories counted
    deviation : array (n,), error of the counted V in units of sqrt(V_kk V_ll + V_kl^2), rms
        over all entries and over all groups of that many trajectories
    counted, V : arrays (8, 8), from all trajectories, and from the Lyapunov equation
    frequency : array (m,)
    spectrum : case -> array (m,), noise of q; its area over positive frequencies is V_qq
    area, V_qq : case -> number, from the spectrum and from the Lyapunov equation
    """
    cases = {case: scaled(q) for case, q in om.operating_points(p).items()}
    A, D, V = cases["ccw"]
    u = at_rest(A, D, trajectories, seed)
    number = 2 ** np.arange(3, int(np.log2(trajectories)) + 1)
    deviation = np.array([deviations(u, V, n) for n in number])
    frequency = np.linspace(0, 2.5, 1001)
    spectrum = {case: mirror_spectrum(A, D, frequency) for case, (A, D, _) in cases.items()}
    area = {case: float(spectral_covariance(A, D)[-2, -2]) for case, (A, D, _) in cases.items()}
    V_qq = {case: float(V[-2, -2]) for case, (*_, V) in cases.items()}
    return SimpleNamespace(
        number=number, deviation=deviation, counted=u.T @ u / len(u), V=V,
        frequency=frequency, spectrum=spectrum, area=area, V_qq=V_qq,
    )  # fmt: skip


@style()
def draw(d):
    """Left: the error of the count. Right: the spectra of the mirror."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.0, 3.8))
    left.loglog(d.number, 1 / np.sqrt(d.number), color=DARK, label=r"$1/\sqrt{N}$")
    left.loglog(d.number, d.deviation, "o", color=SIENNA, markersize=5, label="counted")
    left.set(xlabel="trajectories $N$", ylabel="relative error of $V$, rms")
    left.legend()
    for case, curve in d.spectrum.items():
        look = CASE_STYLES[case]
        right.plot(
            d.frequency, curve, **look | {"label": f"{look['label']}: area {d.area[case]:.3f}"}
        )
    top = 1.45 * max(curve.max() for curve in d.spectrum.values())  # room for the legend
    right.set(xlabel=r"$\omega/\omega_m$", ylabel="noise of $q$", xlim=(0, 2.5), ylim=(0, top))
    right.legend(loc="upper right", fontsize=8)
    return figure
