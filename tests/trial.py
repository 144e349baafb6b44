"""The wheel, installed into an empty environment of its own and tested there.

    python tests/trial.py wheel     NumPy and SciPy alone, as pinned
    python tests/trial.py oldest    the oldest versions that pyproject.toml allows, with all extras
    python tests/trial.py newest    the newest versions there are, with all extras

Needs a network, and nothing but Python. `make wheel`, `make oldest` and `make newest` call it.
"""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SOURCES = ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "LICENSE-TEXT", "omcore")
# Rooms of omcore, and modules of one that does not, that need an extra.
ROOMS = {"figures": "matplotlib", "proofs": "sympy", "symbolic": "sympy", "hamiltonians": "sympy"}
# Tests whose names begin so test this folder, its pages and the pinned versions, not the library.
NOT_THE_LIBRARY = (
    "test_book",
    "test_lab",
    "test_live",
    "test_packaging",
    "test_pages",
    "test_recorded",
)
TOOLS = ("pytest", "hypothesis")  # of the tests, whatever is tried
NOT_OURS = set(sys.stdlib_module_names) | {"omcore", "pytest", "hypothesis", "conftest"}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def copy_sources(folder: Path) -> Path:
    """The sources of the wheel alone: built in place, it would hold what an earlier build left."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder)
    return folder


def pins() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].strip() for line in lines if "==" in line.split("#")[0]]


def lower_bounds() -> list[str]:
    """The oldest versions allowed, as exact ones.

    >>> [bound for bound in lower_bounds() if bound.startswith("numpy==")]
    ['numpy==2.0.2']
    """
    extras = project()["optional-dependencies"].values()
    needs = {need for group in (project()["dependencies"], *extras) for need in group}
    return sorted(need.replace(">=", "==") for need in needs)


def versions(trial: str) -> list[str]:
    """What the choice of pip is bound by."""
    if trial == "newest":
        return []
    if trial == "wheel":
        return pins()
    oldest = lower_bounds()
    bound = {need.partition("==")[0] for need in oldest}
    return oldest + [pin for pin in pins() if pin.partition("==")[0] not in bound]


def needs(file: Path) -> set[str]:
    """Packages of others that a file imports, anywhere in it or in the helpers beside it.

    >>> sorted(needs(ROOT / "omcore" / "sagnac.py"))
    ['scipy']
    >>> sorted(needs(ROOT / "omcore" / "figures" / "fig1" / "fig1c.py"))
    ['matplotlib', 'numpy']
    >>> sorted(needs(TESTS / "trust" / "test_no_false_numbers.py"))
    ['numpy', 'scipy']
    >>> sorted(needs(TESTS / "interop" / "test_thewalrus.py"))
    ['numpy', 'thewalrus']
    """
    found = {
        package for room, package in ROOMS.items() if room in file.relative_to(ROOT).parts[:-1]
    }
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for module in modules:
            top, *rest = module.split(".")
            if top == "omcore" and ROOMS.keys() & set(rest):
                found |= {ROOMS[name] for name in rest if name in ROOMS}
            elif helper := next(TESTS.rglob(f"{top}.py"), None):
                found |= needs(helper)
            elif (helper := TESTS.joinpath(top, *rest).with_suffix(".py")).exists():
                found |= needs(helper)
            elif (TESTS / top).is_dir():  # a room of helpers, whose modules come next
                continue
            elif top not in NOT_OURS:
                found.add(top)
    return found


def chosen(available) -> list[str]:
    """The examples of the library, as modules, and the tests, for which all packages are there."""
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in sorted((ROOT / "omcore").rglob("*.py"))
        if file.name != "__init__.py" and all(map(available, needs(file)))
    ]
    tests = [
        str(file.relative_to(ROOT))
        for file in sorted(TESTS.rglob("test_*.py"))
        if not file.stem.startswith(NOT_THE_LIBRARY) and all(map(available, needs(file)))
    ]
    return [*modules, "README.md", *tests]


def run(trial: str) -> int:
    folder = ROOT / "_build" / trial
    shutil.rmtree(folder, ignore_errors=True)
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    sources = copy_sources(folder / "sources")
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder, sources], check=True)
    extras = "" if trial == "wheel" else f"[{','.join(project()['optional-dependencies'])}]"
    (folder / "versions.txt").write_text("\n".join(versions(trial)))
    wheel = f"{next(folder.glob('omcore-*.whl'))}{extras}"
    subprocess.run([*pip, "install", "-c", folder / "versions.txt", wheel, *TOOLS], check=True)
    return subprocess.run([python, __file__, "check", trial]).returncode


def check(trial: str) -> int:
    """In the environment of the trial: never with the omcore of this folder."""
    if trial == "wheel":
        available = {"numpy", "scipy"}.__contains__
    else:
        available = lambda package: importlib.util.find_spec(package) is not None
    options = ["--pyargs", "-p", "no:cacheprovider"]
    if trial == "oldest":  # of old packages, about newer ones that they call
        options += ["-W", "default::DeprecationWarning", "-W", "default::PendingDeprecationWarning"]
    environment = os.environ | {"PYTHONSAFEPATH": "1", "MPLBACKEND": "Agg"}
    command = [sys.executable, "-m", "pytest", *options, *chosen(available)]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    *verb, name = sys.argv[1:]
    if name not in ("wheel", "oldest", "newest"):
        sys.exit(__doc__)
    sys.exit(check(name) if verb else run(name))
