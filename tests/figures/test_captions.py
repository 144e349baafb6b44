"""In JupyterLab figures have numbers and captions, as in the book; nowhere else does a cell print them."""

import json
from pathlib import Path
from types import SimpleNamespace

import IPython
import pytest

from drawings.kit import captions

BOOK = Path(__file__).parents[2] / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_figure_has_its_caption_and_the_figures_are_counted(notebook):
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    figures = [c["metadata"]["mystnb"]["figure"] for c in cells if "figure" in str(c["metadata"])]
    page, found = captions.prefix(notebook.stem), list(captions.captions(notebook).values())
    assert len(found) == len(figures), "two cells with one source would share a caption"
    for k, (caption, figure) in enumerate(zip(found, figures, strict=True), start=1):
        said = f"**Fig. {page}.{k}** ({figure['name']}) {figure['caption']}"
        assert caption == said


@pytest.mark.parametrize("metadata, shown", [({"cellId": "7"}, 1), ({}, 0)], ids=["Lab", "book"])
def test_a_caption_is_shown_in_the_lab_alone(metadata, shown, monkeypatch):
    displayed = []
    kernel = SimpleNamespace(get_parent=lambda: {"metadata": metadata})
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=kernel))
    monkeypatch.setattr("IPython.display.display", displayed.append)
    monkeypatch.chdir(BOOK)
    source, caption = next(iter(captions.captions(NOTEBOOKS[9]).items()))
    for cell, success in ((source, True), (source, False), ("1 + 1", True)):
        info = SimpleNamespace(raw_cell=cell)
        captions.show(SimpleNamespace(success=success, info=info))
    assert [one.data for one in displayed] == [caption] * shown


def test_a_kernel_shows_captions_and_python_without_one_does_not():
    registered = []
    events = SimpleNamespace(register=lambda *what: registered.append(what))
    for shell in (None, SimpleNamespace(events=events)):
        captions.show_in(shell)
    assert not registered
    captions.show_in(SimpleNamespace(events=events, kernel=object()))
    assert registered == [("post_run_cell", captions.show)]
