"""The buttons of a page lead to the repository that the book is built from, so a fork has its own.

The address is that of the environment variable BOOK_REPOSITORY_URL or, where there is none, of
git's remote "origin". A clone without a public address has no buttons, and none is invented.
A chapter that is downloaded from its page says where the library is that it imports.
"""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

from sphinx.errors import ConfigError

BINDER = "https://mybinder.org"
# What stands before the host, a user, a password or a token, is never published.
PUBLIC = re.compile(
    r"(?:\w+://)?(?:[^/@]+@)?(github\.com|gitlab\.com)(?::\d+/|[:/])([^/:]+(?:/[^/:]+?)+)(?:\.git)?/?"
)


def public_address(remote: str) -> str:
    """The web address of a git remote on a known public host, "" for any other remote.

    >>> public_address("git@github.com:someone/book.git")
    'https://github.com/someone/book'
    >>> public_address("https://user:secret@gitlab.com/group/part/book/")
    'https://gitlab.com/group/part/book'
    >>> public_address("/home/someone/github.com/book")
    ''
    """
    found = PUBLIC.fullmatch(remote.strip())
    return f"https://{found[1]}/{found[2]}" if found else ""


def origin(folder) -> str:
    """The remote "origin" of the clone in this very folder, "" if it has none or is no clone."""
    command = ["git", f"--git-dir={folder / '.git'}", "remote", "get-url", "origin"]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except FileNotFoundError:  # a machine without git
        return ""


def set_buttons(app, config):
    given = os.environ.get("BOOK_REPOSITORY_URL")
    address = public_address(origin(app.srcdir) if given is None else given)
    if given and not address:
        raise ConfigError(
            f"BOOK_REPOSITORY_URL = {given!r} is no repository on github.com or gitlab.com; "
            "give its address, or an empty one for a book without buttons"
        )
    config.book_repository = address
    if address:
        config.html_theme_options |= {
            "repository_url": address,
            "repository_branch": "HEAD",  # whatever the fork calls its main branch
            "use_repository_button": True,
            "use_issues_button": True,
        }
    if address.startswith("https://github.com/"):
        config.html_theme_options["launch_buttons"] |= {"binderhub_url": BINDER}


ROCKET = "open a chapter with the rocket button above, where there is one, or "


def name_the_rocket(app, docname, source):
    """A page speaks of the button that opens Binder only where it stands."""
    stands = app.config.book_repository.startswith("https://github.com/")
    said = ROCKET.replace(", where there is one,", "") if stands else ""
    source[0] = source[0].replace(ROCKET, said)


NOTE = """> **To run this chapter** you need the library `omcore`, which is on no package index, and the
drawings; both come with the sources of the book{}. In their folder type `make lab`, and open the chapter
there; or type `pip install ".[{}]"`, put this file into their folder `book`, and open it in a Jupyter of
your own."""


def tell_downloads(app, exception):
    """The notebooks that pages offer for download begin with how to get the library."""
    if exception or app.builder.format != "html":
        return
    project = tomllib.loads((Path(app.srcdir) / "pyproject.toml").read_text("utf-8"))["project"]
    where = f", at <{app.config.book_repository}>" if app.config.book_repository else ""
    text = NOTE.format(where, ",".join(project["optional-dependencies"]))
    note = {"cell_type": "markdown", "id": "how-to-get-omcore", "metadata": {}, "source": text}
    for file in (Path(app.outdir) / "_sources").rglob("*.ipynb"):
        notebook = json.loads(file.read_text("utf-8"))
        others = [cell for cell in notebook["cells"] if cell["id"] != note["id"]]
        notebook["cells"] = [note, *others]
        file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


def setup(app):
    # As a value of the configuration: with another address every page is read anew.
    app.add_config_value("book_repository", "", "env")
    app.connect("config-inited", set_buttons)
    app.connect("source-read", name_the_rocket)
    app.connect("build-finished", tell_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
