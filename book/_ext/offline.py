"""The built book needs no network, no server and no kernel, and weighs little: it fits a memory stick.

Of MathJax and of the theme's icons only what the pages use is shipped. The packages ship no smaller
files, so theirs are cut here, after each build. A cut that does not fit a package's next version cuts
nothing: then the tests of the weight fail, and no page.
"""

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # where the chapters find their drawings, too

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"

# ---- formulas

MATHJAX = (  # what _config.yml has the loader load, and what that needs
    "startup.js",
    "core.js",
    "input/tex.js",
    "output/svg.js",
    "output/svg/fonts/tex.js",
    "a11y/assistive-mml.js",
)
SYMBOLS = (  # of the font, those that stay; another one MathJax draws in a font of the reader's system
    (0x20, 0x22C6),  # Latin, Greek, arrows, operators
    (0x2300, 0x23FF),  # parts of tall brackets
    (0x27E8, 0x27FF),  # angle brackets, long arrows
    (0xE000, 0xF8FF),  # parts that the font names itself
    (0x1D400, 0x1D467),  # bold and italic letters
    (0x1D5A0, 0x1D5D3),  # letters without serifs
    (0x1D6A8, 0x1D71B),  # bold and italic Greek
)
UNUSED = (  # alphabets of the font that go
    "frakturBold", "fraktur", "monospace", "sansSerifBold", "sansSerifItalic", "scriptBold",
    "texCalligraphicBold", "texMathit", "texOldstyleBold", "texOldstyle",
)  # fmt: skip


def fewer_symbols(font: str) -> str:
    """MathJax's font without the symbols that no formula of the book uses.

    >>> fewer_symbols('T.fraktur={33:[.7,0,.3]},T.bold={33:[.7,0,.3,{ic:.1}],64256:[.7,0,.6]}')
    'T.fraktur={},T.bold={33:[.7,0,.3,{ic:.1}],}'
    """

    def cut(alphabet):
        def kept(symbol):
            stays = any(first <= int(symbol[1]) <= last for first, last in SYMBOLS)
            return symbol[0] if stays and alphabet["name"] not in UNUSED else ""

        return re.sub(r'\b(\d+):(?:"[^"]*"|\[[^\]]*\]),?', kept, alphabet[0])

    return re.sub(r"\bT\.(?P<name>\w+)=.*?(?=\bT\.\w+=|$)", cut, font, flags=re.DOTALL)


def ship_mathjax(static: Path):
    package = Path(find_spec("sphinx-mathjax-offline").origin).parent / "static" / "mathjax"
    for name in MATHJAX:
        target = static / "mathjax" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / name, target)
    target = static / "mathjax/output/svg/fonts/tex.js"
    target.write_text(fewer_symbols(target.read_text("utf-8")), "utf-8")


# ---- icons

ICON = re.compile(r'"?([a-z0-9-]+)"?:\[\d+,\d+,(\[[^\]]*\]),"[0-9a-f]+",(?:"[^"]*"|\[[^\]]*\])\],?')
ICON_RULE = re.compile(r'(?:\.fa-[a-z0-9-]+:{1,2}before,?)+\{content:"[^"]*"\}')


def fewer_icons(script: str, used: set[str]) -> str:
    """The script that draws icons, with those in use.

    >>> icons = '{sun:[1,1,[],"f1","M0"],"old-moon":[1,1,[9,"moon"],"f2","M1"],bus:[1,1,[],"f3","M2"]}'
    >>> fewer_icons(icons, {"sun", "moon"})
    '{sun:[1,1,[],"f1","M0"],"old-moon":[1,1,[9,"moon"],"f2","M1"],}'
    """
    return ICON.sub(lambda i: i[0] if used & {i[1], *re.findall(r'"(.+?)"', i[2])} else "", script)


def slim_icons(out: Path):
    script = out / "_static/scripts/fontawesome.js"
    style = out / "_static/styles/pydata-sphinx-theme.css"
    users = [*out.rglob("*.html"), script.with_name("pydata-sphinx-theme.js")]
    used = {n for user in users for n in re.findall(r"\bfa-([a-z0-9-]+)", user.read_text("utf-8"))}
    script.write_text(fewer_icons(script.read_text("utf-8"), used), "utf-8")
    style.write_text(ICON_RULE.sub("", style.read_text("utf-8")), "utf-8")
    shutil.rmtree(out / "_static/vendor", ignore_errors=True)  # fonts of the same icons


# ---- the scripts of live figures

COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*[\s\S]*?\*/)\n", re.MULTILINE)


def without_comments(script: str) -> str:
    """A script without the comments that stand on lines of their own, which a page need not carry.

    >>> without_comments("// What it does.\\na = 1; // one\\n  /** Two. */\\nb = 2;\\n")
    'a = 1; // one\\nb = 2;\\n'
    """
    return COMMENT.sub("", script)


IN_STYLE = re.compile(r"/\*[\s\S]*?\*/\n?|^[ \t]+|(?<=[{};,])\n|(?<=[a-z]:) ", re.MULTILINE)


def lighter(style: str) -> str:
    r"""A style sheet of ours without its comments, and without what only lays it out.

    >>> lighter("/* One. */\np {\n  color: red; /* two */\n}\n")
    'p {color:red; }'
    """
    return IN_STYLE.sub("", style)


# ---- in the build

WITHOUT_SCRIPTS = (
    '<noscript><p class="without-scripts">Scripts are off: formulas stand here as they are written, in TeX, '
    "and figures do not move.</p></noscript>"
)


def set_mathjax(app, config):
    # Drawn as SVG, formulas need no web fonts, which Firefox refuses to load from file://.
    config.mathjax_path = "mathjax/startup.js"


def only_where_needed(app, pagename, templatename, context, doctree):
    """Cards and tabs need files that most pages do without; the state of sliders needs a kernel."""
    cards = 'class="sd-' in context.get("body", "")

    def needed(file):
        state = file.attributes.get("type") == WIDGET_STATE
        return not state and (cards or "design" not in str(file.filename))

    for kind in ("script_files", "css_files"):
        context[kind][:] = filter(needed, context[kind])


def say_what_is_missing(app, pagename, templatename, context, doctree):
    """Without scripts formulas stand as they are written; a line says so."""
    body = context.get("body", "")
    if 'class="math' in body:
        context["body"] = WITHOUT_SCRIPTS + body


def slim(app, exception):
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    ship_mathjax(out / "_static")
    slim_icons(out)
    for script in (out / "_static/live").rglob("*.js"):
        script.write_text(without_comments(script.read_text("utf-8")), "utf-8")
    for style in ("live.css", "book.css"):
        for file in (out / "_static").rglob(style):
            file.write_text(lighter(file.read_text("utf-8")), "utf-8")
    for source_map in out.rglob("*.map"):
        source_map.unlink()
    shutil.rmtree(out / "_static/locales", ignore_errors=True)  # the theme in other languages


def setup(app):
    app.connect("config-inited", set_mathjax)
    app.connect("html-page-context", only_where_needed, priority=900)  # when all have added theirs
    app.connect("html-page-context", say_what_is_missing)
    app.connect("build-finished", slim, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
