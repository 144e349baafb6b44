"""The map of the large sweeps."""

import numpy as np
import pytest
import xarray as xr

import omcore as om
from drawings.sweep import best_detunings

W = om.PAPER.omega_m
AXES = {
    "kappa": W * np.array([0.3, 0.6, 1.2]),
    "gamma_a": W * np.array([0.3, 0.6]),
    "Delta_c": W * np.array([0.0, 2.5, 3.0]),
    "Delta_a": W * np.array([-1.1, 0.0]),
}


@pytest.fixture(scope="module")
def ds():
    return om.sweep(om.PAPER, outputs="E_am", progress=False, **AXES)


def test_the_maps_are_those_of_plain_solves(ds):
    d = best_detunings.data(ds)
    assert np.allclose([d.kappa, [*d.gamma_a, 1]], [[0.3, 0.6, 1.2], [0.3, 0.6, 1]])
    kappa, gamma_a = AXES["kappa"], AXES["gamma_a"][:, None]
    solved = lambda **p: om.solve(
        om.PAPER.replace(kappa=kappa, gamma_a=gamma_a, **p)
    ).log_negativity("a", "m")
    assert np.allclose(d.held, solved(), equal_nan=True)
    pairs = [(c, a) for c in AXES["Delta_c"] for a in AXES["Delta_a"]]
    every = [solved(Delta_c=c, Delta_a=a) for c, a in pairs]
    assert np.allclose(d.best, np.nanmax(every, axis=0))
    assert (d.lost >= 0).all()


def test_the_drawing_shows_both_on_one_scale(ds):
    left, right, _ = best_detunings.draw(best_detunings.data(ds)).axes
    shown = [axis.collections[0] for axis in (left, right)]
    assert shown[0].norm is shown[1].norm
    assert np.nanmax(shown[1].get_array()) == pytest.approx(ds.E_am.max().item())


def test_a_point_without_a_steady_state_has_lost_all(ds):
    nowhere = ds.assign(E_am=xr.where(ds.Delta_c == ds.Delta_c[1], np.nan, ds.E_am))
    assert (best_detunings.data(nowhere).lost == 1).all()
