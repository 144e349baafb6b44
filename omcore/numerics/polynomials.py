"""Real roots of a batch of real polynomials, double roots included."""

import numpy as np

ROUNDING = 64 * np.finfo(float).eps  # backward error below which a polynomial is zero


def real_roots(coefficients):
    """All real roots, sorted, with multiplicity, and which of them are multiple.

    Where Sturm's theorem promises a single simple root, bracketed Newton steps find it.
    Elsewhere the roots are eigenvalues of the companion matrix, polished by Newton steps. A
    complex pair counts as a double root if the polynomial at its real part is zero to rounding:
    nothing finer can be told apart in floating point.

    Parameters
    ----------
    coefficients : array (..., n + 1), lowest power first, leading coefficient not zero

    Returns
    -------
    roots : array (..., n), the real ones first, in ascending order, then NaN
    multiple : bool array (..., n), True where the polynomial touches zero without crossing

    Examples
    --------
    >>> roots, multiple = real_roots(np.array([-2.0, 5.0, -4.0, 1.0]))  # (x - 1)^2 (x - 2)
    >>> roots.round(6), multiple
    (array([1., 1., 2.]), array([ True,  True, False]))
    """
    degree = coefficients.shape[-1] - 1
    batch = coefficients.shape[:-1]
    monic = (coefficients / coefficients[..., -1:]).reshape(-1, degree + 1)
    roots = np.full((len(monic), degree), np.nan)
    multiple = np.zeros(roots.shape, bool)
    single = _has_a_single_root(monic)
    roots[single, 0] = _single_root(monic[single])
    roots[~single], multiple[~single] = _companion_roots(monic[~single])
    return roots.reshape(*batch, degree), multiple.reshape(*batch, degree)


def _evaluate(coefficients, x):
    """Value, first and second derivative at x (m, k), and the rounding scale Σ|c_j||x|^j."""
    value = first = second = scale = np.zeros(x.shape)
    for c in coefficients.T[::-1, :, None]:
        second = second * x + 2 * first
        first = first * x + value
        value = value * x + c
        scale = scale * np.abs(x) + np.abs(c)
    return value, first, second, scale


def _has_a_single_root(monic, margin=1e-6):
    """Sturm: sign changes along the chain p, p', -rem(...), ... at -inf less those at +inf.

    False also where a leading coefficient is too small for its sign to be trusted.
    """
    degree = monic.shape[-1] - 1
    high = monic.T[::-1]  # highest power first, batch last
    older, newer = high, high[:-1] * np.arange(degree, 0, -1)[:, None]
    leading = [older[0], newer[0]]
    trusted = np.ones(len(monic), bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        while len(newer) > 1:
            slope = older[0] / newer[0]
            remainder = older[1:].copy()
            remainder[:-1] -= slope * newer[1:]
            remainder = remainder[1:] - remainder[0] / newer[0] * newer[1:]
            largest = np.abs(remainder).max(0)
            older, newer = newer, -remainder / largest
            trusted &= (np.abs(newer[0]) > margin) & (largest > margin * np.abs(older).max(0))
            leading.append(newer[0])
    signs = np.sign(leading)
    at_minus_infinity = signs * np.where(np.arange(degree, -1, -1) % 2, -1, 1)[:, None]
    changes = [(s[1:] != s[:-1]).sum(0) for s in (at_minus_infinity, signs)]
    return trusted & (changes[0] - changes[1] == 1)


def _single_root(monic, steps=200):
    """The one crossing of each polynomial: Newton's method, kept inside a shrinking bracket.

    One simple root means odd degree: the polynomial is negative left of it, positive right of it.
    """
    x = np.zeros(len(monic))
    right = 1 + np.abs(monic[:, :-1]).max(-1, initial=0)  # Cauchy's bound on every root
    left = -right
    for _ in range(steps):
        value, first = monic[:, -1], np.zeros(len(monic))
        for c in monic.T[-2::-1]:
            first = first * x + value
            value = value * x + c
        left, right = np.where(value < 0, x, left), np.where(value < 0, right, x)
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = x - value / first
        inside = (newton >= left) & (newton <= right)
        newton = np.where(inside, newton, (left + right) / 2)
        settled = np.abs(newton - x) <= ROUNDING * np.abs(newton)
        x = newton
        if settled.all():
            break
    return x


def _companion_roots(monic):
    degree = monic.shape[-1] - 1
    companion = np.zeros((len(monic), degree, degree))
    companion[:, range(1, degree), range(degree - 1)] = 1
    companion[:, :, -1] = -monic[:, :-1]
    complex_roots = np.linalg.eigvals(companion)

    nearly_real = np.abs(complex_roots.imag) <= 1e-4 * np.abs(complex_roots)
    roots = np.where(nearly_real, complex_roots.real, np.nan)
    value, first, second, scale = _evaluate(monic, roots)
    for _ in range(3):
        with np.errstate(divide="ignore", invalid="ignore"):
            polished = roots - value / first
        at_polished = _evaluate(monic, polished)
        nearby = np.abs(polished - roots) <= 1e-4 * np.abs(roots)
        better = nearby & (np.abs(at_polished[0]) < np.abs(value))
        roots = np.where(better, polished, roots)
        value, first, second, scale = (
            np.where(better, new, old)
            for new, old in zip(at_polished, (value, first, second, scale), strict=True)
        )
    is_root = np.abs(value) <= ROUNDING * scale
    # A parabola as high as the rounding splits by sqrt(2 rounding/|p''|); its slope there tells.
    multiple = is_root & (first**2 <= 2 * ROUNDING * scale * np.abs(second))
    order = np.argsort(np.where(is_root, roots, np.inf), axis=-1)
    roots = np.where(is_root, roots, np.nan)
    return np.take_along_axis(roots, order, -1), np.take_along_axis(multiple, order, -1)
