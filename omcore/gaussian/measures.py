"""The measures of a covariance matrix as methods, with modes by their names."""

from functools import cached_property

import numpy as np

from ..conventions import mode_index
from . import entanglement, information
from .parties import listed
from .symplectic import is_physical


class Measures:
    """Measures of the fluctuations V about a mean field, of a steady state or in time.

    A mode is given by its name, by an alias such as "driven" and "undriven", or by its number. Each result
    is an array of the batch's shape, NaN where there is no V, or V is no quantum state. A mode that is
    unknown or named twice raises a ModeError.

    V : array (..., 2n, 2n), or larger, with classical variables behind the modes
    names : of the n modes, in their order; functions of a bare V take them as names=
    aliases : other names of modes
    """

    V: np.ndarray
    names: tuple[str, ...]
    aliases: dict[str, str]

    @property
    def _modes(self) -> np.ndarray:
        """V of the modes alone, without classical variables."""
        return self.V[..., : 2 * len(self.names), : 2 * len(self.names)]

    @cached_property
    def physical(self) -> np.ndarray:
        """Whether V obeys the uncertainty relation, bool array (...); False where there is no V.

        Brownian noise on the momentum alone does not guarantee it.
        """
        return is_physical(self._modes)

    @cached_property
    def _states(self) -> np.ndarray:
        """V where it is a quantum state, NaN elsewhere."""
        if (self.physical | np.isnan(self.V[..., 0, 0])).all():
            return self._modes
        return np.where(np.asarray(self.physical)[..., None, None], self._modes, np.nan)

    def quanta(self, mode):
        r"""Mean quanta of the fluctuations of a mode, :math:`(V_{XX} + V_{YY} - 1)/2`; phonons of the mirror.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).quanta('m'):.3f}, in a bath of {om.PAPER.n_m:.1f}")
        0.430, in a bath of 9.9
        """
        k = 2 * self._index(mode)
        return (self._states[..., k, k] + self._states[..., k + 1, k + 1] - 1) / 2

    def log_negativity(self, i, j):
        r"""Logarithmic negativity :math:`E_{i-j}`, Eq. 14, of two sides; see ``omcore.log_negativity``.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).log_negativity('a', 'm'):.4f}")
        0.1362
        """
        return entanglement.log_negativity(self._states, *self._parties(i, j))

    def separability_margin(self, i, j):
        r"""Logarithmic negativity before it is clipped at zero; see ``omcore.separability_margin``.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER.replace(temperature=5.0)).separability_margin('a', 'm'):.3f}")
        -0.064
        """
        return entanglement.separability_margin(self._states, *self._parties(i, j))

    def contangle(self, i, others):
        """Squared logarithmic negativity, below Eq. 16; see ``omcore.contangle``."""
        return entanglement.contangle(self._states, *self._parties(i, others))

    def residual_contangle(self, i, j, k, focus=None):
        """Residual contangle, Eq. 16, or its minimum over the focus modes, Eq. 19.

        See ``omcore.residual_contangle`` for what it does and does not prove.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).residual_contangle('driven', 'a', 'm'):.5f}")
        0.00789
        """
        focus = None if focus is None else self._index(focus)
        return entanglement.residual_contangle(self._states, *map(self._index, (i, j, k)), focus)

    def steering(self, i, j):
        r"""Gaussian steerability :math:`\mathcal{G}^{i \to j}` of j by i; see ``omcore.steering``.

        >>> import omcore as om
        >>> s = om.solve(om.PAPER)
        >>> print(f"{s.steering('m', 'a'):.4f}, but {s.steering('a', 'm'):.4f}")
        0.0217, but 0.0000
        """
        return information.steering(self._states, *self._parties(i, j))

    def purity(self, modes=None):
        r"""Purity :math:`\mu` of some modes, of all for None; see ``omcore.purity``.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).purity():.3f}")
        0.528
        """
        return information.purity(self._states, self._some(modes))

    def entropy(self, modes=None):
        """Von Neumann entropy S of some modes, of all for None; see ``omcore.entropy``.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).entropy('m'):.3f}")
        0.869
        """
        return information.entropy(self._states, self._some(modes))

    def mutual_information(self, i, j):
        """Mutual information I of two sides; see ``omcore.mutual_information``.

        >>> import omcore as om
        >>> print(f"{om.solve(om.PAPER).mutual_information('a', 'm'):.3f}")
        0.208
        """
        return information.mutual_information(self._states, *self._parties(i, j))

    def discord(self, i, j):
        r"""Gaussian discord :math:`\mathcal{D}_{i|j}`, found by no measurement on j; see ``omcore.discord``.

        >>> import omcore as om
        >>> s = om.solve(om.PAPER)
        >>> print(f"{s.discord('a', 'm'):.3f}, but {s.discord('m', 'a'):.3f}")
        0.039, but 0.110
        """
        return information.discord(self._states, *self._parties(i, j))

    def _index(self, mode):
        return mode_index(mode, self.names, self.aliases)

    def _some(self, modes):
        return None if modes is None else [self._index(mode) for mode in listed(modes)]

    def _parties(self, i, j):
        """Both sides as lists of numbers."""
        return self._some(listed(i)), self._some(listed(j))
