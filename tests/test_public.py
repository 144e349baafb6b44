"""The public surface: documented, with examples, and independent of what the book needs."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from reading_path import MOST_FILES, MOST_LINES, reading_path

import omcore as om

ROOT = Path(__file__).parents[1]
FUNCTIONS = [name for name in om.__all__ if inspect.isfunction(getattr(om, name))]
CLASSES = [getattr(om, name) for name in om.__all__ if inspect.isclass(getattr(om, name))]
METHODS = [
    (cls, name)
    for cls in CLASSES
    for name, member in vars(cls).items()
    if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_says_what_it_takes_and_shows_an_example(name):
    text = inspect.getdoc(getattr(om, name))
    assert ">>>" in text
    if re.search("Arguments.* are those of", text):
        return
    listed = {word for line in re.findall(r"^([\w, ]+) :", text, re.M) for word in line.split(", ")}
    parameters = set(inspect.signature(getattr(om, name)).parameters)
    assert parameters <= listed | {"p"}, parameters - listed  # p is always Parameters


@pytest.mark.parametrize("cls, name", METHODS)
def test_each_method_and_property_is_described(cls, name):
    assert inspect.getdoc(getattr(cls, name))


def test_the_chain_is_read_in_an_evening():
    path = reading_path()
    assert len(path) <= MOST_FILES and sum(path.values()) <= MOST_LINES, (
        f"{path}; take away, or move what makes a step faster or more exact to omcore/engine"
    )


def test_no_module_bears_the_name_of_a_public_function():
    modules = {name.removeprefix("omcore.") for name in sys.modules if name.startswith("omcore.")}
    assert not modules & set(FUNCTIONS)


def test_the_library_itself_needs_only_numpy_and_scipy():
    """In a fresh interpreter, importing omcore and solving loads nothing else of weight."""
    program = (
        "import sys, omcore as om; om.solve(om.PAPER);"
        "heavy = {'matplotlib', 'sympy', 'ipywidgets', 'IPython', 'mpmath', 'xarray', 'dask', 'zarr'};"
        "heavy &= set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# ---- what is printed, on any terminal


def records(value):
    """The dataclasses in a value, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [record for part in value for record in records(part)]
    return [value] if dataclasses.is_dataclass(value) and not isinstance(value, type) else []


def test_what_records_say_of_themselves_needs_no_letters_beyond_ascii():
    pytest.importorskip("sympy", reason="omcore.proofs needs it")
    for module in pkgutil.walk_packages(om.__path__, "omcore."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                for record in records(value):
                    assert repr(record).isascii(), f"{module.name}.{name}"
    for result in (om.validity(om.PAPER), om.evolve(om.PAPER, [0.0]), om.solve(om.PAPER)):
        assert repr(result).isascii()


def test_what_is_printed_or_raised_is_written_in_ascii():
    """An output of another encoding must not end a run, nor hide an error behind its own."""
    for folder in ("omcore", "benchmarks", "tests"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                prints = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
                if prints or isinstance(node, ast.Raise):
                    texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
                    odd = [text for text in texts if not str(text).isascii()]
                    assert not odd, f"{file.name}, line {node.lineno}: {odd}"


@pytest.mark.parametrize("made", [
    lambda: om.Parameters(**dataclasses.asdict(om.PAPER) | {"kappa": 0.6}),
    lambda: om.PAPER.replace(kappa=0.6),
])  # fmt: skip
def test_a_warning_names_the_line_that_gave_the_ratio(made):
    """Not among the tests of parameters, since mutmut puts a line of its own between."""
    with pytest.warns(om.UnitWarning) as caught:
        made()
    assert caught[0].filename == __file__
