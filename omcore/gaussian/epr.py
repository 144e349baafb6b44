"""Joint quadratures of two modes that are quieter together than any separable state allows."""

from dataclasses import dataclass

import numpy as np

from .entanglement import log_negativity
from .symplectic import measured_states, one_matrix, symplectic_form


@dataclass(frozen=True)
class JointNoise:
    """The joint quadrature of two modes with the least noise, and their best EPR pair.

    V : array (4, 4), covariance matrix of the two modes
    least : smallest variance of a joint quadrature d·u with |d| = 1; the vacuum has 1/2
    plane : array (2, 2), covariance of the quadratures of the two modes that make up d·u
    epr_ratio : noise of the best EPR pair over the least that separable states have
    E : logarithmic negativity
    pair : array (2, 4), the two joint quadratures of the best EPR pair
    """

    V: np.ndarray
    least: float
    plane: np.ndarray
    epr_ratio: float
    E: float
    pair: np.ndarray

    @property
    def local_least(self):
        """Smallest variance of each mode alone."""
        return tuple(float(np.linalg.eigvalsh(self.V[k : k + 2, k : k + 2])[0]) for k in (0, 2))

    @property
    def decibel(self):
        """Noise of the quietest joint quadrature against the vacuum, in dB."""
        return 10 * np.log10(2 * self.least)


def joint_noise(V) -> JointNoise:
    """The joint quadrature of two modes with the least noise, and their best EPR pair.

    A quiet joint quadrature proves nothing by itself, since two single-mode squeezed states have one.
    The EPR pair does prove entanglement. V is an array (4, 4), with vacuum variance 1/2; if it is no quantum
    state of two modes, a MatrixError is raised.

    >>> import omcore as om
    >>> found = joint_noise(om.solve(om.PAPER).V[4:, 4:])  # atoms and mirror
    >>> print(f"{found.least:.4f} {found.epr_ratio:.4f} {np.exp(-found.E):.4f}")
    0.4168 0.8727 0.8727
    """
    V = one_matrix("V", V, 4)
    measured_states(V)
    variances, axes = np.linalg.eigh(V)
    frame = np.zeros((4, 2))  # the part of the joint quadrature in each mode, of length 1
    for k, part in enumerate((slice(0, 2), slice(2, 4))):
        length = np.linalg.norm(axes[part, 0])
        frame[part, k] = axes[part, 0] / length if length else (1.0, 0.0)
    pair, E = np.array(_epr_pair(V)), float(log_negativity(V, 0, 1))
    return JointNoise(V, float(variances[0]), frame.T @ V @ frame, _epr_ratio(V, *pair), E, pair)


def _epr_pair(V):
    r"""Directions d and e, arrays (4,), of the two joint quadratures that show the most entanglement.

    Their ratio is :math:`2\tilde\nu`, with the smallest symplectic eigenvalue of the partial transpose,
    Eq. 14. For an entangled state no other pair has a smaller one.
    """
    flip = np.diag([1.0, -1.0, 1.0, 1.0])  # partial transposition
    inverse = np.linalg.inv(np.linalg.cholesky(flip @ V @ flip))
    _, vectors = np.linalg.eigh(1j * inverse @ symplectic_form(2) @ inverse.T)
    z = flip @ inverse.T @ vectors[:, -1]
    return z.real, z.imag


def _epr_ratio(V, d, e):
    r"""Noise of two joint quadratures over the least that separable states have.

    .. math:: \frac{\mathrm{Var}\,d\cdot u + \mathrm{Var}\,e\cdot u}
              {|d_1 \Omega_1 e_1| + |d_2 \Omega_1 e_2|}

    with the parts of d and e that belong to each mode. Below 1 the state is entangled
    (Giovannetti et al., Phys. Rev. A 67, 022320 (2003)).

    >>> _epr_ratio(np.eye(4) / 2, np.array([1, 0, -1, 0]), np.array([0, 1, 0, 1]))
    1.0
    """
    one = symplectic_form(1)
    bound = sum(abs(d[k : k + 2] @ one @ e[k : k + 2]) for k in (0, 2))
    return float((d @ V @ d + e @ V @ e) / bound)
