"""What tests/mutants.py reads: the mutants that are no other program, and the modules that it breaks."""

import ast
from pathlib import Path

import pytest
from mutants import PARTS, equivalent

ROOT = Path(__file__).parents[1]


def lines_of(function):
    """The lines of a function or a method, from its full name."""
    names = function.split(".")
    module = next(  # the longest part of the name that is a file
        file
        for k in range(len(names), 0, -1)
        if (file := ROOT.joinpath(*names[:k]).with_suffix(".py")).is_file()
    )
    node = ast.parse(module.read_text(encoding="utf-8"))
    for name in names[len(module.relative_to(ROOT).parts) :]:
        (node,) = (part for part in node.body if getattr(part, "name", None) == name)
    return module.read_text(encoding="utf-8").splitlines()[node.lineno - 1 : node.end_lineno]


@pytest.mark.parametrize("function, change", equivalent())
def test_what_is_called_equivalent_still_stands_in_its_function(function, change):
    taken = [line[1:].strip() for line in change.splitlines() if line.startswith("-")]
    assert taken and set(taken) <= {line.strip() for line in lines_of(function)}


@pytest.mark.parametrize("part", PARTS)
def test_what_is_broken_and_what_is_to_notice_exist(part):
    broken, tests = PARTS[part]
    for name in broken.split():
        assert list((ROOT / "omcore").glob(f"{name}.py")), name
    for test in tests.split():
        assert (ROOT / "tests" / test.split("::")[0]).exists(), test
