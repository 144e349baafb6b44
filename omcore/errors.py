"""The errors that omcore raises.

Each says what happened, with the value and its unit, and what to do about it.
All are ValueErrors, so code that knows nothing of omcore can catch them too.
"""


class ParameterError(ValueError):
    """A parameter is missing, unknown, not a real number, or outside its range."""


class ModeError(ValueError):
    """A mode does not exist, is named twice, or does not fit the matrix at hand."""


class MatrixError(ValueError):
    """A matrix has the wrong shape, is not symmetric, or is no quantum covariance matrix."""


class UnstableError(ValueError):
    """A number was demanded at a point where the system has no steady state."""


class UnitWarning(UserWarning):
    """A rate in rad/s has the size of a ratio of rates."""
