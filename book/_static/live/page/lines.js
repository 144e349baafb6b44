// What a live figure shows: from its spec and its state to numbers. To be read beside drawings/kit/live.py
// and curves.py.
//
// A state says what its reader chose: { view, x, y, over, reading, cases, set, range, pins }; set holds the fields that
// were moved, in SI units; range the ends of an axis by its field, [low, high] as shown; pins what was set before.

omcore.kinds = {}; // figures that are no curves, each in a script of its own; state.view is the one that is seen

omcore.lines = (() => {
  "use strict";

  const { fields, paper, cases, readings, outputs, statuses: [STABLE] } = omcore.metadata;
  const { labels } = omcore, { number, unit } = labels, { remembered, edges, peaks, finer, where, nearest } = omcore.grids;
  const PINS = "ABCDEF"; // names of what is pinned

  /** The state that a figure starts from. */
  const startOf = (spec) => ({
    view: spec.kind, x: spec.x[0], y: [...spec.y], over: spec.over ? spec.over[0] : "", reading: spec.reading,
    cases: [...spec.cases], device: spec.device, set: { ...spec.start }, range: {}, pins: [],
  });

  /** The cases that are ticked, in their order. */
  const shownCases = (spec, state) => spec.cases.filter((name) => state.cases.includes(name));

  /** The states that are drawn: what is set, and by its letter what was pinned. */
  const drawnOf = (state) => [[state, ""], ...state.pins.map((set, k) => [{ ...state, set }, PINS[k]])];
  /** What was pinned, in words: what it sets otherwise than the start of its figure. */
  function pinned(spec, set, write) {
    const said = ([name, value]) => (name === "drive" ? `${value.toUpperCase()} mode driven`
      : `${write(fields[name].symbol)} = ${number(value / omcore.factor(name, set), 4)}${unit(fields[name].shown.unit)}`);
    return Object.entries(set).filter(([name, value]) => value !== spec.start[name]).map(said).join(", ") || "as it starts";
  }

  /** The name of a panel that what was pinned does not share. */
  const beside = (panel, pin) => (pin ? `${panel ? `${panel}, ` : ""}${pin}` : panel);

  /** Line.at: the parameters of a line, with a Δ_c of its own until that is moved; "given" is p itself. */
  function pointOf(spec, state, name) {
    const p = { ...paper, drive: spec.drive, ...state.set }, line = spec.lines[name], own = cases[line.case];
    if (own !== undefined) p.drive = own.drive;
    if (own !== undefined && !("Delta_c" in state.set)) p.Delta_c = (own.Delta_c / paper.omega_m) * p.omega_m;
    return { ...p, ...line.held };
  }

  /** Line.along: values of a field for a line; what it holds stays. */
  const along = ({ held }, field, values) => (field in held ? values.map(() => held[field]) : values);

  /** Parameters that all cases share, for the controls. */
  const shared = (spec, state) => ({ ...paper, drive: spec.drive, ...state.set });

  /** Whether each case still has a value of its own. */
  const isOwn = (spec, { set }, name) => name === "Delta_c" && spec.cases[0] !== "given" && !(name in set);

  /** An axis: its ends as shown and, in SI units, its points, as numpy.linspace and geomspace have them. */
  function axisOf(spec, state, name, count) {
    const said = [spec.x, spec.over].find((axis) => axis && axis[0] === name), { shown } = fields[name];
    const [, first, last, logarithmic] = said ?? [name, shown.lowest, shown.highest, shown.logarithmic];
    const [low, high] = state.range[name] ?? [first, last];
    const factor = omcore.factor(name, name === "omega_m" ? paper : shared(spec, state));
    const f = logarithmic ? Math.log10 : (v) => v, a = f(low * factor), b = f(high * factor);
    const step = (b - a) / (count - 1), back = logarithmic ? (v) => 10 ** v : (v) => v;
    const values = Float64Array.from({ length: count }, (_, k) => back(a + k * step));
    values[0] = low * factor;
    values[count - 1] = high * factor;
    return { name, low, high, logarithmic, factor, values, shown: values.map((v) => v / factor) };
  }

  const readingsOf = (state) => (state.reading === "both" ? readings : [state.reading]);

  /** Rows of panels, each a list of the outputs that are drawn together: those of the spec, or what was chosen. */
  function rowsOf(spec, state) {
    const rows = spec.rows.map((row) => row.filter((name) => state.y.includes(name))).filter((row) => row.length);
    return state.y.every((name) => rows.flat().includes(name)) ? rows : [state.y];
  }

  /**
   * Every line: { case, reading, output, pin, p, held, look, row, title, panel }, with its numbers still to come. A panel
   * holds one output of all cases, or several of one; title is short, and panel, its name, is not that of another.
   */
  const linesOf = (spec, state) => drawnOf(state).flatMap(([one, pin]) => linesOfOne(spec, one, pin));

  function linesOfOne(spec, state, pin) {
    const rows = rowsOf(spec, state), all = [];
    for (const row of rows)
      for (const reading of readingsOf(state))
        for (const name of shownCases(spec, state))
          for (const output of row) {
            const alone = row.length > 1 || state.over !== "", both = state.reading === "both";
            const what = alone ? [spec.looks[name].title] : rows.length > 1 ? [called(row)] : []; // that other panels do not have
            const title = [...what, ...(both || !what.length ? [reading] : [])].join(", ");
            const words = [...(alone ? [spec.looks[name].title] : []), called(row), ...(both ? [reading] : [])];
            const own = rows.length > 1 ? words.join(", ") : title, panel = state.over ? beside(own, pin) : own;
            const look = spec.looks[row.length > 1 ? output : name], { held } = spec.lines[name];
            all.push({ case: name, reading, output, pin, look, row, title, panel, held, p: pointOf(spec, state, name) });
          }
    return all;
  }

  /** For kinds of one point: each case in each reading, with a panel of its own and, of two readings, what tells them apart. */
  const atPoint = (spec, state) => linesOf(spec, { ...state, y: state.y.slice(0, 1) }).map((line) => {
    const suffix = state.reading === "both" ? `, ${line.reading}` : "";
    return { ...line, row: [], suffix, panel: beside(spec.looks[line.case].title + suffix, line.pin) };
  });

  /** What is under the pointer where lines share an axis: the number of each there, below a heading made of the place. */
  function under(all, x, heading, none) {
    const { shown } = all[0].axis, k = nearest(shown, x);
    const row = ({ y, look, pin }) => `<div>${labels.escape(beside(look.title, pin))}: <b>${Number.isFinite(y[k]) ? labels.number(y[k]) : none}</b></div>`;
    return [{ x: shown[k], dots: all.map(({ y, look }) => [y[k], look]) }, `<div>${heading(labels.number(shown[k]))}</div>${all.map(row).join("")}`];
  }

  /** Outputs in words: what they mean up to where they part. */
  function called(row) {
    if (row.length === 1) return outputs[row[0]].meaning;
    const [first, ...others] = row.map((name) => outputs[name].meaning.split(/[ ,]+/));
    const common = first.filter((word, k) => others.every((other) => other[k] === word));
    return common.filter((word) => !["of", "the", "with"].includes(word)).join(" ");
  }

  /**
   * The lines with y along the axis, the status of each point, and here, the number of the one where the line is set
   * (-1: beyond the axis, or nowhere). The axis is finer where a grid misses something of any line.
   */
  function curves(spec, state) {
    const all = linesOf(spec, state), pages = [...new Set(all.map(({ output }) => outputs[output].page))], sweeps = new Map();
    for (const line of all) if (!sweeps.has(named(line))) sweeps.set(named(line), sweepOf(line, state.x, pages));
    const grid = ownPlaces(axisOf(spec, state, state.x, spec.points.curves), all), x = grid.values;
    const kind = (point) => (point.status === STABLE ? pages.map((page) => point[page] === 0).join() : "");
    const ends = Array.from(sweeps.values(), (at) => edges(x, at, kind)), fine = finer(grid, ends.flat());
    const tops = Array.from(sweeps.values(), (at) => pages.flatMap((page) => peaks(fine.values, at, page)));
    const axis = finer(fine, tops.flat());
    const shown = all.map((line) => {
      const points = sweeps.get(named(line))(axis.values), { page } = outputs[line.output];
      const y = Float64Array.from(points, (point) => point[page]), status = points.map((point) => point.status);
      const here = state.x in line.held ? -1 : where(axis.values, line.p[state.x]);
      return { ...line, axis, x: axis.shown, y, status, here };
    });
    return [...shown, ...shown.filter(({ output }) => spec.logs.includes(output)).map(again)];
  }

  /** Lines of one case in one reading are one sweep. */
  const named = (line) => `${line.case}; ${line.reading}; ${line.pin}`;

  function sweepOf(line, x, pages) {
    return remembered((places) => {
      const found = omcore.sweep(line.p, x, along(line, x, places), pages, line.reading);
      const point = (status, k) => Object.assign({ status }, ...pages.map((page) => ({ [page]: found[page][k] })));
      return found.status.map(point);
    });
  }

  /** An axis that has the place where each line is set. */
  const ownPlaces = (axis, all) => finer(axis, all.map(({ p }) => p[axis.name]));

  /** A line in a further panel, whose vertical axis is logarithmic. */
  const again = (line) => ({ ...line, again: true, panel: `${line.panel}, logarithmic` });

  /** The row of panels that a line is in, by name. */
  const rowOf = ({ row, again }) => `${row}${again ? ", logarithmic" : ""}`;

  /** Whether what is drawn is the resonator's alone, with or without a steady state. */
  const isBare = (names) => names.every((name) => outputs[name].bare);

  /** What a legend names: cased, whether each case has its line; keys, further looks; and a note. */
  function legendOf({ over, rows, looks, y, outputs: others, keys }, { view }) {
    const kind = omcore.kinds[view], cased = !over && (kind?.cased ?? rows.some((row) => row.length === 1));
    const note = kind?.note ?? (isBare([...y, ...others]) ? "" : "hatched: no steady state");
    return { cased, keys: kind?.keys?.({ looks }).filter((key) => key in looks) ?? keys, note };
  }

  /** The numbers of a line that its picture is made for: at an edge of stability some grow without bound. */
  const finite = ({ y, status, output }) => (outputs[output]?.bounded ?? true ? y
    : y.map((v, k) => ([status[k - 1], status[k + 1]].some((word) => word && word !== STABLE) ? NaN : v)));

  /** Stretches without a steady state: [{ from, to, status }] by the numbers of their first and last points. */
  function gaps(status) {
    const found = [];
    status.forEach((word, k) => {
      if (word === "stable") return;
      const last = found.at(-1);
      if (last && last.to === k - 1 && last.status === word) last.to = k;
      else found.push({ from: k, to: k, status: word });
    });
    return found;
  }

  /** Lines as a table: a column for x, named so, and one for each of them. */
  const columnsOf = (x, all, named) =>
    [[x, ...all.map(named)], Array.from(all[0].x, (v, k) => [v, ...all.map(({ y }) => y[k])])];

  return {
    PINS, startOf, shownCases, drawnOf, pinned, beside, pointOf, along, shared, isOwn, axisOf, called, linesOf, atPoint, under, readingsOf, named,
    curves, columnsOf, ownPlaces, rowOf, finite, gaps, isBare, legendOf,
  };
})();
