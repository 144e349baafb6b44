"""The state of a system that is watched: steady fluctuations, given the record of what leaves it."""

import numpy as np
from scipy.linalg import LinAlgError, solve_continuous_are

from .conventions import VACUUM_VARIANCE, MatrixError, ParameterError, mode_index
from .gaussian.parties import known, listed
from .gaussian.symplectic import is_physical, one_matrix
from .linear import lyapunov
from .quantities import Quantity, checked, matrices_of_one_size

ANGLE = Quantity(r"\theta", "rad", "angle of the measured quadrature")
EFFICIENCY = Quantity(r"\eta", "1", "efficiency of a detector", "fraction")
EXTERNAL = Quantity(r"K_\mathrm{ext}", "rad/s", "amplitude rate into an output", "positive")
ROUNDING = 1e-9  # of a diffusion, relative to its largest entry
STEPS, CONVERGED = 20, 1e-8  # of Newton's method, which squares the error in each step


def conditioned(
    A, D, mode, angle=0.0, efficiency=1.0, external=None, bath=None, names=None
) -> np.ndarray:
    r"""Steady covariance matrix V, given the record of the light that leaves a mode.

    .. math:: AV + VA^T + D = (VC^T + N)R^{-1}(VC^T + N)^T

    This is the Riccati equation of the Kalman-Bucy filter. The record :math:`y = Cu + w` is that of the
    quadratures E of the output :math:`z_\mathrm{out} = \sqrt{2K_\mathrm{ext}}\,z - z_\mathrm{in}`, with
    an efficiency :math:`\eta` and vacuum in place of what is lost:

    .. math:: C = \sqrt{2\eta K_\mathrm{ext}}\,E, \quad R = \tfrac12 + \eta E(\sigma - \tfrac12)E^T, \quad
              N = -\sqrt{2\eta K_\mathrm{ext}}\,\sigma E^T .

    R is the noise of the record and N its correlation with the noise of the mode, both of which hold the
    same :math:`z_\mathrm{in}`, of variances :math:`\sigma`. Homodyning measures
    :math:`E = (\cos\theta, \sin\theta)`, heterodyning both quadratures with half of the light,
    :math:`E = 1/\sqrt2`. The mean wanders with the record; V is the same for every record. If all
    that leaves is measured, and what comes in is pure, V is pure. A system without a steady state of its own
    may have this one.

    Parameters
    ----------
    A, D : arrays (..., n, n), drift and diffusion in rad/s, of quadratures (X, Y) of each mode in turn, with
        any classical variables behind them
    mode : the mode whose output is measured, by its number
    angle : in radians, of the quadrature that is measured, 0 for X and pi/2 for Y; "heterodyne" for both
    efficiency : part of the output that is detected, from 0 to 1
    external : amplitude rate into this output, in rad/s; None for all of the mode's decay
    bath : array (2, 2), the variances of what comes in there, uncorrelated with any other noise; None for
        the vacuum, 1/2
    names : of all modes in their order, such as ("c", "m"), to use instead of numbers

    Returns
    -------
    V : array (..., n, n), symmetric; NaN where there is no such steady state, or A or D holds a NaN

    Raises
    ------
    MatrixError
        If A and D do not fit each other, or D holds less noise than comes in by this output, as of a mirror
        damped in its momentum alone.
    ModeError, ParameterError
        If the mode does not exist, or a number is outside of its range.

    Examples
    --------
    A degenerate parametric amplifier rests in a mixed state. Its output, measured, leaves it in a pure one:

    >>> import numpy as np
    >>> import omcore as om
    >>> A, D = np.diag([-1.6, -0.4]), np.eye(2)
    >>> V = om.conditioned(A, D, 0)
    >>> print(f"{om.purity(om.lyapunov(A, D)):.3f} {om.purity(V):.3f}", np.diag(V).round(3))
    0.800 1.000 [0.2  1.25]
    """
    A, D = matrices_of_one_size(A=A, D=D)
    if names is not None:  # what has none of its own is a classical variable
        names = known(A[..., : 2 * len(listed(names))], names)
    k = 2 * mode_index(mode, names or A.shape[-1] // 2)
    E, sigma = _measured(angle), _incoming(bath)
    eta = _number("efficiency", efficiency, EFFICIENCY)
    R = np.eye(len(E)) / 2 + eta * E @ (sigma - np.eye(2) / 2) @ E.T
    batch = np.broadcast_shapes(A.shape[:-2], D.shape[:-2])
    A, D = (np.broadcast_to(M, (*batch, *M.shape[-2:])) for M in (A, D))
    V = np.full(A.shape, np.nan)
    for point in np.ndindex(batch):
        if np.isfinite(A[point]).all() and np.isfinite(D[point]).all():
            K = _rate(A[point], D[point], k, external, sigma)
            C, N = np.zeros((2, len(E), A.shape[-1]))
            C[:, k : k + 2] = np.sqrt(2 * eta * K) * E
            N[:, k : k + 2] = -np.sqrt(2 * eta * K) * E @ sigma
            V[point] = _riccati(A[point], D[point], C, N.T, R)
    return V


def _riccati(A, D, C, N, R):
    """The solution of the Riccati equation that the filter approaches, NaN if there is none."""
    rate = max(np.abs(A).max(), np.abs(D).max())
    A, D, C, N = A / rate, D / rate, C / np.sqrt(rate), N / np.sqrt(rate)
    try:
        with np.errstate(all="ignore"):  # of entries so small that SciPy's units for them overflow
            V = solve_continuous_are(A.T, C.T, D, R, s=N)
    except (LinAlgError, ValueError):  # of eigenvalues on the imaginary axis, or too near it
        return np.full(A.shape, np.nan)
    for _ in range(STEPS):  # of Newton's: what is left with the gain held; NaN if that grows
        gain = np.linalg.solve(R, (V @ C.T + N).T).T
        noise = D + gain @ R @ gain.T - gain @ N.T - N @ gain.T
        last, V = V, lyapunov(A - gain @ C, (noise + noise.T) / 2)
        size = np.sqrt(np.abs(np.diag(V)))
        if (np.abs(V - last) <= CONVERGED * size * size[:, None]).all():
            return V
    return np.full(A.shape, np.nan)


def _measured(angle):
    """The measured quadratures E of the output, array (1, 2) or (2, 2)."""
    if isinstance(angle, str):
        if angle == "heterodyne":
            return np.eye(2) / np.sqrt(2)
        raise ParameterError(
            f"angle = {angle!r:.60} is no angle (rad); give one, 0 for X and pi/2 for Y, or 'heterodyne'"
        )
    theta = _number("angle", angle, ANGLE)
    return np.round([[np.cos(theta), np.sin(theta)]], 15)  # cos(pi/2) is zero


def _incoming(bath):
    """The variances of what comes in, array (2, 2)."""
    sigma = VACUUM_VARIANCE * np.eye(2) if bath is None else one_matrix("bath", bath, 2)
    if not is_physical(sigma):
        raise MatrixError(
            f"bath has the determinant {np.linalg.det(sigma):.3g} (dimensionless), against the uncertainty "
            "relation, which asks for 1/4; give the variances of a state, as np.eye(2) / 2 for the vacuum"
        )
    return sigma


def _rate(A, D, k, external, sigma):
    """Amplitude rate into the output of the mode in rows k and k + 1."""
    decay = -(A[k, k] + A[k + 1, k + 1]) / 2
    if external is None and not decay > 0:
        raise ParameterError(
            f"external is not given, and the mode decays by {decay:g} rad/s in all; give the amplitude rate "
            "into the output, in rad/s"
        )
    K = _number("external", decay if external is None else external, EXTERNAL)
    others = D.copy()
    others[k : k + 2, k : k + 2] -= 2 * K * sigma
    rounding = ROUNDING * max(np.abs(D).max(), K)
    lowest = np.linalg.eigvalsh(others)[0]
    if lowest < -rounding or (np.abs(D - D.T) > rounding).any():
        raise MatrixError(
            f"D is not symmetric, or holds less noise than comes in at external = {K:g} rad/s: without that "
            f"it has the eigenvalue {lowest:.3g} rad/s; give a D that is a covariance of noise, the bath "
            f"that it was made with, a mode of light, and an external of at most its decay, {decay:g} rad/s"
        )
    return K


def _number(name, value, quantity) -> float:
    value = checked(name, value, quantity)
    if value.ndim:
        unit = "no unit" if quantity.unit == "1" else quantity.unit
        raise ParameterError(f"{name} has shape {value.shape} ({unit}); give one number")
    return float(value)
