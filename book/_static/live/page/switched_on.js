// In time: entanglement and growth after the laser is switched on. A kind of live figure; to be read beside
// drawings/evolution/switched_on.py.

omcore.kinds.evolution = (() => {
  "use strict";

  const { fields } = omcore.metadata, { pointOf, shownCases, drawnOf, beside, columnsOf } = omcore.lines, { evolve, growth } = omcore.evolution;
  const { logNegativity } = omcore.gaussian, { labels, plot, ellipses } = omcore, { number } = labels, { VIEWS, TITLES } = ellipses;
  const { cell, word } = omcore.numbersTable;
  const [ATOMS, MIRROR] = [2, 3], MICRO = 1e-6, FEW = 61, ROUGH = 1e-6; // points of time, and accuracy, while a reader moves something
  const PANELS = { "a-m": "atoms and mirror", "driven-m": "driven light and mirror", growth: "growth at this moment" };
  const micro = (time) => `${number(time, 2)} µs`; // no better than the grid

  const known = new Map(); // runs, which stay while the cursor moves

  const keyOf = (p, { duration, ramp, n_0 }, count) => JSON.stringify([p, duration, ramp, n_0, count]);

  /** Entanglement and growth at so many times, and the covariance matrices. */
  function run(p, set, times, accuracy) {
    const key = keyOf(p, set, times.length), driven = p.drive === "ccw" ? 0 : 1, rate = growth(p), found = { V: [] };
    if (known.has(key)) return known.get(key);
    if (known.size > 30) known.clear();
    for (const output of Object.keys(PANELS)) found[output] = new Float64Array(times.length).fill(NaN);
    evolve(p, times, set.ramp, set.n_0, seen, accuracy);
    function seen(k, u, V) {
      found.V[k] = V?.slice();
      if (V) found["a-m"][k] = logNegativity(V, [ATOMS, MIRROR]);
      if (V) found["driven-m"][k] = logNegativity(V, [driven, MIRROR]);
      found.growth[k] = rate(u, k);
    }
    return known.set(key, found).get(key);
  }

  /** The number of the point of time where the cursor stands. */
  const cursor = (count, { time, duration }) => Math.round((count - 1) * Math.min(1, time / duration));

  /** For each case its entanglement and the growth of its fluctuations against time, and its ellipses at the cursor. */
  function lines(spec, state, isMoving) {
    const { duration } = state.set, many = spec.points.curves;
    const points = drawnOf(state).flatMap(([one, pin]) => shownCases(spec, state).map((name) =>
      ({ name, pin, p: pointOf(spec, one, name), set: { ...one.set, duration } })));
    const isRough = isMoving && !points.every(({ p, set }) => known.has(keyOf(p, set, many))), count = isRough ? FEW : many;
    const times = Float64Array.from({ length: count }, (_, k) => (k * duration) / (count - 1));
    const axis = { unit: "µs", low: 0, high: duration / MICRO, values: times, shown: times.map((t) => t / MICRO) };
    const cases = points.map(({ name, pin, p, set }) => {
      const found = run(p, set, times, isRough ? ROUGH : undefined), line = { kind: "evolution", case: name, pin, reading: "", row: [] };
      const at = ellipses.views(found.V[cursor(count, state.set)]);
      return { line: { ...line, axis, x: axis.shown, look: spec.looks[name], status: ["stable"] }, found, at };
    });
    const curve = (output) => ({ line, found }) => ({ ...line, output, panel: PANELS[output], y: found[output] });
    const ring = (output) => ({ line, at: { [output]: { C } } }) => ({ ...line, output, panel: TITLES[output], C, y: ellipses.points(C) });
    return [...Object.keys(PANELS).flatMap((output) => cases.map(curve(output))),
      ...Object.keys(VIEWS).flatMap((output) => cases.map(ring(output)))];
  }

  function scene(spec, state, all, behind, measured) {
    if (all[0].C) return ellipses.scene(all[0].panel, VIEWS[all[0].output], [...behind, ...all], measured, spec.looks.vacuum);
    const [{ output, axis, panel }] = all, [time, ramp] = ["time", "ramp"].map((field) => state.set[field] / MICRO), known = measured.flatMap(({ y }) => Array.from(y).filter(Number.isFinite));
    const name = output === "growth" ? `${labels.svg("\\lambda")}/${labels.svg(fields.omega_m.symbol)}` : labels.svg("E_N");
    const ends = plot.ends(Math.min(...known), Math.max(...known)), zero = { x: [0, axis.high], y: [0, 0], look: plot.NEUTRAL };
    const full = { x: [ramp, ramp], y: [ends.low, ends.high], look: plot.NEUTRAL, plain: true };
    return {
      title: panel, x: { low: 0, high: axis.high, label: `${labels.svg("t")} (µs)` }, y: { ...ends, label: name }, lanes: [],
      lines: [{ ...zero, faint: true, plain: true }, ...(ramp ? [full] : []), ...behind, ...all], rule: time,
      grips: [["time", time], ["ramp", ramp]].map(([field, at]) => ({ names: [field], at: [at] })),
    };
  }

  const under = (all, place) => (all[0].C ? ellipses.under(all, place)
    : omcore.lines.under(all, place[0], (at) => `${labels.html("t")} = ${at} µs`, "V has grown too large"));

  const columns = ["begins at", "at the end"];

  /** A row for each curve: from when on there is entanglement for good, or fluctuations first grow, and how it ends. */
  function rows(state, all) {
    const first = ({ output, x, y }) => {
      const time = x[output === "growth" ? y.findIndex((v) => v > 1e-9) : y.findLastIndex((v) => v === 0) + 1];
      return time === undefined ? word("never") : { ...cell(time), text: micro(time) };
    };
    const last = (line) => (Number.isFinite(line.y.at(-1)) ? cell(line.y.at(-1), line.output === "growth" ? "omega_m" : "1") : word("unbounded"));
    return all.filter(({ C }) => !C).map((line) =>
      ({ panel: line.panel, look: line.look, name: beside(line.look.title, line.pin), cells: [first(line), last(line)] }));
  }

  const table = (state, all) =>
    columnsOf("t (µs)", all.filter(({ C }) => !C), ({ case: name, output, pin }) => beside(`${PANELS[output]}, ${name}`, pin));

  /** What its Python needs of the page: the number of the cursor's point of time, and a length that pins share. */
  const values = (spec, all, { set }) => ({ duration: set.duration, cursor: cursor(spec.points.curves, set) });

  const meaning = "after the laser is switched on", note = "dot: largest; faint: as at first; dotted: the moment of the ellipses; upright line, if τ > 0: full power";
  const most = ({ set: { duration } }, name) => (name === "time" ? Math.min(1, duration / MICRO / fields.time.shown.highest) : 1);
  return { lines, scene, under, columns, rows, table, values, meaning, note, most, keys: () => ["vacuum"], ranged: false, rests: true, whole: true, narrow: true, cased: true };
})();
