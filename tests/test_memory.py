"""A bath with memory as one more mode: a damped pseudomode, integrated out, has a Lorentzian kernel.

A cavity z is coupled by g to a mode of frequency w and decay G, which nothing else sees. The mode's own
equation solved and put in, the cavity obeys

    dz/dt = -(K + i Delta) z - g^2 int_0^t exp[-(G + i w)(t - s)] z(s) ds + noise .
"""

import numpy as np
import pytest
from scipy.integrate import cumulative_simpson, simpson
from scipy.linalg import expm

import omcore as om

K, DELTA, g, G, W = 0.3, 1.0, 0.8, 0.5, 1.7
SYSTEM = om.System(
    modes=("cavity", "pseudomode"), H=[[DELTA, g], [g, W]], decay=[K, G], coupling=[0.0, 0.0],
    omega_m=1.0, gamma_m=0.1, n_m=0.0,
)  # fmt: skip
A = om.drift_matrix(SYSTEM, om.mean_field(SYSTEM))[
    :4, :4
]  # without the mirror, which nothing touches


def amplitude(M):
    """The response of X + iY of the cavity to a real push, from the quadratures."""
    return M[..., 0, 0] + 1j * M[..., 1, 0]


def test_in_time_the_cavity_obeys_the_equation_with_memory():
    t = np.linspace(0, 12, 2401)
    z = amplitude(np.array([expm(A * s) for s in t]))
    # the memory integral, with the kernel as a product of two factors
    past = cumulative_simpson(np.exp((G + 1j * W) * t) * z, x=t, initial=0)
    kernel = g**2 * np.exp(-(G + 1j * W) * t) * past
    rate = cumulative_simpson(-(K + 1j * DELTA) * z - kernel, x=t, initial=0)
    np.testing.assert_allclose(1 + rate, z, atol=1e-6)
    assert abs(z - np.exp(-(K + 1j * DELTA) * t)).max() > 0.5  # not what it does alone


def test_its_response_to_a_tone_is_that_of_a_lorentzian_bath():
    for omega in (-2.0, 0.4, 1.0, 1.7, 5.0):
        response = np.linalg.inv(
            1j * omega * np.eye(4) - A
        )  # to exp(i omega t), of both quadratures
        z = (response[0, 0] + response[1, 1] + 1j * (response[1, 0] - response[0, 1])) / 2
        memory = g**2 / (G + 1j * (W + omega))
        assert z == pytest.approx(1 / (K + 1j * (DELTA + omega) + memory), rel=1e-12)


@pytest.mark.parametrize("n", [0.0, 2.0])
def test_the_noise_of_the_bath_has_its_colour(n):
    """White noise of the cavity's own bath, and a Lorentzian line of the other one."""
    V = om.lyapunov(A, np.diag([K, K, G * (2 * n + 1), G * (2 * n + 1)]))
    w = W * np.tan(np.linspace(-np.pi / 2, np.pi / 2, 200001)[1:-1])
    line = G**2 + (w - W) ** 2
    response = 1 / (K - 1j * (w - DELTA) + g**2 / (G - 1j * (w - W)))
    spectrum = abs(response) ** 2 * (K + g**2 * G * (2 * n + 1) / line)
    assert V[0, 0] == pytest.approx(simpson(spectrum, x=w) / (2 * np.pi), rel=1e-5)
    assert V[0, 0] == pytest.approx(V[1, 1]) and (V[0, 0] == pytest.approx(0.5)) == (n == 0)


def test_a_fast_pseudomode_is_a_bath_without_memory():
    fast = 1e4
    more = g**2  # of decay
    B = A.copy()
    B[:2, 2:] *= np.sqrt(fast)
    B[2:, :2] *= np.sqrt(fast)
    B[2:, 2:] = -fast * np.eye(2)
    z = amplitude(expm(B * 2.0))
    assert z == pytest.approx(np.exp(-(K + more + 1j * DELTA) * 2.0), abs=1e-3)
