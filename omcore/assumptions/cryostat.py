r"""The cold around the resonator: how much heat a dilution refrigerator takes away.

Between the mixing chamber and the still, each mole of helium-3 takes up 84 J/K² times the square of the
temperature, if the heat exchangers are perfect; Pobell, Matter and Methods at Low Temperatures
(Springer 2007), chapter 7. Real exchangers leave less of it, and above 0.1 K the law is only a guide.
"""

import numpy as np

ENTHALPY = 84.0  # J/(mol K²), of helium-3 that passes from its own phase into the dilute one


def cooling_power(temperature, circulation=1e-3):
    r"""Cooling power of a dilution refrigerator, :math:`84\,\dot n_3 T^2`, in W; T is an array (...) in K.

    The circulation of helium-3 is in mol/s; the default is that of a large refrigerator.

    >>> print(f"{cooling_power(5e-3) * 1e6:.1f} µW, {cooling_power(0.1) * 1e6:.0f} µW")
    2.1 µW, 840 µW
    """
    return ENTHALPY * circulation * np.square(temperature)


def temperature_under(heat, circulation=1e-3):
    """Temperature in K at which ``cooling_power`` equals the heat in W.

    >>> print(f"{temperature_under(40e-6) * 1e3:.0f} mK")
    22 mK
    """
    return np.sqrt(heat / (ENTHALPY * circulation))
