"""The API page: every public name, with its docstring, in the groups of ``omcore.__all__``.

``book/api.md`` marks where a list goes with ``<!-- api: PACKAGE -->``. autodoc, which comes with
Sphinx, puts in the signatures and docstrings. Its companion napoleon would take what follows a
colon for a type; here it is a sentence, so ``as_rst`` reads the docstrings instead.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import zlib
from pathlib import Path

from sphinx.pycode import ModuleAnalyzer

from drawings.kit.reference import items, sections

MARK = re.compile(r"<!-- api: ([\w.]+) -->")
DIRECTIVE = "```{{eval-rst}}\n{}\n```\n"


# ---- what the page lists


def groups(package) -> dict[str, list[str]]:
    """The names of ``__all__`` by the comment above them in its source.

    >>> import omcore
    >>> groups(omcore)["conventions and errors"][:2]
    ['MODES', 'symplectic_form']
    """
    source = inspect.getsource(package)
    listed = source[source.index("__all__ = [") :]
    found, title = {}, ""
    for line in listed.splitlines()[1:]:
        if line.startswith("]"):
            break
        if line.strip().startswith("#"):
            title = line.strip("# ")
        found.setdefault(title, []).extend(re.findall(r'"(\w+)"', line))
    return found


def public_surface(package) -> str:
    """A heading for each group, and a directive for each name."""
    text = []
    for title, names in groups(package).items():
        text += [f"### {title.capitalize()}\n", *(entry(package, name) for name in names)]
    return "\n".join(text)


def entry(package, name) -> str:
    value = getattr(package, name)
    if inspect.isfunction(value):
        return DIRECTIVE.format(f".. autofunction:: {package.__name__}.{name}")
    if not inspect.isclass(value):
        head = f".. py:data:: {name}\n   :module: {package.__name__}\n\n"
        return DIRECTIVE.format(head + data_doc(package, name))
    if issubclass(value, Exception):
        return DIRECTIVE.format(f".. autoexception:: {package.__name__}.{name}")
    options = "   :members:\n   :inherited-members: tuple, object"  # but not those of these two
    return DIRECTIVE.format(f".. autoclass:: {package.__name__}.{name}\n{options}")


def data_doc(package, name) -> str:
    """The string below an assignment, in the module that the package takes the name from."""
    for node in ast.walk(ast.parse(inspect.getsource(package))):
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            module = f"{package.__name__}.{node.module}"
            lines = ModuleAnalyzer.for_module(module).find_attr_docs().get(("", name), [])
            return "\n".join(f"   {line}" for line in as_rst("\n".join(lines)))
    return ""


def room(package) -> str:
    """The modules of a room, each with what the list above does not hold already."""
    import omcore

    text = []
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        origin = {name: getattr(getattr(omcore, name), "__module__", "") for name in omcore.__all__}
        above = [name for name in omcore.__all__ if origin[name] == found.name]
        text.append(f"### {found.name.rpartition('.')[2].capitalize()}\n\nIn `{found.name}`.\n")
        options = f"   :exclude-members: {', '.join(above)}" if above else ""
        text.append(DIRECTIVE.format(f".. automodule:: {module.__name__}\n   :members:\n{options}"))
        if above:
            roles = ", ".join(f"{{py:obj}}`omcore.{name}`" for name in above)
            text.append(f"Listed above: {roles}.\n")
    return "\n".join(text)


def fill_in(app, docname, source):
    """Each mark of the page gives way to its list, and the page is read again when a source changes."""

    def listing(mark):
        package = importlib.import_module(mark[1])
        for file in Path(package.__path__[0]).rglob("*.py"):
            app.env.dependencies[docname].add(str(file))
        return public_surface(package) if hasattr(package, "__all__") else room(package)

    source[0] = MARK.sub(listing, source[0])


# ---- docstrings as reStructuredText


def as_rst(doc: str) -> list[str]:
    """A docstring of this project, in lines that Sphinx reads.

    >>> print(*as_rst('''Half of x, or of |x|.
    ...
    ... Parameters
    ... ----------
    ... x : a number,
    ...     not zero
    ...
    ... Returns
    ... -------
    ... float
    ... '''), sep=chr(10))
    Half of x, or of \\|x\\|.
    <BLANKLINE>
    :Parameters:
      * **x** -- a number, not zero
    <BLANKLINE>
    :Returns:
      float
    <BLANKLINE>
    """
    lines = []
    for title, text in sections(doc).items():
        if title in ("Parameters", "Returns"):
            lines += [f":{title}:", *indented(prose(text))]
        elif title == "Raises":
            pairs = re.findall(r"^(\w+)\n((?: +.*\n?)+)", text, re.MULTILINE)
            listed = [
                f"* {error(name)} -- {escaped(' '.join(what.split()))}" for name, what in pairs
            ]
            lines += [":Raises:", *indented(listed), ""]
        elif title:
            lines += [f".. rubric:: {title}", "", *prose(text)]
        else:
            lines += prose(text)
    return lines


def error(name: str) -> str:
    import omcore

    return f":py:exc:`~omcore.{name}`" if name in omcore.__all__ else f"``{name}``"


def prose(text: str) -> list[str]:
    """Paragraphs as they are, but lists of "name : text" as lists and indented lines as code."""
    lines, verbatim = [], False
    for paragraph in re.split(r"\n{2,}", text):
        inside = paragraph.startswith(" ")
        if inside and not verbatim:
            lines += ["::", ""]
        verbatim = inside or paragraph.startswith((".. ", ">>> "))
        if verbatim:
            lines += paragraph.splitlines()
        elif entries := items(paragraph):
            lines += [f"* **{name}** -- {escaped(what)}" for name, what in entries]
        else:
            lines += escaped(paragraph).splitlines()
        lines.append("")
    return lines


def escaped(text: str) -> str:
    """Bars are moduli here, not substitutions, and a word in quotes is a string.

    >>> print(escaped('``|x|`` is |x|, of mode "a"'))
    ``|x|`` is \\|x\\|, of mode ``"a"``
    """
    parts = re.split(r"(``.*?``|`[^`]*`)", text, flags=re.DOTALL)
    for k in range(0, len(parts), 2):
        parts[k] = re.sub(r'(?<!\w)"([\w-]+)"', r'``"\1"``', parts[k].replace("|", r"\|"))
    return "".join(parts)


def indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def rewrite(app, what, name, obj, options, lines):
    lines[:] = as_rst("\n".join(lines))


def setup(app):
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("source-read", fill_in)
    app.connect("autodoc-process-docstring", rewrite)
    return {
        # Another version of this file reads the page anew.
        "env_version": zlib.crc32(Path(__file__).read_bytes()),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
