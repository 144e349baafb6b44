// In time: mean field and covariance matrix after the laser is switched on. To be read beside omcore/evolution.py.

omcore.evolution = (() => {
  "use strict";

  const { system: systemOf } = omcore.resonator;
  const { driftMatrix, diffusion, equilibrium, slopeOfV } = omcore.linear, { eigenvalues } = omcore.response;
  const ACCURACY = 1e-8, UNRESOLVED = 1e-3 / ACCURACY; // of a step; V beyond this has lost its vacuum to that
  const SIZE = 72, STEPS = 60000; // 8 mean quadratures, then V; more steps than any reader waits for
  const TABLEAU = [ // Dormand and Prince's of order 5; the last row is the step itself
    [1 / 5], [3 / 40, 9 / 40], [44 / 45, -56 / 15, 32 / 9], [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656], [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ];
  const NODES = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
  const WRONG = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]; // order 5 less order 4
  const y = new Float64Array(SIZE), trial = new Float64Array(SIZE), wrong = new Float64Array(SIZE);
  const K = Array.from({ length: 7 }, () => new Float64Array(SIZE)), alpha = new Float64Array(6);

  /** The mean field that has these quadratures. */
  function fieldOf(u) {
    for (let k = 0; k < 6; k++) alpha[k] = u[k] * Math.SQRT1_2;
    return { alpha, q: u[6] };
  }

  /** _moved: the slopes of the mean, and of V unless it has grown too large. */
  function moved(system, share, u, out, followed) {
    const { g, gamma, drive } = system, field = fieldOf(u), A = driftMatrix(system, field);
    for (let i = 0; i < 6; i++) { // (K + iH - igq) is the upper left of A
      out[i] = Math.SQRT2 * share * drive[i];
      for (let k = 0; k < 6; k++) out[i] += A[8 * i + k] * u[k];
    }
    out[6] = u[7];
    out[7] = -u[6] - gamma * u[7] + (g * (u[0] ** 2 + u[1] ** 2 + u[2] ** 2 + u[3] ** 2)) / 2;
    if (!followed) return out.fill(0, 8);
    slopeOfV(A, diffusion(system, field), u.subarray(8), out.subarray(8));
    return out;
  }

  /**
   * evolve at times in s, from a mirror with so many phonons: seen(k, u, V) is told the state at each, V null
   * where it is too large.
   */
  function evolve(p, times, ramp, phonons, seen, accuracy = ACCURACY) {
    const system = systemOf(p), unit = p.omega_m, rise = ramp * unit, V = y.subarray(8);
    const slopes = (time, ...rest) => moved(system, share(time), ...rest), share = (time) => (time < rise ? Math.sin((Math.PI * time) / (2 * rise)) ** 2 : 1);
    y.fill(0);
    V.set(equilibrium({ ...system, n_m: phonons }));
    let time = 0, next = 0.01, followed = true, steps = 0;
    slopes(0, y, K[0], followed);
    for (let k = 0; k < times.length; k++) {
      const goal = times[k] * unit;
      while (time < goal) {
        if (++steps > STEPS) throw new RangeError("too many steps; look at a shorter time.");
        const corner = time < rise && rise < goal ? rise : goal; // where the drive has a kink in its slopes
        const step = Math.min(next, corner - time), size = attempt(time, step, slopes, followed, accuracy);
        if (size <= 1) {
          time = step === corner - time ? corner : time + step;
          y.set(trial);
          [K[0], K[6]] = [K[6], K[0]]; // the last slope is the first of the next step
          if (followed && V.some((v) => Math.abs(v) > UNRESOLVED)) (followed = false), slopes(time, y, K[0], false);
        }
        const growth = Math.min(5, Math.max(0.2, 0.9 * size ** -0.2));
        if (size > 1 || step === next || growth < 1) next = step * growth; // a step cut short says nothing of the next
      }
      seen(k, y, followed ? V : null);
    }
  }

  /** out += factor a */
  function add(out, factor, a) {
    if (factor !== 0) for (let i = 0; i < SIZE; i++) out[i] += factor * a[i];
  }

  /** A step from y to trial; its error, where 1 is what is allowed. */
  function attempt(time, step, slopes, followed, accuracy) {
    TABLEAU.forEach((row, stage) => {
      trial.set(y);
      for (let k = 0; k < row.length; k++) add(trial, step * row[k], K[k]);
      slopes(time + NODES[stage] * step, trial, K[stage + 1], followed);
    });
    let total = 0;
    wrong.fill(0);
    for (let k = 0; k < 7; k++) add(wrong, step * WRONG[k], K[k]);
    for (let i = 0; i < SIZE; i++) total += (wrong[i] / (accuracy * (1 + Math.max(Math.abs(y[i]), Math.abs(trial[i]))))) ** 2;
    return Number.isNaN(total) ? Infinity : Math.sqrt(total / SIZE) || Number.EPSILON;
  }

  /** Evolution.growth over omega_m: the largest real part of the eigenvalues of A about the means of a run, one by one. */
  function growth(p) {
    const system = systemOf(p);
    return (u, k) => Math.max(...eigenvalues(system, fieldOf(u), k > 0).map(([re]) => re));
  }

  return { evolve, growth };
})();
