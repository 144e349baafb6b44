"""The model in the browser, on the pages that need it, with the library's own metadata.

A page whose text holds ``data-live`` gets the scripts of ``_static/live``, in the order in which they
need one another. The first, ``parameters.js``, is written at build time: it is what ``omcore.metadata`` says.
"""

from pathlib import Path

from omcore.metadata import script

MARK = "data-live"
FOLDER = "live"
METADATA = "parameters.js"
SCRIPTS = (
    METADATA,
    "numerics.js",
    "system.js",
    "response.js",
    "covariance.js",
    "gaussian.js",
    "solution.js",
)


def write_metadata(app):
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static" / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        (folder / METADATA).write_text(script(), encoding="utf-8")


def add_scripts(app, pagename, templatename, context, doctree):
    if MARK in context.get("body", ""):
        for name in SCRIPTS:
            app.add_js_file(f"{FOLDER}/{name}")


def setup(app):
    app.connect("builder-inited", write_metadata)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
