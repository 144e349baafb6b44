"""A sweep on disk: a zarr store that is filled block by block, and knows which blocks are done.

Each block is one chunk of each variable. A block counts as done by a mark of its own, written after
all of its chunks: what a crash leaves half-written is computed again.
"""

from __future__ import annotations

import json
import os

import numpy as np

from .errors import ParameterError
from .parameters import QUANTITIES

MARKS = "blocks/done"  # in a group of its own, where a reader of the variables does not meet it


def address(store):
    """A store as every worker finds it: a path made absolute, all else as it is.

    >>> address("s3://bucket/sweep.zarr")
    's3://bucket/sweep.zarr'
    """
    local = isinstance(store, (str, os.PathLike)) and "://" not in str(store)
    return os.path.abspath(store) if local else store


def missing(store, empty, variables, sizes, sides, count) -> list[int]:
    """Numbers of the blocks that a store still lacks; it is made if there is none.

    Parameters
    ----------
    store : what ``address`` gives, or else zarr takes for a store
    empty : xarray Dataset with the coordinates and attributes of the sweep
    variables : name -> (type, value where nothing is computed yet, attributes)
    sizes : dimension -> points along it
    sides : of a block
    count : number of blocks

    Raises
    ------
    ParameterError
        If the store holds anything else than this sweep, with the first thing that differs.
    """
    import zarr

    try:
        group = zarr.open_group(store, mode="r")
    except FileNotFoundError:
        _make(store, empty, variables, sizes, sides, count)
        return list(range(count))
    except ValueError as error:  # of zarr
        raise _refused(store, f"is no group: {error}") from None
    if MARKS not in group or group.attrs.get("source") != empty.attrs["source"]:
        raise _refused(store, "was not made by om.sweep, or its making was cut short")
    if difference := _difference(group, empty, variables, sizes):
        raise _refused(store, f"holds another sweep: {difference}")
    return np.flatnonzero(~group[MARKS][:]).tolist()


def write(store, found, region, number):
    """Write the variables of a block, and then its mark."""
    import zarr

    group = zarr.open_group(store, mode="r+")
    for name, values in found.items():
        group[name][region] = values
    group[MARKS][number] = True


def read(store, empty, variables):
    """The Dataset of a store, which is read where it is looked at."""
    import xarray as xr

    found = xr.open_zarr(store, consolidated=False, chunks={})
    blocks = {name: found[name].variable for name in variables}
    for name, (_, _, attrs) in variables.items():
        blocks[name].attrs = attrs
    return empty.assign(blocks)


def _make(store, empty, variables, sizes, sides, count):
    """The coordinates, then the variables with nothing in them, last the marks."""
    import zarr

    if isinstance(store, str) and os.path.exists(store):
        if os.path.isfile(store) or os.listdir(store):
            raise _refused(store, "is there already, and no zarr store")
    empty.to_zarr(store, mode="w-", consolidated=False)
    group = zarr.open_group(store, mode="r+")
    for name, (kind, fill, attrs) in variables.items():
        group.create_array(
            name, shape=tuple(sizes.values()), chunks=sides, dtype=np.dtype(kind), fill_value=fill,
            dimension_names=tuple(sizes), attributes=_plain(attrs),
        )  # fmt: skip
    group.create_array(MARKS, shape=(count,), chunks=(1,), dtype=np.dtype(bool), fill_value=False)


def _plain(attrs):
    return {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in attrs.items()}


def _difference(group, empty, variables, sizes) -> str:
    """The first thing in which a store and a sweep differ, in words; "" if there is none."""
    import xarray as xr

    there, here = dict(group.attrs), dict(empty.attrs)
    for attrs in (there, here):
        attrs |= json.loads(attrs.pop("parameters"))
    for name in here | {k: v for k, v in there.items() if k != "coordinates"}:
        if there.get(name) != here.get(name):
            unit = f" {QUANTITIES[name].unit}" if name in QUANTITIES else ""
            return f"{name} = {there.get(name)}{unit} there, {here.get(name)}{unit} here"
    stored = xr.open_zarr(group.store, consolidated=False, chunks=None)
    names = {*stored.data_vars}
    if names != set(variables):
        return f"its outputs are {', '.join(sorted(names))}, here {', '.join(sorted(variables))}"
    for name, (_, _, attrs) in variables.items():
        if stored[name].attrs.get("python") != attrs.get("python"):
            return f"{name} is {stored[name].attrs['python']} there, {attrs['python']} here"
    for name in sorted({*stored.coords} | {*empty.coords}):
        if name not in stored.coords or name not in empty.coords:
            return f"{name} is swept {'here' if name in empty.coords else 'there'} alone"
        if not stored[name].variable.equals(empty[name].variable):
            return f"{name} has other values there ({stored[name].size} points, {empty[name].size} here)"
    if stored["status"].dims != tuple(sizes):
        return f"its dimensions are {stored['status'].dims}, here {tuple(sizes)}"
    return ""


def _refused(store, why):
    return ParameterError(
        f"store = {store!r} (a path, no unit) {why}; give another path, or delete what is there"
    )
