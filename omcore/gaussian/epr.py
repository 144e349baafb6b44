"""Joint quadratures of two modes that are quieter together than any separable state allows."""

from dataclasses import dataclass

import numpy as np

from ..conventions import ParameterError, symplectic_form
from ..quantities import Quantity, checked
from .entanglement import log_negativity
from .symplectic import measured_states, one_matrix


def epr_pair(V):
    r"""Directions d, d' of the two joint quadratures that show the most entanglement.

    Their ``epr_ratio`` is :math:`2\tilde\nu`, with the smallest symplectic eigenvalue of the partial
    transpose, Eq. 14. Of an entangled state it is the least of all ratios, and E is minus its
    logarithm.

    Parameters
    ----------
    V : array (4, 4), covariance matrix of two modes with vacuum variance 1/2

    Returns
    -------
    d, e : arrays (4,), the joint quadratures are d·u and e·u

    Raises
    ------
    MatrixError
        If V is no covariance matrix of a quantum state of two modes.

    Examples
    --------
    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> V = two_mode_squeezed(1.0)
    >>> print(f"{epr_ratio(V, *epr_pair(V)):.6f}")
    0.135335
    """
    V = _checked(V)
    flip = np.diag([1.0, -1.0, 1.0, 1.0])  # partial transposition
    root = np.linalg.cholesky(flip @ V @ flip)
    inverse = np.linalg.inv(root)
    _, vectors = np.linalg.eigh(1j * inverse @ symplectic_form(2) @ inverse.T)
    z = flip @ inverse.T @ vectors[:, -1]
    return z.real, z.imag


def epr_ratio(V, d, e):
    r"""Noise of two joint quadratures over the least that separable states have.

    .. math:: \frac{\mathrm{Var}\,d\cdot u + \mathrm{Var}\,e\cdot u}
              {|d_1 \Omega_1 e_1| + |d_2 \Omega_1 e_2|}

    with the parts of d and e that belong to each mode; below 1, the state is entangled
    (Giovannetti et al., Phys. Rev. A 67, 022320 (2003)).

    Parameters
    ----------
    V : array (4, 4), covariance matrix with vacuum variance 1/2
    d, e : arrays (4,), directions of the two joint quadratures

    Raises
    ------
    MatrixError
        If V is no covariance matrix of a quantum state of two modes.
    ParameterError
        If d or e is no direction, or the two commute within each mode.

    Examples
    --------
    >>> epr_ratio(np.eye(4) / 2, np.array([1, 0, -1, 0]), np.array([0, 1, 0, 1]))
    1.0
    """
    V, one = _checked(V), symplectic_form(1)
    d, e = (_direction(name, u) for name, u in (("d", d), ("e", e)))
    bound = sum(abs(d[k : k + 2] @ one @ e[k : k + 2]) for k in (0, 2))
    if not bound:
        raise ParameterError(
            f"d = {d}, e = {e} (dimensionless) commute in each mode, so nothing bounds their noise; "
            "give directions such as (1, 0, -1, 0) and (0, 1, 0, 1)"
        )
    return float((d @ V @ d + e @ V @ e) / bound)


@dataclass(frozen=True)
class JointNoise:
    """What two modes do to each other's noise.

    V : array (4, 4), covariance matrix of the two modes
    least : smallest variance of a joint quadrature d·u with |d| = 1; the vacuum has 1/2
    direction : array (4,), that d
    plane : array (2, 2), covariance of the quadratures of the two modes that make up d·u
    epr_ratio : noise of the best EPR pair over what separable states have at least
    E : logarithmic negativity
    """

    V: np.ndarray
    least: float
    direction: np.ndarray
    plane: np.ndarray
    epr_ratio: float
    E: float

    @property
    def local_least(self):
        """Smallest variances of the first mode alone and of the second alone."""
        return tuple(float(np.linalg.eigvalsh(self.V[k : k + 2, k : k + 2])[0]) for k in (0, 2))

    @property
    def decibel(self):
        """Noise of the quietest joint quadrature against the vacuum, in dB."""
        return 10 * np.log10(2 * self.least)


def joint_noise(V) -> JointNoise:
    """The quietest joint quadrature of two modes, and their best EPR pair.

    A quiet joint quadrature proves nothing by itself: two single-mode squeezed states have one.
    The EPR pair does.

    Parameters
    ----------
    V : array (4, 4), covariance matrix of two modes with vacuum variance 1/2

    Raises
    ------
    MatrixError
        If V is no covariance matrix of a quantum state of two modes.

    Examples
    --------
    >>> import omcore as om
    >>> found = joint_noise(om.solve(om.PAPER).V[4:, 4:])  # atoms and mirror
    >>> print(f"{found.least:.4f} {found.epr_ratio:.4f} {np.exp(-found.E):.4f}")
    0.4168 0.8727 0.8727
    """
    V = _checked(V)
    variances, axes = np.linalg.eigh(V)
    d = axes[:, 0]
    frame = np.zeros((4, 2))
    for k in range(2):
        part = slice(2 * k, 2 * k + 2)
        length = np.linalg.norm(d[part])
        frame[part, k] = d[part] / length if length else (1.0, 0.0)
    ratio = epr_ratio(V, *epr_pair(V))
    E = float(log_negativity(V, 0, 1))
    return JointNoise(V, float(variances[0]), d, frame.T @ V @ frame, ratio, E)


def _direction(name, u):
    array = checked(name, u, Quantity("", "1", "direction of a joint quadrature"))
    if array.shape != (4,):
        raise ParameterError(f"{name} has shape {array.shape} (dimensionless); give four numbers")
    return array


def _checked(V):
    V = one_matrix("V", V, 4)
    measured_states(V)
    return V
