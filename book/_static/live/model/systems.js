// What a mean field makes of a system. To be read beside omcore/systems.py.
//
// With M = -K - iH + igq and b = igα: dz/dt = Mz + bq, dq/dt = p, dp/dt = -q - γp + 2 Re(i b†z) + noise.

omcore.systems = (() => {
  "use strict";

  /** light_operator, M; the mirror feels the two modes of light. */
  function lightOperator({ H, decay, g }, q, M) {
    for (let k = 0; k < 9; k++) {
      M[2 * k] = H[2 * k + 1];
      M[2 * k + 1] = -H[2 * k];
    }
    for (let j = 0; j < 3; j++) M[8 * j] -= decay[j];
    for (let j = 0; j < 2; j++) M[8 * j + 1] += g * q;
  }

  /** linearised_couplings, G of Eq. 8, as b = iG/√2 = i g α; that of the atoms is zero. */
  function couplings({ g }, alpha, b) {
    for (let j = 0; j < 2; j++) {
      b[2 * j] = -g * alpha[2 * j + 1];
      b[2 * j + 1] = g * alpha[2 * j];
    }
  }

  return { lightOperator, couplings };
})();
