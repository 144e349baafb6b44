// Roots of polynomials, and linear systems: no physics in sight. Beside engine/roots.py.

omcore.roots = (() => {
  "use strict";

  const { horner, differentiate } = omcore.polynomials;

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
      if (factor === 0) continue; // most of them, in the equations for V
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

  return { turningPoints, crossings, solve };
})();
