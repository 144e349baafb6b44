"""Pictures that are sharp on dense screens: as SVG, or as PNG with twice the dots, whichever is smaller.

The kernel of the build draws both. Each picture stands in the page in the size that it was drawn for.
"""

import os
import re
import struct
from pathlib import Path

from docutils import nodes
from PIL import Image

from drawings.kit.style import DPI

CONFIG = """c.InlineBackend.figure_formats = {"svg", "retina"}\n"""
IMAGE = re.compile(r'<img(?P<rest>(?=[^>]*src="[./]*_images/(?P<name>[^"]+)")[^>]*?)\s*/?>')


def set_kernel(app, config):
    folder = Path(app.outdir).parent / ".ipython"
    (folder / "profile_default").mkdir(parents=True, exist_ok=True)
    (folder / "profile_default" / "ipython_config.py").write_text(CONFIG)
    os.environ["IPYTHONDIR"] = str(folder)


def choose_smaller(app, doctree):
    for bundle in doctree.findall(nodes.container):
        if bundle.get("nb_element") == "mime_bundle":
            kinds = {part.get("mime_type"): part for part in bundle.children}
            both = [kinds.get(f"image/{kind}") for kind in ("svg+xml", "png")]
            if all(both):
                bundle.remove(max(both, key=lambda part: weight(app, part)))


def weight(app, part) -> float:
    """Bytes as they will be shipped. An SVG that holds a raster is no sharper than that: it weighs most."""
    (image,) = part.findall(nodes.image)
    picture = file_of(app, image["uri"]).read_bytes()
    if picture.startswith(b"\x89PNG"):
        return len(picture) / (PALETTE if len(picture) > HEAVY else 1)
    return float("inf") if b"<image" in picture else len(picture)


def file_of(app, uri: str) -> Path:
    """An address of an image in a page's source: from the root of the book, or of the disc."""
    return max((Path(app.srcdir) / uri.lstrip("/"), Path(uri)), key=Path.exists)


def width(picture: bytes) -> int | None:
    """Pixels of the page that a picture was drawn for, from its dots per inch or its points.

    >>> width(b'<?xml version="1.0"?><svg height="72pt" width="144pt">')
    220
    >>> width(b'<svg width="390">') is None
    True
    """
    if picture.startswith(b"\x89PNG"):
        dots = re.search(rb"pHYs(.{8})", picture, re.DOTALL)
        across = struct.unpack(">I", picture[16:20])[0]
        density = struct.unpack(">I", dots[1][:4])[0] * 0.0254 if dots else DPI
        return round(across * DPI / density)
    points = re.search(rb'<svg[^>]*?\bwidth="([\d.]+)pt"', picture)
    return round(float(points[1]) * DPI / 72) if points else None


def set_widths(app, pagename, templatename, context, doctree):
    sources = {name: uri for uri, name in app.builder.images.items()}

    def sized(tag):
        if tag["name"] not in sources:
            return tag[0]
        across = width(file_of(app, sources[tag["name"]]).read_bytes())
        if across is None:
            return tag[0]
        rest = re.sub(r' style="[^"]*"', "", tag["rest"])  # a height of its own would squeeze it
        return f'<img{rest} width="{across}" style="--drawn: {across}px">'

    if "body" in context:
        context["body"] = IMAGE.sub(sized, context["body"])


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
    app.connect("html-page-context", set_widths)
    app.connect("build-finished", fewer_colours, priority=900)  # when the pictures are copied
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
