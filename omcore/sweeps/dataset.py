"""Sweeps with named axes: an xarray Dataset, computed block by block on the workers of dask."""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..conventions import MatrixError, ModeError, ParameterError
from ..engine.blocks import chunks, tiles
from ..extras import require
from ..gaussian.parties import listed
from ..outputs import OUTPUTS, Output
from ..parameters import Parameters
from ..solution import STATUS, reading_of, solve
from . import stores
from .axes import changed, fields, named

BLOCK = 2**14  # points of a block, at least: smaller ones cost more in administration
TRIAL = 1000  # points solved to estimate the cost of the whole
ALWAYS = ("stable", "status")  # with the outputs, so that every NaN has its reason
WORDS = ("not computed", *STATUS)
FLAGS = {
    "flag_values": np.arange(-1, len(STATUS), dtype=np.int8),
    "flag_meanings": " ".join(word.replace(" ", "_") for word in WORDS),
}


def sweep(
    p,
    /,
    *,
    outputs=("E_am", "R"),
    reading=None,
    branch=None,
    dims=None,
    store=None,
    progress=True,
    **axes,
):
    """``omcore.solve`` over a grid of any size with named axes, as an xarray Dataset.

    An axis is a field with its values, in SI units. Plain arrays span a grid. Arrays on one named
    dimension vary together: write ("path", array), as for a variable of a Dataset, or give a DataArray.

    dask computes block by block: on the cluster of a ``distributed.Client`` if there is one,
    else in threads, or as ``dask.config.set(scheduler=...)`` says. Memory is bounded by the blocks
    in work and the result; with a store, by the blocks alone.

    Parameters
    ----------
    p : Parameters, System or Linear; may be a sweep already, whose axes come first
    outputs : names in ``omcore.outputs.OUTPUTS``; or {name: function of a Solution}, with an
        ``omcore.Output`` in place of the function if it is to have a symbol, a unit and a meaning.
        "stable" and "status", the reason where there is no number, are always added. A store identifies
        a function by its source, and refuses one that keeps values from elsewhere
    reading : "self-consistent", which None means, or "bare-detuning", see ``omcore.mean_field``
    branch : None, or the number of a branch, see ``omcore.mean_field``
    dims : names of the axes that p has already; "dim_0", ... if left out
    store : None, or the path of a zarr store that all workers reach. Blocks are written as they are
        done; called again, the same sweep computes missing and damaged blocks; a warning names the latter
    progress : whether to print an estimate of the cost, and a bar
    axes : field of p = values, ("dimension", values), or a DataArray. For fields of a System with axes of
        their own, such as H, those come last; ``**{"H[0,0]": values}`` sweeps one entry, in rad/s as the
        field is, and what stands opposite to it follows

    Returns
    -------
    xarray.Dataset. Each variable has its unit, meaning and symbol, and ``status`` its words as CF flags. The
    fields that do not vary, the reading and the version are in ``attrs``. A store is read when needed.

    Raises
    ------
    ParameterError
        For an unknown axis or output, arrays that do not fit, or a store made with other values,
        another reading or another version.
    ModuleNotFoundError
        Without xarray, dask and zarr.

    Examples
    --------
    >>> import numpy as np, omcore as om
    >>> w = om.PAPER.omega_m
    >>> ds = om.sweep(om.PAPER, Delta_c=w * np.array([0.0, 2.5]), temperature=[0.005, 0.05], progress=False)
    >>> ds.E_am.round(4).values
    array([[   nan,    nan],
           [0.1362, 0.1278]])
    >>> print(ds.sizes["Delta_c"], ds.Delta_c.units, ds.status.flag_meanings.split()[2])
    2 rad/s unstable

    Along one path, both change at once:

    >>> path = dict(Delta_c=("path", w * np.array([2.5, 2.6])), temperature=("path", [0.005, 0.006]))
    >>> om.sweep(om.PAPER, **path, progress=False).E_am.dims
    ('path',)
    """
    require("sweep", "xarray", "dask", "zarr")
    reading = reading_of(p, reading, branch)
    if not isinstance(progress, bool):
        raise ParameterError(f"progress = {progress!r:.60} (no unit); give True or False")
    grid = named(p, dims, axes)
    recipe = Recipe(grid.base, _chosen(outputs, grid), reading, branch)
    recipe.tried(grid.sample(1))  # what does not work says so here, not on a worker
    sides = chunks(grid.shape, BLOCK)
    regions = tiles(grid.shape, sides)
    empty = grid.coordinates().assign_attrs(recipe.attrs(grid.names))
    missing = range(len(regions))
    if store is not None:
        store = stores.address(store)
        if hidden := [name for name, o in recipe.outputs.items() if not o.told_by_source]:
            raise ParameterError(
                f"outputs[{hidden[0]!r}] (unit its own): its source does not tell all of it, so a store "
                "could take it for another; give a function that keeps no values, or leave the store out"
            )
        missing = stores.missing(store, empty, recipe.variables(), grid, sides, regions)
    if progress:
        print(_cost(recipe, grid, sides, len(missing), len(regions)))
    parts = ((k, recipe, grid.part(regions[k])) for k in missing)
    if store is None:
        found = run([(Recipe.numbers, recipe, part) for _, recipe, part in parts], progress)
        return _assembled(empty, recipe, grid, regions, found)
    run([(_stored, recipe, part, store, regions[k], k) for k, recipe, part in parts], progress)
    return stores.read(store, empty, recipe.variables())


@dataclass(frozen=True)
class Recipe:
    """The computation at each point."""

    base: object
    outputs: dict[str, Output]
    reading: str | None
    branch: int | None

    def numbers(self, values) -> dict[str, np.ndarray]:
        """All variables of a block; ``values`` are those of its axes, which broadcast to its shape."""
        s = solve(changed(self.base, values), self.reading, self.branch)
        found = {name: output.of(s) for name, output in self.outputs.items()}
        status = np.select([s.status == word for word in STATUS], range(len(STATUS)))
        return found | {"stable": s.stable, "status": status.astype(np.int8)}

    def tried(self, values):
        """The numbers of a trial, or an error that names the output that fails."""
        try:
            return self.numbers(values)
        except ModeError as error:
            raise ModeError(
                f"outputs {', '.join(self.outputs)}: {error}; or give others, as outputs={{name: "
                "function of a Solution}"
            ) from error
        except (ParameterError, MatrixError):
            raise
        except Exception as error:  # the function of an Output may raise any
            codes = ", ".join(f"{name} = {output.code}" for name, output in self.outputs.items())
            raise ParameterError(
                f"outputs {codes} (units their own): {type(error).__name__}, {error}; give outputs that a "
                f"Solution s of {type(self.base).__name__} has"
            ) from error

    def variables(self) -> dict[str, tuple]:
        """Name -> (type, value where nothing is computed yet, attributes)."""
        numbers = {name: (np.float64, np.nan, _described(o)) for name, o in self.outputs.items()}
        stable = {"long_name": "whether there is a steady state"}
        status = {"long_name": "what holds at the point"} | FLAGS
        return numbers | {"stable": (np.bool_, False, stable), "status": (np.int8, -1, status)}

    def attrs(self, swept) -> dict[str, str]:
        """All that is needed to repeat the sweep, apart from its coordinates."""
        from .. import __version__

        return {
            "Conventions": "CF-1.11",
            "source": "om.sweep of omcore",
            "omcore_version": __version__,
            "reading": self.reading or "none, of a Linear",
            "branch": json.dumps(self.branch if self.branch is None else int(self.branch)),
            "parameters": json.dumps(_fixed(self.base, swept)),
        }


def _stored(recipe, values, store, region, number):
    stores.write(store, recipe.numbers(values), region, number)


def run(tasks, progress=False) -> list:
    """The results of tasks ``(function, *arguments)``, by dask on the cluster or scheduler that is set.

    >>> run([(pow, 2, 3), (pow, 2, 4)])
    [8, 16]
    """
    import dask
    from dask.diagnostics import ProgressBar

    tasks = [dask.delayed(function, pure=False)(*arguments) for function, *arguments in tasks]
    client = getattr(dask.base.get_scheduler(), "__self__", None)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "10GB"}):
        if not progress:
            return list(dask.compute(*tasks))
        if client is None:
            with ProgressBar(dt=0.5, out=sys.stderr):
                return list(dask.compute(*tasks))
        from distributed import progress as bar

        futures = client.compute(tasks)
        bar(futures, notebook=False)
        return client.gather(futures)


def _chosen(outputs, grid) -> dict[str, Output]:
    """Outputs by name, without those that are always added."""
    if not isinstance(outputs, Mapping):
        names = listed(outputs)
        known = {*OUTPUTS, *ALWAYS}
        unknown = [name for name in names if not isinstance(name, str) or name not in known]
        if unknown:
            raise ParameterError(
                f"outputs: {unknown[0]!r:.60} (unit unknown) is none; use some of "
                f"{', '.join((*OUTPUTS, *ALWAYS))}, or {{name: a function of a Solution}}"
            )
        outputs = {name: OUTPUTS[name] for name in names if name not in ALWAYS}
    for name, given in outputs.items():
        if not callable(given) and not isinstance(given, Output):
            raise ParameterError(
                f"outputs[{name!r}] = {given!r:.60} (unit unknown) is no Output; give a function of a "
                "Solution, or om.Output(function, symbol, unit, meaning)"
            )
    if taken := {*outputs, *ALWAYS} & {*grid.dims, *grid.names}:
        raise ParameterError(
            f"{min(taken)} (no unit) is a dimension and an output; give one of them another name"
        )
    return {n: Output(o, n, "1", n) if callable(o) else o for n, o in outputs.items()}


def _described(output):
    """CF attributes of an output; a rate in units of omega_m has the unit 1, and its name says so."""
    ratio = output.unit == "omega_m"
    return {
        "units": "1" if ratio else output.unit,
        "long_name": output.meaning + (", over omega_m" if ratio else ""),
        "symbol": output.symbol + (r"/\omega_m" if ratio else ""),
        "python": output.code,
        "ancillary_variables": "status",
    }


def _fixed(base, swept) -> dict:
    """The fields that do not vary, for JSON."""
    words = ("modes", "mirrors", "classical", "aliases")
    words = ("drive",) if isinstance(base, Parameters) else [w for w in words if hasattr(base, w)]
    found = {name: getattr(base, name) for name in words}
    for name, (_, kind, _) in fields(base).items():
        array = np.asarray(getattr(base, name))
        if name not in swept:
            parts = {"real": array.real.tolist(), "imag": array.imag.tolist()}
            found[name] = parts if kind is complex else array.tolist()
    return found


def _assembled(empty, recipe, grid, regions, found):
    """The Dataset of all blocks, which are freed one by one."""
    variables = recipe.variables()
    arrays = {name: np.empty(grid.shape, kind) for name, (kind, *_) in variables.items()}
    for region in reversed(regions):
        for name, block in found.pop().items():
            arrays[name][region] = block
    return empty.assign({n: (grid.dims, array, variables[n][2]) for n, array in arrays.items()})


def _cost(recipe, grid, sides, missing, blocks) -> str:
    """The cost in points, seconds and memory, from a trial of a few points spread over the sweep."""
    size, block = int(np.prod(grid.shape)), int(np.prod(sides))
    count = min(TRIAL, size)
    trial = grid.sample(count)
    recipe.numbers(trial)  # the first is slower
    start = time.perf_counter()
    recipe.numbers(trial)
    seconds = (time.perf_counter() - start) / count * min(size, missing * block)
    at_work = _peak(lambda: recipe.numbers(trial)) / count * block
    result = size * sum(np.dtype(kind).itemsize for kind, *_ in recipe.variables().values())
    duration = f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
    return (
        f"{size:,} points in {blocks} blocks, of which {missing} are to be computed: about {duration} on one "
        f"core. The result takes {result / 1e6:.1f} MB, a block at work up to {at_work / 1e6:.0f} MB."
    )


def _peak(function) -> int:
    """Peak memory of a call, in bytes."""
    running = tracemalloc.is_tracing()
    if not running:
        tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    function()
    peak = tracemalloc.get_traced_memory()[1] - before
    if not running:
        tracemalloc.stop()
    return peak
