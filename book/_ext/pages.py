"""How the pages hold together: what is folded, and what a screen reader is told.

Of a chapter's code, the cell of the imports and the last cell, which asserts the numbers, are folded.
The code of a solution is part of the solution, so that one click opens both. Notebooks keep their
order and their tags; all of this happens while a page is built.
"""

import base64
import hashlib
import re
import zlib
from pathlib import Path

from docutils import nodes
from sphinx_exercise.nodes import solution_node

# ---- folds


def is_code(node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def source(cell) -> str:
    return "".join(
        part.astext() for part in cell.children if part.get("nb_element") == "cell_code_source"
    )


def fold(cell, mode, what):
    """As the tags hide-cell and hide-input do it, unless the notebook has such a tag."""
    if not cell.get("hide_mode") and source(cell):
        cell["hide_mode"] = mode
        cell["prompt_show"], cell["prompt_hide"] = f"Show {what}", f"Hide {what}"


def is_setup(code: str) -> bool:
    r"""Whether a cell imports, and does little else.

    >>> is_setup("import numpy as np\nimport omcore as om\np = om.PAPER")
    True
    >>> is_setup("import csv\na = 1\nb = a")
    False
    """
    lines = [line for line in code.splitlines() if line.strip()]
    imports = [line for line in lines if re.match(r"(from|import) |[\s)]", line)]
    return bool(re.match(r"from|import", code)) and 2 * len(imports) >= len(lines)


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
        place = solution.parent
        while (after := place.index(solution) + 1) < len(place):
            cell = place[after]
            if not (is_code(cell) and cell.get("hide_mode") == "all"):
                break
            place.remove(cell)
            del cell["hide_mode"]
            solution.append(cell)


# ---- what the theme and the packages write


def mended(body: str) -> str:
    """HTML without the slips of packages.

    >>> mended('<tr><th class="head"></th><th class="head"><p>n</p></th></tr>')
    '<tr><td></td><th class="head"><p>n</p></th></tr>'
    >>> mended('<div role="list" class="citation-list"><div class="citation" id="a" role="doc-biblioentry">')
    '<div class="citation-list"><div class="citation" id="a">'
    """
    body = re.sub(r'<th class="head[^"]*">\s*(?:<p>\s*</p>)?\s*</th>', "<td></td>", body)
    body = body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')
    body = body.replace(' role="doc-biblioentry"', "")
    return re.sub(r"<dl>(\s*(?:<dd>.*?</dd>\s*)+)</dl>", as_lines, body, flags=re.DOTALL)


def as_lines(signature) -> str:
    """The arguments of a long signature, which Sphinx writes as meanings without words.

    >>> mended("<dl><dd>a,</dd><dd>b,</dd></dl>")
    '<span class="arguments"><span>a,</span><span>b,</span></span>'
    """
    inner = signature[1].replace("<dd>", "<span>").replace("</dd>", "</span>")
    return f'<span class="arguments">{inner}</span>'


TABLE = re.compile(
    r"<table\b(?P<rest>[^>]*)>(?P<head>\s*(?:<colgroup>.*?</colgroup>)?\s*<thead>.*?</thead>)(?P<rows>.*?)</table>",
    re.DOTALL,
)
CELL = re.compile(r"<(?P<kind>t[hd])\b[^>]*>(?P<inner>.*?)</t[hd]>", re.DOTALL)
WIDE = 4  # columns that do not fit a phone
ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


def as_cards(body: str) -> str:
    """In a wide table each cell says its column's name: on a phone a row is a card (book.css).

    The roles are those that a table has by itself, until a style sheet lays it out as cards.
    """

    def table(found):
        names = [words(cell["inner"]) for cell in CELL.finditer(found["head"])]
        if len(names) < WIDE:
            return found[0]
        if "math" in found["head"]:  # a name that a style sheet cannot repeat
            return found[0].replace('class="', 'class="wide ', 1)

        def row(line):
            column = iter(names)
            return CELL.sub(lambda cell: labelled(cell, next(column, "")), line[0])

        rows = re.sub(r"<tr\b.*?</tr>", row, found["rows"], flags=re.DOTALL)
        rest = re.sub(r'class="', 'class="wide cards ', found["rest"])
        inner = re.sub(
            r"<(thead|tbody|tr|th|td)\b",
            lambda tag: f'{tag[0]} role="{ROLES[tag[1]]}"',
            found["head"] + rows,
        )
        return f'<table{rest} role="table">{inner}</table>'

    return TABLE.sub(table, body)


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()


def labelled(cell, name):
    return (
        cell[0].replace("<td", f'<td data-label="{name}"', 1)
        if words(cell["inner"])
        else cell[0].replace("<td", '<td data-empty=""', 1)
    )


PICTURE = re.compile(
    r'<img class="live-static"(?P<rest>[^>]*)src="data:image/png;base64,(?P<data>[^"]+)"'
)


def picture_files(app, pagename, body):
    """The picture under a live figure, in a file of its own: loaded where it is seen, so mostly not."""

    def stored(image):
        picture = base64.b64decode(image["data"])
        name = f"{hashlib.sha256(picture).hexdigest()[:24]}.png"
        folder = Path(app.outdir) / "_images"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture)
        up = "../" * pagename.count("/")
        return f'<img class="live-static" loading="lazy"{image["rest"]}src="{up}_images/{name}"'

    return PICTURE.sub(stored, body)


def mend(app, pagename, templatename, context, doctree):
    if "body" in context:
        body = picture_files(app, pagename, context["body"])
        context["body"] = as_cards(mended(body))


def setup(app):
    app.connect("doctree-read", fold_code)
    app.connect("doctree-read", join_solutions)
    app.add_js_file("reach.js")
    app.connect("html-page-context", mend)
    # Another version of this file reads, and so writes, every page anew.
    version = zlib.crc32(Path(__file__).read_bytes())
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
