"""What one reads to follow ``om.solve(p)``: the files that its imports lead to, and their lines.

    python tests/reading_path.py

``gaussian/`` and ``engine/`` are rooms of their own: what a covariance matrix tells, and what makes the
plain route faster. The limits are those of a text that is read in an evening.
"""

import ast
from pathlib import Path

OMCORE = Path(__file__).parents[1] / "omcore"
APART = ("gaussian", "engine")
MOST_FILES, MOST_LINES = 10, 2244  # the aim is 1,850 lines


def imported(file):
    """The files of the library that a file of its top level imports from."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names = [node.module] if node.module else [name.name for name in node.names]
            yield from (OMCORE / f"{name.replace('.', '/')}.py" for name in names)


def reading_path(start="solution.py") -> dict[str, int]:
    """Name of a file -> its lines, docstrings included, for all that ``start`` leads to."""
    found, todo = {}, [OMCORE / start]
    while todo:
        file = todo.pop()
        room = file.relative_to(OMCORE).parts[0].removesuffix(".py")
        if file.name not in found and room not in APART:
            found[file.name] = len(file.read_text(encoding="utf-8").splitlines())
            todo += imported(file)
    return found


if __name__ == "__main__":
    path = reading_path()
    for name, lines in sorted(path.items(), key=lambda item: -item[1]):
        print(f"{lines:5d}  {name}")
    print(f"{sum(path.values()):5d}  lines in {len(path)} files")
