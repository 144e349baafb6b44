// Who wins over a plane of two fields, from stored heights; and the same race at the dot, run in the page. A kind of
// live figure; to be read beside drawings/optima/winners_map.py.

omcore.kinds.winners = (() => {
  "use strict";

  const { fields, outputs, readings, statuses: [STABLE, UNSTABLE], paper } = omcore.metadata;
  const { linesOf, pointOf: withoutBeams, columnsOf } = omcore.lines, { raster, channels } = omcore.map, { remembered, edges, peaks, finer } = omcore.grids;
  const { labels, plot } = omcore, { number } = labels, { cell, word } = omcore.numbersTable, { sagnacShift } = omcore.resonator;
  const MAP = "who is highest", CELLS = 61, EQUAL = 0.999, known = new Map();

  // ---- what is stored

  /** Sixteen-bit numbers from text, as numbers between 0 and top. */
  function unpacked(text, top) {
    if (!known.has(text)) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      known.set(text, Float64Array.from(new Uint16Array(bytes.buffer), (n) => (n * top) / 65535));
    }
    return known.get(text);
  }

  /** An axis of a plane, with where a value in SI units lies on it, from 0 to 1. */
  function axisOf([name, low, high, logarithmic]) {
    const factor = omcore.factor(name, paper), f = logarithmic ? Math.log : (v) => v, [a, b] = [f(low), f(high)];
    const part = (value) => Math.min(1, Math.max(0, (f(value / factor) - a) / (b - a)));
    return { name, low, high, logarithmic, factor, part, label: labels.field(name, labels.svg) };
  }

  const axesOf = (spec, { x }) => [spec.planes[x].x, spec.planes[x].y].map(axisOf);

  /** The number of the stored place that is nearest to a point of a plane. */
  function nearest(spec, state, values) {
    const { shape: [rows, columns] } = spec.planes[state.x];
    const [column, row] = axesOf(spec, state).map(({ part }, k) => Math.round(part(values[k]) * ([columns, rows][k] - 1)));
    return row * columns + column;
  }

  /** A stored plane at CELLS by CELLS points, between its own linearly. */
  function fine(values, [rows, columns]) {
    const along = (k, count) => {
      const place = (k / (CELLS - 1)) * (count - 1), low = Math.min(Math.floor(place), count - 2);
      return [low, place - low];
    };
    return Float64Array.from({ length: CELLS * CELLS }, (_, n) => {
      const [i, u] = along(Math.floor(n / CELLS), rows), [k, v] = along(n % CELLS, columns), at = i * columns + k;
      return (1 - u) * ((1 - v) * values[at] + v * values[at + 1])
        + u * ((1 - v) * values[at + columns] + v * values[at + columns + 1]);
    });
  }

  /** The number of the line that is highest at each point, of equal ones the last, which has more freedom; NaN: none. */
  function winners(heights, nothing) {
    return Float64Array.from(heights[0], (_, n) => {
      const top = Math.max(...heights.map((one) => one[n]));
      return top > nothing ? heights.findLastIndex((one) => one[n] >= EQUAL * top) : NaN;
    });
  }

  // ---- the lines

  /** Detunings of the driven mode over omega_m, at which each line runs. */
  function axisOfScan({ scan: [low, high], points: { curves: count } }) {
    const values = Float64Array.from({ length: count }, (_, k) => low + (k * (high - low)) / (count - 1));
    return { name: "Delta_c", low, high, factor: 1, values, shown: values };
  }

  /** The race at the dot: each line over the detuning of the driven mode; and before them the map of each reading. */
  function lines(spec, state) {
    const plane = spec.planes[state.x], [output] = state.y, { page } = outputs[output];
    const runners = linesOf(spec, state).map((line) => runner(spec, state, line, page));
    const grid = axisOfScan(spec), { values } = grid;
    const counts = (point) => String(Number.isFinite(point.height));
    const places = runners.flatMap(({ at }) => { // of a peak beside an edge the grid knows nothing
      const ends = edges(values, at, counts);
      return [...ends, ...peaks(finer(grid, ends).values, at, "height")];
    });
    const axis = finer(grid, places);
    const curves = runners.map(({ line, at }) => {
      const points = at(axis.values), y = Float64Array.from(points, ({ height }) => height);
      return { ...line, axis, x: axis.shown, y, status: points.map((point) => point.status), top: plot.largest(y) };
    });
    const maps = [...new Set(curves.map(({ reading }) => reading))].map((reading) => {
      const here = curves.filter((line) => line.reading === reading);
      const heights = here.map(({ case: name }) => fine(unpacked(plane.heights[reading][output][name], spec.highest), plane.shape));
      const panel = `${MAP}${curves.length > here.length ? `, ${reading}` : ""}`, row = [output, MAP];
      const y = winners(heights, spec.nothing[output]), axes = axesOf(spec, state);
      return { ...here[0], output: MAP, panel, title: panel, row, here, heights, y, axes };
    });
    return [...maps, ...curves];
  }

  /** A line with the second beam of its place, and at(places): its height at detunings, where it counts. */
  function runner(spec, state, line, page) {
    const { reading } = line, p = pointOf(spec, { ...state, reading }, line.case);
    const shift = (p.drive === "cw" ? 1 : -1) * sagnacShift(p);
    const margin = spec.margins[line.output], wanted = margin === undefined ? [page] : [page, "growth"];
    const at = remembered((places) => {
      const found = omcore.sweep(p, "Delta_c", places.map((x) => x * p.omega_m - shift), wanted, reading);
      const counts = (k) => found.status[k] === STABLE && !(found.growth?.[k] > -margin);
      return places.map((_, k) => ({ height: counts(k) ? found[page][k] : NaN, status: counts(k) ? STABLE : UNSTABLE }));
    });
    return { line: { ...line, p, kind: "winners" }, at };
  }

  /** The parameters of a line, with the share and the phase of its second beam at the nearest stored place. */
  function pointOf(spec, state, name) {
    const p = withoutBeams(spec, state, name), { beams } = spec.planes[state.x];
    const reading = state.reading in beams ? state.reading : readings[0], own = beams[reading][state.y[0]][name];
    if (!own) return p;
    const place = nearest(spec, state, axesOf(spec, state).map(({ name: field }) => p[field]));
    const [share, phase] = own.map((text) => unpacked(text, 1)[place]);
    return { ...p, counter_drive: share, counter_drive_phase: (2 * phase - 1) * Math.PI };
  }

  const isMap = (line) => line.output === MAP;

  // ---- what is seen

  function scene(spec, state, all) {
    const [first] = all, curves = isMap(first) ? first.here : all, [output] = state.y;
    if (isMap(first)) {
      const [x, y] = first.axes, dot = [x, y].map(({ name, factor }) => curves[0].p[name] / factor);
      const isInside = [x, y].every(({ low, high }, k) => dot[k] >= low && dot[k] <= high);
      return { title: first.title, x, y, lines: [], image: picture(first), cells: CELLS, dot: isInside ? dot : undefined,
        grips: [{ names: [x.name, y.name], at: dot }] };
    }
    const highest = Math.max(0, ...curves.map(({ y, top }) => y[top] ?? 0));
    return {
      title: "at the dot", x: { ...first.axis, label: `driven mode, ${labels.svg("\\Delta")}/${labels.svg(fields.omega_m.symbol)}` },
      y: { ...plot.ends(0, highest), label: labels.output(output, labels.svg) }, lines: curves,
    };
  }

  /** The map in the colours of its lines, paler; clear where there is nothing. */
  function picture({ y, here }) {
    const colours = here.map(({ look }) => channels(look.light).map((part, k) => (k < 3 ? 0.6 * part + 0.4 * 255 : part)));
    return raster(CELLS, (n) => colours[y[n]]);
  }

  /** Under the pointer: what is stored there, or the curves. */
  function under(all, [x, y], axes) {
    const [first] = all;
    if (!isMap(first)) return omcore.lines.under(all, x, (at) => at, "–");
    const at = (axis, value) => Math.round((CELLS - 1) * axis.part(value * axis.factor)), n = at(axes.y, y) * CELLS + at(axes.x, x);
    const row = ({ look }, k) => `<div>${labels.escape(look.title)}: <b>${number(first.heights[k][n])}</b></div>`;
    return [{ x, dots: [] }, first.here.map(row).join("")];
  }

  /** Only the two fields of the plane are moved, and another plane is entered where it says. */
  const moves = (spec, { x }, name) => [spec.planes[x].x, spec.planes[x].y].some(([field]) => field === name);
  const chosen = (spec, x) => ({ set: { ...spec.planes[x].start } });

  // ---- what is said and taken

  const columns = ["largest, at the dot"];

  /** A row for each line, at its own best detuning of the cavity; they stay in their places. */
  const rows = (state, all) => all.filter((line) => !isMap(line)).map(({ look, reading, y, top }) =>
    ({ panel: state.reading === "both" ? reading : "", look, name: look.label, cells: [top < 0 ? word("unstable") : cell(y[top])] }));

  const table = (state, all) => columnsOf("detuning of the driven mode/ωm", all.filter((line) => !isMap(line)),
    ({ output, case: name, reading }) => `${labels.output(output, labels.plain)}, ${name}, ${reading}`);

  /** What its Python needs of the page: the runners, each with the second beam of its place. */
  const values = (spec, all) => ({ runners: all.filter((line) => !isMap(line)).map(({ case: name, reading, p }) =>
    `    ("${name}", "${reading}"): ("${spec.lines[name].case}", ${p.counter_drive}, ${p.counter_drive_phase}),`).join("\n") });

  const note = "hatched: nothing; white dot: the point of the curves";
  return { lines, scene, under, moves, chosen, columns, rows, table, values, pointOf, note, meaning: "who is highest", whole: true, cased: true, ranged: false, pinned: false };
})();
