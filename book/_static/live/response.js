// What the mirror feels of light and matter, and whether fluctuations decay. To be read beside
// omcore/systems.py, response.py, fluctuations.py and stability.py.
//
// With M = -K - iH + igq and b = igα: dz/dt = Mz + bq, dq/dt = p, dp/dt = -q - γp + 2 Re(i b†z) + noise.
// The mirror displaces the light, the light pushes back: χ(s) = b†(s - M)⁻¹b = e(s)/c(s).

var omcore = omcore || {};

omcore.response = (() => {
  "use strict";

  const { limits } = omcore.metadata;
  const { addProduct, addProductConj, quotient, characteristic, adjugateTimes, routh, complexRoots } =
    omcore.numerics;
  const { system, alpha } = omcore.system;
  const complex = (n) => new Float64Array(2 * n), real = (n) => new Float64Array(n);

  const M = complex(9), b = complex(3), c = complex(4), u = complex(9), e = complex(3), a = real(9);
  const A = real(64), D = real(8), pole = complex(3);

  // ---- response.py

  /** systems.light_operator, M = -K - iH + igq, and b. */
  function linearise(displacement) {
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
  }

  /** Response.of: c = det(s - M) and u = adj(s - M) b. */
  function respond(displacement) {
    linearise(displacement);
    characteristic(M, c);
    adjugateTimes(M, c, b, u);
    e.fill(0); // χ(s) = b†(s - M)⁻¹b = e(s)/c(s)
    for (let k = 0; k < 3; k++)
      for (let j = 0; j < 2; j++) addProductConj(e, k, u, 3 * k + j, b, j);
  }

  /** Response.decays: Routh's table of (s² + γs + 1) |c|² + 2 Im(e c*); in doubt, eigenvalues. */
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

  // ---- fluctuations.py

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

  /** fluctuations.is_stable: all eigenvalues to the left, by more than rounding. */
  function isStable() {
    driftMatrix();
    let size = 0, growth = -Infinity;
    for (let k = 0; k < 64; k++) size = Math.max(size, Math.abs(A[k]));
    eigenvalues();
    for (let k = 0; k < 8; k++) growth = Math.max(growth, s[2 * k]);
    return growth < -8 * Number.EPSILON * size;
  }

  // ---- stability.py

  const s = complex(8), step = complex(3);

  /** stability.eigenvalues: the zeros of s² + γs + 1 - i[χ(s) - χ*(s)], by Aberth's Newton steps. */
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

  /** Value over slope of (s² + γs + 1) c c* - i (e c* - e* c) at s = x + iy; * is of the coefficients. */
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

  return { M, b, c, u, A, D, pole, s, linearise, respond, decays, driftMatrix, eigenvalues };
})();
