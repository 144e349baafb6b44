// Roots of polynomials, and linear systems: no physics in sight. Beside engine/roots.py.

omcore.roots = (() => {
  "use strict";

  const { horner, differentiate } = omcore.polynomials;

  /** complex_roots: all roots of a monic cubic, Cardano's, and a Newton step for the digits. */
  function complexRoots(c, roots) {
    const x = -c[4] / 3, y = -c[5] / 3; // the centre, m; then (s - m)³ + p (s - m) + q
    const xx = x * x - y * y, xy = 2 * x * y;
    const p = c[2] - 3 * xx, pi = c[3] - 3 * xy;
    const q = c[0] + c[2] * x - c[3] * y - 2 * (xx * x - xy * y);
    const qi = c[1] + c[2] * y + c[3] * x - 2 * (xx * y + xy * x);
    const pp = p * p - pi * pi, ppi = 2 * p * pi;
    const d = (q * q - qi * qi) / 4 + (pp * p - ppi * pi) / 27;
    const di = (q * qi) / 2 + (pp * pi + ppi * p) / 27;
    const size = Math.sqrt(Math.sqrt(d * d + di * di)), half = Math.atan2(di, d) / 2;
    const w = size * Math.cos(half), wi = size * Math.sin(half); // the square root of q²/4 + p³/27 ...
    const sign = q * w + qi * wi > 0 ? -1 : 1; // ... taken where nothing cancels
    const u3 = sign * w - q / 2, u3i = sign * wi - qi / 2;
    const radius = Math.cbrt(Math.sqrt(u3 * u3 + u3i * u3i)), angle = Math.atan2(u3i, u3) / 3;
    for (let k = 0; k < 3; k++) {
      const turned = angle + (2 * Math.PI * k) / 3;
      const u = radius * Math.cos(turned), ui = radius * Math.sin(turned), uu = u * u + ui * ui;
      const v = uu === 0 ? 0 : -(p * u + pi * ui) / (3 * uu);
      const vi = uu === 0 ? 0 : -(pi * u - p * ui) / (3 * uu);
      polish(c, x + u + v, y + ui + vi, roots, k);
    }
  }

  function polish(c, x, y, roots, k) {
    let f = 1, fi = 0, g = 0, gi = 0; // value and slope, by Horner's rule
    for (let j = 2; j >= 0; j--) {
      const turned = g * y + gi * x + fi, raised = f * y + fi * x + c[2 * j + 1];
      g = g * x - gi * y + f;
      gi = turned;
      f = f * x - fi * y + c[2 * j];
      fi = raised;
    }
    const size = g * g + gi * gi, step = (f * g + fi * gi) / size, turn = (fi * g - f * gi) / size;
    const isFinite = Number.isFinite(step) && Number.isFinite(turn);
    roots[2 * k] = isFinite ? x - step : x;
    roots[2 * k + 1] = isFinite ? y - turn : y;
  }

  const at = new Float64Array(2);

  /**
   * real_roots, by another way: where a real polynomial turns between low and high. Between two neighbouring
   * zeros of its derivative a polynomial crosses zero at most once, so the zeros of the highest derivative bracket those
   * of the next, and so on.
   */
  function turningPoints(a, low, high) {
    const slopes = [];
    for (let one = a; one.length > 2; ) slopes.push((one = differentiate(one)));
    return slopes.reduceRight((found, one) => crossings((x, at) => horner(one, x, at), low, high, found, 1e-9), []);
  }

  /**
   * Where a function, which leaves its value and slope in ``at``, crosses zero, once at most between neighbours of
   * low, between, high.
   */
  function crossings(f, low, high, between, tolerance) {
    const found = [];
    f(low, at);
    for (let k = 0, left = low, sign = Math.sign(at[0]); k <= between.length; k++) {
      const right = k < between.length ? between[k] : high;
      f(right, at);
      const after = Math.sign(at[0]);
      if (sign * after < 0) found.push(crossing(f, left, right, sign, tolerance));
      left = right;
      sign = after;
    }
    return found;
  }

  /** Newton's method, kept inside a shrinking bracket. */
  function crossing(f, low, high, sign, tolerance) {
    let x = (low + high) / 2, before = high - low;
    for (let k = 0; k < 200 && before > tolerance * Math.abs(x); k++) {
      f(x, at);
      const value = at[0], newton = value / at[1], next = x - newton;
      if (value === 0) return x;
      if (value * sign > 0) low = x;
      else high = x;
      const isInside = next > low && next < high && 2 * Math.abs(newton) < before;
      const step = isInside ? newton : x - (low + high) / 2;
      before = Math.abs(step);
      x -= step;
    }
    return x;
  }

  /** Solve L x = v by elimination with pivots; augmented (n, n + 1) is L beside v, whose place x takes. */
  function solve(augmented, n) {
    const width = n + 1;
    for (let k = 0; k < n; k++) {
      let best = k;
      for (let i = k + 1; i < n; i++)
        if (Math.abs(augmented[i * width + k]) > Math.abs(augmented[best * width + k])) best = i;
      if (best !== k)
        for (let j = k; j < width; j++) {
          const kept = augmented[k * width + j];
          augmented[k * width + j] = augmented[best * width + j];
          augmented[best * width + j] = kept;
        }
      const pivot = augmented[k * width + k];
      for (let i = k + 1; i < n; i++) {
        const factor = augmented[i * width + k] / pivot;
        if (factor !== 0)
          for (let j = k + 1; j < width; j++) augmented[i * width + j] -= factor * augmented[k * width + j];
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      let x = augmented[k * width + n];
      for (let j = k + 1; j < n; j++) x -= augmented[k * width + j] * augmented[j * width + n];
      augmented[k * width + n] = x / augmented[k * width + k];
    }
  }

  return { complexRoots, turningPoints, crossings, solve };
})();
