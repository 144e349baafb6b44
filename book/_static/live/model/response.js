// What the mirror makes of light and matter: stability, eigenvalues, V. To be read beside engine/response.py and
// stability.py. The library has V in closed form; a page solves the Lyapunov equation, which costs one figure little.
//
// The mirror displaces the light, the light pushes back: χ(s) = b†(s - M)⁻¹b = e(s)/c(s).

omcore.response = (() => {
  "use strict";

  const { limits } = omcore.metadata, { complex, clear, addProduct, quotient } = omcore.complex;
  const { characteristic, adjugateTimes, adjugate, complexHorner, routh } = omcore.polynomials;
  const { lightOperator, couplings } = omcore.systems;
  const { driftMatrix, diffusion, isDamped, norm, lyapunov } = omcore.linear;

  // Filled anew at each point.
  const M = complex(9), b = complex(3), conjugate = complex(2), c = complex(4), u = complex(9), e = complex(3);
  const a = new Float64Array(9), s = complex(8), at = complex(2);

  /** Response.of: c = det(s - M) and u = adj(s - M) b. */
  function respond(system, { alpha, q }) {
    lightOperator(system, q, M);
    couplings(system, alpha, b);
    characteristic(M, c);
    adjugateTimes(M, c, b, u);
  }

  /** a: det(s - A) = (s² + γs + 1) |c|² + 2 Im(e c*), where e = b†u; with squeezing, from A. */
  function determinant(system, field) {
    clear(a);
    if (system.isPaired) return pairedDeterminant(system, driftMatrix(system, field));
    clear(e);
    for (let j = 0; j < 2; j++) {
      conjugate[2 * j] = b[2 * j];
      conjugate[2 * j + 1] = -b[2 * j + 1];
      for (let k = 0; k < 3; k++) addProduct(e, k, u, 3 * k + j, conjugate, j);
    }
    const { gamma } = system;
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

  /** Response.decays: Routh's table of det(s - A); in doubt, and with squeezing, V of unit noise. */
  function decays(system, field) {
    respond(system, field);
    const largest = [0, 2, 4, 6].reduce((most, k) => Math.max(most, c[k] ** 2 + c[k + 1] ** 2), 0);
    if (!system.isPaired && largest <= limits.WIDE ** 6) {
      determinant(system, field);
      const verdict = routh(a, limits.DOUBT);
      if (verdict !== 0) return verdict > 0;
    }
    return isDamped(driftMatrix(system, field));
  }

  /** stability.eigenvalues as [re, im]: the zeros of det(s - A), by Aberth's Newton steps, from those of uncoupled modes, or from those found last. */
  function eigenvalues(system, field, isNear = false) {
    respond(system, field);
    determinant(system, field);
    const apart = 0.02 * (1 + Math.abs(c[4]) + Math.abs(c[5])); // no two begin at one place
    for (let k = isNear ? 8 : 0; k < 8; k++) {
      const l = k >> 1, sign = k & 1 ? -1 : 1, isLight = l < 3;
      s[2 * k] = (isLight ? M[8 * l] : -system.gamma / 2) + apart * Math.cos(k + 0.5);
      s[2 * k + 1] = sign * (isLight ? M[8 * l + 1] : 1) + apart * Math.sin(k + 0.5);
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

  /** covariance at a point that is stable; null where rounding has swamped its vacuum. */
  function covariance(system, field) {
    const A = driftMatrix(system, field), D = diffusion(system, field), V = lyapunov(A, D);
    return norm(V) * norm(A) <= limits.UNRESOLVED * norm(D) ? V : null;
  }

  return { decays, eigenvalues, covariance };
})();
