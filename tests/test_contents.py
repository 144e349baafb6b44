"""Chapters and figures are named by the numbers that the table of contents gives them."""

import re
from pathlib import Path

import pytest
from contents import BOOK, NUMBERED

from book._ext.moved import MOVED

ROOT = BOOK.parent
WHERE = (
    "*.md", "Makefile", ".github/**/*.*", "binder/*.txt", "benchmarks/*.py", "omcore/**/*.py",
    "tests/**/*.py", "book/*.ipynb", "book/*.md", "book/_ext/*.py", "book/drawings/**/*.py",
    "book/_static/**/*.js",
)  # fmt: skip
# These name what is no more.
RECORDS = {"CHANGELOG.md", "moved.py", "test_contents.py", "test_pages_moved.py"}
TEXTS = [path for pattern in WHERE for path in ROOT.glob(pattern) if path.name not in RECORDS]
each_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))

CHAPTER = re.compile(r"\bchapters?\s+((?:\d+(?:, and |, | and | or | to )?)+)", re.IGNORECASE)
LINK = re.compile(r"\[((?:chapter |figs?\. )?\d[^\]]*)\]\(([\w-]+)\)", re.IGNORECASE)
PAGE = re.compile(r"\b\d\d_[a-z]\w+")


def wrong(text: str) -> list[str]:
    """What a text calls a chapter or a figure and is none, or is another one."""
    found = []
    for chapters in CHAPTER.finditer(text):
        if not all(1 <= int(number) <= len(NUMBERED) for number in re.findall(r"\d+", chapters[1])):
            found.append(chapters[0].strip(", "))
    for link in LINK.finditer(text):
        said, target = link[1].lower(), link[2]
        figure = re.search(r"figures?[-_]([\d_]+)$", target)
        number = set(re.findall(r"\d+", said.split("(")[0]))
        of_chapter = re.match(r"0*(\d+)_", target)
        right = [set(figure[1].split("_"))] if figure and "chapter" not in said else []
        right += [{of_chapter[1]}] if of_chapter and "fig" not in said else []
        if right and not any(number <= numbers for numbers in right):
            found.append(link[0])
    return found + [name for name in PAGE.findall(text) if name not in NUMBERED]


def test_a_wrong_number_and_an_old_name_would_be_noticed():
    right = "chapters 1 and 14, [chapter 3](03_langevin), [Fig. 5(a)](11_figures_3_5), [Fig. 2](figure-2)"
    assert wrong(right) == []
    for text in ("chapter 99", "[chapter 3](04_steady_state)", "[Fig. 5](12_figure_4)", "12_fig3"):
        assert wrong(f"{right}, {text}.") == [text]


@each_text
def test_no_text_names_a_chapter_or_a_figure_by_another_number(path):
    assert wrong(path.read_text("utf-8").replace("\\n", "\n")) == []


def test_old_addresses_lead_to_pages_and_headings_that_exist():
    for old, place in MOVED.items():
        page, _, label = place.replace(".html", "").partition("#")
        assert not (BOOK / f"{old}.ipynb").exists(), old
        text = Path(BOOK / f"{page}.ipynb").read_text("utf-8")
        assert not label or f"({label})=\\n" in text, place
