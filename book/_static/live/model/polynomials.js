// Polynomials, as lists of coefficients by powers of s: no physics in sight. Beside engine/polynomials.py.

omcore.polynomials = (() => {
  "use strict";

  const { complex, clear, addProduct, difference } = omcore.complex;
  const minor = complex(5);

  /** characteristic: det(s - M) = Σ c_k s^k of a complex 3 x 3 M. */
  function characteristic(M, c) {
    difference(minor, 0, M, 4, M, 8, M, 5, M, 7);
    difference(minor, 1, M, 0, M, 8, M, 2, M, 6);
    difference(minor, 2, M, 0, M, 4, M, 1, M, 3);
    difference(minor, 3, M, 5, M, 6, M, 3, M, 8); // with minor 0, what det M has by its first row
    difference(minor, 4, M, 3, M, 7, M, 4, M, 6);
    c[0] = c[1] = 0;
    addProduct(c, 0, M, 0, minor, 0);
    addProduct(c, 0, M, 1, minor, 3);
    addProduct(c, 0, M, 2, minor, 4);
    for (let part = 0; part < 2; part++) {
      c[part] = -c[part];
      c[2 + part] = minor[part] + minor[2 + part] + minor[4 + part];
      c[4 + part] = -(M[part] + M[8 + part] + M[16 + part]);
      c[6 + part] = 1 - part;
    }
  }

  /** adjugate_times: the vectors u_k of adj(s - M) v = Σ s^k u_k, one after the other. */
  function adjugateTimes(M, c, v, u) {
    clear(u);
    for (let i = 0; i < 6; i++) u[12 + i] = v[i];
    for (let k = 1; k >= 0; k--)
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) addProduct(u, 3 * k + i, M, 3 * i + j, u, 3 * k + 3 + j);
        addProduct(u, 3 * k + i, c, k + 1, v, i);
      }
  }

  /** c and the matrices N_k of det(s - A) = Σ c_k s^k and adj(s - A) = Σ N_k s^k for a real n x n A: Faddeev and LeVerrier's. */
  function adjugate(A, n) {
    const c = new Float64Array(n + 1), N = [];
    let AN = new Float64Array(n * n);
    c[n] = 1;
    for (let k = n - 1; k >= 0; k--) {
      N[k] = AN.map((x, at) => (at % (n + 1) === 0 ? x + c[k + 1] : x));
      AN = AN.map((_, at) => {
        let total = 0;
        for (let l = 0; l < n; l++) total += A[n * Math.floor(at / n) + l] * N[k][n * l + (at % n)];
        return total;
      });
      for (let i = 0; i < n; i++) c[k] -= AN[(n + 1) * i] / (n - k);
    }
    return { c, N };
  }

  /** horner, with real coefficients at a complex number x + iy: value and slope. */
  function complexHorner(a, x, y, at) {
    let re = a[a.length - 1], im = 0, slope = 0, turn = 0;
    for (let k = a.length - 2; k >= 0; k--) {
      const turned = slope * y + turn * x + im, raised = re * y + im * x;
      slope = slope * x - turn * y + re;
      turn = turned;
      re = re * x - im * y + a[k];
      im = raised;
    }
    at[0] = re;
    at[1] = im;
    at[2] = slope;
    at[3] = turn;
  }

  /** horner, with real coefficients at a real number: value and slope. */
  function horner(a, x, at) {
    let value = a[a.length - 1], slope = 0;
    for (let k = a.length - 2; k >= 0; k--) {
      slope = slope * x + value;
      value = value * x + a[k];
    }
    at[0] = value;
    at[1] = slope;
  }

  /** The coefficients of the slope. */
  function differentiate(a) {
    const slope = new Float64Array(a.length - 1);
    for (let k = 0; k < slope.length; k++) slope[k] = (k + 1) * a[k + 1];
    return slope;
  }

  const rows = [new Float64Array(8), new Float64Array(8), new Float64Array(8)];

  /** routh: 1 if all roots of a real polynomial lie left, -1 if not, 0 in doubt. */
  function routh(a, doubt) {
    let [older, newer, following] = rows;
    let length = 0, width = 0, scale = 0; // of the two rows, and of what the pivot is the difference of
    for (let k = a.length - 1; k >= 0; k -= 2) older[length++] = a[k];
    for (let k = a.length - 2; k >= 0; k -= 2) newer[width++] = a[k];
    for (let k = 0; k < width; k++) scale = Math.max(scale, Math.abs(newer[k]));
    for (;;) {
      if (!(Math.abs(newer[0]) > doubt * scale)) return 0;
      if (newer[0] < 0) return -1;
      if (length === 1) return 1;
      const ratio = older[0] / newer[0];
      for (let k = 1; k < length; k++) following[k - 1] = older[k] - (k < width ? ratio * newer[k] : 0);
      scale = Math.abs(older[1]) + (width > 1 ? Math.abs(ratio * newer[1]) : 0);
      [older, newer, following] = [newer, following, older];
      [length, width] = [width, length - 1];
    }
  }

  return { characteristic, adjugateTimes, adjugate, complexHorner, horner, differentiate, routh };
})();
