"""What the Hamiltonian is about: two modes of light, a disc that breathes, and atoms, as SVG."""

import omcore as om

from ..kit.style import DARK, GREY, PAIR_STYLES
from ..kit.svg import (
    CCW,
    CW,
    Drawing,
    arrow,
    circle,
    cloud,
    drawing,
    head,
    line,
    path,
    resonator,
    taper,
    text,
)

ATOMS, MIRROR = PAIR_STYLES["a", "m"]["color"], PAIR_STYLES["undriven", "m"]["color"]


def draw() -> Drawing:
    """The parts of the model, each with its rates, and what couples them."""
    x, y, rim = 120, 130, 62
    breath = [
        circle(x, y, rim + 9, "none", MIRROR, 1.6, "3 4"),
        line(x, y - rim - 15, x, y - rim - 26, MIRROR, 2),
        head(x, y - rim - 27, -90, MIRROR),
        text(x, 24, "the rim breathes: q, ω_{m}", 14, fill=MIRROR),
    ]
    atoms = [
        *cloud(242, y, 20, 38, ATOMS),
        text(272, y - 28, "atoms: c,", 14, "start", ATOMS),
        text(272, y - 10, "frequency ω_{a},", 14, "start", ATOMS),
        text(272, y + 8, "loss γ_{a}", 14, "start", ATOMS),
        line(x + rim + 14, y, 220, y, DARK, 2),
        head(221, y, 0, DARK),
        head(x + rim + 13, y, 180, DARK),
        text(207, y - 12, "G_{a}", 14, fill=DARK),
    ]
    laser = [
        path(taper(y + 78, 378), GREY, 3.5),
        arrow(14, 58, y + 100, CCW),
        text(14, y + 122, "laser: ε", 14, "start", CCW),
        arrow(332, 376, y + 100, GREY),
        text(376, y + 122, "light leaks out: κ", 14, "end", DARK),
    ]
    key = [
        line(14, 284, 44, 284, CCW, 2.4),
        text(52, 289, "CCW light: frequency ω_{ccw}", 14, "start", CCW),
        line(14, 308, 44, 308, CW, 2.4, "7 4"),
        text(52, 313, "CW light: frequency ω_{cw}", 14, "start", CW),
        text(14, 337, "light of either kind pushes the rim: G_{0}", 14, "start", DARK),
        text(14, 361, "light and atoms exchange quanta: G_{a}", 14, "start", DARK),
        text(14, 385, "the breathing is damped: γ_{m}", 14, "start", MIRROR),
    ]
    rates = ("kappa", "gamma_a", "gamma_m")
    meanings = "; ".join(om.QUANTITIES[name].meaning for name in rates)
    return drawing(
        400,
        "The parts of the resonator and what couples them",
        "A spinning disc with light in both directions, a fibre that brings light from a laser and takes "
        "light out, atoms beside the disc that exchange quanta with both kinds of light, and a rim that "
        f"breathes and that the light pushes. What is lost: {meanings}.",
        *resonator(x, y, rim),
        *breath,
        *atoms,
        *laser,
        *key,
    )
