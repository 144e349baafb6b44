"""A sweep on disk: a zarr store that is filled block by block, with a record of those done.

Each block is one chunk of each variable. Its mark, written after all of its chunks, is a checksum of
their numbers, so that a block which is incomplete after a crash, or lost later, is computed again.
"""

from __future__ import annotations

import json
import os
import warnings
import zlib

import numpy as np

from ..conventions import ParameterError
from ..parameters import QUANTITIES

MARKS = "blocks/sums"  # in a group of its own, apart from the variables
NOT_DONE = "not done yet"
DAMAGED = (ValueError, RuntimeError)  # the errors of zarr for a truncated file


def address(store):
    """The address of a store for every worker: a path is made absolute, all else stays as it is.

    >>> address("s3://bucket/sweep.zarr")
    's3://bucket/sweep.zarr'
    """
    local = isinstance(store, (str, os.PathLike)) and "://" not in str(store)
    return os.path.abspath(os.path.expanduser(store)) if local else store


def missing(store, empty, variables, grid, sides, regions) -> list[int]:
    """Numbers of the blocks that a store still lacks. A store that does not exist is created.

    A warning names a block that was done once and has lost some of its numbers.

    store : an ``address``
    empty : xarray Dataset with the coordinates and attributes of the sweep
    variables : name -> (type, value where nothing is computed yet, attributes)
    grid, sides, regions : Axes, sides of a block, and the region of each block

    If the store holds anything but this sweep, a ParameterError names the first difference.
    """
    import zarr

    try:
        group = zarr.open_group(store, mode="r")
        made = MARKS in group and group.attrs.get("source") == empty.attrs["source"]
        difference = _difference(group, empty, variables, grid.dims) if made else ""
    except FileNotFoundError:
        _make(store, empty, variables, grid, sides, len(regions))
        return list(range(len(regions)))
    except DAMAGED as error:
        raise _refused(store, f"cannot be read, or was cut short: {error}") from None
    if not made:
        raise _refused(store, "was not made by om.sweep, or its making was cut short")
    if difference:
        raise _refused(store, f"holds another sweep: {difference}")
    marks, arrays = group[MARKS], {name: group[name] for name in sorted(variables)}
    faults = {k: _fault(marks, arrays, region, k) for k, region in enumerate(regions)}
    if damaged := [fault for fault in faults.values() if fault not in ("", NOT_DONE)]:
        more = f", and {len(damaged) - 3} more" if len(damaged) > 3 else ""
        warnings.warn(
            f"store = {store!r}: {'; '.join(damaged[:3])}{more}; "
            "these blocks were done, and are computed again",
            stacklevel=3,
        )
    return [number for number, fault in faults.items() if fault]


def _fault(marks, arrays, region, number) -> str:
    """The reason why a block does not count as done; "" if it does."""
    try:
        sums = marks[number]
    except DAMAGED:
        return f"the mark of block {number} is truncated"
    if (sums < 0).all():
        return NOT_DONE
    for (name, array), expected in zip(arrays.items(), sums, strict=True):
        place = [str(part.start // side) for part, side in zip(region, array.chunks, strict=True)]
        chunk = f"the chunk {'/'.join([name, 'c', *place])}"
        try:
            if _sum(array[region]) != expected:
                return f"{chunk} is lost, or holds other numbers"
        except DAMAGED:
            return f"{chunk} is truncated"
    return ""


def _sum(values) -> int:
    return zlib.crc32(np.ascontiguousarray(values))


def write(store, found, region, number):
    """Write the variables of a block, and then their checksums, in the order of their names."""
    import zarr

    group, sums = zarr.open_group(store, mode="r+"), []
    for name, values in sorted(found.items()):
        values = np.asarray(values, group[name].dtype)
        group[name][region] = values
        sums.append(_sum(values))
    group[MARKS][number] = sums


def read(store, empty, variables):
    """The Dataset of a store, which is read when needed."""
    import xarray as xr

    found = xr.open_zarr(store, consolidated=False, chunks={})
    blocks = {name: found[name].variable for name in variables}
    for name, (_, _, attrs) in variables.items():
        blocks[name].attrs = attrs
    return empty.assign(blocks)


def _make(store, empty, variables, grid, sides, count):
    """Create the coordinates, then the empty variables, and last the marks."""
    import zarr

    if isinstance(store, str) and os.path.exists(store):
        if os.path.isfile(store) or os.listdir(store):
            raise _refused(store, "is there already, and no zarr store")
    empty.to_zarr(store, mode="w-", consolidated=False)
    group = zarr.open_group(store, mode="r+")
    for name, (kind, fill, attrs) in variables.items():
        group.create_array(
            name, shape=grid.shape, chunks=sides, dtype=np.dtype(kind), fill_value=fill,
            dimension_names=grid.dims, attributes=_plain(attrs),
        )  # fmt: skip
    sums = (count, len(variables))
    group.create_array(
        MARKS, shape=sums, chunks=(1, sums[1]), dtype=np.dtype(np.int64), fill_value=-1
    )


def _plain(attrs):
    return {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in attrs.items()}


def _difference(group, empty, variables, dims) -> str:
    """The first difference between a store and a sweep, in words; "" if there is none."""
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
    if stored["status"].dims != dims:
        return f"its dimensions are {stored['status'].dims}, here {dims}"
    return ""


def _refused(store, why):
    return ParameterError(
        f"store = {store!r} (a path, no unit) {why}; give another path, or delete what is there"
    )
