"""What the docstrings say, for the notation page and the API page: sections, symbols, results."""

import dataclasses
import inspect
import re
from collections import ChainMap

import omcore

FORMULA = re.compile(r"\A(?:(?!\n\n).)*?:math:`([^`]+)`|\n\n\.\. math:: (.+)", re.DOTALL)
NO_SYMBOL = re.compile(r"\\[gl]e|[<>/]")  # a relation or a longer expression
ITEM = re.compile(r"(\w[\w, ]*) : (.*)", re.DOTALL)
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
    inherited = ChainMap(*map(dict, map(vars, cls.__mro__[:-1])))  # but not from object
    for name in dict.fromkeys(name for base in inherited.maps for name in base):
        member = inherited[name]
        call = inspect.isfunction(member)
        own = (call or isinstance(member, property)) and name not in omcore.__all__
        if own and not name.startswith("_") and (doc := inspect.getdoc(member)):
            rows.append([f"`{variable}.{name}{'(...)' if call else ''}`", summary(doc)])
    return ["name", "meaning"], rows


def _markdown(text):
    """Text of a docstring in one line of Markdown that may stand in a table."""
    text = re.sub(r":math:`([^`]+)`", r"$\1$", " ".join(text.split())).replace("``", "`")
    return _cell(text)


def _cell(text):
    """Bars would end the cell: one in a formula has a name, another a backslash."""
    parts = re.split(r"(\$[^$]*\$)", text)
    return "".join(p.replace("|", r"\vert " if p.startswith("$") else r"\|") for p in parts)
