// The whole chain in one call: parameters in, entanglement out. To be read beside omcore/steady_state.py and
// solution.py.
//
//   omcore.solve({ Delta_c: 2.5 * 63e6 }, "bare-detuning").E["a-m"]
//
// Parameters go by omcore's names, in SI units; one that is missing has the value of the paper.

var omcore = omcore || {};

Object.assign(omcore, (() => {
  "use strict";

  const { fields, drives, modes, readings, statuses, paper, limits } = omcore.metadata;
  const { system, alpha, q, isDouble, derivedShift, systemOf, balanceOfForces, displacements, amplitudes } = omcore.system;
  const { s, respond, decays, eigenvalues: findEigenvalues } = omcore.response;
  const { V, covariance: findCovariance } = omcore.covariances;
  const { logNegativity, residualContangles, purity, steering, mutualInformation, isPhysical } = omcore.gaussian;
  const [STABLE, UNSTABLE, UNRESOLVED, NO_BRANCH, NO_STATE] = statuses;
  const ATOMS = 2, MIRROR = 3;

  // ---- parameters.py

  const outside = { // what a value may not be, and what it must be
    any: [() => false],
    positive: [(x) => x <= 0, "must be positive"],
    nonnegative: [(x) => x < 0, "must not be negative"],
    fraction: [(x) => x < 0 || x > 1, "must lie between 0 and 1"],
  };

  /** quantities.checked: why a field may not have a value in SI units; "" if it may. */
  function refusal(name, value) {
    if (!Number.isFinite(value)) return "must be finite";
    if (Math.abs(value) > limits.LARGEST) return `must not exceed ${limits.LARGEST} in SI units`;
    const [isOutside, problem] = outside[fields[name].sign];
    return isOutside(value) ? problem : "";
  }

  /** Parameters: those given, checked, and the paper's for the rest. */
  function parametersOf(given = {}) {
    for (const name of Object.keys(given)) {
      const value = given[name], field = fields[name];
      const why = name === "drive" ? (drives.includes(value) ? "" : `give ${drives.join(" or ")}`)
        : field === undefined ? `no parameter; use one of ${Object.keys(fields).join(", ")}, drive`
          : refusal(name, value) && `the ${field.meaning} ${refusal(name, value)}`;
      if (why) throw new RangeError(`${name} = ${value}: ${why}`);
    }
    return { ...paper, ...given };
  }

  /** Quantity.factor: the size of the unit in which a field is shown, in SI units. */
  const factor = (name, parameters = paper) =>
    fields[name].shown.factor ?? (parameters.omega_m ?? paper.omega_m);

  /** conventions.mode_index, with the aliases that the drive gives. */
  function modeIndex(name, drive) {
    if (name === "driven") return modes.indexOf(drive);
    if (name === "undriven") return 1 - modes.indexOf(drive);
    const index = modes.indexOf(name);
    if (index < 0) throw new RangeError(`mode = ${name}: use one of ${modes.join(", ")}, driven, undriven`);
    return index;
  }

  // ---- steady_state.py

  /** steady_state.steady_field: leaves α and the linear response about it; returns q_s. */
  function steadyField(reading, branch = null) {
    if (reading === readings[1]) { // "bare-detuning", Eq. A3: α at the detunings without the mirror
      balanceOfForces();
      amplitudes(0);
      const light = alpha[0] ** 2 + alpha[1] ** 2 + alpha[2] ** 2 + alpha[3] ** 2;
      respond(system.g * light);
      return system.g * light;
    }
    if (reading !== readings[0])
      throw new RangeError(`reading = ${reading}: use ${readings.join(" or ")}`);
    const count = displacements();
    if (branch !== null) return about(branch < count ? q[branch] : NaN);
    if (count > 1) // the stable one with the smallest displacement
      for (let k = 0; k < count; k++) {
        about(q[k]);
        if (!isDouble[k] && decays()) return q[k];
      }
    return about(q[0]); // and the smallest of all where none is stable
  }

  function about(displacement) {
    amplitudes(displacement);
    respond(displacement);
    return displacement;
  }

  // ---- solution.py

  const point = { q: NaN, status: UNSTABLE };

  /** solution.solve at one point: mean field, stability, V. Returns its status. */
  function solvePoint(p, reading, branch) {
    systemOf(p);
    point.q = steadyField(reading, branch);
    if (Number.isNaN(point.q)) return (point.status = NO_BRANCH);
    if (!decays()) return (point.status = UNSTABLE);
    if (!findCovariance()) return (point.status = UNRESOLVED);
    return (point.status = isPhysical(V) ? STABLE : NO_STATE);
  }

  const hasV = (status) => status === STABLE || status === NO_STATE;

  const REASONS = {
    [STABLE]: "",
    [UNSTABLE]: "Fluctuations grow: there is no steady state. Lower the power, or raise the driven detuning.",
    [UNRESOLVED]: "So near the edge of stability that rounding swamps the vacuum.",
    [NO_BRANCH]: "There are fewer steady states than that.",
    [NO_STATE]: "Brownian noise on the momentum alone, in so cold a bath, leads to no quantum state.",
  };

  /** The six pairs of modes, as numbers, and the names of each: "a-m", "m-a", "driven-m", ... */
  const PAIRS = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
  const NAMES = Object.fromEntries(drives.map((drive) => {
    const aliases = (k) => ["driven", "undriven"].filter((name) => modeIndex(name, drive) === k);
    const called = modes.map((mode, k) => [mode, ...aliases(k)]);
    const both = (i, j) => called[i].flatMap((x) => called[j].flatMap((y) => [`${x}-${y}`, `${y}-${x}`]));
    return [drive, PAIRS.map(([i, j]) => both(i, j))];
  }));

  /**
   * solution.solve: all that a figure of one point needs, as a plain object. Where ``status`` is not "stable"
   * E and R are NaN, and ``reason`` says why. Rates in rad/s, amplitudes as [re, im].
   */
  function solve(parameters, reading = readings[0], branch = null) {
    const p = parametersOf(parameters), status = solvePoint(p, reading, branch), known = status === STABLE;
    const E = {}, driven = modeIndex("driven", p.drive);
    PAIRS.forEach((pair, k) => {
      const value = known ? logNegativity(V, pair) : NaN;
      for (const name of NAMES[p.drive][k]) E[name] = value;
    });
    const [x, y, z] = known ? residualContangles(V, [driven, ATOMS, MIRROR]) : [NaN, NaN, NaN];
    return {
      stable: hasV(status), status, reason: REASONS[status], ...field(p, point.q),
      E, R: Math.min(x, y, z), residual: { driven: x, a: y, m: z },
      phonons: known ? (V[54] + V[63] - 1) / 2 : NaN,
    };
  }

  /** MeanField, Solution.coupling, |G| = √2 G_0 |α|, and Solution.effective_detuning, Δ - G_0 q_s. */
  function field(p, q) {
    const of = (value) => ({ ccw: value(0), cw: value(1) });
    const size = (k) => Math.hypot(alpha[2 * k], alpha[2 * k + 1]);
    return {
      q,
      amplitudes: { ...of((k) => [alpha[2 * k], alpha[2 * k + 1]]), a: [alpha[4], alpha[5]] },
      couplings: of((k) => Math.SQRT2 * system.g * p.omega_m * size(k)),
      detunings: of((k) => (system.H[8 * k] - system.g * q) * p.omega_m),
    };
  }

  const always = (status) => status !== NO_BRANCH, isStable = (status) => status === STABLE;

  /** Output of a sweep: where it has a number, and that number at the point just solved; rates over omega_m. */
  function reader(output, p) {
    const { drive } = p, driven = modeIndex("driven", drive), three = [driven, ATOMS, MIRROR];
    const light = (k) => Math.hypot(alpha[2 * k], alpha[2 * k + 1]), coupling = (k) => Math.SQRT2 * system.g * light(k);
    const known = {
      q: [always, () => point.q],
      pull: [always, () => system.g * point.q],
      photons: [always, () => light(driven) ** 2 / 1e9],
      coupling: [always, () => coupling(driven)],
      coupling_undriven: [always, () => coupling(1 - driven)],
      coupling_atoms: [always, () => system.H[6 * driven + 4]],
      detuning: [always, () => system.H[8 * driven] - system.g * point.q],
      growth: [always, () => (findEigenvalues(), Math.max(...s.filter((_, k) => k % 2 === 0)))],
      shift: [always, () => (system.H[8] - system.H[0]) / 2],
      shift_derived: [always, () => derivedShift(p) / p.omega_m],
      phonons: [isStable, () => (V[54] + V[63] - 1) / 2],
      steering_m_a: [isStable, () => steering(V, MIRROR, ATOMS)],
      steering_a_m: [isStable, () => steering(V, ATOMS, MIRROR)],
      information: [isStable, () => mutualInformation(V, ATOMS, MIRROR)],
      purity: [isStable, () => purity(V, [0, 1, ATOMS, MIRROR])],
      R: [isStable, () => Math.min(...residualContangles(V, three))],
      R_driven: [isStable, () => residualContangles(V, three)[0]],
      R_a: [isStable, () => residualContangles(V, three)[1]],
      R_m: [isStable, () => residualContangles(V, three)[2]],
    };
    if (!output.includes("-")) return known[output];
    const pair = output.split("-").map((mode) => modeIndex(mode, drive));
    return [isStable, () => logNegativity(V, pair)];
  }

  /**
   * A sweep of one field: {stable, status, and each of the outputs}. An output is a pair such as "a-m", or one
   * of those that ``reader`` knows; NaN where there is none. branch counts the steady states from 0.
   */
  function sweep(parameters, name, values, outputs = ["a-m"], reading = readings[0], branch = null) {
    const p = parametersOf(parameters), readers = outputs.map((output) => reader(output, p));
    for (const end of [Math.min(...values), Math.max(...values)]) parametersOf({ [name]: end });
    const found = outputs.map(() => new Float64Array(values.length).fill(NaN));
    const stable = new Uint8Array(values.length), status = new Array(values.length);
    for (let k = 0; k < values.length; k++) {
      p[name] = values[k];
      status[k] = solvePoint(p, reading, branch);
      stable[k] = hasV(status[k]) ? 1 : 0;
      readers.forEach(([has, number], n) => {
        if (has(status[k])) found[n][k] = number();
      });
    }
    return { stable, status, ...Object.fromEntries(outputs.map((output, n) => [output, found[n]])) };
  }

  /** steady_state.mean_field_branches: every steady state by its displacement, a fold twice. */
  function branches(parameters, reading = readings[0]) {
    const p = parametersOf(parameters);
    systemOf(p);
    if (reading === readings[1]) {
      const q = steadyField(reading);
      return [{ ...field(p, q), stable: decays(), fold: false }];
    }
    const count = displacements();
    return Array.from(q.subarray(0, count)).map((q, k) => {
      about(q);
      const fold = isDouble[k] === 1;
      return { ...field(p, q), stable: !fold && decays(), fold };
    });
  }

  /** stability.eigenvalues: λ/omega_m of the drift matrix as [re, im], the fastest growth first. */
  function eigenvalues(parameters, reading = readings[0], branch = null) {
    systemOf(parametersOf(parameters));
    steadyField(reading, branch);
    findEigenvalues();
    const all = Array.from({ length: 8 }, (_, k) => [s[2 * k], s[2 * k + 1]]);
    return all.sort((x, y) => y[0] - x[0] || y[1] - x[1]);
  }

  /** Solution.V: the covariance matrix as eight rows, NaN where there is none. */
  function covariance(parameters, reading = readings[0], branch = null) {
    const known = hasV(solvePoint(parametersOf(parameters), reading, branch));
    const row = (i) => Array.from(V.subarray(8 * i, 8 * i + 8), (value) => (known ? value : NaN));
    return Array.from({ length: 8 }, (_, i) => row(i));
  }

  return { solve, sweep, branches, eigenvalues, covariance, factor, refusal, reasons: REASONS };
})());
