"""Seven ways to cut the four modes in two: how entangled they are, and which side steers the other."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om

from ..kit.panels import legend_below
from ..kit.style import CASE_STYLES, EDGE, style

CUTS = (  # one side of each; the mirror is on the other
    ("a",), ("driven",), ("undriven",),
    ("a", "driven"), ("a", "undriven"), ("driven", "undriven"),
    ("a", "driven", "undriven"),
)  # fmt: skip
MODES = ("a", "driven", "undriven", "m")


def data(p=om.PAPER, reading="self-consistent"):
    """All cuts at the three operating points.

    E : case -> array (7,), logarithmic negativity
    by_mirror, of_mirror : case -> array (7,), how much the side with the mirror steers the other, and is
        steered by it
    """
    E, by_mirror, of_mirror = {}, {}, {}
    both = [(side, tuple(mode for mode in MODES if mode not in side)) for side in CUTS]
    for case, q in om.operating_points(p).items():
        s = om.solve(q, reading)
        E[case] = np.array([s.log_negativity(*sides) for sides in both])
        by_mirror[case] = np.array([s.steering(other, side) for side, other in both])
        of_mirror[case] = np.array([s.steering(side, other) for side, other in both])
    return SimpleNamespace(E=E, by_mirror=by_mirror, of_mirror=of_mirror)


def label(side) -> str:
    """A cut in letters: d and u are the driven and the undriven mode.

    >>> label(("a", "driven"))
    'a d | u m'
    """
    letters = lambda modes: " ".join(mode[0] for mode in modes)
    return f"{letters(side)} | {letters(mode for mode in MODES if mode not in side)}"


@style()
def draw(d):
    """Left: entanglement across each cut. Right: steering, by the side with the mirror and of it."""
    place = np.arange(len(CUTS))[::-1]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4.4), sharey=True)
    for up, (case, look) in zip((0.26, 0, -0.26), CASE_STYLES.items(), strict=True):
        bars = {"color": look["color"], "height": 0.22}
        left.barh(place + up, d.E[case], label=look["label"], **bars)
        right.barh(place + up, d.by_mirror[case], **bars)
        right.barh(place + up, -d.of_mirror[case], **bars)
    right.axvline(0, **EDGE)
    right.set(xlim=(-0.02, 0.08), xticks=[-0.02, 0, 0.02, 0.04, 0.06, 0.08])
    right.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}")
    left.set(xlabel="$E$ across the cut", yticks=place, yticklabels=map(label, CUTS))
    right.set_xlabel("right: the side with m steers; left: it is steered")
    for axis in (left, right):
        axis.grid(False, axis="y")
        axis.set_axisbelow(True)
    legend_below(figure, left)
    return figure
