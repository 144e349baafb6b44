"""The sources of the book: notebooks, table of contents, pins and links keep their promises."""

import inspect
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from contents import CHAPTERS
from jupyter_cache import get_cache
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import omcore as om
from book._ext import api, docstrings, fork, fresh

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
LINES_OF_A_CELL = 12  # "about ten": the library does the work
LINES_OF_A_CHAPTER = 80  # "about sixty", solutions of exercises and sliders aside

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def prose(path):
    return "\n".join(cell.source for cell in cells(path, "markdown"))


def code_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


# ---- notebooks


@each_notebook
def test_notebook_is_valid_and_opens_with_a_title(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert notebook.cells[0].source.startswith("# ")


def git(*arguments):
    command = ["git", "-C", ROOT, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_no_outputs_are_committed(tmp_path):
    """Outputs are made by the build. A stored one could be older than the code above it.

    What counts is what git has, the index: a notebook that a reader ran and saved is the reader's.
    """
    if not shutil.which("git") or git("rev-parse", "--show-prefix").stdout != "\n":
        pytest.skip("this folder is no clone: nothing can be committed here")
    names = git("ls-files", "book/*.ipynb").stdout.split()
    assert len(names) >= len(CHAPTERS) - 1
    for name in names:
        (tmp_path / Path(name).name).write_text(git("show", f":{name}").stdout, encoding="utf-8")
    assert_without_outputs(tmp_path)


def assert_without_outputs(folder):
    command = [sys.executable, "-m", "nbstripout", "--verify", *map(str, folder.glob("*.ipynb"))]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, (
        f"{result.stdout}Remedy: .venv/bin/nbstripout book/*.ipynb, git add"
    )


def saved_run(source):
    """A notebook with one cell, as it is when a reader has run and saved it."""
    output = nbformat.v4.new_output(
        "execute_result", {"text/plain": "an old number"}, execution_count=1
    )
    cell = nbformat.v4.new_code_cell(source, outputs=[output], execution_count=1)
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=[cell], metadata=metadata)


def test_a_committed_output_would_be_noticed(tmp_path):
    nbformat.write(saved_run("1 + 1"), tmp_path / "run.ipynb")
    with pytest.raises(AssertionError, match="Remedy"):
        assert_without_outputs(tmp_path)


def test_a_notebook_that_was_run_and_saved_still_passes(tmp_path):
    """Old outputs are not compared, but a cell that fails still fails: as `make notebooks` runs them."""
    for name, source in (("run", "1 + 1"), ("failing", "assert 1 + 1 == 3")):
        nbformat.write(saved_run(source), tmp_path / f"{name}.ipynb")
    (recipe,) = re.findall(
        r"^NBVAL = .*--dist loadfile (.*)$", (ROOT / "Makefile").read_text(), re.M
    )
    command = [sys.executable, "-m", "pytest", *recipe.split(), "-p", "no:cacheprovider"]
    command += ["-c", ROOT / "pyproject.toml", tmp_path]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "1 failed, 1 passed" in result.stdout, result.stdout
    cache = get_cache(ROOT / "_build" / ".jupyter_cache" / fresh.digest(ROOT))
    _, run = cache.merge_match_into_notebook(nbformat.read(tmp_path / "run.ipynb", 4))
    assert run.cells[0].outputs[0].data == {"text/plain": "2"}, "what the build shows"
    with pytest.raises(KeyError):
        cache.match_cache_notebook(nbformat.read(tmp_path / "failing.ipynb", 4))


@each_notebook
def test_computed_figures_have_a_name_a_caption_and_a_description(path):
    for cell in cells(path, "code"):
        if figure := cell.metadata.get("mystnb", {}).get("figure"):
            assert figure["name"].startswith("fig-")
            assert figure["caption"].strip()
            assert cell.metadata["mystnb"]["image"]["alt"].strip()


@each_notebook
def test_sliders_without_a_model_stay_out_of_the_built_page(path):
    """Those of ``explore`` need a kernel; without one they move and do nothing."""
    for cell in cells(path, "code"):
        if re.search(r"\b(interact|interactive|explore)\(", cell.source):
            assert {"remove-output", "remove-cell"} & set(cell.metadata.get("tags", []))


LIVE = [path for path in NOTEBOOKS if any("live(" in c.source for c in cells(path, "code"))]


@pytest.mark.parametrize("path", LIVE, ids=lambda path: path.stem)
def test_a_live_figure_is_on_the_page_with_a_caption_and_no_box_about_kernels(path):
    for cell in cells(path, "code"):
        if re.search(r"^live\(", cell.source, re.MULTILINE):
            assert cell.metadata["mystnb"]["figure"]["caption"]
            assert not {"remove-output", "remove-cell"} & set(cell.metadata.get("tags", []))
    assert "need a kernel" not in prose(path)


@each_chapter
def test_the_library_does_the_work(path):
    assert max(len(code_lines(cell)) for cell in cells(path, "code")) <= LINES_OF_A_CELL
    folded = {"hide-cell", "remove-cell", "hide-input", "remove-input"}
    told = [c for c in cells(path, "code") if not folded & set(c.metadata.get("tags", []))]
    assert sum(len(code_lines(cell)) for cell in told) <= LINES_OF_A_CHAPTER


@each_chapter
def test_the_last_cell_asserts_the_numbers_of_the_chapter(path):
    assert re.search(r"^\s*assert ", cells(path, "code")[-1].source, re.MULTILINE)


@each_chapter
def test_each_exercise_has_one_folded_solution(path):
    text = prose(path)
    exercises = re.findall(r"\{exercise(?:-start)?\}[^\n]*\n:label: (\S+)", text)
    folded = re.findall(r"\{solution(?:-start)?\} (\S+)\n(?::\w+: .*\n)*:class: dropdown", text)
    assert exercises, "a chapter has exercises"
    assert sorted(exercises) == sorted(folded)


# ---- table of contents and links


def test_table_of_contents_lists_every_page_once():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = re.findall(r"'(?:file|root)': '([^']+)'", str(toc))
    pages = [path for path in (ROOT / "book").iterdir() if path.suffix in (".md", ".ipynb")]
    assert sorted(listed) == sorted(f"book/{path.stem}" for path in pages)


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_relative_links_of_the_front_matter_lead_to_files(path):
    """Links inside the book are checked by its strict build."""
    for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


@each_notebook
def test_headings_hold_no_formula(path):
    """The search shows and finds them as they stand in the source."""
    assert not re.findall(r"^#+ .*\$.*", prose(path), re.MULTILINE)


# ---- pages made from docstrings

FUNCTIONS = [name for name in om.__all__ if inspect.isfunction(getattr(om, name))]
each_function = pytest.mark.parametrize("name", FUNCTIONS)


def test_what_is_no_function_is_described_too():
    for name in om.__all__:
        value = getattr(om, name)
        text = inspect.getdoc(value) if inspect.isroutine(value) or inspect.isclass(value) else None
        assert text or api.data_doc(name).strip(), f"{name}: give it a string below its assignment"


@each_function
def test_parameters_are_listed_one_an_entry(name):
    """Text about all of them stands above, or it would be read as one more parameter."""
    function = getattr(om, name)
    text = docstrings.sections(function.__doc__).get("Parameters")
    if text is None:
        return
    listed = [word for names, _ in docstrings.items(text) for word in names.split(", ")]
    assert "\n\n" not in text, "a paragraph stands among the parameters"
    assert set(listed) <= set(inspect.signature(function).parameters)
    assert listed


def test_each_result_that_is_documented_stands_in_the_table_of_results():
    documented = {
        n for n in FUNCTIONS if re.search(r"^ *Returns\n *-+$", getattr(om, n).__doc__, re.M)
    }
    header, rows = docstrings.results()
    listed = {row[1].strip("`").removeprefix("om.") for row in rows}
    assert documented and documented <= listed
    assert all(len(row) == len(header) and "Result:" in row[2] for row in rows)
    notation = cells(ROOT / "book" / "notation.ipynb", "code")
    assert any("results()" in cell.source for cell in notation)


def test_the_table_of_members_holds_what_is_inherited_too():
    names = [name for name, _ in docstrings.members(om.Solution, "s")[1]]
    assert {"`s.V`", "`s.quanta(...)`", "`s.coupling(...)`"} <= set(names)
    assert len(names) == len(set(names)) and "`s.purity(...)`" not in names  # as om.purity


# ---- what is downloaded


@pytest.mark.parametrize("address", ["", "https://github.com/someone/book"])
def test_a_downloaded_chapter_begins_with_how_to_get_the_library(tmp_path, address):
    folder = tmp_path / "_sources" / "book"
    folder.mkdir(parents=True)
    copy = Path(shutil.copy(CHAPTERS[0], folder))
    app = SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        config=SimpleNamespace(book_repository=address),
        outdir=tmp_path,
        srcdir=ROOT,
    )
    for _ in range(2):  # a second build adds no second note
        fork.tell_downloads(app, None)
    note, *rest = nbformat.read(copy, 4).cells
    assert rest == nbformat.read(CHAPTERS[0], 4).cells
    assert "make lab" in note.source and 'pip install ".[figures,' in note.source
    assert "on no package index" in note.source and bool(address) == ("http" in note.source)
    assert address in note.source
    nbformat.validate(nbformat.read(copy, 4))


# ---- pins


DIRECT, BINDER, INDIRECT = (
    [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]
    for name in ("requirements.txt", "binder/requirements.txt", "constraints.txt")
)


def test_pins_are_exact_and_end_with_this_project():
    for first, (constraints, *packages, last) in (("", DIRECT), ("../", BINDER)):
        assert constraints == f"-c {first}constraints.txt" and last == "-e ."
        for line in packages:
            assert re.fullmatch(r"[\w.-]+==[\w.]+ +# .+", line), f"{line}: what is it for?"
    for line in INDIRECT:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), line


def test_pins_are_what_is_installed():
    wanted = [line.split("#")[0].strip() for line in (*DIRECT[1:-1], *INDIRECT)]
    found = [f"{name}=={version(name)}" for name in (line.split("==")[0] for line in wanted)]
    assert found == wanted


def needs(names) -> set:
    """Packages with all that they need here, by the metadata of what is installed."""
    found, waiting = set(), list(map(Requirement, names))
    while waiting:
        package = waiting.pop()
        if (name := canonicalize_name(package.name)) not in found:
            found.add(name)
            for need in map(Requirement, requires(name) or []):
                extras = [{"extra": extra} for extra in ("", *package.extras)]
                if not need.marker or any(map(need.marker.evaluate, extras)):
                    waiting.append(need)
    return found


def test_binder_installs_what_the_notebooks_import_in_the_versions_of_the_book_and_no_tools():
    """A Binder image cannot be built here; what its list brings is known from what is installed."""
    pinned = {line.split("#")[0].strip() for line in DIRECT}
    chosen = [line.split("#")[0].strip() for line in BINDER[1:-1]]
    assert set(chosen) <= pinned, (
        "binder/requirements.txt and requirements.txt contradict each other"
    )
    image, fixed = needs(chosen), {*chosen, *INDIRECT}
    assert image <= {canonicalize_name(line.split("==")[0]) for line in fixed}, "all pinned"
    assert not image & {"pytest", "playwright", "sphinx", "jupyter-book", "ruff", "hypothesis"}
    assert len(image) < 140
    sources = [cell.source for path in NOTEBOOKS for cell in cells(path, "code")]
    sources += [path.read_text("utf-8") for path in ROOT.glob("book/drawings/**/*.py")]
    imported = {
        canonicalize_name(package)
        for name in set(re.findall(r"^ *(?:from|import) +(\w+)", "\n".join(sources), re.MULTILINE))
        for package in packages_distributions().get(name, [])
    }
    assert len(imported) > 8 and imported <= image | {"omcore"}


def test_the_library_itself_needs_numpy_and_scipy_only():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.match(r"[\w-]+", need)[0] for need in project["dependencies"]]
    assert names == ["numpy", "scipy"]


def test_the_ten_lines_of_the_readme_are_those_of_the_chapter():
    """The README runs where NumPy and SciPy are all there is: see ``make wheel``."""
    cells = nbformat.read(ROOT / "book" / "other_systems.ipynb", 4).cells
    ten = next(
        cell.source for cell in cells if "om.System(" in cell.source and cell.cell_type == "code"
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = [line[4:] for line in readme.splitlines() if line.startswith((">>> ", "... "))]
    lines = [line for line in ten.splitlines() if line and not line.startswith("import")]
    assert len(ten.splitlines()) <= 11 and "\n".join(lines) in "\n".join(said)


def test_where_next_leads_through_all_chapters():
    """The first link of each "Where next" is the page that follows; the last one leads to the ledger."""
    stems = [path.stem for path in CHAPTERS]
    for stem, following in zip(stems, [*stems[1:], "ledger"], strict=True):
        (after,) = re.findall(r"\*\*Where next:\*\*(.*)", prose(ROOT / "book" / f"{stem}.ipynb"))
        assert re.search(r"\]\(([^)]+)\)", after)[1] == following, stem
