"""After the laser is switched on: entanglement, and how fast fluctuations grow or decay, in time."""

from functools import partial
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.conventions import VACUUM_VARIANCE
from omcore.gaussian.epr import joint_noise

from ..kit import knobs
from ..kit.curves import CASE_LINES, MARKS, written
from ..kit.embed import RESOLUTION
from ..kit.knobs import Knob, Shown
from ..kit.models import Model
from ..kit.panels import legend_below, noise_ellipses
from ..kit.style import CASE_STYLES, MIDDLE, style

POINTS = 401
KNOBS = {
    "duration": Knob(r"t_\mathrm{end}", "s", "time that is shown", "positive", Shown("µs", 0.1, 4.0, 0.1)),
    "time": Knob("t", "s", "moment of the noise ellipses", "nonnegative", Shown("µs", 0.0, 4.0, 0.02)),
    "ramp": Knob(r"\tau", "s", "time in which the laser is switched on", "nonnegative",
                 Shown("µs", 0.0, 2.0, 0.05)),
    "n_0": Knob("n_0", "1", "phonons of the mirror at the start", "nonnegative", Shown("1", 0.0, 20.0, 0.1)),
}  # fmt: skip
START = {"duration": 1e-6, "time": 5e-7, "ramp": 0.0, "n_0": round(float(om.PAPER.n_m), 1)}
for name in ("power", "kappa", "temperature"):
    KNOBS[name], START[name] = knobs.KNOBS[name], getattr(om.PAPER, name)
PANELS = {  # heading, and label of the vertical axis
    "atoms and mirror": "$E_N$",
    "driven light and mirror": "$E_N$",
    "growth at this moment": r"$\lambda/\omega_m$",
}
_LESS_LOSS = {"power": 0.07, "kappa": 0.3 * om.PAPER.omega_m, "duration": 2e-6}
PRESETS = {  # name: (what differs from the start, cases)
    "a cold mirror": ({"n_0": 0.0}, tuple(om.CASES)),
    "70 mW, suddenly": ({"power": 0.07, "duration": 2e-6}, ("stationary",)),
    "70 mW, less loss": (_LESS_LOSS, ("stationary",)),
    "the same, slowly": (_LESS_LOSS | {"ramp": 1e-6}, ("stationary",)),
}


def state(phonons):
    """Covariance matrix at the start: vacuum, and a mirror with so many phonons.

    >>> state(2.0).diagonal()[-3:]
    array([0.5, 2.5, 2.5])
    """
    return np.diag([VACUUM_VARIANCE] * 6 + [phonons + VACUUM_VARIANCE] * 2)


def data(p=om.PAPER, t=None, ramp=0.0, n_0=START["n_0"], time=START["time"]):
    """Entanglement and growth in each case at the times t in s; a microsecond if not given.

    t : array (n,), in s
    curves : case -> three arrays (n,), one for each of ``PANELS``
    pairs : case -> JointNoise of atoms and mirror at the one of the times that is nearest to ``time``; left
        out where V has grown too large
    """
    t = np.linspace(0, START["duration"], POINTS) if t is None else np.asarray(t)
    curves, pairs = {}, {}
    k = int(np.abs(t - time).argmin())
    for case, q in om.operating_points(p).items():
        e = om.evolve(q, t, ramp, state(n_0))
        E = (e.log_negativity(mode, "m") for mode in ("a", "driven"))
        curves[case] = (*E, e.growth / q.omega_m)
        if np.isfinite(e.V[k]).all():
            pairs[case] = joint_noise(e.V[k][4:, 4:])
    return SimpleNamespace(t=t, time=t[k], curves=curves, pairs=pairs)


@style()
def draw(d):
    """Panels over the time in microseconds, and below them the noise ellipses of one moment.

    Dotted: where fluctuations neither grow nor decay, and that moment.
    """
    figure, (axes, below) = plt.subplots(2, 3, figsize=(9, 7.2))
    for k, (axis, (title, label)) in enumerate(zip(axes, PANELS.items(), strict=True)):
        for case, curves in d.curves.items():
            axis.plot(d.t * 1e6, curves[k], **CASE_STYLES[case])
        axis.set(title=title, xlabel=r"$t$ (µs)", ylabel=label, xlim=(0, d.t[-1] * 1e6))
        axis.axvline(d.time * 1e6, color=MIDDLE, linestyle=":")
    axes[2].axhline(0, color=MIDDLE, linestyle=":")
    noise_ellipses(below, d.pairs)
    legend_below(figure, axes[0])
    return figure


def moved(duration, time, ramp, n_0, points=POINTS, **changes):
    """The drawing at what a reader has set, in SI units."""
    t = np.linspace(0, duration, points)
    return draw(data(om.PAPER.replace(**changes), t, ramp, n_0, time))


SCRIPT = f"""import numpy as np
import omcore as om
from omcore.gaussian.epr import joint_noise

points = om.operating_points(om.PAPER.replace($changes))
t = np.linspace(0, $duration, {RESOLUTION["curves"]})  # s
V = np.diag([0.5] * 6 + [$n_0 + 0.5] * 2)  # the mirror with n_0 phonons

found = {{}}
for case in $cases:
    e = om.evolve(points[case], t, $ramp, V)
    found[case, "a-m"] = e.log_negativity("a", "m")
    found[case, "driven-m"] = e.log_negativity("driven", "m")
    found[case, "growth"] = e.growth / points[case].omega_m
    there = e.V[$cursor]  # at the moment of the ellipses
    if np.isfinite(there).all():
        pair = joint_noise(there[4:, 4:])
        found[case, "atoms"], found[case, "mirror"] = pair.V[:2, :2], pair.V[2:, 2:]
        found[case, "both"] = pair.plane
"""

LIVE = Model(
    kind="evolution",
    alt="Entanglement and growth of fluctuations against the time since the laser was switched on, and noise "
    "ellipses of atoms and mirror at one moment",
    quantities=KNOBS,
    start=START,
    styles=CASE_STYLES | {"vacuum": MARKS["vacuum"]},
    drawing=moved,
    script=SCRIPT,
    coarse=partial(moved, points=POINTS // 4 + 1),
    extra=written(CASE_LINES)
    | {
        "presets": {
            name: {"set": changes, "cases": cases, "y": None}
            for name, (changes, cases) in PRESETS.items()
        },
    },
)
"""The figure with sliders, for ``live``."""
