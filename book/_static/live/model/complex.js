// Complex numbers: in Float64Arrays as re, im, re, im, ...; an index counts complex numbers. Matrices lie row by row.
// Results go into arrays that are there already, so that a sweep allocates next to nothing.

omcore.complex = (() => {
  "use strict";

  /** An array of n of them. */
  const complex = (n) => new Float64Array(2 * n);

  /** Zero in all places; sooner done than with ``fill``, which leaves compiled code. */
  function clear(a) {
    for (let k = 0; k < a.length; k++) a[k] = 0;
  }

  /** out[k] += a[i] b[j] */
  function addProduct(out, k, a, i, b, j) {
    const x = a[2 * i], y = a[2 * i + 1], u = b[2 * j], v = b[2 * j + 1];
    out[2 * k] += x * u - y * v;
    out[2 * k + 1] += x * v + y * u;
  }

  /** out[k] = a[i] b[j] - c[l] d[m] */
  function difference(out, k, a, i, b, j, c, l, d, m) {
    const x = a[2 * i], y = a[2 * i + 1], u = b[2 * j], v = b[2 * j + 1];
    const z = c[2 * l], w = c[2 * l + 1], s = d[2 * m], t = d[2 * m + 1];
    out[2 * k] = x * u - y * v - (z * s - w * t);
    out[2 * k + 1] = x * v + y * u - (z * t + w * s);
  }

  /** out[k] = a[i] / b[j] */
  function quotient(out, k, a, i, b, j) {
    const x = a[2 * i], y = a[2 * i + 1], u = b[2 * j], v = b[2 * j + 1], size = u * u + v * v;
    out[2 * k] = (x * u + y * v) / size;
    out[2 * k + 1] = (y * u - x * v) / size;
  }

  return { complex, clear, addProduct, difference, quotient };
})();
