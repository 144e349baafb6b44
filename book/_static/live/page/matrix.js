// The covariance matrix as a coloured grid, less the vacuum: what a point has of noise and correlations. A kind of
// live figure; to be read beside drawings/kit/kinds.py.

omcore.kinds.matrix = (() => {
  "use strict";

  const { quadratures: NAMES } = omcore.metadata;
  const { axisOf, atPoint, beside } = omcore.lines, { between, channels } = omcore.map;
  const { labels, plot } = omcore, { number } = labels, { cell, word } = omcore.numbersTable;
  const LINEAR = 0.05, VACUUM = 0.5; // LINEAR: below it colours grow in proportion, above with the logarithm
  const plain = NAMES.map((name) => labels.plain(name));

  /** A grid for each case: entries, row by row, without the vacuum; NaN where there is no steady state. */
  function lines(spec, state) {
    const axis = axisOf(spec, state, state.x, 2);
    return atPoint(spec, state).map((line) => {
      const V = omcore.covariance(line.p, line.reading);
      const y = Float64Array.from(V.flat(), (v, k) => v - (k % 9 === 0 ? VACUUM : 0));
      const status = [omcore.solve(line.p, line.reading).status];
      return { ...line, kind: "matrix", axis, x: axis.shown, y, V, status };
    });
  }

  // ---- colours

  /** The end of a scale for some grids: it moves by whole steps. */
  function end(all) {
    const sizes = all.flatMap(({ y }) => Array.from(y, Math.abs)).filter(Number.isFinite);
    return plot.roundStep(Math.max(0, ...sizes) || 1);
  }

  /** matplotlib's SymLogNorm: in proportion up to LINEAR, then with the logarithm. */
  function grown(v) {
    const size = Math.abs(v), inner = 1 / (1 - 1 / 10);
    return Math.sign(v) * (size <= LINEAR ? (inner * size) / LINEAR : inner + Math.log10(size / LINEAR));
  }

  /** The colour of a number, mixed from the two of the scale between which it lies. */
  function colour(scale, v, largest) {
    const place = Math.max(0, ((1 + grown(v) / grown(largest)) / 2) * (scale.length - 1));
    return `rgb(${between(scale.map(channels), place).slice(0, 3).map(Math.round)})`;
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

  const columns = ["noise of q", "noise of p", "strongest correlation"];

  function rows(state, all) {
    return all.map((line) => {
      if (Number.isNaN(line.y[0])) return { name: line.panel, cells: Array(3).fill(word(line.status[0])) };
      const off = line.V.flatMap((row, i) => row.slice(0, i).map((v, j) => [Math.abs(v), i, j]));
      const [, i, j] = off.reduce((a, b) => (b[0] > a[0] ? b : a)), tail = `of ${plain[i]} and ${plain[j]}`;
      return { name: line.panel, cells: [cell(line.V[6][6]), cell(line.V[7][7]), cell(line.V[i][j], "1", tail)] };
    });
  }

  function table(state, all) {
    const rows = all.flatMap((line) => line.V.map((row, i) => [line.case, beside(line.reading, line.pin), plain[i], ...row]));
    return [["case", "reading", "row", ...plain], rows];
  }

  const meaning = "covariance matrix";
  return { lines, scene, bar, under, columns, rows, table, meaning, whole: true, cased: false, ranged: false, uses: ["reading"] };
})();
