"""The Sagnac-Fizeau shift, Eq. 1, and the detunings that it makes of one."""

from scipy.constants import c

from .parameters import Parameters, as_parameters


def sagnac_shift(p: Parameters):
    r"""Frequency shift of the counter-propagating modes of a spinning resonator, in rad/s.

    .. math:: \Delta_F = \frac{n R \Omega \omega_0}{c}
        \left(1 - \frac{1}{n^2} - \frac{\lambda}{n}\frac{\mathrm{d}n}{\mathrm{d}\lambda}\right)

    Eq. 1 of the paper, after Malykin, Phys.-Usp. 43, 1229 (2000). The stationary resonance
    frequency is taken as that of the laser, which is the same to one part in ten million. With
    dispersion it is too large by the group index over the index; see the book's first chapter.

    Returns
    -------
    array of shape ``p.shape`` or scalar; odd in the angular velocity.

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
    >>> detunings = om.cavity_detunings(om.CASES["stationary"])
    >>> bool(detunings["cw"] == detunings["ccw"])
    True
    """
    shift = sagnac_shift(p)  # which refuses what is no Parameters
    return {"cw": p.Delta_c + shift, "ccw": p.Delta_c - shift}
