r"""Magnons in a microwave cavity, after Li, Zhu and Agarwal, Phys. Rev. Lett. 121, 203601 (2018).

Every number is that of chapter 2 of Dilawaiz's thesis, "Entanglement in Coupled Cavity
Magnomechanics" (PIEAS, Islamabad, 2022), which does the calculation of the paper again: its table
of parameters; its :math:`G_{nd} = 4.8` MHz and :math:`\tilde\Delta_n = 0.9\,\omega_d`, stated for
its curves; and what it finds, ``BEST`` and ``LAST``. The 4.8 MHz is read as a frequency, like the
3.2 MHz beside it. Its drift matrix is that of ``system``, term by term.
"""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.style import GUIDE, MIDDLE, THREE_LINES, style

MHZ = 2 * np.pi * 1e6  # rad/s
OMEGA_C, OMEGA_N, OMEGA_M = 10e3 * MHZ, 9.95e3 * MHZ, 10 * MHZ
KAPPA, GAMMA_M = 1 * MHZ, 1e-4 * MHZ  # of light and of magnons alike; of the phonons
EXCHANGE, COUPLING = 3.2 * MHZ, 4.8 * MHZ
MAGNON_DETUNING = 0.9  # effective, in units of omega_m
LAST = 0.2  # K, "up to about 200 mK"
BEST = {  # pair of modes: the detuning of the cavity that is best for it, in units of omega_m
    ("c", "magnon"): -0.75,
    ("magnon", "m"): 0.7,
    ("c", "m"): -1.2,
}
LABELS = ("photons–magnons", "magnons–phonons", "photons–phonons")


def system(detuning, temperature=0.01, coupling=COUPLING) -> om.System:
    """Photons c, magnons and phonons m, at a detuning of the cavity in units of omega_m.

    The magnons push the phonons the other way than light does, and their amplitude is imaginary
    where the coupling of the paper is real: hence the i.
    """
    H = np.zeros((*np.shape(detuning), 2, 2))
    H[..., 0, 0], H[..., 1, 1] = np.asarray(detuning) * OMEGA_M, MAGNON_DETUNING * OMEGA_M
    H[..., 0, 1] = H[..., 1, 0] = EXCHANGE
    return om.System(
        modes=["c", "magnon"], H=H, decay=[KAPPA, KAPPA], coupling=[0, 1j * coupling],
        n=om.occupation([OMEGA_C, OMEGA_N], np.asarray(temperature)[..., None]),
        omega_m=OMEGA_M, gamma_m=GAMMA_M, n_m=om.occupation(OMEGA_M, temperature),
    )  # fmt: skip


def data(resolution=401, coupling=COUPLING):
    """Entanglement of the three pairs, in the order of ``BEST``.

    detuning, temperature : arrays (n,) and (m,), of the cavity in units of omega_m, and K
    E : array (3, n), at 10 mK
    curves, cold : arrays (3, m), each pair at its detuning in ``BEST``, cold with photons and magnons
        in vacuum at every temperature
    best : array (3,), the detuning that is best for each pair
    ends : array (3,), the highest temperature with entanglement of each pair, in K
    """
    detuning, temperature = np.linspace(-2, 2, resolution), np.linspace(0.005, 0.4, resolution)
    over = om.solve(system(detuning, coupling=coupling))
    E = np.array([over.log_negativity(*pair) for pair in BEST])
    warm = [system(x, temperature, coupling) for x in BEST.values()]
    curves, cold = (
        np.array([om.solve(s).log_negativity(*pair) for pair, s in zip(BEST, systems, strict=True)])
        for systems in (warm, [s.replace(n=0) for s in warm])
    )
    return SimpleNamespace(
        detuning=detuning, temperature=temperature, E=E, curves=curves, cold=cold,
        best=detuning[E.argmax(-1)], ends=(temperature * (curves > 0)).max(-1),
    )  # fmt: skip


@style()
def draw(d):
    """Left: against the detuning of the cavity. Right: against the temperature."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7), layout="compressed", sharey=True)
    rows = zip(d.E, d.curves, d.cold, BEST.values(), LABELS, THREE_LINES, strict=True)
    for E, curve, cold, x, name, look in rows:
        left.plot(d.detuning, E, label=name, **look)
        right.plot(1e3 * d.temperature, curve, label=rf"at ${x:g}\,\omega_m$", **look)
        right.plot(1e3 * d.temperature, cold, **look | {"linewidth": 0.8})
        left.axvline(x, ymax=0.82, **{**GUIDE, "color": look["color"]})
    right.plot([], [], color=MIDDLE, linewidth=0.8, label="baths of light and magnons: vacuum")
    right.axvline(1e3 * LAST, **GUIDE)
    left.set(xlabel=r"detuning of the cavity $\Delta_c/\omega_m$", ylabel="$E$", ylim=(0, 0.31))
    right.set(xlabel="temperature (mK)")
    left.legend(loc="upper left", fontsize=8)
    right.legend(fontsize=8)
    return figure
