"""The resonator of the schematic drawings, seen along the axis of rotation, as SVG."""

from .style import CASE_STYLES, GLASS, INK
from .svg import circle, head, path, text

CW, CCW = CASE_STYLES["cw"]["color"], CASE_STYLES["ccw"]["color"]


def taper(y, end):
    """SVG commands of a fibre from the left at height y, which bends up to the rim at x = 120."""
    return f"M12 {y} H60 C 90 {y} 95 {y - 11} 120 {y - 11} S 150 {y} 180 {y} H{end}"


def resonator(x, y, r=62):
    """A disc with its two modes, spinning counter-clockwise on the screen.

    >>> len(resonator(100, 100))
    9
    """
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
