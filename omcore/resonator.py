"""The paper's system: a spinning resonator with atoms, as one member of the family."""

import numpy as np
from scipy.constants import c

from .conventions import ParameterError
from .parameters import Parameters, as_parameters
from .systems import System


def sagnac_shift(p: Parameters):
    r"""Frequency shift of the counter-propagating modes of a spinning resonator, in rad/s.

    .. math:: \Delta_F = \frac{n R \Omega \omega_0}{c}
        \left(1 - \frac{1}{n^2} - \frac{\lambda}{n}\frac{\mathrm{d}n}{\mathrm{d}\lambda}\right)

    Eq. 1 of the paper, after Malykin, Phys.-Usp. 43, 1229 (2000). The stationary resonance
    frequency is taken as that of the laser, which is the same to one part in ten million. With
    dispersion it is too large by the group index over the index; see the book's first chapter.

    Examples
    --------
    >>> import omcore as om
    >>> print(f"{om.sagnac_shift(om.PAPER) / om.PAPER.omega_m:.3f}")
    1.708
    """
    p = as_parameters(p)
    n, wavelength = p.refractive_index, p.wavelength
    rest = n * p.radius * p.angular_velocity * p.omega_0 / c
    return rest * (1 - 1 / n**2 - wavelength / n * p.dispersion)


def cavity_detunings(p: Parameters) -> dict:
    """Detunings of the two cavity modes from the laser, ``Δ_cw,ccw = Δ_c ± Δ_F``, in rad/s.

    The signs are those of the paper, below Eq. 1. Fresnel drag raises the mode that runs with the
    rotation, so for a positive shift "cw" is the co-rotating one; see the book's errata.

    >>> import omcore as om
    >>> print(om.cavity_detunings(om.CASES["stationary"])["cw"] / om.PAPER.omega_m)
    1.0
    """
    shift = sagnac_shift(p)  # which refuses what is no Parameters
    return {"cw": p.Delta_c + shift, "ccw": p.Delta_c - shift}


def system(p: Parameters) -> System:
    r"""The System of the paper: what Eq. 2, the drive and the baths make of laboratory quantities.

    .. math:: H = \begin{pmatrix}
        \Delta_\mathrm{ccw} & Je^{i\theta_J} & G_a \\
        Je^{-i\theta_J} & \Delta_\mathrm{cw} & G_a \\
        G_a & G_a & \Delta_a \end{pmatrix}

    with :math:`\eta G_a` instead of :math:`G_a` for the undriven mode. The driven mode gets
    :math:`\sqrt{1 - f}\,\varepsilon`, the other :math:`\sqrt{f}\,e^{i\theta_f}\varepsilon`. What scatters
    with J is at rest in the laboratory; roughness that turns with the rim is ``omcore.paper.roughness``.

    Its modes are "ccw", "cw" and "a", with the aliases "driven" and "undriven".

    Examples
    --------
    >>> import omcore as om
    >>> om.system(om.PAPER).names
    ('ccw', 'cw', 'a', 'm')
    """
    detuning = cavity_detunings(p)
    ccw, cw, a = range(3)
    driven, undriven = (p.modes.index(mode) for mode in p.aliases.values())
    back = p.backscattering * np.exp(1j * np.asarray(p.backscattering_phase))
    H = np.zeros((*p.shape, 3, 3), complex)
    H[..., ccw, ccw], H[..., cw, cw], H[..., a, a] = detuning["ccw"], detuning["cw"], p.Delta_a
    H[..., ccw, cw], H[..., cw, ccw] = back, np.conj(back)
    H[..., driven, a] = H[..., a, driven] = p.G_a
    H[..., undriven, a] = H[..., a, undriven] = p.undriven_coupling * p.G_a
    decay, drive = np.empty((*p.shape, 3)), np.zeros((*p.shape, 3), complex)
    decay[..., ccw] = decay[..., cw] = p.kappa
    decay[..., a] = p.gamma_a
    phase = np.exp(1j * np.asarray(p.counter_drive_phase))
    drive[..., driven] = np.sqrt(1 - p.counter_drive) * p.drive_amplitude
    drive[..., undriven] = np.sqrt(p.counter_drive) * phase * p.drive_amplitude
    pressure = np.zeros((*np.shape(p.G_0), 3))
    pressure[..., ccw] = pressure[..., cw] = p.G_0
    return System.of_arrays(
        modes=p.modes, aliases=p.aliases,
        H=H, decay=decay, photon_coupling=pressure, drive=drive, coupling=np.zeros(3, complex),
        omega_m=np.asarray(p.omega_m), gamma_m=np.asarray(p.gamma_m), n_m=np.asarray(p.n_m),
        laser_linewidth=np.asarray(p.laser_linewidth),
    )  # fmt: skip


def as_system(p) -> System:
    """A System as it is, Parameters as theirs; anything else is refused."""
    if isinstance(p, System):
        return p
    if isinstance(p, Parameters):
        return system(p)
    raise ParameterError(
        f"p is neither Parameters nor a System but of type {type(p).__name__} (no unit); "
        "give Parameters, as om.PAPER.replace(kappa=...), or a System, as om.System(modes=...)"
    )
