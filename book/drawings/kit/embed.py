"""What a live figure is to a notebook and to a page: a picture, sliders, and the spec for the scripts."""

import base64
import io
import json
from html import escape

import matplotlib as mpl
import numpy as np

from .style import CASE_TITLES, DPI, ON_DARK, SIENNA, dashes
from .svg import WIDTH, Drawing

HEAVY = 250_000  # bytes of an SVG
RESOLUTION = {"curves": 241, "maps": 61}  # points along an axis
COARSE = {
    "curves": 61,
    "maps": 21,
}  # with a kernel, while a slider moves: every fourth, every third


class Embedded:
    """A figure with ``spec``, ``alt``, ``picture()`` and ``controls(explore)``, as a notebook displays it."""

    def html(self) -> str:
        """What the built page holds: the spec, and the picture that stands where no script runs."""
        kind, width, content = encoded(self.picture())
        data = base64.b64encode(content).decode()
        image = (
            f'<img class="live-static" alt="{escape(self.alt)}" width="{width}" '
            f'src="data:image/{kind};base64,{data}">'
        )
        spec = escape(json.dumps(self.spec))
        return f'<div class="live full-width" data-live="{spec}">{self.beside()}{image}</div>'

    def beside(self) -> str:
        """What stands above the picture, as HTML."""
        return ""

    def widget(self):
        """The sliders of a reader with a kernel, or None where ipywidgets is not installed."""
        try:
            from .sliders import explore
        except ImportError:
            return None
        return self.controls(explore)

    def _repr_mimebundle_(self, include=None, exclude=None):
        widget = self.widget()
        views = widget._repr_mimebundle_() if widget else {}
        return views | {"text/html": self.html(), "text/plain": self.alt}


def to_laboratory(view, cases, left) -> dict:
    """How the laboratory takes a figure: the view, the case that each line becomes; and what is said of it.

    >>> to_laboratory("", {}, ["squeezing"])["html"]
    '<small>The laboratory has no squeezing.</small>'
    """
    told = escape(", ".join(left))
    html = f"<a>Open in the laboratory</a> <small>without {told}</small>"
    none = f"<small>The laboratory has no {told}.</small>"
    return {"view": view, "cases": cases, "html": html if view else none}


def encoded(picture) -> tuple[str, int, bytes]:
    """Kind, width in pixels of the page, and content of a matplotlib figure or a ``Drawing``.

    As SVG, which is sharp on paper, too; a map, whose SVG would hold a raster or thousands of cells, as PNG.
    """
    if isinstance(picture, Drawing):
        return "svg+xml", WIDTH, picture.encode()
    across, buffer = round(picture.get_figwidth() * DPI), io.BytesIO()
    picture.savefig(buffer, format="svg")
    if b"<image" not in buffer.getvalue() and buffer.tell() < HEAVY:
        return "svg+xml", across, buffer.getvalue()
    buffer = io.BytesIO()
    picture.savefig(buffer, format="png", dpi=1.92 * DPI)  # sharp on dense screens
    return "png", across, buffer.getvalue()


def looks(styles: dict[str, dict]) -> dict:
    """From styles of matplotlib: colour on white and on black, dashes, label and short title of each line.

    >>> from drawings.kit.style import CASE_STYLES
    >>> looks(CASE_STYLES)["cw"]["title"]
    'CW driven'
    """
    return {
        name: {
            "label": look["label"],
            "title": CASE_TITLES.get(name, look["label"]),
            "light": look["color"],
            "dark": on_dark(look["color"]),
            "dashes": dashes(look["linestyle"]),
        }
        for name, look in styles.items()
    }


def on_dark(colour) -> str:
    """What a line of a colour has on a dark page; a ValueError if that was never chosen."""
    if colour not in ON_DARK:
        raise ValueError(
            f"color = {colour}: no colour on a dark page; give it one in kit.style.ON_DARK"
        )
    return ON_DARK[colour]


def colours() -> dict:
    """The colours of maps: scales, and that of negative numbers; of paths, on white and in the dark."""
    some = lambda name, low, high, count: [
        mpl.colors.to_hex(c) for c in mpl.colormaps[name](np.linspace(low, high, count))
    ]
    return {
        "scale": some("viridis", 0, 1, 32),
        "diverging": some("RdBu_r", 0, 1, 65),
        "negative": SIENNA,
        # dots: the ends of the scale that can be told from the ground
        "path": {"light": some("viridis", 0, 0.6, 32), "dark": some("viridis", 0.4, 1, 32)},
    }
