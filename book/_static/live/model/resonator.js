// The paper's resonator as a system. To be read beside omcore/resonator.py.
//
// Modes of light and matter: ccw 0, cw 1, a 2; the mirror, 3, comes last. Rates are in units of omega_m.

omcore.resonator = (() => {
  "use strict";

  const { constants } = omcore.metadata, { complex } = omcore.complex;
  const { modeIndex, omega0, singlePhotonCoupling, driveAmplitude, phononNumber } = omcore.parameters;

  const carried = (p) => (p.refractive_index * p.radius * p.angular_velocity * omega0(p)) / constants.c;

  /** sagnac_shift, Δ_F = (nRΩω_0/c) (1 - 1/n² - (λ/n) dn/dλ), Eq. 1. */
  function sagnacShift(p) {
    const n = p.refractive_index;
    return carried(p) * (1 - 1 / n ** 2 - (p.wavelength / n) * p.dispersion);
  }

  /** derived_shift, (nRΩω_0/c) (1 - 1/(n n_g)) with the group index n_g = n - λ dn/dλ. */
  function derivedShift(p) {
    const n = p.refractive_index, group = n - p.wavelength * p.dispersion;
    return carried(p) * (1 - 1 / (n * group));
  }

  /** system: H, K and ε of Eq. 2, and the mirror's own. */
  function system(p) {
    const unit = 1 / p.omega_m, shift = sagnacShift(p), driven = modeIndex("driven", p.drive), undriven = 1 - driven;
    const H = complex(9), decay = new Float64Array(3), drive = complex(3);
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
    drive[2 * undriven] = counter * Math.cos(p.counter_drive_phase);
    drive[2 * undriven + 1] = counter * Math.sin(p.counter_drive_phase);
    return { H, decay, drive, g: singlePhotonCoupling(p) * unit, gamma: p.gamma_m * unit, n_m: phononNumber(p) };
  }

  return { sagnacShift, derivedShift, system };
})();
