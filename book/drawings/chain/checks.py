"""Checks of a reader's own functions: whether a result is right and how far off it is, not what it is."""

import numpy as np

import omcore as om

VARIED = (
    "refractive_index", "radius", "wavelength", "mass", "angular_velocity", "temperature", "power",
    "omega_m", "kappa", "gamma_a", "G_a", "Delta_a", "Delta_c",
)  # fmt: skip


def samples(count=4, seed=1) -> list[om.Parameters]:
    """Parameters at random about the paper's, both senses of rotation and both driven modes among them.

    >>> len({(p.drive, p.angular_velocity > 0) for p in samples()})
    4
    """
    random = np.random.default_rng(seed)
    found = []
    for k in range(count):
        p = om.PAPER.replace(drive=("ccw", "cw")[k % 2], power=0.01)
        sense = 1 if k % 4 < 2 else -1
        change = dict(zip(VARIED, random.uniform(0.9, 1.1, len(VARIED)), strict=True))
        moved = {name: getattr(p, name) * factor for name, factor in change.items()}
        found.append(p.replace(**moved | {"angular_velocity": sense * moved["angular_velocity"]}))
    return found


def check(mine, right, tolerance=1e-6, points=None):
    """Compare a function of Parameters with the right one; an AssertionError says what differs, and where.

    >>> import omcore as om
    >>> check(lambda p: om.sagnac_shift(p), om.sagnac_shift)
    right at 4 points
    >>> check(lambda p: om.sagnac_shift(p) / (2 * 3.141592653589793), om.sagnac_shift)
    Traceback (most recent call last):
    AssertionError: number 1 of 1 is 0.159 times what it must be, at Omega = ... a factor 1/(2 pi), ...
    """
    points = samples() if points is None else points
    for p in points:
        found, wanted = (np.atleast_1d(np.asarray(f(p))) for f in (mine, right))
        where = f"at Omega = {p.angular_velocity:.4g} rad/s, {p.drive} driven"
        assert found.shape == wanted.shape, (
            f"the shape is {found.shape}, not {wanted.shape}, {where}"
        )
        scale = np.nanmax(np.abs(wanted), initial=0.0)
        wrong = ~np.isclose(
            found, wanted, rtol=tolerance, atol=tolerance * 1e-3 * scale, equal_nan=True
        )
        if wrong.any():
            first = tuple(np.argwhere(wrong)[0])
            entry = first[0] + 1 if wanted.ndim == 1 else tuple(int(k) for k in first)
            of = f"number {entry} of {len(wanted)}" if wanted.ndim == 1 else f"entry {entry}"
            raise AssertionError(
                f"{of} {_off(found[first], wanted[first])}, {where}{_hint(found[first], wanted[first])}"
            )
    print(f"right at {len(points)} points")


def _off(found, wanted):
    if not np.isfinite(found) or not np.isfinite(wanted):
        return f"is {found:.3g}; only an unstable point has no number"
    if wanted == 0:
        return f"is {found:.3g} and must be zero"
    return f"is {found / wanted:.3g} times what it must be"


def _hint(found, wanted):
    hints = {
        2 * np.pi: "a factor 2 pi, as of hertz and rad/s",
        1 / (2 * np.pi): "a factor 1/(2 pi), as of hertz and rad/s",
        np.sqrt(2): "a square root of 2",
        np.sqrt(0.5): "a square root of 1/2",
        -1: "the sign",
        2: "a factor 2",
        0.5: "a factor 1/2",
        4: "a factor 4",
        0.25: "a factor 1/4",
    }
    for factor, words in hints.items():
        if wanted != 0 and np.isclose(found / wanted, factor, rtol=1e-4):
            return f": {words}"
    return ""
