r"""The light that leaves a mode, through a causal filter, as one more mode of a Linear.

.. math::
    z_\mathrm{out} = \sqrt{2K_\mathrm{ext}}\,z - z_\mathrm{in}, \qquad
    \dot f = -(\Gamma + i\omega_f) f + \sqrt{2\Gamma}\,
             \bigl(\sqrt\eta\,z_\mathrm{out} + \sqrt{1 - \eta}\,v\bigr)

v is a vacuum, which an imperfect detector adds. The light that comes in drives mode and filter alike, so that
their noises are correlated. Two filters beside each other on one output are not two modes: their commutators
do not vanish. The second takes what the first lets pass, :math:`\sqrt{2\Gamma} f` less what came to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from . import conditional
from .conditional import EFFICIENCY, EXTERNAL
from .conventions import ModeError, ParameterError
from .engine.blocks import picked
from .gaussian.parties import rows_of
from .linear import turned
from .models import Linear
from .parameters import Parameters
from .quantities import Quantity, checked, common_shape

AT = Quantity(r"\omega_f", "rad/s", "frequency of a filter, above that of the laser")
WIDTH = Quantity(r"\Gamma", "rad/s", "amplitude width of a filter", "positive")
OCCUPATION = Quantity("n", "1", "thermal occupation of a bath", "nonnegative")
SQUEEZING = Quantity("m", "1", "squeezing of a bath")
TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])  # what -i is for the pair (X, Y)


@dataclass(frozen=True)
class Light:
    r"""What a Linear knows of the light that comes in and leaves. Inputs w: two quadratures for each output.

    external : array (..., j), amplitude rates into the outputs of j modes, NaN where none is known
    W : array (..., L, L), intensity of the inputs
    X : array (..., N, L), what they have in common with the noise of u
    alpha, drive : complex arrays (..., j), mean amplitudes and the drives that come in at the outputs
    linewidth : array (...), of the laser; turn : array (..., N), how the means turn against it
    ports : mode -> (C, E, carrier), where a filter has taken light already: what leaves is Cu + Ew
    """

    external: np.ndarray
    W: np.ndarray
    X: np.ndarray
    alpha: np.ndarray
    drive: np.ndarray
    linewidth: np.ndarray
    turn: np.ndarray
    ports: dict = field(default_factory=dict)

    @classmethod
    def of(cls, linear) -> Light:
        """That of a System at its mean field, of which Parameters tell how much escapes; else unknown."""
        if isinstance(linear, Filtered):
            return linear.light
        if linear.origin is None:
            n, N = len(linear.modes), linear.A.shape[-1]
            return cls(
                np.full(n, np.nan), np.eye(2 * n) / 2, np.zeros((N, 2 * n)), np.zeros(n), np.zeros(n),
                np.zeros(()), np.zeros(N),
            )  # fmt: skip
        p, system, mean = linear.origin
        turn, n, decay = turned(mean), len(system.modes), system.decay
        external = decay.copy()
        if isinstance(p, Parameters):
            escaping = np.ones((*np.shape(p.escape_efficiency), n))
            escaping[..., :2] = np.asarray(p.escape_efficiency)[..., None]
            external = decay * escaping
        share = np.divide(external, decay, where=decay > 0, out=np.zeros(np.shape(external)))
        root = np.sqrt(share)  # of the part of a bath that comes in at the output
        one = np.eye(n)
        pairs = _pairs((system.n[..., None] + 0.5) * one, system.m)
        own = one.repeat(2, 0).repeat(2, 1).astype(bool)  # the two quadratures of one mode
        two = np.repeat(root, 2, -1)
        W = np.where(own, pairs, two[..., :, None] * pairs * two[..., None, :])
        X = np.repeat(np.sqrt(2 * np.abs(decay)), 2, -1)[..., None] * pairs * two[..., None, :]
        N = turn.shape[-1]
        X = np.concatenate([X, np.zeros((*X.shape[:-2], N - 2 * n, 2 * n))], -2)
        light = cls(external, W, X, mean.amplitudes, system.drive, system.laser_linewidth, turn)
        for k, mode in reversed(list(enumerate(system.names))):
            light = light if mode in linear.modes else light.without(k, mode)
        return light

    def at(self, index, shape) -> Light:
        """That of the points of a sweep that an index of NumPy picks."""

        def pick(array, own):
            whole = np.broadcast_to(array, (*shape, *array.shape[array.ndim - own :]))
            return picked(whole, shape, index)

        own = {"W": 2, "X": 2, "linewidth": 0}
        arrays = {k: pick(v, own.get(k, 1)) for k, v in vars(self).items() if k != "ports"}
        ports = {
            mode: (pick(C, 2), pick(E, 2), pick(c, 0)) for mode, (C, E, c) in self.ports.items()
        }
        return Light(**arrays, ports=ports)

    def without(self, k, mode) -> Light:
        """The same if the mode with the number k were absent."""
        rows = rows_of([k])
        ports = {
            m: (np.delete(C, rows, -1), E, c) for m, (C, E, c) in self.ports.items() if m != mode
        }
        X, turn = np.delete(self.X, rows, -2), np.delete(self.turn, rows, -1)
        rest = replace(self, X=X, turn=turn, ports=ports)
        if k >= self.external.shape[-1]:
            return rest
        inputs = np.delete(np.arange(self.W.shape[-1]), rows)
        return replace(
            rest,
            **{name: np.delete(getattr(self, name), k, -1) for name in ("external", "alpha", "drive")},
            W=self.W[..., inputs, :][..., inputs], X=rest.X[..., inputs],
            ports={m: (C, E[..., inputs], c) for m, (C, E, c) in ports.items()},
        )  # fmt: skip

    def with_input(self, k, external, bath) -> Light:
        """The same if an output has another rate, or another light comes in there."""
        e = slice(2 * k, 2 * k + 2)
        old = self.external[..., k]
        rate = old if external is None else external
        own = self.W[..., e, e]  # a vacuum where nothing is known
        if bath is not None:
            n, m = (np.asarray(value)[..., None, None] for value in bath)
            own = _pairs(n + 0.5, m)
        share = np.where(np.isnan(old), 1.0, np.sqrt(rate / old))[..., None, None]
        batch = np.broadcast_shapes(
            self.W.shape[:-2], self.X.shape[:-2], own.shape[:-2], share.shape[:-2]
        )
        W, X = (np.array(np.broadcast_to(M, (*batch, *M.shape[-2:]))) for M in (self.W, self.X))
        X[..., :, e] *= share
        W[..., :, e] *= share
        W[..., e, :] *= share
        W[..., e, e] = own
        X[..., e, e] = np.sqrt(2 * rate)[..., None, None] * own
        return replace(self, W=W, X=X)


def _pairs(n, m):
    """Intensities (..., 2n, 2n) of inputs with the matrices n of occupation, with the vacuum's 1/2, and m."""
    shape = np.broadcast_shapes(n.shape, m.shape)
    pairs = np.empty((*shape[:-2], 2 * shape[-2], 2 * shape[-1]))
    pairs[..., ::2, ::2], pairs[..., 1::2, 1::2] = n + m.real, n - m.real
    pairs[..., ::2, 1::2] = pairs[..., 1::2, ::2] = m.imag
    return pairs


@dataclass(frozen=True, eq=False, repr=False)
class Filtered(Linear):
    """A Linear with light that has passed filters among its modes, and the light that is left."""

    light: Light | None = None

    def __getitem__(self, index) -> Filtered:
        return replace(super().__getitem__(index), light=self.light.at(index, self.shape))

    def without(self, mode) -> Filtered:
        k = self.index(mode)
        return replace(super().without(mode), light=self.light.without(k, self.modes[k]))


def filtered(
    linear, mode, *, at, width, efficiency=1.0, external=None, bath=None, name="out"
) -> Filtered:
    r"""With the light that leaves a mode, through a causal filter, as one more mode.

    Parameters
    ----------
    mode : a mode of light or matter, not a mirror. Filtered again, it gives what the first filter let pass
    at : frequency of the filter, rad/s; at > 0 lies above the laser, the anti-Stokes side
    width : amplitude width Γ of the filter, rad/s
    efficiency : of all between output and detector, from 0 to 1
    external : amplitude rate :math:`K_\mathrm{ext}` into this output, by which the drive comes, rad/s; for
        None what the system knows, all of the decay, or for Parameters the escape efficiency times kappa
    bath : (n, m) of what comes in at this output; None for the bath of the mode. It must be given for a
        Linear of your own whose D is not that of a vacuum
    name : of the new mode

    Raises
    ------
    ParameterError
        For a width that is not positive, an efficiency above 1, an external rate above the decay, or a bath
        that is not known.
    ModeError
        For a mirror, a mode that does not exist, or a name that is taken.

    Examples
    --------
    The output of a squeezer at its resonance, through a narrow filter: :math:`\tfrac12[(K - s)/(K + s)]^2`

    >>> import omcore as om
    >>> squeezer = om.System(modes=["c"], H=[[0.0]], decay=[1.0], squeezing=[[0.5j]], mirrors=())
    >>> seen = om.solve(squeezer).linear.filtered("c", at=0.0, width=1e-6)
    >>> print(om.solve(seen).V[2, 2].round(4), om.solve(seen).V[3, 3].round(4))
    4.5 0.0556
    """
    at, width = checked("at", at, AT), checked("width", width, WIDTH)
    eta = checked("efficiency", efficiency, EFFICIENCY)
    external = None if external is None else checked("external", external, EXTERNAL)
    k = linear.index(mode)
    if (
        not isinstance(name, str)
        or not name
        or name in (*linear.modes, *linear.classical, *linear.aliases)
    ):
        raise ModeError(f"name = {name!r} is taken or no name; give the filtered mode another")
    light = Light.of(linear)
    shapes = {"linear": linear.shape, "at": at.shape, "width": width.shape, "efficiency": eta.shape}
    common_shape(shapes | {"external": np.shape(external)})
    light, (C, E, carrier) = _leaving(light, linear, k, external, bath)

    N, L, gain = linear.A.shape[-1], light.W.shape[-1], np.sqrt(2 * width)[..., None, None]
    seen, lost = np.sqrt(eta)[..., None, None], np.sqrt(1 - eta)[..., None, None]
    C, E, carrier = seen * C, _beside(seen * E, lost * np.eye(2)), seen[..., 0, 0] * carrier
    W = _bordered(light.W, np.zeros((L, 2)), np.eye(2) / 2)  # with the vacuum of the detector
    X = _beside(light.X, np.zeros((N, 2)))
    edge = gain * X @ _turned(E)
    A = _bordered(
        linear.A,
        np.zeros((N, 2)),
        at[..., None, None] * TURN - width[..., None, None] * np.eye(2),
        gain * C,
    )
    D = _bordered(linear.D, edge, gain**2 * E @ W @ _turned(E))
    mean = gain[..., 0, 0] * carrier / (width + 1j * at)
    turn = np.sqrt(2) * np.stack([-mean.imag, mean.real], -1)
    if light.linewidth.any():  # the carrier in the filter turns against the laser, too
        rate = light.linewidth[..., None, None]
        old, new = light.turn[..., None], turn[..., None]
        cross = rate * old * _turned(new)
        D = D + _bordered(np.zeros((N, N)), cross, rate * new * _turned(new))

    order = np.r_[
        : 2 * len(linear.modes), N, N + 1, 2 * len(linear.modes) : N
    ]  # variables stay last
    zero = np.zeros((2, 2))
    ports = {
        m: (_beside(C_m, zero)[..., order], _beside(E_m, zero), c)
        for m, (C_m, E_m, c) in light.ports.items()
    }
    passed = _beside(-C, gain * np.eye(2))[..., order], -E, gain[..., 0, 0] * mean - carrier
    light = replace(
        light, W=W, X=_turned(_beside(_turned(X), gain * W @ _turned(E)))[..., order, :],
        turn=_beside(light.turn[..., None, :], turn[..., None, :])[..., 0, order],
        ports=ports | {linear.modes[k]: passed},
    )  # fmt: skip
    A, D = (M[..., order, :][..., order] for M in (A, D))
    kept = {"classical": linear.classical, "aliases": linear.aliases, "origin": linear.origin}
    return Filtered((*linear.modes, name), A, D, **kept, light=light)


def conditioned(linear, mode, angle=0.0, efficiency=1.0, external=None) -> np.ndarray:
    """V given the record of what leaves a mode, whose bath is known; see ``omcore.conditioned``."""
    k, light = linear.index(mode), Light.of(linear)
    if linear.modes[k] in light.ports:
        raise ParameterError(
            f"mode = {mode!r}: a filter has taken its light (rad/s); use a Linear without the filter"
        )
    if linear.origin is None or k >= light.external.shape[-1]:
        return conditional.conditioned(linear.A, linear.D, k, angle, efficiency, external)
    e = slice(2 * k, 2 * k + 2)
    rate = light.external[..., k] if external is None else external
    if np.ndim(rate) or light.W.ndim > 2:
        raise ParameterError(
            f"baths or rates vary over a sweep of shape {linear.shape} (rad/s); give one point, linear[0]"
        )
    return conditional.conditioned(
        linear.A, linear.D, k, angle, efficiency, float(rate), light.W[e, e]
    )


Linear.filtered, Linear.conditioned = filtered, conditioned


def _leaving(light, linear, k, external, bath):
    """What leaves a mode, and the light with what was said of this output."""
    mode = linear.modes[k]
    if mode in light.ports:
        if external is not None or bath is not None:
            raise ParameterError(
                f"external or bath is given for {mode!r}, whose light a filter has taken already (rad/s); "
                "a second filter gets what the first lets pass: leave both out"
            )
        return light, light.ports[mode]
    if k >= light.external.shape[-1]:
        raise ModeError(
            f"mode = {mode!r} is a mirror or a filter; name a mode whose light leaves by itself"
        )
    known = light.external[..., k]
    if external is None and not (known > 0).all():
        raise ParameterError(
            f"external is not given for {mode!r}, and no rate into its output is known (rad/s); give the "
            "part of its amplitude decay rate that leads to the detector"
        )
    if external is not None:
        decay = -(linear.A[..., 2 * k, 2 * k] + linear.A[..., 2 * k + 1, 2 * k + 1]) / 2
        if (external > decay * (1 + 1e-9)).any():
            raise ParameterError(
                f"external reaches {external.max():.6g} rad/s, above the decay rate of {mode!r}, "
                f"{np.min(decay):.6g} rad/s; give the part of it that leads to the detector"
            )
    if bath is not None:
        if not isinstance(bath, (tuple, list)) or len(bath) != 2:
            raise ParameterError(
                f"bath = {bath!r:.60} (no unit) is no pair; give (n, m) of what comes in"
            )
        bath = (
            checked("bath n", bath[0], OCCUPATION),
            checked("bath m", bath[1], SQUEEZING, complex),
        )
        if (np.abs(bath[1]) ** 2 > bath[0] * (bath[0] + 1) * (1 + 1e-9)).any():
            raise ParameterError(
                f"bath m reaches {np.abs(bath[1]).max():.6g} (no unit) beside n = {bath[0].min():.6g}; "
                "give |m|^2 <= n(n + 1)"
            )
    if linear.origin is None and bath is None:
        e = slice(2 * k, 2 * k + 2)
        decay = -(linear.A[..., 2 * k, 2 * k] + linear.A[..., 2 * k + 1, 2 * k + 1]) / 2
        if not np.allclose(linear.D[..., e, e], decay[..., None, None] * np.eye(2), rtol=1e-9):
            raise ParameterError(
                f"bath is not given for {mode!r} (no unit), whose part of D is no vacuum; say what comes "
                "in at this output, as bath=(0.0, 0.0) for a vacuum"
            )
    if external is not None or bath is not None:
        light = light.with_input(k, external, bath)
    rate = np.asarray(known if external is None else external)
    e = slice(2 * k, 2 * k + 2)
    within = (
        linear.D[..., e, e] - 2 * rate[..., None, None] * light.W[..., e, e]
    )  # noise of the rest of the loss
    loss = -(linear.A[..., e, e][..., 0, 0] + linear.A[..., e, e][..., 1, 1]) / 2 - rate
    least = np.linalg.eigvalsh(within + 1j * loss[..., None, None] * TURN).min(initial=np.inf)
    if least < -1e-9 * np.abs(linear.D[..., e, e]).max(initial=0):
        raise ParameterError(
            f"D has less noise in {mode!r} than what comes in here and a vacuum in the rest have, "
            f"by {-least:.3g} rad/s; give a smaller external, or a bath (n, m) that is part of the mode's own"
        )
    N, L = linear.A.shape[-1], light.W.shape[-1]
    C = np.sqrt(2 * rate)[..., None, None] * np.eye(N)[2 * k : 2 * k + 2]
    carrier = np.sqrt(2 * rate) * light.alpha[..., k] - light.drive[..., k] / np.sqrt(2 * rate)
    return light, (C, -np.eye(L)[2 * k : 2 * k + 2], carrier)


def _beside(left, right):
    batch = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    return np.concatenate([np.broadcast_to(M, (*batch, *M.shape[-2:])) for M in (left, right)], -1)


def _bordered(M, right, corner, below=None):
    """M with a column, a row, the transpose of the column if none is given, and a corner."""
    top = _beside(M, right)
    return _turned(
        _beside(_turned(top), _turned(_beside(_turned(right) if below is None else below, corner)))
    )


def _turned(M):
    return np.swapaxes(M, -1, -2)
