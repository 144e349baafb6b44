// Where the mirror can rest: y |d(y)|² = ρ Σ_j |p_j(y)|² with y = g q. To be read beside engine/displacements.py.

omcore.displacements = (() => {
  "use strict";

  const { limits } = omcore.metadata, { complex, clear, addProduct, difference, quotient } = omcore.complex;
  const { turningPoints, crossings } = omcore.roots;
  const scratch = complex(2), at = new Float64Array(2);
  const W = complex(4), load = complex(2), d = complex(3), p = complex(4), balance = new Float64Array(6);
  let g = 0, rho = 0;

  /**
   * _balanced: with the atoms eliminated, d = det(W - iy) and p = adj(W - iy) ε by powers of y, and the balance. It leaves
   * them, of one system at a time, to the functions below.
   */
  function balanced(system) {
    const { H, decay, drive } = system;
    g = system.g;
    rho = g * g;
    scratch[0] = decay[2];
    scratch[1] = H[16]; // γ_a + iΔ_a
    for (let j = 0; j < 2; j++) { // i G_j/(γ_a + iΔ_a)
      scratch[2] = 0;
      scratch[3] = H[6 * j + 4];
      quotient(load, j, scratch, 1, scratch, 0);
    }
    for (let j = 0; j < 2; j++)
      for (let k = 0; k < 2; k++) { // W_jk = K + iH + G_j G_k/(γ_a + iΔ_a)
        const G = H[6 * j + 4];
        W[4 * j + 2 * k] = (j === k ? decay[j] : 0) - H[6 * j + 2 * k + 1] + G * load[2 * k + 1];
        W[4 * j + 2 * k + 1] = H[6 * j + 2 * k] - G * load[2 * k];
      }
    difference(d, 0, W, 0, W, 3, W, 1, W, 2);
    d[2] = W[1] + W[7]; // -i (W_00 + W_11)
    d[3] = -(W[0] + W[6]);
    d[4] = -1;
    for (let j = 0; j < 2; j++) { // p_j = (W_kk - iy) ε_j - W_jk ε_k
      difference(p, 2 * j, W, 3 - 3 * j, drive, j, W, 1 + j, drive, 1 - j);
      p[4 * j + 2] = drive[2 * j + 1];
      p[4 * j + 3] = -drive[2 * j];
    }
    clear(balance);
    addSquare(balance, 1, 1, d, 0, 3);
    addSquare(balance, 0, -rho, p, 0, 2);
    addSquare(balance, 0, -rho, p, 2, 2);
  }

  /** factor |Σ c_k y^k|² of the n numbers from start on, by powers of y, the lowest at ``first``. */
  function addSquare(out, first, factor, c, start, n) {
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) {
        const a = 2 * (start + j), b = 2 * (start + k);
        out[first + j + k] += factor * (c[a] * c[b] + c[a + 1] * c[b + 1]);
      }
  }

  /** _judged: the balance before its expansion, where fewer digits cancel, and its slope. */
  function imbalance(y, at) {
    const re = d[0] + y * (d[2] + y * d[4]), im = d[1] + y * d[3], size = re * re + im * im;
    let pressure = 0, slope = 0;
    for (let j = 0; j < 8; j += 4) {
      const a = p[j] + y * p[j + 2], b = p[j + 1] + y * p[j + 3];
      pressure += a * a + b * b;
      slope += a * p[j + 2] + b * p[j + 3];
    }
    at[0] = y * size - rho * pressure;
    at[1] = size + 2 * y * (re * (d[2] + 2 * y * d[4]) + im * d[3]) - 2 * rho * slope;
  }

  /** displacements: every { q, isDouble } at rest, ascending, a fold twice. */
  const displacements = () => inBalance(balance, imbalance, isFold).map(({ y, isDouble }) => ({ q: y / g, isDouble }));

  /**
   * The zeros { y, isDouble } of a balance, none of which is negative, from its coefficients and from itself; the search
   * may be told where else it turns, for all it can see, and what is no zero.
   */
  function inBalance(balance, imbalance, isFold, turning = null, isNone = () => false) {
    const degree = balance.length - 1;
    let high = 0; // Fujiwara's bound on the roots
    for (let k = 1; k <= degree; k++) high = Math.max(high, 2 * Math.abs(balance[degree - k] / balance[degree]) ** (1 / k));
    const turns = turningPoints(balance, 0, high), folds = turns.filter((y) => isFold(y) && !isNone(y));
    const between = turning ? [...turns, ...turning(high)].sort((x, y) => x - y) : turns;
    let found = balance[0] === 0 ? [0] : crossings(imbalance, 0, high, between, 1e-14).filter((y) => !isNone(y)); // no light, no force
    for (const fold of folds) { // the roots beside it, which rounding may have found, give way
      const near = found.filter((y) => !folds.includes(y) && Math.abs(y - fold) <= 1e-6 * fold).slice(0, 2);
      found = [...found.filter((y) => !near.includes(y)), fold, fold];
    }
    return found.sort((x, y) => x - y).map((y) => ({ y, isDouble: folds.includes(y) }));
  }

  /** Whether the balance at a turning point is as low as rounding: a double root. */
  function isFold(y) {
    let size = 0;
    for (let k = 5; k >= 0; k--) size = size * y + Math.abs(balance[k]);
    imbalance(y, at);
    return Math.abs(at[0]) <= limits.FOLD * size;
  }

  /** amplitudes: (K + iH - igq) α = ε while the mirror is held at q. */
  function amplitudes(q) {
    const y = g * q, alpha = complex(3);
    scratch[0] = d[0] + y * (d[2] + y * d[4]);
    scratch[1] = d[1] + y * d[3];
    for (let j = 0; j < 2; j++) {
      scratch[2] = p[4 * j] + y * p[4 * j + 2];
      scratch[3] = p[4 * j + 1] + y * p[4 * j + 3];
      quotient(alpha, j, scratch, 1, scratch, 0);
      addProduct(alpha, 2, load, j, alpha, j);
    }
    alpha[4] = -alpha[4];
    alpha[5] = -alpha[5];
    return alpha;
  }

  return { balanced, displacements, amplitudes, inBalance };
})();
