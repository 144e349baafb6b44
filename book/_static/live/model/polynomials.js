// Polynomials, as lists of coefficients by powers of s: no physics in sight. Beside engine/polynomials.py.

omcore.polynomials = (() => {
  "use strict";

  const { plus, minus, times, scaled, dot } = omcore.complex;

  /** characteristic: det(s - M) = Σ c_k s^k of a 3 x 3 M. */
  function characteristic(M) {
    const minor = (i, j, k, l) => minus(times(M[i][k], M[j][l]), times(M[i][l], M[j][k]));
    const trace = plus(plus(M[0][0], M[1][1]), M[2][2]);
    const minors = plus(plus(minor(0, 1, 0, 1), minor(0, 2, 0, 2)), minor(1, 2, 1, 2));
    const determinant = dot(M[0], [minor(1, 2, 1, 2), minor(1, 2, 2, 0), minor(1, 2, 0, 1)]);
    return [scaled(-1, determinant), minors, scaled(-1, trace), [1, 0]];
  }

  /** adjugate_times: the vectors u_k of adj(s - M) v = Σ s^k u_k. */
  function adjugateTimes(M, c, v) {
    const n = M.length, u = new Array(n).fill(v);
    for (let k = n - 2; k >= 0; k--)
      u[k] = M.map((row, i) => plus(dot(row, u[k + 1]), times(c[k + 1], v[i])));
    return u;
  }

  /** horner, with real coefficients at a complex number: value and slope. */
  function complexHorner(a, [x, y]) {
    let re = a[a.length - 1], im = 0, slope = 0, turn = 0;
    for (let k = a.length - 2; k >= 0; k--) {
      [slope, turn] = [slope * x - turn * y + re, slope * y + turn * x + im];
      [re, im] = [re * x - im * y + a[k], re * y + im * x];
    }
    return [[re, im], [slope, turn]];
  }

  /** horner, with real coefficients at a real number: value and slope. */
  function horner(a, x) {
    let value = a.at(-1), slope = 0;
    for (let k = a.length - 2; k >= 0; k--) {
      slope = slope * x + value;
      value = value * x + a[k];
    }
    return [value, slope];
  }

  const derivative = (a) => a.slice(1).map((value, k) => (k + 1) * value);

  /** routh: 1 if all roots of a real polynomial lie left, -1 if not, 0 in doubt. */
  function routh(a, doubt) {
    let older = [], newer = [], scale = 0; // of what the pivot is the difference of
    for (let k = a.length - 1; k >= 0; k -= 2) older.push(a[k]);
    for (let k = a.length - 2; k >= 0; k -= 2) newer.push(a[k]);
    for (const value of newer) scale = Math.max(scale, Math.abs(value));
    for (;;) {
      if (!(Math.abs(newer[0]) > doubt * scale)) return 0;
      if (newer[0] < 0) return -1;
      if (older.length === 1) return 1;
      const ratio = older[0] / newer[0], next = [];
      for (let k = 1; k < older.length; k++) next.push(older[k] - (k < newer.length ? ratio * newer[k] : 0));
      scale = Math.abs(older[1]) + (newer.length > 1 ? Math.abs(ratio * newer[1]) : 0);
      [older, newer] = [newer, next];
    }
  }

  return { characteristic, adjugateTimes, complexHorner, horner, derivative, routh };
})();
