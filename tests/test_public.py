"""The public surface: documented, with examples, and independent of what the book needs."""

import inspect
import re
import subprocess
import sys

import pytest

import omcore as om

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
