"""What a live figure is to a notebook and to a page: a picture, sliders, and the spec for the scripts."""

import base64
import io
import json
from html import escape

import matplotlib as mpl
import numpy as np

from .style import CASE_TITLES, DPI, INK, ON_DARK, UNSTABLE, VERMILION, dashes
from .svg import WIDTH, Drawing

RESOLUTION = {"curves": 241, "maps": 61}  # points along an axis


class Embedded:
    """A figure with ``spec``, ``alt``, ``picture()`` and ``widget()``, as a notebook displays it."""

    def html(self) -> str:
        """What the built page holds: the spec, and the picture that stands where no script runs."""
        kind, width, content = encoded(self.picture())
        data = base64.b64encode(content).decode()
        image = (
            f'<img class="live-static" alt="{escape(self.alt)}" width="{width}" '
            f'src="data:image/{kind};base64,{data}">'
        )
        return f'<div class="live" data-live="{escape(json.dumps(self.spec))}">{image}</div>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        widget = self.widget()
        views = widget._repr_mimebundle_() if widget else {}
        return views | {"text/html": self.html(), "text/plain": self.alt}


def encoded(picture) -> tuple[str, int, bytes]:
    """Kind, width in pixels of the page, and content of a matplotlib figure or a ``Drawing``.

    >>> encoded(Drawing("<svg/>"))
    ('svg+xml', 390, b'<svg/>')
    """
    if isinstance(picture, Drawing):
        return "svg+xml", WIDTH, picture.encode()
    buffer = io.BytesIO()
    picture.savefig(buffer, format="png", dpi=2 * DPI)  # sharp on dense screens
    return "png", round(picture.get_figwidth() * DPI), buffer.getvalue()


def looks(styles: dict[str, dict]) -> dict:
    """From styles of matplotlib: colour on white and on black, dashes, label and short title of each line.

    >>> from omcore.figures.kit.style import CASE_STYLES
    >>> looks(CASE_STYLES)["cw"]["title"]
    'CW driven'
    """
    return {
        name: {
            "label": look["label"],
            "title": CASE_TITLES.get(name, look["label"]),
            "light": look["color"],
            "dark": ON_DARK.get(look["color"], look["color"]),
            "dashes": dashes(look["linestyle"]),
        }
        for name, look in styles.items()
    }


def colours() -> dict:
    """The colours of maps: a scale, and those for negative and for missing numbers."""
    scale = [mpl.colors.to_hex(c) for c in mpl.colormaps["viridis"](np.linspace(0, 1, 32))]
    diverging = [mpl.colors.to_hex(c) for c in mpl.colormaps["RdBu_r"](np.linspace(0, 1, 65))]
    return {
        "scale": scale,
        "diverging": diverging,
        "negative": VERMILION,
        "missing": UNSTABLE["facecolor"],
        "ink": INK,
    }
