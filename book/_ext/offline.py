"""The built book needs no network, no server and no kernel: it can be read from a memory stick."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # where the chapters find their drawings, too

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


def set_mathjax(app, config):
    # Drawn as SVG, formulas need no web fonts, which Firefox refuses to load from file://.
    config.mathjax_path = "mathjax/startup.js"


def drop_widget_state(app, pagename, templatename, context, doctree):
    # myst-nb stores the state of every slider in the page, where without a kernel nothing reads it.
    context["script_files"][:] = [
        script
        for script in context["script_files"]
        if getattr(script, "attributes", {}).get("type") != WIDGET_STATE
    ]


def setup(app):
    app.connect("config-inited", set_mathjax)
    app.connect("html-page-context", drop_widget_state, priority=900)  # when all have added theirs
    return {"parallel_read_safe": True, "parallel_write_safe": True}
