// What the mirror feels, its stability, and the covariance matrix in closed form. To be read beside omcore/response.py,
// stability.py, fluctuations.py and covariance.py.
//
// With M = -K - iH + igq and b = igα: dz/dt = Mz + bq, dq/dt = p, dp/dt = -q - γp + 2 Re(i b†z) + noise.

var omcore = omcore || {};

omcore.response = (() => {
  "use strict";

  const { limits } = omcore.metadata;
  const { addProduct, addProductConj, quotient, characteristic, adjugateTimes, routh, complexRoots,
    solve } = omcore.numerics;
  const { system, alpha } = omcore.system;
  const complex = (n) => new Float64Array(2 * n), real = (n) => new Float64Array(n);

  // ---- response.py

  const M = complex(9), b = complex(3), c = complex(4), u = complex(9), e = complex(3), a = real(9);

  /** systems.light_operator, M = -K - iH + igq, and response.Response.of: b, c = det(s - M), u = adj(s - M) b. */
  function respond(displacement) {
    const { H, decay, g } = system;
    for (let k = 0; k < 9; k++) {
      M[2 * k] = H[2 * k + 1];
      M[2 * k + 1] = -H[2 * k];
    }
    for (let k = 0; k < 3; k++) M[8 * k] -= decay[k];
    M[1] += g * displacement;
    M[9] += g * displacement;
    for (let k = 0; k < 2; k++) { // b = iG/√2 = i g α
      b[2 * k] = -g * alpha[2 * k + 1];
      b[2 * k + 1] = g * alpha[2 * k];
    }
    characteristic(M, c);
    adjugateTimes(M, c, b, u);
    e.fill(0); // χ(s) = b†(s - M)⁻¹b = e(s)/c(s)
    for (let k = 0; k < 3; k++)
      for (let j = 0; j < 2; j++) addProductConj(e, k, u, 3 * k + j, b, j);
  }

  /** Response.decays: Routh's table of det(s - A) = (s² + γs + 1) |c|² + 2 Im(e c*); in doubt, eigenvalues. */
  function decays() {
    a.fill(0);
    let largest = 0;
    for (let j = 0; j < 4; j++) {
      largest = Math.max(largest, c[2 * j] ** 2 + c[2 * j + 1] ** 2);
      for (let k = 0; k < 4; k++) {
        const passive = c[2 * j] * c[2 * k] + c[2 * j + 1] * c[2 * k + 1];
        a[j + k] += passive;
        a[j + k + 1] += system.gamma * passive;
        a[j + k + 2] += passive;
        if (k < 3) a[j + k] += 2 * (e[2 * k + 1] * c[2 * j] - e[2 * k] * c[2 * j + 1]);
      }
    }
    const verdict = largest > limits.WIDE ** 6 ? 0 : routh(a, 8, limits.DOUBT);
    return verdict === 0 ? isStable() : verdict > 0;
  }

  /** fluctuations.is_stable: all eigenvalues to the left, by more than rounding. */
  function isStable() {
    driftMatrix();
    let size = 0, growth = -Infinity;
    for (let k = 0; k < 64; k++) size = Math.max(size, Math.abs(A[k]));
    eigenvalues();
    for (let k = 0; k < 8; k++) growth = Math.max(growth, s[2 * k]);
    return growth < -8 * Number.EPSILON * size;
  }

  const s = complex(8), step = complex(3);

  /** stability.eigenvalues: the zeros of s² + γs + 1 - i[χ(s) - χ*(s)], by Aberth's simultaneous Newton steps. */
  function eigenvalues() {
    complexRoots(c, pole);
    const size = 1 + Math.abs(c[4]) + Math.abs(c[5]);
    for (let k = 0; k < 8; k++) { // from those without the mirror, a little apart
      const l = k < 6 ? k >> 1 : -1, sign = k & 1 ? -1 : 1, apart = 1e-3 * size;
      s[2 * k] = (l < 0 ? -system.gamma / 2 : pole[2 * l]) + apart * Math.cos(k + 0.5);
      s[2 * k + 1] = (l < 0 ? sign : sign * pole[2 * l + 1]) + apart * Math.sin(k + 0.5);
    }
    for (let turn = 0; turn < 100; turn++) {
      let moved = 0;
      for (let k = 0; k < 8; k++) {
        newtonStep(s[2 * k], s[2 * k + 1]);
        let x = 0, y = 0; // Σ 1/(s_k - s_j)
        for (let j = 0; j < 8; j++) {
          const re = s[2 * k] - s[2 * j], im = s[2 * k + 1] - s[2 * j + 1], far = re * re + im * im;
          if (j !== k && far > 0) (x += re / far), (y -= im / far);
        }
        step[2] = 1 - (step[0] * x - step[1] * y);
        step[3] = -(step[0] * y + step[1] * x);
        quotient(step, 2, step, 0, step, 1);
        if (!Number.isFinite(step[4]) || !Number.isFinite(step[5])) continue;
        s[2 * k] -= step[4];
        s[2 * k + 1] -= step[5];
        const size = Math.abs(s[2 * k]) + Math.abs(s[2 * k + 1]);
        moved = Math.max(moved, (Math.abs(step[4]) + Math.abs(step[5])) / size);
      }
      if (moved < 1e-15) break;
    }
  }

  /** Value over slope of (s² + γs + 1) c c* - i (e c* - e* c) at s = x + iy; * conjugates the coefficients. */
  function newtonStep(x, y) {
    evaluate(c, 3, x, y, 1, F);
    evaluate(c, 3, x, y, -1, F_);
    evaluate(e, 2, x, y, 1, E);
    evaluate(e, 2, x, y, -1, E_);
    const g = system.gamma;
    bare[0] = x * x - y * y + g * x + 1;
    bare[1] = 2 * x * y + g * y;
    bare[2] = 2 * x + g;
    bare[3] = 2 * y;
    both.fill(0);
    addProduct(both, 0, F, 0, F_, 0); // c c* and its slope
    addProduct(both, 1, F, 0, F_, 1);
    addProduct(both, 1, F, 1, F_, 0);
    push.fill(0); // e* c - e c* and its slope
    addProduct(push, 0, E_, 0, F, 0);
    addProduct(push, 2, E, 0, F_, 0);
    addProduct(push, 1, E_, 0, F, 1);
    addProduct(push, 1, E_, 1, F, 0);
    addProduct(push, 3, E, 0, F_, 1);
    addProduct(push, 3, E, 1, F_, 0);
    total[0] = -(push[1] - push[5]); // times i
    total[1] = push[0] - push[4];
    total[2] = -(push[3] - push[7]);
    total[3] = push[2] - push[6];
    addProduct(total, 0, bare, 0, both, 0);
    addProduct(total, 1, bare, 0, both, 1);
    addProduct(total, 1, bare, 1, both, 0);
    quotient(step, 0, total, 0, total, 1);
  }
  const F = complex(2), F_ = complex(2), E = complex(2), E_ = complex(2);
  const bare = complex(2), both = complex(2), push = complex(4), total = complex(2);

  function evaluate(coefficients, degree, x, y, sign, out) {
    let f = coefficients[2 * degree], fi = sign * coefficients[2 * degree + 1], g = 0, gi = 0;
    for (let j = degree - 1; j >= 0; j--) {
      const turned = g * y + gi * x + fi, raised = f * y + fi * x;
      g = g * x - gi * y + f;
      gi = turned;
      f = f * x - fi * y + coefficients[2 * j];
      fi = raised + sign * coefficients[2 * j + 1];
    }
    out[0] = f;
    out[1] = fi;
    out[2] = g;
    out[3] = gi;
  }

  // ---- the covariance matrix

  const A = real(64), D = real(8), V = real(64), AV = real(64);
  const pole = complex(3), r = complex(9), same = complex(9), mixed = complex(9); // r: component, pole
  const residue = complex(3), rows = real(56), xi = complex(3), T = complex(9), U = complex(9);
  const x = complex(3), y = complex(3), N = complex(9), S = complex(9), w = complex(3);
  const mirror = { Q: 0, P: 0 };

  /** fluctuations.drift_matrix, Eq. 8, and the diagonal of diffusion_matrix, below Eq. 12. */
  function driftMatrix() {
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++) {
        const re = M[6 * j + 2 * k], im = M[6 * j + 2 * k + 1], at = 16 * j + 2 * k;
        A[at] = A[at + 9] = re;
        A[at + 1] = -im;
        A[at + 8] = im;
      }
    for (let k = 0; k < 3; k++) { // b√2 = iG
      A[16 * k + 6] = Math.SQRT2 * b[2 * k];
      A[16 * k + 14] = A[56 + 2 * k] = Math.SQRT2 * b[2 * k + 1];
      A[57 + 2 * k] = -Math.SQRT2 * b[2 * k];
      D[2 * k] = D[2 * k + 1] = system.decay[k];
    }
    A[55] = 1;
    A[62] = -1;
    A[63] = -system.gamma;
    D[7] = system.gamma * (2 * system.n_m + 1);
  }

  /** response._correlations: what the mirror makes of the vacuum, N, S, x, y, Q and P. */
  function correlations() {
    complexRoots(c, pole);
    for (let k = 0; k < 3; k++) { // r_k = adj(l_k - M) b / Π (l_k - l_j)
      T[0] = 1;
      T[1] = 0;
      for (let j = 0; j < 3; j++) {
        if (j === k) continue;
        T[2] = pole[2 * k] - pole[2 * j];
        T[3] = pole[2 * k + 1] - pole[2 * j + 1];
        T[4] = T[5] = 0;
        addProduct(T, 2, T, 0, T, 1);
        T[0] = T[4];
        T[1] = T[5];
      }
      for (let i = 0; i < 3; i++) {
        w[0] = u[12 + 2 * i];
        w[1] = u[13 + 2 * i];
        for (let n = 1; n >= 0; n--) {
          w[2] = u[6 * n + 2 * i];
          w[3] = u[6 * n + 2 * i + 1];
          addProduct(w, 1, w, 0, pole, k);
          w[0] = w[2];
          w[1] = w[3];
        }
        quotient(r, 3 * i + k, w, 0, T, 0);
      }
    }
    weights();
    for (let i = 0; i < 3; i++) { // x = Σ ξ_k r_k and y = -Σ (l_k ξ_k + Q) r_k
      x[2 * i] = x[2 * i + 1] = y[2 * i] = y[2 * i + 1] = 0;
      for (let k = 0; k < 3; k++) {
        addProduct(x, i, r, 3 * i + k, xi, k);
        w[0] = -mirror.Q;
        w[1] = 0;
        w[2] = w[3] = 0;
        addProduct(w, 1, pole, k, xi, k);
        w[0] -= w[2];
        w[1] -= w[3];
        addProduct(y, i, r, 3 * i + k, w, 0);
      }
    }
    w[0] = w[1] = 0;
    for (let k = 0; k < 2; k++) addProductConj(w, 0, x, k, b, k);
    mirror.P = mirror.Q + 2 * w[1];
    for (let j = 0; j < 3; j++) // (ξ_j + ξ_k)/(l_j + l_k), and with conjugates of the second
      for (let k = 0; k < 3; k++) {
        const at = 3 * j + k;
        w[0] = xi[2 * j] + xi[2 * k];
        w[1] = xi[2 * j + 1] + xi[2 * k + 1];
        w[2] = xi[2 * j] + xi[2 * k];
        w[3] = xi[2 * j + 1] - xi[2 * k + 1];
        sums(j, k);
        quotient(same, at, w, 0, sum, 0);
        quotient(mixed, at, w, 1, sum, 1);
      }
    T.fill(0);
    U.fill(0);
    for (let i = 0; i < 3; i++)
      for (let k = 0; k < 3; k++)
        for (let j = 0; j < 3; j++) {
          addProduct(T, 3 * i + k, r, 3 * i + j, same, 3 * j + k);
          addProduct(U, 3 * i + k, r, 3 * i + j, mixed, 3 * j + k);
        }
    S.fill(0);
    N.fill(0);
    for (let i = 0; i < 3; i++)
      for (let j = i; j < 3; j++)
        for (let k = 0; k < 3; k++) {
          addProduct(S, 3 * i + j, T, 3 * i + k, r, 3 * j + k);
          addProductConj(N, 3 * i + j, U, 3 * i + k, r, 3 * j + k);
        }
  }

  const sum = complex(2);

  /** l_j + l_k and l_j + l_k* */
  function sums(j, k) {
    sum[0] = sum[2] = pole[2 * j] + pole[2 * k];
    sum[1] = pole[2 * j + 1] + pole[2 * k + 1];
    sum[3] = pole[2 * j + 1] - pole[2 * k + 1];
  }

  /** response._weights: the ξ_k and Q, seven real linear equations. */
  function weights() {
    const { gamma, n_m } = system;
    let loss = -gamma;
    rows.fill(0);
    for (let k = 0; k < 3; k++) { // c_k = b† r_k
      residue[2 * k] = residue[2 * k + 1] = 0;
      for (let i = 0; i < 2; i++) addProductConj(residue, k, r, 3 * i + k, b, i);
      loss += 2 * residue[2 * k + 1];
    }
    for (let k = 0; k < 3; k++) {
      let ar = 0, ai = 0; // a_k = i Σ_j [c_j*/(l_k + l_j*) - c_j/(l_k + l_j)]
      for (let j = 0; j < 3; j++) {
        sums(k, j);
        w[0] = residue[2 * j + 1];
        w[1] = -residue[2 * j];
        w[2] = residue[2 * j + 1];
        w[3] = residue[2 * j];
        quotient(T, 0, w, 0, sum, 0); // -i c_j/(l_k + l_j), what ξ_j adds
        quotient(T, 1, w, 1, sum, 1); // i c_j*/(l_k + l_j*), what ξ_j* adds
        rows[8 * k + j] = T[0] + T[2];
        rows[8 * k + 3 + j] = T[3] - T[1];
        rows[8 * (3 + k) + j] = T[1] + T[3];
        rows[8 * (3 + k) + 3 + j] = T[0] - T[2];
        ar += T[0] + T[2];
        ai += T[1] + T[3];
      }
      const l = pole[2 * k], li = pole[2 * k + 1], re = l - gamma;
      ar -= 1 + re * l - li * li; // a_k - 1 - (l_k - γ) l_k
      ai -= re * li + li * l;
      rows[9 * k] += ar;
      rows[9 * k + 3] -= ai;
      rows[9 * k + 24] += ai;
      rows[9 * k + 27] += ar;
      rows[8 * k + 6] = -re;
      rows[8 * (3 + k) + 6] = -li;
      rows[8 * (3 + k) + 7] = 0.5;
      rows[48 + k] = 2 * (re * residue[2 * k + 1] + li * residue[2 * k]); // 2i c_k (γ - l_k)
      rows[51 + k] = 2 * (re * residue[2 * k] - li * residue[2 * k + 1]);
    }
    rows[54] = loss;
    rows[55] = -gamma * (n_m + 0.5);
    solve(rows, 7);
    for (let k = 0; k < 3; k++) {
      xi[2 * k] = rows[8 * k + 7];
      xi[2 * k + 1] = rows[8 * (3 + k) + 7];
    }
    mirror.Q = rows[55];
  }

  /** response._assembled: V of the quadratures from the correlations of amplitudes. */
  function assembled() {
    for (let i = 0; i < 3; i++)
      for (let j = i; j < 3; j++) {
        const at = 16 * i + 2 * j, mirrored = 16 * j + 2 * i, k = 6 * i + 2 * j;
        const n = -N[k] + (i === j ? 0.5 : 0), ni = i === j ? 0 : -N[k + 1], s = -S[k], si = -S[k + 1];
        V[at] = V[mirrored] = n + s;
        V[at + 9] = V[mirrored + 9] = n - s;
        V[at + 1] = V[mirrored + 8] = si - ni;
        V[at + 8] = V[mirrored + 1] = si + ni;
      }
    for (let i = 0; i < 6; i++) {
      V[8 * i + 6] = V[48 + i] = Math.SQRT2 * x[i];
      V[8 * i + 7] = V[56 + i] = Math.SQRT2 * y[i];
    }
    V[54] = mirror.Q;
    V[63] = mirror.P;
    V[55] = V[62] = 0;
  }

  const norm = (matrix) => {
    let total = 0;
    for (let k = 0; k < matrix.length; k++) total += matrix[k] * matrix[k];
    return Math.sqrt(total);
  };

  /** covariance.backward_residual: |AV + VAᵀ + D| / (2|A||V|). */
  function backwardResidual() {
    let total = 0;
    for (let i = 0; i < 8; i++)
      for (let j = 0; j < 8; j++) {
        let entry = 0;
        for (let k = 0; k < 8; k++) entry += A[8 * i + k] * V[8 * k + j];
        AV[8 * i + j] = entry;
      }
    for (let i = 0; i < 8; i++)
      for (let j = 0; j < 8; j++)
        total += (AV[8 * i + j] + AV[8 * j + i] + (i === j ? D[i] : 0)) ** 2;
    return Math.sqrt(total) / (2 * norm(A) * norm(V));
  }

  /** covariance.lyapunov, by another way: the upper triangle of V as 36 unknowns, and elimination. */
  function lyapunov() {
    const equations = new Float64Array(36 * 37);
    const unknown = (i, j) => (i < j ? number[8 * i + j] : number[8 * j + i]);
    for (let i = 0; i < 8; i++)
      for (let j = i; j < 8; j++) { // Σ_k A_ik V_kj + V_ik A_jk = -D_ij
        const row = 37 * unknown(i, j);
        for (let k = 0; k < 8; k++) {
          equations[row + unknown(k, j)] += A[8 * i + k];
          equations[row + unknown(i, k)] += A[8 * j + k];
        }
        if (i === j) equations[row + 36] = -D[i];
      }
    solve(equations, 36);
    for (let i = 0; i < 8; i++)
      for (let j = 0; j < 8; j++) V[8 * i + j] = equations[37 * unknown(i, j) + 36];
  }
  const number = new Uint8Array(64); // of an unknown, by row and column
  for (let i = 0, k = 0; i < 8; i++) for (let j = i; j < 8; j++) number[8 * i + j] = k++;

  /** response.covariance at a point that is stable: leaves V; false where rounding has swamped its vacuum. */
  function covariance() {
    driftMatrix();
    correlations();
    assembled();
    const residual = backwardResidual();
    if (!(residual <= limits.ROUNDING)) {
      kept.set(V);
      lyapunov();
      if (residual <= backwardResidual()) V.set(kept);
    }
    return norm(V) * norm(A) <= limits.UNRESOLVED * norm(D);
  }
  const kept = real(64);

  return { A, V, s, respond, decays, eigenvalues, driftMatrix, covariance };
})();
