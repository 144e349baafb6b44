"""What `make course` and `make pdf` make: notebooks that fail at their stubs alone, sheets, slides, PDF."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from trust.effort import LONG

from book.drawings.teaching.sessions import SESSIONS
from course import notebooks, pages, paper, pdf, slides
from course.browser import opened

if not pages.BUILT.exists():
    pytest.skip("there is no built book; remedy: make book", allow_module_level=True)

FIRST, *_, LAB = SESSIONS
RAW = re.compile(
    r"\{(?:cite|numref|ref|doc|eq)[:\w]*\}`|^[`:]{3,}\{|### BEGIN|### END|<div data-", re.MULTILINE
)

each_session = pytest.mark.parametrize("session", SESSIONS, ids=lambda one: one.name)
solved = pytest.mark.parametrize("session", SESSIONS if LONG else [FIRST], ids=lambda one: one.name)
given = pytest.mark.parametrize(
    "session", SESSIONS if LONG else [FIRST, LAB], ids=lambda one: one.name
)


def text(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


def run(notebook):
    """What each cell that fails says, by its number; every cell is run."""
    client = NotebookClient(
        notebook, timeout=600, allow_errors=True, resources={"metadata": {"path": pages.BOOK}}
    )
    client.execute()
    errors = {
        k: f"{output.ename}: {output.evalue}"
        for k, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", ())
        if output.output_type == "error"
    }
    return errors


# ---- notebooks


@each_session
def test_notebooks_are_valid_and_speak_plain_markdown(session):
    for student in (True, False):
        notebook = notebooks.notebook(session, student)
        nbformat.validate(notebook)
        assert not RAW.findall(text(notebook))
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert any(cell.metadata.get("jupyter") for cell in code), "nothing is folded"


@each_session
def test_a_student_gets_every_exercise_and_no_solution(session):
    mine, whole = (text(notebooks.notebook(session, student)) for student in (True, False))
    assert "Solution of" not in mine
    for name in session.chapters:
        cells = notebooks.read(pages.source(name))
        for fence in notebooks.FENCE.finditer(
            "\n".join(c.source for c in cells if c.cell_type == "markdown")
        ):
            if fence["kind"] == "exercise":
                assert f"### {notebooks.named(notebooks.option(fence, 'label'))}\n" in mine
            if fence["kind"] == "solution":
                lines = [
                    line for line in notebooks.words(fence["body"]).splitlines() if len(line) > 40
                ]
                assert all(line in whole and line not in mine for line in lines)
        for found in notebooks.SOLUTION.finditer("\n".join(c.source for c in cells)):
            assert found["lines"] in whole + "\n" and found["lines"] not in mine
        for code in pages.article(name).select(
            "div.solution .cell_input pre"
        ):  # as the page joins them
            assert "### " in code.get_text() or code.get_text().strip() not in mine


@solved
def test_the_notebook_with_solutions_runs(session):
    assert run(notebooks.notebook(session, student=False)) == {}


@given
def test_a_student_notebook_fails_at_its_stubs_and_nowhere_else(session):
    notebook = notebooks.notebook(session, student=True)
    errors = run(notebook)
    for k, said in errors.items():
        assert said.startswith("NotImplementedError: Exercise ")
        assert "course" in notebook.cells[k].metadata, f"a cell that needs no stub fails: {said}"
    for k, cell in enumerate(notebook.cells):
        if "stub" in cell.metadata.get("course", {}) and not cell.source.startswith("def "):
            assert k in errors, "a stub that does not stop"
    assert errors, "this session has no stub"


def test_a_name_that_only_a_solution_gives_is_asked_for_by_its_exercise():
    cells = notebooks.Cells(student=True)
    cells.exercise, cells.open = "ex-sagnac-hand", []
    folded = {"metadata": {"tags": ["hide-cell"]}}
    for source, metadata in (
        ("a = 1", folded),
        ("b = lambda: a", {}),
        ("c = b()", {}),
        ("d = 2", {}),
    ):
        cells.code(nbformat.v4.new_code_cell(source, **metadata))
    stub, first, second, free = (cell.source for cell in cells.cells)
    assert "write your lines here" in stub and "a = 1" not in stub and free == "d = 2"
    for source in (stub, first, second):
        with pytest.raises(
            NotImplementedError, match=r"Exercise 1\.1: What a turning observer sees"
        ):
            exec(source, {})
    exec(second, {"b": lambda: 1})


@pytest.mark.parametrize(
    "text, plain",
    [
        ("[the ring](#sagnac?radius=1) turns", "the ring turns"),
        ("by {cite:t}`malykin2000`, {numref}`fig-sagnac-turn`", "by Malykin (2000), Fig. 1.1"),
        (
            "$[X, Y](t)$ and [a page](https://example.org)",
            "$[X, Y](t)$ and [a page](https://example.org)",
        ),
    ],
)
def test_references_become_words(text, plain):
    assert notebooks.words(text) == plain


def test_what_has_no_words_is_refused_with_a_remedy():
    for text in ("{numref}`fig-none`", "```{mermaid}\na\n```\n"):
        with pytest.raises(pages.Missing, match=r"make book|course/notebooks\.py"):
            notebooks.words(text)
    with pytest.raises(pages.Missing, match=r"chapter = 'none' .*sessions\.py"):
        pages.source("none")


def test_without_a_chromium_the_remedy_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(pages.Missing, match="remedy: sudo apt install chromium"), opened():
        pass


# ---- slides and paper


@each_session
def test_slides_have_every_figure_and_prediction_and_no_solution_in_sight(session):
    for name in session.chapters:
        body, labels = pages.article(name), session.in_class
        made = slides.chapter(name, [], labels)
        seen = re.sub(r'(?s)<aside class="notes">.*?</aside>', "", "".join(made))
        figures = len(body.select("figure[id]:not(.solution *)"))
        assert len(re.findall(r"<figure>|<iframe ", seen)) == figures
        assert sum("<h2>Predict</h2>" in one for one in made) == len(
            re.findall(r">Predict</p>", str(body))
        )
        assert 'class="solution' not in seen


@each_session
def test_sheets_have_every_exercise_and_the_problem_sheet_no_solution(session):
    for solved in (False, True):
        _, body = paper.sheet(session, solved)
        there = {box["id"].partition(":")[2] for box in body.select("div.exercise")}
        asked = [one for name in session.chapters for one in pages.exercises(pages.article(name))]
        assert there == {one.label for one in asked}
        assert len(body.select("div.solution")) == solved * sum(
            one.solution is not None for one in asked
        )
        assert not RAW.search(body.get_text())


@pytest.fixture(scope="module")
def chapter_on_paper(browser, tmp_path_factory):
    """The first chapter alone, printed with the fixture's Chromium."""
    body = paper.new('<article class="bd-article"></article>')
    body.append(paper.chapter("01_sagnac"))
    return paper.printed(
        browser.new_page(), "One chapter", body, tmp_path_factory.mktemp("pdf") / "one.pdf"
    )


def test_a_printed_chapter_has_bookmarks_tags_and_descriptions(chapter_on_paper):
    titles = [words for _, words, _ in paper.bookmarks(chapter_on_paper)]
    assert titles[0] == pages.title("01_sagnac") and any("Exercises" in words for words in titles)
    root = chapter_on_paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and len(chapter_on_paper.pages) >= 5
    said = "".join(page.extract_text() for page in chapter_on_paper.pages)
    assert "Fig. 1.1" in said and "Exercise 1.3" in said and not RAW.search(said)
    rasters = [image.name for page in chapter_on_paper.pages for image in page.images]
    assert not rasters, "curves are vectors"


@pytest.mark.skipif(not LONG, reason="make everything prints the whole book")
def test_the_pdf_has_a_bookmark_for_every_chapter_and_its_page_in_the_contents(tmp_path, browser):
    reader = pdf.make(browser.new_page(), tmp_path / "book.pdf")
    chapters = [name for names in pdf.parts().values() for name in names]
    found = {words: page for level, words, page in paper.bookmarks(reader) if level == 1}
    contents = reader.pages[1].extract_text()
    for title in map(pages.title, chapters):
        assert re.search(rf"{re.escape(title)}\s*{found[title]}\b", contents)
        assert title in reader.pages[found[title] - 1].extract_text()
    assert len(reader.pages) > 6 * len(chapters)
    assert not RAW.search("".join(page.extract_text() for page in reader.pages))
