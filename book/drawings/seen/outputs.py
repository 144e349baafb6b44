"""What of the entanglement leaves the resonator with its light, through filters."""

from types import SimpleNamespace

import numpy as np

import omcore as om

from ..kit.operating import with_both_sides
from ..kit.panels import legend_below, row_of_panels
from ..kit.style import FOUR_STYLES, style

BAND = 0.1  # width of the filters for light with itself, in omega_m
WIDTH = 0.26  # of the filter for light and mirror, where the best ones are
OUTPUTS = {"driven": ("driven",), "both": ("driven", "undriven")}
SEEN = {  # name: (outputs, the other side)
    "driven light, mirror": ("driven", "m"),
    "all light, mirror": ("both", "m"),
    "driven light, atoms": ("driven", "a"),
    "all light, atoms": ("both", "a"),
    "driven light, itself": ("driven", None),
    "all light, itself": ("both", None),
}


def filtered(s, outputs="driven", at=1.0, width=WIDTH, efficiency=1.0):
    """The solution with the light of one output, or of both, each through a filter; rates in omega_m."""
    linear, W = s.linear, s.parameters.omega_m
    for mode in OUTPUTS[outputs]:
        linear = linear.filtered(
            mode, at=at * W, width=width * W, efficiency=efficiency, name=f"out {mode}"
        )
    return om.solve(linear)


def with_matter(s, outputs, other, at, width=WIDTH, efficiency=1.0):
    """Entanglement of the light of these outputs, as one side, with atoms or mirror."""
    light = [f"out {mode}" for mode in OUTPUTS[outputs]]
    return filtered(s, outputs, at, width, efficiency).log_negativity(light, other)


def with_itself(s, outputs, at, width=BAND, efficiency=1.0, first=-1):
    """Entanglement of the light below the laser with that above it: two filters on each output, a cascade.

    first : -1 if the filter below the laser comes first, +1 if that above does
    """
    linear, W = s.linear, s.parameters.omega_m
    sides = {first: [], -first: []}
    for mode in OUTPUTS[outputs]:
        for sign, names in sides.items():
            names.append(f"{mode} {sign:+d}")
            share = efficiency if sign == first else 1.0
            linear = linear.filtered(
                mode, at=sign * at * W, width=width * W, efficiency=share, name=names[-1]
            )
    return om.solve(linear).log_negativity(*sides.values())


def data(p=om.PAPER, resolution=121):
    """Entanglement of what leaves at the operating points, against the filter.

    at, width : arrays (n,), frequency and width of the filter for light and mirror, in omega_m
    over_at, over_width, itself : case -> arrays (n,): all light with the mirror over the filter's frequency,
        and over its width at the best of these frequencies; and the light below the laser with that above
    """
    at, width = np.linspace(-3, 3, resolution), np.geomspace(0.01, 10, resolution)
    d = SimpleNamespace(at=at, width=width, over_at={}, over_width={}, itself={})
    for case, q in with_both_sides(p).items():
        s = om.solve(q)
        d.over_at[case] = with_matter(s, "both", "m", at)
        best = at[d.over_at[case].argmax()]
        d.over_width[case] = with_matter(s, "both", "m", best, width)
        d.itself[case] = with_itself(s, "both", at[at > 0.1])
    return d


@style()
def draw(d):
    """Three panels: light and mirror over frequency and width of the filter, and light with itself."""
    figure, axes = row_of_panels(3, figsize=(10, 3.8), sharey=False)
    for case, look in FOUR_STYLES.items():
        axes[0].plot(d.at, d.over_at[case], **look)
        axes[1].semilogx(d.width, d.over_width[case], **look)
        axes[2].plot(d.at[d.at > 0.1], d.itself[case], **look)
    axes[0].set(title="light and mirror", xlabel=r"filter at $\omega_f/\omega_m$", ylabel="$E$")
    axes[1].set(title="light and mirror", xlabel=r"width $\Gamma/\omega_m$")
    axes[2].set(
        title="light below and above the laser", xlabel=r"filters at $\pm\omega_f/\omega_m$"
    )
    for axis in axes:
        axis.set_ylim(0, None)
    legend_below(figure, axes[0], ncols=4)
    return figure
