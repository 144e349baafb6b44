"""Parameters and matrices that several tests draw from."""

import numpy as np
import pytest

import omcore as om
from omcore.engine import PARTS
from omcore.evolution import flow
from omcore.resonator import as_system
from omcore.systems import light_operator

RNG_SEED = 20240708

# What the plain route of the chain cannot have, since this is what the engine is for.
needs_engine = pytest.mark.skipif(not PARTS, reason="the engine is off")


def digits(tolerance):
    """A tolerance, or that of the plain route if it is on and has fewer digits."""
    return tolerance if PARTS else max(tolerance, 1e-8)


def random_parameters(n, seed=RNG_SEED, **changes):
    """n points spread over what the figures sweep, and well beyond; some are unstable."""
    rng = np.random.default_rng(seed)
    w = om.PAPER.omega_m
    return om.PAPER.replace(
        **{
            "drive": "cw",
            "Delta_c": w * rng.uniform(-3, 6, n),
            "Delta_a": w * rng.uniform(-3, 2, n),
            "G_a": w * rng.uniform(0, 1.5, n),
            "kappa": w * rng.uniform(0.05, 2, n),
            "gamma_a": w * rng.uniform(0.05, 2, n),
            "gamma_m": 10 ** rng.uniform(2, 5, n),
            "power": 10 ** rng.uniform(-4, -1, n),
            "temperature": 10 ** rng.uniform(-3, 0.5, n),
            "angular_velocity": rng.uniform(-4e4, 4e4, n),
        }
        | changes
    )


def bistable(**changes):
    """A narrow cavity without atoms and rotation, which has three steady states between two powers."""
    p = om.PAPER.replace(G_a=0.0, angular_velocity=0.0).in_omega_m(kappa=0.1, Delta_c=1.0)
    return p.replace(**changes)


def point(p, k):
    """The k-th point of a one-dimensional sweep, as scalars."""
    names = [name for name in om.Parameters.__annotations__ if np.ndim(getattr(p, name))]
    return p.replace(**{name: getattr(p, name)[k] for name in names})


def residual(p, field):
    """Largest entry of the mean-field flow at a mean field or its branches, over the largest term in it."""
    system = as_system(p).along_branches() if field.has_branches else as_system(p)
    alpha, q = np.abs(field.amplitudes), np.abs(field.q)
    terms = [
        np.abs(light_operator(system, 0.0)).max((-1, -2)) * alpha.max(-1),
        np.abs(system.photon_coupling * q[..., None] * alpha).max(-1),
        np.abs(system.drive).max(-1),
        system.omega_m * q,
    ]
    largest = np.max(np.broadcast_arrays(*terms), axis=0)
    return np.abs(flow(system, field.quadratures())).max(-1) / np.where(largest == 0, 1, largest)


def random_states(n_modes, n, seed=RNG_SEED, strength=0.4):
    """n random physical covariance matrices: thermal states under random symplectic maps."""
    rng = np.random.default_rng(seed)
    omega = om.symplectic_form(n_modes)
    generator = rng.normal(size=(n, 2 * n_modes, 2 * n_modes)) * strength
    generator = generator + np.swapaxes(generator, -1, -2)
    # exp(Ω H) with symmetric H is symplectic; a Cayley transform of it is too.
    step = omega @ generator / 2
    one = np.eye(2 * n_modes)
    S = np.linalg.solve(one - step, one + step)
    thermal = np.repeat(0.5 + rng.exponential(0.5, (n, n_modes)), 2, axis=-1)
    V = S * thermal[:, None, :] @ np.swapaxes(S, -1, -2)
    return (V + np.swapaxes(V, -1, -2)) / 2


def squeezed(*r):
    """Product of single-mode squeezed vacua: X variance exp(-2r)/2, Y variance exp(2r)/2."""
    return np.diag(np.ravel([[np.exp(-2 * x) / 2, np.exp(2 * x) / 2] for x in r]))


def beam_splitter(V, i, j, transmission=0.5):
    """The covariance matrix after modes i and j have met on a beam splitter."""
    t, r = np.sqrt(transmission), np.sqrt(1 - transmission)
    S = np.eye(len(V))
    for k in range(2):
        a, b = 2 * i + k, 2 * j + k
        S[a, a] = S[b, b] = t
        S[a, b], S[b, a] = r, -r
    return S @ V @ S.T


def two_mode_squeezed(r):
    c, s = np.cosh(2 * r) / 2, np.sinh(2 * r) / 2
    return np.array([[c, 0, s, 0], [0, c, 0, -s], [s, 0, c, 0], [0, -s, 0, c]])
