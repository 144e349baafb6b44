// The paper's resonator as a system. To be read beside omcore/resonator.py.
//
// Modes of light and matter: ccw 0, cw 1, a 2; the mirror, 3, comes last. Rates are in units of omega_m.

omcore.resonator = (() => {
  "use strict";

  const { constants } = omcore.metadata;
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
    const J = p.backscattering * unit, phase = p.backscattering_phase, turn = p.counter_drive_phase;
    const back = [J * Math.cos(phase), J * Math.sin(phase)], G = [];
    G[driven] = [p.G_a * unit, 0];
    G[undriven] = [p.undriven_coupling * p.G_a * unit, 0];
    const epsilon = driveAmplitude(p) * unit, counter = epsilon * Math.sqrt(p.counter_drive), drive = [[0, 0], [0, 0], [0, 0]];
    drive[driven] = [epsilon * Math.sqrt(1 - p.counter_drive), 0];
    drive[undriven] = [counter * Math.cos(turn), counter * Math.sin(turn)];
    return {
      H: [
        [[(p.Delta_c - shift) * unit, 0], back, G[0]],
        [[back[0], -back[1]], [(p.Delta_c + shift) * unit, 0], G[1]],
        [G[0], G[1], [p.Delta_a * unit, 0]],
      ],
      decay: [p.kappa * unit, p.kappa * unit, p.gamma_a * unit],
      drive, g: singlePhotonCoupling(p) * unit, gamma: p.gamma_m * unit, n_m: phononNumber(p),
    };
  }

  return { sagnacShift, derivedShift, system };
})();
