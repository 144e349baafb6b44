"""Figs. 1(a), 1(b) and 6 as drawings: SVG text made by code, so that the numbers are computed.

Each function returns a ``Drawing``: a string of SVG that a notebook shows as a picture. No text
is smaller than 12 pixels on a screen 390 pixels wide, subscripts apart.
"""

import numpy as np

from ..conventions import opposite
from ..parameters import Parameters
from ..sagnac import cavity_detunings, sagnac_shift
from ..solution import Solution
from .style import CASE_STYLES, PAIR_STYLES
from .svg import (
    GREY,
    INK,
    WIDTH,
    Drawing,
    arrow,
    circle,
    cloud,
    drawing,
    head,
    line,
    number,
    path,
    spread,
    tag,
    text,
    words,
)

CW, CCW = CASE_STYLES["cw"]["color"], CASE_STYLES["ccw"]["color"]
ATOMS = PAIR_STYLES["a", "m"]["color"]
PIXELS_PER_E = 80  # width of an edge for a logarithmic negativity of 1
THINNEST, THICKEST = 0.8, 40.0  # pixels, of an edge that is there at all
TOP, AXIS = 74, 188  # heights of the peaks and of the axis in Fig. 1(b)


def fig1a(s: Solution) -> Drawing:
    """Fig. 1(a): the four modes; each edge is as wide as the entanglement of its pair.

    Edges with E_N < 0.01 all have the smallest width that can be seen; dotted ones have E_N = 0.

    Parameters
    ----------
    s : Solution of a single point

    Raises
    ------
    ValueError
        If the solution is a sweep.

    Examples
    --------
    >>> import omcore as om
    >>> "0.1362" in fig1a(om.solve(om.PAPER))
    True
    """
    _refuse_sweep(s.stable.shape)
    drive = s.parameters.drive
    at = {"driven": (46, 46), "undriven": (344, 46), "a": (195, 350), "m": (195, 178)}
    cavity = {
        "driven": (drive.upper(), "driven"),
        "undriven": (opposite(drive).upper(), "undriven"),
    }
    names = cavity | {"a": ("atoms",), "m": ("mirror",)}

    edges, labels, listed = [], [], []
    for pair, look in PAIR_STYLES.items():
        (x1, y1), (x2, y2) = (at[mode] for mode in pair)
        E = float(s.log_negativity(*pair))
        if E > 0:
            width = min(max(PIXELS_PER_E * E, THINNEST), THICKEST)
            edges.append(line(x1, y1, x2, y2, look["color"], f"{width:.2f}"))
        else:
            edges.append(line(x1, y1, x2, y2, GREY, 1.5, "2 5"))
        label = "–" if np.isnan(E) else f"{E:.4f}" if E > 0 else "0"
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        box = {"width": 54, "height": 22, "rx": 5, "fill": "white", "stroke": "#d0d0d0"}
        labels += [tag("rect", x=x - 27, y=y - 11, **box), text(x, y + 5, label)]
        listed.append(f"{look['label']} {label}")
    nodes = []
    for mode, (x, y) in at.items():
        nodes.append(circle(x, y, 36, "#f3f5f8", INK, 1.5))
        middle = (len(names[mode]) - 1) / 2
        nodes += [text(x, y + 5 + 17 * (k - middle), name) for k, name in enumerate(names[mode])]
    note = "Edge width: E_{N}; dotted: none" if s.stable else "Unstable: no steady state"
    return drawing(
        424,
        "Entanglement between the four modes",
        f"{drive.upper()} mode driven. Logarithmic negativity of each pair: {'; '.join(listed)}.",
        *edges,
        *labels,
        *nodes,
        text(195, 412, note, 13, fill=GREY),
    )


def fig1b(p: Parameters) -> Drawing:
    """Fig. 1(b): where the resonances lie, measured from the laser in units of omega_m.

    Each resonance is a Lorentzian of its own decay rate, all of one height. The detunings are
    those with the mirror undisplaced, the same in both readings of the mean field.

    Raises
    ------
    ValueError
        If the parameters are a sweep.

    Examples
    --------
    >>> from omcore import PAPER
    >>> sheet = fig1b(PAPER)
    >>> "4.21" in sheet and "0.79" in sheet
    True
    """
    _refuse_sweep(p.shape)
    w, shift = p.omega_m, sagnac_shift(p) / p.omega_m
    Delta = {mode: float(value / w) for mode, value in cavity_detunings(p).items()}
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


def fig6() -> Drawing:
    """Fig. 6: two ways to couple atoms to the resonator, seen along the axis of rotation.

    Light that runs to the right in the fiber below the resonator enters its counter-clockwise mode.

    >>> fig6().count("<title>")
    1
    """
    resonator = [*_resonator(120, 100), text(120, 202, "tapered fiber", 13, fill=GREY)]
    trap = {"fill": "none", "stroke": ATOMS, "stroke_dasharray": "4 3"}
    mirror = {"y": 160, "width": 8, "height": 36, "rx": 2, "fill": "#9fb4c7", "stroke": INK}
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
        line(12, 248, 378, 248, "#d0d0d0", 1),
        tag("g", *indirect, *drives, transform="translate(0 250)"),
    )


def _resonator(x, y, r=62):
    """A disc with its two modes, spinning counter-clockwise on the screen."""
    spin = f"M{x + 24} {y + 11} A 26 26 0 1 0 {x - 24} {y + 11}"
    return [
        circle(x, y, r, "#e9eff5", INK, 1.6),
        circle(x, y, r - 7, "none", CCW, 2.2),
        circle(x, y, r - 13, "none", CW, 2.2, "7 4"),
        head(x, y + r - 7, 0, CCW),
        head(x, y - r + 13, 0, CW),
        path(spin, INK, 1.8),
        head(x - 24, y + 11, 72, INK),
        text(x, y + 1, "Ω", 17, style="italic"),
        text(x, y + 20, "spins", 12),
    ]


def _refuse_sweep(shape):
    if shape:
        raise ValueError(f"a sweep of shape {shape} was given; a drawing shows a single point")
