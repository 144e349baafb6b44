"""The model in the browser, on the pages that need it, with the library's own metadata.

A page whose text holds ``data-live`` gets the scripts of ``_static/live``, in the order in which they
need one another. The first, ``metadata.js``, is written at build time.
``model`` holds the twins of the library's files, ``page`` what a reader sees and moves.
"""

import re
from html import escape
from pathlib import Path

from docutils import nodes

from drawings.kit.live import VIEWS
from drawings.kit.metadata import script

MARK = "data-live"
FOLDER = "live"
METADATA = "metadata.js"
MODEL = """complex polynomials roots parameters resonator displacements systems linear statics response
    steady_state gaussian homodyne solution outputs evolution"""
PAGE = """labels plot grids lines numbers_table map branches locus resonances spectrum matrix ellipses
    pair switched_on winners numbers state controls grips experiment words take sheet show panels keep desk
    device figure terms predict"""
SCRIPTS = (
    METADATA,
    *(f"model/{name}.js" for name in MODEL.split()),
    *(f"page/{name}.js" for name in PAGE.split()),
)
OF_KIND = {  # scripts that only some kinds of figures need, and which
    "model/evolution.js": "evolution",
    "model/homodyne.js": "experiment",
    "page/branches.js": "branches",
    "page/device.js": "device",
    "page/ellipses.js": "noise pair evolution",
    "page/experiment.js": "experiment",
    "page/locus.js": "locus",
    "page/matrix.js": "matrix",
    "page/pair.js": "pair",
    "page/resonances.js": "resonances",
    "page/spectrum.js": "spectrum",
    "page/switched_on.js": "evolution",
    "page/winners.js": "winners",
}
KINDS = set(" ".join(OF_KIND.values()).split())
STYLE = "page/live.css"
SHEET = Path(__file__).parents[1] / "_templates" / "live.html"  # of each figure, empty
ALT = re.compile(r'(<img class="live-static" alt=")[^"]*')


def write_metadata(app):
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static" / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        (folder / METADATA).write_text(script(), encoding="utf-8")


def add_scripts(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    if MARK in body:
        there = {kind for kind in KINDS if escape(f'"kind": "{kind}"') in body}
        there |= {"device"} if 'class="live-device"' in body else set()
        there |= {kind for kind in KINDS if escape(f'"{kind}": "{VIEWS.get(kind)}"') in body}
        for name in SCRIPTS:
            if name not in OF_KIND or there.intersection(OF_KIND[name].split()):
                app.add_js_file(f"{FOLDER}/{name}")
        app.add_css_file(f"{FOLDER}/{STYLE}")
        context["body"] += SHEET.read_text(encoding="utf-8")


def describe_pictures(app, doctree):
    """The description in a cell's metadata goes to the picture that stands where no script runs."""
    for cell in doctree.findall(nodes.container):
        alt = cell.get("cell_metadata", {}).get("mystnb", {}).get("image", {}).get("alt")
        for html in cell.findall(nodes.raw) if alt else ():
            if MARK in html.astext():
                before, image, after = ALT.split(html.astext(), maxsplit=1)
                html.rawsource = f"{before}{image}{escape(alt)}{after}"
                html.children = [nodes.Text(html.rawsource)]


def setup(app):
    # As a value of the configuration: with another list every page is written anew.
    app.add_config_value("live_files", [*SCRIPTS, STYLE], "html")
    app.connect("builder-inited", write_metadata)
    app.connect("doctree-read", describe_pictures)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
