// The covariance matrix as a coloured grid, less the vacuum: what a point has of noise and correlations. A kind of
// live figure; to be read beside omcore/figures/kit/kinds.py.

var omcore = omcore || {};

omcore.kinds = Object.assign(omcore.kinds || {}, { matrix: (() => {
  "use strict";

  const { quadratures: NAMES } = omcore.metadata;
  const { axisOf, linesOf } = omcore.lines;
  const { labels, plot } = omcore, { number } = labels;
  const LINEAR = 0.05, VACUUM = 0.5; // LINEAR: below it colours grow in proportion, above with the logarithm
  const plain = NAMES.map((name) => labels.plain(name));

  /** A grid for each case: entries, row by row, without the vacuum; NaN where there is no steady state. */
  function lines(spec, state) {
    const axis = axisOf(spec, state, state.x, 2);
    return linesOf(spec, state).map((line) => {
      const title = spec.looks[line.case].title, V = omcore.covariance(line.p, line.reading);
      const panel = state.reading === "both" ? `${title}, ${line.reading}` : title;
      const y = Float64Array.from(V.flat(), (v, k) => v - (k % 9 === 0 ? VACUUM : 0));
      const status = [omcore.solve(line.p, line.reading).status];
      return { ...line, kind: "matrix", panel, axis, x: axis.shown, y, V, status };
    });
  }

  // ---- colours

  /** The end of a scale for some grids: it moves by whole steps. */
  function end(all) {
    let largest = 0;
    for (const { y } of all) for (const v of y) if (Math.abs(v) > largest) largest = Math.abs(v);
    return plot.roundStep(largest || 1);
  }

  /** matplotlib's SymLogNorm: in proportion up to LINEAR, then with the logarithm. */
  function grown(v) {
    const size = Math.abs(v), inner = 1 / (1 - 1 / 10);
    return Math.sign(v) * (size <= LINEAR ? (inner * size) / LINEAR : inner + Math.log10(size / LINEAR));
  }

  /** The colour of a number, mixed from the two of the scale between which it lies. */
  function colour(scale, v, largest) {
    const place = ((1 + grown(v) / grown(largest)) / 2) * (scale.length - 1);
    const below = Math.max(0, Math.min(scale.length - 2, Math.floor(place)));
    const part = (hex, k) => parseInt(hex.slice(2 * k + 1, 2 * k + 3), 16);
    const mixed = (k) => part(scale[below], k) + (place - below) * (part(scale[below + 1], k) - part(scale[below], k));
    return `#${[0, 1, 2].map((k) => Math.round(mixed(k)).toString(16).padStart(2, "0")).join("")}`;
  }

  /** The bar beside the panels. */
  function bar(spec, state, all) {
    const largest = end(all), back = [-1, -0.5, 0, 0.5, 1].map((part) => {
      const size = Math.abs(part) * grown(largest), inner = 1 / (1 - 1 / 10);
      return Math.sign(part) * (size <= inner ? (size * LINEAR) / inner : LINEAR * 10 ** (size - inner));
    });
    return { label: (write) => `${write("V")} − ½`, colours: spec.colours.diverging, numbers: back.map((v) => Number(v.toPrecision(2))) };
  }

  // ---- a scene

  function scene(spec, state, [line], behind, measured) {
    const shown = measured.filter(({ faint }) => !faint), largest = end(shown);
    const ticks = NAMES.map((name, k) => [k, labels.svg(name)]), ends = { low: -0.5, high: 7.5, label: "", ticks };
    const squares = Array.from(line.y, (v, k) => ({ x: k % 8, y: Math.floor(k / 8), v }))
      .filter(({ v }) => !Number.isNaN(v))
      .map(({ x, y, v }) => ({ x, y, colour: colour(spec.colours.diverging, v, largest) }));
    const borders = [1.5, 3.5, 5.5].flatMap((at) => [
      { x: [at, at], y: [-0.5, 7.5] }, { x: [-0.5, 7.5], y: [at, at] },
    ]).map((border) => ({ ...border, look: plot.NEUTRAL, plain: true, faint: true }));
    const there = squares.length > 0, y = { ...ends, low: 7.5, high: -0.5 };
    return { title: line.panel, x: ends, y, squares, lines: there ? borders : [], lanes: [], rule: undefined,
      band: there ? undefined : [-0.5, 7.5] };
  }

  // ---- in words and data

  function under([line], [x, y]) {
    const [column, row] = [Math.round(x), Math.round(y)].map((k) => Math.min(7, Math.max(0, k)));
    const value = line.V[row][column], names = [row, column].map((k) => labels.html(NAMES[k])).join(", ");
    const text = Number.isNaN(value) ? "no steady state" : number(value, 4);
    return [{ x: column, dots: [] }, `<div><i>V</i>(${names}): <b>${text}</b></div>`];
  }

  function sentence(state, all) {
    const each = all.map((line) => {
      if (Number.isNaN(line.y[0])) return `${line.panel}, no steady state`;
      const off = line.V.flatMap((row, i) => row.slice(0, i).map((v, j) => [Math.abs(v), i, j]));
      const [, i, j] = off.reduce((a, b) => (b[0] > a[0] ? b : a)), noise = `noise of q ${number(line.V[6][6])}, of p ${number(line.V[7][7])}`;
      return `${line.panel}, ${noise}, strongest correlation ${number(line.V[i][j])}, of ${plain[i]} and ${plain[j]}`;
    });
    return `Covariance matrix: ${each.join("; ")}.`;
  }

  function table(state, all) {
    const rows = all.flatMap((line) => line.V.map((row, i) => [line.case, line.reading, plain[i], ...row]));
    return [["case", "reading", "row", ...plain], rows];
  }

  function python({ opening, tuple, point }, spec, state) {
    return [...opening.filter((line) => !line.startsWith("x = ")), "found = {}",
      `for reading in ${tuple(omcore.lines.readingsOf(state))}:`,
      `    for case in ${tuple(spec.cases.filter((name) => state.cases.includes(name)))}:`,
      `        found[case, reading] = om.solve(cases[case].replace(${point}), reading).V`, ""];
  }

  const meaning = "covariance matrix";
  return { lines, scene, bar, under, sentence, table, python, meaning, whole: true, cased: false };
})() });

// ---- noise ellipses: of atoms and mirror, alone and together; and of a squeezed pair, which has a model of its own. To
// be read beside omcore/figures/entanglement/.

omcore.ellipses = (() => {
  "use strict";

  const { labels, plot } = omcore, POINTS = 181;
  const VACUUM = [[0.5, 0], [0, 0.5]];

  /** panels.ellipse: one standard deviation from the centre, closed, as a line. */
  function ellipse([[a, b], [, c]]) {
    const l = Math.sqrt(a), m = b / l, n = Math.sqrt(c - m * m); // Cholesky
    const angle = (k) => (2 * Math.PI * (k % (POINTS - 1))) / (POINTS - 1), all = Array.from({ length: POINTS }, (_, k) => angle(k));
    return { x: all.map((t) => l * Math.cos(t)), y: all.map((t) => m * Math.cos(t) + n * Math.sin(t)), plain: true };
  }

  /** A scene of ellipses of some lines, each with its 2 x 2 matrix C, about the vacuum; axes that hold all of measured. */
  function scene(title, names, lines, measured, vacuum) {
    const drawn = (all) => all.filter(({ C }) => Number.isFinite(C[0][0]));
    const size = Math.max(1, ...drawn(measured).flatMap(({ C }) => [C[0][0], C[1][1]].map(Math.sqrt)));
    const { high } = plot.ends(0, size), ends = { low: -high, high };
    const curves = drawn(lines).map((line) => ({ ...ellipse(line.C), look: line.look, faint: line.faint }));
    return {
      title, x: { ...ends, label: names[0] }, y: { ...ends, label: names[1] }, equal: true, lanes: [],
      lines: [{ ...ellipse(VACUUM), look: vacuum, area: true }, ...curves],
    };
  }

  /** What is under the pointer: of each line the standard deviation in that direction. */
  function under(lines, [x, y]) {
    const size = Math.hypot(x, y) || 1, u = [x / size, y / size];
    const along = (C) => Math.sqrt(C[0][0] * u[0] ** 2 + 2 * C[0][1] * u[0] * u[1] + C[1][1] * u[1] ** 2);
    const row = (name, C) => `<div>${labels.escape(name)}: <b>${labels.number(along(C))}</b></div>`;
    const angle = Math.round((Math.atan2(y, x) * 180) / Math.PI);
    return [{ x, dots: [] }, [`<div>at ${labels.number(angle)}°</div>`, row("vacuum", VACUUM),
      ...lines.map(({ C, look }) => row(look.title, C))].join("")];
  }

  return { scene, under, points: (C) => Float64Array.from(C.flat()) };
})();

Object.assign(omcore.kinds, { noise: (() => {
  "use strict";

  const { axisOf, linesOf, readingsOf } = omcore.lines, { ellipses } = omcore, { number, escape } = omcore.labels;
  const { block, lowest, jointNoise } = omcore.gaussian, [ATOMS, MIRROR] = [2, 3];
  const VIEWS = { atoms: ["x", "y"], mirror: ["q", "p"], both: ["atoms", "mirror"] };
  const TITLES = { atoms: "atoms alone", mirror: "mirror alone", both: "both, in the quietest plane" };
  const NONE = [[NaN, NaN], [NaN, NaN]];

  /** For each case a line in each view, with its 2 x 2 matrix C and the smallest variance. */
  function lines(spec, state) {
    const axis = axisOf(spec, state, state.x, 2), cases = linesOf(spec, state).map((line) => {
      const { status } = omcore.solve(line.p, line.reading), known = status === "stable";
      const V = omcore.covariance(line.p, line.reading).flat(), joint = known && jointNoise(V, ATOMS, MIRROR);
      const alone = (mode) => (known ? { C: block(V, mode), least: lowest(block(V, mode)).value } : { C: NONE, least: NaN });
      const both = joint ? { C: joint.plane, least: joint.least } : { C: NONE, least: NaN };
      return { line: { ...line, status: [status] }, atoms: alone(ATOMS), mirror: alone(MIRROR), both };
    });
    return Object.keys(VIEWS).flatMap((view) => cases.map(({ line, [view]: { C, least } }) => {
      const panel = state.reading === "both" ? `${TITLES[view]}, ${line.reading}` : TITLES[view];
      return { ...line, kind: "noise", output: view, row: [], panel, axis, x: axis.shown, y: ellipses.points(C), C, least };
    }));
  }

  function scene(spec, state, all, behind, measured) {
    return ellipses.scene(all[0].panel, VIEWS[all[0].output], [...behind, ...all], measured, spec.looks.vacuum);
  }

  const each = (all, say) => [...new Set(all.map(({ case: name, reading }) => `${name}; ${reading}`))].map((key) =>
    say(all.filter(({ case: name, reading }) => `${name}; ${reading}` === key)));

  function sentence(state, all) {
    const cases = each(all, (views) => {
      const [{ look, reading, status }] = views, least = (view) => number(views.find(({ output }) => output === view).least);
      const name = state.reading === "both" ? `${look.title}, ${reading}` : look.title;
      if (status[0] !== "stable") return `${name}, no steady state`;
      return `${name}, ${least("atoms")} of the atoms, ${least("mirror")} of the mirror, ${least("both")} of both together`;
    });
    return `Smallest variances, where the vacuum has 0.5: ${cases.join("; ")}.`;
  }

  function table(state, all) {
    const rows = all.map(({ case: name, reading, output, C, least }) =>
      [name, reading, output, C[0][0], C[0][1], C[1][1], least]);
    return [["case", "reading", "of", "variance across", "covariance", "variance upwards", "smallest variance"], rows];
  }

  function python({ opening: [numpy, omcore, ...rest], tuple, point }, spec, state) {
    return [numpy, omcore, "from omcore.gaussian.epr import joint_noise", ...rest.filter((line) => !line.startsWith("x = ")),
      "found = {}", `for reading in ${tuple(readingsOf(state))}:`,
      `    for case in ${tuple(spec.cases.filter((name) => state.cases.includes(name)))}:`,
      `        s = om.solve(cases[case].replace(${point}), reading)`,
      '        if s.status == "stable":',
      "            x = joint_noise(s.V[4:, 4:])",
      '            found[case, reading, "atoms"], found[case, reading, "mirror"] = x.V[:2, :2], x.V[2:, 2:]',
      '            found[case, reading, "both"] = x.plane', ""];
  }

  const meaning = "noise ellipses", keys = () => ["vacuum"], note = "one standard deviation; no ellipse: no steady state";
  return { lines, scene, under: ellipses.under, sentence, table, python, meaning, keys, note, whole: true, narrow: true };
})() });

Object.assign(omcore.kinds, { pair: (() => {
  "use strict";

  const { axisOf } = omcore.lines, { labels, plot, ellipses } = omcore, { number, escape } = labels;
  const { twoModeSqueezed, logNegativity, block, lowest } = omcore.gaussian, SET = "as set";
  const E = (r, t) => logNegativity(twoModeSqueezed(r, t), [0, 1]), plane = (V, k) => [0, 2].map((i) => [0, 2].map((j) => V[8 * (i + k) + j + k]));

  /** E_N over r for each transmission and for the one that is set, and the planes of positions and of momenta. */
  function lines(spec, state) {
    const axis = axisOf(spec, state, "r", spec.points.curves), { r, transmission } = state.set;
    const all = { case: "given", kind: "pair", reading: "", row: [], axis, x: axis.shown, status: ["stable"] };
    const curve = (name, t) => ({ ...all, panel: "entanglement", output: name, look: spec.looks[name], t,
      y: Float64Array.from(axis.values, (value) => E(value, t)) });
    const V = twoModeSqueezed(r, transmission), ring = (name, k) => ({ ...all, panel: "noise", output: name,
      look: spec.looks[name], C: plane(V, k), y: ellipses.points(plane(V, k)), least: lowest(plane(V, k)).value });
    return [curve(SET, transmission), ...Object.entries(spec.transmissions).map(([name, t]) => curve(name, t)),
      ring("positions", 0), ring("momenta", 1)];
  }

  function scene(spec, state, all, behind, measured) {
    if (all[0].panel === "noise")
      return ellipses.scene("", ["mode 1", "mode 2"], [...behind, ...all], measured.filter(({ C }) => C), spec.looks.vacuum);
    const { r, transmission } = state.set, { axis } = all[0], highest = Math.max(...all.map(({ y }) => y.at(-1)));
    return {
      x: { ...axis, label: labels.field("r", labels.svg) }, y: { ...plot.ends(0, highest), label: labels.svg("E_N") },
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

  function table(state, all) {
    const curves = all.filter(({ C }) => !C), header = curves.map(({ look }) => `E_N, ${look.label}`);
    return [["r", ...header], Array.from(all[0].x, (x, k) => [x, ...curves.map(({ y }) => y[k])])];
  }

  function script(spec, { set: { r, transmission } }) {
    const { values } = axisOf(spec, { set: {} }, "r", spec.points.curves);
    const curves = Object.entries(spec.transmissions).map(([name, t]) => `    "${name}": E(x, ${t}),`);
    return ["import numpy as np", "import omcore as om", "from omcore.gaussian.states import two_mode_squeezed", "",
      `r, transmission = ${r}, ${transmission}`, `x = np.linspace(${values[0]}, ${values.at(-1)}, ${values.length})  # r`,
      "V = two_mode_squeezed(r, transmission)",
      "E = lambda r, t: om.log_negativity(two_mode_squeezed(r, t), 0, 1)", "",
      "found = {", `    "${SET}": E(x, transmission),`, ...curves,
      '    "positions": V[0::2, 0::2],', '    "momenta": V[1::2, 1::2],', "}", ""];
  }

  const meaning = "a squeezed pair", keys = (spec) => Object.keys(spec.looks), note = "dot: the state on the right";
  return { lines, scene, under, sentence, table, script, meaning, keys, note, whole: true };
})() });
