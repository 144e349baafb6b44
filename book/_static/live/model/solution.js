// The whole chain in one call: parameters in, entanglement out. To be read beside omcore/solution.py.
//
//   omcore.solve({ Delta_c: 2.5 * 63e6 }, "bare-detuning").E["a-m"]

Object.assign(omcore, (() => {
  "use strict";

  const { modes, readings, statuses } = omcore.metadata;
  const { factor, refusal, parametersOf, modeIndex } = omcore.parameters, { system: systemOf } = omcore.resonator;
  const { decays, covariance: covarianceOf, eigenvalues: eigenvaluesOf } = omcore.response;
  const { steadyField, steadyFields } = omcore.steadyState, { driftMatrix, diffusion } = omcore.linear, { solve: solveLinear } = omcore.roots;
  const { logNegativity, residualContangles, quanta, isPhysical } = omcore.gaussian;
  const [STABLE, UNSTABLE, UNRESOLVED, NO_BRANCH, NO_STATE] = statuses;
  const [ATOMS, MIRROR] = [2, 3];

  const REASONS = {
    [STABLE]: "",
    [UNSTABLE]: "Fluctuations grow: there is no steady state. Lower the power, or raise the driven detuning.",
    [UNRESOLVED]: "So near the edge of stability that rounding swamps the vacuum.",
    [NO_BRANCH]: "There are fewer steady states than that.",
    [NO_STATE]: "Brownian noise on the momentum alone, in so cold a bath, leads to no quantum state.",
  };

  /** solve at one point: { p, system, field, status, V }; V is null where there is none. */
  function pointOf(p, reading, branch) {
    const system = systemOf(p), field = steadyField(system, reading, branch);
    const point = (status, V = null) => ({ p, system, field, status, V });
    if (Number.isNaN(field.q)) return point(NO_BRANCH);
    if (!decays(system, field)) return point(UNSTABLE);
    const V = covarianceOf(system, field);
    if (V === null) return point(UNRESOLVED);
    return point(isPhysical(V) ? STABLE : NO_STATE, V);
  }

  /** Every pair of modes by all its names: "a-m", "m-a", "driven-m", ... */
  function pairs(drive) {
    const named = (k) => [modes[k], ...["driven", "undriven"].filter((name) => modeIndex(name, drive) === k)];
    return modes.flatMap((_, i) => modes.flatMap((_, j) => (i === j ? []
      : named(i).flatMap((x) => named(j).map((y) => [`${x}-${y}`, [Math.min(i, j), Math.max(i, j)]])))));
  }

  /**
   * solve: all that a figure of one point needs, as a plain object. Where ``status`` is not "stable" E and R are NaN,
   * and ``reason`` says why. Rates in rad/s, amplitudes as [re, im].
   */
  function solve(parameters, reading = readings[0], branch = null) {
    const p = parametersOf(parameters), { system, field, status, V } = pointOf(p, reading, branch), known = status === STABLE;
    const E = Object.fromEntries(pairs(p.drive).map(([name, pair]) => [name, known ? logNegativity(V, pair) : NaN]));
    const [driven, a, m] = known ? residualContangles(V, [modeIndex("driven", p.drive), ATOMS, MIRROR]) : [NaN, NaN, NaN];
    return {
      stable: V !== null, status, reason: REASONS[status], ...meanField(p, system, field),
      E, R: Math.min(driven, a, m), residual: { driven, a, m }, phonons: known ? quanta(V, MIRROR) : NaN,
    };
  }

  /** MeanField, Solution.coupling, |G| = √2 G_0 |α|, and Solution.effective_detuning, Δ - G_0 q_s. */
  function meanField(p, { H, g }, { q, alpha }) {
    const of = (value) => ({ ccw: value(0), cw: value(1) }), amplitude = (k) => [alpha[2 * k], alpha[2 * k + 1]];
    return {
      q,
      amplitudes: { ...of(amplitude), a: amplitude(2) },
      couplings: of((k) => Math.SQRT2 * g * p.omega_m * Math.hypot(...amplitude(k))),
      detunings: of((k) => (H[8 * k] - g * q) * p.omega_m),
    };
  }

  /** mean_field_branches: every steady state by its displacement, a fold twice. */
  function branches(parameters, reading = readings[0]) {
    const p = parametersOf(parameters), system = systemOf(p);
    return steadyFields(system, reading).map((field) =>
      ({ ...meanField(p, system, field), stable: !field.isDouble && decays(system, field), fold: field.isDouble }));
  }

  /** stability.eigenvalues: λ/omega_m of the drift matrix as [re, im], the fastest growth first; sooner near those found last. */
  function eigenvalues(parameters, reading = readings[0], isNear = false) {
    const system = systemOf(parametersOf(parameters));
    return eigenvaluesOf(system, steadyField(system, reading), isNear).sort((x, y) => y[0] - x[0] || y[1] - x[1]);
  }

  /** Solution.V: the covariance matrix as eight rows, NaN where there is none. */
  function covariance(parameters, reading = readings[0]) {
    const { V } = pointOf(parametersOf(parameters), reading, null);
    return Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => (V ? V[8 * i + j] : NaN)));
  }

  /**
   * Solution.spectrum of one quadrature at frequencies ω over omega_m, times omega_m: S = wᵀ D w* with w = (-iω - Aᵀ)⁻¹ e,
   * that is w = (-Aᵀ + iω) z with (Aᵀ² + ω²) z = e. NaN where there is no steady state.
   */
  function spectrum(parameters, reading, quadrature, omegas) {
    const { system, field, status } = pointOf(parametersOf(parameters), reading, null), eight = [0, 1, 2, 3, 4, 5, 6, 7];
    if (status !== STABLE) return { status, S: new Float64Array(omegas.length).fill(NaN) };
    const A = driftMatrix(system, field), D = diffusion(system, field), sum = (term) => eight.reduce((all, k) => all + term(k), 0);
    const turned = (z) => eight.map((i) => sum((k) => A[8 * k + i] * z[k])), squared = eight.map((i) => turned(A.slice(8 * i, 8 * i + 8)));
    const size = (w) => sum((i) => w[i] * sum((j) => D[8 * i + j] * w[j]));
    const still = Float64Array.from(eight.flatMap((i) => [...eight.map((j) => squared[j][i]), i === quadrature ? 1 : 0])); // (Aᵀ²)_ij
    const S = Float64Array.from(omegas, (omega) => {
      const rows = still.slice();
      for (const i of eight) rows[10 * i] += omega ** 2;
      solveLinear(rows, 8);
      const z = eight.map((i) => rows[9 * i + 8]);
      return size(turned(z)) + omega ** 2 * size(z);
    });
    return { status, S };
  }

  return { pointOf, solve, branches, eigenvalues, covariance, spectrum, factor, refusal, reasons: REASONS };
})());
