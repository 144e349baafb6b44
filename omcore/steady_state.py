r"""The mean field: steady amplitudes of the driven, nonlinear system, on every branch.

The mean values of the Langevin equations, Eq. 5, stand still where

.. math::
    (\kappa + i\tilde\Delta_j)\,\alpha_j = -iG_a c_s + \varepsilon\,\delta_{j,\mathrm{driven}},\quad
    (\gamma_a + i\Delta_a)\,c_s = -iG_a(\alpha_\mathrm{cw} + \alpha_\mathrm{ccw}),\quad
    \omega_m q_s = G_0(|\alpha_\mathrm{cw}|^2 + |\alpha_\mathrm{ccw}|^2)

with :math:`\tilde\Delta_j = \Delta_j - G_0 q_s`. This is the "self-consistent" reading.
Eq. A3 as printed has the bare :math:`\Delta_j` in the amplitudes; this is the "bare-detuning"
reading. The figures depend on the choice, so both are here.
"""

from dataclasses import dataclass

import numpy as np

from .conventions import opposite
from .errors import ParameterError
from .fluctuations import drift_matrix, is_stable
from .parameters import Parameters
from .numerics.polynomials import real_roots
from .sagnac import cavity_detunings

MEAN_FIELDS = ("self-consistent", "bare-detuning")


@dataclass(frozen=True)
class MeanField:
    """Steady-state values: the amplitudes of the cavity modes and atoms, and the displacement.

    All are dimensionless, of the shape of the parameters. The steady momentum is zero.
    """

    alpha_cw: np.ndarray
    alpha_ccw: np.ndarray
    c: np.ndarray
    q: np.ndarray

    def quadratures(self):
        """The mean of the quadrature vector u, shape (..., 8).

        >>> import omcore as om
        >>> om.mean_field(om.PAPER).quadratures().shape
        (8,)
        """
        amplitudes = np.stack(np.broadcast_arrays(self.alpha_ccw, self.alpha_cw, self.c), -1)
        light = np.sqrt(2) * np.stack([amplitudes.real, amplitudes.imag], -1)
        mirror = np.stack(np.broadcast_arrays(self.q, 0.0), -1)
        return np.concatenate([light.reshape(*light.shape[:-2], 6), mirror], -1)


@dataclass(frozen=True)
class MeanFieldBranches(MeanField):
    """Every steady state, along a last axis sorted by the displacement.

    The last axis is as long as the largest number of branches in the batch; where a point has
    fewer, the rest is NaN and ``stable`` is False.

    residual : largest entry of the mean-field flow, relative to the largest term in it
    stable : whether small fluctuations decay; a double root (a fold) is marginal, so False
    """

    residual: np.ndarray
    stable: np.ndarray


def mean_field(p: Parameters, mean_field="self-consistent", branch=None) -> MeanField:
    """The steady state in one of the two readings of Eq. 10.

    Parameters
    ----------
    p : Parameters
    mean_field : "self-consistent" (Eq. 10 with its i restored) or "bare-detuning" (Eq. A3)
    branch : None for the lowest stable branch (smallest displacement), and the lowest of all
        where none is stable; an integer counts the branches from 0, the lowest. A point without
        that branch gets NaN. The bare-detuning reading has one steady state, hence no branches.

    At a fold two branches merge into a double root, which is marginal, not stable: the lowest
    stable branch is then another one, if there is one.

    Raises
    ------
    ParameterError
        If the reading is unknown, or branch is not a non-negative integer, or a branch is asked
        of the bare-detuning reading.

    Examples
    --------
    >>> import omcore as om
    >>> print(f"{om.mean_field(om.PAPER).q:.4g}")
    3.973e+04
    """
    _check(mean_field, branch)
    if mean_field == "bare-detuning":
        return _amplitudes(p, np.zeros(p.shape))
    shift, multiple = _shifts(p)
    index = np.full(p.shape, branch or 0)
    several = np.isfinite(shift[..., 1])
    if branch is None and several.any():
        stable = _stable(p.with_trailing_axis(), shift, multiple)
        index = np.argmax(stable, axis=-1)
    chosen = np.take_along_axis(shift, np.minimum(index, 4)[..., None], -1)[..., 0]
    return _amplitudes(p, np.where(index > 4, np.nan, chosen))


def mean_field_branches(p: Parameters) -> MeanFieldBranches:
    """All steady states of the self-consistent mean field: one to five, double roots included.

    The displacement obeys a quintic. A double root, at a fold, is listed twice.

    Returns
    -------
    MeanFieldBranches, whose arrays have shape ``p.shape + (branches,)``

    Examples
    --------
    >>> import omcore as om
    >>> w = om.PAPER.omega_m
    >>> p = om.PAPER.replace(kappa=0.1 * w, G_a=0, angular_velocity=0, Delta_c=w, power=0.03)
    >>> branches = om.mean_field_branches(p)
    >>> len(branches.q), branches.stable
    (3, array([ True, False, False]))
    """
    shift, multiple = _shifts(p)
    count = int(np.isfinite(shift).sum(-1).max(initial=1))
    shift, multiple = shift[..., :count], multiple[..., :count]
    p = p.with_trailing_axis()
    state = _amplitudes(p, shift)
    return MeanFieldBranches(
        **vars(state), residual=_residual(p, state), stable=_stable(p, shift, multiple)
    )


def mean_field_flow(p: Parameters, u):
    """Rate of change of the mean quadratures, du/dt: Eq. 5 without its noise.

    Parameters
    ----------
    p : Parameters
    u : array (..., 8), mean quadratures in the order of ``conventions.QUADRATURES``

    Returns
    -------
    array (..., 8), in rad/s; zero at a steady state of the self-consistent mean field

    Examples
    --------
    >>> import omcore as om
    >>> flow = om.mean_field_flow(om.PAPER, om.mean_field(om.PAPER).quadratures())
    >>> bool(abs(flow).max() < 1e-12 * om.PAPER.drive_amplitude)
    True
    """
    return sum(_flow_terms(p, np.asarray(u, float)))


def _flow_terms(p, u):
    """The terms of the flow, kept apart so that a residual can be measured against them."""
    light = (u[..., 0:6:2] + 1j * u[..., 1:6:2]) / np.sqrt(2)
    alpha = {"ccw": light[..., 0], "cw": light[..., 1]}
    c, q, momentum = light[..., 2], u[..., 6], u[..., 7]
    detuning = cavity_detunings(p)
    photons = sum(abs(a) ** 2 for a in alpha.values())
    drive = {p.drive: p.drive_amplitude}

    def assemble(ccw, cw, atoms, position, force):
        amplitudes = np.stack(np.broadcast_arrays(ccw, cw, atoms), -1) * np.sqrt(2)
        pairs = np.stack([amplitudes.real, amplitudes.imag], -1)
        mirror = np.stack(np.broadcast_arrays(position, force), -1)
        light = pairs.reshape(*pairs.shape[:-2], 6)
        batch = np.broadcast_shapes(light.shape[:-1], mirror.shape[:-1])
        return np.concatenate(
            [np.broadcast_to(light, (*batch, 6)), np.broadcast_to(mirror, (*batch, 2))], -1
        )

    free = [-(p.kappa + 1j * detuning[j]) * alpha[j] for j in ("ccw", "cw")]
    return (
        assemble(*free, -(p.gamma_a + 1j * p.Delta_a) * c, p.omega_m * momentum, -p.omega_m * q),
        assemble(*(1j * p.G_0 * q * alpha[j] for j in ("ccw", "cw")), 0, 0, p.G_0 * photons),
        assemble(-1j * p.G_a * c, -1j * p.G_a * c, -1j * p.G_a * sum(alpha.values()), 0, 0),
        assemble(drive.get("ccw", 0), drive.get("cw", 0), 0, 0, -p.gamma_m * momentum),
    )


def _stable(p, shift, multiple):
    """Which of the branches, along the last axis, are stable; p has that axis too."""
    stable = np.isfinite(shift) & ~multiple
    stable[stable] = is_stable(drift_matrix(p, _amplitudes(p, shift))[stable])
    return stable


def _residual(p, state):
    u = state.quadratures()
    terms = _flow_terms(p, u)
    largest = np.max([np.abs(term).max(-1) for term in terms], axis=0)
    return np.abs(sum(terms)).max(-1) / np.where(largest == 0, 1, largest)


def _atomic_load(p):
    """What the atoms, once eliminated, add to the response of the cavity: G_a²/(γ_a + iΔ_a)."""
    return p.G_a**2 / (p.gamma_a + 1j * p.Delta_a)


def _responses(p):
    """Inverse responses of the driven and the undriven mode, atoms included, mirror at rest."""
    detuning, load = cavity_detunings(p), _atomic_load(p)
    driven = p.kappa + 1j * detuning[p.drive] + load
    undriven = p.kappa + 1j * detuning[opposite(p.drive)] + load
    return driven, undriven, load


def _amplitudes(p, shift) -> MeanField:
    """Steady amplitudes for cavities shifted by G_0 q, and the displacement that they cause."""
    driven, undriven, load = _responses(p)
    driven, undriven = driven - 1j * shift, undriven - 1j * shift
    determinant = driven * undriven - load**2
    with np.errstate(invalid="ignore"):  # NaN where there is no such branch
        alpha = {
            p.drive: p.drive_amplitude * undriven / determinant,
            opposite(p.drive): -p.drive_amplitude * load / determinant,
        }
    c = -1j * p.G_a * sum(alpha.values()) / (p.gamma_a + 1j * p.Delta_a)
    q = p.G_0 * sum(abs(a) ** 2 for a in alpha.values()) / p.omega_m
    shape = np.broadcast_shapes(p.shape, np.shape(shift))
    return MeanField(
        *(np.broadcast_to(v, shape)[()] for v in (alpha["cw"], alpha["ccw"], c, q))
    )


def _shifts(p):
    """Real roots G_0 q of the quintic, in rad/s, shape (..., 5), and which are multiple.

    With y = G_0 q/ω_m and every rate in units of ω_m, the amplitudes are rational in y, and
    y |det(y)|² = K (|undriven(y)|² + |load|²) with K = (G_0 ε)²/ω_m⁴.
    """
    driven, undriven, load = (np.broadcast_to(r / p.omega_m, p.shape) for r in _responses(p))
    strength = (p.G_0 * p.drive_amplitude / p.omega_m**2) ** 2
    determinant = [driven * undriven - load**2, -1j * (driven + undriven), -1.0]
    photons = [abs(undriven) ** 2 + abs(load) ** 2, -2 * undriven.imag, 1.0]
    quintic = np.zeros((*p.shape, 6))
    for i, a in enumerate(determinant):
        for j, b in enumerate(determinant):
            quintic[..., 1 + i + j] += np.real(a * np.conj(b))
        quintic[..., i] -= strength * photons[i]
    y, multiple = real_roots(quintic)

    # Expanding the quintic cancels digits; Newton's method on its factored form restores them.
    driven, undriven, load = (r[..., None] for r in (driven, undriven, load))
    strength = np.expand_dims(strength, -1)

    def imbalance(y):
        d, u = driven - 1j * y, undriven - 1j * y
        det = d * u - load**2
        slope = abs(det) ** 2 + 2 * y * np.imag(np.conj(det) * (d + u)) + 2 * strength * u.imag
        return y * abs(det) ** 2 - strength * (abs(u) ** 2 + abs(load) ** 2), slope

    for _ in range(2):
        value, slope = imbalance(y)
        with np.errstate(divide="ignore", invalid="ignore"):
            polished = y - value / slope
        better = ~multiple & (abs(imbalance(polished)[0]) < abs(value))
        y = np.where(better, polished, y)
    return y * np.expand_dims(p.omega_m, -1), multiple


def _check(mean_field, branch):
    if mean_field not in MEAN_FIELDS:
        raise ParameterError(
            f"mean_field = {mean_field!r} (a name, no unit) is no reading of Eq. 10; "
            f"use {' or '.join(map(repr, MEAN_FIELDS))}"
        )
    if branch is not None and (
        isinstance(branch, bool) or not isinstance(branch, (int, np.integer)) or branch < 0
    ):
        raise ParameterError(
            f"branch = {branch!r} (a number without unit) is no branch; "
            "use None for the lowest stable one, or 0, 1, ... from the lowest"
        )
    if branch is not None and mean_field == "bare-detuning":
        raise ParameterError(
            f"branch = {branch!r} (a number without unit), but the bare-detuning reading has one "
            "steady state; leave the branch out"
        )
