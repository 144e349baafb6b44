"""Where a steady state holds: eigenvalues of the drift matrix, and the edges of stability.

Rates are in units of omega_m unless a docstring says otherwise. ``is_stable`` is the yes or no.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from .errors import UnstableError
from .fluctuations import drift_matrix
from .parameters import Parameters
from .resonator import as_system
from .steady_state import mean_field
from .systems import light_operator, linearised_couplings


def by_growth(A):
    """Eigenvalues of drift matrices by falling real part; of a pair, first the one with Im > 0.

    Parameters
    ----------
    A : array (..., n, n), in any unit of rate

    Returns
    -------
    complex array (..., n), in that unit; A is stable if the first has a negative real part

    Raises
    ------
    numpy.linalg.LinAlgError
        If A holds a NaN.

    Examples
    --------
    >>> print(by_growth([[-1.0, 0.0, 0.0], [0.0, -0.5, 2.0], [0.0, -2.0, -0.5]]))
    [-0.5+2.j -0.5-2.j -1. +0.j]
    """
    values = np.linalg.eigvals(A)
    order = np.lexsort((-values.imag, -values.real), axis=-1)
    return np.take_along_axis(values, order, -1)


def eigenvalues(p, reading="self-consistent"):
    r"""Eigenvalues :math:`\lambda/\omega_m` of the drift matrix, Eq. 8, at the steady state.

    Parameters
    ----------
    p : Parameters or System
    reading : "self-consistent" or "bare-detuning", see ``omcore.mean_field``

    Returns
    -------
    complex array ``(..., 2n + 2)`` for n modes of light and matter, in the order of ``by_growth``

    Examples
    --------
    >>> import omcore as om
    >>> print(eigenvalues(om.PAPER)[0].round(3))
    (-0.117+1.082j)
    """
    A = drift_matrix(p, mean_field(p, reading))
    return by_growth(A / np.asarray(p.omega_m)[..., None, None])


def growth(p, reading="self-consistent"):
    """The leading eigenvalue: how fast the slowest fluctuation grows, and how fast it turns.

    Arguments are those of ``eigenvalues``. Negative growth is decay: all comes to rest at that rate.

    Returns
    -------
    complex array of shape ``p.shape``: the real part is the growth rate, the imaginary part the
    frequency, both in units of omega_m

    Examples
    --------
    >>> import omcore as om
    >>> print(growth(om.PAPER.replace(Delta_c=-om.PAPER.omega_m)).round(3))
    (0.006+1.015j)
    """
    return eigenvalues(p, reading)[..., 0]


def light_response(p, s, reading="self-consistent"):
    r"""How light and atoms answer a displacement of the mirror, :math:`\chi(s) = b^\dagger(s - M)^{-1}b`.

    :math:`M = -K - iH + i g q_s` moves light and matter while the mirror is held, and
    :math:`b = \tfrac{i}{\sqrt2}G` is what a displacement does to them. With
    :math:`\chi^*(s) = \overline{\chi(\bar s)}` the eigenvalues of the drift matrix
    that the mirror has part in, in units of omega_m, are
    the zeros of :math:`s^2 + (\gamma_m/\omega_m)\,s + 1 - i\,[\chi(s) - \chi^*(s)]`. At s = i minus the real
    part of the bracket is the optical damping rate, and half its imaginary part the shift of the mechanical
    frequency, as long as both are small.

    Parameters
    ----------
    p : Parameters or System
    s : complex number, or array that broadcasts with the sweep, in units of omega_m
    reading : "self-consistent" or "bare-detuning"

    Returns
    -------
    complex array of the shape of both, in units of omega_m

    Examples
    --------
    >>> import omcore as om
    >>> bracket = light_response(om.PAPER, 1j) - light_response(om.PAPER, -1j).conjugate()
    >>> print(f"{-bracket.real:.3f} {bracket.imag / 2:.3f}")
    0.266 0.033
    """
    system, field = as_system(p), mean_field(p, reading)
    unit = system.omega_m[..., None]
    M = light_operator(system, field.q) / unit[..., None]
    b = 1j / np.sqrt(2) * linearised_couplings(system, field) / unit
    resolvent = np.asarray(s)[..., None, None] * np.eye(len(system.modes)) - M
    b = np.broadcast_to(b, resolvent.shape[:-1])
    return (b.conj() * np.linalg.solve(resolvent, b[..., None])[..., 0]).sum(-1)[()]


@dataclass(frozen=True)
class Margin:
    """The edges of stability next to a point, one parameter moved at a time.

    Delta_c : edge of the detuning below the point, in rad/s
    power : edge of the power above the point, in W
    An edge is NaN if there is none within omega_m, or ten times the power.
    """

    Delta_c: float
    power: float


def margin(p: Parameters, reading="self-consistent") -> Margin:
    """How far a stable point is from the edge, by root finding on the growth rate.

    Parameters
    ----------
    p : Parameters, a single point
    reading : "self-consistent" or "bare-detuning"

    Raises
    ------
    UnstableError
        If the point itself is unstable.

    Examples
    --------
    >>> import omcore as om
    >>> edge = margin(om.PAPER)
    >>> print(f"{edge.Delta_c / om.PAPER.omega_m:.3f} {edge.power * 1e3:.1f}")
    2.189 61.3
    """
    if (here := float(growth(p, reading).real)) >= 0:
        raise UnstableError(
            f"fluctuations grow at {here:.3g} omega_m; a margin is measured from a stable point: "
            "lower the power or raise the detuning of the driven mode"
        )

    def edge(field, low, high):
        rate = lambda x: float(growth(p.replace(**{field: x}), reading).real)
        return brentq(rate, low, high) if rate(low) * rate(high) < 0 else np.nan

    return Margin(
        edge("Delta_c", p.Delta_c - p.omega_m, p.Delta_c), edge("power", p.power, 10 * p.power)
    )


# ---- one cavity mode and the mirror, in closed form


def two_mode_drift(detuning, coupling, kappa, gamma_m):
    r"""Drift matrix of (X, Y, q, p): Eq. 8 without atoms and second mode, in units of omega_m.

    Parameters
    ----------
    detuning : array, :math:`\tilde\Delta/\omega_m`, shifted by the mirror
    coupling : array that broadcasts with it, :math:`G/\omega_m = \sqrt2\,G_0|\alpha|/\omega_m`
    kappa, gamma_m : numbers

    Returns
    -------
    array (..., 4, 4)

    Examples
    --------
    >>> two_mode_drift(1.0, 0.5, 0.6, 0.0)[3]
    array([ 0.5,  0. , -1. , -0. ])
    """
    A = np.zeros((*np.broadcast_shapes(np.shape(detuning), np.shape(coupling)), 4, 4))
    A[..., 0, 0] = A[..., 1, 1] = -kappa
    A[..., 0, 1], A[..., 1, 0] = detuning, -np.asarray(detuning)
    A[..., 1, 2] = A[..., 3, 0] = coupling
    A[..., 2, 3], A[..., 3, 2], A[..., 3, 3] = 1.0, -1.0, -gamma_m
    return A


def two_mode_thresholds(detuning, kappa, gamma_m):
    r"""Couplings at which ``two_mode_drift`` turns unstable, by Routh and Hurwitz, below Eq. 9.

    A real eigenvalue crosses zero at the fold, :math:`G^2 = (\kappa^2 + \tilde\Delta^2)/\tilde\Delta`,
    which needs a positive detuning; a pair crosses at the Hopf point,

    .. math:: G^2 = \frac{a_1 a_2 a_3 - a_1^2 - a_3^2 a_0}{-\tilde\Delta\,a_3^2},

    which needs a negative one, with the :math:`a_k` of
    :math:`\lambda^4 + a_3\lambda^3 + a_2\lambda^2 + a_1\lambda + a_0` at G = 0.

    Parameters
    ----------
    detuning : array, in units of omega_m
    kappa, gamma_m : numbers, in units of omega_m

    Returns
    -------
    fold, hopf : arrays of the detuning's shape, in units of omega_m; NaN on the side without one

    Examples
    --------
    >>> fold, hopf = two_mode_thresholds(np.array([1.0, -1.0]), 0.6, 1e-4)
    >>> fold.round(4), hopf.round(4)
    (array([1.1662,    nan]), array([   nan, 0.0114]))
    """
    x, k, g = np.asarray(detuning, float), kappa, gamma_m
    a3, a2, a1 = g + 2 * k, k**2 + x**2 + 1 + 2 * g * k, g * (k**2 + x**2) + 2 * k
    uncoupled = a1 * a2 * a3 - a1**2 - a3**2 * (k**2 + x**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        fold, hopf = np.sqrt((k**2 + x**2) / x), np.sqrt(uncoupled / (-x)) / a3
    return fold, hopf
