"""A thin disc of fused silica: its thickness, its radial modes, and the stress of spinning.

Plane stress is assumed: the disc is much thinner than wide, and no force acts on its faces.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import j0, j1

DENSITY, YOUNG, POISSON, STRENGTH = 2200.0, 73e9, 0.17, 50e6
"""Fused silica, ρ, Y, ν and strength in tension: kg/m³, Pa, 1 and Pa, as makeitfrom.com lists them."""


def thickness(mass, radius):
    """Thickness of a disc of silica of this mass and radius, ``m/(πR²ρ)``, in m.

    >>> import omcore as om
    >>> print(f"{thickness(om.PAPER.mass, om.PAPER.radius) * 1e9:.2f} nm")
    1.20 nm
    """
    return mass / (np.pi * np.square(radius) * DENSITY)


def sound_speed():
    r"""Speed of stretching waves in a thin plate, :math:`\sqrt{Y/\rho(1 - \nu^2)}`, in m/s.

    >>> print(f"{sound_speed():.0f}")
    5845
    """
    return np.sqrt(YOUNG / (DENSITY * (1 - POISSON**2)))


def radial_roots(number, poisson=POISSON):
    r"""The first roots k of the radial modes of a free disc, :math:`kJ_0(k) = (1 - \nu)J_1(k)`.

    The displacement is :math:`J_1(kr/R)`, without stress at r = R. Array (number,).

    >>> radial_roots(4).round(3)
    array([ 1.964,  5.364,  8.556, 11.721])
    """
    balance = lambda k: k * j0(k) - (1 - poisson) * j1(k)
    grid = np.linspace(0.5, np.pi * (number + 1), 50 * (number + 1))
    change = np.flatnonzero(np.diff(np.sign(balance(grid))))[:number]
    return np.array([brentq(balance, grid[i], grid[i + 1], xtol=1e-14) for i in change])


def breathing_frequency(radius, mode=1):
    """Angular frequency of a radial mode of a disc of silica, in rad/s; modes are counted from 1.

    It does not depend on the thickness.

    >>> print(f"{breathing_frequency(1.1e-3):.3g}")
    1.04e+07
    """
    return radial_roots(mode)[-1] * sound_speed() / np.asarray(radius)


def ring_width(mass, radius):
    """Side of the square cross-section of a thin ring of silica of this mass and radius, in m.

    >>> import omcore as om
    >>> print(f"{ring_width(om.PAPER.mass, om.PAPER.radius) * 1e6:.2f} µm")
    0.81 µm
    """
    return np.sqrt(mass / (2 * np.pi * radius * DENSITY))


def ring_frequency(radius):
    r"""Angular frequency of the breathing of a thin ring of silica, :math:`\sqrt{Y/\rho}/R`, in rad/s.

    >>> print(f"{ring_frequency(1.1e-3):.3g}")
    5.24e+06
    """
    return np.sqrt(YOUNG / DENSITY) / radius


def effective_mass_fraction(mode=1):
    r"""Effective mass for the displacement of the rim over the mass: :math:`1 - (1 - \nu^2)/k^2`.

    >>> print(f"{effective_mass_fraction():.3f} {effective_mass_fraction(4):.3f}")
    0.748 0.993
    """
    return 1 - (1 - POISSON**2) / radial_roots(mode)[-1] ** 2


def spinning_stress(speed):
    r"""Largest stress in a solid disc whose rim moves at this speed, :math:`(3 + \nu)\rho v^2/8`, in Pa.

    >>> print(f"{spinning_stress(33.0) / 1e6:.2f} MPa")
    0.95 MPa
    """
    return (3 + POISSON) / 8 * DENSITY * np.square(speed)


def spinning_stretch(speed):
    r"""Relative growth of the radius of a spinning disc, :math:`(1 - \nu)\rho v^2/4Y`.

    >>> print(f"{spinning_stretch(33.0):.2g}")
    6.8e-06
    """
    return (1 - POISSON) * DENSITY * np.square(speed) / (4 * YOUNG)
