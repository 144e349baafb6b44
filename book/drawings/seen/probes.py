"""Read-out of mirror and atoms by two probes, as modes of the same System, and what they cost."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.gaussian.parties import part

from ..kit.panels import legend_below, row_of_panels
from ..kit.style import FOUR_STYLES, GUIDE, style

BAND = 0.1  # width of the filters on the probes, in omega_m
KEPT = 0.9  # share of E_am that the probes must leave
PROBES = ("mirror's probe", "atoms' probe")
SEEN = ("seen of the mirror", "seen of the atoms")
_STRENGTH, _WIDTH = (np.log(0.005), np.log(1.0)), (np.log(0.02), np.log(3.0))
BOX = [_STRENGTH, _STRENGTH, _WIDTH, _WIDTH, (0.2, 2.0), (0.2, 2.0), (0.2, 2.0)]
"""Logarithms of the couplings G_p and J and of the widths of both probes, how far the first resonance lies
above its laser and the second below, and the frequency of both filters; all in omega_m."""


def probed(p, x):
    r"""The System about its mean field with two probes, one mode each.

    The mirror's probe has its own laser, on the red side: in the frame of that, its resonance is at
    :math:`+\Delta_m`. It is coupled to the mirror as any driven cavity, :math:`-G_p x_p q`, so that it heats
    the mirror, too. The atoms' probe swaps excitations with them, :math:`J(z_p^\dagger c + h.c.)`.

    x : array (7, ...), as ``BOX`` has it, or four couplings and widths that are -inf: no probe
    """
    system, W = om.system(p).about(om.mean_field(p)), p.omega_m
    G, J, K_m, K_a = (np.exp(value) * W for value in x[:4])
    n, a = len(system.modes), system.index("a")
    H = np.zeros((*np.shape(G), n + 2, n + 2), complex)
    H[..., :n, :n] = system.H
    H[..., n, n], H[..., n + 1, n + 1] = x[4] * W, -x[5] * W
    H[..., a, n + 1] = H[..., n + 1, a] = J
    coupling, decay = np.zeros((2, *np.shape(G), n + 2), complex)
    coupling[..., :n], coupling[..., n] = system.coupling, G
    decay[..., :n], decay[..., n], decay[..., n + 1] = system.decay, K_m, K_a
    return om.System(
        modes=(*system.modes, *PROBES), H=H, decay=decay.real, coupling=coupling,
        omega_m=system.omega_m, gamma_m=system.gamma_m, n_m=system.n_m, aliases=dict(system.aliases),
    )  # fmt: skip


def read(p, x, efficiency=1.0, band=BAND):
    """Solutions with both probes, and with the filtered light that leaves them, too."""
    s, W = om.solve(probed(p, x)), p.omega_m
    linear = s.linear
    for sign, probe, name in zip((1, -1), PROBES, SEEN, strict=True):
        linear = linear.filtered(
            probe, at=sign * x[6] * W, width=band * W, efficiency=efficiency, name=name
        )
    return s, om.solve(linear)


def worth(p, x, kept=KEPT, band=BAND):
    """The margin that is seen, less a penalty if less than a share of E_am is left."""
    s, seen = read(p, x, band=band)
    left = s.log_negativity("a", "m") / om.solve(p).log_negativity("a", "m")
    return seen.separability_margin(*SEEN) - 5 * np.maximum(kept - left, 0)


def seen_state(p, x, efficiency=1.0, band=BAND):
    """Covariance matrix (4, 4) of what is seen of atoms and mirror, in this order."""
    _, seen = read(p, x, efficiency, band)
    return part(seen.V, [seen.names.index(name) for name in SEEN[::-1]])


def data(positions, strengths=None):
    """What both probes see and what they leave, against their strength.

    positions : case -> (Parameters, x), the state that is read, and the best pair of probes
    strength : array (n,), of both couplings over those of the best pair
    seen, left, records : case -> arrays (n,): entanglement that is seen, E_am that is left, and the records
        that show with two settings that the seen light is entangled, by five standard deviations
    """
    strength = np.linspace(0, 2, 81)[1:] if strengths is None else np.asarray(strengths)
    d = SimpleNamespace(strength=strength, seen={}, left={}, records={})
    for case, (p, x) in positions.items():
        x = np.repeat(np.asarray(x, float)[:, None], len(strength), 1)
        x[:2] += np.log(strength)
        s, seen = read(p, x)
        d.seen[case], d.left[case] = seen.separability_margin(*SEEN), s.log_negativity("a", "m")
        d.records[case] = np.where(d.seen[case] > 0, witness_records(np.exp(-d.seen[case])), np.nan)
    return d


def witness_records(ratio, sure=5.0):
    """Records, in two settings, by which an EPR ratio is below 1 by so many standard deviations."""
    return 2 * (sure * ratio / (1 - ratio)) ** 2


@style()
def draw(d):
    """Three panels over the strength of the probes; dots at the best pair."""
    figure, axes = row_of_panels(3, figsize=(10, 3.8), sharey=False)
    panels = zip(axes, (d.seen, d.left, d.records), strict=True)
    for axis, curves in panels:
        for case, y in curves.items():
            axis.plot(d.strength, y, **FOUR_STYLES[case])
        axis.axvline(1.0, **GUIDE)
        axis.set(xlabel="strength of both probes", xlim=(0, d.strength[-1]))
    axes[0].set(title="seen outside", ylabel="$E$", ylim=(0, None))
    axes[1].set(title="left inside", ylabel="$E_{a-m}$", ylim=(0, None))
    axes[2].set(title="records for 5 standard deviations", yscale="log", ylim=(1e2, 1e6))
    legend_below(figure, axes[0], ncols=4)
    return figure
