"""The library's pages: all public names, and the modules that notebooks import, with their docstrings.

``book/api.md`` and ``book/modules*.md`` mark where the lists go. They are derived from ``omcore.__all__``
and from the notebooks; autodoc, which comes with Sphinx, puts in signatures and docstrings.
"""

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
import zlib
from pathlib import Path
from textwrap import indent

from sphinx.pycode import ModuleAnalyzer

import omcore
from _ext.docstrings import as_rst

BOOK = Path(__file__).parents[1]
DIRECTIVE = "```{{eval-rst}}\n{}\n```\n"


# ---- the public surface


def groups() -> dict[str, list[str]]:
    """The names of ``__all__`` by the comment above them in its source.

    >>> groups()["conventions and errors"][:2]
    ['MODES', 'symplectic_form']
    """
    listed = inspect.getsource(omcore).partition("__all__ = [")[2].partition("\n]")[0]
    _, *parts = re.split(r"\n +# (.+)\n", listed)
    names = [re.findall(r'"(\w+)"', part) for part in parts[1::2]]
    return dict(zip(parts[::2], names, strict=True))


def public_surface() -> str:
    """A heading for each group, and a directive for each name."""
    text = []
    for title, names in groups().items():
        text += [f"### {title.capitalize()}\n", *map(entry, names)]
    return "\n".join(text)


def entry(name: str) -> str:
    value = getattr(omcore, name)
    if inspect.isfunction(value):
        return DIRECTIVE.format(f".. autofunction:: omcore.{name}")
    if not inspect.isclass(value):
        said = indent(as_rst(data_doc(name)), "   ")
        return DIRECTIVE.format(f".. py:data:: {name}\n   :module: omcore\n\n{said}")
    if issubclass(value, Exception):
        return DIRECTIVE.format(f".. autoexception:: omcore.{name}")
    options = "   :members:\n   :inherited-members: tuple, object"  # but not those of these two
    return DIRECTIVE.format(f".. autoclass:: omcore.{name}\n{options}")


def data_doc(name: str) -> str:
    """The string below an assignment, in the module that the package takes the name from."""
    for node in ast.parse(inspect.getsource(omcore)).body:
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            comments = ModuleAnalyzer.for_module(f"omcore.{node.module}").find_attr_docs()
            return "\n".join(comments.get(("", name), []))
    return ""


# ---- the modules


def imported(notebook: Path) -> set[str]:
    """The modules of the library that a notebook imports, and the rooms that they are in."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names = set()
    for node in ast.walk(ast.parse("\n".join(code))):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "omcore":
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if inspect.ismodule(pkgutil.resolve_name(name))}


def rooms() -> dict[str, list[str]]:
    """The rooms that notebooks import from, with all of their modules; of omcore itself, those imported.

    >>> rooms()["omcore.interop"]
    ['omcore.interop.hamiltonians', 'omcore.interop.symbolic', 'omcore.interop.tools']
    """
    names = set().union(*map(imported, BOOK.glob("*.ipynb")))
    found = {}
    for room in sorted({importlib.import_module(name).__package__ for name in names}):
        parts = pkgutil.iter_modules(sys.modules[room].__path__, f"{room}.")
        modules = [part.name for part in parts if not part.ispkg]
        found[room] = [m for m in modules if room != "omcore" or m in names]
    return found


def modules(wanted: str) -> str:
    """A heading for each room that is named and each module, and what the public surface does not hold."""
    origin = {name: getattr(getattr(omcore, name), "__module__", "") for name in omcore.__all__}
    text, known = [], rooms()
    for room in wanted.split(", "):
        names = known[room]
        summary = sys.modules[room].__doc__.partition("\n\n")[0]
        text.append(f"## {title(room)}\n\n{summary}\n")
        for name in names:
            public = [one for one in omcore.__all__ if origin[one] == name]
            text.append(f"### {title(name)}\n\nIn `{name}`.\n")
            options = f"   :members:\n   :no-value:\n   :exclude-members: {', '.join(public)}"
            text.append(DIRECTIVE.format(f".. automodule:: {name}\n{options}"))
            if public:
                roles = ", ".join(f"{{py:obj}}`omcore.{one}`" for one in public)
                text.append(f"On the [page of the public surface](api): {roles}.\n")
    return "\n".join(text)


def title(module: str) -> str:
    return module.rpartition(".")[2].capitalize()


# ---- in the build


MARK = re.compile("<!-- (the public surface|modules of) ?(.*) -->")


def fill_in(app, docname, source):
    """The mark of a page gives way to its list; the page is read again when a source changes."""
    if found := MARK.search(source[0]):
        listing = modules(found[2]) if found[2] else public_surface()
        source[0] = source[0].replace(found[0], listing)
        files = [*Path(omcore.__file__).parent.rglob("*.py"), *BOOK.glob("*.ipynb")]
        app.env.dependencies[docname].update(map(str, files))


def rewrite(app, what, name, obj, options, lines):
    lines[:] = as_rst("\n".join(lines)).splitlines()


def setup(app):
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("source-read", fill_in)
    app.connect("autodoc-process-docstring", rewrite)
    # Another version of this file reads the page anew.
    version = zlib.crc32(Path(__file__).read_bytes())
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
