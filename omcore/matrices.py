"""Matrices that a reader gives, refused at the door if they are none."""

import numpy as np

from .errors import MatrixError
from .quantities import LARGEST, foreign_unit


def real_matrices(name, M, unit="dimensionless", shape="(..., n, n)") -> np.ndarray:
    """A stack of square matrices as an array of floats, or a MatrixError; NaN stays, it says "none".

    >>> real_matrices("V", np.eye(2, dtype=int))
    array([[1., 0.],
           [0., 1.]])
    >>> real_matrices("V", "x")
    Traceback (most recent call last):
    omcore.errors.MatrixError: V is a str, no array of real numbers (dimensionless); give square matrices ...
    """
    if problem := foreign_unit(M, unit.removeprefix("rates in ")):
        raise MatrixError(f"{name} {problem}")
    remedy = f"give square matrices {shape}"
    try:
        array = np.asarray(M)
    except (ValueError, TypeError, OverflowError):  # rows of unequal length, or worse
        array = np.asarray(None)
    if isinstance(M, np.ma.MaskedArray) or array.dtype.kind not in "iuf":
        kind = f"{array.dtype} array" if isinstance(M, np.ndarray) else type(M).__name__
        raise MatrixError(f"{name} is a {kind}, no array of real numbers ({unit}); {remedy}")
    if array.ndim < 2 or array.shape[-1] != array.shape[-2] or not array.shape[-1]:
        raise MatrixError(f"{name} has shape {array.shape} ({unit}); {remedy}")
    with np.errstate(all="ignore"):  # a long double beyond all floats becomes infinite
        array = array.astype(float, copy=False)
        if (np.abs(array) > LARGEST).any():
            raise MatrixError(
                f"{name} reaches {float(np.nanmax(np.abs(array))):.3g} ({unit}), beyond {LARGEST:g}; "
                "give it in units in which it is smaller"
            )
    return array


def one_matrix(name, M, size=None, unit="dimensionless") -> np.ndarray:
    """A single finite, symmetric matrix (2n, 2n), of the given size if there is one, or a MatrixError.

    >>> one_matrix("Z", [[1.0, 0.5], [0.0, 1.0]])
    Traceback (most recent call last):
    omcore.errors.MatrixError: Z is not one finite symmetric matrix (2n, 2n) (dimensionless); give ...
    """
    array = real_matrices(name, M, unit, "(2n, 2n)")
    right = array.ndim == 2 and len(array) % 2 == 0 and len(array) == (size or len(array))
    if not right or not (np.abs(array - array.T) <= 1e-9 * np.abs(array).max()).all():
        wanted = f"({size}, {size})" if size else "(2n, 2n)"
        raise MatrixError(
            f"{name} is not one finite symmetric matrix {wanted} ({unit}); "
            f"give a single one of that shape, two quadratures a mode; its shape here is {array.shape}"
        )
    return array
