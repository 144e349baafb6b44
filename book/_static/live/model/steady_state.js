// The mean field. To be read beside omcore/steady_state.py.

omcore.steadyState = (() => {
  "use strict";

  const { readings } = omcore.metadata;
  const { decays } = omcore.response, { balanced, displacements, amplitudes } = omcore.displacements;

  const about = (q) => ({ q, alpha: amplitudes(q) });

  /** "bare-detuning", Eq. A3: α at the detunings without the mirror. */
  function bareField({ g }) {
    const alpha = amplitudes(0);
    return { q: g * (alpha[0] ** 2 + alpha[1] ** 2 + alpha[2] ** 2 + alpha[3] ** 2), alpha };
  }

  /** mean_field { q, alpha }: of a branch, or the stable one with the smallest displacement, or the smallest of all. */
  function steadyField(system, reading, branch = null) {
    if (!readings.includes(reading)) throw new RangeError(`reading = ${reading}: use ${readings.join(" or ")}`);
    balanced(system);
    if (reading === readings[1]) return bareField(system);
    const states = displacements();
    if (branch !== null) return about(states[branch]?.q ?? NaN);
    if (states.length > 1)
      for (const { q, isDouble } of states) {
        const field = about(q);
        if (!isDouble && decays(system, field)) return field;
      }
    return about(states[0].q);
  }

  /** mean_field_branches: every mean field by its displacement, a fold twice. */
  function steadyFields(system, reading) {
    if (reading === readings[1]) return [{ ...steadyField(system, reading), isDouble: false }];
    balanced(system);
    return displacements().map(({ q, isDouble }) => ({ ...about(q), isDouble }));
  }

  return { steadyField, steadyFields };
})();
