// What a mean field makes of a system. To be read beside omcore/systems.py.
//
// With M = -K - iH + igq and b = igα: dz/dt = Mz + bq, dq/dt = p, dp/dt = -q - γp + 2 Re(i b†z) + noise.

omcore.systems = (() => {
  "use strict";

  /** light_operator, M; the mirror feels the two modes of light. */
  const lightOperator = ({ H, decay, g }, q) => H.map((row, j) => row.map(([re, im], k) =>
    (j === k ? [im - decay[j], (j < 2 ? g * q : 0) - re] : [im, -re])));

  /** linearised_couplings, G of Eq. 8, as b = iG/√2 = i g α. */
  const couplings = ({ g }, alpha) => [0, 1].map((k) => [-g * alpha[k][1], g * alpha[k][0]]).concat([[0, 0]]);

  return { lightOperator, couplings };
})();
