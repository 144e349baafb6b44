// The mean field. To be read beside omcore/steady_state.py.

omcore.steadyState = (() => {
  "use strict";

  const { readings } = omcore.metadata;
  const { square } = omcore.complex, { respond, decays } = omcore.response;
  const { balanced, displacements, amplitudes } = omcore.displacements;

  /** A mean field { q, alpha }, and what the mirror feels about it. */
  function about(system, forces, q) {
    const alpha = amplitudes(forces, q);
    return { q, alpha, felt: respond(system, { alpha, q }) };
  }

  /** mean_field: of a branch, or the stable one with the smallest displacement, or the smallest of all. */
  function steadyField(system, reading, branch = null) {
    if (!readings.includes(reading)) throw new RangeError(`reading = ${reading}: use ${readings.join(" or ")}`);
    const forces = balanced(system);
    if (reading === readings[1]) { // "bare-detuning", Eq. A3: α at the detunings without the mirror
      const alpha = amplitudes(forces, 0), q = system.g * (square(alpha[0]) + square(alpha[1]));
      return { q, alpha, felt: respond(system, { alpha, q }) };
    }
    const states = displacements(forces);
    if (branch !== null) return about(system, forces, states[branch]?.q ?? NaN);
    if (states.length > 1)
      for (const { q, isDouble } of states) {
        const field = about(system, forces, q);
        if (!isDouble && decays(field.felt)) return field;
      }
    return about(system, forces, states[0].q);
  }

  /** mean_field_branches: every mean field by its displacement, a fold twice. */
  function steadyFields(system, reading) {
    if (reading === readings[1]) return [{ ...steadyField(system, reading), isDouble: false }];
    const forces = balanced(system);
    return displacements(forces).map(({ q, isDouble }) => ({ ...about(system, forces, q), isDouble }));
  }

  return { steadyField, steadyFields };
})();
