"""One look for all figures: colour-blind-safe colours, a line style for each case, opaque white."""

from contextlib import contextmanager

import matplotlib as mpl
import matplotlib.pyplot as plt

# Colours of Okabe and Ito.
BLACK, WHITE = "#000000", "#ffffff"
BLUE, VERMILION, GREEN, PINK, ORANGE, SKY = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
)  # fmt: skip
# Tol's muted colours, for modes and pairs of modes.
WINE, INDIGO, ROSE, FOREST, TEAL, OLIVE = (
    "#882255", "#332288", "#CC6677", "#117733", "#44AA99", "#8A8A2B",
)  # fmt: skip
SLATE, (UMBER, SIENNA, SAND) = "#4F6D7A", ("#3F2A14", "#8A5A2B", "#C18A4E")
INK, DARK, GREY, MIDDLE, PALE, FAINT = (
    "#1a1a1a", "#555555", "#6b6b6b", "#888888", "#d9d9d9", "#f2f2f2",
)  # fmt: skip
PALE_BLUE, PALE_ORANGE = "#A9CDE6", "#F3C6A5"
EMBERS = ("#FBD9BD", "#E07B39", "#7A1F00")  # of a map of growth, from slow to fast
MIRROR, GLASS, SHEET = "#9fb4c7", "#e9eff5", "#f3f5f8"  # things in a schematic drawing

# Each case has its own line style too, so that no colour is needed.
CASE_STYLES = {
    "stationary": {"color": BLACK, "linestyle": "-", "label": "stationary"},
    "cw": {"color": VERMILION, "linestyle": "--", "label": "spinning, CW driven"},
    "ccw": {"color": BLUE, "linestyle": "-.", "label": "spinning, CCW driven"},
}
OTHER_STYLES = {  # of a line beside its case: with light from the other side, too
    "stationary": {"color": GREEN, "linestyle": (0, (6, 1.5, 1, 1.5))},
    "cw": {"color": PINK, "linestyle": ":"},
    "ccw": {"color": ORANGE, "linestyle": (0, (6, 1.5, 1, 1.5, 1, 1.5))},
}
SWITCHED_OFF = {"color": MIDDLE, "linestyle": (0, (5, 2))}  # without something, for comparison
FOUR_STYLES = CASE_STYLES | {
    "both": OTHER_STYLES["stationary"] | {"label": "at rest, light from both sides"}
}
CASE_TITLES = {"stationary": "stationary", "cw": "CW driven", "ccw": "CCW driven"}

_DASH_DOT_DOT, _SPARSE = (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (1.5, 3))
# The six pairs of modes; green shades are those of the undriven mode.
PAIR_STYLES = {
    ("a", "m"): {"color": WINE, "linestyle": "-", "linewidth": 2.6, "label": "atoms–mirror"},
    ("driven", "m"): {"color": INDIGO, "linestyle": "--", "label": "driven–mirror"},
    ("driven", "a"): {"color": ROSE, "linestyle": "-.", "label": "driven–atoms"},
    ("undriven", "m"): {"color": FOREST, "linestyle": ":", "linewidth": 2.4, "label": "undriven–mirror"},
    ("undriven", "a"): {"color": TEAL, "linestyle": _DASH_DOT_DOT, "label": "undriven–atoms"},
    ("driven", "undriven"): {"color": OLIVE, "linestyle": _SPARSE, "label": "driven–undriven"},
}  # fmt: skip
COUPLING_STYLES = {  # each with the look of the pair that it couples
    "coupling": PAIR_STYLES["driven", "m"] | {"label": "|G|, driven–mirror"},
    "coupling_undriven": PAIR_STYLES["undriven", "m"] | {"label": "|G|, undriven–mirror"},
    "coupling_atoms": PAIR_STYLES["driven", "a"] | {"label": "Gₐ, atoms–light"},
}
MODE_STYLES = {
    "driven": {"color": INDIGO, "linestyle": "--", "label": "driven mode"},
    "a": {"color": WINE, "linestyle": "-", "label": "atoms"},
    "m": {"color": SLATE, "linestyle": ":", "label": "mirror"},
}
READING_STYLES = {
    "self-consistent": {"color": UMBER, "marker": "o", "label": "self-consistent"},
    "bare-detuning": {"color": SIENNA, "marker": "D", "label": "bare-detuning"},
    "effective-detuning": {"color": SAND, "marker": "^", "label": "effective detuning on the axes"},
}  # fmt: skip
ON_DARK = {  # what a line of that colour has on a dark page
    BLACK: "#f2f2f2", BLUE: SKY, VERMILION: "#F08A4B", WINE: "#DD77AA", INDIGO: "#8F8AE6",
    FOREST: "#5DB56F", OLIVE: "#C9C95A", SLATE: "#9FBCCB", UMBER: "#F3E3CF", SIENNA: "#D9A66B",
    SAND: "#A97B4A",
    **{colour: colour for colour in (GREEN, PINK, ORANGE, ROSE, TEAL, MIDDLE)},  # bright enough
}  # fmt: skip
THREE_LINES = [  # three values of a parameter
    {"color": colour, "linestyle": line}
    for colour, line in zip((UMBER, SIENNA, SAND), ("-", "--", "-."), strict=True)
]
MEANINGS = {  # of the colours of lines, and what the keys of live figures call them: one colour, one meaning
    BLACK: ("the resonator at rest, or what is set", r"stationary|at rest, light from one side|as set"
            r"|sliders stand|^stable|Sagnac shift|^laser|cavity without the shift|positions|momenta"),
    VERMILION: ("clockwise", r"\bCW (driven|mode)"),
    BLUE: ("counter-clockwise", r"\bCCW (driven|mode)"),
    GREEN: ("at rest, light from both sides", r"light (from both sides|as you set it)|both sides at rest"),
    PINK: ("clockwise, light from both sides", r"both sides CW"),
    ORANGE: ("counter-clockwise, light from both sides", r"both sides CCW"),
    WINE: ("atoms, also with the mirror", r"^atoms|atoms–mirror"),
    INDIGO: ("driven mode, also with the mirror", r"^driven mode|(?<!un)driven–mirror"),
    FOREST: ("undriven mode with the mirror", r"undriven–mirror"),
    ROSE: ("driven mode with the atoms", r"(?<!un)driven–atoms|atoms–light"),
    TEAL: ("undriven mode with the atoms", r"undriven–atoms"),
    OLIVE: ("driven and undriven mode", r"driven–undriven"),
    SLATE: ("mirror", r"^mirror"),
    MIDDLE: ("for comparison, or no steady state",
             r"vacuum|sidebands|transmission|unstable|no backscattering"),
    UMBER: ("one of several values", ""), SIENNA: ("one of several values", ""),
    SAND: ("one of several values", ""),
}  # fmt: skip
GUIDE = {"color": MIDDLE, "linewidth": 1.0, "linestyle": ":"}  # a line that marks a place
EDGE = {"color": DARK, "linewidth": 1.0}  # a line that marks a bound
UNSTABLE = {"facecolor": FAINT, "edgecolor": "#9a9a9a", "linewidth": 0.0, "hatch": "////"}

DPI = 110  # so a figure 8 inches wide is 880 pixels of a page wide

_RC = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e6e6e6",
    "lines.linewidth": 1.8,
    "legend.frameon": False,
    "mathtext.fontset": "dejavusans",
    "hatch.linewidth": 0.8,
    "hatch.color": UNSTABLE["edgecolor"],
    "axes.prop_cycle": mpl.cycler(color=[UMBER, SIENNA, SAND, MIDDLE]),
}


@contextmanager
def style():
    """The settings of all figures, while one is drawn; pyplot then lets go of it.

    As a decorator, ``@style()``, or with ``with``.
    """
    before = plt.get_fignums()
    with mpl.rc_context(_RC):
        yield
    for number in plt.get_fignums():
        if number not in before:
            plt.close(number)


def dashes(linestyle, width=2.0) -> list[float]:
    """Lengths of dashes and gaps, as SVG takes them; none for a full line.

    >>> dashes("-"), dashes(":")
    ([], [2.0, 3.3])
    """
    names = {"--": "dashed", "-.": "dashdot", ":": "dotted"}
    if not isinstance(linestyle, str):
        _, pattern = linestyle
    else:
        pattern = mpl.rcParams[f"lines.{names[linestyle]}_pattern"] if linestyle in names else []
    return [round(width * length, 2) for length in pattern]
