"""Fig. 6: two ways to couple atoms to the resonator, as SVG."""

from ..kit.style import CASE_STYLES, GLASS, GREY, INK, MIRROR, PAIR_STYLES, PALE
from ..kit.svg import Drawing, arrow, circle, cloud, drawing, head, line, path, tag, text, words

CW, CCW = CASE_STYLES["cw"]["color"], CASE_STYLES["ccw"]["color"]
ATOMS = PAIR_STYLES["a", "m"]["color"]


def draw() -> Drawing:
    """Fig. 6: two ways to couple atoms to the resonator, seen along the axis of rotation.

    Light that runs to the right in the fiber below the resonator enters its counter-clockwise mode.

    >>> draw().count("<title>")
    1
    """
    resonator = [*_resonator(120, 100), text(120, 202, "tapered fiber", 13, fill=GREY)]
    trap = {"fill": "none", "stroke": ATOMS, "stroke_dasharray": "4 3"}
    mirror = {"y": 160, "width": 8, "height": 36, "rx": 2, "fill": MIRROR, "stroke": INK}
    taper = "M12 178 H60 C 90 178 95 167 120 167 S 150 178 180 178 H"  # bends up to the rim
    direct = [
        text(12, 22, "(a) direct coupling", 15, "start"),
        *resonator,
        path(taper + "378", GREY, 3.5),
        tag("ellipse", cx=226, cy=100, rx=27, ry=46, **trap),
        *cloud(226, 100, 20, 38, ATOMS),
        *words(266, 84, "atoms in a", "magnetic or", "optical trap", fill=ATOMS),
    ]
    indirect = [
        text(12, 22, "(b) indirect coupling", 15, "start"),
        *resonator,
        path(taper + "236", GREY, 3.5),
        path("M308 178 H378", GREY, 3.5),
        *(tag("rect", x=x, **mirror) for x in (234, 302)),
        *cloud(272, 178, 17, 11, ATOMS),
        *words(
            272, 112, "atoms in a fiber-based", "Fabry–Perot cavity", anchor="middle", fill=ATOMS
        ),
    ]
    drives = [
        arrow(14, 58, 205, CCW),
        text(14, 226, "drives CCW", 13, "start", CCW),
        arrow(376, 332, 205, CW),
        text(376, 226, "drives CW", 13, "end", CW),
    ]
    return drawing(
        500,
        "Two set-ups that couple atoms to a spinning resonator",
        "(a) Direct: trapped atoms beside the resonator, in its evanescent field. (b) Indirect: atoms "
        "between the two mirrors of a fiber cavity; the same fiber, tapered, touches the resonator. "
        "Light from the left drives the counter-clockwise mode, from the right the clockwise one.",
        *direct,
        *drives,
        line(12, 248, 378, 248, PALE, 1),
        tag("g", *indirect, *drives, transform="translate(0 250)"),
    )


def _resonator(x, y, r=62):
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
