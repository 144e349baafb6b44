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
PUBLIC = re.compile(
    r"(?:https?://|ssh://)?"
    r"(?:[^/@]+@)?"  # a user, a password or a token: never published
    r"(?P<host>github\.com|gitlab\.com)"
    r"(?::\d+/|[:/])"
    r"(?P<path>[^/:]+(?:/[^/:]+?)+)"
    r"(?:\.git)?/?"
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
    return f"https://{found['host']}/{found['path']}" if found else ""


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
    address = app.config.html_theme_options.get("repository_url") or ""
    stands = address.startswith("https://github.com/")
    said = ROCKET.replace(", where there is one,", "") if stands else ""
    source[0] = source[0].replace(ROCKET, said)


NOTE = "how-to-get-omcore"


def how_to_get(address: str, extras) -> str:
    """What a downloaded chapter says before all else.

    >>> print(how_to_get("", ["figures", "sweep"]))
    > **To run this chapter** you need the library `omcore`, which is on no package index: it comes
    with the sources of the book. In their folder type `make lab`, ... `pip install ".[figures,sweep]"`...
    """
    where = f", at <{address}>" if address else ""
    return (
        "> **To run this chapter** you need the library `omcore`, which is on no package index: it "
        f"comes with the sources of the book{where}. In their folder type `make lab`, and open the "
        "chapter there; or type "
        f'`pip install ".[{",".join(extras)}]"`, and open it in a Jupyter of your own.'
    )


def tell_downloads(app, exception):
    """The notebooks that pages offer for download begin with how to get the library."""
    if exception or app.builder.format != "html":
        return
    project = tomllib.loads((Path(app.srcdir) / "pyproject.toml").read_text("utf-8"))["project"]
    text = how_to_get(app.config.book_repository, project["optional-dependencies"])
    note = {"cell_type": "markdown", "id": NOTE, "metadata": {}, "source": [text]}
    for file in (Path(app.outdir) / "_sources").rglob("*.ipynb"):
        notebook = json.loads(file.read_text("utf-8"))
        others = [cell for cell in notebook["cells"] if cell.get("id") != NOTE]
        notebook["cells"] = [note, *others]
        file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


def setup(app):
    # As a value of the configuration: with another address every page is read anew.
    app.add_config_value("book_repository", "", "env")
    app.connect("config-inited", set_buttons)
    app.connect("source-read", name_the_rocket)
    app.connect("build-finished", tell_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
