// The linearised Langevin equations du/dt = A u + v and their covariance matrix. To be read beside omcore/linear.py.
//
// A and V are 8 x 8, row by row: quadratures X, Y of ccw, cw and a, then q and p. D is the diagonal.

omcore.linear = (() => {
  "use strict";

  const { solve } = omcore.roots;
  const SIZE = 8;
  const A = new Float64Array(SIZE * SIZE), AV = new Float64Array(SIZE * SIZE); // filled anew at each point

  /** drift_matrix, Eq. 8, from M and b. */
  function driftMatrix(M, b, gamma) {
    const put = (i, j, value) => (A[SIZE * i + j] = value);
    for (let j = 0; j < 3; j++) {
      for (let k = 0; k < 3; k++) {
        const [re, im] = M[j][k];
        put(2 * j, 2 * k, re), put(2 * j + 1, 2 * k + 1, re);
        put(2 * j, 2 * k + 1, -im), put(2 * j + 1, 2 * k, im);
      }
      const [re, im] = b[j];
      put(2 * j, 6, Math.SQRT2 * re);
      put(2 * j + 1, 6, Math.SQRT2 * im), put(7, 2 * j, Math.SQRT2 * im);
      put(7, 2 * j + 1, -Math.SQRT2 * re);
    }
    put(6, 7, 1), put(7, 6, -1), put(7, 7, -gamma);
    return A;
  }

  /** The diagonal of diffusion_matrix, below Eq. 12. */
  const diffusion = ({ decay: [ccw, cw, a], gamma, n_m }) => [ccw, ccw, cw, cw, a, a, 0, gamma * (2 * n_m + 1)];

  /** is_stable: all eigenvalues of A to the left, by more than rounding. */
  function isStable(A, eigenvalues) {
    const size = A.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    return eigenvalues.every(([re]) => re < -8 * Number.EPSILON * size);
  }

  function norm(entries) {
    let total = 0;
    for (let k = 0; k < entries.length; k++) total += entries[k] * entries[k];
    return Math.sqrt(total);
  }

  /** backward_residual: |AV + VAᵀ + D| / (2|A||V|). */
  function backwardResidual(A, D, V) {
    let total = 0;
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++) {
        let entry = 0;
        for (let k = 0; k < SIZE; k++) entry += A[SIZE * i + k] * V[SIZE * k + j];
        AV[SIZE * i + j] = entry;
      }
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++)
        total += (AV[SIZE * i + j] + AV[SIZE * j + i] + (i === j ? D[i] : 0)) ** 2;
    return Math.sqrt(total) / (2 * norm(A) * norm(V));
  }

  /** lyapunov, by another way: the upper triangle of V as 36 unknowns, and elimination. */
  function lyapunov(A, D) {
    const rows = [], unknown = (i, j) => (i < j ? i * SIZE - (i * (i + 1)) / 2 + j : j * SIZE - (j * (j + 1)) / 2 + i);
    for (let i = 0; i < SIZE; i++)
      for (let j = i; j < SIZE; j++) { // Σ_k A_ik V_kj + V_ik A_jk = -D_ij
        const row = new Float64Array(37);
        for (let k = 0; k < SIZE; k++) {
          row[unknown(k, j)] += A[SIZE * i + k];
          row[unknown(i, k)] += A[SIZE * j + k];
        }
        if (i === j) row[36] = -D[i];
        rows.push(row);
      }
    const found = solve(rows);
    return Float64Array.from({ length: SIZE * SIZE }, (_, k) => found[unknown(Math.floor(k / SIZE), k % SIZE)]);
  }

  return { driftMatrix, diffusion, isStable, norm, backwardResidual, lyapunov };
})();
