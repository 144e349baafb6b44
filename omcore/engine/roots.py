"""Roots of polynomials, many at once: all complex ones, or the real ones with their multiplicity.

Coefficients and roots come first and the batch last, ``(n + 1, m)``, lowest power first.
"""

import numpy as np

from .polynomials import horner

ROUNDING = 64 * np.finfo(float).eps  # backward error below which a polynomial is zero


def complex_roots(c):
    """All roots of monic polynomials, coefficients (n + 1, m) lowest power first.

    Up to the third degree they start from the closed form, beyond as eigenvalues of the companion
    matrix; a Newton step restores the digits. Multiple roots are as good as rounding lets them be.

    Returns
    -------
    complex array (n, m), in no order

    Examples
    --------
    >>> sorted(complex_roots(np.array([[-6.0], [11.0], [-6.0], [1.0]]))[:, 0].real.round(12))
    [np.float64(1.0), np.float64(2.0), np.float64(3.0)]
    """
    c = np.asarray(c, complex)
    n = len(c) - 1
    centre = c[n - 1] / -n
    if n == 1:
        return centre[None]
    with np.errstate(divide="ignore", invalid="ignore"):
        if n == 2:
            root = np.sqrt(centre**2 - c[0])
            roots = centre + np.stack([root, -root])
        elif n == 3:
            roots = centre + _depressed_cubic(
                c[1] - 3 * centre**2, c[0] + c[1] * centre - 2 * centre**3
            )
        else:
            roots = _companion_eigenvalues(c)
        value, slope = horner(c[:, None], roots)
        step = value / slope
        return np.where(np.isfinite(step), roots - step, roots)


def _depressed_cubic(p, q):
    """Roots of t³ + pt + q, Cardano's, the cube root taken where nothing cancels."""
    root = np.sqrt(q * q / 4 + p * p * p / 27)
    u = np.where((q.conj() * root).real > 0, -q / 2 - root, -q / 2 + root) ** (1 / 3)
    v = np.where(u == 0, 0, -p / (3 * u))
    turn = np.exp(2j * np.pi / 3)
    return np.stack([u + v, u * turn + v / turn, u / turn + v * turn])


def real_roots(a):
    """All real roots, sorted, with multiplicity, and which of them are multiple.

    Where Sturm's theorem promises a single simple root, bracketed Newton steps find it.
    Elsewhere the roots are eigenvalues of the companion matrix, polished by Newton steps. A
    complex pair counts as a double root if the polynomial at its real part is zero to rounding:
    nothing finer can be told apart in floating point.

    Parameters
    ----------
    a : array (n + 1, m), lowest power first, leading coefficient not zero

    Returns
    -------
    roots : array (n, m), the real ones first, in ascending order, then NaN
    multiple : bool array (n, m), True where the polynomial touches zero without crossing

    Examples
    --------
    >>> roots, multiple = real_roots(np.array([[-2.0], [5.0], [-4.0], [1.0]]))  # (x - 1)^2 (x - 2)
    >>> roots[:, 0].round(6), multiple[:, 0]
    (array([1., 1., 2.]), array([ True,  True, False]))
    """
    degree = len(a) - 1
    monic = a / a[-1]
    roots = np.full((degree, a.shape[1]), np.nan)
    multiple = np.zeros(roots.shape, bool)
    single = _has_a_single_root(monic)
    if single.all():
        roots[0] = _single_root(monic)
        return roots, multiple
    roots[0, single] = _single_root(monic[:, single])
    roots[:, ~single], multiple[:, ~single] = _companion_roots(monic[:, ~single])
    return roots, multiple


def _has_a_single_root(monic, margin=1e-6):
    """Sturm: sign changes along the chain p, p', -rem(...), ... at -inf less those at +inf.

    False also where a leading coefficient is too small for its sign to be trusted.
    """
    degree = len(monic) - 1
    older = monic[::-1]  # highest power first
    newer = older[:-1] * np.arange(degree, 0, -1)[:, None]
    leading = [older[0], newer[0]]
    trusted = np.ones(monic.shape[1], bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        while len(newer) > 1:
            remainder = older[1:].copy()
            remainder[:-1] -= older[0] / newer[0] * newer[1:]
            remainder = remainder[1:] - remainder[0] / newer[0] * newer[1:]
            largest = np.abs(remainder).max(0)
            trusted &= largest > margin * np.abs(newer).max(0)
            older, newer = newer, -remainder / largest
            trusted &= np.abs(newer[0]) > margin
            leading.append(newer[0])
    signs = np.sign(leading)
    at_minus_infinity = signs * np.where(np.arange(degree, -1, -1) % 2, -1, 1)[:, None]
    changes = [(s[1:] != s[:-1]).sum(0) for s in (at_minus_infinity, signs)]
    return trusted & (changes[0] - changes[1] == 1)


def _single_root(monic, steps=200):
    """The one crossing of each polynomial: Newton's method, kept inside a shrinking bracket.

    One simple root means odd degree: the polynomial is negative left of it, positive right of it.
    """
    x = np.zeros(monic.shape[1])
    settled = np.zeros(len(x), bool)  # a point that has settled stays, whatever its neighbours do
    right = 1 + np.abs(monic[:-1]).max(0, initial=0)  # Cauchy's bound on every root
    left = -right
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(steps):
            value, slope = horner(monic, x)
            below = value < 0
            left, right = np.where(below, x, left), np.where(below, right, x)
            newton = x - value / slope
            newton = np.where((newton >= left) & (newton <= right), newton, (left + right) / 2)
            near = np.abs(newton - x) <= 1e-7 * np.abs(
                newton
            )  # the step that was taken squares this
            x, settled = np.where(settled, x, newton), settled | near
            if settled.all():
                break
    return x


def _companion_eigenvalues(monic):
    degree = len(monic) - 1
    companion = np.zeros((monic.shape[1], degree, degree), monic.dtype)
    companion[:, range(1, degree), range(degree - 1)] = 1
    companion[:, :, -1] = -monic[:-1].T
    return np.linalg.eigvals(companion).T


def _refined(monic, roots, steps=6):
    """Aberth's simultaneous Newton steps: a small root beside large ones gets its own digits, too."""
    near = np.eye(len(roots), dtype=bool)[..., None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(steps):
            value, slope = horner(monic[:, None], roots)
            newton = value / slope
            repelled = np.where(near, 0, 1 / (roots[:, None] - roots)).sum(1)
            step = newton / (1 - newton * repelled)
            roots = np.where(np.isfinite(step), roots - step, roots)
    return roots


def _companion_roots(monic):
    degree = len(monic) - 1
    all_roots = _refined(monic, _companion_eigenvalues(monic).astype(complex))
    nearly_real = np.abs(all_roots.imag) <= 1e-4 * np.abs(all_roots)
    roots = np.where(nearly_real, all_roots.real, np.nan)
    value, slope = horner(monic[:, None], roots)
    for _ in range(3):
        with np.errstate(divide="ignore", invalid="ignore"):
            polished = roots - value / slope
        at_polished = horner(monic[:, None], polished)
        nearby = np.abs(polished - roots) <= 1e-4 * np.abs(roots)
        better = nearby & (np.abs(at_polished[0]) < np.abs(value))
        roots, value, slope = (
            np.where(better, new, old)
            for new, old in zip((polished, *at_polished), (roots, value, slope), strict=True)
        )
    curvature = horner(monic[1:, None] * np.arange(1, degree + 1)[:, None, None], roots)[1]
    scale = horner(np.abs(monic[:, None]), np.abs(roots))[0]
    is_root = np.abs(value) <= ROUNDING * scale
    # A parabola as high as the rounding splits by sqrt(2 rounding/|p''|); its slope there tells.
    multiple = is_root & (
        np.abs(slope) <= np.sqrt(2 * ROUNDING * scale) * np.sqrt(np.abs(curvature))
    )
    order = np.argsort(np.where(is_root, roots, np.inf), axis=0)
    roots = np.where(is_root, roots, np.nan)
    return np.take_along_axis(roots, order, 0), np.take_along_axis(multiple, order, 0)
