"""The atoms, by machine: from N_a spins to one mode, Eq. 4, with SymPy (an optional extra).

The map of Holstein and Primakoff is compared with sums of Pauli matrices, entry by entry.
"""

from ..extras import require

require("derivation", "sympy")

import sympy as sp
from sympy import sqrt
from sympy.physics.quantum import Dagger

from ..interop.symbolic import normal_ordered
from .derivation import Delta_a, N_a, c


def dicke_spins(N: int) -> dict:
    r"""Collective spins of N atoms, sums of Pauli matrices, in the symmetric states.

    A dict of matrices (N + 1, N + 1): "-", "+" and "z" for :math:`S_{\pm,z}`, below Eq. 2, and
    "excited" for the number of excited atoms, :math:`\sum_i\sigma_+^i\sigma_-^i`. The n-th state
    has n excited atoms.

    >>> dicke_spins(2)["z"]
    Matrix([
    [-2, 0, 0],
    [ 0, 0, 0],
    [ 0, 0, 2]])
    """
    lower, z, one = sp.Matrix([[0, 1], [0, 0]]), sp.diag(-1, 1), sp.eye(2)  # ground state first

    def total(spin):
        products = (
            sp.kronecker_product(*(spin if k == i else one for k in range(N))) for i in range(N)
        )
        return sum(products, sp.zeros(2**N))

    S = {"-": total(lower), "+": total(lower.T), "z": total(z), "excited": total(lower.T * lower)}
    states = [sp.eye(2**N)[:, 0]]
    for _ in range(N):
        states.append((S["+"] * states[-1]).normalized())
    B = sp.Matrix.hstack(*states)
    return {name: (B.T * M * B).applyfunc(sp.simplify) for name, M in S.items()}


def holstein_primakoff(N: int) -> dict:
    r"""The spins of N atoms in terms of one mode, exactly: Eq. 4 as it should read.

    :math:`S_- = \sqrt{N - c^\dagger c}\;c`, :math:`S_+ = S_-^\dagger`, and with the Pauli matrices
    of Eq. 2 :math:`S_z = 2c^\dagger c - N`.

    >>> from omcore.proofs.derivation import mismatches
    >>> spins, mode = dicke_spins(3), holstein_primakoff(3)
    >>> [mismatches(mode[s], spins[s]) for s in ("-", "+", "z")]
    [{}, {}, {}]
    """
    lower, number, root = _truncated_mode(N)
    return {"-": root * lower, "+": lower.T * root, "z": 2 * number - N * sp.eye(N + 1)}


def printed_holstein_primakoff(N: int) -> dict:
    r"""Eq. 4 as printed: c to the left of the root in :math:`S_-`, and half of :math:`S_z`.

    >>> printed = printed_holstein_primakoff(2)
    >>> printed["z"] == holstein_primakoff(2)["z"] / 2, printed["-"].H == printed["+"]
    (True, False)
    """
    lower, number, root = _truncated_mode(N)
    return {"-": lower * root, "+": lower.T * root, "z": number - N * sp.eye(N + 1) / 2}


def _truncated_mode(N):
    """c, c†c and sqrt(N - c†c) in the states with 0 to N quanta, to which Eq. 4 applies."""
    lower = sp.Matrix(N + 1, N + 1, lambda i, j: sqrt(j) if j == i + 1 else 0)
    return lower, lower.T * lower, sp.diag(*(sqrt(N - n) for n in range(N + 1)))


def spin_commutator():
    r"""The exact :math:`[S_-, S_+]` of Eq. 4 with its roots in the right order.

    It falls from N_a to -N_a as the atoms are excited. :math:`c \approx S_-/\sqrt{N_a}` is a boson
    as long as twice the excited fraction, :math:`2\langle c^\dagger c\rangle/N_a`, is small.

    >>> spin_commutator()
    N_a - 2*Dagger(c)*c
    """
    number = Dagger(c) * c
    lower_raise = (N_a - number) * c * Dagger(c)  # the root commutes with c c^dagger
    raise_lower = Dagger(c) * (N_a - number) * c
    return normal_ordered(lower_raise - raise_lower)


def literal_atomic_energy():
    r"""The term :math:`\Delta_a S_+S_-` of Eqs. 3 and A1 by Eq. 4, in normal order.

    The mode c would oscillate at N_a Δ_a. Eq. 5 has Δ_a, which needs
    :math:`\Delta_a\sum_i\sigma_+^i\sigma_-^i` in Eq. 3. The two agree for one atom only.

    >>> literal_atomic_energy()
    Delta_a*N_a*Dagger(c)*c - Delta_a*Dagger(c)**2*c**2
    """
    return normal_ordered(Delta_a * Dagger(c) * (N_a - Dagger(c) * c) * c)
