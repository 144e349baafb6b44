"""Tables and folded notes for the pages: Markdown text from rows of values."""

from omcore.typography import as_written


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


def folded_notes(notes):
    """Notes that open on a click, from (name to link to, title, text)."""
    fold = "````{{admonition}} {1}\n:class: dropdown note\n:name: {0}\n\n{2}\n````"
    return Markdown("\n\n".join(fold.format(*note) for note in notes))
