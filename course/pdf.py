"""The numbered chapters as one PDF: `python -m course.pdf` makes _build/pdf/book.pdf from the built book.

Contents with page numbers, the chapters, all solutions, the bibliography. It is printed twice: the bookmarks
of the first print say on which pages the chapters begin.
"""

from html import escape
from itertools import islice

import yaml

import omcore as om

from . import browser, pages, paper

PARTS = 3  # of the table of contents: the course, the figures, and what is made of them
FILE = pages.ROOT / "_build" / "pdf" / "book.pdf"
SOLUTIONS, REFERENCES = "Solutions", "Bibliography"


def parts() -> dict[str, list[str]]:
    """The captions and chapters of what is printed."""
    return dict(islice(pages.contents().items(), PARTS))


def body():
    """The whole document: chapters without their solutions, these at the end, then the references."""
    whole = paper.new('<article class="bd-article"></article>')
    behind = paper.new(f'<div class="starts-page"><h1 id="solutions">{SOLUTIONS}</h1></div>')
    for name in (name for names in parts().values() for name in names):
        text = paper.chapter(name)
        text.name, text["class"] = "section", ["starts-page"]
        behind.append(paper.new(f"<h2>{escape(pages.plain(text.h1))}</h2>"))
        for one in pages.exercises(text):
            if one.solution:
                behind.append(one.solution.extract())
        whole.append(text)
    references = paper.chapter("bibliography")
    references.name, references["class"] = "section", ["starts-page"]
    whole.extend([behind, references])
    return whole


def front(at: dict[str, int]):
    """The first page, and the contents, with the page of each chapter where it is known."""
    said = yaml.safe_load((pages.ROOT / "_config.yml").read_text("utf-8"))
    line = lambda label, words: (
        f'<li data-page="{at.get(words, "")}"><a href="#{label}">{escape(words)}</a><i></i></li>'
    )
    lines = []
    for caption, names in parts().items():
        lines.append(f'<li class="part">{escape(caption)}</li>')
        lines += [line(name, pages.title(name)) for name in names]
    lines.append('<li class="part">At the end</li>')
    lines += [line("solutions", SOLUTIONS), line("bibliography", REFERENCES)]
    return paper.new(
        f'<div><div class="front"><h1>{escape(said["title"])}</h1><p>{escape(said["author"])}</p>'
        f"<p>Version {om.__version__}, {escape(said['copyright'])}</p></div>"
        f'<div class="contents"><h1>Contents</h1><ol>{"".join(lines)}</ol></div></div>'
    ), said["title"]


def make(tab, file):
    """Print the book."""
    at = {}
    for _ in range(2):
        first, title = front(at)
        whole = body()
        whole.insert(0, first)
        reader = paper.printed(tab, title, whole, file)
        at = {words: page for level, words, page in paper.bookmarks(reader) if level == 1}
    return reader


if __name__ == "__main__":
    with browser.opened() as tab:
        print(f"{FILE.relative_to(pages.ROOT)}: {len(make(tab, FILE).pages)} pages")
