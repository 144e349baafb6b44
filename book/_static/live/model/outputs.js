// What a figure can draw of a point, and a sweep of it. To be read beside omcore/outputs.py.

omcore.outputs = (() => {
  "use strict";

  const { statuses: [STABLE, , , NO_BRANCH] } = omcore.metadata;
  const { modeIndex } = omcore.parameters, { derivedShift } = omcore.resonator;
  const { eigenvalues } = omcore.response;
  const { logNegativity, residualContangles, purity, steering, mutualInformation, quanta } = omcore.gaussian;
  const [ATOMS, MIRROR] = [2, 3];

  const driven = ({ p }) => modeIndex("driven", p.drive), light = ({ field: { alpha } }, k) => Math.sqrt(alpha[2 * k] ** 2 + alpha[2 * k + 1] ** 2);
  const coupling = (point, k) => Math.SQRT2 * point.system.g * light(point, k);
  const contangles = (point) => residualContangles(point.V, [driven(point), ATOMS, MIRROR]);

  const OF_THE_FIELD = { // of every point with a mean field; rates over omega_m
    q: ({ field }) => field.q,
    pull: ({ system, field }) => system.g * field.q,
    photons: (point) => light(point, driven(point)) ** 2 / 1e9,
    coupling: (point) => coupling(point, driven(point)),
    coupling_undriven: (point) => coupling(point, 1 - driven(point)),
    coupling_atoms: ({ p }) => p.G_a / p.omega_m,
    detuning: (point) => point.system.H[8 * driven(point)] - point.system.g * point.field.q,
    growth: ({ system, field }) => Math.max(...eigenvalues(system, field).map(([re]) => re)),
    shift: ({ system: { H } }) => (H[8] - H[0]) / 2,
    shift_derived: ({ p }) => derivedShift(p) / p.omega_m,
  };
  const OF_THE_STATE = { // of stable points
    phonons: ({ V }) => quanta(V, MIRROR),
    steering_m_a: ({ V }) => steering(V, MIRROR, ATOMS),
    steering_a_m: ({ V }) => steering(V, ATOMS, MIRROR),
    information: ({ V }) => mutualInformation(V, ATOMS, MIRROR),
    purity: ({ V }) => purity(V, [0, 1, ATOMS, MIRROR]),
    R: (point) => Math.min(...contangles(point)),
    R_driven: (point) => contangles(point)[0],
    R_a: (point) => contangles(point)[1],
    R_m: (point) => contangles(point)[2],
  };

  const entanglement = (pair) => ({ V }) => logNegativity(V, pair);

  /** An output by its name in a sweep; a pair such as "a-m" is its entanglement. A function of a point, NaN where there is none. */
  function reader(output, { drive }) {
    if (output in OF_THE_FIELD) return (point) => (point.status === NO_BRANCH ? NaN : OF_THE_FIELD[output](point));
    const number = OF_THE_STATE[output] ?? entanglement(output.split("-").map((mode) => modeIndex(mode, drive)));
    return (point) => (point.status === STABLE ? number(point) : NaN);
  }

  return { reader };
})();

/** A sweep of one field: {stable, status, and each of the outputs}. branch counts the steady states from 0. */
omcore.sweep = (parameters, name, values, outputs = ["a-m"], reading = omcore.metadata.readings[0], branch = null) => {
  const { parametersOf } = omcore.parameters, p = parametersOf(parameters);
  for (const end of [Math.min(...values), Math.max(...values)]) parametersOf({ [name]: end });
  const stable = [], status = [], readers = outputs.map((output) => omcore.outputs.reader(output, p));
  const found = outputs.map(() => new Float64Array(values.length));
  values.forEach((value, k) => {
    p[name] = value;
    const point = omcore.pointOf(p, reading, branch);
    stable.push(point.V !== null);
    status.push(point.status);
    readers.forEach((numberOf, n) => (found[n][k] = numberOf(point)));
  });
  return { stable, status, ...Object.fromEntries(outputs.map((output, n) => [output, found[n]])) };
};
