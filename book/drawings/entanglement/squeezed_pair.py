"""Two modes squeezed together, then weakened by loss: the entanglement that everybody knows."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.gaussian.states import two_mode_squeezed, two_mode_squeezed_negativity

from ..kit.embed import RESOLUTION
from ..kit.knobs import Knob, Shown
from ..kit.models import Model
from ..kit.panels import ellipse
from ..kit.style import BLACK, MIDDLE, style

TRANSMISSIONS = (1.0, 0.9, 0.5)
HERE = {"color": BLACK, "linestyle": "-", "label": "as set"}
CURVES = {
    t: {"color": MIDDLE, "linestyle": line, "label": f"transmission {t:.0%}"}
    for t, line in zip(TRANSMISSIONS, ("--", "-.", ":"), strict=True)
}
VACUUM = {"color": MIDDLE, "linestyle": "-", "label": "vacuum"}
PLANES = {  # rows and columns of V, and a look
    "positions": ([0, 2], {"color": BLACK, "linestyle": "-.", "label": "positions"}),
    "momenta": ([1, 3], {"color": BLACK, "linestyle": "--", "label": "momenta"}),
}
RANGE = (0.0, 3.0)  # of r
KNOBS = {
    "r": Knob("r", "1", "squeezing", "nonnegative", Shown("1", *RANGE, 0.05)),
    "transmission": Knob(r"\eta", "1", "transmission of both modes", "fraction", Shown("1", 0.0, 1.0, 0.01)),
}  # fmt: skip
START = {"r": 1.0, "transmission": 0.75}  # none of TRANSMISSIONS, or its line would be hidden


def by_difference(V):
    """E_N from nu^2 = (S - sqrt(S^2 - 4 det V))/2: right on paper, and wrong in a computer."""
    S, determinant = _invariants(V)
    with np.errstate(invalid="ignore", divide="ignore"):
        square = (S - np.sqrt(S**2 - 4 * determinant)) / 2
        return -0.5 * np.log(4 * square)


def by_quotient(V):
    """The same from nu^2 = 2 det V / (S + sqrt(S^2 - 4 det V)), which subtracts nothing large."""
    S, determinant = _invariants(V)
    square = 2 * determinant / (S + np.sqrt(np.maximum(S**2 - 4 * determinant, 0)))
    return -0.5 * np.log(4 * square)


def _invariants(V):
    det = np.linalg.det
    S = det(V[..., :2, :2]) + det(V[..., 2:, 2:]) - 2 * det(V[..., :2, 2:])
    return S, det(V)


def data(r=START["r"], transmission=START["transmission"], resolution=61):
    """Logarithmic negativity over the squeezing r, and the state at one r and one transmission.

    r : array (n,)
    E : transmission -> array (n,), from the covariance matrix
    closed_form : transmission -> array (n,)
    here : (r, transmission) of the state that is drawn
    V : array (4, 4), its covariance matrix
    """
    span = np.linspace(*RANGE, resolution)
    shown = dict.fromkeys((*TRANSMISSIONS, transmission))
    E = {t: om.log_negativity(two_mode_squeezed(span, t), 0, 1) for t in shown}
    exact = {t: two_mode_squeezed_negativity(span, t) for t in shown}
    return SimpleNamespace(
        r=span, E=E, closed_form=exact, here=(r, transmission), V=two_mode_squeezed(r, transmission)
    )


@style()
def draw(d):
    """Left: E_N over r. Right: noise of the two positions, and of the two momenta."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.8))
    left.plot(d.r, d.E[d.here[1]], linewidth=4, alpha=0.4, **HERE)
    for t, look in CURVES.items():
        left.plot(d.r, d.E[t], **look)
    left.plot(d.here[0], two_mode_squeezed_negativity(*d.here), "o", color=BLACK, markersize=7)
    left.set(xlabel="$r$", ylabel="$E_N$", xlim=RANGE, ylim=(0, None))
    left.legend()
    right.plot(*ellipse(np.eye(2) / 2).T, linewidth=1, **VACUUM)
    for rows, look in PLANES.values():
        right.plot(*ellipse(d.V[np.ix_(rows, rows)]).T, **look)
    right.set(aspect="equal", xlabel="mode 1", ylabel="mode 2")
    right.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


SCRIPT = f"""import numpy as np
import omcore as om
from omcore.gaussian.states import two_mode_squeezed

r, transmission = $r, $transmission
x = np.linspace($low, $high, {RESOLUTION["curves"]})  # r
V = two_mode_squeezed(r, transmission)
E = lambda r, t: om.log_negativity(two_mode_squeezed(r, t), 0, 1)

found = {{
    "as set": E(x, transmission),
{"".join(f'    "{look["label"]}": E(x, {t}),{chr(10)}' for t, look in CURVES.items())}\
    "positions": V[0::2, 0::2],
    "momenta": V[1::2, 1::2],
}}
"""

PAIR = Model(
    kind="pair",
    alt="Entanglement of a squeezed pair against squeezing, and the noise of its positions and momenta",
    quantities=KNOBS,
    start=START,
    styles={
        HERE["label"]: HERE,
        **{look["label"]: look for look in CURVES.values()},
        **{name: look for name, (_, look) in PLANES.items()},
        VACUUM["label"]: VACUUM,
    },
    drawing=lambda r, transmission: draw(data(r, transmission)),
    script=SCRIPT,
    extra={"transmissions": {look["label"]: t for t, look in CURVES.items()}},
)
"""The figure with sliders of its own, for ``live``."""
