r"""Covariance matrices and means in the conventions of other tools: order, vacuum, logarithm.

.. math:: V_\mathrm{tool} = \frac{v}{1/2}\,P V P^T, \qquad u_\mathrm{tool} = \sqrt{\frac{v}{1/2}}\,P u

v is the tool's variance of the vacuum, which is ħ/2 for :math:`[x, p] = i\hbar`, and P the permutation
from (x, p) of each mode in turn, omcore's order, to the tool's. The tools need not be installed.
"""

from dataclasses import dataclass

import numpy as np

from ..conventions import VACUUM_VARIANCE, MatrixError, ParameterError
from ..gaussian.measures import Measures
from ..gaussian.parties import listed, mode_indices, rows_of, some_modes
from ..gaussian.symplectic import is_physical, lowest_bound, quantum_states, symmetric_states
from ..quantities import Quantity, checked

ORDERS = {
    "xpxp": lambda rows: rows,  # (x, p) of each mode in turn
    "xxpp": lambda rows: np.concatenate([rows[::2], rows[1::2]]),  # all x, then all p
}  # rows in omcore's order to rows in the tool's


@dataclass(frozen=True)
class Convention:
    """How a tool writes a Gaussian state.

    Another ħ of a tool is another vacuum: thewalrus with ``hbar=1`` is ``Convention("xxpp", 0.5)``.

    Parameters
    ----------
    order : "xpxp", position and momentum of each mode in turn, or "xxpp", all positions first
    vacuum : variance of the vacuum; omcore's is 1/2
    base : base of the logarithm of its logarithmic negativity, which is omcore's over ln(base)
    source : page that says so

    Raises
    ------
    ParameterError
        For another order, or a number that is not positive.

    Examples
    --------
    >>> Convention("xxpp", vacuum=0.25).order
    'xxpp'
    """

    order: str
    vacuum: float
    base: float = float(np.e)
    source: str = ""

    def __post_init__(self):
        if not isinstance(self.order, str) or self.order not in ORDERS:
            raise ParameterError(
                f"order = {self.order!r:.60} is no order of quadratures (no unit); "
                f"give one of {tuple(ORDERS)}"
            )
        named = {"vacuum": "variance of the vacuum", "base": "base of a logarithm"}
        for name, meaning in named.items():
            number = checked(name, getattr(self, name), Quantity("", "1", meaning, "positive"))
            if number.ndim:
                raise ParameterError(f"{name} has shape {number.shape} (no unit); give one number")


_GABS = "https://quantumsavory.github.io/Gabs.jl/stable/manual/"

CONVENTIONS = {
    "omcore": Convention("xpxp", VACUUM_VARIANCE),
    "qutip": Convention(
        "xpxp", 0.5, source="https://qutip.readthedocs.io/en/stable/apidoc/experimental.html"
    ),
    "thewalrus": Convention(
        "xxpp", 1.0, source="https://the-walrus.readthedocs.io/en/latest/code/quantum.html"
    ),
    "gabs-pair": Convention("xpxp", 1.0, source=_GABS),
    "gabs-block": Convention("xxpp", 1.0, source=_GABS),
}
"""The conventions of tools at their defaults, by name.

QuTiP, ``qutip.continuous_variables``: a = (g/2)(x + ip) with g = √2, so a vacuum of 1/g² = 1/2. Keep
this g. For any other, ``logarithmic_negativity(V, g)`` of version 5.3.1 scales the blocks of V by g²/2
but not det V, which needs (g²/2)⁴: at g = 2 it finds the vacuum entangled, with E_N = 1.72, and at g = 1
it finds two modes squeezed by r = 1/2 separable, whose E_N is 1. Make V by ``covariance_matrix`` or
``wigner_covariance_matrix(a1, a2, rho=rho)``; with a correlation matrix, R=, the means are not subtracted.
For a state in Fock space ``qutip.negativity(rho, k, logarithmic=True)`` has base 2.

thewalrus: ħ = 2, so a vacuum of ħ/2 = 1, and all positions first.

Gabs.jl: ħ = 2, and both orders, ``QuadPairBasis`` and ``QuadBlockBasis``. This is from its manual and its
source, and was not run; the tests run QuTiP and thewalrus. All three take the natural logarithm.

:meta hide-value:
"""


def to_convention(V, convention, modes=None, names=None) -> np.ndarray:
    """A covariance matrix of omcore in the convention of another tool.

    Parameters
    ----------
    V : array (..., 2n, 2n), covariance matrix with vacuum variance 1/2, (X, Y) of each mode in turn; or a
        Solution or an Evolution, of any system, whose classical variables are left out
    convention : a name in ``CONVENTIONS``, or a ``Convention``
    modes : which modes, in this order, by number, or of a Solution by name; None for all
    names : of all modes of a bare V in their order, to use instead of numbers

    Returns
    -------
    array (..., 2k, 2k) of the k modes asked for, in the tool's order and units; NaN where V is NaN

    Raises
    ------
    ParameterError, ModeError, MatrixError
        For an unknown convention, a mode that does not exist or is named twice, or a V that has the wrong
        shape, is not symmetric, or violates the uncertainty relation.

    Examples
    --------
    Atoms and mirror of the paper's resonator for thewalrus: both positions, then both momenta.

    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> W = to_convention(s, "thewalrus", modes=("a", "m"))
    >>> print(W.shape, bool(W[1, 1] == 2 * s.V[6, 6]), bool(W[1, 3] == 2 * s.V[6, 7]))
    (4, 4) True True
    """
    convention = _checked_convention(convention)
    if isinstance(V, Measures):
        modes, names = _numbered(V, modes), None
        V = V.V[..., : 2 * len(V.names), : 2 * len(V.names)]
    quantum_states(V)
    V = np.asarray(V, float)
    rows = ORDERS[convention.order](rows_of(some_modes(V, modes, names)))
    return V[..., rows[:, None], rows] * (convention.vacuum / VACUUM_VARIANCE)


def from_convention(V, convention) -> np.ndarray:
    """A covariance matrix of another tool in the convention of omcore, the inverse of ``to_convention``.

    A matrix that is no quantum state in this convention is refused. Not every wrong convention is
    noticed: two-mode squeezing, read in the wrong order, becomes single-mode squeezing, with E_N = 0;
    and with too small a vacuum every state is read as one with more noise.

    Arguments and result are those of ``to_convention``, exchanged.

    Raises
    ------
    ParameterError, MatrixError
        For an unknown convention, or a V that is no covariance matrix in this one.

    Examples
    --------
    >>> import numpy as np
    >>> from_convention(np.eye(2), "thewalrus")
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    convention = _checked_convention(convention)
    finite = symmetric_states(V).finite
    V = np.asarray(V, float)
    rows = np.argsort(ORDERS[convention.order](np.arange(V.shape[-1])))
    V = V[..., rows[:, None], rows] * (VACUUM_VARIANCE / convention.vacuum)
    wrong = finite & ~is_physical(V)
    if wrong.any():
        lowest, slight = lowest_bound(V[wrong])
        little = (
            "so little may be a cut-off in Fock space, or digits lost in printing: give V in full "
            "precision, or "
        )
        raise MatrixError(
            f"V is no quantum state in the order {convention.order} with a vacuum of {convention.vacuum:g} "
            f"(dimensionless): read so, V + i Omega/2 has the eigenvalue {lowest:.3g} < 0 in omcore's units; "
            f"{little * slight}give the convention that it was made in"
        )
    return V


def mean_to_convention(u, convention, modes=None, names=None) -> np.ndarray:
    """Mean quadratures of omcore in the convention of another tool.

    u is an array (..., 2n), as from ``MeanField.quadratures``, or a Solution or an Evolution, and the result
    an array (..., 2k) of k modes. The Solution of a Linear has no means, and is refused. All other arguments,
    and the errors, are those of ``to_convention``.

    A coherent state of amplitude 1 has <x> = √2 here, and 2 where ħ = 2:

    >>> import numpy as np
    >>> mean_to_convention([np.sqrt(2), 0.0], "thewalrus")
    array([2., 0.])
    """
    convention = _checked_convention(convention)
    if isinstance(u, Measures):
        modes, names, u = _numbered(u, modes), None, _mean_of(u)
    u = _checked_mean(u)
    rows = ORDERS[convention.order](rows_of(some_modes(u, modes, names)))
    return u[..., rows] * np.sqrt(convention.vacuum / VACUUM_VARIANCE)


def mean_from_convention(u, convention) -> np.ndarray:
    """Mean quadratures of another tool in the convention of omcore, the inverse of ``mean_to_convention``.

    >>> mean_from_convention([1.0, 2.0, 3.0, 4.0], "gabs-block") * 2**0.5
    array([1., 3., 2., 4.])
    """
    convention, u = _checked_convention(convention), _checked_mean(u)
    rows = np.argsort(ORDERS[convention.order](np.arange(u.shape[-1])))
    return u[..., rows] * np.sqrt(VACUUM_VARIANCE / convention.vacuum)


def _numbered(solution, modes):
    """Modes of a Solution as numbers, from their names and other names."""
    if modes is None:
        return None
    return mode_indices(listed(modes), solution.names, solution.aliases)


def _mean_of(solution):
    u = getattr(solution, "u", None)  # of an Evolution
    if u is None and solution.mean_field is None:
        raise ParameterError(
            "u is the Solution of a Linear, which has no mean quadratures (dimensionless); give them, an "
            "array (..., 2n), from where the Linear comes from"
        )
    return solution.mean_field.quadratures() if u is None else u[..., : 2 * len(solution.names)]


def _checked_convention(convention) -> Convention:
    if isinstance(convention, Convention):
        return convention
    if isinstance(convention, str) and convention in CONVENTIONS:
        return CONVENTIONS[convention]
    raise ParameterError(
        f"convention = {convention!r:.60} is not known (no unit); give one of {tuple(CONVENTIONS)}, "
        "or a Convention of your own"
    )


def _checked_mean(u) -> np.ndarray:
    u = checked("u", u, Quantity("u", "1", "mean quadrature"))
    if not u.ndim or u.shape[-1] % 2 or not u.shape[-1]:
        raise ParameterError(
            f"u has shape {u.shape} (dimensionless); give mean quadratures (..., 2n), two a mode"
        )
    return u
