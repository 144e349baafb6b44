r"""Covariance matrices from homodyne records: what is drawn, what is estimated, and how surely.

A homodyne detector at the angle θ reads :math:`x_\theta = X\cos\theta + Y\sin\theta` of a mode, with an
efficiency η and vacuum in place of what is lost. A setting is one angle for each mode. The variances and
covariances of its records are linear in the entries of V, so that a few settings determine all of them.
"""

import numpy as np

from ..conventions import VACUUM_VARIANCE, MatrixError, ParameterError, is_integer
from ..quantities import Quantity, checked
from .symplectic import measured_states, one_matrix, symplectic_form

ANGLES = Quantity(r"\theta", "rad", "angle of a detector")
EFFICIENCY = Quantity(r"\eta", "1", "efficiency of a detector")
RECORDS = Quantity("", "1", "record of a quadrature")
SETTINGS = np.pi / 4 * np.array([[0, 0], [0, 2], [2, 0], [2, 2], [1, 1]])
"""Angles, array (5, 2), of settings that determine the V of two modes."""


def homodyne_records(V, count, angles=SETTINGS, efficiency=1.0, seed=0) -> np.ndarray:
    r"""Homodyne records of a Gaussian state, drawn at random: count of them in each setting.

    In a setting the quadratures are normal, with the covariance matrix
    :math:`Q[\eta V + (1 - \eta)\tfrac12]Q^T`, where row k of Q holds the angle of mode k.

    Parameters
    ----------
    V : array (2n, 2n), covariance matrix with vacuum variance 1/2
    count : records in each setting, 2 or more
    angles : array (k, n) of k settings, in rad
    efficiency : of all detectors, above 0 and up to 1
    seed : of the random numbers, an integer or a ``numpy.random.Generator``

    Returns
    -------
    array (k, count, n)

    Raises
    ------
    MatrixError
        If V is no covariance matrix of a quantum state.
    ParameterError
        If the angles do not fit V, or a number is outside of its range.

    Examples
    --------
    >>> homodyne_records(np.eye(4) / 2, 1000).shape
    (5, 1000, 2)
    """
    V = one_matrix("V", V)
    measured_states(V)
    angles, eta = _angles(angles, len(V) // 2), _efficiency(efficiency)
    if not is_integer(count) or count < 2:
        raise ParameterError(
            f"count = {count!r:.60} (no unit) is no number of records; give 2 or more"
        )
    Q = quadratures(angles)
    roots = np.linalg.cholesky(Q @ (eta * V + (1 - eta) * VACUUM_VARIANCE * np.eye(len(V))) @ Q.mT)
    noise = np.random.default_rng(seed).normal(size=(len(angles), count, angles.shape[1]))
    return noise @ roots.mT


def estimated_covariance(records, angles=SETTINGS, efficiency=1.0) -> np.ndarray:
    r"""The V of a state before its losses, from homodyne records.

    The sample covariances of each setting are fitted by least squares, all settings with equal weight; then
    the vacuum of the losses is taken away, :math:`V = [V_\mathrm{seen} - (1 - \eta)\tfrac12]/\eta`. Each
    entry is unbiased. The whole need not be a quantum state, and of few records it often is none.

    Parameters
    ----------
    records : array (..., k, count, n), as of ``homodyne_records``
    angles : array (k, n) of the settings, in rad
    efficiency : of all detectors, as it was measured

    Returns
    -------
    array (..., 2n, 2n), symmetric

    Raises
    ------
    ParameterError
        If the records do not fit the angles, or the settings are too few to determine V.

    Examples
    --------
    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> V = two_mode_squeezed(0.5, 0.8)
    >>> found = estimated_covariance(homodyne_records(V, 100_000, efficiency=0.5), efficiency=0.5)
    >>> bool(np.abs(found - V).max() < 0.03)
    True
    """
    records = checked("records", records, RECORDS)
    angles = _angles(angles, records.shape[-1] if records.ndim > 2 else 0)
    if records.shape[-3] != len(angles) or records.shape[-2] < 2:
        raise ParameterError(
            f"records have shape {records.shape} (no unit) for {len(angles)} settings; "
            "give (..., settings, count, modes), with a count of 2 or more"
        )
    spread = records - records.mean(-2, keepdims=True)
    return fitted(spread.mT @ spread / (records.shape[-2] - 1), angles, efficiency)


def fitted(moments, angles=SETTINGS, efficiency=1.0) -> np.ndarray:
    """V from the covariances of the records, array (..., k, n, n), one matrix for each setting.

    >>> np.abs(fitted([np.eye(2) / 2] * 5) - np.eye(4) / 2).max() < 1e-12
    np.True_
    """
    moments = np.asarray(moments, float)
    n = moments.shape[-1]
    angles, eta = _angles(angles, n), _efficiency(efficiency)
    Q, pairs, entries = quadratures(angles), np.triu_indices(n), np.triu_indices(2 * n)
    products = Q[:, pairs[0], :, None] * Q[:, pairs[1], None, :]
    products = (products + products.mT)[..., *entries] / np.where(entries[0] == entries[1], 2, 1)
    design = products.reshape(-1, len(entries[0]))
    if (rank := np.linalg.matrix_rank(design)) < design.shape[1]:
        raise ParameterError(
            f"{len(angles)} settings (rad) determine {rank} of the {design.shape[1]} entries of V; "
            "give more, with three different angles in each mode"
        )
    seen = moments[..., *pairs].reshape(*moments.shape[:-3], -1) @ np.linalg.pinv(design).T
    V = np.empty((*seen.shape[:-1], 2 * n, 2 * n))
    V[..., *entries] = V[..., *entries[::-1]] = seen
    return (V - (1 - eta) * VACUUM_VARIANCE * np.eye(2 * n)) / eta


def estimated_margin(V) -> np.ndarray:
    r"""The separability margin :math:`-\ln 2\tilde\nu` of two modes whose V was estimated.

    As ``omcore.separability_margin``, but without asking whether V is a quantum state, which an estimate
    need not be. NaN where V is not positive definite.

    V : array (..., 4, 4); the result has the shape of the batch, of either sign

    >>> from omcore.gaussian.states import two_mode_squeezed
    >>> print(estimated_margin(two_mode_squeezed(0.5)).round(6), estimated_margin(np.eye(4) / 4).round(6))
    1.0 0.693147
    """
    V = np.asarray(V, float)
    if V.ndim < 2 or V.shape[-2:] != (4, 4):
        raise MatrixError(f"V has shape {V.shape} (dimensionless); give (..., 4, 4), of two modes")
    flipped = symplectic_form(2) * np.where(np.arange(4) < 2, -1.0, 1.0)  # partial transposition
    nu = np.abs(np.linalg.eigvals(flipped @ V)).min(-1)
    positive = np.linalg.eigvalsh(V)[..., 0] > 0
    return -np.log(np.where(positive, nu, np.nan) / VACUUM_VARIANCE)


def quadratures(angles):
    """What each setting measures, array (k, n, 2n)."""
    k, n = angles.shape
    Q, mode = np.zeros((k, n, 2 * n)), np.arange(n)
    Q[:, mode, 2 * mode], Q[:, mode, 2 * mode + 1] = np.cos(angles), np.sin(angles)
    return Q


def _angles(angles, n):
    angles = checked("angles", angles, ANGLES)
    if angles.ndim != 2 or angles.shape[1] != n:
        raise ParameterError(
            f"angles have shape {angles.shape} (rad) for {n} modes; give one row a setting, one angle a mode"
        )
    return angles


def _efficiency(value):
    eta = checked("efficiency", value, EFFICIENCY)
    if eta.ndim or not 0 < eta <= 1:
        raise ParameterError(
            f"efficiency = {value!r:.60} (no unit); give one number above 0 and up to 1, as nothing is "
            "known of a state that no detector sees"
        )
    return float(eta)
