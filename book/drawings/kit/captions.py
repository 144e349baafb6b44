"""In JupyterLab a figure has the number, the name and the caption that it has in the book.

They stand in the metadata of its cell, which the book reads and the Lab does not show.
"""

import json
import re
from pathlib import Path


def prefix(page: str) -> str:
    """What stands before the number of a figure: that of the chapter, or the name of a page without one.

    >>> prefix("09_contangle"), prefix("who_wins"), prefix("index")
    ('9', 'who-wins', 'front')
    """
    chapter = re.match(r"0*(\d+)_", page)
    return chapter[1] if chapter else "front" if page == "index" else page.replace("_", "-")


def captions(notebook: Path) -> dict[str, str]:
    """Markdown below each computed figure of a notebook, by the source of its cell.

    Figures are counted as in the book. The name in brackets is what the Lab shows in place of a reference.
    """
    found = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if figure := cell["metadata"].get("mystnb", {}).get("figure"):
            number = f"**Fig. {prefix(notebook.stem)}.{len(found) + 1}**"
            found["".join(cell["source"])] = f"{number} ({figure['name']}) {figure['caption']}"
    return found


def show(result) -> None:
    """The caption of a cell that JupyterLab has run; the book and the tests send no id of a cell."""
    from IPython import get_ipython
    from IPython.display import Markdown, display

    if "cellId" in get_ipython().kernel.get_parent().get("metadata", {}) and result.success:
        for notebook in sorted(Path().glob("*.ipynb")):
            if caption := captions(notebook).get(result.info.raw_cell):
                display(Markdown(caption))


def show_in(shell) -> None:
    """Have a kernel show captions from now on; elsewhere there is nobody to read them."""
    if hasattr(shell, "kernel"):
        shell.events.register("post_run_cell", show)
