// A squeezed pair, which has a model of its own. A kind of live figure; to be read beside
// drawings/entanglement/squeezed_pair.py.

omcore.kinds.pair = (() => {
  "use strict";

  const { axisOf, drawnOf, beside, columnsOf } = omcore.lines, { labels, plot, ellipses } = omcore;
  const { cell } = omcore.numbersTable;
  const { twoModeSqueezed, logNegativity, lowest } = omcore.gaussian, SET = "as set";
  const E = (r, t) => logNegativity(twoModeSqueezed(r, t), [0, 1]), plane = (V, k) => [0, 2].map((i) => [0, 2].map((j) => V[8 * (i + k) + j + k]));

  /** E_N over r for each transmission and for the one that is set, and the planes of positions and of momenta. */
  function lines(spec, state) {
    const axis = axisOf(spec, state, "r", spec.points.curves);
    const all = { case: "given", kind: "pair", reading: "", row: [], axis, x: axis.shown, status: ["stable"] };
    const curve = (name, t, pin = "") => ({ ...all, pin, panel: "entanglement", output: name, look: spec.looks[name], t,
      y: Float64Array.from(axis.values, (value) => E(value, t)) });
    const ring = (name, C, pin) => ({ ...all, pin, panel: "noise", output: name, look: spec.looks[name], C,
      y: ellipses.points(C), least: lowest(C).value });
    const states = drawnOf(state).map(([{ set: { r, transmission } }, pin]) => ({ pin, transmission, V: twoModeSqueezed(r, transmission) }));
    return [...states.map(({ transmission, pin }) => curve(SET, transmission, pin)),
      ...Object.entries(spec.transmissions).map(([name, t]) => curve(name, t)),
      ...states.flatMap(({ V, pin }) => ["positions", "momenta"].map((name, k) => ring(name, plane(V, k), pin)))];
  }

  function scene(spec, state, all, behind, measured) {
    if (all[0].panel === "noise")
      return ellipses.scene(all[0].panel, ["mode 1", "mode 2"], [...behind, ...all], measured.filter(({ C }) => C), spec.looks.vacuum);
    const { r, transmission } = state.set, { axis } = all[0], highest = Math.max(...all.map(({ y }) => y.at(-1)));
    return {
      title: all[0].panel, x: { ...axis, label: labels.field("r", labels.svg) }, y: { ...plot.ends(0, highest), label: labels.svg("E_N") },
      lines: [...behind.filter(({ output }) => output === SET), ...all].map((line) => ({ ...line, plain: true })),
      spots: [{ x: r, y: E(r, transmission), look: spec.looks[SET] }], grips: [{ names: ["r"], at: [r] }],
    };
  }

  const under = (all, place) => (all[0].C ? ellipses.under(all, place)
    : omcore.lines.under(all, place[0], (at) => `<i>r</i> = ${at}`, "–"));

  const columns = ["as set"];

  /** A row for each curve: its entanglement where the slider stands; and for each plane its smallest variance. */
  const rows = ({ set: { r } }, all) => all.map(({ look, panel, pin, output, C, t, least }) =>
    ({ panel, look, name: beside(C ? `${output}, smallest variance` : look.label, pin), cells: [cell(C ? least : E(r, t))] }));

  const table = (state, all) => columnsOf("r", all.filter(({ C }) => !C), ({ look, pin }) => beside(`E_N, ${look.label}`, pin));

  const meaning = "a squeezed pair", keys = (spec) => Object.keys(spec.looks), note = "dot: the state on the right";
  return { lines, scene, under, columns, rows, table, meaning, keys, note, whole: true };
})();
