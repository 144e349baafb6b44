"""Mutation testing: the library is broken in one place at a time, and a test has to turn red.

    python tests/mutants.py chain                    every mutant of the chain and of the measures
    python tests/mutants.py chain "omcore.resonator*"   those of one module
    python tests/mutants.py paper "*7"               one in ten of omcore/paper: those whose number ends so

mutmut makes and runs them, in an environment and a copy of their own in _build/mutants. It takes hours,
can be stopped, and goes on where it was. Needs a network once. `make mutants` calls it; which mutants
live, and why, stands in CONTRIBUTING.md.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from trial import pins

ROOT = Path(__file__).parents[1]
HOME = ROOT / "_build" / "mutants"
# It knows which tests reach a function, and forks where others start Python anew.
MUTMUT = "mutmut==3.8.1"
COPIED = ("README.md", "pyproject.toml", "omcore", "tests", "benchmarks", "book")
PARTS = {  # name: (what is broken, the tests that are to notice, the quickest first by themselves)
    "chain": (
        """conventions quantities parameters baths resonator systems steady_state statics branches linear
        models filters stability solution evolution floquet conditional gradients engine/*
        assumptions/glass assumptions/noise assumptions/laser assumptions/technical gaussian/*""",
        """test_sagnac.py test_parameters.py test_systems.py test_steady_state.py test_general_model.py
        test_linear.py test_periodic.py test_tasks.py test_conditional.py test_memory.py test_laser.py
        test_technical.py test_covariance.py test_stability.py test_dispersion.py test_solution.py
        test_oracle.py test_edges.py test_messages.py test_assumptions.py test_evolution.py gaussian engine
        test_gradients.py trust/test_properties.py""",
    ),
    "paper": (
        "paper/*",
        """paper figures/test_verdict.py figures/test_mechanisms.py figures/test_optima.py
        test_recorded.py::test_the_ledger_has_not_moved
        test_recorded.py::test_the_effects_of_the_errata_have_not_moved""",
    ),
}
KILLED = ("killed", "timeout", "segfault", "suspicious")
# Mutants that are no other program, each read by a person: its function, what it takes away and puts there,
# and the reason. One that is not listed is a living one.
EQUIVALENT = ROOT / "tests" / "equivalent.txt"
DIFFS = """
import json, sys
from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant
mark = lambda line: line[:1] in "+-" and line[:3] not in ("+++", "---")
diff = lambda name: get_diff_for_mutant(name, path=find_mutant(name).path)
lines = lambda name: sorted(filter(mark, diff(name).splitlines()), key=lambda line: line[0] == "+")
print(json.dumps({name: "\\n".join(lines(name)) for name in sys.argv[1:]}))
"""


def run(*command, **options):
    return subprocess.run([*map(str, command)], check=True, **options)


def environment() -> Path:
    """The folder of programs of an environment with the pinned packages and mutmut."""
    programs = HOME / "venv" / "bin"
    if not (programs / "mutmut").exists():
        run(sys.executable, "-m", "venv", HOME / "venv")
        pip = [programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run(*pip, *(pin for pin in pins() if not pin.startswith(("jupyter", "nb", "ipykernel"))))
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
        "[mutmut]\nsource_paths=\n    omcore\nalso_copy=\n    README.md\n    benchmarks\n    book\n"
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


def changes(folder: Path, names: list[str]) -> dict[str, str]:
    """What each mutant takes away and puts there."""
    command = [HOME / "venv" / "bin" / "python", "-c", DIFFS, *names]
    return json.loads(run(*command, cwd=folder, capture_output=True, text=True).stdout)


def equivalent() -> dict[tuple[str, str], str]:
    """(function, change) -> why this mutant is no other program, as ``EQUIVALENT`` lists them."""
    found = {}
    for entry in filter(None, EQUIVALENT.read_text(encoding="utf-8").strip().split("\n\n")):
        function, *change, why = entry.splitlines()
        found[function, "\n".join(change)] = why
    return found


def function_of(mutant: str) -> str:
    """The function that a mutant is one of.

    >>> function_of("omcore.systems.xǁSystemǁwithout__mutmut_12")
    'omcore.systems.System.without'
    >>> function_of("omcore.linear.x_swamped__mutmut_3")
    'omcore.linear.swamped'
    """
    name = mutant.rpartition("__mutmut_")[0].replace(".xǁ", ".").replace("ǁ", ".")
    return name.replace(".x_", ".")


def report(folder: Path) -> int:
    """Prints what lives, and how many do not; 1 if one in twenty lives that is another program."""
    fates = mutants(folder)
    alive = [name for name, fate in fates.items() if fate not in KILLED]
    diffs = changes(folder, alive)
    listed = equivalent()
    reasons = {name: listed.get((function_of(name), change)) for name, change in diffs.items()}
    other = [name for name in alive if reasons[name] is None]
    module = lambda name: name[: name.index(".x")]
    for name, count in sorted(Counter(map(module, fates)).items()):
        same, living = (sum(module(m) == name for m in group) for group in (alive, other))
        print(f"{name:32} {count:5} mutants, {same - living:3} of them equivalent, {living:3} live")
    for why, count in Counter(filter(None, reasons.values())).most_common():
        print(f"equivalent: {count:4}  {why}")
    print(*(f"lives: {name} ({fates[name]})\n{diffs[name]}" for name in other), sep="\n")
    real = len(fates) - len(alive) + len(other)
    print(f"{real - len(other)} of {real} killed, {100 * (1 - len(other) / real):.1f} %")
    return int(20 * len(other) > real)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("names", nargs="*", help="patterns of mutants, such as omcore.resonator*")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    chosen = parser.parse_args()
    programs, folder = environment(), copied(chosen.part)
    settings = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    mutmut = [programs / "mutmut", "run", "--max-children", chosen.workers]
    run(*mutmut, *chosen.names, cwd=folder, env=settings)
    return report(folder)


if __name__ == "__main__":
    sys.exit(main())
