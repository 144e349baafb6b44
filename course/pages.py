"""The built book, read back: what its references became, its exercises, its figures.

Everything that `make course` and `make pdf` make beside the notebooks is cut from these pages, so that a
number, a formula or a figure is there what it is in the book.
"""

import posixpath
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from bs4 import BeautifulSoup, Tag
from jupyter_cache import get_cache
from pybtex.database import parse_file
from pybtex.richtext import Text
from sphinx.util.inventory import InventoryFile

from book._ext import fresh

ROOT = Path(__file__).parents[1]
BOOK, BUILT = ROOT / "book", ROOT / "_build" / "html"


class Missing(SystemExit):
    """What cannot be made, and what to do about it; as the end of a program it prints that line."""


# ---- chapters


@cache
def contents() -> dict[str, list[str]]:
    """The parts of the table of contents: caption, and the names of its files."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    return {
        part["caption"]: [Path(one["file"]).name for one in part["chapters"]]
        for part in toc["parts"]
    }


def numbered() -> list[str]:
    """The files of the numbered chapters."""
    return [name for names in contents().values() for name in names if re.match(r"\d\d_", name)]


def source(name: str) -> Path:
    """The notebook of a chapter, which the table of contents must have."""
    if name not in {file for files in contents().values() for file in files}:
        raise Missing(
            f"chapter = {name!r} is not in _toc.yml; mend the table in book/drawings/teaching/sessions.py"
        )
    return BOOK / f"{name}.ipynb"


@cache
def html(name: str) -> str:
    """A page as it was built."""
    page = BUILT / "book" / f"{name}.html"
    if not page.exists():
        raise Missing(f"there is no {page.relative_to(ROOT)}; build the book first: make book")
    return page.read_text("utf-8")


def article(name: str) -> Tag:
    """What a page says, without its frame; a copy that may be cut up."""
    body = BeautifulSoup(html(name), "html.parser").select_one("article.bd-article")
    for extra in body.select("noscript, a.headerlink"):
        extra.decompose()
    return body


def title(name: str) -> str:
    """A chapter's number and title."""
    return plain(article(name).h1)


def plain(element) -> str:
    """The words of an element on one line, with its formulas as they are written."""
    return " ".join(element.get_text().split())


# ---- references


@cache
def numbers() -> dict[str, str]:
    """What figures, tables and exercises are called, by their labels: 'Fig. 1.2', 'Exercise 1.1'."""
    boxed = re.compile(
        r'<(?:figure|table|div)\b[^>]* id="([^"]+)"(?:(?!<(?:figure|table|div)\b[^>]* id=").)*?'
        r'<span class="caption-number">(.*?)\s*</span>',
        re.DOTALL,
    )
    called = {
        f"book/{page.name}#{place}": number
        for page in (BUILT / "book").glob("*.html")
        for place, number in boxed.findall(page.read_text("utf-8"))
    }
    return {label: called[place] for label, place in targets().items() if place in called}


@cache
def targets() -> dict[str, str]:
    """Labels and files that a link inside of the book may lead to, and where each is."""
    if not (BUILT / "objects.inv").exists():
        raise Missing("there is no built book; build it first: make book")
    with (BUILT / "objects.inv").open("rb") as file:
        known = InventoryFile.load(file, "", posixpath.join)
    there = {
        name: entry[2] for kind in ("std:label", "std:doc") for name, entry in known[kind].items()
    }
    return {name.removeprefix("book/"): place for name, place in there.items()}


@cache
def cited(key: str) -> tuple[str, str]:
    """Authors and year of a reference."""
    entry = _bibliography().entries[key]
    names = [
        str(Text.from_latex(" ".join(p.prelast_names + p.last_names)))
        for p in entry.persons["author"]
    ]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return who, entry.fields["year"]


@cache
def _bibliography():
    return parse_file(BOOK / "references.bib")


# ---- figures


@cache
def drawn(name: str) -> dict[str, str]:
    """Figures of a chapter as SVG, by label, as their cells drew them when the book was built."""
    there = get_cache(ROOT / "_build" / ".jupyter_cache" / fresh.digest(ROOT))
    try:
        _, run = there.merge_match_into_notebook(nbformat.read(source(name), 4))
    except KeyError:
        raise Missing(f"{name} is newer than the built book; build it again: make book") from None
    found = {}
    for cell in run.cells:
        label = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
        for output in cell.get("outputs", ()):
            if label and (picture := output.get("data", {}).get("image/svg+xml")):
                found[label] = picture
    return found


# ---- exercises


class Exercise(NamedTuple):
    label: str
    name: str  # 'Exercise 1.1: How fast, at least?'
    box: Tag
    hints: list[Tag]
    solution: Tag | None


def exercises(body: Tag) -> list[Exercise]:
    """The exercises of a page, each with what is folded behind it."""
    found = []
    for box in body.select("div.exercise"):
        hints, solution, after = [], None, box.find_next_sibling()
        while after is not None and "dropdown" in after.get("class", ()) and solution is None:
            if "solution" in after["class"]:
                solution = after
            else:
                hints.append(after)
            after = after.find_next_sibling()
        number, _, name = plain(box.select_one(".admonition-title")).partition(" (")
        found.append(
            Exercise(box["id"], f"{number}: {name.removesuffix(')')}", box, hints, solution)
        )
    return found
