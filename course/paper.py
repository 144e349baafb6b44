"""Pages of the book on paper: cut from what was built, laid out by paper.css, printed by Chromium."""

import logging
import re
from base64 import b64encode
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from . import browser, pages

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it corrects a number that Chromium writes
STYLE = Path(__file__).with_name("paper.css")
MARKS = re.compile(r"^.*### (?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)
FOOT = (
    '<div style="width: 100%; margin: 0 20mm; font: 8pt sans-serif; color: #555; display: flex; '
    'justify-content: space-between"><span>{}</span><span class="pageNumber"></span></div>'
)


def new(text: str) -> Tag:
    return BeautifulSoup(text, "html.parser").contents[0]


# ---- a chapter


def chapter(name: str) -> Tag:
    """A chapter as it is printed: without what moves; its ids are its own in a larger document."""
    body = pages.article(name)
    unfold(body)
    hold_still(body)
    for code in body.select("div.highlight pre"):
        if "### " in code.get_text():
            inside = MARKS.sub("", code.decode_contents())
            code.clear()
            code.append(BeautifulSoup(inside, "html.parser"))
    for word in body.find_all("p"):
        if word.get_text().startswith("The last cell asserts"):
            word.decompose()
    sharpen(body, name)
    for image in body.select("img"):
        if image["src"].startswith("../"):
            image["src"] = f"{pages.BUILT.as_uri()}/{image['src'].removeprefix('../')}"
        del image["loading"]  # paper shows all of them
    name_anew(body, name)
    return body


def unfold(body: Tag):
    """Folded code of figures, imports and checks are left out; a cell that is folded whole stays."""
    for fold in body.select("details.hide"):
        if "Show code cell content" in fold.summary.get_text():
            fold.summary.decompose()
            fold.unwrap()
        else:
            fold.decompose()


def hold_still(body: Tag):
    """Figures as they start, predictions as lists, steps as words."""
    for figure in body.select("div.live"):
        device, image = figure.select_one(".live-device"), figure.select_one("img.live-static")
        for control in device.select(".live-buttons, input, select") if device else ():
            control.decompose()
        del figure["data-live"]
        image["class"] = []
    for form in body.select(".predict"):
        for control in form.select(".predict-tell, label:has([type=range])"):
            control.decompose()
        form.attrs = {}
    for box in body.select("input"):
        box.replace_with("☐ ")
    for extra in body.select(".tour nav"):
        extra.decompose()
    for step in body.select("a.step"):
        step.unwrap()


def sharpen(body: Tag, name: str):
    """Figures as vectors where the page has a lighter PNG; a map, whose SVG holds a raster, stays one."""
    labels = {place: label for label, place in pages.targets().items()}
    for figure in body.select("figure[id]"):
        picture = pages.drawn(name).get(labels.get(f"book/{name}.html#{figure['id']}"), "<image")
        if "<image" not in picture:
            figure.img["src"] = f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def name_anew(body: Tag, name: str):
    """Ids begin with the chapter's name; links lead to a place in the same document, or are words."""
    for element in body.select("[id]"):
        element["id"] = f"{name}:{element['id']}"
    body.h1["id"] = name
    for link in body.select("a[href]"):
        page, _, label = link["href"].partition("#")
        page = page.removesuffix(".html") or name
        if "://" not in link["href"]:
            link["href"] = f"#{page}:{label}" if label else f"#{page}"


def lead_nowhere_else(body: Tag):
    """Links to what is not in this document become words."""
    there = {element["id"] for element in body.select("[id]")}
    for link in body.select('a[href^="#"]'):
        if link["href"][1:] not in there:
            link.unwrap()


# ---- a document


def head(base: str, kind: str) -> str:
    """From the head of a page of the book its style sheets, "look", or its scripts for "formulas"."""
    is_wanted = {
        "look": lambda one: one.get("rel") == ["stylesheet"],
        "formulas": lambda one: one.name == "script" and "mathjax" in str(one).lower(),
    }[kind]
    page = BeautifulSoup(pages.html(pages.numbered()[0]), "html.parser")
    found = "".join(str(one) for one in page.head(["link", "script"]) if is_wanted(one))
    return found.replace('"../', f'"{base}/')


def document(title: str, body: Tag) -> str:
    """A whole page of HTML with the look and the formulas of the book."""
    lead_nowhere_else(body)
    base = pages.BUILT.as_uri()
    return (
        f'<!doctype html><html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{head(base, 'look')}{head(base, 'formulas')}"
        f"<style>{STYLE.read_text('utf-8')}</style></head>"
        f'<body class="paper"><main>{body}</main></body></html>'
    )


def printed(tab, title: str, body: Tag, file: Path) -> PdfReader:
    """A document as PDF, with bookmarks, tags and page numbers."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page = file.with_suffix(".html")
    page.write_text(document(title, body), "utf-8")
    # Shown as paper before it is printed: else Chromium may lay out for minutes, or without end.
    tab.emulate_media(media="print")
    browser.show(tab, page)
    tab.pdf(
        path=file, prefer_css_page_size=True, print_background=True, outline=True, tagged=True,
        display_header_footer=True, header_template="<span></span>",
        footer_template=FOOT.format(escape(title)),
    )  # fmt: skip
    tab.emulate_media(media="null")  # the next page is one to be read
    page.unlink()
    name_bookmarks(
        file, [pages.plain(heading) for heading in body.select("h1, h2, h3, h4, h5, h6")]
    )
    return PdfReader(file)


def name_bookmarks(file: Path, titles: list[str]):
    """Chromium writes the title of a heading twice that it has moved to the next page: say each once."""
    writer = PdfWriter(clone_from=file)
    marks = list(flat(writer.outline))
    for (_, mark), title in zip(marks, titles, strict=True):
        mark.node[NameObject("/Title")] = TextStringObject(title)
    writer.write(file)


def flat(items, level=1):
    """Level and item of each bookmark, in the order of the document."""
    for item in items:
        if isinstance(item, list):
            yield from flat(item, level + 1)
        else:
            yield level, item


def bookmarks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Level, title and page of each bookmark, counted from one."""
    page = reader.get_destination_page_number
    return [(level, item.title, page(item) + 1) for level, item in flat(reader.outline)]


# ---- sheets of exercises


def sheet(session, solved: bool) -> tuple[str, Tag]:
    """Title and content of the problem sheet of a session, or of its solution sheet."""
    title = f"{session.name.replace('-', ' ').capitalize()}: {session.title}"
    kind = "Solutions" if solved else "Problems"
    body = new(f'<article class="bd-article sheet"><h1>{escape(title)}</h1><p>{kind}</p></article>')
    for name in session.chapters:
        there = chapter(name)
        found = pages.exercises(there)
        if found:
            body.append(new(f"<h2>{escape(pages.plain(there.h1))}</h2>"))
        for one in found:
            for part in (one.box, *([one.solution] if solved and one.solution else one.hints)):
                body.append(part.extract())
    return f"{title} - {kind}", body


def sheets(tab, session, folder: Path):
    """Both sheets of a session that has exercises."""
    for solved, name in ((False, "problems"), (True, "solutions")):
        printed(tab, *sheet(session, solved), folder / f"{session.name}-{name}.pdf")
