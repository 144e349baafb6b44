"""Chapter 8: a pair with a closed form, and the joint noise of atoms and mirror."""

import numpy as np
import pytest

import omcore as om
from drawings.entanglement import joint_noise, squeezed_pair
from omcore.gaussian.states import two_mode_squeezed


def test_squeezed_pair_with_loss_has_its_closed_form():
    d = squeezed_pair.data()
    for t in squeezed_pair.TRANSMISSIONS:
        assert d.E[t] == pytest.approx(d.closed_form[t], abs=1e-9)


def test_the_difference_form_fails_and_the_library_does_not():
    V = two_mode_squeezed(6.0)
    assert not np.isfinite(squeezed_pair.by_difference(V))
    assert om.log_negativity(V, 0, 1) == pytest.approx(12, abs=1e-4)
    assert squeezed_pair.by_quotient(V) == pytest.approx(12, abs=1e-4)


def test_atoms_and_mirror_are_quiet_only_together(case):
    x = joint_noise.data()[case]
    assert min(x.local_least) > 0.5 > x.least
    lowest = np.linalg.eigvalsh(x.plane)[0]
    assert lowest == pytest.approx(
        x.least
    )  # the plane that is drawn contains the quietest quadrature
