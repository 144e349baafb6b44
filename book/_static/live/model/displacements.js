// Where the mirror can rest: y |d(y)|² = ρ Σ_j |p_j(y)|² with y = g q. To be read beside engine/displacements.py.

omcore.displacements = (() => {
  "use strict";

  const { limits } = omcore.metadata;
  const { plus, minus, times, over, scaled, dot } = omcore.complex;
  const { turningPoints, crossings } = omcore.roots;
  const minusI = (a) => [a[1], -a[0]];

  /** _balanced: with the atoms eliminated, d = det(W - iy) and p = adj(W - iy) ε by powers of y, and the balance. */
  function balanced({ H, decay, drive, g }) {
    const own = [decay[2], H[2][2][0]], load = [0, 1].map((j) => over([0, H[j][2][0]], own)); // i G_j/(γ_a + iΔ_a)
    const W = [0, 1].map((j) => [0, 1].map((k) => { // K + iH + G_j G_k/(γ_a + iΔ_a)
      const [re, im] = minusI(plus(scaled(-1, H[j][k]), scaled(H[j][2][0], load[k])));
      return [re + (j === k ? decay[j] : 0), im];
    }));
    const d = [minus(times(W[0][0], W[1][1]), times(W[0][1], W[1][0])), minusI(plus(W[0][0], W[1][1])), [-1, 0]];
    const p = [[0, 1], [1, 0]].map(([j, k]) => // (W_kk - iy) ε_j - W_jk ε_k
      [minus(times(W[k][k], drive[j]), times(W[j][k], drive[k])), minusI(drive[j])]);
    const balance = [0, ...squared(d)], rho = g * g;
    for (const one of p) squared(one).forEach((value, k) => (balance[k] -= rho * value));
    return { d, p, load, rho, g, balance };
  }

  /** |Σ c_k y^k|² by powers of y. */
  function squared(c) {
    const found = new Array(2 * c.length - 1).fill(0);
    c.forEach(([x, y], j) => c.forEach(([u, v], k) => (found[j + k] += x * u + y * v)));
    return found;
  }

  /** _judged: the balance before its expansion, where fewer digits cancel, and its slope. */
  function imbalance({ d, p, rho }, y) {
    const re = d[0][0] + y * (d[1][0] + y * d[2][0]), im = d[0][1] + y * d[1][1], size = re * re + im * im;
    let pressure = 0, slope = size + 2 * y * (re * (d[1][0] + 2 * y * d[2][0]) + im * d[1][1]);
    for (const [start, rate] of p) {
      const x = start[0] + y * rate[0], z = start[1] + y * rate[1];
      pressure += rho * (x * x + z * z);
      slope -= 2 * rho * (x * rate[0] + z * rate[1]);
    }
    return [y * size - pressure, slope];
  }

  /** displacements: every { q, isDouble } at rest, ascending, a fold twice. */
  function displacements(forces) {
    const { balance, g } = forces, f = (y) => imbalance(forces, y);
    const bounds = [1, 2, 3, 4, 5].map((k) => 2 * Math.abs(balance[5 - k]) ** (1 / k)); // Fujiwara's; no root is negative
    const high = Math.max(...bounds), turns = turningPoints(balance, 0, high);
    const size = (y) => balance.reduceRight((total, value) => total * y + Math.abs(value), 0);
    const folds = turns.filter((y) => Math.abs(f(y)[0]) <= limits.FOLD * size(y)); // as low as rounding: a double root
    let found = balance[0] === 0 ? [0] : crossings(f, 0, high, turns, 1e-14); // no light, no force
    for (const fold of folds) { // the roots beside it, which rounding may have found, give way
      const near = found.filter((y) => !folds.includes(y) && Math.abs(y - fold) <= 1e-6 * fold).slice(0, 2);
      found = [...found.filter((y) => !near.includes(y)), fold, fold];
    }
    return found.sort((x, y) => x - y).map((y) => ({ q: y / g, isDouble: folds.includes(y) }));
  }

  /** amplitudes: (K + iH - igq) α = ε while the mirror is held at q. */
  function amplitudes({ d, p, load, g }, q) {
    const y = g * q, D = plus(d[0], scaled(y, plus(d[1], scaled(y, d[2]))));
    const light = p.map(([start, rate]) => over(plus(start, scaled(y, rate)), D));
    return [...light, scaled(-1, dot(load, light))];
  }

  return { balanced, displacements, amplitudes };
})();
