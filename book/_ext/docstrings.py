"""What the docstrings say: as reStructuredText for the library page, as tables for the notation page."""

import dataclasses
import inspect
import re
from textwrap import indent

import omcore

ITEM = re.compile(r"(\w[\w., ]*) : (.*)", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z])")
SAME = re.compile(r"Arguments, result and errors are those of\s+``(\w+)``")


def sections(doc: str) -> dict[str, str]:
    """A docstring in NumPy's form, cut at its underlined headings; the text above them is "".

    >>> sections('''Twice x.
    ...
    ... Returns
    ... -------
    ... array (...)
    ... ''')
    {'': 'Twice x.', 'Returns': 'array (...)'}
    """
    first, *rest = re.split(r"^(\w[\w ]*)\n-{3,}$", inspect.cleandoc(doc), flags=re.MULTILINE)
    named = zip(rest[::2], rest[1::2], strict=True)
    return {"": first.strip()} | {name: text.strip() for name, text in named}


def items(text: str) -> list[tuple[str, str]]:
    """The entries "name : text" that a text opens with; further lines of an entry are indented.

    >>> items("A : array (..., n, n),\\n    in rad/s\\nD : the same")
    [('A', 'array (..., n, n), in rad/s'), ('D', 'the same')]
    """
    entries = re.split(r"\n(?=\S)", text.split("\n\n")[0])
    found = [ITEM.fullmatch(" ".join(entry.split())) for entry in entries]
    return [match.groups() for match in found] if all(found) else []


# ---- as reStructuredText


def as_rst(doc: str) -> str:
    """A docstring of this project, as Sphinx reads it.

    Sphinx's own napoleon would take what follows a colon for a type; here it is a sentence.

    >>> print(as_rst('''Half of x, or of |x|.
    ...
    ... Parameters
    ... ----------
    ... x : a number,
    ...     not zero
    ...
    ... Raises
    ... ------
    ... ParameterError
    ...     if x is zero
    ... '''))
    Half of x, or of \\|x\\|.
    <BLANKLINE>
    :Parameters:
      * **x** -- a number, not zero
    <BLANKLINE>
    :Raises:
      * :py:exc:`~omcore.ParameterError` -- if x is zero
    """
    parts = []
    for title, text in sections(doc).items():
        if title == "Raises":
            text = re.sub(r"^(\w[\w, ]*)\n +", r"\1 : ", text, flags=re.MULTILINE)
        body = "\n\n".join(_paragraph(part) for part in text.split("\n\n"))
        if title in ("Parameters", "Returns", "Raises"):
            body = f":{title}:\n{indent(body, '  ')}"
        elif title:
            body = f".. rubric:: {title}\n\n{body}"
        parts.append(body)
    return "\n\n".join(parts)


def _paragraph(text):
    """Indented lines are code, and entries "name : text" are a list."""
    if text.startswith(" "):
        return f"::\n\n{text}"
    if text.startswith((">>> ", ".. ")):
        return text
    listed = [f"* {_name(name)} -- {_escaped(what)}" for name, what in items(text)]
    return "\n".join(listed) or _escaped(text)


def _name(names):
    each = names.split(", ")
    values = [getattr(omcore, name, None) for name in each]
    errors = all(inspect.isclass(value) and issubclass(value, Exception) for value in values)
    return ", ".join(f":py:exc:`~omcore.{name}`" for name in each) if errors else f"**{names}**"


LITERAL = re.compile(r'(?P<code>``.*?``|`[^`]*`)|(?<!\w)(?P<word>"[\w-]+")|\|', re.DOTALL)


def _escaped(text):
    """Bars are moduli here, not substitutions, and a word in quotes is a string.

    >>> print(_escaped('``|x|`` is |x|, of mode "a"'))
    ``|x|`` is \\|x\\|, of mode ``"a"``
    """
    return LITERAL.sub(lambda m: m["code"] or (f"``{m['word']}``" if m["word"] else r"\|"), text)


# ---- as tables

FORMULA = re.compile(r"\A(?:(?!\n\n).)*?:math:`([^`]+)`|\n\n\.\. math:: (.+)", re.DOTALL)
NO_SYMBOL = re.compile(r"\\[gl]e|[<>/]")  # a relation or a longer expression


def symbol(doc: str) -> str:
    r"""The symbol of a result, as LaTeX in dollars; "" if the docstring shows none.

    It is the name in Returns or else the left side of the formula that the summary holds, or that
    stands right below it.

    >>> symbol(omcore.sagnac_shift.__doc__), symbol(omcore.lyapunov.__doc__), symbol("Rate of change.")
    ('$\\Delta_F$', '$V$', '')
    """
    parts = sections(doc)
    if named := items(parts.get("Returns", "")):
        return f"${named[0][0]}$"
    found = FORMULA.search("\n\n".join(parts[""].split("\n\n")[:2]))
    left = " ".join((found[1] or found[2]).split("=")[0].split()) if found else ""
    return f"${left}$" if left and not NO_SYMBOL.search(left) else ""


def summary(doc: str) -> str:
    """The first sentence of a docstring, as Markdown."""
    return _markdown(SENTENCE.split(sections(doc)[""].split("\n\n")[0])[0])


def results() -> tuple[list[str], list[list[str]]]:
    """Header and rows of the table of results: each public function that says what it returns."""
    rows = []
    for name in omcore.__all__:
        function = getattr(omcore, name)
        if inspect.isfunction(function) and (text := returns(function)):
            doc = function.__doc__
            rows.append([_cell(symbol(doc)), f"`om.{name}`", f"{summary(doc)}<br>*Result:* {text}"])
    return ["symbol", "name", "meaning, shape and unit"], rows


def returns(function) -> str:
    """What a docstring says first of what a function returns, as Markdown; "" if it says nothing."""
    if same := SAME.search(function.__doc__):
        return returns(getattr(omcore, same[1]))
    text = sections(function.__doc__).get("Returns", "")
    named = [what if len(items(text)) == 1 else f"{name}: {what}" for name, what in items(text)]
    return _markdown(SENTENCE.split("; ".join(named) or text)[0])


def members(cls, variable: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table of what an object holds: fields, properties and methods.

    A method that does the same as the public function of its name is left to the table of those.
    """
    fields = {field.name for field in dataclasses.fields(cls)}
    rows = []
    for paragraph in sections(cls.__doc__)[""].split("\n\n"):
        for names, text in items(paragraph):
            if set(names.split(", ")) <= fields:
                rows.append([f"`{variable}.{names}`", _markdown(text)])
    for name in dict.fromkeys(name for base in cls.__mro__[:-1] for name in vars(base)):
        member = getattr(cls, name)
        call = inspect.isfunction(member)
        own = (call or isinstance(member, property)) and name not in omcore.__all__
        if own and not name.startswith("_"):
            what = summary(inspect.getdoc(member))
            rows.append([f"`{variable}.{name}{'(...)' if call else ''}`", what])
    return ["name", "meaning"], rows


def _markdown(text):
    """Text of a docstring in one line of Markdown that may stand in a table."""
    text = re.sub(r":math:`([^`]+)`", r"$\1$", " ".join(text.split())).replace("``", "`")
    return _cell(text)


def _cell(text):
    """Bars would end the cell: one in a formula has a name, another a backslash."""
    parts = re.split(r"(\$[^$]*\$)", text)
    return "".join(p.replace("|", r"\vert " if p.startswith("$") else r"\|") for p in parts)
