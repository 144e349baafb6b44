r"""Why the peak of E_am grows: single couplings of the system are removed or changed, one at a time.

The two cavity modes make a bright and a dark combination, :math:`a_\pm = (a_\mathrm{driven} \pm
a_\mathrm{undriven})/\sqrt2`. The atoms couple to the bright one alone, with :math:`\sqrt2\,G_a`.
A link is a coupling of one mode, to the atoms or to the mirror; ``relinked`` removes it, scales it, or
changes its phase.
"""

import numpy as np
from scipy.optimize import brentq

from ..conventions import ParameterError
from ..parameters import Parameters
from ..resonator import as_system
from ..solution import Solution, solve
from ..systems import System
from .observables import E_am_peak


def combinations(p) -> System:
    r"""The same system with the bright and the dark combination of the cavity modes as its modes.

    .. math:: H' = U H U^\dagger, \quad \varepsilon' = U\varepsilon, \quad G' = UG, \qquad
        U = \frac{1}{\sqrt2}\begin{pmatrix} 1 & 1 \\ 1 & -1 \end{pmatrix}

    At rest both have the detuning of the cavity, and the dark one is not coupled to the atoms. Rotation
    couples the two with the strength of the Sagnac shift.

    Parameters
    ----------
    p : Parameters or System with the modes "driven", "undriven" and "a"; both cavity modes have the same
        decay, bath and radiation pressure, and no Kerr shift

    Returns
    -------
    System with the modes "bright", "dark" and "a"

    Raises
    ------
    ParameterError
        If the two modes differ in decay, bath or radiation pressure, or have a Kerr shift.

    Examples
    --------
    >>> import omcore as om
    >>> rest = combinations(om.CASES["stationary"])
    >>> print((rest.H[:2, 2].real / om.PAPER.G_a).round(4))
    [1.4142 0.    ]
    """
    s = as_system(p)
    both = [s.index("driven"), s.index("undriven")]
    for name in ("decay", "photon_coupling", "n", "kerr"):
        one, other = (vars(s)[name][..., k] for k in both)
        if not np.array_equal(one, other) or (name == "kerr" and one.any()):
            unit = "no unit" if name == "n" else "rad/s"
            remedy = "no Kerr shift" if name == "kerr" else "both the same"
            raise ParameterError(
                f"{name} is {one} and {other} ({unit}): two such cavity modes have no bright and dark "
                f"combination; give {remedy}"
            )
    U = np.zeros((3, 3))
    U[:2, both] = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    U[2, s.index("a")] = 1
    order = [*both, s.index("a")]
    turned = {name: U @ vars(s)[name] @ U.T for name in ("H", "squeezing", "m")}
    ordered = {
        name: vars(s)[name][..., order] for name in ("decay", "photon_coupling", "n", "kerr")
    }
    amplitudes = {name: vars(s)[name] @ U.T for name in ("drive", "coupling")}
    return s.replace(modes=("bright", "dark", "a"), aliases={}, **turned, **ordered, **amplitudes)


def bright_fraction(p: Parameters):
    r"""Fraction of the power that goes into the bright combination, at any rotation; of the shape of f and θ.

    .. math:: b = \tfrac12 + \sqrt{f(1-f)}\,\cos\theta_f

    f is ``p.counter_drive`` and θ its phase. Light from one side, f = 0, gives a half to each combination;
    equal light from both sides, in phase, gives all to the bright one.

    >>> import omcore as om
    >>> print(bright_fraction(om.PAPER), bright_fraction(om.PAPER.replace(counter_drive=0.5)))
    0.5 1.0
    """
    f = np.asarray(p.counter_drive)
    return (0.5 + np.sqrt(f * (1 - f)) * np.cos(p.counter_drive_phase))[()]


def relinked(s: System, mode, atoms=1.0, mirror=1.0, decay=1.0) -> System:
    """The system with the links of one mode multiplied: 0 removes one, -1 reverses its sign.

    A system about its mean field, ``s.about(field)``, keeps that field: the change acts on fluctuations
    alone. The mean field of a driven system is solved again.

    Parameters
    ----------
    s : System
    mode : the mode, by name or alias
    atoms : complex factor of its coupling to the mode "a"
    mirror : factor of its coupling to the mirror, a number or an array of the shape of the system; complex
        for a system about its mean field, else real
    decay : positive factor of its decay rate

    Raises
    ------
    ParameterError
        If the radiation pressure of a driven system would become complex.

    Examples
    --------
    >>> import omcore as om
    >>> p = om.CASES["stationary"]
    >>> for given in (om.system(p).about(om.mean_field(p)), om.system(p)):
    ...     print(om.solve(relinked(given, "undriven", atoms=0)).log_negativity("a", "m").round(4))
    0.1313
    0.121
    """
    if np.any(np.imag(mirror)) and s.photon_coupling.any():
        raise ParameterError(
            f"mirror = {mirror} (no unit) would make the radiation pressure complex; only a system about its "
            "mean field has a phase there: give system.about(field)"
        )
    k, a = s.index(mode), s.index("a")
    link, rate = np.ones((*np.shape(mirror), len(s.modes)), complex), np.ones(len(s.modes))
    link[..., k], rate[k] = mirror, decay
    H = s.H.copy()
    H[..., k, a] *= atoms
    H[..., a, k] *= np.conj(atoms)
    return s.replace(
        H=H,
        decay=s.decay * rate,
        photon_coupling=s.photon_coupling * link.real,
        coupling=s.coupling * link,
    )


def with_couplings(s: Solution, factor) -> Solution:
    """A Solution with all couplings to the mirror multiplied by a factor, at the same mean field.

    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> print(f"{abs(with_couplings(s, 0.5).coupling('driven') / s.coupling('driven')):.2f}")
    0.50
    """
    given = s.system.about(s.mean_field)
    for mode in given.modes:
        given = relinked(given, mode, mirror=factor)
    return solve(given)


def at_equal_couplings(p: Parameters, reading="self-consistent"):
    """The power in W at which |G| of the driven mode equals G_a at the best Delta_c, and E_am there.

    >>> import omcore as om
    >>> power, height = at_equal_couplings(om.CASES["stationary"])
    >>> print(f"{power * 1e3:.0f} mW, {height:.4f}")
    29 mW, 0.0595
    """

    def excess(log_power):
        q = p.replace(power=float(np.exp(log_power)))
        x, _ = E_am_peak(q, reading)
        s = solve(q.replace(Delta_c=x * q.omega_m), reading)
        return float(abs(s.coupling("driven")) / q.G_a - 1)

    power = float(np.exp(brentq(excess, np.log(p.power / 4), np.log(2 * p.power), xtol=1e-4)))
    return power, E_am_peak(p.replace(power=power), reading)[1]
