"""Answers of the exercises: a cell holds the mark of a number, and can say whether a reader's is right, not
which it is.
"""

from hashlib import sha256

ADVICE = "look at the factors of 2 pi, the sign and the unit, then at the hint"


def mark(value, unit):
    """The mark of a number that is rounded to a multiple of unit.

    >>> mark(1.712, 0.01) == mark(1.709, 0.01) != mark(1.72, 0.01)
    True
    """
    return sha256(f"{round(value / unit)}".encode()).hexdigest()[:8]


def check(answer, unit, right):
    """Say whether a number is right to within one unit of its last digit.

    >>> check(1.70, 0.01, mark(1.71, 0.01))
    right, to within 0.01
    >>> check(1.5, 0.01, mark(1.71, 0.01))
    Traceback (most recent call last):
    AssertionError: 1.5 is not right to within 0.01: look at the factors of 2 pi, the sign and the unit, ...
    """
    near = (mark(answer + step * unit, unit) for step in (-1, 0, 1))
    assert right in near, f"{answer:.6g} is not right to within {unit:g}: {ADVICE}"
    print(f"right, to within {unit:g}")
