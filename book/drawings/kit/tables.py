"""Tables and folded notes for the pages: Markdown text from rows of values."""

from math import floor, log10

from omcore.typography import as_written

PREFIXES = {-12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M"}


class Markdown:
    """Text that a notebook and the book show as Markdown."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def _repr_markdown_(self):
        return self.text


def Table(header, rows):
    """Rows under a header, with numbers and names as people write them.

    >>> print(Table(["n", "cw"], [[1, 1e-05], [2, -4]]))
    | n | CW |
    |---|---|
    | 1 | 10⁻⁵ |
    | 2 | −4 |
    """
    line = lambda cells: "| " + " | ".join(map(as_written, cells)) + " |"
    rule = "|" + "|".join("---" for _ in header) + "|"
    return Markdown("\n".join([line(header), rule, *map(line, rows)]))


def in_symbols(words):
    """Words in which the losses stand by name, with their symbols.

    >>> print(in_symbols("depends on kappa"))
    depends on $\\kappa$
    """
    return (
        words.replace("kappa", r"$\kappa$")
        .replace("omega_0/Q", r"$\omega_0/Q$")
        .replace("Delta_c", r"$\Delta_c$")
    )


def with_unit(value, unit: str) -> str:
    """A number and its unit, with the usual prefix.

    >>> with_unit(0.005, "K"), with_unit(1e-11, "kg"), with_unit(-6.93e7, "rad/s"), with_unit(1.48, "1")
    ('5 mK', '10 ng', '−69.3 Mrad/s', '1.48')
    >>> with_unit(1.2153e15, "rad/s"), with_unit(0.0, "rad")
    ('1.215×10¹⁵ rad/s', '0 rad')
    """
    if unit == "1":
        return as_written(f"{value:.4g}")
    if unit == "kg":
        value, unit = 1e3 * value, "g"
    power = 3 * floor(log10(abs(value)) / 3 + 1e-12) if value else 0
    if power not in PREFIXES or unit not in ("m", "g", "K", "W", "rad/s"):
        return as_written(f"{value:.4g} {unit}")
    return as_written(f"{value / 10.0**power:.4g} {PREFIXES[power]}{unit}")


def folded_notes(notes):
    """Notes that open on a click, from (name to link to, title, text)."""
    fold = "````{{admonition}} {1}\n:class: dropdown note\n:name: {0}\n\n{2}\n````"
    return Markdown("\n\n".join(fold.format(*note) for note in notes))
