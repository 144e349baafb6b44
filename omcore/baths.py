"""What the bath of a System holds, whose frequencies a System does not know."""

from scipy.constants import Boltzmann, hbar

from .conventions import ParameterError
from .parameters import quanta
from .quantities import Quantity, checked, common_shape


def occupation(omega, T):
    """Mean quanta ``n = 1/(exp(ħω/k_B T) - 1)`` of a mode of frequency omega, rad/s, in a bath at T, kelvin.

    omega : array, angular frequency, rad/s; 2 pi times hertz
    T : array, temperature, K; at zero there are none

    A bath of a System takes it as its n.

    >>> import numpy as np
    >>> print(occupation(2 * np.pi * 10e9, 0.5).round(2))
    0.62
    """
    omega = checked("omega", omega, Quantity("", "rad/s", "frequency of a mode", "positive"))
    T = checked("T", T, Quantity("", "K", "temperature of a bath", "nonnegative"))
    common_shape({"omega": omega.shape, "T": T.shape})
    if (hbar * omega < 1e-12 * Boltzmann * T).any() or (hbar * omega == 0).any():
        raise ParameterError(
            f"omega = {omega.min()} rad/s at T = {T.max()} K has more than 1e12 quanta, or none that can be "
            "told; give a frequency in rad/s, 2 pi times hertz"
        )
    return quanta(omega, T)
