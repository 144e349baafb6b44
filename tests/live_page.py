"""Pages with live figures and nothing else: the scripts of the book, without its theme, for the tests."""

import importlib.util
from pathlib import Path

from drawings.kit.metadata import script

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "book" / "_static" / "live"


def extension():
    """The extension that puts the scripts on the pages, and knows their order."""
    spec = importlib.util.spec_from_file_location("live", ROOT / "book" / "_ext" / "live.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path, *figures):
    """A page that holds these figures; its address, from a file."""
    live = extension()
    scripts = [
        f"<script>{script()}</script>"
        if name == live.METADATA
        else f'<script src="{(FOLDER / name).as_uri()}"></script>'
        for name in live.SCRIPTS
    ]
    style = f'<link rel="stylesheet" href="{(FOLDER / live.STYLE).as_uri()}">'
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>-</title>{style}'
    body = "".join(figure.html() for figure in figures)
    path.write_text(
        f"<!doctype html><html>{head}{''.join(scripts)}<body>{body}</body></html>", encoding="utf-8"
    )
    return path.as_uri()
