// Mean fields with squeezing, which couples α to its conjugate. To be read beside omcore/statics.py.
//
// With the atoms eliminated, the mean quadratures u of the two modes of light obey (y - B) u = r while y = gq is held.
// So u = p(y)/d(y), d = det(y - B) and p = adj(y - B) r, and the balance is the polynomial y d² = ½ g² |p|² of degree 9.
// Where d vanishes, light may grow by itself, in two directions, without a drive.

omcore.statics = (() => {
  "use strict";

  const { complex } = omcore.complex, { adjugate, horner } = omcore.polynomials, { turningPoints, crossings, solve } = omcore.roots;
  const { inBalance } = omcore.displacements, { driftMatrix } = omcore.linear;
  const LIGHT = [0, 1, 2, 3], DOUBLE = 1e-10, NOTHING = 1e-6; // beside the terms that a sum has
  const B = new Float64Array(16), load = new Float64Array(8), r = new Float64Array(4), at = new Float64Array(2);
  let g = 0, d, N, p, balance; // of one system at a time

  const times = (matrix, v) => LIGHT.map((i) => LIGHT.reduce((total, k) => total + matrix[4 * i + k] * v[k], 0));
  const dot = (u, v) => u.reduce((total, x, k) => total + x * v[k], 0);
  const value = (c, y) => (horner(c, y, at), at[0]), slope = (c, y) => (horner(c, y, at), at[1]);
  const terms = (c, y) => value(c.map(Math.abs), y);

  /** B and r from the drift matrix without light, where a displacement turns each mode; then d, p and the balance. */
  function balanced(system) {
    const A = driftMatrix(system, { q: 0, alpha: complex(3) }), size = A[36] * A[45] - A[37] * A[44];
    g = system.g;
    for (const k of LIGHT) { // the atoms follow the light
      load[k] = (A[37] * A[40 + k] - A[45] * A[32 + k]) / size;
      load[4 + k] = (A[44] * A[32 + k] - A[36] * A[40 + k]) / size;
    }
    for (const i of LIGHT) {
      const row = i ^ 1, sign = i & 1 ? 1 : -1;
      for (const k of LIGHT) B[4 * i + k] = sign * (A[8 * row + k] + A[8 * row + 4] * load[k] + A[8 * row + 5] * load[4 + k]);
      r[i] = sign * Math.SQRT2 * system.drive[row];
    }
    ({ c: d, N } = adjugate(B, 4));
    const columns = N.map((matrix) => times(matrix, r));
    p = LIGHT.map((i) => columns.map((column) => column[i]));
    balance = new Float64Array(10);
    for (let j = 0; j <= 4; j++)
      for (let k = 0; k <= 4; k++) {
        balance[1 + j + k] += d[j] * d[k];
        if (j < 4 && k < 4) balance[j + k] -= (g * g * dot(columns[j], columns[k])) / 2;
      }
  }

  /** The balance before its expansion, and its slope. */
  function imbalance(y, at) {
    const size = value(d, y), rate = slope(d, y), u = p.map((c) => value(c, y)), moved = p.map((c) => slope(c, y));
    at[0] = y * size * size - (g * g * dot(u, u)) / 2;
    at[1] = size * size + 2 * y * size * rate - g * g * dot(u, moved);
  }

  /** Whether two branches meet, closer than rounding can tell. */
  function isFold(y) {
    const size = y * value(d, y) ** 2;
    imbalance(y, at);
    return Math.abs(at[0]) <= DOUBLE * size;
  }

  /** Whether both sides of the balance vanish, where light that the drive does not reach may grow. */
  const isDark = (y) => [d, ...p].every((c) => Math.abs(value(c, y)) <= NOTHING * terms(c, y));

  /** The zeros of d, and where it turns: beside each zero light is so strong that branches come in pairs, however close. */
  const thresholds = (high) => crossings((x, at) => horner(d, x, at), 0, high, turningPoints(d, 0, high), 1e-14);
  const turning = (high) => [...thresholds(high), ...turningPoints(d, 0, high)];

  /** (y - B)⁻¹ v */
  function held(y, v) {
    const rows = LIGHT.flatMap((i) => [...LIGHT.map((k) => (i === k ? y : 0) - B[4 * i + k]), v[i]]);
    solve(rows, 4);
    return LIGHT.map((i) => rows[5 * i + 4]);
  }

  /** Newton's steps on y = ½ g² |u|², which is not expanded. */
  function polished(y) {
    for (let k = 0; k < 2; k++) {
      const u = held(y, r);
      y -= (y - (g * g * dot(u, u)) / 2) / (1 + g * g * dot(u, held(y, u)));
    }
    return y;
  }

  /** displacements: every { q, isDouble } at rest, ascending; light that grows by itself brings its alpha. */
  function displacements() {
    const driven = inBalance(balance, imbalance, isFold, turning, isDark);
    const states = driven.map(({ y, isDouble }) => ({ q: (isDouble || y === 0 ? y : polished(y)) / g, isDouble }));
    return [...states, ...selfDriven()].sort((x, y) => x.q - y.q);
  }

  /** _self_driven: where d vanishes, and the drive does not reach its null vector, that takes what length it needs. */
  function selfDriven() {
    const high = 2 * Math.max(...LIGHT.map((k) => Math.abs(d[k]) ** (1 / (4 - k)))), found = [];
    for (const y of thresholds(high)) {
      const columns = LIGHT.map((k) => LIGHT.map((i) => value(N.map((matrix) => matrix[4 * i + k]), y))); // of adj(y - B)
      const grown = columns.reduce((x, z) => (dot(z, z) > dot(x, x) ? z : x)), size = Math.hypot(...grown);
      if (Math.hypot(...p.map((c) => value(c, y))) > 1e-9 * size * Math.hypot(...r)) continue;
      const rest = p.map((c) => slope(c, y) / slope(d, y)), along = dot(grown, rest) / size; // what is driven all the same
      const left = along * along + (2 * y) / (g * g) - dot(rest, rest);
      for (const t of left > 0 ? [-along - Math.sqrt(left), -along + Math.sqrt(left)] : [])
        found.push({ q: y / g, isDouble: false, alpha: amplitudesOf(rest.map((x, k) => x + (t * grown[k]) / size)) });
    }
    return found;
  }

  /** α of all three modes from the quadratures of the light. */
  function amplitudesOf(u) {
    const atoms = [0, 4].map((first) => LIGHT.reduce((total, k) => total + load[first + k] * u[k], 0));
    return Float64Array.from([...u, ...atoms], (x) => x * Math.SQRT1_2);
  }

  /** amplitudes of a mirror that is held at q. */
  const amplitudes = (q) => amplitudesOf(held(g * q, r));

  return { balanced, displacements, amplitudes };
})();
