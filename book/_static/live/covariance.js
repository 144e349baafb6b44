// The covariance matrix in closed form. To be read beside omcore/response.py and covariance.py.
//
// Light and matter alone keep their vacuum; what the mirror makes of it are the correlations x = <qz>,
// y = <pz>, Q = <q²>, P = <p²>, N = <zz†> - 1/2 and S = <zzᵀ>. In the eigenbasis r_k of M, Σ r_k = b, with poles l_k:
// x = Σ ξ_k r_k, and all the others follow from the ξ_k and Q.

var omcore = omcore || {};

omcore.covariances = (() => {
  "use strict";

  const { limits } = omcore.metadata;
  const { addProduct, addProductConj, quotient, complexRoots, solve } = omcore.numerics;
  const { system } = omcore.system;
  const { b, c, u, A, D, pole, driftMatrix } = omcore.response;
  const complex = (n) => new Float64Array(2 * n), real = (n) => new Float64Array(n);

  const V = real(64), AV = real(64), kept = real(64);
  const r = complex(9), same = complex(9), mixed = complex(9); // r: component, pole
  const residue = complex(3), rows = real(56), xi = complex(3), T = complex(9), U = complex(9);
  const x = complex(3), y = complex(3), N = complex(9), S = complex(9), w = complex(3);
  const sum = complex(2), mirror = { Q: 0, P: 0 }, tally = { closed: 0, general: 0 };

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
    if (residual <= limits.ROUNDING) tally.closed++;
    else { // where poles coincide the sums lose digits
      tally.general++;
      kept.set(V);
      lyapunov();
      if (residual <= backwardResidual()) V.set(kept);
    }
    return norm(V) * norm(A) <= limits.UNRESOLVED * norm(D);
  }
  return { V, tally, covariance };
})();
