"""The drawing of the device, as HTML: it stands where no script runs, and follows the numbers of ``device``.

Each number is a custom property of the whole drawing, each word has a place that bears its name; the style
sheet, ``page/live.css``, moves and colours what they belong to. ``page/device.js`` writes both anew.
"""

from html import escape

import numpy as np

from . import device
from .device import AXIS, LEFT, MODES, NAMES, RADIUS, RIGHT, TOP
from .embed import on_dark
from .style import CASE_STYLES, PAIR_STYLES
from .svg import circle, cloud, head, path, tag

WIDTH, HEIGHT, INK = 240, 220, "currentColor"
INKS = {
    "ccw": CASE_STYLES["ccw"]["color"],
    "cw": CASE_STYLES["cw"]["color"],
    "a": PAIR_STYLES["a", "m"]["color"],
    "m": PAIR_STYLES["undriven", "m"]["color"],
}
NODES = {
    "driven": (32, 34),
    "undriven": (208, 34),
    "m": (120, 96),
    "a": (120, 188),
}  # in the view of links
SCALES = """
    Light and atoms are brighter by a fifth for each factor ten, from 10⁶ quanta, the faintest, to 10¹¹,
    the brightest. A link is 6 pixels wide for each 0.1 of E, from a hairline to 30 pixels; where E = 0
    there is none. The ring is slowed down 30 000 times, the breathing of its rim 20 million times, and
    neither is drawn faster than two turns a second; light runs at a pace of its own. The push of the light
    takes the rim out by 2 pixels for each factor ten of q. It breathes by its noise: by 1 pixel in the
    vacuum, and by 1 more for each factor ten of the variance. The resonances stand where the pushed rim
    leaves them, as wide as they decay, and are filled where a laser shines in.
"""


def html(name, cases, first, p, reading) -> str:
    """The device of a figure at p, where its first case is set, with {case: label} to choose from."""
    numbers, words = device.drawn(p, reading)
    follow = "; ".join(f"--{key}: {value:.4g}" for key, value in numbers.items())
    views = {"device": resonator(words), "links": links(words), "lines": spectrum(words)}
    look = {
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "font-family": "system-ui, sans-serif",
        "font-size": "14",
    }
    drawings = "".join(
        tag("svg", *parts, **look, **{"class": f"device-{view}", "aria-hidden": "true"})
        for view, parts in views.items()
    )
    where = f'<legend>The device at <span data-say="where">{words["where"]}</span></legend>'
    hold = '<div class="live-buttons"><button type="button" aria-pressed="false">Hold still</button></div>'
    image = f'<div class="device-views" role="img" aria-label="{escape(words["sentence"])}">{drawings}</div>'
    return f"""<div class="live-device" style="{follow}">
        <fieldset class="device-case">{where}{choices(f"device-{name}", cases, first)}</fieldset>
        <fieldset class="device-view">{choices(f"view-{name}", views, "device")}</fieldset>
        {image}{hold}</div>
      <details class="device-scales"><summary>What brightness, width and speed mean</summary>
        <p>{" ".join(SCALES.split())}</p></details>"""


def choices(name, options, chosen) -> str:
    """Buttons of which one is pressed: for {value: label}, or for values that are words themselves."""
    buttons = []
    for value in options:
        label = options[value] if isinstance(options[value], str) else value
        given = f'name="{name}" value="{escape(value)}"' + (" checked" if value == chosen else "")
        buttons.append(
            f'<label class="live-tick"><input type="radio" {given}> {escape(label)}</label>'
        )
    return "".join(buttons)


# ---- pieces


def ink(mode) -> dict:
    """The colour of a mode, or of a pair of them, on white and in the dark."""
    colour = INKS[mode] if isinstance(mode, str) else PAIR_STYLES[mode]["color"]
    return {"style": f"--day: {colour}; --night: {on_dark(colour)}"}


def group(name, *parts, **more):
    """Parts that the style sheet knows by a name."""
    return tag("g", *parts, **{"class": name or None}, **more)


def fixed(x, y, words, anchor="middle", **more):
    """Words that stay."""
    return tag("text", escape(words), x=x, y=y, text_anchor=anchor, fill=INK, **more)


def say(words, key, x, y, anchor="middle", **more):
    """Words that follow the reader."""
    return fixed(x, y, words[key], anchor, **{"data-say": key}, **more)


# ---- the three views


def resonator(words) -> list[str]:
    """The ring, its light, the laser at its coupler, and the atoms at its rim."""
    x, y, turns = 76, 108, np.arange(8) * np.pi / 4
    spokes = "".join(
        f"M{17 * c:.1f} {17 * s:.1f}L{28 * c:.1f} {28 * s:.1f}"
        for c, s in zip(np.cos(turns), np.sin(turns), strict=True)
    )
    rim = [
        group("glass", circle(0, 0, RADIUS, INK)),
        group("turning", path(spokes, INK, 2)),
        light("ccw", 42),
        light("cw", 35),
        circle(0, 0, RADIUS, "none", INK, 2),
    ]
    rest = group("rest", circle(0, 0, RADIUS, "none", INK, 1, "2 3"))
    arrow = group("sense", path("M11 -5 A 12 12 0 1 0 -11 5", INK, 2), head(-10, 7, 60, INK))
    return [
        group("", rest, group("rim", *rim), arrow, transform=f"translate({x} {y})"),
        say(words, "spin", 2, 31, "start"),
        *coupler(words, x, y + RADIUS + 18),
        group("cloud", *cloud(190, y + 2, 18, 30, INK), **ink("a")),
        group("", say(words, "a", WIDTH - 2, y + 64, "end"), **ink("a")),
        fixed(WIDTH - 2, 31, "photons", "end"),
        group("", say(words, "ccw", WIDTH - 2, 48, "end"), **ink("ccw")),
        group("", say(words, "cw", WIDTH - 2, 65, "end"), **ink("cw")),
        group("", say(words, "rim", 2, 13, "start", font_size=12), **ink("m")),
    ]


def light(mode, r) -> str:
    """Light in one direction: a circle, and three pulses that run, each behind the head of an arrow."""
    turn, long, pulses = (1 if mode == "cw" else -1), 0.9, []
    around = lambda angle: (r * np.cos(angle), turn * r * np.sin(angle))
    for start in 2 * np.pi / 3 * np.arange(3):
        (x1, y1), (x2, y2) = around(start), around(start + long)
        arc = f"M{x1:.1f} {y1:.1f}A{r} {r} 0 0 {int(turn > 0)} {x2:.1f} {y2:.1f}"
        pulses += [path(arc, INK, 4), head(x2, y2, turn * np.degrees(start + long + 1.63), INK)]
    return group(
        f"light {mode}", circle(0, 0, r, "none", INK, 1.5), group("running", *pulses), **ink(mode)
    )


def coupler(words, x, y):
    """The fibre below the ring, and what a laser brings in from either side."""
    sides = {"ccw": (2, -1, 0, "start"), "cw": (WIDTH - 2, 1, 180, "end")}
    fibre, lasers = [], []
    for mode, (end, side, angle, anchor) in sides.items():
        half = (
            f"M{end} {y + 10}H{x + 48 * side}C {x + 22 * side} {y + 10} {x + 22 * side} {y} {x} {y}"
        )
        fibre.append(path(half, INK, 3))
        shaft = [path(half, INK, 4), head(x + 52 * side, y + 10, angle, INK)]
        lasers.append(
            group(
                f"laser {mode}",
                *shaft,
                say(words, f"laser-{mode}", end, y + 32, anchor),
                **ink(mode),
            )
        )
    return [group("fibre", *fibre), *lasers]


def links(words) -> list[str]:
    """The four modes, and between each two a link as wide as their entanglement."""
    edges, labels, nodes = [], [], []
    for pair in PAIR_STYLES:
        key, ((x1, y1), (x2, y2)) = "E-{}-{}".format(*pair), (NODES[mode] for mode in pair)
        edge = tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK)
        edges.append(group(f"link {key}", edge, **ink(pair)))
        labels.append(say(words, key, (x1 + x2) / 2, (y1 + y2) / 2 + 5))
    for mode, (x, y) in NODES.items():
        if mode in NAMES:
            names = [fixed(x, y + 5, NAMES[mode])]
        else:
            names = [
                say(words, mode, x, y - 1),
                say(words, f"role-{mode}", x, y + 14, font_size=11),
            ]
        nodes.append(group("node", circle(x, y, 30, INK, INK, 1.5), *names))
    none = group("none", say(words, "none", 120, 147))
    return [*edges, *nodes, group("labels", *labels), none]


def lorentzian() -> str:
    """A resonance at 0 with half width 1, as a path of SVG; the style sheet puts it where it is."""
    x = np.tan(np.linspace(-1.57, 1.57, 81))  # steps of one length along its phase
    points = zip(x, AXIS - (AXIS - TOP) / (1 + x**2), strict=True)
    return "M" + "L".join(f"{a:.4g} {b:.1f}" for a, b in points)


def spectrum(words) -> list[str]:
    """The resonances of both cavity modes and of the atoms, seen from the laser."""
    parts = []
    for k, mode in enumerate(MODES):
        line = group("curve", tag("path", d=lorentzian(), fill=INK, stroke=INK))
        lead = group("lead", path(f"M0 {18 + 16 * k}V{TOP}", INK, 1))
        name = group("name", say(words, f"at-{mode}", 0, 14 + 16 * k))
        parts.append(group(f"resonance {mode}", line, lead, name, **ink(mode)))
    for name, word in (("minus", "−ωₘ"), ("plus", "+ωₘ")):
        upright = path(f"M0 {TOP + 34}V{AXIS}", INK, 1.5, "5 4")
        parts.append(group(f"sideband {name}", upright, fixed(0, AXIS + 17, word)))
    return [
        *parts,
        group("laser-line", path(f"M0 {TOP - 4}V{AXIS}", INK, 3), fixed(0, AXIS + 34, "laser")),
        path(f"M{LEFT} {AXIS}H{RIGHT}", INK, 1.4),
        fixed(WIDTH / 2, AXIS + 53, "frequency from the laser"),
    ]
