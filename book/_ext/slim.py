"""The built book weighs little: of MathJax and the icons, only what the pages use is shipped.

What comes from packages is copied by Sphinx and cut here, after each build. A cut that does not fit
a package's next version cuts nothing: then the tests of the weight fail, and no page. A symbol
that was cut away and is used all the same, MathJax draws in a font of the reader's system.
"""

import logging
import re
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

logging.getLogger("fontTools").setLevel(logging.WARNING)

# ---- formulas

MATHJAX = (  # what _config.yml has the loader load, and what that needs
    "startup.js",
    "core.js",
    "input/tex.js",
    "output/svg.js",
    "output/svg/fonts/tex.js",
    "a11y/assistive-mml.js",
)
RANGES = (  # symbols of the font that stay
    (0x20, 0x17F),
    (0x2B0, 0x3FF),  # accents, Greek
    (0x2000, 0x20FF),
    (0x2100, 0x214F),  # h-bar, ell
    (0x2190, 0x21D4),  # arrows
    (0x2200, 0x22C6),  # operators
    (0x2300, 0x23FF),  # parts of tall brackets
    (0x27E8, 0x27FF),  # angle brackets, long arrows
    (0x1D400, 0x1D467),  # bold and italic letters
    (0x1D5A0, 0x1D5D3),  # letters without serifs
    (0x1D6A8, 0x1D71B),  # bold and italic Greek
    (0xE000, 0xF8FF),  # parts that the font names itself
)
UNUSED = (  # alphabets of the font that go
    "frakturBold", "fraktur", "monospace", "sansSerifBold", "sansSerifItalic", "scriptBold",
    "texCalligraphicBold", "texMathit", "texOldstyleBold", "texOldstyle",
)  # fmt: skip
GLYPH = re.compile(r'(\d+):(?:"[^"]*"|\[[^\]]*\])')
ALPHABET = re.compile(
    r"(?P<head>\bT\.(?P<name>\w+)=)"
    r"(?P<body>\(0,\w+\.AddPaths\)\(\w+\.\w+,\{[^{}]*\},\{[^{}]*\}\)|\{\d+:\[[^;]*?\]\})"
)
OBJECT = re.compile(r"\{\d+:(?:[^{}]|\{\w+:[^{}]*\})*\}")


def fewer_symbols(script: str) -> str:
    """MathJax's font without the alphabets that no formula of the book uses.

    >>> fewer_symbols('T.fraktur={33:[.7,0,.3]}},T.bold={33:[.7,0,.3,{ic:.1}],64256:[.7,0,.6]}}')
    'T.fraktur={}},T.bold={33:[.7,0,.3,{ic:.1}]}}'
    """

    def kept(font, table):
        entries = [
            entry[0]
            for entry in GLYPH.finditer(table)
            if font not in UNUSED and any(a <= int(entry[1]) <= b for a, b in RANGES)
        ]
        return "{" + ",".join(entries) + "}"

    def cut(found):
        return found["head"] + OBJECT.sub(lambda o: kept(found["name"], o[0]), found["body"])

    return ALPHABET.sub(cut, script)


# ---- icons

ICON = re.compile(
    r'(?P<name>"[a-z0-9-]+"|[a-z0-9]+):\[\d+,\d+,(?P<aliases>\[[^\]]*\]),"[0-9a-f]+",(?:"[^"]*"|\[[^\]]*\])\],?'
)
ICON_RULE = re.compile(r'(?:\.fa-[a-z0-9-]+:{1,2}before,?)+\{content:"[^"]*"\}')
CODE = re.compile(r"\\(?:u)?([ef][0-9a-f]{3})\b")


def fewer_icons(script: str, used: set[str]) -> str:
    """The script that draws icons, with those in use.

    >>> icons = '{sun:[1,1,[],"f1","M0"],"old-moon":[1,1,[9,"moon"],"f2","M1"],bus:[1,1,[],"f3","M2"]}'
    >>> fewer_icons(icons, {"sun", "moon"})
    '{sun:[1,1,[],"f1","M0"],"old-moon":[1,1,[9,"moon"],"f2","M1"],}'
    """

    def keep(icon):
        names = {icon["name"].strip('"'), *re.findall(r'"([^"]+)"', icon["aliases"])}
        return icon[0] if names & used else ""

    return ICON.sub(keep, script)


def slim_icons(static: Path, pages: list[Path]):
    script, style = static / "scripts/fontawesome.js", static / "styles/pydata-sphinx-theme.css"
    if not (script.exists() and style.exists()):
        return
    users = [*pages, *(p for p in static.glob("scripts/*.js") if p != script)]
    used = {n for p in users for n in re.findall(r"\bfa-([a-z0-9-]+)", p.read_text("utf-8"))}
    script.write_text(fewer_icons(script.read_text("utf-8"), used), "utf-8")
    style.write_text(ICON_RULE.sub("", style.read_text("utf-8")), "utf-8")
    styles = "".join(p.read_text("utf-8") for p in static.rglob("*.css"))
    slim_font(static, style, {int(code, 16) for code in CODE.findall(styles)})


def slim_font(static: Path, style: Path, codes: set[int]):
    """The icons that the theme's style sheets name, in a font of their own."""
    fonts = static / "vendor/fontawesome/webfonts"
    for old in fonts.glob("*.ttf"):
        font = TTFont(old)
        cutter = subset.Subsetter()
        cutter.populate(unicodes=codes)
        cutter.subset(font)
        font.flavor = "woff"
        font.save(old.with_suffix(".woff"))
    text = re.sub(
        r'url\(([^)]*webfonts/[\w-]+)\.woff2\) format\("woff2"\),url\([^)]*\.ttf\) format\("truetype"\)',
        r'url(\1.woff) format("woff")',
        style.read_text("utf-8"),
    )
    style.write_text(text, "utf-8")
    for old in [*fonts.glob("*.ttf"), *fonts.glob("*.woff2")]:
        old.unlink()


# ---- all of it


def slim(app, exception):
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    mathjax = static / "mathjax"
    for file in [f for f in mathjax.rglob("*") if f.is_file()]:
        if file.relative_to(mathjax).as_posix() not in MATHJAX:
            file.unlink()
    for folder in sorted((f for f in mathjax.rglob("*") if f.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    if (font := mathjax / "output/svg/fonts/tex.js").exists():
        font.write_text(fewer_symbols(font.read_text("utf-8")), "utf-8")
    for source_map in static.rglob("*.map"):
        source_map.unlink()
    shutil.rmtree(static / "locales", ignore_errors=True)  # the theme's words in other languages
    for page in Path(app.outdir).rglob("*.html"):
        drop_search_index(page)
    slim_icons(static, list(Path(app.outdir).rglob("*.html")))


SEARCH = re.compile(
    r'\s*<script src="[./]*(?:_static/searchtools|_static/language_data|searchindex)\.js"></script>'
)


def only_where_needed(app, pagename, templatename, context, doctree):
    """Cards and tabs have scripts and styles that most pages need not load."""
    if 'class="sd-' not in context.get("body", ""):
        for kind in ("script_files", "css_files"):
            context[kind][:] = [f for f in context[kind] if "design" not in str(f.filename)]


def drop_search_index(page: Path):
    """The theme loads the index for results as you type, which are off, on every page."""
    text = page.read_text("utf-8")
    if page.name != "search.html" and SEARCH.search(text):
        page.write_text(SEARCH.sub("", text), "utf-8")


def setup(app):
    app.connect("html-page-context", only_where_needed, priority=900)
    app.connect("build-finished", slim, priority=900)  # after all have copied theirs
    return {"parallel_read_safe": True, "parallel_write_safe": True}
