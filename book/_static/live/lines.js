// What a live figure shows: from its spec and its state to numbers. To be read beside omcore/figures/kit/live.py
// and curves.py.
//
// A state says what its reader chose: { x, y, over, reading, cases, set }; set holds the fields that were moved, in
// SI units.

var omcore = omcore || {};

omcore.lines = (() => {
  "use strict";

  const { fields, paper, cases, readings, outputs } = omcore.metadata;

  /** The state that a figure starts from. */
  const startOf = (spec) => ({
    x: spec.x[0], y: [...spec.y], over: spec.over ? spec.over[0] : "", reading: spec.reading,
    cases: [...spec.cases], set: { ...spec.start },
  });

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

  /** An axis: its ends as shown and, in SI units, its points, as numpy.linspace and geomspace have them. */
  function axisOf(spec, state, name, count) {
    const said = [spec.x, spec.over].find((axis) => axis && axis[0] === name), { shown } = fields[name];
    const [, low, high, logarithmic] = said ?? [name, shown.lowest, shown.highest, shown.logarithmic];
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
   * Every line: { case, reading, output, p, held, look, row, title, panel }, with its numbers still to come. A panel
   * holds one output of all cases, or several of one; title is short, and panel, its name, is not that of another.
   */
  function linesOf(spec, state) {
    const rows = rowsOf(spec, state), all = [];
    for (const row of rows)
      for (const reading of readingsOf(state))
        for (const name of spec.cases.filter((known) => state.cases.includes(known)))
          for (const output of row) {
            const alone = row.length > 1 || state.over !== "", both = state.reading === "both";
            const title = [...(alone ? [spec.looks[name].title] : []), ...(both || !alone ? [reading] : [])].join(", ");
            const words = [...(alone ? [spec.looks[name].title] : []), called(row), ...(both ? [reading] : [])];
            const panel = rows.length > 1 ? words.join(", ") : title;
            const look = spec.looks[row.length > 1 ? output : name], { held } = spec.lines[name];
            all.push({ case: name, reading, output, look, row, title, panel, held, p: pointOf(spec, state, name) });
          }
    return all;
  }

  /** Outputs in words: what they mean up to where they part. */
  function called(row) {
    if (row.length === 1) return outputs[row[0]].meaning;
    const [first, ...others] = row.map((name) => outputs[name].meaning.split(/[ ,]+/));
    const common = first.filter((word, k) => others.every((other) => other[k] === word));
    return common.filter((word) => !["of", "the", "with"].includes(word)).join(" ");
  }

  /** The lines with y along the axis and the status of each point; several outputs of a case are one sweep. */
  function curves(spec, state) {
    const axis = axisOf(spec, state, state.x, spec.points.curves), known = new Map();
    const shown = linesOf(spec, state).map((line) => {
      const key = `${line.case}; ${line.reading}`, pages = state.y.map((name) => outputs[name].page);
      const values = along(line, state.x, axis.values);
      if (!known.has(key)) known.set(key, omcore.sweep(line.p, state.x, values, pages, line.reading));
      const found = known.get(key);
      return { ...line, axis, x: axis.shown, y: found[outputs[line.output].page], status: found.status };
    });
    return [...shown, ...shown.filter(({ output }) => spec.logs.includes(output)).map(again)];
  }

  /** A line in a further panel, whose vertical axis is logarithmic. */
  const again = (line) => ({ ...line, again: true, panel: `${line.panel}, logarithmic` });

  /** The row of panels that a line is in, by name. */
  const rowOf = ({ row, again }) => `${row}${again ? ", logarithmic" : ""}`;

  /** Whether what is drawn is the resonator's alone, with or without a steady state. */
  const isBare = (names) => names.every((name) => outputs[name].bare);

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

  return { startOf, pointOf, along, shared, axisOf, called, linesOf, readingsOf, curves, rowOf, gaps, isBare };
})();
