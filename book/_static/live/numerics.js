// Polynomials, their roots and small linear systems: no physics in sight. Beside omcore/numerics/.
//
// Complex numbers lie in Float64Arrays as re, im, re, im, ...; an index counts complex numbers. Matrices
// lie row by row. Results go into arrays that the caller owns, so that a sweep allocates nothing.

var omcore = omcore || {};

omcore.numerics = (() => {
  "use strict";

  /** out[k] += a[i] b[j] */
  function addProduct(out, k, a, i, b, j) {
    const x = a[2 * i], y = a[2 * i + 1], u = b[2 * j], v = b[2 * j + 1];
    out[2 * k] += x * u - y * v;
    out[2 * k + 1] += x * v + y * u;
  }

  /** out[k] += a[i] b[j]* */
  function addProductConj(out, k, a, i, b, j) {
    const x = a[2 * i], y = a[2 * i + 1], u = b[2 * j], v = b[2 * j + 1];
    out[2 * k] += x * u + y * v;
    out[2 * k + 1] += y * u - x * v;
  }

  /** out[k] = a[i] / b[j] */
  function quotient(out, k, a, i, b, j) {
    const x = a[2 * i], y = a[2 * i + 1], u = b[2 * j], v = b[2 * j + 1], size = u * u + v * v;
    out[2 * k] = (x * u + y * v) / size;
    out[2 * k + 1] = (y * u - x * v) / size;
  }

  // ---- polynomials: omcore/numerics/polynomials.py

  const power = new Float64Array(18), next = new Float64Array(18);

  /** polynomials.characteristic: det(s - M) = Σ c_k s^k of a complex 3 x 3 M (Faddeev, LeVerrier). */
  function characteristic(M, c) {
    c[6] = 1;
    c[7] = 0;
    power.set(M);
    for (let k = 1; ; k++) {
      const re = -(power[0] + power[8] + power[16]) / k; // the trace
      const im = -(power[1] + power[9] + power[17]) / k;
      c[6 - 2 * k] = re;
      c[7 - 2 * k] = im;
      if (k === 3) return;
      for (let i = 0; i < 3; i++) {
        power[8 * i] += re;
        power[8 * i + 1] += im;
      }
      next.fill(0);
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++)
          for (let l = 0; l < 3; l++) addProduct(next, 3 * i + j, M, 3 * i + l, power, 3 * l + j);
      power.set(next);
    }
  }

  /** polynomials.adjugate_times: the vectors u_k of adj(s - M) v = Σ s^k u_k, one after the other. */
  function adjugateTimes(M, c, v, u) {
    u.fill(0, 0, 12);
    u.set(v, 12);
    for (let k = 1; k >= 0; k--)
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) addProduct(u, 3 * k + i, M, 3 * i + j, u, 3 * k + 3 + j);
        addProduct(u, 3 * k + i, c, k + 1, v, i);
      }
  }

  const rows = [new Float64Array(8), new Float64Array(8), new Float64Array(8)];

  /** polynomials.routh: 1 if all roots of a real polynomial lie left, -1 if not, 0 in doubt. */
  function routh(a, degree, doubt) {
    let [older, newer, following] = rows;
    let length = 0, width = 0, scale = 0; // of the two rows, and of what the pivot is the difference of
    for (let k = degree; k >= 0; k -= 2) older[length++] = a[k];
    for (let k = degree - 1; k >= 0; k -= 2) newer[width++] = a[k];
    for (let k = 0; k < width; k++) scale = Math.max(scale, Math.abs(newer[k]));
    for (;;) {
      if (!(Math.abs(newer[0]) > doubt * scale)) return 0;
      if (newer[0] < 0) return -1;
      if (length === 1) return 1;
      const ratio = older[0] / newer[0];
      for (let k = 1; k < length; k++) following[k - 1] = older[k] - (k < width ? ratio * newer[k] : 0);
      scale = Math.abs(older[1]) + (width > 1 ? Math.abs(ratio * newer[1]) : 0);
      const shorter = length - 1;
      [older, newer, following] = [newer, following, older];
      length = width;
      width = shorter;
    }
  }

  // ---- roots: omcore/numerics/roots.py

  /** roots.complex_roots: all roots of a monic cubic, Cardano's, and a Newton step for the digits. */
  function complexRoots(c, roots) {
    const x = -c[4] / 3, y = -c[5] / 3; // the centre, m; then (s - m)³ + p (s - m) + q
    const xx = x * x - y * y, xy = 2 * x * y;
    const p = c[2] - 3 * xx, pi = c[3] - 3 * xy;
    const q = c[0] + c[2] * x - c[3] * y - 2 * (xx * x - xy * y);
    const qi = c[1] + c[2] * y + c[3] * x - 2 * (xx * y + xy * x);
    const pp = p * p - pi * pi, ppi = 2 * p * pi;
    const d = (q * q - qi * qi) / 4 + (pp * p - ppi * pi) / 27;
    const di = (q * qi) / 2 + (pp * pi + ppi * p) / 27;
    const size = Math.sqrt(d * d + di * di);
    let w = Math.sqrt((size + Math.abs(d)) / 2); // the square root of q²/4 + p³/27 ...
    let wi = w === 0 ? 0 : di / (2 * w);
    if (d < 0) [w, wi] = [Math.abs(wi), di < 0 ? -w : w];
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
      [g, gi] = [g * x - gi * y + f, g * y + gi * x + fi];
      [f, fi] = [f * x - fi * y + c[2 * j], f * y + fi * x + c[2 * j + 1]];
    }
    const size = g * g + gi * gi, step = (f * g + fi * gi) / size, turn = (fi * g - f * gi) / size;
    const finite = Number.isFinite(step) && Number.isFinite(turn);
    roots[2 * k] = finite ? x - step : x;
    roots[2 * k + 1] = finite ? y - turn : y;
  }

  const at = { value: 0, slope: 0 }, derivative = { a: new Float64Array(8), degree: 0 };

  function horner(x) {
    const { a, degree } = derivative;
    let value = a[degree], slope = 0;
    for (let k = degree - 1; k >= 0; k--) {
      slope = slope * x + value;
      value = value * x + a[k];
    }
    at.value = value;
    at.slope = slope;
  }

  /**
   * roots.real_roots, by another way: where a real polynomial turns between low and high. Between two
   * neighbouring zeros of its derivative a polynomial crosses zero at most once, so the zeros of the
   * highest derivative bracket those of the next, and so on. Returns how many points there are.
   */
  function turningPoints(a, degree, low, high, points) {
    let count = 0;
    for (let order = degree - 1; order >= 1; order--) {
      derivative.degree = degree - order;
      for (let k = 0; k <= degree - order; k++) {
        let factor = 1;
        for (let j = 1; j <= order; j++) factor *= k + j;
        derivative.a[k] = factor * a[k + order];
      }
      count = crossings(horner, at, low, high, points, count, points, 1e-9);
    }
    return count;
  }

  const edges = new Float64Array(16);

  /**
   * Where a function crosses zero, once at most between neighbours of low, edges, high: Newton's
   * method, kept inside a shrinking bracket. The function leaves its value and slope in ``there``.
   */
  function crossings(f, there, low, high, between, count, found, tolerance) {
    edges[0] = low;
    for (let k = 0; k < count; k++) edges[k + 1] = between[k];
    edges[count + 1] = high;
    let number = 0;
    f(low);
    let sign = Math.sign(there.value);
    for (let k = 1; k <= count + 1; k++) {
      f(edges[k]);
      const after = Math.sign(there.value);
      if (sign * after < 0)
        found[number++] = crossing(f, there, edges[k - 1], edges[k], sign, tolerance);
      sign = after;
    }
    return number;
  }

  function crossing(f, there, low, high, sign, tolerance) {
    let x = (low + high) / 2, before = high - low;
    for (let k = 0; k < 200; k++) {
      f(x);
      if (there.value === 0) return x;
      if (there.value * sign > 0) low = x;
      else high = x;
      let step = there.value / there.slope;
      if (!(x - step > low && x - step < high && 2 * Math.abs(step) < before))
        step = x - (low + high) / 2;
      before = Math.abs(step);
      x -= step;
      if (before <= tolerance * Math.abs(x)) return x;
    }
    return x;
  }

  // ---- linear systems

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
          for (let j = k + 1; j < width; j++)
            augmented[i * width + j] -= factor * augmented[k * width + j];
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      let x = augmented[k * width + n];
      for (let j = k + 1; j < n; j++) x -= augmented[k * width + j] * augmented[j * width + n];
      augmented[k * width + n] = x / augmented[k * width + k];
    }
  }

  return { addProduct, addProductConj, quotient, characteristic, adjugateTimes, routh,
    complexRoots, turningPoints, crossings, solve };
})();
