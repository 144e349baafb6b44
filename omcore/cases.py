"""The paper's resonator: its values, and the three operating points of the figures."""

from .parameters import Parameters

PAPER = Parameters(
    refractive_index=1.48, radius=1.1e-3, wavelength=1550e-9, mass=10e-12, angular_velocity=30e3,
    temperature=5e-3, power=40e-3, omega_m=63e6, gamma_m=5.2e3, kappa=38e6, gamma_a=38e6,
    G_a=0.6 * 63e6, Delta_a=-1.1 * 63e6, Delta_c=2.5 * 63e6, drive="ccw",
)  # fmt: skip
"""The parameters of Fig. 1(c), as listed in Sec. III.A, at the CCW operating point."""


def operating_points(p: Parameters = PAPER) -> dict[str, Parameters]:
    """The three cases that the figures share, all else as in ``p``.

    The resonator at rest, spinning and driven clockwise, spinning and driven counter-clockwise,
    at Delta_c/omega_m = 1, -1 and 2.5: where the paper finds E_am largest (Fig. 2, caption).

    Examples
    --------
    >>> [case.drive for case in operating_points().values()]
    ['ccw', 'cw', 'ccw']
    """
    return {
        "stationary": p.replace(drive="ccw", angular_velocity=0.0, Delta_c=1.0 * p.omega_m),
        "cw": p.replace(drive="cw", Delta_c=-1.0 * p.omega_m),
        "ccw": p.replace(drive="ccw", Delta_c=2.5 * p.omega_m),
    }


CASES: dict[str, Parameters] = operating_points(PAPER)
"""The three operating points of the figures, at the parameters of the paper."""
