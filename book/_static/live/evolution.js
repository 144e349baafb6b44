// In time: mean field and covariance matrix after the laser is switched on. The model, to be read beside
// omcore/evolution.py, and the kind of live figure, beside omcore/figures/evolution/switched_on.py.

var omcore = omcore || {};

omcore.evolution = (() => {
  "use strict";

  const { system, alpha, systemOf } = omcore.system;
  const { A, D, s, linearise, respond, driftMatrix, eigenvalues } = omcore.response;
  const ACCURACY = 1e-8, UNRESOLVED = 1e-3 / ACCURACY; // of a step; V beyond this has lost its vacuum to that
  const SIZE = 72, STEPS = 60000; // 8 mean quadratures, then V; more steps than any reader waits for
  const TABLEAU = [ // Dormand and Prince's of order 5; the last row is the step itself
    [1 / 5], [3 / 40, 9 / 40], [44 / 45, -56 / 15, 32 / 9], [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656], [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ];
  const NODES = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
  const WRONG = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]; // order 5 less order 4
  const y = new Float64Array(SIZE), trial = new Float64Array(SIZE), AV = new Float64Array(64);
  const K = Array.from({ length: 7 }, () => new Float64Array(SIZE));

  /** The mean amplitudes, and A about them. */
  function about(u) {
    for (let k = 0; k < 6; k++) alpha[k] = u[k] * Math.SQRT1_2;
    linearise(u[6]);
    driftMatrix();
  }

  /** evolve.moved: the slopes of the mean, and of V unless it has grown too large. */
  function moved(share, u, out, followed) {
    const { g, gamma, drive } = system;
    about(u);
    for (let i = 0; i < 6; i++) { // (K + iH - igq) is the upper left of A
      out[i] = Math.SQRT2 * share * drive[i];
      for (let k = 0; k < 6; k++) out[i] += A[8 * i + k] * u[k];
    }
    out[6] = u[7];
    out[7] = -u[6] - gamma * u[7] + g * (alpha[0] ** 2 + alpha[1] ** 2 + alpha[2] ** 2 + alpha[3] ** 2);
    if (!followed) return out.fill(0, 8);
    AV.fill(0);
    for (let i = 0; i < 8; i++)
      for (let k = 0; k < 8; k++) {
        const a = A[8 * i + k]; // half of them are zero
        if (a !== 0) for (let j = 0; j < 8; j++) AV[8 * i + j] += a * u[8 + 8 * k + j];
      }
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) out[8 + 8 * i + j] = AV[8 * i + j] + AV[8 * j + i];
      out[8 + 9 * i] += D[i];
    }
    return out;
  }

  /**
   * omcore.evolve at times in s, from a mirror with so many phonons: seen(k, u, V) is told the state at each, V null
   * where it is too large.
   */
  function evolve(p, times, ramp, phonons, seen) {
    systemOf(p);
    const unit = p.omega_m, rise = ramp * unit, V = y.subarray(8);
    const share = (time) => (time < rise ? Math.sin((Math.PI * time) / (2 * rise)) ** 2 : 1);
    y.fill(0);
    for (let k = 0; k < 8; k++) V[9 * k] = 0.5 + (k < 6 ? 0 : phonons);
    let time = 0, next = 0.01, followed = true, steps = 0;
    moved(share(0), y, K[0], followed);
    for (let k = 0; k < times.length; k++) {
      const goal = times[k] * unit;
      while (time < goal) {
        if (++steps > STEPS) throw new RangeError("too many steps; look at a shorter time.");
        const corner = time < rise && rise < goal ? rise : goal; // where the drive has a kink in its slopes
        const step = Math.min(next, corner - time), size = attempt(time, step, share, followed);
        if (size <= 1) {
          time = step === corner - time ? corner : time + step;
          y.set(trial);
          [K[0], K[6]] = [K[6], K[0]]; // the last slope is the first of the next step
          if (followed && V.some((v) => Math.abs(v) > UNRESOLVED)) (followed = false), moved(share(time), y, K[0], false);
        }
        const growth = Math.min(5, Math.max(0.2, 0.9 * size ** -0.2));
        if (size > 1 || step === next || growth < 1) next = step * growth; // a step cut short says nothing of the next
      }
      seen(k, y, followed ? V : null);
    }
  }

  /** A step from y to trial; its error, where 1 is what is allowed. */
  function attempt(time, step, share, followed) {
    TABLEAU.forEach((row, stage) => {
      for (let i = 0; i < SIZE; i++) {
        let slope = 0;
        for (let k = 0; k < row.length; k++) slope += row[k] * K[k][i];
        trial[i] = y[i] + step * slope;
      }
      moved(share(time + NODES[stage] * step), trial, K[stage + 1], followed);
    });
    let total = 0;
    for (let i = 0; i < SIZE; i++) {
      let wrong = 0;
      for (let k = 0; k < 7; k++) wrong += WRONG[k] * K[k][i];
      total += ((step * wrong) / (ACCURACY * (1 + Math.max(Math.abs(y[i]), Math.abs(trial[i]))))) ** 2;
    }
    return Number.isNaN(total) ? Infinity : Math.sqrt(total / SIZE) || Number.EPSILON;
  }

  /** Evolution.growth over omega_m: the largest real part of the eigenvalues of A about a mean. */
  function growth(u) {
    about(u);
    respond(u[6]);
    eigenvalues();
    return Math.max(...s.filter((_, k) => k % 2 === 0));
  }

  return { evolve, growth };
})();

omcore.kinds = Object.assign(omcore.kinds || {}, { evolution: (() => {
  "use strict";

  const { fields } = omcore.metadata, { pointOf } = omcore.lines, { evolve, growth } = omcore.evolution;
  const { logNegativity } = omcore.gaussian, { labels, plot } = omcore, { number } = labels;
  const [ATOMS, MIRROR] = [2, 3], MICRO = 1e-6;
  const PANELS = { "a-m": "atoms and mirror", "driven-m": "driven light and mirror", growth: "growth at this moment" };
  const micro = (time) => `${number(time, 2)} µs`; // no better than the grid

  /** For each case its entanglement, and the growth of its fluctuations, against time. */
  function lines(spec, state) {
    const { duration, ramp, n_0 } = state.set, count = spec.points.curves;
    const times = Float64Array.from({ length: count }, (_, k) => (k * duration) / (count - 1));
    const axis = { low: 0, high: duration / MICRO, values: times, shown: times.map((t) => t / MICRO) };
    const cases = spec.cases.filter((name) => state.cases.includes(name)).map((name) => {
      const p = pointOf(spec, state, name), driven = p.drive === "ccw" ? 0 : 1, found = {};
      for (const output of Object.keys(PANELS)) found[output] = new Float64Array(count).fill(NaN);
      evolve(p, times, ramp, n_0, (k, u, V) => {
        if (V) found["a-m"][k] = logNegativity(V, [ATOMS, MIRROR]);
        if (V) found["driven-m"][k] = logNegativity(V, [driven, MIRROR]);
        found.growth[k] = growth(u);
      });
      return { name, found };
    });
    return Object.entries(PANELS).flatMap(([output, panel]) => cases.map(({ name, found }) => ({
      kind: "evolution", case: name, reading: "", output, row: [], panel, axis, x: axis.shown, y: found[output],
      look: spec.looks[name], status: ["stable"],
    })));
  }

  function scene(spec, state, all, behind, measured) {
    const [{ output, axis, panel }] = all, known = measured.flatMap(({ y }) => Array.from(y).filter(Number.isFinite));
    const name = output === "growth" ? `${labels.svg("\\lambda")}/${labels.svg(fields.omega_m.symbol)}` : labels.svg("E_N");
    const ends = plot.ends(Math.min(...known), Math.max(...known)), zero = { x: [0, axis.high], y: [0, 0], look: plot.NEUTRAL };
    return {
      title: panel, x: { low: 0, high: axis.high, label: `${labels.svg("t")} (µs)` }, y: { ...ends, label: name }, lanes: [],
      lines: [{ ...zero, faint: true, plain: true }, ...behind, ...all], rule: state.set.ramp / MICRO || undefined,
    };
  }

  function under(all, [x]) {
    const [{ axis }] = all, k = Math.max(0, Math.min(axis.shown.length - 1, Math.round((x / axis.high) * (axis.shown.length - 1))));
    const value = ({ y }) => (Number.isFinite(y[k]) ? number(y[k]) : "V has grown too large");
    const row = (line) => `<div>${labels.escape(line.look.title)}: <b>${value(line)}</b></div>`;
    return [{ x: axis.shown[k], dots: all.map(({ y, look }) => [y[k], look]) },
      `<div>${labels.html("t")} = ${number(axis.shown[k])} µs</div>${all.map(row).join("")}`];
  }

  /** What becomes of one curve of entanglement, in words. */
  function fate({ x, y }) {
    if (Number.isNaN(y.at(-1))) return "V grows beyond all bounds";
    const zero = y.findLastIndex((v) => v === 0), last = y.length - 1;
    if (zero === last) return "not entangled at the end";
    return `${zero > 0 ? `entangled for good from ${micro(x[zero + 1])}` : "entangled all the time"}, ${number(y[last])} at the end`;
  }

  /** How fast fluctuations grow or decay, in words. */
  function rate({ x, y }) {
    const first = y.findIndex((v) => v > 1e-9);
    return first < 0 ? `decay all the time, at the end at ${number(-y.at(-1), 2)} ωₘ` : `grow at moments from ${micro(x[first])} on`;
  }

  function sentence(state, all) {
    const each = (output, say) => all.filter((line) => line.output === output).map((line) => `${line.look.title}, ${say(line)}`).join("; ");
    const pairs = ["a-m", "driven-m"].map((output) => `${PANELS[output]}: ${each(output, fate)}`).join("; ");
    return `In ${micro(all[0].axis.high)} after the laser is switched on, ${pairs}; fluctuations: ${each("growth", rate)}.`;
  }

  function table(state, all) {
    const header = all.map(({ case: name, output }) => `${PANELS[output]}, ${name}`);
    return [["t (µs)", ...header], Array.from(all[0].x, (x, k) => [x, ...all.map(({ y }) => y[k])])];
  }

  function script(spec, { set: { duration, ramp, n_0, ...changed }, cases }) {
    const given = Object.entries(changed).map(([name, value]) => `${name}=${value}`).join(", ");
    const drawn = spec.cases.filter((name) => cases.includes(name)).map((name) => `"${name}"`).join(", ");
    return ["import numpy as np", "import omcore as om", "",
      `points = om.operating_points(om.PAPER.replace(${given}))`,
      `t = np.linspace(0, ${duration}, ${spec.points.curves})  # s`,
      `V = np.diag([0.5] * 6 + [${n_0} + 0.5] * 2)  # the mirror with n_0 phonons`, "", "found = {}",
      `for case in (${drawn},):`,
      `    e = om.evolve(points[case], t, ${ramp}, V)`,
      '    found[case, "a-m"] = e.log_negativity("a", "m")',
      '    found[case, "driven-m"] = e.log_negativity("driven", "m")',
      '    found[case, "growth"] = e.growth / points[case].omega_m', ""];
  }

  const meaning = "after the laser is switched on", note = "dot: largest; faint: as at first; upright line, if τ > 0: full power";
  return { lines, scene, under, sentence, table, script, meaning, note, whole: true, narrow: true, cased: true };
})() });
