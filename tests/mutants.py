"""Mutation testing: the library is broken in one place at a time, and a test has to turn red.

    python tests/mutants.py chain                    every mutant of the chain and of the measures
    python tests/mutants.py chain "omcore.sagnac*"   those of one module
    python tests/mutants.py paper "*7"               one in ten of omcore/paper: those whose number ends so

mutmut makes and runs them, in an environment and a copy of their own in _build/mutants. It takes hours,
can be stopped, and goes on where it was. Needs a network once. `make mutants` calls it; which mutants
live, and why, stands in CONTRIBUTING.md.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / "_build" / "mutants"
# It knows which tests reach a function, and forks where others start Python anew.
MUTMUT = "mutmut==3.8.1"
COPIED = ("README.md", "pyproject.toml", "omcore", "tests", "benchmarks")
PARTS = {  # name: (what is broken, the tests that are to notice, the quickest first by themselves)
    "chain": (
        """sagnac conventions matrices parameters resonator systems displacements steady_state fluctuations
        covariance response stability dispersion brownian solution measures gaussian/entanglement
        gaussian/steering gaussian/information gaussian/parties gaussian/symplectic gaussian/states
        evolution""",
        """test_sagnac.py test_parameters.py test_systems.py test_steady_state.py test_fluctuations.py
        test_covariance.py test_response.py test_stability.py test_dispersion.py test_solution.py
        test_oracle.py test_edges.py test_messages.py test_assumptions.py test_evolution.py gaussian numerics
        trust/test_properties.py""",
    ),
    "paper": (
        "paper/*",
        "paper figures/test_verdict.py figures/test_why.py figures/test_race.py",
    ),
}
KILLED = ("killed", "timeout", "segfault", "suspicious")


def run(*command, **options):
    return subprocess.run([*map(str, command)], check=True, **options)


def environment() -> Path:
    """The folder of programs of an environment with the pinned packages and mutmut."""
    programs = HOME / "venv" / "bin"
    if not (programs / "mutmut").exists():
        lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        pins = [line.split("#")[0].strip() for line in lines if "==" in line.split("#")[0]]
        run(sys.executable, "-m", "venv", HOME / "venv")
        pip = [programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run(*pip, *(pin for pin in pins if not pin.startswith(("jupyter", "nb", "ipykernel"))))
        run(*pip, MUTMUT)  # may take newer versions of what only pages need
    return programs


def copied(part: str) -> Path:
    """A copy of the sources, with the settings of mutmut for one part."""
    folder = HOME / part
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.rmtree(folder / name, ignore_errors=True)
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    broken, tests = PARTS[part]
    listed = lambda words: "".join(f"\n    {word}" for word in words)
    (folder / "setup.cfg").write_text(
        "[mutmut]\nsource_paths=\n    omcore\nalso_copy=\n    README.md\n    benchmarks\n"
        f"only_mutate={listed(f'omcore/{name}.py' for name in broken.split())}\n"
        f"pytest_add_cli_args_test_selection={listed(f'tests/{name}' for name in tests.split())}\n"
    )
    return folder


def mutants(folder: Path) -> dict[str, str]:
    """What became of each mutant that was run."""
    command = [HOME / "venv" / "bin" / "mutmut", "results", "--all", "true"]
    listing = run(*command, cwd=folder, capture_output=True, text=True).stdout
    found = dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+)$", listing, re.M))
    return {name: fate for name, fate in found.items() if fate != "not checked"}


def report(fates: dict[str, str]) -> int:
    """Prints what lives, and how many do not; 1 if one in twenty lives."""
    alive = [name for name, fate in fates.items() if fate not in KILLED]
    module = lambda name: name[: name.index(".x")]
    for name, count in sorted(Counter(map(module, fates)).items()):
        living = sum(module(mutant) == name for mutant in alive)
        print(f"{name:32} {count - living:5} of {count:5} killed")
    print(*(f"alive: {name} ({fates[name]})" for name in alive), sep="\n")
    print(f"{len(fates) - len(alive)} of {len(fates)} killed")
    return int(20 * len(alive) > len(fates))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("names", nargs="*", help="patterns of mutants, such as omcore.sagnac*")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    chosen = parser.parse_args()
    programs, folder = environment(), copied(chosen.part)
    settings = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    mutmut = [programs / "mutmut", "run", "--max-children", chosen.workers]
    run(*mutmut, *chosen.names, cwd=folder, env=settings)
    return report(mutants(folder))


if __name__ == "__main__":
    sys.exit(main())
