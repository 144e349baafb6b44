"""The pages that are read in order, by the table of contents: numbered chapters, then projects."""

from pathlib import Path

import yaml

BOOK = Path(__file__).parents[1] / "book"
PARTS = yaml.safe_load((BOOK.parent / "_toc.yml").read_text("utf-8"))["parts"]


def pages(wanted):
    """Names of the pages of all parts for which ``wanted`` is true."""
    return [Path(page["file"]).name for part in PARTS if wanted(part) for page in part["chapters"]]


NUMBERED = pages(lambda part: part.get("numbered"))
PROJECTS = pages(lambda part: part["caption"] == "Projects")
CHAPTERS = [BOOK / f"{name}.ipynb" for name in (*NUMBERED, *PROJECTS)]
