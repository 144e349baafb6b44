"""Slides of a session, for reveal.js: one idea a slide, the figures of the book, live where they are there.

S opens the speaker's view, with the answers; the same notes stand below each slide with `?showNotes=true`.
"""

import re
import shutil
from html import escape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from bs4 import Tag

from . import pages, paper

STYLE = Path(__file__).with_name("slides.css")
REVEAL = "dist/reveal.js", "dist/reveal.css", "dist/reset.css", "plugin/notes/notes.js", "LICENSE"
MOST = 5  # points of a list on one slide
# In the speaker's window, which has none of our style sheets, a formula would stand twice.
ONCE = "<style>.speaker-controls-notes mjx-assistive-mml { display: none; }</style>"
START = """
Reveal.initialize({ width: 1280, height: 800, margin: 0.02, center: false, hash: true, slideNumber: "c/t",
  transition: "none", preloadIframes: false, plugins: [RevealNotes] });
"""


def ship_reveal(folder: Path):
    """reveal.js, from the wheel that carries it."""
    there = Path(find_spec("sphinx_revealjs").origin).parent / "_static" / "revealjs"
    for name in REVEAL:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(there / name, folder / name)


# ---- one slide


def slide(heading: str, inside, where="", notes="") -> str:
    small = f'<p class="where">{escape(where)}</p>' if where else ""
    big = f"<h2>{heading}</h2>" if heading else ""
    told = f'<aside class="notes">{ONCE}{notes}</aside>' if notes else ""
    return f"<section>{small}{big}{inside}{told}</section>"


def points(heading: str, items: list[str], where="") -> list[str]:
    """A list, on as many slides as keep it readable."""
    parts = [items[k : k + MOST] for k in range(0, len(items), MOST)]
    listed = lambda part: f"<ul>{''.join(f'<li>{item}</li>' for item in part)}</ul>"
    return [slide(heading, listed(part), where) for part in parts]


def goals(body: Tag) -> list[str]:
    """What the head of a chapter promises, one a line."""
    for first in body.find_all("p"):
        if first.get_text().startswith("You will be able to"):
            text = first.decode_contents().partition("</strong>")[2]
            parts = re.split(r"(?<!&lt)(?<!&gt)(?<!&amp);\s+", text)
            return [goal.strip().removeprefix("and ").rstrip(".") for goal in parts]
    return []


def shown(figure: Tag, name: str) -> str:
    """A figure: its own page in a frame where it is live, else its picture and its caption."""
    live = figure.select_one("div.live")
    if live is None:
        picture = figure.select_one("img, svg")
        if picture is None:
            raise pages.Missing(
                f"{figure['id']} has no picture in the built book; build it again: make book"
            )
        return f"<figure>{picture}{figure.figcaption or ''}</figure>"
    embed = re.search(r'"name": "(.*?)"', live["data-live"])[1]
    label = escape(pages.plain(figure.figcaption)[:120]) if figure.figcaption else embed
    return f'<iframe data-src="../book/book/{name}.html?embed={quote(embed)}" title="{label}"></iframe>'


def predict(box: Tag, answer: str) -> tuple[str, str]:
    """A question with its choices, and its answer: as the page has it, or what the text says next."""
    answer = re.sub(r"^(Yes|No): |; you are .*? away(?=\.)|^You are .*", "", answer)
    said = (
        f"<p><b>Answer:</b> {escape(answer)}</p>" if answer else str(box.find_next_sibling() or "")
    )
    for control in box.select(".admonition-title, .predict-tell, label:has([type=range])"):
        control.decompose()
    for tick in box.select("input"):
        tick.replace_with("☐ ")
    return box.decode_contents(), said


# ---- a session


def chapter(name: str, answers: list[str], in_class: tuple[str, ...]) -> list[str]:
    body, left = pages.article(name), iter(answers)
    for image in body.select("img"):
        if image["src"].startswith("../"):
            image["src"] = f"../book/{image['src'].removeprefix('../')}"
    for link in body.select("a"):
        link.unwrap()
    where = pages.plain(body.h1)
    slides = [f"<section><h1>{escape(where)}</h1></section>"]
    slides += points("You will be able to", goals(body), where)
    for part in body.select(".admonition, figure[id]:not(.solution *), section#summary > ul"):
        section = part.find_parent("section")
        here = pages.plain(section.find(["h1", "h2", "h3"])) if section else where
        if part.name == "figure":
            said = part.figcaption.decode_contents() if part.figcaption else ""
            slides.append(slide("", shown(part, name), here, said))
        elif part.name == "ul":
            items = [item.decode_contents() for item in part("li", recursive=False)]
            slides += points("Summary", items, where)
        elif part.select_one(".admonition-title").get_text() == "Predict":
            question, notes = predict(part, next(left, ""))
            slides.append(slide("Predict", question, here, notes))
    for one in pages.exercises(body):
        if one.label in in_class:
            notes = one.solution.decode_contents() if one.solution else ""
            slides.append(slide(escape(one.name), one.box, where, notes))
    return slides


def write(session, answers: dict[str, list[str]], folder: Path):
    """The slides of a session; folder has reveal.js beside it, and the book beside that."""
    title = f"{session.name.replace('-', ' ').capitalize()}: {session.title}"
    slides = [f"<section><h1>{escape(title)}</h1></section>"]
    for name in session.chapters:
        slides += chapter(name, answers[name], session.in_class)
    base = "../book"
    look = re.sub(r"(?s).*?(<link[^>]*pygments[^>]*>).*", r"\1", paper.head(base, "look"))
    reveal = "".join(
        f'<link rel="stylesheet" href="reveal/{n}">' for n in REVEAL if n.endswith("css")
    )
    scripts = "".join(f'<script src="reveal/{n}"></script>' for n in REVEAL if n.endswith("js"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{session.name}.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{reveal}{look}{paper.head(base, 'formulas')}<style>{STYLE.read_text('utf-8')}</style></head>"
        f'<body><div class="reveal"><div class="slides">{"".join(slides)}</div></div>'
        f"{scripts}<script>{START}</script></body></html>",
        "utf-8",
    )
