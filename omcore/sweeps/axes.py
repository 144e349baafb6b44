"""Named axes of a sweep: which field varies along which dimension, and the coordinates that say so."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ..conventions import ParameterError
from ..parameters import QUANTITIES, Parameters
from ..quantities import checked
from ..systems import FIELDS

INNER = {0: (), 1: ("mode",), 2: ("mode", "other_mode")}  # dimensions of a field's own axes


@dataclass(frozen=True)
class Axes:
    """A sweep whose dimensions have names.

    base : Parameters or System, one point: what stays as it is
    dims : field -> names of the dimensions along which it varies
    values : field -> array, one axis for each of its dimensions, its own axes behind them
    sizes : dimension -> points along it, in the order of the result
    extra : xarray Dataset with the coordinates that DataArrays brought along
    """

    base: object
    dims: dict[str, tuple[str, ...]]
    values: dict[str, np.ndarray]
    sizes: dict[str, int]
    extra: object

    @property
    def shape(self) -> tuple[int, ...]:
        """Points along each dimension."""
        return tuple(self.sizes.values())

    def part(self, region: tuple[slice, ...]) -> dict[str, np.ndarray]:
        """The values in a region, aligned so that they broadcast to its shape.

        >>> import omcore as om
        >>> axes = named(om.PAPER, None, {"kappa": [1e7, 2e7], "gamma_a": [1e7, 2e7, 3e7]})
        >>> {name: x.shape for name, x in axes.part((slice(0, 2), slice(0, 2))).items()}
        {'kappa': (2, 1), 'gamma_a': (1, 2)}
        """
        found = {}
        for name, aligned in self._aligned().items():
            sides = zip(region, aligned.shape, strict=False)
            found[name] = aligned[tuple(s if n > 1 else slice(None) for s, n in sides)]
        return found

    def sample(self, count: int) -> dict[str, np.ndarray]:
        """The values at ``count`` points spread evenly over the sweep, all in one row."""
        size = int(np.prod(self.shape))
        at = np.unravel_index(np.linspace(0, size - 1, count).astype(int), self.shape or (1,))
        rows = {}
        for name, aligned in self._aligned().items():
            batch = aligned.shape[: len(self.shape)]
            index = tuple(i if n > 1 else 0 for i, n in zip(at, batch, strict=False))
            rows[name] = np.broadcast_to(aligned[index], (count, *aligned.shape[len(batch) :]))
        return rows

    def _aligned(self):
        found = {}
        for name, array in self.values.items():
            dims = self.dims[name]
            order = sorted(range(len(dims)), key=lambda k: list(self.sizes).index(dims[k]))
            inner = array.shape[len(dims) :]
            array = array.transpose(*order, *range(len(dims), array.ndim))
            batch = tuple(n if dim in dims else 1 for dim, n in self.sizes.items())
            found[name] = array.reshape((*batch, *inner))
        return found

    def coordinates(self):
        """An xarray Dataset of coordinates alone, with unit, meaning and symbol.

        A field with axes of its own, as H of a System, stands there with the dimension "mode", and a
        complex one as two, H_real and H_imag, as netCDF knows no complex numbers.
        """
        found = {}
        for name, array in self.values.items():
            own, kind, quantity = fields(self.base)[name]
            dims = (*self.dims[name], *INNER[own])
            attrs = {
                "units": quantity.unit,
                "long_name": quantity.meaning,
                "symbol": quantity.symbol,
            }
            parts = {name: array}
            if kind is complex:
                parts = {f"{name}_real": array.real, f"{name}_imag": array.imag}
            found |= {part: (dims, values, attrs) for part, values in parts.items()}
        return _fitting(lambda: self.extra.assign_coords(found))


def fields(p) -> dict:
    """What may be swept: field -> (axes of its own, type, Quantity).

    >>> import omcore as om
    >>> fields(om.PAPER)["kappa"][2].unit, fields(om.system(om.PAPER))["H"][0]
    ('rad/s', 2)
    """
    if not isinstance(p, Parameters):
        return FIELDS
    names = [field.name for field in dataclasses.fields(Parameters) if field.name != "drive"]
    return {name: (0, float, QUANTITIES[name]) for name in names}


def changed(p, values):
    """Parameters or a System with some fields replaced, checked as if given anew."""
    return p.replace(**values) if isinstance(p, Parameters) else dataclasses.replace(p, **values)


def named(p, dims, given) -> Axes:
    """The axes of ``omcore.sweep``: those that p has already, and those that are given.

    Raises
    ------
    ParameterError
        For a field that p has not, a value that the field refuses, or dimensions that do not fit.
    """
    dims = tuple(f"dim_{k}" for k in range(len(p.shape))) if dims is None else dims
    dims = (dims,) if isinstance(dims, str) else tuple(dims)
    if len(dims) != len(p.shape):
        raise ParameterError(
            f"dims = {dims} (names, no unit), but p is a sweep of shape {p.shape}; "
            "name each of its axes, once"
        )
    if unknown := [name for name in given if name not in fields(p) and name != "drive"]:
        if isinstance(p, Parameters):
            p.replace(**{unknown[0]: given[unknown[0]]})  # says which name is near
        raise ParameterError(
            f"{unknown[0]} is no field of a System (unit unknown); use one of {', '.join(fields(p))}"
        )
    if "drive" in given and isinstance(p, Parameters):
        raise ParameterError(
            f"drive = {given['drive']!r} (a direction, no unit) is no axis; sweep p.replace(drive=...) "
            'twice, and join the two by xr.concat([...], "drive")'
        )
    base = p[(0,) * len(p.shape)] if p.shape else p
    found = {n: a for n, a in _own_axes(p, dims).items() if n not in given}
    found |= {name: _given(base, name, value) for name, value in given.items()}
    where = {name: where for name, (where, _) in found.items()}
    values = {name: np.asarray(array) for name, (_, array) in found.items()}
    return Axes(base, where, values, _sizes(where, values), _extra(given, values, fields(p)))


def _own_axes(p, dims):
    """Fields of p that vary: along those of its axes on which they are longer than 1."""
    found = {}
    for name, (own, _, _) in fields(p).items():
        array = np.asarray(getattr(p, name))
        batch = array.ndim - own
        if not batch:
            continue
        lengths, names = p.shape[len(p.shape) - batch :], dims[len(dims) - batch :]
        kept = [k for k in range(batch) if array.shape[k] == lengths[k]]
        inner = array.shape[batch:]
        array = array.reshape((*(array.shape[k] for k in kept), *inner))
        found[name] = tuple(names[k] for k in kept), array
    return found


def _given(base, name, value):
    """Dimensions and checked values of one axis as it was given."""
    own, kind, quantity = fields(base)[name]
    if hasattr(value, "dims"):  # a DataArray
        dims, array = value.dims, value
    elif isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], (str, tuple, list)):
        dims, array = value
    else:
        dims, array = None, value
    array = checked(name, array, quantity, kind)
    batch = array.ndim - own
    if dims is None:
        dims = (name,)[:batch]
    dims = (dims,) if isinstance(dims, str) else tuple(dims)
    dims = dims[: len(dims) - own] if hasattr(value, "dims") and own else dims
    if len(dims) != batch or len(set(dims)) != len(dims):
        raise ParameterError(
            f"{name} has shape {array.shape} ({quantity.unit}) and the dimensions {dims}; give each axis its "
            f'name, as {name}=(("x", "y"), array), or a DataArray'
        )
    if not array.size:
        raise ParameterError(f"{name} has no points ({quantity.unit}); give one at least")
    changed(base, {name: array})  # says what is wrong with it
    return dims, array


def _sizes(where, values):
    sizes = {}
    for name, dims in where.items():
        for dim, size in zip(dims, values[name].shape, strict=False):
            if sizes.setdefault(dim, size) != size:
                raise ParameterError(
                    f"{name} has {size} points along {dim!r} where others have {sizes[dim]} (each in its own "
                    "unit); give arrays of one dimension equal lengths, or cross them on two dimensions"
                )
    return sizes


def _extra(given, values, known):
    """Coordinates that DataArrays bring along; one named as a field must be that field's axis."""
    import xarray as xr

    parts = []
    for name, value in given.items():
        if not hasattr(value, "dims"):
            continue
        coords = value.coords.to_dataset().drop_vars(name, errors="ignore")
        for other in set(coords.variables) & set(known):
            if other not in values or not np.array_equal(values[other], coords[other]):
                raise ParameterError(
                    f"{name} brings a coordinate {other} ({known[other][2].unit}) that is not what is "
                    f"solved; give {other} as an axis, too, or {name}.drop_vars({other!r})"
                )
        parts.append(coords)
    return _fitting(lambda: xr.merge(parts, join="exact", compat="equals"))


def _fitting(make):
    try:
        return make()
    except ValueError as error:  # of xarray
        raise ParameterError(f"the axes (names, no unit) do not fit together: {error}") from None
