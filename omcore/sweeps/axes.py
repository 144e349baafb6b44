"""Named axes of a sweep: which field varies along which dimension, as coordinates of xarray."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

import numpy as np

from ..conventions import ParameterError
from ..models import Linear
from ..parameters import QUANTITIES, Parameters
from ..quantities import Quantity, checked
from ..systems import FIELDS, OF_MIRRORS

INNER = (
    "mode",
    "other_mode",
    "mirror",
    "variable",
    "other_variable",
)  # dimensions of fields' own axes
MATRICES = {
    "A": (2, float, Quantity("A", "rad/s", "drift matrix")),
    "D": (2, float, Quantity("D", "rad/s", "diffusion matrix")),
}


@dataclass(frozen=True)
class Axes:
    """A sweep whose dimensions have names.

    base : Parameters, System or Linear, one point with the values that do not vary
    dims : dimensions of the result, in their order
    names : fields that vary
    fields : xarray Dataset of coordinates alone: each such field along its dimensions, with its own axes
        last, and the coordinates of DataArrays that were given
    """

    base: object
    dims: tuple[str, ...]
    names: tuple[str, ...]
    fields: object

    @property
    def shape(self) -> tuple[int, ...]:
        """Points along each dimension."""
        return tuple(self.fields.sizes[dim] for dim in self.dims)

    def part(self, region: tuple[slice, ...]) -> dict[str, np.ndarray]:
        """The values in a region, which broadcast to its shape.

        >>> import omcore as om
        >>> axes = named(om.PAPER, None, {"kappa": [1e7, 2e7], "gamma_a": [1e7, 2e7, 3e7]})
        >>> {name: x.shape for name, x in axes.part((slice(0, 2), slice(0, 2))).items()}
        {'kappa': (2, 1), 'gamma_a': (1, 2)}
        """
        return self._picked(dict(zip(self.dims, region, strict=True)), self.dims)

    def sample(self, count: int) -> dict[str, np.ndarray]:
        """The values at ``count`` points spread evenly over the sweep, in one row."""
        import xarray as xr

        row = np.linspace(0, np.prod(self.shape, dtype=int) - 1, count).astype(int)
        at = np.unravel_index(row, self.shape or (1,))
        points = (xr.Variable("sample", numbers) for numbers in at)
        return self._picked(dict(zip(self.dims, points, strict=False)), ("sample",))

    def _picked(self, index, dims):
        own = {name: inner(self.base, name) for name in self.names}
        some = self.fields.isel(index)
        return {n: some[n].variable.set_dims((*dims, *own[n])).values for n in self.names}

    def coordinates(self):
        """An xarray Dataset of coordinates alone, with unit, meaning and symbol.

        A complex field, such as H of a System, is split into two, H_real and H_imag, since netCDF has no
        complex numbers.
        """
        found = self.fields
        for name in self.names:
            if (whole := found[name]).dtype == complex:
                parts = {f"{name}_real": whole.real, f"{name}_imag": whole.imag}
                found = found.assign_coords(parts).drop_vars(name)
        return found


def inner(p, name) -> tuple[str, ...]:
    """The dimensions of a field's own axes."""
    own = fields(p, name)[name][0]
    if isinstance(p, Linear):
        return INNER[-2:] if own else ()
    if own and name in OF_MIRRORS and len(p.mirrors) != 1:
        return (*INNER[: own - 1], "mirror")
    return INNER[:own]


def entry(name) -> tuple[str, tuple[int, ...]]:
    """The field and the numbers that a name such as "H[0,1]" holds; none of a name without brackets.

    >>> entry("H[0,1]"), entry("n_m")
    (('H', (0, 1)), ('n_m', ()))
    """
    found = re.fullmatch(r"(\w+)\[\s*(\d+(?:\s*,\s*\d+)*)\s*\]", name)
    return (found[1], tuple(map(int, found[2].split(",")))) if found else (name, ())


def fields(p, *names) -> dict:
    """The fields that may be swept: name -> (number of its own axes, type, Quantity).

    Entries such as "H[0,0]" are fields without own axes; those that are among ``names`` are added.

    >>> import omcore as om
    >>> fields(om.PAPER)["kappa"][2].unit, fields(om.system(om.PAPER))["H"][0]
    ('rad/s', 2)
    """
    if not isinstance(p, Parameters):
        known = dict(MATRICES)
        if not isinstance(p, Linear):
            known = {name: (p.own(name), *rest) for name, (_, *rest) in FIELDS.items()}
        for name in names:
            field, at = entry(name)
            if at and field in known and len(at) == known[field][0]:
                _, kind, quantity = known[field]
                size = getattr(p, field).shape[getattr(p, field).ndim - len(at) :]
                if all(k < n for k, n in zip(at, size, strict=True)):
                    known[name] = 0, kind, quantity
        return known
    names = [field.name for field in dataclasses.fields(Parameters) if field.name != "drive"]
    return {name: (0, float, QUANTITIES[name]) for name in names}


def changed(p, values):
    """Parameters, a System or a Linear with some fields, or entries of them, replaced and checked."""
    whole = {name: value for name, value in values.items() if not entry(name)[1]}
    for name in sorted(values.keys() - whole.keys()):
        field, at = entry(name)
        value, before = np.asarray(values[name]), whole.get(field, getattr(p, field))
        batch = np.broadcast_shapes(value.shape, before.shape[: before.ndim - len(at)])
        array = np.array(np.broadcast_to(before, (*batch, *before.shape[before.ndim - len(at) :])))
        if field in ("H", "squeezing", "m", "D"):  # what stands opposite follows
            array[(..., *at[::-1])] = value.conj() if field == "H" else value
        array[(..., *at)] = value
        whole[field] = array
    return p.replace(**whole) if isinstance(p, Parameters) else dataclasses.replace(p, **whole)


def named(p, dims, given) -> Axes:
    """The axes of ``omcore.sweep``: those that p has already, and those that are given.

    Raises
    ------
    ParameterError
        For an unknown field, a value that the field refuses, or dimensions that do not fit.
    """
    dims = tuple(f"dim_{k}" for k in range(len(p.shape))) if dims is None else dims
    dims = (dims,) if isinstance(dims, str) else tuple(dims)
    if len(dims) != len(p.shape) or len(set(dims)) != len(dims):
        raise ParameterError(
            f"dims = {dims} (names, no unit), but p is a sweep of shape {p.shape}; "
            "name each of its axes, once"
        )
    if unknown := [name for name in given if name not in fields(p, *given) and name != "drive"]:
        if isinstance(p, Parameters):
            p.replace(**{unknown[0]: given[unknown[0]]})  # says which name is near
        raise ParameterError(
            f"{unknown[0]} is no field of a {type(p).__name__}, nor an entry of one (unit unknown); use one "
            f'of {", ".join(fields(p))}, or an entry by its numbers, as "H[0,0]"'
        )
    if "drive" in given and isinstance(p, Parameters):
        raise ParameterError(
            f"drive = {given['drive']!r} (a direction, no unit) is no axis; sweep p.replace(drive=...) "
            'twice, and join the two by xr.concat([...], "drive")'
        )
    base = p[(0,) * len(p.shape)] if p.shape else p
    found = {n: a for n, a in _own_axes(p, dims).items() if n not in given}
    found |= {name: _given(base, name, value) for name, value in given.items()}
    order = dict.fromkeys(dim for where, _ in found.values() for dim in where)
    taken = set() if isinstance(p, Parameters) else {*order} & {*INNER}
    if taken:
        raise ParameterError(
            f"{min(taken)} (a dimension, no unit) is that of a System's own axes; give another name"
        )
    return Axes(base, tuple(order), tuple(found), _coordinates(base, given, found))


def _own_axes(p, dims):
    """The fields of p that vary, each with the axes along which it is longer than 1."""
    found = {}
    for name, (own, _, _) in fields(p).items():
        array = np.asarray(getattr(p, name))
        batch = range(own - array.ndim, 0)  # its axes, counted from the last of p
        where = tuple(dims[k] for k in batch if array.shape[k - own] == p.shape[k])
        if batch:
            once = tuple(k - own for k in batch if array.shape[k - own] < p.shape[k])
            found[name] = where, array.squeeze(once)
    return found


def _given(base, name, value):
    """Dimensions and checked values of one axis."""
    own, kind, quantity = fields(base, name)[name]
    dims, array = getattr(value, "dims", None), value  # a DataArray has dims
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], (str, tuple, list)):
        dims, array = value
    array = checked(name, array, quantity, kind)
    if (
        name == "m"
        and own
        and array.shape[-1:] == base.m.shape[-1:]
        and array.shape[-2:] != base.m.shape[-2:]
    ):
        array = array[..., None] * np.eye(array.shape[-1])
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
    if own and not batch and "mirror" in inner(base, name):
        raise ParameterError(
            f"{name} has shape {array.shape} ({quantity.unit}): one value a mirror, and no points; give an "
            f'axis before it, as [[0, 0], [9, 9]], or an entry, as "{name}[{", ".join("0" * own)}]"'
        )
    if not array.size:
        raise ParameterError(f"{name} has no points ({quantity.unit}); give one at least")
    if not {"n", "m"} & {entry(name)[0]}:  # these two are right together or not at all
        changed(base, {name: array})  # says what is wrong with it
    return dims, array


def _coordinates(base, given, found):
    """The fields as coordinates, with those of the DataArrays that were given, or a ParameterError."""
    import xarray as xr

    known, variables, brought = fields(base, *found), {}, []
    for name, (dims, array) in found.items():
        _, _, quantity = known[name]
        attrs = {"units": quantity.unit, "long_name": quantity.meaning, "symbol": quantity.symbol}
        variables[name] = xr.Variable((*dims, *inner(base, name)), array, attrs)
    for name, value in given.items():
        if not hasattr(value, "dims"):
            continue
        coords = value.coords.to_dataset().drop_vars(name, errors="ignore")
        for other in set(coords.variables) & set(known):  # one named as a field must be its axis
            if other not in found or not np.array_equal(found[other][1], coords[other]):
                raise ParameterError(
                    f"{name} brings a coordinate {other} ({known[other][2].unit}) that is not what is "
                    f"solved; give {other} as an axis, too, or {name}.drop_vars({other!r})"
                )
        brought.append(coords)
    try:
        return xr.merge(brought, join="exact", compat="equals").assign_coords(variables)
    except ValueError as error:  # of xarray
        raise ParameterError(
            f"the axes (names, no unit) do not fit together: {error}; give arrays of one dimension equal "
            "lengths and labels, or cross them on two dimensions"
        ) from None
