// Homodyne records of two modes and the V that is estimated from them. To be read beside omcore/gaussian/homodyne.py;
// of the records only their sums of squares are drawn, as drawings/seen/experiment.py does.

omcore.homodyne = (() => {
  "use strict";

  const { separabilityMargin, isPositive } = omcore.gaussian;
  const SETTINGS = [[0, 0], [0, 2], [2, 0], [2, 2], [1, 1]]; // angles of the two detectors, in units of pi/4

  // ---- random numbers from a seed

  /** mulberry32: uniform numbers between 0 and 1, the same for the same seed. */
  function uniform(seed) {
    let a = seed >>> 0;
    return () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
    };
  }

  const normal = (next) => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());

  /** A sum of so many squares of normal numbers, by the method of Marsaglia and Tsang. */
  function chiSquare(freedom, next) {
    if (freedom === 1) return normal(next) ** 2;
    const d = freedom / 2 - 1 / 3, c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal(next), v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(next()) < x * x / 2 + d - d * v + d * Math.log(v)) return 2 * d * v;
    }
  }

  /** scatter: [xx, xy, yy] of pairs with the covariance [a, b, c], by Bartlett. */
  function scatter([a, b, c], freedom, next) {
    const l = Math.sqrt(a), m = b / l, n = Math.sqrt(c - m * m);
    const s = Math.sqrt(chiSquare(freedom, next)), t = normal(next), u = freedom > 1 ? chiSquare(freedom - 1, next) : 0;
    const x = l * s, y = m * s + n * t;
    return [x * x, x * y, y * y + n * n * u];
  }

  // ---- what is seen, and what is estimated from it

  /** What the detectors see in each setting, [variance, covariance, variance], of the rows V of two modes. */
  function seenOf(V, efficiency) {
    return SETTINGS.map((angles) => {
      const d = angles.map((k) => [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)]);
      const entry = (i, j) => efficiency * d[i].reduce((sum, x, k) => sum + d[j].reduce((part, y, l) => part + x * y * V[2 * i + k][2 * j + l], 0), 0);
      return [entry(0, 0) + (1 - efficiency) / 2, entry(0, 1), entry(1, 1) + (1 - efficiency) / 2];
    });
  }

  /** fitted: the rows of V from the moments of all settings, by least squares; then the losses are taken away. */
  function fitted(moments, efficiency) {
    const [xx, xy, yx, yy, both] = moments, half = 0.5;
    const left = (both[1] - half * (xx[1] + xy[1] + yx[1] + yy[1])) / 4; // what the fifth setting knows better
    const [a, b, c, d] = [xx, xy, yx, yy].map((m) => m[1] + left);
    const X = half * (xx[0] + xy[0]), Y = half * (yx[0] + yy[0]), Q = half * (xx[2] + yx[2]), P = half * (xy[2] + yy[2]);
    const C = both[0] - half * (X + Y), S = both[2] - half * (Q + P), own = (v) => (v - half * (1 - efficiency)) / efficiency;
    return [[own(X), C / efficiency, a / efficiency, b / efficiency], [C / efficiency, own(Y), c / efficiency, d / efficiency],
      [a / efficiency, c / efficiency, own(Q), S / efficiency], [b / efficiency, d / efficiency, S / efficiency, own(P)]];
  }

  /** estimated_margin: NaN where V, given as rows, is not positive. */
  function margin(rows) {
    const V = new Float64Array(64);
    for (let i = 0; i < 8; i++) for (let j = 0; j < 8; j++) V[8 * i + j] = i < 4 && j < 4 ? rows[i][j] : i === j ? 0.5 : 0;
    return isPositive(V) ? separabilityMargin(V, [0, 1]) : NaN;
  }

  return { SETTINGS, uniform, chiSquare, scatter, seenOf, fitted, margin };
})();
