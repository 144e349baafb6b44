"""Notebooks of a session: as its chapters are, with the solutions, or with stubs in their place.

A stub raises NotImplementedError, with one line that names its exercise. A cell that needs what a stub would
give says so in the same way. So a notebook in which nothing is written fails at these cells and at no other;
the metadata of a cell, `course`, says which they are: `{"stub": label}`, `{"needs": label}`.

Directives and roles become plain Markdown: what the reader sees does not depend on an extension.
"""

import ast
import re
import symtable
from functools import cache
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from . import pages

# ---- Markdown

FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<kind>[\w:-]+)\} *(?P<title>[^\n]*)\n"
    r"(?P<options>(?::[\w-]+:[^\n]*\n)*)(?P<body>.*?)^(?P=fence) *(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
ROLE = re.compile(
    r"\{(?P<kind>cite:?\w*|numref|ref|doc|eq|prf:ref)\}`(?:(?P<said>[^`<]+?) *<)?(?P<label>[^`>]+)>?`"
)
LINK = re.compile(r"(?<!!)\[(?P<said>[^\][]*)\]\((?P<target>[^)\s]+)\)")
DATA = re.compile(r"^<div data-.*?</div>\n*", re.MULTILINE)  # answers, for the scripts of a page
LAST = re.compile(r"\n*^The last cell asserts.*\n?", re.MULTILINE)


def option(fence, name) -> str:
    found = re.search(rf"^:{name}: *(.*)$", fence["options"], re.MULTILINE)
    return found[1] if found else ""


def role(found) -> str:
    """A reference in plain words."""
    kind, said, label = found["kind"], found["said"], found["label"]
    if kind.startswith("cite"):
        works = [pages.cited(key.strip()) for key in label.split(",")]
        if kind == "cite:t":
            return "; ".join(f"{who} ({year})" for who, year in works)
        return f"({'; '.join(f'{who}, {year}' for who, year in works)})"
    if kind == "doc":
        return said or pages.title(label)
    if said and "%s" not in said and "{" not in said:
        return said
    if label not in pages.numbers():
        raise pages.Missing(
            f"{found[0]}: the built book has no number for it; build it again: make book"
        )
    return pages.numbers()[label]


def link(found) -> str:
    """Of a link inside of the book its words; the address of another one stays."""
    target = found["target"].partition("?")[0].removesuffix(".md").removesuffix(".ipynb")
    if "://" in target or not (target.startswith("#") or target in pages.targets()):
        return found[0]
    return found["said"] or pages.numbers().get(target) or pages.title(target)


def words(text: str) -> str:
    """Text without directives, roles and links that only the built book understands.

    >>> words("see [the ring](#sagnac?radius=1) and {cite:p}`huang2024`")
    'see the ring and (Huang et al., 2024)'
    """
    text = LINK.sub(link, ROLE.sub(role, DATA.sub("", text)))
    return FENCE.sub(box, text)


def box(fence) -> str:
    """A directive that is not an exercise, as Markdown: folded, quoted, or as it is."""
    if fence["kind"] == "div":
        return fence["body"]
    if fence["kind"] not in ("admonition", "note", "tip", "warning", "prf:proof"):
        raise pages.Missing(
            f"{{{fence['kind']}}}: no plain form is known; give it one in course/notebooks.py"
        )
    title = fence["title"] if fence["kind"] == "admonition" else fence["kind"].capitalize()
    return boxed(title, fence["body"], "dropdown" in option(fence, "class"))


def boxed(title, body, folded) -> str:
    body = words(body).strip()
    if folded:
        return f"<details><summary><b>{title}</b></summary>\n\n{body}\n\n</details>\n"
    return "\n".join(f"> {line}".rstrip() for line in f"**{title}.**\n\n{body}".splitlines()) + "\n"


def pieces(text: str):
    """(kind, label, Markdown) of what a cell holds, one after the other; the kind of most of it is text."""
    start = 0
    for fence in FENCE.finditer(text):
        if fence["kind"] in ("exercise", "solution"):
            yield "text", "", words(text[start : fence.start()]).strip()
            start = fence.end()
            if fence["kind"] == "exercise":
                label = option(fence, "label")
                yield "exercise", label, f"### {named(label)}\n\n{words(fence['body']).strip()}"
            else:
                label = fence["title"].strip()
                yield "solution", label, boxed(f"Solution of {named(label)}", fence["body"], True)
    yield "text", "", words(text[start:]).strip()


def named(label: str) -> str:
    """An exercise by its number and its name."""
    if label not in names():
        raise pages.Missing(f"exercise {label} is not in the built book; build it again: make book")
    return names()[label]


@cache
def names() -> dict[str, str]:
    """The exercises of the whole book: 'Exercise 1.1: How fast, at least?'."""
    found = {}
    for file in pages.BOOK.glob("*.ipynb"):
        text = "\n".join(cell.source for cell in read(file) if cell.cell_type == "markdown")
        for fence in FENCE.finditer(text):
            if fence["kind"] == "exercise":
                label = option(fence, "label")
                number = pages.numbers().get(label)
                found |= {label: f"{number}: {fence['title'].strip()}"} if number else {}
    return found


def read(file: Path) -> list:
    return nbformat.read(file, 4).cells


# ---- code

SOLUTION = re.compile(
    r"^(?P<indent> *)### BEGIN SOLUTION\n(?P<lines>.*?)^ *### END SOLUTION\n?",
    re.MULTILINE | re.DOTALL,
)
ASSERTS = re.compile(r"^\s*assert ", re.MULTILINE)  # what the last cell of a chapter does
SOLVED = "-solved"  # ends the name of a notebook with solutions
FOLDED = {"hide-cell", "hide-input", "remove-cell", "remove-input"}


def solved(code: str) -> str:
    """Code with its solution, without the marks.

    >>> solved("a = 1\\n### BEGIN SOLUTION\\nb = 2\\n### END SOLUTION\\nprint(b)")
    'a = 1\\nb = 2\\nprint(b)'
    """
    return SOLUTION.sub(lambda found: found["lines"], code).rstrip()


def stub(code: str, exercise: str) -> str:
    """Code with a line in place of its solution; without marks all of it is the solution."""
    ask = f"raise NotImplementedError({f'{exercise} - write your lines here'!r})\n"
    if not SOLUTION.search(code):
        return f"# {exercise}\n{ask}".rstrip()
    return SOLUTION.sub(lambda found: found["indent"] + ask, code).rstrip()


def given(code: str) -> set[str]:
    """Names that a cell leaves to those below it.

    >>> sorted(given("import numpy as np\\ndef f(x):\\n    y = x\\na, b = 1, 2"))
    ['a', 'b', 'f', 'np']
    """
    table = symtable.symtable(code, "cell", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


AT_ONCE = ("listcomp", "dictcomp", "setcomp", "genexpr")  # scopes that run where they stand


def taken(code: str, later=True) -> set[str]:
    """Names that a cell reads and does not make: while it runs, and later, when its functions are called.

    >>> code = "b = [f(x) for x in a]\\ng = lambda x: x + c + b"
    >>> sorted(taken(code)), sorted(taken(code, later=False))
    (['a', 'c', 'f'], ['a', 'f'])
    """

    def read_in(table, is_top):
        symbols = [
            s for s in table.get_symbols() if s.is_referenced() and (is_top or s.is_global())
        ]
        inside = [t for t in table.get_children() if later or t.get_name() in AT_ONCE]
        return {s.get_name() for s in symbols}.union(*(read_in(one, False) for one in inside))

    return read_in(symtable.symtable(code, "cell", "exec"), True) - given(code)


def guard(code: str, names: list[str], exercise: str) -> str:
    """Code that says which exercise gives the names that it needs, where they are not there yet."""
    lost = " or ".join(f"{name!r} not in globals()" for name in names)
    return f"if {lost}:\n    raise NotImplementedError({f'{exercise} - write it first'!r})\n{code}"


# ---- the cells of a session


class Cells:
    """The cells of one notebook, one chapter after the other."""

    def __init__(self, student: bool):
        self.student, self.cells = student, []
        self.exercise = ""  # the last one that was asked
        self.open = (
            None  # of the exercise whose solution has begun: its cells of code, marked or not
        )
        self.missing = {}  # names that are not there before an exercise is done, and that exercise
        self.hollow = {}  # the same of functions that are there and raise

    def add(self, cell, **course):
        cell.id = f"cell-{len(self.cells) + 1}"
        if course:
            cell.metadata.course = course
        self.cells.append(cell)

    def say(self, text: str):
        if text:
            self.add(new_markdown_cell(text))

    def chapter(self, name: str):
        cells = read(pages.source(name))
        cells[0].source = re.sub("^# .*", f"# {pages.title(name)}", cells[0].source)
        for cell in cells:
            if cell.cell_type == "markdown":
                self.markdown(cell.source)
            elif not (self.student and cell is cells[-1] and ASSERTS.search(cell.source)):
                self.code(cell)
        self.close()

    def markdown(self, text: str):
        for kind, label, said in pieces(LAST.sub("\n", text) if self.student else text):
            if said:
                self.close()
            if kind == "exercise":
                self.exercise = label
            if kind == "solution":
                self.exercise, self.open = label, []
            if kind != "solution" or not self.student:
                self.say(said)

    def close(self):
        """The end of a solution: an exercise without code has a place for words."""
        if self.student and self.open == []:
            self.say(f"*Your answer to {named(self.exercise)}*")
        self.open = None

    def code(self, cell):
        tags = set(cell.metadata.get("tags", ()))
        is_marked = bool(SOLUTION.search(cell.source))
        is_solution = is_marked or (self.open is not None and "hide-cell" in tags)
        if not is_solution:
            self.close()
        if is_solution and self.student:
            self.leave_out(cell.source, is_marked)
        else:
            self.keep(cell, tags, is_solution)
        if is_solution and self.open is not None:
            self.open.append(is_marked)

    def leave_out(self, code: str, is_marked: bool):
        """A stub in the place of a solution; of several cells without marks the first becomes one."""
        label, there = self.exercise, set()
        if is_marked or not self.open:
            text = stub(code, named(label))
            self.add(new_code_cell(text), stub=label)
            there = given(text)
        self.missing |= dict.fromkeys(given(solved(code)) - there, label)
        self.hollow |= dict.fromkeys(there, label)

    def keep(self, cell, tags, is_solution):
        code = solved(cell.source)
        missing = {name: self.missing[name] for name in sorted(taken(code) & self.missing.keys())}
        hollow = {name: self.hollow[name] for name in sorted(taken(code) & self.hollow.keys())}
        needs = next(iter([*missing.values(), *hollow.values()]), "")
        self.follow(code, needs if missing else "")
        new = new_code_cell(guard(code, list(missing), named(needs)) if missing else code)
        if tags & FOLDED or is_solution:
            new.metadata.jupyter = {"source_hidden": True}
        self.add(new, **({"needs": needs} if needs else {}))
        if figure := cell.metadata.get("mystnb", {}).get("figure"):
            self.say(f"**{pages.numbers()[figure['name']]}.** {words(figure['caption'])}")

    def follow(self, code: str, stopped: str):
        """Note which names are there below a cell that stays; stopped: the exercise at which it ends."""
        for statement in ast.parse(code).body:
            line = ast.get_source_segment(code, statement)
            called = sorted(taken(line, later=False) & self.hollow.keys())
            kept = sorted(taken(line) & self.hollow.keys())
            stopped = stopped or (self.hollow[called[0]] if called else "")
            for name in given(line):
                self.missing.pop(name, None)
                self.hollow.pop(name, None)
                if stopped:
                    self.missing[name] = stopped
                elif kept:
                    self.hollow[name] = self.hollow[kept[0]]


HOW = """
This notebook is made from *Nonreciprocal entanglement, recomputed*. Run its cells from the top; the first
ones import what the others need.{} The same text stands in the book, where the figures move without Python.
"""
STUBS = """ An exercise has a cell with `NotImplementedError`: put your lines in its place. A cell that needs
them says so, and a check below them says whether your result is right."""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def notebook(session, student: bool):
    """The notebook of a session."""
    cells = Cells(student)
    kind = "" if student else ", with solutions"
    name = session.name.replace("-", " ").capitalize()
    cells.say(f"# {name}: {session.title}{kind}\n{HOW.format(STUBS if student else '')}")
    for chapter in session.chapters:
        cells.chapter(chapter)
    return new_notebook(cells=cells.cells, metadata=KERNEL)


def write(session, folder: Path):
    """The two notebooks of a session, in a folder that has the drawings beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for student in (True, False):
        file = folder / f"{session.name}{'' if student else SOLVED}.ipynb"
        nbformat.write(notebook(session, student), file)
