// The numbers of a figure where one looks: a row for each curve, with its value where the sliders stand and at its
// peak. A word stands where there is no number. A kind of figure that is no curve has columns and rows of its own.

omcore.numbersTable = (() => {
  "use strict";

  const { fields, outputs, statuses: [STABLE] } = omcore.metadata;
  const { labels } = omcore, { number, unit, escape } = labels;
  const { finite, isBare, called } = omcore.lines, { largest } = omcore.plot;

  const last = ({ y }) => y.findLastIndex((v) => v !== 0) + 1; // the first of the zeros at the end

  /** What a curve is asked for, each with the name of its unit; NaN where it has no answer. */
  const ASKED = {
    here: (line) => [line.y[line.here] ?? NaN, outputs[line.output]?.unit],
    peak: (line) => [line.y[largest(line.y)] ?? NaN, outputs[line.output]?.unit],
    place: (line) => [line.x[largest(line.y)] ?? NaN, line.axis.unit ?? fields[line.axis.name].shown.unit],
    zero: (line) => [line.y[last(line) - 1] > 0 ? line.x[last(line)] ?? Infinity : NaN, fields[line.axis.name].shown.unit],
    start: ({ x, y, axis }) => [x[y.findLastIndex((v) => v === 0) + 1] ?? NaN, axis.unit],
  };

  /** A cell: a number in words, and the number itself. */
  const cell = (value, name = "1", tail = "") => ({ value, text: number(value) + unit(name), tail });
  const word = (text) => ({ value: NaN, text, tail: "" });

  const along = (axis, value) => `at ${omcore.words.along(axis, value)}`;

  function here(line) {
    const k = line.here, status = line.status[k];
    if (k < 0) return word("–");
    if (!Number.isFinite(line.y[k])) return word(status);
    const isSteady = status === STABLE || isBare([line.output]); // some numbers are there without a steady state, too
    return cell(line.y[k], outputs[line.output].unit, `${along(line.axis, line.x[k])}${isSteady ? "" : `, ${status}`}`);
  }

  function peak(line) {
    const top = largest(line.y), height = line.y[top];
    if (top < 0) return word("nowhere");
    if (Number.isNaN(finite(line)[top])) return { ...word("unbounded"), tail: along(line.axis, line.x[top]) };
    const isFlat = !line.y.some((v) => v < height);
    return cell(height, outputs[line.output].unit, isFlat ? "" : along(line.axis, line.x[top]));
  }

  function ofMap(map) {
    const top = largest(map.values), count = map.axis.values.length, name = outputs[map.output].unit;
    const dot = Number.isFinite(map.here) ? cell(map.here, name) : word("unstable");
    if (top < 0) return [dot, word("nowhere")];
    const x = along(map.axis, map.axis.shown[top % count]), y = along(map.up, map.up.shown[Math.floor(top / count)]);
    return [dot, cell(map.values[top], name, `${x} and ${y.slice(3)}`)];
  }

  const columns = (state, all) => omcore.kinds[all[0].kind]?.columns ?? [state.over ? "at the dot" : "as set", "largest"];

  const nameOf = ({ case: name, row, look, pin }) =>
    omcore.lines.beside(name === "given" && row.length === 1 ? called(row) : look.title, pin);
  /** The rows of a figure: { panel, look, name, cells }. */
  function rows(state, all) {
    const own = omcore.kinds[all[0].kind]?.rows;
    const found = own ? own(state, all) : all.filter(({ again }) => !again).map((line) =>
      ({ panel: line.panel, look: line.look, name: nameOf(line), cells: state.over ? ofMap(line) : [here(line), peak(line)] }));
    const panels = new Set(found.map(({ panel }) => panel)).size, isEach = panels === found.length && panels > 1;
    return found.map((row) => (isEach ? { ...row, name: row.panel, panel: "" } : panels > 1 ? row : { ...row, panel: "" }));
  }

  /** The same as HTML. */
  function html(state, all) {
    const head = columns(state, all), found = rows(state, all);
    const box = ({ text, tail }) => `<td><b>${escape(text)}</b> <span>${escape(tail)}</span></td>`;
    const line = ({ look, name, cells }) => `<tr><th scope="row">${look ? omcore.controls.sample(look) : ""} ${escape(name)}</th>${cells.map(box).join("")}</tr>`;
    const heading = (panel) => (panel ? `<tr><th scope="rowgroup" colspan="${head.length + 1}">${escape(panel)}</th></tr>` : "");
    const groups = Array.from(Map.groupBy(found, ({ panel }) => panel), ([panel, some]) => `<tbody>${heading(panel)}${some.map(line).join("")}</tbody>`);
    return `<table><thead><tr><td></td>${head.map((name) => `<th scope="col">${escape(name)}</th>`).join("")}</tr></thead>${groups.join("")}</table>`;
  }

  return { html, rows, columns, cell, word, ASKED };
})();
