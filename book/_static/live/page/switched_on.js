// In time: entanglement and growth after the laser is switched on. A kind of live figure; to be read beside
// drawings/evolution/switched_on.py.

omcore.kinds.evolution = (() => {
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
    const axis = { column: "t (µs)", low: 0, high: duration / MICRO, values: times, shown: times.map((t) => t / MICRO) };
    const cases = spec.cases.filter((name) => state.cases.includes(name)).map((name) => {
      const p = pointOf(spec, state, name), driven = p.drive === "ccw" ? 0 : 1, rate = growth(p), found = {};
      for (const output of Object.keys(PANELS)) found[output] = new Float64Array(count).fill(NaN);
      evolve(p, times, ramp, n_0, (k, u, V) => {
        if (V) found["a-m"][k] = logNegativity(V, [ATOMS, MIRROR]);
        if (V) found["driven-m"][k] = logNegativity(V, [driven, MIRROR]);
        found.growth[k] = rate(u, k);
      });
      return { name, found };
    });
    return Object.entries(PANELS).flatMap(([output, panel]) => cases.map(({ name, found }) => ({
      kind: "evolution", case: name, reading: "", output, row: [], panel, axis, x: axis.shown, y: found[output],
      look: spec.looks[name], status: ["stable"], column: `${panel}, ${name}`,
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

  const under = (all, [x]) => omcore.lines.under(all, x, (at) => `${labels.html("t")} = ${at} µs`, "V has grown too large");

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

  const meaning = "after the laser is switched on", note = "dot: largest; faint: as at first; upright line, if τ > 0: full power";
  return { lines, scene, under, sentence, meaning, note, whole: true, narrow: true, cased: true };
})();
