"""Fig. 1(b): the resonances of cavity and atoms, seen from the laser, as SVG."""

import numpy as np

import omcore as om

from ..kit.style import CASE_STYLES, GREY, INK, PAIR_STYLES
from ..kit.svg import (
    WIDTH,
    Drawing,
    arrow,
    drawing,
    line,
    number,
    refuse_sweep,
    spread,
    tag,
    text,
    words,
)

CW, CCW = CASE_STYLES["cw"]["color"], CASE_STYLES["ccw"]["color"]
ATOMS = PAIR_STYLES["a", "m"]["color"]
TOP, AXIS = 74, 188  # heights of the peaks and of the axis


def draw(p: om.Parameters) -> Drawing:
    """Fig. 1(b): where the resonances lie, measured from the laser in units of omega_m.

    Each resonance is a Lorentzian of its own decay rate, all of one height. The detunings are
    those with the mirror undisplaced, the same in both readings of the mean field.

    Raises
    ------
    ValueError
        If the parameters are a sweep.
    """
    refuse_sweep(p.shape)
    w, shift = p.omega_m, om.sagnac_shift(p) / p.omega_m
    Delta = {mode: float(value / w) for mode, value in om.cavity_detunings(p).items()}
    Delta_c = p.Delta_c / w
    resonances = [
        ("Δ_{a}", p.Delta_a / w, p.gamma_a / w, ATOMS, False),
        ("Δ_{cw}", Delta["cw"], p.kappa / w, CW, p.drive == "cw"),
        ("Δ_{ccw}", Delta["ccw"], p.kappa / w, CCW, p.drive == "ccw"),
    ]
    names = [(name, x, colour) for name, x, _, colour, _ in resonances] + [("Δ_{c}", Delta_c, INK)]
    places = [-1.0, 0.0, 1.0, *(x for _, x, _ in names)]
    low, high = min(places) - 0.9, max(places) + 0.9

    def X(x):
        return 12 + (WIDTH - 24) * (x - low) / (high - low)

    values = ", ".join(f"{name} {number(x)}" for name, x, _ in names)
    description = (
        f"In units of the mechanical frequency: {values}; Sagnac shift {number(shift)}. "
        f"The {p.drive.upper()} mode is driven. The sidebands of the laser lie at −1 and +1."
    )
    parts = [
        *(
            part
            for _, *look in resonances
            for part in _resonance(X, np.linspace(low, high, 240), *look)
        ),
        *(line(X(x), AXIS, X(x), TOP + 45, GREY, 1.6, "5 4") for x in (-1, 1)),
        line(X(0), AXIS, X(0), TOP, INK, 3),
        line(X(Delta_c), AXIS, X(Delta_c), TOP, INK, 1.4, "2 3"),
        *_axis(X, low, high),
        *_names(X, names),
    ]
    if abs(X(shift) - X(0)) > 4:
        for mode, colour in (("cw", CW), ("ccw", CCW)):
            parts.append(arrow(X(Delta_c), X(Delta[mode]), AXIS + 66, colour))
        middle = np.clip(X(Delta_c), 60, WIDTH - 60)
        parts.append(text(middle, AXIS + 85, f"Δ_{{F}} = {number(shift)}", 13))
    notes = "frequency from the laser, in units of ω_{m}", "filled: driven; dashed: laser sidebands"
    parts += words(WIDTH / 2, AXIS + 110, *notes, anchor="middle", fill=GREY)
    title = "Resonances of cavity and atoms, seen from the laser"
    return drawing(AXIS + 138, title, description.replace("_{", "").replace("}", ""), *parts)


def _resonance(X, grid, x, rate, colour, driven):
    """A Lorentzian of half width ``rate``; that of the driven mode is filled."""
    grid = np.sort(np.append(grid, x))
    heights = AXIS - (AXIS - TOP) / (1 + ((grid - x) / rate) ** 2)
    curve = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(X(grid), heights, strict=True))
    if driven:
        closed = f"{X(grid[0]):.1f},{AXIS} {curve} {X(grid[-1]):.1f},{AXIS}"
        yield tag("polygon", points=closed, fill=colour, fill_opacity="0.15")
    width = 2.6 if driven else 1.6
    yield tag("polyline", points=curve, fill="none", stroke=colour, stroke_width=width)


def _axis(X, low, high):
    """The axis, its ticks, and below them the laser and its sidebands by name."""
    yield line(8, AXIS, WIDTH - 8, AXIS, INK, 1.4)
    steps = (10**k * n for k in range(9) for n in (1, 2, 5))
    step = next(step for step in steps if step * (X(1) - X(0)) > 26)
    for tick in np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step:
        yield line(X(tick), AXIS, X(tick), AXIS + 5, INK, 1.2)
        yield text(X(tick), AXIS + 19, number(tick, 0), 12)
    below = [("laser", 0.0, INK), ("−ω_{m}", -1.0, GREY), ("+ω_{m}", 1.0, GREY)]
    for (name, _, colour), at in zip(below, spread([X(x) for _, x, _ in below], 40), strict=True):
        yield text(at, AXIS + 39, name, 13, fill=colour)


def _names(X, names):
    """Name and value of each detuning, side by side, and a line from there to its place."""
    for (name, x, colour), at in zip(names, spread([X(x) for _, x, _ in names], 52), strict=True):
        yield line(at, TOP - 21, X(x), TOP - 3, colour, 1)
        yield text(at, TOP - 44, name, 15, fill=colour)
        yield text(at, TOP - 27, number(x), 13, fill=colour)
