"""The numbers that the project stands for, gathered so that two versions of it can be compared.

    python tests/recorded.py FILE       writes them as JSON

``recorded.json`` holds them. ``test_recorded.py`` compares the ledger and the errata with it; the numbers
of a chapter are compared where nbval runs it, by one more cell that this module, as a plugin of pytest
(``-p tests.recorded``), puts after its last one. The record was first written before the core was redrawn
for a family of systems, and again when the ledger got its third reading and the chapters compared more;
no number that stood in both was moved by that. Write it anew only with a change that is meant to move a
number.
"""

import ast
import contextlib
import io
import json
import sys
from pathlib import Path

import numpy as np

import omcore as om

TESTS = Path(__file__).parent
BOOK = TESTS.parent / "book"
CHAPTERS = sorted(path.stem for path in BOOK.glob("[0-9][0-9]_*.ipynb"))
RECORD = json.loads((TESTS / "recorded.json").read_text())

# Numbers that a search finds where its function is flat: as good as its own tolerance, no better.
POSITIONS = dict.fromkeys(range(9), 2e-6)  # of maxima
SEARCHED = {
    "1c-peak": POSITIONS, "1c-shift": POSITIONS, "4a-where": POSITIONS,
    "4a-tuned": dict.fromkeys(range(6), 1e-6),  # steep in the position of another maximum
    "4a-best": {2: 5e-4, 3: 5e-5},  # of the bare detuning: the simplex of the record stalled on a ridge
    "09_contangle": {30: 1e-6, 31: 1e-6},  # the least of a ratio over 36 parameters
    "10_figures_1_2": {8: 2e-6},  # a position
    "12_figure_4": {3: 2e-6, 4: 2e-6},  # positions of maxima
}  # fmt: skip


def assert_unmoved(name, found, before):
    found, before = np.array(flat(found)), np.array(flat(before))
    assert found.shape == before.shape
    # 1e-12 for differences of equal numbers, which are rounding
    tolerance = 1e-12 + 1e-9 * np.abs(before)
    for k, searched in SEARCHED.get(name, {}).items():
        tolerance[k : k + 1] = searched
    assert (np.abs(found - before) <= tolerance).all()


def flat(value):
    """All numbers of a nested record, in order; yes and no count as numbers."""
    if isinstance(value, dict):
        return [x for key in value for x in flat(value[key])]
    if isinstance(value, list):
        return [x for part in value for x in flat(part)]
    return [-1.0 if value is None else float(value)]


def ledger():
    """Every computed value of the ledger, by claim, reading and part."""
    from omcore.paper.claims import ledger

    columns = ("self_consistent", "bare_detuning", "effective_detuning")
    return {row["id"]: {column: row[column] for column in columns} for row in ledger()}


def errata():
    """E_am and R of every variant at the three operating points."""
    from omcore.paper.errata import ERRATA, as_derived, effects

    variants = {"as derived": as_derived} | {e.id: e.variant for e in ERRATA if e.variant}
    found = {
        name: [effects(variant, p) for p in om.CASES.values()] for name, variant in variants.items()
    }
    return {name: np.nan_to_num(values, nan=-1.0).tolist() for name, values in found.items()}


# ---- the numbers of a chapter


class _Noted(ast.NodeTransformer):
    """Wraps what is compared, so that its value can be noted."""

    def note(self, node):
        if isinstance(node, ast.Constant):
            return node
        return ast.Call(ast.Name("_note", ast.Load()), [node], [])

    def visit_Compare(self, node):
        self.generic_visit(node)
        node.left = self.note(node.left)
        node.comparators = [self.note(c) for c in node.comparators]
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ("close", "allclose"):
            node.args = [self.note(argument) for argument in node.args]
        return node


def compared(source, scope):
    """The numbers that a cell compares, in their order; ``scope`` is as the cell finds it."""
    noted = []

    def note(value):
        with contextlib.suppress(TypeError, ValueError):
            noted.extend(np.ravel(np.asarray(value, float)).tolist())
        return value

    tree = ast.fix_missing_locations(_Noted().visit(ast.parse(source)))
    exec(compile(tree, "last cell", "exec"), scope | {"_note": note})
    return noted


def chapter(name):
    """The numbers that the last cell of a chapter compares."""
    notebook = json.loads((BOOK / f"{name}.ipynb").read_text(encoding="utf-8"))
    *cells, last = ("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code")
    scope = {}
    with contextlib.redirect_stdout(io.StringIO()), np.printoptions():  # some cells set them
        for cell in cells:
            exec(compile(cell, name, "exec"), scope)
        return compared(last, scope)


# In the kernel that has run the chapter; what it takes is none of the chapter's, see book/_ext/seconds.py.
CELL = """
get_ipython().events.callbacks["post_run_cell"].clear()
sys = __import__("sys")
sys.path.insert(0, {tests!r})
recorded = __import__("recorded")
found = recorded.compared({last!r}, globals())
recorded.assert_unmoved({name!r}, found, recorded.RECORD["chapters"][{name!r}])
"""


def pytest_collection_modifyitems(items):
    """One more cell for nbval after each chapter that is recorded."""
    import nbformat

    for number, item in reversed([*enumerate(items)]):
        name, following = item.path.stem, items[number + 1 : number + 2]
        if name in RECORD["chapters"] and not (following and following[0].parent is item.parent):
            text = CELL.format(tests=str(TESTS), name=name, last=item.cell.source)
            cell = nbformat.v4.new_code_cell(text)
            more = {"cell_num": item.cell_num + 1, "cell": cell, "options": item.options}
            items.insert(number + 1, type(item).from_parent(item.parent, name="Numbers", **more))


if __name__ == "__main__":
    chapters = {name: chapter(name) for name in CHAPTERS}
    record = {"ledger": ledger(), "errata": errata(), "chapters": chapters}
    Path(sys.argv[1]).write_text(json.dumps(record, indent=1) + "\n")
