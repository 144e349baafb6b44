// What a reader takes away: the lines of omcore that give the same numbers, and the data; sheet.js has the drawing.

omcore.take = (() => {
  "use strict";

  const { fields, outputs, paper } = omcore.metadata;
  const { axisOf, readingsOf, shownCases, drawnOf, beside, pinned } = omcore.lines;
  const { labels } = omcore;

  // ---- as Python

  const IMPORTS = [["sagnac_shift", "omcore"], ["derived_shift", "omcore.assumptions.glass"]];
  const argument = ([name, value]) => `${name}=${typeof value === "string" ? `"${value}"` : value}`;
  const tuple = (names) => `(${names.map((name) => `"${name}"`).join(", ")}${names.length === 1 ? "," : ""})`;

  /**
   * Python that fills ``found``: {(case, reading, output): array}, to the last digits what is drawn, and for what was pinned
   * ``found_A`` and so on: the script of the figure (kit/kinds.py) with what its reader chose in the places that begin with $.
   */
  const python = (spec, state, all) => drawnOf(state).map(([one, pin]) => {
    const text = filled(spec, one, all, state);
    return pin ? `# ${pin}: ${pinned(spec, one.set, labels.plain)}\n${text.replaceAll("found", `found_${pin}`)}` : text;
  }).join("\n");

  /** The script at one choice of parameters; drawn: the state whose axes what was pinned shares. */
  function filled(spec, state, all, drawn) {
    const names = state.over ? state.y.slice(0, 1) : state.y, own = omcore.kinds[state.view]?.values?.(spec, all, drawn);
    const values = {
      ...state.set, ...all[0].axis, ...own, y: names[0], readings: tuple(readingsOf(state)), cases: tuple(shownCases(spec, state)),
    };
    const parts = {
      imports: () => IMPORTS.filter(([name]) => names.some((one) => outputs[one].code.includes(`${name}(`)))
        .map(([name, from]) => `from ${from} import ${name}\n`).join(""),
      changed: () => changes(spec, state),
      axes: () => axes(spec, drawn, all).join("\n"),
      changes: () => Object.entries(state.set).filter(([name]) => name in paper).map(argument).join(", "),
      point: () => point(spec, state),
      swept: () => swept(spec, state),
      found: () => names.map((name) => `        found[case, reading, "${name}"] = ${outputs[name].code}`).join("\n"),
      code: () => outputs[names[0]].code,
    };
    return spec.scripts[state.view].replace(/\$(\w+)/g, (_, name) => (name in values ? values[name] : parts[name]()));
  }

  const isGiven = (spec) => spec.cases[0] === "given";

  /** What differs from the paper. A detuning of the cavity comes later: operating_points would set it again. */
  function changes(spec, state) {
    const { Delta_c, drive, ...rest } = state.set;
    const own = isGiven(spec) ? { drive: drive ?? spec.drive, ...(Delta_c === undefined ? {} : { Delta_c }) } : {};
    const all = Object.entries({ ...own, ...rest });
    return all.length ? `.replace(${all.map(argument).join(", ")})` : "";
  }

  /** The axes; along x also what the drawing has between the points of its grid. */
  function axes(spec, state, all) {
    const count = state.over ? spec.points.maps : spec.points.curves;
    const line = (letter, name) => {
      const { values, logarithmic } = axisOf(spec, state, name, count);
      const ends = `${values[0]}, ${values.at(-1)}, ${count}`;
      return `${letter} = np.${logarithmic ? "geomspace" : "linspace"}(${ends})  # ${name} in ${fields[name].unit}`;
    };
    const grid = axisOf(spec, state, state.x, count).values, more = Array.from(all[0].axis.values).filter((v) => !grid.includes(v));
    const rows = more.map((v, k) => (k % 4 ? ` ${v},` : `\n    ${v},`)).join("");
    return [
      line("x", state.x),
      ...(more.length ? [`x = np.union1d(x, [  # and what is set, edges of stability, peaks${rows}\n])`] : []),
      ...(state.over ? [line("y", state.over)] : []),
    ];
  }

  /** An argument of replace: a value for every line, but what a line holds stays. */
  function moved(spec, state, name, value) {
    const stays = shownCases(spec, state).map((one) => [one, spec.lines[one].held[name]]).filter(([, v]) => v !== undefined);
    return `${name}=${stays.reduce((rest, [one, v]) => `np.where(case == "${one}", ${v}, ${rest})`, value)}`;
  }

  /** What a case has to be given that is on no axis. */
  const point = (spec, state) =>
    (!isGiven(spec) && "Delta_c" in state.set ? moved(spec, state, "Delta_c", state.set.Delta_c) : "");

  function swept(spec, state) {
    const shared = [state.x, state.over].includes("Delta_c") ? "" : point(spec, state);
    return [
      ...(shared ? [shared] : []),
      moved(spec, state, state.x, "x"),
      ...(state.over ? [moved(spec, state, state.over, "y[:, None]")] : []),
    ].join(", ");
  }

  // ---- as data

  /** Header and rows: for curves a column each and one for its status, for maps a row each point. */
  const table = (state, all) => omcore.kinds[all[0].kind]?.table?.(state, all)
    ?? (state.over ? tableOfMaps(state, all) : tableOfCurves(state, all));

  const fieldName = (name) => labels.field(name, labels.plain);
  const outputName = (name) => labels.output(name, labels.plain);

  function tableOfCurves(state, drawn) {
    const all = drawn.filter(({ again, C }) => !again && !C); // C: of an ellipse
    const branch = ({ branch: k }) => (Number.isInteger(k) ? [`branch ${k}`] : []);
    const name = (first, line) => beside([first, line.case, line.reading, ...branch(line)].join(", "), line.pin);
    const columns = new Map([[fieldName(state.x), all[0].x]]); // outputs of one case share its status
    for (const line of all) {
      columns.set(name(outputName(line.output), line), line.y);
      columns.set(name("status", line), line.status);
    }
    const rows = Array.from(all[0].x, (_, k) => Array.from(columns.values(), (column) => column[k]));
    return [[...columns.keys()], rows];
  }

  function tableOfMaps(state, all) {
    const header = [state.x, state.over].map(fieldName).concat("case", "reading", outputName(state.y[0]), "status");
    const rows = all.flatMap(({ axis, up, values, status, case: name, reading, pin }) =>
      Array.from(values, (value, k) => {
        const x = axis.shown[k % axis.shown.length], y = up.shown[Math.floor(k / axis.shown.length)];
        return [x, y, name, beside(reading, pin), value, status[k]];
      }));
    return [header, rows];
  }

  /** The table as a file. It begins with a mark by which spreadsheets know that it is UTF-8. */
  function csv(state, all) {
    const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const cell = (value) => (Number.isNaN(value) ? "" : quoted(String(value)));
    const [header, rows] = table(state, all);
    return `\ufeff${[header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
  }

  /** The table as HTML; of a map every fifth point along each axis. */
  function html(state, all) {
    const [header, rows] = table(state, all), count = all[0].axis.values.length;
    const isFifth = (_, k) => k % count % 5 === 0 && Math.floor(k / count) % count % 5 === 0;
    const cell = (value) => (typeof value === "number" ? labels.number(value, 5) : labels.escape(value));
    const line = (row, tag) => `<tr>${row.map((value) => `<${tag}>${cell(value)}</${tag}>`).join("")}</tr>`;
    const body = rows.filter(state.over ? isFifth : () => true).map((row) => line(row, "td"));
    return `<table><thead>${line(header, "th")}</thead><tbody>${body.join("")}</tbody></table>`;
  }

  // ---- out of the page

  /** Hand a text or a picture over as a file. */
  function download(content, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }

  return { python, csv, html, download };
})();
