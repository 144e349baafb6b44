// The linearised Langevin equations du/dt = A u + v and their covariance matrix. To be read beside omcore/linear.py.
//
// A and V are 8 x 8, row by row: quadratures X, Y of ccw, cw and a, then q and p; so is D.

omcore.linear = (() => {
  "use strict";

  const { complex, clear } = omcore.complex, { solve } = omcore.roots, { lightOperator, couplings } = omcore.systems;
  const SIZE = 8;
  const M = complex(9), b = complex(3), AV = new Float64Array(64); // filled anew at each point, as are
  const A = new Float64Array(64), D = new Float64Array(64); // what is never filled is zero
  const equations = new Float64Array(36 * 37);

  /** drift_matrix, Eq. 8, from M and b√2 = iG. */
  function driftMatrix(system, { alpha, q }) {
    lightOperator(system, q, M);
    couplings(system, alpha, b);
    const { squeezing } = system;
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++) {
        const at = 16 * j + 2 * k, n = 6 * j + 2 * k, re = M[n], im = M[n + 1], S = squeezing[n], turn = squeezing[n + 1];
        A[at] = re + turn; // -iS acts on the conjugate
        A[at + 9] = re - turn;
        A[at + 1] = -im - S;
        A[at + 8] = im - S;
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

  /** diffusion_matrix, below Eq. 12; the laser's noise goes with the amplitudes. */
  function diffusion({ decay, gamma, n_m, n, m, linewidth }, { alpha }) {
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++) { // K [(2n + 1) 1 + 2m] in each pair (X, Y)
        const at = 16 * j + 2 * k, rate = 2 * Math.sqrt(decay[j] * decay[k]), own = j === k ? decay[j] * (2 * n[j] + 1) : 0;
        D[at] = own + rate * m[6 * j + 2 * k];
        D[at + 9] = own - rate * m[6 * j + 2 * k];
        D[at + 1] = D[at + 8] = rate * m[6 * j + 2 * k + 1];
      }
    D[63] = gamma * (2 * n_m + 1);
    if (linewidth)
      for (let i = 0; i < 6; i++)
        for (let k = 0; k < 6; k++) D[SIZE * i + k] += 2 * linewidth * turned(alpha, i) * turned(alpha, k); // Γ_L w wᵀ
    return D;
  }

  /** turned: the quadratures of iα, over √2. */
  const turned = (alpha, i) => (i & 1 ? alpha[i - 1] : -alpha[i + 1]);

  /** evolution.equilibrium: V without light, the state of the baths. */
  function equilibrium({ n, m, n_m }) {
    const V = diffusion({ decay: [1, 1, 1], gamma: 0, n_m, n, m, linewidth: 0 }, {}).map((x) => x / 2);
    V[54] = V[63] = n_m + 0.5;
    return V;
  }

  /** is_stable, by another way: V of unit noise is positive, and not so large that rounding decides. */
  function isDamped(A) {
    const V = lyapunov(A, A.map((_, k) => (k % 9 === 0 ? 1 : 0)));
    return omcore.gaussian.isPositive(V) && norm(V) * norm(A) < 1 / (16 * Number.EPSILON);
  }

  function norm(entries) {
    let total = 0;
    for (let k = 0; k < entries.length; k++) total += entries[k] * entries[k];
    return Math.sqrt(total);
  }

  /** dV/dt = AV + VAᵀ + D. */
  function slopeOfV(A, D, V, found) {
    clear(AV);
    for (let i = 0; i < SIZE; i++)
      for (let k = 0; k < SIZE; k++) {
        const a = A[SIZE * i + k]; // half of them are zero
        if (a !== 0) for (let j = 0; j < SIZE; j++) AV[SIZE * i + j] += a * V[SIZE * k + j];
      }
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++) found[SIZE * i + j] = AV[SIZE * i + j] + AV[SIZE * j + i] + D[SIZE * i + j];
    return found;
  }

  /** lyapunov, by another way: the upper triangle of V as 36 unknowns, and elimination. */
  function lyapunov(A, D) {
    const first = (i) => i * SIZE - (i * (i + 1)) / 2;
    clear(equations);
    const unknown = (i, j) => (i < j ? first(i) + j : first(j) + i);
    for (let i = 0; i < SIZE; i++)
      for (let j = i; j < SIZE; j++) { // Σ_k A_ik V_kj + V_ik A_jk = -D_ij
        const row = 37 * unknown(i, j);
        for (let k = 0; k < SIZE; k++) {
          equations[row + unknown(k, j)] += A[SIZE * i + k];
          equations[row + unknown(i, k)] += A[SIZE * j + k];
        }
        equations[row + 36] = -D[SIZE * i + j];
      }
    solve(equations, 36);
    return A.map((_, k) => equations[37 * unknown(Math.floor(k / SIZE), k % SIZE) + 36]);
  }

  return { driftMatrix, diffusion, equilibrium, isDamped, norm, slopeOfV, lyapunov };
})();
