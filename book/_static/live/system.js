// From parameters to the system, and where its mirror can rest. To be read beside omcore/parameters.py,
// sagnac.py, resonator.py and displacements.py.
//
// Modes of light and matter: ccw 0, cw 1, a 2; the mirror, 3, comes last. From systemOf on, rates are in
// units of omega_m. One point at a time: each step leaves its result in arrays, where the next one finds it.

var omcore = omcore || {};

omcore.system = (() => {
  "use strict";

  const { constants, limits } = omcore.metadata;
  const { addProduct, quotient, turningPoints, crossings } = omcore.numerics;
  const complex = (n) => new Float64Array(2 * n), real = (n) => new Float64Array(n);

  // ---- parameters.py and sagnac.py: what follows from laboratory quantities

  const omega0 = (p) => (2 * Math.PI * constants.c) / p.wavelength;

  /** Parameters.G_0 = (ω_0/R) √(ħ/mω_m), below Eq. 2. */
  const singlePhotonCoupling = (p) =>
    (omega0(p) / p.radius) * Math.sqrt(constants.hbar / (p.mass * p.omega_m));

  /** Parameters.drive_amplitude, ε = √(2κP/ħω_0), below Eq. 2. */
  const driveAmplitude = (p) =>
    Math.sqrt((2 * p.kappa * p.power) / (constants.hbar * omega0(p)));

  /** Parameters.n_m = 1/(exp(ħω_m/k_B T) - 1), below Eq. 6; zero at T = 0. */
  const phononNumber = (p) =>
    1 / Math.expm1((constants.hbar * p.omega_m) / (constants.Boltzmann * p.temperature));

  /** sagnac.sagnac_shift, Δ_F = (nRΩω_0/c) (1 - 1/n² - (λ/n) dn/dλ), Eq. 1. */
  function sagnacShift(p) {
    const n = p.refractive_index;
    const rest = (n * p.radius * p.angular_velocity * omega0(p)) / constants.c;
    return rest * (1 - 1 / n ** 2 - (p.wavelength / n) * p.dispersion);
  }

  /** dispersion.derived_shift, (nRΩω_0/c) (1 - 1/(n n_g)) with the group index n_g = n - λ dn/dλ. */
  function derivedShift(p) {
    const n = p.refractive_index, group = n - p.wavelength * p.dispersion;
    return ((n * p.radius * p.angular_velocity * omega0(p)) / constants.c) * (1 - 1 / (n * group));
  }

  // ---- resonator.py: the system, dz/dt = -(K + iH) z + i g q z + ε

  const system = { H: complex(9), decay: real(3), drive: complex(3), g: 0, gamma: 0, n_m: 0 };

  /** resonator.system: H, K, ε of Eq. 2, and the mirror's own, all rates over omega_m. */
  function systemOf(p) {
    const { H, decay, drive } = system, unit = 1 / p.omega_m, shift = sagnacShift(p);
    const driven = p.drive === "ccw" ? 0 : 1, undriven = 1 - driven;
    H[0] = (p.Delta_c - shift) * unit;
    H[8] = (p.Delta_c + shift) * unit;
    H[16] = p.Delta_a * unit;
    const J = p.backscattering * unit, phase = p.backscattering_phase;
    H[2] = H[6] = J * Math.cos(phase);
    H[3] = J * Math.sin(phase);
    H[7] = -H[3];
    H[6 * driven + 4] = H[12 + 2 * driven] = p.G_a * unit;
    H[6 * undriven + 4] = H[12 + 2 * undriven] = p.undriven_coupling * p.G_a * unit;
    decay[0] = decay[1] = p.kappa * unit;
    decay[2] = p.gamma_a * unit;
    const epsilon = driveAmplitude(p) * unit, counter = epsilon * Math.sqrt(p.counter_drive);
    drive[2 * driven] = epsilon * Math.sqrt(1 - p.counter_drive);
    drive[2 * driven + 1] = 0;
    drive[2 * undriven] = counter * Math.cos(p.counter_drive_phase);
    drive[2 * undriven + 1] = counter * Math.sin(p.counter_drive_phase);
    system.g = singlePhotonCoupling(p) * unit;
    system.gamma = p.gamma_m * unit;
    system.n_m = phononNumber(p);
  }

  // ---- displacements.py: y |d(y)|² = ρ Σ_j |p_j(y)|², y = g q

  const Wm = complex(4), load = complex(3); // the atoms eliminated: W, and -(their amplitude) for each mode's
  const d = complex(3), P = complex(4); // d = det(W - iy) and p = adj(W - iy) v, by powers of y
  const balance = real(6), turns = real(8), found = real(8), scratch = complex(4);
  const q = real(8), isDouble = new Uint8Array(8);

  /** displacements._balanced: the atoms eliminated, and the coefficients of d, p and of the balance. */
  function balanceOfForces() {
    const { H, decay, drive, g } = system, rho = g * g;
    scratch[0] = decay[2];
    scratch[1] = H[16]; // γ_a + iΔ_a
    for (let j = 0; j < 2; j++) {
      scratch[2] = 0;
      scratch[3] = H[6 * j + 4];
      quotient(load, j, scratch, 1, scratch, 0); // i G_j/(γ_a + iΔ_a)
    }
    for (let j = 0; j < 2; j++)
      for (let k = 0; k < 2; k++) { // W_jk = K + iH + G_j G_k/(γ_a + iΔ_a)
        const G = H[6 * j + 4];
        Wm[4 * j + 2 * k] = (j === k ? decay[j] : 0) - H[6 * j + 2 * k + 1] + G * load[2 * k + 1];
        Wm[4 * j + 2 * k + 1] = H[6 * j + 2 * k] - G * load[2 * k];
      }
    d[0] = d[1] = 0;
    addProduct(d, 0, Wm, 0, Wm, 3);
    scratch[0] = scratch[1] = 0;
    addProduct(scratch, 0, Wm, 1, Wm, 2);
    d[0] -= scratch[0];
    d[1] -= scratch[1];
    d[2] = Wm[1] + Wm[7]; // -i (W_00 + W_11)
    d[3] = -(Wm[0] + Wm[6]);
    d[4] = -1;
    for (let j = 0; j < 2; j++) { // p_j = (W_kk - iy) v_j - W_jk v_k
      const k = 1 - j;
      P[4 * j] = P[4 * j + 1] = scratch[0] = scratch[1] = 0;
      addProduct(P, 2 * j, Wm, 3 * k, drive, j);
      addProduct(scratch, 0, Wm, j === 0 ? 1 : 2, drive, k);
      P[4 * j] -= scratch[0];
      P[4 * j + 1] -= scratch[1];
      P[4 * j + 2] = drive[2 * j + 1];
      P[4 * j + 3] = -drive[2 * j];
    }
    balance.fill(0);
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++)
        balance[1 + j + k] += d[2 * j] * d[2 * k] + d[2 * j + 1] * d[2 * k + 1];
    for (let m = 0; m < 2; m++)
      for (let j = 0; j < 2; j++)
        for (let k = 0; k < 2; k++) {
          const a = 4 * m + 2 * j, b = 4 * m + 2 * k;
          balance[j + k] -= rho * (P[a] * P[b] + P[a + 1] * P[b + 1]);
        }
  }

  const force = { value: 0, slope: 0 };

  /** displacements._judged: the balance before its expansion, where fewer digits cancel. */
  function imbalance(y) {
    const rho = system.g * system.g;
    const re = d[0] + y * (d[2] + y * d[4]), im = d[1] + y * d[3], size = re * re + im * im;
    let pressure = 0, slope = 0;
    for (let j = 0; j < 8; j += 4) {
      const a = P[j] + y * P[j + 2], b = P[j + 1] + y * P[j + 3];
      pressure += a * a + b * b;
      slope += a * P[j + 2] + b * P[j + 3];
    }
    force.value = y * size - rho * pressure;
    force.slope = size + 2 * y * (re * (d[2] + 2 * y * d[4]) + im * d[3]) - 2 * rho * slope;
  }

  /** displacements.displacements: every q at rest, ascending, a fold twice; returns how many there are. */
  function displacements() {
    balanceOfForces();
    let high = 0; // Fujiwara's bound on the roots; none is negative
    for (let k = 1; k <= 5; k++)
      if (balance[5 - k]) high = Math.max(high, 2 * Math.abs(balance[5 - k]) ** (1 / k));
    const turning = turningPoints(balance, 5, 0, high, turns);
    let folds = 0;
    for (let k = 0; k < turning; k++) { // a turning point as low as rounding is a double root
      let scale = 0;
      for (let j = 5; j >= 0; j--) scale = scale * turns[k] + Math.abs(balance[j]);
      imbalance(turns[k]);
      if (Math.abs(force.value) <= limits.FOLD * scale) isFold[k] = 1, folds++;
      else isFold[k] = 0;
    }
    let count = 0;
    if (balance[0] === 0) q[0] = isDouble[0] = 0, count = 1; // no light, no force
    else {
      count = crossings(imbalance, force, 0, high, turns, turning, found, 1e-14);
      for (let k = 0; k < count; k++) q[k] = found[k], isDouble[k] = 0;
    }
    if (folds) count = withFolds(turning, count);
    for (let k = 0; k < count; k++) q[k] /= system.g;
    return count;
  }
  const isFold = new Uint8Array(8);

  /** The roots beside a fold, which rounding may have found, give way to a double root. */
  function withFolds(turning, count) {
    const all = [];
    for (let k = 0; k < count; k++) all.push([q[k], 0]);
    for (let k = 0; k < turning; k++) {
      if (!isFold[k]) continue;
      const near = all.filter(([y, double]) => !double && Math.abs(y - turns[k]) <= 1e-6 * turns[k]);
      for (const root of near.slice(0, 2)) all.splice(all.indexOf(root), 1);
      all.push([turns[k], 1], [turns[k], 1]);
    }
    all.sort((a, b) => a[0] - b[0]).forEach(([y, double], k) => ((q[k] = y), (isDouble[k] = double)));
    return all.length;
  }

  const alpha = complex(3);

  /** displacements.amplitudes: (K + iH - igq) α = ε while the mirror is held at q. */
  function amplitudes(displacement) {
    const y = system.g * displacement;
    scratch[0] = d[0] + y * (d[2] + y * d[4]);
    scratch[1] = d[1] + y * d[3];
    alpha[4] = alpha[5] = 0;
    for (let j = 0; j < 2; j++) {
      scratch[2] = P[4 * j] + y * P[4 * j + 2];
      scratch[3] = P[4 * j + 1] + y * P[4 * j + 3];
      quotient(alpha, j, scratch, 1, scratch, 0);
    }
    for (let j = 0; j < 2; j++) {
      scratch[2] = -load[2 * j];
      scratch[3] = -load[2 * j + 1];
      addProduct(alpha, 2, scratch, 1, alpha, j);
    }
  }

  return { system, alpha, q, isDouble, sagnacShift, derivedShift, systemOf, balanceOfForces, displacements, amplitudes };
})();
