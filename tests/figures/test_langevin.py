"""Chapter 3: what noise does to a mode of light, and to the mirror."""

import numpy as np
import pytest

import omcore as om
from drawings.langevin import baths


def test_a_mode_relaxes_to_the_vacuum_whatever_its_rate():
    for kappa in (0.1, 1.0):
        p = om.PAPER.replace(kappa=kappa * om.PAPER.omega_m)
        assert om.lyapunov(*baths.light(p)) == pytest.approx(np.eye(2) / 2)


def test_trajectories_have_the_exact_mean_and_spread():
    d = baths.data(number=4000)
    error = d.spread[1:] / np.sqrt(4000)
    assert (abs(d.paths.mean(-1) - d.mean)[1:] < 5 * error).all()
    assert d.paths.std(-1)[1:] == pytest.approx(d.spread[1:], rel=0.06)


def test_a_lone_mirror_rests_in_the_thermal_state_of_either_bath():
    for lindblad in (False, True):
        A, D = baths.mirror(0.1, 3.0, lindblad)
        assert om.lyapunov(A, D) == pytest.approx(3.5 * np.eye(2))


@pytest.mark.parametrize("phonons", [0.0, 1.0, 9.9])
def test_noise_on_p_alone_breaks_the_condition_of_lindblad_and_noise_on_both_does_not(phonons):
    omega = om.symplectic_form(1)
    for lindblad in (False, True):
        A, D = baths.mirror(1.0, phonons, lindblad)
        lowest = np.linalg.eigvalsh(D - 0.5j * (A @ omega + omega @ A.T)).min()
        occupied = 2 * phonons + 1
        expected = phonons if lindblad else (occupied - np.sqrt(occupied**2 + 1)) / 2
        assert lowest == pytest.approx(expected, abs=1e-12)


def test_a_squeezed_mirror_passes_through_states_that_do_not_exist():
    times = np.linspace(0, 3, 61)
    assert baths.squeezed_margins(0.1, times).min() < -5e-3
    assert baths.squeezed_margins(0.1, times, lindblad=True).min() > -1e-12
    paper = om.PAPER.gamma_m / om.PAPER.omega_m
    assert -1e-5 < baths.squeezed_margins(paper, times).min() < -1e-6


def test_phonons_are_classical_when_warm_and_gone_when_cold():
    d = baths.data(number=2)
    assert d.phonons[-1] == pytest.approx(d.classical[-1] - 0.5, rel=1e-6)
    assert d.phonons[0] < 1e-10
