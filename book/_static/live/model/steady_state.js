// The mean field. To be read beside omcore/steady_state.py.

omcore.steadyState = (() => {
  "use strict";

  const { readings } = omcore.metadata;
  const { decays } = omcore.response;

  /** How its steady states are found: { balanced, displacements, amplitudes }. */
  const statics = ({ isPaired }) => (isPaired ? omcore.statics : omcore.displacements);

  const about = (system, { q, alpha }) => ({ q, alpha: alpha ?? statics(system).amplitudes(q) });

  /** "bare-detuning", Eq. A3: α at the detunings without the mirror. */
  function bareField(system) {
    const { g } = system, alpha = statics(system).amplitudes(0);
    return { q: g * (alpha[0] ** 2 + alpha[1] ** 2 + alpha[2] ** 2 + alpha[3] ** 2), alpha };
  }

  /** mean_field { q, alpha }: of a branch, or the stable one with the smallest displacement, or the smallest of all. */
  function steadyField(system, reading, branch = null) {
    if (!readings.includes(reading)) throw new RangeError(`reading = ${reading}: use ${readings.join(" or ")}`);
    statics(system).balanced(system);
    if (reading === readings[1]) return bareField(system);
    const states = statics(system).displacements();
    if (branch !== null) return about(system, states[branch] ?? { q: NaN });
    if (states.length > 1)
      for (const state of states) {
        const field = about(system, state);
        if (!state.isDouble && decays(system, field)) return field;
      }
    return about(system, states[0]);
  }

  /** mean_field_branches: every mean field by its displacement, a fold twice. */
  function steadyFields(system, reading) {
    if (reading === readings[1]) return [{ ...steadyField(system, reading), isDouble: false }];
    statics(system).balanced(system);
    return statics(system).displacements().map((state) => ({ ...about(system, state), isDouble: state.isDouble }));
  }

  return { steadyField, steadyFields };
})();
