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

  const NONE = [0, 0, 0], NOTHING = complex(9), flat = (rows, unit) => (rows ? rows.flat(2).map((x) => x * unit) : NOTHING);

  /** system: H, K and ε of Eq. 2, the mirror's own, and what a System has besides. */
  function system(p) {
    const unit = 1 / p.omega_m, shift = sagnacShift(p), driven = modeIndex("driven", p.drive), undriven = 1 - driven;
    const J = p.backscattering * unit, back = J * Math.cos(p.backscattering_phase), turn = J * Math.sin(p.backscattering_phase);
    const G = p.G_a * unit, weak = p.undriven_coupling * G, [ccw, cw] = driven === 0 ? [G, weak] : [weak, G];
    const epsilon = driveAmplitude(p) * unit, counter = epsilon * Math.sqrt(p.counter_drive), drive = complex(3);
    drive[2 * driven] = epsilon * Math.sqrt(1 - p.counter_drive);
    drive[2 * undriven] = counter * Math.cos(p.counter_drive_phase);
    drive[2 * undriven + 1] = counter * Math.sin(p.counter_drive_phase);
    return {
      H: [
        (p.Delta_c - shift) * unit, 0, back, turn, ccw, 0,
        back, -turn, (p.Delta_c + shift) * unit, 0, cw, 0,
        ccw, 0, cw, 0, p.Delta_a * unit, 0,
      ],
      decay: [p.kappa * unit, p.kappa * unit, p.gamma_a * unit],
      drive, g: singlePhotonCoupling(p) * unit, gamma: p.gamma_m * unit, n_m: phononNumber(p),
      linewidth: p.laser_linewidth * unit, n: p.n ?? NONE, m: flat(p.m, 1), squeezing: flat(p.squeezing, unit),
      isPaired: p.squeezing !== undefined,
    };
  }

  return { sagnacShift, derivedShift, system };
})();
