// Noise spectra of mirror, atoms and driven light at a point. A kind of live figure.

omcore.kinds.spectrum = (() => {
  "use strict";

  const { fields } = omcore.metadata, { atPoint, columnsOf, beside } = omcore.lines, { labels, plot } = omcore;
  const { cell, word } = omcore.numbersTable;
  const STEPS = [-3, -1, -0.4, 0, 0.4, 1, 3]; // in half widths, around each resonance
  const SHOWN = { // names, and rows of the covariance matrix
    mirror: ["mirror, q", () => 6], atoms: ["atoms, x", () => 4], light: ["driven light, X", ({ drive }) => (drive === "ccw" ? 0 : 2)],
  };

  /** For each case S of three quadratures; frequencies lie closer where a mode of the whole resonates. */
  function lines(spec, state) {
    const cases = atPoint(spec, state), roots = cases.flatMap(({ p, reading }) => omcore.eigenvalues(p, reading));
    const { high } = plot.ends(0, Math.max(2, ...roots.map(([, im]) => im))), count = Math.ceil(spec.points.curves / 2);
    const even = Array.from({ length: count }, (_, k) => (k * high) / (count - 1));
    const near = roots.flatMap(([re, im]) => STEPS.map((step) => im + step * re)).filter((x) => x > 0 && x < high);
    const values = Float64Array.from(new Set([...even, ...near])).sort(), axis = { low: 0, high, values, shown: values };
    return Object.entries(SHOWN).flatMap(([output, [panel, row]]) => cases.map((line) => {
      const { S, status } = omcore.spectrum(line.p, line.reading, row(line.p), values), along = { axis, x: values, y: S, status: [status] };
      const called = panel + line.suffix;
      return { ...line, ...along, kind: "spectrum", output, panel: called, look: spec.looks[line.case] };
    }));
  }

  function scene(spec, state, all, behind, measured) {
    const top = Math.max(0, ...measured.flatMap(({ y }) => Array.from(y)).filter(Number.isFinite)), [{ panel, axis: { low, high } }] = all;
    const y = { ...plot.decades(top), label: `${labels.svg("S")} ${labels.svg(fields.omega_m.symbol)}` };
    return { title: panel, x: { low, high, label: `ω/${labels.svg(fields.omega_m.symbol)}` }, y, lanes: [], rule: 1, lines: [...behind, ...all] };
  }

  const under = (all, [x]) => omcore.lines.under(all, x, (at) => `${at} ${labels.html(fields.omega_m.symbol)}`, "no steady state");

  const columns = ["highest at"];
  const rows = (state, all) => all.map(({ panel, look, pin, x, y, status }) => ({ panel, look, name: beside(look.title, pin),
    cells: [Number.isNaN(y[0]) ? word(status[0]) : cell(x[plot.largest(y)], "omega_m")] }));
  const table = (state, all) => columnsOf("frequency/ωm", all, ({ panel, case: name, pin }) => beside(`S ωm, ${panel}, ${name}`, pin));

  const note = "upright line: the mechanical frequency; no curve: no steady state";
  return { lines, scene, under, columns, rows, table, meaning: "noise spectra", note, whole: true, narrow: true, cased: true, ranged: false, uses: ["reading"] };
})();
