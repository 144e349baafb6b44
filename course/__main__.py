"""`make course`: what a teacher hands out and shows, in _build/course, from the chapters and nothing else.

`python -m course` makes all of it; names after it, such as `session-3`, make these sessions alone.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from book.drawings.teaching.sessions import SESSIONS

from . import browser, notebooks, pages, paper, slides

FOLDER = pages.ROOT / "_build" / "course"
LEFT_OUT = shutil.ignore_patterns("_sources", "__pycache__", ".doctrees")
SETUP = """**Notebooks** need Python 3.11 or newer and, once, in their folder,
  `pip install "{}[widgets,derivation]" jupyterlab`. They run beside the folder `drawings`."""
README = """# The course

| | notebook | with solutions | problems | solutions | slides |
|---|---|---|---|---|---|
{rows}

- {setup}
- **Slides** open in a browser, without a server. S shows the speaker's notes, with the answers; where a
  browser refuses that window for files, add `?showNotes=true` to the address. Live figures come from `book`.
- **figures** has each figure of the sessions as SVG.
- **students.zip** is what students get: their notebooks, the wheel, the drawings and the problem sheets.
"""


def figures(name: str, sheets: dict[str, str], folder: Path):
    """The figures of a chapter as SVG: a live one as it starts, another as its cell drew it."""
    folder.mkdir(parents=True, exist_ok=True)
    for label, picture in (pages.drawn(name) | sheets).items():
        if label in pages.numbers():
            number = pages.numbers()[label].replace(". ", "-").lower()
            (folder / f"{number}_{label}.svg").write_text(picture, "utf-8")


def wheel(folder: Path) -> str:
    """The library as a wheel, built here and without a network from a copy of its sources; its name."""
    with tempfile.TemporaryDirectory() as copy:
        for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT"):
            shutil.copy(pages.ROOT / name, copy)
        shutil.copytree(pages.ROOT / "omcore", Path(copy, "omcore"), ignore=LEFT_OUT)
        pip = [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check"]
        alone = ["--no-deps", "--no-build-isolation", "--no-index"]
        subprocess.run([*pip, *alone, "-w", folder, copy], check=True)
    return next(folder.glob("omcore-*.whl")).name


def pack(folder: Path, setup: str):
    """What students may have, in one archive."""
    with tempfile.TemporaryDirectory() as copy:
        Path(copy, "README.md").write_text(f"{setup}\n", "utf-8")
        for file in (folder / "notebooks").glob("*"):
            if file.is_dir():
                shutil.copytree(file, Path(copy, file.name))
            elif not file.stem.endswith(notebooks.SOLVED):
                shutil.copy(file, copy)
        for file in (folder / "sheets").glob("*-problems.pdf"):
            shutil.copy(file, copy)
        shutil.make_archive(folder / "students", "zip", copy)


def row(session) -> str:
    name = session.name
    files = [
        f"notebooks/{name}.ipynb", f"notebooks/{name}{notebooks.SOLVED}.ipynb", f"sheets/{name}-problems.pdf",
        f"sheets/{name}-solutions.pdf", f"slides/{name}.html",
    ]  # fmt: skip
    links = (f"[{file.rpartition('/')[2]}]({file})" for file in files)
    return f"| {session.title} | {' | '.join(links)} |"


def make(sessions=SESSIONS, folder=FOLDER):
    """Make the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    there = folder / "notebooks"
    shutil.copytree(pages.BOOK / "drawings", there / "drawings", ignore=LEFT_OUT)
    shutil.copytree(pages.BUILT, folder / "book", ignore=LEFT_OUT)
    slides.ship_reveal(folder / "slides" / "reveal")
    with browser.opened() as tab:
        for session in sessions:
            print(f"{session.name}: {session.title}", flush=True)
            notebooks.write(session, there)
            answers = {}
            for name in session.chapters:
                answers[name], sheets = browser.read(tab, name)
                figures(name, sheets, folder / "figures")
            slides.write(session, answers, folder / "slides")
            paper.sheets(tab, session, folder / "sheets")
    rows, setup = "\n".join(map(row, sessions)), SETUP.format(wheel(there))
    (folder / "README.md").write_text(README.format(rows=rows, setup=setup), "utf-8")
    pack(folder, setup)


if __name__ == "__main__":
    names = [one.name for one in SESSIONS]
    wanted = sys.argv[1:] or names
    for unknown in set(wanted) - set(names):
        raise pages.Missing(
            f"session = {unknown!r} is none of {', '.join(names)}; use one of these"
        )
    make([one for one in SESSIONS if one.name in wanted])
    print(f"{FOLDER.relative_to(pages.ROOT)}: begin with README.md")
