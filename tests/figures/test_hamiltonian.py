"""Chapter 2: photons, excited atoms, and where the energy goes."""

import numpy as np
import pytest
from points import random_parameters

import omcore as om
from drawings.hamiltonian import light_and_atoms


def test_quanta_are_those_of_the_mean_field_and_grow_with_the_power():
    d = light_and_atoms.data(power=np.array([1e-8, 1e-7, 0.04]))
    for case, p in om.CASES.items():
        field = om.mean_field(p)
        assert d.excitations[case][-1] == pytest.approx(abs(field.c) ** 2)
        assert d.photons[case][1] / d.photons[case][0] == pytest.approx(10, rel=1e-4)


def test_light_and_atoms_alone_obey_conservation_of_energy():
    """What the laser brings is what light and atoms lose: 2κΣ|α|² + 2γ_a|c|² = 2 Re(ε* α)."""
    p = random_parameters(200)
    f = om.mean_field(p)
    lost = p.kappa * (abs(f.alpha_cw) ** 2 + abs(f.alpha_ccw) ** 2) + p.gamma_a * abs(f.c) ** 2
    assert lost == pytest.approx(p.drive_amplitude * f.alpha_cw.real, rel=1e-9)
