"""Stability of a steady state: eigenvalues of the drift matrix, and the edges of stability.

Rates are in units of omega_m where there is one mirror, and else in their own unit; for a yes or no there is
``is_stable``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from .conventions import ParameterError, UnstableError
from .linear import drift_matrix
from .models import Linear
from .parameters import Parameters
from .resonator import as_system
from .steady_state import mean_field
from .sweeps.axes import changed, entry, fields
from .systems import System, fluctuations, light_operator


def by_growth(A):
    """Eigenvalues of drift matrices by falling real part; of a pair, first the one with Im > 0.

    A is an array (..., n, n) in any unit of rate, without NaN; the result is a complex array (..., n) in that
    unit. A is stable if the first eigenvalue has a negative real part.

    >>> print(by_growth([[-1.0, 0.0, 0.0], [0.0, -0.5, 2.0], [0.0, -2.0, -0.5]]))
    [-0.5+2.j -0.5-2.j -1. +0.j]
    """
    values = np.linalg.eigvals(A)
    order = np.lexsort((-values.imag, -values.real), axis=-1)
    return np.take_along_axis(values, order, -1)


def eigenvalues(p, reading="self-consistent"):
    r"""Eigenvalues :math:`\lambda/\omega_m` of the drift matrix, Eq. 8, at the steady state.

    A complex array, one for each quadrature, in the order of ``by_growth``; of Parameters, a System or a
    Linear.

    >>> import omcore as om
    >>> print(eigenvalues(om.PAPER)[0].round(3))
    (-0.117+1.082j)
    """
    A = p.A if isinstance(p, Linear) else drift_matrix(p, mean_field(p, reading))
    return by_growth(A / np.asarray(_unit(p))[..., None, None])


def _unit(p):
    """omega_m where there is one mirror, else 1."""
    one = isinstance(p, Parameters) or (isinstance(p, System) and len(p.mirrors) == 1)
    return p.omega_m if one else 1.0


def light_response(p, s, reading="self-consistent"):
    r"""Response of light and atoms to a displacement of the mirror, :math:`\chi(s) = b^\dagger(s - M)^{-1}b`.

    :math:`M = -K - iH + i g q_s` is the drift of light and matter while the mirror is held, and
    :math:`b = \tfrac{i}{\sqrt2}G` is the force of a displacement on them. With
    :math:`\chi^*(s) = \overline{\chi(\bar s)}` the eigenvalues of the drift matrix in which the mirror takes
    part are, in units of omega_m, the zeros of
    :math:`s^2 + (\gamma_m/\omega_m)\,s + 1 - i\,[\chi(s) - \chi^*(s)]`. At s = i minus the real part of the
    bracket is the optical damping rate, and half its imaginary part the shift of the mechanical frequency,
    as long as both are small.

    s and the result are complex arrays in units of omega_m; s broadcasts with the sweep.

    >>> import omcore as om
    >>> bracket = light_response(om.PAPER, 1j) - light_response(om.PAPER, -1j).conjugate()
    >>> print(f"{-bracket.real:.3f} {bracket.imag / 2:.3f}")
    0.266 0.033
    """
    system, field = as_system(p), mean_field(p, reading)
    if not system.is_simple:
        raise ParameterError(
            "p has squeezing, a Kerr shift, or not one mirror (rad/s); this is the response of linear light "
            "to one, use eigenvalues(p) or Solution.spectrum"
        )
    unit = system.omega_m[..., None]
    M = light_operator(system, field.q) / unit[..., None]
    b = 1j / np.sqrt(2) * fluctuations(system, field).G / unit
    resolvent = np.asarray(s)[..., None, None] * np.eye(len(system.modes)) - M
    b = np.broadcast_to(b, resolvent.shape[:-1])
    return (b.conj() * np.linalg.solve(resolvent, b[..., None])[..., 0]).sum(-1)[()]


@dataclass(frozen=True)
class Margin:
    """The edges of stability next to a point when one parameter is changed.

    Delta_c : edge of the detuning below the point, in rad/s; NaN if there is none within omega_m
    power : edge of the power above the point, in W; NaN if there is none up to ten times the power
    """

    Delta_c: float
    power: float


def margin(p: Parameters, reading="self-consistent") -> Margin:
    """The edges of stability next to a stable point, by root finding on the growth rate.

    An unstable point raises an UnstableError.

    >>> import omcore as om
    >>> edge = margin(om.PAPER)
    >>> print(f"{edge.Delta_c / om.PAPER.omega_m:.3f} {edge.power * 1e3:.1f}")
    2.189 61.3
    """
    return Margin(
        edge(p, "Delta_c", p.Delta_c - p.omega_m, reading), edge(p, "power", 10 * p.power, reading)
    )


def edge(p, name, to, reading="self-consistent") -> float:
    """The value of one field between its own and ``to`` where stability ends; NaN if the end is stable, too.

    p : Parameters or a System, one stable point
    name : a field, or an entry of one such as "H[0,0]"
    to : the last value, in its unit

    An unstable point raises an UnstableError.

    A parametric amplifier has its threshold where it squeezes as fast as it decays:

    >>> import omcore as om
    >>> amplifier = om.System(modes=["c"], H=[[0.0]], decay=[0.5], squeezing=[[0.1]], mirrors=())
    >>> print(round(edge(amplifier, "squeezing[0,0]", 1.0), 6))
    0.5
    """
    if name not in fields(p, name):
        raise ParameterError(
            f"name = {name!r:.60} (unit unknown) is no field nor an entry of one; use one of "
            f"{', '.join(fields(p))}"
        )
    field, at = entry(name)
    here = np.asarray(getattr(p, field)[at] if at else getattr(p, field))
    if p.shape or here.ndim or here.imag:
        raise ParameterError(
            f"{name} = {here!r:.60} ({fields(p, name)[name][2].unit}) is no real number of one point; give "
            "one, and an entry that is real: shift the phase of a mode"
        )
    here = float(here.real)
    rate = lambda x: float(eigenvalues(changed(p, {name: x}), reading)[0].real)
    if (now := rate(here)) >= 0:
        unit = "omega_m" if np.any(_unit(p) != 1) else "(unit of the rates)"
        raise UnstableError(
            f"fluctuations grow at {now:.3g} {unit}; a "
            "margin is measured from a stable point: lower the power or raise the detuning of the driven mode"
        )
    return brentq(rate, here, to) if rate(to) > 0 else np.nan
