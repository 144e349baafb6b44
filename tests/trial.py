"""The wheel, installed into an empty environment of its own and tested there.

    python tests/trial.py wheel     NumPy and SciPy alone, as pinned
    python tests/trial.py oldest    the oldest versions that pyproject.toml allows, with all extras
    python tests/trial.py newest    the newest versions there are, with all extras

Needs a network, and nothing but Python. `make wheel`, `make oldest` and `make newest` call it.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SOURCES = ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "LICENSE-TEXT", "omcore")
TOOLS = ("pytest", "hypothesis")  # of the tests, whatever is tried
# Tests of this folder, its pages and the pinned versions, and not of the library.
NOT_THE_LIBRARY = """
    test_book.py test_course.py test_lab.py test_live* test_packaging.py test_pages* test_recorded.py
"""
# Tests that need an extra. One that is missing here stops `make wheel`, which has NumPy and SciPy alone.
WITH_EXTRAS = """
    figures/* proofs/* interop/test_symbolic.py interop/test_qutip.py interop/test_thewalrus.py
    gaussian/test_entanglement.py gaussian/test_states.py test_benchmarks.py test_covariance.py
    test_laser.py test_oracle.py engine/test_response.py test_stability.py test_sweeps*
"""
EXAMPLES_WITH_EXTRAS = (
    "sweeps/axes.py sweeps/stores.py sweeps/dataset.py"  # where no import at the top says so
)


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
    lines = [
        line.split("#")[0].strip()
        for name in ("requirements.txt", "constraints.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
    ]
    return [line for line in lines if "==" in line]


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


def tests(trial: str) -> list[Path]:
    names = NOT_THE_LIBRARY + (WITH_EXTRAS if trial == "wheel" else "")
    left_out = {file for name in names.split() for file in TESTS.glob(name)}
    return sorted(set(TESTS.rglob("test_*.py")) - left_out)


def check(trial: str) -> int:
    """In the environment of the trial: never with the omcore of this folder."""
    options = ["--pyargs", "-p", "no:cacheprovider"]
    if trial == "wheel":
        options += ["--doctest-ignore-import-errors"]
        options += [f"--ignore-glob=*/omcore/{name}" for name in EXAMPLES_WITH_EXTRAS.split()]
    if trial == "oldest":  # of old packages, about newer ones that they call
        options += ["-W", "default::DeprecationWarning", "-W", "default::PendingDeprecationWarning"]
    environment = os.environ | {"PYTHONSAFEPATH": "1", "MPLBACKEND": "Agg"}
    command = [sys.executable, "-m", "pytest", *options, "omcore", "README.md", *tests(trial)]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    *verb, name = sys.argv[1:]
    if name not in ("wheel", "oldest", "newest"):
        sys.exit(__doc__)
    sys.exit(check(name) if verb else run(name))
