// Noise ellipses: of atoms and mirror, alone and together; and of a squeezed pair, which has a model of its own. To
// be read beside drawings/entanglement/.

omcore.ellipses = (() => {
  "use strict";

  const { labels, plot } = omcore, { beside } = omcore.lines, POINTS = 181;
  const VACUUM = [[0.5, 0], [0, 0.5]], NONE = { C: [[NaN, NaN], [NaN, NaN]], least: NaN }, [ATOMS, MIRROR] = [2, 3];
  const VIEWS = { atoms: ["x", "y"], mirror: ["q", "p"], both: ["atoms", "mirror"] };
  const TITLES = { atoms: "atoms alone", mirror: "mirror alone", both: "both, in the quietest plane" };

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
    const curves = drawn(lines).map((line) => ({ ...ellipse(line.C), look: line.look, faint: line.faint, pin: line.pin }));
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
      ...lines.map(({ C, look, pin }) => row(beside(look.title, pin), C))].join("")];
  }

  /** Atoms and mirror alone, and both in the quietest plane: { C, least } of each; V: undefined where there is no state. */
  function views(V) {
    const { block, lowest, jointNoise } = omcore.gaussian, joint = V && jointNoise(V, ATOMS, MIRROR);
    const alone = (mode) => (V ? { C: block(V, mode), least: lowest(block(V, mode)).value } : NONE);
    return { atoms: alone(ATOMS), mirror: alone(MIRROR), both: joint ? { C: joint.plane, least: joint.least } : NONE };
  }

  return { VIEWS, TITLES, views, scene, under, points: (C) => Float64Array.from(C.flat()) };
})();

omcore.kinds.noise = (() => {
  "use strict";

  const { axisOf, atPoint, named, beside } = omcore.lines, { ellipses } = omcore, { cell, word } = omcore.numbersTable;
  const { VIEWS, TITLES } = ellipses;

  /** For each case a line in each view, with its 2 x 2 matrix C and the smallest variance. */
  function lines(spec, state) {
    const axis = axisOf(spec, state, state.x, 2), cases = atPoint(spec, state).map((line) => {
      const { status } = omcore.solve(line.p, line.reading), known = status === "stable";
      return { line: { ...line, status: [status] }, ...ellipses.views(known ? omcore.covariance(line.p, line.reading).flat() : undefined) };
    });
    return Object.keys(VIEWS).flatMap((view) => cases.map(({ line, [view]: { C, least } }) => {
      return { ...line, kind: "noise", output: view, panel: TITLES[view] + line.suffix, axis, x: axis.shown, y: ellipses.points(C), C, least };
    }));
  }

  function scene(spec, state, all, behind, measured) {
    return ellipses.scene(all[0].panel, VIEWS[all[0].output], [...behind, ...all], measured, spec.looks.vacuum);
  }

  const columns = ["atoms alone", "mirror alone", "both together"];

  /** A row for each case: its smallest variances, where the vacuum has one half. */
  const rows = (state, all) => [...new Set(all.map(named))].map((key) => {
    const views = all.filter((line) => named(line) === key), [{ look, reading, pin, status: [status] }] = views;
    const least = (view) => views.find(({ output }) => output === view).least;
    return { panel: state.reading === "both" ? reading : "", look, name: beside(look.title, pin),
      cells: Object.keys(VIEWS).map((view) => (status === "stable" ? cell(least(view)) : word(status))) };
  });

  function table(state, all) {
    const rows = all.map(({ case: name, reading, pin, output, C, least }) =>
      [name, beside(reading, pin), output, C[0][0], C[0][1], C[1][1], least]);
    return [["case", "reading", "of", "variance across", "covariance", "variance upwards", "smallest variance"], rows];
  }

  const meaning = "smallest variances, where the vacuum has 0.5", keys = () => ["vacuum"], note = "one standard deviation; no ellipse: no steady state";
  return { lines, scene, under: ellipses.under, columns, rows, table, meaning, keys, note, whole: true, narrow: true, ranged: false, uses: ["reading"] };
})();
