"""The few pieces of SVG that the schematic drawings are made of, as plain strings.

No text is smaller than 12 pixels on a screen 390 pixels wide, subscripts apart.
"""

import re
from html import escape

import numpy as np

from .style import CASE_STYLES, GLASS, INK, WHITE

WIDTH = 390  # of every drawing: that of a phone
CW, CCW = CASE_STYLES["cw"]["color"], CASE_STYLES["ccw"]["color"]


class Drawing(str):
    """SVG text that a notebook displays."""

    def _repr_svg_(self):
        return str(self)


def drawing(height, title, description, *parts) -> Drawing:
    """A whole SVG on white, with its text alternatives."""
    sheet = [
        tag("title", escape(title)),
        tag("desc", escape(description)),
        tag("rect", width=WIDTH, height=height, fill=WHITE),
    ]
    content = "".join(f"{part}\n" for part in (*sheet, *parts))
    return Drawing(
        tag(
            "svg",
            f"\n{content}",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            role="img",
            font_family="system-ui, sans-serif",
        )
    )


def tag(name, *content, **attributes):
    """An element; underscores become hyphens, None leaves an attribute out.

    >>> tag("line", x1=0.25, stroke_width=2, fill=None)
    '<line x1="0.2" stroke-width="2"></line>'
    """
    given = "".join(
        f' {key.replace("_", "-")}="{_short(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(content)}</{name}>"


def line(x1, y1, x2, y2, colour, width, dashes=None):
    """A straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return tag("line", **ends, stroke=colour, stroke_width=str(width), stroke_dasharray=dashes)


def path(d, colour, width, dashes=None):
    """An open path along the SVG commands ``d``."""
    return tag("path", d=d, fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dashes)


def circle(x, y, r, fill, colour=None, width=None, dashes=None):
    """A disc or a ring."""
    rim = {"stroke": colour, "stroke_width": width, "stroke_dasharray": dashes}
    return tag("circle", cx=x, cy=y, r=str(r), fill=fill, **rim)


def head(x, y, angle, colour):
    """The head of an arrow, turned clockwise by ``angle`` degrees from pointing right."""
    where = f"translate({float(x):.1f} {float(y):.1f}) rotate({angle:.0f})"
    return tag("polygon", points="7,0 -5,-6 -5,6", fill=colour, transform=where)


def arrow(x1, x2, y, colour):
    """A horizontal arrow from x1 to x2."""
    forward = 1 if x2 > x1 else -1
    shaft = line(x1, y, x2 - 6 * forward, y, colour, 2.2)
    return shaft + head(x2 - 7 * forward, y, 90 - 90 * forward, colour)


def text(x, y, content, size=14, anchor="middle", fill=INK, style=None):
    """Text at a point; ``Δ_{c}`` becomes an italic letter with a subscript."""
    parts, back = [], ""  # after a subscript, the next piece goes back up to the line
    for plain, letter, index in re.findall(r"(.*?)(?:(\S)_\{(.*?)\}|$)", content):
        if plain:
            parts.append(f"<tspan{back}>{escape(plain)}</tspan>")
            back = ""
        if letter:
            parts.append(f'<tspan{back} font-style="italic">{letter}</tspan>')
            parts.append(f'<tspan dy="4" font-size="0.75em">{escape(index)}</tspan>')
            back = ' dy="-4"'
    look = {"font_size": size, "text_anchor": anchor, "fill": fill, "font_style": style}
    return tag("text", *parts, x=x, y=y, **look)


def words(x, y, *lines, anchor="start", fill=INK):
    """Lines of small text below each other."""
    return [text(x, y + 17 * k, content, 13, anchor, fill) for k, content in enumerate(lines)]


def cloud(x, y, rx, ry, colour, n=34):
    """Dots on a spiral of golden angles: evenly spread, the same at each call."""
    k = np.arange(n) + 0.5
    radius, angle = np.sqrt(k / n), k * np.pi * (3 - np.sqrt(5))
    return [
        circle(x + rx * a, y + ry * b, 2.1, colour)
        for a, b in zip(radius * np.cos(angle), radius * np.sin(angle), strict=True)
    ]


def taper(y, end):
    """SVG commands of a fibre from the left at height y, which bends up to the rim at x = 120."""
    return f"M12 {y} H60 C 90 {y} 95 {y - 11} 120 {y - 11} S 150 {y} 180 {y} H{end}"


def resonator(x, y, r=62):
    """A disc with its two modes, spinning counter-clockwise on the screen."""
    spin = f"M{x + 24} {y + 11} A 26 26 0 1 0 {x - 24} {y + 11}"
    return [
        circle(x, y, r, GLASS, INK, 1.6),
        circle(x, y, r - 7, "none", CCW, 2.2),
        circle(x, y, r - 13, "none", CW, 2.2, "7 4"),
        head(x, y + r - 7, 0, CCW),
        head(x, y - r + 13, 0, CW),
        path(spin, INK, 1.8),
        head(x - 24, y + 11, 72, INK),
        text(x, y + 1, "Ω", 17, style="italic"),
        text(x, y + 20, "spins", 12),
    ]


def spread(places, gap):
    """Where to put labels: near their places, ``gap`` apart and inside the drawing.

    >>> spread([100, 100, 300], 50)
    array([ 75., 125., 300.])
    """
    order = np.argsort(places, kind="stable")
    ranks = gap * np.arange(len(places))
    wanted = np.array(places, dtype=float)[order] - ranks  # far enough apart where it never falls
    right, left = np.maximum.accumulate(wanted), np.minimum.accumulate(wanted[::-1])[::-1]
    spread = np.clip((right + left) / 2, gap / 2, WIDTH - gap / 2 - ranks[-1]) + ranks
    return spread[np.argsort(order)]


def refuse_sweep(shape):
    """A drawing shows one point: a ValueError for the shape of a sweep."""
    if shape:
        raise ValueError(f"a sweep of shape {shape} was given; a drawing shows a single point")


def number(x, digits=2):
    """A number with a true minus sign."""
    return f"{round(x, digits) + 0.0:.{digits}f}".replace("-", "−")


def _short(value):
    """Numbers to a tenth of a pixel, the rest as it is."""
    if isinstance(value, str):
        return escape(value)
    return f"{round(float(value), 1):g}"
