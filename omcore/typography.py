"""Numbers and names in typeset form: powers of ten, a true minus, CW for the ``cw`` of the code.

For terminals without such letters there is ``plain``.
"""

import dataclasses
import re
import sys

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
# Code, formulas and the addresses of links stay as they are.
_KEPT = re.compile(r"(`[^`]*`|\$[^$]*\$|\]\([^)]*\))")
_POWER = re.compile(r"(?<![\w.])([+-]?\d+(?:\.\d+)?)e([+-]?\d+)\b")
_MINUS = re.compile(r"(?<![\w.])-(?=\d)")
_DIRECTION = re.compile(r'(?<![\w"-])c?cw\b(?!-)')


def as_written(cell) -> str:
    """The typeset form of what Python prints.

    >>> as_written(-1.5e-05), as_written("1e+06 Hz"), as_written("0e+00"), as_written("ccw, `cw`")
    ('−1.5×10⁻⁵', '10⁶ Hz', '0', 'CCW, `cw`')
    """
    parts = _KEPT.split(str(cell))
    for k in range(0, len(parts), 2):
        text = _MINUS.sub("−", _POWER.sub(_power, parts[k]))
        parts[k] = _DIRECTION.sub(lambda name: name[0].upper(), text)
    return "".join(parts)


def _power(found) -> str:
    digits, exponent = found[1], int(found[2])
    if float(digits) == 0:
        return "0"
    ten = f"10{str(exponent).translate(_RAISED)}"
    sign = digits[0] if digits[0] in "+-" else ""
    return f"{sign}{ten}" if digits.strip("+-") == "1" else f"{digits}×{ten}"


# ---- for terminals

_LETTERS = {"≃": "~", "µ": "u", "°": "deg", "×": "x", "−": "-", "–": "-", "Ω": "Omega"}


def plain(text: str) -> str:
    """A text in letters that every terminal has.

    >>> print(plain("≃ 2×10⁻⁹ /µm, α"))
    ~ 2x10^-9 /um, \\u03b1
    """
    text = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: "^" + found[0].translate(_LOWERED), text)
    return text.translate(str.maketrans(_LETTERS)).encode("ascii", "backslashreplace").decode()


def plain_repr(record) -> str:
    """The repr of a dataclass in such letters."""
    parts = (f"{f.name}={getattr(record, f.name)!r}" for f in dataclasses.fields(record) if f.repr)
    return plain(f"{type(record).__qualname__}({', '.join(parts)})")


def shows(text: str) -> bool:
    """Whether the output of this program has the letters of a text."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def say(text: str):
    """Print a text, in plain letters where the output has no others."""
    print(text if shows(text) else plain(text))
