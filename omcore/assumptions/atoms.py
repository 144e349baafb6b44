"""Real atoms: two levels that saturate, positions along the rim, and a dipole that decays."""

from dataclasses import dataclass

import numpy as np
from scipy.constants import c, hbar

from ..parameters import Parameters
from ..resonator import system
from ..steady_state import mean_field
from ..systems import System


@dataclass(frozen=True)
class Saturation:
    """The steady state of a saturable medium, for a range of its inversion.

    response : array (n,), (N_down - N_up)/N, the response over that of unsaturated atoms
    atoms : array (n,), number N of atoms with this response
    excited : array (n,), fraction N_up/N
    scattered : array (n,), power in W that the atoms radiate
    linear : excitations |c_s|² of the model's oscillator
    """

    response: np.ndarray
    atoms: np.ndarray
    excited: np.ndarray
    scattered: np.ndarray
    linear: float

    def at(self, atoms):
        """Excited fraction, response and scattered power for a number of atoms, by interpolation.

        >>> import omcore as om
        >>> excited, response, scattered = saturation(om.PAPER).at(1e6)
        >>> print(f"{excited:.3f} {response:.1e} {scattered * 1e6:.1f} µW")
        0.500 1.3e-04 4.9 µW
        """
        at = lambda y: np.exp(np.interp(np.log(atoms), np.log(self.atoms), np.log(y)))
        return at(self.excited), at(self.response), at(self.scattered)


def saturation(p: Parameters, number=801, reading="self-consistent") -> Saturation:
    r"""Mean-field steady state with N two-level atoms in place of the oscillator.

    .. math:: \dot s = -(i\Delta_a + \gamma_a)s + igA\,w, \qquad
              \dot w = -2\gamma_a(w + 1) + 4g\,\mathrm{Im}(A s^*), \qquad
              w = -\frac{1}{1 + S}, \quad S = \frac{2g^2|A|^2}{\gamma_a^2 + \Delta_a^2}

    s is the mean of an atom's :math:`\sigma_-`, w that of its :math:`\sigma_z`, A the sum of both
    cavity amplitudes, and all of :math:`\gamma_a` is attributed to radiation. The atoms respond as the
    model's oscillator with :math:`G_a^2` times :math:`1/(1 + S)`. So each of ``number`` values of S gives a
    mean field, which gives N; N ascends. ``p`` is one point, with equal coupling of the atoms to both modes.

    >>> import omcore as om
    >>> print(f"{saturation(om.PAPER).at(1e11)[0]:.4f}")
    0.0110
    """
    S = np.geomspace(1e6, 1e-5, number)
    response = 1 / (1 + S)
    field = mean_field(p.replace(G_a=p.G_a * np.sqrt(response)), reading)
    light = abs(field.alpha_ccw + field.alpha_cw) ** 2
    atoms = 2 * p.G_a**2 * light / ((p.gamma_a**2 + p.Delta_a**2) * S)
    excited = S / (2 * (1 + S))
    scattered = atoms * excited * 2 * p.gamma_a * hbar * p.omega_0
    return Saturation(response, atoms, excited, scattered, abs(mean_field(p, reading).c) ** 2)


def seen_with_overlap(p: Parameters, overlap) -> System:
    r"""Atoms that couple to two collective modes of overlap :math:`\eta`, one for each direction of light.

    At the angle φ of the rim, the two cavity modes have the phases :math:`e^{\pm il\varphi}`. So each
    excites a collective mode of its own: "a" is that of the driven mode, and the undriven one excites
    :math:`\eta a + \sqrt{1 - \eta^2}\,b`.

    The overlap is an array from 0 to 1 that broadcasts with p; the System has the modes "ccw", "cw", "a" and
    "b", and the aliases "driven" and "undriven".

    >>> import omcore as om
    >>> E = om.solve(seen_with_overlap(om.CASES["stationary"], [1.0, 0.0])).log_negativity("a", "m")
    >>> E.round(4)
    array([0.0709, 0.121 ])
    """
    seen, overlap = system(p), np.asarray(overlap, float)
    shape = np.broadcast_shapes(p.shape, overlap.shape)
    H = np.zeros((*shape, 4, 4), complex)
    H[..., :3, :3] = seen.H
    H[..., 3, 3] = p.Delta_a
    k = seen.index("undriven")
    for mode, share in ((2, overlap), (3, np.sqrt(1 - overlap**2))):
        H[..., k, mode] = H[..., mode, k] = share * p.G_a
    with_b = lambda array, last: np.concatenate([array, last], axis=-1)
    return System(
        modes=(*seen.modes, "b"), aliases=seen.aliases, H=H,
        decay=with_b(seen.decay, seen.decay[..., 2:]),
        photon_coupling=with_b(seen.photon_coupling, 0 * seen.photon_coupling[..., :1]),
        drive=with_b(seen.drive, 0 * seen.drive[..., :1]),
        omega_m=p.omega_m, gamma_m=p.gamma_m, n_m=p.n_m,
    )  # fmt: skip


def overlap_of_cloud(p: Parameters, spread):
    r"""Overlap :math:`\eta = e^{-2(2\pi n\sigma/\lambda)^2}` of a cloud of rms length σ along the rim.

    It is :math:`|\langle e^{2il\varphi}\rangle|` of a Gaussian distribution, with
    :math:`l = 2\pi nR/\lambda`.

    >>> import omcore as om
    >>> print(f"{overlap_of_cloud(om.PAPER, 100e-9):.2f}")
    0.49
    """
    return np.exp(-2 * (2 * np.pi * p.refractive_index * spread / p.wavelength) ** 2)


def volume_outside(p: Parameters):
    r"""Volume outside the glass that the light of the lowest mode of a sphere reaches, in m³.

    Its length is :math:`2\pi R`, its width :math:`\sqrt\pi R/\sqrt l`, and its depth, at which the intensity
    has fallen to 1/e, :math:`\lambda/4\pi\sqrt{n^2 - 1}`.

    >>> import omcore as om
    >>> print(f"{volume_outside(om.PAPER):.1e} m³")
    1.9e-14 m³
    """
    n, R = p.refractive_index, p.radius
    width = R * np.sqrt(np.pi / (2 * np.pi * n * R / p.wavelength))
    return 2 * np.pi * R * width * p.wavelength / (4 * np.pi * np.sqrt(n**2 - 1))


def volume_for_coupling(p: Parameters, g):
    r"""Mode volume in which one atom of linewidth :math:`\gamma_a` has the coupling g, in m³.

    From :math:`g = \mu\sqrt{\omega_c/2\hbar\epsilon_0V}`, below Eq. 2, and the rate
    :math:`2\gamma_a = \omega_c^3\mu^2/3\pi\epsilon_0\hbar c^3` at which a dipole μ radiates:
    :math:`V = 3c\lambda^2\gamma_a/4\pi g^2`.

    >>> import omcore as om
    >>> print(f"{volume_for_coupling(om.PAPER, 115.0):.1f} m³")
    0.5 m³
    """
    return 3 * c * np.square(p.wavelength) * p.gamma_a / (4 * np.pi * np.square(g))


def coupling_at_rim(p: Parameters):
    r"""Largest coupling of one atom outside the glass to the lowest mode of a sphere, in rad/s.

    Near the surface the field of a mode with :math:`l = 2\pi nR/\lambda` is an Airy function of
    the length :math:`\delta = R(2l^2)^{-1/3}`, and decays outside at the rate
    :math:`k = 2\pi\sqrt{n^2 - 1}/\lambda`. For light polarised parallel to
    the surface, and an atom there, the mode volume is
    :math:`V = n^2\,2\pi R\,(\sqrt\pi R/\sqrt l)\,\delta\,(k\delta)^2`, and
    :math:`g^2 = 3c\lambda^2\gamma_a/4\pi V`.

    >>> import omcore as om
    >>> print(f"{coupling_at_rim(om.PAPER):.1e} rad/s")
    7.8e+06 rad/s
    """
    n, R = p.refractive_index, p.radius
    turns = 2 * np.pi * n * R / p.wavelength
    depth = R * (2 * turns**2) ** (-1 / 3)
    decay = 2 * np.pi * np.sqrt(n**2 - 1) / p.wavelength
    volume = n**2 * 2 * np.pi * R * R * np.sqrt(np.pi / turns) * depth * (decay * depth) ** 2
    return np.sqrt(volume_for_coupling(p, 1.0) / volume)
