"""A sweep of any shape as one row of points, worked on in blocks."""

import numpy as np

from ..resonator import as_system
from ..systems import System
from . import blocks


def each_point(p, function) -> list[np.ndarray]:
    """What a function makes of the points of a sweep, in the sweep's shape.

    Parameters
    ----------
    p : Parameters or System
    function : System of shape (m,) -> tuple of arrays (m, ...)

    Examples
    --------
    >>> import omcore as om
    >>> p = om.PAPER.replace(kappa=[[1e7], [2e7]])
    >>> (decay,) = each_point(p, lambda system: (system.decay,))
    >>> decay.shape
    (2, 1, 3)
    """
    _ = np.empty(
        1 << 19
    )  # 4 MB, never touched; once freed, what a block frees stays at hand for the next
    row = blocks.by_blocks(lambda part: function(flat_system(p, part)), int(np.prod(p.shape)))
    return [values.reshape(p.shape + values.shape[1:]) for values in row]


def flat_system(p, part: slice) -> System:
    """The points of a sweep numbered by ``part`` as a System of one batch axis.

    >>> import omcore as om
    >>> flat_system(om.PAPER, slice(0, 1)).shape
    (1,)
    """
    if not p.shape:
        return as_system(p).along_branches()  # a row of one point, made faster than by [None]
    whole = len(p.shape) == 1 and (part.start or 0) == 0 and part.stop >= p.shape[0]
    return as_system(p if whole else p[blocks.points(p.shape, part)])
