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

  /** curves.points_of: the parameters of a case, with a Δ_c of its own until that is moved; "given" is p itself. */
  function pointOf(spec, state, name) {
    const p = { ...paper, drive: spec.drive, ...state.set }, own = cases[name];
    if (own === undefined) return p;
    p.drive = own.drive;
    if (own.angular_velocity === 0) p.angular_velocity = 0;
    if (!("Delta_c" in state.set)) p.Delta_c = (own.Delta_c / paper.omega_m) * p.omega_m;
    return p;
  }

  /** curves.along: values of a field for a case; what is at rest stays at rest. */
  const along = (name, field, values) =>
    (field === "angular_velocity" && cases[name]?.angular_velocity === 0 ? values.map(() => 0) : values);

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

  /** Every line: { case, reading, output, p, look, panel }, with its numbers still to come. */
  function linesOf(spec, state) {
    const several = state.y.length > 1 || state.over !== "", all = [];
    for (const reading of readingsOf(state))
      for (const name of spec.cases.filter((known) => state.cases.includes(known)))
        for (const output of state.y) {
          const look = spec.looks[state.y.length > 1 ? output : name];
          const panel = several ? titleOf(spec, state, name, reading) : reading;
          all.push({ case: name, reading, output, look, panel, p: pointOf(spec, state, name) });
        }
    return all;
  }

  const titleOf = (spec, state, name, reading) =>
    [spec.looks[name].title, ...(state.reading === "both" ? [reading] : [])].join(", ");

  /** The lines with y along the axis and the status of each point; several outputs of a case are one sweep. */
  function curves(spec, state) {
    const axis = axisOf(spec, state, state.x, spec.points.curves), known = new Map();
    return linesOf(spec, state).map((line) => {
      const key = `${line.case} ${line.reading}`, pages = state.y.map((name) => outputs[name].page);
      const values = along(line.case, state.x, axis.values);
      if (!known.has(key)) known.set(key, omcore.sweep(line.p, state.x, values, pages, line.reading));
      const found = known.get(key);
      return { ...line, axis, x: axis.shown, y: found[outputs[line.output].page], status: found.status };
    });
  }

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

  return { startOf, pointOf, along, shared, axisOf, linesOf, readingsOf, curves, gaps, isBare };
})();
