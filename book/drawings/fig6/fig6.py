"""Fig. 6: two ways to couple atoms to the resonator, as SVG."""

from ..kit.style import GREY, INK, MIRROR, PAIR_STYLES, PALE
from ..kit.svg import (
    CCW,
    CW,
    Drawing,
    arrow,
    cloud,
    drawing,
    line,
    path,
    resonator,
    tag,
    taper,
    text,
    words,
)

ATOMS = PAIR_STYLES["a", "m"]["color"]


def draw() -> Drawing:
    """Fig. 6: two ways to couple atoms to the resonator, seen along the axis of rotation.

    Light that runs to the right in the fiber below the resonator enters its counter-clockwise mode.
    """
    disc = [*resonator(120, 100), text(120, 202, "tapered fiber", 13, fill=GREY)]
    trap = {"fill": "none", "stroke": ATOMS, "stroke_dasharray": "4 3"}
    mirror = {"y": 160, "width": 8, "height": 36, "rx": 2, "fill": MIRROR, "stroke": INK}
    direct = [
        text(12, 22, "(a) direct coupling", 15, "start"),
        *disc,
        path(taper(178, 378), GREY, 3.5),
        tag("ellipse", cx=226, cy=100, rx=27, ry=46, **trap),
        *cloud(226, 100, 20, 38, ATOMS),
        *words(266, 84, "atoms in a", "magnetic or", "optical trap", fill=ATOMS),
    ]
    indirect = [
        text(12, 22, "(b) indirect coupling", 15, "start"),
        *disc,
        path(taper(178, 236), GREY, 3.5),
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
