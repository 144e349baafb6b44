// In time: entanglement and growth after the laser is switched on. A kind of live figure; to be read beside
// drawings/evolution/switched_on.py.

omcore.kinds.evolution = (() => {
  "use strict";

  const { fields } = omcore.metadata, { pointOf, columnsOf } = omcore.lines, { evolve, growth } = omcore.evolution;
  const { logNegativity } = omcore.gaussian, { labels, plot } = omcore, { number } = labels, { cell, word } = omcore.numbersTable;
  const [ATOMS, MIRROR] = [2, 3], MICRO = 1e-6;
  const PANELS = { "a-m": "atoms and mirror", "driven-m": "driven light and mirror", growth: "growth at this moment" };
  const micro = (time) => `${number(time, 2)} µs`; // no better than the grid

  /** For each case its entanglement, and the growth of its fluctuations, against time. */
  function lines(spec, state) {
    const { duration, ramp, n_0 } = state.set, count = spec.points.curves;
    const times = Float64Array.from({ length: count }, (_, k) => (k * duration) / (count - 1));
    const axis = { unit: "µs", low: 0, high: duration / MICRO, values: times, shown: times.map((t) => t / MICRO) };
    const cases = spec.cases.filter((name) => state.cases.includes(name)).map((name) => {
      const p = pointOf(spec, state, name), driven = p.drive === "ccw" ? 0 : 1, found = {};
      for (const output of Object.keys(PANELS)) found[output] = new Float64Array(count).fill(NaN);
      evolve(p, times, ramp, n_0, (k, u, V) => {
        if (V) found["a-m"][k] = logNegativity(V, [ATOMS, MIRROR]);
        if (V) found["driven-m"][k] = logNegativity(V, [driven, MIRROR]);
        found.growth[k] = growth(p, u);
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

  const columns = ["begins at", "at the end"];

  /** A row for each curve: from when on there is entanglement for good, or fluctuations first grow, and how it ends. */
  function rows(state, all) {
    const first = ({ output, x, y }) => {
      const time = x[output === "growth" ? y.findIndex((v) => v > 1e-9) : y.findLastIndex((v) => v === 0) + 1];
      return time === undefined ? word("never") : { ...cell(time), text: micro(time) };
    };
    const last = (line) => (Number.isFinite(line.y.at(-1)) ? cell(line.y.at(-1), line.output === "growth" ? "omega_m" : "1") : word("unbounded"));
    return all.map((line) => ({ panel: line.panel, look: line.look, name: line.look.title, cells: [first(line), last(line)] }));
  }

  const table = (state, all) => columnsOf("t (µs)", all, ({ case: name, output }) => `${PANELS[output]}, ${name}`);

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
  return { lines, scene, under, columns, rows, table, script, meaning, note, whole: true, narrow: true, cased: true };
})();
