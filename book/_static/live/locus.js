// The eigenvalues of the drift matrix in the complex plane, along an axis and at one place of it. A kind of live
// figure; to be read beside omcore/figures/kit/kinds.py.

var omcore = omcore || {};

omcore.kinds = Object.assign(omcore.kinds || {}, { locus: (() => {
  "use strict";

  const { fields, statuses } = omcore.metadata;
  const { axisOf, linesOf, along, ownPlaces, gaps } = omcore.lines;
  const { remembered, edges, finer } = omcore.grids;
  const { labels, plot } = omcore, { number, unit } = labels;
  const [STABLE, UNSTABLE] = statuses, GROUPS = 32; // GROUPS: colours along a path

  /** A line for each case: roots[k] are its eigenvalues at point k, here those where it is set. */
  function lines(spec, state) {
    const all = linesOf(spec, state), grid = ownPlaces(axisOf(spec, state, state.x, spec.points.curves), all);
    const sweeps = all.map((line) => remembered((places) => Array.from(along(line, state.x, places), (value) =>
      omcore.eigenvalues({ ...line.p, [state.x]: value }, line.reading))));
    const decays = ([[re]]) => re < 0, axis = finer(grid, sweeps.flatMap((at) => edges(grid.values, at, decays)));
    return all.map((line, n) => {
      const title = spec.looks[line.case].title;
      const panel = state.reading === "both" ? `${title}, ${line.reading}` : title;
      const roots = sweeps[n](axis.values), [here] = sweeps[n]([line.p[state.x]]);
      const y = Float64Array.from(roots, ([[re]]) => re), status = roots.map((one) => (decays(one) ? STABLE : UNSTABLE));
      const place = line.p[state.x] / axis.factor;
      return { ...line, kind: "locus", panel, axis, x: axis.shown, y, status, roots, here, place };
    });
  }

  const upper = (roots) => roots.filter(([, im]) => im > -1e-9);

  function scene(spec, state, [line], [faint], measured) {
    const all = measured.flatMap(({ roots, here }) => upper([...roots.flat(), ...here]));
    const ends = (part) => {
      const values = all.map((root) => root[part]);
      return plot.ends(part === 1 ? 0 : Math.min(...values), Math.max(...values));
    };
    const x = { ...ends(0), label: `Re ${labels.svg("\\lambda")}/${labels.svg(fields.omega_m.symbol)}` };
    const y = { ...ends(1), label: `Im ${labels.svg("\\lambda")}/${labels.svg(fields.omega_m.symbol)}` };
    const size = Math.ceil(line.roots.length / GROUPS), { light, dark } = spec.colours.path;
    const part = (k) => upper(line.roots.slice(k * size, (k + 1) * size).flat());
    const clouds = light.map((colour, k) => ({ look: { light: colour, dark: dark[k] }, points: part(k) }));
    const start = faint && { faint: true, look: plot.NEUTRAL, points: upper(faint.roots.flat()) };
    const behind = start ? [start] : [];
    const spots = upper(line.here).map(([re, im]) => ({ x: re, y: im, look: spec.looks.here }));
    const band = [0, x.high];
    return { title: line.panel, x, y, lines: [], lanes: [], rule: 0, band, clouds: [...behind, ...clouds], spots };
  }

  /** The bar beside the panels: the colours along the axis. */
  function bar(spec, state, [{ axis: { low, high, logarithmic } }]) {
    const place = (part) => (logarithmic ? low * (high / low) ** part : low + part * (high - low));
    const numbers = [0, 0.25, 0.5, 0.75, 1].map(place), { light: colours, dark } = spec.colours.path;
    return { label: (write) => labels.field(state.x, write), colours, dark, numbers };
  }

  const complex = ([re, im]) => `${number(re)} ${im < 0 ? "−" : "+"} ${number(Math.abs(im))}i`;

  const pair = ([re, im]) => number(re) + (im === 0 ? "" : ` ± ${number(Math.abs(im))}i`);

  /** What is under the pointer: the nearest eigenvalue, and where on the axis it belongs. */
  function under([line], [re, im], { x, y }) {
    const far = (root) => ((root[0] - re) / (x.high - x.low)) ** 2 + ((root[1] - im) / (y.high - y.low)) ** 2;
    let best = line.here[0], place = line.place;
    line.roots.forEach((roots, k) => upper(roots).forEach((root) => {
      if (far(root) < far(best)) [best, place] = [root, line.axis.shown[k]];
    }));
    const rate = `${complex(best)} ${labels.html(fields.omega_m.symbol)}`;
    return [{ x: best[0], dots: [[best[1], plot.NEUTRAL]] }, `<div>λ = ${rate}</div>
      <div>${labels.html(fields[line.axis.name].symbol)} = ${omcore.words.along(line.axis, place)}</div>`];
  }

  function sentence(state, all) {
    const each = all.map((line) => {
      const at = (k) => omcore.words.along(line.axis, line.axis.shown[k]), gap = gaps(line.status);
      const grows = gap.map(({ from, to }) => `from ${at(from)} to ${at(to)}`).slice(0, 3).join(" and ");
      const where = `at ${omcore.words.along(line.axis, line.place)} the leading eigenvalue is ${pair(line.here[0])} ωₘ`;
      return `${line.panel}, ${where}, fluctuations ${grows ? `grow ${grows}` : "decay everywhere"}`;
    });
    return `Eigenvalues of the drift matrix along ${fields[state.x].meaning}: ${each.join("; ")}.`;
  }

  function table(state, all) {
    const name = (line, k, part) => `${part} λ${k + 1}/ωm, ${line.case}, ${line.reading}`;
    const both = (line, k) => ["Re", "Im"].map((part) => name(line, k, part));
    const header = all.flatMap((line) => line.here.flatMap((_, k) => both(line, k)));
    const rows = Array.from(all[0].x, (x, k) => [x, ...all.flatMap((line) => line.roots[k].flat())]);
    return [[labels.field(state.x, labels.plain), ...header], rows];
  }

  function python({ opening, tuple, swept }, spec, state) {
    return [...opening, "found = {}", `for reading in ${tuple(omcore.lines.readingsOf(state))}:`,
      `    for case in ${tuple(spec.cases.filter((name) => state.cases.includes(name)))}:`,
      `        found[case, reading] = eigenvalues(cases[case].replace(${swept}), reading)`, ""];
  }

  return {
    lines, scene, bar, under, sentence, table, python, meaning: "eigenvalues of the drift matrix",
    whole: true, cased: false, note: "large dots: where the sliders stand; hatched: fluctuations grow",
  };
})() });

// ---- Fig. 1(b): where the resonances of cavity and atoms lie, seen from the laser, and how wide they are. To be read
// beside omcore/figures/fig1/fig1b.py.

Object.assign(omcore.kinds, { resonances: (() => {
  "use strict";

  const { fields } = omcore.metadata, { pointOf } = omcore.lines, { sagnacShift } = omcore.system;
  const { labels, plot } = omcore, { number } = labels, MARGIN = 0.9; // MARGIN: beside the outermost line
  const NAMES = { a: fields.Delta_a.symbol, cw: "\\Delta_\\mathrm{cw}", ccw: "\\Delta_\\mathrm{ccw}" };

  /** A line for the atoms and for each cavity mode: its place, its half width, and a Lorentzian of height 1. */
  function lines(spec, state) {
    const p = pointOf(spec, state, "given"), shift = sagnacShift(p), w = p.omega_m;
    const known = { a: [p.Delta_a, p.gamma_a], cw: [p.Delta_c + shift, p.kappa], ccw: [p.Delta_c - shift, p.kappa] };
    const places = [-w, 0, w, ...Object.values(known).map(([place]) => place)].map((place) => place / w);
    const { low, high } = plot.ends(Math.min(...places) - MARGIN, Math.max(...places) + MARGIN), { curves: count } = spec.points;
    const values = Float64Array.from({ length: count }, (_, k) => low + (k * (high - low)) / (count - 1));
    return Object.entries(known).map(([mode, [at, rate]]) => {
      const place = at / w, width = rate / w, y = values.map((x) => 1 / (1 + ((x - place) / width) ** 2));
      const axis = { low, high, values, shown: values };
      return { kind: "resonances", case: "given", reading: state.reading, output: mode, row: [], panel: "", p, axis, x: values, y,
        place, width, shift: shift / w, driven: mode === p.drive, look: spec.looks[mode], status: ["stable"] };
    });
  }

  function scene(spec, state, all, behind, measured) {
    const { looks } = spec, [{ p, shift }] = all, cavity = p.Delta_c / p.omega_m;
    const low = Math.min(...measured.map(({ axis }) => axis.low)), high = Math.max(...measured.map(({ axis }) => axis.high));
    const upright = (x, look, height = 1) => ({ x: [x, x], y: [0, height], look, plain: true });
    const arm = ({ place, look }) => ({ x: [cavity, place], y: [1.08, 1.08], look, plain: true });
    const flag = (name, x, look) => ({ name: labels.svg(name), x, value: x, look });
    const grid = Array.from(all[0].x, (_, k) => low + (k * (high - low)) / (all[0].x.length - 1));
    const exact = (line) => { // over all of the axis, and with its top, which a grid would miss
      const x = [...grid, line.place].sort((a, b) => a - b);
      return { ...line, x, y: x.map((v) => 1 / (1 + ((v - line.place) / line.width) ** 2)), plain: true, area: line.driven && !line.faint };
    };
    return {
      title: `${labels.plain("\\Delta_F")} = ${number(shift)} ωₘ, ${p.drive.toUpperCase()} mode driven`,
      x: { low, high, label: `frequency from the laser/${labels.svg(fields.omega_m.symbol)}` },
      y: { low: 0, high: 1.16, label: "", ticks: [] }, lanes: [],
      lines: [...behind, ...all].map(exact).concat(
        upright(0, looks.laser), [-1, 1].map((x) => upright(x, looks.sidebands, 0.7)), upright(cavity, looks.cavity),
        all.filter(({ output }) => output !== "a").map(arm)),
      flags: [...all.map(({ output, place, look }) => flag(NAMES[output], place, look)),
        flag(fields.Delta_c.symbol, cavity, looks.cavity)],
    };
  }

  function under(all, [x]) {
    const row = ({ output, place, width, look }) => `<div>${labels.html(NAMES[output])} = <b>${number(place)}</b> ± ${number(width)}</div>`;
    const dots = all.map(({ place, width, look }) => [1 / (1 + ((x - place) / width) ** 2), look]);
    return [{ x, dots }, `<div>${number(x)} ${labels.html(fields.omega_m.symbol)} from the laser</div>${all.map(row).join("")}`];
  }

  function sentence(state, all) {
    const [{ p, shift }] = all, said = ({ look, place, width }) => `${look.label} at ${number(place)}, half width ${number(width)}`;
    return `Resonances seen from the laser, in units of the mechanical frequency: ${all.map(said).join("; ")}; the Sagnac shift is `
      + `${number(shift)}, the ${p.drive.toUpperCase()} mode is driven, and the sidebands lie at −1 and 1.`;
  }

  function table(state, all) {
    const rows = all.map(({ output, place, width, driven }) => [output, place, width, driven ? "yes" : "no"]);
    return [["mode", "detuning/ωm", "half width/ωm", "driven"], rows];
  }

  function python({ opening }, spec, state) {
    const [{ axis, reading }] = lines(spec, state), { low, high, values } = axis;
    return [...opening.filter((line) => line && !/^(x|cases) = /.test(line)), "",
      `x = np.linspace(${low}, ${high}, ${values.length})  # frequency from the laser, in units of omega_m`,
      'places = om.cavity_detunings(p) | {"a": p.Delta_a}',
      'rates = {"cw": p.kappa, "ccw": p.kappa, "a": p.gamma_a}', "found = {}", "for mode, place in places.items():",
      "    far = (x - place / p.omega_m) / (rates[mode] / p.omega_m)",
      `    found["given", "${reading}", mode] = 1 / (1 + far**2)`, ""];
  }

  const meaning = "resonances seen from the laser", keys = (spec) => Object.keys(spec.looks).filter((name) => name !== "given");
  return { lines, scene, under, sentence, table, python, meaning, keys, note: "filled: driven", whole: true, driven: true };
})() });
