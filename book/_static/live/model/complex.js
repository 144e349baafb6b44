// Complex numbers, each [real part, imaginary part].

omcore.complex = (() => {
  "use strict";

  const plus = (a, b) => [a[0] + b[0], a[1] + b[1]];
  const minus = (a, b) => [a[0] - b[0], a[1] - b[1]];
  const times = (a, b) => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
  const scaled = (x, a) => [x * a[0], x * a[1]];
  const conj = (a) => [a[0], -a[1]];
  const square = (a) => a[0] * a[0] + a[1] * a[1]; // |a|²

  function over(a, b) {
    const size = square(b);
    return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
  }

  /** A real power, on the principal branch. */
  function power(a, exponent) {
    const size = Math.sqrt(square(a)) ** exponent, angle = Math.atan2(a[1], a[0]) * exponent;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  }

  /** Σ a_k b_k */
  function dot(a, b) {
    let re = 0, im = 0;
    for (let k = 0; k < a.length; k++) {
      re += a[k][0] * b[k][0] - a[k][1] * b[k][1];
      im += a[k][0] * b[k][1] + a[k][1] * b[k][0];
    }
    return [re, im];
  }

  return { plus, minus, times, over, scaled, conj, square, power, dot };
})();
