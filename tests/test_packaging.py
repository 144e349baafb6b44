"""What is installed: the wheel holds the library, all of it, and needs what it says.

The quick half, without a network. `make wheel`, `oldest` and `newest` install it for good.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile

import pytest
import yaml
from trial import (
    EXAMPLES_WITH_EXTRAS,
    NOT_THE_LIBRARY,
    ROOT,
    TESTS,
    WITH_EXTRAS,
    copy_sources,
    lower_bounds,
    project,
    versions,
)

import omcore as om

WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
HOOKS = ROOT / ".pre-commit-config.yaml"

# Runs without the folder of installed packages, so that no other package can lend a module.
ALONE = """
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder

wheel, packages, program = sys.argv[1:]

class NumPyAndSciPy(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        return PathFinder.find_spec(name, [packages]) if name in ("numpy", "scipy") else None

sys.meta_path.append(NumPyAndSciPy())
sys.path.insert(0, wheel)
import omcore
assert omcore.__file__.startswith(wheel)
exec(program)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the sources with the setuptools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = copy_sources(folder / "sources")
    pip = [sys.executable, "-m", "pip", "wheel", "-q"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, *offline, "-w", folder, sources], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Names of the files in the sdist, built where the tests are, too."""
    folder = tmp_path_factory.mktemp("sdist")
    sources = copy_sources(folder / "sources")
    shutil.copytree(ROOT / "tests", sources / "tests", ignore=lambda _, names: names[5:])
    build = "import sys, setuptools.build_meta as b; b.build_sdist(sys.argv[1])"
    command = [sys.executable, "-c", build, folder]
    subprocess.run(command, check=True, cwd=sources, capture_output=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def alone(wheel, tmp_path_factory):
    """Runs a program where only NumPy, SciPy and the unpacked wheel can be imported."""
    folder, packages = tmp_path_factory.mktemp("installed"), sysconfig.get_path("platlib")
    zipfile.ZipFile(wheel).extractall(folder)

    def run(program, *flags):
        python = [sys.executable, "-I", "-S", "-X", "utf8", *flags]
        command = [*python, "-c", ALONE, folder, packages, program]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder)

    return run


def succeeds(result):
    return not result.returncode or pytest.fail(result.stdout + result.stderr, pytrace=False)


# ---- the wheel


def test_the_wheel_holds_every_module_and_nothing_else(wheel):
    found = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = [f for f in (ROOT / "omcore").rglob("*") if f.is_file() and f.suffix != ".pyc"]
    assert found == {file.relative_to(ROOT).as_posix() for file in files}


def test_the_sdist_holds_what_the_wheel_does_and_no_test_without_its_helpers(wheel, archive):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names <= archive
    assert {"pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT"} <= archive
    assert not [name for name in archive if name.startswith("tests")]


def test_the_wheel_bears_the_version_of_the_library(wheel):
    assert wheel.name.startswith(f"omcore-{om.__version__}-py3")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == om.__version__


def test_the_ten_lines_of_the_readme_need_numpy_and_scipy_only(alone):
    program = f"""
import doctest
failed, tried = doctest.testfile({str(ROOT / "README.md")!r}, module_relative=False, encoding="utf-8",
                                 optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
assert tried >= 5
sys.exit(failed)
"""
    assert succeeds(alone(program))


def test_all_of_the_library_but_what_has_an_extra_needs_numpy_and_scipy_only(alone):
    program = """
import importlib, pathlib
rooms = {'proofs', 'symbolic', 'hamiltonians'}
for file in sorted(pathlib.Path(wheel).glob("omcore/**/*.py")):
    name = file.relative_to(wheel).with_suffix("").parts
    if not rooms & set(name):
        importlib.import_module(".".join(name).removesuffix(".__init__"))
"""
    assert succeeds(alone(program))


@pytest.mark.parametrize("flags", [["-W", "error"], ["-OO", "-W", "error"]], ids=" ".join)
def test_importing_omcore_warns_of_nothing_and_needs_no_docstrings(alone, flags):
    assert succeeds(alone("print(omcore.Parameters.__doc__)", *flags))


@pytest.mark.parametrize(
    "module, package, extra",
    [
        ("omcore.proofs.derivation", "sympy", "derivation"),
        ("omcore.proofs.spins", "sympy", "derivation"),
        ("omcore.interop.symbolic", "sympy", "derivation"),
        ("omcore.interop.hamiltonians", "sympy", "derivation"),
    ],
)
def test_a_missing_extra_is_named_with_its_remedy(alone, module, package, extra):
    result = alone(f"import {module}")
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith(f"ModuleNotFoundError: {package} is not installed"), result.stderr
    assert last.endswith(f'in the folder of omcore\'s sources, pip install ".[{extra}]"')
    assert extra in project()["optional-dependencies"]


def test_a_sweep_without_its_packages_names_them(alone):
    result = alone("import omcore as om; om.sweep(om.PAPER, kappa=[1e7])")
    assert "xarray is not installed; remedy: " in result.stderr
    assert 'pip install ".[sweep]"' in result.stderr
    assert "sweep" in project()["optional-dependencies"]


def test_nobody_is_sent_to_an_index_that_has_no_omcore():
    """What works is ``pip install ".[extra]"`` in the folder of the sources."""
    sent = re.compile(r"""pip install[^\n`]*["' ]omcore\b|["'`]omcore\[""")
    text = (".py", ".md", ".ipynb", ".js", ".txt", ".toml", ".yml", ".cff", "Makefile")
    for file in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines():
        if file.endswith(text) and file not in ("CHANGELOG.md", "tests/test_packaging.py"):
            found = sent.search((ROOT / file).read_text("utf-8"))
            assert not found, f"{file}: {found[0]}"


def test_what_is_said_to_be_installed_from_the_sources_can_be():
    known = set(project()["optional-dependencies"])
    files = [*ROOT.glob("*.md"), *ROOT.glob("book/*.ipynb"), *ROOT.glob("omcore/**/*.py")]
    said = re.findall(
        r'"\.\[([\w,]+)\]', "\n".join(f.read_text("utf-8").replace("\\", "") for f in files)
    )
    assert len(said) >= 6 and {name for names in said for name in names.split(",")} <= known


# ---- the trials


def test_what_the_trials_leave_out_is_there():
    """A pattern for what has moved would leave out nothing."""
    for pattern in (*NOT_THE_LIBRARY.split(), *WITH_EXTRAS.split()):
        assert list(TESTS.glob(pattern)), pattern
    for name in EXAMPLES_WITH_EXTRAS.split():
        assert (ROOT / "omcore" / name).exists(), name


def test_the_workflow_tries_every_python_that_the_library_allows():
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    allowed = [line.rpartition(" ")[2] for line in project()["classifiers"] if " :: 3." in line]
    assert allowed[0] == project()["requires-python"].removeprefix(">=")
    for job in ("wheel", "newest"):
        assert jobs[job]["strategy"]["matrix"]["python"] == allowed


def test_the_oldest_trial_installs_the_lower_bound_of_every_need():
    bounds = lower_bounds()
    assert all(re.fullmatch(r"[\w-]+==\d[\d.]*", bound) for bound in bounds), (
        "each need has one bound, >="
    )
    assert versions("oldest")[: len(bounds)] == bounds
    assert not versions("newest")


# ---- the habits that machines keep


def test_the_workflow_calls_verbs_of_the_makefile_and_may_only_read():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    called = re.findall(r"\bmake (\w+)", "\n".join(step.get("run", "") for step in steps))
    assert sorted(called) == ["newest", "oldest", "test", "wheel"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for verb in called:
        assert re.search(rf"^([a-z]+ )*{verb}( [a-z]+)*:", makefile, re.M)
    for step in steps:
        if used := step.get("uses"):
            assert re.fullmatch(r"actions/[\w-]+@v\d+", used)


def test_hooks_use_the_pinned_tools_and_download_nothing():
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    (repository,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        tool = re.match(r"\.venv/bin/([\w-]+)", hook["entry"])[1]
        assert re.search(rf"^{tool}==", pinned, re.M)


def test_a_release_reads_the_version_in_one_place():
    assert project()["dynamic"] == ["version"]
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tools["setuptools"]["dynamic"]["version"] == {"attr": "omcore.__version__"}
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## \[?(Unreleased|[\d.]+)", changes, re.M)[1]
    assert first in ("Unreleased", om.__version__)
    assert set(re.findall(r"^### (.+)$", changes, re.M)) <= {"Added", "Changed", "Fixed", "Removed"}


def test_sliders_without_ipywidgets_name_theirs():
    program = "import sys; sys.modules['ipywidgets'] = None; import drawings.kit.sliders"
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, cwd=ROOT / "book", capture_output=True, text=True)
    assert "ipywidgets is not installed; remedy: " in result.stderr
    assert 'pip install ".[widgets]"' in result.stderr
