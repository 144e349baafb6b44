"""The sources of the book: notebooks, table of contents, pins and links keep their promises."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if re.match(r"\d\d_", path.name)]
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


def test_no_outputs_are_stored():
    """Outputs are made by the build. A stored one could be older than the code above it."""
    result = subprocess.run(
        [sys.executable, "-m", "nbstripout", "--verify", *map(str, NOTEBOOKS)],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{result.stdout}Remedy: .venv/bin/nbstripout book/*.ipynb"


@each_notebook
def test_computed_figures_have_a_name_a_caption_and_a_description(path):
    for cell in cells(path, "code"):
        if figure := cell.metadata.get("mystnb", {}).get("figure"):
            assert figure["name"].startswith("fig-")
            assert figure["caption"].strip()
            assert cell.metadata["mystnb"]["image"]["alt"].strip()


@each_notebook
def test_sliders_stay_out_of_the_built_page(path):
    """Without a kernel they move and do nothing; with one, the notebook shows them."""
    for cell in cells(path, "code"):
        if re.search(r"\b(interact|interactive|explore)\(", cell.source):
            assert {"remove-output", "remove-cell"} & set(cell.metadata.get("tags", []))


@each_chapter
def test_the_library_does_the_work(path):
    assert max(len(code_lines(cell)) for cell in cells(path, "code")) <= LINES_OF_A_CELL
    folded = {"hide-cell", "remove-cell"}
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


# ---- pins


def pins():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_pins_are_exact_and_end_with_this_project():
    *packages, last = pins()
    assert last == "-e ."
    for line in packages:
        assert re.fullmatch(r"[\w.-]+==[\w.]+( +# .+)?", line), line


def test_pins_are_what_is_installed():
    wanted = [line.split("#")[0].strip() for line in pins()[:-1]]
    found = [f"{name}=={version(name)}" for name in (line.split("==")[0] for line in wanted)]
    assert found == wanted


def test_each_direct_pin_says_what_it_is_for():
    direct = (ROOT / "requirements.txt").read_text().split("# --- needed by the packages above")[0]
    for line in direct.splitlines():
        assert "==" not in line or "  # " in line, line


def test_the_library_itself_needs_numpy_and_scipy_only():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.match(r"[\w-]+", need)[0] for need in project["dependencies"]]
    assert names == ["numpy", "scipy"]
    assert project["version"] == version("omcore")
