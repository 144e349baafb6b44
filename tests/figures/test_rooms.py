"""The drawings of the book: a page uses each, no room leans on another, and the library on none."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import omcore

BOOK = Path(__file__).parents[2] / "book"
DRAWINGS = BOOK / "drawings"
PAGES = sorted(BOOK.glob("*.ipynb"))
SOURCES = sorted(path for path in DRAWINGS.rglob("*.py") if path.parent != DRAWINGS)

each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(DRAWINGS)))


def imported(source, package):
    """Dotted names, relative ones without their dots, of all that a source imports from a package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == package)


def code(page):
    cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_every_drawing_is_used_by_a_page_or_beside_it_in_its_room():
    used = {name for page in PAGES for name in imported(code(page), "drawings")}
    for path in SOURCES:
        beside = [one.read_text("utf-8") for one in path.parent.glob("*.py") if one != path]
        taken = rf"^from \.({path.stem} import| import .*\b{path.stem}\b)"
        if path.parent.name != "kit" and not re.search(taken, "\n".join(beside), re.MULTILINE):
            assert f"drawings.{path.parent.name}.{path.stem}" in used, path


@each_source
def test_a_room_takes_from_the_kit_and_never_from_another_room(path):
    if path.parent.name == "article":
        pytest.skip("the article gathers what the rooms have found")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 2:  # two dots lead to another room
            assert node.module.split(".")[0] == "kit"


FIGURES = ("plt.subplots", "plt.figure", "row_of_panels")


def opens_a_figure(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) in FIGURES


@each_source
def test_what_opens_a_figure_has_the_style_that_closes_it(path):
    """``style`` lets go of all that is drawn within it; pages draw every figure, where nbval runs them."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef) or function.name in FIGURES:
            continue
        if any(map(opens_a_figure, ast.walk(function))):
            within = [ast.unparse(decorator) for decorator in function.decorator_list]
            for node in ast.walk(function):
                if isinstance(node, ast.With):
                    within += [ast.unparse(item.context_expr) for item in node.items]
            assert "style()" in within, function.name


@each_source
def test_colours_come_from_the_one_style_file(path):
    if path.name != "style.py":
        assert not re.findall(r"[\"']#[0-9A-Fa-f]{3,6}[\"']", path.read_text(encoding="utf-8"))


def test_the_library_does_not_need_its_drawings():
    for path in Path(omcore.__file__).parent.rglob("*.py"):
        assert not list(imported(path.read_text(encoding="utf-8"), "drawings")), path


def test_what_drawings_share_loads_neither_the_ledger_nor_the_races_nor_sympy():
    names = [f"drawings.kit.{path.stem}" for path in SOURCES if path.parent.name == "kit"]
    heavy = [f"omcore.paper.{name}" for name in ("claims", "comparisons", "optima", "winners")]
    program = f"import sys, {', '.join(names)}; print({{'sympy', *{heavy}}} & set(sys.modules))"
    command, where = [sys.executable, "-c", program], os.environ | {"PYTHONPATH": str(BOOK)}
    said = subprocess.run(command, env=where, capture_output=True, text=True)
    assert said.stdout == "set()\n", said
