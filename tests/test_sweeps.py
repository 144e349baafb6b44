"""A sweep with names is om.solve, cut into blocks."""

import functools
import json
import pathlib
import tracemalloc

import dask
import numpy as np
import pytest
import xarray as xr
import zarr

import omcore as om
from omcore.outputs import OUTPUTS
from omcore.sweeps import dataset, stores

W = om.PAPER.omega_m
DETUNINGS, TEMPERATURES = W * np.linspace(1.0, 3.0, 7), np.array([0.005, 0.05, 0.5])
CROSSED = {"Delta_c": DETUNINGS, "temperature": TEMPERATURES}


@pytest.fixture
def small_blocks(monkeypatch):
    """Several blocks of a sweep that is quick to solve."""
    monkeypatch.setattr(dataset, "BLOCK", 6)


def quietly(p, /, **options):
    return om.sweep(p, progress=False, **options)


def crossed():
    return om.solve(om.PAPER.replace(Delta_c=DETUNINGS[:, None], temperature=TEMPERATURES))


def cavity(detuning):
    """A cavity alone with a mirror, in units of omega_m."""
    return om.System(
        modes=["c"], H=np.asarray(detuning)[..., None, None], decay=[1.4], coupling=[1.2],
        omega_m=1, gamma_m=1e-5, n_m=830,
    )  # fmt: skip


def E_cm(s):
    return s.log_negativity("c", "m")


E_CM = {"E_cm": E_cm}


# ---- the numbers


@pytest.mark.parametrize("reading", om.MEAN_FIELDS)
def test_crossed_axes_give_what_one_solve_gives(small_blocks, reading):
    ds = quietly(om.PAPER, outputs=("E_am", "R", "q"), reading=reading, **CROSSED)
    swept = om.PAPER.replace(Delta_c=DETUNINGS[:, None], temperature=TEMPERATURES)
    s = om.solve(swept, reading)
    for name in ("E_am", "R", "q"):
        assert ds[name].dims == ("Delta_c", "temperature")
        assert np.array_equal(ds[name], OUTPUTS[name].of(s), equal_nan=True)
    assert np.array_equal(ds.stable, s.stable)
    assert 0 < ds.stable.sum() < ds.stable.size


def test_every_point_without_a_number_has_its_reason():
    ds, s = quietly(om.PAPER, **CROSSED), crossed()
    words = dict(zip(ds.status.flag_values, ds.status.flag_meanings.split(), strict=True))
    found = np.vectorize(words.get)(ds.status.values)
    assert np.array_equal(found, np.char.replace(s.status, " ", "_"))
    assert np.array_equal(np.isnan(ds.E_am), found != "stable")
    assert (quietly(om.PAPER, branch=1, Delta_c=DETUNINGS[-2:]).status == 3).all()


def test_a_state_that_is_none_has_no_number():
    p = om.PAPER.replace(gamma_m=0.5 * W)
    ds = quietly(p, Delta_c=W * np.linspace(2, 8, 20), temperature=[0.0, 1.0])
    none = ds.status == om.STATUS.index("no quantum state")
    assert none.any() and (ds.status == 0).any()
    assert np.array_equal(np.isnan(ds.E_am), none) and ds.stable.all()


def test_a_function_of_a_solution_is_an_output():
    """Alone it has its name; what it has no number for is NaN, and what is no number is refused."""
    outputs = {"own": lambda s: s.purity(), "E": OUTPUTS["E_am"], "flag": lambda s: True}
    ds, s = quietly(om.PAPER, outputs=outputs, **CROSSED), crossed()
    assert np.array_equal(ds.own, s.purity(), equal_nan=True) and (ds.flag == 1).all()
    assert np.array_equal(ds.E, s.log_negativity("a", "m"), equal_nan=True)
    assert [ds.own.attrs[key] for key in ("units", "symbol", "long_name")] == ["1", "own", "own"]
    assert quietly(cavity(0.5), outputs=E_CM).E_cm.python == 's.log_negativity("c", "m")'
    for wrong in (lambda s: s.V, lambda s: s.coupling("driven"), lambda s: None):
        with pytest.raises(om.ParameterError, match="give (outputs that|a function of) a Solution"):
            quietly(om.PAPER, outputs={"wrong": wrong}, **CROSSED)
    with pytest.raises(om.ParameterError, match="function = 'E'"):
        om.Output("E", "1", "", "s.purity()")


@pytest.mark.parametrize(
    "path",
    [
        {"Delta_c": ("x", DETUNINGS[:3]), "temperature": ("x", TEMPERATURES)},
        {"Delta_c": ("x", DETUNINGS[:3]), "temperature": xr.DataArray(TEMPERATURES, dims="x")},
    ],
)
def test_arrays_on_one_dimension_go_together(path):
    ds = quietly(om.PAPER, **path, kappa=W * np.array([0.5, 1.0]))
    assert dict(ds.sizes) == {"x": 3, "kappa": 2}
    for k in range(3):
        p = om.PAPER.replace(
            Delta_c=DETUNINGS[k], temperature=TEMPERATURES[k], kappa=W * np.array([0.5, 1.0])
        )
        assert np.array_equal(ds.E_am[k], om.solve(p).log_negativity("a", "m"), equal_nan=True)


def test_a_value_may_vary_along_two_dimensions_in_any_order(small_blocks):
    grid = W * np.linspace(0.5, 1.5, 21).reshape(3, 7)
    ds = quietly(
        om.PAPER, Delta_c=DETUNINGS, kappa=(("T", "Delta_c"), grid), temperature=("T", TEMPERATURES)
    )
    p = om.PAPER.replace(Delta_c=DETUNINGS[:, None], kappa=grid.T, temperature=TEMPERATURES)
    assert ds.E_am.dims == ("Delta_c", "T")
    assert np.array_equal(ds.E_am, om.solve(p).log_negativity("a", "m"), equal_nan=True)
    assert np.array_equal(ds.kappa, grid)


def test_coordinates_of_a_data_array_stay():
    ratio = xr.DataArray([2.0, 2.5], dims="ratio", coords={"ratio": [2.0, 2.5]})
    ds = quietly(om.PAPER, Delta_c=W * ratio)
    E = om.solve(om.PAPER.replace(Delta_c=2.5 * W)).log_negativity("a", "m")
    assert ds.E_am.sel(ratio=2.5).item() == pytest.approx(E, rel=1e-12)
    assert ds.Delta_c.dims == ("ratio",)


def test_what_p_has_already_stays_and_a_number_replaces_it():
    ds = quietly(om.PAPER, temperature=0.05)
    assert ds.E_am == om.solve(om.PAPER.replace(temperature=0.05)).log_negativity("a", "m")
    assert ds.temperature == 0.05 and not ds.E_am.dims
    p = om.PAPER.replace(kappa=[[2e7], [3e7]], gamma_a=[2e7, 3e7, 4e7])
    ds = quietly(p, dims=("kappa", "gamma_a"))
    assert np.array_equal(ds.E_am, om.solve(p).log_negativity("a", "m"), equal_nan=True)
    assert ds.kappa.dims == ("kappa",) and list(ds.gamma_a.values) == [2e7, 3e7, 4e7]


def test_a_system_of_arrays_is_swept(small_blocks):
    Delta = np.linspace(0.2, 1.4, 13)
    E = om.solve(cavity(Delta)).log_negativity("c", "m")
    ds = quietly(cavity(Delta), dims="Delta", outputs=E_CM)
    assert np.array_equal(ds.E_cm, E, equal_nan=True) and ds.E_cm.dims == ("Delta",)
    assert np.array_equal(ds.H_real[:, 0, 0], Delta) and not ds.H_imag.any()
    given = quietly(cavity(0.0), outputs=E_CM, H=("Delta", Delta[:, None, None]), n_m=[0.0, 830.0])
    assert np.array_equal(given.E_cm[:, 1], E, equal_nan=True)
    assert quietly(cavity(Delta), outputs=E_CM).E_cm.dims == ("dim_0",)


# ---- what stands beside them


def test_the_dataset_says_what_it_takes_to_make_it_again():
    ds = quietly(om.PAPER, reading="bare-detuning", **CROSSED)
    axes = {"Delta_c": ds.Delta_c.values[:, None], "temperature": ds.temperature.values}
    p = om.Parameters(**json.loads(ds.attrs["parameters"]), **axes)
    E = om.solve(p, ds.attrs["reading"]).log_negativity("a", "m")
    assert np.array_equal(ds.E_am, E, equal_nan=True)
    assert ds.attrs["omcore_version"] == om.__version__
    ds = quietly(cavity([0.5, 0.7]), outputs=E_CM)
    values = json.loads(ds.attrs["parameters"])
    del values["aliases"]
    for name, parts in values.items():
        if isinstance(parts, dict):
            values[name] = np.array(parts["real"]) + 1j * np.array(parts["imag"])
    again = om.System(**values, H=ds.H_real.values + 1j * ds.H_imag.values)
    assert np.array_equal(om.solve(again).log_negativity("c", "m"), ds.E_cm)


def test_every_variable_and_coordinate_has_its_attributes():
    ds = quietly(om.PAPER, outputs=("E_am", "growth"), **CROSSED)
    for name in ("Delta_c", "temperature", "E_am", "growth"):
        assert {"units", "long_name", "symbol"} <= set(ds[name].attrs)
    assert ds.temperature.units == "K" and ds.E_am.symbol == "E_{a-m}"
    assert ds.growth.units == "1" and "over omega_m" in ds.growth.long_name


def test_it_goes_to_netcdf_and_comes_back(tmp_path):
    """By SciPy's engine, netCDF 3, which needs no other package."""
    ds = quietly(om.PAPER, **CROSSED)
    ds.to_netcdf(tmp_path / "sweep.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "sweep.nc", engine="scipy") as back:
        xr.testing.assert_equal(back, ds)
        assert back.stable.dtype == bool and back.attrs == ds.attrs
        assert all(back[name].attrs == ds[name].attrs for name in ("E_am", "Delta_c"))
        assert list(back.status.flag_values) == list(ds.status.flag_values)


def test_it_says_what_it_costs_before_it_starts(capsys, monkeypatch):
    monkeypatch.setattr(dataset, "run", lambda *_: pytest.exit("started"))
    with pytest.raises(pytest.exit.Exception):
        om.sweep(om.PAPER, Delta_c=W * np.linspace(1, 3, 300), temperature=np.linspace(0, 1, 100))
    said = capsys.readouterr().out
    assert said.startswith("30,000 points in 1 blocks, of which 1 are to be computed: about ")
    assert "The result takes 0.5 MB" in said


# ---- blocks


def test_memory_is_that_of_the_blocks_at_work(monkeypatch, tmp_path):
    """Peak of a sweep three times as long, one block after the other."""
    monkeypatch.setattr(dataset, "BLOCK", 2000)
    peaks = []
    with in_line():
        for n in (1, 5, 15):  # blocks; the first imports
            axes = {
                "Delta_c": W * np.linspace(2, 4, 20 * n),
                "temperature": np.linspace(0.005, 1, 100),
            }
            tracemalloc.start()
            quietly(om.PAPER, outputs="E_am", store=tmp_path / f"{n}.zarr", **axes)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[2] < 1.2 * peaks[1] and peaks[2] < 6e4 * 512  # bytes that V alone would take


# ---- stores


@pytest.fixture
def blocks_computed(monkeypatch):
    """The number of every block that is computed."""
    computed, write = [], stores.write

    def counted(store, found, region, number):
        computed.append(number)
        write(store, found, region, number)

    monkeypatch.setattr(stores, "write", counted)
    return computed


def test_a_store_holds_what_a_sweep_in_memory_gives(small_blocks, tmp_path):
    kept = quietly(om.PAPER, store=tmp_path / "sweep.zarr", **CROSSED)
    assert kept.E_am.chunks == ((3, 3, 1), (3,))
    xr.testing.assert_identical(kept.load(), quietly(om.PAPER, **CROSSED))
    kept.to_netcdf(tmp_path / "sweep.nc", engine="scipy")


def test_a_sweep_that_broke_off_computes_what_is_missing(small_blocks, blocks_computed, tmp_path):
    store, numbers = tmp_path / "sweep.zarr", dataset.Recipe.numbers
    asked = []

    def breaks(recipe, values):
        asked.append(values)
        if len(asked) == 4:  # the first is a trial
            raise KeyboardInterrupt
        return numbers(recipe, values)

    with pytest.MonkeyPatch.context() as m, in_line(), pytest.raises(KeyboardInterrupt):
        m.setattr(dataset.Recipe, "numbers", breaks)
        quietly(om.PAPER, store=store, **CROSSED)
    assert len(blocks_computed) == 2
    broken = xr.open_zarr(store, consolidated=False)
    assert (broken.status == -1).sum() in (3, 9)  # what is not there is not called stable
    ds = quietly(om.PAPER, store=store, **CROSSED)
    assert sorted(blocks_computed) == [0, 1, 2]
    xr.testing.assert_identical(ds.load(), quietly(om.PAPER, **CROSSED))
    quietly(om.PAPER, store=store, **CROSSED)
    assert len(blocks_computed) == 3


def in_line():
    """No two blocks at once."""
    return dask.config.set(scheduler="synchronous")


def test_the_mark_is_written_after_all_variables(small_blocks, tmp_path, monkeypatch):
    order, put = [], zarr.Array.__setitem__
    monkeypatch.setattr(zarr.Array, "__setitem__", lambda a, *x: (order.append(a.path), put(a, *x)))
    with in_line():
        quietly(om.PAPER, store=tmp_path / "sweep.zarr", Delta_c=DETUNINGS[:2])
    *first, last = order[-5:]
    assert sorted(first) == ["E_am", "R", "stable", "status"]
    assert last == stores.MARKS and order.count(last) == 1


@pytest.mark.parametrize("name, left, said", [
    ("E_am", None, "is lost"), ("R", 0.0, "is truncated"), ("stable", 0.5, "is truncated"),
    ("status", 0.99, "is truncated"),
])  # fmt: skip
def test_a_chunk_that_was_lost_or_cut_short_is_named_and_computed_again(
    small_blocks, blocks_computed, tmp_path, name, left, said
):
    store = tmp_path / "sweep.zarr"
    quietly(om.PAPER, store=store, **CROSSED)
    chunk = store / name / "c" / "1" / "0"
    whole = chunk.read_bytes()
    chunk.unlink() if left is None else chunk.write_bytes(whole[: int(left * len(whole))])
    blocks_computed.clear()
    with pytest.warns(UserWarning, match=f"chunk {name}/c/1/0 {said}.*computed again"):
        ds = quietly(om.PAPER, store=store, **CROSSED)
    assert blocks_computed == [1]
    xr.testing.assert_identical(ds.load(), quietly(om.PAPER, **CROSSED))
    assert chunk.read_bytes() == whole
    zarr.open_group(store)[name][5, 0] = 1 - ds[name][5, 0]
    with pytest.warns(UserWarning, match=f"chunk {name}/c/1/0 .*holds other numbers"):
        ds = quietly(om.PAPER, store=store, **CROSSED)
    xr.testing.assert_identical(ds.load(), quietly(om.PAPER, **CROSSED))


@pytest.mark.parametrize("length", [None, 0, 5])
def test_a_mark_that_was_lost_or_cut_short_says_nothing(
    small_blocks, blocks_computed, tmp_path, length
):
    store = tmp_path / "sweep.zarr"
    quietly(om.PAPER, store=store, **CROSSED)
    mark = store / stores.MARKS / "c" / "2" / "0"
    blocks_computed.clear()
    if length is None:  # as where the block had never been done
        mark.unlink()
        quietly(om.PAPER, store=store, **CROSSED)
    else:
        mark.write_bytes(mark.read_bytes()[:length])
        with pytest.warns(UserWarning, match="the mark of block 2 is truncated"):
            quietly(om.PAPER, store=store, **CROSSED)
    assert blocks_computed == [2]


def test_a_store_of_unstable_points_alone_is_done(blocks_computed, tmp_path):
    """Chunks that are NaN from end to end, which zarr does not write, are not taken for lost."""
    for _ in range(2):
        ds = quietly(om.PAPER, store=tmp_path / "sweep.zarr", Delta_c=W * np.array([0.0, 0.1]))
    assert not ds.stable.any() and blocks_computed == [0]
    assert not (tmp_path / "sweep.zarr" / "E_am" / "c").exists()


@pytest.mark.parametrize("length", [0, 30])
def test_a_store_with_half_written_metadata_is_refused(tmp_path, length):
    store = tmp_path / "sweep.zarr"
    quietly(om.PAPER, store=store, **CROSSED)
    for file in sorted(store.rglob("zarr.json")):
        whole = file.read_bytes()
        file.write_bytes(whole[:length])
        with pytest.raises(om.ParameterError, match=r"store = .*sweep.zarr.*give another path"):
            quietly(om.PAPER, store=store, **CROSSED)
        file.write_bytes(whole)
    quietly(om.PAPER, store=store, **CROSSED)


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir(), here.mkdir()
    monkeypatch.chdir(here)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    quietly(om.PAPER, store="~/sweep.zarr", Delta_c=DETUNINGS[:2])
    assert (home / "sweep.zarr").is_dir() and not list(here.iterdir())
    assert stores.address(pathlib.Path("~") / "x.zarr") == str(home / "x.zarr")


@pytest.mark.parametrize(
    "change, named",
    [
        ({"p": om.PAPER.replace(power=0.03)}, r"power = 0\.04 W there, 0\.03 W here"),
        ({"p": om.PAPER.replace(drive="cw")}, "drive = ccw there, cw here"),
        ({"reading": "bare-detuning"}, "reading = self-consistent there, bare-detuning here"),
        ({"branch": 0}, "branch = null there, 0 here"),
        ({"outputs": ("E_am",)}, "its outputs are E_am, R, stable, status"),
        ({"outputs": {"E_am": OUTPUTS["E_am"], "R": OUTPUTS["R_a"]}}, "R is s.residual_contangle"),
        ({"Delta_c": DETUNINGS[:4]}, r"Delta_c has other values there \(7 points, 4 here\)"),
        ({"kappa": [3e7]}, "kappa = "),
        ({"version": "0.0.1"}, f"omcore_version = {om.__version__} there, 0.0.1 here"),
        ({"temperature": ("Delta_c", np.full(7, 0.1))}, "temperature has other values"),
    ],
)
def test_a_store_of_another_sweep_is_refused(tmp_path, monkeypatch, change, named):
    options = {"p": om.PAPER, "outputs": ("E_am", "R"), **CROSSED}
    run = lambda p, **rest: quietly(p, store=tmp_path / "s.zarr", **rest)
    run(**options)
    if "version" in change:
        monkeypatch.setattr(om, "__version__", change.pop("version"))
    with pytest.raises(om.ParameterError, match=f"holds another sweep: .*{named}.*another path"):
        run(**options | change)


def test_a_path_that_is_no_store_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("years")
    with pytest.raises(om.ParameterError, match="is there already, and no zarr store"):
        quietly(om.PAPER, store=tmp_path, **CROSSED)
    xr.Dataset({"x": 1.0}).to_zarr(tmp_path / "other.zarr", consolidated=False)
    with pytest.raises(om.ParameterError, match=r"was not made by om\.sweep"):
        quietly(om.PAPER, store=tmp_path / "other.zarr", **CROSSED)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["thesis.tex"]


# ---- what is refused


def at(**place):
    """One rate that has a coordinate."""
    return xr.DataArray([1e7], dims=[*place], coords={name: [x] for name, x in place.items()})


@pytest.mark.parametrize(
    "p, options, message",
    [
        (om.PAPER, {"kapa": [1e7]}, "kapa = .*do you mean kappa"),
        (om.PAPER, {"kappa": [[1e7, 2e7]]}, r"kappa has shape \(1, 2\).*each axis its name"),
        (om.PAPER, {"kappa": [-1.0]}, "kappa = -1.0 rad/s.*positive"),
        (om.PAPER, {"kappa": []}, "kappa has no points"),
        (om.PAPER, {"kappa": (("x", "x"), np.ones((2, 2)) * 1e7)}, "dimensions"),
        (om.PAPER, {"kappa": ("x", [1e7, 2e7]), "gamma_a": ("x", [1e7])}, "conflicting sizes for dimension"),
        (om.PAPER, {"kappa": ("E_am", [1e7])}, "E_am .* is a dimension and an output"),
        (om.PAPER, {"drive": ["cw", "ccw"]}, r"drive = .* is no axis; sweep p\.replace"),
        (om.PAPER, {"kappa": xr.DataArray([1.0], dims="x", attrs={"units": "MHz"})}, "brings the unit MHz"),
        (om.PAPER, {"kappa": ("x", xr.DataArray([1.0], attrs={"units": "MHz"}))}, "brings the unit MHz"),
        (om.PAPER, {"kappa": at(power=1.0)}, "brings a coordinate power .* not what is solved"),
        (om.PAPER, {"kappa": at(x=1.0), "gamma_a": at(x=2.0)}, "do not fit together"),
        (om.PAPER, {"outputs": ("E_xy",)}, "'E_xy' .*is none; use some of E_am"),
        (om.PAPER, {"outputs": {"E": 's.log_negativity("a", "m")'}}, "is no Output"),
        (om.PAPER, {"outputs": {"E": lambda s: s.nothing}}, "(?s)s.nothing.*no attribute"),
        (om.PAPER, {"reading": "mine"}, "reading = 'mine'"),
        (om.PAPER.replace(kappa=[1e7, 2e7]), {"dims": ("x", "y")}, r"but p is a sweep of shape \(2,\)"),
        (om.system(om.PAPER), {"kappa": [1e7]}, "kappa is no field of a System"),
        (om.system(om.PAPER), {"outputs": "coupling_atoms"}, "coupling_atoms.*a Solution s of System"),
        ({"kappa": 1e7}, {}, "of type dict"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_the_door(p, options, message):
    with pytest.raises(om.ParameterError, match=message):
        quietly(p, **options)


def test_a_store_refuses_a_function_that_it_could_take_for_another(tmp_path):
    times = lambda a: lambda s: a * s.purity()
    assert quietly(om.PAPER, outputs={"x": times(2)}, Delta_c=[2.5 * W]).x > 1
    for hidden in (times(2), functools.partial(times(2)), lambda s, a=2: a * s.purity()):
        with pytest.raises(om.ParameterError, match="leave the store out"):
            om.sweep(om.PAPER, outputs={"x": hidden}, Delta_c=[2.5 * W], store=tmp_path / "x")


def test_a_dimension_of_a_system_keeps_its_name_and_each_axis_has_one():
    system, n_m = om.system(om.PAPER), [1.0, 2.0, 3.0]
    with pytest.raises(om.ParameterError, match="mode .* give another name"):
        quietly(system, n_m=("mode", n_m), decay=system.decay)
    assert quietly(system, outputs="R", n_m=("bath", n_m), decay=system.decay).R.shape == (3,)
    with pytest.raises(om.ParameterError, match="name each of its axes, once"):
        quietly(om.PAPER.replace(kappa=np.full((2, 2), om.PAPER.kappa)), dims=("a", "a"))


# ---- of the general model


def test_an_entry_of_a_system_is_an_axis():
    pair = om.System(
        modes=["a", "b"], H=np.eye(2), decay=[1.0, 1.0], squeezing=np.zeros((2, 2)), mirrors=()
    )
    strengths, baths = np.array([0.0, 0.3, 0.6]), [0.0, 0.2]
    ds = om.sweep(
        pair, **{"squeezing[0,1]": strengths, "n[1]": baths, "H[0,0]": ("squeezing[0,1]", 3 * [-1.0])},
        outputs={"E": lambda s: s.log_negativity("a", "b")}, progress=False,
    )  # fmt: skip
    assert dict(ds.E.sizes) == {"squeezing[0,1]": 3, "n[1]": 2}
    for j, s in enumerate(strengths):
        for k, n in enumerate(baths):
            given = pair.replace(squeezing=[[0, s], [s, 0]], n=[0, n], H=np.diag([-1.0, 1.0]))
            assert ds.E.values[j, k] == om.solve(given).log_negativity("a", "b")
    with pytest.raises(om.ParameterError, match="entry by its numbers"):
        om.sweep(pair, **{"H[0,2]": [1.0]}, progress=False)


def test_mirrors_have_a_dimension_of_their_own():
    two = om.System(
        modes=["c"], H=[[1.0]], decay=[0.5], coupling=[[0.1, 0.2]], mirrors=("b1", "b2"), omega_m=[1.0, 1.1],
        gamma_m=0.01, n_m=0.0,
    )  # fmt: skip
    E = {"E": lambda s: s.log_negativity("c", "b1")}
    ds = om.sweep(two, omega_m=[[1.0, 1.1], [1.0, 1.2]], outputs=E, progress=False)
    assert ds.omega_m.dims == ("omega_m", "mirror") and ds.E.shape == (2,)
    ds = om.sweep(two, **{"omega_m[1]": [1.1, 1.2]}, outputs=E, progress=False)
    assert ds.E.values[1] == om.solve(two.replace(omega_m=[1.0, 1.2])).log_negativity("c", "b1")


def test_a_linear_is_swept_along_its_own_axes():
    linear = om.solve(om.PAPER).linear.filtered(
        "driven", at=np.array([-1.0, 1.0]) * 63e6, width=1e6
    )
    ds = om.sweep(
        linear, dims="at", outputs={"E": lambda s: s.log_negativity("out", "m")}, progress=False
    )
    np.testing.assert_array_equal(ds.E, om.solve(linear).log_negativity("out", "m"))
    assert ds.attrs["reading"] == "none, of a Linear"
    with pytest.raises(om.ParameterError, match="leave them out"):
        om.sweep(linear, reading="bare-detuning", progress=False)


def test_an_entry_of_a_linear_is_an_axis_and_one_value_for_each_mirror_is_none():
    linear = om.Linear(("c",), -np.eye(2), np.eye(2))
    n = {"n": lambda s: s.quanta("c")}
    ds = om.sweep(linear, **{"D[0,0]": [1.0, 3.0]}, outputs=n, progress=False)
    np.testing.assert_allclose(ds.n, [0.0, 0.5], atol=1e-12)
    mixed = om.sweep(linear, **{"D[0,1]": [0.0, 0.1]}, outputs=n, progress=False)
    assert mixed.n.shape == (2,)
    two = om.System(
        modes=["c"], H=[[1.0]], decay=[0.5], coupling=[[0.1, 0.2]], mirrors=("b1", "b2"), omega_m=1.0,
        gamma_m=0.01, n_m=0.0,
    )  # fmt: skip
    with pytest.raises(om.ParameterError, match="one value a mirror"):
        om.sweep(two, n_m=[0.0, 9.0], outputs={"E": lambda s: s.purity()}, progress=False)
    with pytest.raises(om.ModeError, match="outputs="):
        om.sweep(two, n_m=[[5.0, 5.0]], progress=False)
