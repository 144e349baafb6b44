"""What hypothesis draws: states, Systems, drifts with their noise, and points of the resonator."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import omcore as om
from drawings.kit.knobs import KNOBS

FIELDS = [name for name in om.Parameters.__annotations__ if name != "drive"]


def reals(lowest, highest):
    """Floats of a range, without numbers so small that their squares vanish."""
    return st.floats(lowest, highest, allow_subnormal=False)


def matrices(rows, columns, size=1.0):
    return arrays(float, (rows, columns), elements=reals(-size, size))


@st.composite
def orthogonals(draw, n):
    """Orthogonal matrices."""
    return np.linalg.qr(draw(matrices(n, n)) + 2 * np.eye(n))[0]


@st.composite
def passive_optics(draw, n):
    """Beam splitters and phase shifters: the symplectic matrices that are orthogonal, from a unitary."""
    U = np.linalg.qr(draw(matrices(n, n)) + 1j * draw(matrices(n, n)) + 2 * np.eye(n))[0]
    S = np.empty((2 * n, 2 * n))
    S[::2, ::2], S[::2, 1::2], S[1::2, ::2], S[1::2, 1::2] = U.real, -U.imag, U.imag, U.real
    return S


def squeezers(r):
    """Each mode squeezed by its own r."""
    return np.diag(np.ravel(np.stack([np.exp(-np.asarray(r)), np.exp(r)], -1)))


@st.composite
def symplectics(draw, n, strength=1.2):
    """Any symplectic matrix up to a strength of squeezing: Bloch and Messiah's passive, squeezed, passive."""
    r = draw(arrays(float, n, elements=reals(-strength, strength)))
    return draw(passive_optics(n)) @ squeezers(r) @ draw(passive_optics(n))


@st.composite
def local_symplectics(draw, n):
    """One symplectic 2x2 matrix a mode."""
    S = np.zeros((2 * n, 2 * n))
    for k in range(0, 2 * n, 2):
        S[k : k + 2, k : k + 2] = draw(symplectics(1))
    return S


@st.composite
def states(draw, n):
    """Covariance matrices of any n-mode Gaussian state (Williamson): symplectic maps of heat."""
    heat = draw(arrays(float, n, elements=reals(0.5, 4.0)))
    S = draw(symplectics(n))
    V = S @ np.diag(np.repeat(heat, 2)) @ S.T
    return (V + V.T) / 2


@st.composite
def systems(draw, driven=None):
    """Systems of one to five modes, in units of the mirror's frequency; driven, or about a mean field."""
    n = draw(st.integers(1, 5))
    H = draw(matrices(n, n, 0.6)) + 1j * draw(matrices(n, n, 0.6))
    H = (H + H.conj().T) / 2
    H[range(n), range(n)] = draw(arrays(float, n, elements=reals(-2, 3)))
    vector = lambda lowest, highest: draw(arrays(float, n, elements=reals(lowest, highest)))
    values = dict(
        modes=[f"z{k}" for k in range(n)], H=H, decay=vector(0.05, 2), omega_m=1.0,
        gamma_m=10 ** draw(reals(-5, -1)), n_m=draw(reals(1, 100)),
    )  # fmt: skip
    if draw(st.booleans()) if driven is None else driven:
        values["photon_coupling"] = vector(-1e-3, 1e-3)
        values["drive"] = 10 ** draw(reals(0, 3.2)) * (vector(-1, 1) + 1j * vector(-1, 1))
    else:
        values["coupling"] = vector(-1, 1) + 1j * vector(-1, 1)
    return om.System(**values)


@st.composite
def quantum_drifts(draw, n):
    """A stable A and a D that no quantum state can beat: the noise is at least what the decay demands.

    Both sides of D + i(A Ω + Ω Aᵀ)/2 >= 0 hold if D is the absolute value of the second term, or more.
    """
    A = draw(matrices(2 * n, 2 * n, 2.0))
    A -= (np.linalg.eigvals(A).real.max() + draw(reals(0.05, 2))) * np.eye(2 * n)
    omega = om.symplectic_form(n)
    values, vectors = np.linalg.eigh(0.5j * (A @ omega + omega @ A.T))
    least = ((vectors * np.abs(values)) @ vectors.conj().T).real
    more = draw(matrices(2 * n, 2 * n))
    D = least + more @ more.T
    return A, (D + D.T) / 2


@st.composite
def resonators(draw):
    """A point of the paper's resonator, every field anywhere on its slider."""
    values = {"drive": draw(st.sampled_from(["cw", "ccw"]))}
    omega_m = 1e6 * draw(reals(10, 200))
    for name in FIELDS:
        shown = KNOBS[name].shown
        if shown.logarithmic:
            value = 10 ** draw(reals(np.log10(shown.lowest), np.log10(shown.highest)))
        else:
            value = draw(reals(shown.lowest, shown.highest))
        values[name] = value * shown.factor(omega_m)
    return om.Parameters(**values | {"omega_m": omega_m})
