"""Pictures that are sharp on dense screens: as SVG, or as PNG with twice the dots, whichever is smaller.

The kernel of the build draws both. Each picture stands in the page in the size that it was drawn for.
"""

import base64
import hashlib
import os
import re
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes
from PIL import Image

from drawings.kit.style import DPI

CONFIG = """c.InlineBackend.figure_formats = {"svg", "retina"}\n"""


def set_kernel(app, config):
    folder = Path(app.outdir).parent / ".ipython"
    (folder / "profile_default").mkdir(parents=True, exist_ok=True)
    (folder / "profile_default" / "ipython_config.py").write_text(CONFIG)
    os.environ["IPYTHONDIR"] = str(folder)


# ---- which of the two


def choose_smaller(app, doctree):
    for bundle in doctree.findall(nodes.container):
        if bundle.get("nb_element") == "mime_bundle":
            kinds = {part.get("mime_type"): part for part in bundle.children}
            both = [kinds.get("image/svg+xml"), kinds.get("image/png")]
            if all(both):
                bundle.remove(max(both, key=lambda part: weight(app, part)))


def weight(app, part) -> float:
    """Bytes as they will be shipped. An SVG that holds a raster is no sharper than that: it weighs most."""
    (image,) = part.findall(nodes.image)
    file = file_of(app, image["uri"])
    size = file.stat().st_size
    if file.suffix == ".png":
        return size / (PALETTE if size > HEAVY else 1)
    return float("inf") if b"<image" in file.read_bytes() else size


def file_of(app, uri: str) -> Path:
    """An address of an image in a page's source: from the root of the book, or of the disc."""
    return max((Path(app.srcdir) / uri.lstrip("/"), Path(uri)), key=Path.exists)


# ---- on the page


def width(file: Path) -> int | None:
    """Pixels of the page that a picture was drawn for, from its dots per inch or its points."""
    if file.suffix == ".png":
        with Image.open(file) as picture:
            return round(picture.width * DPI / picture.info.get("dpi", (DPI, DPI))[0])
    points = re.search(r'<svg[^>]*?\bwidth="([\d.]+)pt"', file.read_text("utf-8"))
    return round(float(points[1]) * DPI / 72) if points else None


INSIDE = re.compile(r"data:image/(png|svg)(\+xml)?;base64,")  # a picture within the page


def place(app, pagename, templatename, context, doctree):
    """Pictures in their size; one under a live figure in a file of its own, loaded when it is seen."""
    sources = {name: uri for uri, name in app.builder.images.items()}
    body = BeautifulSoup(context.get("body", ""), "html.parser")
    for image in body.select("img"):
        name = image["src"].rpartition("/")[2]
        if name in sources and (across := width(file_of(app, sources[name]))):
            image["width"] = across
            image["style"] = f"--drawn: {across}px"  # a height of its own would squeeze it
        if kind := INSIDE.match(image["src"]):
            picture = base64.b64decode(image["src"].partition(",")[2])
            name = f"_images/{hashlib.sha256(picture).hexdigest()[:24]}.{kind[1]}"
            (Path(app.outdir) / name).parent.mkdir(exist_ok=True)
            (Path(app.outdir) / name).write_bytes(picture)
            image["src"] = "../" * pagename.count("/") + name
            image["loading"] = "lazy"
    if "body" in context:
        context["body"] = str(body)


# ---- fewer colours

HEAVY = 60_000  # bytes
COLOURS = 128  # enough for a map and its letters
PALETTE = 3  # times smaller is a picture of so few colours


def fewer_colours(app, exception):
    """PNGs of maps, with a palette: a third of the bytes."""
    if exception or app.builder.format != "html":
        return
    for file in (Path(app.outdir) / "_images").glob("*.png"):
        if file.stat().st_size > HEAVY:
            with Image.open(file) as picture:
                if picture.mode != "P":
                    density = picture.info.get("dpi", (2 * DPI, 2 * DPI))
                    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
                    few.save(file, optimize=True, dpi=density)


def setup(app):
    app.connect("config-inited", set_kernel)
    app.connect("doctree-read", choose_smaller)
    app.connect("html-page-context", place)
    app.connect("build-finished", fewer_colours, priority=900)  # when the pictures are copied
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
