// Gaussian states by their covariance matrices, modes by number. To be read beside omcore/gaussian/.
//
// With V = L Lᵀ the antisymmetric K = L⁻¹ Ω L⁻ᵀ has the singular values 1/ν. Partial transposition of a
// mode, Y -> -Y, turns the sign of its part of Ω, and E_N = max(0, ln(σ/2)) with the largest σ.

omcore.gaussian = (() => {
  "use strict";

  const { limits } = omcore.metadata;
  const SIZE = 8; // rows of the covariance matrix of four modes
  const L = new Float64Array(64), W = new Float64Array(36), K = new Float64Array(36); // filled anew at each point
  const K2 = new Float64Array(36), K3 = new Float64Array(36);

  /** The rows of V that belong to some modes. */
  function block(V, ...modes) {
    const rows = modes.flatMap((mode) => [2 * mode, 2 * mode + 1]);
    return rows.map((i) => rows.map((j) => V[SIZE * i + j]));
  }

  /** L of the n x n matrix L Lᵀ whose entries on and below the diagonal stand in its place; NaN where there is none. */
  function cholesky(n) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        let total = L[n * i + j];
        for (let k = 0; k < j; k++) total -= L[n * i + k] * L[n * j + k];
        L[n * i + j] = i === j ? Math.sqrt(total) : total / L[n * j + j];
      }
  }

  /** The same of some modes of V. */
  function choleskyOf(V, modes) {
    const n = 2 * modes.length;
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) L[n * i + j] = V[SIZE * (2 * modes[i >> 1] + (i & 1)) + 2 * modes[j >> 1] + (j & 1)];
    cholesky(n);
  }

  /** Whether all eigenvalues of V are positive. */
  function isPositive(V) {
    choleskyOf(V, [0, 1, 2, 3]);
    return L.every((x, k) => k % 9 !== 0 || x > 0);
  }

  // ---- symplectic.py

  /** whitened_form: K of some modes of V, one of them transposed (-1: none). */
  function whitenedForm(V, modes, transposed) {
    const n = 2 * modes.length;
    choleskyOf(V, modes);
    for (let i = 0; i < n; i++) { // W = L⁻¹
      W[n * i + i] = 1 / L[n * i + i];
      for (let j = 0; j < i; j++) {
        let total = 0;
        for (let k = j; k < i; k++) total += L[n * i + k] * W[n * k + j];
        W[n * i + j] = -total * W[n * i + i];
      }
    }
    for (let i = 0; i < n; i++) {
      K[n * i + i] = 0;
      for (let j = i + 1; j < n; j++) {
        let entry = 0;
        for (let x = 0; x <= i; x += 2) { // the columns of one mode
          const above = i === x ? 0 : W[n * i + x + 1]; // W[x, x + 1] is above the diagonal
          const part = W[n * i + x] * W[n * j + x + 1] - W[n * j + x] * above;
          entry += x === 2 * transposed ? -part : part;
        }
        K[n * i + j] = entry;
        K[n * j + i] = -entry;
      }
    }
    return n;
  }

  /** antisymmetric.largest_singular_value of K, 4 x 4 or 6 x 6, in closed form where it stands apart. */
  function largestSingularValue(n) {
    if (n === 4) return (along(1) + along(-1)) / 2;
    multiply(K, K, K2);
    multiply(K, K2, K3);
    const p1 = halfSquare(K), p2 = halfSquare(K2), p3 = halfSquare(K3); // Σσ², Σσ⁴, Σσ⁶
    const e2 = (p1 * p1 - p2) / 2, e3 = (p1 ** 3 - 3 * p1 * p2 + 2 * p3) / 6;
    const spread = Math.max(p1 * p1 - 3 * e2, 0);
    const cosine = (p1 ** 3 - 4.5 * p1 * e2 + 13.5 * e3) / spread ** 1.5;
    const third = Math.acos(Math.min(1, Math.max(-1, cosine))) / 3;
    const first = (p1 + 2 * Math.sqrt(spread) * Math.cos(third)) / 3, rest = p1 - first;
    const second = rest / 2 + Math.sqrt(Math.max((rest * rest) / 4 - e3 / first, 0));
    const apart = second < (1 - limits.APART) * first && spread > limits.APART * p1 * p1;
    if (apart) return Math.sqrt(first);
    diagonalise(K2, 6);
    return Math.sqrt(-Math.min(K2[0], K2[7], K2[14], K2[21], K2[28], K2[35]));
  }

  /** Length of one of the two vectors that a 4 x 4 K is: half their sum and difference are its singular values. */
  const along = (sign) =>
    Math.sqrt((K[1] + sign * K[11]) ** 2 + (K[2] - sign * K[7]) ** 2 + (K[3] + sign * K[6]) ** 2);

  function multiply(A, B, found) { // 6 x 6
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++) {
        let total = 0;
        for (let k = 0; k < 6; k++) total += A[6 * i + k] * B[6 * k + j];
        found[6 * i + j] = total;
      }
  }

  function halfSquare(A) {
    let total = 0;
    for (let k = 0; k < A.length; k++) total += A[k] * A[k];
    return total / 2;
  }

  /** Jacobi's rotations until a symmetric n x n matrix is diagonal; the rows of ``vectors`` turn with it. */
  function diagonalise(A, n, vectors) {
    for (let sweep = 0; sweep < 30 && !isDiagonal(A, n); sweep++)
      for (let p = 0; p < n; p++)
        for (let q = p + 1; q < n; q++) {
          if (A[n * p + q] === 0) continue;
          const half = (A[n * q + q] - A[n * p + p]) / (2 * A[n * p + q]);
          const t = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
          const c = 1 / Math.sqrt(t * t + 1), s = t * c;
          for (let k = 0; k < n; k++) turn(A, n * k + p, n * k + q, c, s);
          for (let k = 0; k < n; k++) turn(A, n * p + k, n * q + k, c, s);
          if (vectors) for (let k = 0; k < n; k++) turn(vectors, n * p + k, n * q + k, c, s);
        }
  }

  function turn(A, i, j, c, s) {
    const x = A[i], y = A[j];
    A[i] = c * x - s * y;
    A[j] = s * x + c * y;
  }

  function isDiagonal(A, n) {
    let off = 0, size = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        size += A[n * i + j] ** 2;
        if (i !== j) off += A[n * i + j] ** 2;
      }
    return off <= 1e-30 * size;
  }

  /** The lowest eigenvalue of a symmetric matrix, given as rows, and its vector. */
  function lowest(rows) {
    const n = rows.length, A = rows.flat(), vectors = A.map((_, k) => (k % (n + 1) === 0 ? 1 : 0));
    diagonalise(A, n, vectors);
    let best = 0;
    for (let k = 1; k < n; k++) if (A[(n + 1) * k] < A[(n + 1) * best]) best = k;
    return { value: A[(n + 1) * best], vector: vectors.slice(n * best, n * (best + 1)) };
  }

  /** is_physical: whether V + iΩ/2 >= 0. A Cholesky decomposition, of complex entries, exists if it is. */
  function isPhysical(V) {
    let largest = 0;
    for (let i = 0; i < SIZE; i++) largest = Math.max(largest, Math.abs(V[9 * i]));
    const tolerance = limits.PHYSICALITY + 64 * Number.EPSILON * largest;
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j <= i; j++) {
        let re = V[SIZE * i + j] + (i === j ? tolerance : 0), im = i & 1 && j === i - 1 ? -0.5 : 0;
        for (let k = 0; k < j; k++) {
          const a = 2 * (SIZE * i + k), b = 2 * (SIZE * j + k);
          re -= C[a] * C[b] + C[a + 1] * C[b + 1];
          im -= C[a + 1] * C[b] - C[a] * C[b + 1];
        }
        if (i === j && !(re > 0)) return false;
        const at = 2 * (SIZE * i + j), pivot = i === j ? Math.sqrt(re) : C[18 * j];
        C[at] = re / pivot;
        C[at + 1] = i === j ? 0 : im / pivot;
      }
    return true;
  }
  const C = new Float64Array(2 * SIZE * SIZE);

  // ---- entanglement.py

  /** separability_margin: E of one of some modes against the others before it is clipped at zero. */
  const separabilityMargin = (V, modes, transposed = 0) => Math.log(largestSingularValue(whitenedForm(V, modes, transposed)) / 2);

  /** log_negativity: E of one of some modes against the others, Eq. 14. */
  const logNegativity = (V, modes, transposed = 0) => aboveRounding(V, separabilityMargin(V, modes, transposed));

  /** A logarithm, zero where it is negative or no more than rounding; NaN stays. */
  function aboveRounding(V, margin) {
    let variance = 0;
    for (let i = 0; i < SIZE; i++) variance = Math.max(variance, 2 * V[9 * i]);
    return margin <= limits.RESOLUTION * variance ? 0 : margin;
  }

  /** residual_contangle, Eq. 16, with each of three modes as focus; R, Eq. 19, is the smallest. */
  function residualContangles(V, modes) {
    const [i, j, k] = modes, shared = (x, y) => logNegativity(V, [x, y]) ** 2;
    const ij = shared(i, j), ik = shared(i, k), jk = shared(j, k);
    return [ij + ik, ij + jk, ik + jk].map((rest, focus) => logNegativity(V, modes, focus) ** 2 - rest);
  }

  // ---- information.py

  function determinant(V, modes) {
    let product = 1;
    choleskyOf(V, modes);
    for (let k = 0; k < 2 * modes.length; k++) product *= L[(2 * modes.length + 1) * k] ** 2;
    return product;
  }

  /** purity of some modes. */
  const purity = (V, modes) => Math.min(1 / (2 ** modes.length * Math.sqrt(determinant(V, modes))), 1);

  /** steering of one mode j by another i. */
  const steering = (V, i, j) => aboveRounding(V, Math.log(determinant(V, [i]) / (4 * determinant(V, [i, j]))) / 2);

  /** The entropy of a mode with a symplectic eigenvalue. */
  function entropyOf(nu) {
    const quanta = Math.max(nu, 0.5) - 0.5;
    return Math.log1p(quanta) + (quanta > 0 ? quanta * Math.log1p(1 / quanta) : 0);
  }

  /** mutual_information of two modes. */
  function mutualInformation(V, i, j) {
    whitenedForm(V, [i, j], -1);
    const sum = along(1), difference = along(-1);
    const whole = entropyOf(2 / (sum + difference)) + entropyOf(2 / Math.abs(sum - difference));
    const own = (mode) => entropyOf(Math.sqrt(determinant(V, [mode])));
    return Math.max(own(i) + own(j) - whole, 0);
  }

  /** Mean quanta of the fluctuations of a mode. */
  const quanta = (V, mode) => (V[18 * mode] + V[18 * mode + 9] - 1) / 2;

  // ---- states.py and epr.py

  /** two_mode_squeezed: V of two modes squeezed by r, then weakened alike; the other modes are vacuum. */
  function twoModeSqueezed(r, transmission) {
    const state = new Float64Array(SIZE * SIZE), { cosh, sinh } = Math, t = transmission;
    for (let k = 0; k < SIZE; k++) state[9 * k] = k < 4 ? (t * cosh(2 * r)) / 2 + (1 - t) / 2 : 0.5;
    for (const [k, sign] of [[0, 1], [1, -1]])
      state[SIZE * k + k + 2] = state[SIZE * (k + 2) + k] = (sign * t * sinh(2 * r)) / 2;
    return state;
  }

  /** joint_noise: the smallest variance of a joint quadrature of two modes, and the plane that it lies in. */
  function jointNoise(V, i, j) {
    const both = block(V, i, j), { value, vector } = lowest(both);
    const frame = [0, 2].map((at) => {
      const size = Math.hypot(vector[at], vector[at + 1]);
      const [x, y] = size ? [vector[at] / size, vector[at + 1] / size] : [1, 0];
      return [0, 1, 2, 3].map((k) => (k === at ? x : k === at + 1 ? y : 0));
    });
    const between = (d, e) => d.reduce((total, x, k) => total + x * e.reduce((sum, y, l) => sum + both[k][l] * y, 0), 0);
    return { least: value, plane: frame.map((d) => frame.map((e) => between(d, e))) };
  }

  return {
    separabilityMargin, logNegativity, residualContangles, purity, steering, mutualInformation, quanta, isPhysical, isPositive,
    twoModeSqueezed, block, lowest, jointNoise,
  };
})();
