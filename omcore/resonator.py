"""The paper's system: a spinning resonator with atoms, as one member of the family."""

import numpy as np

from .conventions import MODES, opposite
from .errors import ParameterError
from .numerics.blocks import points
from .parameters import Parameters, as_parameters
from .sagnac import cavity_detunings
from .systems import System

LIGHT_AND_MATTER = MODES[:-1]


def system(p: Parameters) -> System:
    r"""The System of the paper: what Eq. 2, the drive and the baths make of laboratory quantities.

    .. math:: H = \begin{pmatrix}
        \Delta_\mathrm{ccw} & Je^{i\theta_J} & G_a \\
        Je^{-i\theta_J} & \Delta_\mathrm{cw} & G_a \\
        G_a & G_a & \Delta_a \end{pmatrix}

    with :math:`\eta G_a` instead of :math:`G_a` for the undriven mode. The driven mode gets
    :math:`\sqrt{1 - f}\,\varepsilon`, the other :math:`\sqrt{f}\,e^{i\theta_f}\varepsilon`. What scatters
    with J is at rest in the laboratory; roughness that turns with the rim is ``omcore.paper.roughness``.

    Parameters
    ----------
    p : Parameters

    Returns
    -------
    System with the modes "ccw", "cw" and "a", and the aliases "driven" and "undriven"

    Examples
    --------
    >>> import omcore as om
    >>> om.system(om.PAPER)
    System(modes=('ccw', 'cw', 'a') and the mirror)
    """
    other = opposite(as_parameters(p).drive)
    ccw, cw, a = range(3)
    driven, undriven = (LIGHT_AND_MATTER.index(mode) for mode in (p.drive, other))
    detuning = cavity_detunings(p)
    back = p.backscattering * np.exp(1j * np.asarray(p.backscattering_phase))
    coupling = {driven: p.G_a, undriven: p.undriven_coupling * p.G_a}
    H = np.zeros((*p.shape, 3, 3), complex)
    H[..., ccw, ccw], H[..., cw, cw], H[..., a, a] = detuning["ccw"], detuning["cw"], p.Delta_a
    H[..., ccw, cw], H[..., cw, ccw] = back, np.conj(back)
    for mode, G_a in coupling.items():
        H[..., mode, a] = H[..., a, mode] = G_a
    decay, drive = np.empty((*p.shape, 3)), np.zeros((*p.shape, 3), complex)
    decay[..., ccw] = decay[..., cw] = p.kappa
    decay[..., a] = p.gamma_a
    phase = np.exp(1j * np.asarray(p.counter_drive_phase))
    drive[..., driven] = np.sqrt(1 - p.counter_drive) * p.drive_amplitude
    drive[..., undriven] = np.sqrt(p.counter_drive) * phase * p.drive_amplitude
    pressure = np.zeros((*np.shape(p.G_0), 3))
    pressure[..., ccw] = pressure[..., cw] = p.G_0
    return System.of_arrays(
        modes=LIGHT_AND_MATTER,
        aliases=aliases(p),
        H=H, decay=decay, photon_coupling=pressure, drive=drive, coupling=np.zeros(3, complex),
        omega_m=np.asarray(p.omega_m), gamma_m=np.asarray(p.gamma_m), n_m=np.asarray(p.n_m),
    )  # fmt: skip


def as_system(p) -> System:
    """A System as it is, Parameters as theirs; anything else is refused.

    >>> import omcore as om
    >>> as_system({"kappa": 1e7})
    Traceback (most recent call last):
    omcore.errors.ParameterError: p is neither Parameters nor a System but of type dict (no unit); ...
    """
    if isinstance(p, System):
        return p
    if isinstance(p, Parameters):
        return system(p)
    raise ParameterError(
        f"p is neither Parameters nor a System but of type {type(p).__name__} (no unit); "
        "give Parameters, as om.PAPER.replace(kappa=...), or a System, as om.System(modes=...)"
    )


def flat_system(p, part: slice) -> System:
    """The points of a sweep numbered by ``part`` as a System of one batch axis.

    >>> import omcore as om
    >>> flat_system(om.PAPER, slice(0, 1)).shape
    (1,)
    """
    if not isinstance(p, (Parameters, System)) or not p.shape:
        return as_system(p)[None]
    whole = len(p.shape) == 1 and (part.start or 0) == 0 and part.stop >= p.shape[0]
    return as_system(p if whole else p[points(p.shape, part)])


def mode_names(p) -> tuple[str, ...]:
    """Names of the modes of light and matter of Parameters or of a System.

    >>> import omcore as om
    >>> mode_names(om.PAPER)
    ('ccw', 'cw', 'a')
    """
    return LIGHT_AND_MATTER if isinstance(p, Parameters) else p.modes


def aliases(p) -> dict[str, str]:
    """Other names of modes: for Parameters, the two that the drive gives.

    >>> import omcore as om
    >>> aliases(om.PAPER)
    {'driven': 'ccw', 'undriven': 'cw'}
    """
    return (
        {"driven": p.drive, "undriven": opposite(p.drive)}
        if isinstance(p, Parameters)
        else p.aliases
    )
