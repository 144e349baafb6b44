"""How the pages hold together: what is folded, and what a screen reader is told.

Of a chapter's code, the cell of the imports and the last cell, which asserts the numbers, are folded.
The code of a solution is part of the solution, so that one click opens both. Notebooks keep their
order and their tags; all of this happens while a page is built.
"""

import re
import zlib
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx_exercise.nodes import solution_node

# ---- folds


def is_code(node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def source(cell) -> str:
    return "".join(
        part.astext() for part in cell.children if part.get("nb_element") == "cell_code_source"
    )


def is_setup(code: str) -> bool:
    r"""Whether a cell imports, and does little else.

    >>> is_setup("import numpy as np\nimport omcore as om\np = om.PAPER")
    True
    >>> is_setup("import csv\na = 1\nb = a")
    False
    """
    lines = [line for line in code.splitlines() if line.strip()]
    imports = [line for line in lines if re.match(r"(from|import) |[\s)]", line)]
    return code.startswith(("from ", "import ")) and 2 * len(imports) >= len(lines)


def fold(cell, mode, what):
    """As the tags hide-cell and hide-input do it, unless the notebook has such a tag."""
    if not cell.get("hide_mode") and source(cell):
        cell["hide_mode"] = mode
        cell["prompt_show"], cell["prompt_hide"] = f"Show {what}", f"Hide {what}"


def fold_code(app, doctree):
    cells = [node for node in doctree.findall(nodes.container) if is_code(node)]
    for cell in cells:
        if is_setup(source(cell)):
            fold(cell, "input", "the imports")
    if cells and re.search(r"^\s*assert ", source(cells[-1]), re.MULTILINE):
        fold(cells[-1], "all", "the checks of this chapter's numbers")


def join_solutions(app, doctree):
    """Folded code that follows a solution goes into it."""
    for solution in list(doctree.findall(solution_node)):
        while (cell := solution.next_node(descend=False, siblings=True)) is not None:
            if not (is_code(cell) and cell.get("hide_mode") == "all"):
                break
            cell.parent.remove(cell)
            del cell["hide_mode"]
            solution.append(cell)


# ---- what the theme and the packages write


def mend(body):
    """HTML without the slips of packages.

    >>> body = BeautifulSoup('<tr><th class="head"></th></tr><dl><dd>a,</dd><dd>b</dd></dl>', "html.parser")
    >>> mend(body)
    >>> body
    <tr><td></td></tr><span class="arguments"><span>a,</span><span>b</span></span>
    """
    for cell in body.select("th.head"):
        if not words(cell):
            cell.name, cell.attrs = "td", {}
    for image in body.select("figure img")[1:]:
        image["loading"] = "lazy"  # what stands below the fold is fetched when it is near
    for entry in body.select(".citation-list, .citation"):
        del entry["role"]
    # The arguments of a long signature, which Sphinx writes as meanings without words.
    for arguments in body.select("dl:not(:has(> dt))"):
        arguments.name, arguments["class"] = "span", "arguments"
        for argument in arguments.find_all("dd", recursive=False):
            argument.name = "span"


WIDE = 4  # columns that do not fit a phone
ROLES = {
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup",
    "tr": "row", "th": "columnheader", "td": "cell",
}  # fmt: skip


def make_cards(body):
    """In a wide table each cell says its column's name: on a phone a row is a card (book.css).

    The roles are those that a table has by itself, until a style sheet lays it out as cards.
    """
    for table in body.select("table:has(thead)"):
        names = [words(cell) for cell in table.select("thead :is(th, td)")]
        if len(names) < WIDE:
            continue
        table["class"] = ["wide", *table["class"]]
        if table.select_one("thead .math"):  # a name that a style sheet cannot repeat
            continue
        table["class"].insert(1, "cards")
        for part in [table, *table.find_all(list(ROLES))]:
            part["role"] = ROLES[part.name]
        for row in table.select("tbody tr"):
            for cell, name in zip(row.find_all("td"), names, strict=False):
                cell["data-label" if words(cell) else "data-empty"] = name if words(cell) else ""


def words(part) -> str:
    return part.get_text().strip()


def mend_page(app, pagename, templatename, context, doctree):
    if "body" in context:
        body = BeautifulSoup(context["body"], "html.parser")
        mend(body)
        make_cards(body)
        context["body"] = str(body)


def setup(app):
    app.connect("doctree-read", fold_code)
    app.connect("doctree-read", join_solutions)
    app.add_js_file("reach.js")
    app.connect("html-page-context", mend_page)
    # Another version of this file reads, and so writes, every page anew.
    version = zlib.crc32(Path(__file__).read_bytes())
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
