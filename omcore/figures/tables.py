"""Tables for the pages: Markdown text from rows of values."""


class Table:
    """Rows under a header, shown as a table by a notebook and as Markdown by ``str``.

    >>> print(Table(["n", "n²"], [[1, 1], [2, 4]]))
    | n | n² |
    |---|---|
    | 1 | 1 |
    | 2 | 4 |
    """

    def __init__(self, header, rows):
        self.lines = [header, ["---"] * len(header), *rows]

    def __str__(self):
        first, rule, *rows = self.lines
        line = lambda cells: "| " + " | ".join(str(cell) for cell in cells) + " |"
        return "\n".join([line(first), "|" + "|".join(rule) + "|", *map(line, rows)])

    def _repr_markdown_(self):
        return str(self)
