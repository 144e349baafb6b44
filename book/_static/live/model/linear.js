// The linearised Langevin equations du/dt = A u + v and their covariance matrix. To be read beside omcore/linear.py.
//
// A and V are 8 x 8, row by row: quadratures X, Y of ccw, cw and a, then q and p. D is the diagonal.

omcore.linear = (() => {
  "use strict";

  const { complex, clear } = omcore.complex, { solve } = omcore.roots, { lightOperator, couplings } = omcore.systems;
  const SIZE = 8;
  const M = complex(9), b = complex(3), AV = new Float64Array(64), residual = new Float64Array(64); // filled anew at each point, as are
  const A = new Float64Array(64), D = new Float64Array(SIZE); // what is never filled is zero

  /** drift_matrix, Eq. 8, from M and b√2 = iG. */
  function driftMatrix(system, { alpha, q }) {
    lightOperator(system, q, M);
    couplings(system, alpha, b);
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++) {
        const re = M[6 * j + 2 * k], im = M[6 * j + 2 * k + 1], at = 16 * j + 2 * k;
        A[at] = A[at + 9] = re;
        A[at + 1] = -im;
        A[at + 8] = im;
      }
    for (let j = 0; j < 3; j++) {
      A[16 * j + 6] = Math.SQRT2 * b[2 * j];
      A[16 * j + 14] = A[56 + 2 * j] = Math.SQRT2 * b[2 * j + 1];
      A[57 + 2 * j] = -Math.SQRT2 * b[2 * j];
    }
    A[55] = 1;
    A[62] = -1;
    A[63] = -system.gamma;
    return A;
  }

  /** The diagonal of diffusion_matrix, below Eq. 12. */
  function diffusion({ decay, gamma, n_m }) {
    for (let j = 0; j < 3; j++) D[2 * j] = D[2 * j + 1] = decay[j];
    D[7] = gamma * (2 * n_m + 1);
    return D;
  }

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

  /** dV/dt = AV + VAᵀ + D, with the diagonal of D. */
  function slopeOfV(A, D, V, found) {
    clear(AV);
    for (let i = 0; i < SIZE; i++)
      for (let k = 0; k < SIZE; k++) {
        const a = A[SIZE * i + k]; // half of them are zero
        if (a !== 0) for (let j = 0; j < SIZE; j++) AV[SIZE * i + j] += a * V[SIZE * k + j];
      }
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++) found[SIZE * i + j] = AV[SIZE * i + j] + AV[SIZE * j + i] + (i === j ? D[i] : 0);
    return found;
  }

  /** backward_residual: |AV + VAᵀ + D| / (2|A||V|). */
  const backwardResidual = (A, D, V) => norm(slopeOfV(A, D, V, residual)) / (2 * norm(A) * norm(V));

  /** lyapunov, by another way: the upper triangle of V as 36 unknowns, and elimination. */
  function lyapunov(A, D) {
    const equations = new Float64Array(36 * 37), first = (i) => i * SIZE - (i * (i + 1)) / 2;
    const unknown = (i, j) => (i < j ? first(i) + j : first(j) + i);
    for (let i = 0; i < SIZE; i++)
      for (let j = i; j < SIZE; j++) { // Σ_k A_ik V_kj + V_ik A_jk = -D_ij
        const row = 37 * unknown(i, j);
        for (let k = 0; k < SIZE; k++) {
          equations[row + unknown(k, j)] += A[SIZE * i + k];
          equations[row + unknown(i, k)] += A[SIZE * j + k];
        }
        if (i === j) equations[row + 36] = -D[i];
      }
    solve(equations, 36);
    return A.map((_, k) => equations[37 * unknown(Math.floor(k / SIZE), k % SIZE) + 36]);
  }

  return { driftMatrix, diffusion, isStable, norm, slopeOfV, backwardResidual, lyapunov };
})();
