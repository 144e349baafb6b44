"""Every branch of the mean field: all displacements at which light and mirror are steady."""

from dataclasses import dataclass

import numpy as np

from .engine.points import each_point
from .statics import every_branch
from .steady_state import MeanField, check, check_branch, decays


@dataclass(frozen=True, eq=False)
class MeanFieldBranches(MeanField):
    """Every steady state, along a last batch axis sorted by the size of the displacement.

    That axis is as long as the largest number of branches in the batch; where a point has fewer,
    the rest is NaN and ``stable`` is False.

    stable : whether small fluctuations decay; a double root (a fold) is marginal, so False
    """

    stable: np.ndarray
    has_branches = True

    def branch(self, k) -> MeanField:
        """One branch of every point, counted from 0; NaN where a point has fewer.

        >>> import omcore as om
        >>> bool(om.mean_field_branches(om.PAPER).branch(0).q == om.mean_field(om.PAPER).q)
        True
        """
        check_branch(k)
        axis = len(self.shape) - 1
        if k >= np.shape(self.q)[-1]:  # no point has so many
            none = np.full_like(self.amplitudes[..., 0, :], np.nan)
            return MeanField(self.modes, none, np.full_like(np.take(self.q, 0, axis), np.nan)[()])
        return MeanField(self.modes, self.amplitudes[..., k, :], np.take(self.q, k, axis)[()])


def mean_field_branches(p) -> MeanFieldBranches:
    """All steady states of the self-consistent mean field, double roots included.

    With k modes that the mirror feels, the displacement obeys a polynomial of degree 2k + 1, a quintic for
    the paper's resonator; with squeezing, of degree 4k + 1. A double root, at a fold, is listed twice.

    Parameters
    ----------
    p : Parameters or System

    Returns
    -------
    MeanFieldBranches, whose arrays have shape ``p.shape + (branches,)``

    Examples
    --------
    >>> import omcore as om
    >>> w = om.PAPER.omega_m
    >>> p = om.PAPER.replace(kappa=0.1 * w, G_a=0, angular_velocity=0, Delta_c=w, power=0.03)
    >>> branches = om.mean_field_branches(p)
    >>> len(branches.q), branches.stable
    (3, array([ True, False, False]))
    """
    check(p)

    def found(system):
        alpha, q, multiple = every_branch(system)
        fluctuations = decays(system.along_branches(), MeanField(system.modes, alpha, q))
        stable = ~multiple & fluctuations
        at_most = 2 if (system.decay > 0).all() and not system.squeezing.any() else 8
        columns = at_most * len(system.modes) + 1  # as many in each block of a long sweep
        return [
            _filled(x, columns, none) for x, none in ((q, np.nan), (alpha, np.nan), (stable, False))
        ]

    q, alpha, stable = each_point(p, found)
    count = int(np.isfinite(alpha[..., 0]).sum(-1).max(initial=1))
    of_branches = (..., slice(count), *[slice(None)] * (q.ndim - stable.ndim))
    return MeanFieldBranches(p.modes, alpha[..., :count, :], q[of_branches], stable[..., :count])


def _filled(array, columns, none):
    """An array (m, b, ...) with more columns, which hold nothing."""
    more = [(0, 0), (0, columns - array.shape[1]), *[(0, 0)] * (array.ndim - 2)]
    return np.pad(array, more, constant_values=none)
