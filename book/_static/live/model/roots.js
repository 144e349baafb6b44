// Roots of polynomials, and small linear systems: no physics in sight. Beside engine/roots.py.

omcore.roots = (() => {
  "use strict";

  const { plus, minus, times, over, scaled, square, power } = omcore.complex;
  const { horner, derivative } = omcore.polynomials;

  /** complex_roots: the roots of a monic cubic, Cardano's, and a Newton step for the digits. */
  function complexRoots(c) {
    const m = scaled(-1 / 3, c[2]), mm = times(m, m); // the centre; then (s - m)³ + p (s - m) + q
    const p = minus(c[1], scaled(3, mm)), q = plus(c[0], times(m, minus(c[1], scaled(2, mm))));
    const d = plus(scaled(1 / 4, times(q, q)), scaled(1 / 27, times(p, times(p, p)))), root = power(d, 1 / 2);
    const sign = q[0] * root[0] + q[1] * root[1] > 0 ? -1 : 1; // where nothing cancels
    const u = power(plus(scaled(sign, root), scaled(-1 / 2, q)), 1 / 3);
    return [0, 1, 2].map((k) => {
      const turned = times(u, [Math.cos((2 * Math.PI * k) / 3), Math.sin((2 * Math.PI * k) / 3)]);
      const other = square(u) === 0 ? [0, 0] : over(scaled(-1 / 3, p), turned);
      return polished(c, plus(m, plus(turned, other)));
    });
  }

  function polished(c, s) {
    const value = plus(c[0], times(s, plus(c[1], times(s, plus(c[2], s)))));
    const slope = plus(c[1], times(s, plus(scaled(2, c[2]), scaled(3, s)))), step = over(value, slope);
    return step.every(Number.isFinite) ? minus(s, step) : s;
  }

  /**
   * real_roots, by another way: where a real polynomial turns between low and high. Between two neighbouring zeros of
   * its derivative a polynomial crosses zero at most once, so the zeros of the highest derivative bracket those of the
   * next, and so on.
   */
  function turningPoints(a, low, high) {
    const chain = [derivative(a)];
    while (chain[0].length > 2) chain.unshift(derivative(chain[0]));
    return chain.reduce((found, one) => crossings((x) => horner(one, x), low, high, found, 1e-9), []);
  }

  /** Where a function, given with its slope, crosses zero, once at most between neighbours of low, between, high. */
  function crossings(f, low, high, between, tolerance) {
    const ends = [low, ...between, high], signs = ends.map((x) => Math.sign(f(x)[0])), found = [];
    for (let k = 1; k < ends.length; k++)
      if (signs[k - 1] * signs[k] < 0) found.push(crossing(f, ends[k - 1], ends[k], signs[k - 1], tolerance));
    return found;
  }

  /** Newton's method, kept inside a shrinking bracket. */
  function crossing(f, low, high, sign, tolerance) {
    let x = (low + high) / 2, before = high - low;
    for (let k = 0; k < 200 && before > tolerance * Math.abs(x); k++) {
      const [value, slope] = f(x);
      if (value === 0) return x;
      if (value * sign > 0) low = x;
      else high = x;
      const newton = value / slope, next = x - newton;
      const isInside = next > low && next < high && 2 * Math.abs(newton) < before;
      const step = isInside ? newton : x - (low + high) / 2;
      before = Math.abs(step);
      x -= step;
    }
    return x;
  }

  /** Solve L x = v by elimination with pivots; each row is that of L, and the entry of v behind it. */
  function solve(rows) {
    const n = rows.length, x = new Array(n);
    for (let k = 0; k < n; k++) {
      let best = k;
      for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
      [rows[k], rows[best]] = [rows[best], rows[k]];
      for (let i = k + 1; i < n; i++) {
        const factor = rows[i][k] / rows[k][k];
        if (factor !== 0) for (let j = k + 1; j <= n; j++) rows[i][j] -= factor * rows[k][j];
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      x[k] = rows[k][n];
      for (let j = k + 1; j < n; j++) x[k] -= rows[k][j] * x[j];
      x[k] /= rows[k][k];
    }
    return x;
  }

  return { complexRoots, turningPoints, crossings, solve };
})();
