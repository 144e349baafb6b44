// A squeezed pair, which has a model of its own. A kind of live figure; to be read beside
// drawings/entanglement/squeezed_pair.py.

omcore.kinds.pair = (() => {
  "use strict";

  const { axisOf } = omcore.lines, { labels, plot, ellipses } = omcore, { number, escape } = labels;
  const { twoModeSqueezed, logNegativity, block, lowest } = omcore.gaussian, SET = "as set";
  const E = (r, t) => logNegativity(twoModeSqueezed(r, t), [0, 1]), plane = (V, k) => [0, 2].map((i) => [0, 2].map((j) => V[8 * (i + k) + j + k]));

  /** E_N over r for each transmission and for the one that is set, and the planes of positions and of momenta. */
  function lines(spec, state) {
    const axis = { ...axisOf(spec, state, "r", spec.points.curves), column: "r" }, { r, transmission } = state.set;
    const all = { case: "given", kind: "pair", reading: "", row: [], axis, x: axis.shown, status: ["stable"] };
    const curve = (name, t) => ({ ...all, panel: "entanglement", output: name, look: spec.looks[name], t, column: `E_N, ${spec.looks[name].label}`,
      y: Float64Array.from(axis.values, (value) => E(value, t)) });
    const V = twoModeSqueezed(r, transmission), ring = (name, k) => ({ ...all, panel: "noise", output: name,
      look: spec.looks[name], C: plane(V, k), y: ellipses.points(plane(V, k)), least: lowest(plane(V, k)).value });
    return [curve(SET, transmission), ...Object.entries(spec.transmissions).map(([name, t]) => curve(name, t)),
      ring("positions", 0), ring("momenta", 1)];
  }

  function scene(spec, state, all, behind, measured) {
    if (all[0].panel === "noise")
      return ellipses.scene(all[0].panel, ["mode 1", "mode 2"], [...behind, ...all], measured.filter(({ C }) => C), spec.looks.vacuum);
    const { r, transmission } = state.set, { axis } = all[0], highest = Math.max(...all.map(({ y }) => y.at(-1)));
    return {
      title: all[0].panel, x: { ...axis, label: labels.field("r", labels.svg) }, y: { ...plot.ends(0, highest), label: labels.svg("E_N") },
      lines: [...behind.filter(({ output }) => output === SET), ...all].map((line) => ({ ...line, plain: true })),
      spots: [{ x: r, y: E(r, transmission), look: spec.looks[SET] }],
    };
  }

  function under(all, place) {
    if (all[0].C) return ellipses.under(all, place);
    const [x] = place, row = ({ look, t }) => `<div>${escape(look.label)}: <b>${number(E(x, t))}</b></div>`;
    const dots = all.map(({ look, t }) => [E(x, t), look]);
    return [{ x, dots }, `<div><i>r</i> = ${number(x)}</div>${all.map(row).join("")}`];
  }

  function sentence(state, all) {
    const { r, transmission } = state.set, rings = all.filter(({ C }) => C).map(({ least }) => number(least));
    const cap = transmission < 1 ? `never above ${number(-Math.log(1 - transmission))} however strong the squeezing` : "without a bound";
    return `A squeezed pair at r = ${number(r)} and a transmission of ${number(transmission)}: entanglement `
      + `${number(E(r, transmission))}, ${cap}; smallest variances ${rings[0]} of the positions and ${rings[1]} of the `
      + "momenta, where the vacuum has 0.5.";
  }

  const meaning = "a squeezed pair", keys = (spec) => Object.keys(spec.looks), note = "dot: the state on the right";
  return { lines, scene, under, sentence, meaning, keys, note, whole: true };
})();
