"""What the search page shows of a page is text: formulas in letters, no TeX.

Sphinx fetches each page that is found, which a page opened as a file may not do, and cuts its excerpt
from the source of the formulas. Here the texts of all pages stand in one script, ``excerpts.js``, which
the search page alone loads; ``search.js`` cuts from it.
"""

import json
import re
import unicodedata
from pathlib import Path

from bs4 import BeautifulSoup

SIGNS = {
    "hbar": "ħ", "ell": "ℓ", "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "le": "≤", "ge": "≥",
    "ll": "≪", "gg": "≫", "approx": "≈", "neq": "≠", "propto": "∝", "sim": "∼", "to": "→", "infty": "∞",
    "sqrt": "√", "sum": "∑", "int": "∫", "partial": "∂", "langle": "⟨", "rangle": "⟩", "dagger": "†",
    "otimes": "⊗", "in": "∈", "dots": "…", "cdots": "…", "star": "⋆", "lvert": "|", "rvert": "|",
    "mid": "|", "quad": " ", "qquad": " ",
}  # fmt: skip
FUNCTIONS = ("ln", "log", "exp", "min", "max", "det", "sin", "cos", "tan", "coth", "arg")
PART = r"(\{(?:[^{}]|\{[^{}]*\})*\}|\w)"  # what one side of a fraction may be
NOT_TEXT = ".headerlink, script, style, button, summary, .cell_input, .live"


def letter(name: str) -> str:
    """What a command of TeX shows: a Greek letter, a sign, the name of a function, or nothing of its own.

    >>> letter("Delta"), letter("omega"), letter("ln"), letter("mathrm")
    ('Δ', 'ω', 'ln', '')
    """
    if name in SIGNS:
        return SIGNS[name]
    if name in FUNCTIONS:
        return name
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    plain = {"varphi": "phi", "varepsilon": "epsilon", "lambda": "lamda"}.get(name, name)
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {plain.upper()}")
    except KeyError:
        return ""


def spoken(tex: str) -> str:
    r"""A formula in a line of text.

    >>> spoken(r"\tilde\Delta_j = G_0q_\mathrm{s}"), spoken(r"\tfrac{4\sqrt2}3r"), spoken(r"E_{a-m}\,\%")
    ('Δ_j = G_0q_s', '4√2/3r', 'E_a-m %')
    """
    tex = re.sub(rf"\\[dt]?frac\s*{PART}\s*{PART}", r"\1/\2", tex)
    tex = re.sub(r"\\(?:begin|end|label|tag)\{[^}]*\}|\\\\|&", " ", tex)
    tex = re.sub(r"\\([A-Za-z]+)\s?", lambda command: letter(command[1]), tex)
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
    mend_titles(out / "searchindex.js")


def mend_titles(index: Path):
    """Headings with formulas are found and shown as text, too."""
    before, body, after = re.fullmatch(
        r"(\w+\.\w+\()(.*)(\)\s*)", index.read_text("utf-8"), re.DOTALL
    ).groups()
    found = json.loads(body)
    found["titles"] = [spoken(title) for title in found["titles"]]
    found["alltitles"] = {spoken(title): places for title, places in found["alltitles"].items()}
    index.write_text(before + json.dumps(found, ensure_ascii=False) + after, "utf-8")


def add_scripts(app, pagename, templatename, context, doctree):
    if pagename == "search":
        app.add_js_file("excerpts.js")
        app.add_js_file("search.js")


def setup(app):
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write_texts, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
