"""What the search page shows of a page is text: formulas in letters, no TeX.

Sphinx fetches each page that is found, which a page opened as a file may not do, and cuts its excerpt
from the source of the formulas. Here the texts of all pages stand in one script, ``excerpts.js``, which
the search page alone loads; ``search.js`` cuts from it.
"""

import json
import re
from pathlib import Path

from bs4 import BeautifulSoup
from docutils.utils.math import tex2unichar as tables
from docutils.utils.math.latex2mathml import functions

SIGNS = {
    **functions, **tables.mathalpha, **tables.mathord, **tables.mathop, **tables.mathbin,
    **tables.mathrel, **tables.mathopen, **tables.mathclose, **tables.mathpunct, **tables.space,
    "hbar": "ħ", "sqrt": "√", "dots": "…", "mid": "|", "lvert": "|", "rvert": "|", "qquad": " ",
    "min": "min", "max": "max",
}  # fmt: skip
PART = r"(\{(?:[^{}]|\{[^{}]*\})*\}|\w)"  # what one side of a fraction may be
NOT_TEXT = ".headerlink, script, style, button, summary, .cell_input, .live, .doctest"


def spoken(tex: str) -> str:
    r"""A formula in a line of text.

    >>> spoken(r"\tilde\Delta_j = G_0q_\mathrm{s}"), spoken(r"\tfrac{4\sqrt2}3r"), spoken(r"E_{a-m}\,\%")
    ('Δ_j = G_0q_s', '4√2/3r', 'E_a-m %')
    """
    tex = re.sub(rf"\\[dt]?frac\s*{PART}\s*{PART}", r"\1/\2", tex)
    tex = re.sub(r"\\(?:begin|end|label|tag)\{[^}]*\}|\\\\|&", " ", tex)
    tex = re.sub(r"\\([A-Za-z]+)\s?", lambda command: SIGNS.get(command[1]) or "", tex)
    tex = re.sub(r"\\[,;:! ]", " ", tex)
    return " ".join(re.sub(r"[\\{}$]", "", tex).split())


def text(html: str) -> str:
    r"""The words of a page.

    >>> text(r'<article>At <span class="math">\(\omega_m\)</span><script>x</script>, see.</article>')
    'At ω_m, see.'
    """
    article = BeautifulSoup(html, "html.parser").find("article")
    if not article:
        return ""
    for other in article.select(NOT_TEXT):
        other.decompose()
    for formula in article.select(".math"):
        formula.replace_with(spoken(re.sub(r"\\[()\[\]]", "", formula.get_text())))
    return " ".join(article.get_text().split())


def write_texts(app, exception):
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {name: text((out / f"{name}.html").read_text("utf-8")) for name in app.env.found_docs}
    script = f"const EXCERPTS = {json.dumps(pages, ensure_ascii=False)};\n"
    (out / "_static" / "excerpts.js").write_text(script, "utf-8")


def add_scripts(app, pagename, templatename, context, doctree):
    if pagename == "search":
        app.add_js_file("excerpts.js")
        app.add_js_file("search.js")


def setup(app):
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write_texts, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
