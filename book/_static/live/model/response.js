// V in closed form: the mirror knows light and matter only through one response function. To be read beside
// engine/response.py and stability.py.
//
// The mirror displaces the light, the light pushes back: χ(s) = b†(s - M)⁻¹b = e(s)/c(s). Light and matter alone keep
// their vacuum; what the mirror makes of it are the correlations x = <qz>, y = <pz>, Q = <q²>, P = <p²>,
// N = <zz†> - 1/2 and S = <zzᵀ>. In the eigenbasis r_k of M, Σ r_k = b, with poles l_k: x = Σ ξ_k r_k, and all the
// others follow from the ξ_k and Q.

omcore.response = (() => {
  "use strict";

  const { limits } = omcore.metadata, { complex, clear, product, addProduct, quotient, addConjugates } = omcore.complex;
  const { characteristic, adjugateTimes, adjugate, complexHorner, routh } = omcore.polynomials, { complexRoots, solve } = omcore.roots;
  const { lightOperator, couplings } = omcore.systems;
  const { driftMatrix, diffusion, isStable, isDamped, norm, backwardResidual, lyapunov } = omcore.linear;
  const tally = { closed: 0, general: 0 };

  // Filled anew at each point; of b, pole, r, push and xi the second half holds the conjugates of the first.
  const M = complex(9), b = complex(6), c = complex(4), u = complex(9), a = new Float64Array(9), V = new Float64Array(64);
  const pole = complex(6), r = complex(18), push = complex(6), xi = complex(6), inverse = complex(18), weight = complex(18);
  const rows = new Float64Array(56), T = complex(18), N = complex(9), S = complex(9), x = complex(3), y = complex(3);
  const e = complex(3), term = complex(2), scratch = complex(3);

  /** Response.of: c = det(s - M) and u = adj(s - M) b. */
  function respond(system, { alpha, q }) {
    lightOperator(system, q, M);
    couplings(system, alpha, b);
    addConjugates(b);
    characteristic(M, c);
    adjugateTimes(M, c, b, u);
  }

  /** a: det(s - A) = (s² + γs + 1) |c|² + 2 Im(e c*), where e = b†u; with squeezing, from A. */
  function determinant(system, field) {
    clear(a);
    if (system.isPaired) return pairedDeterminant(system, driftMatrix(system, field));
    const { gamma } = system;
    for (let k = 0; k < 3; k++) {
      product(e, k, u, 3 * k, b, 3);
      addProduct(e, k, u, 3 * k + 1, b, 4);
    }
    for (let j = 0; j < 4; j++)
      for (let k = 0; k < 4; k++) {
        const passive = c[2 * j] * c[2 * k] + c[2 * j + 1] * c[2 * k + 1];
        a[j + k] += passive;
        a[j + k + 1] += gamma * passive;
        a[j + k + 2] += passive;
        if (k < 3) a[j + k] += 2 * (e[2 * k + 1] * c[2 * j] - e[2 * k] * c[2 * j + 1]);
      }
  }

  /** The same from the real 6 x 6 block of light and matter: what the mirror adds are its row and its column. */
  function pairedDeterminant({ gamma }, A) {
    const { c, N } = adjugate(Float64Array.from({ length: 36 }, (_, at) => A[8 * Math.floor(at / 6) + (at % 6)]), 6);
    c.forEach((one, k) => [1, gamma, 1].forEach((x, j) => (a[k + j] += x * one)));
    N.forEach((matrix, k) => matrix.forEach((one, at) => (a[k] -= A[56 + Math.floor(at / 6)] * one * A[8 * (at % 6) + 6])));
  }

  /** Response.decays: Routh's table of det(s - A); in doubt, eigenvalues. */
  function decays(system, field) {
    if (system.isPaired) return isDamped(driftMatrix(system, field));
    respond(system, field);
    determinant(system, field);
    let largest = 0;
    for (let k = 0; k < 8; k += 2) largest = Math.max(largest, c[k] ** 2 + c[k + 1] ** 2);
    const verdict = largest > limits.WIDE ** 6 ? 0 : routh(a, limits.DOUBT);
    return verdict === 0 ? isStable(driftMatrix(system, field), eigenvalues(system, field)) : verdict > 0;
  }

  const s = complex(8), at = complex(2);

  /** stability.eigenvalues as [re, im]: the zeros of det(s - A), by Aberth's Newton steps, from those without the mirror, or from those found last. */
  function eigenvalues(system, field, isNear = false) {
    respond(system, field);
    determinant(system, field);
    if (!isNear) complexRoots(c, pole);
    const apart = 1e-3 * (1 + Math.abs(c[4]) + Math.abs(c[5]));
    for (let k = isNear ? 8 : 0; k < 8; k++) {
      const l = k >> 1, sign = k & 1 ? -1 : 1;
      s[2 * k] = (l < 3 ? pole[2 * l] : -system.gamma / 2) + apart * Math.cos(k + 0.5);
      s[2 * k + 1] = sign * (l < 3 ? pole[2 * l + 1] : 1) + apart * Math.sin(k + 0.5);
    }
    for (let turn = 0, moved = 1; turn < 100 && moved > 1e-30; turn++) {
      moved = 0;
      for (let k = 0; k < 8; k++) {
        complexHorner(a, s[2 * k], s[2 * k + 1], at); // value and slope
        let x = 0, y = 0; // Σ 1/(s_k - s_j)
        for (let j = 0; j < 8; j++) {
          const re = s[2 * k] - s[2 * j], im = s[2 * k + 1] - s[2 * j + 1], size = re * re + im * im;
          if (size > 0) (x += re / size), (y -= im / size);
        }
        at[2] -= at[0] * x - at[1] * y;
        at[3] -= at[0] * y + at[1] * x;
        quotient(at, 0, at, 0, at, 1);
        if (!Number.isFinite(at[0] + at[1])) continue;
        s[2 * k] -= at[0];
        s[2 * k + 1] -= at[1];
        moved = Math.max(moved, (at[0] ** 2 + at[1] ** 2) / (s[2 * k] ** 2 + s[2 * k + 1] ** 2));
      }
    }
    return Array.from({ length: 8 }, (_, k) => [s[2 * k], s[2 * k + 1]]);
  }

  // ---- the covariance matrix

  /** covariance at a point that is stable; null where rounding has swamped its vacuum. */
  function covariance(system, field) {
    const A = driftMatrix(system, field), D = diffusion(system, field);
    respond(system, field);
    correlations(system);
    const residual = backwardResidual(A, D, V);
    if (residual <= limits.ROUNDING) tally.closed++;
    else { // where poles coincide the sums lose digits, and where more than vacua come in they are wrong
      const general = lyapunov(A, D);
      tally.general++;
      if (!(residual <= backwardResidual(A, D, general))) V.set(general);
    }
    return norm(V) * norm(A) <= limits.UNRESOLVED * norm(D) ? V : null;
  }

  /** _correlations: what the mirror makes of the vacuum. */
  function correlations(system) {
    eigenbasis();
    const Q = weights(system);
    clear(x);
    clear(y);
    for (let k = 0; k < 3; k++) { // x = Σ ξ_k r_k and y = -Σ (l_k ξ_k + Q) r_k
      product(scratch, 0, pole, k, xi, k);
      scratch[0] = -scratch[0] - Q;
      scratch[1] = -scratch[1];
      for (let i = 0; i < 3; i++) {
        addProduct(x, i, r, 3 * k + i, xi, k);
        addProduct(y, i, r, 3 * k + i, scratch, 0);
      }
    }
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 6; k++) { // -(ξ_j + ξ_k)/(l_j + l_k)
        scratch[0] = -xi[2 * j] - xi[2 * k];
        scratch[1] = -xi[2 * j + 1] - xi[2 * k + 1];
        product(weight, 6 * j + k, scratch, 0, inverse, 6 * j + k);
      }
    clear(T);
    clear(S);
    clear(N);
    for (let i = 0; i < 3; i++)
      for (let k = 0; k < 6; k++)
        for (let j = 0; j < 3; j++) addProduct(T, 6 * i + k, r, 3 * j + i, weight, 6 * j + k);
    for (let i = 0; i < 3; i++)
      for (let j = i; j < 3; j++)
        for (let k = 0; k < 3; k++) {
          addProduct(S, 3 * i + j, T, 6 * i + k, r, 3 * k + j);
          addProduct(N, 3 * i + j, T, 6 * i + 3 + k, r, 9 + 3 * k + j);
        }
    product(scratch, 0, x, 0, b, 3);
    addProduct(scratch, 0, x, 1, b, 4);
    assembled(Q, Q + 2 * scratch[1]);
  }

  /** The poles l_k, r_k = adj(l_k - M) b / Π (l_k - l_j), -i b†r_k, and 1/(l_j + l_k). */
  function eigenbasis() {
    complexRoots(c, pole);
    addConjugates(pole);
    for (let k = 0; k < 3; k++) {
      const i = 2 * ((k + 1) % 3), j = 2 * ((k + 2) % 3), gap = scratch;
      const re = pole[2 * k] - pole[i], im = pole[2 * k + 1] - pole[i + 1];
      const other = pole[2 * k] - pole[j], turn = pole[2 * k + 1] - pole[j + 1];
      gap[0] = re * other - im * turn;
      gap[1] = re * turn + im * other;
      for (let n = 0; n < 3; n++) {
        for (let part = 0; part < 2; part++) (gap[2 + part] = u[12 + 2 * n + part]), (gap[4 + part] = u[6 + 2 * n + part]);
        addProduct(gap, 2, gap, 1, pole, k);
        for (let part = 0; part < 2; part++) gap[2 + part] = u[2 * n + part];
        addProduct(gap, 1, gap, 2, pole, k);
        quotient(r, 3 * k + n, gap, 1, gap, 0);
      }
    }
    addConjugates(r);
    for (let k = 0; k < 3; k++) {
      product(scratch, 0, r, 3 * k, b, 3);
      addProduct(scratch, 0, r, 3 * k + 1, b, 4);
      push[2 * k] = scratch[1];
      push[2 * k + 1] = -scratch[0];
    }
    addConjugates(push);
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 6; k++) {
        const re = pole[2 * j] + pole[2 * k], im = pole[2 * j + 1] + pole[2 * k + 1], size = re * re + im * im;
        inverse[12 * j + 2 * k] = re / size;
        inverse[12 * j + 2 * k + 1] = -im / size;
      }
  }

  /** _weights: the ξ_k, and Q, which it returns, from seven real linear equations. */
  function weights({ gamma, n_m }) {
    clear(rows);
    rows[54] = -gamma;
    rows[55] = -gamma * (n_m + 0.5);
    for (let k = 0; k < 3; k++) {
      const l = pole[2 * k], li = pole[2 * k + 1], late = l - gamma, first = 8 * k, second = 24 + 8 * k; // rows
      let own = -1 - late * l + li * li, turn = -late * li - li * l; // a_k - 1 - (l_k - γ) l_k
      for (let j = 0; j < 3; j++) { // what ξ_j and ξ_j* add
        product(term, 0, push, j, inverse, 6 * k + j);
        product(term, 1, push, 3 + j, inverse, 6 * k + 3 + j);
        rows[first + j] = term[0] + term[2];
        rows[first + 3 + j] = term[3] - term[1];
        rows[second + j] = term[1] + term[3];
        rows[second + 3 + j] = term[0] - term[2];
        own += term[0] + term[2];
        turn += term[1] + term[3];
      }
      rows[first + k] += own;
      rows[first + 3 + k] -= turn;
      rows[second + k] += turn;
      rows[second + 3 + k] += own;
      rows[first + 6] = -late;
      rows[second + 6] = -li;
      rows[second + 7] = 0.5;
      rows[48 + k] = 2 * (late * push[2 * k] - li * push[2 * k + 1]); // the energy of the mirror
      rows[51 + k] = -2 * (late * push[2 * k + 1] + li * push[2 * k]);
      rows[54] += 2 * push[2 * k];
    }
    solve(rows, 7);
    for (let k = 0; k < 3; k++) {
      xi[2 * k] = rows[8 * k + 7];
      xi[2 * k + 1] = rows[24 + 8 * k + 7];
    }
    addConjugates(xi);
    return rows[55];
  }

  /** _assembled: V of the quadratures from the correlations of amplitudes. */
  function assembled(Q, P) {
    for (let i = 0; i < 3; i++)
      for (let j = i; j < 3; j++) {
        const at = 16 * i + 2 * j, mirrored = 16 * j + 2 * i, k = 6 * i + 2 * j;
        const n = N[k] + (i === j ? 0.5 : 0), ni = i === j ? 0 : N[k + 1], re = S[k], im = S[k + 1];
        V[at] = V[mirrored] = n + re;
        V[at + 9] = V[mirrored + 9] = n - re;
        V[at + 1] = V[mirrored + 8] = im - ni;
        V[at + 8] = V[mirrored + 1] = im + ni;
      }
    for (let i = 0; i < 6; i++) {
      V[8 * i + 6] = V[48 + i] = Math.SQRT2 * x[i];
      V[8 * i + 7] = V[56 + i] = Math.SQRT2 * y[i];
    }
    V[54] = Q;
    V[63] = P;
  }

  return { decays, eigenvalues, covariance, tally };
})();
