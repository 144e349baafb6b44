"""Where the race ended, as buttons of a live figure."""

import omcore as om
from omcore.paper.optima import found

from ..kit.live import FIELDS, changed

CONTESTANTS = {  # of the race: words for a button, and the case that they are
    "at rest": ("at rest", "stationary"),
    "CW": ("driven CW", "cw"),
    "CCW": ("driven CCW", "ccw"),
    "three modes": ("no undriven mode", "stationary"),
    "both sides, at rest": ("light from both sides", "stationary"),
}


def presets(number=3) -> dict[str, tuple]:
    """The optima of a round, as presets for ``live``; the third has all but the rotation free.

    >>> changes, cases, y, why = presets()["best E, driven CW"]
    >>> round(changes["power"], 9), cases, y
    (0.04, ('cw',), 'E_am')
    """
    buttons = {}
    for measure in ("E_am", "R"):
        ends = found("self-consistent", measure)
        for contestant, (words, case) in CONTESTANTS.items():
            p = ends[contestant][number - 1].parameters
            own = {"angular_velocity"} if case == "stationary" else set()  # at rest it stays
            moved = changed(p, om.PAPER, [name for name in FIELDS if name not in own])
            moved |= {"Delta_c": p.Delta_c}
            why = f"The highest {measure[0]} of the race, {words}, with all free but the rotation."
            buttons[f"best {measure[0]}, {words}"] = moved, (case,), measure, why
    return buttons
