r"""A rough rim that rotates: backscattering with a running phase, and the periodic state that it makes.

In the laboratory the two modes are waves :math:`e^{\pm il\chi}` in the angle χ along the rotation, and
the roughness of the rim is a function of :math:`\chi - \Omega t`. It scatters the mode that runs with the
rotation into the one that runs against it with the amplitude

.. math:: \int e^{il\chi}\,\delta\epsilon(\chi - \Omega t)\,e^{il\chi}\,\mathrm{d}\chi \propto e^{2il\Omega t}

so that light which follows the rim comes back with a frequency lower by :math:`2l\Omega`, as from any mirror
that recedes. For a positive rotation "cw" runs along (``cavity_detunings``), and cw → ccw is the entry
:math:`H_{\mathrm{ccw},\mathrm{cw}} = Je^{i(\theta_J + 2l\Omega t)}`. Its phase at t = 0 is a choice of the
origin of time. A scatterer at rest in the laboratory, such as the coupler, has a constant phase: that
is ``Parameters.backscattering``, and ``solve`` finds its state.
"""

from dataclasses import dataclass

import numpy as np
from scipy.constants import c
from scipy.integrate import solve_ivp

from ..conventions import ParameterError
from ..evolution import flow, mean_field_of
from ..gaussian.measures import Measures
from ..linear import diffusion_matrix, drift_matrix
from ..parameters import Parameters, as_parameters
from ..resonator import system
from ..steady_state import MeanField, mean_field

ACCURACY = 1e-9  # of the integrator, relative; absolute for what is smaller than one
CLOSED = 1e-7  # relative error allowed in the periodicity of the mean field
ROUNDS = 8  # of Newton's method, at most


def turning_rate(p: Parameters):
    r"""Rate at which the phase of a rough rim runs, :math:`2l\Omega`, :math:`l = 2\pi nR/\lambda`, in rad/s.

    >>> import omcore as om
    >>> print(f"{turning_rate(om.PAPER) / om.PAPER.omega_m:.3f}")
    6.285
    """
    p = as_parameters(p)
    return 2 * p.refractive_index * p.radius * p.angular_velocity * p.omega_0 / c


@dataclass(frozen=True, eq=False, repr=False)
class Turn(Measures):
    """Mean field and fluctuations over one period of the rim's phase; the measures are those of ``Measures``.

    parameters : Parameters
    phase : array (k,), in rad, from 0 to 2π, where all is as at 0; the first axis of every measure
    u : array (k, ..., 8), mean quadratures
    V : array (k, ..., 8, 8), covariance matrix; NaN where fluctuations grow from period to period
    multipliers : complex array (..., 8), Floquet multipliers of the fluctuations
    """

    parameters: Parameters
    phase: np.ndarray
    u: np.ndarray
    V: np.ndarray
    multipliers: np.ndarray

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the modes, the mirror last."""
        return self.parameters.names

    @property
    def aliases(self) -> dict[str, str]:
        """Other names, "driven" and "undriven", for the names of the two modes."""
        return self.parameters.aliases

    @property
    def mean_field(self) -> MeanField:
        """The mean field at each phase."""
        return mean_field_of(system(self.parameters), self.u)


def over_a_turn(p: Parameters, looks=17) -> Turn:
    r"""The periodic state of a spinning resonator whose rim is rough, with the period :math:`\pi/l\Omega`.

    .. math:: \dot u = \tfrac12\,[A(0, t) + A(u, t)]\,u + e, \qquad \dot\Phi = A\,\Phi, \qquad
              \dot V = AV + VA^T + D

    Φ after one period is the derivative of u by its initial value, so that Newton's method finds the periodic
    u; it starts at the steady state of a smooth rim. Q is the V after one period that starts from zero, and
    the periodic V solves :math:`V = \Phi V\Phi^T + Q`.

    Parameters
    ----------
    p : Parameters with a rotation; its backscattering is that of the rim, with the phase at t = 0
    looks : number of phases

    Raises
    ------
    ParameterError
        If the rim is at rest.

    Examples
    --------
    >>> import omcore as om
    >>> E = over_a_turn(om.PAPER.in_omega_m(backscattering=0.1)).log_negativity("a", "m")
    >>> print(f"{E[:-1].mean():.4f}, between {E.min():.4f} and {E.max():.4f}")
    0.1358, between 0.1340 and 0.1376
    """
    if not np.all(turning_rate(p)):
        raise ParameterError(
            f"angular_velocity = {p.angular_velocity} rad/s: a rim at rest does not turn, its roughness is a "
            "scatterer at rest; give a rotation, or take om.solve(p)"
        )
    moved, phase = _equations(p), np.linspace(0, 2 * np.pi, looks)
    u = mean_field(p.replace(backscattering=0.0)).quadratures()
    for _ in range(ROUNDS):
        means, Phi, Q = _integrated(moved, u, phase, p.shape)
        gap = means[-1] - means[0]
        repeats = np.linalg.norm(gap, axis=-1) < CLOSED * np.linalg.norm(u, axis=-1)
        if repeats.all():
            break
        u = u - np.linalg.solve(Phi[-1] - np.eye(8), gap[..., None])[..., 0]
    multipliers = np.linalg.eigvals(Phi[-1])
    twice = np.einsum("...ij,...kl->...ikjl", Phi[-1], Phi[-1]).reshape(*p.shape, 64, 64)
    V = np.linalg.solve(np.eye(64) - twice, Q[-1].reshape(*p.shape, 64, 1)).reshape(*p.shape, 8, 8)
    V = Phi @ V @ np.swapaxes(Phi, -1, -2) + Q
    V[:, ~repeats | (np.abs(multipliers).max(-1) >= 1)] = np.nan
    return Turn(p, phase, means, V, multipliers)


def _equations(p):
    """The derivatives of u, Φ and V by the phase of the rim, side by side in an array (..., 8, 17)."""
    smooth, rate = system(p.replace(backscattering=0.0)), turning_rate(p)
    none, each = (mean_field_of(smooth, u) for u in (np.zeros(8), np.eye(8)))
    A_0, D, e = drift_matrix(smooth, none), diffusion_matrix(smooth), flow(smooth, np.zeros(8))
    slope = drift_matrix(smooth.along_branches(), each) - A_0[..., None, :, :]  # A = A_0 + u slope
    quarter = p.replace(backscattering_phase=p.backscattering_phase + np.pi / 2)
    rough = [drift_matrix(system(q), none) - A_0 for q in (p, quarter)]
    sense, pace = np.sign(rate)[..., None, None], np.abs(rate)[..., None, None]

    def moved(phase, y):
        u, Phi, V = _parts(y.reshape(*p.shape, 8, 17))
        A_t = A_0 + np.cos(phase) * rough[0] + sense * np.sin(phase) * rough[1]
        A = A_t + np.einsum("...i,...ijk->...jk", u, slope)
        du = (A_t + A) @ u[..., None] / 2 + e[..., None]
        half = A @ V
        dV = half + np.swapaxes(half, -1, -2) + D
        return (np.concatenate([du, A @ Phi, dV], axis=-1) / pace).ravel()

    return moved


def _integrated(moved, u, phase, shape):
    """u, Φ and Q at the phases, from the initial values u, 1 and 0."""
    y = np.zeros((*shape, 8, 17))
    y[..., 0], y[..., 1:9] = u, np.eye(8)
    span, accuracy = (phase[0], phase[-1]), {"rtol": ACCURACY, "atol": ACCURACY}
    found = solve_ivp(moved, span, y.ravel(), "DOP853", phase, **accuracy)
    return _parts(found.y.T.reshape(len(phase), *shape, 8, 17))


def _parts(y):
    return y[..., 0], y[..., 1:9], y[..., 9:]
