"""The rooms of the drawings are the chapters of the book, both ways."""

import ast
import json
import re
from pathlib import Path

import pytest

import omcore

ROOT = Path(__file__).parents[2]
FIGURES = Path(omcore.__file__).parent / "figures"
CHAPTERS = {p.stem[3:]: p for p in sorted((ROOT / "book").glob("[0-9][0-9]_*.ipynb"))}
PAGES = sorted((ROOT / "book").glob("*.ipynb"))
ROOMS = sorted(p.name for p in FIGURES.iterdir() if (p / "__init__.py").exists())
SOURCES = sorted(FIGURES.rglob("*.py"))

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


def imported(source, package="omcore.figures"):
    """Room and module, as written, of all that a source takes from the drawings."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = (
            [a.name for a in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        )
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
        found |= {tuple(n.split(".")[2:4]) for n in names if n.startswith(f"{package}.")}
    return found


def code(page):
    cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_every_chapter_has_a_room_and_every_room_but_the_kit_a_chapter():
    pages = {page.stem for page in PAGES} & set(ROOMS)  # pages that draw have a room, too
    assert sorted([*CHAPTERS, *pages, "kit"]) == ROOMS
    assert [p.name for p in FIGURES.glob("*.py")] == ["__init__.py"]


@each_chapter
def test_a_chapter_uses_every_module_of_its_room_and_no_other_room(chapter):
    rooms = imported(code(CHAPTERS[chapter]))
    assert {room for room, _ in rooms} <= {chapter, "kit"}
    modules = {p.stem for p in (FIGURES / chapter).glob("*.py")} - {"__init__"}
    assert {module for room, module in rooms if room == chapter} == modules


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_other_pages_take_from_the_kit_and_a_room_of_their_name(page):
    if page not in CHAPTERS.values():
        assert {room for room, _ in imported(code(page))} <= {"kit", page.stem}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(FIGURES)))
def test_a_room_takes_from_the_kit_and_never_from_another_room(path):
    """Within the drawings, two dots lead to another room."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            beside = node.level == 2 and path.parent != FIGURES
            assert not beside or node.module.split(".")[0] == "kit"
            assert not (node.level == 0 and node.module.startswith("omcore"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(FIGURES)))
def test_colours_come_from_the_one_style_file(path):
    if path.name != "style.py":
        assert not re.findall(r"[\"']#[0-9A-Fa-f]{3,6}[\"']", path.read_text(encoding="utf-8"))


@each_chapter
def test_a_room_says_which_chapter_it_draws(chapter):
    number = int(CHAPTERS[chapter].name[:2])
    doc = ast.get_docstring(
        ast.parse((FIGURES / chapter / "__init__.py").read_text(encoding="utf-8"))
    )
    assert doc.startswith(f"Drawings of chapter {number}: ")


def test_the_library_does_not_need_its_drawings():
    for path in FIGURES.parent.rglob("*.py"):
        if FIGURES not in path.parents:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(from|import) .*\bfigures\b", text, re.MULTILINE), path
