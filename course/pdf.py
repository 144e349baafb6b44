"""The book and its article as PDFs: `python -m course.pdf` makes _build/pdf from the built book.

book.pdf has contents with page numbers, the numbered chapters, all solutions and the bibliography. It is
printed twice: the bookmarks of the first print say on which pages the chapters begin. article.pdf is one page
of the book, and what it cites.
"""

from html import escape
from itertools import islice

import yaml

import omcore as om

from . import browser, pages, paper

PARTS = 3  # of the table of contents: the course, the figures, and what is made of them
FOLDER = pages.ROOT / "_build" / "pdf"
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


def article(tab, file):
    """Print the article."""
    text, references = paper.chapter("article"), paper.chapter("bibliography")
    cited = {link["href"].removeprefix("#") for link in text.select("a[href]")}
    for entry in references.select(".citation"):
        if entry["id"] not in cited:
            entry.decompose()
    references.p.decompose()  # says that it is that of the whole book
    references.name, references.h1.name = "section", "h2"
    title = pages.plain(text.h1)
    text.append(references)
    return paper.printed(tab, title, text, file)


if __name__ == "__main__":
    with browser.opened() as tab:
        for name, printed in {"book": make, "article": article}.items():
            file = FOLDER / f"{name}.pdf"
            print(f"{file.relative_to(pages.ROOT)}: {len(printed(tab, file).pages)} pages")
