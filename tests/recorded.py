"""The numbers that the project stands for, gathered so that two versions of it can be compared.

    python tests/recorded.py FILE       writes them as JSON

``test_recorded.py`` compares today's with ``recorded.json``. It was first written before the core was
redrawn for a family of systems, and again when the ledger got its third reading and the chapters
compared more; no number that stood in both was moved by that. Write it anew only with a change that
is meant to move a number.
"""

import ast
import contextlib
import io
import json
import sys
from pathlib import Path

import numpy as np

import omcore as om

BOOK = Path(__file__).parents[1] / "book"
CHAPTERS = sorted(path.stem for path in BOOK.glob("[0-9][0-9]_*.ipynb"))


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


def chapter(name):
    """The numbers that the last cell of a chapter compares, in the order of the comparisons."""
    noted = []

    def note(value):
        with contextlib.suppress(TypeError, ValueError):
            noted.extend(np.ravel(np.asarray(value, float)).tolist())
        return value

    notebook = json.loads((BOOK / f"{name}.ipynb").read_text(encoding="utf-8"))
    *cells, last = ("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code")
    scope = {"_note": note}
    with contextlib.redirect_stdout(io.StringIO()), np.printoptions():  # some cells set them
        for cell in cells:
            exec(compile(cell, name, "exec"), scope)
        exec(
            compile(ast.fix_missing_locations(_Noted().visit(ast.parse(last))), name, "exec"), scope
        )
    return noted


if __name__ == "__main__":
    record = {"ledger": ledger(), "errata": errata(), "chapters": {c: chapter(c) for c in CHAPTERS}}
    Path(sys.argv[1]).write_text(json.dumps(record, indent=1) + "\n")
