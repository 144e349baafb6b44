r"""The phase noise of the laser: how much of it entanglement bears.

A laser whose frequency has white noise, :math:`\langle\dot\varphi(t)\dot\varphi(t')\rangle =
\Gamma_L\,\delta(t - t')`, has a Lorentzian line of the full width :math:`\Gamma_L` at half maximum, in
rad/s: 2π times hertz. In the frame that follows its phase the drive is constant, and every mode of
light and matter, but not the mirror, rotates, :math:`z \to z\,e^{i\varphi}`. This adds the noise
:math:`i\alpha_j\dot\varphi` to each, and :math:`D` becomes :math:`D + \Gamma_L\,w w^T`. The chain has this
noise where ``laser_linewidth`` is given; here is what it would do at any width.
"""

import numpy as np
from scipy.constants import hbar

from ..conventions import ParameterError
from ..linear import turned
from ..parameters import Parameters
from ..solution import Solution
from .technical import strength_left, white


def covariance_per_linewidth(s: Solution) -> np.ndarray:
    r"""The :math:`V_1` of :math:`V(\Gamma_L) = V(0) + \Gamma_L V_1`, which is exact since V is linear in D.

    .. math:: A V_1 + V_1 A^T = -w w^T

    An array (..., 2n + 2, 2n + 2) in seconds; NaN where there is no steady state.

    Raises
    ------
    ParameterError
        If s is of a System about its mean field, which does not have the amplitudes.

    Examples
    --------
    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> V = s.V + 1e-3 * covariance_per_linewidth(s)
    >>> print(f"{om.log_negativity(V, 2, 3):.4f} instead of {s.log_negativity('a', 'm'):.4f}")
    0.0872 instead of 0.1362
    """
    if s.system.coupling.any():
        raise ParameterError(
            "coupling (rad/s) is given about a mean field, whose amplitudes the noise of the laser needs; "
            "give the Solution of Parameters or of a System with its drive"
        )
    return white(s, turned(s.mean_field))


def linewidth_left(s: Solution, share=0.5, i="a", j="m") -> np.ndarray:
    r"""Line width at which the entanglement E of two modes has fallen to a share of that without noise.

    ``technical.strength_left`` has the equation; the widths count from a laser without noise.

    Parameters
    ----------
    s : Solution of Parameters or of a driven System
    share : from 0, where E vanishes, to less than 1
    i, j : two modes

    Returns
    -------
    array (...), full width at half maximum in rad/s; NaN where there is no entanglement to lose

    Raises
    ------
    ParameterError
        If s is of a System about its mean field, or the share is not from 0 to less than 1.

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> s = om.solve(om.PAPER)
    >>> half, none = linewidth_left(s), linewidth_left(s, share=0.0)
    >>> print(f"{half / (2 * np.pi) * 1e3:.2f} mHz, {none / (2 * np.pi) * 1e3:.2f} mHz")
    0.23 mHz, 0.50 mHz
    """
    V1 = covariance_per_linewidth(s)
    return strength_left(s, V1, share, i, j, counted=s.system.laser_linewidth)


def over_shot_noise(p: Parameters, linewidth):
    r"""Phase noise of the laser light at :math:`\omega_m` over its shot noise, for a Lorentzian line.

    .. math:: \frac{4 P}{\hbar\omega_0}\frac{\Gamma_L}{\omega_m^2}

    Light of P/ħω_0 photons a second has the spectral density :math:`2(P/\hbar\omega_0)\,
    \Gamma_L/\omega^2` in its phase quadrature, and the vacuum has 1/2. The line width is an array (...),
    the full width at half maximum in rad/s.

    >>> import numpy as np, omcore as om
    >>> print(f"{over_shot_noise(om.PAPER, 2 * np.pi * 0.01):.0f}")
    20
    """
    return 4 * p.power / (hbar * p.omega_0) * linewidth / p.omega_m**2
