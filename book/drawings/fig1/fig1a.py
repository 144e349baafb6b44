"""Fig. 1(a): the four modes and the entanglement of their pairs, as SVG."""

import numpy as np

import omcore as om
from omcore.conventions import opposite

from ..kit.style import GREY, INK, PAIR_STYLES, PALE, SHEET, WHITE
from ..kit.svg import Drawing, circle, drawing, line, refuse_sweep, tag, text

PIXELS_PER_E = 80  # width of an edge for a logarithmic negativity of 1
THINNEST, THICKEST = 0.8, 40.0  # pixels, of an edge that is there at all


def draw(s: om.Solution) -> Drawing:
    """Fig. 1(a): the four modes; each edge is as wide as the entanglement of its pair.

    Edges with E_N < 0.01 all have the smallest width that can be seen; dotted ones have E_N = 0.

    Parameters
    ----------
    s : Solution of a single point

    Raises
    ------
    ValueError
        If the solution is a sweep.
    """
    refuse_sweep(s.stable.shape)
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
        box = {"width": 54, "height": 22, "rx": 5, "fill": WHITE, "stroke": PALE}
        labels += [tag("rect", x=x - 27, y=y - 11, **box), text(x, y + 5, label)]
        listed.append(f"{look['label']} {label}")
    nodes = []
    for mode, (x, y) in at.items():
        nodes.append(circle(x, y, 36, SHEET, INK, 1.5))
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
